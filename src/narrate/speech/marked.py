"""A text for eSpeak NG in which phonemes stand between ``[[`` and ``]]``, and where its words were before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.model import Pronunciation


@dataclass(frozen=True, slots=True)
class _Spot:
    """``[start, end)`` of the marked text stands for what ends at `last` and whose words begin at `words`."""

    start: int
    end: int
    last: int
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked text; equal to the text before where no phonemes are given."""

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


def marked(text: str, given: Iterable[Pronunciation]) -> Marked:
    """A plain text, in which nobody else's marks are, with the given phonemes for which eSpeak has names."""
    from narrate.speech.ipa import mnemonics  # fifty patterns, and hardly an article gives any phonemes

    pieces: list[str] = []
    spots: list[_Spot] = []
    words = spoken_words(text)
    last = at = 0
    for each in given:
        names = mnemonics(each.ipa)
        begins = [start for start, end in words if each.start <= start and end <= each.end]
        if names and begins:
            before, sounds = text[last : each.start], f"[[{names}]]"
            pieces += before, sounds
            start = at + len(before)
            at = start + len(sounds)
            last = each.end
            spots.append(_Spot(start, at, last, tuple(begins)))
    return Marked("".join((*pieces, text[last:])), tuple(spots))


def places(text: Marked, events: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Events ``(character, sample)`` of the marked text as those of the text before."""
    return [(text.place(character), sample) for character, sample in events]
