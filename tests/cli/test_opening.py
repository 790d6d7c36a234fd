"""Handing sound and pages to the system's own programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

SHOW = Path("out/narrated-articles")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its launcher is no program")


def launcher(monkeypatch: pytest.MonkeyPatch, folder: Path, does: str) -> None:
    """Make this the only program there is to open files with."""
    name = "open" if sys.platform == "darwin" else "xdg-open"
    folder.mkdir()
    (folder / name).write_text(f"#!/bin/sh\necho noise; echo noise >&2\n{does}\n")
    (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_say_plays_without_a_file(narrate: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It hands the sound to the system's player, whose own words are not ours."""
    played = tmp_path / "played"
    launcher(monkeypatch, tmp_path / "bin", f'echo "$1" > "{played}"')
    said = narrate("say", "Hello there")

    assert said.code == 0
    assert played.read_text() == said.out
    assert "noise" not in said.out + said.err
    assert Path(said.last).read_bytes().startswith(b"RIFF")


@pytest.mark.parametrize("does", ["exit 3", None], ids=["no player", "no launcher"])
def test_say_tells_where_nothing_can_play(
    narrate: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str | None
) -> None:
    """In one sentence, with the file, and it is no success."""
    launcher(monkeypatch, tmp_path / "bin", does or "")
    if not does:
        monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    said = narrate("say", "-q", "Hello there")
    sentence, path = said.refusal.split(" is in ")

    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert sentence.startswith("narrate: nothing here can play sound")
    assert Path(path.strip("'")).read_bytes().startswith(b"RIFF")


def test_a_page_is_opened_on_request(
    narrate: Run, article: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`--open` opens the episode's own page; where nothing can, the episode is made all the same."""
    opened = tmp_path / "opened"
    launcher(monkeypatch, tmp_path / "bin", f'echo "$1" > "{opened}"')
    narrate("make", "-q", "--open", article)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    said = narrate("make", "-q", "--open", article)

    assert opened.read_text() == f"{Path.cwd() / SHOW / 'bread/index.html'}\n"
    assert said.code == 0
    assert said.err == f"Nothing here can open a page; it is {SHOW / 'bread/index.html'}\n"
