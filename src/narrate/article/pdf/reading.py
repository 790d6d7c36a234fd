"""PDF: pages to running text. Columns, heads and feet of pages, notes, broken words and paragraphs are mended.

`file` is the wall around the library, and `faces` what its fonts are; `lines` and `columns` find lines and columns,
`margin` and `furniture` what no reader reads; `formulas`, `stray` and `paragraphs` what belongs together, `kinds` what
that is, `front` title and authors, `outline` depths; `stream` joins it all over columns and pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.article.assemble import assemble
from narrate.article.pdf.file import opened
from narrate.article.pdf.formulas import parted
from narrate.article.pdf.front import fronted
from narrate.article.pdf.furniture import furniture
from narrate.article.pdf.kinds import Draft, drafts, drawn, manner_of, pictured, place_of
from narrate.article.pdf.lines import regions, rows
from narrate.article.pdf.margin import counted
from narrate.article.pdf.outline import levelled, nested, without_contents
from narrate.article.pdf.paragraphs import Group, groups
from narrate.article.pdf.stray import gathered
from narrate.article.pdf.stream import continued, stream
from narrate.errors import ArticleError
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.article.facts import Facts
    from narrate.article.pdf.file import Pdf
    from narrate.article.pdf.furniture import Found
    from narrate.article.pdf.kinds import Manner
    from narrate.article.pdf.lines import Row
    from narrate.article.pdf.text import Bookmark, Page
    from narrate.model import Article, Origin

_UNMAPPED = 0.3
_NO_LETTER = re.compile("[\ue000-\uf8ff\ufffd\u2701-\u27bf]")
"""Private use, the replacement sign, and dingbats, which fonts are mistaken for that name no letters."""
_LETTERS = 0.5
_VOWELS = 0.2
_FEW = 20
_PICTURES = 10


def read_pdf(data: bytes, origin: Origin) -> Article:
    """The article.

    Raises:
        ArticleError: it cannot be opened, or holds no text that can be read.
    """
    with opened(data, origin) as pdf:
        facts, bookmarks = pdf.facts(), pdf.bookmarks()
        pages = [pdf.page(number) for number in range(pdf.page_count())]
        _refuse(pages, pdf, origin)
        labels = [pdf.label(page.number) for page in pages]
    made, facts = _drafts(pages, bookmarks, facts)
    return stream(made, lambda blocks: assemble(blocks, facts, data, origin), facts, labels)


def _refuse(pages: Sequence[Page], pdf: Pdf, origin: Origin) -> None:
    """Refuse a document without text, and one whose fonts do not say what letters they show."""
    text = "".join(piece.text for page in pages for piece in page.pieces)
    letters = len("".join(text.split()))
    if letters == 0:
        scanned = any(pdf.has_pictures(page.number) for page in pages[:_PICTURES])
        what = "only pictures of pages" if scanned else "only empty pages or drawings"
        raise ArticleError(
            f"{origin.name} has no text, {what}: run OCR (text recognition) first, for example"
            " ocrmypdf scanned.pdf readable.pdf"
        )
    unmapped = "".join(piece.text for page in pages for piece in page.pieces if piece.unmapped)
    unread = len(_NO_LETTER.findall(text)) + (len(unmapped) if _is_garbled(unmapped) else 0)
    if letters > _FEW and unread > _UNMAPPED * letters:
        raise ArticleError(
            f"{origin.name} does not say which letters its fonts show, so its text cannot be read: run OCR (text"
            " recognition) on it, for example ocrmypdf --force-ocr in.pdf readable.pdf"
        )


def _is_garbled(text: str) -> bool:
    """Whether the text of fonts that name no letters is none: too few letters, or letters without vowels.

    >>> _is_garbled("the cat sat on the mat"), _is_garbled("7KLV LV WKH WH[W RI WKH ERRN")
    (False, True)
    """
    signs = "".join(text.split()).casefold()
    latin = sum("a" <= sign <= "z" for sign in signs)
    letters = sum(sign.isalpha() for sign in signs)
    return letters < _LETTERS * len(signs) or sum(signs.count(vowel) for vowel in "aeiou") < _VOWELS * latin


def _drafts(pages: Sequence[Page], bookmarks: Sequence[Bookmark], facts: Facts) -> tuple[list[Draft], Facts]:
    """The drafts of a document in reading order, and its facts with the title that it shows."""
    laid = [rows(page) for page in pages]
    whole = [[line for line, _ in each] for each in laid]
    edges = furniture([(page.height, lines) for page, lines in zip(pages, whole, strict=True)])
    found = [at | counted(each) for at, each in zip(edges, laid, strict=True)]
    kept = [line for lines, at in zip(whole, found, strict=True) for place, line in enumerate(lines) if place not in at]
    manner = manner_of(kept, bookmarks)
    made = [
        draft for page, each, at in zip(pages, laid, found, strict=True) for draft in _of_page(page, each, at, manner)
    ]
    told, facts = fronted(without_contents(made), manner, facts)
    return continued(nested(levelled(drawn(pictured(told, manner), manner)))), facts


def _of_page(page: Page, laid: Sequence[Row], found: Found, manner: Manner) -> Iterator[Draft]:
    """The drafts of a page, its furniture last."""
    kept = [row for at, row in enumerate(laid) if at not in found]
    place = place_of(page.height, [line for line, _ in kept])
    for region in regions(kept):
        for formula, lines in parted(region):
            if formula:
                yield Draft(BlockKind.MATH, (Group(tuple(lines), lines[0].left, lines[0].right),))
            else:
                yield from drafts(list(groups(gathered(lines))), manner, place)
    for at, reason in found.items():
        line = laid[at][0]
        yield Draft(BlockKind.PARAGRAPH, (Group((line,), line.left, line.right),), reason=reason)
