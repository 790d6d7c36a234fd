"""The pages of a show: its episodes, search, how to subscribe; and the list of all episodes of a long one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape as html_escape
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from narrate.episode.languages import differs
from narrate.episode.page.render import FEED_NAME, common, language_of, length_of, render, ui
from narrate.episode.text import one_line, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.model import Episode, Show
    from narrate.model.brief import Brief

_ROW = "\n<li"
_PLAIN = re.compile(r"[a-z0-9-]+").fullmatch
_HERE = "which works on this computer only until the show is published"
_NEAR = (".local", ".lan", ".home", ".internal", ".home.arpa")
"""What names of machines in a network of one's own end in (RFC 6762, RFC 8375, and habits)."""
_APPS = (
    ("Apple Podcasts", "podcast://{bare}"),
    ("Pocket Casts", "pktc://subscribe/{bare}"),
    ("Overcast", "overcast://x-callback-url/add?url={quoted}"),
    ("Castro", "castro://subscribe/{bare}"),
    ("AntennaPod", "https://antennapod.org/deeplink/subscribe?url={quoted}"),
)
"""Apps and the addresses by which they subscribe to a feed: `bare` is without its scheme, `quoted` one parameter."""


@dataclass(frozen=True, slots=True)
class Around:
    """The other pages of a long show, by their names in its folder; "" where there is none.

    `newer` and `older` are those next to this one, `every` is the list of all episodes. `number` is this page's
    own, counted from the oldest; 0 is the newest, ``index.html``.
    """

    newer: str = ""
    older: str = ""
    every: str = ""
    number: int = 0


def show_page(  # noqa: PLR0913, PLR0917 - all that is on it
    show: Show,
    episodes: Sequence[Episode],
    feed_url: str,
    cover: str = "",
    around: Around | None = None,
    rows: Sequence[str] = (),
) -> bytes:
    """A show's ``index.html``, or one of its pages of older episodes.

    `episodes` in the order they are listed, `cover` the name of its picture, `around` the other pages there are.
    After the episodes stand `rows` of older ones, as `rows_in` found them in a page of this show.
    """
    return render(
        "show.html",
        **common(show.title, show.language, show.description, show),
        feed=FEED_NAME,
        feed_url=feed_url,
        reach=(reach := reach_of(feed_url)),
        # Most apps ask for a feed from a server of theirs, which cannot reach this machine.
        apps=apps_of(feed_url) if show.base_url and not reach else [],
        # A phone that scans the name of "this computer" asks itself.
        qr="" if reach == _HERE or (around and around.number) else _qr_code(feed_url),
        cover=cover or show.cover,
        around=around or Around(),
        rows=Markup("\n".join((*(_row(each, show.language) for each in episodes), *rows))),  # noqa: S704 - as below
    )


def list_page(show: Show, briefs: Iterable[Brief], cover: str = "", rows: Sequence[str] = ()) -> bytes:
    """A long show's ``episodes.html``: a row an episode, in the order they are listed.

    After them stand `rows` of older ones, as for `show_page`. A row is put together without a template: ten
    thousand of them may cost 50 ms of CPU time.
    """
    return render(
        "episodes.html",
        **common(show.title, show.language, show.description, show),
        feed=FEED_NAME,
        cover=cover or show.cover,
        rows=Markup("\n".join((*map(_short_row, briefs), *rows))),  # noqa: S704 - each row escapes what is in it
    )


def rows_in(page: bytes) -> list[str]:
    """The rows of episodes of a page that `show_page` or `list_page` wrote, in their order."""
    text = page.decode("utf-8", "replace")
    start = text.find(_ROW, max(0, text.find('<ul class="episodes')))
    end = text.find("\n</ul>", start)
    return [_ROW[1:] + each for each in text[start + len(_ROW) : end].split(_ROW)] if 0 <= start < end else []


def apps_of(feed_url: str) -> list[tuple[str, str]]:
    """The names of common apps, and the link by which each subscribes to a feed; none where it is not on the web.

    >>> apps_of("https://example.org/feed.xml")[1]
    ('Pocket Casts', 'pktc://subscribe/example.org/feed.xml')
    """
    if not web_address(feed_url):
        return []
    bare, quoted = feed_url.partition("://")[2], quote(feed_url, safe="")
    return [(name, link.format(bare=bare, quoted=quoted)) for name, link in _APPS]


def reach_of(feed_url: str) -> str:
    """From where an address can be reached, where that is not from everywhere: a clause of a sentence, or "".

    >>> reach_of("http://localhost:8642/reads/feed.xml")
    'which works on this computer only until the show is published'
    >>> reach_of("http://192.168.1.7:8642/reads/feed.xml"), reach_of("https://example.org/feed.xml")
    ('which works in this network while the show is served', '')
    """
    host = urlsplit(feed_url).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        here, near = host.endswith("localhost"), "." not in host or host.endswith(_NEAR)
    else:
        here, near = address.is_loopback, address.is_private or address.is_link_local
    if here:
        return _HERE
    return "which works in this network while the show is served" if near else ""


@lru_cache(maxsize=1)
def _qr_code(url: str) -> Markup:
    """The address as a drawing, dark on light whatever the page's colours; "" for one that is too long for it."""
    import segno  # 40 ms, and pages of episodes have none

    try:
        code = segno.make(url, error="m", micro=False)
    except segno.DataOverflowError:
        return Markup("")
    return Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704 - shapes alone


def _path(slug: str) -> str:
    """The name of an episode's folder in an address; those that narrate gives need nothing done."""
    return slug if _PLAIN(slug) else quote(slug)


def _short_row(brief: Brief) -> str:
    length = length_of(brief.duration_ms)
    return (
        f'<li><a href="{_path(brief.slug)}/index.html">{html_escape(one_line(brief.title))}</a> '
        f"<time>{brief.published_utc[:10]}</time> · {length}</li>"
    )


def _row(episode: Episode, language: str) -> str:
    """An episode with its summary: as fast as a short row, for a first feed has ten thousand."""
    attributes = language_of(episode.language) if differs(episode.language, language) else ""
    title, summary = html_escape(one_line(episode.title)), html_escape(one_line(episode.summary))
    date, length = episode.published.isoformat(), length_of(episode.duration_ms)
    return (
        f'<li{attributes}>\n<h3><a href="{_path(episode.slug)}/index.html">{title}</a></h3>\n'
        f'<p class="dim"{ui(language)}><time datetime="{date}">{date[:10]}</time> · {length}</p>\n'
        f"{f'<p>{summary}</p>{chr(10)}' if summary else ''}</li>"
    )
