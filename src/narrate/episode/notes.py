"""Show notes: what a listener reads beside the episode, as HTML and as plain text."""

from __future__ import annotations

from html import escape, unescape
from re import search, sub
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.episode.text import clock, one_line, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Timeline, Voice

TIMESTAMPS_AT_LEAST = 3
"""Apple and Spotify take a list of timestamps for chapters from three on; a shorter one is noise."""
_NO_ORIGINALS: Mapping[str, str] = MappingProxyType({})


def describe(
    summary: str, timeline: Timeline, voice: Voice, page_url: str = "", originals: Mapping[str, str] = _NO_ORIGINALS
) -> str:
    """Show notes as HTML: links to the originals, summary, a timestamp a line, who read it and where the text is.

    `originals` are titles by the addresses of articles, in order; a title is "" where it is the episode's own.
    What is not known is left out, and so is the list of fewer than three chapters.
    """
    parts = (_originals(originals), _paragraph(summary), _timestamps(timeline), _reader(voice, page_url))
    return "\n".join(part for part in parts if part) + "\n"


def told_left_out(sentences: Sequence[str]) -> str:
    """A paragraph of show notes with the sentences that are written and not heard; "" where there are none.

    >>> print(told_left_out(["A <b>."]), end="")
    <p>Left out, because the voice could not speak it: “A &lt;b&gt;.”</p>
    """
    quoted = " ".join(f"“{_text(sentence)}”" for sentence in sentences)
    return f"<p>Left out, because the voice could not speak it: {quoted}</p>\n" if quoted else ""


def plain(html: str) -> str:
    r"""Our own notes without their tags, for fields that hold no HTML.

    >>> plain('<p>A &amp; b</p>\n<p>\n00:00:00 One<br/>\n00:00:30 Two<br/>\n</p>\n<p>Read.</p>\n')
    'A & b\n\n00:00:00 One\n00:00:30 Two\n\nRead.'
    """
    text = sub(r"\n?</p>\n<p>\n?", "\n\n", html.strip())
    return unescape(sub(r"<[^>]*>", "", text)).strip()


def timestamp(ms: int) -> str:
    """A time as whole seconds, rounded down: a chapter opened there is heard from its first word.

    >>> timestamp(59_999), timestamp(36_000_000)
    ('00:00:59', '10:00:00')
    """
    return clock(ms)[:-4]


def _originals(originals: Mapping[str, str]) -> str:
    """A line an original; an address that is none of the web's (``javascript:``) is not shown.

    >>> _originals({"https://example.org/": "", "javascript:alert(1)": ""})
    '<p>Original article: <a href="https://example.org/">https://example.org/</a></p>'
    >>> print(plain(_originals({"https://example.org/a": "Rain", "https://example.org/b": "Sun"})))
    Original article: Rain https://example.org/a
    Original article: Sun https://example.org/b
    """
    shown = [(_text(title), _link(url)) for url, title in originals.items() if web_address(url)]
    rows = [" ".join(filter(None, ("Original article:", title, link))) for title, link in shown]
    return "<p>" + "<br/>\n".join(rows) + "</p>" if rows else ""


def _paragraph(summary: str) -> str:
    text = _text(summary)
    return f"<p>{text}</p>" if text else ""


def _timestamps(timeline: Timeline) -> str:
    if len(timeline.chapters) < TIMESTAMPS_AT_LEAST:
        return ""
    rows = (
        f"{timestamp(each.start_ms)} {escape(one_line(each.title), quote=False)}<br/>" for each in timeline.chapters
    )
    return "\n".join(("<p>", *rows, "</p>"))


def _reader(voice: Voice, page_url: str) -> str:
    """Who read it, and the page with the text."""
    page = f" Text and follow-along page: {_link(page_url)}" if page_url else ""
    return f"<p>{_text(read_by(voice))}{page}</p>"


def read_by(voice: Voice) -> str:
    """Who read it: the kind of voice by its own disclosure, and its label.

    >>> from narrate.model import Voice
    >>> read_by(Voice("joe", "piper", "joe", "en-US", label="Piper, joe", disclosure="This is read by an AI voice."))
    'Read by an AI voice (Piper, joe).'
    """
    found = search(r"\b[Rr]ead by (.+?)[.!]?$", voice.disclosure)
    kind = found[1] if found else "a computer voice"
    return f"Read by {kind} ({voice.label})." if voice.label else f"Read by {kind}."


def _text(text: str) -> str:
    return escape(one_line(text), quote=False)


def _link(url: str) -> str:
    return f'<a href="{escape(web_address(url) or url)}">{escape(url)}</a>'
