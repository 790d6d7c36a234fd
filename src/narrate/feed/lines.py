"""Values of a show that have parts, each as a line of text that a person can type: persons, links, other shows.

Each kind has a reader, which raises `ValueError` with the rest of a sentence that
began with the field's name, and a writer, which is its inverse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.feed import checks
from narrate.feed.taxonomy import ROLES, role_names
from narrate.model import Frequency, Person, Recommendation, Soundbite, WebLink

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT_CHARACTERS = 128
"""The podcast namespace: texts of its elements are at most this long, or apps cut them."""

_USUAL: Mapping[str, str] = {
    "daily": "FREQ=DAILY",
    "weekdays": "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    "weekly": "FREQ=WEEKLY",
    "biweekly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "bimonthly": "FREQ=MONTHLY;INTERVAL=2",
    "yearly": "FREQ=YEARLY",
}
COMPLETE = "complete"
FREQUENCIES = (*_USUAL, COMPLETE)
"""The words that need no rule beside them."""

_RULE = re.compile(r"FREQ=(?:HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,+:.-]+)*")
_CLOCK = re.compile(r"(?:(\d+):)?(?:(\d{1,4}):)?(\d+(?:\.\d{1,3})?)")
_PARTS = ("role", "group", "href", "img")


def person(line: str) -> Person:
    """Somebody, as a name and what is known of them.

    >>> person("Ann Example; role=Narrator; href=https://example.org/ann")
    Person(name='Ann Example', role='narrator', group='', href='https://example.org/ann', img='')
    >>> person("Ann; role=narator")
    Traceback (most recent call last):
    ValueError: must have a role of the Podcast Taxonomy, such as host, narrator or author (did you mean 'narrator'?)
    """
    name, *rest = (part.strip() for part in line.split(";"))
    if not name or "=" in name:
        raise ValueError("must begin with a name, as 'Ann Example; role=host; href=https://example.org/'")
    values = {}
    for part in filter(None, rest):
        key, equals, value = part.partition("=")
        key = key.strip().lower()
        if not equals or key not in _PARTS:
            raise ValueError(f"must have only {', '.join(_PARTS)} after the name, each as {_PARTS[0]}=host")
        values[key] = value.strip()
    return Person(_short(name), **{key: _PERSON_CHECKS[key](value) for key, value in values.items() if value})


def person_line(value: Person) -> str:
    """Somebody as `person` reads them."""
    parts = [f"{key}={getattr(value, key)}" for key in _PARTS if getattr(value, key)]
    return "; ".join((value.name, *parts))


def web_link(line: str) -> WebLink:
    """An address and the words of the link.

    >>> web_link("https://example.org/support Support the show")
    WebLink(url='https://example.org/support', text='Support the show')
    """
    url, _, text = line.strip().partition(" ")
    return WebLink(checks.link(url), _short(text))


def web_link_line(value: WebLink) -> str:
    """A link as `web_link` reads it."""
    return f"{value.url} {value.text}".rstrip()


def recommendation(line: str) -> Recommendation:
    """Another show: its guid, and where they are known its feed's address and its title.

    >>> recommendation("917393e3-1b1e-5cef-ace4-edaa54e1f810 https://example.org/feed.xml A show").title
    'A show'
    """
    guid, _, rest = line.strip().partition(" ")
    url, _, title = rest.strip().partition(" ")
    if url and "://" not in url:
        url, title = "", rest.strip()
    try:
        return Recommendation(checks.guid(guid), checks.link(url) if url else "", _short(title))
    except ValueError as exc:
        raise ValueError(
            "must be a show's podcast:guid, then its feed's address and its title, as far as known"
        ) from exc


def recommendation_line(value: Recommendation) -> str:
    """A recommendation as `recommendation` reads it."""
    return " ".join(filter(None, (value.guid, value.url, value.title)))


def frequency(text: str) -> Frequency:
    """How often episodes come: one of the usual words, or a text and its rule of RFC 5545.

    >>> frequency("Weekly"), frequency("Mondays; FREQ=WEEKLY;BYDAY=MO").rule
    (Frequency(text='Weekly', rule='FREQ=WEEKLY', complete=False), 'FREQ=WEEKLY;BYDAY=MO')
    >>> frequency("complete").complete
    True
    """
    words, _, rule = (part.strip() for part in text.partition(";"))
    said = _short(words)
    if not rule and said.lower() in FREQUENCIES:
        return Frequency(said.capitalize(), _USUAL.get(said.lower(), ""), complete=said.lower() == COMPLETE)
    if not said or not _RULE.fullmatch(rule):
        raise ValueError(
            f"must be one of {', '.join(FREQUENCIES)}, or a text and its rule, as 'On Mondays; FREQ=WEEKLY;BYDAY=MO'"
            f"{checks.did_you_mean(said, FREQUENCIES)}"
        )
    return Frequency(said, rule)


def frequency_line(value: Frequency) -> str:
    """A frequency as `frequency` reads it."""
    if value.complete or _USUAL.get(value.text.lower()) == value.rule:
        return value.text.lower()
    return "; ".join(filter(None, (value.text, value.rule)))


def soundbite(line: str) -> Soundbite:
    """A passage: where it starts, how many seconds it lasts, and its title if it has one.

    >>> soundbite("00:01:10.5 30 The best part")
    Soundbite(start_ms=70500, duration_ms=30000, title='The best part')
    """
    start, _, rest = line.strip().partition(" ")
    length, _, title = rest.strip().partition(" ")
    started, lasts = _CLOCK.fullmatch(start), _CLOCK.fullmatch(length)
    if not started or not lasts or not _ms(lasts):
        raise ValueError("must be a start, a length in seconds and a title, as '00:01:10 30 The best part'")
    return Soundbite(_ms(started), _ms(lasts), _short(title))


def soundbite_line(value: Soundbite) -> str:
    """A passage as `soundbite` reads it.

    >>> soundbite_line(Soundbite(70_500, 30_000, "The best part"))
    '70.500 30.000 The best part'
    """
    return f"{value.start_ms / 1000:.3f} {value.duration_ms / 1000:.3f} {value.title}".rstrip()


def _ms(clock: re.Match[str]) -> int:
    hours, minutes, seconds = clock.groups(default="0")
    if clock[1] and not clock[2]:  # one colon: minutes and seconds
        hours, minutes = "0", hours
    whole, _, thousandths = seconds.partition(".")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(whole)) * 1000 + int(thousandths.ljust(3, "0"))


def _short(text: str) -> str:
    line = checks.name(text)
    if len(line) > MAX_TEXT_CHARACTERS:
        raise ValueError(f"must have a text of at most {MAX_TEXT_CHARACTERS} characters, and it has {len(line)}")
    return line


def _role(value: str) -> str:
    names = role_names()
    if value.lower() in names:
        return value.lower()
    hint = checks.did_you_mean(value, names)
    raise ValueError(f"must have a role of the Podcast Taxonomy, such as host, narrator or author{hint}")


def _group(value: str) -> str:
    if value.lower() in ROLES:
        return value.lower()
    raise ValueError(f"must have a group of {', '.join(ROLES)}{checks.did_you_mean(value, ROLES)}")


_PERSON_CHECKS = {"role": _role, "group": _group, "href": checks.link, "img": checks.link}
