"""Where a show can be put: a folder, or whatever fsspec has a driver for, behind a few methods."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from narrate.errors import PlatformError, UsageError
from narrate.publish.disk import FolderTarget
from narrate.publish.mishaps import Where, is_secret
from narrate.publish.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.publish.digests import Digest
    from narrate.publish.plan import Local, There


class Target(Protocol):
    """A place for a show. Paths are relative, with slashes. What goes wrong is a `PublishError`."""

    where: Where
    jobs: int
    """How many files may be sent at once."""
    keeps_headers: bool
    """Whether it keeps a content type and a cache header with each file."""

    def files(self) -> dict[str, There]:
        """All files there, hidden ones too; none where the place is not there yet."""
        ...

    def read(self, path: str, most_bytes: int) -> bytes | None:
        """A small file's bytes; None where there is none, or it is larger."""
        ...

    def digest(self, source: Path) -> Digest:
        """What a local file is, and what the store will call it. Raises OSError."""
        ...

    def holds(self, local: Local) -> bool:
        """Whether the file there, which has the right size, is this one, by its bytes; False where it costs more."""
        ...

    def put(self, source: Path, local: Local) -> None:
        """Send a file; a reader sees the one before or this one, never a part, where the store can do that."""
        ...

    def copy(self, source: str, local: Local) -> bool:
        """Give a file that is there another name too; False where the store cannot."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file; nothing to do where there is none."""
        ...

    def close(self) -> None:
        """Be done with it."""
        ...


Options = dict[str, object]

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
_EXTRAS = {
    **dict.fromkeys(("s3", "s3a"), "s3"),
    **dict.fromkeys(("gs", "gcs"), "gcs"),
    **dict.fromkeys(("az", "abfs", "abfss", "adl"), "azure"),
    **dict.fromkeys(("sftp", "ssh"), "sftp"),
    **dict.fromkeys(("webdav", "dav"), "webdav"),
}
_FAMILY = {"s3": "s3", "gcs": "gs", "azure": "az", "sftp": "sftp", "webdav": "webdav"}
_READ_ONLY = frozenset({"http", "https", "data", "zip", "tar", "github", "git", "gist", "reference", "libarchive"})


def open_target(target: str, options: Mapping[str, object], patience: Patience | None = None) -> Target:
    """The target that a path or a URL of fsspec names, with options for its driver.

    Raises:
        UsageError: there is no such kind of target, or nothing can be put there.
        PlatformError: its driver is not installed; says which extra brings it.
        PublishError: it cannot be reached, or does not let us.
    """
    patience = patience or Patience()
    url = _URL.fullmatch(target)
    if url is None or url[1].lower() in {"file", "local"}:
        return FolderTarget(Path(url[2] if url else target).expanduser(), patience)
    protocol = url[1].lower()
    where = where_of(target, options)
    _refuse_unknown(protocol, where)
    from narrate.publish.remote import RemoteTarget

    return RemoteTarget(_driver(protocol), target, dict(options), where, patience)


def where_of(target: str, options: Mapping[str, object]) -> Where:
    """A target for messages.

    >>> where_of("sftp://me:secret@host.example/a", {}).shown
    'sftp://me@host.example/a'
    >>> where_of("s3://bucket/show?versionId=1", {"secret": "hush"}).place
    'bucket'
    """
    protocol, _, rest = target.partition("://")
    authority, slash, path = rest.partition("?")[0].partition("/")
    user, at, host = authority.rpartition("@")
    name, _, password = user.partition(":")
    shown = f"{protocol}://{name}{at}{host}{slash}{path}"
    secrets = (*_secrets(options), *([password] if password else []))
    family = _FAMILY.get(_EXTRAS.get(protocol.lower(), ""), protocol.lower())
    return Where(shown, family, host, tuple(dict.fromkeys(secrets)))


def _secrets(options: Mapping[str, object]) -> list[str]:
    found = []
    for name, value in options.items():
        if isinstance(value, dict):
            found += _secrets(value)
        elif is_secret(name) and value:
            found.append(str(value))
    return found


def _refuse_unknown(protocol: str, where: Where) -> None:
    from fsspec.registry import known_implementations, registry

    if protocol in _READ_ONLY:
        raise UsageError(
            f"nothing can be put at {where.shown}, which is for reading; name the folder or bucket behind it,"
            " such as s3://BUCKET/FOLDER, sftp://HOST/FOLDER or webdav://HOST/FOLDER"
        )
    names = {*known_implementations, *registry, "dav", "memory"}
    if protocol not in names:
        close = get_close_matches(protocol, sorted(names), 1)
        hint = f"; did you mean {close[0]}://?" if close else "; there are s3://, gs://, az://, sftp:// and webdav://"
        raise UsageError(f"there is no kind of target {protocol}://{hint}")


def _driver(protocol: str) -> type:
    """The driver's class; imports it."""
    import fsspec

    try:
        if protocol == "dav":
            protocol = "webdav"
        found: type = fsspec.get_filesystem_class(protocol)
    except ImportError as missing:
        extra = _EXTRAS.get(protocol)
        package = f"'narrate-podcast[{extra}]'" if extra else missing.name or protocol
        sentence = f"what reaches {protocol}:// is not installed here; this brings it: pip install {package}"
        raise PlatformError(sentence) from missing
    return found
