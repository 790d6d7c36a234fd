"""Files that appear together or not at all, whatever dies and whoever else is there."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.errors import ShowError, StorageError
from narrate.runtime import staging as staging_module
from narrate.runtime.journal import FOLDER, JOURNAL, Journal, Move, read_journal, safe_place, write_journal
from narrate.runtime.staging import Staging, lock_show, recover

if TYPE_CHECKING:
    from collections.abc import Iterator

CRASH = Path(__file__).with_name("crash.py")
posix = pytest.mark.skipif(sys.platform == "win32", reason="forks and kills")


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where there is such a thing: these tests sync files by the hundred."""
    memory = Path("/dev/shm")  # noqa: S108 # nothing is kept there
    if not os.access(memory, os.W_OK):
        yield tmp_path_factory.mktemp("show")
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def files_in(root: Path) -> dict[str, bytes]:
    """What somebody sees who looks at the show."""
    found = (path for path in root.rglob("*") if FOLDER not in path.parts and path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def put(root: Path, contents: dict[str, bytes], removals: tuple[str, ...] = ()) -> None:
    """Change a show in one go."""
    with Staging(root) as staging:
        for name, data in contents.items():
            staging.stage(name).write_bytes(data)
        for name in removals:
            staging.remove(name)
        with lock_show(root) as show:
            staging.commit(show)


def leftovers(root: Path) -> list[str]:
    """What is in the staging folder besides the lock."""
    return sorted(path.name for path in (root / FOLDER).iterdir() if not path.name.startswith("lock"))


def test_what_is_staged_appears_at_the_commit(tmp_path: Path) -> None:
    """Nothing is seen before the commit, everything after it, and nothing is left behind."""
    root = tmp_path / "out" / "show"
    with Staging(root) as staging:
        staging.stage("ep/ep.mp3").write_bytes(b"sound")
        staging.stage("feed.xml").write_bytes(b"feed")
        before = files_in(root)
        with lock_show(root) as show:
            staging.commit(show)

    assert before == {}
    assert files_in(root) == {"ep/ep.mp3": b"sound", "feed.xml": b"feed"}
    assert leftovers(root) == []


def test_without_a_commit_nothing_happens(tmp_path: Path) -> None:
    """An error on the way leaves the show as it was and no file behind."""
    put(tmp_path, {"feed.xml": b"old"})
    with suppress(RuntimeError), Staging(tmp_path) as staging:
        staging.stage("feed.xml").write_bytes(b"new")
        raise RuntimeError("on the way")

    assert files_in(tmp_path) == {"feed.xml": b"old"}
    assert leftovers(tmp_path) == []


def test_staged_files_keep_their_suffix(tmp_path: Path) -> None:
    """Libraries that go by the suffix can write a staged file; asked again, the place is the same."""
    with Staging(tmp_path) as staging:
        first = staging.stage("ep/a.mp3")

        assert first.suffix == ".mp3"
        assert staging.stage("ep/a.mp3") == first
        assert staging.stage("ep/b.mp3") != first


def test_files_that_name_others_come_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest after the files it lists, the feed after everything, whatever the order of staging."""
    order: list[str] = []

    def note(source: Path, target: Path) -> None:
        order.append(target.name)
        source.replace(target)

    monkeypatch.setattr(staging_module, "replace_patiently", note)
    put(tmp_path, dict.fromkeys(["feed.xml", "a/episode.json", "a/a.mp3", "index.html", "b/episode.json"], b"x"))

    assert order == ["a.mp3", "index.html", "episode.json", "episode.json", "feed.xml"]


def test_removals_are_files_or_folders_and_may_be_gone(tmp_path: Path) -> None:
    """A folder goes with all that is in it; what is not there already is no error."""
    put(tmp_path, {"a/a.mp3": b"a", "b/b.mp3": b"b", "b/old.srt": b"old"})
    put(tmp_path, {"feed.xml": b"feed"}, ("a", "b/old.srt", "never/was", "b/b.mp3/nor this"))

    assert files_in(tmp_path) == {"b/b.mp3": b"b", "feed.xml": b"feed"}
    assert not (tmp_path / "a").exists()
    assert leftovers(tmp_path) == []


names = st.sampled_from(["a/a.mp3", "a/episode.json", "b/b.mp3", "c.jpg", "feed.xml"])


@settings(max_examples=25)
@given(st.lists(st.tuples(st.dictionaries(names, st.binary(max_size=9)), st.sets(names)), max_size=4))
def test_it_does_what_a_dictionary_does(changes: list[tuple[dict[str, bytes], set[str]]]) -> None:
    """Any series of changes leaves the files that setting and deleting keys would leave."""
    expected: dict[str, bytes] = {}
    with TemporaryDirectory() as folder:
        for contents, removals in changes:
            gone = removals - set(contents)
            put(Path(folder), contents, tuple(gone))
            expected = {name: data for name, data in (expected | contents).items() if name not in gone}

        assert files_in(Path(folder)) == expected


@posix
@pytest.mark.parametrize("twice", [(), ("twice",)], ids=["once", "recovery too"])
@pytest.mark.parametrize("case", ["add", "remake", "remove"])
def test_killed_at_any_step_it_is_old_or_new(tmp_path: Path, case: str, twice: tuple[str, ...]) -> None:
    """Law 5. Killed at every step on disk, and again while recovering: the show is then the old or the new one, whole.

    Before anybody recovers, each file is old or new, never a part, and the feed names only files that are there.
    """
    run = subprocess.run(
        [sys.executable, str(CRASH), str(tmp_path / "show"), case, *twice], check=True, capture_output=True, text=True
    )
    steps = [json.loads(line) for line in run.stdout.splitlines()]
    old, new = steps[0][2], steps[-1][2]
    decided = [after == new for _, _, after, _ in steps]

    assert [lived for lived, *_ in steps] == [False] * (len(steps) - 1) + [True]
    assert len(steps) > 25
    assert old != new
    assert decided == sorted(decided)
    for _, left, after, staged in steps:
        assert after in (old, new)
        assert all(text in (old.get(name), new.get(name)) for name, text in left.items())
        assert set(left["feed.xml"].split()[::2]) <= set(left)
        assert set(staged) <= {"lock", "lock-holder"}


def fail_at(step: int, monkeypatch: pytest.MonkeyPatch, number: int) -> list[int]:
    """Have the step-th of the calls that change the disk fail; returns a list that is empty until it has."""
    count, failed = 0, []

    def failing(function: object) -> object:
        def call(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count == step:
                failed.append(step)
                raise OSError(number, os.strerror(number), str(args[0]))
            return function(*args, **kwargs)  # type: ignore[operator] # one of the os module's

        return call

    for name in ("replace", "rename", "mkdir", "fsync", "unlink"):
        monkeypatch.setattr(os, name, failing(getattr(os, name)))
    return failed


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_failing_disk_is_one_sentence_and_old_or_new(tmp_path: Path, number: int) -> None:
    """Whichever operation fails: a StorageError; then, with the disk well again, the next command finds old or new."""
    old = {"a/a.mp3": b"old", "feed.xml": b"old feed"}
    new = {"a/a.mp3": b"new", "b/b.mp3": b"new", "feed.xml": b"new feed"}
    outcomes = []
    for step in range(1, 100):
        root = tmp_path / str(step)
        put(root, old)
        with pytest.MonkeyPatch.context() as patch:
            failed = fail_at(step, patch, number)
            try:
                put(root, new)
            except StorageError as error:
                assert "\n" not in str(error)  # noqa: PT017 # each step may fail or not, and each is looked at
        if not failed:
            break
        recover(root)
        outcomes.append(files_in(root))

    assert len(outcomes) > 10
    assert all(outcome in (old, new) for outcome in outcomes)
    assert old in outcomes
    assert outcomes[-1] == new


def test_what_could_not_be_finished_is_not_begun(tmp_path: Path) -> None:
    """A folder where a file is to go, or a file where a folder is to be: refused before anything is changed."""
    put(tmp_path, {"a/a.mp3": b"old", "feed.xml": b"old"})
    (tmp_path / "a" / "taken.srt").mkdir()

    for impossible in ("a/taken.srt", "feed.xml/x"):
        with pytest.raises(StorageError, match="cannot write"):
            put(tmp_path, {"a/a.mp3": b"new", impossible: b"new"})
    assert files_in(tmp_path) == {"a/a.mp3": b"old", "feed.xml": b"old"}
    assert leftovers(tmp_path) == []


def test_a_file_that_was_staged_but_not_written_is_an_error(tmp_path: Path) -> None:
    """A promise that was not kept stops the commit, not half of it."""
    put(tmp_path, {"feed.xml": b"old"})
    with Staging(tmp_path) as staging, lock_show(tmp_path) as show:
        staging.stage("a.mp3")
        staging.stage("feed.xml").write_bytes(b"new")
        with pytest.raises(StorageError, match="no such file"):
            staging.commit(show)

    assert files_in(tmp_path) == {"feed.xml": b"old"}


def test_mistakes_of_the_program_are_errors(tmp_path: Path) -> None:
    """Staged and removed at once, or under another show's lock, cannot be meant."""
    with Staging(tmp_path) as staging, lock_show(tmp_path) as show:
        staging.stage("a/a.mp3").write_bytes(b"")
        staging.remove("a")
        with pytest.raises(ValueError, match="both staged and removed"):
            staging.commit(show)
        with lock_show(tmp_path / "other") as other, pytest.raises(ValueError, match="another show's"):
            staging.commit(other)


@pytest.mark.parametrize(
    "place",
    [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "",
        ".",
        "a\\..\\x",
        "C:/x",
        "C:x",
        "//host/x",
        ".staging/x",
        ".Staging",
        "a\0",
    ],
)
def test_nothing_is_written_outside_the_show(tmp_path: Path, place: str) -> None:
    """A manifest from elsewhere cannot name a file outside the show's folder, on any system."""
    with Staging(tmp_path) as staging:
        with pytest.raises(ShowError, match="not a place inside the show"):
            staging.stage(place)
        with pytest.raises(ShowError, match="not a place inside the show"):
            staging.remove(place)
    assert safe_place("./a//b.mp3") == "a/b.mp3"


def test_a_journal_reads_back_and_a_part_of_one_never_counts(tmp_path: Path) -> None:
    """What is decided is read as it was written; anything else is refused in one sentence, and never carried out."""
    journal = Journal("0123456789abcdef", (Move("0000.mp3", "é/x.mp3", 3),), ("gone", "a b"))
    (tmp_path / journal.run).mkdir()
    absent = read_journal(tmp_path)
    write_journal(tmp_path, journal)
    back = read_journal(tmp_path)
    text = (tmp_path / JOURNAL).read_bytes()

    assert absent is None
    assert back == journal
    for odd in (text[:-5], text[:10], b"", b"\xff\n{}", text.replace(b"gone", b"kept"), b"x\n{}\n", b"x\n[1]\n"):
        (tmp_path / JOURNAL).write_bytes(odd)
        with pytest.raises(ShowError, match="of another version of narrate, or was changed"):
            read_journal(tmp_path)


def test_leftovers_of_the_dead_go_and_of_the_living_stay(tmp_path: Path) -> None:
    """Recovery clears what a killed run staged, and never what another run is still writing."""
    code = (
        "import os, sys; from pathlib import Path; from narrate.runtime.staging import Staging\n"
        "staging = Staging(Path(sys.argv[1])).__enter__(); staging.stage('x.mp3').write_bytes(bytes(9)); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    dead = leftovers(tmp_path)
    with Staging(tmp_path) as living:
        file = living.stage("y.mp3")
        file.write_bytes(b"being written")
        recover(tmp_path)
        with Staging(tmp_path):
            pass

        assert len(dead) == 1
        assert file.read_bytes() == b"being written"
        assert leftovers(tmp_path) == [file.parent.name]


def test_reading_a_show_that_is_well_changes_nothing(tmp_path: Path) -> None:
    """`recover` at the start of every command makes no folder, no lock, and no wait."""
    (tmp_path / "feed.xml").write_bytes(b"feed")
    recover(tmp_path)
    recover(tmp_path / "not there")

    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]


def test_who_waits_too_long_is_told_for_whom(tmp_path: Path) -> None:
    """The lock is one at a time, between threads too, and the sentence names the process that holds it."""
    with lock_show(tmp_path), pytest.raises(ShowError) as caught, lock_show(tmp_path, wait_s=0.1):
        pass

    assert f"is being changed by another narrate (process {os.getpid()})" in str(caught.value)


def test_the_lock_of_the_dead_is_free(tmp_path: Path) -> None:
    """A process that died in the middle holds up nobody."""
    code = (
        "import os, sys; from pathlib import Path; from narrate.runtime.staging import lock_show\n"
        "lock_show(Path(sys.argv[1])).__enter__(); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    began_s = time.monotonic()
    with lock_show(tmp_path, wait_s=5):
        waited_s = time.monotonic() - began_s

    assert waited_s < 2


def test_ten_at_once_lose_nothing(tmp_path: Path) -> None:
    """Ten processes that each add to what the feed says under the lock: all ten are in it at the end."""
    code = (
        "import sys; from pathlib import Path; from narrate.runtime.staging import Staging, lock_show\n"
        "root, name = Path(sys.argv[1]), sys.argv[2]\n"
        "with Staging(root) as staging:\n"
        "    staging.stage(f'{name}/{name}.mp3').write_bytes(name.encode())\n"
        "    with lock_show(root) as show:\n"
        "        feed = root / 'feed.xml'\n"
        "        said = feed.read_text() if feed.exists() else ''\n"
        "        staging.stage('feed.xml').write_text(said + name + ' ')\n"
        "        staging.commit(show)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), f"e{number}"]) for number in range(10)]
    codes = [run.wait(60) for run in runs]

    assert codes == [0] * 10
    assert sorted((tmp_path / "feed.xml").read_text().split()) == sorted(f"e{number}" for number in range(10))
    assert len(list(tmp_path.glob("*/*.mp3"))) == 10
    assert leftovers(tmp_path) == []


def test_a_commit_may_come_from_another_thread(tmp_path: Path) -> None:
    """Locks belong to the run, not to a thread: staged here, committed there."""
    with Staging(tmp_path) as staging:
        staging.stage("feed.xml").write_bytes(b"feed")

        def commit() -> None:
            with lock_show(tmp_path) as show:
                staging.commit(show)

        thread = threading.Thread(target=commit)
        thread.start()
        thread.join(20)

    assert files_in(tmp_path) == {"feed.xml": b"feed"}


def test_a_commit_after_one_that_failed_finishes_it_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under one lock: a file that was open elsewhere for a while is put in place before the next change begins."""
    put(tmp_path, {"feed.xml": b"old"})
    refusals = [PermissionError(errno.EACCES, "open elsewhere", "a.mp3")]

    def sometimes(source: Path, target: Path) -> None:
        if refusals:
            raise refusals.pop()
        source.replace(target)

    monkeypatch.setattr(staging_module, "replace_patiently", sometimes)
    with Staging(tmp_path) as first, Staging(tmp_path) as second, lock_show(tmp_path) as show:
        first.stage("a.mp3").write_bytes(b"a")
        second.stage("b.mp3").write_bytes(b"b")
        with pytest.raises(StorageError, match=r"'a\.mp3': permission denied.*the next command goes on with it"):
            first.commit(show)
        second.commit(show)

    assert files_in(tmp_path) == {"a.mp3": b"a", "b.mp3": b"b", "feed.xml": b"old"}
    assert leftovers(tmp_path) == []


@posix
def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """The show's folder lies below a file, or on a disk that takes nothing."""
    (tmp_path / "file").write_bytes(b"")

    with (
        pytest.raises(StorageError, match=r"cannot write in .*a part of the path is not a folder"),
        lock_show(tmp_path / "file" / "show"),
    ):
        pass
    with pytest.raises(StorageError, match="cannot write in"), lock_show(Path("/proc/narrate")):
        pass


def test_a_workshop_goes_with_its_run(tmp_path: Path) -> None:
    """What is made in it can be staged by a rename; the rest of it is gone, with a commit and without one."""
    with Staging(tmp_path) as staging, lock_show(tmp_path) as show:
        (staging.workshop() / "made").write_bytes(b"a")
        (staging.workshop() / "rest").write_bytes(b"b")
        (staging.workshop() / "made").replace(staging.stage("a.onnx"))
        staging.commit(show)
    with Staging(tmp_path) as dropped:
        (dropped.workshop() / "made").write_bytes(b"c")

    assert files_in(tmp_path) == {"a.onnx": b"a"}
    assert leftovers(tmp_path) == []
