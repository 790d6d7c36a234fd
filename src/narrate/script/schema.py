"""The fields of a script file, as tables: what each is called, how it is read, what it may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from narrate.errors import SettingsError
from narrate.model import MusicChoice, MusicPart, Role, ScriptSource
from narrate.script.lexicon import read_entry
from narrate.script.nodes import Fields, Items, Node, RefusedError, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

    from narrate.model import Lexeme

VERSION = 1
MAX_PAUSE_MS = 600_000
"""Ten minutes."""

_WHOLE = re.compile(r"0|[1-9]\d{0,17}")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ].*)?")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,18})-(\d{1,18})")
_YES = frozenset({"yes", "true", "on", "y"})
_NO = frozenset({"no", "false", "off", "n"})
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how its value is read, and what it may be, for people. `read` gives None for what it does not take."""

    read: Callable[[Node], Any]
    allowed: str
    required: bool = False
    empty: bool = True
    """Whether nothing (``null``) is the same as leaving the field out."""


def _text(node: Node) -> str | None:
    """Any scalar, as it is written: ``NO``, ``1:30`` and ``2026-11-24`` are text."""
    return node.value if isinstance(node, Text) and node.value.strip() and not node.null else None


def _matching(pattern: re.Pattern[str]) -> Callable[[Node], str | None]:
    return lambda node: node.value if isinstance(node, Text) and pattern.fullmatch(node.value) else None


def _whole(low: int, high: int) -> Callable[[Node], int | None]:
    def read(node: Node) -> int | None:
        if not (isinstance(node, Text) and _WHOLE.fullmatch(node.value)):
            return None
        number = int(node.value)
        return number if low <= number <= high else None

    return read


def _choice(choices: type[StrEnum]) -> Callable[[Node], StrEnum | None]:
    known = {str(choice): choice for choice in choices}
    return lambda node: known.get(node.value.strip().lower().replace("_", " ")) if isinstance(node, Text) else None


def _yes_no(node: Node) -> bool | None:
    """Whatever YAML 1.1 takes for a truth value."""
    word = node.value.lower() if isinstance(node, Text) else ""
    return True if word in _YES else False if word in _NO else None


def _day(node: Node) -> date | None:
    match = _DATE.fullmatch(node.value.strip()) if isinstance(node, Text) else None
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _texts(node: Node) -> tuple[str, ...] | None:
    """Several texts; a single one stands for a list of one."""
    found = [_text(item) for item in node.items] if isinstance(node, Items) else [_text(node)]
    return None if None in found else tuple(text for text in found if text is not None)


def _span(node: Node) -> tuple[int, int] | None:
    match = _SPAN.fullmatch(node.value) if isinstance(node, Text) else None
    return (int(match[1]), int(match[2])) if match and int(match[1]) <= int(match[2]) else None


def _any(node: Node) -> Node:
    return node


def _music(node: Node) -> MusicChoice:
    """The music of the parts; one word stands for all of them."""
    if isinstance(node, Text):
        piece = _piece(node) or refuse(node, "music", _MUSIC_ALLOWED)
        return MusicChoice(piece, piece, piece)
    return MusicChoice(**read_fields(node, MUSIC, "music"))


def _piece(node: Node) -> str | None:
    if isinstance(node, Text) and node.plain and node.value.lower() in _NO:
        return "none"
    return _text(node)


def _begun(node: Node) -> StrEnum | None:
    """What a segment may begin; a bed begins by itself."""
    part = _choice(MusicPart)(node)
    return None if part is MusicPart.BED else part


def _sources(node: Node) -> tuple[ScriptSource, ...] | None:
    if not isinstance(node, Items):
        return None
    empty = {"location": "", "sha256": ""}
    return tuple(ScriptSource(**{**empty, **read_fields(item, SOURCE, "sources")}) for item in node.items)


def _lexicon(node: Node) -> tuple[Lexeme, ...] | None:
    """Lines of a lexicon's table, one an item."""
    if not isinstance(node, Items) or not all(isinstance(item, Text) for item in node.items):
        return None
    return tuple(_entry(item) for item in node.items)


def _entry(node: Node) -> Lexeme:
    try:
        return read_entry(_text(node) or "", "lexicon")
    except SettingsError as wrong:
        raise RefusedError(node.line, str(wrong)) from wrong


def _listed(choices: type[StrEnum]) -> str:
    *most, last = choices
    return f"{', '.join(most)} or {last}"


_WORDS = "text, in quotation marks"
_PAUSE = Field(_whole(0, MAX_PAUSE_MS), f"a whole number of milliseconds from 0 to {MAX_PAUSE_MS}")
_LANGUAGE = Field(_matching(_TAG), "a language tag such as en or en-GB", required=True, empty=False)
_URL = Field(_matching(_ADDRESS), "an address that begins with https:// or http://")
_VOICE = Field(_text, "the name of a voice; 'narrate voices' lists them")
_MUSIC_ALLOWED = "default, none, or the path of an audio file"
_PIECE = Field(_piece, _MUSIC_ALLOWED)

MUSIC: Mapping[str, Field] = {str(part): _PIECE for part in MusicPart}

SOURCE: Mapping[str, Field] = {
    "name": Field(_text, _WORDS, required=True, empty=False),
    "location": Field(_text, "a path or a URL"),
    "sha256": Field(_text, "64 hexadecimal digits"),
    "title": Field(_text, _WORDS),
    "url": _URL,
    "id": Field(_text, _WORDS),
}

SCRIPT: Mapping[str, Field] = {
    "narrate_script": Field(_text, str(VERSION), required=True, empty=False),
    "title": Field(_text, _WORDS, required=True, empty=False),
    "language": _LANGUAGE,
    "authors": Field(_texts, "a list of names"),
    "published": Field(_day, "a date such as 2026-11-24"),
    "url": _URL,
    "voice": _VOICE,
    "cast": Field(_text, "the name of a cast"),
    "music": Field(_music, _MUSIC_ALLOWED + ", or one of them for each of intro, sting, outro and bed"),
    "lexicon": Field(_lexicon, 'a list of lines such as "Nguyen = win"'),
    "sentence_pause_ms": _PAUSE,
    "clause_pause_ms": _PAUSE,
    "sources": Field(_sources, "a list of articles, each with a name"),
    "segments": Field(_any, "a list of segments", required=True, empty=False),
}

SEGMENT: Mapping[str, Field] = {
    "id": Field(_matching(_ID), "a letter and up to 63 letters, digits, dots, hyphens or underscores; or leave it out"),
    "role": Field(_choice(Role), _listed(Role)),
    "level": Field(_whole(0, 6), "a whole number from 0 to 6"),
    "line": Field(_whole(0, 10**12), "a line of the article"),
    "span": Field(_span, "characters of the article, such as 120-180"),
    "article": Field(_whole(1, 10**6), "the number of the article in sources, from 1"),
    "chapter": Field(_text, "the title of the chapter that opens here"),
    "music": Field(_begun, "intro, sting or outro"),
    "voice": _VOICE,
    "skip": Field(_yes_no, "true or false"),
    "why": Field(_text, "the rule by which it is left out"),
    "say": Field(_any, "a list of sentences", required=True, empty=False),
    "pause_ms": _PAUSE,
}

SENTENCE: Mapping[str, Field] = {
    "written": Field(_text, _WORDS, required=True, empty=False),
    "spoken": Field(_text, _WORDS, empty=False),
    "language": Field(_matching(_TAG), "a language tag such as en or en-GB"),
    "pause_ms": _PAUSE,
    "goes_on": Field(_yes_no, "true or false"),
    "emphasis": Field(
        _texts, 'words of the sentence, such as ["really"]; the second of two alike is "really [2]"', empty=False
    ),
}


def refuse(node: Node, name: str, allowed: str) -> NoReturn:
    """Refuse the value of a field.

    Raises:
        RefusedError: always.
    """
    if isinstance(node, Text) and node.null:
        shown = "empty; if the word is meant, put quotation marks round it"
    elif isinstance(node, Text):
        shown = f'"{node.value[:_SHOWN]}{"…" if len(node.value) > _SHOWN else ""}"'
    elif isinstance(node, Items):
        shown = "a list" if node.items else "empty"
    else:
        shown = "a group of fields" if node.fields else "empty"
    raise RefusedError(node.line, f"{name} is {shown}; allowed: {allowed}")


def read_fields(node: Node, known: Mapping[str, Field], what: str) -> dict[str, Any]:
    """The values of the fields that are there, by name.

    Raises:
        RefusedError: a field is unknown, missing or holds what it must not.
    """
    if not isinstance(node, Fields):
        refuse(node, what, "the fields " + ", ".join(known))
    for name in node.fields:
        if name not in known:
            raise RefusedError(node.lines[name], unknown(name, known, what))
    missing = next((name for name, row in known.items() if row.required and name not in node.fields), None)
    if missing:
        raise RefusedError(node.line, f"{missing} is missing in {what}; allowed: {known[missing].allowed}")
    return {name: _read(name, known[name], value) for name, value in node.fields.items() if _given(known[name], value)}


def _given(row: Field, node: Node) -> bool:
    return not (row.empty and isinstance(node, Text) and (node.null or not node.value))


def _read(name: str, row: Field, node: Node) -> Any:  # noqa: ANN401  (fields are of many types; the tables say which)
    if isinstance(node, Text) and node.null and row.read is not _any:
        refuse(node, name, row.allowed)
    value = row.read(node)
    if value is None:
        refuse(node, name, row.allowed)
    return value


def unknown(name: str, known: Mapping[str, Field], what: str) -> str:
    """That there is no such field, and which one may be meant.

    >>> unknown("puase_ms", SEGMENT, "segments")
    "segments has no field 'puase_ms'; did you mean pause_ms?"
    """
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(known)}"
    return f"{what} has no field {name[:_SHOWN]!r}; {hint}"
