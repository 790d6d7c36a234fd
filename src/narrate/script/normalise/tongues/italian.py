"""Italian: numbers, money, measures and ordinals."""

from __future__ import annotations

import re

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.roman import roman
from narrate.script.normalise.tongues.tongue import Tongue, cardinal, nouns, ordinal
from narrate.script.wording import ITALIAN as WORDS


def _agree(words: str, gender: str) -> str:
    """The form before a noun.

    >>> _agree("uno", "m"), _agree("uno", "f"), _agree("ventuno", "m")
    ('un', 'una', 'ventuno')
    """
    return re.sub(r"\Auno\Z", "una" if gender == "f" else "un", words)


def _of(currency: str) -> str:
    return f" di {currency}"


TONGUE = Tongue(
    code="it",
    comma="virgola",
    minus="meno",
    plus="più",
    until="a",
    months=WORDS.months,
    agree=_agree,
    mend=lambda words: re.sub(r"(?<=\w)tre\Z", "tré", words),
    price=lambda amount, cents: f"{amount} e {cents}",
    of=_of,
    currencies=nouns(
        "€=euro; EUR=euro; euro=euro; $=dollaro/dollari; US$=dollaro americano/dollari americani; "
        "USD=dollaro americano/dollari americani; £=sterlina/sterline/f; GBP=sterlina/sterline/f; ¥=yen; "
        "CHF=franco svizzero/franchi svizzeri"
    ),
    units=nouns(
        "%=per cento/per cento/-; ‰=per mille; °C=grado Celsius/gradi Celsius; "
        "°F=grado Fahrenheit/gradi Fahrenheit; °=grado/gradi; km/h=chilometro orario/chilometri orari; "
        "m/s=metro al secondo/metri al secondo; km²=chilometro quadrato/chilometri quadrati; "
        "mq=metro quadrato/metri quadrati; m²=metro quadrato/metri quadrati; m³=metro cubo/metri cubi; "
        "km=chilometro/chilometri; cm=centimetro/centimetri; mm=millimetro/millimetri; m=metro/metri; "
        "kg=chilo/chili; mg=milligrammo/milligrammi; g=grammo/grammi; t=tonnellata/tonnellate/f; "
        "ha=ettaro/ettari; ml=millilitro/millilitri; l=litro/litri; kWh=chilowattora; GW=gigawatt; MW=megawatt; "
        "kW=chilowatt; h=ora/ore/f; GHz=gigahertz; MHz=megahertz; "
        "Gbit/s=gigabit al secondo; "
        "Mbit/s=megabit al secondo; "
        "MB/s=megabyte al secondo; "
        "GB=gigabyte; MB=megabyte; TB=terabyte; "
        "ms=millisecondo/millisecondi; min=minuto/minuti"
    ),
    scales=nouns(
        "mln=milione/milioni; milioni=milione/milioni; milione=milione/milioni; mld=miliardo/miliardi; "
        "miliardi=miliardo/miliardi; miliardo=miliardo/miliardi"
    ),
    fractions={"1/2": "un mezzo", "1/3": "un terzo", "2/3": "due terzi", "1/4": "un quarto", "3/4": "tre quarti"},
)

_RULERS = (
    "Luigi|Enrico|Carlo|Francesco|Filippo|Napoleone|Giovanni Paolo|Giovanni|Pio|Leone|Gregorio|Benedetto|"
    "Innocenzo|Urbano|Clemente|Edoardo|Giorgio|Giacomo|Guglielmo|Federico|Ferdinando|Leopoldo|Alessandro|"
    "Niccolò|Nicola|Pietro|Paolo|Riccardo|Vittorio Emanuele|Umberto|Alberto|Elisabetta|Caterina|Isabella|"
    "Margherita|Vittoria|Maria|Sisto|Bonifacio|Celestino"
)
_FEMALE = frozenset({"Elisabetta", "Caterina", "Isabella", "Margherita", "Vittoria", "Maria"})


def _feminine(said: str) -> str:
    return f"{said[:-1]}a"


def _ruler(match: re.Match[str]) -> str:
    said = ordinal(roman(match["roman"]), TONGUE)
    return f"{match['name']} {_feminine(said) if match['name'] in _FEMALE else said}"


def _woman(match: re.Match[str]) -> str:
    if match["title"]:
        said = "dottoressa" if match["title"] in "Dd" else "professoressa"
        return said.capitalize() if match["title"].isupper() else said
    said = _WOMEN[match["end"]]
    return said.capitalize() if match["first"] == "S" else said


def _ordinal(match: re.Match[str]) -> str | None:
    number = int(match["number"])
    if not number:
        return None
    said = ordinal(number, TONGUE)
    return _feminine(said) if match["end"] == "ª" else said


_WOMEN = {"ra": "signora", "na": "signorina", "ri": "signori"}
ITALIAN_FIRST: tuple[Rule, ...] = (
    Rule(
        "has, after a number (it)",  # "nel 2005 ha vinto": no hectares
        Later(
            r"(?<=\d )ha(?=\s+(?!(?:di|d|e|ed|o|circa|in|a|per|con|su|nel|nella|tra|fra|da|coltiv\w*|boschi\w*)\b)"
            r"[a-zà-ù\d])"
        ),
        "ha",
        needs=(" ha ",),
        digit=True,
    ),
    Rule(
        "ages from to (it)",
        Later(r"(?<![\w.,:/-])(?P<from>\d\d)[-–](?P<to>\d\d)(?=enn[ei]\b)"),
        lambda match: f"{cardinal(int(match['from']), TONGUE)} {cardinal(int(match['to']), TONGUE)[:-1]}",
        needs=("enn",),
        digit=True,
    ),
    Rule(
        "titles of women (it)",
        Later(
            r"(?<![\w.])(?:(?P<first>[Ss])ig\.(?P<end>ra|na|ri)|(?P<title>[DdPp])(?:(?:ott|rof)?\.ssa|r?\.ssa))(?!\w)"
        ),
        _woman,
        needs=("ig.", "ssa"),
    ),
    Rule(
        "centuries, short (it)",
        Later(r"\bsec\. (?P<roman>[IVX]+)\b"),
        lambda match: f"secolo {ordinal(roman(match['roman']), TONGUE)}",
        needs=("sec.",),
    ),
    Rule(
        "centuries, short, last (it)",
        Later(r"\b(?P<roman>[IVX]+) sec\.(?P<on>(?= ?[\w(,;]))?"),
        lambda match: f"{ordinal(roman(match['roman']), TONGUE)} secolo{'' if match['on'] is not None else '.'}",
        needs=("sec.",),
    ),
)
"""What comes before the rows for money and measures."""

ITALIAN: tuple[Rule, ...] = (
    Rule(
        "rulers (it)",
        Later(rf"\b(?P<name>{_RULERS}) (?P<roman>[IVXL]+)\b"),
        _ruler,
        needs=("I", "V", "X", "L"),
    ),
    Rule(
        "centuries (it)",
        Later(r"\b(?P<roman>[IVX]+)(?= (?:(?:al|e|o|e il) [IVX]+ )?secol[oi]\b)"),
        lambda match: ordinal(roman(match["roman"]), TONGUE),
        needs=("secolo",),
    ),
    Rule(
        "centuries after the word (it)",
        Later(r"\b(?P<word>secol[oi] )(?P<all>[IVX]+\b(?:(?:,| e| o) (?=[IVX]+\b)[IVX]+)*)"),
        lambda match: match["word"] + re.sub(r"[IVX]+", lambda one: ordinal(roman(one.group()), TONGUE), match["all"]),
        needs=("secol",),
    ),
    Rule(
        "thousands as a word (it)",
        Later(r"(?<![\w.,:/+–-])(?P<number>[1-9]\d{0,2}) ?mila\b"),
        lambda match: cardinal(int(match["number"]) * 1000, TONGUE),
        needs=("mila",),
        digit=True,
    ),
    Rule("ordinals (it)", Later(r"(?<![\w.,-])(?P<number>\d{1,3})(?P<end>[ºª])"), _ordinal, digit=True),
)
"""What Italian alone has."""
