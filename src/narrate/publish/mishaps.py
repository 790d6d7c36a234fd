"""What a store or its driver said no with, in one sentence without secrets.

Drivers need not be installed, so their errors are told apart by names, by numbers and by what they derive from.
"""

from __future__ import annotations

import errno
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECRET = re.compile(r"(?i)secret|passw|passphrase|token|key|credential|connection_string|sas|auth")
_HIDDEN = "***"
_LONGEST = 160
_TOO_MANY, _SERVER = 429, 500


@dataclass(frozen=True, slots=True)
class Where:
    """A target for messages: as shown, what its URL begins with, its host or bucket, and the words that are secret."""

    shown: str
    protocol: str = "file"
    place: str = ""
    secrets: tuple[str, ...] = ()


def is_secret(name: str) -> bool:
    """Whether an option of that name may hold a secret.

    >>> is_secret("aws_secret_access_key"), is_secret("password"), is_secret("endpoint_url")
    (True, True, False)
    """
    return _SECRET.search(name) is not None


def is_passing(error: BaseException) -> bool:
    """Whether asking again may help: the network was gone, or the store is busy.

    >>> is_passing(ConnectionResetError()), is_passing(PermissionError()), is_passing(OSError(errno.ENOSPC, ""))
    (True, False, False)
    """
    return any(_is_network(each) or _is_busy(each) for each in _causes(error)) and not _is_late(error)


def refusal(error: BaseException, doing: str, where: Where) -> PublishError:
    """The sentence for what went wrong while `doing` something, such as "send 'a.mp3'".

    >>> print(refusal(OSError(errno.ENOSPC, ""), "send 'a.mp3'", Where("/srv/show")))
    cannot send 'a.mp3' to /srv/show: the disk is full; free some space and run it again
    """
    causes = list(_causes(error))
    for fits, sentence in _ROWS:
        if any(fits(cause) for cause in causes):
            return PublishError(_filled(sentence, doing, where, error))
    return PublishError(_filled("cannot {doing} {to}: {why}; nothing that is published is lost", doing, where, error))


def _filled(sentence: str, doing: str, where: Where, error: BaseException) -> str:
    text = sentence.format(
        doing=doing,
        to=f"at {where.shown}" if doing.startswith(("list", "read", "remove")) else f"to {where.shown}",
        shown=where.shown,
        place=where.place or where.shown,
        why=_short(error),
        how=_CREDENTIALS.get(where.protocol, "give what it asks for as publish.options"),
        what=_CONTAINERS.get(where.protocol, "folder"),
    )
    for secret in sorted(where.secrets, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", _HIDDEN, text)
    return text


_CREDENTIALS = {
    "s3": "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gs": "set GOOGLE_APPLICATION_CREDENTIALS, or log in with 'gcloud auth application-default login'",
    "az": "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
    "sftp": "load the key into your SSH agent, or name it with --option key_filename=FILE",
    "file": "choose a folder you may write in",
}
_CONTAINERS = {"s3": "bucket", "gs": "bucket", "az": "container"}


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, each once."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is not None and one not in seen:
            seen.append(one)
            yield one
            waiting += [one.__cause__, one.__context__]


def _named(*names: str) -> Callable[[BaseException], bool]:
    """Whether an error, or what it derives from, has one of these names."""
    return lambda error: any(kind.__name__ in names for kind in type(error).__mro__)


def _numbered(*numbers: int) -> Callable[[BaseException], bool]:
    return lambda error: isinstance(error, OSError) and error.errno in numbers


def _said(*words: str) -> Callable[[BaseException], bool]:
    """Whether it says one of these codes of S3 and its like."""
    return lambda error: any(word in str(error) for word in words)


def _status(error: BaseException) -> int:
    """The status of HTTP that an error of a driver stands for, 0 if none."""
    answer = getattr(error, "response", None)
    told = (getattr(error, "status_code", 0), getattr(error, "code", 0), getattr(answer, "status_code", 0))
    meta = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) if isinstance(answer, dict) else 0
    return next((int(each) for each in (*told, meta) if str(each).isdecimal() and int(each)), 0)


_NETWORK_NUMBERS = (
    *(errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE),
    *(errno.ETIMEDOUT, errno.ECONNREFUSED),
)
_is_late = _named(
    "TimeoutError", "FSTimeoutError", "ReadTimeoutError", "ConnectTimeoutError", "ServerTimeoutError", "ReadTimeout"
)
_is_unreachable = _named(
    *("ConnectionError", "EndpointConnectionError", "ConnectionClosedError", "ClientConnectionError", "ConnectError"),
    *("ServerDisconnectedError", "NoValidConnectionsError", "SSHException", "EOFError", "ServiceRequestError"),
    *("HTTPClientError", "TransportError", "gaierror"),
)


def _is_network(error: BaseException) -> bool:
    return _is_unreachable(error) or isinstance(error, socket.gaierror) or _numbered(*_NETWORK_NUMBERS)(error)


def _is_busy(error: BaseException) -> bool:
    status = _status(error)
    return status == _TOO_MANY or status >= _SERVER or _said("SlowDown", "InternalError", "ServiceUnavailable")(error)


def _is_refused(error: BaseException) -> bool:
    named = _named(
        *("PermissionError", "NoCredentialsError", "PartialCredentialsError", "ClientAuthenticationError"),
        *("AuthenticationException", "PasswordRequiredException", "DefaultCredentialsError", "RefreshError"),
        *("TokenRetrievalError", "UnauthorizedSSOTokenError", "ProfileNotFound"),
    )
    words = _said("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "Unauthorized")
    return named(error) or words(error) or _status(error) in {401, 403}


_ROWS: tuple[tuple[Callable[[BaseException], bool], str], ...] = (
    (
        _numbered(errno.ENOSPC, errno.EDQUOT),
        "cannot {doing} {to}: the disk is full; free some space and run it again",
    ),
    (_numbered(errno.EROFS), "cannot {doing} {to}: the disk is read-only; choose another target"),
    (_is_refused, "cannot {doing} {to}: it is not allowed with these credentials, or there are none; {how}"),
    (
        _said("NoSuchBucket", "bucket does not exist", "ContainerNotFound", "Container does not exist"),
        "there is no {what} {place!r}; check the spelling, or make it first",
    ),
    (_is_late, "{place} did not answer in time; what is published is whole, and the next run goes on from here"),
    (
        _is_network,
        "{place} cannot be reached ({why}); what is published is whole, and the next run goes on from here",
    ),
    (_is_busy, "{place} is too busy for now ({why}); the next run goes on from here"),
    (_named("NotADirectoryError"), "cannot {doing} {to}: a part of its path is not a folder; check the spelling"),
    (_named("FileNotFoundError"), "cannot {doing} {to}: there is no such {what}; check the spelling, or make it first"),
)
"""What may have happened, the surest first."""


def _short(error: BaseException) -> str:
    """What an error says, on one line and not long; its name where it says nothing."""
    said = getattr(error, "strerror", "") or str(error) or type(error).__name__
    said = re.sub(r"(\w+://)[^/@\s]*@", r"\1", str(said))
    return re.sub(r"\s+", " ", re.sub(r"\?[^\s\"']*", "", said)).strip()[:_LONGEST]
