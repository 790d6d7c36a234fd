"""Rows that Spanish, Portuguese and Italian share: ordinals as Roman numerals and with a sign of degrees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.roman import roman
from narrate.script.normalise.tongues.tongue import Tongue, ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping

_FEMININE: Mapping[str, str] = {
    "es": (
        "[gG]uerra|República|[eE]dición|[lL]egislatura|Conferencia|Cumbre|Feria|"
        "Asamblea|Bienal|Copa|Dinastía|Internacional"
    ),
    "it": (
        "[gG]uerra|[rR]epubblica|[eE]dizione|[lL]egislatura|[dD]inastia|Conferenza|"
        "Fiera|Biennale|Internazionale|[cC]ommissione"
    ),
    "pt": (
        "[gG]uerra|República|[eE]dição|[lL]egislatura|Conferência|Cimeira|Cúpula|Feira|Bienal|[dD]inastia|Internacional"
    ),
}
_MASCULINE: Mapping[str, str] = {
    "es": "[cC]ongreso|Reich|Concilio|Foro|Festival|Encuentro|[mM]ilenio|Premio|Simposio|Certamen|Plan",
    "it": "[cC]ongresso|Reich|[cC]oncilio|[mM]unicipio|[mM]illennio|[gG]overno",
    "pt": "[cC]ongresso|Reich|Concílio|Fórum|Festival|Encontro|[mM]il[ée]nio|Prêmio|Prémio|Simpósio|[gG]overno",
}
_DIRECTIONS = "[NnSs](?:or[dt]e?|ud|ul|ur)|[EeOo](?:st|ste|vest)|[Ll]este|[Cc]elsius|[Ff]ahrenheit|di |de "
"""What may stand behind degrees."""
_ARTICLES: Mapping[str, str] = {
    "es": "el|del|al|El",
    "it": "il|Il|lo|nel|Nel|del|dal|Dal|al|Al|sul|col",
    "pt": "o|O|no|No|do|ao|Ao|pelo",
}


def female(said: str) -> str:
    """The feminine of an ordinal.

    >>> female("vigésimo segundo"), female("secondo")
    ('vigésima segunda', 'seconda')
    """
    return re.sub(r"o\b", "a", said)


def romance_rules(tongue: Tongue) -> tuple[Rule, ...]:
    """The rows for a language; they come before those of measures."""
    name = tongue.code[:2]
    if name not in _ARTICLES:
        return ()
    feminine, masculine = _FEMININE[name], _MASCULINE[name]

    def numeral(match: re.Match[str]) -> str:
        said = ordinal(roman(match["roman"]), tongue)
        if re.match(feminine, match["noun"]):
            return female(said)
        return said.removesuffix("o") if name == "es" and said.endswith(("primero", "tercero")) else said

    def degree(match: re.Match[str]) -> str | None:
        number = int(match["number"])
        return ordinal(number, tongue) if number else None

    return (
        Rule(
            "Roman numerals before nouns",
            Later(rf"(?<![\w.-])(?P<roman>[IVX]+)(?=[  ](?P<noun>{feminine}|{masculine})\b)"),
            numeral,
            needs=("I", "V", "X"),
        ),
        Rule(
            "ordinals with a sign of degrees",
            Later(
                rf"(?:\b(?P<before>(?:{_ARTICLES[name]}) )|(?P<elided>[lL][’'])"
                rf"|(?=1° (?i:{'|'.join(tongue.months)})\b)"
                rf"|(?:^|(?<=[:;(])|(?<=[:;(] ))(?=(?:1?\d|20)° (?!{_DIRECTIONS})[A-ZÀ-Þ]?[a-zà-ÿ]))"
                r"(?<![\w.,:/-])(?P<number>\d{1,2})°(?![CF]|[ ][CF]\b|\d|[’'′])"
            ),
            lambda match: (
                None if (said := degree(match)) is None else f"{match['before'] or match['elided'] or ''}{said}"
            ),
            needs=("°",),
            digit=True,
        ),
    )
