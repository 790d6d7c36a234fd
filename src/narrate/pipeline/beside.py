"""The articles that a script was written from, where their files lie beside it as they were.

A script holds what is heard; links, tables and marks are the article's. With it the page and the book show them. What
was edited in the script, or taken out of it, is not shown as the article has it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.errors import NarrateError
from narrate.model import Article
from narrate.pipeline.order import Facts
from narrate.pipeline.reading import ScriptFile, is_web, read_source, script_of, style_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from narrate.model import Role, Script, ScriptSource, Segment, Show
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings

_Place = tuple[int, int, int]
"""Which article, and where a block begins and ends in its text."""


def articles_beside(
    file: ScriptFile, folder: Path, settings: Settings, tools: Tools, show: Show
) -> tuple[Article, ...]:
    """The articles of a script for a show in `folder`, with those blocks only that the script left as they are.

    None where one of them is not there, or was changed since.
    """
    style = style_of(settings, show)
    try:
        found = [
            _article(read_source(str(path), Facts(), folder, tools, style), source)
            for source in file.script.sources
            if (path := _path(source, file.folder))
        ]
        articles = [each for each in found if each]
        if not articles or len(articles) < len(file.script.sources):
            return ()
        written = script_of(articles, settings, tools, show)
    except NarrateError:
        return ()  # it was read once; that it cannot be now is no reason not to speak its script
    return tuple(_unedited(articles, written, file.script))


def _path(source: ScriptSource, home: Path) -> Path | None:
    """Where the file of a source lies, if it lies in that folder."""
    path = home / source.name
    return path if path.name == source.name and not is_web(source.name) and path.is_file() else None


def _article(read: Article | ScriptFile, source: ScriptSource) -> Article | None:
    """What was read, if it is that source still."""
    return read if isinstance(read, Article) and read.sha256 == source.sha256 else None


def _unedited(articles: Sequence[Article], written: Script, edited: Script) -> list[Article]:
    before, now = _by_place(written.segments), _by_place(edited.segments)
    return [
        replace(
            article,
            blocks=tuple(
                block
                for block in article.blocks
                if before.get(place := (number, block.source.start, block.source.end), []) == now.get(place, [])
            ),
        )
        for number, article in enumerate(articles)
    ]


def _by_place(segments: Sequence[Segment]) -> Mapping[_Place, list[tuple[Role, str]]]:
    """The words of the segments of each block."""
    found: dict[_Place, list[tuple[Role, str]]] = defaultdict(list)
    for each in segments:
        if each.source:
            words = "".join(utterance.written for utterance in each.utterances)
            found[each.source.article, each.source.start, each.source.end].append((each.role, "".join(words.split())))
    return found
