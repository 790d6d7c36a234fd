"""Emoji by their names; skin tones, families and flags said as people say them."""

from __future__ import annotations

import re

from narrate.script.normalise.rule import Rule

_SIGN = "\U0001f000-\U0001f0ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55"
_TONES = "\U0001f3fb-\U0001f3ff"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_ONE = f"(?:{_FLAG}|[{_SIGN}]\ufe0f?[{_TONES}]?)"
_EMOJI = re.compile(f"(?P<all>{_ONE}(?:\u200d{_ONE})*)\ufe0f?(?P<after>(?=[^\\s.,;:!?)]))?")

_NAMES = {
    "❤": "red heart",
    "👍": "thumbs up",
    "👎": "thumbs down",
    "🙏": "folded hands",
    "😂": "tears of joy",
    "🤣": "rolling on the floor laughing",
    "👏": "clapping hands",
    "👌": "OK hand",
    "✌": "victory hand",
    "😍": "heart eyes",
    "🤷": "shrug",
    "🤦": "face palm",
    "💻": "computer",
    "🚒": "fire engine",
    "🏳": "white flag",
    "✔": "check mark",
    "✅": "check mark",
    "✓": "check mark",
    "✗": "cross",
    "❌": "cross mark",
    "😀": "grinning face",
    "😊": "smiling face",
    "♂": "man",
    "♀": "woman",
}
_COUNTRIES = {
    "US": "the United States",
    "GB": "the United Kingdom",
    "UA": "Ukraine",
    "RU": "Russia",
    "FR": "France",
    "DE": "Germany",
    "IT": "Italy",
    "ES": "Spain",
    "JP": "Japan",
    "CN": "China",
    "IN": "India",
    "BR": "Brazil",
    "CA": "Canada",
    "AU": "Australia",
    "EU": "the European Union",
    "IL": "Israel",
    "PS": "Palestine",
    "KR": "South Korea",
    "MX": "Mexico",
    "NL": "the Netherlands",
    "PL": "Poland",
    "IE": "Ireland",
    "TR": "Turkey",
}

_OPENERS = "([“‘\"'"


def _name(sign: str) -> str:
    from unicodedata import name

    bare = re.sub(f"[\ufe0f{_TONES}]", "", sign)
    if "\U0001f1e6" <= bare[:1] <= "\U0001f1ff":
        code = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in bare)
        return f"flag of {_COUNTRIES.get(code, '.'.join(code))}"
    if bare in _NAMES:
        return _NAMES[bare]
    return name(bare[:1] or " ", "").lower().replace("-", " ").removeprefix("emoji ").removeprefix("heavy ")


def _say(match: re.Match[str]) -> str:
    """The names of the pieces, without the tone of the skin."""
    pieces = [name for name in map(_name, match["all"].split("\u200d")) if name]
    names = " ".join(dict.fromkeys(pieces)) or "emoji"
    before = match.string[max(0, match.start() - 1) : match.start()]
    left = "" if not before or before.isspace() or before in _OPENERS else " "
    return f"{left}{names}{'' if match['after'] is None else ' '}"


NAMED = (Rule("emoji by name", _EMOJI, _say),)
