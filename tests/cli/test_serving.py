"""What ``narrate serve`` says, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import segno

from narrate.cli import hosting, qr
from narrate.pipeline.serving import Listening, Private

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

URLS = ["http://192.168.1.7:8642/reads/feed.xml", "http://10.0.0.2:8642/reads/feed.xml"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Listening, Private | None]]:
    """What is asked of the host, which is up at once and ends at once."""
    calls: list[tuple[Path, Listening, Private | None]] = []

    def serve(root: Path, at: Listening, ready: Callable[[list[str]], None], private: Private | None) -> None:
        calls.append((root, at, private))
        ready(URLS)

    monkeypatch.setattr("narrate.pipeline.serving.serve", serve)
    return calls


@pytest.mark.parametrize(
    ("options", "at", "private"),
    [
        ((), Listening("127.0.0.1", 8642), None),
        (("--lan",), Listening("0.0.0.0", 8642), None),  # noqa: S104 # what --lan means
        (("--host", "10.0.0.2", "--port", "0"), Listening("10.0.0.2", 0), None),
        (("--token",), Listening("127.0.0.1", 8642), Private("")),
        (("--token", "s3cret", "--lan"), Listening("0.0.0.0", 8642), Private("s3cret")),  # noqa: S104 # see above
        (("--token", "--lan"), Listening("0.0.0.0", 8642), Private("")),  # noqa: S104 # see above
        (("--proxied",), Listening("127.0.0.1", 8642, proxied=True), None),
    ],
)
def test_only_what_is_asked_for_is_open(
    narrate: Run,
    asked: list[tuple[Path, Listening, Private | None]],
    options: tuple[str, ...],
    at: Listening,
    private: Private | None,
) -> None:
    """This machine alone, without a secret, at the same port each time, unless another is wished."""
    said = narrate("serve", *options)

    assert (said.code, said.out.splitlines()) == (130, URLS)
    assert [call[1:] for call in asked] == [(at, private)]


def test_the_story_says_which_apps_can_come(narrate: Run, asked: list[object]) -> None:
    """Plain sentences on stderr; nothing but addresses on stdout, and with -q nothing else at all."""
    said, alone, quiet = narrate("serve", "--lan"), narrate("serve"), narrate("serve", "--lan", "-q")

    assert len(asked) == 3
    assert "AntennaPod" in said.err
    assert "Pocket Casts and Overcast fetch from their own servers, which cannot reach this machine." in said.err
    assert "--lan lets a phone in" in alone.err
    assert quiet.err.strip().splitlines() == ["narrate: stopped; what is finished is kept"]
    assert "▀" not in said.err + said.out


@pytest.mark.parametrize(
    ("given", "variable", "drawn"),
    [
        ("--lan", "COLUMNS=80", True),
        ("--no-qr", "COLUMNS=80", False),
        ("-q", "COLUMNS=80", False),
        ("--lan", "TERM=dumb", False),
        ("--lan", "COLUMNS=20", False),
    ],
)
@pytest.mark.usefixtures("asked")
def test_a_terminal_gets_a_code(
    narrate: Run,
    monkeypatch: pytest.MonkeyPatch,
    given: str,
    variable: str,
    drawn: bool,  # noqa: FBT001 # a parameter of the table
) -> None:
    """Of the likeliest address, after it; not where it is unwished, read aloud, or too wide."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(*variable.split("=", 1))
    monkeypatch.setattr(qr, "_terminals", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")  # click strips colours where there is in truth no terminal
    said = narrate("serve", "--lan", given)

    assert (qr.drawn(URLS[0], coloured=False) in said.err) == drawn


def test_no_code_of_an_address_that_no_phone_reaches(
    narrate: Run, asked: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a phone, "localhost" is the phone itself."""
    monkeypatch.setattr(hosting, "can_show", lambda _code: True)

    assert "▀" not in narrate("serve").err
    assert asked


@pytest.mark.parametrize("coloured", [True, False])
def test_the_code_is_the_address(coloured: bool) -> None:  # noqa: FBT001 # a parameter of the table
    """Read back block by block it is the matrix that stands for it, with four light modules around."""
    lines = qr.drawn(URLS[0], coloured=coloured).splitlines()
    if coloured:
        lines = [line.removeprefix("\x1b[30;107m").removesuffix("\x1b[0m") for line in lines]
    halves = {"▀": (1, 0), "▄": (0, 1), "█": (1, 1), " ": (0, 0)}
    dark = 1 if coloured else 0
    rows = [[int(halves[char][half] == dark) for char in line] for line in lines for half in (0, 1)]
    code = segno.make(URLS[0], error="l", boost_error=False, micro=False)
    expected = [[int(bit) for bit in row] for row in code.matrix_iter(border=4)]

    assert rows[: len(expected)] == expected
    assert not any(map(any, rows[len(expected) :]))
