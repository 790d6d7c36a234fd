"""An engine of somebody else's that does what no engine should: only what it speaks suffers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.errors import PlatformError, TakeError, VoiceError
from narrate.model import Take, Utterance, Voice
from narrate.speech import choose_voice, list_voices, load_voice, perform, take_key
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narrate.speech import Engine

    Say = Callable[[str], Utterance]

BEEP = Voice("tone", "tone", "beep", "und")
TEXT = "The dark web, a hidden part of the internet."


class Odd(ToneEngine):
    """A tone engine, what it speaks changed by somebody."""

    def __init__(self, change: Callable[[Take], Take]) -> None:
        self._change = change

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """What it says, changed."""
        return self._change(super().speak(utterance, voice))


def _nothing(take: Take) -> Take:
    del take
    return None  # type: ignore[return-value] # as an engine without types may


def _halved(take: Take) -> Take:
    words = (replace(word, start_samples=word.start_samples + 0.5) for word in take.words)  # type: ignore[arg-type] # the same
    return replace(take, words=tuple(words))


def _unmarked(take: Take) -> Take:
    return replace(take, fingerprint=None)  # type: ignore[arg-type] # the same


@pytest.mark.parametrize("change", [_nothing, _halved, _unmarked])
def test_what_is_no_take_is_refused_like_a_bad_one(say: Say, change: Callable[[Take], Take]) -> None:
    """Nothing at all, times that are no whole samples, no fingerprint: the sentence is named, and can be skipped."""
    with pytest.raises(TakeError, match="did not speak “The dark web"):
        perform(say(TEXT), BEEP, Odd(change))


class Stuck(ToneEngine):
    """An engine that fails, and cannot be started again."""

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Always an error that says nothing."""
        del utterance, voice
        raise MemoryError

    def restart(self) -> None:
        """Always an error."""
        raise RuntimeError("no way back")


def test_an_engine_that_cannot_be_restarted_is_given_up(say: Say) -> None:
    """What went wrong at the fresh start is told, and then how its halves fared."""
    with pytest.raises(TakeError, match=r"twice \(RuntimeError: no way back\) and in two halves \(MemoryError\);"):
        perform(say(TEXT), BEEP, Stuck())


class Mute(ToneEngine):
    """An engine that does not tell its voices, nor what they depend on."""

    name = "flite"

    def voices(self) -> Sequence[Voice]:
        """Always an error of its own."""
        raise RuntimeError("no luck")

    def fingerprint(self, voice: Voice) -> str:
        """The same."""
        raise LookupError(voice.id)


class Void(Mute):
    """One that has forgotten to return them."""

    def voices(self) -> Sequence[Voice]:
        """Nothing."""
        return None  # type: ignore[return-value] # as an engine without types may


@pytest.mark.parametrize(("engine", "said"), [(Mute(), "RuntimeError: no luck"), (Void(), "TypeError: 'NoneType'")])
def test_an_engine_that_does_not_tell_its_voices_costs_nobody_else_theirs(engine: Engine, said: str) -> None:
    """It is a complaint of the list; a voice is chosen and loaded as if it were not there."""
    engines: Mapping[str, Engine] = {"flite": engine, "tone": ToneEngine()}

    voices, complaints = list_voices(engines)

    assert [voice.name for voice in voices] == ["tone"]
    assert [each.partition(said)[0] for each in complaints] == ["the engine 'flite' does not tell its voices: "]
    assert load_voice("tone", engines).engine == "tone"
    with pytest.raises(VoiceError, match="no voice here speaks 'de'"):
        choose_voice("de", engines)


def test_an_engine_that_has_no_fingerprint_for_a_voice_is_named(say: Say) -> None:
    """An error of its own is not one of narrate's."""
    with pytest.raises(VoiceError, match=r"the engine 'tone' cannot use the voice 'tone' \(LookupError: beep\)"):
        take_key(say(TEXT), BEEP, Mute())


def test_an_engine_that_says_why_it_cannot_is_passed_on() -> None:
    """A sentence for people stays the sentence."""

    class Elsewhere(ToneEngine):
        def voices(self) -> Sequence[Voice]:
            raise PlatformError("Flite runs on Linux only")

    assert list_voices({"flite": Elsewhere()})[1] == ("Flite runs on Linux only",)
