"""The pages, and what stands in them: fenced blocks, and commands to be typed."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"(?:^|[|&] )(?:\.venv/bin/)?narrate ")
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
        Block(page, text.count("\n", 0, found.start()) + 1, found["language"], dedent(found["text"]))
        for found in _FENCE.finditer(text)
    ]


def commands(block: Block) -> list[list[str]]:
    """The arguments of every ``narrate`` command in a block for a shell, in order."""
    if block.language not in {"", "sh"}:
        return []
    lines = [_ASIDE.sub("", line) for line in block.text.splitlines()]
    calls = [call for line in lines if _COMMAND.search(line) for call in _calls(line)]
    return [words for program, *words in calls if program in {"narrate", ".venv/bin/narrate"}]


def _calls(line: str) -> list[list[str]]:
    """The commands of a line of shell that pipes and ``&&`` join, each as its words."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&>")
    lexer.whitespace_split = True
    calls: list[list[str]] = [[]]
    for word in lexer:
        if word and set(word) <= set("|&>"):
            calls.append([])
        else:
            calls[-1].append(word)
    return calls


def mentioned(page: Path) -> list[list[str]]:
    """The arguments of every ``narrate`` command that running text mentions."""
    outside = _FENCE.sub("", text_of(page))
    return [shlex.split(found["words"]) for found in _SPAN.finditer(outside)]
