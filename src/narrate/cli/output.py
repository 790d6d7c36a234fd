"""Results on stdout, the story on stderr."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_COMMANDS = {"Cc", "Cs", "Zl", "Zp"}
"""Categories of characters that a terminal acts on or cannot take: controls, surrogates, line separators."""
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of the text after it (UAX #9): it could show a path as another one."""
_TITLE_CHARACTERS = 100


def called() -> str:
    """How the program was called, for its hints: its name where that finds it, else the path that was typed."""
    path = Path(sys.argv[0])
    if path.name == "__main__.py":
        return "python -m narrate"
    name = path.name.removesuffix(".exe") or "narrate"
    return str(path) if path.is_file() and not _found(name, path) else name


def _found(name: str, path: Path) -> bool:
    """Whether the shell finds this program by its name."""
    import shutil

    found = shutil.which(name)
    return found is not None and Path(found).resolve() == path.resolve()


def result(text: str) -> None:
    """A line of the result, to stdout; what a terminal could not show safely is escaped."""
    click.echo(printable(text))


def story(text: str) -> None:
    """A line for people, to stderr."""
    click.echo(printable(text), err=True)


def document(content: object) -> None:
    """The one JSON document of ``--json``, to stdout."""
    # Windows gives a pipe the code page of the country, which lacks most characters.
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(content, ensure_ascii=not unicode, indent=2))


def complain(sentence: str, code: str, exit_code: int, *, as_json: bool) -> int:
    """Say what went wrong, in one sentence or as one document; gives the exit code back."""
    if as_json:
        document({"ok": False, "error": {"code": code, "message": sentence}})
    else:
        refusal(sentence)
    return exit_code


def refusal(sentence: str) -> None:
    """What narrate says no with, on one line of stderr; commands in it are called as narrate was."""
    program = called()
    click.echo(one_line(f"{program}: {sentence}".replace("'narrate ", f"'{program} ")), err=True)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns, aligned for people and separated by tabs in a pipe (then without the head)."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in cells:
            click.echo("\t".join(row))
        return
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    for row in (list(head), *cells):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def printable(text: str) -> str:
    r"""The text without what would command a terminal.

    >>> printable("a\x1b[31mb\nc")
    'a\\x1b[31mb\nc'
    """
    return "".join(char if _harmless(char) else char.encode("unicode_escape").decode() for char in text)


def one_line(text: str) -> str:
    r"""The same, on one line.

    >>> one_line("a\nb\tc")
    'a\\nb\\tc'
    """
    return printable(text).replace("\n", "\\n").replace("\t", "\\t")


def typed(path: Path) -> str:
    """A path as it can be typed into a shell.

    >>> typed(Path("my shows"))
    "'my shows'"
    """
    return f'"{path}"' if sys.platform == "win32" and " " in str(path) else shlex.quote(str(path))


def titled(title: str) -> str:
    """A title in quotes, cut where it is longer than a line or two.

    >>> titled("Bread"), len(titled("Bread " * 100))
    ('“Bread”', 102)
    """
    return f"“{title}”" if len(title) <= _TITLE_CHARACTERS else f"“{title[: _TITLE_CHARACTERS - 1]}…”"


def count(number: int, what: str) -> str:
    """A number of things.

    >>> count(1, "chapter"), count(7, "chapter")
    ('1 chapter', '7 chapters')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def _harmless(char: str) -> bool:
    return char.isprintable() or char in "\n\t" or not (category(char) in _COMMANDS or char in _TURNS)


def minutes(duration_ms: int) -> str:
    """A length of time for people, to the nearest second as the feed has it.

    >>> minutes(262_500), minutes(3_723_000)
    ('4:23', '1:02:03')
    """
    seconds = (duration_ms + 500) // 1000
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
    return f"{hours}:{clock}" if hours else clock
