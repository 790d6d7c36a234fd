"""Words of a script that a voice is likely to say wrong: names and rare words, those that no list of words knows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from narrate.model import Role
from narrate.script.lexicon_match import hits_in
from narrate.script.wording import primary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from narrate.model import Lexeme, Script, Utterance

_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|@|\w\.\w|[#/\\_=]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_OWN = re.compile(r"['’](?:s|d|ll|re|ve|m)?\Z")
_SPELLED = 5
"""Letters of a word in capitals that is spelled out, which voices do right."""
_SHORTEST = 3
_SIGNS = ".,;:!?()[]“”\"'‘’"
_CAPITALISED = frozenset({Role.TITLE, Role.HEADING})
"""Roles whose every word may begin with a capital."""
_HALF = 4
"""Letters of either half of a word that is two words joined."""
_ENDINGS = (
    *(("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")),
    *(("er", "e"), ("er", ""), ("ers", "e"), ("ers", ""), ("est", "e"), ("ly", ""), ("ness", ""), ("less", "")),
    *(("ish", ""), ("like", ""), ("n't", "")),
)
_BEGINNINGS = (
    "un",
    "re",
    "non",
    "anti",
    "pre",
    "over",
    "under",
    "out",
    "mis",
    "sub",
    "super",
    "post",
    "micro",
    "multi",
)


class Known(NamedTuple):
    """Words that are frequent, in small letters: those that names are looked for among, and the rest."""

    common: frozenset[str]
    others: frozenset[str] = frozenset()


def unknown_words(script: Script, known: Known, lexicon: tuple[Lexeme, ...]) -> list[tuple[str, int]]:
    """English words that are not frequent, each as it is written most often, and how often it stands there in all.

    A word that is never in small letters is a name, and is known if it is a common one: voices say rare names wrong
    more often than rare words. The most frequent come first, those that are as frequent in the script's order.
    """
    forms: dict[str, Counter[str]] = {}
    names: set[str] = set()
    english = ((segment, each) for segment, each in script.spoken() if primary(each.language) == "en")
    for segment, utterance in english:
        for word, inside in _unlisted(utterance, lexicon):
            forms.setdefault(word.lower(), Counter())[word] += 1
            if inside and word[0].isupper() and segment.role not in _CAPITALISED:
                names.add(word.lower())
    every = known.common | known.others
    found = [
        (counts.most_common(1)[0][0], counts.total())
        for key, counts in forms.items()
        if not _is_known(min(counts), known.common if key in names and key not in counts else every)
    ]
    return sorted(found, key=lambda row: -row[1])


def _unlisted(utterance: Utterance, lexicon: tuple[Lexeme, ...]) -> Iterator[tuple[str, bool]]:
    """The words of which the lexicon says nothing, but for addresses, and whether each stands inside its sentence."""
    written = utterance.written
    taken = [(hit.start, hit.end) for hit in hits_in(written, utterance.language, lexicon)]
    for chunk in _CHUNK.finditer(written):
        if _ADDRESS.search(chunk.group().strip(_SIGNS)):
            continue
        for match in _WORD.finditer(chunk.group()):
            start, end = match.start() + chunk.start(), match.end() + chunk.start()
            if not any(first < end and start < last for first, last in taken):
                yield _OWN.sub("", match.group()), any(map(str.isalnum, written[:start]))


def _is_known(word: str, known: Collection[str]) -> bool:
    """Whether a word is one of a list, in whatever form, or is short, or spelled out.

    >>> [_is_known(word, {"make", "stream", "live"}) for word in ("remaking", "livestream", "LiveStream", "Nguyen")]
    [True, True, True, False]
    """
    if len(word) < _SHORTEST or (word.isupper() and len(word) <= _SPELLED):
        return True
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))
    plain = plain.replace("’", "'")
    if _has(plain, known) or all(_has(part.lower(), known) for part in _PARTS.findall(word) or [word]):
        return True
    if any(_has(plain[: -len(end)] + stem, known) for end, stem in _ENDINGS if plain.endswith(end)):
        return True
    rests = (plain.removeprefix(start) for start in _BEGINNINGS if plain.startswith(start))
    return any(len(rest) >= _HALF and _is_known(rest, known) for rest in rests)


def _has(word: str, known: Collection[str]) -> bool:
    """Whether a word is there, as itself, with a letter doubled at its end, or as two that are."""
    if word in known or (len(word) > _SHORTEST and word[-1] == word[-2] and word[:-1] in known):
        return True
    return any(word[:at] in known and word[at:] in known for at in range(_HALF, len(word) - _HALF + 1))
