"""Levels of the headings of a plain text, from what marks them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.article.headings import NUMBERED, capitals
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.article.pieces import Draft

TOP = 2
DEEPEST = 6
_STEP = 8
"""Columns that a lower heading is indented by at most; one further in is centred."""
_STARS = re.compile(r"([*=#]{1,6})[ \t]*\S")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A heading that has its level: what kind of line it was."""

    level: int
    capitals: str
    question: bool
    indent: int


def with_levels(made: Iterable[Draft]) -> list[Draft]:
    """The drafts with a level for each heading: 2 where nothing says otherwise (1 is the title's).

    Underlines, stars and numbers say it outright. Else a heading right under a heading is
    one deeper, and so are its siblings in form until a heading looks like one of the upper
    level again (the golden reference, lines 8-18).
    """
    drafts = list(made)
    marks = _marks(drafts)
    out: list[Draft] = []
    seen: list[_Seen] = []
    for index, draft in enumerate(drafts):
        if draft.kind is not BlockKind.HEADING:
            out.append(draft)
            continue
        under = index > 0 and drafts[index - 1].kind is BlockKind.HEADING
        level = min(_marked(draft, marks, seen) or _by_form(draft, seen, under=under), DEEPEST)
        seen.append(_look(draft, level))
        out.append(replace(draft, level=level))
    return out


def _look(draft: Draft, level: int) -> _Seen:
    return _Seen(level, capitals(draft.text), draft.text.rstrip().endswith("?"), draft.indent)


def _marks(drafts: Sequence[Draft]) -> dict[str, int]:
    """Underline characters in order of their first use, as in reStructuredText; a double line is above a single one."""
    used = list(dict.fromkeys(draft.underline for draft in drafts if draft.kind is BlockKind.HEADING))
    order = [mark for mark in ("=", *used) if mark in used and mark]
    return {mark: TOP + place for place, mark in enumerate(dict.fromkeys(order))}


def _marked(draft: Draft, marks: dict[str, int], seen: Sequence[_Seen]) -> int:
    """The level that an underline, stars or a number say, or 0."""
    if draft.underline:
        return marks[draft.underline]
    if stars := _STARS.match(draft.style):
        both = draft.style.rstrip().endswith(stars[1])
        return TOP if both else TOP - 1 + len(stars[1])
    number = NUMBERED.match(draft.text)
    if number and number["number"]:
        return TOP + number["number"].strip(".)").count(".")
    if number and number["chapter"]:
        return _of_chapter(number["chapter"].split()[0].lower(), seen)
    return 0


def _of_chapter(word: str, seen: Sequence[_Seen]) -> int:
    """Sections are below articles and chapters, where there are any."""
    return TOP + 1 if word in {"section", "scene"} and seen and seen[0].level == TOP else TOP


def _by_form(draft: Draft, seen: Sequence[_Seen], *, under: bool) -> int:
    if not seen:
        return TOP
    look, last = _look(draft, 0), seen[-1]
    if under:
        return last.level + 1
    if look.indent > last.indent and look.indent - last.indent <= _STEP:
        return last.level + 1
    for earlier in reversed(seen):
        if _alike(look, earlier):
            return earlier.level
    return TOP


def _alike(look: _Seen, other: _Seen) -> bool:
    """Whether two headings are siblings in form: written alike, or both questions, at the same indent."""
    return look.indent == other.indent and (
        (look.question and other.question) or (look.capitals == other.capitals and look.question == other.question)
    )
