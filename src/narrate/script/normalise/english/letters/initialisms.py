"""Initialisms, acronyms and words in capitals, where voices misread them; all others stay as they are."""

from __future__ import annotations

import re

from narrate.script.normalise.english.letters.context import STARTERS, in_capitals
from narrate.script.normalise.english.letters.initialismtables import EMPHASISED, PLURALS, SAID, SPELLED
from narrate.script.normalise.english.letters.sayable import sayable
from narrate.script.normalise.rule import Rule

_EDGE = r"(?<![\w./@#&’'-])"


def _any(words: frozenset[str] | dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_KNOWN = re.compile(
    rf"{_EDGE}(?P<word>{_any(SPELLED | frozenset(SAID))})(?![\w&]|[.][A-Za-z])(?:(?<=\.[DcC])\.(?=\s+[a-z]|[,;)]))?"
)
_PLURAL = re.compile(r"(?<![\w./@#&’'-])(?P<front>[A-Z]{1,5})(?P<last>[A-Z])(?:[’']?s)(?P<owner>[’'])?(?![\w’'])")
_SHORT_WORD = re.compile(r"(?<![\w./@#&$’'-])[A-Z]{3}(?![\w&/’'-]|\.\w)")
_PHRASE = re.compile(r"(?<![\w./@#&$’'-])(?<![A-Z] )[A-Z]{3,}(?: [A-Z]{3,})+(?![\w&/-]|\.\w| [A-Z]{2})")
_LONGER = re.compile(r"(?<![\w./@#&$’'-])(?P<word>[A-Z]{4,5})(?![\w&/’'-]|[.(]\w)")
_CAPITALS_BEFORE, _CAPITALS_AFTER = re.compile(r"[A-Z]{4,}\W{1,2}\Z"), re.compile(r"\W{1,2}[A-Z]{4,}")
_IT = re.compile(r"(?<![\w.’'-])(?:IT|US)(?![\w&.-])")
_DOTTED = re.compile(
    r"(?<![\w.])(?P<first>[A-Z](?:\.\s?[A-Z]){1,4})\.(?P<next>s\b|[’']s\b)?(?=\s+(?P<word>[^\W\d_]+)|-|[’']|\S|\Z)"
)
_DRIP = re.compile(
    r"(?<![\w.])IV(?=[\s-](?:drip|fluid|line|therap|antibiotic|infusion|bag|drug|treatment|pole|catheter|push|dose))"
    r"|(?<=\ban )IV(?![\w.])|(?<=\b[Bb]y )IV(?![\w.])"
)
_LESSER = re.compile(r"(?<!\w)(?:HIV/AIDS)(?!\w)")


_WORD_LIKE = re.compile(
    r"(?:[BCDFGHJKLMNPRTVWZ]|[BCFGPS]L|[BCDFGPT]R|[CSTW]H|S[CKMNPTW]|TW)[AEIOU]{1,2}"
    r"(?:[BDFGKLMNPRT]|C?K|L[DFKMPT]|MP|N[DGKT]|R[BDKMNPT]|S[HKPT])|[BDFGKLMNPRSTVZ][AEIOU][BDGKLMNPRTVZ][AEIO]|EURO"
)
"""Four letters that make a word: "STARs", not "ICBMs"."""


def _spell(word: str) -> str:
    return ".".join(word)


def _known(match: re.Match[str]) -> str | None:
    word = match["word"]
    if in_capitals(match.string) and word not in {"WWI", "WWII", "WW1", "WW2", "NHTSA", "USAID"}:
        return None
    return SAID.get(word) or _spell(word)


def _plural(match: re.Match[str]) -> str | None:
    """Several of what is spelled. eSpeak clips the s of most, so the last letter is written as a word with its own.

    >>> [_PLURAL.sub(_plural, text) for text in ("the PSSAs", "two MPs.", "many NGOs’ staff")]
    ["the P.S.S A's", "two M P's.", "many N.G O's staff"]
    """
    word, front, last = match.group(), match["front"], match["last"]
    if word in PLURALS:
        return PLURALS[word]
    if "’" in word[: -1 if match["owner"] else None] or "'" in word[: -1 if match["owner"] else None]:
        return None  # the s of a possessive is heard
    if len(front) == len("STA") and _WORD_LIKE.fullmatch(front + match["last"]):
        return f"{(front + match['last']).lower()}s"
    if word in SAID or len(front) > 3 or front == "A" or last == "S":  # noqa: PLR2004 # longer ones are words
        return None
    return f"{_spell(front)} {last}'s"


def _unsayable(match: re.Match[str]) -> str | None:
    """Initials that voices would say as a word: "ROTC"; a word among words in capitals is a name or a heading."""
    text = match.string
    named = _CAPITALS_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    if sayable(match["word"]) or named or _CAPITALS_AFTER.match(text, match.end()) or in_capitals(text, most=True):
        return None
    return _spell(match["word"])


def _emphasised(match: re.Match[str]) -> str | None:
    word = match.group().lower()
    return word if word in EMPHASISED and not in_capitals(match.string, most=True) else None


def _phrase(match: re.Match[str]) -> str | None:
    """A phrase in capitals that holds a word voices would spell, said as a whole: "NEW YORK (AP)".

    With initials among its words it is left to the other rows.
    """
    words = match.group().split(" ")
    stressed = EMPHASISED.intersection(map(str.lower, words))
    said = all(word.lower() in stressed or (len(word) > len("NEW") and sayable(word)) for word in words)
    if not stressed or not said or in_capitals(match.string, most=True):
        return None
    return " ".join(map(str.capitalize, words))


def _word_in_capitals(match: re.Match[str]) -> str | None:
    """The pronoun, in a text that is all in capitals."""
    return "it" if match.group() == "IT" and in_capitals(match.string) else None


_NATIONS = frozenset({"US", "UK", "UN", "EU", "USA"})
"""Read letter by letter without full stops as well."""


def _dotted(match: re.Match[str]) -> str | None:
    """Initials with full stops, without those at which voices end a clause: "U.S. Senate", "J. K. Rowling".

    A lone "A" keeps its own, for without it is an article.
    """
    letters = re.sub(r"[.\s]", "", match["first"])
    spaced = re.search(r"\s", match["first"]) is not None
    word = match["word"]
    if match["next"] and len(match["next"]) > 1:
        return f"{letters}{match['next']}" if letters in _NATIONS else None
    if match["next"]:
        return f"{_spell(letters[:-1])} {letters[-1]}'s" if len(letters) > 1 and letters[0] != "A" else None
    if word is None or not word[0].isupper() or (word in STARTERS and not spaced):
        return None
    return letters if letters in _NATIONS else _spell(letters)


_INITIAL = re.compile(r"(?<=[^\W\d_] )(?P<letter>[B-HJ-Z])\.(?=\s(?P<word>[A-Z][\w’'-]+))")


def _initial(match: re.Match[str]) -> str | None:
    """A middle initial: "George W. Bush"."""
    before = re.search(r"([\w’'-]+)\s\Z", match.string[max(0, match.start() - 24) : match.start()])
    named = before and before[1][0].isupper() and len(before[1]) > 1 and not before[1].isupper()
    return match["letter"] if named and match["word"] not in STARTERS else None


INTRAVENOUS = Rule("intravenous", _DRIP, "I.V", needs=("IV",))
"""Before Roman numerals."""

INITIALISMS = (
    Rule("HIV and AIDS", _LESSER, "HIV AIDS", needs=("HIV/",)),
    Rule("plural initialism", _PLURAL, _plural),
    Rule("acronym", _KNOWN, _known),
    Rule("unsayable acronym", _LONGER, _unsayable),
    Rule("initials", _DOTTED, _dotted, needs=(".",)),
    Rule("middle initial", _INITIAL, _initial, needs=(". ",)),
    Rule("phrase in capitals", _PHRASE, _phrase),
    Rule("word in capitals", _SHORT_WORD, _emphasised),
    Rule("pronoun in capitals", _IT, _word_in_capitals, needs=("IT",)),
)
