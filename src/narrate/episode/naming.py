"""What an episode's folder and files are called."""

from __future__ import annotations

import re
from functools import partial
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Container

LONGEST = 60
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)))
)
"""Names that Windows keeps for devices, with any suffix ("Naming Files, Paths, and Namespaces", Win32)."""
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n"}
)
"""Latin letters that NFKD does not take apart."""


def slug_for(title: str, taken: Container[str] = ()) -> str:
    """A folder name from a title: at most 60 of ``a-z 0-9 -``, not in `taken`, of no meaning to any file system.

    The same title and the same `taken` always give the same name. A title whose
    letters are mostly not Latin has "episode-" and six digits of its digest.

    >>> slug_for("The Café: “Résumé” & more!"), slug_for("Aux"), slug_for("Тишина")
    ('the-cafe-resume-more', 'aux-episode', 'episode-920657')
    >>> slug_for("One", {"one", "one-2"})
    'one-3'
    """
    base = _base(title)
    return next(name for name in map(partial(_numbered, base), count(1)) if name not in taken)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{_cut(base, LONGEST - 1 - len(str(number)))}-{number}"


def _base(title: str) -> str:
    plain = "".join(char for char in normalize("NFKD", title.lower().translate(_LETTERS)) if not combining(char))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’ʼ]", "", plain))
    letters = [char for char in plain if char.isalpha()]
    if not words or sum(char.isascii() for char in letters) * 2 < len(letters):
        return f"episode-{blake2b(title.encode('utf-8', 'replace'), digest_size=3).hexdigest()}"
    name = _cut("-".join(words), LONGEST)
    return f"{name}-episode" if name in _RESERVED else name


def _cut(name: str, longest: int) -> str:
    """At most `longest` characters, cut between words where one ends in the last third.

    >>> _cut("a-long-name-of-words", 12), _cut("x" * 9, 4)
    ('a-long-name', 'xxxx')
    """
    if len(name) <= longest:
        return name
    head = name[: longest + 1].rpartition("-")[0]
    return head if len(head) * 3 >= longest * 2 else name[:longest].rstrip("-")
