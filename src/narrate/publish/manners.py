"""What every answer of the server has in common: CORS, and nothing told to other hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COMMON = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),  # the address may hold a secret, and pages link to others
)
_CORS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified"),
)
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "Range, If-Range, If-None-Match, If-Modified-Since",
    "access-control-max-age": "86400",
    "allow": "GET, HEAD, OPTIONS",
}
_ABSOLUTE = re.compile(r"https?://[^/]*", re.IGNORECASE)


class Manners:
    """An ASGI wrapper that answers preflights, understands whole addresses, and adds common headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI 3)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # RFC 9112, 3.2.2: a server takes the absolute form too.
        path = _ABSOLUTE.sub("", scope["path"], count=1) or "/" if _ABSOLUTE.match(scope["path"]) else scope["path"]
        # Any page may read a show that it knows the name of; which shows there are is not for others.
        common = _COMMON if path == "/" else (*_COMMON, *_CORS)

        async def send_with_manners(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *common]
            await send(message)

        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send_with_manners)
        else:
            await self._app({**scope, "path": path}, receive, send_with_manners)
