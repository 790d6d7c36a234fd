"""From what is written in a segment to what is heard: which letters a voice does not say, and by which rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.script.coverage.align import letters
from narrate.script.normalise import edits_in
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Policy, Utterance

UNSAID = "nothing is spoken for it"
"""What is wrong with words that are lost on the way to the voice."""

_HIDES = re.compile(r"\w\W*[\[(\xb2\xb3\xb9\u2070-\u209f\ufe0f\u20e3]")
"""What a part of a word begins with that a rule may leave out, the rest being said: a bracket, a small figure."""


def unsaid(utterance: Utterance, role: Role, policy: Policy) -> Iterator[tuple[int, int, str]]:
    """Stretches ``[start, end)`` of an utterance's letters that are not said, in order, with the rule or ""."""
    written, spoken = utterance.written, utterance.spoken
    if spoken.startswith(written) or (role is Role.MATH and speakable(spoken)):  # a formula is said as a whole
        return
    silent = [*_between(utterance), *_hushed(utterance)]
    if not silent:
        return
    edits = edits_in(written, utterance.language, role, policy)
    dropped = {at: edit.rule for edit in edits if not speakable(edit.said) for at in range(edit.start, edit.end)}
    at = 0
    for low, high, lost in sorted(silent):
        for number in range(max(at, low), high):
            rule = dropped.get(number, "" if lost else None)
            if rule is not None and written[number].isalnum():
                counted = len(letters(written[:number]))
                yield counted, counted + 1, rule
        at = max(at, high)


def _between(utterance: Utterance) -> Iterator[tuple[int, int, bool]]:
    """What stands between the words that have something spoken for them."""
    at = 0
    for word in (*utterance.words, None):
        end = word.written_start if word else len(utterance.written)
        if end > at and (utterance.written[at].isalnum() if end == at + 1 else speakable(utterance.written[at:end])):
            yield at, end, True
        at = max(at, word.written_end) if word else end


def _hushed(utterance: Utterance) -> Iterator[tuple[int, int, bool]]:
    """Words of which a part may be unsaid, or all: the mark of a note in "word[12]"."""
    hides = _HIDES.search(utterance.written) is not None
    for word in utterance.words:
        if word.spoken_start == word.spoken_end:
            yield word.written_start, word.written_end, True
        elif hides:
            written = utterance.written[word.written_start : word.written_end]
            spoken = utterance.spoken[word.spoken_start : word.spoken_end]
            if _HIDES.search(written) and letters(written) not in letters(spoken):
                yield word.written_start, word.written_end, not speakable(spoken)
