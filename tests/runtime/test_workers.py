"""Workers: many at once, in order, bounded, and over when they should be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.runtime.workers import in_order, usable_cores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@given(st.lists(st.integers(), max_size=40), st.integers(1, 4), st.integers(1, 9))
def test_it_is_map(items: list[int], jobs: int, ahead: int) -> None:
    """Whatever the jobs and the look-ahead, results are those of map, in its order."""

    def uneven(item: int) -> int:
        time.sleep((item % 3) / 5000)
        return item * 2

    assert list(in_order(uneven, items, jobs, ahead)) == [item * 2 for item in items]


def test_jobs_run_at_once_but_never_more() -> None:
    """All the jobs asked for are busy together, and not one more."""
    running, most, guard = 0, 0, threading.Lock()
    together = threading.Barrier(3, timeout=10)

    def work(_: int) -> None:
        nonlocal running, most
        with guard:
            running += 1
            most = max(most, running)
        together.wait()
        with guard:
            running -= 1

    list(in_order(work, range(9), jobs=3))

    assert most == 3


def test_no_more_is_begun_than_ahead_of_the_consumer() -> None:
    """Memory is bounded: with a slow consumer, items read minus results consumed never exceeds the look-ahead."""
    read: list[int] = []

    def items() -> Iterator[int]:
        for item in range(50):
            read.append(item)
            yield item

    spread = []
    for consumed, _ in enumerate(in_order(str, items(), jobs=2, ahead=5), 1):
        time.sleep(0.002)
        spread.append(len(read) - consumed)

    assert max(spread) in range(1, 5)
    assert len(read) == 50


def test_the_first_error_comes_in_its_turn_and_ends_it() -> None:
    """Results before the failing item are had, its error is raised as it is, and what was not begun never is."""
    begun = []

    def work(item: int) -> int:
        begun.append(item)
        if item == 3:
            raise KeyError(item)
        return item

    got: list[int] = []
    with pytest.raises(KeyError, match="3"):
        got.extend(in_order(work, range(1000), jobs=2, ahead=4))
    begun_before = list(begun)
    time.sleep(0.05)

    assert got == [0, 1, 2]
    assert len(begun) < 12
    assert begun == begun_before
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("narrate")]


def test_errors_can_be_collected_by_the_caller() -> None:
    """One bad item does not stop the others if the function returns its error."""

    def work(item: int) -> int | ZeroDivisionError:
        try:
            return 10 // item
        except ZeroDivisionError as error:
            return error

    results = list(in_order(work, [5, 0, 2], jobs=2))

    assert results[0] == 2
    assert isinstance(results[1], ZeroDivisionError)
    assert results[2] == 5


def test_closing_ends_it_and_leaves_no_thread() -> None:
    """A consumer that has enough closes; nothing more is begun, what runs has ended when close returns."""
    begun, ended = [], []

    def work(item: int) -> int:
        begun.append(item)
        time.sleep(0.01)
        ended.append(item)
        return item

    results = in_order(work, range(1000), jobs=2, ahead=50)
    first = next(results)
    results.close()
    after = len(begun)
    time.sleep(0.05)

    assert first == 0
    assert len(begun) == after < 10
    assert sorted(begun) == sorted(ended)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("narrate")]


def test_an_error_in_reading_the_items_is_raised() -> None:
    """What the items' own iterator raises is not swallowed, and no worker is left."""

    def items() -> Iterator[int]:
        yield 1
        raise LookupError("no more paper")

    with pytest.raises(LookupError, match="no more paper"):
        list(in_order(str, items(), jobs=2))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("narrate")]


def test_nothing_to_do_is_nothing_done() -> None:
    """No items, no results, no threads left."""
    assert list(in_order(str, [], jobs=4)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise on Windows")
def test_ctrl_c_passes_promptly() -> None:
    """Ctrl-C reaches the caller as KeyboardInterrupt within moments, and no thread keeps the process from ending."""
    code = (
        "import time\n"
        "from narrate.runtime.workers import in_order\n"
        "def work(item):\n"
        "    print(item, flush=True)\n"
        "    time.sleep(0.2)\n"
        "try:\n"
        "    list(in_order(work, range(1000), jobs=2))\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    child.stdout.readline()
    began_s = time.monotonic()
    os.kill(child.pid, signal.SIGINT)
    said, _ = child.communicate(timeout=20)

    assert said.splitlines()[-1] == "interrupted"
    assert len(said.splitlines()) < 10
    assert child.returncode == 0
    assert time.monotonic() - began_s < 10


def make_cgroups(folder: Path, own: str, files: dict[str, str]) -> tuple[Path, Path]:
    """A tree like /sys/fs/cgroup and the file that says where this process is in it."""
    for name, text in files.items():
        (folder / "fs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "fs" / name).write_text(text, encoding="ascii")
    (folder / "own").write_text(own, encoding="ascii")
    return folder / "fs", folder / "own"


@pytest.mark.parametrize(
    ("own", "files", "cores"),
    [
        ("0::/\n", {"cpu.max": "150000 100000\n"}, 2),
        ("0::/\n", {"cpu.max": "20000 100000\n"}, 1),
        ("0::/\n", {"cpu.max": "max 100000\n"}, 64),
        ("0::/a/b\n", {"a/cpu.max": "300000 100000\n", "a/b/cpu.max": "max 100000\n"}, 3),
        ("4:cpu,cpuacct:/d\n", {"cpu/d/cpu.cfs_quota_us": "400000\n", "cpu/d/cpu.cfs_period_us": "100000\n"}, 4),
        ("4:cpu,cpuacct:/\n", {"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, 64),
        ("4:memory:/\n", {"cpu.max": "100000 100000\n"}, 64),
        ("what is this\n", {"cpu.max": "bogus\n"}, 64),
    ],
)
def test_a_containers_quota_counts(
    own: str,
    files: dict[str, str],
    cores: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Quotas of both versions, at any level above, are rounded up; none or an odd one leaves the cores there are."""
    monkeypatch.setattr("narrate.runtime.workers._process_cores", lambda: 64)

    assert usable_cores(*make_cgroups(tmp_path, own, files)) == cores


def test_without_cgroups_the_process_decides(tmp_path: Path) -> None:
    """Where there is no such thing as a cgroup, it is what the process may use: at least one core."""
    assert 1 <= usable_cores(tmp_path / "x", tmp_path / "y") <= (os.cpu_count() or 1)
