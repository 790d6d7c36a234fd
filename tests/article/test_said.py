"""What a source says, and what of it is in no block: facts, and the signs of the format."""

from __future__ import annotations

import pytest

from narrate.article.markdown import MarkdownReader
from narrate.article.text import TextReader
from narrate.model import Article, Origin, Reason

LONG = "The mill stands by the river, and its wheel turns all day and all night long, in every kind of weather."


def omitted(article: Article, reason: Reason) -> list[str]:
    """The stretches that are left out for a reason."""
    spans = (each.source for each in article.omitted if each.reason is reason)
    return [article.text[span.start : span.end] for span in spans]


def markdown(source: str) -> Article:
    """A Markdown source as an article."""
    return MarkdownReader().read(source.encode(), Origin("a.md"))


def test_the_text_is_the_decoded_source() -> None:
    """In NFC, without a mark of its encoding, its lines ended by one sign: what spans count in."""
    article = TextReader().read(f"\ufeffCafe\u0301\r\n\r\n{LONG}".encode(), Origin("a.txt"))

    assert article.text == f"Café\n\n{LONG}"
    assert [article.text[each.source.start : each.source.end] for each in article.blocks] == ["Café", LONG]


def test_lines_that_say_facts_are_told_in_plain_text() -> None:
    """Bylines, dates and fields at the start are in no block, or in one that is a byline; nothing else is left out."""
    source = f"The Mill\nBy Ann Example\n\nMarch 3, 2026\n\n{LONG}\n\nThe last line\n"
    article = TextReader().read(source.encode(), Origin("a.txt"))

    bylines = [each.text for each in article.blocks if each.kind == "byline"]
    assert sorted([*omitted(article, Reason.FACT), *bylines]) == ["By Ann Example", "March 3, 2026"]


def test_front_matter_is_a_fact_of_markdown() -> None:
    """All of it, with its fences."""
    assert omitted(markdown(f"---\ntitle: A\ntags: [b]\n---\n{LONG}"), Reason.FACT) == [
        "---\ntitle: A\ntags: [b]\n---\n"
    ]


@pytest.mark.parametrize(
    ("source", "sign"),
    [
        ("[a](http://b.c/d_(e)?f=g 'Title')", "(http://b.c/d_(e)?f=g 'Title')"),
        ("[a](<b c>)", "(<b c>)"),
        ("[a][ref] x\n\n[ref]: http://b.c", "[ref]"),
        ("[a] x\n\n[a]: http://b.c 'T'", "[a]: http://b.c 'T'"),
        ("a <span class='x > y'>b</span>", "<span class='x > y'>"),
        ("caf&eacute;", "&eacute;"),
        ("a\n\n```py title=b\nc\n```", "```py title=b"),
        ("a\n\n~~~ `b`\nc\n~~~", "~~~ `b`"),
        ("a[^n]\n\n[^n]: b", "[^n]"),
        ("- [x] a", "[x]"),
        ("1. a\n1. b", "1."),
    ],
)
def test_signs_of_markdown_are_told(source: str, sign: str) -> None:
    """Letters and digits of the format: addresses, tags, names of languages and notes."""
    assert sign in omitted(markdown(f"# T\n\n{source}"), Reason.MARKUP)


@pytest.mark.parametrize(
    "source", ["a < b and c > d", "<String> it is", "[a] (b)", "AT&T; x", "*a* **b** `c`", "a [12] b"]
)
def test_text_is_no_sign(source: str) -> None:
    """What looks a little like a sign of the format and is text."""
    found = omitted(markdown(f"# T\n\n{source}"), Reason.MARKUP)

    assert [each for each in found if each != "&T;"] == []


def test_pictures_and_notes_inside_a_paragraph_have_their_own_places() -> None:
    """The block of each stands where it is written, inside the span of its paragraph."""
    article = markdown("# T\n\nOne ![a cat](b.png) two <img src='x' alt='a dog'> three.^[The *note*.] <!-- so --> End.")

    places = {each.text: article.text[each.source.start : each.source.end] for each in article.blocks[2:]}
    assert places == {
        "a cat": "![a cat](b.png)",
        "a dog": "<img src='x' alt='a dog'>",
        "<!-- so -->": "<!-- so -->",
        "The note.": "^[The *note*.]",
    }


def test_the_words_for_a_picture_are_no_sign() -> None:
    """A tag without what is written for those who do not see it."""
    assert omitted(markdown('# T\n\nA <img alt="a dog" src="x">.'), Reason.MARKUP) == ["<img alt=", ' src="x">']
