"""Which elements are notes and entries of a bibliography, and which links refer to them.

Said by roles (DPUB-ARIA), by ``epub:type``, or by the classes that common programs
write; or shown by two links that lead to each other, which is all that many books have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml.etree import iterwalk

from narrate.article.dom.tags import BLOCKS, HEADINGS, classes, local, semantics
from narrate.model import BlockKind, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_NOTE = frozenset(["footnote", "endnote", "rearnote"])
_NOTE_CLASSES = frozenset(["footnote", "endnote", "rearnote"])
_NOTES = frozenset(["footnotes", "endnotes", "rearnotes"])
_NOTES_CLASSES = _NOTES | frozenset(["footnote-list", "footnotes-list", "endnote-list", "fn-list"])
_WORKS = frozenset(["bibliography"])
_WORKS_CLASSES = frozenset(["references", "reflist", "bibliography", "csl-bib-body", "ltx_biblist"])
_REFERENCE = frozenset(["noteref", "footnote-ref", "footnote-reference", "footnoteref", "fnref", "fnanchor"])
_BACK = frozenset(["backlink", "footnote-back", "footnote-backref", "reversefootnote", "fn-backref", "footnote-return"])
_LABELS = frozenset(["mw-cite-backlink", "footnote-label", "fn-bracket"])
_LABEL = re.compile(
    r"[\[(]?\s*(?:(?:note|nb|fn|n)\.?\s*)?(?:\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶#∗]{1,4})\s*[\])]?[.:]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\[(]?\d+(?:\s*[,–-]\s*\d+)*[\])]?")
_LABEL_CHARACTERS = 12
_DEEP = 200
"""Elements deeper than this are held while the tree is walked: lxml, letting go of one, climbs to the next that is."""
_CLIMB = 12
"""So many elements up a link's own block and its note are looked for."""


@dataclass(slots=True)
class Notes:
    """What was found: elements that are notes or works, with their ids; links that refer; what leads back."""

    kinds: dict[Element, tuple[BlockKind, str]] = field(default_factory=dict)
    marks: dict[Element, tuple[MarkKind, str]] = field(default_factory=dict)
    labels: set[Element] = field(default_factory=set)
    lists: set[Element] = field(default_factory=set)
    deep: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Link:
    """A link to a place of the same document: its number, its words and the ids that lead to it."""

    element: Element
    number: int
    target: str
    label: str
    ids: frozenset[str]


@dataclass(slots=True)
class _Seen:
    """What one pass over the document has met."""

    ids: dict[str, Element] = field(default_factory=dict)
    links: list[_Link] = field(default_factory=list)
    lists: list[tuple[Element, BlockKind]] = field(default_factory=list)
    single: list[tuple[Element, BlockKind]] = field(default_factory=list)
    labels: list[Element] = field(default_factory=list)
    deep: list[Element] = field(default_factory=list)


def find_notes(root: Element) -> Notes:
    """The notes and references under an element."""
    seen = _seen(root)
    notes = Notes()
    for element, kind in seen.single:
        notes.kinds[element] = (kind, element.get("id") or "")
    for element, kind in seen.lists:
        notes.lists.add(element)
        for item in _items(element):
            notes.kinds.setdefault(item, (kind, _own_id(item)))
    _pair(seen, notes)
    labels = {link.target: link.label for link in seen.links}
    canonical = _refer(seen, notes, labels)
    _renamed(notes, canonical)
    notes.labels.update(seen.labels)
    notes.deep = seen.deep
    return notes


def _seen(root: Element) -> _Seen:
    seen = _Seen()
    depth = 0
    for event, element in iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "end":
            continue
        if depth > _DEEP:
            seen.deep.append(element)
        if element.keys():
            _look(element, seen)
    return seen


def _look(element: Element, seen: _Seen) -> None:
    """Take down the ids, the link and the role of an element."""
    for name in (element.get("id"), element.get("name") if local(element) == "a" else None):
        if name:
            seen.ids.setdefault(name, element)
    href = element.get("href") or ""
    if href.startswith("#") and len(href) > 1:
        seen.links.append(_link(element, len(seen.links), unquote(href[1:])))
    _role(element, seen)


def _role(element: Element, seen: _Seen) -> None:
    said, styled = semantics(element), classes(element)
    if not said and not styled:
        return
    block = local(element) in BLOCKS
    if said & _NOTE or (block and styled & _NOTE_CLASSES):
        seen.single.append((element, BlockKind.NOTE))
    elif said & _NOTES or (block and styled & _NOTES_CLASSES):
        seen.lists.append((element, BlockKind.NOTE))
    elif said & _WORKS or (block and styled & _WORKS_CLASSES):
        seen.lists.append((element, BlockKind.REFERENCE))
    elif "biblioentry" in said:
        seen.single.append((element, BlockKind.REFERENCE))
    elif styled & _LABELS or (styled & {"label"} and local(element) == "span"):
        seen.labels.append(element)


def _link(element: Element, number: int, target: str) -> _Link:
    ids = {element.get("id") or "", element.get("name") or ""}
    before = element.getprevious()
    if before is not None and local(before) == "a" and not (before.tail or "").strip():
        ids |= {before.get("id") or "", before.get("name") or ""}
    for inner in _first(element.iterdescendants("*"), 4):
        ids.add(inner.get("id") or "")
    for outer in _first(element.iterancestors(), _CLIMB):
        ids.add(outer.get("id") or "")
        if local(outer) in BLOCKS - {"p"}:
            break
    return _Link(element, number, target, _words(element), frozenset(ids - {""}))


def _first(elements: Iterator[Element], most: int) -> Iterator[Element]:
    return (element for element, _ in zip(elements, range(most), strict=False))


def _words(element: Element) -> str:
    """The first words of an element, enough to tell a label."""
    found = ""
    for text in element.itertext():
        found += str(text)[: _LABEL_CHARACTERS + 1]
        if len(found) > _LABEL_CHARACTERS:
            break
    return " ".join(found.split())


def _is_label(words: str) -> bool:
    """Whether words are the mark of a note.

    >>> _is_label("[12]"), _is_label("†"), _is_label("note 3"), _is_label("Chapter 1")
    (True, True, True, False)
    """
    return _LABEL.fullmatch(words) is not None


def _items(container: Element) -> list[Element]:
    """The notes in a list of them: its list items, else the blocks that stand in it."""
    items = [item for item in container.iter("*") if local(item) in {"li", "dd"}]
    if items:
        inner = set(items)
        return [item for item in items if not any(outer in inner for outer in _first(item.iterancestors(), _CLIMB))]
    return [child for child in container if local(child) in {"p", "div", "aside"} and child.get("class") != "title"]


def _own_id(item: Element) -> str:
    """The id of a note, which may stand on what begins it; that of the term before a definition."""
    if item.get("id"):
        return str(item.get("id"))
    before = item.getprevious()
    if local(item) == "dd" and before is not None and before.get("id"):
        return str(before.get("id"))
    return next((str(inner.get("id")) for inner in _first(item.iterdescendants("*"), 3) if inner.get("id")), "")


def _pair(seen: _Seen, notes: Notes) -> None:
    """Two links that lead to each other, or a link that says it is one: the block it leads to is a note."""
    owners: dict[str, list[_Link]] = {}
    for link in seen.links:
        for name in link.ids:
            owners.setdefault(name, []).append(link)
    for link in seen.links:
        target = seen.ids.get(link.target)
        if (
            target is None
            or not _is_label(link.label)
            or _in_heading(link.element)
            or _noted(target, notes) is not None
        ):
            continue
        backs = (back for back in owners.get(link.target, ())[:8] if back.number > link.number)
        mutual = next((back for back in backs if back.target in link.ids), None)
        block = _block(target)
        said = (semantics(link.element) | classes(link.element)) & _REFERENCE
        if block is not None and (mutual or said or _labelled(link, block)):
            notes.kinds[block] = (BlockKind.NOTE, link.target)


def _in_heading(element: Element) -> bool:
    return any(local(outer) in HEADINGS for outer in _first(element.iterancestors(), _CLIMB))


def _noted(element: Element, notes: Notes) -> Element | None:
    """The note that an element is or stands in."""
    if element in notes.kinds:
        return element
    return next((outer for outer in _first(element.iterancestors(), _CLIMB) if outer in notes.kinds), None)


def _block(target: Element) -> Element | None:
    """The block that a note fills: the one that its id is on or in; None for a heading or a whole section."""
    block = target
    for _ in range(_CLIMB):
        if local(block) in BLOCKS:
            break
        above = block.getparent()
        if above is None:
            return None
        block = above
    parent = block.getparent()
    if local(block) == "p" and parent is not None and local(parent) in {"li", "dd", "aside"}:
        block = parent
    return block if local(block) in {"p", "div", "li", "dd", "aside", "td"} else None


def _labelled(link: _Link, block: Element) -> bool:
    """Whether a raised mark leads to a later block that begins with it."""
    raised = any(local(each) == "sup" for each in (*_first(link.element.iterancestors(), 2), *link.element))
    mark = link.label.strip("[]().: ")
    return raised and _words(block).lstrip("[( ").startswith(mark)


def _refer(seen: _Seen, notes: Notes, labels: dict[str, str]) -> dict[str, str]:
    """Which link is the mark of which note; and the id that each id of a note is known by."""
    canonical: dict[str, str] = {}
    for link in seen.links:
        if _leads_to_itself(link):
            notes.labels.add(link.element)
            continue
        target, home = seen.ids.get(link.target), _noted(link.element, notes)
        note = _noted(target, notes) if target is not None else None
        if note is not None and note is not home:
            kind, name = notes.kinds[note]
            if kind is BlockKind.REFERENCE and not _NUMBER.fullmatch(labels[link.target]) and _is_label(link.label):
                kind = BlockKind.NOTE  # "[a]" and "[note 1]" are remarks among works
            notes.kinds[note] = (kind, name or link.target)
            canonical[link.target] = name or link.target
            mark = MarkKind.NOTE_REFERENCE if kind is BlockKind.NOTE else MarkKind.CITATION
            notes.marks[link.element] = (mark, canonical[link.target])
        elif home is not None and (_leads_back(link) or (note is None and _is_label(link.label))):
            notes.labels.add(link.element)
        elif (semantics(link.element) | classes(link.element)) & _REFERENCE:
            notes.marks[link.element] = (MarkKind.NOTE_REFERENCE, link.target)
        elif link.label.startswith("[") and _NUMBER.fullmatch(link.label):
            notes.marks[link.element] = (MarkKind.CITATION, link.target)
    return canonical


def _leads_to_itself(link: _Link) -> bool:
    """Whether a link gives the address of the place where it stands: "¶", "#", the number of a paragraph."""
    bare = bool(link.label) and not any(map(str.isalnum, link.label))
    return link.target in link.ids and (bare or _is_label(link.label))


def _leads_back(link: _Link) -> bool:
    signs = (semantics(link.element) | classes(link.element)) & _BACK
    return bool(signs) or not any(map(str.isalnum, link.label))


def _renamed(notes: Notes, canonical: dict[str, str]) -> None:
    for element, (kind, name) in notes.kinds.items():
        notes.kinds[element] = (kind, canonical.get(name, name))
