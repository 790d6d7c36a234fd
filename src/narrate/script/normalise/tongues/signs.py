"""Rows that all these languages share: units after a million, short months, the sign of a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.script.normalise.tongues.tongue import Tongue

_AFTER_SCALE = (
    r"\d mil ",
    "Mio\\. ",
    "Mrd\\. ",
    "Millionen ",
    "Milliarden ",
    "illions de ",
    "illiards de ",
    "illones de ",
    "ilhões de ",
    "ilioni di ",
    "iliardi di ",
)
_MONTHS: Mapping[str, str] = {
    "fr": "janv févr avr - - juil - sept oct nov déc",
    "es": "ene feb mar abr - jun jul ago sept oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
}
_EACH: Mapping[str, tuple[str, str]] = {
    "de": (" pro ", "Monat|Jahr|Tag|Woche|Stunde|Person|Kopf|Nacht|Stück"),
    "fr": (" par ", "mois|an|jour|semaine|heure|personne|nuit|habitant"),
    "es": (" por ", "mes|año|día|semana|hora|persona|noche|habitante"),
    "it": (" per ", "mese|anno|giorno|settimana|ora|persona|notte|abitante"),
    "pt": (" por ", "mês|ano|dia|semana|hora|pessoa|noite|habitante"),
}
_TIMES = {"de": "mal", "fr": "sur", "es": "por", "it": "per", "pt": "por"}
_SECTION = {"fr": "paragraphe", "pt": "parágrafo"}


def unit_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rows for a language."""
    name = tongue.code[:2]
    units = "|".join(re.escape(unit) for unit in sorted(tongue.units, key=len, reverse=True) if unit[0].isalpha())
    after = "|".join(f"(?<={words})" for words in _AFTER_SCALE)
    section = (
        (Rule("paragraphs", Later(r"§\s?(?=\d)"), f"{_SECTION[name]} ", ("§",), digit=True),)
        if name in _SECTION
        else ()
    )
    each, what = _EACH[name]
    return (
        *section,
        Rule(
            "sizes",
            Later(r"(?<![\w.,×/-])(?<!\d [x×] )(?P<one>\d{1,5}) ?[x×] ?(?P<two>\d{1,5})(?![\w/×]|[.,]\d| [mx×])"),
            lambda match: None if match.group() == "4x4" else f"{match['one']} {_TIMES[name]} {match['two']}",
            needs=("x", "×"),
            digit=True,
        ),
        Rule("rates", Later(rf"(?<=[€$£])/(?=(?:{what})\b)"), each, needs=("/",)),
        *_short_months(tongue, name),
        Rule(
            "units after a million",
            Later(rf"(?:{after})(?P<unit>{units})(?![\w²³/]|[’']\w)"),
            lambda match: tongue.units[match["unit"]].many,
            needs=("mil ", "io. ", "rd. ", "illi", "ilh", "ili", "illon"),
            digit=True,
        ),
    )


def _short_months(tongue: Tongue, name: str) -> tuple[Rule, ...]:
    """Months with a full stop, between a day and a year."""
    if name not in _MONTHS:
        return ()
    months = {
        short: next(month for month in tongue.months if month.startswith(short.replace("juil", "juillet")))
        for short in _MONTHS[name].split()
        if short != "-"
    }
    pattern = rf"(?:(?<=\d )|(?<=\d de ))(?P<month>{'|'.join(months)})\.(?= (?:de )?\d{{4}}\b)"
    return (Rule("months, short", Later(pattern), lambda match: months[match["month"]], needs=(".",), digit=True),)
