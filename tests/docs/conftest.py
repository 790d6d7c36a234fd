"""The pages, and what stands in them: fenced blocks, and commands to be typed."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"(?:^|[|&] )(?:\.venv/bin/)?narrate (?P<words>[^|&>\n]+)")
_SPAN = re.compile(r"`(?:\.venv/bin/)?narrate (?P<words>[^`\n]+(?:\n[^`\n]+)?)`")
_ASIDE = re.compile(r" {3,}\S.*")
"""What a line of an example says about its command stands after three blanks or more."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its page, the line it begins on, its language ("" where none is given), its text."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def where(self) -> str:
        """``page:line``, for messages and the names of tests."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def text_of(page: Path) -> str:
    """A page's text."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[Block]:
    """Every fenced block of a page, in order."""
    text = text_of(page)
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found["language"], found["text"])
        for found in _FENCE.finditer(text)
    ]


def commands(block: Block) -> list[list[str]]:
    """The arguments of every ``narrate`` command in a block for a shell, in order."""
    if block.language not in {"", "sh"}:
        return []
    lines = [_ASIDE.sub("", line) for line in block.text.splitlines()]
    return [shlex.split(found["words"], comments=True) for line in lines for found in _COMMAND.finditer(line)]


def mentioned(page: Path) -> list[list[str]]:
    """The arguments of every ``narrate`` command that running text mentions."""
    outside = _FENCE.sub("", text_of(page))
    return [shlex.split(found["words"]) for found in _SPAN.finditer(outside)]
