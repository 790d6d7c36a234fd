"""Spanish and Portuguese: the form of a number by the noun that follows it.

Engines read "200" as it stands alone. Nouns in "-as", "-ción" and "-dad" are feminine, but for some of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.tongue import Figure, Tongue, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOTH = (
    r"[^\W\d_]*istas|[dD][ií]as|mapas|planetas|atletas|poetas|idiomas|dramas|[^\W\d_]*gramas|colegas|"
    r"guard[ai]s|guardias"
)
_MASCULINE: Mapping[str, str] = {
    "es": rf"{_BOTH}|temas|sistemas|problemas|poemas|esquemas|síntomas|diplomas|policías|tranvías|cometas|demócratas",
    "pt": rf"{_BOTH}|temas|sistemas|problemas|poemas|esquemas|sintomas|diplomas|policias|cinemas|telefonemas|cometas",
}
_FEMININE: Mapping[str, str] = {
    "es": r"[^\W\d_]+(?:as|ciones|siones|dades|tades)|mujeres|veces|muertes|noches|clases|partes|calles|leyes|redes",
    "pt": r"[^\W\d_]+(?:as|ções|sões|dades)|mulheres|vezes|mortes|noites|partes|leis|redes|árvores|mães",
}
_NO_NOUN = r"menos|tras|antes|entonces|mientras|apenas|además|quizás|después|durante|todas|otras|outras|mais|mas"
_PLURAL = re.compile(rf"[ \u00a0](?!(?:{_NO_NOUN})\b)(?P<noun>[a-zà-ÿ]{{3,}}s)\b")


def gender_at(text: str, end: int, tongue: Tongue) -> str:
    """The gender of the plural noun, or of an adjective with it, that follows at `end`: "m", "f", "" for none."""
    name = tongue.code[:2]
    noun = _PLURAL.match(text, end) if name in _FEMININE else None
    if noun is None:
        return ""
    if re.fullmatch(_MASCULINE[name], noun["noun"]):
        return "m"
    return "f" if re.fullmatch(_FEMININE[name], noun["noun"]) else "m"


def gender_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The row for bare whole numbers whose words change before the noun: "200 personas", "21 años", "2 mil casas"."""
    if tongue.code[:2] not in _FEMININE:
        return ()

    def say(match: re.Match[str]) -> str | None:
        number, thousand = Figure(int(match["number"])), match["thousand"] or ""
        gender = gender_at(match.string, match.end(), tongue)
        if not gender or number.whole == 1 or (thousand and gender == "m"):
            return None
        said = in_words(number, tongue, gender)
        return f"{said}{thousand}" if said != in_words(number, tongue) else None

    pattern = r"(?<![\w.,:/+–-])(?<!\d[  ])(?P<number>[1-9]\d{0,2})(?P<thousand> mil)?(?=[  ][a-zà-ÿ]{3,}s\b)"
    return (Rule("numbers before nouns", Later(pattern), say, digit=True),)
