"""Conditional requests and what servers answer to them; probes of a server."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from narrate.errors import FetchError
from narrate.runtime.fetch import Known, fetch
from narrate.runtime.probe import probe

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED = b"<rss version='2.0'><channel/></rss>"
MODIFIED = "Tue, 24 Nov 2026 08:00:00 GMT"


class _Server(BaseHTTPRequestHandler):
    """A server of one feed that knows ETags, dates and ranges; other paths are statuses."""

    def do_GET(self) -> None:
        """Answer; a path of figures is the status that is wanted."""
        name = self.path.strip("/")
        if name.isdecimal():
            self._answer(int(name), b"", {"Retry-After": "90"})
        elif self.headers.get("If-None-Match") == '"one"' or self.headers.get("If-Modified-Since") == MODIFIED:
            self._answer(304, b"", {"ETag": '"one"'})
        elif (wanted := self.headers.get("Range")) is not None:
            self._answer(206, FEED[:4], {"Content-Range": f"bytes 0-3/{len(FEED)}", "X-Asked": wanted})
        else:
            self._answer(200, FEED, {"ETag": '"one"', "Last-Modified": MODIFIED})

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _answer(self, status: int, body: bytes, lines: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**lines, "Content-Length": str(len(body)), "X-Accept": self.headers["Accept"]}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name that is overridden
        """Say nothing."""


@contextmanager
def _serving() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_feed_that_has_not_changed_is_not_sent_again() -> None:
    """What the server said the first time makes it answer 304 the next time: by its ETag, or by its date alone."""
    with _serving() as address:
        first = fetch(f"{address}/feed", 1000, private=True, known=Known())
        again = fetch(f"{address}/feed", 1000, private=True, known=first.known)
        by_date = fetch(f"{address}/feed", 1000, private=True, known=Known(modified=MODIFIED))

    assert (first.data, first.unchanged, first.known) == (FEED, False, Known('"one"', MODIFIED))
    assert (again.data, again.unchanged) == (b"", True)
    assert by_date.unchanged


def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    """Without a condition there is nothing that could be unchanged."""
    with _serving() as address, pytest.raises(FetchError, match="HTTP 304"):
        fetch(f"{address}/304", 1000, private=True)


@pytest.mark.parametrize(("status", "retryable"), [(404, False), (410, False), (401, False), (429, True), (503, True)])
def test_an_error_says_whether_to_try_again_and_when(status: int, *, retryable: bool) -> None:
    """What may pass is told from what will not, with the time that the server asks to be left alone."""
    with _serving() as address, pytest.raises(FetchError) as caught:
        fetch(f"{address}/{status}", 1000, private=True)

    assert (caught.value.status, caught.value.retryable, caught.value.retry_after_s) == (status, retryable, 90)


def test_an_address_that_is_not_allowed_is_not_tried_again() -> None:
    """A private address does not become a public one."""
    with pytest.raises(FetchError) as caught:
        fetch("http://127.0.0.1:9/", 1000)

    assert not caught.value.retryable


def test_a_probe_gives_status_lines_and_no_more_of_the_body_than_is_asked_for() -> None:
    """HEAD has no body, a range is what the server makes of it, and a bad status is an answer like any other."""
    with _serving() as address:
        head = probe(f"{address}/a", method="HEAD", private=True)
        part = probe(f"{address}/a", {"Range": "bytes=0-3"}, most_bytes=2, private=True)
        gone = probe(f"{address}/410", most_bytes=10, private=True)

    assert (head.status, head.data, head.headers["content-length"]) == (200, b"", str(len(FEED)))
    assert (part.status, part.data, part.headers["x-asked"]) == (206, FEED[:2], "bytes=0-3")
    assert (gone.status, gone.data) == (410, b"")
