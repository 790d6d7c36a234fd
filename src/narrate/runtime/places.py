"""Where cache, state and configuration go: XDG on Linux, the platform's own folders elsewhere."""

from __future__ import annotations

from pathlib import Path

_NAME = "narrate"


def cache_folder(override: str = "") -> Path:
    """The folder of the cache; `override` is what the settings say (``NARRATE_CACHE_DIR``), "" for the usual place."""
    import platformdirs

    return Path(override).expanduser() if override else platformdirs.user_cache_path(_NAME, appauthor=False)


def state_folder() -> Path:
    """The folder for what narrate remembers between runs and can do without."""
    import platformdirs

    return platformdirs.user_state_path(_NAME, appauthor=False)


def config_file() -> Path:
    """The user's own settings file; it need not exist."""
    import platformdirs

    return platformdirs.user_config_path(_NAME, appauthor=False) / "narrate.toml"


def presets_folder() -> Path:
    """The folder of the user's own voices and casts, beside the settings file; it need not exist."""
    return config_file().with_name("voices")


def voices_folder() -> Path:
    """The folder of the voices that were added, models and presets; it need not exist."""
    import platformdirs

    # Not "voices": where data and settings share a folder (macOS, Windows) that holds the presets of the user's own.
    return platformdirs.user_data_path(_NAME, appauthor=False) / "added-voices"
