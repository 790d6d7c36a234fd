"""German: decades, days of a month without a year or with a short one, spans of days, days of the week."""

from __future__ import annotations

import re

from narrate.script.normalise.rule import Later, Rule
from narrate.script.normalise.tongues.german import TONGUE, WEAK, ordinal_day, year
from narrate.script.normalise.tongues.tongue import cardinal
from narrate.script.wording import GERMAN as WORDS

_WEEK = {
    "Mo": "Montag",
    "Di": "Dienstag",
    "Mi": "Mittwoch",
    "Do": "Donnerstag",
    "Fr": "Freitag",
    "Sa": "Samstag",
    "So": "Sonntag",
}
_DAYS = "|".join(_WEEK)
_WEEKDAYS = "|".join(_WEEK.values())
_SHORT = {
    "Jan": "Januar",
    "Feb": "Februar",
    "Apr": "April",
    "Aug": "August",
    "Sept": "September",
    "Sep": "September",
    "Okt": "Oktober",
    "Nov": "November",
    "Dez": "Dezember",
}
_BEFORE = rf"(?P<before>\b(?:{WEAK}|(?i:im|ins|beim|am|vom|zum|bis|ab|seit|der|dem|den|des)) )"
_ITS_DAYS = 31
_MONTH = rf"(?:{'|'.join(WORDS.months)}|(?:{'|'.join(_SHORT)})\.)"
_BEGINS = (
    "Der|Die|Das|Den|Dem|Des|Ein|Eine|Einen|Er|Sie|Es|Wir|Ich|Ihr|Man|Und|Aber|Doch|Auch|Nach|Vor|Bei|Mit|Von|Zu|Zum|"
    "Zur|Seit|Für|Auf|Als|Wenn|Weil|Da|Dann|Danach|Dabei|Damit|Dort|Hier|Jetzt|Heute|Gestern|So|In|Im|Am|An|Aus|Um|"
    "Unter|Über|Nur|Noch|Wer|Was|Wie|Wo|Diese|Dieser|Dieses|Sein|Seine|Ihre|Alle|Viele|Später|Zuvor|Insgesamt"
)
"""Words that a sentence begins with: before one, "am 3." ends a sentence."""


def _decade(match: re.Match[str]) -> str:
    r"""The adjective in "-er" of a number.

    >>> re.sub(r"(?P<number>\d+)er(?P<end>n?)", _decade, "80er 1990er 100er 2000er")
    'achtziger neunzehnhundertneunziger hunderter zweitausender'
    """
    said = year(int(match["number"]))
    return f"{'hundert' if said == 'einhundert' else said}er{match['end']}"


def _day(match: re.Match[str]) -> str | None:
    """A day and month in figures: "am 9.11.", "am 9.11.89"."""
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= _ITS_DAYS and 1 <= month <= len(WORDS.months)):
        return None
    said = f"{match['before']}{ordinal_day(match['before'].strip(), day)} {WORDS.months[month - 1]}"
    if match["year"]:
        return f"{said} {cardinal(int(match['year']), TONGUE)}"
    return said if re.search(r"\w", match.string[match.end() :]) else f"{said}."


def _span(match: re.Match[str]) -> str | None:
    """Two days of one month, or two centuries."""
    before = match["before"] or ""
    first, last = int(match["first"]), int(match["last"])
    if not (first and last):
        return None
    between = match["between"].strip()
    word = {"–": "bis", "-": "bis", "/": "und"}.get(between, between)
    rule = before.strip() or ("" if match["month"] else "die")
    end = {"bis zum": "zum", "auf den": "den"}.get(word, rule)
    return f"{before}{ordinal_day(rule, first)} {word} {ordinal_day(end, last)}"


def _weekday(match: re.Match[str]) -> str | None:
    """A day of the week and its date after it: "am Mo., 3. März", which is "am Montag, dritten März" as it is read."""
    before, the = (match["before"] or "").strip(), (match["the"] or "").strip()
    if not before and not match["short"]:
        return None
    day = _WEEK[match["short"]] if match["short"] else match["day"]
    said = ordinal_day((the or before).lower(), int(match["number"]))
    month = _SHORT.get(match["month"].rstrip("."), match["month"])
    date = f"{f'{the} ' if the else ''}{said} {month}" + (f" {year(int(match['year']))}" if match["year"] else "")
    return f"{before}{' ' if before else ''}{day}{match['comma'] or ''} {date}"


GERMAN_FIRST: tuple[Rule, ...] = (
    Rule(
        "day of the week before a date (de)",
        Later(
            rf"(?P<before>\b(?i:am|vom|zum|bis|ab|seit|der|dem|den|des) )?(?<![\w.])"
            rf"(?:(?P<short>{_DAYS})\.|(?P<day>{_WEEKDAYS}))(?P<comma>,)? (?P<the>dem |den )?"
            rf"(?P<number>[12]?\d|3[01])\. (?P<month>{_MONTH})(?: (?P<year>\d{{4}})(?![\w/–-]))?"
        ),
        _weekday,
        needs=(". ",),
        digit=True,
    ),
    Rule(
        "decades (de)",
        Later(r"(?<![\w.,:/–+-])[’']?(?P<number>1[1-9]\d0|20\d0|1000|100|[2-9]|[1-9]\d)er(?P<end>n?)(?!\w)"),
        _decade,
        needs=("er",),
        digit=True,
    ),
    Rule(
        "spans of days (de)",
        Later(
            rf"{_BEFORE}?(?<![\w.,:/–-])(?P<first>\d\d?)\.(?P<between> ?[–/-] ?| bis zum | bis | und | oder | auf den )"
            rf"(?P<last>\d\d?)\.(?=\s+(?:(?P<month>{_MONTH})|Jahrhundert|Jh\.|(?!(?:{_BEGINS})\b)[A-ZÄÖÜ][a-zäöüß]{{2,}}))"
        ),
        _span,
        digit=True,
    ),
    Rule(
        "days without a year (de)",
        Later(
            rf"{_BEFORE}(?<![\w.,:/-])(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.(?P<year>\d\d(?![\w/]|[.,:-]\d))?(?!\d|\s?[–/-]|\s\d{{4}}\b)"
        ),
        _day,
        digit=True,
    ),
    Rule(
        "months, short (de)",
        Later(rf"(?<=\d\. )(?P<month>{'|'.join(_SHORT)})\.(?=\s[\w(]|[,;:)])"),
        lambda match: _SHORT[match["month"]],
        needs=(".",),
        digit=True,
    ),
    Rule(
        "days of the week (de)",
        Later(rf"(?<![\w.])(?P<from>{_DAYS})\.?\s?[–-]\s?(?P<to>{_DAYS})\b\.?"),
        lambda match: f"{_WEEK[match['from']]} bis {_WEEK[match['to']]}",
        needs=("–", "-"),
    ),
    Rule(
        "ordinals after an article (de)",
        Later(
            rf"(?P<before>\b(?:{WEAK}|(?i:der|die|das|dem|den|des|zum|zur|am|im|beim|jede[rsnm]?))\s)(?<![\w.,:/-])"
            rf"(?P<number>[1-9]\d?)\.(?=\s(?!(?:{_BEGINS})\b)[A-ZÄÖÜ][a-zäöüß]{{2,}})"
        ),
        lambda match: f"{match['before']}{ordinal_day(match['before'].strip().lower(), int(match['number']))}",
        needs=(".",),
        digit=True,
    ),
    Rule("the page after (de)", Later(r"(?<=\d )f\.(?=\s[\w(]|[,;)])"), "folgende", needs=("f.",), digit=True),
    Rule("streets (de)", Later(r"(?<=[a-zäöüß])str\.(?=\s\d)"), "straße", needs=("str.",)),
    Rule(
        "paragraphs (de)",
        Later(r"§(?P<many>§)?\s?(?=\d)"),
        lambda m: f"Paragra{'fen' if m['many'] else 'f'} ",
        ("§",),
    ),
)
"""What comes before the rows for money and measures."""
