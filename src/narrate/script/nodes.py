"""YAML as a small tree that knows its lines: every scalar as it is written, never as YAML takes it.

YAML 1.1 reads ``NO`` as false, ``1:30`` as 90 and ``2026-11-24`` as a date. Here they are the characters that stand
in the file. The tree is built from the parser's events, one after the other: PyYAML's own composer recurses without a
limit, and 100,000 brackets end the process (measured, PyYAML 6.0.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MAX_CHARACTERS = 16_000_000
"""More than a hundred hours of speech."""

_DEPTH = 6
"""A script's own nesting is five deep: fields, segments, a segment's fields, its sentences, a sentence's fields."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FORBIDDEN = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What YAML does not allow as it is (YAML 1.2.2, 5.1); inside double quotes an escape may stand for it. Compiled when
it is needed: that takes 5 ms."""


_CUT = re.compile(r"[ \t]+#\S")
"""Text without quotation marks that goes on with something like "#1": a comment to YAML, and likely meant as text."""


_OPENS = re.compile(r"^[ ]*(?:- +)*(?:[a-z_]+: +)?(?P<mark>[\"'])", re.MULTILINE)
_CLOSES = {'"': re.compile(r'(?:[^"\\]|\\.)*+"', re.DOTALL), "'": re.compile(r"(?:[^']|'')*+'")}
_NOTHING = re.compile(r"[ \t]*(?:#.*)?$", re.MULTILINE)


class RefusedError(Exception):
    """A line of a script cannot be used; `storage` says which file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar; `plain` without quotation marks."""

    line: int
    value: str
    plain: bool = False

    @property
    def null(self) -> bool:
        """Whether YAML takes it for nothing."""
        return self.plain and self.value in _NULLS


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """Named fields and the line each name stands on."""

    line: int
    fields: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Text | Items | Fields


def read_nodes(text: str) -> Node:
    """The tree of a YAML document.

    >>> read_nodes("say: NO").fields["say"].value
    'NO'

    Raises:
        RefusedError: it is not YAML, or holds what a script never does: aliases, tags, a second document.
    """
    _check_characters(text)
    text = text.removeprefix("\ufeff")
    builder = _Builder(text)
    for event in _events(text):
        builder.take(event)
    if builder.root is None:
        raise RefusedError(1, "nothing stands in it; a script has narrate_script, title, language and segments")
    return builder.root


def _check_characters(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise RefusedError(1, f"it has {len(text):,} characters; a script may have {MAX_CHARACTERS:,}")
    bad = re.search(_FORBIDDEN, text)
    if bad and (bad.start(), bad.group()) != (0, "\ufeff"):
        line = text.count("\n", 0, bad.start()) + 1
        code = ord(bad.group())
        raise RefusedError(
            line, f'the character U+{code:04X} cannot be in YAML as it is; write "\\u{code:04X}" in double quotes'
        )


def _events(text: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as exc:
        if opened := line_left_open(text):
            raise RefusedError(opened, f"this is not YAML: {_LEFT_OPEN}") from exc
        complaint = f"{exc.problem} {exc.context}"
        # what is opened and not closed is found at the end of the file, but is wrong where it begins
        mark = exc.context_mark if "quoted scalar" in complaint else exc.problem_mark
        line, here = (mark.line + 1, text[mark.index : mark.index + 1]) if mark else (1, "")
        advice = _explain(here, complaint)
        raise RefusedError(line, f"this is not YAML: {advice}") from exc
    except yaml.YAMLError as exc:
        raise RefusedError(1, f"this is not YAML: {exc}") from exc


_LEFT_OPEN = 'a quotation mark opens here and is not closed; inside double quotes write \\" for one'

_EXPLAINED = (
    ("\t", "a tab stands here; YAML is indented with blanks"),
    ("alias", "text that begins with * or & needs quotation marks round it"),
    ("anchor", "text that begins with * or & needs quotation marks round it"),
    ("that cannot start", "text that begins with @, %, ` or | needs quotation marks round it"),
    ("escape", "a backslash inside double quotes is written \\\\"),
    ("quoted scalar", _LEFT_OPEN),
    ("unexpected end of stream", "a bracket is opened and not closed"),
    ("mapping values", "text with a colon and a blank in it needs quotation marks round it"),
    (
        "'-' indicator",
        "the words of a segment, or its fields, do not line up, or text goes on after its quotation marks",
    ),
    ("expected key", "the fields of a segment do not line up, or a quotation mark stands inside text"),
    ("expected ':'", "a field has a colon and a blank after its name, and text needs quotation marks"),
)
"""What the parser complains of, and what to do."""


def _explain(here: str, problem: str) -> str:
    """A parser's complaint as advice; `here` is the character it points at."""
    for part, advice in _EXPLAINED:
        if part in problem or (part == "\t" == here):
            return advice
    return f"{problem.removesuffix(' None')}; put quotation marks round text and line up the fields"


def line_left_open(text: str) -> int:
    r"""The first line, from 1, whose text opens with a quotation mark that it does not close; 0 if there is none.

    The parser takes the next quotation mark for the end, wherever it is, and complains there or later. Text over
    several lines is fine where nothing follows its end.

    >>> line_left_open('say:\n- "one\n- two\n- "three"\n'), line_left_open('say:\n- "one\n  two"\n- three\n')
    (2, 0)
    """
    at = 0
    while opened := _OPENS.search(text, at):
        closed = _CLOSES[opened["mark"]].match(text, opened.end())
        over_lines = closed is None or "\n" in closed[0]
        if closed is None or (over_lines and not _NOTHING.match(text, closed.end())):
            return text.count("\n", 0, opened.start("mark")) + 1
        at = closed.end()
    return 0


class _Builder:
    """Takes the parser's events in order and puts the tree together."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.root: Node | None = None
        self._open: list[Items | Fields] = []
        self._keys: list[Text | None] = []
        self._documents = 0

    def take(self, event: Any) -> None:  # noqa: ANN401  (naming PyYAML's event classes would import it)
        """One event."""
        kind = type(event).__name__
        line = event.start_mark.line + 1
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                raise RefusedError(line, "a second document begins here; a script is one")
        elif kind == "AliasEvent" or getattr(event, "anchor", None):
            raise RefusedError(
                line, "aliases (*name) and anchors (&name) are not used in scripts; put quotation marks round text"
            )
        elif getattr(event, "tag", None):
            raise RefusedError(
                line, f"tags such as {event.tag} are not used in scripts; put quotation marks round text"
            )
        elif kind == "ScalarEvent":
            self._add(Text(line, _value(event), event.implicit[0]))
            if event.implicit[0] and _CUT.match(self._text, event.end_mark.index):
                raise RefusedError(line, "what follows # is lost to YAML; put quotation marks round text with # in it")
        elif kind in _COLLECTIONS:
            self._enter(_COLLECTIONS[kind](line))
        elif kind in _ENDS:
            self._open.pop()
            self._keys.pop()

    def _enter(self, node: Items | Fields) -> None:
        self._add(node)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > _DEPTH:
            raise RefusedError(
                node.line, "lists and fields are nested too deep for a script; put quotation marks round text"
            )

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = _key(node, parent)
        else:
            parent.fields[key.value] = node
            parent.lines[key.value] = key.line
            self._keys[-1] = None


_COLLECTIONS: dict[str, type[Items | Fields]] = {"SequenceStartEvent": Items, "MappingStartEvent": Fields}
_ENDS = frozenset({"SequenceEndEvent", "MappingEndEvent"})


def _value(event: Any) -> str:  # noqa: ANN401  (the same)
    """The characters of a scalar; a block of lines (``|`` or ``>``) without the line break that ends it."""
    value: str = event.value
    return value.strip() if event.style in {"|", ">"} else value


def _key(node: Node, parent: Fields) -> Text:
    if not isinstance(node, Text):
        _refuse_key(node.line)
    if node.value in parent.fields:
        raise RefusedError(
            node.line, f"{node.value} stands here twice, first in line {parent.lines[node.value]}; keep one"
        )
    return node


def _refuse_key(line: int) -> NoReturn:
    raise RefusedError(
        line, "a list stands where the name of a field should; put quotation marks round text in brackets"
    )
