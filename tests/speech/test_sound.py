"""Clips measured and read: levels by hand, files by another writer, takes at each bound, beeps by their spectrum."""

from __future__ import annotations

import io
import struct
import wave
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import TakeError
from narrate.model import Clip, Take, Utterance, Voice, WordTime
from narrate.speech.check import check_take, plausible_s
from narrate.speech.containers import IncompleteError, read_pcm
from narrate.speech.levels import levels_of
from narrate.speech.tone import RATE_HZ, ToneEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[[str], Utterance]

BEEP = Voice("tone", "tone", "beep", "und")
FRAME = 10
"""Samples of 10 ms at 1,000 a second, the rate of the clips here."""
QUIET = st.sampled_from([0, 40, -100, 100])
LOUD = st.sampled_from([101, -101, 9_000, -32_768, 32_767])
FRAMES = st.lists(st.one_of(QUIET, LOUD), max_size=30)
SAMPLES = st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=40)


def _clip(frames: list[int], rest: int = 0) -> Clip:
    """A clip of frames, each with one sample of its height in the midst of silence, and a few silent samples more."""
    sound = np.zeros(len(frames) * FRAME + rest, "<i2")
    sound[FRAME // 2 : len(frames) * FRAME : FRAME] = frames
    return Clip(sound.tobytes(), 100 * FRAME)


@given(FRAMES, st.integers(0, FRAME - 1))
def test_levels_are_those_counted_by_hand(frames: list[int], rest: int) -> None:
    """The peak, the first sound, the last one and the longest silence, edges too; 100 is silence, 101 is sound."""
    levels = levels_of(_clip(frames, rest))
    sounds = [abs(height) > 100 for height in frames]
    silences = [len(list(run)) for sounding, run in groupby(sounds) if not sounding]

    assert levels.peak == max(map(abs, frames), default=0)
    assert levels.samples == len(frames) * FRAME + rest
    assert levels.first_sound == (sounds.index(True) if True in sounds else 0) * FRAME
    assert levels.longest_silence() == max(silences, default=0) * FRAME


@given(FRAMES, st.integers(0, 30), st.integers(0, 30))
def test_sound_ends_with_the_last_that_sounds(frames: list[int], first: int, last: int) -> None:
    """In any stretch, to the 10 ms; where nothing sounds in it, it is the stretch's end."""
    start, end = first * FRAME, last * FRAME
    inside = [number for number, height in enumerate(frames) if first <= number < last and abs(height) > 100]

    assert levels_of(_clip(frames)).sound_end(start, end) == ((inside[-1] + 1) * FRAME if inside else end)


def _wav(channels: list[list[int]], rate_hz: int, extra: bytes = b"") -> bytes:
    """A WAV file by Python's own writer, with a chunk more before the sound."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((len(channels), 2, rate_hz, 0, "NONE", ""))
        frames = zip(*channels, strict=True)
        out.writeframes(b"".join(struct.pack(f"<{len(channels)}h", *frame) for frame in frames))
    data = file.getvalue()
    chunk = b"LIST" + struct.pack("<I", len(extra)) + extra + b"\0" * (len(extra) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8 + len(chunk)) + data[8:36] + chunk + data[36:]


@given(SAMPLES, st.integers(1, 3), st.sampled_from([8_000, 22_050, 48_000]), st.binary(max_size=5))
def test_a_wav_file_of_another_writer_is_read_as_written(
    samples: list[int], channels: int, rate_hz: int, extra: bytes
) -> None:
    """The first channel's samples and the rate, whatever other chunk of whatever length stands before the sound."""
    others = [[-1 - sample for sample in samples]] * (channels - 1)

    pcm, read_hz = read_pcm(_wav([samples, *others], rate_hz, extra))

    assert pcm == struct.pack(f"<{len(samples)}h", *samples)
    assert read_hz == rate_hz


def _aiff(samples: list[int], codec: bytes, *, channels: int = 1, offset: int = 0) -> bytes:
    """An AIFF file as Apple's specification has it: 22,050 Hz, its sound `offset` bytes into its chunk."""
    order = "<" if codec == b"sowt" else ">"
    common = struct.pack(">hIh", channels, len(samples) // channels, 16) + bytes.fromhex("400dac44000000000000")
    common += codec + b"\0\0" if codec else b""
    sound = struct.pack(">II", offset, 0) + b"\x55" * offset + struct.pack(f"{order}{len(samples)}h", *samples)
    chunks = b"".join(
        name + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
        for name, data in ((b"COMM", common), (b"ANNO", b"odd"), (b"SSND", sound))
    )
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + (b"AIFC" if codec else b"AIFF") + chunks


@pytest.mark.parametrize("codec", [b"", b"NONE", b"twos", b"sowt"])
@pytest.mark.parametrize("offset", [0, 4])
def test_an_aiff_file_is_read_by_its_codec(codec: bytes, offset: int) -> None:
    """Big-endian by any of its names, little-endian by its own, and sound that does not begin at once."""
    samples = [0, 1, -1, 256, 32_767, -32_768]

    pcm, rate_hz = read_pcm(_aiff(samples, codec, offset=offset))

    assert (pcm, rate_hz) == (struct.pack("<6h", *samples), 22_050)


def test_the_first_channel_of_an_aiff_file_is_taken() -> None:
    """Left and right of macOS's stereo voices are the same."""
    pcm, _rate_hz = read_pcm(_aiff([1, -1, 2, -2, 3, -3], b"", channels=2))

    assert pcm == struct.pack("<3h", 1, 2, 3)


@pytest.mark.parametrize("name", [b"fmt ", b"data"])
def test_a_wav_file_without_a_part_is_not_yet_whole(name: bytes) -> None:
    """Writers fill in the parts of a file in any order."""
    data = _wav([[1, 2, 3]], 22_050).replace(name, b"junk")

    with pytest.raises(IncompleteError, match="no sound in it"):
        read_pcm(data)


@pytest.mark.parametrize(
    ("text", "wpm", "least_s", "most_s"),
    [
        ("cat", 175, 0.05, 2.19),
        ("cat", 350, 0.02, 1.85),
        ("1999", 175, 0.07, 9.81),
        ("NATO", 175, 0.07, 5.19),
        ("€", 175, 0.0, 4.73),
        ("…", 175, 0.0, 1.55),
        ("猫", 175, 0.0, 2.88),
    ],
)
def test_how_long_a_text_may_last(text: str, wpm: int, least_s: float, most_s: float) -> None:
    """Digits and signs are named, capitals spelled, Han read as syllables; twice the rate is half the time."""
    assert plausible_s(text, wpm) == (least_s, most_s)


def test_letters_of_another_alphabet_may_be_named() -> None:
    """An English voice spells Greek words, a letter's name each; a Greek one reads them."""
    text = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι"
    read_s, named_s = (plausible_s(text, 175, language)[1] for language in ("el-GR", "en-US"))

    assert read_s < 12
    assert named_s > 30
    assert plausible_s("Sun", 175, "el") == plausible_s("Sun", 175, "en")


def _take(*stretches: tuple[float, int]) -> Take:
    """A take of stretches: seconds and height, of a wave that stands at its height every other sample."""
    parts = [np.resize(np.array([height, -height], "<i2"), round(seconds * 22_050)) for seconds, height in stretches]
    return Take(Clip(np.concatenate(parts).astype("<i2").tobytes(), 22_050), (), "")


TEXT = "The dark web, a hidden part of the internet."
GOOD = {
    "as quiet as a whisper": _take((3.0, 101), (0.1, 0)),
    "three seconds of silence": _take((1.5, 9_000), (3.0, 0), (1.5, 9_000), (0.1, 0)),
    "an end that fades": _take((3.0, 9_000), (0.05, 3_100)),
    "a click at full scale": _take((3.0, 9_000), (0.001, 32_767), (0.1, 0)),
    "at the slow end": _take((1.0, 9_000), (2.9, 0), (6.5, 9_000), (0.05, 0)),
    "at the quick end": _take((0.8, 9_000), (0.1, 0)),
}
BAD = {
    "silent": _take((3.0, 100), (0.1, 0)),
    "of silence in it": _take((1.5, 9_000), (3.1, 0), (1.5, 9_000), (0.1, 0)),
    "cut off": _take((3.0, 9_000), (0.05, 3_300)),
    "it clips": _take((3.0, 9_000), (0.01, 32_767), (0.1, 0)),
    "too long": _take((1.0, 9_000), (2.9, 0), (6.8, 9_000), (0.05, 0)),
    "cut short": _take((0.7, 9_000), (2.0, 0)),
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_only_just_right_passes(say: Say, kind: str) -> None:
    """Each bound lets through what is on its near side."""
    check_take(GOOD[kind], say(TEXT), BEEP)


@pytest.mark.parametrize("reason", BAD)
def test_what_is_only_just_wrong_is_found(say: Say, reason: str) -> None:
    """Each bound holds back what is on its far side, for its own reason."""
    with pytest.raises(TakeError, match=reason):
        check_take(BAD[reason], say(TEXT), BEEP)


@pytest.mark.parametrize("rate_hz", [8_000, 192_000])
def test_rates_of_any_engine_pass(say: Say, rate_hz: int) -> None:
    """From that of a telephone to that of a studio."""
    sound = np.resize(np.array([9_000, -9_000], "<i2"), rate_hz * 3)

    check_take(Take(Clip(sound.tobytes() + bytes(rate_hz // 2 * 2), rate_hz), (), ""), say(TEXT), BEEP)


def test_words_may_touch_and_may_be_of_no_length(say: Say) -> None:
    """A word that starts where the one before ends, one without a sound, and one that ends with the clip, are fine."""
    take = GOOD["at the quick end"]
    last = take.clip.samples
    words = (WordTime(0, 500, 0, 3), WordTime(500, 500, 3, 8), WordTime(500, last, 9, len(TEXT)))

    check_take(replace(take, words=words), say(TEXT), BEEP)


def _hz(take: Take, word: int) -> int:
    """The pitch of a word's beep, by its spectrum; to 2 Hz."""
    sound = np.frombuffer(take.clip.pcm, "<i2")[take.words[word].start_samples : take.words[word].end_samples]
    return int(np.argmax(np.abs(np.fft.rfft(sound * np.hanning(sound.size), RATE_HZ // 2))) * 2)


def test_a_beeps_pitch_is_its_words_and_its_voices(say: Say) -> None:
    """A word has one pitch wherever it stands, between 220 and 440 Hz; 50 of pitch more or less is an octave."""
    text = say("constitution harbour constitution lamplighter grandmother navigation")

    low, natural, high = (ToneEngine().speak(text, replace(BEEP, pitch=pitch, rate_wpm=80)) for pitch in (0, 50, 100))
    pitches = [_hz(natural, word) for word in range(6)]

    assert pitches[0] == pitches[2]
    assert len(set(pitches)) > 2
    assert all(218 <= hz <= 442 for hz in pitches)
    assert [_hz(high, word) for word in range(6)] == pytest.approx([2 * hz for hz in pitches], abs=5)
    assert [_hz(low, word) for word in range(6)] == pytest.approx([hz / 2 for hz in pitches], abs=3)


def test_beeps_begin_and_end_without_a_click(say: Say) -> None:
    """No sample is far from the one before it, least of all at a word's edges; the loudest is well below full scale."""
    take = ToneEngine().speak(say("constitution harbour"), BEEP)
    sound = np.frombuffer(take.clip.pcm, "<i2").astype(int)

    assert 3_500 < np.abs(sound).max() < 4_000
    assert np.abs(np.diff(sound)).max() < 560
    for word in take.words:
        edges = [sound[word.start_samples : word.start_samples + 20], sound[word.end_samples - 20 : word.end_samples]]
        assert max(np.abs(edge).max() for edge in edges) < 800


def test_longer_words_last_longer_and_faster_voices_less(say: Say) -> None:
    """A word's time is in whole hundredths of a second, a tenth of it and the edges silent."""
    take = ToneEngine().speak(say("a cat constitution"), replace(BEEP, rate_wpm=120))
    lengths = [word.end_samples - word.start_samples for word in take.words]

    assert lengths == [27 * 220, 36 * 220, 76 * 220]
    assert take.words[0].start_samples == take.clip.samples - take.words[-1].end_samples - 9 * 220 == 5 * 220
