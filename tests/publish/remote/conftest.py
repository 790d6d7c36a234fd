"""Shows, a store that fails when it is told to, and a real S3 server in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from tests.publish.remote.material import lay

from narrate.pipeline.publishing import Published, Wish, publish
from narrate.publish.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from narrate.pipeline.order import Event

OLD = {"bread": "old", "salt": "old", "wine": "old"}
NEW = {"bread": "longer than it was", "salt": "old", "cheese": "new"}


@pytest.fixture(scope="session")
def shows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A show as it was ("old"), and as it is now ("new"): one episode remade, one added, one gone."""
    root = tmp_path_factory.mktemp("shows")
    old = lay(root / "old" / "reads", OLD)
    new = root / "new" / "reads"
    shutil.copytree(old, new)
    shutil.rmtree(new / "wine")
    lay(new, NEW)
    return {"old": old, "new": new}


@pytest.fixture
def show(shows: dict[str, Path], tmp_path: Path) -> Path:
    """The show as it was, to change."""
    shutil.copytree(shows["old"], tmp_path / "reads")
    return tmp_path / "reads"


@pytest.fixture
def send() -> Callable[..., Published]:
    """Publishes without patience: ``send(show, target, delete=True)``."""

    def call(show: Path, target: str, events: list[Event] | None = None, **wish: Any) -> Published:  # noqa: ANN401 # of `Wish`
        told = events if events is not None else []
        return publish(show, Wish(target, **({"patience": Patience(waits_s=())} | wish)), told.append)

    return call


@pytest.fixture(scope="session")
def s3_url() -> Iterator[str]:
    """The address of a server that speaks S3, moto's, in a process of its own."""
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert server.stderr is not None
    found = next(filter(None, (re.search(r"http://127\.0\.0\.1:\d+", line) for line in server.stderr)), None)
    assert found, "moto's server says where it listens"
    threading.Thread(target=lambda: [None for _ in server.stderr or ()], daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("ACCESS_KEY_ID", "me"),
            ("SECRET_ACCESS_KEY", "hush-hush"),
            ("DEFAULT_REGION", "us-east-1"),
        ):
            patch.setenv(f"AWS_{name}", value)
        yield found[0]
    server.kill()
    server.wait()
    server.stderr.close()


@pytest.fixture
def bucket(s3_url: str, request: pytest.FixtureRequest) -> tuple[Any, str]:
    """A client of another make, boto3, and the name of a new bucket."""
    import boto3

    client = boto3.client("s3", endpoint_url=s3_url)
    name = re.sub(r"[^a-z0-9]+", "-", f"{request.node.name}-{os.urandom(3).hex()}".lower()).strip("-")[-60:].strip("-")
    client.create_bucket(Bucket=name)
    return client, name
