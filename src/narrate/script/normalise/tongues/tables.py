"""Each language's rows, in order: what is most particular comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.script.normalise.tongues.common import dates, fractions, measures, money, numbers, times
from narrate.script.normalise.tongues.counts import count_rules
from narrate.script.normalise.tongues.french import FRENCH, FRENCH_FIRST
from narrate.script.normalise.tongues.french import TONGUE as FR
from narrate.script.normalise.tongues.gender import gender_rules
from narrate.script.normalise.tongues.german import GERMAN, SWISS, ordinal_day
from narrate.script.normalise.tongues.german import TONGUE as DE
from narrate.script.normalise.tongues.german import year as german_year
from narrate.script.normalise.tongues.germandates import GERMAN_FIRST
from narrate.script.normalise.tongues.italian import ITALIAN, ITALIAN_FIRST
from narrate.script.normalise.tongues.italian import TONGUE as IT
from narrate.script.normalise.tongues.portuguese import BRAZILIAN, PORTUGUESE, PORTUGUESE_FIRST
from narrate.script.normalise.tongues.portuguese import TONGUE as PT
from narrate.script.normalise.tongues.romance import romance_rules
from narrate.script.normalise.tongues.signs import unit_rules
from narrate.script.normalise.tongues.spanish import AMERICAN, SPANISH, SPANISH_FIRST
from narrate.script.normalise.tongues.spanish import TONGUE as ES
from narrate.script.normalise.tongues.tongue import Figure, Noun, Tongue, cardinal, counted
from narrate.script.wording import primary

if TYPE_CHECKING:
    from narrate.script.normalise.rule import Rule

_POINT = frozenset({"es-mx", "es-us", "es-pr", "es-do", "es-gt", "es-hn", "es-ni", "es-pa", "es-sv", "es-419"})
_OWN = {"de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE}
_FIRST = {"de": GERMAN_FIRST, "fr": FRENCH_FIRST, "es": SPANISH_FIRST, "it": ITALIAN_FIRST, "pt": PORTUGUESE_FIRST}
_TONGUES = {"de": DE, "fr": FR, "es": ES, "it": IT, "pt": PT}

_COLON = r"(?P<hour>\d\d?):(?P<minute>\d\d)(?![\w:/]|[.,]\d)"
_WRITTEN = {
    "de": r"(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))?(?=[ \u00a0]Uhr\b)[ \u00a0]Uhr",
    "fr": r"(?P<hour>\d\d?)[ \u00a0\u202f]?h[ \u00a0\u202f]?(?P<minute>\d\d)?(?!\w)",
    "es": r"(?P<hour>\d\d?)[:.](?P<minute>\d\d)[ \u00a0]?(?:horas?(?!\w)|h(?!\w)(?:\.(?=\s[a-zà-ÿ]|[,;]))?)",
    "it": r"(?:(?<=ore )|(?<=lle ))(?P<hour>\d\d?)[:.](?P<minute>\d\d)(?![\w:/]|[.,]\d)",
    "pt": r"(?P<hour>\d\d?)[ \u00a0]?h[ \u00a0]?(?P<minute>\d\d)?(?!\w)",
}
_HOUR = {
    "de": Noun("Uhr", "Uhr"),
    "fr": Noun("heure", "heures", "f"),
    "es": Noun("", "", "f"),
    "it": Noun("", "", "f"),
    "pt": Noun("hora", "horas", "f"),
}
_AND = {"de": " ", "fr": " ", "es": " y ", "it": " e ", "pt": " e "}


def rules_of(language: str) -> tuple[Rule, ...]:
    """The rows for one of the languages of the tables, by its tag."""
    name = primary(language)
    tongue = _variety(language.lower(), name)
    return (
        *dates(tongue, lambda day, month, year, before: _date(tongue, (day, month, year), before)),
        *romance_rules(tongue),
        *_FIRST[name],
        *count_rules(tongue, german_year if name == "de" else lambda year: cardinal(year, tongue)),
        *_times(name, tongue),
        *unit_rules(tongue),
        *money(tongue),
        *measures(tongue),
        *_OWN[name],
        *fractions(tongue),
        *numbers(tongue),
        *gender_rules(tongue),
    )


def _variety(tag: str, name: str) -> Tongue:
    if tag in {"de-ch", "de-li"}:
        return SWISS
    if tag == "pt-br":
        return BRAZILIAN
    return AMERICAN if tag in _POINT else _TONGUES[name]


def _times(name: str, tongue: Tongue) -> tuple[Rule, ...]:
    def say(hour: int, minute: int) -> str:
        said = counted(Figure(hour), _HOUR[name], tongue).strip()
        return f"{said}{_AND[name]}{cardinal(minute, tongue)}" if minute else said

    return (*times(tongue, _WRITTEN[name], say), *times(tongue, _COLON, say))


def _date(tongue: Tongue, date: tuple[int, int, int], before: str) -> str:
    day, month, year = date
    name, said = tongue.months[month - 1], cardinal(year, tongue)
    if tongue.code == "de":
        return f"{before + ' ' if before else ''}{ordinal_day(before, day)} {name} {german_year(year)}"
    first = {"fr": "premier", "it": "primo", "pt": "primeiro", "pt_BR": "primeiro"}.get(tongue.code)
    of = " de " if tongue.code in {"es", "pt", "pt_BR"} else " "
    return f"{first if first and day == 1 else cardinal(day, tongue)}{of}{name}{of}{said}"
