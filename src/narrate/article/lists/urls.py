"""Addresses in lists: only those of the web, without what follows readers about, and when two are one."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_MOST = 2_000
"""A longer address is none that a server takes (RFC 9110, 4.1, asks for 8,000; browsers and hosts stop earlier)."""
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\u2028\u2029\ufeff]+")
_FOLLOWS = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|oly_\w+_id"
    r"|vero_id|s_cid|ncid|cmpid|ref_src|ref_url|at_(?:medium|campaign|custom\d)|pk_\w+|mtm_\w+|__twitter_impression"
    r"|source=rss\w*)",
    re.IGNORECASE,
)
ENTRY = "entry-"
"""How the fragment begins that tells entries apart that share a page. One with "!" is of a page made by scripts."""
_PORTS = {"http": 80, "https": 443}


def web_url(said: str, base: str = "") -> str:
    """An address of the web as it is kept: whole, no fragment, nothing that tells where its reader came from.

    "" for any other: a list that names files of this machine, or scripts, names no page.

    >>> web_url("HTTPS://Example.org:443/a?utm_source=rss&id=2#top"), web_url("/b", "http://example.org/feed")
    ('https://example.org/a?id=2', 'http://example.org/b')
    >>> web_url("file:/etc/passwd"), web_url("javascript:alert(1)"), web_url("/b"), web_url("https://")
    ('', '', '', '')
    """
    said = (
        _BLANKS.sub(lambda blank: " " if " " in blank[0] else "", said).strip().replace(" ", "%20").replace("\\", "/")
    )
    if not said or len(said) > _MOST:
        return ""
    try:
        parts = urlsplit(urljoin(base, said) if base else said)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or "@" in parts.netloc:
        return ""
    place = f"[{host}]" if ":" in host else host
    netloc = place if port in {None, _PORTS[scheme]} else f"{place}:{port}"
    fragment = parts.fragment if parts.fragment.startswith(("!", ENTRY)) else ""
    return urlunsplit((scheme, netloc, parts.path or "/", _plain(parts.query), fragment))


def url_key(url: str) -> str:
    """What two addresses share that are one page's, as far as addresses tell: scheme and last slash do not count.

    >>> url_key("http://www.example.org/a/") == url_key("https://www.example.org/a?utm_medium=feed")
    True
    """
    parts = urlsplit(web_url(url) or url)
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.netloc}{parts.path.rstrip('/')}{query}{fragment}"


def _plain(query: str) -> str:
    """A query without what follows readers; as it was written where there is nothing of that."""
    if not any(_FOLLOWS.match(pair) for pair in query.split("&")):
        return query
    kept = [pair for pair in query.split("&") if not _FOLLOWS.match(pair)]
    return "&".join(kept)
