"""The sound itself, by its laws."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.mix import mastered, render, render_unit, unit_digest
from narrate.mix.loudness import energies, integrated, momentary, oversampled_peaks
from narrate.mix.render import music_of
from narrate.model import FRAME_SAMPLES, RATE_HZ, Loudness, MusicPart, Role, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from narrate.mix import Score
    from narrate.model import Script, Segment, Take

SILENT_TAIL_SAMPLES = 3_072
"""The silence that the slowest of the codecs delays by, in whole frames."""

WANTED = Loudness()
"""What the mix must have before any codec: -16 LUFS and -1 dBTP."""


@pytest.fixture(scope="module")
def takes(perform: Callable[[Script], list[Take]], article: Script) -> list[Take]:
    """The article, spoken."""
    return perform(article)


@pytest.fixture(scope="module")
def timeline(lay: Callable[..., Timeline], article: Script, takes: list[Take], music: Score) -> Timeline:
    """The article, laid out with music."""
    return lay(article, takes, music)


@pytest.fixture(scope="module")
def units(timeline: Timeline, takes: list[Take], music: Score) -> list[NDArray[np.int16]]:
    """The article, unit by unit."""
    return list(render(timeline, takes, music))


@pytest.fixture(scope="module")
def whole(units: list[NDArray[np.int16]]) -> NDArray[np.float32]:
    """The article in full scale."""
    return np.concatenate(units).astype(np.float32) / np.float32(32768)


def level_db(samples: NDArray[np.float32]) -> float:
    """Mean power in dBFS."""
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-12))


def test_units_last_what_the_timeline_says(timeline: Timeline, units: list[NDArray[np.int16]]) -> None:
    """Whole frames, 16 bits, and together the duration."""
    assert [len(unit) for unit in units] == [unit.frames * FRAME_SAMPLES for unit in timeline.units]
    assert {unit.dtype for unit in units} == {np.dtype(np.int16)}
    assert sum(len(unit) for unit in units) == timeline.samples


def test_every_unit_ends_in_digital_silence(units: list[NDArray[np.int16]]) -> None:
    """For as long as an encoder and a decoder delay, so that units encoded apart can be joined."""
    assert all(not unit[-SILENT_TAIL_SAMPLES:].any() for unit in units)


def test_gaps_are_digital_silence(timeline: Timeline, whole: NDArray[np.float32]) -> None:
    """Nothing is heard between cues that no music plays in."""
    quiet = np.ones(len(whole), bool)
    for at in timeline.placed:
        length = (at.trim_end - at.trim_start) * RATE_HZ // at.rate_hz + 2
        quiet[at.start_samples : at.start_samples + length] = False
    for unit in timeline.units:
        for piece in unit.music:
            quiet[piece.start_samples : piece.start_samples + piece.length_samples] = False

    assert quiet.sum() > 3 * RATE_HZ
    assert not whole[quiet].any()


def test_it_is_as_loud_as_was_solved(whole: NDArray[np.float32]) -> None:
    """The rendered, limited sound reads what was aimed at, but for the gain's grid."""
    assert integrated(energies(whole)) == pytest.approx(WANTED.target_lufs, abs=0.06)


@pytest.mark.parametrize("target_lufs", [-23.0, -16.0, -14.0])
@pytest.mark.parametrize("level_db", [-20.0, 0.0, 12.0])
def test_any_voice_and_target_are_met(  # noqa: PLR0913, PLR0917 - fixtures and two axes
    lay: Callable[..., Timeline], article: Script, takes: list[Take], music: Score, target_lufs: float, level_db: float
) -> None:
    """Also where the limiter works hard: the gain is solved behind it; and nothing is above the ceiling."""
    voice = Voice("tin", "tone", "tin", "en", level_db=level_db)

    made = lay(article, takes, music, voice, Loudness(target_lufs, -1.0))
    samples = np.concatenate(list(render(made, takes, music))).astype(np.float32) / np.float32(32768)
    peak = float(oversampled_peaks(samples[None]).max())

    assert integrated(energies(samples)) == pytest.approx(target_lufs, abs=0.1)
    assert 20 * np.log10(max(peak, np.abs(samples).max())) <= -0.9


def test_takes_join_without_a_click(timeline: Timeline, whole: NDArray[np.float32]) -> None:
    """No sample differs from silence by more than -54 dBFS where a take begins or ends."""
    for at in timeline.placed[2:-1]:
        length = round((at.trim_end - at.trim_start) * RATE_HZ / at.rate_hz)
        for edge in (at.start_samples, at.start_samples + length - 1):
            around = whole[edge - 1 : edge + 2]
            assert np.abs(np.diff(around)).max() < 0.002


def test_music_begins_and_ends_without_a_click(timeline: Timeline, whole: NDArray[np.float32]) -> None:
    """The same for music, at its first and last samples."""
    for unit in timeline.units:
        for piece in unit.music:
            ends = piece.start_samples + piece.length_samples
            assert np.abs(whole[ends - 20 : ends + 60]).max() < 0.002
    assert np.abs(whole[:20]).max() < 0.002


def test_music_is_never_louder_than_the_voice_less_3_lu(timeline: Timeline, music: Score) -> None:
    """By its loudest 400 ms, wherever it plays."""
    for unit in timeline.units:
        if unit.music:
            start = unit.start_frames * FRAME_SAMPLES
            alone = music_of(unit.music, start, unit.frames * FRAME_SAMPLES, music, WANTED.target_lufs)
            assert -21 < momentary(energies(alone)).max() <= -16 - 3


def test_music_dips_by_12_db_under_words(timeline: Timeline, music: Score) -> None:
    """From the first word of the opening to the last, against the same music left alone."""
    (unit,) = [unit for unit in timeline.units if unit.music and unit.music[0].part is MusicPart.INTRO]
    free = replace(unit.music[0], duck=())
    length = unit.frames * FRAME_SAMPLES

    dipped, undipped = (music_of((one,), 0, length, music, WANTED.target_lufs) for one in (unit.music[0], free))
    words = slice(*(cue.start_ms * RATE_HZ // 1000 for cue in (timeline.cues[0], timeline.cues[1])))

    assert level_db(undipped[words]) - level_db(dipped[words]) >= 12
    assert level_db(dipped[: RATE_HZ * 3 // 2]) == pytest.approx(level_db(undipped[: RATE_HZ * 3 // 2]), abs=0.01)


def test_music_is_gone_before_the_body(timeline: Timeline, units: list[NDArray[np.int16]]) -> None:
    """The unit of the opening falls silent before the first sentence of the article begins."""
    tail = RATE_HZ * 80 // 1000

    assert timeline.units[1].first == 2
    assert not units[0][-tail:].any()


def test_a_unit_alone_is_the_unit_in_its_place(
    timeline: Timeline, takes: list[Take], music: Score, units: list[NDArray[np.int16]]
) -> None:
    """In any order, on many threads at once: the same bytes. That is what lets them be cached."""
    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(render_unit, timeline, unit, takes, music) for unit in reversed(timeline.units)]
        alone = [mastered(job.result(), timeline.master("")) for job in reversed(jobs)]

    assert all(np.array_equal(one, other) for one, other in zip(alone, units, strict=True))


def test_a_unit_asks_only_for_its_own_takes(timeline: Timeline, takes: list[Take], music: Score) -> None:
    """The others need not exist."""
    unit = timeline.units[2]
    own = {at.index: takes[at.index] for at in timeline.placed[unit.first : unit.last]}

    samples = render_unit(timeline, unit, own, music)

    assert samples.voices.any()


def test_a_digest_changes_with_everything_that_is_heard(
    timeline: Timeline, lay: Callable[..., Timeline], article: Script, takes: list[Take], music: Score
) -> None:
    """Gain, levels, takes, trims, music, length: whatever changes the samples changes the digest."""
    opening = timeline.units[0]
    first = timeline.placed[0]
    digest = unit_digest(timeline, opening)

    def with_first(**change: object) -> str:
        return unit_digest(replace(timeline, placed=(replace(first, **change), *timeline.placed[1:])), opening)  # type: ignore[arg-type]  # named below

    others = [
        unit_digest(replace(timeline, gain_db=timeline.gain_db + 0.1), opening),
        unit_digest(replace(timeline, ceiling_dbtp=-2.0), opening),
        unit_digest(replace(timeline, target_lufs=-17.0), opening),
        with_first(digest="other"),
        with_first(start_samples=first.start_samples + 48),
        with_first(trim_start=first.trim_start + 1),
        with_first(level_db=1.0),
        unit_digest(timeline, replace(opening, frames=opening.frames + 1)),
        unit_digest(timeline, replace(opening, music=())),
        unit_digest(timeline, replace(opening, music=(replace(opening.music[0], digest="other"),))),
        unit_digest(timeline, replace(opening, music=(replace(opening.music[0], duck=()),))),
    ]

    assert len({digest, *others}) == len(others) + 1
    assert digest == unit_digest(lay(article, takes, music), opening)


def test_a_unit_that_only_moved_keeps_its_digest(
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    say: Callable[..., Take],
) -> None:
    """One sentence longer, and every other unit is still in the cache; long silences are all the same one."""
    sentences = [segment(Role.BODY, f"Sentence {n}.") for n in range(4)]
    long, short = say(2.0), say(1.0)
    script = write(*sentences, segment(Role.BODY, "End.", pause_ms=30_000))

    before = lay(script, [short, long, short, long, short])
    after = replace(lay(script, [short, short, short, long, short]), gain_db=before.gain_db)
    digests, others = ([unit_digest(one, unit) for unit in one.units] for one in (before, after))

    assert before.units[2].start_frames != after.units[2].start_frames
    changed = [n for n, (one, other) in enumerate(zip(digests, others, strict=True)) if one != other]
    assert changed == [1]
    assert len(set(digests[5:])) == 1


def test_silence_is_the_same_at_any_gain(timeline: Timeline) -> None:
    """A remake at another gain does not encode its silences again."""
    silence = replace(timeline.units[-1], first=0, last=0, music=())

    assert unit_digest(timeline, silence) == unit_digest(replace(timeline, gain_db=1.0, target_lufs=-20.0), silence)
