"""BCP 47 language tags: as engines write them, as they should be, and which suits which."""

from __future__ import annotations

import re

_IRREGULAR = {
    "ca-ba": "ca-x-balear",
    "ca-nw": "ca-x-nwest",
    "ca-va": "ca-valencia",
    "chr-US-Qaaa-x-west": "chr-x-west",
    "en-gb-scotland": "en-scotland",
    "en-us-nyc": "en-US-x-nyc",
    "py": "mis-x-pyash",
    "piqd": "tlh",
    "qdb": "mis-x-belta",
    "ru-cl": "ru-x-classic",
    "xex": "mis-x-xextan",
}
"""eSpeak NG's own inventions, as BCP 47 has them (or, where it has none, in private use)."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

_SAME = {"zh": "cmn", "no": "nb", "nn": "nb", "iw": "he", "in": "id", "tl": "fil", "sh": "sr", "mo": "ro"}
"""Tags that a voice for the second speaks: macrolanguages, retired codes, near neighbours."""

_HOMES = frozenset({"en-us", "sv-se", "da-dk", "cmn-cn", "zh-cn", "ar-sa", "ko-kr", "nb-no"})
"""What is meant where no region is said, if it is not the region of the language's own name, as in fr-FR."""


def tag_of(name: str) -> str:
    """The BCP 47 tag of a language as an engine names it; "und" for what is none.

    >>> tag_of("en-gb-x-rp"), tag_of("en_US"), tag_of("cmn-latn-pinyin"), tag_of("Unknown Locale: 4096")
    ('en-GB-x-rp', 'en-US', 'cmn-Latn-pinyin', 'und')
    """
    name = name.strip()
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    parts = name.replace("_", "-").split("-")
    if not _LANGUAGE.fullmatch(parts[0]):
        return "und"
    private = parts.index("x") if "x" in parts else len(parts)
    return "-".join([parts[0].lower(), *map(_cased, parts[1:private]), *parts[private:]])


def nearness(wanted: str, spoken: str) -> int:
    """How well a voice's language suits.

    4 the same tag, 3 the plain language, 2 as it is spoken at home, 1 another variety, 0 another language.

    >>> [nearness("fr", spoken) for spoken in ("fr", "fr-FR", "fr-CA", "de")], nearness("en-GB", "en")
    ([4, 2, 1, 0], 3)
    """
    wanted, spoken = wanted.lower(), spoken.lower()
    if wanted == spoken:
        return 4
    if primary(wanted) != primary(spoken):
        return 0
    if "-" not in spoken:
        return 3
    language = primary(spoken)
    return 2 if spoken in {f"{language}-{language}", *_HOMES} else 1


def primary(tag: str) -> str:
    """The language without region or script, related tags made one.

    >>> primary("pt-BR"), primary("zh-Hans")
    ('pt', 'cmn')
    """
    language = tag.split("-", maxsplit=1)[0].lower()
    return _SAME.get(language, language)


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language, in whatever varieties.

    >>> same_language("en-GB", "en"), same_language("nn", "nb"), same_language("en", "de")
    (True, True, False)
    """
    return primary(one) == primary(other)


def is_tag(text: str) -> bool:
    """Whether a text looks like a language tag.

    >>> is_tag("en"), is_tag("pt-BR"), is_tag("alba"), is_tag("espeak:de")
    (True, True, False, False)
    """
    return _TAG.fullmatch(text) is not None


def _cased(part: str) -> str:
    """Scripts have four letters and one capital, regions two, all capitals (RFC 5646, section 2.1.1)."""
    if not part.isalpha():
        return part
    return {4: part.title(), 2: part.upper()}.get(len(part), part.lower())
