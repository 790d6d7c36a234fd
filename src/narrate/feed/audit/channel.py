"""Rules for a channel: RSS's own elements and Apple's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.feed.audit.rule import APPLE, ERROR, HINT, PSP, W3C, WARNING, Fault, Rule
from narrate.feed.audit.words import (
    has_markup,
    is_email,
    is_language,
    is_web_url,
    shown,
    suffix_of,
)
from narrate.feed.categories import CATEGORIES
from narrate.feed.checks import MAX_DESCRIPTION_BYTES, MAX_NAME_CHARACTERS, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.feed.audit.document import Feed, Part

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|©|\(c\)|\bcopyright\b", re.IGNORECASE)


def _missing(name: str, what: str) -> Callable[[Feed], Iterator[Fault]]:
    """A check that the channel has an element with something in it."""

    def check(feed: Feed) -> Iterator[Fault]:
        if not feed.channel.said(name):
            yield Fault(what)

    return check


def value_check(name: str, fits: Callable[[str], object], what: str) -> Callable[[Feed], Iterator[Fault]]:
    """A check of an element's text, where it is there and not empty."""

    def check(feed: Feed) -> Iterator[Fault]:
        for part in feed.channel.all(name):
            text = part.text.strip()
            if text and not fits(text):
                yield Fault(f"<{name}> is {shown(text)}, {what}", part.line)

    return check


def _long(feed: Feed) -> Iterator[Fault]:
    for name in ("title", "itunes:author", "copyright"):
        length = len(feed.channel.said(name))
        if length > MAX_NAME_CHARACTERS:
            yield Fault(f"<{name}> has {length} characters, and {MAX_NAME_CHARACTERS} are the most")


def _description_long(feed: Feed) -> Iterator[Fault]:
    size_bytes = len(feed.channel.said("description").encode())
    if size_bytes > MAX_DESCRIPTION_BYTES:
        yield Fault(f"the description has {size_bytes} bytes, and {MAX_DESCRIPTION_BYTES} are the most")


def _title_markup(feed: Feed) -> Iterator[Fault]:
    if has_markup(feed.channel.said("title")):
        yield Fault(f"the title {shown(feed.channel.said('title'))} has HTML in it")


def _artwork(feed: Feed) -> Part | None:
    return feed.channel.first("itunes:image")


def _no_artwork(feed: Feed) -> Iterator[Fault]:
    part = _artwork(feed)
    if part is None or not part.get("href"):
        yield Fault("the show has no picture", part.line if part else 0)


def artwork_url_faults(part: Part | None) -> Iterator[Fault]:
    """What is wrong with the address of a picture, whoever's it is."""
    url = part.get("href") if part else ""
    if not part or not url:
        return
    if not is_web_url(url):
        yield Fault(f"the picture's address {shown(url)} is no address of the web", part.line)
    elif "?" in url:
        yield Fault(f"the picture's address {shown(url)} has a query", part.line)
    elif suffix_of(url) not in PICTURE_SUFFIXES:
        yield Fault(f"the picture's address {shown(url)} does not end in .jpg or .png", part.line)


def _no_category(feed: Feed) -> Iterator[Fault]:
    if not any(part.get("text") for part in feed.channel.all("itunes:category")):
        yield Fault("the show has no category")


def _category(feed: Feed) -> Iterator[Fault]:
    for part in feed.channel.all("itunes:category"):
        name = part.get("text")
        if name and name not in CATEGORIES:
            yield Fault(f"{shown(name)} is none of Apple's categories{_near(name)}", part.line)
        for child in part.all("itunes:category"):
            if name in CATEGORIES and child.get("text") not in CATEGORIES[name]:
                hint = did_you_mean(child.get("text"), CATEGORIES[name]) or _near(child.get("text"))
                yield Fault(f"{shown(child.get('text'))} is none of Apple's subcategories of {name}{hint}", child.line)


def _near(name: str) -> str:
    """A hint for a category, or the category that a subcategory belongs to."""
    for parent, children in CATEGORIES.items():
        if name in children:
            return f" (it belongs inside '{parent}')"
    return did_you_mean(name, CATEGORIES)


def _owner(feed: Feed) -> Iterator[Fault]:
    owner = feed.channel.first("itunes:owner")
    email = owner.said("itunes:email") if owner else ""
    if not email:
        yield Fault("nobody is named as owner with an e-mail address", owner.line if owner else 0)


def _owner_email(feed: Feed) -> Iterator[Fault]:
    owner = feed.channel.first("itunes:owner")
    email = owner.said("itunes:email") if owner else ""
    if owner and email and not is_email(email):
        yield Fault(f"the owner's address {shown(email)} is no e-mail address", owner.line)


def _retired(feed: Feed) -> Iterator[Fault]:
    names = {part.name for holder in (feed.channel, *feed.items) for part in holder.children}
    for name in sorted(names & {"itunes:summary", "itunes:subtitle", "itunes:keywords"}):
        yield Fault(f"<{name}> is there, which Apple reads no more")


def _numbers(feed: Feed) -> Iterator[Fault]:
    if feed.channel.said("itunes:type").lower() != "serial":
        return
    bare = [item for item in feed.items if not item.said("itunes:episode") and _is_full(item)]
    if bare:
        yield Fault(f"the show is serial, and {len(bare)} of its episodes have no number", bare[0].line)


def _is_full(item: Part) -> bool:
    return item.said("itunes:episodeType").lower() in {"", "full"}


def _true_false(text: str) -> bool:
    return text in {"true", "false"}


NOT_WHOLE = "no whole address"
_PSP_REQUIRED = f"{PSP}, required channel elements"
CHANNEL: tuple[Rule[Feed], ...] = (
    Rule("title", ERROR, _PSP_REQUIRED, "give the show a title", _missing("title", "the show has no title")),
    Rule(
        "description",
        ERROR,
        _PSP_REQUIRED,
        "say what the show is about",
        _missing("description", "the show has no description"),
    ),
    Rule("link", ERROR, _PSP_REQUIRED, "link to the show's page", _missing("link", "the show links to no page")),
    Rule("language", ERROR, _PSP_REQUIRED, "say the language, as en-us", _missing("language", "no language is named")),
    Rule(
        "language-tag",
        ERROR,
        "BCP 47; ISO 639",
        "write a tag such as en or en-us",
        value_check("language", is_language, "no tag of a language"),
    ),
    Rule("link-url", ERROR, f"{W3C}, InvalidFullLink", "write it whole", value_check("link", is_web_url, NOT_WHOLE)),
    Rule("too-long", WARNING, f"{PSP}: 255 characters", "make it shorter", _long),
    Rule("description-long", WARNING, f"{PSP} and {APPLE}: 4,000 bytes", "make it shorter", _description_long),
    Rule("title-markup", WARNING, f"{W3C}, ContainsHTML", "write it as plain text", _title_markup),
    Rule(
        "copyright",
        HINT,
        f"{PSP}, copyright",
        "name only who holds it",
        value_check("copyright", lambda text: not _YEAR.search(text), "with a year or the word “copyright” in it"),
    ),
    Rule("artwork", ERROR, _PSP_REQUIRED, "add <itunes:image href=…/> with a square picture", _no_artwork),
    Rule(
        "artwork-url",
        ERROR,
        f"{PSP} and {APPLE}, itunes:image",
        "use a whole address without a query that ends in .jpg or .png",
        lambda feed: artwork_url_faults(_artwork(feed)),
    ),
    Rule("category", ERROR, _PSP_REQUIRED, "choose one of Apple's categories", _no_category),
    Rule("category-unknown", ERROR, f"{APPLE}, itunes:category", "write it exactly as Apple does", _category),
    Rule(
        "explicit",
        ERROR,
        _PSP_REQUIRED,
        "add <itunes:explicit>false</itunes:explicit>, or true",
        _missing("itunes:explicit", "nobody says whether the show is explicit"),
    ),
    Rule(
        "explicit-value",
        ERROR,
        f"{PSP}, itunes:explicit; {W3C}, InvalidTrueFalse",
        "write true or false",
        value_check("itunes:explicit", _true_false, "neither true nor false"),
    ),
    Rule(
        "author",
        WARNING,
        f"{PSP}, recommended channel elements",
        "say who makes the show",
        _missing("itunes:author", "nobody is named as author"),
    ),
    Rule(
        "owner",
        WARNING,
        f"{W3C}, MissingItunesEmail; {APPLE}",
        "add <itunes:owner> with name and e-mail; directories ask there",
        _owner,
    ),
    Rule("owner-email", ERROR, f"{W3C}, InvalidContact", "write an address such as name@example.org", _owner_email),
    Rule(
        "type-value",
        ERROR,
        f"{APPLE}, itunes:type",
        "write episodic or serial",
        value_check("itunes:type", lambda text: text in {"episodic", "serial"}, "neither episodic nor serial"),
    ),
    Rule("serial-numbers", WARNING, f"{PSP} and {APPLE}, itunes:episode", "number the episodes", _numbers),
    Rule(
        "new-feed-url",
        ERROR,
        f"{APPLE}, itunes:new-feed-url",
        "write the feed's whole new address",
        value_check("itunes:new-feed-url", is_web_url, NOT_WHOLE),
    ),
    Rule(
        "block-value",
        WARNING,
        f"{APPLE}, itunes:block",
        "write Yes, or leave it out",
        value_check("itunes:block", lambda text: text.lower() == "yes", "which is taken for nothing; only Yes counts"),
    ),
    Rule(
        "complete-value",
        WARNING,
        f"{APPLE}, itunes:complete",
        "write Yes, or leave it out",
        value_check(
            "itunes:complete", lambda text: text.lower() == "yes", "which is taken for nothing; only Yes counts"
        ),
    ),
    Rule("retired", HINT, f"{APPLE}, which names it no more", "leave it out; <description> is what is read", _retired),
)
"""Rules for a channel, in the order of the table of what a feed must carry."""
