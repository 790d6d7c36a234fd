"""Where everything is: units, pauses, music, chapters."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.errors import MixError
from narrate.mix import Score
from narrate.mix.dynamics import BLOCK_SAMPLES
from narrate.mix.layout import AIR_SAMPLES, SILENCE_FRAMES, Layout, Sounding
from narrate.model import (
    FRAME_SAMPLES,
    RATE_HZ,
    Cue,
    MusicPart,
    PlacedMusic,
    Role,
    Timeline,
    Unit,
    samples_to_ms,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Script, Segment, Take


SILENT_TAIL_SAMPLES = 3_072
"""The silence that the slowest of the codecs delays by, in whole frames."""


def played(timeline: Timeline) -> dict[MusicPart, PlacedMusic]:
    """The music of a timeline, by its part."""
    return {music.part: music for unit in timeline.units for music in unit.music}


def gaps_ms(cues: tuple[Cue, ...]) -> list[int]:
    """The silences between cues."""
    return [other.start_ms - one.end_ms for one, other in pairwise(cues)]


def check_units(units: tuple[Unit, ...] | list[Unit], takes: int) -> None:
    """Units follow one another without a gap and hold every take once."""
    assert units[0].start_frames == 0
    assert all(one.start_frames + one.frames == other.start_frames for one, other in pairwise(units))
    assert all(one.last == other.first for one, other in pairwise(units))
    assert all(unit.frames > 0 for unit in units)
    assert (units[0].first, units[-1].last) == (0, takes)


def test_units_are_the_whole_episode(
    lay: Callable[..., Timeline], article: Script, perform: Callable[[Script], list[Take]], music: Score
) -> None:
    """Their frames add up to the duration, each take is in one, and each take lies inside its unit."""
    takes = perform(article)

    timeline = lay(article, takes, music)

    check_units(timeline.units, len(takes))
    assert sum(unit.frames for unit in timeline.units) * FRAME_SAMPLES == timeline.samples
    for unit in timeline.units:
        begins, ends = unit.start_frames * FRAME_SAMPLES, (unit.start_frames + unit.frames) * FRAME_SAMPLES
        for one in timeline.placed[unit.first : unit.last]:
            length = (one.trim_end - one.trim_start) * RATE_HZ // one.rate_hz
            assert begins <= one.start_samples < one.start_samples + length <= ends - SILENT_TAIL_SAMPLES


lengths = st.integers(200, 400_000)
pauses_ms = st.one_of(st.integers(0, 3_000), st.just(600_000))


@settings(max_examples=60)
@given(st.lists(st.tuples(lengths, pauses_ms), min_size=1, max_size=40))
def test_every_pause_is_rounded_by_itself(steps: list[tuple[int, int]]) -> None:
    """Each is right to half a frame, or as short as its silence allows, whatever came before; no unit is long."""
    layout = Layout(Score())
    ends, layout_next = None, 0
    for length, pause_ms in steps:
        heard = layout.take(Sounding(96, length, length, 0), pause_ms, opening=False) + 96
        if ends is not None:
            least = ends + SILENT_TAIL_SAMPLES + FRAME_SAMPLES + AIR_SAMPLES
            assert abs(heard - layout_next) <= FRAME_SAMPLES // 2 + BLOCK_SAMPLES or heard <= least + BLOCK_SAMPLES
        ends, layout_next = heard - 96 + length, layout.next
    layout.finish(with_music=False)

    check_units(layout.units, len(steps))
    longest = max(length for length, _ in steps)
    assert all(unit.frames <= longest / FRAME_SAMPLES + SILENCE_FRAMES + 10 for unit in layout.units)


def test_pauses_are_those_of_the_script(
    lay: Callable[..., Timeline], article: Script, say: Callable[..., Take]
) -> None:
    """Between what is heard, to a frame and the few milliseconds of air a take keeps."""
    timeline = lay(article, [say(1.0, before_ms=150, after_ms=400) for _ in article.spoken()])

    expected = [800, 1000, 350, 350, 700, 600, 350, 1200]
    assert gaps_ms(timeline.cues) == pytest.approx(expected, abs=45)


def test_a_pause_of_ten_minutes_is_many_equal_units(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment]
) -> None:
    """No unit grows with it, it is as long as it was written, and its silences are all alike."""
    script = write(segment(Role.BODY, "Wait.", pause_ms=600_000), segment(Role.BODY, "Go on."))

    timeline = lay(script)

    silences = [unit for unit in timeline.units if unit.first == unit.last]
    assert gaps_ms(timeline.cues) == pytest.approx([600_000], abs=45)
    assert len(silences) > 100
    assert {unit.frames for unit in silences} == {SILENCE_FRAMES}


def test_the_opening(lay: Callable[..., Timeline], article: Script, music: Score) -> None:
    """Music alone first, the first word by 2.5 s, dipped under title and disclosure, over before the body."""
    timeline = lay(article, None, music)
    title, disclosure, body, *_ = timeline.cues
    intro = played(timeline)[MusicPart.INTRO]

    assert intro.start_samples == 0
    assert 2_000 <= title.start_ms <= 2_500
    assert body.start_ms <= 10_000
    assert samples_to_ms(intro.length_samples) <= body.start_ms - 80
    ((down, up),) = intro.duck
    assert title.start_ms <= samples_to_ms(down) <= title.start_ms + 12
    assert disclosure.end_ms - 40 <= samples_to_ms(up) <= disclosure.end_ms
    assert (timeline.units[0].first, timeline.units[0].last) == (0, 2)


def test_the_closing(lay: Callable[..., Timeline], article: Script, music: Score) -> None:
    """The outro begins under the last word, lasts about 4 s, and the file ends within half a second of it."""
    timeline = lay(article, None, music)
    outro = played(timeline)[MusicPart.OUTRO]
    ends = outro.start_samples + outro.length_samples

    assert timeline.cues[-1].start_ms < samples_to_ms(outro.start_samples) < timeline.cues[-1].end_ms
    assert 3.5 <= outro.length_samples / RATE_HZ <= 4.6
    assert SILENT_TAIL_SAMPLES <= timeline.samples - ends <= RATE_HZ // 2


def test_without_music_it_begins_at_once(lay: Callable[..., Timeline], article: Script) -> None:
    """The first word is heard by 0.3 s, and the last pause is the end."""
    timeline = lay(article)

    assert 100 <= timeline.cues[0].start_ms <= 300
    assert not played(timeline)
    assert timeline.duration_ms - timeline.cues[-1].end_ms == pytest.approx(300, abs=60)


def test_a_sting_plays_alone_between_articles(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment], music: Score
) -> None:
    """After the pause of the segment before it, in a unit of its own, over before the next word."""
    script = write(
        segment(Role.BODY, "The end of the first."),
        segment(Role.TITLE, "The second", music=MusicPart.STING),
    )

    timeline = lay(script, None, music)
    sting = played(timeline)[MusicPart.STING]
    (unit,) = [unit for unit in timeline.units if unit.music]
    starts, ends = samples_to_ms(sting.start_samples), samples_to_ms(sting.start_samples + sting.length_samples)

    assert unit.first == unit.last
    assert starts - timeline.cues[0].end_ms == pytest.approx(700, abs=45)
    assert timeline.cues[1].start_ms - ends == pytest.approx(600, abs=45)


@pytest.mark.parametrize("skipped", [(0,), (0, 1), (1,), (5,), (0, 1, 2, 4)])
def test_skipping_passes_music_and_chapters_on(
    lay: Callable[..., Timeline], article: Script, music: Score, skipped: tuple[int, ...]
) -> None:
    """Intro, outro and the first chapter stay, whichever segments are not heard."""
    segments = tuple(replace(one, skip=n in skipped) for n, one in enumerate(article.segments))

    timeline = lay(replace(article, segments=segments), None, music)
    parts = played(timeline)

    assert set(parts) == {MusicPart.INTRO, MusicPart.OUTRO}
    assert parts[MusicPart.INTRO].start_samples == 0
    assert timeline.cues[0].start_ms <= 2_500
    body = next(cue for cue in timeline.cues if cue.role not in (Role.TITLE, Role.ANNOUNCEMENT))
    assert samples_to_ms(parts[MusicPart.INTRO].length_samples) < body.start_ms
    outro = parts[MusicPart.OUTRO]
    assert timeline.samples - outro.start_samples - outro.length_samples < RATE_HZ // 2


@pytest.mark.parametrize("first", [MusicPart.INTRO, MusicPart.STING, MusicPart.OUTRO])
@pytest.mark.parametrize("second", [MusicPart.INTRO, MusicPart.STING, MusicPart.OUTRO])
@pytest.mark.parametrize("role", [Role.TITLE, Role.BODY])
def test_music_may_stand_on_any_segment(  # noqa: PLR0913, PLR0917 - fixtures
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    music: Score,
    first: MusicPart,
    second: MusicPart,
    role: Role,
) -> None:
    """A person may edit a script so: no music overlaps other music, and the laws of units hold."""
    script = write(segment(role, "One.", music=first), segment(role, "Two.", music=second), segment(role, "Three."))

    timeline = lay(script, None, music)
    pieces = sorted(
        (piece.start_samples, piece.start_samples + piece.length_samples)
        for unit in timeline.units
        for piece in unit.music
    )

    check_units(timeline.units, 3)
    assert len(pieces) == 2
    assert pieces[0][1] < pieces[1][0]
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(timeline.cues))


def test_an_opening_of_many_announcements_is_not_one_unit(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment], music: Score
) -> None:
    """When the music has ended, units are utterances again."""
    many = [segment(Role.ANNOUNCEMENT, f"Announcement number {n} of very many.") for n in range(30)]

    timeline = lay(write(segment(Role.TITLE, "A title", music=MusicPart.INTRO), *many), None, music)

    assert len(timeline.units) > 25
    assert max(unit.frames for unit in timeline.units) * FRAME_SAMPLES < 13 * RATE_HZ


@pytest.mark.parametrize("text", ["", "Word."])
def test_nothing_to_speak_is_said_clearly(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment], text: str
) -> None:
    """Every segment skipped, or no segment at all: a sentence, not a traceback."""
    script = write(segment(Role.BODY, text, skip=True)) if text else write()

    with pytest.raises(MixError, match="nothing to speak"):
        lay(script, [])


def test_takes_without_any_sound_are_refused(
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    say: Callable[..., Take],
) -> None:
    """A gain for silence would be infinite."""
    with pytest.raises(MixError, match="nothing can be heard"):
        lay(write(segment(Role.BODY, "Hush.")), [say(1.0, level=0.0)])


def test_one_word_is_an_episode(
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    say: Callable[..., Take],
) -> None:
    """Shorter than the 400 ms that loudness is defined for, and still as loud as it should be."""
    timeline = lay(write(segment(Role.BODY, "Go.", pause_ms=0)), [say(0.2)])

    assert len(timeline.units) == 1
    assert timeline.duration_ms < 600
    assert 0 < timeline.gain_db < 40


def test_three_hundred_chapters_are_at_most_255(
    lay: Callable[..., Timeline],
    write: Callable[..., Script],
    segment: Callable[..., Segment],
    say: Callable[..., Take],
) -> None:
    """A CTOC holds no more; the first stays the first."""
    take = say(0.3)
    segments = [segment(Role.HEADING, f"Heading {n}", pause_ms=11_000, chapter=f"Heading {n}") for n in range(300)]

    timeline = lay(write(*segments), [take] * 300)

    assert len(timeline.chapters) == 255
    assert timeline.chapters[0].title == "Heading 0"
    assert timeline.chapters[-1].end_ms == timeline.duration_ms


def test_each_take_is_asked_for_once_and_in_order(
    lay: Callable[..., Timeline], article: Script, perform: Callable[[Script], list[Take]]
) -> None:
    """The takes are read from disk as they are asked for, and nothing holds them."""
    asked: list[int] = []

    class Watched(list):  # type: ignore[type-arg]  # a list of takes that tells
        def __getitem__(self, index: int) -> Take:  # type: ignore[override]  # only single takes are asked for
            asked.append(index)
            return super().__getitem__(index)  # type: ignore[no-any-return]  # the same

    takes = Watched(perform(article))

    lay(article, takes)

    assert asked == list(range(len(takes)))


def test_the_same_takes_give_the_same_timeline(lay: Callable[..., Timeline], article: Script, music: Score) -> None:
    """To the last bit, and the gain is on the grid of 0.1 dB."""
    one, other = (lay(article, None, music) for _ in range(2))

    assert one == other
    assert round(one.gain_db, 1) == one.gain_db


def test_a_chapter_begins_with_the_unit_that_opens_it(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment], music: Score
) -> None:
    """A player that jumps there lands just before the first sound."""
    text = "Long enough to be a chapter. " * 10
    script = write(
        segment(Role.TITLE, "A title", music=MusicPart.INTRO),
        segment(Role.TITLE, "And a subtitle. " * 2, chapter="First"),
        segment(Role.BODY, text),
        segment(Role.HEADING, "Heading", chapter="Second"),
        segment(Role.BODY, text),
    )

    timeline = lay(script, None, music)
    (unit,) = [unit for unit in timeline.units if unit.first == 3]

    assert [one.title for one in timeline.chapters] == ["First", "Second"]
    assert timeline.chapters[1].start_ms == samples_to_ms(unit.start_frames * FRAME_SAMPLES)
    assert 0 <= timeline.cues[3].start_ms - timeline.chapters[1].start_ms <= 15


def test_a_chapter_inside_the_opening_begins_with_its_word(
    lay: Callable[..., Timeline], write: Callable[..., Script], segment: Callable[..., Segment], music: Score
) -> None:
    """The opening is one unit, so the word is all there is to go by."""
    text = "Long enough to be a chapter. " * 10
    script = write(
        segment(Role.TITLE, "A title that is read slowly, " * 5, music=MusicPart.INTRO, chapter="First"),
        segment(Role.ANNOUNCEMENT, "By somebody.", chapter="Second"),
        segment(Role.BODY, text),
    )
    score = Score({MusicPart.INTRO: replace(music.pieces[MusicPart.INTRO], pcm=music.pieces[MusicPart.INTRO].pcm * 3)})

    timeline = lay(script, None, score)

    assert timeline.units[0].last == 2
    assert timeline.chapters[1].start_ms == timeline.cues[1].start_ms
