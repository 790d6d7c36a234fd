"""Rules for an item: RSS's own elements and Apple's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from narrate.feed.audit.channel import artwork_url_faults
from narrate.feed.audit.rule import APPLE, ERROR, HINT, PSP, RSS, W3C, WARNING, Fault, Rule
from narrate.feed.audit.words import (
    date_of,
    has_markup,
    is_duration,
    is_mime,
    is_positive,
    is_web_url,
    shown,
    suffix_of,
)
from narrate.feed.checks import MAX_DESCRIPTION_BYTES, MAX_NAME_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.feed.audit.document import Item, Part

MEDIA: dict[str, tuple[str, ...]] = {
    ".mp3": ("audio/mpeg", "audio/mp3", "audio/x-mp3"),
    ".m4a": ("audio/x-m4a", "audio/mp4", "audio/m4a", "audio/aac"),
    ".mp4": ("video/mp4", "audio/mp4"),
    ".m4v": ("video/x-m4v", "video/m4v", "video/mp4"),
    ".mov": ("video/quicktime",),
    ".pdf": ("application/pdf",),
    ".epub": ("application/epub+zip", "document/x-epub"),
}
"""What Apple and the W3C's validator take as an enclosure: suffixes, and the types that go with each."""

CLOCKS_DIFFER = timedelta(minutes=10)
"""A date is in the future only when it is so on anybody's clock."""

_NUMBERED = re.compile(
    r"\s*(?:#\s*\d+|(?:ep|episode|folge|épisode|episodio|s\d+\s*e)\.?\s*#?\d+|\d{1,4}\s*[:|–—]|\d{1,4}\s+-\s)",
    re.IGNORECASE,
)


def _missing(name: str, what: str) -> Callable[[Item], Iterator[Fault]]:
    """A check that an item has an element with something in it."""

    def check(item: Item) -> Iterator[Fault]:
        if not item.part.said(name):
            yield Fault(what)

    return check


def _value(name: str, fits: Callable[[str], object], what: str) -> Callable[[Item], Iterator[Fault]]:
    """A check of an element's text, where it is there and not empty."""

    def check(item: Item) -> Iterator[Fault]:
        for part in item.part.all(name):
            text = part.text.strip()
            if text and not fits(text):
                yield Fault(f"<{name}> is {shown(text)}, {what}", part.line)

    return check


def _long(item: Item) -> Iterator[Fault]:
    length = len(item.part.said("title"))
    if length > MAX_NAME_CHARACTERS:
        yield Fault(f"the title has {length} characters, and {MAX_NAME_CHARACTERS} are the most")


def _description_long(item: Item) -> Iterator[Fault]:
    size_bytes = len(item.part.said("description").encode())
    if size_bytes > MAX_DESCRIPTION_BYTES:
        yield Fault(f"the description has {size_bytes} bytes, and {MAX_DESCRIPTION_BYTES} are the most")


def _title_markup(item: Item) -> Iterator[Fault]:
    if has_markup(item.part.said("title")):
        yield Fault("the title has HTML in it")


def _title_number(item: Item) -> Iterator[Fault]:
    if item.part.said("itunes:episode") and _NUMBERED.match(item.part.said("title")):
        yield Fault("the title begins with the episode's number, which apps show beside it")


def _no_enclosure(item: Item) -> Iterator[Fault]:
    if item.part.first("enclosure") is None and item.feed.sounds:
        yield Fault("there is no enclosure, so no sound")


def _enclosures(item: Item) -> Iterator[Fault]:
    found = item.part.all("enclosure")
    if len(found) > 1:
        yield Fault(f"there are {len(found)} enclosures, and apps play any one of them", found[1].line)


def _enclosure(judged: Callable[[Part], str]) -> Callable[[Item], Iterator[Fault]]:
    """A check of each enclosure: the words of what is wrong with it, "" where nothing is."""

    def check(item: Item) -> Iterator[Fault]:
        for part in item.part.all("enclosure"):
            what = judged(part)
            if what:
                yield Fault(what, part.line)

    return check


def _url(part: Part) -> str:
    url = part.get("url")
    if not url:
        return "the enclosure has no address"
    return "" if is_web_url(url) else f"the enclosure's address {shown(url)} is no address of the web in ASCII"


def _query(part: Part) -> str:
    return f"the enclosure's address {shown(part.get('url'))} has a query" if "?" in part.get("url") else ""


def _suffix(part: Part) -> str:
    url = part.get("url")
    return "" if not url or suffix_of(url) in MEDIA else f"the enclosure's address {shown(url)} ends in none of {_ENDS}"


def _length(part: Part) -> str:
    length = part.get("length")
    return "" if is_positive(length) else f"the enclosure's length is {shown(length) if length else 'not given'}"


def _mime(part: Part) -> str:
    mime = part.get("type")
    return "" if is_mime(mime) else f"the enclosure's type is {shown(mime) if mime else 'not given'}"


def _fitting(part: Part) -> str:
    mime = part.get("type").partition(";")[0].strip().lower()
    types = MEDIA.get(suffix_of(part.get("url")))
    if not types or not is_mime(mime) or mime in types:
        return ""
    return f"the enclosure's type is {mime}, and its address ends in {suffix_of(part.get('url'))}"


def _permalink(item: Item) -> Iterator[Fault]:
    guid = item.part.first("guid")
    if guid and guid.text.strip() and guid.get("isPermaLink").lower() != "false" and not is_web_url(guid.text.strip()):
        yield Fault(f"the guid {shown(guid.text)} is no address, and nothing says so", guid.line)


def _future(item: Item) -> Iterator[Fault]:
    when = date_of(item.part.said("pubDate"))
    if when and when > item.feed.now + CLOCKS_DIFFER:
        yield Fault(f"<pubDate> is {item.part.said('pubDate')}, which is still to come")


def _picture(item: Item) -> Iterator[Fault]:
    yield from artwork_url_faults(item.part.first("itunes:image"))


_ENDS = ", ".join(MEDIA)
_PSP_REQUIRED = f"{PSP}, required item elements"
_PSP_WANTED = f"{PSP}, recommended item elements"
_TRUE_FALSE = ("true", "false")
_KINDS = ("full", "trailer", "bonus")

ITEMS: tuple[Rule[Item], ...] = (
    Rule("item-title", ERROR, _PSP_REQUIRED, "give it a title", _missing("title", "there is no title")),
    Rule("item-title-long", WARNING, f"{PSP}: 255 characters", "make it shorter", _long),
    Rule("item-title-markup", WARNING, f"{W3C}, ContainsHTML", "write it as plain text", _title_markup),
    Rule("item-title-number", HINT, f"{PSP} and {APPLE}, title", "leave the number to itunes:episode", _title_number),
    Rule("enclosure", ERROR, _PSP_REQUIRED, "add <enclosure url=… length=… type=…/>", _no_enclosure),
    Rule(
        "enclosures",
        ERROR,
        f"{RSS}, enclosure; {W3C}, DuplicateEnclosure",
        "keep the first, and put the others into podcast:alternateEnclosure",
        _enclosures,
    ),
    Rule("enclosure-url", ERROR, f"{RSS}, enclosure", "write it whole, other letters escaped", _enclosure(_url)),
    Rule("enclosure-query", WARNING, f"{W3C}; {APPLE}", "name files without '?' and what follows", _enclosure(_query)),
    Rule(
        "enclosure-suffix",
        WARNING,
        f"{W3C}, UnsupportedItunesFormat",
        "use MP3 or M4A; other kinds belong into podcast:alternateEnclosure",
        _enclosure(_suffix),
    ),
    Rule("enclosure-length", ERROR, f"{RSS}, enclosure", "write the file's size in bytes", _enclosure(_length)),
    Rule("enclosure-type", ERROR, f"{RSS}, enclosure", "write the type, as audio/mpeg", _enclosure(_mime)),
    Rule(
        "enclosure-type-suffix",
        WARNING,
        f"{APPLE}, enclosure",
        "have type and suffix say the same",
        _enclosure(_fitting),
    ),
    Rule(
        "guid",
        ERROR,
        _PSP_REQUIRED,
        "give it a guid that never changes; without one apps take it for new again and again",
        _missing("guid", "there is no guid"),
    ),
    Rule("guid-permalink", ERROR, f"{W3C}, InvalidPermalink", 'add isPermaLink="false"', _permalink),
    Rule("pubdate", WARNING, _PSP_WANTED, "say when it was published", _missing("pubDate", "there is no pubDate")),
    Rule(
        "pubdate-form",
        ERROR,
        "RFC 2822, 3.3",
        "write it as Mon, 23 Nov 2026 23:30:00 GMT",
        _value("pubDate", date_of, "no date of RFC 2822"),
    ),
    Rule("pubdate-future", WARNING, f"{W3C}, ImplausibleDate", "publish it then, or correct the date", _future),
    Rule("item-link", HINT, _PSP_WANTED, "link to its page or its article", _missing("link", "there is no link")),
    Rule(
        "item-link-url",
        ERROR,
        f"{W3C}, InvalidFullLink",
        "write it whole",
        _value("link", is_web_url, "no whole address"),
    ),
    Rule(
        "comments-url",
        WARNING,
        f"{W3C}, InvalidFullLink",
        "write it whole",
        _value("comments", is_web_url, "no whole address"),
    ),
    Rule(
        "item-description",
        WARNING,
        _PSP_WANTED,
        "say what it is about",
        _missing("description", "there is no description"),
    ),
    Rule(
        "item-description-long",
        WARNING,
        f"{PSP}, item description: 4,000 bytes",
        "make it shorter; content:encoded may hold it whole",
        _description_long,
    ),
    Rule(
        "duration",
        HINT,
        _PSP_WANTED,
        "say how many seconds it lasts",
        _missing("itunes:duration", "no length is given"),
    ),
    Rule(
        "duration-form",
        ERROR,
        f"{APPLE}, itunes:duration",
        "write seconds, as 1801",
        _value("itunes:duration", is_duration, "no number of seconds and no H:MM:SS"),
    ),
    Rule(
        "item-explicit",
        ERROR,
        f"{PSP}, itunes:explicit",
        "write true or false",
        _value("itunes:explicit", lambda text: text in _TRUE_FALSE, "neither true nor false"),
    ),
    Rule(
        "episode-number",
        ERROR,
        f"{PSP}, itunes:episode",
        "write a number from 1 on, or leave it out",
        _value("itunes:episode", is_positive, "no number from 1 on"),
    ),
    Rule(
        "season-number",
        ERROR,
        f"{PSP}, itunes:season",
        "write a number from 1 on, or leave it out",
        _value("itunes:season", is_positive, "no number from 1 on"),
    ),
    Rule(
        "episode-type",
        ERROR,
        f"{PSP}, itunes:episodeType",
        "write full, trailer or bonus",
        _value("itunes:episodeType", lambda text: text in _KINDS, "none of full, trailer and bonus"),
    ),
    Rule(
        "item-artwork",
        ERROR,
        f"{PSP}, itunes:image",
        "use a whole address without a query that ends in .jpg or .png",
        _picture,
    ),
)
"""Rules for an item, in the order of the table of what a feed must carry."""
