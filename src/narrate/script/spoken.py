"""Written → spoken, with the word map.

Text that needs no change comes out byte for byte; what is changed is an entry of
the lexicon or one of the rows of `narrate.script.normalise`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import Diction, Role, Utterance
from narrate.script.emphasis import stressed_by_capitals
from narrate.script.lexicon_edits import carried, pronounced, with_lexicon
from narrate.script.lexicon_match import hits_in
from narrate.script.marked import woven
from narrate.script.normalise import edits_in, safe_edits
from narrate.script.wording import primary
from narrate.script.words import apply_edits, plain_words, realigned, speakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import WordSpan
    from narrate.script.normalise import Edit

PLAIN = Diction()
"""Every default, and no lexicon."""

STOPPED = frozenset(Role) - {Role.BODY, Role.QUOTE, Role.ANNOUNCEMENT}
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


def speak_as(  # noqa: PLR0913 # the last two have defaults that nearly all callers want
    written: str,
    language: str,
    role: Role,
    diction: Diction = PLAIN,
    *,
    ends: bool = True,
    given: Sequence[Edit] = (),
) -> tuple[str, tuple[WordSpan, ...]]:
    """How text of a role is spoken; `ends` where it ends its sentence, `given` is what the marks in it ask for.

    >>> speak_as("Understanding the Dark Web", "en", Role.HEADING)[0]
    'Understanding the Dark Web.'
    >>> speak_as("What is the Dark Web?", "en", Role.HEADING)[0]
    'What is the Dark Web?'
    """
    said = _said(written, language, role, diction, given)
    return _stopped(said, role) if ends else said.spoken, said.words


def utter(  # noqa: PLR0913 # as above
    written: str,
    language: str,
    role: Role,
    diction: Diction = PLAIN,
    *,
    ends: bool = True,
    given: Sequence[Edit] = (),
) -> Utterance:
    """An utterance of `written`, spoken as `speak_as` says.

    What marks ask for is no part of a script file, so it is what a file would say: a spoken form beside the written.
    """
    said = _said(written, language, role, diction)
    spoken = _stopped(said, role) if ends else said.spoken
    stressed = stressed_by_capitals(written, language, diction.policy)
    plain = replace(said, spoken=spoken, ends_sentence=ends, emphasis=stressed)
    if not given:
        return plain
    marked, _words = speak_as(written, language, role, diction, ends=ends, given=given)
    return respoken(plain, marked) if speakable(marked) else replace(plain, spoken="", words=(), pronunciations=())


def _said(written: str, language: str, role: Role, diction: Diction, given: Sequence[Edit] = ()) -> Utterance:
    """A text as it is spoken: what marks ask for, the lexicon, the normaliser, each beside the ones before it."""
    edits = woven(written, given, lambda text: edits_in(text, language, role, diction.policy))
    hits = hits_in(written, language, diction.lexicon)
    if hits:
        edits, hits = with_lexicon(written, edits, hits, given, made_safe)
    spoken, words = apply_edits(written, edits) if edits else (written, plain_words(written))
    return Utterance(written, spoken, language, words, pronunciations=tuple(pronounced(hits, edits)))


def _stopped(said: Utterance, role: Role) -> str:
    """The spoken text, with a full stop where the voice is to fall and none is written."""
    if role not in STOPPED or not said.words or _ENDED.search(said.spoken):
        return said.spoken
    return said.spoken.rstrip() + _FULL_STOPS.get(primary(said.language), ".")


def respoken(utterance: Utterance, spoken: str) -> Utterance:
    """The same, spoken as a person or a preset says; the words are mapped by what is alike.

    Words that are spoken as before keep their phonemes.
    """
    safe = made_safe(spoken)
    if not safe.strip() or safe == utterance.spoken:
        return utterance
    kept = carried(utterance.pronunciations, utterance.spoken, safe)
    return replace(
        utterance, spoken=safe, words=realigned(utterance.words, utterance.spoken, safe), pronunciations=kept
    )


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
