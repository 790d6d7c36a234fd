"""A process that changes a show and is killed at each of its steps on disk: ``crash.py ROOT CASE [twice]``.

Every call that changes the disk raises an audit event of Python's before it
happens (PEP 578), so killing the process at the n-th event, for every n, stops
it at every boundary there is, without a hook in the code under test. Each death
happens in a fork of this process, which prints for each step one JSON line: did
the change live to its end, the show as it was left, the show after recovery, and
what is left in the staging folder.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import filelock  # noqa: F401 # imported once here, or every fork would import it anew

from narrate.runtime.journal import FOLDER
from narrate.runtime.staging import Staging, lock_show, recover

if TYPE_CHECKING:
    from collections.abc import Callable

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree", "os.truncate", "fcntl.flock"}
OLD = {
    "one/one.mp3": b"one, old",
    "one/old only.srt": b"of the old",
    "one/episode.json": b"manifest of one, old",
    "two/two.mp3": b"two",
    "two/episode.json": b"manifest of two",
    "feed.xml": b"one/one.mp3 8 two/two.mp3 3",
}


def add(staging: Staging) -> None:
    """A new episode."""
    staging.stage("feed.xml").write_bytes(b"one/one.mp3 8 two/two.mp3 3 three/three.mp3 5")
    staging.stage("three/episode.json").write_bytes(b"manifest of three")
    staging.stage("three/three.mp3").write_bytes(b"three")


def remake(staging: Staging) -> None:
    """An episode made again, with a file less."""
    staging.stage("one/one.mp3").write_bytes(b"one, new and longer")
    staging.stage("one/episode.json").write_bytes(b"manifest of one, new")
    staging.stage("feed.xml").write_bytes(b"one/one.mp3 19 two/two.mp3 3")
    staging.remove("one/old only.srt")


def remove(staging: Staging) -> None:
    """An episode removed."""
    staging.stage("feed.xml").write_bytes(b"one/one.mp3 8")
    staging.remove("two")


CASES: dict[str, Callable[[Staging], None]] = {"add": add, "remake": remake, "remove": remove}


def make_show(root: Path) -> None:
    """The show before anything happens to it."""
    for name, data in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def change(root: Path, case: str) -> None:
    """The change under test, whole."""
    with Staging(root) as staging:
        CASES[case](staging)
        with lock_show(root) as show:
            staging.commit(show)


def files_in(root: Path) -> dict[str, str]:
    """What somebody sees who looks at the show, its staging folder aside."""
    found = sorted(path for path in root.rglob("*") if FOLDER not in path.parts)
    return {str(path.relative_to(root)): path.read_text() if path.is_file() else "(folder)" for path in found}


def die_at(step: int) -> None:
    """Have this process kill itself just before its n-th step on disk."""
    left = step

    def count(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or event in WRITES:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def in_fork(step: int, function: Callable[[], None]) -> bool:
    """Run a function in a fork that dies at a step; tells whether it lived to the end."""
    child = os.fork()
    if not child:
        die_at(step)
        function()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"the change failed at step {step}")
    return not os.WIFSIGNALED(status)


def recover_dying(root: Path, first: int) -> None:
    """Recover, dying at one step after the other on the way, until one lives."""
    for step in range(first, 1000, 3):
        if in_fork(step, lambda: recover(root)):
            return


def main(root: Path, case: str, *, twice: bool) -> None:
    """Kill the change at every step there is, and the recoveries after it too if `twice`."""
    step, lived = 0, False
    while not lived:
        shutil.rmtree(root, ignore_errors=True)
        make_show(root)
        lived = in_fork(step, lambda: change(root, case))
        after = files_in(root)
        if twice:
            recover_dying(root, step % 3)
        recover(root)
        left = sorted(path.name for path in (root / FOLDER).glob("*"))
        sys.stdout.write(json.dumps([lived, after, files_in(root), left]) + "\n")
        step += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], twice=len(sys.argv) > 3)
