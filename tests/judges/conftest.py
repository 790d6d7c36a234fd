"""Judges of pages and books that `install.py` brings; what is not there is skipped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import Site, browser, folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

__all__ = ["browser", "folder"]

JUDGES = Path(os.environ.get("NARRATE_JUDGES") or Path(__file__).parents[2] / ".judges") / "node_modules"


@pytest.fixture(scope="session")
def judge() -> Callable[[str], Path]:
    """The path of a judge's file."""

    def found(name: str) -> Path:
        if not (JUDGES / name).exists():
            pytest.skip(f"{name} is not here; tests/judges/install.py brings it")
        return JUDGES / name

    return found


@pytest.fixture(scope="session")
def show(browser: Browser, folder: Path) -> Site:  # the fixture that is imported above
    """A show whose pages are judged."""
    return Site(folder, f"{folder.as_uri()}/", browser)
