"""A text for eSpeak NG with its commands in it, and where its words were before.

Phonemes stand between ``[[`` and ``]]``; what changes speed, pitch and loudness begins with U+0001 (eSpeak NG's
markup.md, "control characters"), and holds until it is taken back, in later texts too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Pronunciation

    Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Spot:
    """``[start, end)`` of the marked text stands for what ends at `last` and whose words begin at `words`."""

    start: int
    end: int
    last: int
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked text; equal to the text before where nothing is put into it."""

    text: str
    spots: tuple[_Spot, ...] = ()

    def place(self, character: int) -> int:
        """Where a character of the marked text stands in the text before: among phonemes, where their word begins.

        >>> from narrate.model import Pronunciation
        >>> text = marked("Ask Xi now", [Pronunciation(4, 6, "ʃiː")])
        >>> text.text, text.place(0), text.place(6), text.place(13)
        ('Ask [[Si:]] now', 0, 4, 8)
        """
        shift = 0
        for spot in self.spots:
            if character < spot.start:
                break
            if character < spot.end:
                word = self.text.count(" ", spot.start, character)
                return spot.words[min(word, len(spot.words) - 1)]
            shift = spot.last - spot.end
        return character + shift


_SLOWER_WPM, _HIGHER, _LOUDER = 35, 12, 20
"""How a stressed word differs. Measured with gmw/en-us at 175 words a minute: 1.25 times as long, 2.1 dB louder, its
pitch 1.11 times as high (medians of sixteen words in sentences)."""
_MOST_PITCH = 99
"""Beyond it eSpeak goes no higher, and would come back lower than it was."""


def marked(text: str, given: Iterable[Pronunciation], stressed: Sequence[Span] = (), pitch: int = 50) -> Marked:
    """A plain text, in which nobody else's marks are, with the given phonemes for which eSpeak has names.

    The words in the spans `stressed` are heard with emphasis, in a voice of that `pitch` (0-100).
    """
    words = spoken_words(text)
    put = sorted((*_phonemes(words, given), *_stress(text, words, stressed, pitch)), key=lambda each: each.place)
    pieces: list[str] = []
    spots: list[_Spot] = []
    last = at = 0
    for each in put:
        before = text[last : each.place[0]]
        pieces += before, each.text
        start = at + len(before)
        at = start + len(each.text)
        last = max(last, each.place[1])
        spots.append(_Spot(start, at, last, each.words))
    return Marked("".join((*pieces, text[last:])), tuple(spots))


@dataclass(frozen=True, slots=True)
class _Put:
    """What is put in the place ``[start, end)`` of a text, and where the words begin that are heard there."""

    place: Span
    text: str
    words: tuple[int, ...]


def _phonemes(words: Sequence[Span], given: Iterable[Pronunciation]) -> Iterator[_Put]:
    for each in given:
        from narrate.speech.ipa import mnemonics  # fifty patterns, and hardly an article gives any phonemes

        names = mnemonics(each.ipa)
        begins = tuple(start for start, end in words if each.start <= start and end <= each.end)
        if names and begins:
            yield _Put((each.start, each.end), f"[[{names}]]", begins)


def _stress(text: str, words: Sequence[Span], stressed: Sequence[Span], pitch: int) -> Iterator[_Put]:
    """Commands before each stretch of stressed words and before the word after it, where eSpeak tells of that word."""
    if not stressed:
        return
    higher = max(0, min(_HIGHER, _MOST_PITCH - pitch))
    chosen = [any(start < last and first < end for start, end in stressed) for first, last in words]
    for number, ((first, _), now) in enumerate(zip(words, chosen, strict=True)):
        if now != (number > 0 and chosen[number - 1]):
            yield _Put((first, first), _changed(higher, now=now), (first,))
    if chosen and chosen[-1]:
        yield _Put((len(text), len(text)), _changed(higher, now=False), (words[-1][0],))


def _changed(higher: int, *, now: bool) -> str:
    pace, rest = ("-", "+") if now else ("+", "-")
    return f"\1{pace}{_SLOWER_WPM}S\1{rest}{higher}P\1{rest}{_LOUDER}A"


def places(text: Marked, events: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Events ``(character, sample)`` of the marked text as those of the text before."""
    return [(text.place(character), sample) for character, sample in events]
