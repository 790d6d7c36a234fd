"""Formulas as MathML: what is drawn, what stays as it is written, and that nothing of an article runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from narrate.episode.formula import formula_of

MATHML = "{http://www.w3.org/1998/Math/MathML}"


def tags(written: str) -> list[str]:
    """The elements of a formula, in order."""
    formula = formula_of(written, display=False)
    assert formula is not None
    return [str(each.tag).removeprefix(MATHML) for each in etree.fromstring(str(formula.html)).iter()]


def test_tex_becomes_elements() -> None:
    """Fractions, roots, sums; with the TeX as the words for those who see none."""
    formula = formula_of(r"\frac{a}{2} \le \sqrt{x_1}", display=True)
    assert formula is not None
    root = etree.fromstring(str(formula.html))

    assert (root.get("display"), root.get("alttext")) == ("block", r"\frac{a}{2} \le \sqrt{x_1}")
    assert {"mfrac", "msqrt", "msub"} <= {str(each.tag).removeprefix(MATHML) for each in root.iter()}
    assert "".join(map(str, root.itertext())) == formula.text == "a2≤x1"


@pytest.mark.parametrize("wraps", [("$", "$"), ("$$", "$$"), (r"\(", r"\)"), (r"\[", r"\]"), (" ", "\n")])
def test_the_signs_that_part_it_from_text_go(wraps: tuple[str, str]) -> None:
    """They are not of the formula."""
    assert formula_of(f"{wraps[0]}x^2{wraps[1]}", display=False) == formula_of("x^2", display=False)


@pytest.mark.parametrize(
    "written",
    [
        *("five", "x + y", "", "$", "$$", r"\frac{", r"\left( x", r"\unheard{x}", "{" * 1_900 + "_"),
        *(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "x^2" * 700),
    ],
)
def test_what_is_no_tex_or_not_known_stays(written: str) -> None:
    """It is shown as it is written, however deep or long."""
    assert formula_of(written, display=False) is None


@pytest.mark.parametrize(
    "written",
    [
        r"\href{javascript:alert(1)}{x^2}",
        r"\class{a}{x^2}",
        r"\style{position:fixed}{x^2}",
        r"\text{<script>alert(1)</script>}^2",
        r"\text{\"><img src=x onerror=alert(1)>}^2",
        r"x^2 <img src=x onerror=alert(1)>",
        r"\mathrm{</math><script>}^2",
    ],
)
def test_nothing_of_an_article_is_markup(written: str) -> None:
    """Elements and attributes are ours: a link, a class or a style there is none."""
    formula = formula_of(written, display=False)
    if formula is None:
        return
    found = html.fragment_fromstring(f"<div>{formula.html}</div>")

    assert not {"script", "img", "a"} & {str(each.tag) for each in found.iter()}
    assert not {"href", "class", "style", "src"} & {name for each in found.iter() for name in map(str, each.attrib)}


SIGNS = [*"xy12+=<>&^_{}()\\ \"'", r"\frac", r"\sqrt", r"\text{", r"\left", "π"]
TEX = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)


@given(TEX)
def test_any_text_is_well_formed_or_stays(written: str) -> None:
    """What comes back is XML, and its text is what is told."""
    formula = formula_of(written, display=False)

    if formula is not None:
        assert "".join(map(str, etree.fromstring(str(formula.html)).itertext())) == formula.text
