"""Feeds that nobody means well with: one finding, or many, and never a crash, a network or the machine's memory."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.feed.audit import audit
from narrate.feed.audit.notes import timestamps

NOW = datetime(2026, 11, 25, tzinfo=UTC)
GOOD = (Path(__file__).parent / "good.xml").read_bytes()

LAUGHS = (
    "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)


def feed(inside: str, head: str = "", attributes: str = "") -> str:
    """A feed with this in its channel, after this document type, with these attributes of its root."""
    return f"{head}<rss version='2.0' {attributes}><channel>{inside}</channel></rss>"


ITUNES = "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
HOSTILE = {
    "laughs in text": feed("<title>&a11;</title>", LAUGHS),
    "laughs in an attribute": feed("<item><enclosure url='&a11;'/></item>", LAUGHS),
    "a file of the machine": feed("<title>&x;</title>", "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:/etc/passwd'>]>"),
    "an address": feed("", "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd'>"),
    "deep": feed("<a>" * 100_000),
    "deep and whole": feed("<a>" * 200 + "</a>" * 200),
    "many attributes": feed("", attributes=" ".join(f"a{n}='1'" for n in range(20_000))),
    "many namespaces": feed("", attributes=" ".join(f"xmlns:a{n}='urn:{n}'" for n in range(20_000))),
    "a long name": feed(f"<{'a' * 100_000}/>"),
    "many guids alike": feed("<item><guid>a</guid></item>" * 3_000),
    "many elements alike": feed("<title>a</title>" * 20_000),
    "brackets": feed("<description><![CDATA[" + "<a <br" * 50_000 + "]]></description>"),
    "large lengths": feed(
        f"<ttl>{'9' * 10_000}</ttl><item><enclosure length='{'9' * 10_000}' url='http://e.org/'/></item>"
    ),
    "large numbers": feed(f"<item><itunes:episode>{'1' * 9_000}</itunes:episode></item>", attributes=ITUNES),
    "years": feed(
        "<pubDate>Mon, 01 Jan 0000 00:00:00 GMT</pubDate><lastBuildDate>31 Dec 9999 23:59:59 -2359</lastBuildDate>"
    ),
    "addresses": feed("<link>http://[::1</link><item><link>https://exa[mple/</link></item>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_are_judged(name: str) -> None:
    """There are findings, and nothing of the machine or of an entity is in them."""
    findings = audit(HOSTILE[name].encode(), NOW).findings

    assert findings
    assert all("root:" not in finding.what and "hahaha" not in finding.what for finding in findings)
    assert all(len(finding.what) < 600 and len(finding.where) < 100 for finding in findings)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (GOOD.decode().encode("utf-16"), "encoding"),
        (GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "encoding"),
        (GOOD.replace(b"UTF-8", b"x-no-such-encoding"), "xml"),
        (GOOD.replace(b"Salt", b"S\xe4lz"), "xml"),
        (GOOD.replace(b"Salt", b"S\x00lt"), "xml"),
        (GOOD.replace(b"Salt", b"S&#1;lt"), "xml"),
        (GOOD.replace(b"UTF-8", b"ISO-8859-1").replace(b"Salt", b"S\xe4lz"), "encoding"),
        (GOOD[:2000], "xml"),
        (GOOD + b"<more/>", "xml"),
    ],
)
def test_wrong_encodings_and_broken_files(data: bytes, words: str) -> None:
    """One finding, of the XML where that cannot be read, else of its encoding."""
    (finding,) = audit(data, NOW).findings

    assert finding.rule == words


def test_a_byte_order_mark_is_no_fault() -> None:
    """XML 1.0, F.1: it may stand there."""
    assert audit(b"\xef\xbb\xbf" + GOOD, NOW).findings == ()


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_judged(data: bytes) -> None:
    """There is no file of which nothing is found but a good feed."""
    assert audit(data, NOW).findings


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_feed_with_a_piece_torn_out_is_judged(data: st.DataObject) -> None:
    """Wherever bytes are gone, doubled or strange, the audit ends, with lines that are in the file."""
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 60)))
    torn = GOOD[:start] + data.draw(st.sampled_from([b"", b"<", b"&amp;", b"\xff", GOOD[start:end] * 2])) + GOOD[end:]

    for finding in audit(torn, NOW).findings:
        assert 0 <= finding.line <= torn.count(b"\n") + 1


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789:()<>brp/ \n-aé", max_size=80))
def test_any_description_has_timestamps_or_none(text: str) -> None:
    """Three at least or none at all, never before zero."""
    found = timestamps(text)

    assert len(found) == 0 or len(found) >= 3
    assert all(time >= 0 and title for time, title in found)
