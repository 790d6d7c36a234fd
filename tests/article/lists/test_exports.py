"""Lists of feeds, bookmarks, tables, exports of reading lists, addresses in lines."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from narrate.article.lists.choose import entries_of
from narrate.article.lists.signs import is_list
from narrate.errors import ArticleError
from narrate.model import Entry, Extent, ListKind, Origin, ReadingList

SAVED = datetime(2026, 11, 24, 8, tzinfo=UTC)
SECONDS = int(SAVED.timestamp())
LONG = "<p>" + "It rained on the town, and nobody minded. " * 30 + "</p>"


def read(text: str | bytes, name: str = "list") -> ReadingList:
    """The list in a text."""
    return entries_of(text.encode() if isinstance(text, str) else text, Origin(name))


def test_opml_names_feeds_however_deep() -> None:
    """Nested outlines, attributes in any case, each feed once; links are entries, and files of this machine nothing."""
    found = read(
        '<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="News"><outline'
        ' text="A &amp; B" type="rss" xmlUrl="https://a.example/feed"/><outline><outline XMLURL="https://b.example/f"'
        ' title="B"/></outline></outline><outline xmlUrl="https://a.example/feed"/><outline xmlUrl="file:/etc/x"/>'
        '<outline type="link" text="C" url="https://c.example/"/><outline type="include" url="https://d.example/o"/>'
        "</body></opml>"
    )

    assert (found.kind, found.title) == (ListKind.FEEDS, "Mine")
    assert [(feed.url, feed.title) for feed in found.feeds] == [
        ("https://a.example/feed", "A & B"),
        ("https://b.example/f", "B"),
        ("https://d.example/o", ""),
    ]
    assert found.entries == (Entry("https://c.example/", "C"),)


def test_opml_without_end_or_with_entities_is_read_as_far_as_it_goes() -> None:
    """What is cut off, or declares entities of files."""
    cut = read('<opml version="1.0"><body><outline xmlUrl="https://a.example/f"/><outline xmlUrl="https://b')
    sly = read(
        '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:/etc/passwd">]><opml><head><title>&x;</title></head><body><outline'
        ' xmlUrl="https://a.example/f"/></body></opml>'
    )

    assert cut.feeds[0].url == sly.feeds[0].url == "https://a.example/f"
    assert "root" not in sly.title


def test_a_page_names_its_feed() -> None:
    """The first that is not that of the comments, whatever its form; relative ones count from the page."""
    page = (
        '<html><head><title>Blog</title><link rel="alternate" type="application/rss+xml" title="Blog » Comments"'
        ' href="/comments/feed/"><link rel="alternate" type="application/atom+xml" href="/atom.xml"></head>'
        "<body><p>x</p></body></html>"
    )
    found = entries_of(page.encode(), Origin("blog.example", "https://blog.example/", "text/html"))

    assert [feed.url for feed in found.feeds] == ["https://blog.example/atom.xml"]


def test_bookmarks_of_browsers_and_of_pocket() -> None:
    """Netscape's format with its unclosed tags, and Pocket's list; scripts and files in them are no addresses."""
    browser = read(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><H3>Folder</H3>"
        f'\n<DL><p>\n<DT><A HREF="https://a.example/1" ADD_DATE="{SECONDS}" TAGS="x">One &amp; two</A>\n'
        '<DT><A HREF="javascript:void(0)">Button</A>\n<DT><A HREF="file:/etc/x">Mine</A>\n</DL><p>\n</DL><p>'
    )
    pocket = read(
        "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a"
        f' href="https://a.example/2" time_added="{SECONDS}" tags="">https://a.example/2</a></li></ul></body></html>'
    )

    assert browser.entries == (Entry("https://a.example/1", "One & two", updated=SAVED),)
    assert pocket.entries == (Entry("https://a.example/2", "", updated=SAVED),)


@pytest.mark.parametrize(
    "table",
    [
        f'title,url,time_added,tags,status\n"Rain, sun",https://a.example/1,{SECONDS},a|b,unread\n',
        f'title,url,time_added,cursor,tags,status\n"Rain, sun",https://a.example/1,{SECONDS},7,,archive\n',
        f'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/1,"Rain, sun","",Unread,{SECONDS},[]\n',
        'Title;URL;Content;Tags;MimeType;Language;Creation date\n"Rain, sun";https://a.example/1;;;text/html;en;\n',
        f'\ufeff"title","url","created"\r\n"Rain, sun","https://a.example/1","{SAVED.isoformat()}"\r\n',
    ],
    ids=["pocket", "pocket, later", "instapaper", "wallabag", "with BOM and quotes"],
)
def test_tables_of_reading_lists(table: str) -> None:
    """A table with a column of addresses is a list, whatever divides its cells and its columns are called."""
    (entry,) = read(table).entries

    assert (entry.url, entry.title) == ("https://a.example/1", "Rain, sun")
    assert entry.updated in {SAVED, None}


def test_json_exports() -> None:
    """Wallabag with its texts, Readeck's bookmarks, Pinboard's, Omnivore's: lists of objects with an address."""
    wallabag = [{"id": "23", "title": "One", "url": "https://a.example/1", "content": LONG, "language": "fr"}]
    readeck = {"items": [{"id": "x", "url": "https://a.example/2", "title": "Two", "authors": ["Ann"], "lang": "en"}]}
    pinboard = [{"href": "https://a.example/3", "description": "Three", "time": "2026-11-24T08:00:00Z", "tags": ""}]
    omnivore = [{"slug": "x", "url": "https://a.example/4", "title": "Four", "savedAt": "2026-11-24T08:00:00.000Z"}]
    empty = [{"title": "No title found", "url": "https://a.example/5", "content": "Oh, what a shame, no content"}]

    one, two, three, four, five = (
        read(json.dumps(each)).entries[0] for each in (wallabag, readeck, pinboard, omnivore, empty)
    )

    assert (one.html, one.extent, one.language) == (LONG, Extent.WHOLE, "fr")
    assert (two.url, two.title, two.authors, two.language) == ("https://a.example/2", "Two", ("Ann",), "en")
    assert (three.url, three.updated) == ("https://a.example/3", SAVED)
    assert (four.title, four.updated, four.published) == ("Four", SAVED, None)
    assert (five.title, five.html, five.extent) == ("", "", Extent.NONE)


def test_an_archive_holds_lists_among_other_things() -> None:
    """As Pocket and Omnivore export: several tables of one list, with files that are none."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("part_000000.csv", "title,url\nOne,https://a.example/1\n")
        archive.writestr("part_000001.csv", "title,url\nTwo,https://a.example/2\n")
        archive.writestr("annotations/a.json", '{"notes": []}')
        archive.writestr("readme.txt", "Thank you.")

    assert [entry.title for entry in read(buffer.getvalue()).entries] == ["One", "Two"]


def test_lines_of_addresses() -> None:
    """One a line, with signs of a list before it and a title behind it; comments and repetitions are passed over."""
    found = read("# Mine\n\nhttps://a.example/1?utm_source=x\n- <https://a.example/2> Two\n3. https://a.example/1\n")

    assert found.entries == (Entry("https://a.example/1"), Entry("https://a.example/2", "Two"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": [1, {"b": 2}]}', "JSON without addresses"),
        ("[" * 100_000, "not the JSON that it should be"),
        ('{"version": "https://jsonfeed.org/version/1", "items"', "not the JSON that it should be"),
    ],
)
def test_json_that_is_no_list_is_said(text: str, said: str) -> None:
    """Broken, nested without end, or about something else."""
    with pytest.raises(ArticleError, match=said):
        read(text)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<?xml version='1.0'?><rss version='2.0'>", True),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b"<opml version='2.0'>", True),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', True),
        (b"https://a.example/1\n\nhttps://a.example/2\n", True),
        (b"https://a.example/1\nis where I read it.\n", False),
        (b"<!DOCTYPE html><html><body><rss>", False),
        (b"# A title\n\nWords.", False),
        (b"", False),
    ],
)
def test_lists_are_told_from_articles(head: bytes, *, expected: bool) -> None:
    """`narrate make` takes the entries of what is surely a list, and reads everything else as an article."""
    assert is_list(head) is expected
