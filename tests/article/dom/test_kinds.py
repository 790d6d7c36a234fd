"""What the elements of HTML become, one line each; and that depth and number do not matter."""

from __future__ import annotations

import time

import pytest
from lxml import etree
from lxml.html import document_fromstring

from narrate.article.dom.walk import walk

PICTURES = (
    '<p><img src="t" alt="T"/>he boy ran. <img src="b" alt="A photo of the boy"/> He <img alt="really"/>stopped.</p>'
)


def outline(source: str) -> list[str]:
    """Return a line for each block: its kind, its level and number if it has one, its text."""
    lines = []
    for block in walk(document_fromstring(f"<html><body>{source}</body></html>")).blocks:
        numbers = "".join(f" {number}" for number in (block.level, block.number) if number)
        lines.append(f"{block.kind}{numbers}: {block.text}")
    return lines


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("<div>Bare <b>text</b><p>One<br>two<br><br>three</p>tail</div>", ["paragraph: Bare text"]),
        ("<h2>The <i>End</i><br>of it</h2>", ["heading 2: The End of it"]),
        ("<blockquote><p>A</p><blockquote>B</blockquote></blockquote>", ["quote 1: A", "quote 2: B"]),
        ("<ol start=3><li>A<ul><li>B</ul><li value=9>C<li>D</ol>", ["list item 1 3: A", "list item 2: B"]),
        ("<ol reversed><li>A<li>B</ol>", ["list item 1 2: A", "list item 1 1: B"]),
        ("<pre>\n  a\n\tb\n</pre>", ["code:   a\n\tb"]),
        ("<hr><p>* * *</p>", ["break: ", "break: * * *"]),
        ("<table><tr><th>N<th>A<tr><td rowspan=2>X<td>1<tr><td>2</table>", ["table: N\tA\nX\t1\nX\t2"]),
        ("<table role=presentation><tr><td>A<td>B<tr><td>C<td>D</table>", ["paragraph: A", "paragraph: B"]),
        ("<table><tr><td>A<td><ul><li>B</ul><tr><td>C<td>D</table>", ["paragraph: A", "list item 1: B"]),
        ("<figure><img alt='A cat'><figcaption>It sits</figcaption></figure>", ["figure: A cat\nIt sits"]),
        ("<figure><img alt='It sits'><figcaption>It sits.</figcaption></figure>", ["figure: It sits."]),
        ("<figure><pre>a</pre><figcaption>Code</figcaption></figure>", ["code: a", "figure: Code"]),
        (PICTURES, ["paragraph: The boy ran.", "figure: A photo of the boy", "paragraph: He really stopped."]),
        ("<p>10<sup>6</sup> m<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup></p>", ["paragraph: 10⁶ m², H2O, 1st"]),
        ("<p>3<sup>1</sup>/<sub>2</sub> cups</p>", ["paragraph: 3 1/2 cups"]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", ["paragraph: 漢"]),
        ("<p>So <math display=block alttext='x^2'><mi>x</mi></math> is</p>", ["paragraph: So", "math: x^2"]),
        ("<p><math><mi>x</mi><mo>=</mo><mn>1</mn></math></p>", ["math: x = 1"]),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", ["list item 1: Term", "list item 1: Meaning"]),
        ("<p>A<script>b</script><style>c</style>d</p>", ["paragraph: Ad"]),
        ("<p>soft&shy;ly</p>", ["paragraph: softly"]),
    ],
)
def test_elements_are_blocks(source: str, blocks: list[str]) -> None:
    """Each kind of element is the block that a reader sees."""
    assert outline(source)[: len(blocks)] == blocks


def test_two_line_breaks_part_paragraphs() -> None:
    """One is a line of a poem, two are a paragraph; text after a block is one too."""
    assert outline("<div>x<p>One<br>two<br><br>three</p>tail</div>") == [
        "paragraph: x",
        "paragraph: One\ntwo",
        "paragraph: three",
        "paragraph: tail",
    ]


def test_citations_and_remarks_of_an_encyclopedia_are_told_apart() -> None:
    """Numbers refer to works, letters to remarks; the marks that lead back are no text."""
    source = (
        '<p>So<sup id="b1"><a href="#w1">[1]</a></sup> it is<sup id="b2"><a href="#ra">[a]</a></sup>.</p>'
        '<ol class="references"><li id="w1"><a href="#b1">^</a> Smith 2001.</li></ol>'
        '<ol class="references"><li id="ra"><a href="#b2">^</a> Or not.</li></ol>'
    )

    walked = walk(document_fromstring(source))

    assert [(str(block.kind), block.text, block.note) for block in walked.blocks[1:]] == [
        ("reference", "Smith 2001.", "w1"),
        ("note", "Or not.", "ra"),
    ]
    assert [(str(mark.kind), mark.value) for mark in walked.blocks[0].marks] == [
        ("citation", "w1"),
        ("note reference", "ra"),
    ]


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote", "ul", "figure", "pre"])
def test_depth_does_not_matter(tag: str) -> None:
    """Text in 20,000 elements is found at once: the walk does not recurse, and no step climbs the whole way up."""
    held = [etree.Element("div")]
    for _ in range(20_000):
        held.append(etree.SubElement(held[-1], tag))
    held[-1].text = "deep"
    started = time.process_time()

    walked = walk(held[0])

    assert walked.text == "deep"
    assert time.process_time() - started < 5


@pytest.mark.parametrize("tag", ["p", "br", "img", "hr", "span"])
def test_number_does_not_matter(tag: str) -> None:
    """A hundred thousand elements without a word are nothing, soon."""
    root = etree.Element("div")
    for _ in range(100_000):
        etree.SubElement(root, tag)
    started = time.process_time()

    walked = walk(root)

    assert (walked.text, len(walked.blocks) < 2) == ("", True)
    assert time.process_time() - started < 5
