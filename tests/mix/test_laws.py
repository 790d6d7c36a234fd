"""Loudness by FFmpeg's own meter, music by its envelope, plans and cues by golden pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from av.filter import Graph
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.mix.chapters import Opening, chapters
from narrate.mix.layout import Layout, Sounding
from narrate.mix.loudness import _TAPS, TAP_COUNT, energies, integrated, oversampled_peaks
from narrate.mix.plan import plan
from narrate.mix.score import Piece, Score, piece_of
from narrate.mix.strip import at_output_rate, heard, polished, resampled
from narrate.model import (
    RATE_HZ,
    Clip,
    MusicPart,
    Placed,
    PlacedMusic,
    Role,
    Script,
    Segment,
    Take,
    Timeline,
    WordTime,
    ms_to_samples,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

LEVEL = 8_000


def ffmpegs(samples: NDArray[np.float32]) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, by the ebur128 filter that comes with PyAV."""
    graph = Graph()
    source = graph.add_abuffer(sample_rate=RATE_HZ, format="flt", layout="mono")
    meter = graph.add("ebur128", "peak=true:metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples[None].astype(np.float32), format="flt", layout="mono")
    frame.sample_rate = RATE_HZ
    source.push(frame)
    source.push(None)
    loudness = peak = -np.inf
    while True:
        try:
            told = {str(key): str(value) for key, value in sink.pull().metadata.items()}
        except (av.error.EOFError, av.error.BlockingIOError):
            return loudness, peak
        loudness = float(told.get("lavfi.r128.I", loudness))
        peak = max(peak, 20 * np.log10(float(told.get("lavfi.r128.true_peak", 0)) + 1e-9))


def tone(hertz: float, seconds: float = 2.0, level: float = 0.2, turn: float = 0.0) -> NDArray[np.float32]:
    """A sine of a pitch, begun at a part of a turn."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (level * np.sin(2 * np.pi * (hertz * time + turn))).astype(np.float32)


@pytest.mark.parametrize("hertz", [25, 40, 100, 500, 1_000, 1_500, 2_000, 4_000, 8_000, 16_000, 20_000])
def test_every_pitch_weighs_what_it_weighs_elsewhere(hertz: float) -> None:
    """Both stages of the K filter, to 0.02 LU, by libebur128's own."""
    sound = tone(hertz, level=0.5)

    assert integrated(energies(sound)) == pytest.approx(ffmpegs(sound)[0], abs=0.02)


@settings(max_examples=12)
@given(st.lists(st.sampled_from([0.0, 0.00005, 0.0005, 0.002, 0.01, 0.05, 0.3]), min_size=2, max_size=8))
def test_gates_close_where_they_close_elsewhere(levels: list[float]) -> None:
    """Stretches from silence to loud in any order: what counts as programme is decided by both gates."""
    sound = np.concatenate([tone(1000, 1.5, level) for level in levels])
    theirs = ffmpegs(sound)[0]

    assert integrated(energies(sound)) == (pytest.approx(theirs, abs=0.03) if theirs > -70 else -np.inf)


@pytest.mark.parametrize(("lufs", "counts"), [(-69.0, True), (-71.0, False)])
def test_the_absolute_gate_is_at_minus_70(lufs: float, counts: bool) -> None:  # noqa: FBT001 # it is what is tested
    """BS.1770-5, Annex 1: what is quieter is no programme at all."""
    sound = tone(997, 3, 10 ** ((lufs + 3.01) / 20))

    assert np.isfinite(integrated(energies(sound))) == counts


@pytest.mark.parametrize("hertz", [997.0, 4_999.0, 7_351.0, 11_024.0])
@pytest.mark.parametrize("turn", [0.0, 0.11, 0.125])
def test_true_peaks_are_those_of_another_meter(hertz: float, turn: float) -> None:
    """Within 0.4 dB of FFmpeg's, which oversamples by its own filter, and never below the samples themselves."""
    sound = tone(hertz, 1.0, 0.6, turn)[1000:-1000]
    rows = np.pad(sound, (TAP_COUNT // 2 - 1, TAP_COUNT // 2), mode="reflect")[None]
    ours = 20 * np.log10(max(float(oversampled_peaks(rows)[0]), float(np.abs(sound).max())))

    assert ours == pytest.approx(ffmpegs(sound)[1], abs=0.4)
    assert -0.4 < ours - 20 * np.log10(0.6) < 0.6


def test_the_four_phases_are_those_of_the_recommendation() -> None:
    """BS.1770-5, Annex 2: what each phase's taps add up to in its table, and two are the others reversed."""
    assert _TAPS.sum(axis=1) == pytest.approx([1.001587, 0.973022, 0.973022, 1.001587], abs=1e-5)
    np.testing.assert_array_equal(_TAPS, _TAPS[::-1, ::-1])


def score_of(part: MusicPart, seconds: float) -> Score:
    """A part of the music that is as loud as ever from its first sample to its last."""
    pcm = np.full(round(seconds * RATE_HZ), LEVEL, "<i2").tobytes()
    return Score({part: Piece(pcm, f"{part} {seconds}")})


def envelope(part: MusicPart, seconds: float, *duck_ms: tuple[int, int], at_ms: int = 0) -> NDArray[np.floating]:
    """How loud that music is at every millisecond from where it begins, 1 where it is untouched."""
    spans = tuple((ms_to_samples(start + at_ms), ms_to_samples(end + at_ms)) for start, end in duck_ms)
    start, length = ms_to_samples(at_ms), round(seconds * RATE_HZ)
    placed = PlacedMusic(part, start, length, f"{part} {seconds}", spans)
    track = piece_of(placed, score_of(part, seconds).pieces[part], 0, start + length + RATE_HZ)[:, 0]
    assert not track[:start].any()
    assert not track[start + length :].any()
    return track[start : start + length : RATE_HZ // 1000] * 32768 / LEVEL


@pytest.mark.parametrize(
    ("part", "into_ms", "outof_ms"),
    [(MusicPart.INTRO, 10, 1200), (MusicPart.STING, 5, 400), (MusicPart.OUTRO, 150, 1500)],
)
def test_music_comes_and_goes(part: MusicPart, into_ms: int, outof_ms: int) -> None:
    """In from nothing, whole in the middle, out to nothing, each part as long as it takes; never the other way."""
    loud = envelope(part, 4.0)

    assert loud[0] < 0.02
    assert loud[into_ms + 5 : 4000 - outof_ms - 5] == pytest.approx(1.0, abs=0.01)
    assert loud[4000 - outof_ms // 2] < 0.95
    assert loud[-1] < 0.02
    assert np.diff(loud[: into_ms + 5]).min() > -0.01
    assert np.diff(loud[-outof_ms:]).max() < 0.01


@pytest.mark.parametrize("part", [MusicPart.INTRO, MusicPart.STING, MusicPart.OUTRO])
@pytest.mark.parametrize("seconds", [0.03, 0.3, 0.9])
def test_short_music_is_still_heard(part: MusicPart, seconds: float) -> None:
    """It comes in by a third of its length at most and begins to go at a third: in between it is whole."""
    loud = envelope(part, seconds)
    third = len(loud) // 3

    assert loud[third - 2 : third + 3].max() > 0.85
    assert loud[0] < 0.1
    assert loud[-1] < 0.1


@pytest.mark.parametrize("at_ms", [0, 700])
def test_music_is_down_from_the_first_word_to_the_last(at_ms: int) -> None:
    """14 dB lower while it is spoken, whole again 0.6 s after; it begins to fall 0.3 s before. Wherever it stands."""
    loud = envelope(MusicPart.INTRO, 8.0, (2000, 4000), at_ms=at_ms)
    dipped = 10 ** (-14 / 20)

    assert loud[20:1695] == pytest.approx(1.0, abs=0.01)
    assert dipped < loud[1850] < 1
    assert loud[2005:3995] == pytest.approx(dipped, abs=0.005)
    assert dipped < loud[4300] < 1
    assert loud[4610:6700] == pytest.approx(1.0, abs=0.01)


def test_music_dips_again_for_every_span() -> None:
    """Two sentences with a long pause between: up again there."""
    loud = envelope(MusicPart.INTRO, 9.0, (1000, 2000), (5000, 6000))

    assert loud[1500] == pytest.approx(loud[5500], abs=0.005)
    assert loud[3500] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    ("duck", "low"), [((0, 900), 500), ((2000, 9000), 2500), ((3999, 9000), None), ((5000, 6000), None)]
)
def test_speech_may_begin_before_or_end_after_the_music(duck: tuple[int, int], low: int | None) -> None:
    """Down from the start, down to the end, or not at all where the words come when it is over."""
    loud = envelope(MusicPart.INTRO, 4.0, duck)

    assert loud[1600] == pytest.approx(1.0, abs=0.01)
    if low is not None:
        assert loud[low] == pytest.approx(10 ** (-14 / 20), abs=0.01)


def script_of(*rows: tuple[Role, MusicPart | None, str | None, int, bool]) -> Script:
    """Segments by role, music, chapter, number of utterances and whether they are skipped."""
    from narrate.model import Utterance

    segments = (
        Segment(f"s{n}", role, (Utterance("a", "a", "en", pause_ms=7),) * count, 100 + n, 0, chapter, music, skip=skip)
        for n, (role, music, chapter, count, skip) in enumerate(rows)
    )
    return Script("T", "en", tuple(segments))


INTRO, STING, OUTRO = MusicPart.INTRO, MusicPart.STING, MusicPart.OUTRO


@pytest.mark.parametrize(
    ("rows", "steps"),
    [
        (
            [(Role.TITLE, INTRO, "A", 2, False), (Role.BODY, None, None, 1, False)],
            [("s0", "intro", "A", True), ("s0", "", "", True), ("s1", "", "", False)],
        ),
        (  # a segment without a word hands on what it would have begun
            [(Role.TITLE, INTRO, "A", 0, False), (Role.BODY, None, None, 1, False), (Role.BODY, None, None, 1, False)],
            [("s1", "intro", "A", False), ("s2", "", "", False)],
        ),
        (  # so does one that is skipped; the next one's own chapter is stronger
            [(Role.TITLE, INTRO, "A", 1, True), (Role.HEADING, STING, "B", 1, False)],
            [("s1", "sting", "B", False)],
        ),
        (  # only title and announcements are spoken on the intro, and only in a row
            [
                (Role.TITLE, INTRO, None, 1, False),
                (Role.ANNOUNCEMENT, None, None, 1, False),
                (Role.BODY, None, None, 1, False),
                (Role.ANNOUNCEMENT, None, None, 1, False),
            ],
            [("s0", "intro", "", True), ("s1", "", "", True), ("s2", "", "", False), ("s3", "", "", False)],
        ),
        (  # a sting ends the opening
            [(Role.TITLE, INTRO, None, 1, False), (Role.TITLE, STING, None, 1, False)],
            [("s0", "intro", "", True), ("s1", "sting", "", False)],
        ),
        (  # the outro begins under the last utterance of its segment
            [(Role.BODY, None, None, 1, False), (Role.ANNOUNCEMENT, OUTRO, None, 2, False)],
            [("s0", "", "", False), ("s1", "", "", False), ("s1", "outro", "", False)],
        ),
        (  # or under the last that is heard, where its own is skipped
            [(Role.BODY, None, None, 2, False), (Role.ANNOUNCEMENT, OUTRO, None, 1, True)],
            [("s0", "", "", False), ("s0", "outro", "", False)],
        ),
        (  # or has no word
            [(Role.BODY, None, None, 1, False), (Role.BODY, None, None, 0, False), (Role.BODY, OUTRO, None, 0, False)],
            [("s0", "outro", "", False)],
        ),
    ],
)
def test_golden_plans(
    rows: list[tuple[Role, MusicPart | None, str | None, int, bool]], steps: list[tuple[str, str, str, bool]]
) -> None:
    """What happens round each utterance: its segment, the music, the chapter it opens, whether the intro goes on."""
    made = list(plan(script_of(*rows)))

    assert [
        (step.segment.id, "outro" if step.outro else str(step.before or ""), step.chapter or "", step.opening)
        for step in made
    ] == steps
    last = {step.segment.id: position for position, step in enumerate(made)}
    for position, step in enumerate(made):
        ends = position == last[step.segment.id]
        assert step.pause_ms == 7 + (100 + int(step.segment.id[1:]) if ends else 0)


@given(
    st.one_of(
        st.lists(st.integers(10_000, 40_000), min_size=1, max_size=20),
        st.permutations(range(10_000, 10_000 + 300)).map(list),
        st.permutations(range(10_000, 10_000 + 255)).map(list),
    )
)
def test_of_too_many_chapters_the_shortest_go(lengths_ms: list[int]) -> None:
    """Never more than 255, whichever they are; every one that stays begins where it began, the first at nought."""
    starts = [sum(lengths_ms[:n]) for n in range(len(lengths_ms))]
    made = chapters([Opening(start, str(start), f"s{start}") for start in starts], sum(lengths_ms))
    long = [start for start, length in zip(starts, lengths_ms, strict=True) if length >= 10_000]

    assert len(made) == (min(len(long), 255) if len(long) > 1 else 0)
    if made:
        assert (made[0].start_ms, made[-1].end_ms) == (0, sum(lengths_ms))
        assert [each.start_ms for each in made[1:]] == [int(each.title) for each in made[1:]]
        assert {int(each.title) for each in made} <= set(long)
    if len(long) > 255:
        shortest = sorted(zip(lengths_ms, starts, strict=True))[: len(long) - 255]
        assert made[0].title == str(long[0])
        assert {int(each.title) for each in made[1:]}.isdisjoint(start for _, start in shortest)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100])
@pytest.mark.parametrize("noise", [0, 1])
def test_air_stays_round_a_sound_if_there_is_any(rate_hz: int, noise: int) -> None:
    """10 ms before and 30 after it of what the engine left there; of its zeros nothing."""
    sound = np.full(rate_hz // 5 // (rate_hz * 5 // 1000) * (rate_hz * 5 // 1000), 9_000)
    quiet = np.full(40 * (rate_hz * 5 // 1000), noise)
    span = heard(Clip(np.concatenate([quiet, sound, quiet]).astype("<i2").tobytes(), rate_hz))
    lead, tail = (rate_hz * ms // 1000 * noise for ms in (10, 30))

    assert (span.first, span.last) == (len(quiet), len(quiet) + len(sound))
    assert (span.start, span.end) == (span.first - lead, span.last + tail)


@pytest.mark.parametrize("ms", [1, 3, 5, 20])
def test_the_shortest_sound_has_soft_ends(ms: int) -> None:
    """However short: it rises from nothing, falls to nothing, and is as loud in the middle as it was."""
    clip = Clip(np.full(RATE_HZ * ms // 1000, 600, "<i2").tobytes(), RATE_HZ)
    samples = polished(clip, Placed(0, 0, 0, clip.samples, RATE_HZ, 0.0, ""))

    assert len(samples) == clip.samples
    assert 0 < samples[0] < samples.max() / 10
    assert 0 < samples[-1] < samples.max() / 10
    assert samples.max() == pytest.approx(600 / 32768, rel=0.01)
    assert (np.sign(np.diff(samples)) != 0).sum() <= RATE_HZ * 8 // 1000


@given(st.integers(0, 5_000), st.sampled_from([8_000, 11_025, 16_000, 24_000, 44_100, 48_000]))
def test_resampling_gives_the_number_of_samples_that_was_said(length: int, rate_hz: int) -> None:
    """Timelines are laid before a sound is resampled, so the number must be right to the last one."""
    assert len(resampled(np.zeros(length, np.float32), rate_hz)) == at_output_rate(length, rate_hz)


@pytest.mark.parametrize("moments_ms", [(1_700, 1_700), (600, 1_200), (None, 1_600), (1_990, 1_990), (2_500, 2_000)])
def test_the_outro_begins_under_the_last_word(
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    say: Callable[..., Take],
    moments_ms: tuple[int | None, int],
) -> None:
    """Where the engine says it begins, at most 0.8 s before the sound ends; 0.4 s where the engine says nothing."""
    begins_ms, outro_ms = moments_ms
    take = say(2.0, before_ms=0, after_ms=0, rate_hz=RATE_HZ)
    words = () if begins_ms is None else (WordTime(ms_to_samples(begins_ms), ms_to_samples(begins_ms + 9), 0, 1),)
    script = write(segment(Role.BODY, "One."), segment(Role.ANNOUNCEMENT, "End.", music=OUTRO))
    timeline = lay(script, [take, replace(take, words=words)], score_of(OUTRO, 4.0))
    (music,) = [music for unit in timeline.units for music in unit.music]
    heard_from = timeline.placed[1].start_samples

    assert (music.start_samples - heard_from) * 1000 / RATE_HZ == pytest.approx(outro_ms, abs=25)
    ((down, up),) = music.duck
    assert (down - heard_from, up - heard_from) == pytest.approx((0, 2 * RATE_HZ), abs=800)


@pytest.mark.parametrize(
    ("seconds", "spoken", "expected"),
    [
        (9.0, [(3.0, 800), (2.0, 1000)], [((2.3, 8.1),)]),  # 0.8 s between title and disclosure: it stays down
        (30.0, [(1.0, 3000), (1.0, 1000)], [((2.3, 3.3), (6.3, 7.3))]),  # three seconds: up and down again
    ],
)
def test_the_intro_does_not_pump(
    seconds: float, spoken: list[tuple[float, int]], expected: list[tuple[tuple[float, float], ...]]
) -> None:
    """It stays down in pauses shorter than two and a half seconds."""
    layout = Layout(score_of(INTRO, seconds))
    layout.intro()
    for length_s, pause_ms in spoken:
        samples = round(length_s * RATE_HZ)
        layout.take(Sounding(0, samples, samples, 0), pause_ms, opening=True)
    layout.finish(with_music=False)
    ducks = [music.duck for unit in layout.units for music in unit.music]

    assert [[(a / RATE_HZ, b / RATE_HZ) for a, b in duck] for duck in ducks] == [
        [pytest.approx(span, abs=0.01) for span in duck] for duck in expected
    ]
