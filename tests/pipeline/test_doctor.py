"""Each thing that `doctor` looks at is broken once, and the line says so and what to do."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from narrate.errors import EpisodeError, PlatformError, SettingsError
from narrate.pipeline import checkups, doctor, trials
from narrate.pipeline.checkups import Place
from narrate.pipeline.doctor import Check, Grade, examine
from narrate.pipeline.shows import begin_show, change_show
from narrate.runtime.trial import try_module
from narrate.settings import Settings
from narrate.settings.table import Publishing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An empty folder to work in."""
    monkeypatch.setattr("narrate.episode.cover.SHOW_PX", 300)
    folders = (tmp_path / "out" / "reads", tmp_path / "cache", tmp_path / "state")
    return Place(Settings(), *folders, (tmp_path / "narrate.toml",))


def rows(checkup: Callable[[Place], Any], place: Place) -> list[Check]:
    """What one checkup finds."""
    return [Check(name, Grade(grade), found, advice) for grade, name, found, advice in checkup(place)]


def only(found: list[Check], grade: Grade) -> Check:
    """The one line of that grade."""
    (one,) = [check for check in found if check.grade is grade]
    return one


def tried(name: str, language: str = "en") -> list[Check]:
    """What a trial finds, here in this process."""
    return [Check(name, Grade(grade), found, advice) for grade, name, found, advice in trials.TRIALS[name](language)]


def test_nothing_is_wrong_here(place: Place, tmp_path: Path) -> None:
    """Where the tests run narrate works: no fault, every part has a line, and nothing is left or begun anywhere."""
    checks = examine(Settings, lambda _settings: place)

    assert [check for check in checks if check.grade is Grade.FAULT] == []
    assert {check.name for check in checks} >= {
        *("machine", "settings", "folders", "cache", "show", "serving", "publishing"),
        *("packages", "voice", "pyttsx3", "encoders", "fonts"),
    }
    assert all(check.found and "\n" not in check.found for check in checks)
    assert list(tmp_path.iterdir()) == []


def test_settings_that_cannot_be_read_are_a_fault_and_the_rest_is_looked_at(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By default then."""
    monkeypatch.setattr(doctor, "_try", lambda name, _language: [("ok", name, "tried", "")])

    def broken() -> Settings:
        raise SettingsError("narrate.toml, line 1: speed: 9 is not a number from 0.5 to 3")

    checks = examine(broken, lambda settings: replace(place, settings=settings))

    assert only(checks, Grade.FAULT).found.startswith("narrate.toml, line 1")
    assert len(checks) > 8


def test_a_machine_that_narrate_does_not_run_on_is_all_there_is_to_say(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the sentence of the installer."""

    def refuse() -> None:
        raise PlatformError("narrate cannot run on Plan 9, for which its packages are not built")

    monkeypatch.setattr(doctor, "refuse_unsupported", refuse)

    assert [(check.name, check.grade) for check in examine(Settings, lambda _: place)] == [("machine", Grade.FAULT)]


@pytest.mark.parametrize("package", ["mammoth", "lameenc", "pypdfium2"])
def test_a_package_that_is_missing_is_named_with_what_brings_it(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are counted all the same."""
    monkeypatch.setitem(sys.modules, package, None)

    found = tried("packages")

    assert package in only(found, Grade.FAULT).found
    assert only(found, Grade.FAULT).advice == f"pip install '{package}'"
    assert " load: " in only(found, Grade.OK).found


def test_every_package_that_is_asked_for_is_tried() -> None:
    """By the name it is imported by, and no package of an extra."""
    names = trials._asked_for()

    assert {"numpy", "pillow", "pyyaml", "piper-tts", "fsspec"} <= set(names)
    assert not {"s3fs", "adlfs", "pytest"} & set(names)


def a_module(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    """A module that processes of their own find."""
    (folder / "broken_trial.py").write_text(text, encoding="utf-8")
    paths = (str(folder), os.environ.get("PYTHONPATH", ""))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    monkeypatch.setattr(doctor, "_TRIALS", "broken_trial")
    return "broken_trial"


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_a_library_that_crashes_is_named_and_nothing_else_is_harmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process says what is in hand before it dies."""
    noted = "import os, sys\nsys.stderr.write('onnxruntime\\n')\nsys.stderr.flush()\n"
    crash = f"{noted}os.kill(os.getpid(), {int(signal.SIGSEGV)})\n"
    a_module(tmp_path, monkeypatch, crash)

    (row,) = doctor._try("voice", "en")

    assert row[:3] == ("fault", "voice", "it crashed (SIGSEGV) with onnxruntime")
    assert "install narrate again" in row[3]


def test_a_library_that_fails_as_nobody_thought_of_is_a_fault_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the last line of what it said."""
    a_module(tmp_path, monkeypatch, "raise RuntimeError('no such instruction')\n")

    (row,) = doctor._try("voice", "en")

    assert row[:3] == ("fault", "voice", "it failed (exit code 1) with RuntimeError: no such instruction")


def test_a_trial_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time, with what was in hand."""
    text = "import sys, time\nsys.stderr.write('the engine piper\\n')\nsys.stderr.flush()\ntime.sleep(60)\n"

    trial = try_module(a_module(tmp_path, monkeypatch, text), limit_s=2)

    assert (trial.death, trial.noted) == ("took longer than 2 s", "the engine piper")


def test_a_voice_that_is_chosen_and_not_there_is_a_fault(monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:  # noqa: ANN401 # pytest's
    """With the sentence that `make` would say."""
    monkeypatch.setenv("NARRATE_VOICE", "nobody")
    monkeypatch.setattr(os, "dup2", lambda *_given: 0)

    trials.main("voice", "en")

    assert '["fault", "voice", "no voice' in capfd.readouterr().out


def test_the_voice_of_the_settings_is_the_one_that_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not narrate's own."""
    monkeypatch.setenv("NARRATE_ENGINE", "tone")

    assert "(tone, " in only(tried("voice"), Grade.OK).found


class Deaf:
    """A format that gives back silence, or nothing at all."""

    suffix, rates_kbps = ".x", ()

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    def coder(self, _kbps: int, _channels: int) -> Any:  # noqa: ANN401 # what the trial uses of a coder
        """Itself."""
        return self

    def encoder(self) -> Any:  # noqa: ANN401 # as above
        """Itself."""
        return self

    def feed(self, samples: Any, _frames: int) -> list[Any]:  # noqa: ANN401 # as above
        """What it got, or its error."""
        if self._error:
            raise self._error
        return [samples]

    def decode(self, units: list[Any]) -> list[Any]:
        """Silence."""
        return [unit * 0.0 for unit in units]


@pytest.mark.parametrize(
    ("error", "words"),
    [(None, "another sound than it got"), (EpisodeError("LAME says no"), "x does not work: LAME says no")],
)
def test_an_encoder_that_does_not_work_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, error: Exception | None, words: str
) -> None:
    """What comes back is listened to."""
    form = Deaf(error)
    monkeypatch.setattr("narrate.runtime.plugins.load", lambda _group: {"x": form})
    monkeypatch.setattr("narrate.pipeline.forms.form_named", lambda *_given: SimpleNamespace(coder=form))

    (found,) = tried("encoders")

    assert (found.grade, words in found.found) == (Grade.FAULT, True)


def test_every_format_gives_its_second_back() -> None:
    """Of a tone, at the level it had."""
    found = tried("encoders")

    assert {check.grade for check in found} == {Grade.OK}
    assert {check.found.partition(" ")[0] for check in found} >= {"mp3", "m4a", "opus"}


def test_fonts_matter_where_the_show_needs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A show in Thai without a font that has its letters is warned; one in English is not."""
    from narrate.episode import lettering

    monkeypatch.setattr(lettering, "_system_fonts", lambda: ())

    assert "no font here has Thai letters" in only(tried("fonts", "th-TH"), Grade.WARNING).found
    assert "without text: Chinese" in only(tried("fonts", "en"), Grade.OK).found


def test_a_plug_in_that_does_not_load_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not narrate's, which works without it."""
    from narrate.runtime.plugins import Plugin, Plugins

    broken = Plugin("narrate.engines", "flite", "no_such_module:Engine", "narrate-flite")
    monkeypatch.setattr("narrate.runtime.plugins.load", lambda group: Plugins(group, {"flite": broken}))

    found = tried("plug-ins")

    assert {check.grade for check in found} == {Grade.WARNING}
    assert "'flite' of the package 'narrate-flite'" in found[0].found


def test_a_folder_that_cannot_be_written_is_a_fault(place: Place, tmp_path: Path) -> None:
    """Each with the setting that chooses another."""
    (tmp_path / "file").write_text("x")
    blocked = replace(place, cache=tmp_path / "file" / "cache")

    found = only(rows(checkups.folders, blocked), Grade.FAULT)

    assert "cannot be written: a part of the path is not a folder" in found.found
    assert "'cache_dir'" in found.advice


@pytest.mark.parametrize(
    ("free", "grade"), [(50_000_000, Grade.FAULT), (500_000_000, Grade.WARNING), (10**11, Grade.OK)]
)
def test_little_room_is_said_before_it_is_used_up(
    place: Place, monkeypatch: pytest.MonkeyPatch, free: int, grade: Grade
) -> None:
    """A fault where no episode fits."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))

    assert {check.grade for check in rows(checkups.folders, place)} == {grade}


def test_a_cache_that_is_too_full_or_old_is_a_warning(place: Place) -> None:
    """With the command that makes room."""
    entry = place.cache / "v2" / "takes" / "a" / ("0" * 39)
    entry.parent.mkdir(parents=True)
    entry.write_bytes(b"x" * 2000)

    full = only(rows(checkups.cache, replace(place, settings=Settings(cache_max_gb=0.000001))), Grade.WARNING)
    (place.cache / "v0" / "takes" / "aa").mkdir(parents=True)
    (place.cache / "v0" / "takes" / "aa" / ("0" * 38)).write_bytes(b"x" * 2_000_000)
    old = only(rows(checkups.cache, place), Grade.WARNING)

    assert "too full" in full.found
    assert "2 MB are of older versions" in old.found
    assert full.advice.startswith("'narrate cache prune'")


def test_a_show_whose_files_are_gone_is_a_fault(place: Place) -> None:
    """One of them is named."""
    from tests.publish.remote.material import lay

    lay(place.show, {"bread": "x"})
    assert "1 episode" in only(rows(checkups.show, place), Grade.OK).found
    (place.show / "bread" / "bread.mp3").unlink()

    found = only(rows(checkups.show, place), Grade.FAULT)

    assert "bread/bread.mp3" in found.found
    assert "narrate remove" in found.advice


def test_a_show_whose_settings_are_broken_is_a_fault(place: Place) -> None:
    """With file and line."""
    begin_show(place.show, "Reads", "en")
    (place.show / "show.toml").write_text("title = 3\n", encoding="utf-8")

    (name, found) = doctor._looked(checkups.show, place)[0][1:3]

    assert name == "show"
    assert "show.toml, line 1" in found


def test_a_change_that_did_not_end_is_a_warning(place: Place) -> None:
    """It is not finished here: `doctor` changes nothing."""
    begin_show(place.show, "Reads", "en")
    journal = place.show / ".staging" / "journal.json"
    journal.write_text("{}")

    assert "interrupted" in only(rows(checkups.show, place), Grade.WARNING).found
    assert journal.exists()


@pytest.mark.parametrize(
    ("base_url", "grade", "words"),
    [
        ("", Grade.WARNING, "no public address"),
        ("http://192.168.1.7/reads/", Grade.WARNING, "not an address that others can reach"),
        ("http://example.org/reads/", Grade.WARNING, "the show is at http://"),
        ("https://example.org/reads/", Grade.OK, "the show is at https://"),
    ],
)
def test_the_public_address_is_judged(place: Place, base_url: str, grade: Grade, words: str) -> None:
    """A local show needs none, which the advice says."""
    begin_show(place.show, "Reads", "en")
    change_show(place.show, "base_url", base_url)

    (found,) = rows(checkups.address, place)

    assert (found.grade, words in found.found) == (grade, True)
    assert bool(found.advice) == (grade is Grade.WARNING)


def test_a_port_that_is_taken_is_a_warning(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be a `narrate serve` that runs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr("narrate.publish.DEFAULT_PORT", listener.getsockname()[1])
        found = only(rows(checkups.serving, place), Grade.WARNING)

    assert f"port {listener and found.found.split()[1]} is taken" in found.found
    assert "narrate serve --port" in found.advice


def test_a_target_that_nothing_here_reaches_is_a_fault(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra that brings the driver; without a target a missing one is no fault."""
    monkeypatch.setattr(checkups, "_version_of", lambda _module: "")
    wanted = replace(place, settings=Settings(publish=Publishing(target="gs://bucket/reads")))

    assert only(rows(checkups.publishing, wanted), Grade.FAULT).advice == "pip install 'narrate-podcast[gcs]'"
    assert [check.grade for check in rows(checkups.publishing, place)] == [Grade.OK]


def test_a_terminal_that_cannot_show_every_title_is_a_warning(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code page of Windows, or a POSIX locale."""
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="cp1252"))

    assert "cp1252" in only(rows(checkups.terminal, place), Grade.WARNING).found


def test_the_settings_files_that_are_read_are_named(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the variables that are set, by name only: a value may be secret."""
    place.files[0].write_text("speed = 1.1\n")
    monkeypatch.setenv("NARRATE_PUBLISH_OPTIONS", "secret=hush")

    found = [check.found for check in rows(checkups.settings, place)]

    assert found[0] == f"{str(place.files[0])!r} is read"
    assert "NARRATE_PUBLISH_OPTIONS" in found[1]
    assert "hush" not in found[1]


def test_a_library_that_is_missing_in_the_command_itself_is_a_line(place: Place) -> None:
    """Not the end of the examination."""

    def show(_place: Place) -> Any:  # noqa: ANN401 # never comes to it
        raise ModuleNotFoundError("No module named 'lxml'", name="lxml")

    ((grade, name, found, _),) = doctor._looked(show, place)

    assert (grade, name) == ("fault", "show")
    assert "pip install lxml" in found
