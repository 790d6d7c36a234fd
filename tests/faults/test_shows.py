"""The script of misfortunes runs: one round and one kill of it, with the real command."""

from __future__ import annotations

import os

import pytest
from tests.faults import shows


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no SIGKILL")
def test_a_round_and_a_kill(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two commands at once and one that is killed leave a show in which everything is as it should be."""
    monkeypatch.setattr(shows, "AT_ONCE", 2)
    shows.main(["--rounds", "1", "--kills", "1"])

    assert capsys.readouterr().out.endswith("all held\n")
