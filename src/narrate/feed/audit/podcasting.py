"""Rules for the elements of the podcast namespace, in a channel or an item, and for Podlove's chapters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.feed.audit.rule import ERROR, HINT, NAMESPACE, PSP, WARNING, Fault, Rule
from narrate.feed.audit.words import is_decimal, is_mime, is_uuid, is_web_url, play_time_ms, shown
from narrate.feed.checks import did_you_mean, is_public
from narrate.feed.lines import MAX_TEXT_CHARACTERS
from narrate.feed.taxonomy import ROLES, role_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.feed.audit.document import Feed, Item, Part

_KINDS = ("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course")
MEDIUMS = frozenset((*_KINDS, *(kind + "L" for kind in _KINDS), "mixed"))
TRANSCRIPTS = frozenset(
    (
        *("text/plain", "text/html", "text/vtt", "application/json", "application/x-subrip", "application/srt"),
        "text/srt",
    )
)
_CHAPTERS = frozenset(("application/json+chapters", "application/json"))
_RULE = re.compile(r"FREQ=(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[^;\s]+)*")
_SRI = re.compile(r"sha(?:256-[A-Za-z0-9+/]{43}=|384-[A-Za-z0-9+/]{64}|512-[A-Za-z0-9+/]{86}==)")
_PUBLIC = re.compile(r"(?:cc0|cc-by(?:-nc)?(?:-nd|-sa)?|v4v)-\d\.\d[\w.-]*|(?:a|l)?gpl-[\w.+-]+|mit|apache-2\.0|wtfpl")
_MANY = frozenset(("funding", "person", "license", "soundbite", "contentLink", "updateFrequency", "location"))
_SECONDS = (15, 120)
"""How long a soundbite should be (podcast namespace, tag "soundbite")."""


def _no_guid(feed: Feed) -> Iterator[Fault]:
    if not feed.channel.said("podcast:guid"):
        yield Fault("the show has no podcast:guid")


def _guid(feed: Feed) -> Iterator[Fault]:
    guid = feed.channel.said("podcast:guid")
    if guid and not is_uuid(guid):
        yield Fault(f"<podcast:guid> is {shown(guid)}, no UUID")


def _guid_version(feed: Feed) -> Iterator[Fault]:
    """A guid of another version is fine where the feed has no public address yet."""
    guid = feed.channel.said("podcast:guid")
    public = any(link.get("rel") == "self" and is_public(link.get("href")) for link in feed.channel.all("atom:link"))
    if public and is_uuid(guid) and guid[14] != "5":
        yield Fault(f"<podcast:guid> is a UUID of version {guid[14]}, and 5 is usual")


def _no_lock(feed: Feed) -> Iterator[Fault]:
    if not feed.channel.said("podcast:locked"):
        yield Fault("nobody says whether the feed may be imported elsewhere")


def _text(name: str, fits: Callable[[str], object], what: str) -> Callable[[Feed], Iterator[Fault]]:
    def check(feed: Feed) -> Iterator[Fault]:
        for part in feed.channel.all(name):
            if not fits(part.text.strip()):
                yield Fault(f"<{name}> is {shown(part.text)}, {what}", part.line)

    return check


def _podroll(feed: Feed) -> Iterator[Fault]:
    for roll in feed.channel.all("podcast:podroll"):
        for other in roll.all("podcast:remoteItem"):
            if not is_uuid(other.get("feedGuid")):
                yield Fault("a recommended show has no feedGuid, or none that is a UUID", other.line)


def _frequency(feed: Feed) -> Iterator[Fault]:
    for part in feed.channel.all("podcast:updateFrequency"):
        rule = part.get("rrule")
        if rule and not _RULE.fullmatch(rule):
            yield Fault(f"the rule {shown(rule)} is none of RFC 5545", part.line)


PODCAST: tuple[Rule[Feed], ...] = (
    Rule("podcast-guid", WARNING, f"{PSP} and {NAMESPACE}, guid", "add <podcast:guid>, once and for all", _no_guid),
    Rule("podcast-guid-uuid", ERROR, f"{NAMESPACE}, guid", "use a UUID of version 5 made of the feed's address", _guid),
    Rule(
        "podcast-guid-version",
        HINT,
        f"{NAMESPACE}, guid",
        "leave it if the show has had it for long; it must never change",
        _guid_version,
    ),
    Rule("podcast-locked", WARNING, f"{PSP}, podcast:locked", "add <podcast:locked>yes</podcast:locked>", _no_lock),
    Rule(
        "podcast-locked-value",
        ERROR,
        f"{NAMESPACE}, locked",
        "write yes or no",
        _text("podcast:locked", lambda text: text in {"yes", "no"}, "neither yes nor no"),
    ),
    Rule(
        "podcast-medium",
        ERROR,
        f"{NAMESPACE}, medium",
        "write podcast, or another of its words",
        _text("podcast:medium", lambda text: text in MEDIUMS, "none of its words"),
    ),
    Rule("podroll", ERROR, f"{NAMESPACE}, podroll and remoteItem", "add the show's podcast:guid as feedGuid", _podroll),
    Rule("update-frequency", ERROR, f"{NAMESPACE}, updateFrequency; RFC 5545", "write it as FREQ=WEEKLY", _frequency),
)
"""Rules for the podcast namespace in a channel."""


def _each(name: str, judged: Callable[[Part], str]) -> Callable[[Part], Iterator[Fault]]:
    """A check of each element of a name: the words of what is wrong with it, "" where nothing is."""

    def check(holder: Part) -> Iterator[Fault]:
        for part in holder.all(name):
            what = judged(part)
            if what:
                yield Fault(what, part.line)

    return check


def _role(part: Part) -> str:
    role, group = part.get("role"), part.get("group")
    if role and role.lower() not in role_names():
        return f"the role {shown(role)} is none of the Podcast Taxonomy{did_you_mean(role, role_names())}"
    groups = {*ROLES, "misc"}
    return f"the group {shown(group)} is none of the Podcast Taxonomy" if group and group.lower() not in groups else ""


def _person(part: Part) -> str:
    if not part.text.strip():
        return "a person has no name"
    wrong = next((each for each in ("href", "img") if part.get(each) and not is_web_url(part.get(each))), "")
    return f"the {wrong} of a person is no whole address" if wrong else ""


def _licence(part: Part) -> str:
    name = part.text.strip().lower()
    if not name:
        return "a licence has no name"
    return "" if part.get("url") or _PUBLIC.fullmatch(name) else f"the licence {shown(name)} has no url"


def _addressed(name: str, attribute: str) -> Callable[[Part], Iterator[Fault]]:
    def judged(part: Part) -> str:
        return (
            "" if is_web_url(part.get(attribute)) else f"<{name}> has no {attribute}, or one that is no whole address"
        )

    return _each(name, judged)


def _too_long(holder: Part) -> Iterator[Fault]:
    for part in holder.children:
        prefix, _, local = part.name.partition(":")
        if prefix == "podcast" and local in _MANY and len(part.text.strip()) > MAX_TEXT_CHARACTERS:
            yield Fault(f"the text of <{part.name}> is longer than {MAX_TEXT_CHARACTERS} characters", part.line)


SHARED: tuple[Rule[Part], ...] = (
    Rule("person", ERROR, f"{NAMESPACE}, person", "name them; write addresses whole", _each("podcast:person", _person)),
    Rule("person-role", WARNING, f"{NAMESPACE}, person", "choose from its list", _each("podcast:person", _role)),
    Rule("licence", WARNING, f"{NAMESPACE}, license", "add where its text stands", _each("podcast:license", _licence)),
    Rule("funding", ERROR, f"{NAMESPACE}, funding", "add url=…", _addressed("podcast:funding", "url")),
    Rule("podcast-text", HINT, f"{NAMESPACE}: 128 characters", "make it shorter; apps cut it", _too_long),
)
"""Rules for what a channel and an item may both have."""


def _transcript_type(part: Part) -> str:
    mime = part.get("type").partition(";")[0].strip().lower()
    if mime in TRANSCRIPTS:
        return ""
    return f"the transcript's type {shown(mime)} is none that apps read" if mime else "a transcript has no type"


def _chapters_type(part: Part) -> str:
    mime = part.get("type").lower()
    return "" if mime in _CHAPTERS else f"the chapters' type is {shown(mime) if mime else 'not given'}"


def _alternate(part: Part) -> str:
    if not is_mime(part.get("type")):
        return "an alternate enclosure has no type"
    return "" if any(each.get("uri") for each in part.all("podcast:source")) else "an alternate enclosure has no source"


def _integrity(part: Part) -> str:
    for each in part.all("podcast:integrity"):
        kind, value = each.get("type"), each.get("value")
        if kind not in {"sri", "pgp-signature"} or (kind == "sri" and not _SRI.fullmatch(value)):
            return f"the integrity {shown(value)} is no digest of Subresource Integrity"
    return ""


def _soundbite(part: Part) -> str:
    if is_decimal(part.get("startTime")) and is_decimal(part.get("duration")) and float(part.get("duration")) > 0:
        return ""
    return "a soundbite has no startTime and duration in seconds"


def _soundbite_length(part: Part) -> str:
    length = part.get("duration")
    least, most = _SECONDS
    fits = not is_decimal(length) or not float(length) or least <= float(length) <= most
    return "" if fits else f"a soundbite lasts {float(length):g} s, and {least} to {most} are recommended"


def _podlove(holder: Part) -> Iterator[Fault]:
    before = -1
    for chapter in (each for list_ in holder.all("psc:chapters") for each in list_.all("psc:chapter")):
        start = play_time_ms(chapter.get("start"))
        if start is None:
            yield Fault(f"a chapter starts at {shown(chapter.get('start'))}, which is no time", chapter.line)
        elif start <= before:
            yield Fault(f"the chapter at {chapter.get('start')} starts no later than the one before it", chapter.line)
        if not chapter.get("title"):
            yield Fault("a chapter has no title", chapter.line)
        before = before if start is None else start


ON_ITEMS: tuple[Rule[Part], ...] = (
    Rule("transcript", ERROR, f"{NAMESPACE}, transcript", "add url=…", _addressed("podcast:transcript", "url")),
    Rule(
        "transcript-type",
        ERROR,
        f"{PSP} and {NAMESPACE}, transcript",
        "write text/vtt, application/x-subrip, application/json, text/html or text/plain",
        _each("podcast:transcript", _transcript_type),
    ),
    Rule("chapters", ERROR, f"{NAMESPACE}, chapters", "add url=…", _addressed("podcast:chapters", "url")),
    Rule(
        "chapters-type",
        ERROR,
        f"{NAMESPACE}, chapters",
        "write application/json+chapters",
        _each("podcast:chapters", _chapters_type),
    ),
    Rule("psc-chapters", ERROR, "Podlove Simple Chapters 1.2", "write times in order, and titles", _podlove),
    Rule(
        "alternate-enclosure",
        ERROR,
        f"{NAMESPACE}, alternateEnclosure",
        "add type=… and <podcast:source uri=…/>",
        _each("podcast:alternateEnclosure", _alternate),
    ),
    Rule(
        "integrity",
        ERROR,
        f"{NAMESPACE}, integrity; W3C Subresource Integrity",
        "write type=sri and value=sha256-… in base64",
        _each("podcast:alternateEnclosure", _integrity),
    ),
    Rule(
        "soundbite", ERROR, f"{NAMESPACE}, soundbite", "write both in seconds", _each("podcast:soundbite", _soundbite)
    ),
    Rule(
        "soundbite-length",
        HINT,
        f"{NAMESPACE}, soundbite",
        "choose a passage of that length",
        _each("podcast:soundbite", _soundbite_length),
    ),
    Rule("content-link", ERROR, f"{NAMESPACE}, contentLink", "add href=…", _addressed("podcast:contentLink", "href")),
)
"""Rules for the podcast namespace in an item."""


def on_item(rule: Rule[Part]) -> Rule[Item]:
    """A rule for parts as one for items."""
    return Rule(rule.id, rule.severity, rule.source, rule.mend, lambda item: rule.check(item.part))


def on_channel(rule: Rule[Part]) -> Rule[Feed]:
    """A rule for parts as one for the channel of a feed."""
    return Rule(rule.id, rule.severity, rule.source, rule.mend, lambda feed: rule.check(feed.channel))
