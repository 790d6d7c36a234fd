"""What a speech engine is.

`ToneEngine` (in `tone`) is the fake that documents it: it ships, obeys every
sentence below, and costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Take, Utterance, Voice


class Engine(Protocol):
    """Speaks utterances; found as an entry point of the group ``narrate.engines`` and made without arguments.

    Making one is free: models and processes are loaded by the first `speak`.
    Every method may be called from any thread.
    """

    name: str
    """As presets name it."""

    concurrency: int
    """How many `speak` calls at once are of use; 0 is as many as there are cores."""

    def fingerprint(self, voice: Voice) -> str:
        """What a take of that voice depends on besides the voice: versions of engine and model, on one line.

        Cheap: it loads no model. Raises `VoiceError` where the voice's files are missing.
        """
        ...

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Speak an utterance, unchecked: `perform` looks at what comes back.

        Word times cover the spoken text word for word, in order, inside the clip,
        whatever `Utterance.words` says; so a take is good for any utterance with
        the same spoken text, pronunciations and stressed words. An engine that takes no phonemes passes over the
        pronunciations: the spoken text says them too, as well as letters can; one that cannot stress a word passes
        over `Utterance.stressed`. Raises `VoiceError` or `TakeError`.
        """
        ...

    def voices(self) -> Sequence[Voice]:
        """Every voice that can speak here; its `name` is what ``--voice`` takes. Raises `PlatformError`."""
        ...

    def close(self) -> None:
        """Give back processes and memory. A later `speak` loads them again."""
        ...


@runtime_checkable
class Restartable(Protocol):
    """An engine that can throw away what may be broken; `perform` does so before its second try."""

    def restart(self) -> None:
        """Have the next `speak` start in a fresh process or with a fresh model."""
        ...


@runtime_checkable
class ReadsFiles(Protocol):
    """An engine whose voices may also be files of the user's."""

    suffix: str
    """How the names of such files end."""

    def voice_at(self, path: str) -> Voice:
        """The voice in a file. Raises `VoiceError` where there is none."""
        ...


@runtime_checkable
class TellsPhonemes(Protocol):
    """An engine that can tell how it would say a word."""

    def phonemes(self, word: str, voice: Voice) -> str:
        """The phonemes of a word alone, in the International Phonetic Alphabet; "" where it has none.

        Raises `VoiceError` where the voice's files are missing.
        """
        ...
