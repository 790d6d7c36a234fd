"""Buckets, servers and the like, through fsspec's drivers.

What is particular to a store is a row of `_STORES`: how its driver takes a content
type and a cache header, which field of its listing tells the content, and whether
a file that is being sent is seen before it is whole.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from narrate.publish.digests import Digest, sha256_and
from narrate.publish.disk import PART
from narrate.publish.patience import Asker, Patience
from narrate.publish.plan import There

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from narrate.publish.mishaps import Where
    from narrate.publish.plan import Local

_PART_BYTES = 8 << 20
"""Larger files go up in parts of this size: no more than a few of them are in memory."""


def _change(info: dict[str, Any]) -> str:
    """What tells one writing of a file from the next, where nothing tells the content."""
    names = ("ETag", "etag", "md5", "mtime", "modified", "LastModified", "last_modified", "created")
    return next((str(info[name]).strip('"') for name in names if info.get(name)), "")


def _unknown(source: Path) -> Digest:
    """Of a store that gives no token ahead."""
    return Digest(sha256_and(source), "")


@dataclass(frozen=True, slots=True)
class _Store:
    """A kind of store: arguments for sending a file, its token in a listing, and that token from the bytes."""

    headers: Callable[[Local], dict[str, Any]] = lambda _local: {}
    token: Callable[[dict[str, Any]], str] = _change
    expected: Callable[[Path], Digest] = _unknown
    keeps_headers: bool = False
    whole: bool = False
    copies: bool = False
    jobs: int = 1
    options: Mapping[str, Any] = field(default_factory=dict)
    rename: Callable[[Any, str, str], object] = lambda driver, source, target: driver.mv(source, target)


def _s3_etag(source: Path) -> Digest:
    """The ETag that S3 gives: an MD5, of a file in parts the MD5 of theirs (measured against moto and AWS alike)."""
    whole = hashlib.md5(usedforsecurity=False)
    sha256 = sha256_and(source, whole)
    if source.stat().st_size < 2 * _PART_BYTES:  # s3fs sends up to twice a part in one piece
        return Digest(sha256, whole.hexdigest())
    parts = []
    with source.open("rb") as file:
        while piece := file.read(_PART_BYTES):
            parts.append(hashlib.md5(piece, usedforsecurity=False).digest())
    return Digest(sha256, f"{hashlib.md5(b''.join(parts), usedforsecurity=False).hexdigest()}-{len(parts)}")


def _md5_base64(source: Path) -> Digest:
    md5 = hashlib.md5(usedforsecurity=False)
    return Digest(sha256_and(source, md5), base64.b64encode(md5.digest()).decode())


def _s3_headers(local: Local) -> dict[str, Any]:
    return {
        "ContentType": local.mime,
        "CacheControl": local.cache,
        "chunksize": _PART_BYTES,
        "max_concurrency": 2,
        "Metadata": {"sha256": local.sha256},
    }


def _gcs_headers(local: Local) -> dict[str, Any]:
    fixed = {"cache_control": local.cache}
    return {"content_type": local.mime, "fixed_key_metadata": fixed, "chunksize": _PART_BYTES}


def _azure_headers(local: Local) -> dict[str, Any]:
    return {"overwrite": True, "content_settings": {"content_type": local.mime, "cache_control": local.cache}}


def _azure_token(info: dict[str, Any]) -> str:
    """The MD5 that Azure notes of a blob sent in one piece; of one in blocks, its ETag, which tells each writing."""
    md5 = (info.get("content_settings") or {}).get("content_md5")
    return base64.b64encode(bytes(md5)).decode() if md5 else _change(info)


# Nothing is remembered of a listing: what counts is what is there now.
_AS_IT_IS = {"use_listings_cache": False}
# Its own 25 attempts of 15 s are too short for a slow line, and too many for one that is gone.
_S3_CLIENT = {"read_timeout": 60, "connect_timeout": 10, "retries": {"max_attempts": 1}}
_BUCKET = _Store(keeps_headers=True, whole=True, copies=True, jobs=4, options=_AS_IT_IS)
_STORES = {
    "s3": replace(
        _BUCKET,
        headers=_s3_headers,
        token=lambda info: str(info.get("ETag", "")).strip('"'),
        expected=_s3_etag,
        options={**_AS_IT_IS, "config_kwargs": _S3_CLIENT},
    ),
    "gs": replace(_BUCKET, headers=_gcs_headers, token=lambda info: str(info.get("md5Hash", "")), expected=_md5_base64),
    # Its copies are finished some time after they are asked for, so a sound is sent twice.
    "az": replace(_BUCKET, headers=_azure_headers, token=_azure_token, expected=_md5_base64, copies=False),
    # Its driver's own way copies, and replaces nothing; the server can do both at once (RFC 4918, 9.9).
    "webdav": _Store(rename=lambda driver, source, target: driver.client.move(source, target, overwrite=True)),
    "sftp": _Store(options={"timeout": 20, "banner_timeout": 20, "auth_timeout": 20}),
}


class RemoteTarget:
    """A folder at a URL of fsspec."""

    def __init__(self, driver: type, url: str, options: dict[str, Any], where: Where, patience: Patience) -> None:
        self.where = where
        self._store = _STORES.get(where.protocol, _Store())
        self.jobs = self._store.jobs
        self.keeps_headers = self._store.keeps_headers
        self._asker = Asker(where, self.jobs, patience)
        url, options = _dav(url, options) if where.protocol in {"webdav", "dav"} else (url, options)
        self._fs: Any
        connect = partial(_connected, driver, url, {**self._store.options, **options})
        try:
            self._fs, self._root = self._asker.ask("log in", connect)
        except BaseException:
            self.close()
            raise

    def files(self) -> dict[str, There]:
        """As of `Target`."""

        def work() -> dict[str, There]:
            self._fs.invalidate_cache()
            try:
                found = self._fs.find(self._root, detail=True)
            except (FileNotFoundError, NotADirectoryError) as missing:
                if "bucket" in str(missing).lower():
                    raise
                return {}
            return {
                posixpath.relpath(path, self._root): There(info["size"], self._store.token(info))
                for path, info in found.items()
                if info.get("type") != "directory" and not path.endswith("/")
            }

        return self._asker.ask("list what is", work)

    def read(self, path: str, most_bytes: int) -> bytes | None:
        """As of `Target`."""

        def work() -> bytes | None:
            try:
                if self._fs.info(self._at(path))["size"] > most_bytes:
                    return None
                return bytes(self._fs.cat_file(self._at(path)))
            except FileNotFoundError:
                return None

        return self._asker.ask(f"read {path!r}", work)

    def digest(self, source: Path) -> Digest:
        """As of `Target`."""
        return self._store.expected(source)

    def holds(self, local: Local) -> bool:
        """As of `Target`; False where headers are kept, since an object of others may have others."""
        if self.keeps_headers:
            return False

        def work() -> bool:
            sha256 = hashlib.sha256()
            with self._fs.open(self._at(local.path), "rb") as file:
                while piece := file.read(1 << 20):
                    sha256.update(piece)
            return sha256.hexdigest() == local.sha256

        return self._asker.ask(f"read {local.path!r}", work, local.size_bytes)

    def put(self, source: Path, local: Local) -> None:
        """As of `Target`; sent under another name first where a part could be seen."""
        self._asker.ask(f"send {local.path!r}", lambda: self._put(source, local), local.size_bytes)

    def copy(self, source: str, local: Local) -> bool:
        """As of `Target`; the copy has the headers of what it is one of."""
        if self._store.copies:
            work = partial(self._fs.cp_file, self._at(source), self._at(local.path))
            self._asker.ask(f"copy {source!r}", work, local.size_bytes)
        return self._store.copies

    def remove(self, path: str) -> None:
        """As of `Target`."""

        def work() -> None:
            try:
                self._fs.rm_file(self._at(path))
            except FileNotFoundError:
                return

        self._asker.ask(f"remove {path!r}", work)

    def close(self) -> None:
        """As of `Target`."""
        self._asker.close()

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _put(self, source: Path, local: Local) -> None:
        target = self._at(local.path)
        if self._store.whole:
            self._fs.put_file(str(source), target, **self._store.headers(local))
            return
        self._fs.makedirs(posixpath.dirname(target), exist_ok=True)
        staged = f"{self._root}/{PART}{hashlib.sha256(local.path.encode()).hexdigest()[:12]}"
        self._fs.put_file(str(source), staged)
        self._store.rename(self._fs, staged, target)


def _connected(driver: Any, url: str, options: dict[str, Any]) -> tuple[Any, str]:  # noqa: ANN401 # fsspec has no types
    """The driver at work, and the path of the folder as it calls it."""
    named = driver._get_kwargs_from_urls(url)  # noqa: SLF001 # as fsspec.url_to_fs does
    made = driver(**{"skip_instance_cache": True, **named, **options})
    if hasattr(made, "retries"):
        made.retries = 2  # `Asker` has more patience
    return made, driver._strip_protocol(url).rstrip("/")  # noqa: SLF001 # as above


def _dav(url: str, options: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A WebDAV driver wants the server's address as an option.

    >>> _dav("webdav://me:pw@host.example/a/b", {})
    ('webdav://a/b', {'base_url': 'https://host.example', 'auth': ('me', 'pw')})
    """
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition("@")[2]
    login = {"auth": (parts.username, parts.password)} if parts.username and parts.password else {}
    return f"webdav://{parts.path.lstrip('/')}", {"base_url": f"https://{netloc}", **login, **options}
