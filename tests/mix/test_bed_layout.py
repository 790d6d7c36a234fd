"""Where a bed plays among takes, intros, stings and outros, in whatever order a person may write them."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mix.test_bed import BED, span_of

from narrate.mix import Piece, Score
from narrate.mix.layout import SILENT_TAIL_SAMPLES, Layout, Sounding
from narrate.model import RATE_HZ, MusicPart

ACTS = st.one_of(
    st.tuples(st.just("take"), st.integers(1, 9_000), st.sampled_from([0, 0, 1, 90, 700, 2_600, 30_000])),
    st.tuples(
        st.sampled_from(["intro", "sting", "opening", "outro"]), st.integers(1, 9_000), st.sampled_from([0, 700])
    ),
)


@settings(max_examples=200)
@given(st.lists(ACTS, min_size=1, max_size=12), st.sets(st.sampled_from(list(MusicPart))))
def test_units_hold_what_is_heard_in_them(acts: list[tuple[str, int, int]], parts: set[MusicPart]) -> None:
    """Whatever is laid in whatever order: no unit is cut in a sound but where the next one runs on from it."""
    seconds = {MusicPart.INTRO: 9, MusicPart.STING: 3, MusicPart.OUTRO: 4, BED: 12}
    layout = Layout(Score({part: Piece(bytes(2 * RATE_HZ * seconds[part]), "") for part in parts}))
    heard = [lay_act(layout, *act) for act in acts]
    layout.finish(with_music=False)
    units = layout.units

    assert [unit.start_frames for unit in units] == list(accumulate((u.frames for u in units[:-1]), initial=0))
    assert [units[0].first, units[-1].last] == [0, layout.takes]
    assert not units[0].runs_on
    spans = [span for span in heard if span] + [
        (m.start_samples, m.start_samples + m.length_samples) for unit in units for m in unit.music if m.part is not BED
    ]
    beds = {
        (m.start_samples, m.start_samples + m.length_samples) for unit in units for m in unit.music if m.part is BED
    }
    for before, unit in pairwise(units):
        cut = sum(span_of(before))
        assert all(end <= cut or start >= cut for start, end in spans)
        assert unit.runs_on == any(start < cut < end for start, end in beds)
        if not unit.runs_on:
            assert all(end <= cut - SILENT_TAIL_SAMPLES or start >= cut for start, end in (*spans, *beds))
    assert all(end <= sum(span_of(units[-1])) - SILENT_TAIL_SAMPLES for _, end in (*spans, *beds))


def lay_act(layout: Layout, what: str, length: int, pause_ms: int) -> tuple[int, int] | None:
    """Lay one thing; where a take is heard."""
    if what in {"intro", "sting"}:
        layout.intro() if what == "intro" else layout.sting(pause_ms)
        return None
    sounding = Sounding(0, length, length, length // 2)
    start = layout.take(sounding, pause_ms, opening=what == "opening")
    if what == "outro":
        layout.outro(start, sounding, pause_ms)
    return start, start + length
