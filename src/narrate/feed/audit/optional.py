"""Rules for RSS's own optional elements of a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.feed.audit.channel import NOT_WHOLE, value_check
from narrate.feed.audit.rule import ERROR, HINT, RSS, W3C, WARNING, Fault, Rule
from narrate.feed.audit.words import date_of, is_email, is_positive, is_web_url, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.feed.audit.document import Feed

_HOURS = frozenset((*(str(hour) for hour in range(24)), *(f"{hour:02}" for hour in range(10))))
_DAYS = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))


def _image(feed: Feed) -> Iterator[Fault]:
    for part in feed.channel.all("image"):
        gone = [name for name in ("url", "title", "link") if not part.said(name)]
        if gone:
            yield Fault(f"<image> has no {' and no '.join(gone)}", part.line)


def _image_link(feed: Feed) -> Iterator[Fault]:
    for part in feed.channel.all("image"):
        if part.said("link") and feed.channel.said("link") and part.said("link") != feed.channel.said("link"):
            yield Fault(f"<image> links to {shown(part.said('link'))}, and the show to another page", part.line)


def _contacts(feed: Feed) -> Iterator[Fault]:
    for name in ("managingEditor", "webMaster"):
        for part in feed.channel.all(name):
            if part.text.strip() and not is_email(part.text.partition("(")[0].strip()):
                yield Fault(f"<{name}> is {shown(part.text)}, no e-mail address", part.line)


def _skips(feed: Feed) -> Iterator[Fault]:
    for holder, name, known in (("skipHours", "hour", _HOURS), ("skipDays", "day", _DAYS)):
        for part in (each for list_ in feed.channel.all(holder) for each in list_.all(name)):
            if part.text.strip() not in known:
                yield Fault(f"<{name}> in <{holder}> is {shown(part.text)}", part.line)


def _dates(feed: Feed) -> Iterator[Fault]:
    for name in ("pubDate", "lastBuildDate"):
        for part in feed.channel.all(name):
            if part.text.strip() and not date_of(part.text.strip()):
                yield Fault(f"<{name}> is {shown(part.text)}, no date of RFC 2822", part.line)


OPTIONAL: tuple[Rule[Feed], ...] = (
    Rule("channel-date", ERROR, "RFC 2822, 3.3", "write it as Mon, 23 Nov 2026 23:30:00 GMT", _dates),
    Rule(
        "ttl", WARNING, f"{RSS}, ttl", "write minutes, as 60", value_check("ttl", is_positive, "no number of minutes")
    ),
    Rule("docs-url", WARNING, f"{W3C}, InvalidFullLink", "write it whole", value_check("docs", is_web_url, NOT_WHOLE)),
    Rule("contact", WARNING, f"{RSS}; {W3C}, InvalidContact", "write it as name@example.org (Name)", _contacts),
    Rule(
        "skip",
        WARNING,
        f"{RSS}; {W3C}, InvalidHour and InvalidDay",
        "write hours from 0 to 23, days in English",
        _skips,
    ),
    Rule("rss-image", WARNING, f"{RSS}, image", "add what is missing, or leave it out: apps read itunes:image", _image),
    Rule("rss-image-link", HINT, f"{W3C}, ImageLinkDoesntMatch", "write the show's own link there too", _image_link),
)
"""Rules for dates, contacts, times of rest and the small picture."""
