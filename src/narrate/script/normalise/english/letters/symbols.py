"""Signs that are words, where no number stands beside them."""

from __future__ import annotations

import re

from narrate.script.normalise.rule import Later, Rule

_WORDS = {
    "§": "section",
    "§§": "sections",
    "¶": "paragraph",
    "©": "copyright",
    "®": "registered",
    "™": "trademark",
    "°": "degrees",
    "×": "times",
    "÷": "divided by",
    "±": "plus or minus",
    "≤": "less than or equal to",
    "≥": "greater than or equal to",
    "≠": "not equal to",
    "≈": "approximately",
    "≡": "is equivalent to",
    "∞": "infinity",
    "√": "square root of",
    "∑": "sum of",
    "∫": "integral of",
    "∂": "partial",
    "∈": "in",
    "∉": "not in",
    "⊂": "subset of",
    "∪": "union",
    "∩": "intersection",
    "∀": "for all",
    "∃": "there exists",
    "→": "to",
    "⇒": "implies",
    "←": "from",
    "↔": "and",
    "↑": "up",
    "↓": "down",
    "−": "minus",
    "℃": "degrees Celsius",
    "℉": "degrees Fahrenheit",
    "№": "number",
    "℗": "copyright",
    "Ω": "ohms",
    "‰": "per mille",
    "%": "percent",
    "€": "euros",
    "£": "pounds",
    "¥": "yen",
    "¢": "cents",
}
_SIGN = re.compile("§§|[" + re.escape("".join(set("".join(_WORDS)) - set("Ω"))) + "]")
_MARKS = re.compile(r"(?<=[\w)\"”])\s?(?:[®™℠]|\((?:TM|tm|R|SM)\))")

_SLASHED = {
    "and/or": "and or",
    "he/she": "he or she",
    "she/he": "she or he",
    "his/her": "his or her",
    "him/her": "him or her",
    "s/he": "he or she",
    "w/o": "without",
    "w/": "with",
    "b/c": "because",
    "y/y": "year on year",
    "q/q": "quarter on quarter",
    "m/m": "month on month",
    "c/o": "care of",
    "n/a": "not applicable",
    "N/A": "not applicable",
    "either/or": "either or",
    "yes/no": "yes or no",
    "true/false": "true or false",
    "input/output": "input output",
    "I/O": "I.O",
    "km/h": "kilometers per hour",
    "TCP/IP": "T.C.P I.P",
    "A/C": "A.C",
    "GNU/Linux": "GNU Linux",
    "And/or": "And or",
    "He/she": "He or she",
    "His/her": "His or her",
    "Either/or": "Either or",
}
_SLASH = re.compile(
    r"(?<![\w/.])(?:" + "|".join(map(re.escape, sorted(_SLASHED, key=len, reverse=True))) + r")(?![/]|(?<=\w)\w)"
)
_ABOUT = re.compile(r"(?<![\w~/.])~\s?(?=[$£€]?\d)")
_ENTITY = re.compile(
    r"&(?P<name>nbsp|amp|lt|gt|quot|apos|mdash|ndash|hellip|rsquo|lsquo|ldquo|rdquo|copy|#\d{2,5}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)


def _say_sign(match: re.Match[str]) -> str | None:
    """The word for a sign, parted from what stands beside it; a number's own signs are the numbers' business."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if match.group() == "%" and (after.isalnum() or after in {"%", "(", "{"}):
        return None
    if (match.group() in "%€£¥¢°−" and not (before.isspace() or not before)) or (
        match.group() == "−" and after.isdigit()
    ):
        return None
    left = "" if not before or before.isspace() or before in '([“"' else " "
    right = "" if not after or after.isspace() or after in '.,;:!?)]”"' else " "
    return f"{left}{_WORDS[match.group()]}{right}"


def _entity(match: re.Match[str]) -> str:
    """What a leftover of HTML stands for; signs that are no letters part what stands beside them.

    >>> re.sub(_ENTITY, _entity, "R&amp;D&nbsp;costs&#8230;")
    'R and D costs…'
    """
    from html import unescape

    sign = unescape(match.group())
    if sign == "&":
        before, after = match.string[: match.start()], match.string[match.end() :]
        left = "" if before[-1:].isspace() or not before else " "
        return f"{left}and{'' if after[:1].isspace() or not after else ' '}"
    return " " if sign in "<>\u00a0[]&" or not sign.isprintable() else sign


_SWEETS = Rule("sweets", Later(r"(?<!\w)M&M[’']?s(?!\w)"), "M and M's", needs=("M&M",))
_SEVERAL = Rule(
    "several with an ampersand",
    Later(r"(?<![\w&])([A-Z])&([A-Z])s(?!\w)"),
    lambda m: f"{m[1]} and {m[2]}'s",
    needs=("&",),
)
_TELEPHONE = Rule("AT&T", Later(r"(?<!\w)AT&(?:amp;)?T(?!\w)"), "A.T and T", needs=("AT&",))
"""Voices take "AT" for the word."""

_AND_SO_ON = Rule("and so on", Later(r"(?<!\w)&c\.?(?!\w)"), "et cetera", needs=("&c",))

ENTITIES = (_TELEPHONE, _AND_SO_ON, Rule("leftover of HTML", _ENTITY, _entity, needs=("&",)), _SWEETS, _SEVERAL)
SYMBOLS = (
    Rule("pressure", Later(r"(?<!\w)mm\s?Hg(?!\w)"), "millimeters of mercury", needs=("Hg",)),
    Rule("words with a slash", _SLASH, lambda match: _SLASHED[match.group()], needs=("/",)),
    Rule("slash between blanks", Later(r"(?<=\w) / (?=\w)"), " slash ", needs=(" / ",)),
    Rule("trade mark", _MARKS, "", needs=("®", "™", "℠", "(")),
    Rule("sign said as a word", _SIGN, _say_sign),
    Rule("about", _ABOUT, "about ", needs=("~",)),
)
