"""Roman numerals as numbers."""

from __future__ import annotations

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(written: str) -> int:
    """The value of a Roman numeral in capitals.

    >>> roman("XIV"), roman("II"), roman("MCMXC")
    (14, 2, 1990)
    """
    values = [_VALUES[letter] for letter in written]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
