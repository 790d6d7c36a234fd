"""The host's own pages: the list of its shows, and what stands in for a show's page before there is one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLE = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}li{margin:.5rem 0}"
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def shows_page(shows: Iterable[tuple[str, str]]) -> bytes:
    """The list of shows: the path and the title of each."""
    items = "\n".join(f'<li><a href="{escape(path)}">{escape(title)}</a></li>' for path, title in shows)
    body = f"<ul>\n{items}\n</ul>" if items else "<p>There is no show yet.</p>"
    return _PAGE.format(title="Shows", style=_STYLE, body=body).encode()


def bare_page(title: str, feed: str) -> bytes:
    """What a show has for a page while it has none of its own: where to subscribe; `feed` is "" before there is one."""
    link = f'<p>Subscribe in a podcast app: <a href="{escape(feed)}">the feed</a></p>'
    body = link if feed else "<p>There is no episode yet.</p>"
    return _PAGE.format(title=escape(title), style=_STYLE, body=body).encode()
