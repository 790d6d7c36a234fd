"""The host as an application: shows under ``/<show>/``, or ``/<token>/<show>/``, with what podcast apps ask for.

Feeds and pages fit the address that they are asked for by; texts are compressed for whom it may be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from secrets import compare_digest
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from narrate.errors import NarrateError
from narrate.publish.addresses import asked_address
from narrate.publish.answers import Representation, answer, is_one_range, made, tag_of
from narrate.publish.coding import Compressed, accepts_gzip, is_text
from narrate.publish.feeds import Abouts, Feeds, names_addresses
from narrate.publish.folder import FEED_NAME, INDEX_NAME, Found, find, is_named_by_digest, opened, shows_in
from narrate.publish.manners import Manners
from narrate.publish.pages import bare_page, shows_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from narrate.publish.feeds import Made

_PAGE_TYPE = "text/html; charset=utf-8"
_FOR_EVER = "max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
"""An episode made again keeps its names, and its files go together: a copy must be known to be the newest."""


def app(root: Path, made_by: Made, *, proxied: bool = False) -> Starlette:
    """The host of the shows in `root`, or of the show that `root` is, as an ASGI application.

    `proxied`: a proxy in front is to be trusted when it says by what address the client asked.
    """
    host = _Host(root, made_by, proxied=proxied)
    return Starlette(routes=[Route("/{path:path}", host.respond)], middleware=[Middleware(Manners)])


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request in a show: the folder, its address as the client has it, the path within; `secret` if by a token."""

    request: Request
    show: Path
    base_url: str
    rest: tuple[str, ...]
    secret: bool


class _Host:
    """What answers requests; safe in several threads."""

    def __init__(self, root: Path, made_by: Made, *, proxied: bool) -> None:
        self._root = root
        self._token_of = made_by.token_of
        self._proxied = proxied
        self._feeds = Feeds(made_by)
        self._abouts = Abouts(made_by)
        self._compressed = Compressed()

    def respond(self, request: Request) -> ASGIApp:
        """The answer to a request."""
        shows, prefix, parts = shows_in(self._root), "", request.scope["path"][1:].split("/")
        secrets = {name: self._token_of(folder) for name, folder in shows.items()}
        if secret := any(secrets.values()):
            shows = {name: shows[name] for name in _opened_by(parts[0], secrets)}
            prefix = "/" + quote(parts.pop(0), safe="")
        if not parts and shows:
            return _slash(prefix[1:])
        name, *rest = parts or ("",)
        if shows and name in shows:
            address = asked_address(request.headers, request.scope, proxied=self._proxied)
            base_url = f"{address}{prefix}/{quote(name, safe='')}/"
            return self._in_show(_Asked(request, shows[name], base_url, tuple(rest), secret=secret))
        if name or rest or (secret and not shows):
            return _not_found()
        return self._list(shows, request)

    def _list(self, shows: dict[str, Path], request: Request) -> ASGIApp:
        rows = [(f"{quote(name, safe='')}/", self._abouts.get(folder).title) for name, folder in shows.items()]
        page = shows_page(rows)
        return self._answer(made(page, _PAGE_TYPE, _digest(page), None, "no-store"), request)

    def _in_show(self, asked: _Asked) -> ASGIApp:
        rest = asked.rest
        if not rest:
            return _slash(asked.show.name)
        if rest[-1] == "":
            rest = (*rest[:-1], INDEX_NAME)
        found = find(asked.show, rest)
        if found and len(rest) == 1 and names_addresses(rest[0]):
            return self._written(found, asked)
        if found:
            return self._file(found, asked)
        if rest == (INDEX_NAME,):
            return self._bare(asked)
        return _slash(rest[-1]) if asked.rest[-1] and find(asked.show, (*rest, INDEX_NAME)) else _not_found()

    def _written(self, found: Found, asked: _Asked) -> ASGIApp:
        try:
            data = self._feeds.get(asked.show, asked.base_url, found.path.name)
        except NarrateError as exc:
            headers = {"retry-after": "5", "cache-control": "no-store"}
            return PlainTextResponse(f"{exc}\n", status_code=503, headers=headers)
        cache = _private(_ASK_AGAIN, asked)
        return self._answer(made(data, found.mime, _digest(data), found.stat.st_mtime, cache), asked.request)

    def _file(self, found: Found, asked: _Asked) -> ASGIApp:
        file = opened(found)
        if file is None:
            return _not_found()
        stream, stat = file
        cache = _private(_FOR_EVER if is_named_by_digest(found.path.name) else _ASK_AGAIN, asked)
        what = Representation(stream, stat.st_size, found.mime, tag_of(stat), stat.st_mtime, cache)
        return self._answer(what, asked.request)

    def _bare(self, asked: _Asked) -> ASGIApp:
        feed = FEED_NAME if find(asked.show, (FEED_NAME,)) else ""
        page = bare_page(self._abouts.get(asked.show).title, feed)
        return self._answer(made(page, _PAGE_TYPE, _digest(page), None, "no-store"), asked.request)

    def _answer(self, what: Representation, request: Request) -> ASGIApp:
        """A part is one of the bytes as they are, so it is not compressed."""
        if is_text(what.mime):
            what = replace(what, varies=True)
            asked = request.headers
            if accepts_gzip(asked.get("accept-encoding", "")) and not is_one_range(asked.get("range", "")):
                what = self._compressed.get(what)
        return answer(what, request.headers)


def show_path(name: str, token: str) -> str:
    """The path of a show on this host; ends in a slash.

    >>> show_path("my show", ""), show_path("reads", "s3cret")
    ('/my%20show/', '/s3cret/reads/')
    """
    return f"/{f'{token}/' if token else ''}{quote(name, safe='')}/"


def _opened_by(token: str, secrets: dict[str, str]) -> list[str]:
    """The shows whose secret that is; how long it takes says nothing of how near it is."""
    given = token.encode("utf-8", "replace")
    return [name for name, secret in secrets.items() if compare_digest(given, secret.encode())]


def _digest(data: bytes) -> str:
    return f'"{sha256(data).hexdigest()[:32]}"'


def _private(cache: str, asked: _Asked) -> str:
    """What only who knows the secret may see is for no shared cache."""
    return f"private, {cache}" if asked.secret else cache


def _slash(name: str) -> ASGIApp:
    """To the folder of that name where a file was asked for: relative, so that it holds behind a proxy too."""
    return RedirectResponse(f"{quote(name, safe='')}/")


def _not_found() -> ASGIApp:
    return PlainTextResponse("There is nothing here.\n", status_code=404, headers={"cache-control": "no-store"})
