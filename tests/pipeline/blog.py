"""A site on this machine whose pages a test writes, and which notes what it is asked for."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Rain Blog</title><language>en</language>"
)


@dataclass(slots=True)
class Page:
    """What stands at a path: its bytes, its status and more header lines."""

    data: bytes
    status: int = 200
    lines: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Blog:
    """A site: its pages by path, its address, and the paths it was asked for with their statuses."""

    address: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def put(self, path: str, text: str, status: int = 200, **lines: str) -> str:
        """Put a page at a path, or another in its place; its address."""
        self.pages[path] = Page(text.encode(), status, {name.replace("_", "-"): line for name, line in lines.items()})
        return self.address + path

    def feed(self, *items: str, path: str = "/feed.xml") -> str:
        """Put a feed there, the newest item first; its address."""
        return self.put(path, f"{HEAD}{''.join(reversed(items))}</channel></rss>")

    def item(self, number: int, *, whole: bool = True, more: str = "", path: str = "") -> str:
        """An item of a feed: whole, or a teaser of a page that is put there too."""
        where = path or f"/post{number}"
        if not whole:
            self.put(where, f"<html><body><article><h1>Post {number}</h1>{text(number, more)}</article></body></html>")
        said = text(number, more) if whole else "<p>It rained […]</p>"
        return (
            f"<item><title>Post {number}</title><link>{self.address}{where}</link><guid>g{number}</guid>"
            f"<pubDate>{number:02} Nov 2026 08:00:00 GMT</pubDate>"
            f"<content:encoded>{escape(said)}</content:encoded></item>"
        )

    def paths(self) -> list[str]:
        """The paths it was asked for since the last time somebody looked."""
        found = [path for path, _ in self.asked]
        self.asked.clear()
        return found


def text(number: int, more: str = "") -> str:
    """The text of a post, a little longer than a teaser."""
    lines = (
        f"<p>It rained for the {number}. time on the roofs of place {part}, and nobody minded at all.</p>"
        for part in range(12)
    )
    return "".join(lines) + (f"<p>{more}</p>" if more else "")


@contextmanager
def serving() -> Iterator[Blog]:
    """A site while it lasts."""
    blog = Blog()

    class Handler(BaseHTTPRequestHandler):
        """Serves the pages, with an ETag each."""

        def do_GET(self) -> None:
            """Answer with the page, or with 304 where it has not changed, or with 404."""
            page = blog.pages.get(self.path, Page(b"", 404))
            tag = f'"{sha256(page.data).hexdigest()[:12]}"'
            known = self.headers.get("If-None-Match") == tag and page.status == 200
            status, data = (304, b"") if known else (page.status, page.data)
            blog.asked.append((self.path, status))
            self.send_response(status)
            kind = "text/html" if data.lstrip().startswith((b"<html", b"<!doctype")) else "application/xml"
            usual = {"Content-Type": kind, "ETag": tag, "Content-Length": str(len(data))}
            for name, line in (usual | page.lines).items():
                self.send_header(name, line)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002, ANN401 - the name that is overridden
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        blog.address = f"http://127.0.0.1:{server.server_port}"
        yield blog
        server.shutdown()
