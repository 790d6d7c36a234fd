"""Inline tokens of Markdown to text, marks and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.article.htmltext import SILENT, Hidden, Picture, html_text, is_html
from narrate.article.mdplaces import place_of
from narrate.model import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.token import Token

_OPEN = {"em_open": MarkKind.EMPHASIS, "strong_open": MarkKind.STRONG, "link_open": MarkKind.LINK}
_CLOSE = {"em_close", "strong_close", "link_close"}
_SILENT_TAG = re.compile(rf"<({'|'.join(sorted(SILENT))})\b", re.IGNORECASE)
_FORMULA = re.compile(r"\\[A-Za-z]+|[\^_{}]|[\w)\]]\s*[=<>]\s*\S|\A[A-Za-z](?:\([A-Za-z]\))?\Z")
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


@dataclass(slots=True)
class _Run:
    """Text as it grows, the marks that are open and closed, the pictures met."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    open: list[tuple[MarkKind, int, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[tuple[int, tuple[int, int]]] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def mark(self, kind: MarkKind, start: int, value: str = "") -> None:
        self.marks.append(Mark(kind, start, self.length, value))


@dataclass(frozen=True, slots=True)
class Inline:
    """Text, its marks, the pictures that stood in it, notes written inside it by number and place, what it hides."""

    text: str
    marks: tuple[Mark, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[tuple[int, tuple[int, int]], ...] = ()
    hidden: tuple[Hidden, ...] = ()


def inline(tokens: Sequence[Token]) -> Inline:
    """The text of inline tokens, a wrapped line as a space; pictures are taken out, notes leave an empty mark."""
    run = _Run()
    shown, hidden = _shown(tokens)
    for token in shown:
        _ADD.get(token.type, _unknown)(run, token)
    text = "".join(run.parts)
    left = len(text) - len(text.lstrip())
    marks = _trimmed(run.marks, left, len(text.strip()))
    return Inline(text.strip(), marks, tuple(run.pictures), tuple(run.notes), (*hidden, *run.hidden))


def _shown(tokens: Sequence[Token]) -> tuple[list[Token], tuple[Hidden, ...]]:
    """The tokens that are the article's text; and comments, scripts and styles as they are written."""
    shown: list[Token] = []
    hidden: list[Hidden] = []
    last = {token.content.lower().rstrip("> "): at for at, token in enumerate(tokens) if token.type == "html_inline"}
    at = 0
    while at < len(tokens):
        end = _hides_until(tokens, at, last)
        if end > at:
            place = place_of(tokens[at])[0], place_of(tokens[end - 1])[1]
            hidden.append(Hidden("".join(map(_as_written, tokens[at:end])), place))
        else:
            shown.append(tokens[at])
        at = max(end, at + 1)
    return shown, tuple(hidden)


def _hides_until(tokens: Sequence[Token], at: int, last: Mapping[str, int]) -> int:
    """Where what a token hides ends; `at` if it hides nothing, as a script that nothing closes.

    `last` is where each tag stands last, so that 100,000 open ones are no search to the end for each.
    """
    content = tokens[at].content if tokens[at].type == "html_inline" else ""
    if content.startswith("<!--"):
        return at + 1
    opens = _SILENT_TAG.match(content)
    ends = f"</{opens[1].lower()}" if opens else ""
    if last.get(ends, at) <= at:
        return at
    after = range(at + 1, last[ends])
    tags = ((number, tokens[number].content.lower()) for number in after if tokens[number].type == "html_inline")
    return next((number for number, tag in tags if tag.rstrip("> ") == ends), last[ends]) + 1


def _as_written(token: Token) -> str:
    return token.content or token.markup or ("\n" if token.type in {"softbreak", "hardbreak"} else "")


def _trimmed(marks: Sequence[Mark], left: int, length: int) -> tuple[Mark, ...]:
    """Marks in a text without the blanks at its ends, in the order of their starts."""
    moved = (
        Mark(mark.kind, min(max(mark.start - left, 0), length), min(max(mark.end - left, 0), length), mark.value)
        for mark in marks
    )
    kept = (mark for mark in moved if mark.end > mark.start or mark.kind is MarkKind.NOTE_REFERENCE)
    return tuple(sorted(kept, key=lambda mark: (mark.start, -mark.end)))


def _unknown(run: _Run, token: Token) -> None:
    """Text of what narrate has no name for: nothing vanishes."""
    if token.type in _OPEN:
        run.open.append((_OPEN[token.type], run.length, str(token.attrs.get("href", ""))))
    elif token.type in _CLOSE and run.open:
        kind, start, value = run.open.pop()
        run.mark(kind, start, value)
    else:
        run.add(token.content)


def _code(run: _Run, token: Token) -> None:
    start = run.length
    run.add(token.content)
    run.mark(MarkKind.CODE, start)


def _image(run: _Run, token: Token) -> None:
    alt = _alt(run, token.children or []) or token.content
    run.pictures.append(Picture(alt, str(token.attrs.get("src", "")), place_of(token)))


def _alt(run: _Run, tokens: Sequence[Token]) -> str:
    """The words for a picture, those of pictures in them among them (CommonMark 0.31, 6.4)."""
    inner = _Run()
    shown, hidden = _shown(tokens)
    for token in shown:
        _ADD.get(token.type, _unknown)(inner, token)
        inner.add(" ".join(picture.alt for picture in inner.pictures))
        inner.pictures.clear()
    run.hidden += [Hidden(each.text) for each in (*hidden, *inner.hidden)]
    return "".join(inner.parts).strip()


def _html(run: _Run, token: Token) -> None:
    """A tag of HTML is no text, but may hold a picture or end a line; any other tag is text."""
    if not is_html(token.content):
        run.add(token.content)
    elif _BREAK.match(token.content):
        run.add(" ")
    else:
        place = place_of(token)
        run.pictures.extend(replace(picture, place=place) for picture in html_text(token.content)[1])


def _note(run: _Run, token: Token) -> None:
    label = str(token.meta.get("label") or inline_note(token.meta["id"]))
    run.mark(MarkKind.NOTE_REFERENCE, run.length, label)
    if "label" not in token.meta:
        run.notes.append((token.meta["id"], place_of(token)))


def inline_note(number: int) -> str:
    """The name of a note that stands in the text itself, ``^[like this]``; no other has a blank in it."""
    return f"inline {number + 1}"


def _formula(run: _Run, token: Token) -> None:
    """What stands between dollars: a formula if it looks like one, else text and two signs of money."""
    start = run.length
    if not is_formula(token.content):
        run.add(f"{token.markup}{token.content}{token.markup}")
        return
    run.add(" ".join(token.content.split()))
    run.mark(MarkKind.MATH, start)


def is_formula(text: str) -> bool:
    r"""Whether what stands between dollars is a formula: it has a sign of TeX or a relation, or is one letter.

    >>> [is_formula(text) for text in (r"\alpha", "x^2", "x = 5", "n", "5 and ", "US dollars and US")]
    [True, True, True, True, False, False]
    """
    return _FORMULA.search(text.strip()) is not None


_ADD: Mapping[str, Callable[[_Run, Token], None]] = {
    "code_inline": _code,
    "image": _image,
    "html_inline": _html,
    "footnote_ref": _note,
    "math_inline": _formula,
    "math_inline_double": _formula,
    "softbreak": lambda run, _token: run.add(" "),
    "hardbreak": lambda run, _token: run.add(" "),
}
