"""What can go wrong, as one tree.

::

    NarrateError
    ├── UsageError           the call itself is wrong (exit code 2)
    │   └── SettingsError    a settings file, variable or option holds what it must not
    ├── ArticleError         an article cannot be read
    │   └── FetchError       it cannot be fetched from the web
    ├── ScriptError          a script file cannot be used as it is
    ├── SpeechError          something cannot be spoken
    │   ├── VoiceError       no such voice, or it cannot speak here
    │   └── TakeError        an engine gave nothing usable for a sentence
    ├── MixError             music or sound cannot be mixed
    ├── EpisodeError         an episode's files cannot be made or read
    ├── ShowError            a show's settings or folder cannot be used
    ├── PublishError         a show cannot be put where apps fetch it
    ├── StorageError         the disk is full, read-only or gone
    └── PlatformError        this machine cannot do it

A message is one sentence: what is wrong, where, and what to do next. `code` is
stable and meant for programs; `exit_code` is what the command ends with.
"""

from __future__ import annotations


class NarrateError(Exception):
    """narrate said no. The message is a sentence for people, `code` a stable word for programs."""

    code = "error"
    exit_code = 1


class UsageError(NarrateError):
    """The call itself is wrong."""

    code = "usage"
    exit_code = 2


class SettingsError(UsageError):
    """A settings file, a variable or an option holds what it must not."""

    code = "settings"


class ArticleError(NarrateError):
    """An article cannot be read: empty, binary, too large, not there."""

    code = "article"


class FetchError(ArticleError):
    """An article cannot be fetched from the web: no such page, no answer, an address that is not allowed.

    `status` is that of HTTP, 0 where nobody answered; `retryable` whether it may go well another time; `retry_after_s`
    how many seconds the server asks to be left alone, None where it does not say.
    """

    code = "fetch"

    def __init__(
        self, message: str, *, status: int = 0, retryable: bool = True, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retryable = retryable
        self.retry_after_s = retry_after_s


class ScriptError(NarrateError):
    """A script file cannot be used as it is; the message names line, field and what is allowed."""

    code = "script"


class SpeechError(NarrateError):
    """Something cannot be spoken."""

    code = "speech"


class VoiceError(SpeechError):
    """There is no such voice, or it cannot speak here."""

    code = "voice"


class TakeError(SpeechError):
    """An engine gave nothing usable for a sentence, twice."""

    code = "take"


class MixError(NarrateError):
    """Music or sound cannot be mixed."""

    code = "mix"


class EpisodeError(NarrateError):
    """An episode's files cannot be made or read."""

    code = "episode"


class ShowError(NarrateError):
    """A show's settings or its folder cannot be used."""

    code = "show"


class PublishError(NarrateError):
    """A show cannot be published: the target is not there, not reached, or does not let us."""

    code = "publish"


class StorageError(NarrateError):
    """The disk is full, read-only or gone."""

    code = "storage"


class PlatformError(NarrateError):
    """This machine cannot do it."""

    code = "platform"
