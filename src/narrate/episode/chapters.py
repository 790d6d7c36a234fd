"""Chapters as the podcast namespace's JSON, version 1.2 (application/json+chapters)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from narrate.episode.text import one_line, seconds

if TYPE_CHECKING:
    from narrate.model import Chapter, Timeline

VERSION = "1.2.0"


def chapters_json(timeline: Timeline, title: str, author: str = "", show: str = "") -> bytes:
    """The list that the file's tag, the show notes and the feed have too; what is not known is not in it."""
    facts = {"version": VERSION, "title": title, "author": author, "podcastName": show}
    document = {name: one_line(fact) for name, fact in facts.items() if fact}
    rows = [_row(chapter) for chapter in timeline.chapters]
    return (json.dumps({**document, "chapters": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _row(chapter: Chapter) -> dict[str, object]:
    row = {
        "startTime": seconds(chapter.start_ms),
        "endTime": seconds(chapter.end_ms),
        "title": one_line(chapter.title),
    }
    return {**row, "url": chapter.url} if chapter.url else row
