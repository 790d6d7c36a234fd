"""Portuguese, as in Portugal and as in Brazil: numbers, money, measures and ordinals."""

from __future__ import annotations

import re
from dataclasses import replace

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.iberian import iberian_rules
from narrate.script.normalise.tongues.tongue import Tongue, nouns, ordinal
from narrate.script.wording import PORTUGUESE as WORDS


def _agree(words: str, gender: str) -> str:
    """The form before a noun.

    >>> _agree("vinte e um", "f"), _agree("duzentos e dois", "f"), _agree("dois", "m")
    ('vinte e uma', 'duzentas e duas', 'dois')
    >>> _agree("dois milhões duzentos e dois mil", "f")
    'dois milhões duzentas e duas mil'
    """
    if gender != "f":
        return words
    millions = max((match.end() for match in re.finditer(r"l[hi](?:ão|ões)\b", words)), default=0)
    rest = words[millions:]
    rest = re.sub(r"\bdois\b", "duas", re.sub(r"entos\b", "entas", rest))
    return words[:millions] + re.sub(r"\bum\b", "uma", rest)


TONGUE = Tongue(
    code="pt",
    comma="vírgula",
    minus="menos",
    plus="mais",
    until="a",
    months=WORDS.months,
    agree=_agree,
    price=lambda amount, cents: f"{amount} e {cents}",
    of=lambda currency: f" de {currency}",
    currencies=nouns(
        "€=euro/euros; EUR=euro/euros; euros=euro/euros; euro=euro/euros; reais=real/reais; R$=real/reais; "
        "BRL=real/reais; $=dólar/dólares; US$=dólar/dólares; USD=dólar/dólares; £=libra/libras/f; "
        "GBP=libra/libras/f; ¥=iene/ienes; CHF=franco suíço/francos suíços"
    ),
    units=nouns(
        "%=por cento; ‰=por mil; °C=grau Celsius/graus Celsius; °F=grau Fahrenheit/graus Fahrenheit; "
        "°=grau/graus; km/h=quilómetro por hora/quilómetros por hora; m/s=metro por segundo/metros por segundo; "
        "km²=quilómetro quadrado/quilómetros quadrados; m²=metro quadrado/metros quadrados; "
        "m³=metro cúbico/metros cúbicos; km=quilómetro/quilómetros; cm=centímetro/centímetros; "
        "mm=milímetro/milímetros; m=metro/metros; kg=quilo/quilos; mg=miligrama/miligramas; g=grama/gramas; "
        "t=tonelada/toneladas/f; ha=hectare/hectares; ml=mililitro/mililitros; l=litro/litros; "
        "kWh=quilowatt-hora/quilowatts-hora; GW=gigawatt/gigawatts; MW=megawatt/megawatts; "
        "kW=quilowatt/quilowatts; GHz=gigahertz; MHz=megahertz; "
        "Gbit/s=gigabit por segundo/gigabits por segundo; "
        "Mbit/s=megabit por segundo/megabits por segundo; "
        "GB=gigabyte/gigabytes; MB=megabyte/megabytes; "
        "TB=terabyte/terabytes; ms=milissegundo/milissegundos; min=minuto/minutos"
    ),
    scales=nouns(
        "M=milhão/milhões; milhões=milhão/milhões; milhão=milhão/milhões; mil milhões=mil milhões; "
        "mM=mil milhões; mi=milhão/milhões; bi=bilhão/bilhões; tri=trilhão/trilhões; bilhões=bilhão/bilhões; "
        "bilhão=bilhão/bilhões; trilhões=trilhão/trilhões; trilhão=trilhão/trilhões"
    ),
    fractions={"1/2": "um meio", "1/3": "um terço", "2/3": "dois terços", "1/4": "um quarto", "3/4": "três quartos"},
    one_below_two=True,
)

BRAZILIAN = replace(
    TONGUE,
    code="pt_BR",
    mend=lambda words: words.replace(",", ""),
    units={
        sign: replace(
            noun, one=noun.one.replace("quilómetro", "quilômetro"), many=noun.many.replace("quilómetro", "quilômetro")
        )
        for sign, noun in TONGUE.units.items()
    },
)
"""Brazil says "dezesseis" and "quilômetro"."""

_RULERS = (
    "Pedro|João Paulo|João|Luís|Luiz|Henrique|Carlos|Filipe|Afonso|Manuel|Napoleão|Pio|Leão|Gregório|Bento|"
    "Inocêncio|Urbano|Clemente|Eduardo|Jorge|Jaime|Guilherme|Frederico|Fernando|Leopoldo|Alexandre|Nicolau|"
    "Paulo|Ricardo|Sancho|Isabel|Elizabeth|Catarina|Margarida|Vitória|Maria"
)
_FEMALE = frozenset({"Isabel", "Elizabeth", "Catarina", "Margarida", "Vitória", "Maria"})


def _ordinal(match: re.Match[str]) -> str | None:
    number = int(match["number"])
    if not number:
        return None
    said = ordinal(number, TONGUE)
    return re.sub(r"o\b", "a", said) if match["end"] == "ª" else said


_DOM = re.compile(rf"(?<![\w.])D\.(?= (?P<name>{_RULERS}) [IVXL]+\b)")
PORTUGUESE_FIRST: tuple[Rule, ...] = (
    Rule("Dom and Dona (pt)", _DOM, lambda match: "Dona" if match["name"] in _FEMALE else "Dom", needs=("D.",)),
)
"""What comes before the rows for money and measures."""

PORTUGUESE: tuple[Rule, ...] = (
    *iberian_rules(TONGUE, _RULERS, _FEMALE, "século"),
    Rule("ordinals (pt)", Later(r"(?<![\w.,-])(?P<number>\d{1,3})\.?(?P<end>[ºª])"), _ordinal, digit=True),
)
"""What Portuguese alone has."""
