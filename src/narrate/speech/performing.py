"""Speak one utterance so that it can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.errors import NarrateError, TakeError
from narrate.speech.check import check_take
from narrate.speech.engine import Engine, Restartable
from narrate.speech.text import is_speakable

if TYPE_CHECKING:
    from narrate.model import Take, Utterance, Voice

_QUOTED = 80
"""Characters of a sentence that an error quotes."""


def perform(utterance: Utterance, voice: Voice, engine: Engine) -> Take:
    """Speak, check, and try once more in a fresh process or with a fresh model; what comes back can be used.

    Raises `TakeError` that names the sentence where it cannot be spoken (at once, where nothing in
    it has a sound), `VoiceError` and `PlatformError` as they come: no second try mends those.
    """
    if not is_speakable(utterance.spoken):
        raise TakeError(f"nothing in {_quote(utterance)} can be spoken; skip it in the script, or give it words")
    try:
        return _attempt(utterance, voice, engine)
    except TakeError:
        if isinstance(engine, Restartable):
            engine.restart()
    try:
        return _attempt(utterance, voice, engine)
    except TakeError as reason:
        raise TakeError(
            f"the voice '{voice.name}' did not speak {_quote(utterance)}, tried twice ({reason}); "
            "change the sentence in the script, or choose another voice"
        ) from reason


def _attempt(utterance: Utterance, voice: Voice, engine: Engine) -> Take:
    try:
        take = engine.speak(utterance, voice)
    except NarrateError:
        raise
    except Exception as error:  # the wall to a plug-in
        raise TakeError(f"{type(error).__name__}: {error}") from error
    check_take(take, utterance, voice)
    return take


def _quote(utterance: Utterance) -> str:
    r"""The beginning of a sentence, on one line.

    >>> from narrate.model import Utterance
    >>> _quote(Utterance("Well,\n he said", "", "en"))
    '“Well, he said”'
    """
    text = " ".join(utterance.written.split()) or " ".join(utterance.spoken.split())
    return f"“{text}”" if len(text) <= _QUOTED else f"“{text[:_QUOTED].rstrip()}…”"
