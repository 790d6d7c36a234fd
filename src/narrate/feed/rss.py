"""The feed of a show: RSS 2.0 with the elements podcast apps read.

Sources of the rows: PSP-1 (Podcast RSS standard, 2023), Apple's "A
podcaster's guide to RSS", the podcast namespace 1.0, RFC 4287 for atom:link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from narrate import __version__
from narrate.feed.categories import split_category
from narrate.feed.checks import MAX_DESCRIPTION_BYTES
from narrate.feed.credits import licence_nodes, link_nodes, person_nodes
from narrate.feed.items import Item, item_node, rfc2822
from narrate.feed.show import FEED_NAME
from narrate.feed.xml import Element, element, to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from narrate.model import Episode, Show

_DESCRIPTION = "Written articles, read aloud by a synthetic voice."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands among those of a long feed, by their names in the show's folder; "" is none.

    `older` and `newer` are those next to this one, `oldest` is the last of all; only ``feed.xml`` says which that is.
    """

    name: str = FEED_NAME
    older: str = ""
    newer: str = ""
    oldest: str = ""


@dataclass(frozen=True, slots=True)
class _Channel:
    """A show, its episodes newest first, the address of its folder with a slash at its end, its place in the feed."""

    show: Show
    episodes: tuple[Episode, ...]
    base_url: str
    place: Place


def write_feed(
    show: Show, episodes: Iterable[Episode], base_url: str, place: Place | None = None, items: Sequence[str] = ()
) -> bytes:
    """The feed of a show whose folder is fetched from `base_url`, or one of its pages of older episodes.

    Pure, the same bytes for the same values. Newest first by date of publication, then number. Characters that
    XML cannot hold are dropped; `EPISODE_URL` in a description becomes the address of the episode's page.
    After the episodes stand `items` of older ones, as `items_in` found them in a feed of this show and address.

    Raises:
        EpisodeError: an episode has no audio file.
    """
    newest_first = sorted(episodes, key=lambda each: (each.published, each.number, each.slug), reverse=True)
    channel = _Channel(show, tuple(newest_first), base_url.rstrip("/") + "/", place or Place())
    nodes = (node for tag, nodes in CHANNEL_ROWS for node in nodes(tag, channel))
    return to_bytes(nodes, items, history=channel.place.name != FEED_NAME)


def cut(text: str, limit_bytes: int) -> str:
    """The text, or as many whole characters of it as fit, with an ellipsis.

    >>> cut("naïve", 6), cut("naïve", 5)
    ('naïve', 'na…')
    """
    if len(text.encode()) <= limit_bytes:
        return text
    return text.encode()[: limit_bytes - len("…".encode())].decode(errors="ignore") + "…"


def _text(value: Callable[[_Channel], str]) -> Callable[[str, _Channel], Iterator[Element]]:
    """A row with text, left out where there is none."""

    def nodes(tag: str, channel: _Channel) -> Iterator[Element]:
        text = value(channel)
        if text:
            yield element(tag, text)

    return nodes


def _links(tag: str, channel: _Channel) -> Iterator[Element]:
    """Itself and its neighbours: as a paged feed (RFC 5005, 3), which podcast apps read, and an archived one (4).

    "prev" is what IANA's registry and apps call RFC 5005's "previous".
    """
    place = channel.place
    archived = place.name != FEED_NAME
    paged = FEED_NAME if archived or place.older else ""
    rows = (
        ("self", place.name),
        ("current", FEED_NAME if archived else ""),
        ("first", paged),
        ("prev", place.newer),
        ("next", place.older),
        ("last", place.oldest),
        ("prev-archive", place.older),
        ("next-archive", place.newer if place.newer != FEED_NAME else ""),
    )
    for rel, name in rows:
        if name:
            yield element(tag, attributes={"href": channel.base_url + name, "rel": rel, "type": "application/rss+xml"})


def _archive(tag: str, channel: _Channel) -> Iterator[Element]:
    """RFC 5005, 4: this document does not change, and is not to be subscribed to."""
    if channel.place.name != FEED_NAME:
        yield element(tag)


def _category(tag: str, channel: _Channel) -> Iterator[Element]:
    for category in filter(None, (channel.show.category, channel.show.second_category)):
        parent, *rest = split_category(category)
        below = tuple(element(tag, attributes={"text": name}) for name in rest)
        yield element(tag, attributes={"text": parent}, children=below)


def _cover(tag: str, channel: _Channel) -> Iterator[Element]:
    if channel.show.cover:
        yield element(tag, attributes={"href": channel.base_url + quote(channel.show.cover, safe="")})


def _owner(tag: str, channel: _Channel) -> Iterator[Element]:
    """Only with an address; one is never made up."""
    show = channel.show
    if show.owner_email:
        name = element("itunes:name", show.owner_name or show.author or show.title)
        yield element(tag, children=(name, element("itunes:email", show.owner_email)))


def _locked(tag: str, channel: _Channel) -> Iterator[Element]:
    owner = {"owner": channel.show.owner_email} if channel.show.owner_email else {}
    yield element(tag, "yes" if channel.show.locked else "no", owner)


def _synthetic(tag: str, _channel: _Channel) -> Iterator[Element]:
    yield element(tag, "true", {"purpose": "ai-content"})


def _complete(channel: _Channel) -> str:
    """Apple: "Yes" or nothing."""
    return "Yes" if channel.show.update_frequency.complete else ""


def _frequency(tag: str, channel: _Channel) -> Iterator[Element]:
    said = channel.show.update_frequency
    if said.text:
        complete = {"complete": "true"} if said.complete else {}
        yield element(tag, said.text, ({"rrule": said.rule} if said.rule else {}) | complete)


def _podroll(tag: str, channel: _Channel) -> Iterator[Element]:
    """Podcast namespace, tags "podroll" and "remoteItem"."""
    shows = tuple(
        element(
            "podcast:remoteItem",
            attributes={
                name: value
                for name, value in (("feedGuid", other.guid), ("feedUrl", other.url), ("title", other.title))
                if value
            },
        )
        for other in channel.show.podroll
    )
    if shows:
        yield element(tag, children=shows)


def _items(_tag: str, channel: _Channel) -> Iterator[Element]:
    for episode in channel.episodes:
        yield item_node(Item(channel.show, episode, channel.base_url))


def _last_build(channel: _Channel) -> str:
    """The newest date there is: from data, not from the clock, so that the same show gives the same bytes."""
    return rfc2822(channel.episodes[0].published) if channel.episodes else ""


CHANNEL_ROWS: tuple[tuple[str, Callable[[str, _Channel], Iterator[Element]]], ...] = (
    ("atom:link", _links),
    ("fh:archive", _archive),
    ("title", _text(lambda channel: channel.show.title)),
    ("description", _text(lambda channel: cut(channel.show.description or _DESCRIPTION, MAX_DESCRIPTION_BYTES))),
    ("link", _text(lambda channel: channel.show.link or channel.base_url)),
    ("language", _text(lambda channel: channel.show.language.lower())),
    ("copyright", _text(lambda channel: channel.show.copyright)),
    ("lastBuildDate", _text(_last_build)),
    ("generator", _text(lambda _channel: f"narrate {__version__}")),
    ("itunes:category", _category),
    ("itunes:explicit", _text(lambda channel: "true" if channel.show.explicit else "false")),
    ("itunes:image", _cover),
    ("itunes:author", _text(lambda channel: channel.show.author or channel.show.title)),
    ("itunes:owner", _owner),
    ("itunes:type", _text(lambda channel: channel.show.type)),
    ("itunes:complete", _text(_complete)),
    ("itunes:new-feed-url", _text(lambda channel: channel.show.new_feed_url)),
    ("itunes:block", _text(lambda channel: "" if channel.show.listed else "Yes")),
    ("podcast:guid", _text(lambda channel: channel.show.guid)),
    ("podcast:locked", _locked),
    ("podcast:medium", _text(lambda _channel: "podcast")),
    ("podcast:license", lambda tag, channel: licence_nodes(tag, channel.show.licence, channel.show.licence_url)),
    ("podcast:person", lambda tag, channel: person_nodes(tag, channel.show.persons)),
    ("podcast:funding", lambda tag, channel: link_nodes(tag, "url", channel.show.funding)),
    ("podcast:updateFrequency", _frequency),
    ("podcast:podroll", _podroll),
    ("podcast:txt", _synthetic),
    ("item", _items),
)
"""PSP-1, Apple's and the podcast namespace's elements of a channel, in the order they are written."""
