"""What went wrong on the way to a page, in a sentence: a server's status, or an error below it."""

from __future__ import annotations

import http.client
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from urllib3.exceptions import IncompleteRead, ProtocolError

from narrate.runtime.dialling import AddressError
from narrate.runtime.inflate import PackingError

if TYPE_CHECKING:
    from narrate.runtime.dialling import Deadline

_SAVE = "open it in a browser, save the page and give narrate the file"

_STATUSES: dict[int, tuple[str, str]] = {
    204: ("holds nothing", "check the address"),
    401: ("wants a user name and password", _SAVE),
    402: ("is behind a paywall", _SAVE),
    403: ("may not be fetched by programs", _SAVE),
    404: ("does not exist", "check the address"),
    405: ("may not be fetched by programs", _SAVE),
    406: ("may not be fetched by programs", _SAVE),
    407: ("wants a proxy's password", _SAVE),
    408: ("was not answered in time", "try again later"),
    410: ("is gone", "check the address"),
    429: ("was asked for too often", "try again later"),
    451: ("may not be shown here for legal reasons", _SAVE),
    500: ("meets an error of its server", "try again later"),
    502: ("cannot be reached through its server", "try again later"),
    503: ("is not available for now", "try again later"),
    504: ("was not answered in time", "try again later"),
}
"""Status codes of HTTP (RFC 9110, section 15; 451: RFC 7725): what is with the page, and what to do."""


def complaint(url: str, status: int) -> str:
    """The sentence for a status that brings no article.

    >>> complaint("https://a.example/x", 404)
    'https://a.example/x does not exist (HTTP 404); check the address'
    >>> complaint("https://a.example/x", 599)
    'https://a.example/x meets an error of its server (HTTP 599); try again later'
    """
    whole = status // 100
    usual = {4: ("cannot be fetched", "check the address"), 5: _STATUSES[500]}
    what, advice = _STATUSES.get(status) or usual.get(whole, ("brings no page", "check the address"))
    return f"{url} {what} (HTTP {status}); {advice}"


_PASSING = frozenset({408, 421, 425, 429})
"""Statuses from 400 to 499 that the same request may not get the next time (RFC 9110, 15.5; RFC 8470; RFC 6585)."""
_LONGEST_WAIT_S = 7 * 86_400


def is_passing(status: int) -> bool:
    """Whether trying again some time later makes sense, as far as a status tells.

    >>> [is_passing(status) for status in (404, 410, 429, 503)]
    [False, False, True, True]
    """
    return status in _PASSING or status >= http.client.INTERNAL_SERVER_ERROR


def retry_after_s(said: str, now: datetime | None = None) -> int | None:
    """How many seconds to wait, of a Retry-After (RFC 9110, 10.2.3), a week at most; None where it says nothing.

    >>> retry_after_s("120"), retry_after_s("Tue, 24 Nov 2026 08:01:00 GMT", datetime(2026, 11, 24, 8, tzinfo=UTC))
    (120, 60)
    >>> retry_after_s(""), retry_after_s("soon")
    (None, None)
    """
    said = said.strip()
    if said.isdecimal() and said.isascii():
        return min(int(said[:9]), _LONGEST_WAIT_S)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0, round((until - (now or datetime.now(UTC))).total_seconds())), _LONGEST_WAIT_S)


_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (AddressError, "{cause}"),
    (ssl.SSLCertVerificationError, "the certificate of {host} is not trusted ({why}); narrate does not go on"),
    (ssl.SSLError, "{host} does not speak https as it should ({why}); is it http://?"),
    (socket.gaierror, "there is no host {host}, or no network here; check the address"),
    (TimeoutError, "{host} did not answer in time; try again later"),
    (ConnectionRefusedError, "{host} refuses the connection; check the address"),
    (PackingError, "what {host} sent cannot be unpacked: {cause}; save the page and give narrate the file"),
    (IncompleteRead, "{host} sent less than it promised; try again"),
    (http.client.IncompleteRead, "{host} sent less than it promised; try again"),
    (ConnectionError, "{host} broke the connection; try again later"),
    (http.client.HTTPException, "{host} does not answer as a web server does; check the address"),
    (ProtocolError, "{host} does not answer as a web server does; check the address"),
)
"""What may lie at the bottom of an error, the surest first."""


def reason(url: str, error: Exception, deadline: Deadline) -> str:
    """What went wrong between the socket and the page."""
    host = urlsplit(url).netloc
    if deadline.passed:
        return f"{url} took longer than {deadline.total_s:g} seconds; try again, or save the page and give it as a file"
    causes = (error, error.__cause__, error.__context__, *(arg for arg in error.args if isinstance(arg, Exception)))
    for kind, sentence in _CAUSES:
        cause = next((each for each in causes if isinstance(each, kind)), None)
        if cause is not None:
            return sentence.format(host=host, cause=cause, why=_short(cause))
    return f"{host} cannot be reached ({_short(error)}); check the address and the network"


def _short(error: BaseException) -> str:
    said = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error) or type(error).__name__
    return " ".join(str(said).split())[:120]
