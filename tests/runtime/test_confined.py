"""A confined function: its limits hold, its errors come back, and nothing that it does reaches the parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from narrate.errors import ArticleError, NarrateError, VoiceError
from narrate.runtime.confined import Limits, confined

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="the traits of one kind of system")
linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and RLIMIT_DATA")


@pytest.fixture
def wild(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 # a module
    """Return the module of bad manners, importable in the child by the parent's path."""
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.delitem(sys.modules, "wild", raising=False)
    return import_module("wild")


def refusal(function: Callable[..., object], *arguments: object, limits: Limits = Limits()) -> NarrateError:  # noqa: B008 # an immutable value
    """Return the error that a confined call ends with."""
    with pytest.raises(NarrateError) as caught:
        confined(function, *arguments, what="bread.pdf", limits=limits)
    return caught.value


def test_an_article_comes_back_as_it_was(wild: Any) -> None:  # noqa: ANN401 # a module
    """What a reader returns in the child is what the parent gets."""
    assert confined(wild.article, "Bröd".encode(), what="a") == wild.article("Bröd".encode())


def test_a_large_article_goes_both_ways(wild: Any) -> None:  # noqa: ANN401 # a module
    """Neither side waits for the other when the pipe is full."""
    assert len(confined(wild.article, b"x" * 5_000_000, what="a").text) == 5_000_000


def test_a_loop_ends_at_the_limit(wild: Any) -> None:  # noqa: ANN401 # a module
    """What never ends is ended, in a sentence that names the file, the limit and what to do."""
    error = refusal(wild.loop, limits=Limits(time_s=1))

    assert str(error).startswith("bread.pdf took longer than 1 s to read")
    assert "give the article as text" in str(error)


def test_what_waits_is_ended_by_the_clock(wild: Any, tmp_path: Path) -> None:  # noqa: ANN401 # a module
    """A reader that does no work uses none up: the clock ends it, and says so in the same words."""
    error = refusal(wild.wait_for_end, str(tmp_path / "note"), limits=Limits(time_s=1, clock_s=1))

    assert str(error).startswith("bread.pdf took longer than 1 s to read")


@posix
def test_a_busy_machine_refuses_nothing(wild: Any) -> None:  # noqa: ANN401 # a module
    """Time in which the process does not work does not count."""
    assert confined(wild.pause, 1.5, what="a", limits=Limits(time_s=1)) == 1.5


@linux
def test_three_gigabytes_are_refused(wild: Any) -> None:  # noqa: ANN401 # a module
    """Memory has a limit, of the child alone."""
    assert "bread.pdf needs more than 0.88 GB" in str(refusal(wild.allocate, 3_000_000_000))
    assert confined(wild.allocate, 300_000_000, what="a") == 300_000_000


@posix
def test_a_crash_is_a_sentence(wild: Any) -> None:  # noqa: ANN401 # a module
    """A reader that segfaults does not take the parent with it."""
    assert "its reader crashed (SIGSEGV)" in str(refusal(wild.crash))


@posix
def test_what_it_starts_ends_with_it(wild: Any, tmp_path: Path) -> None:  # noqa: ANN401 # a module
    """A process that the child forked is gone when the child has answered."""
    note = tmp_path / "note"

    assert confined(wild.fork, str(note), what="a") == "parent"
    time.sleep(2)

    assert not note.exists()


@posix
def test_a_process_that_gets_away_does_not_hold_the_parent(wild: Any) -> None:  # noqa: ANN401 # a module
    """Who leaves the group and keeps the pipes open costs the time limit at most."""
    started = time.monotonic()

    assert isinstance(refusal(wild.get_away, limits=Limits(time_s=1, clock_s=1)), ArticleError)
    assert time.monotonic() - started < 3.5


def test_what_it_prints_goes_nowhere(wild: Any, capfd: pytest.CaptureFixture[str]) -> None:  # noqa: ANN401 # a module
    """Printing neither spoils the reply nor reaches the terminal."""
    assert confined(wild.chatter, what="a") == "said"
    assert capfd.readouterr() == ("", "")


@posix
def test_a_forged_reply_runs_nothing(wild: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401 # a module
    """A child that a file has taken over cannot have the parent run a command."""
    monkeypatch.chdir(tmp_path)

    assert "gave no article" in str(refusal(wild.forge))
    assert list(tmp_path.iterdir()) == []


def test_errors_of_narrate_come_back_as_they_are(wild: Any) -> None:  # noqa: ANN401 # a module
    """The same kind, the same sentence; of a plug-in's own kind, the nearest of narrate's."""
    error = refusal(wild.refuse, "voice")

    assert (type(error), str(error)) == (VoiceError, "no, not this")
    assert type(refusal(wild.refuse, "own")) is ArticleError


def test_other_errors_name_the_file_and_what_to_do(wild: Any) -> None:  # noqa: ANN401 # a module
    """A reader's bug is a refusal of the article; where it happened is in the notes."""
    error = refusal(wild.refuse, "value")

    assert str(error) == (
        "bread.pdf cannot be read: its reader failed (ValueError: no, not this); give the article as text"
    )
    assert "wild.py" in error.__notes__[0]


@linux
def test_no_descriptor_is_inherited(wild: Any, tmp_path: Path) -> None:  # noqa: ANN401 # a module
    """Files that the parent has open are not open in the child."""
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 # its own interface
        found = confined(wild.descriptors, what="a")

    assert len(found) <= 5  # its three, the reply's, and the folder that is being listed


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, -2)])
def test_the_child_ends_with_the_parent(number: int, code: int, tmp_path: Path) -> None:
    """Whether the parent is killed or interrupted, nobody is left behind."""
    note = tmp_path / "note"
    run = (
        "import sys; sys.path.insert(0, sys.argv[1]); import wild; from narrate.runtime.confined import confined;"
        " confined(wild.wait_for_end, sys.argv[2], what='a')"
    )
    parent = subprocess.Popen([sys.executable, "-c", run, HERE, note], stderr=subprocess.DEVNULL)
    child = int(_eventually(lambda: note.exists() and note.read_text(encoding="utf-8")))

    parent.send_signal(number)

    assert parent.wait(timeout=5) == code
    assert _eventually(lambda: "gone" if not _is_alive(child) else "") == "gone"


def _eventually(look: Callable[[], Any]) -> Any:  # noqa: ANN401 # whatever is looked for
    end = time.monotonic() + 8
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.02)
    return None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z")
