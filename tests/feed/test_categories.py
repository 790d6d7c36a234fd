"""Apple's categories."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from narrate.feed.categories import CATEGORIES, category_names, split_category


def test_the_list_is_whole() -> None:
    """Apple has 19 categories and 91 subcategories, and no name stands twice."""
    names = category_names()

    assert len(CATEGORIES) == 19
    assert len(names) == 19 + 91
    assert max(Counter(names).values()) == 1


@pytest.mark.parametrize("name", category_names())
def test_splitting_finds_the_parent(name: str) -> None:
    """Each name splits into a category and, if it has one, a subcategory of that category."""
    parent, *rest = split_category(name)

    assert parent in CATEGORIES
    assert all(child in CATEGORIES[parent] for child in rest)


def test_every_name_is_spelled_as_apple_spells_it() -> None:
    """Apps compare them letter by letter: the list as Apple publishes it, read by a person once."""
    golden = (Path(__file__).parent / "golden" / "categories.txt").read_text(encoding="utf-8")

    assert "\n".join(category_names()) + "\n" == golden
