"""Plug-ins: found without importing them, and a broken one stops nobody."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from narrate.errors import PlatformError, UsageError
from narrate.runtime import plugins


def install(folder: Path, distribution: str, points: str, code: str = "") -> None:
    """Put a package with entry points on disk as pip would leave it."""
    module = distribution.replace("-", "_")
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that packages can be installed into."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


@pytest.mark.parametrize("group", ["narrate.readers", "narrate.engines", "narrate.formats"])
def test_the_scan_finds_what_pythons_own_finds(group: str) -> None:
    """The built-ins come in by the same door as everybody's, and the door is the standard one."""
    expected = {point.name: point.value for point in entry_points(group=group)}

    found = plugins.load(group)

    assert {name: plugin.value for name, plugin in found.found.items()} == expected
    assert expected


def test_a_third_party_is_found_beside_the_built_ins(site: Path) -> None:
    """A package that names an entry point is there, by its name, with nobody told about it."""
    install(site, "nv-flute", "[narrate.engines]\nflute = nv_flute:Flute\n", "class Flute:\n    name = 'flute'\n")

    engines = plugins.load("narrate.engines")

    assert "flute" in engines
    assert "piper" in engines
    assert engines.loaded() == {}
    assert getattr(engines["flute"], "name", "") == "flute"
    assert engines["flute"] is engines["flute"]
    assert engines.loaded() == {"flute": engines["flute"]}


def test_names_are_had_without_importing(site: Path) -> None:
    """Listing what is there costs no import and runs nobody's code."""
    install(site, "nv-loud", "[narrate.engines]\nloud = nv_loud:Loud\n", "raise SystemExit('imported')\n")

    engines = plugins.load("narrate.engines")

    assert list(engines) == sorted(engines)
    assert "loud" in engines
    assert len(engines) == len(list(engines))
    assert "nv_loud" not in sys.modules


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        ("nv_bad:Thing", "import no_such_module_at_all\n", "the package 'no-such-module-at-all' is not installed here"),
        ("nv_bad:Thing", "x = = 1\n", "SyntaxError"),
        ("nv_bad:Thing", "", "has no attribute 'Thing'"),
        ("nv_bad:Thing", "class Thing:\n    def __init__(self):\n        raise OSError('no\\ndriver')\n", "no driver"),
        ("not a value!", "", "is not 'module:attribute'"),
    ],
)
def test_a_broken_one_is_one_sentence_and_stops_nobody(site: Path, value: str, code: str, said: str) -> None:
    """The sentence names plug-in and package, and the others work on."""
    monkey = {"nv_bad": sys.modules.pop("nv_bad", None)}
    install(site, "nv-bad", f"[narrate.things]\nbad = {value}\ngood = pathlib:Path\n", code)
    things = plugins.load("narrate.things")

    with pytest.raises(PlatformError) as caught:
        things["bad"]
    ready, complaints = things.working()
    sys.modules.update({name: module for name, module in monkey.items() if module})

    assert "'bad' of the package 'nv-bad'" in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert ready == {"good": Path()}
    assert complaints == (str(caught.value),)


def test_an_unknown_name_is_a_usage_error_with_the_names_there_are() -> None:
    """A typo is answered with what is there."""
    with pytest.raises(UsageError, match=r"no engine 'pyper'; there are kokoro, piper, pyttsx3, tone"):
        plugins.load("narrate.engines")["pyper"]


def test_no_plugin_at_all_means_narrate_is_not_installed() -> None:
    """Run from a bare folder there are no entry points: say so, do not say "unknown"."""
    with pytest.raises(PlatformError, match="install narrate again"):
        plugins.load("narrate.nothing")["x"]


def test_narrates_own_names_cannot_be_taken(site: Path) -> None:
    """A package that comes first on the path does not replace a built-in silently."""
    install(site, "aaa", "[narrate.engines]\npiper = aaa:Piper\n")

    engines = plugins.load("narrate.engines")

    assert engines.found["piper"].distribution == plugins.OWN


def test_an_instance_or_function_is_handed_out_as_it_is(site: Path) -> None:
    """Only classes are called; anything else is already what is wanted."""
    install(
        site, "nv-ready", "[narrate.readies]\nanswer = nv_ready:made.value [extra]\n", "class made:\n    value = 42\n"
    )

    assert plugins.load("narrate.readies")["answer"] == 42


def test_zip_files_on_the_path_are_left_to_importlib(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a scan of folders cannot see, the slow and complete way is taken and finds the same."""
    archive = site / "app.pyz"
    archive.write_bytes(b"PK\x05\x06" + bytes(18))
    before = plugins.load("narrate.engines").found
    monkeypatch.syspath_prepend(archive)

    assert plugins.load("narrate.engines").found == before


def test_a_scan_is_made_once_and_costs_little() -> None:
    """The first look costs at most 15 ms CPU (measured: 3), later ones nothing; importlib.metadata is not imported."""
    code = (
        "import sys, time; from narrate.runtime import plugins; a = time.process_time();"
        "plugins.load('narrate.engines'); b = time.process_time(); plugins.load('narrate.readers');"
        "print(b - a, time.process_time() - b, 'importlib.metadata' in sys.modules)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True) for _ in range(3)]
    first_s, again_s, imported = min(run.stdout.split() for run in runs)

    assert float(first_s) < 0.015
    assert float(again_s) < 0.001
    assert imported == "False"


def test_what_cannot_be_read_offers_nothing(site: Path) -> None:
    """Metadata in another encoding or a missing folder on the path is passed over, as Python does."""
    install(site, "nv-odd", "", "")
    (site / "nv_odd-1.0.dist-info" / "entry_points.txt").write_bytes(b"[narrate.engines]\n\xff\xfe = x:y\n")
    sys.path.append(str(site / "not there"))
    began_s = time.monotonic()

    engines = plugins.load("narrate.engines")
    sys.path.remove(str(site / "not there"))

    assert "piper" in engines
    assert time.monotonic() - began_s < 5
