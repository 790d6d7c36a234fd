"""The command line in this process, as functions, and as the program that is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from narrate.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = """# Bread

Bread is old. It was baked before anyone wrote.

Flour and water are mixed. Then one waits.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of the result."""
        return self.out.splitlines()[-1]

    @property
    def refusal(self) -> str:
        """The one sentence with which narrate said no."""
        lines = [line for line in self.err.splitlines() if ": " in line]
        assert self.code in {1, 2}, self
        assert "Traceback" not in self.err
        return lines[-1]

    def json(self) -> Any:  # noqa: ANN401 # as JSON is
        """The one document on stdout; nothing else is there."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, with a cache of its own, tones for voices and no music, small covers."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NARRATE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("NARRATE_ENGINE", "tone")
    monkeypatch.setenv("NARRATE_MUSIC", "none")
    monkeypatch.setattr("narrate.episode.cover.SHOW_PX", 300)
    monkeypatch.setattr("narrate.pipeline.packing.EPISODE_PX", 300)
    monkeypatch.setattr("sys.argv", ["narrate"])
    return folder


@pytest.fixture
def article(here: Path) -> str:
    """A short article that lies here."""
    (here / "bread.md").write_text(TEXT, encoding="utf-8")
    return "bread.md"


@pytest.fixture
def narrate(capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """A command of narrate's, in this process."""

    def call(*words: str) -> Said:
        capfd.readouterr()
        code = run(words)
        return Said(code, *capfd.readouterr())

    return call


@pytest.fixture(scope="session")
def program() -> str:
    """The installed command."""
    found = shutil.which("narrate", path=str(Path(sys.executable).parent))
    assert found
    return found


@pytest.fixture
def installed(program: str) -> Callable[..., Said]:
    """A command of narrate's, as a process: ``installed("make", "-", stdin=b"…")``."""

    def call(*words: str, stdin: bytes = b"", **environment: str) -> Said:
        done = subprocess.run(
            [program, *words], input=stdin, capture_output=True, timeout=60, check=False, env=os.environ | environment
        )
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        return Said(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return call
