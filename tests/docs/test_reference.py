"""The reference says what the program has: generated parts are fresh, and nothing is left out."""

from __future__ import annotations

import doctest
import importlib.util
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from narrate.cli.app import narrate
from narrate.feed import FIELDS
from narrate.runtime.plugins import load
from narrate.script import schema
from narrate.settings import SETTINGS
from narrate.speech.presets import list_casts, list_presets

from .conftest import ROOT, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

TOOL = ROOT / "tools" / "reference.py"
REFERENCE = ROOT / "docs" / "reference"


def members(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, member in command.commands.items():
            yield from members(member, f"{path} {name}")


COMMANDS = dict(members(narrate, "narrate"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return the tool, a script that is no package, as a module."""
    spec = importlib.util.spec_from_file_location("reference", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_as_the_program_has_it() -> None:
    """A change of commands, settings, fields or errors is followed by ``python tools/reference.py``."""
    checked = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False, timeout=60)

    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout + checked.stderr


def test_the_tool_keeps_its_own_examples(tool: ModuleType) -> None:
    """Its doctests hold."""
    tried = doctest.testmod(tool)

    assert tried.attempted
    assert not tried.failed


def test_every_generated_place_stands_in_a_page(tool: ModuleType) -> None:
    """What can be generated is shown, once, and no page asks for what there is not."""
    found = [name for page in REFERENCE.glob("*.md") for name in tool.places(text_of(page))]

    assert sorted(found) == sorted(tool.PLACES)


def test_a_changed_page_is_noticed(tool: ModuleType) -> None:
    """A place whose text was altered by hand is not what would be written."""
    page = text_of(REFERENCE / "settings.md")
    altered = page.replace("how fast; 1 is the voice's own rate", "how fast")

    assert altered != page
    assert tool.written(altered) == page


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_own_part(path: str) -> None:
    """Each command has a heading in the reference, and under it every option and argument it takes."""
    page = text_of(REFERENCE / "commands.md")
    part = re.search(rf"^## {re.escape(path)}$(?P<text>.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)

    assert part, f"{path} is not in docs/reference/commands.md"
    for parameter in COMMANDS[path].params:
        for name in parameter.opts if isinstance(parameter, click.Option) else []:
            assert name in part["text"], f"{path} {name}"


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_says_what_it_does(path: str) -> None:
    """No help text is missing."""
    command = COMMANDS[path]

    assert command.help
    assert not [option.name for option in command.params if isinstance(option, click.Option) and not option.help]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("settings.md", [setting.name for setting in SETTINGS]),
        ("settings.md", [setting.variable for setting in SETTINGS]),
        ("files.md", [field.name for field in FIELDS]),
        ("script.md", [*schema.SCRIPT, *schema.SEGMENT, *schema.SENTENCE, *schema.SOURCE, *schema.MUSIC]),
        ("voices.md", [*load("narrate.engines"), *load("narrate.readers")]),
        ("voices.md", [*(voice.name for voice in list_presets()), *(cast.name for cast in list_casts())]),
    ],
)
def test_every_name_is_documented(page: str, names: list[str]) -> None:
    """Settings, variables, fields, engines, readers, voices and casts all stand in their page."""
    text = text_of(REFERENCE / page)

    assert names
    assert not [name for name in names if f"`{name}`" not in text]
