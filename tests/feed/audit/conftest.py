"""A feed with nothing to mend, with every element that a rule looks at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

GOOD = Path(__file__).parent / "good.xml"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture(scope="session")
def good() -> str:
    """The text of the feed."""
    return GOOD.read_text(encoding="utf-8")


@pytest.fixture
def now() -> datetime:
    """A day after its newest episode."""
    return NOW
