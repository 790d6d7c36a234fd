"""Templates that are compiled once: what is kept is used, and used only where it fits."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from jinja2 import Environment, FileSystemLoader

from narrate.episode.page.compiled import Compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Rendered = Callable[[], tuple[str, int]]


@pytest.fixture
def rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rendered:
    """What the template ``page.html`` says in an environment of its own, and how often it was compiled for that."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.html").write_text("one {{ 1 + 1 }}")

    def render() -> tuple[str, int]:
        environment = Environment(loader=FileSystemLoader(tmp_path), autoescape=True, bytecode_cache=Compiled(tmp_path))
        with patch.object(environment, "compile", wraps=environment.compile) as compiled:
            return environment.get_template("page.html").render(), compiled.call_count

    return render


def test_what_was_compiled_is_not_compiled_again(tmp_path: Path, rendered: Rendered) -> None:
    """It stands with the bytecode of modules, and nothing half written beside it."""
    assert [rendered(), rendered()] == [("one 2", 1), ("one 2", 0)]
    assert [file.suffix for file in (tmp_path / "__pycache__").iterdir()] == [".pyc"]


def test_a_template_that_was_changed_is_compiled_again(tmp_path: Path, rendered: Rendered) -> None:
    """What is kept of the old one is not used."""
    rendered()
    (tmp_path / "page.html").write_text("two {{ 1 + 1 }}")

    assert [rendered(), rendered()] == [("two 2", 1), ("two 2", 0)]


@pytest.mark.parametrize("spoilt", [b"", b"j2", bytes(100)])
def test_what_is_spoilt_is_not_used(tmp_path: Path, rendered: Rendered, spoilt: bytes) -> None:
    """A file that was cut short or is of something else is written anew."""
    rendered()
    (kept,) = (tmp_path / "__pycache__").iterdir()
    kept.write_bytes(spoilt)

    assert [rendered(), rendered()] == [("one 2", 1), ("one 2", 0)]


def test_where_nothing_can_be_kept_it_is_compiled_each_time(
    tmp_path: Path, rendered: Rendered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be made, and a Python that is to write no bytecode, change nothing on the page."""
    (tmp_path / "__pycache__").write_text("in the way")
    refused = [rendered(), rendered()]
    (tmp_path / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert [*refused, rendered(), rendered()] == [("one 2", 1)] * 4
    assert not (tmp_path / "__pycache__").exists()
