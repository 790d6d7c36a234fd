"""Which words an author stresses: marked as emphasised or strong, or written in capitals, as "NOT" is.

Italic and bold letters mostly say something else: a title, a name, a term to look up, a label before a line. So only
short stretches in small letters count, inside a sentence, and not many of one sentence: who stresses all stresses
nothing. What is left out here is spoken as any other word is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model import BlockKind, MarkKind
from narrate.model.diction import Emphasis
from narrate.script.normalise.english.letters.context import in_capitals, words
from narrate.script.wording import primary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.model import Block, Mark, Policy

    Spans = tuple[tuple[int, int], ...]
    """Stretches ``[start, end)`` of a text, in order and apart."""

_MOST_WORDS = 3
_MOST_OF_A_SENTENCE = 2
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.NOTE})
_STRESSES = frozenset({MarkKind.EMPHASIS, MarkKind.STRONG})
_SAYS_OTHERWISE = frozenset({MarkKind.CODE, MarkKind.MATH, MarkKind.LINK, MarkKind.LANGUAGE, MarkKind.CITATION})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITALS = re.compile(r"(?<![A-Z][^\w\s] )(?<![A-Z] )\b[A-Z]{2,}(?:['’][A-Z]+)?\b(?![^\w\s]? [A-Z]{2})")
"""A word in capitals that is none among several: those are a name or a heading."""
_INSIDE = re.compile(r"\w\w")
_ENDS = re.compile(r"[.!?…:;]\W*\Z")
_LABEL = re.compile(r"\s*[:–—.]|\s+-\s")

_NUMBERED = re.compile(r"(.+) \[(\d{1,4})\]", re.DOTALL)

_GRAMMATICAL = words(
    "no not never none nothing nobody nowhere cannot all any every each only must should could would will may might "
    "do does did has have had are was were be been being always often very really so too most less least much "
    "many both either neither same other and but because how why what when where which this that these those your my "
    "his her its their our him them you we they still again ever even just then here there right wrong "
    "don't doesn't didn't won't can't isn't aren't wasn't weren't shouldn't couldn't wouldn't i'm you're"
)
"""English words that are no names and no initials, and so are stressed where they are in capitals. "US", "IT", "WHO"
and "IS" are missing on purpose."""


def stressed_by_marks(block: Block, policy: Policy) -> Spans:
    """The stretches of a block's text that its marks stress."""
    if policy.emphasis is Emphasis.PLAIN or block.kind not in _KINDS:
        return ()
    given = [mark for mark in block.marks if mark.kind in _STRESSES]
    others = [mark for mark in block.marks if mark.kind in _SAYS_OTHERWISE]
    return merged((mark.start, mark.end) for mark in given if _stresses(block.text, mark, others))


def _stresses(text: str, mark: Mark, others: Iterable[Mark]) -> bool:
    """Whether a mark is emphasis to an ear."""
    written = text[mark.start : mark.end]
    said = written.split()
    if not 0 < len(said) <= _MOST_WORDS or _INSIDE.search(text[max(0, mark.start - 1) : mark.start + 1]):
        return False
    if _INSIDE.search(text[mark.end - 1 : mark.end + 1]) or any(
        o.start < mark.end and mark.start < o.end for o in others
    ):
        return False
    if not all(_WORD.fullmatch(word.strip(',!?"“”')) and len(word) > 1 for word in said):
        return False
    opens = not text[: mark.start].strip(' "“‘(') or _ENDS.search(text[: mark.start]) is not None
    label = opens and (_LABEL.match(text, mark.end) is not None or _ENDS.search(written) is not None)
    small = all(word[0].islower() or (number == 0 and _is_grammatical(word)) for number, word in enumerate(said))
    return small and not label and len(said) < len(text.split())


def _is_grammatical(word: str) -> bool:
    return word.strip(',!?"“”').lower().replace("’", "'") in _GRAMMATICAL


def stressed_by_capitals(written: str, language: str, policy: Policy) -> Spans:
    """The words of an English sentence that stand in capitals to be stressed.

    >>> from narrate.model import Policy
    >>> stressed_by_capitals("It is NOT in the US.", "en", Policy())
    ((6, 9),)
    """
    if policy.emphasis is Emphasis.PLAIN or primary(language) != "en" or not _CAPITALS.search(written):
        return ()
    found = [match.span() for match in _CAPITALS.finditer(written) if _is_grammatical(match.group())]
    return tuple(found) if found and not in_capitals(written, most=True) else ()


def of_a_sentence(spans: Spans, start: int, end: int) -> Spans:
    """Those of a sentence ``[start, end)``, in its own offsets; none where there are too many."""
    own = within(spans, start, end)
    return own if len(own) <= _MOST_OF_A_SENTENCE else ()


def within(spans: Spans, start: int, end: int) -> Spans:
    """What of some stretches lies in ``[start, end)``, in offsets from its start.

    >>> within(((2, 5), (8, 12)), 4, 10)
    ((0, 1), (4, 6))
    """
    return tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and start < b)


def named(spans: Spans, written: str) -> list[str]:
    """Stretches of a sentence as a script file names them: the words, with a number where they stand there before.

    >>> named(((3, 5), (13, 15)), "If it is it, it was"), spans_named(["it", "it [3]"], "If it is it, it was")
    (['it', 'it [3]'], ((3, 5), (13, 15)))
    """
    found: list[str] = []
    for start, end in spans:
        said = written[start:end]
        number = next((n for n, match in enumerate(_places(said, written), 1) if match.start() == start), 0)
        if number:
            found.append(said if number == 1 else f"{said} [{number}]")
    return found


def spans_named(names: Iterable[str], written: str) -> Spans:
    """The stretches of a sentence that names stand for. Raises `LookupError` with the first that is not there."""
    found: list[tuple[int, int]] = []
    for name in names:
        numbered = _NUMBERED.fullmatch(name)
        said, number = (numbered[1], int(numbered[2])) if numbered else (name, 1)
        places = [match.span() for match in _places(said, written)]
        if not 0 < number <= len(places):
            raise LookupError(name)
        found.append(places[number - 1])
    return merged(found)


def _places(said: str, written: str) -> Iterable[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(said)}(?!\w)", written)


def shifted(spans: Spans, by: int) -> Spans:
    """The stretches of a text that `by` characters have come before."""
    return tuple((start + by, end + by) for start, end in spans)


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Stretches in order, those that touch as one.

    >>> merged([(5, 9), (0, 2), (1, 3)])
    ((0, 3), (5, 9))
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
