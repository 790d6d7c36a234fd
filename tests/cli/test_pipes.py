"""Input that does not end or looks like something else, and how serving ends."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.runtime.files import Patience, read_stream_bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]


FLOOD = "import os; [os.write(1, b'1 ' * 32768) for _ in iter(int, 1)]"


def test_an_endless_pipe_is_given_up(program: str) -> None:
    """`yes | narrate make -` ends by itself, soon, in one sentence."""
    done = subprocess.run(  # noqa: S602 # its own words
        f'"{sys.executable}" -c "{FLOOD}" 2> {os.devnull} | "{program}" make - -q',
        shell=True,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == 1
    assert "standard input is larger than" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_silent_pipe_is_given_up(narrate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`sleep 1000 | narrate make -`: whoever says nothing and does not end is not waited for for ever."""
    brief = functools.partial(read_stream_bounded, patience=Patience(0.2, 5))
    monkeypatch.setattr("narrate.pipeline.reading.read_stream_bounded", brief)
    reader, writer = os.pipe()
    with open(reader, "rb") as stream:  # noqa: PTH123 # a descriptor, not a path
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream}))
        said = narrate("make", "-", "-q")
    os.close(writer)

    assert said.code == 1
    assert said.err == "narrate: standard input did not end within 0.2 s; give the text as a file\n"


def test_a_file_that_looks_like_an_option_can_be_named(narrate: Run) -> None:
    """The complaint says how, where there is such a file; and so it is made."""
    nothing = narrate("make", "-dash.txt")
    Path("-dash.txt").write_text("Bread\n\nBread is old.\n", encoding="utf-8")
    said = narrate("make", "-dash.txt")

    assert (nothing.code, said.code) == (2, 2)
    assert nothing.refusal == "narrate: no such option '-d'; see 'narrate make --help'"
    assert said.refusal == f"{nothing.refusal}; for the file of that name write: -- -dash.txt"
    assert narrate("make", "-q", "--", "-dash.txt").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_serving_ends_with_the_code_of_its_signal(
    narrate: Run, program: str, article: str, number: int, code: int
) -> None:
    """As every command does."""
    narrate("make", "-q", article)
    command = [program, "serve", "-q", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("http://localhost:")
        process.send_signal(number)
        _, err = process.communicate(timeout=20)

    assert process.returncode == code
    assert len(err.strip().splitlines()) == 1  # a terminal shows ^C; a line break goes before ours
    assert "Traceback" not in err
