"""French: numbers, money, measures and ordinals."""

from __future__ import annotations

import re

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.roman import roman
from narrate.script.normalise.tongues.tongue import Tongue, cardinal, nouns, ordinal
from narrate.script.wording import FRENCH as WORDS


def _agree(words: str, gender: str) -> str:
    """The form before a noun.

    >>> _agree("vingt et un", "f"), _agree("deux", "f")
    ('vingt et une', 'deux')
    """
    return re.sub(r"\bun\Z", "une", words) if gender == "f" else words


def _of(currency: str) -> str:
    """The currency after a million.

    >>> _of("euros"), _of("dollars")
    (' d’euros', ' de dollars')
    """
    return f" d’{currency}" if currency[0] in "aeiouyé" else f" de {currency}"


TONGUE = Tongue(
    code="fr",
    comma="virgule",
    minus="moins",
    until="à",
    months=WORDS.months,
    agree=_agree,
    price=lambda amount, cents: f"{amount} {cents}",
    of=_of,
    currencies=nouns(
        "€=euro/euros; EUR=euro/euros; euros=euro/euros; euro=euro/euros; $=dollar/dollars; "
        "US$=dollar américain/dollars américains; USD=dollar américain/dollars américains; £=livre/livres/f; "
        "GBP=livre/livres/f; ¥=yen/yens; CHF=franc suisse/francs suisses; "
        "k€=kiloeuro/kiloeuros"
    ),
    units=nouns(
        "%=pour cent; ‰=pour mille; °C=degré Celsius/degrés Celsius; °F=degré Fahrenheit/degrés Fahrenheit; "
        "°=degré/degrés; km/h=kilomètre heure/kilomètres heure; m/s=mètre par seconde/mètres par seconde; "
        "km²=kilomètre carré/kilomètres carrés; m²=mètre carré/mètres carrés; m³=mètre cube/mètres cubes; "
        "km=kilomètre/kilomètres; cm=centimètre/centimètres; mm=millimètre/millimètres; m=mètre/mètres; "
        "kg=kilogramme/kilogrammes; mg=milligramme/milligrammes; g=gramme/grammes; t=tonne/tonnes/f; "
        "ha=hectare/hectares; ml=millilitre/millilitres; l=litre/litres; cl=centilitre/centilitres; "
        "kWh=kilowattheure/kilowattheures; GW=gigawatt/gigawatts; MW=mégawatt/mégawatts; kW=kilowatt/kilowatts; "
        "GHz=gigahertz; MHz=mégahertz; "
        "Gbit/s=gigabit par seconde/gigabits par seconde; "
        "Mbit/s=mégabit par seconde/mégabits par seconde; "
        "Go=gigaoctet/gigaoctets; Mo=mégaoctet/mégaoctets; "
        "To=téraoctet/téraoctets; ms=milliseconde/millisecondes/f; min=minute/minutes/f"
    ),
    scales=nouns(
        "M=million/millions; millions=million/millions; million=million/millions; Md=milliard/milliards; "
        "Mds=milliard/milliards; milliards=milliard/milliards; milliard=milliard/milliards"
    ),
    fractions={"1/2": "un demi", "1/3": "un tiers", "2/3": "deux tiers", "1/4": "un quart", "3/4": "trois quarts"},
    thousands=r"[.\u00a0\u202f ]",
    one_below_two=True,
)

_RULERS = (
    "Louis|Henri|Charles|François|Philippe|Napoléon|Jean-Paul|Jean|Pie|Léon|Grégoire|Benoît|Innocent|Urbain|"
    "Clément|Édouard|Georges|Jacques|Guillaume|Frédéric|Ferdinand|Léopold|Alexandre|Nicolas|Pierre|Paul|"
    "Richard|Albert|Baudouin|Hassan|Mohammed|Élisabeth|Elizabeth|Catherine|Isabelle|Marguerite|Victoria|"
    "Marie|Alphonse|Gustave|Christian|Ramsès"
)


def _ruler(match: re.Match[str]) -> str:
    number = roman(match["roman"])
    return f"{match['name']} {'premier' if number == 1 else cardinal(number, TONGUE)}"


def _ordinal(match: re.Match[str]) -> str | None:
    written = match["number"]
    number = int(written) if written.isdigit() else roman(written)
    if not number:
        return None
    many = "s" if match["end"].endswith("s") else ""
    if number == 1:
        return ("première" if match["end"].startswith(("re", "ère", "ʳᵉ")) else "premier") + many
    if match["end"].startswith(("nd", "de")):
        return ("seconde" if "de" in match["end"] else "second") + many
    return ordinal(number, TONGUE) + many


def _saint(match: re.Match[str]) -> str:
    return {"St": "Saint", "Ste": "Sainte"}.get(match["word"] or match["inner"], "boulevard")


_TITLES = {
    "Mme": "Madame",
    "Mmes": "Mesdames",
    "Mlle": "Mademoiselle",
    "Mgr": "Monseigneur",
    "Dr": "Docteur",
    "Pr": "Professeur",
}
"""Titles that are written without a full stop."""

FRENCH_FIRST: tuple[Rule, ...] = (
    Rule(
        "saints and streets (fr)",
        Later(r"(?<![\w-])(?P<word>Ste?(?=-[A-ZÀ-Þ])|[bB]d(?=\s[A-ZÀ-Þ][a-zà-ÿ]))|(?<=-)(?P<inner>Ste?)(?=-[A-ZÀ-Þ])"),
        _saint,
        needs=("St", "d "),
    ),
)
"""What comes before the rows for money and measures."""

FRENCH: tuple[Rule, ...] = (
    Rule(
        "titles without a full stop (fr)",
        Later(rf"(?<!\w)(?P<title>{'|'.join(_TITLES)})(?=\s+[A-ZÀ-Þ])"),
        lambda match: _TITLES[match["title"]],
        needs=tuple(_TITLES),
    ),
    Rule("Mr and Mrs (fr)", Later(r"(?<!\w)M\.(?=\s+et\s+M(?:me|lle)\s)"), "Monsieur", needs=("M.",)),
    Rule(
        "a million after a preposition (fr)",
        Later(
            r"(?<!\w)(?P<of>[dD])e (?=(?:1[.\u00a0\u202f ]000[.\u00a0\u202f ]000|1 milli(?:on|ard))"
            r"(?!\w|[.,\u00a0\u202f ]\d))"
        ),
        lambda match: f"{match['of']}’",
        needs=("e 1",),
        digit=True,
    ),
    Rule("number sign (fr)", Later(r"(?<!\w)[nN][°º]\s?(?=\d)"), "numéro ", needs=("°", "º"), digit=True),
    Rule(
        "rulers (fr)",
        Later(rf"\b(?P<name>{_RULERS}) (?P<roman>[IVXL]+)(?:er)?\b"),
        _ruler,
        needs=("I", "V", "X", "L"),
    ),
    Rule(
        "ordinals (fr)",
        Later(
            r"(?<![\w.,-])(?P<number>\d{1,4}|[IVX]{2,5}|I(?=ers?\b|re\b|ᵉʳ|ʳᵉ)|"
            r"[IVX](?=[eᵉ] (?:siècle|République|arrondissement|dynastie|millénaire|(?:et|ou|au) [IVX]+e? siècle)))"
            r"(?P<end>ᵉʳ|ʳᵉ|ᵉ|ers?|res?|ères?|èmes?|es?|nde?s?|(?<=2)de)(?!\w)"
        ),
        _ordinal,
        needs=("e", "nd", "ᵉ"),
    ),
)
"""What French alone has."""
