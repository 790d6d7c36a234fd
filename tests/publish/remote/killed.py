"""A process whose children publish and are killed: ``killed.py ROOT MOMENTS [S3_URL]``.

Everything is imported once; each attempt is a fork. The target is looked at after
each kill, by somebody else's parser. Prints one JSON document with what happened.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import filelock  # noqa: F401 # imported once here, or every fork would import it anew
import s3fs  # noqa: F401 # the same
from tests.publish.remote.conftest import NEW, OLD
from tests.publish.remote.material import Looker, folder_files, lay, public, wanted

from narrate.pipeline.publishing import Wish, publish

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20_261_124


class FolderPlace:
    """A target that is a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root / "target"
        self.target = str(self.root)
        self.options: dict[str, object] = {}

    def restore(self, kept: Path) -> None:
        """Have there what was there."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(kept, self.root)

    def keep(self, kept: Path) -> None:
        """Keep what is there."""
        shutil.copytree(self.root, kept)

    def files(self) -> dict[str, bytes]:
        """What is there."""
        return folder_files(self.root)


class BucketPlace:
    """A target in a bucket of a server that speaks S3; boto3 looks into it."""

    def __init__(self, url: str) -> None:
        import boto3

        self._client = boto3.client("s3", endpoint_url=url)
        self._client.create_bucket(Bucket="killed")
        self.target = "s3://killed/pods"
        self.options: dict[str, object] = {"endpoint_url": url}
        self._kept: dict[str, Any] = {}

    def keep(self, _kept: Path) -> None:
        """Keep what is there, with its headers."""
        for key in self._keys():
            found = self._client.get_object(Bucket="killed", Key=key)
            self._kept[key] = (found["Body"].read(), found["ContentType"], found["CacheControl"])

    def restore(self, _kept: Path) -> None:
        """Have there what was there."""
        for key in self._keys():
            self._client.delete_object(Bucket="killed", Key=key)
        for key, (data, mime, cache) in self._kept.items():
            self._client.put_object(Bucket="killed", Key=key, Body=data, ContentType=mime, CacheControl=cache)

    def files(self) -> dict[str, bytes]:
        """What is there."""
        return {
            key.removeprefix("pods/"): self._client.get_object(Bucket="killed", Key=key)["Body"].read()
            for key in self._keys()
        }

    def _keys(self) -> list[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket="killed")
        return [row["Key"] for page in pages for row in page.get("Contents", [])]


def fork(work: Callable[[], object]) -> int:
    """Begin work in a child."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:  # noqa: BLE001 # a fork must not go on with its parent's work
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def ended(child: int) -> int:
    """Wait for a child; its exit code, or minus its signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def trial(place: FolderPlace | BucketPlace, work: Callable[[], object], moment_s: float) -> dict[str, object]:
    """A run that is killed at a moment, earlier where it was quicker than that, and the one after it."""
    child = fork(work)
    time.sleep(moment_s)
    os.kill(child, signal.SIGKILL)
    killed = ended(child) == -signal.SIGKILL
    there = place.files()
    found: dict[str, object] = {"killed": killed, "wrong": Looker(there.get).wrong_in(there["feed.xml"])}
    found["interim"] = any(path not in public(there) and not path.startswith(".") for path in there)
    found["code"] = ended(fork(work))
    return found


def main(root: Path, moments: int, url: str = "") -> dict[str, object]:
    """As many trials as that, from a published show to one with an episode remade, one added and one gone."""
    place = BucketPlace(url) if url else FolderPlace(root)
    old, new = lay(root / "old" / "reads", OLD), root / "new" / "reads"
    shutil.copytree(old, new)
    shutil.rmtree(new / "wine")
    lay(new, NEW)
    work = {
        show: partial(publish, show, Wish(place.target, place.options, delete=True), lambda _event: None)
        for show in (old, new)
    }
    assert ended(fork(work[old])) == 0
    place.keep(root / "kept")
    began_s = time.monotonic()
    assert ended(fork(work[new])) == 0
    length_s = time.monotonic() - began_s
    chance = random.Random(SEED)  # noqa: S311 # it hides nothing
    trials = []
    for _ in range(moments):
        found: dict[str, object] = {"killed": False}
        moment_s = chance.uniform(0, length_s)
        while not found["killed"]:
            place.restore(root / "kept")
            found = trial(place, work[new], moment_s)
            moment_s /= 2
        found["same"] = public(place.files()) == wanted(new)
        trials.append(found)
    return {"trials": trials, "length_s": length_s}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])))
