"""OPML to the feeds that it names, however deep its outlines are nested (OPML 2.0, "Subscription lists")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.article.lists.urls import web_url
from narrate.article.lists.words import one_line
from narrate.article.xmltree import xml_tree
from narrate.model import Entry, FeedLink, ListKind, ReadingList

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.model import Origin

MOST_FEEDS = 5_000


def read_opml(data: bytes, origin: Origin) -> ReadingList:
    """The feeds of an OPML list, and the pages that it links to. Raises `ArticleError` where it is no XML."""
    tree = xml_tree(data, origin.name)
    feeds: dict[str, FeedLink] = {}
    entries: dict[str, Entry] = {}
    for outline in tree.iter("{*}outline", "outline"):
        said = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        title = one_line(said.get("title") or said.get("text"))
        if feed := web_url(said.get("xmlurl", ""), origin.location):
            feeds.setdefault(feed, FeedLink(feed, title))
        elif said.get("type", "").lower() in {"link", "include"} and (url := web_url(said.get("url", ""))):
            if said["type"].lower() == "include" or url.lower().endswith(".opml"):
                feeds.setdefault(url, FeedLink(url, title))
            else:
                entries.setdefault(url, Entry(url, title))
    held = tuple(feeds.values())[:MOST_FEEDS]
    return ReadingList(ListKind.FEEDS, _title(tree), entries=tuple(entries.values())[:MOST_FEEDS], feeds=held)


def _title(tree: Element) -> str:
    head = tree.find("{*}head/{*}title")
    return one_line(head.text if head is not None else "")
