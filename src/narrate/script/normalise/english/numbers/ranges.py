"""Two numbers or three with a dash or a colon between them: ranges, scores, ratios."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import (
    GROUPED,
    NUMBER,
    spell,
    text_after,
    text_before,
    word_before,
    words,
)
from narrate.script.normalise.english.numbers.words import digits, paired
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_GAME = 20
"""Numbers below this one are said without "to" in scores of sets and goals: "six three"."""

_WHOLE = 100
"""What the parts of a split add up to: "a 60-40 rule"."""

_EQUATION = re.compile(r"\d+(?:\.\d+)?\s?[-–−]\s?\d+(?:\.\d+)?(?=\s?[=<>≤≥])")
_SPORT = re.compile(
    r"\b(?:w[io]ns?|beat|beaten|beats|lead|leads|led|los[est]\w*|defeat\w*|draws?|drew|drawn|scor\w+|victory"
    r"|victories|ahead|down|(?<!end )(?<!ends )(?<!ended )(?<!wind )up(?! (?:to|with)\b)|trail\w*"
    r"|result|ruled|ruling|vot\w+|decision|record|went|go|set|sets|match|final|triumph\w*|thrash\w*|edged?|upset"
    r"|series|aggregate|half-?time)\b"
    r"|,\s?\d+-\d+,?\s\Z",
    re.IGNORECASE,
)
_SPORT_AFTER = re.compile(
    r"\s(?:wins?|won|lead|loss|los[est]\w*|defeat|draw|victory|scoreline|win|vote|decision|ruling|majority|record|run"
    r"|on|at|in the|against|over|against|thrashing|triumph|series)\b"
    r"|,\s?\d+-\d+",
    re.IGNORECASE,
)
_RANGE_WORD = re.compile(
    r"\b(?:ages?|aged|pages?|pp\.?|lines?|verses?|chapters?|sections?|grades?|days|weeks|nos?\.?|numbers?|between"
    r"|from|about|around|last|next|every|takes?|years)\s\Z",
    re.IGNORECASE,
)


_ODDS = re.compile(r"\bodds\s(?:(?:of|at|are|were|on)\s)?\Z")
_RATIO_AFTER = re.compile(r"[\s-](?:ratios?|odds|mix(?:ture)?|proportions?)\b")
_PAPER = re.compile(r"\b(?:Publication|Pub\.|SP[ .]|Directive|Circular|Bulletin|Regulation|Standard)\s?\Z")
"""What has a number of two parts, and no range."""


def _two(match: re.Match[str], locale: Locale) -> str | None:
    """Two numbers with a dash: a range with "to", a score without it, a code digit by digit.

    >>> from narrate.script.normalise.english.numbers.context import locale_of
    >>> rule = next(rule for rule in rules(locale_of("en")) if rule.name == "ranges and scores")
    >>> [rule.say(rule.pattern.search(text)) for text in ("10-12 days", "won 6-3", "beat them 112-98", "090-96")]
    ['ten to twelve', 'six three', 'one hundred twelve to ninety-eight', 'zero nine zero, nine six']
    """
    first, last = match["first"], match["last"]
    if any(len(part) > 1 and part.startswith("0") and "." not in part for part in (first, last)):
        return f"{digits(first)}, {digits(last)}"
    joint = " minus " if _EQUATION.match(match.string, match.start("first")) else " to "
    if _PAPER.search(text_before(match)) and len(match["dash"]) == 1:
        return " dash ".join(paired(part) for part in (first, last))
    if _ODDS.search(text_before(match)) or _RATIO_AFTER.match(text_after(match)):
        return f"{spell(first, locale)} to {spell(last, locale)}"
    small = all(part.isdecimal() and int(part) < _GAME for part in (first, last))
    tight = len(match["dash"]) == 1
    if joint == " to " and small and tight and _is_score(match, int(first), int(last)):
        joint = " "
    if (
        last == "0"
        or (tight and first == last)
        or (tight and _split_of(first, last) == _WHOLE and first.endswith(("0", "5")))
    ):
        joint = " "
    ends = [spell(part, locale) for part in (first, last)]
    if joint == " " and locale.british:
        ends = [end.replace("zero", "nil") for end in ends]
    return _sign(match) + joint.join(ends) + (match["tail"] and " ")


def _split_of(first: str, last: str) -> int:
    """The sum of two whole numbers; -1 where one is none."""
    return int(first) + int(last) if first.isdecimal() and last.isdecimal() and int(first) > int(last) else -1


def _sign(match: re.Match[str]) -> str:
    return "minus " if match["minus"] else ""


def _is_score(match: re.Match[str], first: int, last: int) -> bool:
    if first == last or first > last or 0 in {first, last}:
        return not _RANGE_WORD.search(text_before(match))
    said_sport = _SPORT.search(text_before(match)) or _SPORT_AFTER.match(text_after(match))
    return said_sport is not None and not _RANGE_WORD.search(text_before(match))


def _row(match: re.Match[str], locale: Locale) -> str:
    """Three numbers and more with dashes: a formation, a record, a code."""
    parts = re.split(r"[-–]", match.group())
    if any(len(part) > 2 or (len(part) > 1 and part.startswith("0")) for part in parts):  # noqa: PLR2004 (numbers of one or two digits are counted)
        return ", ".join(map(digits, parts))
    return " ".join(spell(part, locale) for part in parts)


_BOOKS = words(
    "genesis gen exodus exod leviticus lev numbers num deuteronomy deut joshua judges ruth samuel sam kings "
    "chronicles ezra nehemiah "
    "esther job psalm psalms ps proverbs prov ecclesiastes isaiah isa jeremiah jer lamentations ezekiel daniel dan "
    "hosea joel amos jonah "
    "micah zechariah malachi matthew matt mark luke john acts romans rom corinthians cor galatians gal ephesians eph "
    "philippians phil "
    "colossians col thessalonians thess timothy tim titus hebrews heb james peter pet jude revelation rev surah sura "
    "quran"
)


def _ratio(match: re.Match[str], locale: Locale) -> str:
    """Numbers with colons: "3:2", "1:50,000"; a verse of a book of the Bible has no "to"."""
    if word_before(match).lower() in _BOOKS:
        return " ".join(spell(part, locale) for part in match.group().replace(" ", "").split(":"))
    return " to ".join(spell(part, locale) for part in match.group().replace(" ", "").split(":"))


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    start = r"(?<![\w$£€#+^])(?<!\d[.,:/\-–])"
    end = r"(?!\d|[.,:/\-–]\d)"
    return (
        Rule(
            "rows of numbers with dashes",
            Later(rf"{start}\d+(?:[-–]\d+){{2,}}{end}(?![\w])"),
            partial(_row, locale=locale),
            needs=("-", "–"),
            digit=True,
        ),
        Rule(
            "ranges and scores",
            Later(
                rf"(?P<minus>(?<![\w)])[-−](?=\d))?{start}(?P<first>{NUMBER})(?P<dash>\s?[-–—‑−]\s?)(?P<last>{NUMBER})(?P<tail>){end}(?![A-Za-z_])"
            ),
            partial(_two, locale=locale),
            needs=("-", "–", "—", "‑", "−"),
            digit=True,
        ),
        Rule(
            "ratios",
            Later(rf"{start}{GROUPED}(?:(?:\s:\s|:){GROUPED})+{end}(?!\w)"),
            partial(_ratio, locale=locale),
            needs=(":",),
            digit=True,
        ),
    )
