"""Speak one utterance so that it can be relied on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.errors import TakeError
from narrate.model import Clip
from narrate.speech.check import check_take
from narrate.speech.engine import Engine, Restartable
from narrate.speech.halves import halves_of, joined
from narrate.speech.letters import unsayable
from narrate.speech.limits import HungError, patience_s, within
from narrate.speech.silences import shortened
from narrate.speech.takes import pack_take
from narrate.speech.text import is_speakable

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Take, Utterance, Voice

_QUOTED = 80
"""Characters of a sentence that an error quotes."""


def perform(utterance: Utterance, voice: Voice, engine: Engine, limit_s: Callable[[str], float] = patience_s) -> Take:
    """Speak, check, and have no long silence inside; what comes back can be used.

    After a failure it is tried once more in a fresh process or with a fresh model, and then in two halves.
    `limit_s` gives the time that the engine has for a text.

    Raises `TakeError` that names the sentence where it cannot be spoken: at once where nothing in
    it has a sound for that voice, or the engine never came back; `VoiceError` and `PlatformError` as they come:
    no second try mends those.
    """
    _refuse_unspeakable(utterance, voice)
    try:
        return _attempt(utterance, voice, engine, limit_s)
    except HungError as hung:
        raise _given_up(utterance, voice, f"for {hung}") from hung
    except TakeError:
        pass
    try:
        if isinstance(engine, Restartable):
            within(limit_s(""), engine.restart)
        return _attempt(utterance, voice, engine, limit_s)
    except TakeError as reason:
        return _in_halves(utterance, voice, engine, limit_s, reason)


def _refuse_unspeakable(utterance: Utterance, voice: Voice) -> None:
    if not is_speakable(utterance.spoken):
        raise TakeError(f"nothing in {_quote(utterance)} can be spoken; skip it in the script, or give it words")
    letters = unsayable(utterance.spoken, voice.language)
    if letters:
        raise TakeError(
            f"the voice '{voice.name}' cannot say {_quote(utterance)}: it has no sounds for {letters} letters; "
            "skip it in the script, give it words, or choose another voice"
        )


def _in_halves(
    utterance: Utterance, voice: Voice, engine: Engine, limit_s: Callable[[str], float], reason: TakeError
) -> Take:
    """Each half by itself, and both as one."""
    halves = halves_of(utterance)
    if halves is None or isinstance(reason, HungError):
        raise _given_up(utterance, voice, f"tried twice ({reason})") from reason
    try:
        first, second = (_attempt(half, voice, engine, limit_s) for half in halves)
        return joined(first, second, len(halves[0].spoken))
    except TakeError as last:
        raise _given_up(utterance, voice, f"tried twice ({reason}) and in two halves ({last})") from last


def _given_up(utterance: Utterance, voice: Voice, tried: str) -> TakeError:
    return TakeError(
        f"the voice '{voice.name}' did not speak {_quote(utterance)}, {tried}; "
        "change the sentence in the script, or choose another voice"
    )


def _attempt(utterance: Utterance, voice: Voice, engine: Engine, limit_s: Callable[[str], float]) -> Take:
    def checked() -> Take:
        take = engine.speak(utterance, voice)
        check_take(take, utterance, voice)
        pack_take(replace(take, clip=Clip(b"", take.clip.rate_hz)))  # what cannot be kept comes to light here
        return shortened(take)

    return within(limit_s(utterance.spoken), checked)


def _quote(utterance: Utterance) -> str:
    r"""The beginning of a sentence, on one line.

    >>> from narrate.model import Utterance
    >>> _quote(Utterance("Well,\n he said", "", "en"))
    '“Well, he said”'
    """
    text = " ".join(utterance.written.split()) or " ".join(utterance.spoken.split())
    return f"“{text}”" if len(text) <= _QUOTED else f"“{text[:_QUOTED].rstrip()}…”"
