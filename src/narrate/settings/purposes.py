"""What an episode is made for, and what that chooses: the one table of ``--for``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Purpose(NamedTuple):
    """Whom it serves, and the settings it chooses, as they would stand in ``narrate.toml``."""

    help: str
    choices: Mapping[str, str | float | bool]


PURPOSES: Mapping[str, Purpose] = MappingProxyType(
    {
        "podcast": Purpose("to listen to as to any show", {}),
        "study": Purpose(
            "to learn from, or to follow without a page: slower, and what a page shows at a glance is said",
            {
                "speed": 0.87,
                "pauses.scale": 1.4,
                "policy.levels": "say",
                "policy.lists": "count",
                "policy.quotes": "announce",
                "policy.tables": "cells",
                "policy.images": "all",
            },
        ),
        "plain": Purpose(
            "the article without music and announcements; that a machine reads stays in the tags and the notes",
            {
                "music.intro": "none",
                "music.sting": "none",
                "music.outro": "none",
                "music.bed": "none",
                "announcements": False,
                "disclosure": False,
                "policy.code": "read",
                "policy.lists": "numbers",
                "policy.quotes": "plain",
                "policy.tables": "cells",
            },
        ),
    }
)
"""By name. What is set beside a purpose, in the same place or a nearer one, holds before what the purpose chooses."""
