"""One request to a server, and all that it answers: for what is to be judged, not read."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.runtime.dialling import Deadline
from narrate.runtime.fetch import AGENT
from narrate.runtime.hops import Request, follow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3.response import BaseHTTPResponse

TOTAL_S = 30.0
_PIECE_BYTES = 1 << 14
_HEADERS: Mapping[str, str] = MappingProxyType(
    {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the URL after all redirects, the status, its header lines, the start of the body.

    The names of header lines are in small letters; lines of one name are joined by commas. `data` is as it was sent.
    `moves` are the statuses of the redirects on the way.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes
    moves: tuple[int, ...] = ()


def probe(
    url: str,
    headers: Mapping[str, str] = MappingProxyType({}),
    *,
    method: str = "GET",
    most_bytes: int = 0,
    private: bool = False,
) -> Answer:
    """The answer to one request, whatever its status, with at most `most_bytes` of its body, within 30 seconds.

    The connection is closed then, however much the server would still have sent.

    Raises:
        FetchError: nobody answers, an address that is not allowed, redirects without end.
    """

    def take(where: str, answer: BaseHTTPResponse) -> Answer:
        data = bytearray()
        for piece in answer.stream(_PIECE_BYTES, decode_content=False) if most_bytes and method != "HEAD" else ():
            deadline.check()
            data += piece
            if len(data) >= most_bytes:
                break
        said = {name.lower(): ", ".join(answer.headers.getlist(name)) for name in answer.headers}
        return Answer(where, answer.status, MappingProxyType(said), bytes(data[:most_bytes]), tuple(moves))

    moves: list[int] = []
    with Deadline(TOTAL_S) as deadline:
        return follow(url, Request(deadline, private, method, {**_HEADERS, **headers}), take, moves.append)
