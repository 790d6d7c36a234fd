"""Letters of a Markdown source that are signs of the format, and where exactly pictures and comments stand.

The table below is all that may be left out of a block's text. What is not in it and in no block is lost, and the
coverage report says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from heapq import merge
from html.entities import html5
from typing import TYPE_CHECKING

from narrate.article.htmltext import HTML
from narrate.model import Block, BlockKind, Omission, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_BLANKS = r"[ \t]*+\n?+[ \t>]*+"
_BEFORE = r"[ \t]*+(?:\n[ \t]*+(?:>[ \t]*+)*+)?+"
_TITLE = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"
_PLAIN = r"(?:[^\x00- \x7f()\\]|\\[^ ])*"
_PLACE = rf"(?:<(?:[^<>\n\\]|\\.)*>|(?!<){_PLAIN}(?:\((?:{_PLAIN}\({_PLAIN}\))*{_PLAIN}\){_PLAIN})*)"
"""Where a link leads; a bare one has its brackets in pairs, and no blanks of ASCII in it (CommonMark 0.31, 6.3)."""
_ADDRESS = rf"\({_BEFORE}(?:{_PLACE}(?:[ \t\n]{_BLANKS}{_TITLE})?|(?<=[ \t\n]){_TITLE}){_BLANKS}\)"
_TAG = rf"</?(?:{'|'.join(sorted(HTML))})(?![\w-])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>"
_UNENDED = "|".join(sorted(name for name in html5 if not name.endswith(";")))
"""Characters that HTML knows by their names without a semicolon too."""
_CHARACTER = rf"&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z\d]{{1,31}});|&(?:{_UNENDED})"
_ENTITY = re.compile(_CHARACTER)

SIGNS: tuple[tuple[str, str], ...] = (
    ("the address of a link or picture", rf"(?<=\]){_ADDRESS}"),
    ("the name of a link's address", r"(?<=\])\[(?:[^\]\[\n]|\n(?![ \t>]*(?:\n|```|~~~)))*\]"),
    ("an address with its name", r"^[ \t>]*\[(?!\^[^\]\s])[^\]\n]+\]:[ \t]*\n?[ \t]*<?\S*[./:#]\S*[^\n]*$"),
    ("a tag of HTML", _TAG),
    ("a character by its name or number", _CHARACTER),
    ("the language of a block of code", r"^(?:[ \t>*+-]|\d{1,9}[.)])*(?:`{3,}[^\n`]*|~{3,}[^\n]*)$"),
    (
        "a list item's number that is not its own",
        r"^(?:[ \t>]|[*+-][ \t]|\[\^[^\]\s]+\]:)*(?:\d{1,9}[.)][ \t]+)*\d{1,9}[.)](?=\s|$)",
    ),
    ("the name of a note", r"\[\^[^\]\s]+\]"),
    ("the box of a task", r"\[[xX]\](?=\s)"),
)
"""What of the format is written in letters or digits: what it is, and its pattern (CommonMark 0.31, GFM)."""

_DECLARED = (
    (re.compile(r"<!\[CDATA\["), "]]>"),
    (re.compile(r"<\?"), "?>"),
    (re.compile(r"<![A-Za-z]"), ">"),
)
"""What else is markup: sections, instructions and declarations of XML, with any letters in them."""
_ALT = re.compile(r"\balt\s*=\s*(?P<alt>\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_CODE = r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)[\s\S]{1,300}?(?<!`)(?P=ticks)(?!`)|<!--[\s\S]{0,300}?-->)"
"""Code in a sentence, or a comment, in which no picture stands; longer pieces are too rare to look for."""
_TAG = r"<img\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>"
_IMAGE = re.compile(rf"{_CODE}|{_TAG}", re.IGNORECASE)
_SIGN = re.compile("|".join(pattern for _, pattern in SIGNS), re.MULTILINE | re.IGNORECASE)
_PICTURE = re.compile(rf"{_CODE}|!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?:{_ADDRESS}|\[[^\]\[\n]*\])?")
_TRIES = 8
"""How many pictures are looked at for one with the same words, once one is found that has them among others."""


def signs_in(body: str, offset: int, base: int) -> Iterator[Omission]:
    r"""The signs of the format in a Markdown text that starts `offset` characters and `base` lines into its source.

    Some may be text after all, in a block of code for one: a block that has them in its text has them.

    >>> [(each.source.start, each.source.end) for each in signs_in("See [a](b.c)\n\n```py\n1\n```", 100, 0)]
    [(107, 112), (114, 119)]
    """
    line = base + 1
    counted = 0
    signs = (span for match in _SIGN.finditer(body) for span in _around_words(match))
    for start, end in merge(signs, *(_declared(body, *each) for each in _DECLARED)):
        line += body.count("\n", counted, start)
        counted = start
        if any(map(str.isalnum, body[start:end])):
            yield Omission(Source(offset + start, offset + end, line), Reason.MARKUP)


def _declared(body: str, opens: re.Pattern[str], closes: str) -> Iterator[tuple[int, int]]:
    """What stands between signs of XML, which no page shows, within a paragraph: ``<![CDATA[like this]]>``."""
    start = opens.search(body)
    while start and (end := body.find(closes, start.end())) >= 0:
        blank = body.find("\n\n", start.end(), end)
        if blank < 0:
            yield start.start(), end + len(closes)
        start = opens.search(body, end if blank < 0 else blank)


def _around_words(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """A sign without the words in it: a tag has what is written for those who do not see a picture."""
    start, end = match.span()
    words = _ALT.search(match.string, start, end) if _IMAGE.match(match[0]) else None
    if words:
        yield start, words.start("alt")
        yield from (each.span() for each in _ENTITY.finditer(match.string, *words.span("alt")))
        start = words.end("alt")
    yield start, end


_INSIDE = frozenset({BlockKind.FIGURE, BlockKind.HIDDEN, BlockKind.NOTE})
"""Kinds of blocks that may stand inside another one."""


def settled(blocks: Sequence[Block], source: str, exact: Collection[tuple[int, int]]) -> list[Block]:
    """The blocks, with pictures and comments that stand inside another block told where; others as they are.

    So it is in the cells of tables and in notes, where no parser says so; those at `exact` places stay there.
    """
    ends: dict[tuple[Source, BlockKind], int] = {}
    found: list[Block] = []
    for block in blocks:
        place = None
        if block.kind in _INSIDE and (block.source.start, block.source.end) not in exact:
            place = _place(block, source, ends.get((block.source, block.kind), block.source.start))
        if place:
            ends[block.source, block.kind] = place.end
        found.append(replace(block, source=place) if place else block)
    return found


def _place(block: Block, source: str, start: int) -> Source | None:
    """Where in its span, from `start` on, the picture or comment of a block is; None where that is not plain."""
    at, end = block.source, block.source.end
    if block.kind is BlockKind.HIDDEN and not block.text.startswith("![]("):
        found = source.find(block.text, start, end)
        spans: Iterable[tuple[int, int]] = [(found, found + len(block.text))] if found >= 0 else []
    elif block.kind is BlockKind.NOTE:
        spans = _inline_notes(source, start, end)
    else:
        spans = _pictures(block, source, start, end)
    for low, high in spans:
        return Source(low, high, at.line + source.count("\n", at.start, low))
    return None


def _inline_notes(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where notes stand that are written in the middle of a sentence: ``^[like this]``."""
    at = source.find("^[", start, end)
    if at >= 0 and not source[start:at].lstrip(" \t\n>").startswith("[^"):  # the text of a note that is named
        depth = 0
        for match in re.finditer(r"\\.|[\[\]]", source[at:end]):
            depth += {"[": 1, "]": -1}.get(match[0], 0)
            if not depth:
                yield at, at + match.end()
                return


def _pictures(block: Block, source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the picture of a block may be: the first with the same words, else the first that has them among others."""
    found = _best(block, merge(*(each.finditer(source, start, end) for each in (_PICTURE, _IMAGE)), key=re.Match.start))
    if found:
        yield found.span()


def _best(block: Block, matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    found: re.Match[str] | None = None
    tries = _TRIES
    for match in matches:
        words = None if match.groupdict().get("code") else _described(match, block)
        if words is not None and words == _letters(block.text):
            return match
        if words is not None and _letters(block.text) in words:
            found = found or match
        tries -= found is not None
        if not tries:
            break
    return found


def _described(match: re.Match[str], block: Block) -> str | None:
    """The letters of the words that describe a picture as written; None if it is another than a hidden one."""
    if block.kind is BlockKind.HIDDEN:
        return _letters(block.text) if block.text.removeprefix("![](").removesuffix(")") in match[0] else None
    alt = match.groupdict().get("alt")
    if alt is None:
        tagged = _ALT.search(match[0])
        alt = tagged["alt"] if tagged else ""
    return _letters(alt)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
