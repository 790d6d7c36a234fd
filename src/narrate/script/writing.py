"""The script file, written: YAML that a person likes to read, and that reads back the same.

Words are always in quotation marks, so that YAML takes none of them for a number, a date or a field.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import chain
from typing import TYPE_CHECKING

from narrate.model import MusicChoice, Pauses
from narrate.script.alphabets import by_alphabet
from narrate.script.emphasis import named, stressed_by_capitals
from narrate.script.lexicon import line_of
from narrate.script.lexicon_match import with_own
from narrate.script.schema import VERSION
from narrate.script.spoken import FULL_STOPS, PLAIN, speak_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Diction, Script, ScriptSource, Segment, Utterance

_HEAD = """\
# A narrate script: what is heard, in order. Change anything, save it, then run "narrate make" with this file.
#
# say       the sentences as written, in quotation marks. To have one spoken otherwise:
#             - written: "Reading, by sea"
#               spoken: "Redding, by sea"
#           "# said:" under a sentence tells how narrate speaks it; edit the sentence and it is worked out anew
# emphasis  the words of a sentence that are stressed, beside "written"; [] for none
# pause_ms  milliseconds of silence after it; inside "say" after a sentence of its own (sentence_pause_ms otherwise)
# skip      true leaves a segment out; "why" names the rule that did; delete both lines to hear it
# voice     another voice for it; "narrate voices" lists them
# chapter   the chapter that opens here      music    what begins here: intro, sting or outro
# role      title, heading, body, quote, list item, code, table, figure, note, math, reference, furniture, announcement
# A new segment needs "say" alone. Leave "id" as it is when you edit or move a segment.
"""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?: item)?")
_TRAPS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""What YAML 1.1 does not take for text."""

_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(f'{_UNSEEN.pattern}|["\\\\]')
_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


@dataclass(frozen=True, slots=True)
class _Usual:
    """What goes without saying in a script: its language, the commonest silences after a sentence and a part of one."""

    language: str
    diction: Diction
    sentence_ms: int
    clause_ms: int


def dump_script(script: Script, diction: Diction = PLAIN) -> str:
    """The script as a YAML file, ending in a line break.

    A sentence is a plain string where it is spoken as `diction` says and followed by the script's usual pause;
    whatever differs stands beside it by name.
    """
    usual = _usual(script, with_own(diction, script.lexicon))
    return _HEAD + "\n".join(chain(_facts(script, usual), ["segments:"], _segments(script, usual))) + "\n"


def _usual(script: Script, diction: Diction) -> _Usual:
    inner = [each for segment in script.segments for each in segment.utterances[:-1]]
    sentences = Counter(each.pause_ms for each in inner if each.ends_sentence)
    clauses = Counter(each.pause_ms for each in inner if not each.ends_sentence)
    sentence_ms, clause_ms = _commonest(sentences, Pauses().sentence), _commonest(clauses, Pauses().clause)
    return _Usual(script.language, diction, sentence_ms, clause_ms)


def _commonest(counts: Counter[int], otherwise: int) -> int:
    return max(counts, key=lambda ms: (counts[ms], -ms)) if counts else otherwise


def _facts(script: Script, usual: _Usual) -> Iterator[str]:
    yield f"narrate_script: {VERSION}"
    yield f"title: {quoted(script.title)}"
    yield f"language: {word(script.language)}"
    if script.authors:
        yield f"authors: [{', '.join(map(quoted, script.authors))}]"
    if script.published:
        yield f"published: {script.published.isoformat()}"
    yield from _present("", {"url": script.url, "voice": script.voice, "cast": script.cast})
    yield from _music(script.music)
    if script.lexicon:
        yield "lexicon:"
        yield from (f"- {quoted(line_of(entry))}" for entry in script.lexicon)
    yield f"sentence_pause_ms: {usual.sentence_ms}"
    yield f"clause_pause_ms: {usual.clause_ms}"
    if script.sources:
        yield "sources:"
        yield from chain.from_iterable(map(_source, script.sources))


def _music(music: MusicChoice) -> Iterator[str]:
    if music != MusicChoice(music.intro, music.intro, music.intro):
        yield "music:"
        parts = asdict(music) if music.bed != "none" else asdict(music) | {"bed": ""}
        yield from (f"  {part}: {word(choice)}" for part, choice in parts.items() if choice)
    else:
        yield f"music: {word(music.intro)}"


def _source(source: ScriptSource) -> Iterator[str]:
    yield f"- name: {quoted(source.name)}"
    facts = {
        "location": source.location,
        "sha256": source.sha256,
        "title": source.title,
        "url": source.url,
        "id": source.id,
    }
    yield from _present("  ", facts)


def _present(indent: str, facts: dict[str, str]) -> Iterator[str]:
    """The facts that are known."""
    return (f"{indent}{name}: {quoted(value)}" for name, value in facts.items() if value)


def _segments(script: Script, usual: _Usual) -> Iterator[str]:
    for segment in script.segments:
        yield ""
        first, *rest = _segment(segment)
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)
        yield "  say:"
        for utterance in segment.utterances:
            yield from _sentence(utterance, segment, usual)
        yield f"  pause_ms: {segment.pause_ms}"


def _segment(segment: Segment) -> Iterator[str]:
    """The lines of a segment up to its words."""
    yield f"id: {segment.id}"
    yield f"role: {segment.role}"
    if segment.level:
        yield f"level: {segment.level}"
    if segment.source:
        yield f"line: {segment.source.line}"
        if segment.source.end:
            yield f"span: {segment.source.start}-{segment.source.end}"
        if segment.source.article:
            yield f"article: {segment.source.article + 1}"
    if segment.chapter is not None:
        yield f"chapter: {quoted(segment.chapter)}"
    if segment.music:
        yield f"music: {segment.music}"
    if segment.voice is not None:
        yield f"voice: {quoted(segment.voice)}"
    if segment.skip:
        yield "skip: true"
        if segment.why:
            yield f"why: {quoted(segment.why)}"


def _sentence(utterance: Utterance, segment: Segment, usual: _Usual) -> Iterator[str]:
    """A sentence: a string where all about it is as usual, else its fields."""
    beside = list(_beside(utterance, segment, usual))
    yield f"  - {'written: ' if beside else ''}{quoted(utterance.written)}"
    yield from (f"    {line}" for line in beside)
    if not any(line.startswith("spoken:") for line in beside):
        yield from _said(utterance)


def _said(utterance: Utterance) -> Iterator[str]:
    """A comment that tells how a sentence is spoken, where that differs by more than a full stop at its end.

    A comment and no field, for it would stay as it is when the sentence is edited.
    """
    written, spoken = (" ".join(text.split()) for text in (utterance.written, utterance.spoken))
    if spoken not in {written, *(f"{written}{stop}" for stop in FULL_STOPS)}:
        yield f"    # said: {' '.join(_UNSEEN.sub(' ', spoken).split())}"


def _beside(utterance: Utterance, segment: Segment, usual: _Usual) -> Iterator[str]:
    said = speak_as(utterance.written, utterance.language, segment.role, usual.diction, ends=utterance.ends_sentence)
    if said != (utterance.spoken, utterance.words):
        yield f"spoken: {quoted(utterance.spoken)}"
    as_told = [(utterance.written, utterance.language)]
    if utterance.language != usual.language or by_alphabet(*as_told[0]) != as_told:
        yield f"language: {word(utterance.language)}"
    if not utterance.ends_sentence:
        yield "goes_on: true"
    if utterance.emphasis != stressed_by_capitals(utterance.written, utterance.language, usual.diction.policy):
        yield f"emphasis: [{', '.join(map(quoted, named(utterance.emphasis, utterance.written)))}]"
    last = utterance is segment.utterances[-1]
    if utterance.pause_ms != (0 if last else usual.sentence_ms if utterance.ends_sentence else usual.clause_ms):
        yield f"pause_ms: {utterance.pause_ms}"


def word(text: str) -> str:
    """A name as it is, where no YAML reader takes it for anything else.

    >>> word("default"), word("no"), word("my song.mp3")
    ('default', '"no"', '"my song.mp3"')
    """
    return text if _PLAIN.fullmatch(text) and text.lower() not in _TRAPS else quoted(text)


def quoted(text: str) -> str:
    r"""Text as a YAML scalar on one line; single quotation marks where that spares the reader backslashes.

    >>> print(quoted("1:30"), quoted('He said "no".'), quoted("a\tb"))
    "1:30" 'He said "no".' "a\tb"
    """
    escapes = set(_ESCAPED.findall(text))
    if escapes and escapes <= {'"', "\\"} and "'" not in text:
        return f"'{text}'"
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    """A character as YAML escapes it; half a surrogate pair is no character, so it becomes one that says so."""
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _NAMED.get(character) or f"\\u{ord(character):04x}"
