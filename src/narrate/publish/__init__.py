"""A show's folder, put where apps fetch it.

`serve` is a small host on this machine; `addresses` says where it is found.
What is heavy is loaded when it is asked for, so that making an episode, which
only needs an address, does not load a web server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.publish.addresses import DEFAULT_PORT, EVERY_ADDRESS, LOOPBACK, lan_addresses, local_base_url

if TYPE_CHECKING:
    from narrate.publish.feeds import About, Made
    from narrate.publish.listening import Listening, serve

__all__ = [
    "DEFAULT_PORT",
    "EVERY_ADDRESS",
    "LOOPBACK",
    "About",
    "Listening",
    "Made",
    "lan_addresses",
    "local_base_url",
    "serve",
]


def __getattr__(name: str) -> object:
    if name in {"Listening", "serve"}:
        from narrate.publish import listening

        return getattr(listening, name)
    if name in {"About", "Made"}:
        from narrate.publish import feeds

        return getattr(feeds, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
