"""Pages of our own making, in the ways that sites make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.article import read_article
from narrate.article.html.reader import HtmlReader
from narrate.model import Origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Article


@pytest.fixture(scope="session")
def read() -> Callable[..., Article]:
    """A page as an article: `body` is what stands in its body, `head` in its head."""

    def page(body: str, head: str = "<title>The flood</title>", location: str = "", charset: str = "") -> Article:
        html = f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>"
        origin = Origin("page.html", location, charset=charset)
        return read_article(html.encode(), origin, [HtmlReader()])

    return page


@pytest.fixture(scope="session")
def site() -> Callable[[str], str]:
    """A site's page round an article's HTML: menu, header, side bar, comments, footer."""

    def around(article: str, title: str = "The flood") -> str:
        return f"""
        <header class="site-header"><a href="/">The Valley Post</a>
          <nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
        <main><article><h1>{title}</h1>
          <p class="byline">By <a rel="author" href="/ann">Ann Lee</a></p>
          <time datetime="2026-03-05">March 5, 2026</time>
          <div class="article-body">{article}</div>
          <div class="share-buttons"><a href="/x">Share on X</a> <a href="/f">Facebook</a></div>
        </article></main>
        <aside class="sidebar"><h2>Most read</h2><ul><li><a href="/a">A cat in a tree for the third time</a></li>
          <li><a href="/b">Why bakers rise early in the valley</a></li></ul></aside>
        <section class="comments"><h2>Comments</h2>
          <p>I was there and it was worse than you say it was, friends.</p></section>
        <footer><p>© 2026 The Valley Post. All rights reserved.</p></footer>"""

    return around
