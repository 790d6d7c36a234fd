"""Rules for a file of chapters, as apps fetch it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.feed.audit.rule import ERROR, NAMESPACE, WARNING, Fault, Rule
from narrate.feed.audit.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """The bytes of a file of chapters, and the chapters that its item lists itself, in seconds."""

    data: bytes
    listed: tuple[tuple[int, str], ...]


def _document(file: ChapterFile) -> list[tuple[float, str]] | None:
    """The starts in seconds and titles of JSON chapters, None where it is no such file."""
    try:
        rows = json.loads(file.data)["chapters"]
        return [(float(row["startTime"]), str(row.get("title", ""))) for row in rows if row.get("toc") is not False]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _readable(file: ChapterFile) -> Iterator[Fault]:
    if _document(file) is None:
        yield Fault(f"the chapters' file is none: it begins with {shown(file.data[:60].decode('utf-8', 'replace'))}")


def _in_order(file: ChapterFile) -> Iterator[Fault]:
    starts = [start for start, _ in _document(file) or ()]
    if starts != sorted(set(starts)) or any(start < 0 for start in starts):
        yield Fault("the chapters of the file are not in the order of their times")


def _same(file: ChapterFile) -> Iterator[Fault]:
    found = _document(file)
    if not found or not file.listed:
        return
    chapters = [(int(start), " ".join(title.split())) for start, title in found]
    if chapters != list(file.listed):
        yield Fault(f"the chapters' file lists {len(chapters)} chapters, and psc:chapters {len(file.listed)} others")


_SOURCE = f"{NAMESPACE}, JSON chapters 1.2"
CHAPTER_FILES: tuple[Rule[ChapterFile], ...] = (
    Rule("chapters-file", ERROR, _SOURCE, "send a JSON object with a list of chapters, each with startTime", _readable),
    Rule("chapters-order", ERROR, _SOURCE, "write them in order", _in_order),
    Rule("chapters-differ", WARNING, "AntennaPod, Apple: apps choose one list", "write the same list in both", _same),
)
"""Rules for the file of an item's chapters."""
