"""Citation marks: ``[12]``, ``(Smith et al. 2019)``, ``¹²``, and nothing that only looks like one.

A name and a year, ``(Smith 2019)``, may be a film's or a book's as well: such a mark goes only where its article lists
the work, and is told by the reader. Here go those whose shape is sure.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.model.diction import Citations
from narrate.script.normalise.english.letters.context import words
from narrate.script.normalise.english.numbers.words import cardinal
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "citation mark"

_NUMBERS = r"[1-9]\d{0,2}[a-z]?(?:\s*[,;–—-]\s*[1-9]\d{0,2}[a-z]?)*"
_PLACE = r"(?:,?\s*(?:pp?\.|§|ch\.|chap\.|sec\.|fig\.|at|para\.?)\s*[\dA-Z][\w.]*(?:\s*[–—,-]\s*\d+)*)"
_NOTED = r"(?:note|nb|n|fn|ref|lower-alpha|a) ?\d{1,3}|(?:citation|clarification|page|date) needed|better source needed"
_BRACKETED = Later(
    rf"(?<=[\w.,;!?)\"”’»%\]])(?:\s?\[(?:{_NUMBERS}{_PLACE}?|{_NOTED})\](?:,(?=\s?\[\d))?)+(?![\w(\[{{}}\]=])",
    re.IGNORECASE,
)
_LETTER = Later(r"(?<=[.,;:!?)”\"])\[[a-z]\](?!\w|\s[a-z])")

_SURNAME = (
    r"(?:(?:van|von|de|der|den|del|la|le|di|da|dos|el|al|bin|Van|Von|De|La|Le)\s|Mc|Mac|O[’'])*"
    r"[A-ZÀ-Þ][a-zß-ÿ’'-]*[a-zß-ÿ](?:-[A-ZÀ-Þ][a-zß-ÿ]+)?"
)
_AND = r"(?:\s*,?\s*(?:and|&)\s+)"
_ET_AL = r"(?:,?\s+et\s+al\.?|\s+and\s+(?:others|colleagues))"
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?(?:\s*[/,]\s*(?:(?:1[5-9]|20)\d\d)?[a-z]?)*|forthcoming|in press|n\.d\."
_SOURCE = (
    rf"(?:(?:see|cf\.|e\.g\.,?|see also|see e\.g\.,?|also|but see|reviewed in|after)\s+)?"
    rf"(?P<who{{0}}>{_SURNAME}(?:(?:,\s+{_SURNAME}){{{{0,4}}}}{_AND}{_SURNAME})?{_ET_AL}?),?\s+"
    rf"(?:\((?:{_YEAR})\)|{_YEAR})"
    rf"(?:[,:]\s*(?:pp?\.?\s*)?\d+(?:\s*[–—-]\s*\d+)?|{_PLACE})?"
)
_AUTHOR_YEAR = Later(
    rf"\s{{0,40}}+[(\[](?P<all>{_SOURCE.format(1)}"
    rf"(?:\s*;\s*(?:{_SOURCE.format(2).replace('?P<who2>', '?:')}|{_YEAR}))*)[)\]]"
)
_SURE = re.compile(r"et\s+al|&|;|\bpp?\.|\d[a-z]\b|^cf\b|:\s*\d|\b[Ii]n press|forthcoming|n\.d\.")

_WORK = re.compile(
    r"\b(?:albums?|films?|movies?|novels?|songs?|singles?|plays?|paintings?|series|games?|operas?|musicals?|poems?|"
    r"cities|city|storms?|ships?|events?)\b(?:[\s,]+\w+){0,4}\s*\Z"
)
"""Works and events whose name and year stand in parentheses."""

_NO_AUTHOR = words(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul "
    "Aug Sep Sept Oct Nov Dec Spring Summer Autumn Fall Winter Easter Christmas Monday Tuesday Wednesday Thursday "
    "Januar Februar März Mai Juni Juli Oktober Dezember Janvier Février Mars Avril Juin Juillet Août Septembre "
    "Octobre Novembre Décembre Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre "
    "Diciembre Gennaio Febbraio Aprile Maggio Giugno Luglio Settembre Ottobre Dicembre Janeiro Fevereiro Março Maio "
    "Junho Julho Setembro Outubro Dezembro Januari Februari Maart Mei Augustus "
    "Friday Saturday Sunday Windows Office Exchange Server Ubuntu Visual Studio Word Excel Java Version Act Bill Law "
    "Code Order Regulations Directive Convention Treaty Agreement Protocol Chapter Part Section Volume Issue Year "
    "Since Until Before After Circa About Around Born Died Est Established Founded Updated Published Released Edition "
    "Season Class Series Season Episode Since From During In By Of To For The A An And No Album Film Single Book "
    "Live Deluxe Remastered Remaster Census Olympics Paralympics Games Expo Euro Eurovision Cup Grammy Oscar Emmy "
    "London Paris Rome Athens Tokyo Beijing Sydney Rio Seoul Moscow Munich Montreal Barcelona Atlanta Berlin Vienna "
    "Madrid Lisbon Dublin Brussels Geneva Oslo Stockholm Helsinki Copenhagen Amsterdam Boston Chicago Philadelphia "
    "Washington Dallas Houston Denver Seattle Detroit Cleveland Baltimore Toronto Vancouver Calgary Melbourne "
    "Cambridge "
    "Oxford Edinburgh Glasgow Manchester Liverpool Leeds Leipzig Frankfurt Hamburg Heidelberg Milan Turin Naples "
    "Venice Florence Warsaw Prague Budapest Bucharest Sofia Belgrade Kyiv Kiev Minsk Cairo Delhi Mumbai Kolkata Dhaka "
    "Karachi Lahore Kabul Tehran Baghdad Damascus Beirut Jerusalem Doha Dubai Riyadh Nairobi Lagos Accra Dakar "
    "Johannesburg Shanghai Singapore Bangkok Jakarta Manila Hanoi Taipei Osaka Kyoto Nagano Sochi Lillehammer Turin "
    "France Germany Italy Spain Portugal England Scotland Wales Ireland Britain Greece Turkey Russia Ukraine Poland "
    "Sweden Norway Denmark Finland Iceland Netherlands Belgium Switzerland Austria Hungary Romania Bulgaria Serbia "
    "Croatia America Canada Mexico Brazil Argentina Chile Peru Colombia Cuba Haiti Jamaica China Japan Korea India "
    "Pakistan Bangladesh Nepal Iran Iraq Syria Israel Egypt Libya Sudan Ethiopia Kenya Nigeria Ghana Rwanda Qatar "
    "Africa Asia Europe Australia Vietnam Indonesia Malaysia Philippines Thailand Texas California Florida Ohio "
    "Alabama Virginia Penguin Routledge Springer Elsevier Wiley Blackwell Harper Macmillan Pearson Norton Doubleday "
    "Knopf Vintage Viking Faber Faber Row Simon Schuster Collins Brill Verso Sage Apollo Challenger Gemini Titanic "
    "Hurricane Typhoon Cyclone Tropical Storm Earthquake Revision Rev Model Type Mark Final Draft Preview Beta "
    "Republican Democrat Labour Conservative Liberal Green Independent Ford Honda Toyota Boeing Airbus Best Note Table "
    "Figure Appendix Equation Item Line Page Room Flight Route Highway Psalm Genesis Matthew"
)
"""Words before a year in parentheses that are months, places, publishers, products or labels."""

_RAISED = Later(r"(?:(?<=[a-zß-ÿ]{4})|(?<=[.,;:!?)\"”’»])|(?<=[a-z]{3}[’']s))[⁰¹²³⁴-⁹]+(?:[,⁻–][⁰¹²³⁴-⁹]+)*(?![\w²³])")
_UNITS = re.compile(r"(?:met(?:er|re)s?|feet|foot|inch(?:es)?|miles?|yards?|kilomet\w+|centimet\w+|millimet\w+|sec)\Z")


_NOUN_AFTER: Mapping[str, re.Pattern[str]] = {
    language: re.compile(rf"(?:^|[\s(])(?:{words})\s+\Z", re.IGNORECASE)
    for language, words in {
        "en": r"see|in|from|by|of|to|with|than|like|via|per|cf\.|compare|following|references?|refs?\.?",
        "de": r"siehe|in|von|nach|aus|laut|bei|zu|mit|vgl\.",
        "fr": r"voir|dans|de|par|selon|cf\.|avec",
        "es": r"ver|véase|en|de|por|según|con|cf\.",
        "it": r"vedi|in|da|di|secondo|con|cfr\.",
        "pt": r"ver|veja|em|de|por|segundo|com|cf\.",
        "nl": r"zie|in|van|volgens|uit|met|cf\.",
    }.items()
}
"""Words after which a mark is a part of the sentence, by language: "see [12]"."""


def is_noun(text: str, start: int, end: int, language: str) -> bool:
    """Whether a mark ``text[start:end]`` is a word of its sentence, which makes no sense without it.

    It is after a blank and a preposition, or as the first word of a sentence that goes on in lower case.

    >>> text = "See [12] for more [3]. [4] shows it, as the city he came from[5]."
    >>> [is_noun(text, at, at + length, "en") for at, length in ((4, 4), (18, 3), (23, 3), (60, 3))]
    [True, False, True, False]
    """
    before = text[max(0, start - 24) : start + len(text[start:end]) - len(text[start:end].lstrip())]
    after = _NOUN_AFTER.get(language.partition("-")[0].lower())
    if after is not None and after.search(before):
        return True
    opens = not before.strip() or _ENDED.search(before) is not None
    return opens and text[end : end + 2].strip()[:1].islower()


_ENDED = re.compile(r"[.!?][\"”’)]*\s+\Z")


def citation_rules(citations: Citations, language: str = "en") -> tuple[Rule, ...]:
    """The rows that leave citation marks out, for every language; none where they are to be read."""
    if citations is Citations.READ:
        return ()
    return (
        Rule(NAME, _BRACKETED, partial(_gone, language), needs=("[",)),
        Rule(NAME, _LETTER, partial(_gone, language), needs=("[",)),
        Rule(NAME, _AUTHOR_YEAR, _author_year, needs=("(", "[")),
        Rule(NAME, _RAISED, _raised, needs=tuple("¹²³⁴⁵⁶⁷⁸⁹")),
    )


def _gone(language: str, match: re.Match[str]) -> str | None:
    """Nothing; where the sentence needs it, what it is; a range of numbers is no citation."""
    before = match.string[max(0, match.start() - 24) : match.start()].lower()
    if re.search(r"\b[A-Z]\Z", before.upper()) and match.string[match.start()] == "[":
        return None  # "V[6]" and "x[3]" are names of things
    if is_noun(match.string, match.start(), match.end(), language):
        number = re.fullmatch(r"\s?\[(\d+)\]", match[0])
        named = re.search(r"\brefs?\.?\s*\Z|\breferences?\s*\Z", before)
        return f" reference {cardinal(int(number[1]))}" if number and language == "en" and not named else None
    return None if re.search(r"\b(?:range|interval|between|indices|set|vector|tuple|list)\s*\Z", before) else ""


def _author_year(match: re.Match[str]) -> str | None:
    """Nothing for who wrote it and when, where its shape is sure and it stands beside words."""
    rest = match.string[: match.start()] + match.string[match.end() :]
    if not any(map(str.isalpha, rest)) or not _SURE.search(match["all"]):
        return None
    names = re.findall(r"[^\W\d_]+", match["who1"])
    if any(name in _NO_AUTHOR for name in names):
        return None
    return None if _WORK.search(match.string[max(0, match.start() - 48) : match.start()]) else ""


def _raised(match: re.Match[str]) -> str | None:
    before = match.string[max(0, match.start() - 16) : match.start()]
    return None if _UNITS.search(before) else ""
