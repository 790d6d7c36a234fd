"""Spanish: numbers, money, measures and ordinals."""

from __future__ import annotations

import re
from dataclasses import replace

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.iberian import iberian_rules
from narrate.script.normalise.tongues.tongue import Figure, Noun, Tongue, cardinal, counted, nouns, ordinal
from narrate.script.wording import SPANISH as WORDS


def _agree(words: str, gender: str) -> str:
    """The form before a noun.

    >>> _agree("veintiuno", "m"), _agree("doscientos uno", "f"), _agree("treinta y uno", "m")
    ('veintiún', 'doscientas una', 'treinta y un')
    >>> _agree("trescientos millones quinientos mil", "f")
    'trescientos millones quinientas mil'
    """
    if gender == "f":
        millions = max((match.end() for match in re.finditer(r"mill(?:ón|ones)\b", words)), default=0)
        rest = words[millions:]
        return words[:millions] + re.sub(r"uno\Z", "una", re.sub(r"ientos\b", "ientas", rest))
    return re.sub(r"\buno\Z", "un", words.replace("veintiuno", "veintiún") if words.endswith("veintiuno") else words)


TONGUE = Tongue(
    code="es",
    comma="coma",
    minus="menos",
    plus="más",
    until="a",
    months=WORDS.months,
    agree=_agree,
    mend=lambda words: (
        words.replace("veintiuno mil", "veintiún mil").replace(" y uno mil", " y un mil").replace(" uno mil", " un mil")
    ),
    price=lambda amount, cents: f"{amount} con {cents}",
    of=lambda currency: f" de {currency}",
    currencies=nouns(
        "€=euro/euros; EUR=euro/euros; euros=euro/euros; euro=euro/euros; $=dólar/dólares; "
        "US$=dólar estadounidense/dólares estadounidenses; USD=dólar estadounidense/dólares estadounidenses; "
        "£=libra/libras/f; GBP=libra/libras/f; ¥=yen/yenes; CHF=franco suizo/francos suizos; "
        "MXN=peso mexicano/pesos mexicanos"
    ),
    units=nouns(
        "%=por ciento/por ciento/-; ‰=por mil; °C=grado Celsius/grados Celsius; "
        "°F=grado Fahrenheit/grados Fahrenheit; °=grado/grados; km/h=kilómetro por hora/kilómetros por hora; "
        "m/s=metro por segundo/metros por segundo; km²=kilómetro cuadrado/kilómetros cuadrados; "
        "m²=metro cuadrado/metros cuadrados; m³=metro cúbico/metros cúbicos; km=kilómetro/kilómetros; "
        "cm=centímetro/centímetros; mm=milímetro/milímetros; m=metro/metros; kg=kilo/kilos; "
        "mg=miligramo/miligramos; g=gramo/gramos; t=tonelada/toneladas/f; ha=hectárea/hectáreas/f; "
        "ml=mililitro/mililitros; l=litro/litros; kWh=kilovatio hora/kilovatios hora; GW=gigavatio/gigavatios; "
        "MW=megavatio/megavatios; kW=kilovatio/kilovatios; h=hora/horas/f; GHz=gigahercio/gigahercios; "
        "MHz=megahercio/megahercios; "
        "Gb/s=gigabit por segundo/gigabits por segundo; "
        "Mb/s=megabit por segundo/megabits por segundo; "
        "Mbit/s=megabit por segundo/megabits por segundo; "
        "GB=gigabyte/gigabytes; MB=megabyte/megabytes; TB=terabyte/terabytes; "
        "ms=milisegundo/milisegundos; min=minuto/minutos"
    ),
    scales=nouns(
        "M=millón/millones; mill.=millón/millones; millones=millón/millones; millón=millón/millones; "
        "mil millones=mil millones"
    ),
    fractions={"1/2": "medio", "1/3": "un tercio", "2/3": "dos tercios", "1/4": "un cuarto", "3/4": "tres cuartos"},
)

AMERICAN = replace(TONGUE, thousands=r"[,\u00a0\u202f ]", decimal=r"\.", comma="punto")
"""Mexico, Central America and the United States part thousands by a comma and decimals by a full stop."""

_RULERS = (
    "Felipe|Carlos|Alfonso|Fernando|Juan Carlos|Juan Pablo|Juan|Luis|Enrique|Isabel|Pío|León|Gregorio|"
    "Benedicto|Inocencio|Urbano|Clemente|Eduardo|Jorge|Jacobo|Guillermo|Federico|Napoleón|Alejandro|Nicolás|"
    "Pedro|Pablo|Ricardo|Sancho|Ramiro|Jaime|Catalina|Margarita|Victoria|María|Mohamed|Hassan|Ramsés|"
    "Maximiliano"
)
_FEMALE = frozenset({"Isabel", "Catalina", "Margarita", "Victoria", "María"})


def _time(match: re.Match[str]) -> str:
    minute = int(match["minute"])
    return counted(Figure(int(match["hour"])), Noun("", "", "f"), TONGUE).strip() + (
        f" y {cardinal(minute, TONGUE)}" if minute else ""
    )


def _ordinal(match: re.Match[str]) -> str | None:
    number = int(match["number"])
    if not number:
        return None
    said = ordinal(number, TONGUE)
    if match["end"] in "ªa":
        return re.sub(r"o\b", "a", said)
    return said.removesuffix("o") if match["end"] == "er" and said.endswith(("primero", "tercero")) else said


SPANISH_FIRST: tuple[Rule, ...] = (
    Rule("streets (es)", Later(r"(?<!\w)[Cc]/\s?(?=[A-ZÁÉÍÓÚÑ][a-zñáéíóú])"), "calle ", needs=("/",)),
    Rule("doña (es)", Later(r"(?<!\w)D\.?ª(?=\s[A-ZÁÉÍÓÚÑ])"), "Doña", needs=("ª",)),
    Rule(
        "sides of a staircase (es)",
        Later(r"(?<=[ºª] )(?P<side>izq|izda|dcha)\.(?P<on>(?=[\s\S]*\w))?"),
        lambda match: ("derecha" if match["side"] == "dcha" else "izquierda") + ("." if match["on"] is None else ""),
        needs=("º", "ª"),
    ),
    Rule(
        "times after the article (es)",
        Later(
            r"(?<=\blas )(?P<hour>\d|1\d|2[0-4])[.](?P<minute>[0-5]\d)(?: (?:h\b(?:\.(?=\s[a-zà-ÿ]|[,;]))?|horas\b))?"
            r"(?![\w:/%]|[.,]\d| [%€$])"
        ),
        _time,
        needs=("las ",),
        digit=True,
    ),
)
"""What comes before the rows for money and measures."""

SPANISH: tuple[Rule, ...] = (
    *iberian_rules(TONGUE, _RULERS, _FEMALE, "siglo"),
    Rule("ordinals (es)", Later(r"(?<![\w.,-])(?P<number>\d{1,3})\.?(?P<end>[ºª]|er(?!\w))"), _ordinal, digit=True),
)
"""What Spanish alone has."""
