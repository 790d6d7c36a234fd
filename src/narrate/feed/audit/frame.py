"""Rules for what is around the channel: the root, the namespaces, the feed's word of itself, its elements as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.feed.audit.document import NAMESPACES, OLD_PODCAST, Part, prefix_of
from narrate.feed.audit.rule import APPLE, ERROR, HINT, NAMESPACE, PSP, RSS, W3C, WARNING, Fault, Rule
from narrate.feed.audit.words import is_web_url, repeated, shown
from narrate.feed.checks import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.feed.audit.document import Feed

CHANNEL_ELEMENTS = frozenset(
    (
        *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate"),
        *("lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput"),
        *("skipHours", "skipDays", "item"),
    )
)
ITEM_ELEMENTS = frozenset(
    (
        *("title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"),
        "expirationDate",
    )
)
"""RSS 2.0: all there is of its own; "expirationDate" was in 0.93."""
PODCAST_ELEMENTS = frozenset(
    (
        *("transcript", "locked", "funding", "chapters", "soundbite", "person", "location", "season", "episode"),
        *("trailer", "license", "alternateEnclosure", "guid", "value", "medium", "images", "image", "liveItem"),
        *("contentLink", "socialInteract", "block", "txt", "remoteItem", "podroll", "updateFrequency", "podping"),
        *("publisher", "chat", "follow"),
    )
)
ITUNES_ELEMENTS = frozenset(
    (
        *("image", "category", "explicit", "author", "owner", "title", "type", "new-feed-url", "block", "complete"),
        *("duration", "episode", "season", "episodeType", "applepodcastsverify", "transcript"),
        *("summary", "subtitle", "keywords", "order", "isClosedCaptioned"),
    )
)
"""Apple's, with those that it reads no more."""
_ONCE = frozenset(
    (
        *("title", "link", "description", "language", "copyright", "pubDate", "lastBuildDate", "generator", "guid"),
        *("itunes:image", "itunes:explicit", "itunes:author", "itunes:owner", "itunes:type", "itunes:new-feed-url"),
        *("itunes:duration", "itunes:episode", "itunes:season", "itunes:episodeType", "itunes:block"),
        *("podcast:guid", "podcast:locked", "podcast:medium", "podcast:license", "podcast:updateFrequency"),
        *("podcast:podroll", "podcast:chapters", "content:encoded", "psc:chapters"),
    )
)


def _version(feed: Feed) -> Iterator[Fault]:
    version = feed.root.get("version")
    if version != "2.0":
        yield Fault(f"the feed is RSS of version {shown(version)}" if version else "the feed names no version of RSS")


def _channels(feed: Feed) -> Iterator[Fault]:
    found = feed.root.all("channel")
    if not found:
        yield Fault("there is no channel in the feed")
    if len(found) > 1:
        yield Fault(f"there are {len(found)} channels in the feed", found[1].line)


def _outside(feed: Feed) -> Iterator[Fault]:
    found = feed.root.all("item")
    if found:
        yield Fault(f"{len(found)} items stand outside the channel", found[0].line)


def _no_items(feed: Feed) -> Iterator[Fault]:
    if not feed.items:
        yield Fault("there is no episode in the feed")


def _no_sound(feed: Feed) -> Iterator[Fault]:
    if feed.items and not feed.sounds:
        yield Fault(f"none of the {len(feed.items)} items has an enclosure: this is a feed of articles, and no podcast")


def _encoding(feed: Feed) -> Iterator[Fault]:
    if feed.encoding not in {"UTF-8", "UTF8"}:
        yield Fault(f"the feed is encoded as {feed.encoding}")


def _doctype(feed: Feed) -> Iterator[Fault]:
    if feed.doctype:
        yield Fault("the feed has a document type")


def _nearly(feed: Feed) -> Iterator[Fault]:
    for uri in sorted(feed.namespaces - set(NAMESPACES.values()) - {OLD_PODCAST}):
        prefix = prefix_of(uri)
        if prefix:
            yield Fault(f"the namespace of {prefix} is written {shown(uri)} and not “{NAMESPACES[prefix]}”")


def _no_namespace(feed: Feed) -> Iterator[Fault]:
    there = {prefix_of(uri) for uri in feed.namespaces}
    for prefix in ("itunes", "podcast"):
        if prefix not in there:
            yield Fault(f"the feed does not declare the namespace of {prefix}, {NAMESPACES[prefix]}")


def _self_links(feed: Feed) -> list[Part]:
    return [link for link in feed.channel.all("atom:link") if link.get("rel") == "self"]


def _no_self(feed: Feed) -> Iterator[Fault]:
    if not _self_links(feed):
        yield Fault("the feed does not say at which address it is")


def _self_url(feed: Feed) -> Iterator[Fault]:
    for link in _self_links(feed):
        if not is_web_url(link.get("href")):
            yield Fault(f"the feed's own address {shown(link.get('href'))} is no address of the web", link.line)


def _self_differs(feed: Feed) -> Iterator[Fault]:
    for link in _self_links(feed):
        if feed.url and is_web_url(link.get("href")) and link.get("href") != feed.url:
            yield Fault(f"the feed says it is at {link.get('href')}, and was found at {feed.url}", link.line)


def _moved(feed: Feed) -> Iterator[Fault]:
    new = feed.channel.said("itunes:new-feed-url")
    if is_web_url(new) and any(link.get("href") != new for link in _self_links(feed)):
        yield Fault(f"the feed says that it has moved to {new}")


def _twice(feed: Feed) -> Iterator[Fault]:
    for part, where in _holders(feed):
        for name in repeated(child.name for child in part.children if child.name in _ONCE):
            yield Fault(f"<{name}> is there more than once", part.all(name)[1].line, where)


def _holders(feed: Feed) -> Iterator[tuple[Part, str]]:
    yield feed.channel, "channel"
    for number, item in enumerate(feed.items, 1):
        yield item, f"item {number}"


_KNOWN = {"": ITEM_ELEMENTS, "podcast": PODCAST_ELEMENTS, "itunes": ITUNES_ELEMENTS}
_WORDS = {"": "RSS", "podcast": "the podcast namespace", "itunes": "Apple's namespace"}


def _unknown(feed: Feed) -> Iterator[Fault]:
    for part, where in _holders(feed):
        for child in part.children:
            prefix, _, local = child.name.rpartition(":")
            known = CHANNEL_ELEMENTS if part is feed.channel and not prefix else _KNOWN.get(prefix)
            if known is not None and local not in known:
                hint = did_you_mean(local, known)
                yield Fault(f"<{child.name}> is no element of {_WORDS[prefix]} here{hint}", child.line, where)


_OWN_PREFIX = "have the show's host or program write it; narrate's own feeds have it"

FRAME: tuple[Rule[Feed], ...] = (
    Rule("rss-version", ERROR, f"{RSS}, What is RSS?", 'begin the feed with <rss version="2.0">', _version),
    Rule("channel", ERROR, f"{RSS}, What is RSS?", "put everything into one <channel>", _channels),
    Rule("items-outside", ERROR, f"{RSS}, Elements of <item>", "move the items into the channel", _outside),
    Rule("no-items", WARNING, f"{APPLE}: an episode at least", "publish an episode", _no_items),
    Rule(
        "encoding", ERROR, f"{PSP}, Namespace declarations", "write the feed in UTF-8 and say so in its head", _encoding
    ),
    Rule(
        "no-sound",
        ERROR,
        f"{PSP}, required item elements",
        "'narrate feed import' makes a podcast of a feed of articles",
        _no_sound,
    ),
    Rule("doctype", HINT, "XML 1.0, 2.8", "leave the document type out; some apps refuse one to be safe", _doctype),
    Rule(
        "namespace-exact",
        ERROR,
        f"{PSP}, Namespace declarations",
        "write the URI letter by letter as it is here; apps compare it so",
        _nearly,
    ),
    Rule("namespace-missing", WARNING, f"{PSP}, Namespace declarations", _OWN_PREFIX, _no_namespace),
    Rule(
        "self-link",
        ERROR,
        f"{PSP}, atom:link; RFC 4287, 4.2.7",
        'add <atom:link href="THE FEED\'S ADDRESS" rel="self" type="application/rss+xml"/> to the channel',
        _no_self,
    ),
    Rule("self-link-url", ERROR, f"{PSP}, atom:link", "write the whole address, with https://", _self_url),
    Rule(
        "self-link-differs",
        WARNING,
        f"{W3C}, SelfDoesntMatchLocation",
        "subscribe to the address that it names, or have it name the one where it is",
        _self_differs,
    ),
    Rule("moved", HINT, f"{APPLE}, itunes:new-feed-url", "subscribe there; the feed here may end", _moved),
    Rule("element-twice", ERROR, f"{W3C}, DuplicateElement", "keep one of them", _twice),
    Rule(
        "element-unknown", HINT, f"{W3C}, UndefinedElement; {NAMESPACE}", "correct its name, or leave it out", _unknown
    ),
)
"""Rules for a feed as a whole."""
