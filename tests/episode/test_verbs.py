"""The room's door: verbs by name, loaded when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

import narrate.episode

HEAVY = {"PIL", "mutagen", "jinja2", "numpy", "lameenc", "av"}


def test_every_verb_is_there() -> None:
    """What the room says it exports can be had."""
    for name in narrate.episode.__all__:
        assert getattr(narrate.episode, name)


def test_other_names_are_not() -> None:
    """A slip is an AttributeError, as of any module."""
    with pytest.raises(AttributeError, match="no attribute 'draw_covers'"):
        _ = narrate.episode.draw_covers


def test_reading_a_manifest_loads_nothing_heavy() -> None:
    """`narrate list` needs manifests, not what draws covers."""
    code = "from narrate.episode import load_manifest, slug_for; import sys; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()

    assert not HEAVY & set(loaded)
