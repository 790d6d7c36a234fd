"""Secret words that stand in the addresses of private shows, remembered on this machine and nowhere in a show."""

from __future__ import annotations

import json
import re
import secrets
from typing import TYPE_CHECKING

from narrate.errors import UsageError
from narrate.runtime.files import storage_error, write_atomic
from narrate.runtime.locks import locked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Small letters and digits that are not taken for one another when somebody types them on a phone.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 26
"""Of 31 signs each: 2^128 possible words."""

_SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}")
"""What stands in a path as it is (RFC 3986, 2.3)."""


def checked_token(word: str) -> str:
    """The word, if it can stand in an address as it is. Raises `UsageError`.

    >>> checked_token("s3cret")
    's3cret'
    """
    if not _SEGMENT.fullmatch(word):
        raise UsageError("a token is at most 200 letters, digits and hyphens; leave it away to have one made")
    return word


def token_for(names: Sequence[str], store: Path, given: str = "") -> str:
    """The token of what is known by any of `names`: the one given, else the one remembered, else a new one.

    It is remembered in the file `store` under each name; only this user may read that file. Raises `StorageError`.
    """
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        store.touch(mode=0o600)
    except OSError as refused:
        raise storage_error("write", store, refused) from refused
    with locked(store.with_name(f"{store.name}.lock"), store):
        known = _read(store)
        token = given or next((known[name] for name in names if name in known), "") or _new()
        now = known | dict.fromkeys(names, token)
        if now != known:
            write_atomic(store, json.dumps(now, indent=1).encode())
    return token


def _new() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def _read(store: Path) -> dict[str, str]:
    """What is remembered; nothing where the file is new or was spoilt."""
    try:
        found = json.loads(store.read_bytes() or b"{}")
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: word for name, word in found.items() if isinstance(word, str) and _SEGMENT.fullmatch(word)}
