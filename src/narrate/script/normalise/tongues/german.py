"""German: numbers, money, measures, ordinals and years."""

from __future__ import annotations

import re
from dataclasses import replace

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.roman import roman
from narrate.script.normalise.tongues.tongue import Tongue, cardinal, nouns, ordinal
from narrate.script.wording import GERMAN as WORDS


def _agree(words: str, gender: str) -> str:
    """The form before a noun.

    >>> _agree("eins", "f"), _agree("einhunderteins", "m"), _agree("zwei", "f")
    ('eine', 'einhundertein', 'zwei')
    """
    return re.sub(r"eins\Z", "eine" if gender == "f" else "ein", words)


TONGUE = Tongue(
    code="de",
    comma="Komma",
    minus="minus",
    until="bis",
    months=WORDS.months,
    agree=_agree,
    price=lambda amount, cents: f"{amount} {cents}",
    of=lambda currency: f" {currency}",
    currencies=nouns(
        "€=Euro; EUR=Euro; Euro=Euro; $=Dollar; Dollar=Dollar; US$=US-Dollar; USD=US-Dollar; £=Pfund; GBP=Pfund; "
        "¥=Yen; CHF=Franken; Schweizer Franken=Schweizer Franken; Franken=Franken; "
        "HKD=Hongkong-Dollar; Pfund=Pfund"
    ),
    units=nouns(
        "%=Prozent; ‰=Promille; °C=Grad Celsius; °F=Grad Fahrenheit; °=Grad; km/h=Kilometer pro Stunde; "
        "m/s=Meter pro Sekunde; km²=Quadratkilometer; m²=Quadratmeter; qm=Quadratmeter; m³=Kubikmeter; "
        "km=Kilometer; cm=Zentimeter; mm=Millimeter; m=Meter; kg=Kilogramm; mg=Milligramm; g=Gramm; "
        "t=Tonne/Tonnen/f; ha=Hektar; ml=Milliliter; l=Liter; kWh=Kilowattstunde/Kilowattstunden/f; GW=Gigawatt; "
        "MW=Megawatt; kW=Kilowatt; GHz=Gigahertz; MHz=Megahertz; "
        "Gbit/s=Gigabit pro Sekunde; "
        "Mbit/s=Megabit pro Sekunde; "
        "MB/s=Megabyte pro Sekunde; "
        "GB=Gigabyte; MB=Megabyte; TB=Terabyte; "
        "ms=Millisekunde/Millisekunden/f; "
        "Cent=Cent; ct=Cent; Rp.=Rappen; h=Stunde/Stunden/f; Std.=Stunde/Stunden/f; Min.=Minute/Minuten/f"
    ),
    scales=nouns(
        "Tsd.=Tausend; Mio.=Million/Millionen/f; Millionen=Million/Millionen/f; Million=Million/Millionen/f; "
        "Bio.=Billion/Billionen/f; Mrd.=Milliarde/Milliarden/f; Milliarden=Milliarde/Milliarden/f; "
        "Milliarde=Milliarde/Milliarden/f"
    ),
    fractions={
        "1/2": "einhalb",
        "1/3": "ein Drittel",
        "2/3": "zwei Drittel",
        "1/4": "ein Viertel",
        "3/4": "drei Viertel",
    },
    thousands=r"[.\u00a0\u202f ’']",
    decimals_by_digit=True,
)

SWISS = replace(
    TONGUE,
    currencies={**TONGUE.currencies, **nouns("Fr.=Franken; Fr=Franken")},
    thousands=r"[\u00a0\u202f ’']",
    decimal=r"[.,]",
)
"""Switzerland and Liechtenstein part thousands by an apostrophe, decimals by a full stop or, in the press, a comma."""

_AFTER = {"der": "e", "die": "e", "das": "e", "jeder": "e", "jede": "e", "jedes": "e", "": "er"}
"""Endings of an ordinal by the word before it; after any other article or preposition it is "en"."""

WEAK = r"(?i:in|an|auf|aus|von|mit|bei|zu|nach|seit|vor|unter|während|neben|über)\sder"
"""A preposition and the article of a feminine noun in the dative or genitive."""

_DECLINED = (
    rf"(?:{WEAK}|(?i:am|vom|zum|zur|beim|im|ins|dem|den|des|der|die|das|ab|bis|seit|nach|vor|"
    r"jede[rsnm]?|diese[mn]|und))"
)
_FEMALE = frozenset(
    {
        "Elisabeth",
        "Elizabeth",
        "Katharina",
        "Margarethe",
        "Margrethe",
        "Maria",
        "Viktoria",
        "Victoria",
        "Isabella",
        "Anna",
    }
)
_RULERS = (
    "Ludwig|Heinrich|Karl|Friedrich|Wilhelm|Georg|Eduard|Jakob|Philipp|Ferdinand|Leopold|Otto|Franz|Joseph|Gustav|"
    "Christian|Alexander|Nikolaus|Peter|Paul|Johannes|Pius|Leo|Gregor|Benedikt|Innozenz|Urban|Clemens|Klemens|Alfons|"
    "Johannes Paul|Charles|Harald|Carl|Felipe|Juan Carlos|Philippe|Albert|Abdullah|Mohammed|"
    "Rama|Ramses|Maximilian|Rudolf|Albrecht|Richard|Napoleon|" + "|".join(sorted(_FEMALE))
)
_YEARS_FROM, _YEARS_TO = 1100, 2000


def _ending(before: str) -> str:
    return _AFTER.get(before.lower(), "en")


def _ordinal(match: re.Match[str]) -> str | None:
    number = int(match["number"])
    if not number:
        return None
    before = (match["before"] or "").strip()
    ending = _ending(before) if before or match["month"] else "e"
    return f"{match['before'] or ''}{ordinal(number, TONGUE).removesuffix('e')}{ending}"


def ordinal_day(before: str, day: int) -> str:
    """A day of the month, with its ending after the word before it.

    >>> ordinal_day("am", 3), ordinal_day("der", 1), ordinal_day("", 12)
    ('dritten', 'erste', 'zwölfter')
    """
    return ordinal(day, TONGUE).removesuffix("e") + _ending(before)


def _year(match: re.Match[str]) -> str:
    """A number that is said in hundreds; so are years, and counts may be."""
    return year(int(match["year"]))


def year(number: int) -> str:
    """A year: from 1100 to 1999 in hundreds.

    >>> year(1905), year(1100), year(2023)
    ('neunzehnhundertfünf', 'elfhundert', 'zweitausenddreiundzwanzig')
    """
    if not _YEARS_FROM <= number < _YEARS_TO:
        return cardinal(number, TONGUE)
    century, rest = divmod(number, 100)
    return f"{cardinal(century, TONGUE)}hundert{cardinal(rest, TONGUE) if rest else ''}"


_ENDS_IN_S = frozenset(
    {"Charles", "Juan Carlos", "Nikolaus", "Pius", "Johannes", "Clemens", "Klemens", "Ramses", "Alfons"}
)
_DATIVE = "von|unter|mit|nach|bei|zu|seit|gegenüber|aus|neben|außer"
_ACCUSATIVE = "durch|für|gegen|ohne|um|auf|über|an"
_RANK = "Kaiser|Kaiserin|König|Königin|Papst|Zar|Zarin|Fürst|Fürstin|Herzog|Herzogin|Großherzog|Kurfürst|Prinz|Sultan"


def _ruler(match: re.Match[str]) -> str:
    """A ruler by name and number, in the case that the preposition before asks for."""
    number, name = ordinal(roman(match["roman"]), TONGUE).capitalize(), match["name"]
    before, word = match["before"] or "", (match["preposition"] or "").lower()
    if name.endswith("s") and name not in _ENDS_IN_S:
        return f"{before}{name} des {number}n"
    article = "die" if name in _FEMALE else "der"
    if word in _DATIVE.split("|"):
        article, number = ("der" if name in _FEMALE else "dem"), f"{number}n"
    elif word and name not in _FEMALE:
        article, number = "den", f"{number}n"
    return f"{before}{name} {article} {number}"


GERMAN: tuple[Rule, ...] = (
    Rule(
        "years from to (de)",
        Later(r"(?<![\w.,:/–-])(?P<from>1[1-9]\d\d) ?[–-] ?(?P<to>1[1-9]\d\d|20\d\d)(?![\w–/-]|[.,]\d)"),
        lambda match: f"{year(int(match['from']))} bis {year(int(match['to']))}",
        needs=("–", "-"),
        digit=True,
    ),
    Rule(
        "scores (de)",
        Later(r"(?<![\w.,:/–-])(?P<ours>\d{1,2}):(?P<theirs>\d{1,2})(?![\w:/]|[.,]\d)"),
        lambda match: f"{match['ours']} zu {match['theirs']}",
        needs=(":",),
        digit=True,
    ),
    Rule(
        "rulers (de)",
        Later(
            rf"(?P<before>\b(?P<preposition>(?i:{_DATIVE}|{_ACCUSATIVE}))\s(?:(?:{_RANK})\s)?)?"
            rf"\b(?P<name>(?:{_RULERS})s?) (?P<roman>[IVXL]+)(?:\.(?=\s+[\w(„“\"]|[,;:)])|\b)"
        ),
        _ruler,
        needs=("I", "V", "X", "L"),
    ),
    Rule(
        "ordinals (de)",
        Later(
            rf"(?P<before>\b{_DECLINED}\s+)?(?<![\w.,:/-])(?P<number>\d{{1,3}})\."
            rf"(?=\s+(?:(?P<month>{'|'.join(WORDS.months)})|(?:[a-zäöü]+e[nrs]?\s+)?"
            r"(?:Jahrhundert|Jh\.|Weltkrieg|Mal|Platz|Klasse|Stock|Etage|Kapitel|Auflage|Liga|Bundesliga|Tag|Woche|Monat|Runde|"
            r"Minute|"
            r"FC|FSV|FFC|Spieltag|Geburtstag|Jahrestag|Jahr|Quartal|Halbjahr|Halbzeit|Mai|(?:Jan|Feb|Apr|Aug|Sept?|Okt|Nov|Dez)\.)))"
        ),
        _ordinal,
        digit=True,
    ),
    Rule(
        "years (de)",
        Later(r"(?<![\w.,:/-])(?<!Nr\. )(?<!Nummer )(?P<year>1[1-9]\d\d)(?=er\b|-|–|[\s).,;:!?]|\Z)(?![.,]\d)"),
        _year,
        digit=True,
    ),
)
"""What German alone has."""
