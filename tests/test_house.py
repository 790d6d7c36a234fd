"""The rules of the house, as tests: sizes, docstrings, printing, catching, and what may not be in a file."""

from __future__ import annotations

import ast
import io
import json
import re
import statistics
import subprocess
import sys
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "narrate"
WRITTEN = [path for folder in ("src", "tools", "bench", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
SHIPPED = [path for path in WRITTEN if path.is_relative_to(PACKAGE)]

Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar)  # as pylint counts nested blocks

# What has no place in a file that others get. Spelled so that this table is not its own first finding.
PRIVATE = re.compile(
    r"/(?:opt|work|root)/|/home/[a-z]|/tmp/[a-z]+\.|C:\\Users\\[a-z]"  # paths of one machine
    r"|file[:]///(?:[a-z]:|usr|var|mnt|users)/"  # a file there; what is refused may be any other
    r"|py[p]i\.org|python[h]osted|[-]-(?:extra-)?index-url|find[-]links",  # indexes and hosts
    re.IGNORECASE,
)
REASONLESS = re.compile(r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?)\W*(\w.*)?$")


def named(path: Path, node: ast.AST, what: str) -> str:
    """Return a finding as ``file:line: what``."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}: {what}"


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Yield every function and method of a file, nested ones too."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def body_lines(function: Function) -> int:
    """Return how many lines a function's body has, without its docstring; a stub has none."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def nesting(node: ast.AST, depth: int = 0) -> int:
    """Return how deep the branches of a function go; an `elif` is no deeper than its `if`, a nested function is."""
    deepest = depth
    for name, child in ((name, child) for name, value in ast.iter_fields(node) for child in _nodes(value)):
        is_elif = isinstance(node, ast.If) and name == "orelse" and isinstance(child, ast.If)
        below = depth + (isinstance(child, BRANCHES) and not is_elif)
        deepest = max(deepest, nesting(child, below))
    return deepest


def _nodes(value: object) -> list[ast.AST]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, ast.AST)]


def test_functions_fit_a_screen() -> None:
    """No body has more than 40 lines, and no branch is more than three deep."""
    long = [
        named(path, function, f"{function.name} has {body_lines(function)} lines of body, 40 is the end")
        for path in WRITTEN
        for function in functions(path)
        if body_lines(function) > 40
    ]
    deep = [
        named(path, function, f"{function.name} branches {nesting(function)} deep, 3 is the end")
        for path in WRITTEN
        for function in functions(path)
        if nesting(function) > 3
    ]

    assert not long + deep, "\n".join(long + deep)


def test_most_functions_are_short() -> None:
    """Half of the package's functions have at most 7 lines of body, nine in ten at most 22."""
    lines = sorted(body_lines(function) for path in SHIPPED for function in functions(path))
    median, ninetieth = statistics.median(lines), lines[len(lines) * 9 // 10]

    assert (median <= 7, ninetieth <= 22) == (True, True), f"median {median}, 90th percentile {ninetieth}"


def test_files_are_short() -> None:
    """No file of the package or beside it has more than 300 lines; tests, with their tables, no more than 450."""
    sizes = {path: path.read_text(encoding="utf-8").count("\n") for path in WRITTEN}
    ends = {path: 450 if path.is_relative_to(ROOT / "tests") else 300 for path in WRITTEN}
    long = [f"{path.relative_to(ROOT)}: {sizes[path]} lines" for path in WRITTEN if sizes[path] > ends[path]]

    assert not long, "\n".join(long)


def test_only_the_command_line_prints() -> None:
    """Rooms return; `print` and `echo` are the command line's."""
    prints = [
        named(path, node, "prints")
        for path in SHIPPED
        if not path.is_relative_to(PACKAGE / "cli")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {"print", "echo"}
    ]

    assert not prints, "\n".join(prints)


def test_nothing_is_caught_broadly() -> None:
    """No bare except; `except Exception` at most twice: the command line's outermost frame and the wall to plug-ins.

    One that tidies up and lets the error pass (its last word is a bare `raise`) catches nothing.
    """
    caught = [
        (node, path)
        for path in SHIPPED
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _is_broad(node.type))
    ]
    bare = [named(path, node, "bare except") for node, path in caught if node.type is None]
    broad = [named(path, node, "broad except") for node, path in caught if node.type and not _passes_on(node)]

    assert not bare, "\n".join(bare)
    assert len(broad) <= 2, "\n".join(broad)
    assert all(re.match(r"src/narrate/(cli|runtime/plugins|speech)\b", place) for place in broad), "\n".join(broad)


def _is_broad(caught: ast.expr) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(ast.unparse(name) in {"Exception", "BaseException"} for name in names)


def _passes_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_public_names_have_a_docstring() -> None:
    """At least nine in ten public modules, classes, functions and methods say what their signature cannot."""
    public = [found for path in SHIPPED for found in _public(path)]
    bare = [where for where, has_docstring in public if not has_docstring]

    assert len(bare) <= len(public) / 10, "\n".join(bare)


def _public(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield where each public name of a file is, and whether it has a docstring."""
    tree = parsed(path)
    yield named(path, tree, "module"), ast.get_docstring(tree) is not None
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for node in [*tree.body, *(inner for outer in classes for inner in outer.body)]:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield named(path, node, node.name), ast.get_docstring(node) is not None


def test_every_exception_to_a_rule_has_its_reason() -> None:
    """A `noqa` or a `type: ignore` names its rule and says why."""
    unexplained = [
        f"{path.relative_to(ROOT)}:{token.start[0]}: {token.string}"
        for path in WRITTEN
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
        if token.type == tokenize.COMMENT and (found := REASONLESS.match(token.string)) and not found[1]
    ]

    assert not unexplained, "\n".join(unexplained)


def test_every_ignored_lint_has_its_reason() -> None:
    """Each rule ruff is told to ignore stands on a line of its own, with the reason behind it."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.ruff")[2].splitlines()
    rules = [line for line in lines if re.match(r'\s*(?:"[a-z]+/\*\*" = \[)?\s*"[A-Z]+\d*"', line)]

    assert len(rules) > 10
    assert [line for line in rules if not re.search(r"#\s*\w", line)] == []


def test_nothing_of_one_machine_is_in_the_repository() -> None:
    """No tracked file names a folder of the machine it was written on, a package index or its host."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    tracked = [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in tracked
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if (match := PRIVATE.search(line))
    ]

    assert len(tracked) > 50
    assert not found, "\n".join(found)


def test_help_is_light() -> None:
    """`narrate --help` imports click, and nothing else that has to be installed."""
    program = (
        "import json, runpy, sys\n"
        "sys.argv = ['narrate', '--help']\n"
        "before = set(sys.modules)\n"
        "try:\n    runpy.run_module('narrate', run_name='__main__', alter_sys=True)\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)\n"
    )

    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}

    assert done.stdout.startswith("Usage: ")
    assert loaded - set(sys.stdlib_module_names) - {"narrate", "click", "__main__"} == set()
    assert not loaded & {"asyncio", "multiprocessing", "concurrent"}


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        ("def f(): return 1", 0),
        ("def f():\n if a:\n  b()\n elif c:\n  d()\n else:\n  e()", 1),
        ("def f():\n for a in b:\n  with c:\n   if d:\n    e()", 2),
        ("def f():\n if a: b()\n else:\n  while c:\n   try: d()\n   except E:\n    if g: h()", 4),
    ],
)
def test_nesting_is_counted_as_people_do(source: str, depth: int) -> None:
    """A chain of `elif` is one level, and a `with` none; what is in an `else` or an `except` is one deeper."""
    assert nesting(ast.parse(source)) == depth


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "ruff", "check"],
        [sys.executable, "-m", "ruff", "format", "--check"],
        pytest.param(
            [sys.executable, "-m", "mypy"],
            marks=pytest.mark.skipif(
                sys.version_info[:2] != (3, 11),
                reason="types are checked on the oldest Python: the numpy of later ones declares its own otherwise",
            ),
        ),
    ],
    ids=lambda command: " ".join(command[2:]),
)
def test_the_tools_find_nothing(command: list[str]) -> None:
    """The linter, the formatter and the type checker, as pyproject.toml sets them, are content."""
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
