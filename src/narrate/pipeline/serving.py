"""The shows of a folder over HTTP, each feed written for the address at which it is asked for."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.errors import ShowError, StorageError
from narrate.feed import load_show
from narrate.pipeline.shows import feed_for, page_for
from narrate.publish import DEFAULT_PORT, EVERY_ADDRESS, LOOPBACK
from narrate.publish import serve as serve_folder
from narrate.publish.feeds import About, Made
from narrate.publish.folder import INDEX_NAME, SETTINGS_NAME, shows_in
from narrate.publish.listening import Listening
from narrate.runtime.files import read_bounded
from narrate.runtime.places import state_folder
from narrate.runtime.staging import being_changed, recover
from narrate.runtime.tokens import checked_token, token_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from narrate.model import Show

__all__ = ["DEFAULT_PORT", "EVERY_ADDRESS", "LOOPBACK", "Listening", "Private", "serve"]

_SETTLING_S = 2.0
"""A change renames a few files; one that takes longer was left by a crash."""

_NAP_S = 0.01
_MOST_BYTES = 4_000_000
"""More than any show.toml."""


@dataclass(frozen=True, slots=True)
class Private:
    """Shows at a secret address: the `token` that was given, "" for the one that is remembered, or a new one."""

    token: str = ""


def serve(root: Path, at: Listening, ready: Callable[[list[str]], None], private: Private | None = None) -> None:
    """Serve until Ctrl-C; `ready` gets the addresses of the feeds. What a crash left of a change is finished first.

    Raises as `narrate.publish.serve`; `UsageError` for a token that cannot stand in an address, `StorageError` where
    it cannot be remembered.
    """
    if private and private.token:
        checked_token(private.token)
    for folder in shows_in(root).values() if root.is_dir() else ():
        with suppress(ShowError, StorageError):  # in use, or not ours to write: it is served as it is
            recover(folder, wait_s=1.0)
    token_of = _Tokens(private).get if private else lambda _folder: ""
    serve_folder(root, Made(written_for, about, settled, token_of), at, ready)


def written_for(folder: Path, base_url: str, name: str) -> bytes:
    """A show's feed, a page of it or the show's page, as it is at that address. Raises `ShowError`."""
    return page_for(folder, base_url) if name == INDEX_NAME else feed_for(folder, base_url, name)


def about(folder: Path) -> About:
    """What a show says of itself. Raises `ShowError`."""
    return About(_settings(folder).title or folder.name)


def _settings(folder: Path) -> Show:
    path = folder / SETTINGS_NAME
    return load_show(read_bounded(path, _MOST_BYTES, ShowError).decode("utf-8", "replace"), str(path))


def settled(folder: Path) -> None:
    """Wait until nobody is putting files of a show in place, so that a feed and what it names are of one make."""
    end = time.monotonic() + _SETTLING_S
    while being_changed(folder, _SETTLING_S) and time.monotonic() < end:
        time.sleep(_NAP_S)


class _Tokens:
    """The tokens of shows, each asked for once."""

    def __init__(self, private: Private) -> None:
        self._private = private
        self._known: dict[Path, str] = {}

    def get(self, folder: Path) -> str:
        """The token of a show: it follows the show's guid, and the folder where that changes."""
        if folder not in self._known:
            names = [f"folder:{folder.resolve()}"]
            with suppress(ShowError):  # served as far as it can be
                names.insert(0, f"guid:{_settings(folder).guid}")
            self._known[folder] = token_for(names, state_folder() / "tokens.json", self._private.token)
        return self._known[folder]
