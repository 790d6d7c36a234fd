"""Rules for the HTML of descriptions, and for the list of chapters that may stand in one."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from narrate.feed.audit.rule import APPLE, HINT, W3C, WARNING, Fault, Rule
from narrate.feed.audit.words import play_time_ms, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.feed.audit.document import Item, Part

_ESCAPED_TWICE = re.compile(
    r"&lt;/?(?:p|br|a|b|i|em|strong|ul|ol|li|div|span)\b[^<>]{0,200}&gt;|&amp;(?:amp|lt|gt|quot|#\d+);"
)
_ACTIVE = re.compile(
    r"<(script|style|iframe|object|embed|form|meta|link)\b|<[^<>]{1,500}\s(on[a-z]+)\s*=", re.IGNORECASE
)
_ADDRESS = re.compile(r"<(?:a|img)\s[^<>]{0,500}?(?:href|src)\s*=\s*[\"']([^\"'<>]{0,2000})[\"']", re.IGNORECASE)
_WHOLE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|#)", re.IGNORECASE)
_STAMP = re.compile(r"^\s*\(?((?:\d{1,2}:)?\d{1,2}:\d{2})\)?[\s:–—-]+(\S.*)$")
_AT_LEAST = 3
"""Apple and Spotify make chapters of three timestamps or more."""
_MOST_CHARACTERS = 200_000
"""Of one description; what is behind is not looked at."""


def _descriptions(part: Part) -> Iterator[Part]:
    for name in ("description", "content:encoded"):
        yield from part.all(name)


def _twice(part: Part) -> Iterator[Fault]:
    for each in _descriptions(part):
        match = _ESCAPED_TWICE.search(each.text[:_MOST_CHARACTERS])
        if match:
            yield Fault(f"<{each.name}> shows {shown(match[0])} to readers: it is escaped twice", each.line)


def _active(part: Part) -> Iterator[Fault]:
    for each in _descriptions(part):
        match = _ACTIVE.search(each.text[:_MOST_CHARACTERS])
        if match:
            yield Fault(f"<{each.name}> holds {match[1] or match[2]}, which apps take out", each.line)


def _relative(part: Part) -> Iterator[Fault]:
    for each in _descriptions(part):
        found = (match[1].strip() for match in _ADDRESS.finditer(each.text[:_MOST_CHARACTERS]))
        wrong = next((url for url in found if not _WHOLE.match(url)), None)
        if wrong is not None:
            yield Fault(f"<{each.name}> links to {shown(wrong)}, no whole address", each.line)


def timestamps(html: str) -> list[tuple[int, str]]:
    r"""The list of times and titles in a description, in seconds; none where there are fewer than three.

    >>> timestamps("<p>00:00:00 One<br/>\n00:01 Two &amp; more<br/>\n(1:00:05) - Three</p>")
    [(0, 'One'), (1, 'Two & more'), (3605, 'Three')]
    >>> timestamps("<p>At 12:30 we met.</p>")
    []
    """
    text = re.sub(r"<(?:br|/p|/li|/div|p|li|div)\b[^<>]*>", "\n", html[:_MOST_CHARACTERS], flags=re.IGNORECASE)
    lines = (unescape(re.sub(r"<[^<>]*>", "", line)) for line in text.splitlines())
    found = [(match[1], match[2].strip()) for match in map(_STAMP.match, lines) if match]
    times = [((play_time_ms(clock) or 0) // 1000, title) for clock, title in found]
    return times if len(times) >= _AT_LEAST else []


def _from_zero(item: Item) -> Iterator[Fault]:
    for each in _descriptions(item.part):
        times = [time for time, _ in timestamps(each.text)]
        if times and times[0] != 0:
            yield Fault("the timestamps do not begin at 00:00:00, so apps make no chapters of them", each.line)
        elif times != sorted(set(times)):
            yield Fault("the timestamps are not in order, so apps make no chapters of them", each.line)


def podlove(item: Part) -> list[tuple[int, str]]:
    """The chapters that an item lists by Podlove, in seconds and by their titles."""
    listed = [each for list_ in item.all("psc:chapters") for each in list_.all("psc:chapter")]
    return [((play_time_ms(each.get("start")) or 0) // 1000, " ".join(each.get("title").split())) for each in listed]


def _one_list(item: Item) -> Iterator[Fault]:
    """Podlove's chapters and the timestamps, to the second and by their titles."""
    chapters = podlove(item.part)
    for each in _descriptions(item.part):
        written = timestamps(each.text)
        if chapters and written and written != chapters:
            yield Fault(
                f"<{each.name}> lists {len(written)} chapters, and psc:chapters {len(chapters)} others", each.line
            )


NOTES: tuple[Rule[Part], ...] = (
    Rule("escaped-twice", WARNING, f"{W3C}, ContainsUndeclaredHTML", "escape it once, or use CDATA", _twice),
    Rule("active-html", WARNING, f"{W3C}, SecurityRisk", "keep to paragraphs, lists, links and emphasis", _active),
    Rule("relative-link", WARNING, f"{W3C}, ContainsRelRef", "write whole addresses; there is no base here", _relative),
)
"""Rules for the descriptions of a channel and of an item."""

CHAPTER_LISTS: tuple[Rule[Item], ...] = (
    Rule("timestamps", HINT, f"{APPLE}, chapters in descriptions", "begin at 00:00:00, and go on in order", _from_zero),
    Rule(
        "one-chapter-list", WARNING, "AntennaPod, Apple: apps choose one list", "write the same list in both", _one_list
    ),
)
"""Rules for the lists of chapters of an item."""
