"""Times of day, their ranges, and lengths of time written like them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from narrate.script.normalise.english.numbers.context import DASH, spell, text_after, text_before
from narrate.script.normalise.english.numbers.words import below_hundred, cardinal, digits, paired
from narrate.script.normalise.rule import Later, Rule

if TYPE_CHECKING:
    from narrate.script.normalise.english.numbers.context import Locale

_HOURS, _MINUTES, _CLOCK = range(25), range(60), range(1, 13)
_ENDS = re.compile(
    r"[”\"’')\]]*(?:\s*\Z|\s+[“\"‘]?(?:The|A|An|He|She|It|They|We|I|You|In|On|At|But|And|So|This|That|There|His|Her|Their|Its"
    r"|When|After|Before|If|As|For|By|No|Not|Then|What|Who)\b)"
)
"""Where the full stop of "p.m." ends a sentence too."""
_RATIO = re.compile(
    r"(?:ratio|odds|aspect|scale|format|proportion)\b[\w ]{0,12}\Z|\A\W{0,2}(?:ratio|odds|aspect|scale|format)"
)


def _hour(hour: str, minute: str | None) -> str:
    """A time by the clock, said with what follows it: "three", "three thirty", "three oh five"."""
    said = below_hundred(int(hour))
    return f"{said} {paired(minute)}" if minute and int(minute) else said


def _half(match: re.Match[str], n: str) -> str | None:
    hour, minute = match[f"h{n}"], match[f"m{n}"]
    if int(hour) not in _HOURS or (minute and int(minute) not in _MINUTES):
        return None
    return _hour(hour, minute)


def _day_half(written: str | None) -> str:
    return f" {written[0].upper()}M" if written else ""


def _meridiem(match: re.Match[str]) -> str | None:
    """A time with a.m. or p.m., or a range of such times."""
    last = _half(match, "2")
    if last is None:
        return None
    if match["s"]:
        hours, minutes = _long(int(match["h2"]), "hour"), _long(int(match["m2"]), "minute")
        last = f"{hours} {minutes} and {_long(int(match['s']), 'second')}"
    said = f"{last}{_day_half(match['ap2'])}"
    if match["h1"]:
        first = _half(match, "1")
        if first is None:
            return None
        said = f"{first}{_day_half(match['ap1'])} to {said}"
    if match["zone"]:
        said += f" {match['zone'].strip().replace('.', '').upper()}"
    ended = match.group().endswith(".") and _ENDS.match(text_after(match))
    return said + ("." if ended else "")


def _long(number: int, unit: str) -> str:
    return f"{cardinal(number)} {unit}{'' if number == 1 else 's'}"


def _clock(match: re.Match[str]) -> str | None:
    """A time of 24 hours, without seconds; a ratio where the words beside it say so.

    >>> time = re.compile("(?P<h>[0-9]+):(?P<m>[0-9]+)")
    >>> [_clock(time.search(text)) for text in ("15:30", "9:05", "10:00", "20:00", "a ratio of 10:15")]
    ['fifteen thirty', 'nine oh five', "ten o'clock", 'twenty hundred', None]
    """
    hour, minute = match["h"], match["m"]
    if int(minute) not in _MINUTES or _RATIO.search(text_before(match)) or _RATIO.search(text_after(match)):
        return None
    if text_before(match).endswith("-") and not int(minute):
        return cardinal(int(hour))
    if match.group() == "00:00":
        return "midnight"
    said = cardinal(int(hour))
    if int(minute):
        return f"{said} {paired(minute)}"
    if int(hour) in _CLOCK:
        return f"{cardinal(int(hour))} o'clock"
    return f"{said} hundred" if int(hour) in _HOURS else None


def _clocks(match: re.Match[str]) -> str | None:
    """A range of times: "8:30-9:30"."""
    ends = [_TIME.fullmatch(end) for end in re.split(DASH, match.group())]
    said = [_clock(end) if end else None for end in ends]
    return f"{said[0]} to {said[1]}" if all(said) else None


_TIME = re.compile(r"(?P<h>\d{1,2}):(?P<m>\d\d)")


def _with_seconds(match: re.Match[str]) -> str | None:
    """Hours, minutes and seconds; or minutes and seconds with a decimal point."""
    hours, minutes, seconds = match["h"], match["m"], match["s"]
    if int(minutes) not in _MINUTES or int(seconds) not in _MINUTES:
        return None
    decimals = f" point {digits(match['decimals'])}" if match["decimals"] else ""
    unit = "second" if int(seconds) == 1 and not decimals else "seconds"
    zone = " UTC" if match["zulu"] else ""
    length = f"{_long(int(hours), 'hour')} {_long(int(minutes), 'minute')}"
    return f"{length} and {cardinal(int(seconds))}{decimals} {unit}{zone}"


def _military(match: re.Match[str]) -> str:
    """Four figures before "hours" or a zone: "oh eight hundred"."""
    return paired(match["h"]) + (" hundred" if match["m"] == "00" else f" {paired(match['m'])}")


def _duration(match: re.Match[str]) -> str:
    """Hours and minutes with their letters: "2h 15m"."""
    said = f"{_long(int(match['h']), 'hour')} {_long(int(match['m']), 'minute')}"
    return said + (f" {_long(int(match['s']), 'second')}" if match["s"] else "")


def _split_time(match: re.Match[str]) -> str | None:
    """Minutes and seconds of a race: "3:43.13"."""
    if int(match["s"]) not in _MINUTES:
        return None
    return f"{cardinal(int(match['m']))} {paired(match['s'])} point {digits(match['decimals'])}"


def _dotted(match: re.Match[str], *, british: bool) -> str | None:
    if not british or int(match["h"]) not in _HOURS or int(match["m"]) not in _MINUTES:
        return None
    return _hour(match["h"], match["m"]) if int(match["m"]) else None


def _verses(match: re.Match[str], locale: Locale) -> str:
    """Verses of a chapter: "3:16-18"."""
    return f"{spell(match['chapter'], locale)} {spell(match['first'], locale)} to {spell(match['last'], locale)}"


_HALF = r"(?:[aApP]\.\s?[mM]\b\.?|[aApP][mM]\b)"
_ZONE = r"(?P<zone>\s(?:e\.?[sd]\.?t\b\.?|c\.?[sd]\.?t\b\.?|p\.?[sd]\.?t\b\.?|m\.?[sd]\.?t\b\.?|gmt|bst|utc)(?!\w))?"
_FIRST_HALF = rf"(?:(?P<h1>\d{{1,2}})(?:[:.](?P<m1>\d\d))?\s?(?P<ap1>{_HALF})?(?P<joint>{DASH}|\s(?:to|until|till)\s))?"
_LAST = rf"(?P<h2>\d{{1,2}})(?:[:.](?P<m2>\d\d)(?::(?P<s>\d\d))?)?\s?(?P<ap2>{_HALF})"
_START, _END = r"(?<![\w$£€])(?<!\d[.,:/\-–])", r"(?!\w|[:/]\d|[.,]\d)"


def _upper(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "verses",
            Later(rf"{_START}(?P<chapter>\d{{1,3}}):(?P<first>\d{{1,3}})[-–](?P<last>\d{{1,3}}){_END}(?!\w)"),
            partial(_verses, locale=locale),
            needs=(":",),
            digit=True,
        ),
        Rule(
            "times with a.m. or p.m.",
            Later(rf"(?<![\w$£€])(?<!\d[.:/\-–]){_FIRST_HALF}{_LAST}{_ZONE}"),
            _meridiem,
            needs=("m", "M"),
            digit=True,
        ),
        Rule(
            "times with seconds",
            Later(
                rf"{_START}(?P<h>\d{{1,2}}):(?P<m>\d\d):(?P<s>\d\d)(?:\.(?P<decimals>\d+))?(?:(?P<zulu>Z)(?!\w)|{_END})"
            ),
            _with_seconds,
            needs=(":",),
            digit=True,
        ),
    )


def _middle() -> tuple[Rule, ...]:
    return (
        Rule(
            "times of races",
            Later(rf"{_START}(?P<m>\d{{1,2}}):(?P<s>\d\d)\.(?P<decimals>\d{{1,3}}){_END}"),
            _split_time,
            needs=(":",),
            digit=True,
        ),
        Rule(
            "ranges of times",
            Later(rf"{_START}\d{{1,2}}:\d\d{DASH}\d{{1,2}}:\d\d{_END}(?!\s?[aApP]\.?[mM])"),
            _clocks,
            needs=(":",),
            digit=True,
        ),
        Rule("times", Later(rf"{_START}(?P<h>\d{{1,2}}):(?P<m>\d\d){_END}"), _clock, needs=(":",), digit=True),
        Rule(
            "lengths of time",
            Later(
                r"(?<![\w.,])(?P<h>\d{1,3})\s?h(?:rs?\b\.?)?\s?(?P<m>\d{1,2})(?:\s?m(?:ins?\b\.?)?(?:\s?(?P<s>\d{1,2})\s?s(?:ecs?)?)?)?(?!\w)"
            ),
            _duration,
            needs=("h",),
            digit=True,
        ),
        Rule(
            "times of four figures",
            Later(
                r"(?<![\w.,:/$£€-])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:hours|hrs|GMT|UTC|[ECMP][SD]T|CET|BST)\b)"
            ),
            _military,
            digit=True,
        ),
    )


def _lower(locale: Locale) -> tuple[Rule, ...]:
    return (
        Rule(
            "times with a full stop",
            Later(r"(?<=\b[aA]t )(?P<h>\d{1,2})\.(?P<m>[0-5][05])(?!\w|[.,:/]\d|\s?%| (?:per|million|billion))"),
            partial(_dotted, british=locale.british),
            needs=("t ",),
            digit=True,
        ),
        Rule(
            "times of trains",
            Later(
                r"(?<=\b[tT]he )(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)(?=\s(?:train|bus|(?:to|from|for)\s[A-Z][a-z]))"
            ),
            partial(_dotted, british=True),
            needs=("he ",),
            digit=True,
        ),
        Rule(
            "ranges from or to noon",
            Later(r"(?:(?<=noon)|(?<=midnight))[-–](?=\d)|(?:(?<=\d[aApP][mM])|(?<=[ap]\.m\.))[-–](?=noon|midnight)"),
            " to ",
            needs=("noon", "midnight"),
            digit=True,
        ),
    )


def rules(locale: Locale) -> tuple[Rule, ...]:
    """The rows, in the order in which they win."""
    return (*_upper(locale), *_middle(), *_lower(locale))
