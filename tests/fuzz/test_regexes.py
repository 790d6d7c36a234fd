"""The search for slow patterns finds those that are known to be slow, and lets the others pass."""

from __future__ import annotations

import re

import pytest
from tests.fuzz import regexes
from tests.fuzz.regexes import judged, patterns


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a pattern little time, so that a bad one is soon given up."""
    monkeypatch.setattr(regexes, "PATIENCE_S", 0.1)
    monkeypatch.setattr(regexes, "ENOUGH", 1)


@pytest.mark.parametrize("written", [r"(a+)+$", r"\s+\n", r"<!--.*?-->", r"(?:\w+ ?)+:"])
def test_a_pattern_that_goes_back_again_and_again_is_found(written: str) -> None:
    """Runs in runs, a run before a sign that is missing, and a beginning without its end take too long."""
    assert judged("bad", re.compile(written))


@pytest.mark.parametrize("written", [r"\w+", r"(?<!\s)\s++\n", r"<!--[^-]{0,80}-->", r"\d{1,3}(?:,\d{3}){0,9}"])
def test_a_pattern_that_takes_its_time_in_proportion_passes(written: str) -> None:
    """Bounded and possessive pieces are no finding."""
    assert judged("good", re.compile(written)) is None


def test_the_patterns_in_tables_and_in_calls_are_found() -> None:
    """The finder knows a module's own pattern, one in the row of a rule, and one written in a call."""
    names = list(patterns())
    assert any(name.startswith("article.epub.reader._MAIL") for name in names)
    assert any(name.endswith("[pattern]") for name in names)
    assert any(re.search(r"\.py:\d+\Z", name) for name in names)
