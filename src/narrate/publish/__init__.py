"""A show's folder, put where apps fetch it.

`serve` is a small host on this machine; `addresses` says where it is found.
What is heavy is loaded when it is asked for, so that making an episode, which
only needs an address, does not load a web server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.publish.addresses import DEFAULT_PORT, EVERY_ADDRESS, LOOPBACK, lan_addresses, local_base_url

if TYPE_CHECKING:
    from narrate.publish.server import app, serve

__all__ = ["DEFAULT_PORT", "EVERY_ADDRESS", "LOOPBACK", "app", "lan_addresses", "local_base_url", "serve"]


def __getattr__(name: str) -> object:
    if name in {"app", "serve"}:
        from narrate.publish import server

        return getattr(server, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
