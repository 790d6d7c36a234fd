"""Chapters of an article: some of them, each as an article of its own, a list of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from narrate.article import parts_of, picked, split, wanted_parts, words_in
from narrate.errors import UsageError
from narrate.model import Article
from narrate.pipeline.reading import ScriptFile, read_source, style_of
from narrate.pipeline.shows import open_show
from narrate.runtime.files import shown

if TYPE_CHECKING:
    from narrate.pipeline.order import Order
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


class Listed(NamedTuple):
    """A part of an article: its number from 1, its title, its words, and why it is not read ("" where it is)."""

    number: int
    title: str
    words: int
    unread: str


def refuse_mixture(order: Order) -> None:
    """Refuse what cannot be asked at once. Raises `UsageError`."""
    if order.split and order.edition:
        raise UsageError("--edition makes one episode of many articles and --split many of one; take one of them")
    wanted_parts(order.chapters)  # numbers that are none are refused before anything is read
    if order.chapters and len(order.articles) > 1:
        raise UsageError("--chapters picks from one article; make the others by themselves")


def parted(source: Article | ScriptFile, order: Order) -> tuple[Article | ScriptFile, ...]:
    """What is made of a source: the chapters that are ordered, as one article or each by itself.

    Raises:
        UsageError: it is a script.
        ArticleError: it has no such chapters.
    """
    if not order.chapters and not order.split:
        return (source,)
    if isinstance(source, ScriptFile):
        raise UsageError(f"{shown(source.where)} is a script, and has no chapters to pick or split; edit it instead")
    wanted = wanted_parts(order.chapters)
    return tuple(_named(split(source, wanted), source)) if order.split else (picked(source, wanted),)


def _named(chapters: tuple[Article, ...], book: Article) -> list[Article]:
    """Chapters with an identity each: the book's and their title, so that one more before them changes none."""
    found: list[Article] = []
    seen: dict[str, int] = {}
    for each in chapters:
        title = each.title.removeprefix(f"{book.title}: ").casefold()  # the book may be called otherwise next time
        name = "-".join("".join(char if char.isalnum() else " " for char in title).split())
        seen[name] = seen.get(name, 0) + 1
        name = name if seen[name] == 1 else f"{name}-{seen[name]}"
        url = f"{book.url}#{name}" if book.url else ""
        found.append(replace(each, id=url or f"{book.id}#{name}", url=url, book=book.title))
    return found


def contents(order: Order, settings: Settings, tools: Tools) -> tuple[Article, tuple[Listed, ...]]:
    """An article and the list of its chapters.

    Raises:
        NarrateError: it cannot be read, or is a script.
    """
    if len(order.articles) != 1:
        raise UsageError("--contents lists the chapters of one article")
    folder = Path(settings.out) / settings.show
    style = style_of(settings, open_show(folder).show)
    given = order.articles[0]
    source = given if isinstance(given, Article) else read_source(given, order.facts, folder, tools, style)
    if isinstance(source, ScriptFile):
        raise UsageError(f"{shown(source.where)} is a script; its chapters stand in it")
    return source, listed(source)


def listed(article: Article) -> tuple[Listed, ...]:
    """The chapters of an article, with those that are not read unless asked for."""
    return tuple(
        Listed(number, part.title, words_in(part), "" if part.chosen else part.reason.value)
        for number, part in enumerate(parts_of(article), 1)
    )
