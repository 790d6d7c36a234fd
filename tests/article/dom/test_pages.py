"""Where the pages of a printed book begin."""

from __future__ import annotations

import pytest
from lxml import html

from narrate.article.dom.walk import walk
from narrate.model import Block, MarkKind, Reason

BREAK = '<span role="doc-pagebreak" aria-label="{0}" id="page{0}"></span>'
TABLE = (
    f"<table><tr><th>a</th><th>b</th></tr><tr><td colspan=2>{BREAK.format(2)}c</td></tr>"
    f"<tr><td rowspan=2>{BREAK.format(3)}d</td><td>e</td></tr><tr><td>f</td></tr></table>"
)


def blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a page of that body."""
    return walk(html.document_fromstring(f"<html><body>{body}</body></html>")).blocks


def pages(body: str) -> list[tuple[int, int, str]]:
    """Each page that begins: in which block, before which of its characters, and what it is called."""
    found = ((at, mark) for at, block in enumerate(blocks(body)) for mark in block.marks if mark.kind is MarkKind.PAGE)
    return [(at, mark.start, mark.value) for at, mark in found if mark.start == mark.end]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<p>One {BREAK.format(2)} two.</p>", [(0, 4, "2")]),
        (f"<p>Wo{BREAK.format(2)}rd.</p>", [(0, 2, "2")]),
        (f"<p>One.{BREAK.format(2)}</p><p>Two.</p>", [(1, 0, "2")]),
        (f"<p>One.</p>{BREAK.format(2)}{BREAK.format(3)}<h2>Two</h2>", [(1, 0, "2"), (1, 0, "3")]),
        ('<p>One.</p><hr role="doc-pagebreak" title="xii"><p>Two.</p>', [(1, 0, "xii")]),
        ('<p>One <i>a<span role="doc-pagebreak">[Pg 7]</span>b</i>.</p>', [(0, 5, "7")]),
        (f'<figure>{BREAK.format(2)}<img alt="A mill"><figcaption>By a river.</figcaption></figure>', [(0, 0, "2")]),
        (f'<p>One.</p><figure>{BREAK.format(2)}<img alt="A mill by a river"></figure>', [(1, 0, "2")]),
        (TABLE, [(0, 4, "2"), (0, 7, "3")]),
        (f"<pre>a\n{BREAK.format(2)}b</pre>", [(0, 2, "2")]),
        (f"<p>Cafe{BREAK.format(2)}\u0301 a {BREAK.format(3)}b.</p>", [(0, 4, "2"), (0, 7, "3")]),
        ('<p>One <span role="doc-pagebreak"></span> two.</p>', []),
    ],
)
def test_a_page_begins_before_its_first_word(body: str, found: list[tuple[int, int, str]]) -> None:
    """Its mark covers nothing and stands in the block of that word, once, wherever the number is printed."""
    assert pages(body) == found


def test_pages_change_no_word() -> None:
    """With the marks of pages the blocks are as without them."""
    body = "<h1>Ti{0}tle</h1><p>One {0}<b>two</b>{0} three.</p><ul><li>{0}Four</li></ul>"

    with_pages, without = blocks(body.format(BREAK.format(2))), blocks(body.format(""))
    assert [(each.kind, each.text, each.source) for each in with_pages] == [
        (each.kind, each.text, each.source) for each in without
    ]


def test_what_is_too_long_for_a_number_is_text() -> None:
    """A chapter in an element that calls itself a page break is read."""
    chapter = "It is a whole chapter that stands in it, and not its number."
    walked = walk(html.document_fromstring(f'<p>One.</p><div role="doc-pagebreak">{chapter}</div>'))

    assert [block.text for block in walked.blocks] == ["One.", chapter]
    assert Reason.PAGE_NUMBER not in {each.reason for each in walked.omitted}
