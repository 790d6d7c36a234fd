"""What the tests of audits share: a picture, the good feed, and the rules that found something."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from narrate.pipeline.auditing import Report

GOOD = Path(__file__).parents[1] / "feed" / "audit" / "good.xml"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
PLACES = "https://pods.example.org/reads/"


def picture(kind: str = "JPEG", side_px: int = 1400, mode: str = "RGB") -> bytes:
    """A picture of one colour."""
    made = io.BytesIO()
    Image.new(mode, (side_px, side_px)).save(made, kind)
    return made.getvalue()


def ids(report: Report) -> list[str]:
    """The rules that found something, but for the defaults of a new show."""
    return [finding.rule for finding in report.findings if not finding.rule.startswith("default-")]
