"""What goes wrong between two steps, and what waiting costs."""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path

import pytest

from narrate.errors import ShowError
from narrate.runtime.cache import Cache, Pruned
from narrate.runtime.files import replace_patiently, write_atomic
from narrate.runtime.journal import read_journal
from narrate.runtime.staging import Staging, lock_show, recover
from narrate.runtime.workers import in_order


def decided(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show whose change was decided when the power went; returns the file that is staged."""
    with monkeypatch.context() as patch:
        patch.setattr("narrate.runtime.staging._finish", lambda _root, _journal: None)
        with Staging(root) as change:
            file = change.stage("one/a.mp3")
            file.write_bytes(b"sound")
            with lock_show(root) as show:
                change.commit(show)
    return file


def test_what_was_decided_happens_at_the_next_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And only once: the next but one finds nothing to do."""
    decided(tmp_path, monkeypatch)

    recover(tmp_path)
    recover(tmp_path)

    assert (tmp_path / "one" / "a.mp3").read_bytes() == b"sound"
    assert read_journal(tmp_path / ".staging") is None


@pytest.mark.parametrize("data", [b"", b"soun", b"sound and more"])
def test_a_staged_file_of_another_length_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """A disk that lost what it had promised to keep: said, and nothing half is shown as a whole."""
    decided(tmp_path, monkeypatch).write_bytes(data)

    with pytest.raises(ShowError, match="was changed after it was written; remove"):
        recover(tmp_path)

    assert not (tmp_path / "one").exists()


def test_what_cannot_be_removed_is_not_counted_as_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open in another program on Windows, or not ours: it still takes its room."""
    cache = Cache(tmp_path, clock=lambda: time.time() + 10 * 86_400)
    for key in "abc":
        cache.put("takes", key, b"12345")
    kept = cache._path("takes", "b")
    unlink = Path.unlink

    def stubborn(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 # as `Path.unlink`
        if path == kept:
            raise PermissionError(13, "in use")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", stubborn)

    assert cache.prune(max_bytes=0) == Pruned(2, 90, 1, 45)
    assert cache.get("takes", "b") == b"12345"


def test_what_is_gone_already_counts_as_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that prune at once do not stumble over each other."""
    cache = Cache(tmp_path, clock=lambda: time.time() + 10 * 86_400)
    cache.put("takes", "a", b"1")

    def gone(_path: Path) -> None:
        raise FileNotFoundError(2, "gone")

    monkeypatch.setattr(Path, "unlink", gone)

    assert cache.prune(max_bytes=0) == Pruned(1, 41, 0, 0)


def test_waiting_costs_next_to_nothing() -> None:
    """The consumer sleeps while a result is made: a core that it kept busy would be taken from the engines."""

    def nap(item: int) -> int:
        time.sleep(0.4)
        return item

    gc.collect()  # not in between: of what hundreds of tests left behind it takes most of a second
    before = time.thread_time()

    assert list(in_order(nap, [1, 2], jobs=1)) == [1, 2]
    assert time.thread_time() - before < 0.1


def test_a_file_that_is_open_is_tried_again_a_little_later_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows: five naps of two seconds in all, then the system's own error; elsewhere none."""
    naps: list[float] = []
    (tmp_path / "new").write_bytes(b"new")

    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(time, "sleep", naps.append)
    for platform, waits in (("linux", 0), ("win32", 5)):
        naps.clear()
        monkeypatch.setattr(sys, "platform", platform)
        with pytest.raises(PermissionError):
            replace_patiently(tmp_path / "new", tmp_path / "old")

        assert len(naps) == waits
        assert naps == sorted(naps)
        assert sum(naps) == pytest.approx(2.0 * bool(waits))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_written_to_a_pipe_comes_out_of_it(tmp_path: Path) -> None:
    """It is not replaced by a file: ``-o /dev/stdout`` and its like go to whoever reads."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomic(pipe, b"a script")

        assert os.read(reader, 100) == b"a script"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
