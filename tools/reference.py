"""Write the generated parts of ``docs/reference`` from the program itself.

::

    python tools/reference.py             write them
    python tools/reference.py --check     say which pages are not as they would be written; exit code 1 if any

A page is prose with marked places, ``<!-- generated: NAME -->`` to ``<!-- end -->``; only what
stands between the marks is written. Commands come from click's help, settings, fields of
shows, scripts and voices from their tables, errors from their tree. What each field is for
and the code does not say stands in ``reference.toml``, next to this file.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from narrate.cli.app import _ENDINGS, narrate
from narrate.cli.options import SETTING_OPTIONS
from narrate.errors import NarrateError
from narrate.feed import FIELDS
from narrate.model import Role, Voice
from narrate.model.show import FileRole
from narrate.runtime.plugins import load
from narrate.script import schema
from narrate.settings import PURPOSES, SETTINGS
from narrate.speech import presets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from narrate.settings import Setting

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "reference"
WORDS: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
HELP_COLUMNS = 100

_PLACE = re.compile(r"<!-- generated: (?P<name>[a-z -]+) -->\n.*?<!-- end -->", re.DOTALL)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""A table in Markdown.

    >>> table(("a", "b"), [("1", "x | y")]).splitlines()[-1]
    '| 1 | x \\| y |'
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def described(what: str, names: Sequence[str]) -> Mapping[str, str]:
    """What ``reference.toml`` says of each of these fields. Raises SystemExit where it and the code differ."""
    words = WORDS[what]
    if set(words) != set(names):
        raise SystemExit(f"tools/reference.toml, [{what}]: it and the code differ in {sorted(set(words) ^ set(names))}")
    return words


def contexts(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[click.Context]:
    """A context for a command and every one below it, by name."""
    context = click.Context(
        command, parent=parent, info_name=name, terminal_width=HELP_COLUMNS, **command.context_settings
    )
    yield context
    if isinstance(command, click.Group):
        for below, member in sorted(command.commands.items()):
            yield from contexts(member, below, context)


def commands() -> str:
    """The help of every command."""
    pages = [
        f"## {context.command_path}\n\n```text\n{context.get_help()}\n```" for context in contexts(narrate, "narrate")
    ]
    return "\n\n".join(pages)


def settings() -> str:
    """Every setting: what it does, its default, what is allowed, its variable, its option."""
    rows = [
        (f"`{row.name}`", row.help, _code(row.default), row.allowed, f"`{row.variable}`", _option(row))
        for row in SETTINGS
    ]
    return table(("setting", "what it does", "default", "allowed", "variable", "option"), rows)


def purposes() -> str:
    """What each purpose of ``--for`` chooses."""
    rows = [
        (f"`{name}`", row.help, "<br>".join(f"`{each} = {json.dumps(value)}`" for each, value in row.choices.items()))
        for name, row in PURPOSES.items()
    ]
    return table(("purpose", "what it is", "what it chooses"), rows)


def _option(row: Setting) -> str:
    if row.name == "purpose":
        return f"`{row.option}`"
    if row.name == "disclosure":
        return "`--no-disclosure`"
    if row.name.startswith("policy."):
        return f"`{row.option}=…`"
    name = "music" if row.name.startswith("music.") else row.name
    return f"`--{name}`" if name in SETTING_OPTIONS else ""


def _code(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text}`" if text else "empty"


def show() -> str:
    """Every field of ``show.toml``."""
    return table(("field", "what it is", "example"), [(f"`{row.name}`", row.help, row.example) for row in FIELDS])


def _fields(what: str, known: Mapping[str, schema.Field]) -> str:
    words = described(what, list(known))
    rows = [(f"`{name}`", words[name], row.allowed, "yes" if row.required else "") for name, row in known.items()]
    return table(("field", "what it is", "allowed", "needed"), rows)


def voice_fields() -> str:
    """Every field of a voice preset."""
    allowed = {name: f"a number from {low} to {high}" for name, (low, high) in presets._RANGES.items()}  # noqa: SLF001 - where the ranges stand
    names = list(presets.FIELDS)
    defaults = {field.name: field.default for field in fields(Voice)}
    words = described("voice", names)
    rows = [
        (f"`{name}`", words[name], allowed.get(name, "text"), "needed" if name in _NEEDED else _code(defaults[name]))
        for name in names
    ]
    return table(("field", "what it is", "allowed", "default"), rows)


_NEEDED = presets._REQUIRED  # noqa: SLF001 - as above


def voices() -> str:
    """The presets that come with narrate."""
    rows = [
        (f"`{voice.name}`", voice.label, voice.engine, voice.language, str(voice.rate_wpm))
        for voice in presets.list_presets()
    ]
    return table(("name", "what it is", "engine", "language", "words a minute"), rows)


def casts() -> str:
    """The casts that come with narrate, and every role."""
    rows = [
        (f"`{cast.name}`", ", ".join(f"{role} `{voice}`" for role, voice in cast.voices.items()) or "one voice for all")
        for cast in presets.list_casts()
    ]
    roles = ", ".join(f"`{role}`" for role in Role)
    return f"{table(('name', 'who speaks what'), rows)}\n\nRoles: {roles}."


def engines() -> str:
    """The engines and readers that come with narrate."""
    named = ", ".join(f"`{name}`" for name in load("narrate.engines"))
    readers = ", ".join(f"`{name}`" for name in load("narrate.readers"))
    return f"Engines: {named}. Readers of articles: {readers}."


def files() -> str:
    """The files of an episode, by what they are for."""
    words = described("file", [role.value for role in FileRole])
    return table(("role", "file"), [(role.value, words[role.value]) for role in FileRole])


def errors() -> str:
    """Every error: its code, its exit code, what it means."""
    rows = [(f"`{error.code}`", str(error.exit_code), str(error.__doc__).split("\n", 1)[0]) for error in _tree()]
    return table(("code", "exit code", "what it means"), rows)


def _tree(error: type[NarrateError] = NarrateError) -> Iterator[type[NarrateError]]:
    if error is not NarrateError:
        yield error
    for child in error.__subclasses__():
        yield from _tree(child)


def endings() -> str:
    """How a command ends that is stopped or refused by the system."""
    known = {error.code for error in _tree()} | {NarrateError.code}
    found = {}
    for kind, ending in _ENDINGS:
        sentence, code, exit_code = ending(kind("…"))
        if code not in known:
            found[code] = (f"`{code}`", str(exit_code), sentence)
    return table(("code", "exit code", "what narrate says"), list(found.values()))


PLACES: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "settings": settings,
    "purposes": purposes,
    "show": show,
    "script": lambda: _fields("script", schema.SCRIPT),
    "segment": lambda: _fields("segment", schema.SEGMENT),
    "sentence": lambda: _fields("sentence", schema.SENTENCE),
    "music": lambda: _fields("music", schema.MUSIC),
    "source": lambda: _fields("source", schema.SOURCE),
    "voice fields": voice_fields,
    "voices": voices,
    "casts": casts,
    "engines": engines,
    "files": files,
    "errors": errors,
    "endings": endings,
}
"""What can stand in a page, by the name in its mark."""


def written(page: str) -> str:
    """The page with all its marked places as they must be."""
    return _PLACE.sub(lambda mark: f"<!-- generated: {mark['name']} -->\n{PLACES[mark['name']]()}\n<!-- end -->", page)


def places(page: str) -> list[str]:
    """The names of the marked places in a page."""
    return [mark["name"] for mark in _PLACE.finditer(page)]


def main(words: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` only say which differ."""
    stale = 0
    for path in sorted(PAGES.glob("*.md")):
        before = path.read_text(encoding="utf-8")
        after = written(before)
        if before != after:
            stale += 1
            print(f"{path.relative_to(ROOT)}: {'is not as' if '--check' in words else 'written as'} the program has it")
            if "--check" not in words:
                path.write_text(after, encoding="utf-8")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
