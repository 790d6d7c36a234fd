"""Pages that are no article, and pages that nobody should have made: one sentence each, in time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from narrate.article import read_article
from narrate.article.html import judge
from narrate.article.html.page import parse
from narrate.article.html.reader import HtmlReader
from narrate.article.text import TextReader
from narrate.errors import ArticleError
from narrate.model import Origin

if TYPE_CHECKING:
    from narrate.model import Article

LINKS = "".join(
    f"<li><a href='/{number}'>Another headline of the day, number {number}</a></li>" for number in range(30)
)
FREE = (
    f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False})}</script>'
)
TEASER = "<article><h1>The flood</h1><p>The river rose in the night and nobody had expected it.</p>{}</article>"
WALL = "<div>Subscribe to continue reading.</div>"
COOKIES = (
    "<title>Before you continue</title><body><h1>Before you continue</h1><p>We use cookies and data to offer our"
    " services.</p><button>Accept all</button><button>Manage choices</button></body>"
)
SCRIPTED = (
    "<title>App</title><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"
    "<script src=a.js></script></body>"
)
LONG = "<p>The river rose in the night and nobody in the valley had expected it to reach the bridge.</p>" * 30


def read(html: str, name: str = "page.html") -> Article:
    """A page as an article, or the error that says why not."""
    return read_article(html.encode(), Origin(name), [HtmlReader(), TextReader()])


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (f"<head>{FREE}</head><body>{TEASER.format('')}</body>", "behind a paywall"),
        (
            f"<head><meta property='og:type' content=article></head><body>{TEASER.format(WALL)}</body>",
            "behind a paywall",
        ),
        (COOKIES, "consent to cookies"),
        (
            "<title>Sign in</title><body><form><h1>Sign in</h1><input name=u><input type=password></form></body>",
            "asks who you are",
        ),
        ("<title>App</title><body><div id=root></div><script>render()</script></body>", "made by scripts"),
        (SCRIPTED, "made by scripts"),
        ("<title>404 Not Found</title><body><h1>Not Found</h1><p>It was not found here.</p></body>", "an error page"),
        (
            "<title>Just a moment...</title><body><h1>post.example</h1><p>Checking your browser.</p></body>",
            "an error page",
        ),
        (f"<title>The Post</title><body><main><ul>{LINKS}</ul></main></body>", "lists articles and is none itself"),
        ("<title>x</title><body></body>", "holds no words"),
        ("<body>" + "<div>x" * 100_000, "nests more than 512"),
        ("<body>" + "<b></b>" * 1_000_000, "more than 800,000 tags"),
        ("<body>" + "<!-- " * 10_000, "holds no words"),
    ],
)
def test_what_is_no_article_is_said_in_words(page: str, said: str) -> None:
    """One sentence that names the cause and what to do."""
    with pytest.raises(ArticleError) as caught:
        read(f"<!DOCTYPE html><html>{page}</html>")

    assert said in str(caught.value)
    assert str(caught.value).startswith("page.html ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "page",
    [
        f"<head>{FREE}</head><body><article><h1>The flood</h1>{LONG}</article></body>",
        f"<body><article>{LONG}<p>Subscribe to continue reading our magazine.</p></article></body>",
        f"<body><article>{LONG}</article><form><input type=password>Log in</form></body>",
        f"<body><article>{LONG}</article><noscript>Enable JavaScript</noscript></body>",
        f"<title>404 ways to leave your river</title><body><article>{LONG}</article></body>",
        f"<body><article>{LONG}<ul>{LINKS}</ul></article></body>",
        "<title>Hello</title><body><p>Enable JavaScript, they say, but why?</p>" + LONG + "</body>",
        "<title>Error handling in Rust</title><body><h1>Error handling in Rust</h1><p>Short, but a text.</p></body>",
        "<title>Forms</title><body><p>A page of mine with one line and <a href=x>a link</a>.</p></body>",
    ],
)
def test_an_article_that_speaks_of_such_things_is_read(page: str) -> None:
    """The whole text is there, so it is an article, whatever stands beside it."""
    assert read(f"<!DOCTYPE html><html>{page}</html>").blocks


def test_beyond_its_limits_trafilatura_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it takes minutes, the page is chosen from without it; every paragraph is read."""
    monkeypatch.setattr(judge, "_MOST_ELEMENTS", 1000)
    page = "<html><body>" + "<p>The same paragraph again and again.</p>" * 2000 + "</body></html>"

    assert judge.judge(page, parse(page, "page.html")) is None
    assert len(read(page).blocks) == 2000


@pytest.mark.parametrize("error", [ValueError, RecursionError, KeyError, AttributeError, etree.ParserError])
def test_a_page_that_trafilatura_fails_on_is_read_all_the_same(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it raises is its own business."""

    def broken(*_: object, **__: object) -> None:
        raise error("x")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)

    assert len(read(f"<html><body><article>{LONG}</article></body></html>").blocks) == 30


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ('<meta charset="iso-8859-1">', ""),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', ""),
        ("", "ISO-8859-1"),
        ('<meta charset="utf-8">', "latin1"),
        ('<meta charset="no-such">', "cp1252"),
        ('<meta charset="utf-16">', ""),
        ('<meta charset="zlib">', ""),
    ],
)
def test_the_encoding_is_the_servers_then_the_pages_then_a_guess(head: str, charset: str) -> None:
    """A header counts before a tag; labels mean what browsers take them for; nonsense is passed over."""
    page = f"<html><head>{head}</head><body><p>Das “Café” über der Straße war geöffnet.</p></body></html>"

    article = read_article(page.encode("cp1252"), Origin("a.html", charset=charset), [HtmlReader()])

    assert article.blocks[-1].text == "Das “Café” über der Straße war geöffnet."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "shift_jis", "euc_kr", "koi8_r", "cp1255"])
def test_pages_in_other_encodings(encoding: str) -> None:
    """Declared by a byte order mark or a tag."""
    text = {"gb18030": "今天下雨了。", "shift_jis": "雨が降った。", "euc_kr": "비가 왔다."}.get(encoding, "")
    text = text or {"koi8_r": "Шёл дождь.", "cp1255": "ירד גשם."}.get(encoding, "It rained.")
    tag = "" if encoding.startswith("utf") else f'<meta charset="{encoding}">'

    article = read_article(f"<html><head>{tag}</head><body><p>{text}</p>".encode(encoding), Origin("a"), [HtmlReader()])

    assert article.blocks[-1].text == text


@pytest.mark.parametrize(
    ("head", "name", "mime", "least"),
    [
        (b"<!DOCTYPE html><html>", "a", "", 1.0),
        (b"  <?xml version='1.0'?><!-- x --><html xmlns='y'>", "a", "", 1.0),
        (b"<p>Words</p>", "a.htm", "", 0.9),
        (b"<p>Words</p>", "post.example/a", "text/html", 0.9),
    ],
)
def test_what_is_html(head: bytes, name: str, mime: str, least: float) -> None:
    """By its first words, its name, or what a server calls it."""
    assert HtmlReader().claims(head, Origin(name, mime=mime)) >= least


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"Words", "a.txt"),
        (b"<b>bold</b> words", "a.md"),
        (b"# A\n<div>x</div>", "a.md"),
        (b"%PDF-1.7 <html>", "a"),
        (b"a < b", "a"),
    ],
)
def test_what_is_none(head: bytes, name: str) -> None:
    """Text, Markdown with HTML in it, other formats."""
    assert HtmlReader().claims(head, Origin(name)) == 0
