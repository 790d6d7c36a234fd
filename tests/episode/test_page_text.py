"""The text of a page: the article as an article, every sentence where the player looks for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from tests.along import ARTICLES, SHOW, along, episode_of, read, timeline_of

from narrate.episode.page import Written, episode_page
from narrate.episode.page.shown import Shown, fit
from narrate.model import Block, BlockKind, Diction, Mark, MarkKind, Passage, Policy, Reading, Source, Style
from narrate.model.diction import Notes, Tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model import Article, Timeline

HtmlElement = Any


def made(article: Article, style: Style | None = None) -> tuple[HtmlElement, Reading, Timeline]:
    """The page of an article, read by lxml; what it was made of."""
    reading, cues = along([article], style)
    timeline = timeline_of(cues)
    page = episode_page(episode_of(article, timeline), timeline, SHOW, Written(reading=reading))
    return html.document_fromstring(page.decode()), reading, timeline


def paged(reading: Reading) -> HtmlElement:
    """The page of a reading, of which nothing is heard."""
    article = read(b"# T\n\nx\n", "a.md")
    timeline = timeline_of([])
    made_page = episode_page(episode_of(article, timeline), timeline, SHOW, Written(reading=reading))
    return html.document_fromstring(made_page.decode())


def text(markdown: str, style: Style | None = None) -> HtmlElement:
    """The text on the page of an article in Markdown."""
    return made(read(markdown.encode(), "a.md"), style)[0].find(".//article")


def words(element: HtmlElement) -> str:
    """Its text on one line."""
    return " ".join(element.text_content().split())


def counted(element: HtmlElement) -> bytes:
    """The text that the player counts, as UTF-16: without what is narrate's own."""
    if element.get("data-own") is not None:
        return b""
    inner = (counted(child) + (child.tail or "").encode("utf-16-le") for child in element)
    return (element.text or "").encode("utf-16-le") + b"".join(inner)


def stretch(elements: dict[str, bytes], place: list[int]) -> str:
    """What stands at a place that the page's data name."""
    number, start, end = place
    return elements[str(number)][start * 2 : end * 2].decode("utf-16-le")


def data(page: HtmlElement, name: str) -> Any:  # noqa: ANN401 - JSON
    """Data in the page."""
    return json.loads(page.get_element_by_id(name).text)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: str(path.name))
def test_the_player_finds_every_sentence_and_word(path: Path) -> None:
    """The characters that the data name are those that are heard, and the times are the timeline's."""
    page, reading, timeline = made(read(path.read_bytes(), path.name))
    elements = {each.get("data-b"): counted(each) for each in page.iterfind(".//*[@data-b]")}
    rows, word_rows = data(page, "cues"), data(page, "words")

    assert [row[:2] for row in rows] == [[cue.start_ms, cue.end_ms] for cue in timeline.cues]
    for passage in reading.passages:
        for heard in passage.heard:
            written = fit(passage.block.text[heard.start : heard.end])
            row = rows[heard.cue]
            found = [stretch(elements, row[at : at + 3]) for at in range(2, len(row), 3)]
            assert "".join(written.split("\t")) in found
    for cue, row, cue_row in zip(timeline.cues, word_rows, rows, strict=True):
        placed = list(spread(row, cue.start_ms))
        words_shown = [stretch(elements, [cue_row[2], *place]) for _, place in placed]
        assert [word for word in (each.text for each in cue.words) if word in words_shown] == words_shown
        assert {times for times, _ in placed} <= {(word.start_ms, word.end_ms) for word in cue.words}


def spread(row: list[int], ms: int) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """The times and the places of words, from their lengths, and gaps where they are not the usual ones."""
    at, rest = 0, iter(row)
    for number in rest:
        gap, length_ms = 1, number
        if number < 0:
            ms, gap, length_ms = ms - 1 - number, next(rest), next(rest)
        low = at + gap
        at = low + next(rest)
        yield (ms, ms + length_ms), [low, at]
        ms += length_ms


@given(st.text(), st.data())
def test_a_place_is_counted_as_a_browser_counts(written: str, choose: st.DataObject) -> None:
    """In UTF-16 units from the start of the element, whatever characters stand there."""
    shown = Shown(fit(written))
    cut = choose.draw(st.integers(0, len(written)))
    shown.raw("<b>")
    shown.write(0, cut)
    shown.raw("</b>")
    shown.write(cut, len(written))

    for at in range(len(written) + 1):
        assert shown.place(at) == len(fit(written)[:at].encode("utf-16-le")) // 2


def test_headings_are_a_valid_outline() -> None:
    """Below the page's title; what is deeper is one deeper, however many ranks the author leaves out."""
    page = text("# T\n\n### A\n\nx y.\n\n###### B\n\nx y.\n\n## C\n\nx y.\n\n### D\n\nx y.\n")
    depths = [int(each.tag[1]) for each in page.iter("h2", "h3", "h4", "h5", "h6")]

    assert depths == [2, 3, 2, 3]
    assert [each.tag for each in text("# T\n\nOne. Two.\n").iter("h1", "h2")] == []


def test_a_long_text_is_in_parts_and_a_short_one_is_not() -> None:
    """All of it in parts of about one size, in order; what belongs together in one of them."""
    said = [f"Mill number {at} stands at the weir, and its wheel has not turned since." for at in range(400)]
    quoted = "\n".join(f"> {each}\n>" for each in said[:100])
    page = text("# T\n\n" + "\n\n".join(said) + f"\n\n{quoted}\n")
    parts = page.xpath("./div[@class='part']")

    assert len(parts) == len(page) > 5
    assert [words(each) for part in parts for each in part.iterfind("p")][1:-1] == said  # between what narrate says
    (quotation,) = page.iter("blockquote")
    assert [words(each) for each in quotation] == said[:100]
    sizes = [len(words(part)) for part in parts]
    assert max(sizes[:-2]) < 2 * min(sizes[:-2])
    assert not text("# T\n\n" + "\n\n".join(said[:50])).xpath("./div")


def test_lists_stand_in_each_other() -> None:
    """Numbers as they are written, items below items, and what is no item between them."""
    (ordered,) = text("# T\n\n3. One.\n4. Two:\n   - in\n   - side\n5. Three.\n").iterfind("ol")

    assert [(each.get("value"), words(each)) for each in ordered] == [
        *(("3", "One."), ("4", "Two: in side"), ("5", "Three."))
    ]
    assert [words(each) for each in ordered.iterfind("li/ul/li")] == ["in", "side"]


def test_tables_are_tables() -> None:
    """Heads name their columns, cells stand in rows, read aloud or not."""
    table = "# T\n\n| City | People |\n|---|---|\n| Rome | 3 & 4 |\n| Oslo | 1 |\n"
    for tables in (Tables.CELLS, Tables.SAY):
        (made_table,) = text(table, Style(diction=Diction(Policy(tables=tables)))).iter("table")

        assert [(each.get("scope"), words(each)) for each in made_table.iter("th")] == [
            ("col", "City"),
            ("col", "People"),
        ]
        assert [[words(cell) for cell in row] for row in made_table.iterfind("tbody/tr")] == [
            ["Rome", "3 & 4"],
            ["Oslo", "1"],
        ]
        assert made_table.getparent().get("tabindex") == "0"


def test_notes_and_their_marks_lead_to_each_other() -> None:
    """A mark leads to its note, the note back to every mark of it; ids are the page's own."""
    page = text("# T\n\nOne[^a] and two[^b].\n\nThree[^a].\n\n[^a]: First.\n\n[^b]: Second.\n")
    marks = [(each.get("id"), each.get("href")) for each in page.iter("a") if each.get("role") == "doc-noteref"]
    notes = {each.get("id"): each for each in page.iterfind(".//li[@id]")}

    assert marks == [("r-1", "#n-1"), ("r-2", "#n-2"), ("r-1-2", "#n-1")]
    assert [each.get("href") for each in notes["n-1"].iter("a")] == ["#r-1", "#r-1-2"]
    assert words(notes["n-2"].find("p")) == "Second."
    assert all(each.get("data-own") is None for each in notes.values())


def test_a_note_is_called_as_its_mark() -> None:
    """By what is written there; what stands above a heading of notes says that it alone is not heard."""
    prose = "Words that are many enough to be read as an article, one after the other, and then some more."
    source = f"""<article><h1>T</h1><p>{prose}<sup id="r"><a href="#n">[12]</a></sup></p>
    <p>{prose}<sup><a href="#n">12</a></sup></p><section role="doc-endnotes"><h2>Notes</h2><ol>
    <li id="n" value="12"><p>An old word. <a href="#r">↩</a></p></li></ol></section></article>"""
    page = made(read(source.encode(), "a.html"))[0].find(".//article")

    assert [words(each) for each in page.find_class("back")] == ["Back to mark 12", "Back to mark 12.2"]
    (unread,) = page.find_class("unread")
    assert words(unread) == "Not read aloud: heading; its notes are read where they belong Notes"


def test_notes_that_are_left_out_are_there() -> None:
    """And so are the ways to them."""
    page = text("# T\n\nOne[^a].\n\n[^a]: First.\n", Style(diction=Diction(Policy(notes=Notes.SKIP))))
    (unread,) = page.find_class("unread")

    assert words(unread).startswith("Not read aloud: note Back")
    assert [each.get("href") for each in page.iter("a")] == ["#n-1", "#r-1"]


def test_quotations_and_breaks_and_formulas() -> None:
    """Paragraphs of one quotation stand in one; a break is a break, a formula that cannot be drawn is as written."""
    page = text("# T\n\n> One.\n>\n> Two.\n\n---\n\n$$x^2$$\n\n$$\\unheard^2$$\n")

    assert [[words(each) for each in quote] for quote in page.iter("blockquote")] == [["One.", "Two."]]
    assert len(list(page.iter("hr"))) == 1
    assert [words(each) for each in page.find_class("tex")] == [r"\unheard^2"]
    assert [each.get("alttext") for each in page.iter("math")] == ["x^2"]


def test_code_keeps_its_lines() -> None:
    """The first, empty one too; and it is told that it is not read."""
    page = text("# T\n\nOne.\n\n```\n\n  x = 1\n\n  y\n```\n")
    (code,) = page.iter("pre")

    assert code.text_content().strip("\n") == "  x = 1\n\n  y"
    assert words(code.getparent()).startswith("Not read aloud: code")


def test_pictures_are_told() -> None:
    """Nothing is loaded from elsewhere: what is written about a picture stands in its place."""
    article = read(
        b"<title>T</title><article><h1>T</h1>"
        b"<p>One paragraph that is long enough to be the text of an article.</p><figure>"
        b'<img src="https://example.org/a.png" alt="A dog"><figcaption>Rex, at home</figcaption></figure></article>',
        "a.html",
    )
    page = made(article)[0]
    (figure,) = page.iter("figure")

    assert [words(each) for each in figure] == ["Picture, not shown here", "A dog", "Rex, at home"]
    assert figure[-1].tag == "figcaption"
    assert not list(page.find(".//article").iter("img"))
    assert "nothing is loaded from elsewhere" in words(page.find(".//footer"))


def test_links_lead_to_the_web_only() -> None:
    """Other addresses are words, and so is what an article marks in a link; a mark inside another stands in it."""
    kinds = ("https://example.org/?a=1&b=2", "javascript:alert(1)", "data:text/html,x", "ftp://example.org/")
    marks = [Mark(MarkKind.LINK, at * 2, at * 2 + 1, url) for at, url in enumerate(kinds)]
    marks += [Mark(MarkKind.STRONG, 0, 7), Mark(MarkKind.EMPHASIS, 2, 3), Mark(MarkKind.NOTE_REFERENCE, 0, 1, "none")]
    passage = Passage(Block(BlockKind.PARAGRAPH, "a b c d", Source(0, 7, 1), marks=tuple(marks)), why="said once")

    page = paged(Reading((passage,), "en"))

    (paragraph,) = page.iterfind(".//article//p[2]")
    assert [(each.get("href"), each.text_content()) for each in page.find(".//article").iter("a")] == [(kinds[0], "a")]
    assert words(paragraph) == "a b c d"
    assert [each.text for each in paragraph.iterfind(".//strong/em")] == ["b"]


def test_passages_name_their_language() -> None:
    """A block and a stretch in it, with its direction; the page's own language is not repeated."""
    article = read(
        '<html lang="en"><title>T</title><article><h1>T</h1><p>One paragraph that is long enough for a text, with '
        '<i lang="he">שלום</i> in it.</p>'
        '<blockquote lang="fr"><p>Il était une fois un roi qui aimait lire des livres.</p>'
        "</blockquote></article></html>".encode(),
        "a.html",
    )
    page = made(article)[0].find(".//article")

    assert [(each.get("lang"), each.get("dir"), words(each)) for each in page.iter("span") if each.get("lang")] == [
        ("he", "rtl", "שלום")
    ]
    assert page.find("blockquote/p").get("lang") == "fr"


def test_each_heading_that_is_heard_can_be_played_from() -> None:
    """By a button with its moment and its words; one that is not heard has none."""
    page, reading, timeline = made(read(ARTICLES[0].read_bytes(), "a.txt"))
    buttons = [(int(each.get("data-t")), each.find("span").text[2:]) for each in page.find_class("here")]
    heads = [each for each in reading.passages if each.block.kind is BlockKind.HEADING]

    assert buttons == [(timeline.cues[each.heard[0].cue].start_ms, each.block.text) for each in heads]
    assert all(each.get("hidden") is not None for each in page.find_class("here"))


def test_ids_are_the_pages_own() -> None:
    """One each, whatever the article calls its notes; chapters lead to where they open."""
    page, _, _ = made(read(b"# T\n\nOne[^title] two[^text].\n\n## A\n\nx.\n\n[^title]: a\n\n[^text]: b\n", "a.md"))
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    anchors = [each.get("href")[1:] for each in page.iterfind(".//nav//a") if each.get("href")[:1] == "#"]

    assert len(ids) == len(set(ids))
    assert anchors
    assert set(anchors) <= set(ids)


@pytest.mark.parametrize(("heads", "folded"), [(3, False), (300, True)])
def test_many_chapters_are_folded(heads: int, *, folded: bool) -> None:
    """So that the text is not far down the page; all are there, and without a script too."""
    written = "# T\n\nFirst.\n\n" + "\n\n".join(f"## Part {at}\n\nWords." for at in range(heads))
    nav = made(read(written.encode(), "a.md"))[0].find(".//nav")

    assert (nav.find("details") is not None) is folded
    assert len(list(nav.iter("li"))) == heads + 1
