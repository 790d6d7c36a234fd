"""Small judges of texts that several rules share, each true or false of a text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

# RFC 2822, 3.3, with the two-digit years and named zones of RFC 822 that RSS 2.0 allows.
_DATE = re.compile(
    r"(?:(?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?P<date>\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" (?:\d{4}|\d{2})) \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|UT|GMT|[ECMP][SD]T|Z)"
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MIME = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*(?:\s*;.*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@.<>(),;:]+(?:\.[^\s@.<>(),;:]+)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(?:\d{1,3}:)?[0-5]?\d:)?[0-5]?\d|\d{1,7}")
_NPT = re.compile(r"(?:\d{1,3}:)?(?:[0-5]?\d:)?\d{1,5}(?:\.\d{1,9})?")


def is_web_url(text: str) -> bool:
    """Whether it is a whole address of the web, in ASCII and without blanks.

    >>> is_web_url("https://example.org/a"), is_web_url("/a"), is_web_url("https:///a"), is_web_url("http://a b")
    (True, False, False, False)
    """
    if not re.fullmatch(r"https?://[!-~]+", text, re.IGNORECASE):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def suffix_of(url: str) -> str:
    """The suffix of the path of a URL in small letters, with its dot.

    >>> suffix_of("https://example.org/a.MP3?x=.jpg"), suffix_of("https://example.org/")
    ('.mp3', '')
    """
    name = url.partition("#")[0].partition("?")[0].rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def date_of(text: str) -> datetime | None:
    """The moment that a date of RSS 2.0 names, None where it is none (RFC 822 and 2822).

    >>> date_of("Mon, 23 Nov 2026 23:30:00 GMT")
    datetime.datetime(2026, 11, 23, 23, 30, tzinfo=datetime.timezone.utc)
    >>> date_of("2026-11-23"), date_of("Tue, 23 Nov 2026 23:30:00 GMT"), date_of("31 Feb 2026 00:00 GMT")
    (None, None, None)
    """
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        found = parsedate_to_datetime(re.sub(r" Z$", " GMT", text))
    except (ValueError, TypeError, OverflowError):
        return None
    if match["day"] and _DAYS[found.weekday()] != match["day"]:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # "-0000" says that the zone is not known


def is_uuid(text: str) -> bool:
    """Whether it is a UUID as text."""
    return bool(_UUID.fullmatch(text))


def is_mime(text: str) -> bool:
    """Whether it has the form of a MIME type."""
    return bool(_MIME.fullmatch(text))


def is_email(text: str) -> bool:
    """Whether it has the shape of an e-mail address."""
    return bool(_EMAIL.fullmatch(text))


def is_language(text: str) -> bool:
    """Whether it has the form of a language tag (BCP 47)."""
    return bool(_LANGUAGE.fullmatch(text))


def is_positive(text: str) -> bool:
    """Whether it is a whole number from 1 on.

    >>> is_positive("12"), is_positive("0"), is_positive("1.5"), is_positive("9" * 5000)
    (True, False, False, False)
    """
    return bool(re.fullmatch(r"[0-9]{1,18}", text)) and int(text) > 0


def is_duration(text: str) -> bool:
    """Whether it is whole seconds, M:SS or H:MM:SS (Apple).

    >>> [is_duration(text) for text in ("3600", "5:30", "1:02:03", "1h", "12.5", "1:99")]
    [True, True, True, False, False, False]
    """
    return bool(_CLOCK.fullmatch(text))


def play_time_ms(text: str) -> int | None:
    """Milliseconds of a normal play time (RFC 2326, 3.6, as Podlove Simple Chapters has it), None where it is none.

    >>> play_time_ms("00:00:59.120"), play_time_ms("75"), play_time_ms("1:00"), play_time_ms("soon")
    (59120, 75000, 60000, None)
    """
    if not _NPT.fullmatch(text):
        return None
    whole, _, fraction = text.partition(".")
    total = 0
    for figure in whole.split(":"):
        total = total * 60 + int(figure)
    return total * 1000 + int(fraction[:3].ljust(3, "0"))


def is_decimal(text: str) -> bool:
    """Whether it is a number of seconds from 0 on."""
    return bool(re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text))


def has_markup(text: str) -> bool:
    """Whether HTML stands in a text that should be plain.

    >>> has_markup("a <b>c</b>"), has_markup("1 < 2 > 0"), has_markup("<3")
    (True, False, False)
    """
    return bool(_TAG.search(text))


def shown(text: str, most: int = 60) -> str:
    """A value as a finding quotes it: on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= most else f"“{line[: most - 1]}…”"


def repeated(values: Iterable[str]) -> list[str]:
    """Those that occur more than once, each once, in order.

    >>> repeated(["a", "b", "a", "", ""])
    ['a']
    """
    seen: dict[str, int] = {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
    return [value for value, count in seen.items() if count > 1 and value]
