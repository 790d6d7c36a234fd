"""narrate's own words, by language: everything a listener hears that no author wrote.

A language that has no row here hears them in English, and the utterances say so.
"""

from __future__ import annotations

from narrate.script.wordingrow import AI_VOICE, COMPUTER_VOICE, Wording
from narrate.script.wordings import DUTCH, ENGLISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH

__all__ = [
    "AI_VOICE",
    "COMPUTER_VOICE",
    "DUTCH",
    "ENGLISH",
    "FRENCH",
    "GERMAN",
    "ITALIAN",
    "PORTUGUESE",
    "SPANISH",
    "Wording",
    "primary",
    "said_in",
    "wording_for",
]

_BY_LANGUAGE = {w.language: w for w in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, PORTUGUESE)}


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag, in lower case.

    >>> primary("en-US"), primary("de"), primary("")
    ('en', 'de', '')
    """
    return language.replace("_", "-").split("-", 1)[0].lower()


def wording_for(language: str) -> Wording:
    """The words of a language, English where there are none.

    >>> wording_for("de-AT").end, wording_for("cy").end
    ('Ende des Artikels.', 'End of article.')
    """
    return _BY_LANGUAGE.get(primary(language), ENGLISH)


def said_in(language: str) -> str:
    """The tag of the words `wording_for` gives: the article's own where they are in its language, else ``en``.

    >>> said_in("de-AT"), said_in("cy")
    ('de-AT', 'en')
    """
    return language if primary(language) in _BY_LANGUAGE else ENGLISH.language
