"""Rows that all these languages share for figures of a form of their own: results, seasons, spells of time, heights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.tongue import Figure, Noun, Tongue, cardinal, counted, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HOUR = {
    "de": (Noun("Stunde", "Stunden", "f"), Noun("Minute", "Minuten", "f"), Noun("Sekunde", "Sekunden", "f")),
    "fr": (Noun("heure", "heures", "f"), Noun("minute", "minutes", "f"), Noun("seconde", "secondes", "f")),
    "es": (Noun("hora", "horas", "f"), Noun("minuto", "minutos"), Noun("segundo", "segundos")),
    "it": (Noun("ora", "ore", "f"), Noun("minuto", "minuti"), Noun("secondo", "secondi")),
    "pt": (Noun("hora", "horas", "f"), Noun("minuto", "minutos"), Noun("segundo", "segundos")),
}
_LAST: Mapping[str, str] = {"de": " ", "fr": " ", "es": " y ", "it": " e ", "pt": " e "}
_SEASON = r"[sS]aison|[tT]emporada|[sS]tagione|[éÉ]poca|Spielzeit|Schuljahr|année scolaire|[cC]urso"
_LEGAL = re.compile(
    r"\b(?:art|article|articolo|artículo|artigo|loi|ley|lei|legge|règle)\.?\s\Z|\b[LRD]\.\s?\Z", re.IGNORECASE
)
_MIXED: Mapping[str, Mapping[str, str]] = {
    "de": {"½": "einhalb", "¼": "einviertel", "¾": "dreiviertel"},
    "fr": {"½": " et demi", "¼": " un quart", "¾": " trois quarts"},
    "es": {"½": " y medio", "¼": " y cuarto", "¾": " y tres cuartos"},
    "it": {"½": " e mezzo", "¼": " e un quarto", "¾": " e tre quarti"},
    "pt": {"½": " e meio", "¼": " e um quarto", "¾": " e três quartos"},
}
_ROAD = {"de": "Kilometer", "fr": "kilomètre", "es": "kilómetro", "it": "chilometro", "pt": "quilómetro"}
_HIGHEST_SCORE = 20


def count_rules(tongue: Tongue, year: Callable[[int], str]) -> tuple[Rule, ...]:
    """The rows for a language; `year` says a year in words."""
    return (*_spells(tongue), *_seconds(tongue), *_seasons(tongue, year), *_scores(tongue), *_forms(tongue))


def _spells(tongue: Tongue) -> tuple[Rule, ...]:
    """Spells of time with seconds, as sport has them."""
    name = tongue.code[:2]

    def say(match: re.Match[str]) -> str:
        parts = [(match["h"], 0), (match["m"], 1), (match["s"], 2)]
        said = [counted(Figure(int(count)), _HOUR[name][place], tongue) for count, place in parts if int(count or 0)]
        return _LAST[name].join([" ".join(said[:-1]), said[-1]]) if said[1:] else "".join(said) or match.group()

    colons = (
        r"(?P<h>\d):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?: (?:Stunden|Std\.|heures|horas|ore)(?!\w))?(?![\w:]|[.,]\d| Uhr| h)"
    )
    blank = r"[ \u00a0\u202f]?"
    signs = (
        rf"(?:(?P<h>\d{{1,2}}){blank}h{blank})?(?P<m>[0-5]?\d){blank}(?:min|[’'′])"
        rf"{blank}(?P<s>[0-5]?\d){blank}(?:s|[”\"″]|[’']{{2}})(?![\w/])"
    )
    minutes = rf"(?P<h>\d{{1,2}}){blank}h{blank}(?P<m>[0-5]?\d){blank}(?:min|mn)(?P<s>)(?!\w)"
    bare = minutes.replace(r"(?:min|mn)", "").replace("[0-5]?", "[0-5]") if name in {"es", "it"} else ""
    return tuple(
        Rule("spells of time", Later(rf"(?<![\w.,:/–-]){written}"), say, needs, digit=True)
        for written, needs in (
            (colons, (":",)),
            (signs, ("s", "”", '"', "″", "'", "’")),
            (minutes, ("mn", "min")),
            (bare, ("h",)),
        )
        if written
    )


def _seconds(tongue: Tongue) -> tuple[Rule, ...]:
    """Seconds with decimals: the letter after a whole number may be another word's."""

    def say(match: re.Match[str]) -> str | None:
        number = figure(match["number"], tongue)
        return None if number is None else counted(number, _HOUR[tongue.code[:2]][2], tongue)

    written = rf"(?<![\w.,:/+–-])(?P<number>\d{{1,4}}{tongue.decimal}\d+)[ \u00a0\u202f]?s(?![\w/]|[’'])"
    return (Rule("seconds", Later(written), say, needs=("s",), digit=True),)


def _seasons(tongue: Tongue, year: Callable[[int], str]) -> tuple[Rule, ...]:
    """Two years with a stroke between, the second short or after the word for a season."""

    def short(match: re.Match[str]) -> str | None:
        start, end = int(match["from"]), int(match["to"])
        if start % 100 >= end and (start % 100, end) != (99, 0):
            return None
        together = (start + 1) % 100 == end
        return f"{year(start)}{' ' if together else f' {tongue.until} '}{cardinal(end, tongue)}"

    def full(match: re.Match[str]) -> str | None:
        start, end = int(match["from"]), int(match["to"])
        if end != start + 1 or not (match["season"] or match["sign"] == "/"):
            return None
        return f"{match['season'] or ''}{year(start)} {year(end)}"

    after = r"(?![\w/–-]|[.,]\d)"
    begin = r"(?<![\w.,:/–+-])(?P<from>(?:1[1-9]|20)\d\d)(?P<sign>[/–-])"
    needs = ("/", "–", "-")
    return (
        Rule("seasons", Later(rf"{begin}(?P<to>\d\d){after}"), short, needs, digit=True),
        Rule(
            "seasons in full",
            Later(rf"(?P<season>\b(?:{_SEASON})s? )?{begin}(?P<to>20\d\d|1\d\d\d){after}"),
            full,
            needs,
            digit=True,
        ),
    )


def _scores(tongue: Tongue) -> tuple[Rule, ...]:
    """Results with a dash, where the first is no less than the second: the other way round it is told as a range."""

    def say(match: re.Match[str]) -> str | None:
        ours, theirs = int(match["ours"]), int(match["theirs"])
        if not theirs <= ours <= _HIGHEST_SCORE or _LEGAL.search(match.string[: match.start()]):
            return None
        return f"{match['ours']} {tongue.until} {match['theirs']}"

    if tongue.code == "de":  # a German result has a colon
        return ()
    pattern = (
        r"(?<![\w.,:/+–-])(?<!\d[ \u00a0])(?P<ours>[1-9]?\d)[-–](?P<theirs>0|[1-9]\d?)(?![\w–/-]|[.,:]\d|[ \u00a0]\d)"
    )
    return (Rule("scores", Later(pattern), say, needs=("-", "–"), digit=True),)


def _forms(tongue: Tongue) -> tuple[Rule, ...]:
    """Heights in metres, numbers with a half, kilometre stones."""
    name = tongue.code[:2]
    unit, mixed = tongue.units["m"], _MIXED[name]

    def height(match: re.Match[str]) -> str:
        cents = cardinal(int(match["cents"]), tongue)
        metres = counted(Figure(int(match["metres"])), unit, tongue)
        return f"{metres} {cents}" if name == "es" else tongue.price(metres, cents)

    def half(match: re.Match[str]) -> str:
        return f"{cardinal(int(match['number']), tongue)}{mixed[match['part']]}"

    stone = _ROAD["pt"].replace("ó", "ô") if tongue.code == "pt_BR" else _ROAD[name]
    return (
        Rule(
            "heights",
            Later(
                rf"(?<![\w.,:/+–-])(?P<metres>[12]){tongue.decimal}(?P<cents>[1-9]\d)"
                r"[ \u00a0\u202f]?m(?![\w²³/]|[’']\w)"
            ),
            height,
            digit=True,
        ),
        Rule(
            "numbers with a half",
            Later(r"(?<![\w.,:/+–-])(?P<number>\d{1,3}) ?(?P<part>[½¼¾])(?!\w)"),
            half,
            needs=tuple(mixed),
            digit=True,
        ),
        Rule("kilometre stones", Later(r"(?<!\d)(?<!\d[ \u00a0])(?<!\w)km (?=\d)"), f"{stone} ", ("km ",)),
    )
