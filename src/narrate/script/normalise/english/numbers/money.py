"""Money: signs and codes of currencies before and behind the number, scales, cents, ranges and rates."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    DASH,
    GROUPED,
    MINUS,
    NUMBER,
    describes,
    is_one,
    spell,
    text_after,
    text_before,
    word_after,
)
from narrate.script.normalise.english.numbers.currencies import CODES, SCALES, SIGNS, Currency
from narrate.script.normalise.english.numbers.words import cardinal
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_CENTS = len("00")
_RATES = {"month": "month", "mo": "month", "year": "year", "yr": "year", "week": "week", "wk": "week", "day": "day"}
_RATES |= {"hour": "hour", "hr": "hour", "h": "hour", "kg": "kilogram", "lb": "pound", "oz": "ounce", "ton": "ton"}
_RATES |= {"tonne": "tonne", "MWh": "megawatt hour", "kWh": "kilowatt hour", "barrel": "barrel", "bbl": "barrel"}
_RATES |= {"share": "share", "person": "person", "user": "user", "gallon": "gallon", "litre": "litre", "night": "night"}

_LINES = frozenset({"144", "240", "360", "480", "576", "720", "1080", "1440", "2160", "4320"})
"""How many lines a picture has: no pence."""

_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
_SIGN = rf"US\s\$|{_SIGN}"
_CODE = "|".join(re.escape(code) for code in sorted(CODES, key=len, reverse=True))
_SCALE = (
    r"(?P<scale>[\s-]{0,2}(?i:thousand|millions?|billions?|trillion|quadrillion|crore|lakh)\b"
    r"|\s?(?:[bmt]n|[bm]ln|trn|mm)\b|[kKmMbBtT]\b)?"
)
_RATE = rf"(?:/(?P<rate>{'|'.join(sorted(_RATES, key=len, reverse=True))})\b)?"
_FOREIGN = r"\d{1,3}(?:\.\d{3})*,\d{2}(?!\d)"
"""A number with a decimal comma, as on the continent."""


def _scaled(scale: str | None) -> str:
    return SCALES[scale.strip(" -\u00a0").lower()] if scale else ""


def _amount(number: str, scale: str | None, currency: Currency, locale: Locale, *, single: bool = False) -> str:
    """An amount in words.

    >>> from narrate.script.normalise.english.numbers.context import locale_of
    >>> [_amount(number, scale, SIGNS["$"], locale_of("en")) for number, scale in (("3.2", "bn"), ("1.01", None))]
    ['three point two billion dollars', 'one dollar and one cent']
    """
    number = number.replace(",", "")
    if scale:
        return f"{spell(number, locale)} {_scaled(scale)} {currency.one if single else currency.many}"
    whole, _, part = number.partition(".")
    if len(part) > _CENTS and not part[_CENTS:].strip("0"):  # "$20.500" is written like a number, and is money
        part = part[:_CENTS] if part.strip("0") else ""
    if len(part) == _CENTS and currency.cents and not (single and int(part) == 0):
        return _with_cents(int(whole or 0), int(part), currency, locale)
    if part and int(part) == 0:
        part = ""
    name = currency.one if single or (is_one(whole) and not part) else currency.many
    return f"{spell(whole + ('.' + part if part else ''), locale)} {name}"


def _with_cents(whole: int, part: int, currency: Currency, locale: Locale) -> str:
    cents = f"{cardinal(part)} {currency.cent if part == 1 else currency.cents}"
    if not whole:
        return cents if part else f"zero {currency.many}"
    said = f"{cardinal(whole, says_and=locale.says_and)} {currency.one if whole == 1 else currency.many}"
    if not part:
        return said
    return f"{said} {cents}" if currency.cent == "penny" else f"{said} and {cents}"


def _sign(written: str | None) -> str:
    return {"+": "plus "}.get(written, "minus ") if written else ""


def _end(match: re.Match[str], said: str) -> str:
    """What was said with its rate, and a blank before a letter; "$1 million dollars" says them once."""
    if word_after(match) in {"dollar", "dollars", "pounds", "euros"}:
        return said.rpartition(" ")[0]
    rate = f" per {_RATES[match['rate']]}" if match["rate"] else ""
    return f"{said}{rate}" + (" " if text_after(match)[:1].isalpha() else "")


def _before(match: re.Match[str], locale: Locale) -> str | None:
    """Money with its sign or code before the number."""
    currency = (SIGNS | CODES)[match["currency"].replace(" ", "")]
    number = match["foreign"].replace(".", "").replace(",", ".") if match["foreign"] else match["number"]
    if match["currency"] == "R$" and match["scale"] is None and "." in number:
        return None
    single = (describes(match) or (match["scale"] or "").startswith("-")) and not match["last"]
    said = _amount(number, match["scale"], currency, locale, single=single)
    if match["last"]:
        said = _range(match, currency, locale)
    return _end(match, _sign(match["minus"] or match["minus2"]) + said)


def _range(match: re.Match[str], currency: Currency, locale: Locale) -> str:
    """A range: the currency of both is said once where it is written once, or where both have one scale."""
    first, last, scale, last_scale = match["number"], match["last"], match["scale"], match["lastscale"]
    end = _amount(last, last_scale, currency, locale, single=describes(match))
    if match["again"] and bool(scale) == bool(last_scale):
        return f"{_amount(first, scale, currency, locale)} to {end}"
    if match["again"] is None and "." in last and "." in first and not last_scale:
        return f"{_amount(first, scale, currency, locale)} to {end}"
    other_scale = f" {_scaled(scale)}" if scale and _scaled(scale) != _scaled(last_scale) else ""
    return f"{spell(first, locale)}{other_scale} to {end}"


def _behind(match: re.Match[str], locale: Locale) -> str | None:
    """Money with its code or sign behind the number."""
    currency = (SIGNS | CODES)[match["currency"]]
    number = match["foreign"].replace(".", "").replace(",", ".") if match["foreign"] else match["number"]
    return _end(match, _amount(number, match["scale"], currency, locale, single=describes(match)))


def _pence(match: re.Match[str], locale: Locale) -> str | None:
    """Small change: "50p", "99¢"."""
    number, unit = match["number"], match["unit"]
    if unit == "p" and (number in _LINES or ("£" not in match.string and not locale.british)):
        return None
    names = ("penny", "pence") if unit == "p" else ("cent", "cents")
    return f"{spell(number, locale)} {names[0] if is_one(number) or (unit == '¢' and describes(match)) else names[1]}"


def _old_pounds(match: re.Match[str], locale: Locale) -> str:
    """Pounds, shillings and pence."""
    said = (
        f"{spell(match['pounds'], locale)} {'pound' if is_one(match['pounds']) else 'pounds'}"
        if match["pounds"]
        else ""
    )
    said += f" {spell(match['s'], locale)} {'shilling' if is_one(match['s']) else 'shillings'}"
    pence = f" and {spell(match['d'], locale)} {'penny' if is_one(match['d']) else 'pence'}" if match["d"] else ""
    return said.strip() + pence


_WIRE = {"dlr": "dollar", "dlrs": "dollars", "pct": "percent", "mln": "million", "bln": "billion"}


def _lone(match: re.Match[str]) -> str | None:
    """A sign of a currency that stands alone."""
    plain = not re.search(r"[\w$]\Z", text_before(match)) and not re.match(r"[\w{(]", text_after(match))
    return SIGNS[match.group()].one if plain else None


_LAST_SCALE = _SCALE.replace("P<scale>", "P<lastscale>")
_BEFORE = (
    rf"(?P<minus>{MINUS}|(?<!\w)\+)?(?<![A-Za-z$€£])(?P<currency>(?:{_SIGN})"
    rf"|(?<!\w)(?:{_CODE})\s?(?=[\d.]))\s?(?P<minus2>[-−](?=\d))?"
    rf"(?:(?P<foreign>{_FOREIGN})|(?P<number>{NUMBER})){_SCALE}"
    rf"(?:{DASH}(?P<again>(?:{_SIGN})\s?)?(?P<last>{NUMBER})(?!\w*[-–]\d){_LAST_SCALE})?{_RATE}(?![\d_])"
)
_BEHIND = (
    rf"(?<!\w)(?<!\d[.,])(?:(?P<foreign>{_FOREIGN})|(?P<number>{NUMBER})){_SCALE}\s?"
    rf"(?P<currency>(?:{_CODE})\b|[€£₹¥円₽₺₪₫₱₴฿](?!\s?[\d.])){_RATE}(?!\w)"
)


_SHARED = (
    rf"(?<![\w$£€])(?P<sign>[$£€])(?P<number>{NUMBER})(?=\s(?:to|or|(?P<and>and))\s(?P=sign){NUMBER}"
    rf"(?:[\s-](?:thousand|million|billion|trillion)|[bmtBMT]n?)\b)"
)
"""An amount that has its scale and its currency from the next: "$5 to $10 million"."""


def _shared(match: re.Match[str], locale: Locale) -> str | None:
    between = re.search(r"\b[Bb]etween\s\Z", text_before(match))
    return spell(match["number"], locale) if bool(between) is bool(match["and"]) else None


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "money that shares its scale",
            Later(_SHARED),
            partial(_shared, locale=locale),
            needs=("$", "£", "€"),
            digit=True,
        ),
        Rule(
            "pounds, shillings and pence",
            Later(
                rf"(?<!\w)£(?P<pounds>{GROUPED})[\s,]{{1,2}}(?P<s>\d{{1,2}})\s?s\.?(?:[\s,]{{1,2}}(?P<d>\d{{1,2}})\s?d\b\.?)?(?!\w)"
            ),
            partial(_old_pounds, locale=locale),
            needs=("£",),
            digit=True,
        ),
        Rule(
            "shillings and pence",
            Later(r"(?<![\w.,£])(?P<pounds>)(?P<s>\d{1,2})s\.\s?(?P<d>\d{1,2})d\b\.?"),
            partial(_old_pounds, locale=locale),
            needs=("s.",),
            digit=True,
        ),
        Rule(
            "money, sign or code first",
            Later(_BEFORE),
            partial(_before, locale=locale),
            needs=(*(sign for sign in SIGNS if len(sign) == 1), *CODES),
            digit=True,
        ),
        Rule(
            "money, sign or code last",
            Later(_BEHIND),
            partial(_behind, locale=locale),
            needs=(*(sign for sign in SIGNS if len(sign) == 1), *CODES),
            digit=True,
        ),
    )


def _lower(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "pence and cents",
            Later(rf"(?<![\w.,/-])(?P<number>{NUMBER})\s?(?P<unit>(?<=\d)p|[¢￠])(?![\w(]|[-/]\w)"),
            partial(_pence, locale=locale),
            needs=("p", "¢", "￠"),
            digit=True,
        ),
        Rule("percent, abbreviated", Later(r"(?:(?<=\d)|(?<=\d ))pc(?!\w)"), "percent", needs=("pc",), digit=True),
        Rule("lone signs of currencies", Later(r"[$€£](?=\s|\Z|[.,;:)])"), _lone, needs=("$", "€", "£")),
        Rule(
            "wire-service abbreviations",
            Later(r"(?<![\w.])(?P<word>dlrs?|pct|mln|bln)(?!\w)"),
            lambda match: _WIRE[match["word"]],
            needs=("dlr", "pct", "mln", "bln"),
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(locale), *_lower(locale))
