"""What an episode is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.errors import SettingsError
from narrate.settings import PURPOSES, SETTINGS, Settings, load_settings, value_of

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {setting.name for setting in SETTINGS}


def settings_with(folder: Path, text: str = "", **options: object) -> Settings:
    """The settings of a folder with this ``narrate.toml``."""
    (folder / "narrate.toml").write_text(text, encoding="utf-8")
    return load_settings(options, {}, folder, None)


@pytest.mark.parametrize("name", PURPOSES)
def test_it_chooses_what_its_row_says(tmp_path: Path, name: str) -> None:
    """All of it and nothing else, and says who chose."""
    held, usual = settings_with(tmp_path, purpose=name), Settings()

    assert set(PURPOSES[name].choices) <= NAMES
    for setting in NAMES - {"purpose"}:
        chosen = PURPOSES[name].choices.get(setting, value_of(usual, setting))
        assert value_of(held, setting) == chosen
        assert held.sources[setting] == (f"--for {name}" if setting in PURPOSES[name].choices else "default")


def test_what_is_set_beside_it_holds_before_it(tmp_path: Path) -> None:
    """And what is set further away does not: the purpose of the command is stronger than the file's speed."""
    assert settings_with(tmp_path, purpose="study", speed=1.1).speed == 1.1
    assert settings_with(tmp_path, 'speed = 1.1\npurpose = "study"').speed == 1.1
    assert settings_with(tmp_path, "speed = 1.1", purpose="study").speed == PURPOSES["study"].choices["speed"]
    assert settings_with(tmp_path, 'purpose = "study"', speed=1.1).speed == 1.1
    assert settings_with(tmp_path, 'purpose = "study"', purpose="podcast").policy == Settings().policy


def test_another_is_refused(tmp_path: Path) -> None:
    """With those that there are."""
    with pytest.raises(
        SettingsError, match=r"--for: 'studdy' is not one of podcast, study, plain; did you mean 'study'"
    ):
        settings_with(tmp_path, purpose="studdy")
