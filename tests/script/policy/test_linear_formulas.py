"""Formulas that are no TeX, as a PDF has them: signs on one line, or on lines above each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.model import Block, BlockKind, Role, Source
from narrate.script.leftout import math_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Style


@pytest.mark.parametrize(
    ("text", "read"),
    [("y = x + 1", True), ("a\nx = 1 + (1)\nb", False), ("x = " + "a + b + " * 12 + "c", False)],
)
def test_only_a_short_formula_on_one_line_is_read(text: str, read: bool, style: Callable[..., Style]) -> None:  # noqa: FBT001 # a table's column
    """Of others it is said that there is one: fractions cannot be told from signs, and nobody follows a long one."""
    made = math_words(Block(BlockKind.MATH, text, Source(0, len(text), 1)), "en", style())

    said = " ".join(part.written for each in made for part in each.utterances)
    assert (said == text and not any(each.skip for each in made)) is read
    assert all(each.role in {Role.MATH, Role.ANNOUNCEMENT} for each in made)
