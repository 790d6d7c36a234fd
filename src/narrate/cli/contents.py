"""The chapters of an article, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.cli.output import count, document, one_line, story, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.pipeline.order import Order
    from narrate.pipeline.parting import Listed
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


def list_contents(order: Order, settings: Settings, tools: Tools, *, as_json: bool) -> None:
    """Print the chapters of an article, with their numbers."""
    from narrate.errors import ArticleError
    from narrate.pipeline.parting import contents

    article, chapters = contents(order, settings, tools)
    if as_json:
        document({"ok": True, "title": article.title, "chapters": [each._asdict() for each in chapters]})
        return
    if not chapters:
        raise ArticleError(f"{article.origin.name} has no chapters: no heading stands twice in it")
    table(
        ("NUMBER", "CHAPTER", "WORDS", "READ"),
        [(str(each.number), one_line(each.title), str(each.words), _read(each)) for each in chapters],
    )


def _read(each: Listed) -> str:
    return "if asked for" if each.unread else "yes"


def tell_contents(chapters: Sequence[Listed], *, quiet: bool) -> None:
    """Tell how many chapters a book has, and which of its parts are not read."""
    if not chapters or quiet:
        return
    for each in chapters:
        story(f"  {each.number}. {one_line(each.title)} ({count(each.words, 'word')}{_unread(each)})")


def _unread(each: Listed) -> str:
    return ", not read unless asked for" if each.unread else ""
