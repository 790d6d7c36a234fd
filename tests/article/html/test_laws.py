"""What holds for every page, however broken."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.article import read_article
from narrate.article.html.reader import HtmlReader
from narrate.errors import ArticleError
from narrate.model import Article, Origin

_TAGS = (
    *("p", "div", "span", "a", "b", "em", "article", "main", "section", "aside", "nav", "header", "footer", "h1", "h2"),
    *("ul", "ol", "li", "table", "tr", "td", "th", "figure", "figcaption", "img", "br", "hr", "blockquote", "pre"),
    *("code", "sup", "script", "style", "template", "noscript", "form", "button", "math", "svg", "details", "summary"),
    *("dl", "dt", "dd", "time", "iframe"),
)
_ATTRIBUTES = (
    *(
        "",
        ' class="share"',
        ' class="byline"',
        ' class="comments"',
        " hidden",
        ' id="n1"',
        ' href="#n1"',
        ' alt="A cat"',
    ),
    *(
        ' lang="de"',
        ' class="footnotes"',
        ' aria-hidden="true"',
        ' style="display:none"',
        ' class="pullquote"',
        " start=4",
    ),
)
_WORDS = st.sampled_from(
    [
        "The river rose in the night and nobody had expected it. ",
        "Share",
        "1",
        "é e\u0301",
        "&amp;",
        "a<b",
        "\u202e",
        "By Ann Lee",
        "  \n ",
        "日本語。",
    ]
)
_OPEN = st.builds("<{}{}>".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES))
_CLOSE = st.sampled_from(_TAGS).map("</{}>".format)
PAGES = st.lists(st.one_of(_OPEN, _CLOSE, _WORDS, _WORDS), min_size=1, max_size=60).map("".join)


def lost(article: Article) -> str:
    """Letters and digits of the text that are in no block and no omission."""
    held = bytearray(len(article.text))
    spans = [block.source for block in article.blocks] + [each.source for each in article.omitted]
    for span in spans:
        held[span.start : span.end] = b"\1" * (span.end - span.start)
    return "".join(sign for sign, kept in zip(article.text, held, strict=True) if sign.isalnum() and not kept)


@settings(max_examples=80, deadline=None)
@given(PAGES)
def test_no_letter_is_lost_and_spans_are_in_order(page: str) -> None:
    """Each has a block or a reason; blocks do not overlap; whatever is no article says so in a sentence."""
    try:
        article = read_article(f"<html><body>{page}".encode(), Origin("a.html"), [HtmlReader()])
    except ArticleError:
        return

    assert lost(article) == ""
    spans = [block.source for block in article.blocks]
    assert all(0 <= span.start <= span.end <= len(article.text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(block.text == block.text.strip("\n") for block in article.blocks)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("abcdefg ", min_size=3, max_size=80).filter(str.strip), min_size=1, max_size=8))
def test_paragraphs_of_a_plain_page_come_out_as_they_are(texts: list[str]) -> None:
    """Nothing lost, nothing moved, nothing invented."""
    page = "<html><body>" + "".join(f"<p>{text}</p>" for text in texts) + "</body></html>"

    article = read_article(page.encode(), Origin("a.html"), [HtmlReader()])

    assert [block.text for block in article.blocks] == [" ".join(text.split()) for text in texts]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_it(data: bytes) -> None:
    """Nonsense is an article or a sentence."""
    try:
        article = HtmlReader().read(b"<html><body>" + data, Origin("a.html"))
    except ArticleError:
        return

    assert lost(article) == ""


def test_a_page_that_leaves_out_its_tags_is_a_page() -> None:
    """HTML lets `html`, `head` and `body` be left out; the article is no part of the head for that."""
    page = b"<title>Tea</title><article><h1>Tea</h1><p>Tea is hot.</p> It rains.<p>Leaves fall.</p></article>"
    article = read_article(page, Origin("tea.html"), [HtmlReader()])

    assert [block.text for block in article.blocks] == ["Tea", "Tea is hot.", "It rains.", "Leaves fall."]
