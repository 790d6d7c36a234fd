"""What leads from one place of a book to another, and what stands in each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.model import Mark, MarkKind

from .test_book import NS, Maker, bound, pages

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree


def shown(made: Maker, folder: Path) -> etree._Element:
    """The one page of a book."""
    ((page, _),) = pages(bound(folder, made.volume(folder)))
    return page


def links(page: etree._Element, role: str) -> list[tuple[str | None, str]]:
    """Where the links of a role lead, and their words."""
    return [
        (each.get("href"), "".join(map(str, each.itertext()))) for each in page.iterfind(f".//x:a[@role='{role}']", NS)
    ]


@pytest.mark.parametrize(("written", "named"), [("", "1"), ("[12]", "12")])
def test_a_note_on_another_page_is_led_to_and_back(tmp_path: Path, written: str, named: str) -> None:
    """Each mark, also one without words of its own, leads to the note; the note back to the first of them."""
    made = Maker()
    for name in ("One", "Two"):
        made.add("heading", name, name, opens=name)
        end = len(name) + len(written)
        mark = Mark(MarkKind.NOTE_REFERENCE, len(name), end, "n")
        made.add("paragraph", f"{name}{written}.", f"{name}{written}.", marks=(mark,))
    made.add("note", "Of rye.", "Of rye.", note="n")
    (first, _), (second, _) = pages(bound(tmp_path, made.volume(tmp_path)))

    words = written or named
    assert links(first, "doc-noteref") == [("p1-2.xhtml#n-1", words)]
    assert links(second, "doc-noteref") == [("#n-1", words)]
    assert links(second, "doc-backlink") == [("p1-1.xhtml#r-1", f"{named} ↩")]
    ids = [[each.get("id") for each in page.iter() if each.get("id")] for page in (first, second)]
    assert "r-1" in ids[0]
    assert "n-1" in ids[1]


def test_numbers_of_an_items_own_stand_without_bullets(tmp_path: Path) -> None:
    """An item that begins with its number in words has no second mark."""
    made = Maker()
    for each in ("1. Flour", "2. Water"):
        made.add("list item", each, each, level=1)
    made.add("list item", "Salt", "Salt", level=1)
    page = shown(made, tmp_path)

    lists = [(each.tag.partition("}")[2], each.get("class"), len(each)) for each in page.iterfind(".//x:section/*", NS)]
    assert lists == [("ol", "numbered", 2), ("ul", None, 1)]


def test_quotations_stand_in_each_other(tmp_path: Path) -> None:
    """As on the page; however deep, no deeper than six."""
    made = Maker()
    made.add("quote", "Eat it.", "Eat it.", level=1)
    made.add("quote", "Bake it.", "Bake it.", level=2)
    made.add("quote", "So deep.", "So deep.", level=5000)
    page = shown(made, tmp_path)

    depths = [len(list(each.iterancestors("{*}blockquote"))) for each in page.iterfind(".//x:blockquote/x:p", NS)]
    assert depths == [1, 2, 6]


def test_lists_are_no_deeper_than_six(tmp_path: Path) -> None:
    """A thousand levels are no error."""
    made = Maker()
    for level in range(1, 1_200):
        made.add("list item", "x", "x", level=level)
    page = shown(made, tmp_path)

    depths = [len(list(each.iterancestors("{*}ul"))) for each in page.iterfind(".//x:li", NS)]
    assert (max(depths), len(depths)) == (6, 1_199)
