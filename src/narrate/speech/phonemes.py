"""When each word is heard, from the lengths of an engine's phonemes.

The phonemes come in groups parted by spaces. A group is a word, mostly: eSpeak's
rules join "of the" and take "1984" apart. So words are said one by one, and groups
matched to them from left to right; only where they disagree are the phonemes of that
stretch aligned one by one (least edits, by dynamic programming in a band).
Against Whisper's word starts this is as good as eSpeak's own events (median 52 and 61 ms).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.model import WordTime
from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PARTING = frozenset(' ^$_,.;:!?—–-…"()[]«»“”¡¿')
_UNHEARD = frozenset("ˈˌˑ'’#")
_VOWELS = frozenset("aeiouyæøœɐɑɒɔəɚɛɜɝɞɘɤɨɪɯɵɶʉʊʌʏᵻːAIOQWYᵊ\u0303")
"""Capitals are Kokoro's diphthongs."""
_ALIKE = str.maketrans("ɾTʔɚɡ", "tttəg")
_UP, _LEFT, _BOTH = 0, 1, 2
"""Steps of the alignment; they index the costs that they are chosen by."""
_BAND = 24
"""How far the two sides may drift apart beyond their difference in length; a word's phonemes are rarely more."""
_PAIRS = 2
"""As many words as groups, up to this number, are taken to be each other whatever they sound like."""
_REACH = 8
"""How many words and groups ahead the two sides are looked for in step again."""


@dataclass(frozen=True, slots=True)
class Phoneme:
    """A symbol of the International Phonetic Alphabet, and its samples ``[start, end)`` of the clip."""

    symbol: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Phonemes between two spaces: what is heard, a symbol each, when; `start` includes the stress mark before them."""

    symbols: str
    times: tuple[Phoneme, ...]


def words_from_phonemes(text: str, phonemes: Iterable[Phoneme], say: Callable[[str], str]) -> tuple[WordTime, ...]:
    """Word times from phonemes in order; `say` gives the phonemes of one word alone and is best cached.

    A word without a sound of its own has no length and stands where the word before it ends.
    """
    spans = spoken_words(text)
    groups = list(_groups(phonemes))
    said = [_heard(say(text[start:end])) for start, end in spans]
    heard = _match(said, groups)
    times: list[WordTime] = []
    at = 0
    for (first, last), sounds in zip(spans, heard, strict=True):
        start, end = (max(at, sounds[0].start), max(at, sounds[-1].end)) if sounds else (at, at)
        times.append(WordTime(start, end, first, last))
        at = end
    return tuple(times)


def _heard(symbols: str) -> str:
    """What can be compared of phonemes: no stress, no punctuation.

    >>> _heard("ðə kˈæt.")
    'ðəkæt'
    """
    return "".join(c for c in symbols if c not in _PARTING and c not in _UNHEARD)


def _groups(phonemes: Iterable[Phoneme]) -> Iterator[_Group]:
    symbols, opened = "", -1
    times: list[Phoneme] = []
    for phoneme in phonemes:
        if phoneme.symbol in _PARTING:
            if symbols:
                yield _Group(symbols, tuple(times))
            # Nothing is silent between two words that only a space parts: what the model gives the space is heard as
            # the beginning of the word after it (a sibilant begins 58 ms before the end of the space, median).
            opened = phoneme.start if symbols and phoneme.symbol == " " else -1
            symbols, times = "", []
        elif phoneme.symbol in _UNHEARD:
            opened = phoneme.start if opened < 0 else opened
        else:
            # A stress mark lasts too: it belongs to the phoneme after it.
            times.append(Phoneme(phoneme.symbol, phoneme.start if opened < 0 else opened, phoneme.end))
            symbols, opened = symbols + phoneme.symbol, -1
    if symbols:
        yield _Group(symbols, tuple(times))


def _match(said: Sequence[str], groups: Sequence[_Group]) -> list[Sequence[Phoneme]]:
    """For each word the phonemes heard for it, in order, every phoneme once."""
    heard: list[Sequence[Phoneme]] = []
    word = group = 0
    while word < len(said):
        words_on, groups_on = _next_in_step(said, groups, word, group)
        heard += _align(said[word:words_on], groups[group:groups_on])
        word, group = words_on, groups_on
    _share(said, heard)
    return heard


def _share(said: Sequence[str], heard: list[Sequence[Phoneme]]) -> None:
    """Give words without a sound their part of a neighbour that has more than its own: "of a" is one group, əvə."""
    for word, sounds in enumerate(heard):
        near = next((at for at in (word - 1, word + 1) if _has_more(said, heard, at)), None)
        if near is not None and said[word] and not sounds:
            first = min(word, near)
            group = _Group("".join(phoneme.symbol for phoneme in heard[near]), tuple(heard[near]))
            heard[first : first + 2] = _align(said[first : first + 2], [group])


def _has_more(said: Sequence[str], heard: Sequence[Sequence[Phoneme]], word: int) -> bool:
    return 0 <= word < len(said) and len(heard[word]) > len(said[word]) > 0


def _next_in_step(said: Sequence[str], groups: Sequence[_Group], word: int, group: int) -> tuple[int, int]:
    """Where the pair, or the disagreement, that begins at `word` and `group` ends: the least number of both ahead."""
    if group < len(groups) and _fits(said, groups, word, group):
        return word + 1, group + 1
    for ahead in range(1, 2 * _REACH):
        for words_on in range(min(ahead, _REACH) + 1):
            at = word + words_on, group + ahead - words_on
            if _fits(said, groups, *at) and (_fits(said, groups, at[0] + 1, at[1] + 1) or _is_last(said, groups, at)):
                return at
    return len(said), len(groups)


def _fits(said: Sequence[str], groups: Sequence[_Group], word: int, group: int) -> bool:
    """Whether a word and a group are there and have the same consonants: vowels change with stress."""
    if word >= len(said) or group >= len(groups):
        return False
    return bool(said[word]) and _skeleton(said[word]) == _skeleton(groups[group].symbols)


def _is_last(said: Sequence[str], groups: Sequence[_Group], at: tuple[int, int]) -> bool:
    return at == (len(said) - 1, len(groups) - 1)


def _skeleton(symbols: str) -> str:
    """The consonants; the first vowel where there are none.

    >>> _skeleton("wɔːɾɚ"), _skeleton("eɪ")
    ('wt', '*')
    """
    return "".join(c for c in symbols.translate(_ALIKE) if c not in _VOWELS) or "*"


def _align(said: Sequence[str], groups: Sequence[_Group]) -> list[Sequence[Phoneme]]:
    """Share the phonemes of some groups among some words."""
    if len(said) == len(groups) <= _PAIRS:
        return [group.times for group in groups]
    phonemes = [phoneme for group in groups for phoneme in group.times]
    if len(said) <= 1:
        return [phonemes for _ in said]
    symbols = [group.symbols for group in groups]
    cuts = _cuts("".join(said), "".join(symbols), _ends(said), set(_ends(symbols)))
    return [phonemes[start:end] for start, end in zip([0, *cuts], [*cuts, len(phonemes)], strict=True)]


def _ends(parts: Sequence[str]) -> list[int]:
    """Where each part but the last ends in the joined text."""
    ends = [len(parts[0])] if parts else []
    for part in parts[1:-1]:
        ends.append(ends[-1] + len(part))
    return ends if len(parts) > 1 else []


def _cuts(said: str, heard: str, ends: Sequence[int], parting: set[int]) -> list[int]:
    """Where the words that end at `ends` of `said` end in `heard`, by least edits; ties fall where groups part.

    >>> _cuts("ʌvðə", "əvðə", [2], set()), _cuts("ʌvðə", "ʌvtðə", [2], {3})
    ([2], [3])
    """
    passed = _path(said, heard)
    cuts = []
    for end in ends:
        lowest, highest = passed[end]
        cuts.append(next((cut for cut in range(lowest, highest + 1) if cut in parting), lowest))
    return cuts


def _path(said: str, heard: str) -> list[tuple[int, int]]:
    """The columns (first and last) that the cheapest path passes in each row, rows being positions in `said`."""
    rows, columns = len(said), len(heard)
    band = _BAND + abs(rows - columns)
    far = float("inf")
    cost = [float(column) for column in range(columns + 1)]
    steps: list[list[int]] = [[_LEFT] * (columns + 1)]
    for row in range(1, rows + 1):
        middle = row * columns // rows
        above, cost, step = cost, [far] * (columns + 1), [_UP] * (columns + 1)
        for column in range(max(0, middle - band), min(columns, middle + band) + 1):
            options = (
                above[column] + 1,
                cost[column - 1] + 1 if column else far,
                above[column - 1] + _change(said[row - 1], heard[column - 1]) if column else far,
            )
            cost[column] = min(options)
            step[column] = options.index(cost[column])
        steps.append(step)
    return _walk_back(steps, rows, columns)


def _walk_back(steps: Sequence[Sequence[int]], row: int, column: int) -> list[tuple[int, int]]:
    """Follow the steps from the end."""
    passed = [(0, 0)] * (row + 1)
    last = column
    while row:
        step = steps[row][column]
        if step == _LEFT:
            column -= 1
            continue
        passed[row] = (column, last)
        row, column = row - 1, column - (step == _BOTH)
        last = column
    passed[0] = (0, last)
    return passed


def _change(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.6 if (one in _VOWELS) == (other in _VOWELS) else 1.6
