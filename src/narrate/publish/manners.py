"""What every answer of the server has in common: CORS, and ranges read as RFC 9110 has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# RFC 9110, 14.1.2: one range of bytes.
_ONE_RANGE = re.compile(rb"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-[0-9]{1,18})", re.IGNORECASE)

_COMMON = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified"),
    (b"x-content-type-options", b"nosniff"),
)

_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "access-control-max-age": "86400",
    "allow": "GET, HEAD, OPTIONS",
}


def is_one_range(value: bytes) -> bool:
    """Whether a Range field asks for one valid range of bytes.

    Others are ignored and the whole is sent: a server must where it does not know
    the unit, and may where a range is invalid or there are several (RFC 9110, 14.2);
    Starlette answers the first two with 400.

    >>> is_one_range(b"bytes=0-99"), is_one_range(b"bytes=-5"), is_one_range(b"bytes=7-")
    (True, True, True)
    >>> is_one_range(b"bytes=9-3"), is_one_range(b"lines=1-2"), is_one_range(b"bytes=0-1,5-6")
    (False, False, False)
    """
    match = _ONE_RANGE.fullmatch(value.strip())
    return match is not None and not (match[1] and match[2] and int(match[2]) < int(match[1]))


class Manners:
    """An ASGI wrapper that answers preflights, drops Range fields that count for nothing, and adds common headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI 3)."""

        async def send_with_manners(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_COMMON]
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send_with_manners)
        else:
            headers = [(name, value) for name, value in scope["headers"] if name != b"range" or is_one_range(value)]
            await self._app({**scope, "headers": headers}, receive, send_with_manners)
