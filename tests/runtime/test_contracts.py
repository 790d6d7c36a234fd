"""What lies on somebody's disk from an earlier run, and what people are told: golden pairs."""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import closing
from hashlib import blake2b
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.errors import ArticleError, PlatformError, ShowError, StorageError
from narrate.runtime import files, plugins
from narrate.runtime.cache import Cache, Usage
from narrate.runtime.files import Patience, read_bounded, storage_error, sync, write_atomic, write_new
from narrate.runtime.journal import Journal, Move, read_journal, safe_place, write_journal
from narrate.runtime.locks import locked, try_lock
from narrate.runtime.staging import Staging, lock_show, recover
from narrate.runtime.workers import in_order

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

RUN = "0123456789abcdef"
REASONS = {
    errno.ENOSPC: "the disk is full; free some space and run it again",
    errno.EDQUOT: "your quota on this disk is used up; free some space and run it again",
    errno.EFBIG: "the file is larger than this disk or account allows; choose another folder",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.EACCES: "permission denied; choose a folder you may write in",
    errno.EPERM: "permission denied; choose a folder you may write in",
    errno.ENOENT: "there is no such file or folder; check the spelling",
    errno.ENOTDIR: "a part of the path is not a folder; check the spelling",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.ELOOP: "its links go round in a circle; name the file itself",
    errno.ENXIO: "it is a socket or a device that is not there; name a file",
    errno.EIO: "the disk reports an error; check the disk",
    errno.EMFILE: "too many files are open; close other programs and run it again",
    errno.ETXTBSY: "Text file busy; choose another folder",
}


@pytest.mark.parametrize("number", REASONS, ids=errno.errorcode.get)
def test_what_the_system_refuses_is_said_with_what_to_do(number: int) -> None:
    """One sentence an errno; one that nobody thought of has the system's own words."""
    error = OSError(number, os.strerror(number))

    assert str(storage_error("write", "a b.toml", error)) == f"cannot write 'a b.toml': {REASONS[number]}"


def test_an_error_without_a_word_is_named_by_its_kind() -> None:
    """Some libraries raise it bare."""
    assert str(storage_error("lock", "x", TimeoutError())) == "cannot lock 'x': TimeoutError; choose another folder"


def test_a_journal_of_this_version_is_carried_out(tmp_path: Path) -> None:
    """Byte for byte what an earlier narrate may have left when the power went: places, name and form are a promise."""
    text = json.dumps({"version": 1, "run": RUN, "moves": [["0000.mp3", "one/one.mp3", 5]], "removals": ["old"]})
    run = tmp_path / ".staging" / RUN
    run.mkdir(parents=True)
    (run / "0000.mp3").write_bytes(b"sound")
    (tmp_path / "old").mkdir()
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    (tmp_path / ".staging" / "journal.json").write_text(f"{digest}\n{text}\n", encoding="utf-8")

    recover(tmp_path)

    assert (tmp_path / "one" / "one.mp3").read_bytes() == b"sound"
    assert not (tmp_path / "old").exists()
    assert sorted(path.name for path in (tmp_path / ".staging").iterdir() if path.is_dir()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": "1"},
        {"run": "../x"},
        {"run": 7},
        {"moves": [["../x", "a", 1]]},
        {"moves": [["0000", "../a", 1]]},
        {"moves": [["0000", "/a", 1]]},
        {"moves": [["0000", "a"]]},
        {"moves": 7},
        {"removals": [".staging/lock"]},
        {"removals": [".."]},
    ],
)
def test_a_journal_that_narrate_cannot_have_written_moves_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    """Even with its digest right: another version's, or one that leads out of the show."""
    text = json.dumps({"version": 1, "run": RUN, "moves": [], "removals": [], **change})
    digest = blake2b(text.encode(), digest_size=16).hexdigest()
    (tmp_path / "journal.json").write_text(f"{digest}\n{text}\n", encoding="utf-8")

    with pytest.raises(ShowError):
        read_journal(tmp_path)


names = st.text("ab.é日 -", min_size=1, max_size=8).filter(lambda name: name.strip(". ") and not name.startswith("."))


@settings(max_examples=25)
@given(st.lists(st.tuples(names, names, st.integers(0, 10**12)), max_size=4), st.lists(names, max_size=3))
def test_any_journal_reads_back(moves: list[tuple[str, str, int]], removals: list[str]) -> None:
    """Whatever files are called."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        (Path(folder) / RUN).mkdir()
        journal = Journal(RUN, tuple(Move(a, f"{b}/{a}", size) for a, b, size in moves), tuple(removals))
        write_journal(Path(folder), journal)

        assert read_journal(Path(folder)) == journal


@pytest.mark.parametrize("place", ["a", "a/b/c.mp3", "ä b/c", "a/.hidden", "a..b", "..a", "con"])
def test_places_inside_a_show(place: str) -> None:
    """They are kept as they are."""
    assert safe_place(place) == place


def test_an_entry_of_the_cache_lies_where_it_lay_and_reads_as_it_read(tmp_path: Path) -> None:
    """The layout of version 1, byte for byte: hours of speech are in caches that must not be lost to an upgrade."""
    name = blake2b(b"key", digest_size=20).hexdigest()
    file = tmp_path / "v2" / "takes" / name[:1] / name[1:]
    file.parent.mkdir(parents=True)
    digest = blake2b(b"takes\0key\0data", digest_size=32).digest()
    file.write_bytes(b"narrate\x01" + digest + b"data")

    assert Cache(tmp_path).get("takes", "key") == b"data"
    assert Cache(tmp_path / "other").put("takes", "key", b"data") == b"data"
    assert (tmp_path / "other" / file.relative_to(tmp_path)).read_bytes() == file.read_bytes()


def test_sizes_are_listed_by_name(tmp_path: Path) -> None:
    """Whatever the order in which a folder tells its files; a header is 40 bytes."""
    cache = Cache(tmp_path)
    for kind in ("units", "covers", "takes"):
        cache.put(kind, "k", b"12345")

    assert cache.size() == tuple(Usage(kind, 1, 45) for kind in ("covers", "takes", "units"))


@pytest.mark.parametrize("kind", ["", "Takes", "1a", "a_b", "a/b", "a.b", "a" * 32, "a\n", "-a"])
def test_what_is_no_kind_of_entry(tmp_path: Path, kind: str) -> None:
    """Small letters, digits and hyphens, at most 31: it is a folder's name on every system."""
    with pytest.raises(ValueError, match="not a kind"):
        Cache(tmp_path).has(kind, "k")
    assert not Cache(tmp_path).has("a" * 31, "k")


@pytest.mark.parametrize(("platform", "synced"), [("win32", 0), ("linux", 1)])
def test_folders_are_synced_where_they_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, synced: int
) -> None:
    """A renamed file is safe when its folder is; Windows has no such thing. A file is synced everywhere."""
    done: list[int] = []
    monkeypatch.setattr(os, "fsync", done.append)
    monkeypatch.setattr(sys, "platform", platform)
    file = tmp_path / "file"
    file.touch()

    sync(tmp_path)
    assert len(done) == synced
    sync(file)
    assert len(done) == synced + 1


@pytest.mark.parametrize(("number", "fatal"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_a_file_system_that_cannot_sync_folders_is_used_all_the_same(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    fatal: bool,  # noqa: FBT001 # it is what is tested
) -> None:
    """Network and FUSE file systems say so; a disk that fails is an error, and so is a file that cannot be synced."""

    def refuse(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    (tmp_path / "file").touch()

    if fatal:
        with pytest.raises(OSError, match="no"):
            sync(tmp_path)
    else:
        sync(tmp_path)
    with pytest.raises(OSError, match="no"):
        sync(tmp_path / "file")


def test_a_folder_that_may_not_be_written_is_noticed_before_the_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that is there stays, and the sentence names the folder."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, _mode: path != tmp_path / "one")

    with Staging(tmp_path) as change:
        change.stage("one/a").write_bytes(b"new")
        with lock_show(tmp_path) as show, pytest.raises(StorageError, match="one': permission denied"):
            change.commit(show)

    assert (tmp_path / "one" / "a").read_bytes() == b"old"
    assert read_journal(tmp_path / ".staging") is None


def test_writing_in_part_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file that could not be synced is taken away again; one that is there is never written over."""
    (tmp_path / "there").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "there", b"new")
    monkeypatch.setattr(os, "fsync", lambda _handle: (_ for _ in ()).throw(OSError(errno.EIO, "no")))

    with pytest.raises(OSError, match="no"):
        write_new(tmp_path / "fresh", b"data")
    with pytest.raises(StorageError, match=r"^cannot write '.*there': the disk reports an error; check the disk$"):
        write_atomic(tmp_path / "there", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"there": b"old"}


@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_file_is_read_to_its_limit_and_no_further(data: bytes, limit: int) -> None:
    """The last byte that is allowed counts; one more is too many."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder, "file")
        file.write_bytes(data)
        if len(data) <= limit:
            assert read_bounded(file, limit) == data
        else:
            with pytest.raises(ArticleError, match=f"is larger than {limit} bytes, the most that is read; split it"):
                read_bounded(file, limit)


def test_patience_is_a_minute_of_silence_and_ten_in_all() -> None:
    """Whoever pipes a text in has that long; the reference says so."""
    assert Patience() == (60.0, 600.0)
    assert files._size(1_000_000) == "1 MB"


def test_a_plug_in_that_says_what_is_wrong_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of narrate's own kind passes as it is: it is a sentence already."""
    (tmp_path / "nv_odd.py").write_text(
        "from narrate.errors import PlatformError\nclass Odd:\n    def __init__(self):\n"
        "        raise PlatformError('the flute is not plugged in')\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    found = plugins.Plugins(
        "narrate.engines", {"odd": plugins.Plugin("narrate.engines", "odd", "nv_odd:Odd", "nv-odd")}
    )

    with pytest.raises(PlatformError, match=r"^the flute is not plugged in$"):
        found["odd"]
    assert found.working() == ({}, ("the flute is not plugged in",))


def test_a_lock_is_had_by_one(tmp_path: Path) -> None:
    """And by the next when it is let go; who holds it is told to who waits."""
    path = tmp_path / "lock"
    first = try_lock(path)
    assert first is not None
    assert try_lock(path) is None
    first.release()

    with (
        locked(path, tmp_path),
        pytest.raises(ShowError, match=rf"another narrate \(process {os.getpid()}\) for 0.05 s"),
        locked(path, tmp_path, wait_s=0.05),
    ):
        pass
    again = try_lock(path)
    assert again is not None
    again.release()


@pytest.mark.parametrize(("jobs", "ahead", "begun"), [(1, 0, 2), (3, 0, 6), (2, 1, 1), (1, 5, 5)])
def test_so_many_are_begun_before_the_first_is_taken(jobs: int, ahead: int, begun: int) -> None:
    """Twice the jobs, or what was asked for."""
    read: list[int] = []

    def items() -> Iterator[int]:
        for item in range(50):
            read.append(item)
            yield item

    with closing(cast("Generator[int]", in_order(abs, items(), jobs, ahead))) as results:
        next(results)

        assert len(read) == begun
