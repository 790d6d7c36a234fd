"""Laws of a walk over any tree: everything has one fate, in order, and the text is that of the tree."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from narrate.article.dom.walk import Walked, walk
from narrate.model import BlockKind, Reason

_NAMES = re.findall(
    r"\S+",
    "p div h1 h3 ul ol li blockquote pre table tr td th caption figure figcaption img em a span sup sub br hr dl dt dd"
    " ruby rt aside section math mi svg details summary code textarea video script body section i b",
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["id", "href", "alt", "class", "lang", "colspan", "rowspan", "role", "start", "value", "alttext"]),
    st.sampled_from(
        ["n1", "#n1", "#n2", "n2", "footnotes", "references", "de", "2", "doc-pagebreak", "doc-footnote", ""]
    ),
    max_size=3,
)
_TEXT = st.text(alphabet="ab1 \n\té\u0301[].—\u00a0字", max_size=6)


_NODES = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(_NAMES), _ATTRIBUTES, _TEXT, _TEXT), max_size=25)


def _tree(nodes: list[tuple[int, str, dict[str, str], str, str]]) -> etree._Element:
    """Return a tree of elements, each under one of the six before it; nobody would write such HTML."""
    made = [etree.Element("div")]
    for back, name, attributes, text, tail in nodes:
        element = etree.SubElement(made[-1 - back % len(made)], name, attributes)
        element.text, element.tail = text, tail
        made.append(element)
    return made[0]


TREES = _NODES.map(_tree)


def fates(walked: Walked) -> list[str]:
    """Return the fate of each letter and digit of the linear text: "block" or a reason; an omission goes first."""
    found = ["" for _ in walked.text]
    for block in walked.blocks:
        for at in range(block.source.start, block.source.end):
            assert not found[at], "two blocks hold one character"
            found[at] = "block"
    for omission in walked.omitted:
        for at in range(omission.source.start, omission.source.end):
            assert found[at] in {"", "block"}, "two omissions hold one character"
            found[at] = omission.reason
    return [fate for fate, character in zip(found, walked.text, strict=True) if character.isalnum()]


def letters(text: str) -> str:
    """Return the letters and digits of a text, without accents: one in another element may go its own way."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text)))


@settings(max_examples=80)
@given(TREES)
def test_every_letter_is_in_one_block_or_omission(tree: etree._Element) -> None:
    """No letter or digit of the linear text is without a fate, none has two, and all spans are in order."""
    walked = walk(tree)

    assert "" not in fates(walked)
    for spans in ([each.source for each in walked.blocks], [each.source for each in walked.omitted]):
        assert spans == sorted(spans, key=lambda span: span.start)
        assert all(0 <= span.start <= span.end <= len(walked.text) for span in spans)
        assert all(span.line == walked.text.count("\n", 0, span.start) + 1 for span in spans)


@settings(max_examples=80)
@given(TREES)
def test_blocks_hold_the_letters_of_their_spans(tree: etree._Element) -> None:
    """What a block says is what stands in its span, without what is omitted there; a spanning cell may repeat."""
    walked = walk(tree)

    assert unicodedata.is_normalized("NFC", walked.text)
    for block in walked.blocks:
        span = block.source
        holes = [each.source for each in walked.omitted if span.start <= each.source.start < span.end]
        kept = [at for at in range(span.start, span.end) if not any(hole.start <= at < hole.end for hole in holes)]
        there, said = Counter(letters("".join(walked.text[at] for at in kept))), Counter(letters(block.text))
        assert there <= said if block.kind is BlockKind.TABLE else there == said
        assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)
        assert unicodedata.is_normalized("NFC", block.text)


@settings(max_examples=60)
@given(TREES)
def test_the_text_is_that_of_the_tree(tree: etree._Element) -> None:
    """All text nodes are in the linear text, in their order, but for those of scripts, formulas and pictures."""
    for element in list(tree.iter("svg", "math", "script", "img")):
        tail = element.tail
        element.clear()
        element.tail = tail
    written = "".join(map(str, tree.itertext()))

    said = walk(tree).text

    # An accent after a blank has no letter to go to; powers are raised.
    assert letters(said) == letters(written)


@settings(max_examples=40)
@given(TREES, st.sampled_from(_NAMES))
def test_what_is_omitted_stays_in_the_text(tree: etree._Element, name: str) -> None:
    """Leaving out elements changes what is a block and nothing of the letters of the linear text."""
    whole = walk(tree)
    parted = walk(tree, omit=lambda element: Reason.OUTSIDE if element.tag == name else None)

    assert letters(parted.text) == letters(whole.text)
    assert "" not in fates(parted)


@settings(max_examples=40)
@given(TREES, st.sampled_from(_NAMES), st.sampled_from(list(BlockKind)))
def test_any_kind_may_be_given_to_any_element(tree: etree._Element, name: str, kind: BlockKind) -> None:
    """What an element is said to be changes blocks, and nothing is lost by it."""
    walked = walk(tree, kind=lambda element: kind if element.tag == name else None)

    assert "" not in fates(walked)


def test_a_cell_is_of_its_table_whatever_it_is_said_to_be() -> None:
    """Its text stays in the table's; a block of its own would take it from the row."""
    tree = document_fromstring("<table><tr><th>Genre<td>Drama<tr><th>By<td>Ann</table>")

    (table,) = walk(tree, kind=lambda element: BlockKind.FURNITURE if element.tag == "td" else None).blocks
    assert table.text == "Genre\tDrama\nBy\tAnn"


@settings(max_examples=40)
@given(st.text(alphabet="<>/=\"' abpdivl&;#n1é\n", max_size=200))
def test_any_html_is_read(source: str) -> None:
    """However broken, what the parser makes of a page has a fate."""
    tree = document_fromstring(f"<p>x{source}", parser=HTMLParser(huge_tree=True))

    assert "" not in fates(walk(tree))
