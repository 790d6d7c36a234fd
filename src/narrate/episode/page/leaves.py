"""Single blocks as elements: paragraphs, headings, code, tables, figures; each says where its text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from narrate.episode.cells import cells_in, pieces
from narrate.episode.figures import HIDDEN, images
from narrate.episode.formula import formula_of
from narrate.episode.page.inline import inline
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narrate.episode.page.text import Element

_LATE = ' loading="lazy" decoding="async"'


def leaf(element: Element) -> str:
    """The element of a block that stands by itself."""
    return _LEAVES.get(element.block.kind, _paragraph)(element)


def words_of(element: Element) -> str:
    """The words of a block with their marks, and nothing around them."""
    inline(element.shown, element.marks, element.notes, element.language, (0, len(element.block.text)))
    return element.shown.html()


def _wrapped(element: Element, tag: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f"<{tag}{named}{element.attributes}>{words_of(element)}</{tag}>"


def _paragraph(element: Element) -> str:
    return _wrapped(element, "p")


def _break(element: Element) -> str:
    """A section break; what is written there is shown if it is heard."""
    return _paragraph(element) if element.passage.heard else "<hr>"


def _code(element: Element) -> str:
    """Code keeps its lines; the first newline in ``pre`` is the parser's."""
    inner = element.shown
    inner.raw("\n")
    inner.write(0, len(inner.text))
    return f"<pre{element.attributes}>{inner.html()}</pre>"


def _math(element: Element) -> str:
    written = element.shown.text
    formula = formula_of(written, display=True)
    if formula is None:
        return f'<p class="math"><code class="tex"{element.attributes}>{_verbatim(element)}</code></p>'
    element.shown.stand_in(0, len(written), formula.html, formula.text)
    return f'<p class="math"{element.attributes}>{element.shown.html()}</p>'


def _verbatim(element: Element) -> str:
    element.shown.write(0, len(element.shown.text))
    return element.shown.html()


def _figure(element: Element) -> str:
    """A picture with its description and caption; one that could not be had, or is not to be shown, in words alone."""
    caption, length = element.block.caption, len(element.block.text)
    described = len(element.block.text[:caption].rstrip())
    shown, plates = element.shown, element.passage.plates
    label = f'<b class="label" data-own{element.ui}>Picture, not shown here</b>'
    shown.raw(images(element.passage, _LATE) if plates else label)
    if described:
        shown.raw(f'<p class="alt"{HIDDEN if plates else ""}>')
        inline(shown, element.marks, element.notes, element.language, (0, described))
        shown.raw("</p>")
    if shown.text[caption:].strip():
        shown.raw("<figcaption>")
        inline(shown, element.marks, element.notes, element.language, (caption, length))
        shown.raw("</figcaption>")
    return f"<figure{element.attributes}>{shown.html()}</figure>"


def _table(element: Element) -> str:
    """A table of cells; one that has none is a list of its lines."""
    shown, text = element.shown, element.shown.text
    rows = [line for line in pieces(text, "\n") if text[slice(*line)].strip()]
    cells = [cells_in(text, row) for row in rows]
    if len(cells) < 2 or max(map(len, cells)) < 2:  # noqa: PLR2004 - a table has a row under its heads, and columns
        return _lines(element, rows)
    for number, row in enumerate(cells):
        shown.raw(("<thead>", "</thead><tbody>")[number] if number < 2 else "")  # noqa: PLR2004 - as said
        shown.raw("<tr>")
        for start, end in row:
            head = not number and text[start:end].strip()
            shown.raw('<th scope="col">' if head else "<td>")
            inline(shown, element.marks, element.notes, element.language, (start, end))
            shown.raw("</th>" if head else "</td>")
        shown.raw("</tr>")
    label = f'<div class="wide" role="group" aria-label="Table" tabindex="0"{element.ui}>'
    return f"{label}<table{element.attributes}>{shown.html()}</tbody></table></div>"


def _lines(element: Element, rows: list[tuple[int, int]]) -> str:
    for row in rows:
        element.shown.raw("<li>")
        inline(element.shown, element.marks, element.notes, element.language, row)
        element.shown.raw("</li>")
    return f'<ul class="rows"{element.attributes}>{element.shown.html()}</ul>'


def _heading(element: Element) -> str:
    """A heading and, where it is heard, the button that plays from it."""
    tag = f"h{element.depth}"
    words = words_of(element)
    heading = f"<{tag}{element.attributes}>{words}</{tag}>"
    if element.start_ms is None:
        return heading
    name = escape(" ".join(element.block.text.split()))
    button = (
        f'<button type="button" class="here" data-t="{element.start_ms}" hidden{element.ui}>'
        f'<svg aria-hidden="true"><use href="#i-play"/></svg>Play from here<span class="sr">: {name}</span></button>'
    )
    return f'<div class="head">{heading}{button}</div>'


_LEAVES: Mapping[BlockKind, Callable[[Element], str]] = {
    BlockKind.TITLE: _heading,
    BlockKind.HEADING: _heading,
    BlockKind.BREAK: _break,
    BlockKind.CODE: _code,
    BlockKind.MATH: _math,
    BlockKind.FIGURE: _figure,
    BlockKind.TABLE: _table,
}
