"""Formulas in a real browser: drawn, marked while they are heard, and nothing of them runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Site

ARTICLE = rb"""# Halves

A half is $\frac{1}{2}$ of it. The next sentence has none.

$$\sum_{i=1}^{n} i = \frac{n(n+1)}{2}$$

A bad one is $\href{javascript:alert(1)}{x^2}$ and $\text{<img src=x onerror=alert(2)>}^2$ here. The end.
"""
BOXES = """[...document.querySelectorAll('math')].map(each => {
  const box = each.getBoundingClientRect();
  return [box.width, box.height];
})"""


def test_formulas_are_drawn_and_marked(everywhere: Site) -> None:
    """A fraction is higher than a line; the sentence with it is marked with it, the one after it alone."""
    with everywhere.opened("halves.md", ARTICLE) as opened:
        boxes = opened.page.evaluate(BOXES)
        line = opened.page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)")

        assert len(boxes) == 4
        assert all(width > 0 for width, _ in boxes)
        assert boxes[0][1] > 1.2 * line
        assert boxes[1][1] > 2 * line
        said = {cue.text.split()[0]: cue for cue in opened.cues}
        for first, marked in (("A", "A bad one is x2 and <img src=x onerror=alert(2)>2 here."), ("The", "The end.")):
            opened.go(said[first].start_ms + 10)
            assert opened.marked().replace("\u00a0", " ") == marked
        displayed = next(cue for cue in opened.cues if "sum" in cue.text)
        opened.go(displayed.start_ms + 10)
        assert opened.marked() == "∑i=1ni=n(n+1)2"
        opened.go(next(cue for cue in opened.cues if cue.text.startswith("A half")).start_ms + 10)
        assert opened.marked() == "A half is 12 of it."
        assert opened.complaints == []
