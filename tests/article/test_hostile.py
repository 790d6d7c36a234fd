"""Text and Markdown that are made to do harm: an article or a sentence, soon."""

from __future__ import annotations

import time

import pytest

from narrate.article import read_article
from narrate.article.markdown import MarkdownReader
from narrate.article.text import TextReader
from narrate.errors import ArticleError
from narrate.model import Article, Origin

SOON_S = 20
"""CPU time. Each of these takes a second or two, and minutes where something is quadratic."""


def read(data: bytes, name: str) -> Article | str:
    """Return the article, or the sentence that it is refused with; fail where either takes long."""
    started = time.process_time()
    try:
        return read_article(data, Origin(name), (TextReader(), MarkdownReader()))
    except ArticleError as refused:
        return str(refused)
    finally:
        assert time.process_time() - started < SOON_S


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "2,000 marks on a letter": "Bread e" + "\u0301" * 2000 + " is old.\n",
        "marks of two kinds": "Bread e" + "\u0301\u0323" * 200_000 + " is old.\n",
        "one word": "x" * 1_000_000,
        "a chain of hyphens": "bre-\nad-\n" * 15_000,
        "one line": "The bread is old. " * 50_000,
        "empty lines": "Bread\n" + "\n" * 300_000 + "It is old.\n",
        "brackets": "[" * 20_000 + " bread\n",
        "emphasis": "*a " * 20_000 + " bread\n",
        "quotations": ">" * 20_000 + " bread\n",
        "tags": "<a " * 50_000 + "bread\n",
        "an address that is not there": "See [bread](" + " " * 16_000 + "b\n",
        "a picture without an address": "See ![bread](" + " " * 16_000 + "b\n",
        "a decorated space": "== bread" + " " * 16_000 + "b\n",
        "a byline with a gap": "Bread\n\nBy Ann" + " " * 60_000 + "x\n\nIt is old.\n",
        "a long line of sentences": "Bread\n\n" + "Aaaaaaaaaaa. " * 40_000 + "b\n",
        "override": "The \u202edaerb\u202c is \u2066old\u2069.\n",
    }.items(),
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_what_is_made_to_take_long_is_read_soon(name: str, data: str, suffix: str) -> None:
    """Floods of marks, letters, lines and signs are articles, and their letters are all there."""
    article = read(data.encode(), f"{name}{suffix}")

    assert isinstance(article, Article)
    assert sum(map(str.isalnum, article.text)) == sum(map(str.isalnum, data))


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("a: &a [x, x]\nb: [*a, *a]\n", "uses a YAML alias"),
        ("title: " + "[" * 100_000 + "\n", "longer than 65536 characters"),
        ("title: " + "[" * 60_000 + "\n", "front matter"),
        ("".join(" " * depth + "a:\n" for depth in range(300)), "front matter"),
    ],
)
def test_front_matter_that_explodes_is_refused(front: str, said: str) -> None:
    """Aliases, length and depth of YAML end in a sentence, or are a value that is not used."""
    outcome = read(f"---\n{front}---\n\nThe bread is old.\n".encode(), "a.md")

    assert isinstance(outcome, Article) or said in outcome


@pytest.mark.parametrize(
    "data",
    [
        b"The bread \xff\xfe is \xc3\x28 old.\n\nSo \xe2\x82 it is.\n",
        "The bread is old.\n".encode("utf-16") + b"\x41",
        "The bread is old.\n".encode("utf-16-le").replace(b"b\0", b"\0\xd8"),
    ],
)
def test_broken_encodings_are_read_or_refused(data: bytes) -> None:
    """A stray byte is no reason to crash; what is left of the words is there."""
    outcome = read(data, "a.txt")

    assert "bread" in outcome.text if isinstance(outcome, Article) else outcome.startswith("a.txt")
