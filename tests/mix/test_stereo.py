"""Two channels: the voice in the middle, music as it was made, one loudness, one limiter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.mix.test_bed import WANTED, song
from tests.mix.test_music import write_wav

from narrate.mix import Piece, load_music, mastered, render, render_unit
from narrate.mix.loudness import energies, integrated
from narrate.mix.score import piece_of
from narrate.model import FRAME_SAMPLES, RATE_HZ, MusicChoice, MusicPart, PlacedMusic, Script, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from narrate.mix import Score
    from narrate.model import Take


@pytest.fixture(scope="module")
def stereo(tmp_path_factory: pytest.TempPathFactory) -> Score:
    """Narrate's own intro and outro, and a bed with other notes on the right than on the left."""
    path = write_wav(tmp_path_factory.mktemp("bed") / "song.wav", song(), song(pitch_hz=330.0))
    return load_music(MusicChoice(bed=str(path)), 2)


@pytest.fixture(scope="module")
def takes(perform: Callable[[Script], list[Take]], article: Script) -> list[Take]:
    """The article, spoken."""
    return perform(article)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("bed", ["none", "default"])
def test_an_episode_is_as_loud_as_was_wanted(
    lay: Callable[..., Timeline], article: Script, takes: list[Take], bed: str, channels: int
) -> None:
    """The bed and the second channel are counted: it reads -16 LUFS; in two channels the voice is 3 dB lower."""
    score = load_music(MusicChoice(bed=bed), channels)
    made = lay(article, takes, score)
    mono = lay(article, takes, load_music(MusicChoice(bed=bed)))

    whole = np.concatenate(list(render(made, takes, score))).astype(np.float32) / np.float32(32768)
    power = sum(energies(np.ascontiguousarray(track)) for track in whole.reshape(len(whole), -1).T)

    assert integrated(np.asarray(power)) == pytest.approx(WANTED.target_lufs, abs=0.06)
    assert made.gain_db == pytest.approx(mono.gain_db - 3.01 * (channels - 1), abs=0.25)


def test_voices_are_in_the_middle_and_music_is_not(
    lay: Callable[..., Timeline], article: Script, takes: list[Take], stereo: Score
) -> None:
    """Left and right differ by the music alone; one limiter holds for both."""
    made = lay(article, takes, stereo)
    unit = made.units[3]
    stems = render_unit(made, unit, takes, stereo)
    master = made.master("")

    both = mastered(stems, master)
    middle = mastered(replace(stems, music=None), master)

    assert both.shape == middle.shape == (unit.frames * FRAME_SAMPLES, 2)
    np.testing.assert_array_equal(middle[:, 0], middle[:, 1])
    assert np.abs(both[:, 0].astype(int) - both[:, 1]).max() > 100


def test_the_limiter_moves_nothing_to_one_side(
    lay: Callable[..., Timeline], article: Script, takes: list[Take], stereo: Score
) -> None:
    """A peak on the left lowers both channels by the same."""
    made = lay(article, takes, stereo)
    stems = render_unit(made, made.units[3], takes, stereo)
    assert stems.music is not None
    peak = np.zeros_like(stems.music)
    peak[20_000:20_100, 0] = 4.0
    peak[:, 1] = 0.01

    heard = mastered(replace(stems, voices=np.zeros_like(stems.voices), music=peak), made.master(""))

    assert np.abs(heard).max() <= 32767 * 10 ** (-1 / 20) + 1
    assert heard[20_050, 1] < heard[10_000, 1] / 3


def test_mono_music_is_heard_on_both_sides_of_a_stereo_episode(tmp_path: Path) -> None:
    """As loud as in a mono episode, by what both channels give together."""
    path = str(write_wav(tmp_path / "a.wav", song()))
    one, two = (load_music(MusicChoice(path, "none", "none"), channels).pieces[MusicPart.INTRO] for channels in (1, 2))

    left, right = two.channel_samples().T

    np.testing.assert_array_equal(left, right)
    assert _power_db(left) == pytest.approx(_power_db(one.channel_samples()[:, 0]) - 3.01, abs=0.02)


def _power_db(samples: NDArray[np.int16]) -> float:
    return float(10 * np.log10((samples.astype(float) ** 2).mean()))


@pytest.mark.parametrize("part", [MusicPart.INTRO, MusicPart.OUTRO])
def test_short_music_comes_dips_and_goes_on_both_sides_alike(part: MusicPart) -> None:
    """In stereo it is faded and ducked as in mono; each side keeps its own sound."""
    level = np.tile(np.array([[8_000, -4_000]], "<i2"), (6 * RATE_HZ, 1))
    duck = ((2 * RATE_HZ, 4 * RATE_HZ),)
    stereo = piece_of(PlacedMusic(part, 0, len(level), "", duck), Piece(level.tobytes(), "a", 2), 0, len(level))
    mono = piece_of(PlacedMusic(part, 0, len(level), "", duck), Piece(level[:, 0].tobytes(), "b"), 0, len(level))

    assert np.abs(stereo[:, 0] - mono[:, 0]).max() <= 20 / 32768
    assert np.abs(stereo[:, 0] + 2 * stereo[:, 1]).max() <= 20 / 32768
    assert stereo[3 * RATE_HZ, 0] == pytest.approx(8_000 / 32768 * 10 ** (-14 / 20), rel=0.01)
