"""Publishing to real servers of each kind: ``python tests/faults/stores.py [sftp webdav gs az]``.

Makes an environment of its own, installs the drivers and servers into it by pip (and Azurite by npm), starts each
server and publishes to it: a show, nothing, the show changed, the same with --delete. What is there is read back.
Takes a few minutes, most of them for installing.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import venv
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Server = Callable[[Path], Any]

HOME = Path(__file__).parents[2]
NEEDS = ("adlfs", "gcsfs", "paramiko", "webdav4[fsspec]", "asyncssh", "wsgidav", "cheroot", "gcp-storage-emulator")
INSIDE = "NARRATE_STORES"
# Azurite's one account, the same everywhere (its documentation, "Default storage account").
AZURITE = "devstoreaccount1"
AZURITE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def install(folder: Path) -> Path:
    """An environment with the servers, over what is installed here; its Python."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    here = sysconfig.get_path("purelib")
    library = next(folder.rglob("site-packages"))
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", *NEEDS], check=True)
    (library / "beside.pth").write_text(here, encoding="utf-8")
    if shutil.which("npm"):
        subprocess.run(["npm", "install", "--silent", "azurite"], cwd=folder, check=True)
    return scripts / "python"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody does."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


@contextmanager
def program(*command: str, port: int) -> Iterator[None]:
    """A server that is a program."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def sftp(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """AsyncSSH's server, with a password."""
    import asyncssh

    port = free_port()

    class Server(asyncssh.SSHServer):  # type: ignore[misc] # not installed where types are checked
        def begin_auth(self, _user: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, _user: str, password: str) -> bool:
            return password == "hush-hush"  # noqa: S105 # of this server alone

    async def serve() -> None:
        keys = [asyncssh.generate_private_key("ssh-ed25519")]
        await asyncssh.listen(
            "127.0.0.1",
            port,
            server_factory=Server,
            server_host_keys=keys,
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(root)),
        )
        await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    wait_for(port)
    yield f"sftp://me:hush-hush@127.0.0.1:{port}/pods/reads", {}


@contextmanager
def webdav(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """WsgiDAV."""
    port = free_port()
    place = ("--host", "127.0.0.1", "--port", str(port), "--root", str(root), "--auth", "anonymous")
    with program(str(Path(sys.executable).with_name("wsgidav")), *place, port=port):
        yield f"webdav://127.0.0.1:{port}/pods/reads", {"base_url": f"http://127.0.0.1:{port}"}


@contextmanager
def gs(_root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """An emulator of Google's storage."""
    os.environ["GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT"] = "false"  # asks over a protocol that the emulator has not
    port = free_port()
    command = str(Path(sys.executable).with_name("gcp-storage-emulator"))
    place = ("--host", "127.0.0.1", "--port", str(port), "--in-memory", "--default-bucket", "pods")
    with program(command, "start", *place, port=port):
        yield "gs://pods/x/reads", {"endpoint_url": f"http://127.0.0.1:{port}", "token": "anon", "project": "p"}


@contextmanager
def az(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Azurite, Microsoft's own emulator."""
    from azure.storage.blob import BlobServiceClient

    port = free_port()
    found = Path(sys.executable).parents[1] / "node_modules" / ".bin" / "azurite-blob"
    place = ("--blobHost", "127.0.0.1", "--blobPort", str(port), "--location", str(root), "--skipApiVersionCheck")
    words = f"DefaultEndpointsProtocol=http;AccountName={AZURITE};AccountKey={AZURITE_KEY};"
    words += f"BlobEndpoint=http://127.0.0.1:{port}/{AZURITE};"
    with program(str(found), *place, port=port):
        BlobServiceClient.from_connection_string(words).create_container("pods")
        yield "az://pods/x/reads", {"connection_string": words}


SERVERS: dict[str, Server] = {"sftp": sftp, "webdav": webdav, "gs": gs, "az": az}


def try_store(name: str, root: Path) -> None:
    """Publish to a server of that kind."""
    from tests.publish.remote.conftest import NEW, OLD
    from tests.publish.remote.material import Looker, lay, public, wanted

    from narrate.pipeline.publishing import Wish, publish
    from narrate.publish.target import open_target

    old, new = lay(root / "old" / "reads", OLD), root / "new" / "reads"
    shutil.copytree(old, new)
    shutil.rmtree(new / "wine")
    lay(new, NEW)
    (root / "server").mkdir()
    with SERVERS[name](root / "server") as (url, options):
        plans = [
            publish(show, Wish(url, options, delete=delete), lambda _event: None).plan
            for show, delete in ((old, False), (old, False), (new, False), (new, True))
        ]
        target = open_target(url, options)
        there = {path: target.read(path, 10**9) or b"" for path in target.files()}
        target.close()
    assert [bool(plan.sends) for plan in plans] == [True, False, True, False]
    assert public(there) == wanted(new)
    assert Looker(there.get).is_whole()
    sys.stdout.write(f"{name}: {len(plans[0].sends)} files, then {len(plans[2].sends)} that changed; read back alike\n")


def main(names: list[str]) -> int:
    """Install, and begin again inside; or, inside, try each."""
    with tempfile.TemporaryDirectory(prefix="narrate-stores-") as folder:
        if not os.environ.get(INSIDE):
            python = install(Path(folder) / "venv")
            paths = os.pathsep.join((str(HOME), str(HOME / "src")))
            environment = os.environ | {INSIDE: "1", "PYTHONPATH": paths}
            return subprocess.run([python, __file__, *names], env=environment, check=False).returncode
        for name in names or SERVERS:
            (Path(folder) / name).mkdir()
            try_store(name, Path(folder) / name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
