"""The article of an entry whose text is in its list."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.article.lists.entry import article_of
from narrate.article.lists.urls import url_key, web_url
from narrate.errors import ArticleError
from narrate.model import BlockKind, Entry, Extent, Origin

ORIGIN = Origin("blog.example/rain", "https://blog.example/rain")


def test_all_of_the_text_is_read_with_the_facts_of_the_list() -> None:
    """Headings, lists, quotations and captions are what they are; scripts and frames are not read."""
    html = (
        "<h2>Rain</h2><p>It <em>rained</em>.</p><ul><li>Here</li></ul><blockquote>“Wet.”</blockquote><script>steal()"
        "</script><iframe src='file:/etc/passwd'></iframe><figure><img alt='A cloud' src='javascript:x'>"
        "<figcaption>Over the town</figcaption></figure><p onclick='x()'>Then it stopped.</p>"
    )
    entry = Entry(
        "https://blog.example/rain",
        "Rain",
        html=html,
        extent=Extent.WHOLE,
        authors=("Ann Example",),
        published=datetime(2026, 11, 24, 23, tzinfo=UTC),
        language="en-GB",
    )
    article = article_of(entry, ORIGIN)

    kinds = [block.kind for block in article.blocks]
    assert kinds[:2] == [BlockKind.TITLE, BlockKind.PARAGRAPH]
    assert {BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.FIGURE} <= set(kinds)
    assert (article.title, article.authors, article.published) == ("Rain", ("Ann Example",), date(2026, 11, 24))
    assert (article.url, article.language) == ("https://blog.example/rain", "en-GB")
    assert "steal" not in article.text
    assert article.blocks[-1].text == "Then it stopped."


def test_what_blogs_put_below_their_feeds_is_left_out() -> None:
    """The line of WordPress and boxes for sharing are told to be outside the article."""
    html = (
        "<p>It rained.</p><div class='sharedaddy'>Share this on Example</div>"
        "<p>The post <a href='x'>Rain</a> appeared first on <a href='y'>A Blog</a>.</p>"
    )
    article = article_of(Entry("https://blog.example/rain", "Rain", html=html), ORIGIN)

    assert [block.text for block in article.blocks] == ["It rained."]
    assert len(article.omitted) == 2


def test_a_text_without_words_is_said() -> None:
    """A picture alone cannot be read aloud."""
    with pytest.raises(ArticleError, match="holds no words"):
        article_of(Entry("https://blog.example/rain", "Rain", html="<img src='x.png'>"), ORIGIN)


@given(st.text(max_size=200))
def test_any_text_is_an_address_of_the_web_or_none(text: str) -> None:
    """What is taken for an address is one, and stays the same when it is taken again."""
    url = web_url(text)

    assert url == "" or url.startswith(("http://", "https://"))
    assert web_url(url) == url
    assert url_key(url) == url_key(web_url(url))
