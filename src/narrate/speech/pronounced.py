"""Phonemes that are given for a stretch of text, put where the engine's own would be.

The stretch is spoken as a stand-in, a word that no text has, so that what is round it sounds as it would beside a
word; then the phonemes of the stand-in are taken out again. It begins with a vowel where the given phonemes do: "the"
depends on it. Nothing is written into the text that an engine could take for a command.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from narrate.model import Pronunciation

    Phonemise = Callable[[str], list[list[str]]]
    """The phonemes of a text, sentence by sentence."""

_STAND_INS = {False: "Gubbug", True: "Ubbug"}
_STRESS = frozenset("ˈˌ")
VOWELS = frozenset("aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ")


def phonemes_with(text: str, given: Sequence[Pronunciation], phonemise: Phonemise) -> list[list[str]]:
    """The phonemes of a text, those of some stretches given; the engine's own where a stretch cannot be found again."""
    if not given:
        return phonemise(text)
    kinds = [_begins_with_vowel(each.ipa) for each in given]
    pieces: list[str] = []
    last = 0
    for each, kind in zip(given, kinds, strict=True):
        pieces += text[last : each.start], _STAND_INS[kind]
        last = each.end
    sentences = phonemise("".join((*pieces, text[last:])))
    looks = {kind: [sign for part in phonemise(_STAND_INS[kind]) for sign in part] for kind in set(kinds)}
    found = _replaced(sentences, [(_bare(looks[kind]), each.ipa) for each, kind in zip(given, kinds, strict=True)])
    return found if found is not None else phonemise(text)


def _replaced(sentences: Sequence[Sequence[str]], wanted: Sequence[tuple[list[str], str]]) -> list[list[str]] | None:
    """The sentences with each look replaced by what is given for it, in order; None where one is not there."""
    waiting = list(wanted)[::-1]
    done: list[list[str]] = []
    for sentence in sentences:
        out: list[str] = []
        at = 0
        while at < len(sentence):
            end = _match(sentence, at, waiting[-1][0]) if waiting else 0
            if end:
                out += waiting.pop()[1]
                at = end
            else:
                out.append(sentence[at])
                at += 1
        done.append(out)
    return None if waiting else done


def _match(sentence: Sequence[str], at: int, look: Sequence[str]) -> int:
    """Where a look that begins at `at` ends, stress marks passed over; 0 where it is not there."""
    for sign in look:
        while at < len(sentence) and sentence[at] in _STRESS:
            at += 1
        if at >= len(sentence) or sentence[at] != sign:
            return 0
        at += 1
    return at


def _bare(signs: Sequence[str]) -> list[str]:
    return [sign for sign in signs if sign not in _STRESS and sign != "."]


def _begins_with_vowel(ipa: str) -> bool:
    return next((sign in VOWELS for sign in ipa if sign not in _STRESS), False)


def words_given(text: str, given: Sequence[Pronunciation]) -> Mapping[str, str]:
    """What is given for each word of the text that lies in a stretch, for the timing of words.

    >>> from narrate.model import Pronunciation
    >>> dict(words_given("Xi Jinping", [Pronunciation(0, 10, "ʃiː dʒɪnpɪŋ")]))
    {'Xi': 'ʃiː', 'Jinping': 'dʒɪnpɪŋ'}
    """
    said: dict[str, str] = {}
    for each in given:
        spans = [text[start:end] for start, end in spoken_words(text) if each.start <= start and end <= each.end]
        said.update(zip(spans, _shared(each.ipa, spans), strict=True))
    return said


def _shared(ipa: str, words: Sequence[str]) -> list[str]:
    """A transcription in as many parts as there are words: at its blanks, or by the words' letters."""
    parts = ipa.split()
    if len(parts) == len(words):
        return parts
    joined = "".join(parts)
    letters = [0, *accumulate(map(len, words))]
    cuts = [len(joined) * passed // letters[-1] for passed in letters] if words else []
    return [joined[start:end] for start, end in pairwise(cuts)]
