"""Rules for pictures, for servers, and for what must not change: broken, and mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from narrate.feed.audit import FeedReplies, Named, audit_chapters, audit_drift, audit_file, audit_picture, audit_server
from narrate.feed.audit.across import DRIFT
from narrate.feed.audit.pictures import PICTURES
from narrate.feed.audit.serving import FILES, SERVER, SOUNDS, TEXTS
from narrate.model import FileReplies, Finding, Picture, Reply, Traces

FEED = "https://pods.example.org/feed.xml"
PLAIN = "http://pods.example.org/feed.xml"
SOUND = "https://pods.example.org/a.mp3"
GOOD_PICTURE = Picture("jpeg", 3000, 3000, "RGB", alpha=False, size_bytes=900_000)


def ids(findings: list[Finding]) -> list[str]:
    """The rules that found something."""
    return [finding.rule for finding in findings]


PICTURE_FAULTS = [
    ("picture-kind", {"kind": "webp"}, "a.webp"),
    ("picture-kind", {"kind": "", "width_px": 0, "height_px": 0, "colours": ""}, "a.jpg"),
    ("picture-suffix", {}, "a.png"),
    ("picture-suffix", {}, "https://example.org/picture"),
    ("picture-square", {"height_px": 2999}, "a.jpg"),
    ("picture-size", {"width_px": 1399, "height_px": 1399}, "a.jpg"),
    ("picture-size", {"width_px": 3001, "height_px": 3001}, "a.jpg"),
    ("picture-colours", {"colours": "CMYK"}, "a.jpg"),
    ("picture-grey", {"colours": "L"}, "a.jpg"),
    ("picture-alpha", {"kind": "png", "alpha": True}, "a.png"),
    ("picture-large", {"size_bytes": 2_000_001}, "a.jpg"),
]


@pytest.mark.parametrize(("rule", "changes", "name"), PICTURE_FAULTS)
def test_a_picture_with_a_fault(rule: str, changes: dict[str, object], name: str) -> None:
    """Each rule sees its fault, and no other one does."""
    assert ids(audit_picture(replace(GOOD_PICTURE, **changes), name)) == [rule]  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize("px", [1400, 2048, 3000])
@pytest.mark.parametrize(("kind", "name"), [("jpeg", "a.JPG"), ("jpeg", "a.jpeg"), ("png", "https://e.org/a.png")])
def test_a_picture_that_is_fine(px: int, kind: str, name: str) -> None:
    """Both kinds, from the smallest to the largest size."""
    assert audit_picture(replace(GOOD_PICTURE, kind=kind, width_px=px, height_px=px), name) == []


def test_every_rule_for_pictures_is_broken() -> None:
    """None is there that no test sees at work."""
    assert {rule for rule, _, _ in PICTURE_FAULTS} == {rule.id for rule in PICTURES}


def reply(status: int = 200, url: str = FEED, asked: str = "", **headers: str) -> Reply:
    """An answer with these header lines."""
    return Reply(asked or url, url, status, {name.replace("_", "-"): value for name, value in headers.items()})


GOT = reply(content_type="application/rss+xml; charset=utf-8", etag='"1"')
GOOD_FEED = FeedReplies(GOT, GOT, reply(304), reply(content_encoding="gzip"))
SERVER_FAULTS = [
    ("feed-status", {"get": reply(404)}),
    (
        "feed-https",
        {"get": replace(GOT, url="http://pods.example.org/feed.xml", asked="http://pods.example.org/feed.xml")},
    ),
    ("feed-redirected", {"get": replace(GOT, asked="https://example.org/old.xml")}),
    ("feed-moved-for-now", {"get": replace(GOT, moves=(301, 302))}),
    ("feed-type", {"get": reply(content_type="text/html", etag='"1"')}),
    ("feed-charset", {"get": reply(content_type="text/xml; charset=iso-8859-1", etag='"1"')}),
    ("feed-head", {"head": reply(405)}),
    ("feed-head", {"head": Reply(FEED, error="it says nothing")}),
    ("feed-validators", {"get": reply(content_type="application/xml")}),
    ("feed-not-modified", {"again": reply(200)}),
    ("feed-gzip", {"packed": reply(200)}),
]


@pytest.mark.parametrize(("rule", "changes"), SERVER_FAULTS)
def test_a_server_with_a_fault(rule: str, changes: dict[str, Reply]) -> None:
    """Each rule sees its fault, and no other one does."""
    assert ids(audit_server(replace(GOOD_FEED, **changes))) == [rule]


def test_a_server_that_is_fine() -> None:
    """Also on this machine, where there is no https and no need of it."""
    local = "http://localhost:8642/a/feed.xml"

    assert audit_server(GOOD_FEED) == []
    assert audit_server(replace(GOOD_FEED, get=replace(GOT, url=local, asked=local))) == []
    assert audit_server(replace(GOOD_FEED, again=None, packed=None)) == []
    assert audit_server(replace(GOOD_FEED, get=replace(GOT, moves=(301, 308)))) == []


GOOD_SOUND = FileReplies(
    "item 1",
    7,
    1000,
    "audio/mpeg",
    head=reply(url=SOUND, content_type="audio/mpeg", content_length="1000"),
    first=reply(206, SOUND, content_range="bytes 0-99/1000"),
    behind=reply(416, SOUND),
)
SOUND_FAULTS = [
    ("file-status", {"head": reply(404, SOUND), "first": reply(404, SOUND), "behind": None}),
    ("file-status", {"head": Reply(SOUND, error="nobody answers"), "first": None, "behind": None}),
    ("file-head", {"head": reply(403, SOUND)}),
    ("file-length", {"head": reply(url=SOUND, content_type="audio/mpeg", content_length="999")}),
    ("file-type", {"head": reply(url=SOUND, content_type="text/html", content_length="1000")}),
    ("file-https", {"head": replace(GOOD_SOUND.head, url="http://pods.example.org/a.mp3")}),
    ("file-moves", {"head": replace(GOOD_SOUND.head, moves=(302,) * 6)}),
    ("range", {"first": reply(200, SOUND)}),
    ("content-range", {"first": reply(206, SOUND)}),
    ("content-range", {"first": reply(206, SOUND, content_range="bytes 0-99/2000")}),
    ("range-behind", {"behind": reply(200, SOUND)}),
]


@pytest.mark.parametrize(("rule", "changes"), SOUND_FAULTS)
def test_a_sound_with_a_fault(rule: str, changes: dict[str, Reply | None]) -> None:
    """Each rule sees its fault, with place and line of the item."""
    findings = audit_file(replace(GOOD_SOUND, **changes), "sound")  # type: ignore[arg-type] # fields by name

    assert ids(findings) == [rule]
    assert (findings[0].where, findings[0].line) == ("item 1", 7)


def test_a_sound_that_is_fine() -> None:
    """Types that apps take for one another are the same; what was not asked for is not missed."""
    other = replace(GOOD_SOUND, mime="audio/x-m4a", head=reply(url=SOUND, content_type="audio/mp4"))

    assert audit_file(GOOD_SOUND, "sound") == []
    assert audit_file(other, "sound") == []
    assert audit_file(replace(GOOD_SOUND, length=-1, mime=""), "sound") == []
    assert audit_file(replace(GOOD_SOUND, first=None, behind=None), "picture") == []


def test_players_in_browsers_need_leave() -> None:
    """Transcripts and chapters are read from pages elsewhere: without CORS they are not."""
    text = FileReplies("item 1", 0, -1, "text/vtt", reply(content_type="text/vtt"))
    allowed = replace(text, head=reply(content_type="text/vtt", access_control_allow_origin="*"))

    assert ids(audit_file(text, "text")) == ["cors"]
    assert audit_file(allowed, "text") == []


CHAPTERS = Named("chapters", FEED, 1, "item 1", 9, chapters=((0, "One"), (60, "Two & more")))
GOOD_CHAPTERS = (
    b'{"version": "1.2", "chapters": [{"startTime": 0, "title": "One"}, {"startTime": 60.5, "title": "Two & more"}]}'
)


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("chapters-file", b"<!doctype html>"),
        ("chapters-file", b"[]"),
        ("chapters-file", b'{"chapters": [{"title": "One"}]}'),
        ("chapters-file", b"[" * 100_000),
        ("chapters-file", b'{"chapters": [1]}'),
        ("chapters-order", b'{"chapters": [{"startTime": 5}, {"startTime": 1}]}'),
        ("chapters-differ", GOOD_CHAPTERS.replace(b"60.5", b"61")),
        ("chapters-differ", GOOD_CHAPTERS.replace(b"Two", b"2")),
    ],
)
def test_a_file_of_chapters_with_a_fault(rule: str, data: bytes) -> None:
    """What apps could not read, or would read otherwise than in the feed."""
    listed = () if rule == "chapters-order" else CHAPTERS.chapters

    assert ids(audit_chapters(data, replace(CHAPTERS, chapters=listed))) == [rule]


def test_a_file_of_chapters_that_is_fine() -> None:
    """The same list as in the feed, to the second; what is not in the table of contents does not count."""
    silent = GOOD_CHAPTERS.replace(b"]}", b', {"startTime": 70, "toc": false}]}')

    assert audit_chapters(GOOD_CHAPTERS, CHAPTERS) == []
    assert audit_chapters(silent, CHAPTERS) == []
    assert audit_chapters(GOOD_CHAPTERS, replace(CHAPTERS, chapters=())) == []


def test_every_rule_for_servers_is_broken() -> None:
    """None is there that no test sees at work."""
    seen = {rule for rule, _ in (*SERVER_FAULTS, *SOUND_FAULTS)} | {"cors"}

    assert seen == {rule.id for rules in (SERVER, FILES, SOUNDS, TEXTS) for rule in rules}


def row(number: int, guid: str = "", date: str = "", url: str = "") -> tuple[str, str, str, str]:
    """An episode as it is remembered."""
    day = date or f"Mon, {number:02} Nov 2026 00:00:00 GMT"
    return guid or f"guid-{number}", f"Episode {number}", day, url or f"https://example.org/{number}.mp3"


BEFORE = Traces("show", (row(3), row(2), row(1)))
UNDATED = ("guid-3", "Episode 3", "", row(3)[3])
DRIFTED = [
    ("drift-show-guid", replace(BEFORE, guid="other"), "podcast:guid was show, and is other"),
    ("drift-show-guid", replace(BEFORE, guid=""), "and is gone"),
    ("drift-guid", replace(BEFORE, items=(row(3), row(2, guid="new"), row(1))), "had the guid “guid-2”, and has “new”"),
    ("drift-removed", replace(BEFORE, items=(row(3), row(1))), "“Episode 2” was there last time"),
    ("drift-removed", replace(BEFORE, items=(row(4),)), "“Episode 3” and 2 more was there last time"),
    ("drift-date", replace(BEFORE, items=(row(3), row(2, date="later"), row(1))), "and is later now"),
    (
        "drift-date",
        replace(BEFORE, items=(("guid-3", "Episode 3", "", row(3)[3]), *BEFORE.items[1:])),
        "without a date",
    ),
    ("drift-enclosure", replace(BEFORE, items=(row(3, url="x"), row(2), row(1))), "“Episode 3” has another address"),
]


@pytest.mark.parametrize(("rule", "after", "what"), DRIFTED)
def test_what_must_not_change_and_did(rule: str, after: Traces, what: str) -> None:
    """Each rule sees its change, in the episode's own name."""
    (finding,) = audit_drift(BEFORE, after)

    assert finding.rule == rule
    assert what in finding.what


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        replace(BEFORE, items=(row(4), *BEFORE.items)),
        replace(BEFORE, items=(row(4), row(3), row(2))),  # a feed of the three newest
        replace(BEFORE, items=(("guid-3", "A better title", *row(3)[2:]), *BEFORE.items[1:])),
    ],
)
def test_what_may_change(after: Traces) -> None:
    """New episodes, new titles, and old episodes that make room for new ones."""
    assert audit_drift(BEFORE, after) == []
    assert audit_drift(Traces("", ()), after) == []


def test_every_rule_for_drift_is_broken() -> None:
    """None is there that no test sees at work."""
    assert {rule for rule, _, _ in DRIFTED} == {rule.id for rule in DRIFT}
