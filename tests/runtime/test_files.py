"""Reading ends, writing is whole, and what goes wrong is one sentence."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import ArticleError, MixError, StorageError
from narrate.runtime import files
from narrate.runtime.files import Patience, read_bounded, read_stream_bounded, sha256_of, shown, write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable

posix = pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may do anything")


@given(st.text(max_size=60))
def test_a_name_is_shown_on_one_line(name: str) -> None:
    """Whatever a file is called, its name in a sentence holds no control character and no line break, and is quoted."""
    text = shown(name)

    assert text.isprintable()
    assert text[0] == text[-1]
    assert text[0] in "'\""


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """Up to the limit, exactly what is there."""
    file = tmp_path / "-odd\nname.txt"
    file.write_bytes(b"a\r\n\0b" * 1000)

    assert read_bounded(file, 5000) == b"a\r\n\0b" * 1000


def test_too_much_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    """A file over the limit is refused in one sentence, and even a terabyte of it is not read."""
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(1 << 40)

    with pytest.raises(ArticleError, match=r"huge.txt' is larger than 50 MB, the most that is read"):
        read_bounded(file, 50_000_000)


def make_folder(path: Path) -> None:
    """A folder where a file should be."""
    path.mkdir()


def make_socket(path: Path) -> None:
    """A socket where a file should be."""
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(path.name)


def make_loop(path: Path) -> None:
    """A link to itself where a file should be."""
    path.symlink_to(path)


def make_nothing(path: Path) -> None:
    """Nothing where a file should be."""


@posix
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (make_folder, "is a folder; name a file in it"),
        (make_socket, "it is a socket or a device"),
        (make_loop, "links go round in a circle"),
        (make_nothing, "there is no such file or folder"),
    ],
)
def test_what_is_no_file_gets_a_sentence(
    make: Callable[[Path], None],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A folder, a socket, a circle of links, nothing: one sentence that says which, in the error asked for."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "x")

    with pytest.raises(MixError, match=said):
        read_bounded(tmp_path / "x", 100, MixError)


@posix
def test_a_path_through_a_file_gets_a_sentence(tmp_path: Path) -> None:
    """A part of the path is a file."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(ArticleError, match="a part of the path is not a folder"):
        read_bounded(tmp_path / "file" / "x", 100)


@not_root
@posix
def test_what_may_not_be_read_gets_a_sentence(tmp_path: Path) -> None:
    """No permission."""
    (tmp_path / "x").write_bytes(b"")
    (tmp_path / "x").chmod(0)

    with pytest.raises(ArticleError, match="permission denied"):
        read_bounded(tmp_path / "x", 100)


@posix
def test_an_endless_device_ends_at_the_limit() -> None:
    """/dev/zero is not read for ever."""
    with pytest.raises(ArticleError, match="larger than 2 MB"):
        read_bounded(Path("/dev/zero"), 2_000_000)


@posix
def test_a_named_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    """``narrate make <(curl …)`` works: a pipe by name is waited for and read, however slowly it comes."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        time.sleep(0.1)
        with pipe.open("wb", buffering=0) as stream:
            for _ in range(3):
                stream.write(b"text ")
                time.sleep(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    data = read_bounded(pipe, 1000)
    writer.join()

    assert data == b"text text text "


@posix
@pytest.mark.parametrize("patience", [Patience(0.1, 60), Patience(60, 0.1)])
def test_a_pipe_nobody_writes_to_ends(tmp_path: Path, patience: Patience) -> None:
    """No hang: a silent pipe is given up, whichever limit comes first."""
    os.mkfifo(tmp_path / "pipe")
    began_s = time.monotonic()

    with pytest.raises(ArticleError, match=r"pipe' did not end within 0\.1 s"):
        read_bounded(tmp_path / "pipe", 1000, patience=patience)
    assert time.monotonic() - began_s < 10


TRICKLE = "import time\nwhile True:\n    print(1, flush=True)\n    time.sleep(0.02)"


@posix
def test_a_trickle_ends() -> None:
    """A pipe that says a little for ever is given up after the time in all."""
    trickle = subprocess.Popen([sys.executable, "-c", TRICKLE], stdout=subprocess.PIPE)
    assert trickle.stdout

    with trickle.stdout, pytest.raises(ArticleError, match=r"standard input did not end within 0\.5 s"):
        read_stream_bounded(trickle.stdout, 10**6, patience=Patience(10, 0.5))
    trickle.kill()
    trickle.wait(10)


FLOOD = "import os\nwhile True:\n    os.write(1, b'1 ' * 32768)"


@posix
def test_a_flood_ends() -> None:
    """``yes | narrate make -`` ends at the limit."""
    flood = subprocess.Popen([sys.executable, "-c", FLOOD], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert flood.stdout

    with flood.stdout, pytest.raises(ArticleError, match="standard input is larger than 1 MB"):
        read_stream_bounded(flood.stdout, 1_000_000)
    flood.kill()
    flood.wait(10)


def test_standard_input_from_a_file_or_memory(tmp_path: Path) -> None:
    """``narrate make - < file`` reads the file; a stream without a descriptor is read too, and bounded."""
    (tmp_path / "x").write_bytes(b"text")
    with (tmp_path / "x").open("rb") as stream:
        from_file = read_stream_bounded(stream, 100)

    assert from_file == b"text"
    assert read_stream_bounded(io.BytesIO(b"text"), 4) == b"text"
    with pytest.raises(ArticleError, match="standard input is larger than 3 bytes"):
        read_stream_bounded(io.BytesIO(b"text"), 3)


@given(st.binary(max_size=3000), st.binary(max_size=3000))
def test_a_write_replaces_the_whole_file(old: bytes, new: bytes) -> None:
    """After a write the file holds exactly the new bytes, and its folder nothing else."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder, "x.yaml")
        write_atomic(file, old)
        write_atomic(file, new)

        assert file.read_bytes() == new
        assert list(Path(folder).iterdir()) == [file]


@posix
def test_a_write_keeps_permissions_and_follows_links(tmp_path: Path) -> None:
    """A file somebody made private stays private; a link stays a link."""
    file, link = tmp_path / "file", tmp_path / "link"
    write_atomic(file, b"old")
    fresh = stat.S_IMODE(file.stat().st_mode)
    file.chmod(0o600)
    link.symlink_to(file)
    write_atomic(link, b"new")
    mask = os.umask(0)
    os.umask(mask)

    assert file.read_bytes() == b"new"
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert fresh == 0o666 & ~mask


@posix
def test_a_write_to_a_device_goes_there() -> None:
    """``-o /dev/null`` does not replace the device."""
    write_atomic(Path("/dev/null"), b"text")

    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@posix
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("no/such/folder/x", "there is no such file or folder"),
        ("file/x", "a part of the path is not a folder"),
        ("folder", "it is a folder"),
        ("n" * 300, "the name is too long"),
        ("loop/x", "links go round in a circle"),
    ],
)
def test_where_nothing_can_be_written_gets_a_sentence(place: str, said: str, tmp_path: Path) -> None:
    """What is wrong and with what, and nothing is left behind."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(StorageError, match=said) as caught:
        write_atomic(tmp_path / place, b"text")
    assert "\n" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


@posix
def test_the_old_file_survives_a_disk_that_fills_up(tmp_path: Path) -> None:
    """The system's own refusal in the middle of a write: old bytes stay, nothing half-written is left, one sentence."""
    (tmp_path / "x").write_bytes(b"old")
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from narrate.runtime.files import write_atomic; from narrate.errors import StorageError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_atomic(Path(sys.argv[1]), bytes(5000))\n"
        "except StorageError as error: print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "x")], check=True, capture_output=True, text=True)

    assert "larger than this disk or account allows" in run.stdout
    assert (tmp_path / "x").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failing_step_leaves_the_old_file(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it fails before the rename, the old file is whole and the staged one gone."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "x").write_bytes(b"old")
    monkeypatch.setattr(*((os, "fsync", full) if step == "fsync" else (Path, "replace", full)))

    with pytest.raises(StorageError, match="the disk is full; free some space"):
        write_atomic(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_windows_gets_a_second_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a scanner has open for a moment is replaced when it lets go; for ever, it is an error."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(time, "sleep", lambda _: None)
    replace, refusals = Path.replace, [PermissionError(errno.EACCES, "open elsewhere")] * 3

    def sometimes(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", sometimes)
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "x").write_bytes(b"old")
    files.replace_patiently(tmp_path / "new", tmp_path / "x")
    refusals.extend([PermissionError(errno.EACCES, "open elsewhere")] * 9)

    assert (tmp_path / "x").read_bytes() == b"new"
    with pytest.raises(PermissionError):
        files.replace_patiently(tmp_path / "x", tmp_path / "y")


def test_a_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    """SHA-256 as everybody's, whatever the size."""
    data = os.urandom(3_000_001)
    (tmp_path / "x").write_bytes(data)

    assert sha256_of(tmp_path / "x") == hashlib.sha256(data).hexdigest()
    with pytest.raises(StorageError, match="cannot read"):
        sha256_of(tmp_path / "y")


def test_places_are_the_systems_and_can_be_overridden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG folders where there are such, and what the settings say before anything."""
    from narrate.runtime import places

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "f"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "s"))

    assert places.cache_folder(str(tmp_path / "mine")) == tmp_path / "mine"
    assert places.config_file().name == "narrate.toml"
    if sys.platform == "linux":
        assert places.cache_folder() == tmp_path / "c" / "narrate"
        assert places.config_file() == tmp_path / "f" / "narrate" / "narrate.toml"
        assert places.state_folder() == tmp_path / "s" / "narrate"


def test_nothing_heavy_is_imported() -> None:
    """Modules of `runtime` and the settings import no library when they are imported: ``--help`` stays instant."""
    code = (
        "import sys; import narrate.runtime.plugins, narrate.runtime.cache, narrate.runtime.workers, narrate.settings\n"
        "import narrate.runtime.files, narrate.runtime.staging, narrate.runtime.places, narrate.runtime.locks\n"
        "print(*{'numpy', 'filelock', 'platformdirs', 'asyncio', 'concurrent.futures', 'importlib.metadata'}"
        " & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert run.stdout.split() == []
