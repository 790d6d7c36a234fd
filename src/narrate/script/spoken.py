"""Written → spoken, with the word map.

Text that needs no change comes out byte for byte; what is changed is one of
the rows of `narrate.script.rules`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model import Role, Utterance
from narrate.script.rules import SAFETY, UNSAFE, Rule, speech_rules
from narrate.script.wording import primary
from narrate.script.words import Edit, align, apply_edits, plain_words, speakable

if TYPE_CHECKING:
    from narrate.model import WordSpan

STOPPED = frozenset({Role.TITLE, Role.HEADING, Role.LIST_ITEM, Role.FIGURE, Role.TABLE, Role.NOTE})
"""Roles whose text is often written without an end mark; the voice is given a full stop so that it falls."""

_ENDED = re.compile(r"[.?!…:;,。！？：；，؟।॥።။][\"'”’»›)\]]*\s*\Z")
_PASSES = 4
"""What one pass takes away may bring together what another row is for, hardly ever twice."""

_FULL_STOPS = {"zh": "。", "ja": "。", "hi": "।", "mr": "।", "ne": "।", "bn": "।"}
FULL_STOPS = frozenset({".", *_FULL_STOPS.values()})
"""What is spoken at the end of a sentence that is written without."""


def speak_written(text: str, language: str) -> tuple[str, tuple[WordSpan, ...]]:
    """How body text is spoken, and which written word is which stretch of it.

    >>> speak_written("Dr. Who & [[co]]", "en")[0]
    'Doctor Who and co'
    """
    return speak_as(text, language, Role.BODY)


def speak_as(written: str, language: str, role: Role, *, ends: bool = True) -> tuple[str, tuple[WordSpan, ...]]:
    """How text of a role is spoken; `ends` where it ends its sentence.

    >>> speak_as("Understanding the Dark Web", "en", Role.HEADING)[0]
    'Understanding the Dark Web.'
    >>> speak_as("What is the Dark Web?", "en", Role.HEADING)[0]
    'What is the Dark Web?'
    """
    edits = _edits(written, primary(language), role)
    spoken, words = apply_edits(written, edits) if edits else (written, plain_words(written))
    if ends and role in STOPPED and words and not _ENDED.search(spoken):
        spoken = spoken.rstrip() + _FULL_STOPS.get(primary(language), ".")
    return spoken, words


def utter(written: str, language: str, role: Role, spoken: str = "", *, ends: bool = True) -> Utterance:
    """An utterance of `written`; `spoken` is given where a person or a preset says how, and mapped by what is alike."""
    said, words = speak_as(written, language, role, ends=ends)
    safe = made_safe(spoken)
    if safe.strip() and safe != said:
        said, words = safe, align(written, safe)
    return Utterance(written, said, language, words, ends_sentence=ends)


def made_safe(spoken: str) -> str:
    """A spoken form without anything that an engine could take for markup; other people's scripts hold text too.

    >>> made_safe("[[h@l'oU]] <break/> AT&T")
    "h@l'oU  break/  AT and T"
    """
    for _ in range(_PASSES):
        edits = _matching(SAFETY, spoken) if UNSAFE.search(spoken) else []
        if not edits:
            break
        spoken, _words = apply_edits(spoken, edits)
    return spoken


def can_be_heard(utterance: Utterance) -> bool:
    """Whether a voice has anything to say here."""
    return speakable(utterance.spoken)


def _edits(written: str, language: str, role: Role) -> list[Edit]:
    """What the rows change, in order; where two rows match the same characters the higher one has it."""
    rows = (*SAFETY, *speech_rules(language, role)) if UNSAFE.search(written) else speech_rules(language, role)
    return _matching(rows, written)


def _matching(rows: tuple[Rule, ...], written: str) -> list[Edit]:
    edits: list[Edit] = []
    for rule in rows:
        if rule.needs in written:
            edits += (edit for edit in _matches(rule, written) if not _taken(edit, edits))
    return sorted(edits)


def _matches(rule: Rule, written: str) -> list[Edit]:
    found: list[Edit] = []
    for match in rule.pattern.finditer(written):
        said = rule.say if isinstance(rule.say, str) else rule.say(match)
        if said is not None:
            found.append((*match.span(), said))
    return found


def _taken(edit: Edit, edits: list[Edit]) -> bool:
    return any(edit[0] < end and start < edit[1] for start, end, _said in edits)
