"""Where the pages of the source begin, in a book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.episode.page.inline import Notes, inline
from narrate.episode.page.shown import Shown
from narrate.model import Mark, MarkKind

from .test_book import FACTS, NS, TYPE, Maker, bound, everything, pages, xml

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    from narrate.episode.book import Volume

TEXT = "It is a big loaf.1 It is old."


def page(at: int, label: str) -> Mark:
    """A page that begins there."""
    return Mark(MarkKind.PAGE, at, at, label)


def paged(folder: Path) -> Volume:
    """A part of a printed book: pages in a title, in words, between sentences, in a row, in code, and a blank one."""
    made = Maker()
    made.add("title", "Bread", "Bread", opens="Bread", marks=(page(0, "xii"),))
    marks = (Mark(MarkKind.STRONG, 8, 16), page(10, "1"), page(19, "2"), page(19, "<&>"))
    made.add("paragraph", TEXT, "It is a big loaf.1", "It is old.", marks=marks)
    made.add("table", "Name\tAge\nAnn\t41\nBo\t3", "Ann\t41", "Bo\t3", marks=(page(13, "3"), page(16, "3")))
    made.add("code", "x = 1\ny = 2", marks=(page(6, "4"),))
    return made.volume(folder)


def text_of(document: etree._Element) -> list[str]:
    """The words of each block of a page."""
    return ["".join(map(str, each.itertext())) for each in document.iter("{*}h1", "{*}p", "{*}td", "{*}pre")]


@pytest.mark.parametrize("words", [False, True], ids=["sentences", "words"])
def test_pages_begin_where_they_did(tmp_path: Path, words: bool) -> None:  # noqa: FBT001 - two books
    """Each has an element without words at its place, with a name that can be read aloud, and no word is changed."""
    with bound(tmp_path, paged(tmp_path), facts=replace(FACTS, words=words)) as book:
        document, overlay = pages(book)[0]
        plain = [each for each in document.iter() if each.get(TYPE) == "pagebreak"]
        clips = [each.get("src", "").partition("#")[2] for each in overlay.iterfind(".//s:text", NS)]

        found = [(each.get("aria-label"), each.get("id"), each.get("role"), each.text) for each in plain]
    assert [label for label, *_ in found] == ["xii", "1", "2", "<&>", "3", "3", "4"]
    assert [name for _, name, *_ in found] == [
        *("page-xii", "page-1", "page-2", "page-x", "page-3", "page-3.2", "page-4")
    ]
    assert {(role, text) for *_, role, text in found} == {("doc-pagebreak", None)}
    assert text_of(document) == ["Bread", TEXT, "Ann", "41", "Bo", "3", "x = 1\ny = 2"]
    assert not set(clips) & {name for _, name, *_ in found}


def test_a_page_that_begins_with_a_sentence_is_in_it(tmp_path: Path) -> None:
    """Who goes to the page hears on from its first sentence."""
    with bound(tmp_path, paged(tmp_path)) as book:
        document, _ = pages(book)[0]

    (two,) = document.iterfind(".//x:span[@id='page-2']", NS)
    around = two.getparent()
    assert around is not None
    assert "".join(map(str, around.itertext())) == "It is old."


def test_the_list_of_pages_leads_to_them(tmp_path: Path) -> None:
    """In the order of the book, those of every part."""
    second = Maker().add("paragraph", "Two.", "Two.", opens="Two", marks=(page(0, "5"),)).volume(tmp_path, name="2.mp3")
    with bound(tmp_path, paged(tmp_path), second) as book:
        links = [
            (each.get("href"), each.text)
            for nav in xml(book, "nav.xhtml").iterfind(".//x:nav", NS)
            if nav.get(TYPE) == "page-list"
            for each in nav.iterfind(".//x:a", NS)
        ]
        for target, _ in links:
            name, _, place = (target or "").partition("#")
            assert xml(book, name).find(f".//*[@id='{place}']") is not None

    assert [text for _, text in links] == ["xii", "1", "2", "<&>", "3", "3", "4", "5"]


@pytest.mark.parametrize("there", [True, False])
def test_a_book_says_whether_it_has_pages(tmp_path: Path, there: bool) -> None:  # noqa: FBT001 - two books
    """The features, and what the pages are those of; none of it where there are none."""
    with bound(tmp_path, paged(tmp_path) if there else everything().volume(tmp_path)) as book:
        metas = [(each.get("property"), each.text) for each in xml(book, "package.opf").iterfind(".//o:meta", NS)]
        navs = {each.get(TYPE) for each in xml(book, "nav.xhtml").iterfind(".//x:nav", NS)}

    told = {text for name, text in metas if name == "schema:accessibilityFeature"}
    assert ({"pageBreakMarkers", "pageNavigation"} <= told) is there
    assert [text for name, text in metas if name == "pageBreakSource"] == [FACTS.source] * there
    assert ("page-list" in navs) is there


def test_the_page_on_the_web_shows_none() -> None:
    """The same marks make no element there, and divide none."""
    shown = Shown(TEXT)
    inline(shown, (Mark(MarkKind.STRONG, 8, 16), page(10, "1"), page(19, "2")), Notes(), "en", (0, len(TEXT)))

    assert shown.html() == "It is a <strong>big loaf</strong>.1 It is old."
