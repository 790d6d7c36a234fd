"""The cache: it may forget, it may not lie, and it never makes a run fail."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import StorageError
from narrate.runtime import cache as cache_module
from narrate.runtime.cache import TOUCH_S, Cache

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_S = 86_400.0
kinds = st.sampled_from(["takes", "units"])
keys = st.text(st.characters(codec="utf-8"), max_size=40)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 1_800_000_000.0

    def __call__(self) -> float:
        """Seconds since 1970, as set."""
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "cache", clock)


def files_of(cache: Cache) -> list[Path]:
    """Every entry on disk."""
    return sorted(path for path in cache.folder.glob("v*/**/*") if path.is_file())


def put(cache: Cache, key: str, size_bytes: int = 1000) -> None:
    """Keep something of a size, with the time of its last use that the clock shows."""
    cache.put("takes", key, bytes(size_bytes))
    stamp = cache._clock()
    os.utime(cache._path("takes", key), (stamp, stamp))


@given(st.dictionaries(st.tuples(kinds, keys), st.binary(max_size=300), max_size=8))
def test_what_is_put_is_got(entries: dict[tuple[str, str], bytes]) -> None:
    """Any data under any key, names of devices and paths among them, comes back, from another object too."""
    with TemporaryDirectory() as folder:
        cache = Cache(Path(folder, "cache"))
        for (kind, key), data in entries.items():
            assert cache.put(kind, key, data) == data

        assert {at: Cache(cache.folder).get(*at) for at in entries} == entries
        assert all(cache.has(*at) for at in entries)
        assert not cache.has("takes", "another key, longer than any that is drawn here")


@pytest.mark.parametrize("key", ["../../x", "/etc/passwd", "CON", "a\0b", "a:b", "", "x" * 5000])
def test_a_key_is_never_a_path(cache: Cache, key: str) -> None:
    """Keys are opaque: whatever they hold, the file lies in the cache and has a name every file system takes."""
    cache.put("takes", key, b"data")

    assert cache.get("takes", key) == b"data"
    (file,) = files_of(cache)
    assert set(file.name + file.parent.name) <= set("0123456789abcdef")


def test_a_kind_is_a_word_of_ours(cache: Cache) -> None:
    """Kinds are folder names, so anything but a small word is a mistake in the program."""
    with pytest.raises(ValueError, match="not a kind"):
        cache.put("../x", "key", b"")


def test_the_first_stays(cache: Cache) -> None:
    """Put if absent: the second one is handed the first one's data, since that is the take that is used."""
    first = cache.put("takes", "k", b"first")
    second = cache.put("takes", "k", b"second")

    assert (first, second, cache.get("takes", "k")) == (b"first", b"first", b"first")


@given(st.binary(min_size=1, max_size=200), st.data())
def test_an_altered_entry_is_absent(data: bytes, draw: st.DataObject) -> None:
    """One bit turned anywhere, or anything cut off or added: noticed, removed, absent, and put again."""
    with TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.put("takes", "k", data)
        (file,) = files_of(cache)
        whole = bytearray(file.read_bytes())
        at = draw.draw(st.integers(0, len(whole) - 1))
        altered = draw.draw(st.sampled_from(["bit", "cut", "more"]))
        if altered == "bit":
            whole[at] ^= 1 << draw.draw(st.integers(0, 7))
        file.write_bytes({"bit": whole, "cut": whole[:at], "more": whole + b"x"}[altered])

        assert cache.get("takes", "k") is None
        assert not file.exists()
        assert cache.put("takes", "k", b"new") == b"new"


def test_put_over_an_altered_entry_keeps_the_new(cache: Cache) -> None:
    """An entry that is there but not whole does not count as present for put either."""
    cache.put("takes", "k", b"old")
    files_of(cache)[0].write_bytes(b"")

    assert cache.put("takes", "k", b"new") == b"new"
    assert cache.get("takes", "k") == b"new"


def test_an_entry_under_another_name_is_noticed(cache: Cache) -> None:
    """The digest covers kind and key: an entry that was copied to another's place is not taken for it."""
    cache.put("takes", "a", b"data of a")
    cache.put("takes", "b", b"data of b")
    cache._path("takes", "a").replace(cache._path("takes", "b"))

    assert cache.get("takes", "b") is None


def test_another_version_is_absent_and_goes(cache: Cache, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of an older narrate are never read, and prune removes them when nobody has used them for a day."""
    put(cache, "old")
    monkeypatch.setattr(cache_module, "VERSION", 3)
    found = cache.get("takes", "old")
    clock.now_s += 2 * DAY_S
    put(cache, "new")
    usage = cache.size()
    cache.prune()

    assert found is None
    assert [(each.kind, each.entries) for each in usage] == [("", 1), ("takes", 1)]
    assert [file.parts[-4] for file in files_of(cache)] == ["v3"]


def test_size_counts_by_kind(cache: Cache) -> None:
    """`narrate cache` can say how much there is of what; an absent cache holds nothing."""
    empty = cache.size()
    cache.put("takes", "a", bytes(100))
    cache.put("takes", "b", bytes(100))
    cache.put("units", "a", bytes(1))

    assert empty == ()
    assert [(each.kind, each.entries) for each in cache.size()] == [("takes", 2), ("units", 1)]
    assert sum(each.size_bytes for each in cache.size()) == sum(file.stat().st_size for file in files_of(cache))


def test_prune_removes_what_was_used_longest_ago(cache: Cache, clock: Clock) -> None:
    """Least recently used goes first, and no more than needed; being read counts as use."""
    for key in "abcd":
        put(cache, key)
        clock.now_s += 2 * TOUCH_S
    cache.get("takes", "a")
    pruned = cache.prune(max_bytes=2200)

    assert [key for key in "abcd" if cache.get("takes", key)] == ["a", "d"]
    assert (pruned.entries, pruned.left_entries) == (2, 2)
    assert pruned.left_bytes == sum(file.stat().st_size for file in files_of(cache)) <= 2200


def test_prune_by_age(cache: Cache, clock: Clock) -> None:
    """What was not used for so long goes, whatever the size."""
    put(cache, "old")
    clock.now_s += 10 * DAY_S
    put(cache, "new")
    cache.prune(older_than_s=5 * DAY_S)

    assert cache.get("takes", "old") is None
    assert cache.get("takes", "new") is not None


def test_reading_rarely_writes(cache: Cache, clock: Clock) -> None:
    """The time of use is noted at most once in `TOUCH_S`, and a clock that was wrong is put right."""
    put(cache, "k")
    file = files_of(cache)[0]
    put_s = file.stat().st_mtime
    clock.now_s += TOUCH_S / 2
    cache.get("takes", "k")
    soon_s = file.stat().st_mtime
    clock.now_s += TOUCH_S
    cache.get("takes", "k")
    later_s = file.stat().st_mtime
    clock.now_s -= 10 * DAY_S
    cache.get("takes", "k")

    assert (soon_s, later_s) == (put_s, put_s + 1.5 * TOUCH_S)
    assert file.stat().st_mtime == clock.now_s


def test_prune_keeps_what_a_run_has_used(cache: Cache, clock: Clock) -> None:
    """Pruned to nothing in the middle of a run, everything the run got or put is still there; the rest is gone."""
    for key in ("used", "idle"):
        put(cache, key)
    clock.now_s += 5 * DAY_S
    with Cache(cache.folder, clock).in_use():
        cache.get("takes", "used")
        clock.now_s += 3 * DAY_S
        put(cache, "made")
        cache.prune(max_bytes=0)
        kept = [key for key in ("used", "idle", "made") if cache.get("takes", key)]
    cache.prune(max_bytes=0)

    assert kept == ["used", "made"]
    assert files_of(cache) == []


def test_a_run_that_was_killed_protects_nothing(cache: Cache) -> None:
    """The mark of a run dies with its process, however it dies, and prune clears it away."""
    code = (
        "import os, signal, sys; from pathlib import Path; from narrate.runtime.cache import Cache\n"
        "with Cache(Path(sys.argv[1])).in_use():\n"
        "    Cache(Path(sys.argv[1])).put('takes', 'k', b'data'); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(cache.folder)], check=False)
    marks = list(cache.folder.glob("running/*"))
    Cache(cache.folder).prune(max_bytes=0)

    assert len(marks) == 1
    assert files_of(cache) == []
    assert list(cache.folder.glob("running/*")) == []


def test_what_killed_writers_left_goes(cache: Cache, clock: Clock) -> None:
    """A half-written file never counts as an entry, and prune removes it after a day."""
    put(cache, "k")
    left = files_of(cache)[0].with_name("0123456789abcdef.tmp")
    left.write_bytes(b"narr")
    os.utime(left, (clock.now_s, clock.now_s))
    cache.prune()
    soon = left.exists()
    clock.now_s += 2 * DAY_S
    cache.prune()

    assert soon
    assert not left.exists()
    assert cache.get("takes", "k") is not None


def test_daily_pruning_is_daily(cache: Cache, clock: Clock) -> None:
    """Looking through the whole cache is not done at every command."""
    put(cache, "a")
    first = cache.prune_daily(10_000)
    clock.now_s += DAY_S / 2
    second = cache.prune_daily(0)
    clock.now_s += DAY_S
    third = cache.prune_daily(0)

    assert first is not None
    assert second is None
    assert third is not None
    assert (first.left_entries, third.left_entries) == (1, 0)


def fail_with(number: int) -> Callable[..., None]:
    """A stand-in for an operation of the disk that fails."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "somewhere")

    return fail


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permission denied")],
)
def test_a_full_disk_loses_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    """What cannot be kept is handed back, counted, had again in this run, and an error only for who asks."""
    cache.put("takes", "before", b"kept")
    cache.check()
    monkeypatch.setattr(cache_module, "_write", fail_with(number))
    first = cache.put("takes", "k", b"first")
    second = cache.put("takes", "k", b"second")

    assert (first, second) == (b"first", b"first")
    assert (cache.get("takes", "k"), cache.get("takes", "before")) == (b"first", b"kept")
    assert cache.failures == 2
    with pytest.raises(StorageError, match=said):
        cache.check()
    assert not list(cache.folder.glob("**/*.tmp"))


def test_memory_is_bounded_when_the_disk_takes_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten hours on a full disk do not end in memory: beyond the bound, data is handed back and forgotten."""
    monkeypatch.setattr(cache_module, "_write", fail_with(errno.ENOSPC))
    monkeypatch.setattr(cache_module, "MEMORY_BYTES", 2500)
    data = {key: key.encode() * 1000 for key in "abcd"}
    handed = {key: cache.put("takes", key, data[key]) for key in data}

    assert handed == data
    assert [cache.get("takes", key) is not None for key in data] == [True, True, False, False]
    assert [cache.has("takes", key) for key in data] == [True, True, False, False]


def test_a_folder_that_is_a_file_is_no_disaster(tmp_path: Path) -> None:
    """However wrong the place, a run goes on."""
    (tmp_path / "cache").write_text("not a folder", encoding="ascii")
    cache = Cache(tmp_path / "cache")
    with cache.in_use():
        kept = cache.put("takes", "k", b"data")

    assert kept == b"data"
    assert cache.get("takes", "k") == b"data"
    assert cache.size() == ()
    assert cache.prune_daily(0) is not None
    assert "is not a folder" in str(cache.complaint())


def test_without_hard_links_it_works_too(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT and some network file systems have no hard links; the first still stays."""
    monkeypatch.setattr(Path, "hardlink_to", fail_with(errno.EPERM))
    kept = [cache.put("takes", "k", b"first"), cache.put("takes", "k", b"second")]

    assert kept == [b"first", b"first"]
    assert len(files_of(cache)) == 1


def _race(folder: str, name: int, start_s: float, answers: multiprocessing.Queue[list[bytes]]) -> None:
    cache = Cache(Path(folder))
    time.sleep(max(0, start_s - time.time()))
    answers.put([cache.put("takes", str(key), f"{name} {key}".encode() * 500) for key in range(100)])


def test_processes_that_put_at_once_agree(tmp_path: Path) -> None:
    """Of several that put under one key at the same time, all are handed the same data, and it is what stays."""
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[list[bytes]] = context.Queue()
    start_s = time.time() + 1.0
    racers = [context.Process(target=_race, args=(str(tmp_path), name, start_s, answers)) for name in range(3)]
    for racer in racers:
        racer.start()
    given = [answers.get(timeout=60) for _ in racers]
    for racer in racers:
        racer.join(60)

    assert given[0] == given[1] == given[2]
    assert given[0] == [Cache(tmp_path).get("takes", str(key)) for key in range(100)]
    assert not list(tmp_path.glob("**/*.tmp"))


def test_a_small_entry_costs_little(cache: Cache) -> None:
    """Get and put together cost 0.1 ms of narrate's own CPU; what the file system takes to make a file is its own."""
    for key in range(600):
        cache.put("units", f"warm {key}", b"x" * 2000)  # makes the 256 folders
    began_s = os.times().user
    for key in range(400):
        cache.put("units", str(key), b"x" * 2000)
        cache.get("units", str(key))

    assert (os.times().user - began_s) / 400 < 0.0005
