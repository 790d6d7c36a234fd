"""The short form of `import_kill`: a few moments instead of fifty."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.faults.import_kill import experiment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are killed")
def test_an_import_that_is_killed_loses_and_repeats_nothing(tmp_path: Path) -> None:
    """At three moments; afterwards every post is one episode, and the feed was whole all the time."""
    found = experiment(tmp_path, kills=3, seed=7)

    assert len(found.published) >= 3
