"""Titles of pages without the names of their sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_PARTS = 3
_NAME_LETTERS = 4
_SEPARATORS = re.compile(r"(?<!\s)\s+[|·•»«–—:-]\s+|(?:(?<!\s)\s+)?[|»«]\s*|\s::\s|:\s")


def bare_title(title: str, around: Iterable[str], base: str) -> str:
    """A title without the names of its site and its authors before or after it."""
    for name in around:
        title = without_site(title, name, base)
    return title


def without_site(title: str, site: str, base: str = "") -> str:
    """A title without the name of its site before or after it.

    >>> without_site("The fall of Rome - History Weekly", "History Weekly"), without_site("Rome: a fall", "")
    ('The fall of Rome', 'Rome: a fall')
    >>> without_site("The fall of Rome | example.org", "", "https://www.example.org/a")
    'The fall of Rome'
    """
    ours = {_letters(site), _letters((urlsplit(base).hostname or "").removeprefix("www."))} - {""}
    for _ in range(_MOST_PARTS):
        shorter = _shortened(title, ours)
        if not shorter:
            break
        title = shorter
    return title


def _shortened(title: str, ours: set[str]) -> str:
    """The title without one part at its end or its start that is the site's; "" where there is none."""
    for match in reversed(list(_SEPARATORS.finditer(title))):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if head and _is_ours(_letters(tail), ours):
            return head
        if tail and _is_ours(_letters(head), ours):
            return tail
    return ""


def _is_ours(said: str, ours: set[str]) -> bool:
    """Whether a part of a title is the site's name; a host holds one without blanks: "historyweekly.example"."""
    return said in ours or (len(said) >= _NAME_LETTERS and any(name.startswith(said) for name in ours))


def _letters(text: str) -> str:
    return re.sub(r"\W|_", "", text).lower()


def title_parts(title: str) -> list[str]:
    """The parts of a title that its separators divide.

    >>> title_parts("The Film Gang » Blog Archive » Stand Up Guys")
    ['The Film Gang', 'Blog Archive', 'Stand Up Guys']
    """
    return [part.strip() for part in _SEPARATORS.split(title) if part.strip()]
