"""No engine is trusted: a take is checked, spoken once more, and given up with the sentence named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.errors import PlatformError, TakeError, VoiceError
from narrate.model import Clip, Take, Utterance, Voice, WordTime
from narrate.speech import perform
from narrate.speech.check import check_take
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Say = Callable[[str], Utterance]

BEEP = Voice("tone", "tone", "beep", "und")
TEXT = "The dark web, a hidden part of the internet, has long been a hub for illegal activities."


class Troubled(ToneEngine):
    """A tone engine that fails in prepared ways before it works."""

    def __init__(self, *troubles: Exception | Take) -> None:
        self.calls = 0
        self.restarts = 0
        self._troubles: Iterator[Exception | Take] = iter(troubles)

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """The next trouble, or the take."""
        self.calls += 1
        trouble = next(self._troubles, None)
        if isinstance(trouble, Exception):
            raise trouble
        return trouble or super().speak(utterance, voice)

    def restart(self) -> None:
        """Count it."""
        self.restarts += 1


SILENT = Take(Clip(bytes(2 * 22_050), 22_050), (), "")


@pytest.mark.parametrize("trouble", [SILENT, TakeError("it took too long"), RuntimeError("native trouble")])
def test_one_failure_is_mended_by_a_fresh_start(say: Say, trouble: Exception | Take) -> None:
    """After a bad take or any error the engine is restarted and asked once more."""
    engine = Troubled(trouble)

    take = perform(say(TEXT), BEEP, engine)

    assert take == ToneEngine().speak(say(TEXT), BEEP)
    assert (engine.calls, engine.restarts) == (2, 1)


def test_two_failures_name_the_sentence_and_what_to_do(say: Say) -> None:
    """The message has the sentence's first 80 characters, the last reasons and the way out, on one line."""
    engine = Troubled(SILENT, ValueError("no luck"), TakeError("it took too long"))

    with pytest.raises(TakeError) as error:
        perform(say(TEXT + "\nAnd more."), BEEP, engine)

    assert str(error.value) == (
        "the voice 'tone' did not speak “The dark web, a hidden part of the internet, has long been a hub for illegal "
        "act…”, tried twice (ValueError: no luck) and in two halves (it took too long); "
        "change the sentence in the script, or choose another voice"
    )
    assert engine.calls == 3


@pytest.mark.parametrize("trouble", [VoiceError("no such voice"), PlatformError("no speech here")])
def test_what_a_second_try_cannot_mend_is_not_tried_again(say: Say, trouble: Exception) -> None:
    """An unknown voice and a machine without speech pass through at once."""
    engine = Troubled(trouble)

    with pytest.raises(type(trouble), match=str(trouble)):
        perform(say(TEXT), BEEP, engine)
    assert engine.calls == 1


@pytest.mark.parametrize("text", ["", " ", "…", "— —", "***", "\x00\x01"])
def test_the_unspeakable_is_known_beforehand(say: Say, text: str) -> None:
    """A text without a sound never reaches the engine."""
    engine = Troubled()

    with pytest.raises(TakeError, match=r"nothing in .* can be spoken"):
        perform(say(text), BEEP, engine)
    assert engine.calls == 0


def sounding(seconds: float, height: int = 8_000, tail: int = 1_000) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    """A tone with a silent tail of some samples."""
    wave = height * np.sin(np.arange(int(seconds * 22_050)) / 8)
    return np.concatenate([wave.clip(-32_768, 32_767).astype("<i2"), np.zeros(tail, "<i2")])


def take_of(*parts: np.ndarray[tuple[int], np.dtype[np.int16]]) -> Take:
    """A take without words."""
    return Take(Clip(np.concatenate(parts).tobytes(), 22_050), (), "")


GAP = np.zeros(4 * 22_050, "<i2")
BROKEN = {
    "empty": take_of(np.zeros(0, "<i2")),
    "silent": take_of(np.full(22_050 * 5, 40, "<i2")),
    "cut short": take_of(sounding(0.7)),
    "too long": take_of(sounding(30)),
    "of silence in it": take_of(sounding(2), GAP, sounding(2)),
    "cut off": take_of(sounding(5, tail=0)),
    "it clips": take_of(sounding(5, height=60_000)),
    "usable rate": replace(take_of(sounding(5)), clip=Clip(bytes(100_000), 0)),
    "no 16-bit PCM": replace(take_of(sounding(5)), clip=Clip(bytes(99_999), 22_050)),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_broken_take_is_found(say: Say, reason: str) -> None:
    """Each thing that engines were seen to do wrong has a name."""
    with pytest.raises(TakeError, match=reason):
        check_take(BROKEN[reason], say(TEXT), BEEP)


@pytest.mark.parametrize("wpm", [90, 175, 400])
def test_a_sound_take_passes(say: Say, wpm: int) -> None:
    """The same checks let through what lasts as long as a voice would take, however fast it is."""
    take = take_of(sounding(len(TEXT) / 14 * 175 / wpm))

    check_take(take, say(TEXT), replace(BEEP, rate_wpm=wpm))


@pytest.mark.parametrize(
    "words",
    [
        [WordTime(0, 200_000, 0, 3)],
        [WordTime(500, 400, 0, 3)],
        [WordTime(0, 500, 0, 3), WordTime(400, 900, 4, 8)],
        [WordTime(0, 500, 4, 8), WordTime(500, 900, 0, 3)],
        [WordTime(0, 500, 0, 300)],
    ],
)
def test_word_times_that_contradict_each_other_are_found(say: Say, words: list[WordTime]) -> None:
    """Times outside the clip, backwards or overlapping, and spans outside the text, are no times."""
    take = replace(take_of(sounding(5)), words=tuple(words))

    with pytest.raises(TakeError, match="times of its words"):
        check_take(take, say(TEXT), BEEP)
