"""Lists of works at the end of an article, the marks in its text that refer to them, and notes in plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import Block, BlockKind, Mark, MarkKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBERED = r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-H]\.)?\s*"
_WORKS = re.compile(
    _NUMBERED
    + r"(?:references(?: and notes| cited)?|bibliography|works cited|literature(?: cited)?|list of references|"
    r"(?:selected )?bibliography|literatur(?:verzeichnis|angaben)?|quellen(?:verzeichnis|angaben)?|bibliogra(?:ph|f)ie|"
    r"références(?: bibliographiques)?|bibliograf[ií]a|referencias(?: bibliográficas)?|riferimenti(?: bibliografici)?|"
    r"referências(?: bibliográficas)?|literatuur(?:lijst)?|bronnen)\W*",
    re.IGNORECASE,
)
_HEADS = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH})
_ENTRIES = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_MARKED = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.NOTE, BlockKind.HEADING})
_LONGEST = 900
"""An entry has not more characters."""
_SHARE = 0.6
"""Of the blocks under a heading such as "References", so many at least look like entries, or none is one."""

_SIGNS = (
    re.compile(r"\A\s*(?:\[[^\]\s]{1,20}\]|\(?\d{1,3}[.)]\s)"),
    re.compile(r"(?:\(|[,.;:]\s?|\s)(?:1[5-9]|20)\d\d[a-z]?(?=[).,;:]|\s*$)"),
    re.compile(
        r"[^\W\d_a-z][\w'’-]+,\s+(?:[^\W\d_a-z]\.[\s-]?){1,3}|\b(?:[^\W\d_a-z]\.[\s-]?){1,3}\s?[^\W\d_a-z][\w'’-]+,"
    ),
    re.compile(r"https?://|\bdoi\b|\b10\.\d{4,9}/|arXiv|\bISBN\b|\bISSN\b", re.IGNORECASE),
    re.compile(
        r"\bpp?\.\s?\d|\bvol\.|\bno\.\s?\d|\bed(?:s|n)?\.|\bet al\b|\bPress\b|\bJournal\b|\bProc(?:eedings|\.)|\bIn:\s|"
        r"\bTrans(?:actions|\.)|\bUniversity\b|\bUniv\.|\bPh\.?D\.?\b|\bVerlag\b|\bÉditions\b|\d+\s?\(\d+\)\s?[:,]\s?\d+"
    ),
)
"""What entries have; one that is one has two of them."""
_ENOUGH = 2

_CITATION = re.compile(r"\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]")
_LABEL = re.compile(r"\A\s*(?:\[(?P<square>\d{1,3})\]|(?P<raised>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?))[:.]?\s*(?=\S)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_YEARS = r"(?:1[5-9]|20)\d\d"
_NAMED = re.compile(r"\s?[(\[](?P<works>[^()\[\]]{4,200}\b" + _YEARS + r"[a-z]?[^()\[\]]{0,40})[)\]]")
_WORK = re.compile(
    r"(?:(?:see(?: also)?|cf\.|e\.g\.,?|vgl\.|siehe|voir)\s+)?(?P<who>[^\W\d_][^\d;]{1,120}?),?\s+"
    rf"(?P<years>{_YEARS}[a-z]?(?:,\s*{_YEARS}[a-z]?)*)(?:[,:]\s*(?:(?:pp?|S|Kap|ch|sec)\.\s*)?\d[\d\s,–-]*f?f?\.?)?"
)
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]+")
_CODE = frozenset({MarkKind.CODE, MarkKind.NOTE_REFERENCE, MarkKind.MATH})


def with_references(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the entries of a list of works told, and the marks ``[12]`` that cite them."""
    made = list(blocks)
    for number, block in enumerate(blocks):
        if block.kind in _HEADS and _WORKS.fullmatch(block.text):
            for at in _entries_below(blocks, number):
                made[at] = replace(blocks[at], kind=BlockKind.REFERENCE)
    entries = [block for block in made if block.kind is BlockKind.REFERENCE]
    known = [frozenset(re.findall(r"\w[\w’'-]*", entry.text)) for entry in entries]
    return [_cited(block, known) for block in made] if entries else made


def _entries_below(blocks: Sequence[Block], number: int) -> list[int]:
    """The entries under a heading of works; none where most of what is there are no entries."""
    below: list[int] = []
    for at in range(number + 1, len(blocks)):
        kind = blocks[at].kind
        if kind in {BlockKind.HEADING, BlockKind.TITLE}:
            break
        if kind in _ENTRIES and blocks[at].text.strip():
            below.append(at)
    entries = [at for at in below if is_entry(blocks[at])]
    return entries if len(entries) >= max(2, _SHARE * len(below)) else []


def is_entry(block: Block) -> bool:
    """Whether a block looks like an entry of a list of works: it has two of an entry's signs.

    >>> at = Source(0, 0, 1)
    >>> is_entry(Block(BlockKind.PARAGRAPH, "Smith, J. (2019). On words. Oxford University Press.", at))
    True
    >>> is_entry(Block(BlockKind.PARAGRAPH, "In 2019 she left the University and wrote about words.", at))
    False
    """
    if len(block.text) > _LONGEST:
        return False
    found = sum(sign.search(block.text) is not None for sign in _SIGNS)
    return found + (block.number > 0) >= _ENOUGH


def _cited(block: Block, known: Sequence[frozenset[str]]) -> Block:
    """The block with marks over its citations of the works whose words are `known`; code is none, nor is an index."""
    if block.kind not in _MARKED:
        return block
    taken = [mark for mark in block.marks if mark.kind in _CODE]
    found = [*_by_number(block.text, len(known)), *_by_name(block.text, known)]
    marks = [mark for mark in found if not _over(mark, taken)]
    old = [mark for mark in block.marks if mark.kind is not MarkKind.CITATION]
    others = [mark for mark in block.marks if mark.kind is MarkKind.CITATION and not _over(mark, marks)]
    return replace(block, marks=_sorted([*old, *others, *marks])) if marks else block


def _by_number(text: str, works: int) -> Iterator[Mark]:
    for match in _CITATION.finditer(text):
        listed = all(0 < int(number) <= works for number in re.findall(r"\d+", match[0]))
        if listed and not re.search(r"[\d_=(]\Z", text[: match.start()]):
            yield Mark(MarkKind.CITATION, match.start(), match.end(), match[0])


def _by_name(text: str, known: Sequence[frozenset[str]]) -> Iterator[Mark]:
    """Marks ``(Smith 2019; Doe and Lee, 2020)``, each of which has its names and years in one entry of the list."""
    for match in _NAMED.finditer(text):
        if all(_is_listed(work.strip(), known) for work in match["works"].split(";")):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Mark(MarkKind.CITATION, start, match.end(), match[0].strip())


def _is_listed(work: str, known: Sequence[frozenset[str]]) -> bool:
    """Whether the list of works has an entry with the names of a citation and its year.

    >>> _is_listed("Doe et al., 2019a, p. 4", [frozenset({"Doe", "J", "2019a"})])
    True
    >>> _is_listed("Titanic, 1997", [frozenset({"Doe", "J", "1997"})])
    False
    """
    match = _WORK.fullmatch(work)
    names = _NAME.findall(match["who"]) if match else []
    if not match or not names:
        return False
    years = [(year, year[:4]) for year in re.findall(r"\d{4}[a-z]?", match["years"])]
    return all(any(words.issuperset(names) and words.intersection(year) for words in known) for year in years)


def _over(mark: Mark, marks: Sequence[Mark]) -> bool:
    return any(mark.start < other.end and other.start < mark.end for other in marks)


def _sorted(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def with_plain_notes(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks with notes told that end a text as ``[1] …``, and the marks in the text that refer to them.

    Only where each note's own mark stands in the text before, and the numbers begin at 1 and go up by one.
    """
    if any(block.kind is BlockKind.NOTE for block in blocks):
        return list(blocks)
    split = [part for block in blocks for part in _lines_of_notes(block, text)]
    tail = _tail(split)
    labels = [_number(split[at]) for at in tail]
    if not tail or labels != list(range(1, len(labels) + 1)):
        return list(blocks)
    marked = [_referring(block, len(labels)) for block in split[: tail[0]]]
    referred = {mark.value for block in marked for mark in block.marks if mark.kind is MarkKind.NOTE_REFERENCE}
    if not all(str(label) in referred for label in labels):
        return list(blocks)
    notes = {
        at: replace(split[at], kind=BlockKind.NOTE, note=str(label)) for at, label in zip(tail, labels, strict=True)
    }
    return [*marked, *(notes.get(at, split[at]) for at in range(tail[0], len(split)))]


def _lines_of_notes(block: Block, text: str) -> Iterator[Block]:
    """The notes of a paragraph that has one a line, as the source has them; any other block as it is."""
    written = text[block.source.start : block.source.end]
    starts = [match.start() for match in re.finditer(r"^[ \t]*\[\d{1,3}\]", written, re.MULTILINE)]
    marked = any(mark.kind is not MarkKind.PAGE for mark in block.marks)
    same = " ".join(written.split()) == " ".join(block.text.split())
    if block.kind is not BlockKind.PARAGRAPH or len(starts) < _ENOUGH or starts[0] != 0 or marked or not same:
        yield block
        return
    for start, end in zip(starts, [*starts[1:], len(written)], strict=True):
        part = written[start:end].rstrip()
        line = block.source.line + written.count("\n", 0, start)
        source = Source(block.source.start + start, block.source.start + start + len(part), line)
        yield replace(block, text=" ".join(part.split()), source=source)


def _tail(blocks: Sequence[Block]) -> list[int]:
    """The blocks at the end that begin with a note's mark; a rule, or what has no word, may stand between."""
    found: list[int] = []
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if block.kind in {BlockKind.BREAK, BlockKind.HIDDEN}:
            continue
        if block.kind not in _ENTRIES or _number(block) == 0:
            break
        found.append(at)
    return found[::-1]


def _number(block: Block) -> int:
    """The number of the mark that a block begins with, or 0."""
    label = _LABEL.match(block.text)
    return int(label["square"] or label["raised"].translate(_RAISED)) if label else 0


def _referring(block: Block, notes: int) -> Block:
    """The block with marks over the numbers of notes in it: ``[1]``, or raised figures."""
    if block.kind not in _MARKED:
        return block
    marks = [
        Mark(MarkKind.NOTE_REFERENCE, match.start(), match.end(), str(number))
        for match in re.finditer(r"\[(\d{1,3})\]|[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?", block.text)
        for number in [int(match[1] or match[0].translate(_RAISED))]
        if number <= notes and not (match[1] is None and block.text[: match.start()][-1:] in "mk0123456789")
    ]
    free = [mark for mark in marks if not any(_over(mark, [old]) and old.kind in _CODE for old in block.marks)]
    return replace(block, marks=_sorted([*block.marks, *free])) if free else block
