"""What a careful host does beside sending files: codings, caches, secrets, proxies, and pages of its own."""

from __future__ import annotations

import gzip
import zlib
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.publish.answers import made
from narrate.publish.coding import Compressed, accepts_gzip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.publish.conftest import Host

TEXT = b"It was baked before anyone wrote. " * 100
MP3 = "/reads/first/first.mp3"
TOKEN = "gk4v7p2m9qz"  # noqa: S105 # of this test


@pytest.fixture
def texts(serving: Callable[..., Host]) -> Host:
    """A host whose texts are long enough to be compressed."""
    host = serving()
    for name in ("first/first.vtt", "first/first.srt", "first/first.json", "first/chapters.json", "first/index.html"):
        (host.root / "reads" / name).write_bytes(TEXT)
    (host.root / "reads" / "feed.xml").write_bytes(b"<rss>BASE" + TEXT + b"</rss>")
    return host


TEXTS = ["feed.xml", "first/", "first/first.vtt", "first/first.srt", "first/first.json", "first/chapters.json"]


@pytest.mark.parametrize("path", TEXTS)
def test_texts_are_compressed_for_whom_it_may_be(texts: Host, path: str) -> None:
    """The same text, fewer bytes, an ETag of its own, and caches are told what it depends on."""
    plain, packed = texts.ask(f"/reads/{path}"), texts.ask(f"/reads/{path}", Accept_Encoding="br, gzip")

    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) == int(packed.headers["content-length"]) < len(plain.body)
    assert (packed.headers["content-encoding"], plain.headers.get("content-encoding")) == ("gzip", None)
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["content-type"] == plain.headers["content-type"]


@pytest.mark.parametrize("path", TEXTS)
def test_each_coding_is_known_by_its_own_tag(texts: Host, path: str) -> None:
    """304 for the bytes that the client would get now; it says what it depends on too, and HEAD says what GET does."""
    url = f"/reads/{path}"
    packed, head = texts.ask(url, Accept_Encoding="gzip"), texts.ask(url, "HEAD", Accept_Encoding="gzip")
    known = texts.ask(url, Accept_Encoding="gzip", If_None_Match=packed.headers["etag"])

    assert (known.status, known.body, known.headers["vary"]) == (304, b"", "Accept-Encoding")
    assert texts.ask(url, If_None_Match=packed.headers["etag"]).status == 200
    assert {**head.headers, "date": ""} == {**packed.headers, "date": ""}


@pytest.mark.parametrize("refused", ["gzip;q=0", "identity", "br", "*;q=0", "gzip;q=none"])
def test_who_takes_no_gzip_gets_none(texts: Host, refused: str) -> None:
    """Weights count (RFC 9110, 12.4.2)."""
    assert "content-encoding" not in texts.ask("/reads/feed.xml", Accept_Encoding=refused).headers


@given(st.text(alphabet="gzip*;q=0.1, bxr", max_size=40))
def test_any_field_of_codings_is_read(field: str) -> None:
    """Whatever a client sends there; nothing that does not name gzip or all lets it through."""
    assert not accepts_gzip(field) or "gzip" in field or "*" in field


def test_a_part_of_a_text_is_of_the_text(texts: Host) -> None:
    """A range counts bytes of what is asked for without coding; a part of the compressed one goes on with the whole."""
    url = "/reads/first/first.vtt"
    packed = texts.ask(url, Accept_Encoding="gzip").headers["etag"]
    part = texts.ask(url, Accept_Encoding="gzip", Range="bytes=5-9")
    mixed = texts.ask(url, Accept_Encoding="gzip", Range="bytes=5-9", If_Range=packed)

    assert (part.status, part.body) == (206, TEXT[5:10])
    assert "content-encoding" not in part.headers
    assert (mixed.status, mixed.body) == (200, TEXT)


@pytest.mark.parametrize("path", [MP3, "/reads/first/cover.jpg"])
def test_sound_and_pictures_are_as_they_are(host: Host, path: str) -> None:
    """They are compressed already, and a player seeks in them."""
    answer = host.ask(path, Accept_Encoding="gzip")

    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers
    assert answer.headers["accept-ranges"] == "bytes"


def test_a_text_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ask; and what is kept for them has a limit."""
    monkeypatch.setattr("narrate.publish.coding._KEPT_BYTES", 100)
    packer = Mock(wraps=zlib.compressobj)
    monkeypatch.setattr("narrate.publish.coding.zlib.compressobj", packer)
    kept = Compressed()
    for tag in '"a"', '"a"', '"b"', '"c"', '"a"':
        kept.get(made(TEXT, "text/vtt", tag, None, ""))

    assert packer.call_count == 4
    assert sum(map(len, kept._kept.values())) <= 100


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("first/first.mp3", "no-cache"),
        ("feed.xml", "no-cache"),
        ("first/", "no-cache"),
        ("first/cover-0123456789.jpg", "max-age=31536000, immutable"),
        ("nothing.html", "no-store"),
    ],
)
def test_copies_are_kept_as_long_as_they_hold(serving: Callable[..., Host], path: str, cache: str) -> None:
    """What may change under its name is asked about each time; a picture named by its digest never is."""
    host = serving()
    (host.root / "reads" / "first" / "cover-0123456789.jpg").write_bytes(b"x")
    secret = serving(token_of=lambda _show: TOKEN)

    assert host.ask(f"/reads/{path}").headers["cache-control"] == cache
    shared = secret.ask(f"/{TOKEN}/reads/{path}").headers["cache-control"]
    assert shared == (cache if cache == "no-store" else f"private, {cache}")


def test_nobody_else_learns_the_address(host: Host) -> None:
    """Pages link to the article they read; its host is not told where the link stood."""
    assert host.ask("/reads/first/").headers["referrer-policy"] == "no-referrer"


def test_which_shows_there_are_is_not_for_other_pages(host: Host) -> None:
    """A show is open to every page that knows its name; the list is not."""
    assert "access-control-allow-origin" not in host.ask("/").headers


@pytest.mark.parametrize("path", ["", "feed.xml", "first/", "first/first.mp3", "first/nothing"])
def test_a_secret_show_is_not_there_without_its_token(serving: Callable[..., Host], path: str) -> None:
    """Nor with another one, nor with a part of it: the same 404 as for what is not there at all."""
    host = serving(token_of=lambda _show: TOKEN)
    nothing = host.ask("/nothing/at/all")

    for prefix in ("", "/", f"/{TOKEN[:-1]}", f"/{TOKEN}x", f"/{TOKEN.upper()}", "/%C3%BC", "/reads", "/%00"):
        answer = host.ask(f"{prefix}/reads/{path}")
        assert (answer.status, answer.body) == (404, nothing.body)
        assert {**answer.headers, "date": ""} == {**nothing.headers, "date": ""}
    assert host.ask("/").status == 404


def test_a_token_stands_in_every_address(serving: Callable[..., Host]) -> None:
    """Feed and page name addresses that work; the list under the token leads on."""
    host = serving(token_of=lambda _show: TOKEN)
    (host.root / "reads" / "index.html").write_text("<code>BASEfeed.xml</code>")

    assert host.ask(f"/{TOKEN}/reads/feed.xml", Host="h").body.decode() == f"<rss>http://h/{TOKEN}/reads/</rss>"
    assert host.ask(f"/{TOKEN}/reads/", Host="h").body.decode() == f"<code>http://h/{TOKEN}/reads/feed.xml</code>"
    assert host.ask(f"/{TOKEN}/reads/first/first.mp3").status == 200
    assert host.ask(f"/{TOKEN}").headers["location"] == f"{TOKEN}/"
    assert b'href="reads/"' in host.ask(f"/{TOKEN}/").body


def test_each_show_has_its_own_secret(serving: Callable[..., Host]) -> None:
    """Whoever was told of one has no way to another."""
    host = serving(token_of=lambda show: {"reads": "one", "other show": "two"}[show.name])

    assert host.ask("/one/reads/feed.xml").status == 200
    assert host.ask("/one/other%20show/feed.xml").status == 404
    assert b"other" not in host.ask("/one/").body


FORWARDED = {"X_Forwarded_Host": "pods.example", "X_Forwarded_Proto": "https", "X_Forwarded_Prefix": "/audio"}


@pytest.mark.parametrize(
    ("proxied", "fields", "base"),
    [
        (False, FORWARDED, "http://h/reads/"),
        (True, FORWARDED, "https://pods.example/audio/reads/"),
        (True, {}, "http://h/reads/"),
        (True, {"X_Forwarded_Host": "a.example, b.example"}, "http://a.example/reads/"),
        (
            True,
            {"X_Forwarded_Host": 'x"><', "X_Forwarded_Proto": "gopher", "X_Forwarded_Prefix": '/"'},
            "http://h/reads/",
        ),
    ],
)
def test_only_a_trusted_proxy_says_where_we_are(
    serving: Callable[..., Host],
    proxied: bool,  # noqa: FBT001 # a parameter of the table
    fields: dict[str, str],
    base: str,
) -> None:
    """Anybody can send those fields; and even a proxy's must be what they are to be."""
    answer = serving(proxied=proxied).ask("/reads/feed.xml", Host="h", **fields)

    assert answer.body.decode() == f"<rss>{base}</rss>"


def test_a_whole_address_is_understood(host: Host) -> None:
    """As clients send it to a proxy (RFC 9112, 3.2.2); it leads nowhere else."""
    assert host.ask(f"http://elsewhere.example{MP3}").status == 200
    assert host.ask("http://elsewhere.example").status == 200
    assert host.ask("HTTP://x/../secret.html").status == 404


class _Outline(HTMLParser):
    """The elements of a page in their order, and what its attributes say."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.said: dict[str, str | None] = {}
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open it."""
        self.seen.append(tag)
        self.said |= {f"{tag} {name}": value for name, value in attrs}
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what is open, and nothing else."""
        assert self.open.pop() == tag


@pytest.mark.parametrize("path", ["/", "/other%20show/"])
def test_own_pages_can_be_read_by_everybody(host: Host, path: str) -> None:
    """A language, a title, one heading, a main part, room to zoom, and everything that is opened is closed."""
    page = _Outline(host.ask(path).body)

    assert page.open == []
    assert page.said["html lang"] == "en"
    assert page.said["meta content"]
    assert [tag for tag in page.seen if tag in {"title", "main", "h1", "h2"}] == ["title", "main", "h1"]


def test_a_feed_page_is_a_feed(serving: Callable[..., Host]) -> None:
    """The older part of a long show fits the address as well (RFC 5005)."""
    host = serving()
    (host.root / "reads" / "feed-0001.xml").write_bytes(b"<rss>1 BASE</rss>")

    answer = host.ask("/reads/feed-0001.xml", Host="h")

    assert answer.body == b"<rss>1 http://h/reads/</rss>"
    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"


def test_a_feed_waits_for_the_show_to_be_in_place(serving: Callable[..., Host]) -> None:
    """While files are being renamed a feed would name lengths of before."""
    waited: list[Path] = []
    host = serving(settled=waited.append)
    host.ask("/reads/feed.xml")
    host.ask(MP3)

    assert waited == [host.root / "reads"]
