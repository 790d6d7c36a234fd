"""A process whose children make episodes and are killed: ``killed.py ROOT plain|crash|many``.

Everything is imported once; each attempt is a fork. The clock stands still and guids are counted, so that what
comes out can be compared byte for byte. Prints one JSON document with what happened.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import filelock  # noqa: F401 # imported once here, or every fork would import it anew
from tests.pipeline.watched import WatchedMp3

from narrate.episode import cover
from narrate.pipeline import packing
from narrate.pipeline.making import make
from narrate.pipeline.order import Order
from narrate.pipeline.tools import Tools
from narrate.runtime.cache import Cache
from narrate.runtime.plugins import load
from narrate.settings import load_settings
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Take, Utterance, Voice

SEED = 20_261_124
MOMENTS = 20
RENAMES = (1, 2, 3, 8)
FIRST = "# Bread\n\nBread is old. It was baked before anyone wrote.\n\nFlour and water are mixed. Then one waits.\n"
TEXT = f"{FIRST}\nA crust forms. It sings when it cools. People break it, and eat it warm, with butter.\n"
SOUND = "bread/bread.mp3"


class Noting:
    """Notes in a file what is begun; each line is written at once, and outlives a kill."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, line: str) -> None:
        """Append a line."""
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{line}\n".encode())
        os.close(handle)

    def lines(self) -> list[str]:
        """What was noted since the last look."""
        found = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
        self._path.unlink(missing_ok=True)
        return found


class SlowTone(ToneEngine):
    """Tones that take a moment, so that a kill may find one in hand."""

    def __init__(self, notes: Noting) -> None:
        self._notes = notes

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Note it, wait, speak."""
        self._notes.note(utterance.spoken)
        time.sleep(0.01)
        return super().speak(utterance, voice)


class Place:
    """A folder with an article, a show, a cache and notes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.show = root / "out" / "narrated-articles"
        self.cache = Cache(root / "cache")
        self.takes = Noting(root / "spoken")
        self.units = Noting(root / "encoded")

    def make(self, article: Path) -> None:
        """Make an episode of the article."""
        given = {"engine": "tone", "music": "none", "out": str(self.root / "out"), "jobs": 2}
        guids = count(int(sha256(str(article).encode()).hexdigest()[:8], 16))
        tools = Tools(
            load("narrate.readers"),
            {"tone": SlowTone(self.takes)},
            {"mp3": WatchedMp3(lambda samples, _: self.units.note(sha256(samples.tobytes()).hexdigest()))},
            Cache(self.cache.folder),
            now=lambda: datetime(2026, 11, 24, 12, tzinfo=UTC),
            new_guid=lambda: str(UUID(int=next(guids))),
            wait=lambda _: None,
        )
        result = make(Order((str(article),)), load_settings(given, {}, self.root, None), tools, lambda _: None)
        for failure in result.failed:
            raise failure.error

    def files(self) -> dict[str, str]:
        """Digests of the show's files."""
        paths = sorted(path for path in self.show.rglob("*") if path.is_file() and ".staging" not in path.parts)
        return {str(path.relative_to(self.show)): sha256(path.read_bytes()).hexdigest() for path in paths}

    def kept(self) -> dict[str, int]:
        """How many takes and units are kept."""
        return {usage.kind: usage.entries for usage in self.cache.size()}


def fork(work: Callable[[], None]) -> int:
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


def begin(root: Path, *, remake: bool) -> tuple[Place, Path]:
    """A place with nothing done yet or, for a remake, with a shorter version of the episode there."""
    shutil.rmtree(root, ignore_errors=True)
    shorter = root.with_name("shorter")
    if remake and shorter.exists():
        shutil.copytree(shorter, root)
    else:
        root.mkdir()
    place, article = Place(root), root / "bread.md"
    if remake and not shorter.exists():
        article.write_text(FIRST, encoding="utf-8")
        assert ended(fork(lambda: place.make(article))) == 0
        place.takes.lines()
        place.units.lines()
        shutil.copytree(root, shorter)
    article.write_text(TEXT, encoding="utf-8")
    return place, article


def die_at_rename(number: int) -> None:
    """Have this process kill itself just before its n-th file gets its place (PEP 578); the first is the decision."""
    left = number

    def count_down(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event == "os.rename" and ".staging" in str(args[0]):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count_down)


def make_and_die(place: Place, article: Path, rename: int) -> None:
    """Make an episode as far as that rename."""
    die_at_rename(rename)
    place.make(article)


def disturbed(root: Path, moment_s: float, rename: int, *, remake: bool) -> dict[str, object]:
    """A make that is killed at a moment, or before a rename unless that is 0, and the one after it."""
    place, article = begin(root, remake=remake)
    earlier = place.kept()
    child = fork(lambda: make_and_die(place, article, rename) if rename else place.make(article))
    if not rename:
        time.sleep(moment_s)
        os.kill(child, signal.SIGKILL)
    killed = ended(child) == -signal.SIGKILL
    kept, there = place.kept(), place.files()
    before = (place.takes.lines(), place.units.lines())
    code = ended(fork(lambda: place.make(article)))
    after = (place.takes.lines(), place.units.lines())
    return {
        "killed": killed,
        "code": code,
        "earlier": earlier,
        "kept": kept,
        "there": there,
        "before": before,
        "after": after,
        "final": place.kept(),
        "files": place.files(),
        "left": sorted(path.name for path in (place.show / ".staging").iterdir()),
    }


def killed(root: Path, moment_s: float, rename: int, *, remake: bool) -> dict[str, object]:
    """The same, at an earlier moment where the make was quicker than that."""
    run = disturbed(root, moment_s, rename, remake=remake)
    return run if run["killed"] or not moment_s else killed(root, moment_s / 2, rename, remake=remake)


def crash(root: Path) -> dict[str, object]:
    """Undisturbed runs, and as many disturbed ones as there are moments, new episodes and remade ones in turn."""
    chance = random.Random(SEED)  # noqa: S311 # it hides nothing
    found: dict[str, object] = {}
    length_s = 0.0
    for name, remake in (("new", False), ("remade", True)):
        place, article = begin(root / "p", remake=remake)
        old = place.files()
        began_s = time.monotonic()
        assert ended(fork(lambda at=place, of=article: at.make(of))) == 0  # type: ignore[misc] # bound on purpose
        length_s = time.monotonic() - began_s
        found[name] = {"old": old, "files": place.files(), "spoken": place.takes.lines()}
    moments = [(chance.uniform(0, length_s), 0) for _ in range(MOMENTS)] + [(0.0, rename) for rename in RENAMES]
    found["runs"] = [killed(root / "p", *moment, remake=bool(turn % 2)) for turn, moment in enumerate(moments)]
    return found


def many(root: Path) -> dict[str, object]:
    """Ten articles of one title made at once in one show."""
    place = Place(root)
    articles = [root / f"{number}.md" for number in range(10)]
    for number, article in enumerate(articles):
        article.write_text(f"# Bread\n\nThis is loaf {number} of the day.\n", encoding="utf-8")
    children = [fork(lambda of=article: place.make(of)) for article in articles]  # type: ignore[misc] # as above
    return {"codes": [ended(child) for child in children], "spoken": place.takes.lines(), "files": place.files()}


if __name__ == "__main__":
    vars(cover)["SHOW_PX"] = vars(packing)["EPISODE_PX"] = 100  # a small one takes less time
    folder = Path(sys.argv[1])
    sys.stdout.write(json.dumps({"crash": crash, "many": many}[sys.argv[2]](folder)))
