"""What holds for every test: no network, no settings of the person who runs it, no cache of theirs."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two cores shared by all tests make any deadline a coin toss; the same examples every time make a failure everybody's.
settings.register_profile("narrate", deadline=None, derandomize=True)
settings.load_profile("narrate")

# A shell that starts the tests in the background has them, and all that they start, ignore Ctrl-C; some test just that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point every folder narrate keeps anything in to one of the tests, and forget the settings in the environment."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("NARRATE_")]:
            patch.delenv(name)
        for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
            patch.setenv(name, str(home))
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine, so that no test needs one by accident."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - whatever a socket's family takes
        host = address[0] if isinstance(address, tuple) else ""
        if host not in {"", "localhost"} and not ipaddress.ip_address(host).is_loopback:
            msg = f"a test tried to reach {host}"
            raise OSError(msg)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield
