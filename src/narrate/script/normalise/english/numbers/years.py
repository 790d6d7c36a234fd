"""Years, decades and ranges of years."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    DASH,
    counts_next,
    spell,
    text_after,
    text_before,
    word_after,
    word_before,
    words,
)
from narrate.script.normalise.english.numbers.words import below_hundred, cardinal, paired, plural
from narrate.script.normalise.rule import Later, Rule
from narrate.script.wording import ENGLISH

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_YEARS = range(1010, 2100)
"""Numbers of four digits that are said like years where nothing says that they count."""

_ROUND = 50
"""What this divides may well be a count; other numbers after 1800 are years, unless people are counted."""

_MODERN = range(1800, 2100)
_QUANTITY = re.compile(
    r"\b(?:over|than|nearly|almost|some|approximately|exactly|only|least|most|another|every|roughly|estimated|costs?"
    r"|worth|weigh\w*|totals?"
    r"|totall?ed|totall?ing|total of|number(?:s|ed|ing)?(?: of)?|population (?:of|was|is)|x|times|plus|minus|equals"
    r"|up to|as many as"
    r"|paid|pays?|sold|an extra|additional|these|those|with|has|had|have|employ\w*|contains?|includ\w+|under|per)\s\Z",
    re.IGNORECASE,
)
_YEAR_BEFORE = words(
    "in since by until till before after during of the from year c circa ca early late mid spring summer autumn fall "
    "winter"
)
_OTHER_YEAR = re.compile(r"(?<![\d,.])(?:1[5-9]|20)\d\d(?![\d,])[^.;]{0,16}\b(?:and|to|or|until|than)\s(?:\w+\s)?\Z")
_EVENTS = words(
    "elections olympics games championships playoffs finals results census protests riots floods awards sales talks "
    "accords "
    "protocols guidelines standards rules editions models votes tours bushfires attacks bombings earthquakes uprisings "
    "fires campaigns negotiations agreements primaries midterms titles releases recordings films songs singles "
    "novels levels "
    "comments dollars figures prices onwards revolutions profits ideas lows highs books works versions crops "
    "vintages wines"
)
_COUNTED = words(
    "people men women children feet percent per square cubic miles yards meters metres kilometers kilometres km tons "
    "tonnes "
    "pounds hours days years months weeks minutes seconds soldiers troops workers students employees members seats "
    "jobs homes "
    "houses words pages degrees calories acres hectares points runs copies cases deaths patients volunteers "
    "participants "
    "respondents passengers prisoners casualties ships aircraft vehicles cars characters bytes bits units shares "
    "barrels "
    "gallons species islands residents inhabitants households families refugees migrants teachers schools hospitals "
    "companies civilians officers guests fans visitors births times other more of"
)
_MONTHS = frozenset(month.lower() for month in ENGLISH.months)
_ERA = r"\s?(?:AD|BC|BCE|CE|A\.D\.|B\.C\.E?\.?|C\.E\.)(?!\w)"


def is_year(match: re.Match[str]) -> bool:
    """Whether a number of four digits without a comma is said like a year, and not counted: "1984 people"."""
    number, next_word = int(match.group()), word_after(match)
    if number not in _YEARS:
        return word_before(match).lower() == "year"
    if next_word in _EVENTS or _OTHER_YEAR.search(text_before(match)) or word_before(match).lower() in _MONTHS:
        return True
    a_count = number % _ROUND == 0 or number not in _MODERN
    if counts_next(match) and (a_count or next_word in _COUNTED):
        return word_before(match).lower() in _YEAR_BEFORE
    return not (number % _ROUND == 0 and _QUANTITY.search(text_before(match)))


def _decade(match: re.Match[str]) -> str | None:
    """Decades, centuries, and several of a model: "1980s", "’90s", "747s".

    >>> rule = next(rule for rule in rules(None) if rule.name == "decades")
    >>> [rule.say(rule.pattern.search(text)) for text in ("1980s", "the '90s", "mid-80s", "747s", "2000s", "1800's")]
    ['nineteen eighties', 'nineties', 'eighties', 'seven forty-sevens', 'two thousands', 'eighteen hundreds']
    """
    number = match["number"]
    if match["comma"] or (match["mark"] and not number.endswith("0")):
        return None
    if number in {"100", "1000"}:
        return {"100": "hundreds", "1000": "thousands"}[number]
    said = paired(number)
    if match["blank"] and (int(number) not in _YEARS or not number.endswith("0")):
        return None
    return plural(said)


def _members(match: re.Match[str]) -> str:
    return f"{below_hundred(int(match['number']))}rs"


def _short_year(match: re.Match[str]) -> str | None:
    """A year of two digits behind an apostrophe: "the summer of ’98"."""
    year = match["year"]
    return f"oh {cardinal(int(year))}" if year.startswith("0") else below_hundred(int(year))


def _years(match: re.Match[str]) -> str | None:
    """A range of years: "1961–1965", "2010–11 season".

    >>> rule = next(rule for rule in rules(None) if rule.name == "ranges of years")
    >>> [rule.say(rule.pattern.search(text)) for text in ("1961–1965", "2010–11 season", "1980s–90s", "2011-10")]
    ['nineteen sixty-one to nineteen sixty-five', 'twenty ten to eleven', 'nineteen eighties to nineties', None]
    """
    first, last = match["first"], match["last"]
    full = last if len(last) == len(first) else first[: len(first) - len(last)] + last
    if int(full) <= int(first) or int(first) not in _YEARS or int(full) not in _YEARS:
        return None
    if not match["s1"] and not match["s2"] and _QUANTITY.search(text_before(match)):
        return None
    said = paired(last) if len(last) > len("11") or not last.startswith("0") else f"oh {cardinal(int(last))}"
    ends = [plural(paired(first)) if match["s1"] else paired(first), plural(said) if match["s2"] else said]
    return " to ".join(ends)


def _ancient(match: re.Match[str], locale: Locale) -> str:
    """A year with its era: "AD 476", "44 BC"."""
    number = match["number"]
    return paired(number) if len(number) in {3, 4} and not number.endswith("000") else spell(number, locale)


def _era_year(match: re.Match[str], locale: Locale) -> str | None:
    before = re.search(r"(?:\bA\.?D\.?|\bc\.|\bca\.|circa)\s?\Z", text_before(match))
    if before is None and not re.match(_ERA, text_after(match)):
        return None
    return _ancient(match, locale)


def _upper() -> tuple[Rule, ...]:
    return (
        Rule(
            "ranges of years",
            Later(
                rf"(?<![\w$£€#+])(?<!\d[.,:/\-–])(?P<first>[12]\d{{3}})(?P<s1>[’']?s)?{DASH}[’']?(?P<last>\d{{4}}"
                rf"|\d\d)(?P<s2>[’']?s)?(?![\w%]|[.,:/\-–]\d)"
            ),
            _years,
            needs=("-", "–", "—", "‑", "−"),
            digit=True,
        ),
        Rule(
            "decades",
            Later(
                r"(?<![\w$£€.,/])(?:(?<!\w)[’'‘](?=\d0))?(?P<number>(?:[1-9]\d{3}|[1-9]\d{2}"
                r"|[1-9]0))(?P<comma>,\d+)?(?P<blank>\s)?(?P<mark>(?<!\s)[’'])?s(?!\w|[’']\w)"
            ),
            _decade,
            needs=("s",),
            digit=True,
        ),
        Rule(
            "teams by their age",
            Later(r"(?<=\b[uU]nder[- ])(?P<number>[12]\d)s(?!\w)"),
            lambda match: plural(below_hundred(int(match["number"]))),
            needs=("nder",),
            digit=True,
        ),
        Rule("thousands", Later(r"(?<![\w.,$£€])1,000s(?!\w)"), "thousands", needs=("1,000s",), digit=True),
        Rule("forty-niners", Later(r"(?<![\w.,])(?P<number>\d9)ers(?!\w)"), _members, needs=("ers",), digit=True),
    )


def _lower(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "years of two digits",
            Later(r"(?<![\w’'])[’'‘](?P<year>\d\d)(?![\w’'\"”.,:/%]\w|[’'\"”\w%])"),
            _short_year,
            needs=("'", "’", "‘"),
            digit=True,
        ),
        Rule(
            "years of an era",
            Later(r"(?<![\w.,/:$£€-])(?P<number>\d{1,4})(?!\w|[,.:/-]\d)"),
            partial(_era_year, locale=locale),
            needs=("AD", "BC", "CE", "D.", "C.", "c. ", "ca. ", "circa"),
            digit=True,
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(), *_lower(locale))
