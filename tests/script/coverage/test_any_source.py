"""Laws of any text and any Markdown: every letter has a fate, and a segment that is taken away is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.errors import ArticleError
from narrate.model import Article, Script
from narrate.script.coverage.align import align, align_sparing, compose, gaps, letters, turned
from narrate.script.coverage.exact import leave_out

Read = Callable[[str, str], Article]
Write = Callable[..., Script]
Lost = Callable[[list[Article], Script], list[str]]

WORDS = "one two Mill Water 12 3.5 don't Dr. (Smith 2019) [12] ½ x² http://a.b/c?d=e me@a.org 水 ٣ "
SIGNS = (
    "- * + > # ## 1. 2) --- === ``` ~~~ **b** *i*t `x` | |a|b| |-|-| [a](b.c) [a][b] ![p](q.png) <b> </b> <br> "
    "<div> </div> &amp; [^1] [^1]: [x] \\* $x$ $$"
)
pieces = st.sampled_from(
    [*WORDS.split(" "), *SIGNS.split(" "), "By Ann Lee", "March 3, 2026", "<!-- hid -->", "\t", "    "]
)
sources = st.lists(st.tuples(pieces, st.sampled_from([" ", " ", "\n", "\n\n"])), min_size=1, max_size=25).map(
    lambda pairs: "".join(map("".join, pairs))
)
texts = st.text("abAB1", max_size=40)
LAX = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@given(source=sources)
@LAX
def test_every_letter_has_a_fate(read: Read, write: Write, lost: Lost, suffix: str, source: str) -> None:
    """Whatever an author strings together, no letter is lost."""
    try:
        article = read(source, suffix)
    except ArticleError:
        return

    assert lost([article], write(article)) == []


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@given(chosen=st.tuples(sources, st.integers(0, 99)))
@LAX
def test_a_segment_taken_away_is_missed(
    read: Read, write: Write, lost: Lost, suffix: str, chosen: tuple[str, int]
) -> None:
    """A segment with letters of the source cannot go unnoticed, but for a picture without words."""
    source, number = chosen
    try:
        article = read(source, suffix)
    except ArticleError:
        return
    script = write(article)
    said = [each for each in script.segments if each.source and any(letters(u.written) for u in each.utterances)]
    if said and not (gone := said[number % len(said)]).utterances[0].written.startswith("![]("):
        left = replace(script, segments=tuple(each for each in script.segments if each is not gone))

        assert lost([article], left)


@given(one=texts, other=texts)
def test_what_is_aligned_is_alike(one: str, other: str) -> None:
    """Runs are in order of both texts and say the same letters, in any case of them."""
    runs = align(one, other)

    assert all(one[r.here :][: r.length].lower() == other[r.there :][: r.length].lower() for r in runs)
    assert all(a.here + a.length <= b.here and a.there + a.length <= b.there for a, b in pairwise(runs))


@given(text=texts, start=st.integers(0, 40), length=st.integers(0, 40))
def test_what_is_left_out_is_found(text: str, start: int, length: int) -> None:
    """A text without a stretch is aligned so that as many letters are missing as went."""
    left = text[:start] + text[start + length :]
    spare = [(start, min(start + length, len(text)))] if start < len(text) else []
    runs = leave_out(text, spare, left)

    assert runs is not None
    assert sum(run.length for run in runs) == len(left)
    assert sum(high - low for low, high in gaps(runs, len(text))) == len(text) - len(left)


@given(one=texts, other=texts, spare=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_no_letter_is_used_twice(one: str, other: str, spare: tuple[int, int]) -> None:
    """A mapping, and what two mappings make together, pair each letter with one other at most."""
    low, high = min(spare), min(max(spare), len(one))
    runs = align_sparing(one, [(low, high)] if low < high else [], other)
    both = compose(runs, turned(runs))

    there = [at for run in runs for at in range(run.there, run.there + run.length)]
    here = [at for run in runs for at in range(run.here, run.here + run.length)]
    assert len(set(there)) == len(there) == len(set(here)) == len(here)
    assert all(run.here == run.there for run in both)
