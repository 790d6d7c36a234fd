"""Where a few letters of a text are next, found at once however often it is asked."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WINDOW = 20_000
"""How far ahead is looked, and how many places of a text are listed at once."""


class Places:
    """A text, and where each stretch of a few letters begins in it: listed where it is asked for, and then known.

    A search of the text each time would take as long as the text ahead is, at each of the places that differ.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._listed: dict[tuple[int, int], Mapping[str, Sequence[int]]] = {}

    def find(self, probe: str, start: int) -> int:
        """The first place in ``[start, start + 20,000)``, to its last letter, from where a probe stands; else -1.

        >>> Places("banana").find("an", 2), Places("banana").find("nab", 0)
        (3, -1)
        """
        end = min(start + _WINDOW, len(self.text)) - len(probe)
        for number in range(start // _WINDOW, end // _WINDOW + 1):
            found = self._places(number, len(probe)).get(probe, ())
            at = bisect_left(found, start)
            if at < len(found):
                return found[at] if found[at] <= end else -1
        return -1

    def _places(self, number: int, size: int) -> Mapping[str, Sequence[int]]:
        """The stretches of `size` letters that begin in the window of that number, and where."""
        if (number, size) not in self._listed:
            passed = [key for key in self._listed if key[0] < number - 1]
            for key in passed:
                del self._listed[key]
            found: dict[str, list[int]] = {}
            for at in range(number * _WINDOW, min((number + 1) * _WINDOW, len(self.text) - size + 1)):
                found.setdefault(self.text[at : at + size], []).append(at)
            self._listed[number, size] = found
        return self._listed[number, size]
