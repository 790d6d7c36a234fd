"""A bed: loops without a seam, lies far below the voice, rises where nobody speaks for long, costs no unit more."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mix.test_laws import ffmpegs
from tests.mix.test_music import write_wav

from narrate.mix import Piece, Score, load_music, mastered, render_unit, unit_digest
from narrate.mix.bed import bed_gain, bed_hops, bed_of, looped
from narrate.mix.layout import SILENT_TAIL_SAMPLES
from narrate.mix.loudness import energies, momentary, short_term
from narrate.mix.render import music_of
from narrate.model import (
    FRAME_SAMPLES,
    RATE_HZ,
    Loudness,
    Margin,
    MusicChoice,
    MusicPart,
    PlacedMusic,
    Role,
    Script,
    Timeline,
    Unit,
    ms_to_samples,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from narrate.model import Segment, Take

BED = MusicPart.BED
WANTED = Loudness()
SEAM = RATE_HZ * 3 // 2


def song(seconds: float = 12.0, pitch_hz: float = 220.0) -> NDArray[np.floating]:
    """Three notes whose loudness waxes and wanes, each at its own pace."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    swell = [0.6 + 0.4 * np.sin(2 * np.pi * time / turn) for turn in (3.1, 4.3, 5.7)]
    notes = [np.sin(2 * np.pi * pitch_hz * part * time) for part in (1.0, 1.26, 1.5)]
    return np.asarray(0.15 * sum(one * other for one, other in zip(swell, notes, strict=True)))


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory) -> Score:
    """Narrate's own intro and outro, and twelve seconds of somebody's music as a bed."""
    path = write_wav(tmp_path_factory.mktemp("bed") / "song.wav", song())
    return load_music(MusicChoice(bed=str(path)))


@pytest.fixture(scope="module")
def takes(perform: Callable[[Script], list[Take]], article: Script) -> list[Take]:
    """The article, spoken."""
    return perform(article)


@pytest.fixture(scope="module")
def timeline(lay: Callable[..., Timeline], article: Script, takes: list[Take], bed: Score) -> Timeline:
    """The article on a bed."""
    return lay(article, takes, bed)


def placed(length_s: float, *duck_s: tuple[float, float], start_s: float = 0.0) -> PlacedMusic:
    """A bed of that length with speech in it."""
    spans = tuple((round(start * RATE_HZ), round(end * RATE_HZ)) for start, end in duck_s)
    return PlacedMusic(BED, round(start_s * RATE_HZ), round(length_s * RATE_HZ), "", spans)


def span_of(unit: Unit) -> tuple[int, int]:
    """First sample of a unit and how many it has."""
    return unit.start_frames * FRAME_SAMPLES, unit.frames * FRAME_SAMPLES


def beds_of(timeline: Timeline) -> list[PlacedMusic]:
    """The beds of a timeline, each once and without its speech."""
    return list(dict.fromkeys(replace(m, duck=()) for unit in timeline.units for m in unit.music if m.part is BED))


def alone(timeline: Timeline, score: Score) -> NDArray[np.float32]:
    """Nothing but the bed of a whole timeline, unit by unit."""
    parts = [
        music_of([m for m in unit.music if m.part is BED], *span_of(unit), score, timeline.target_lufs)
        for unit in timeline.units
    ]
    return np.concatenate(parts)


# the loop


@given(st.integers(4, 3_000), st.integers(1, 2))
def test_a_loop_is_the_piece_and_its_end_over_its_beginning(length: int, channels: int) -> None:
    """As many samples as the piece; untouched up to the crossfade."""
    samples = (np.arange(length * channels).reshape(length, channels) % 977 * 30 - 14_000).astype(np.int16)

    made, seam = looped(samples)

    assert (made.shape, seam) == (samples.shape, length // 4)
    np.testing.assert_array_equal(made[: length - seam], samples[: length - seam])


def test_the_seam_keeps_the_power_of_what_is_not_alike() -> None:
    """Two noises cross with equal power: no dip, no bump in the middle."""
    noise = (np.random.default_rng(5).normal(size=(10 * RATE_HZ, 1)) * 3_000).astype(np.int16)

    made, seam = looped(noise)
    power = [float((part.astype(float) ** 2).mean()) for part in np.array_split(made[-seam:], 5)]

    assert seam == SEAM
    assert 10 * np.log10(power) == pytest.approx(10 * np.log10(3_000.0**2), abs=0.3)


def test_a_loop_turns_without_a_click(bed: Score) -> None:
    """From one sample to the next it moves no more where it turns, twice, than it does anywhere in the piece."""
    piece = bed.pieces[BED]
    period = piece.samples - piece.seam
    level = placed(60.0, (0, 60))

    heard = bed_of(level, piece, 0, 60 * RATE_HZ // 48 * 48)[:, 0]
    steps = np.abs(np.diff(heard, 2))
    turns = [at for turn in (1, 2, 3) for at in (period * turn, period * turn + piece.seam)]

    assert max(steps[at - 50 : at + 50].max() for at in turns) <= steps[3 * RATE_HZ : period - RATE_HZ].max() * 1.05
    np.testing.assert_array_equal(heard[period + piece.seam : 2 * period], heard[2 * period + piece.seam : 3 * period])


@given(st.integers(0, 2_000), st.integers(1, 40), st.integers(1, 4))
def test_any_stretch_is_that_of_the_whole(bed: Score, first: int, blocks: int, at: int) -> None:
    """Wherever units are cut, a bed is one and the same sound."""
    piece = bed.pieces[BED]
    whole = placed(30.0, (1, 4), (8, 9), start_s=0.01 * at)
    start, length = first * 576, blocks * 48

    alone = bed_of(whole, piece, start, length)
    around = bed_of(whole, piece, max(0, start - 576), length + 1_152)

    offset = start - max(0, start - 576)
    np.testing.assert_array_equal(alone, around[offset : offset + length])


# the level


def test_a_bed_lies_20_lu_and_more_under_the_voice(timeline: Timeline, bed: Score) -> None:
    """By FFmpeg's meter: all of it 20 to 24 LU below the episode while somebody speaks; its loudest 3 s 20 at least."""
    (whole,) = beds_of(timeline)
    down = slice(whole.start_samples + 3 * RATE_HZ, whole.start_samples + whole.length_samples - 3 * RATE_HZ)

    heard = alone(timeline, bed)[down]

    assert 20 <= WANTED.target_lufs - ffmpegs(heard)[0] <= 24
    assert short_term(energies(heard)).max() <= WANTED.target_lufs - 19.9


@pytest.mark.parametrize("level", [0.1, 0.3, 1.0])
@pytest.mark.parametrize("loud_s", [0.5, 3.0, 11.0])
def test_any_piece_lies_there(tmp_path: Path, level: float, loud_s: float) -> None:
    """A whisper, a wall of sound, one with a fanfare in it: no 3 s are nearer to the voice than 20 LU."""
    sound = song() * level * np.where(np.arange(12 * RATE_HZ) < loud_s * RATE_HZ, 1.0, 0.2)
    score = load_music(MusicChoice("none", "none", "none", str(write_wav(tmp_path / "a.wav", sound))))

    heard = music_of([placed(40.0, (0, 40))], 0, 40 * RATE_HZ // 48 * 48, score, -16.0)

    assert -42 < short_term(energies(heard)).max() <= -35.9


def test_energies_from_the_loop_are_those_of_the_sound(bed: Score) -> None:
    """What the meter takes from the piece's own hops is what it would measure of the rendered bed."""
    piece, whole = bed.pieces[BED], placed(40.0, (2, 10), (15, 22), (30, 31))
    length = 40 * RATE_HZ // 48 * 48

    first, hops = bed_hops(whole, piece, 0, length)
    measured = energies(bed_of(whole, piece, 0, length)[:, 0])[: len(hops)]

    assert first == 0
    assert hops.sum() == pytest.approx(measured.sum(), rel=0.01)
    steady = slice(30, 90)
    assert hops[steady] == pytest.approx(measured[steady], rel=0.25)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_every_hop_is_counted_once(bed: Score, frames: list[int]) -> None:
    """However a timeline is cut into units."""
    piece, whole = bed.pieces[BED], placed(300.0, (1, 4))
    edges = np.cumsum([0, *frames]) * FRAME_SAMPLES

    parts = [bed_hops(whole, piece, int(start), int(end - start)) for start, end in pairwise(edges)]

    assert [first + len(hops) for first, hops in parts[:-1]] == [first for first, _ in parts[1:]]
    np.testing.assert_array_equal(
        np.concatenate([hops for _, hops in parts]), bed_hops(whole, piece, 0, int(edges[-1]))[1]
    )


# rising and falling


def gain_at(whole: PlacedMusic, *seconds: float) -> list[float]:
    """A bed's gain in dB at these times."""
    gain = bed_gain(whole, np.round(np.asarray(seconds) * RATE_HZ).astype(np.int64))
    return [float(each) for each in 20 * np.log10(np.maximum(gain, 1e-6))]


def test_a_bed_rises_in_a_long_silence_and_is_down_when_words_begin() -> None:
    """8 dB up within 1.2 s after the last word, down from 0.6 s before the next one on; smooth, never the other way."""
    whole = placed(30.0, (3, 10), (15, 25))

    assert gain_at(whole, 5, 10, 11.2, 14.4, 15, 20) == pytest.approx([0, 0, 8, 8, 0, 0], abs=0.01)
    up, down = gain_at(whole, *np.arange(10, 11.2, 0.01)), gain_at(whole, *np.arange(14.4, 15, 0.01))
    assert np.diff(up).min() >= -1e-3
    assert np.diff(down).max() <= 1e-3
    assert max(np.abs(np.diff(up)).max(), np.abs(np.diff(down)).max()) < 0.25


def test_a_bed_comes_and_goes() -> None:
    """From nothing in 2 s, to nothing in 2 s; one that is shorter takes half of its time for each."""
    assert gain_at(placed(20.0, (0, 20), start_s=5), 5, 6, 7, 23, 24, 25) == pytest.approx(
        [-120, -6.02, 0, 0, -6.02, -120], abs=0.1
    )
    assert max(gain_at(placed(1.0, (0, 1)), *np.arange(0, 1, 0.01))) == pytest.approx(0, abs=0.1)


def lone(segment: Callable[..., Segment], write: Callable[..., Script], pause_ms: int) -> Script:
    """Two paragraphs with a silence between."""
    return write(segment(Role.BODY, "One of them.", pause_ms=pause_ms), segment(Role.BODY, "Two of them."))


@pytest.mark.parametrize(("pause_ms", "rises"), [(700, False), (1_200, False), (2_300, False), (2_700, True)])
def test_a_bed_does_not_pump(  # noqa: PLR0913, PLR0917 - fixtures and two axes
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    bed: Score,
    pause_ms: int,
    rises: bool,  # noqa: FBT001 - it is what is tested
) -> None:
    """In pauses of up to two and a half seconds it stays where it is."""
    made = lay(lone(segment, write, pause_ms), None, replace(bed, pieces={BED: bed.pieces[BED]}))
    pause = (made.cues[0].end_ms + made.cues[1].start_ms) / 2000

    gains = [gain_at(m, pause)[0] for unit in made.units for m in unit.music if sum(span_of(unit)) > pause * RATE_HZ]

    assert (gains[0] > 3) == rises


# units


def test_units_on_a_bed_run_on(timeline: Timeline) -> None:
    """All but the first that it is heard in; they are one run, which ends in silence, under the last of the music."""
    (whole,) = beds_of(timeline)
    ends = whole.start_samples + whole.length_samples
    on_it = [u for u in timeline.units if any(m.part is BED for m in u.music)]

    assert [unit.runs_on for unit in timeline.units] == [unit in on_it[1:] for unit in timeline.units]
    assert sum(span_of(on_it[-1])) >= ends + SILENT_TAIL_SAMPLES
    assert all(one.start_frames + one.frames == other.start_frames for one, other in pairwise(timeline.units))


def test_a_codec_may_take_less_under_a_bed(
    lay: Callable[..., Timeline], article: Script, takes: list[Take], bed: Score, music: Score
) -> None:
    """Then its gain is that of the margin for a bed, and where there is none it is the usual one."""
    margins = {"one": Margin(0.5, 0.2, bed_trim_db=0.1), "usual": Margin(0.5, 0.2), "less": Margin(0.1, 0.2)}
    on_it = lay(article, takes, bed, margins=margins)
    without = lay(article, takes, music, margins=margins)

    assert replace(on_it.master("one"), form="less") == on_it.master("less")
    assert replace(without.master("one"), form="usual") == without.master("usual")


def test_the_bed_takes_over_from_the_intro_and_hands_over_to_the_outro(timeline: Timeline) -> None:
    """It comes while the intro goes, and is gone half a second after the outro begins."""
    (whole,) = beds_of(timeline)
    parts = {m.part: m for unit in timeline.units for m in unit.music if m.part is not BED}
    intro, outro = parts[MusicPart.INTRO], parts[MusicPart.OUTRO]
    intro_ends = intro.start_samples + intro.length_samples

    assert intro_ends - whole.start_samples == ms_to_samples(1200)
    assert whole.start_samples + whole.length_samples - outro.start_samples == ms_to_samples(500)
    assert whole.start_samples + whole.length_samples == pytest.approx(timeline.samples, abs=5 * RATE_HZ)


def test_units_alone_are_the_whole_in_place(timeline: Timeline, takes: list[Take], bed: Score) -> None:
    """At every join the bed goes on from sample to sample, as it does where nothing is cut."""
    (whole,) = beds_of(timeline)
    units = [mastered(render_unit(timeline, unit, takes, bed), timeline.master("")) for unit in timeline.units]
    steps = np.abs(np.diff(np.concatenate(units).astype(np.int32), 2))
    joins = [span_of(unit)[0] for unit in timeline.units if unit.runs_on]
    spoken = max(steps[at - 400 : at - 300].max() for at in joins)

    heard = alone(timeline, bed)[whole.start_samples :][: whole.length_samples]

    assert max(steps[at - 3 : at + 3].max() for at in joins) <= spoken + 3
    assert np.abs(heard[3 * RATE_HZ : -3 * RATE_HZ].reshape(-1, 1)[: RATE_HZ * 3]).max() > 0
    assert momentary(energies(heard))[25:-25].min() > -60


def test_an_edition_has_a_bed_for_each_article(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment], bed: Score
) -> None:
    """The sting is heard by itself; an edit in one article leaves the other's encoded units alone."""
    body = segment(Role.BODY, "A sentence of some words.", "And one more.")
    parts = [
        segment(Role.TITLE, "Edition", music=MusicPart.INTRO),
        body,
        segment(Role.TITLE, "Second", music=MusicPart.STING),
        body,
        segment(Role.ANNOUNCEMENT, "End.", music=MusicPart.OUTRO),
    ]
    made = lay(write(*parts), None, bed)
    sting = next(m for unit in made.units for m in unit.music if m.part is MusicPart.STING)

    first, second = beds_of(made)

    assert first.start_samples + first.length_samples <= sting.start_samples
    assert sting.start_samples + sting.length_samples <= second.start_samples
    assert len([run for run in made.runs() if len(run) > 1]) == 2


def test_without_other_music_a_bed_plays_from_the_first_word_to_the_last(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment], bed: Score
) -> None:
    """It comes with the first sentence and goes in two seconds after the last one, and then the episode is over."""
    made = lay(lone(segment, write, 500), None, replace(bed, pieces={BED: bed.pieces[BED]}))

    (whole,) = beds_of(made)

    assert whole.start_samples == 0
    assert whole.length_samples / RATE_HZ == pytest.approx(made.cues[-1].end_ms / 1000 + 2, abs=0.3)
    assert 0 <= made.samples - whole.length_samples - SILENT_TAIL_SAMPLES <= 2 * FRAME_SAMPLES


def test_a_digest_knows_bed_and_channels(timeline: Timeline) -> None:
    """Another piece, another place in it, other speech round it, two channels: other sound."""
    unit = timeline.units[3]
    (own,) = unit.music
    others = [
        replace(own, digest="other"),
        replace(own, start_samples=own.start_samples - 48),
        replace(own, duck=own.duck[1:]),
    ]
    digests = [unit_digest(timeline, replace(unit, music=(each,))) for each in others]

    assert len({unit_digest(timeline, unit), unit_digest(replace(timeline, channels=2), unit), *digests}) == 5


# time and memory


def test_a_unit_costs_the_same_after_ten_hours(timeline: Timeline, bed: Score) -> None:
    """Neither the length of the episode nor that of the piece is in a unit's memory."""
    piece: Piece = bed.pieces[BED]
    start = 36_000 * RATE_HZ // FRAME_SAMPLES * FRAME_SAMPLES
    whole = placed(40_000.0, (35_990, 35_999), (36_004, 36_010))

    tracemalloc.start()
    sound = bed_of(whole, piece, start, 200 * FRAME_SAMPLES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert np.abs(sound).max() > 0.001
    assert peak < 12 * sound.nbytes
    assert max(len(m.duck) for unit in timeline.units for m in unit.music if m.part is BED) <= 3
