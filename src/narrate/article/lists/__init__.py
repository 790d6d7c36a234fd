"""Bytes of a list of articles to a `ReadingList`: feeds, lists of feeds, addresses, exports of reading lists.

`entries_of` tells by the bytes what they are. `article_of` makes an article of an entry whose text is in its list.
"""

from __future__ import annotations

from narrate.article.lists.choose import MAX_LIST_BYTES, entries_of, is_feed
from narrate.article.lists.entry import article_of
from narrate.article.lists.urls import url_key, web_url

__all__ = ["MAX_LIST_BYTES", "article_of", "entries_of", "is_feed", "url_key", "web_url"]
