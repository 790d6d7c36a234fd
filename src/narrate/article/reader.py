"""Choosing a reader, and the refusals that are the same for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from narrate.article.binary import looks_like
from narrate.article.classify import classified
from narrate.article.facts import WEB_ADDRESS
from narrate.article.language import language_tag
from narrate.errors import ArticleError
from narrate.model import Article, Block, BlockKind, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MAX_BYTES = 20_000_000
"""The largest article that is read: about 500 hours of speech."""

MAX_PACKED_BYTES = 200_000_000
"""The largest archive: the pictures and fonts of a book are not read. What is, has limits of its own."""

HEAD_BYTES = 16_384
"""How much of an article readers see when they are asked whether it is theirs."""


class Reader(Protocol):
    """Reads one format.

    `claims` says from the first bytes and the origin's suffix how sure it is that the
    article is in its format: 0 not at all, 1 certainly; the surest reads. `read` raises
    `ArticleError` where there is nothing to read.

    A reader of a format that C libraries parse, or that can unpack to more than it is, has
    ``confined = True`` too: it then reads in a process of its own with limits on time and
    memory, so it must pickle. ``confined_from = 500_000`` asks for that from so many bytes on: a
    large text may be made of so many small blocks that it needs far more memory than its size.
    """

    name: str
    suffixes: tuple[str, ...]

    def claims(self, head: bytes, origin: Origin) -> float:
        """How sure it is, 0-1."""
        ...

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article."""
        ...


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user says of an article; it overrides what the text says. Empty and None say nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    language: str = ""


NO_HINTS = Hints()


def read_article(data: bytes, origin: Origin, readers: Sequence[Reader], hints: Hints = NO_HINTS) -> Article:
    """The article in `data`, read by whichever of `readers` is surest of it.

    Raises:
        ArticleError: it is empty, larger than `MAX_BYTES`, no text, or nobody's format.
    """
    _refuse(data, origin)
    head = data[:HEAD_BYTES]
    sure, chosen = max(
        ((reader.claims(head, origin), reader) for reader in readers), key=lambda pair: pair[0], default=(0.0, None)
    )
    if chosen is None or sure <= 0:
        raise ArticleError(_nobody(head, origin))
    return with_hints(classified(chosen.read(data, origin)), hints)


def _refuse(data: bytes, origin: Origin) -> None:
    if not data:
        raise ArticleError(f"{origin.name} is empty: there is nothing to read aloud")
    most = MAX_PACKED_BYTES if data.startswith(b"PK\x03\x04") else MAX_BYTES
    if len(data) > most:
        raise ArticleError(
            f"{origin.name} is larger than {most // 1_000_000} MB, the most narrate reads as one article;"
            " split it into parts"
        )


def _nobody(head: bytes, origin: Origin) -> str:
    what, advice = looks_like(head)
    if what:
        return f"{origin.name} looks like {what}, which narrate cannot read; {advice}"
    return f"{origin.name} is not text that narrate can read; give it the article as text or Markdown"


def with_hints(article: Article, hints: Hints) -> Article:
    """The article with what the user says of it in place of what it says itself.

    A title of the text that the user's replaces stays in the text, as a heading.

    Raises:
        ArticleError: the language is no BCP 47 tag, or the address none of the web.
    """
    if hints.url and not WEB_ADDRESS.fullmatch(hints.url):
        raise ArticleError(f"'{hints.url}' is no address on the web; write one that begins with https:// or http://")
    language = language_tag(hints.language)
    if hints.language and not language:
        raise ArticleError(f"'{hints.language}' is no language tag; write one such as en, de or pt-BR")
    title = " ".join(hints.title.split())
    return replace(
        article,
        title=title or article.title,
        blocks=tuple(_retitled(block, title) for block in article.blocks) if title else article.blocks,
        authors=hints.authors or article.authors,
        published=hints.published or article.published,
        url=hints.url or article.url,
        language=language or article.language,
    )


def _retitled(block: Block, title: str) -> Block:
    if block.kind is not BlockKind.TITLE or block.text.casefold() == title.casefold():
        return block
    return replace(block, kind=BlockKind.HEADING, level=1)
