"""What is installed is what was tested: the locks, the wheel, the two commands, and the refusal of other machines."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Every machine and Python a line of the lock may be meant for.
PLACES = [
    {
        "sys_platform": system,
        "platform_system": name,
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.1",
    }
    for system, name in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
    for minor in (11, 12, 13, 14)
]
# A Python that says it is a 32-bit one, for the refusal: it can be told so on any system.
PRETEND_32_BIT = "import struct, sys; struct.calcsize = lambda kind: 4; "


def locked(name: str) -> dict[str, list[tuple[Requirement, int]]]:
    """Return the lines of a lock by package: the requirement, and how many hashes it has."""
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for line in lines:
        if line and not line.startswith(("#", "--only-binary :all:")):
            requirement = Requirement(line.partition("--hash")[0])
            entry = (requirement, len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", line)))
            found.setdefault(canonicalize_name(requirement.name), []).append(entry)
    return found


def asked(*groups: str) -> list[Requirement]:
    """Return what pyproject.toml asks for: the dependencies, the build backend, and the groups named."""
    lists: list[list[str]] = [PROJECT["project"]["dependencies"], PROJECT["build-system"]["requires"]]
    lists += [PROJECT["dependency-groups"][group] for group in groups]
    return [Requirement(line) for lines in lists for line in lines]


def applies(requirement: Requirement, place: dict[str, str]) -> bool:
    """Tell whether a requirement counts on a machine and Python."""
    return requirement.marker is None or requirement.marker.evaluate(place)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_and_hashes_every_line(lock: str) -> None:
    """Each line is one exact version with hashes; wheels only; no index, no host, no file elsewhere."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = [entry for lines in locked(lock).values() for entry in lines]

    assert re.findall(r"^-.*$", text, re.MULTILINE) == ["--only-binary :all:"]
    assert "://" not in text
    assert len(entries) > 40
    for requirement, hashes in entries:
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement


@pytest.mark.parametrize(("lock", "groups"), [(LOCKS[0], ["build"]), (LOCKS[1], ["build", "dev"])])
def test_a_lock_answers_what_pyproject_asks(lock: str, groups: list[str]) -> None:
    """On every machine and Python, each dependency has exactly one locked version, and one that pyproject allows."""
    lines = locked(lock)
    for requirement in asked(*groups):
        for place in (place for place in PLACES if applies(requirement, place)):
            here = [one for one, _ in lines.get(canonicalize_name(requirement.name), []) if applies(one, place)]

            assert len(here) == 1, f"{requirement} on {place}: run tools/lock.py"
            assert requirement.specifier.contains(str(here[0].specifier).removeprefix("==")), requirement


def test_the_tests_run_with_the_versions_that_are_shipped() -> None:
    """The lock for the tests holds all of the other one, in the same versions."""
    shipped, tested = (
        {(name, str(one.specifier)) for name, lines in locked(lock).items() for one, _ in lines} for lock in LOCKS
    )

    assert shipped - tested == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def build(kind: str, source: Path, to: Path) -> Path:
    """Build a wheel or an sdist with the backend at hand, without network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(to)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(to.iterdir())


def contents(archive: Path) -> dict[str, str]:
    """Return each file of a wheel with its hash."""
    with zipfile.ZipFile(archive) as opened:
        return {name: hashlib.sha256(opened.read(name)).hexdigest() for name in opened.namelist()}


def shipped() -> Iterator[tuple[str, Path]]:
    """Yield where each file of the package and each preset belongs in the wheel, and where it is here."""
    for folder, inside in ((ROOT / "src" / "narrate", "narrate"), (ROOT / "voices", "narrate/voices")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."):
                yield f"{inside}/{path.relative_to(folder).as_posix()}", path


def test_the_wheel_holds_all_that_narrate_needs(wheel: Path) -> None:
    """Code, types, templates, fonts, music and presets are in it byte for byte, with the licence; nothing else is."""
    inside = contents(wheel)
    expected = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in shipped()}
    metadata = {name.partition("/")[2] for name in inside if ".dist-info/" in name}

    assert {name: digest for name, digest in inside.items() if ".dist-info/" not in name} == expected
    assert metadata == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
    assert "narrate/py.typed" in expected
    assert any(name.startswith("narrate/voices/") and name.endswith(".toml") for name in expected)


def test_the_same_tree_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """A second build, and one from the sdist, have the same files; the second build is the same to the byte."""
    again = build("wheel", ROOT, tmp_path / "again")
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as opened:
        opened.extractall(tmp_path / "unpacked", filter="data")
    from_sdist = build("wheel", next((tmp_path / "unpacked").iterdir()), tmp_path / "from-sdist")

    assert again.read_bytes() == wheel.read_bytes()
    assert contents(from_sdist) == contents(wheel)


def test_the_sdist_is_the_source_and_no_more(tmp_path: Path) -> None:
    """It holds what the tests and the two commands need, and nothing that was made here."""
    with tarfile.open(build("sdist", ROOT, tmp_path)) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    tops = {name.partition("/")[0] for name in names}

    assert {
        ".ci/run",
        "LICENSE",
        "README.md",
        "tools/build_hook.py",
        "tools/install.py",
        *LOCKS,
        "src/narrate/py.typed",
    } <= names
    assert not tops & {".venv", ".git", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    assert {name for name in names if name.startswith("out/")} <= {"out/README.md"}


def test_the_readme_and_ci_run_the_same_command() -> None:
    """`.ci/run` goes to the top of the clone and runs the README's command for the tests: nothing hidden."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert commands[:-1] == ['cd "$(dirname "$0")/.." || exit']
    assert commands[-1] in [line.strip() for line in readme]


def test_the_readme_begins_with_the_command_that_makes_an_episode() -> None:
    """The first screen, 25 lines, has the one command for a fresh clone."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert "python3 tools/install.py && .venv/bin/narrate make seeds/000_8b5a2423189e2da9.txt" in [
        line.strip() for line in readme[:25]
    ]


def test_an_old_python_understands_enough_to_refuse() -> None:
    """The setup script is in the grammar of Python 3.7, so a Python too old says so instead of a syntax error."""
    ast.parse((ROOT / "tools" / "install.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_setting_up_on_an_unsupported_machine_is_refused_before_anything_is_done() -> None:
    """One sentence and exit code 1, by the standard library alone: no installed package is in sight (-I -S)."""
    script = PRETEND_32_BIT + "import runpy; runpy.run_path('tools/install.py', run_name='__main__')"

    done = run_python("-I", "-S", "-c", script)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "narrate cannot run in a 32-bit Python, for which onnxruntime is not built: install a 64-bit one"
    ]


def test_building_on_an_unsupported_machine_is_refused(tmp_path: Path) -> None:
    """Pip builds narrate before it looks for its dependencies, so the sentence comes before any of their errors."""
    script = PRETEND_32_BIT + f"from hatchling.build import build_wheel; build_wheel({str(tmp_path)!r})"

    done = run_python("-c", script)

    assert done.returncode == 1
    assert done.stderr.startswith("narrate cannot run in a 32-bit Python")
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.glob("*.whl"))


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python at the top of the checkout."""
    command: list[Any] = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, env=os.environ)
