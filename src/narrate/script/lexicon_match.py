"""Words of a lexicon in a text: whole words and phrases only, the longest first, never inside a word or an address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.model import Diction, Lexeme

_RUN = re.compile(r"\w+")
_ALIKE = str.maketrans({"’": "'", "\u2011": "-", "\u2010": "-", "\u00a0": " ", "\n": " ", "\t": " ", "\u202f": " "})
_AFTER = re.compile(r"'\w|[.@]\w|\w")
"""What a word goes on with: a letter, an apostrophe or a dot before one."""
_BEFORE = re.compile(r"(?:\w|\w[.@]|[@#])\Z")
_ELISION = re.compile(r"\w'\Z")
_ELIDING = frozenset({"fr", "it", "ca"})
"""Languages whose articles lose a vowel before a name: "l'Élysée"."""
_SUFFIX = re.compile(r"(?P<plural>e?s)?(?P<own>'s|'(?!\w))?(?!\w)")
_LONG = 4
"""Letters of a word that may be taken for a plural: "Is" is none of "I"."""
_HISSING = re.compile(r"(?:[sxz]|[cst]h)\Z", re.IGNORECASE)
_HISSED = ("s", "z", "ʃ", "ʒ")
_MUTE = ("p", "t", "k", "f", "θ")
_REMEMBERED = 32


class Hit(NamedTuple):
    """Written ``[start, end)`` is an entry's, with its plural or possessive ending; what is said, and its phonemes."""

    start: int
    end: int
    said: str
    ipa: str
    entry: Lexeme


@dataclass(frozen=True, slots=True)
class _Form:
    """An entry as it is looked for; `lead` characters stand before the first run of letters."""

    text: str
    lead: int
    entry: Lexeme


_Table = dict[str, list[_Form]]
_tables: dict[tuple[int, str], tuple[Sequence[Lexeme], _Table]] = {}


def hits_in(written: str, language: str, lexicon: tuple[Lexeme, ...]) -> list[Hit]:
    """The entries that a text holds, in order and without overlaps; `language` is a BCP 47 tag.

    >>> from narrate.model import Lexeme
    >>> [(hit.start, hit.said) for hit in hits_in("Nguyen’s win, not Nguyenne's.", "en", (Lexeme("Nguyen", "win"),))]
    [(0, 'win’s')]
    """
    if not lexicon:
        return []
    table = _table_of(lexicon, language)
    folded = _folded(written)
    found: list[Hit] = []
    at = 0
    for run in _RUN.finditer(folded):
        forms = table.get(run.group())
        if forms is None and run.group().endswith("s"):
            forms = table.get(run.group()[:-1]) or table.get(run.group()[:-2])
        hit = _first(forms, run.start(), written, folded, language) if forms and run.start() >= at else None
        if hit and hit.start >= at:
            found.append(hit)
            at = hit.end
    return found


def used_in(texts: Iterable[tuple[str, str]], lexicon: tuple[Lexeme, ...]) -> tuple[Lexeme, ...]:
    """The entries that some texts, each with its language, hold, in the order of the lexicon."""
    used = {hit.entry for text, language in texts for hit in hits_in(text, language, lexicon)}
    return tuple(dict.fromkeys(entry for entry in lexicon if entry in used))


def with_own(diction: Diction, own: tuple[Lexeme, ...]) -> Diction:
    """A diction in which some entries come before the others."""
    return replace(diction, lexicon=_before(own, diction.lexicon)) if own else diction


@lru_cache(maxsize=16)
def _before(own: tuple[Lexeme, ...], others: tuple[Lexeme, ...]) -> tuple[Lexeme, ...]:
    """The same value each time, as what is made of a lexicon is kept by who it is."""
    return own + others


def _table_of(lexicon: tuple[Lexeme, ...], language: str) -> _Table:
    """Forms by their first word, the longest first and then the earliest; made once for a lexicon in hand.

    Hashing a thousand entries for every sentence would cost more than the search, so a lexicon is known by who it is.
    """
    key = (id(lexicon), language)
    known = _tables.get(key)
    if known is None or known[0] is not lexicon:
        while len(_tables) >= _REMEMBERED:
            _tables.pop(next(iter(_tables)), None)
        known = _tables[key] = (lexicon, _compiled(lexicon, language))
    return known[1]


def _compiled(lexicon: Sequence[Lexeme], language: str) -> _Table:
    table: _Table = {}
    for entry in lexicon:
        text = _folded(entry.written)
        first = _RUN.search(text)
        if first and _is_for(entry.language, language):
            table.setdefault(first.group(), []).append(_Form(text, first.start(), entry))
    for forms in table.values():
        forms.sort(key=lambda form: -len(form.text))  # stable: of two that are as long the earlier stays first
    return table


def _is_for(wanted: str, language: str) -> bool:
    """Whether an entry for a language is one for text in another (RFC 4647, 3.3.1).

    >>> _is_for("", "de"), _is_for("en", "en-GB"), _is_for("en-GB", "en")
    (True, True, False)
    """
    return not wanted or f"{language}-".lower().startswith(f"{wanted}-".lower())


def _folded(text: str) -> str:
    """The text in small letters and with plain apostrophes, character for character."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    return lower.translate(_ALIKE)


def _first(forms: Sequence[_Form], at: int, written: str, folded: str, language: str) -> Hit | None:
    for form in forms:
        start = at - form.lead
        end = start + len(form.text)
        if start < 0 or not folded.startswith(form.text, start) or not _stands_alone(folded, start, end, language):
            continue
        entry = form.entry
        if not entry.exact_case or written[start:end].translate(_ALIKE) == entry.written.translate(_ALIKE):
            return _hit(entry, written, folded, start, end)
    return None


def _stands_alone(folded: str, start: int, end: int, language: str) -> bool:
    before = folded[max(0, start - 2) : start]
    if _BEFORE.search(before) or (_ELISION.search(before) and language.partition("-")[0].lower() not in _ELIDING):
        return False
    return bool(_suffix(folded, start, end)) or not _AFTER.match(folded, end)


def _suffix(folded: str, start: int, end: int) -> re.Match[str] | None:
    """The ending of a plural or possessive after an entry, if there is one."""
    match = _SUFFIX.match(folded, end)
    if match is None or not match.group():
        return None
    plural = end - start >= _LONG and folded[end - 1].isalpha() and folded[end - 1] != "s"
    return match if plural or not match["plural"] else None


def _hit(entry: Lexeme, written: str, folded: str, start: int, end: int) -> Hit:
    suffix = _suffix(folded, start, end)
    if suffix is None:
        return Hit(start, end, entry.spoken or written[start:end], entry.ipa, entry)
    ending = written[suffix.start() : suffix.end()]
    plural = suffix["plural"] or ""
    said = f"{entry.spoken}{_plural(entry.spoken) if plural else ''}{ending[len(plural) :]}" if entry.spoken else ""
    heard = bool(plural) or suffix["own"] == "'s"
    ipa = entry.ipa + _ending(entry.ipa) if entry.ipa and heard else entry.ipa
    return Hit(start, suffix.end(), said or written[start : suffix.end()], ipa, entry)


def _plural(spoken: str) -> str:
    return "es" if _HISSING.search(spoken) else "s"


def _ending(ipa: str) -> str:
    """The sound of an English plural or possessive after a word.

    >>> _ending("wˈɪn"), _ending("kˈuːp"), _ending("nˈiːʃ")
    ('z', 's', 'ɪz')
    """
    if ipa.endswith(_HISSED):
        return "ɪz"
    return "s" if ipa.endswith(_MUTE) else "z"
