"""Titles of pages without the names of their sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATORS = re.compile(r"\s+[|·•»«–—:-]\s+|\s*[|»«]\s*|\s::\s|:\s")


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
    host = re.sub(r"\W|_", "", (urlsplit(base).hostname or "").removeprefix("www.")).lower()
    short = re.sub(r"\W|_", "", site).lower()
    for _ in range(3):
        for match in list(_SEPARATORS.finditer(title))[::-1]:
            head, tail = title[: match.start()].strip(), title[match.end() :].strip()
            for rest, part in ((head, tail), (tail, head)):
                said = re.sub(r"\W|_", "", part).lower()
                # A host holds a site's name without blanks: "historyweekly" in "historyweekly.example.org".
                ours = said and (said in {short, host} or (len(said) > 3 and host.startswith(said)))  # noqa: PLR2004 - a name, not "the"
                if ours and rest:
                    title = rest
                    break
            else:
                continue
            break
        else:
            break
    return title


def title_parts(title: str) -> list[str]:
    """The parts of a title that its separators divide.

    >>> title_parts("The Film Gang » Blog Archive » Stand Up Guys")
    ['The Film Gang', 'Blog Archive', 'Stand Up Guys']
    """
    return [part.strip() for part in _SEPARATORS.split(title) if part.strip()]
