"""The script file, read: YAML a person edited → a script, or the line, the field and what is allowed.

Words that were edited get a new spoken form and word map; segments keep their ids, new ones get one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from narrate.errors import ScriptError
from narrate.model import Pauses, Role, Script, Segment, Source
from narrate.script.emphasis import spans_named
from narrate.script.ids import mint_ids
from narrate.script.lexicon_match import with_own
from narrate.script.nodes import Fields, Items, Node, RefusedError, Text, read_nodes
from narrate.script.schema import SCRIPT, SEGMENT, SENTENCE, VERSION, read_fields, refuse
from narrate.script.spoken import can_be_heard, respoken, utter
from narrate.script.utterances import Sentence, parts_of, sentences_of
from narrate.script.writing import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Style, Utterance
    from narrate.script.emphasis import Spans

_FIRST_FIELD = re.compile(rb"""["']?narrate_script["']?[ \t]*:""")
_BEFORE_IT = re.compile(rb"[ \t]*(?:#.*)?|---[ \t]*|%YAML.*|[a-z_]+[ \t]*:.*")

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def is_script(head: bytes) -> bool:
    r"""Whether a file that begins with `head` is a script: its first fields hold ``narrate_script``.

    >>> is_script(b"# how to edit\n\nnarrate_script: 1\n"), is_script(b"An article about narrate_script: 1")
    (True, False)
    """
    if head.startswith(_UTF_16):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines():
        if _FIRST_FIELD.match(line):
            return True
        if not _BEFORE_IT.fullmatch(line):
            return False
    return False


def load_script(text: str | bytes, where: str, style: Style) -> Script:
    """The script that a file holds. `where` names the file; `style` fills in what a new segment leaves out.

    Raises:
        ScriptError: with the line, the field and what is allowed.
    """
    try:
        return _script(read_nodes(_decoded(text) if isinstance(text, bytes) else text), style)
    except RefusedError as exc:
        raise ScriptError(f"{where}, line {exc.line}: {exc}") from exc


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise RefusedError(line, "this is not UTF-8 text; save the file as UTF-8") from exc


def _script(root: Node, style: Style) -> Script:
    _check_version(root)
    fields = read_fields(root, SCRIPT, "the script")
    style = replace(style, diction=with_own(style.diction, fields.get("lexicon", ())))
    defaults = _Defaults(fields, style)
    nodes = fields.pop("segments")
    if not isinstance(nodes, Items) or not nodes.items:
        refuse(nodes, "segments", "a list of at least one segment")
    segments = mint_ids(defaults.segment(node) for node in nodes.items)
    if all(segment.skip for segment in segments):
        raise RefusedError(nodes.line, "every segment is skipped; nothing is left to be heard")
    kept = {name: value for name, value in fields.items() if name not in {"narrate_script", *_DEFAULTS}}
    return Script(segments=segments, **kept)


def _check_version(root: Node) -> None:
    if not isinstance(root, Fields) or "narrate_script" not in root.fields:
        raise RefusedError(root.line, f"this is not a narrate script; one has the field narrate_script: {VERSION}")
    version = root.fields["narrate_script"]
    if not isinstance(version, Text) or not version.value.isdigit():
        refuse(version, "narrate_script", str(VERSION))
    if int(version.value) > VERSION:
        message = (
            f"written by a newer narrate (script version {version.value}, this one reads {VERSION}); update narrate"
        )
        raise RefusedError(version.line, message)
    if int(version.value) < VERSION:
        refuse(version, "narrate_script", str(VERSION))


_DEFAULTS = ("sentence_pause_ms", "clause_pause_ms")


class _Defaults:
    """What segments leave to the head of the script and to the style."""

    def __init__(self, fields: dict[str, Any], style: Style) -> None:
        self._language: str = fields["language"]
        self._style = style
        pauses: Pauses = style.pauses
        self._paragraph_ms = pauses.paragraph
        self._sentence_ms: int = fields.get("sentence_pause_ms", pauses.sentence)
        self._clause_ms: int = fields.get("clause_pause_ms", pauses.clause)

    def segment(self, node: Node) -> Segment:
        """One segment. What is not said is that of a paragraph."""
        fields = read_fields(node, SEGMENT, "a segment")
        role: Role = fields.get("role", Role.BODY)
        skip: bool = fields.get("skip", False)
        return Segment(
            id=fields.get("id", ""),
            role=role,
            utterances=tuple(self._utterances(fields["say"], role, skip=skip)),
            pause_ms=fields.get("pause_ms", self._paragraph_ms),
            level=fields.get("level", 0),
            chapter=fields.get("chapter"),
            music=fields.get("music"),
            voice=fields.get("voice"),
            source=_source(fields),
            skip=skip,
            why=fields.get("why", "") if skip else "",
        )

    def _utterances(self, say: Node, role: Role, *, skip: bool) -> Iterator[Utterance]:
        """The sentences of a segment, those that are too long for an engine in parts, with the pauses after them."""
        items = list(self._items(say))
        if not items:
            refuse(say, "say", "a list of at least one sentence")
        for number, item in enumerate(items, start=1):
            parts, pause_ms = self._sentence(item, role)
            if not skip and not all(map(can_be_heard, parts)):
                refuse(item, "say", "words; nothing here can be heard (skip: true leaves a segment out)")
            for part in parts[:-1]:
                yield replace(part, pause_ms=self._clause_ms)
            usual = self._sentence_ms if parts[-1].ends_sentence else self._clause_ms
            silence = 0 if number == len(items) else usual
            yield replace(parts[-1], pause_ms=silence if pause_ms is None else pause_ms)

    def _items(self, say: Node) -> Iterator[Node]:
        """The sentences of ``say``; running text instead of a list is split into sentences."""
        if isinstance(say, Items):
            yield from say.items
        elif isinstance(say, Text) and not say.null:
            yield from (Text(say.line, each.written) for each in sentences_of(say.value, self._language))
        else:
            refuse(say, "say", "a list of at least one sentence")

    def _sentence(self, item: Node, role: Role) -> tuple[list[Utterance], int | None]:
        """The utterances of one entry of ``say``, and the pause it asks for."""
        if isinstance(item, Text):
            if item.null or not item.value:
                refuse(item, "say", "text, in quotation marks")
            return parts_of(Sentence(item.value, self._language), role, self._style), None
        _check_colon(item)
        fields = read_fields(item, SENTENCE, "a sentence")
        written, language = fields["written"], fields.get("language", self._language)
        ends = not fields.get("goes_on", False)
        spoken = fields.get("spoken", "")
        emphasis = _emphasis(item, fields)
        if not spoken:
            sentence = Sentence(written, language, told="language" in fields, emphasis=emphasis)
            return parts_of(sentence, role, self._style, ends=ends), fields.get("pause_ms")
        limit = self._style.utterance_characters
        if len(spoken) > limit:
            message = f"spoken has {len(spoken)} characters, {limit} are allowed; make two sentences of it"
            raise RefusedError(item.line, message)
        said = utter(written, language, role, self._style.diction, ends=ends)
        said = said if emphasis is None else replace(said, emphasis=emphasis)
        return [respoken(said, spoken)], fields.get("pause_ms")


def _emphasis(item: Node, fields: dict[str, Any]) -> Spans | None:
    """The stretches of a sentence that its own field says are stressed; None where it says nothing."""
    try:
        return spans_named(fields["emphasis"], fields["written"]) if "emphasis" in fields else None
    except LookupError as missing:
        message = f"emphasis names {quoted(str(missing.args[0]))}, which is not in the sentence; write words that are"
        raise RefusedError(item.line, message) from missing


def _check_colon(item: Node) -> None:
    """``- He said: no`` is a field called "He said" to YAML."""
    if isinstance(item, Fields) and len(item.fields) == 1 and not item.fields.keys() & SENTENCE.keys():
        name = next(iter(item.fields))
        if " " in name or not name.islower():
            raise RefusedError(
                item.line, f'"{name[:40]}" is followed by a colon; put quotation marks round the whole sentence'
            )


def _source(fields: dict[str, Any]) -> Source | None:
    if "line" not in fields and "span" not in fields:
        return None
    start, end = fields.get("span", (0, 0))
    return Source(start, end, fields.get("line", 0), fields.get("article", 1) - 1)
