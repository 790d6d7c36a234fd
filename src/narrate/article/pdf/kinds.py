"""What the paragraphs of a PDF are: headings, items, notes, captions, tables, code, prose."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.article.pdf.paragraphs import BULLET, NUMBER, Group, begins_note
from narrate.article.pdf.text import Look
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.article.pdf.text import Bookmark, Line
    from narrate.model import Reason

_LARGE = 1.1
_SMALL = 0.94
_SMALLEST = 0.88
"""Of the body's size, that of a bold heading at least, without a number and with one."""
_HEADING_CHARACTERS = 200
_HEADING_LINES = 4
_BOLD_CHARACTERS = 120
_CELL_WORDS = 7
_MOST = 0.6
_LOW = 0.6
_OTHER = 0.03
_LABEL_WORDS = 6
_LABELS_TOGETHER = 3
_MANY_SANS = 5
"""A document of which a fifth is without serifs has more than its drawings in such letters."""
_LABELS = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE, BlockKind.LIST_ITEM, BlockKind.MATH})
CAPTION = re.compile(
    r"\s*(?:fig(?:ure|\.)?|abb(?:ildung|\.)|figura|abbildung|scheme|chart|plate|graphique|schéma|photo)"
    r"\s*[\dA-Z][\w.-]*\s*[:.—–]",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*(\d{1,3}|[*∗†‡§¶#]{1,3}|[a-z](?=\s))\s*(?=\S)")
_NOT_IN_HEADING = re.compile(r"[,;]\s*$|\w\.\s*$")
SECTION = re.compile(r"\s*(?:[A-Z]|[IVX]{1,5}|\d{1,2})(?:\.\d{1,2}){0,4}\.?\s+\S")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]{3}")
LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be, from the lines of one or more groups; or, with a `reason`, an omission."""

    kind: BlockKind
    groups: tuple[Group, ...]
    level: int = 0
    number: int = 0
    note: str = ""
    style: float = 0.0
    reason: Reason | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All its lines."""
        return tuple(line for group in self.groups for line in group.lines)


@dataclass(frozen=True, slots=True)
class Place:
    """A page, as its notes see it: its height in points, and the raised numbers and signs in its text."""

    height: float
    referred: frozenset[str]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document is set: the size of its body, whether that is bold, without serifs; and its table of contents."""

    size: float
    bold: bool
    entries: Mapping[str, int]
    sans: bool = False


def manner_of(lines: Sequence[Line], bookmarks: Sequence[Bookmark]) -> Manner:
    """The manner of a document."""
    sizes: Counter[float] = Counter()
    bold = sans = 0
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        bold += line.bold * len(line.text)
        sans += line.sans * len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    entries = {bare(mark.title): min(mark.level, 6) for mark in reversed(bookmarks) if bare(mark.title)}
    return Manner(size, bold * 2 > sizes.total(), entries, sans * _MANY_SANS > sizes.total())


def bare(text: str) -> str:
    """The letters and digits of a text, to compare it by.

    >>> bare("1.2  The Bread"), bare("The bread.")
    ('12thebread', 'thebread')
    """
    return "".join(LETTERS.findall(text.casefold()))


def drafts(found: Sequence[Group], manner: Manner, place: Place) -> Iterator[Draft]:
    """The drafts of a region's groups; what follows a note in small letters goes on with it."""
    note: Draft | None = None
    for group in found:
        draft = _draft(group, manner, place)
        if note is not None and draft.kind is BlockKind.PARAGRAPH and group.size <= note.groups[0].size * 1.02:
            note = replace(note, groups=(*note.groups, group))
            continue
        if note is not None:
            yield note
        note = draft if draft.kind is BlockKind.NOTE else None
        if note is None:
            yield draft
    if note is not None:
        yield note


def _as_set(group: Group) -> Draft | None:
    """The draft of a group whose lines stay as they are set, or None."""
    if all(line.mono for line in group.lines) and not _ADDRESS.fullmatch(group.first.text.strip()):
        return Draft(BlockKind.CODE, (group,))
    return Draft(BlockKind.TABLE, (group,)) if _is_table(group) else None


def _draft(group: Group, manner: Manner, place: Place) -> Draft:
    text = " ".join(line.text.strip() for line in group.lines)
    if not text.strip():
        return Draft(BlockKind.BREAK, (group,))
    plain = _as_set(group)
    if plain is not None:
        return plain
    level = manner.entries.get(bare(text), 0) or manner.entries.get(bare(SECTION_NUMBER.sub("", text)), 0)
    if (level and len(text) <= _HEADING_CHARACTERS) or _is_heading(group, text, manner):
        return Draft(BlockKind.HEADING, (group,), level, style=group.size + 0.25 * group.first.bold)
    if _is_note(group, manner, place):
        return Draft(BlockKind.NOTE, (group,), note=f"{group.first.page + 1}.{_mark(group)}")
    if CAPTION.match(text):
        return Draft(BlockKind.FIGURE, (group,))
    return _item(group, text)


SECTION_NUMBER = re.compile(r"^\s*(?:chapter\s+)?(?:[A-Z]|\d{1,2})(?:\.\d{1,2}){0,4}[.:]?\s+", re.IGNORECASE)


def _item(group: Group, text: str) -> Draft:
    number = NUMBER.match(text)
    if BULLET.match(text) and not text.lstrip().startswith(("*", "·")):
        return Draft(BlockKind.LIST_ITEM, (group,), level=1)
    if BULLET.match(text):
        return Draft(BlockKind.LIST_ITEM, (group,), level=1)
    if number and not number[1]:  # "[12]" begins a reference, which is told by its words
        figures = number[2] or number[3]
        return Draft(BlockKind.LIST_ITEM, (group,), level=1, number=int(figures) if figures.isdecimal() else 0)
    return Draft(BlockKind.PARAGRAPH, (group,))


def _is_table(group: Group) -> bool:
    """Whether most lines are rows of short cells that stand below each other."""
    rows = [line for line in group.lines if line.cells]
    if len(rows) < 2 or len(rows) < _MOST * len(group.lines):  # noqa: PLR2004 # a row is no table
        return False
    words = [len(cell.text.split()) for line in rows for cell in line.cells]
    if sum(words) > _CELL_WORDS * len(words):
        return False
    edges = [{round(edge) for cell in line.cells[1:] for edge in (cell.left, cell.right)} for line in rows]
    near = sum(
        any(abs(mine - other) <= 2 for mine in here for other in above)  # noqa: PLR2004 # points
        for above, here in pairwise(edges)
    )
    return near * 2 >= len(rows) - 1


def _is_heading(group: Group, text: str, manner: Manner) -> bool:
    """Whether a group is larger or bolder than the body, and short."""
    if len(text) > _HEADING_CHARACTERS or len(group.lines) > _HEADING_LINES or not bare(text):
        return False
    if not any(character.isalpha() for character in text) or CAPTION.match(text):
        return False
    if group.size >= _LARGE * manner.size:
        return not text.rstrip().endswith((",", ";"))
    least = _SMALLEST if SECTION.match(text) else _SMALL
    bold = all(line.bold for line in group.lines) and not manner.bold and group.size >= least * manner.size
    return bold and len(text) <= _BOLD_CHARACTERS and (not _NOT_IN_HEADING.search(text) or bool(SECTION.match(text)))


def _is_note(group: Group, manner: Manner, place: Place) -> bool:
    """Whether a group is a footnote: small, low, behind a raised number or one that the page refers to."""
    low = group.first.base < _LOW * place.height
    small = group.size <= _SMALL * manner.size
    mark = _NOTE.match(group.first.text)
    said = _WORD.search(group.first.text)
    return bool(low and small and said and mark) and (begins_note(group.first) or _mark(group) in place.referred)


def _mark(group: Group) -> str:
    """The number or the sign that a note begins with."""
    mark = _NOTE.match(group.first.text)
    return mark[1] if mark else ""


def place_of(height: float, lines: Sequence[Line]) -> Place:
    """The place that a page is for its lines."""
    raised = {
        line.text[each.start : each.end].strip()
        for line in lines
        for each in line.stretches
        if each.look is Look.RAISED and line.text[: each.start].strip()
    }
    return Place(height, frozenset(raised))


def pictured(made: Sequence[Draft], manner: Manner) -> list[Draft]:
    """The drafts with the labels in drawings told: short pieces, not in the body's letters, over a caption."""
    kept = list(made)
    for at, draft in enumerate(made):
        if draft.kind is BlockKind.FIGURE:
            run = [before for before in range(at - 1, -1, -1) if _is_label(made[before], draft, manner)]
            labels = [before for step, before in enumerate(run) if before == at - 1 - step]
            for before in labels:
                kept[before] = replace(made[before], kind=BlockKind.HIDDEN)
    return kept


def drawn(made: Sequence[Draft], manner: Manner) -> list[Draft]:
    """The drafts with the labels of drawings without a caption told: short, several together, without serifs."""
    kept = list(made)
    run: list[int] = []
    for at, draft in enumerate([*made, None]):
        if draft is not None and not manner.sans and _is_sans_label(draft):
            run.append(at)
            continue
        if len(run) >= _LABELS_TOGETHER and any(not _WORD.search(_text(made[each])) for each in run):
            for each in run:
                kept[each] = replace(made[each], kind=BlockKind.HIDDEN, level=0, number=0)
        run = []
    return kept


def _is_sans_label(draft: Draft) -> bool:
    """Whether a draft may be a label in a drawing, or is told as one."""
    if draft.reason is not None or draft.kind not in _LABELS | {BlockKind.HIDDEN}:
        return False
    lines = draft.lines
    words = sum(len(line.text.split()) for line in lines)
    plain = not _is_sentence(draft) and not (draft.kind is BlockKind.HEADING and _WORD.search(_text(draft)))
    return plain and all(line.sans and not line.bold for line in lines) and words <= 4 * _LABEL_WORDS * len(lines)


def _is_sentence(draft: Draft) -> bool:
    """Whether a draft ends like a sentence; "0.2" does not."""
    return draft.groups[0].is_ended and _WORD.search(_text(draft)) is not None


def _is_label(draft: Draft, caption: Draft, manner: Manner) -> bool:
    group = draft.groups[0]
    words = sum(len(line.text.split()) for line in group.lines)
    return (
        draft.reason is None
        and draft.kind in _LABELS
        and not draft.level * (draft.kind is BlockKind.HEADING)
        and group.first.page == caption.groups[0].first.page
        and abs(group.size - manner.size) > _OTHER * manner.size
        and words <= _LABEL_WORDS * len(group.lines)
        and not _is_sentence(draft)
        and not SECTION.match(group.first.text)
    )


def _text(draft: Draft) -> str:
    return " ".join(line.text for line in draft.lines)
