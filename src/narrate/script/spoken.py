"""Written → spoken, with the word map.

Text that needs no change comes out byte for byte; what is changed is one of
the rows of `narrate.script.normalise`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import Diction, Role, Utterance
from narrate.script.normalise import edits_in, safe_edits
from narrate.script.wording import primary
from narrate.script.words import align, apply_edits, plain_words, speakable

if TYPE_CHECKING:
    from narrate.model import WordSpan

PLAIN = Diction()
"""Every default, and no lexicon."""

STOPPED = frozenset({Role.TITLE, Role.HEADING, Role.LIST_ITEM, Role.FIGURE, Role.TABLE, Role.NOTE})
"""Roles whose text is often written without an end mark; the voice is given a full stop so that it falls."""

_ENDED = re.compile(r"[.?!…:;,。！？：；，؟।॥።။][\"'”’»›)\]]*\s*\Z")
_PASSES = 4
"""What one pass takes away may bring together what another row is for, hardly ever twice."""

_FULL_STOPS = {"zh": "。", "ja": "。", "hi": "।", "mr": "।", "ne": "।", "bn": "।"}
FULL_STOPS = frozenset({".", *_FULL_STOPS.values()})
"""What is spoken at the end of a sentence that is written without."""


def speak_written(text: str, language: str, diction: Diction = PLAIN) -> tuple[str, tuple[WordSpan, ...]]:
    """How body text is spoken, and which written word is which stretch of it.

    >>> speak_written("Dr. Who & [[co]]", "en")[0]
    'Doctor Who and co'
    """
    return speak_as(text, language, Role.BODY, diction)


def speak_as(
    written: str, language: str, role: Role, diction: Diction = PLAIN, *, ends: bool = True
) -> tuple[str, tuple[WordSpan, ...]]:
    """How text of a role is spoken; `ends` where it ends its sentence.

    >>> speak_as("Understanding the Dark Web", "en", Role.HEADING)[0]
    'Understanding the Dark Web.'
    >>> speak_as("What is the Dark Web?", "en", Role.HEADING)[0]
    'What is the Dark Web?'
    """
    edits = edits_in(written, language, role, diction.policy)
    spoken, words = apply_edits(written, edits) if edits else (written, plain_words(written))
    if ends and role in STOPPED and words and not _ENDED.search(spoken):
        spoken = spoken.rstrip() + _FULL_STOPS.get(primary(language), ".")
    return spoken, words


def utter(written: str, language: str, role: Role, diction: Diction = PLAIN, *, ends: bool = True) -> Utterance:
    """An utterance of `written`, spoken as `speak_as` says."""
    said, words = speak_as(written, language, role, diction, ends=ends)
    return Utterance(written, said, language, words, ends_sentence=ends)


def respoken(utterance: Utterance, spoken: str) -> Utterance:
    """The same, spoken as a person or a preset says; the words are mapped by what is alike."""
    safe = made_safe(spoken)
    if not safe.strip() or safe == utterance.spoken:
        return utterance
    return replace(utterance, spoken=safe, words=align(utterance.written, safe), pronunciations=())


def made_safe(spoken: str) -> str:
    """A spoken form without anything that an engine could take for markup; other people's scripts hold text too.

    >>> made_safe("[[h@l'oU]] <break/> AT&T")
    "h@l'oU  break/  AT and T"
    """
    for _ in range(_PASSES):
        edits = safe_edits(spoken)
        if not edits:
            break
        spoken, _words = apply_edits(spoken, edits)
    return spoken


def can_be_heard(utterance: Utterance) -> bool:
    """Whether a voice has anything to say here."""
    return speakable(utterance.spoken)
