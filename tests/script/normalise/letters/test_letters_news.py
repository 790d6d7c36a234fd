"""News prose, sentence by sentence: what is said otherwise than it is written, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.model import Diction, Policy, Role
from narrate.model.diction import Citations, Emoji, Headings, Mathematics, Urls
from narrate.script import speak_written
from narrate.script.spoken import speak_as

PAIRS = [line.split("\t") for line in Path(__file__).with_name("news.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("written", "spoken"), PAIRS)
def test_news_is_said_right(written: str, spoken: str) -> None:
    """Every sentence of the table is spoken as it says."""
    assert speak_written(written, "en")[0] == spoken


def test_there_are_enough_of_them() -> None:
    """The table holds 200 sentences or more, a quarter of which are to stay as they are."""
    assert len(PAIRS) >= 200
    assert sum(written == spoken for written, spoken in PAIRS) >= len(PAIRS) / 4


@pytest.mark.parametrize(
    ("policy", "written", "spoken"),
    [
        (Policy(urls=Urls.READ), "See https://a.org/b.", "See HTTPS colon slash slash a dot org slash B."),
        (Policy(urls=Urls.SKIP), "See https://a.org/b now.", "See now."),
        (Policy(urls=Urls.SKIP), "Amazon.com said so.", "Amazon dot com said so."),
        (Policy(citations=Citations.READ), "So it is [12].", "So it is twelve."),
        (Policy(citations=Citations.READ), "So (Smith 2019) it is.", "So (Smith twenty nineteen) it is."),
        (Policy(mathematics=Mathematics.SAY), "Here $x^2$ is.", "Here a formula is."),
        (Policy(mathematics=Mathematics.SKIP), "Here $x^2$ is.", "Here  is."),
        (Policy(emoji=Emoji.NAME), "Well done 👍🏽!", "Well done thumbs up!"),
        (Policy(emoji=Emoji.NAME), "We 👨‍👩‍👧 are fine", "We man woman girl are fine"),
        (Policy(emoji=Emoji.NAME), "Go 🇫🇷 go", "Go flag of France go"),
        (Policy(emoji=Emoji.NAME), "Hot🔥stuff", "Hot fire stuff"),
        (Policy(emoji=Emoji.SKIP), "Well done 👍🏽!", "Well done!"),
    ],
)
def test_policies(policy: Policy, written: str, spoken: str) -> None:
    """Each choice for addresses, citations, formulas and emoji changes what is said."""
    assert speak_as(written, "en", Role.BODY, Diction(policy))[0] == spoken


@pytest.mark.parametrize(
    ("headings", "role", "spoken"),
    [
        (Headings.KEEP, Role.HEADING, "Dr. Lee of Main St."),
        (Headings.EXPAND, Role.HEADING, "Doctor Lee of Main Street."),
        (Headings.KEEP, Role.BODY, "Doctor Lee of Main Street."),
    ],
)
def test_abbreviations_in_headings(headings: Headings, role: Role, spoken: str) -> None:
    """A policy keeps abbreviations in headings as they are written."""
    assert speak_as("Dr. Lee of Main St.", "en", role, Diction(Policy(headings=headings)))[0] == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        (r"E = mc^2", "E equals m c squared"),
        (r"\frac{a}{b} \leq \sqrt{x}", "a over b is at most the square root of x"),
        (r"\int_0^1 f(x)\,dx", "the integral from zero to one of f x, d x"),
    ],
)
def test_displayed_formulas(written: str, spoken: str) -> None:
    """A block that is a formula is read as one."""
    assert speak_as(written, "en", Role.MATH, ends=False)[0] == spoken
