"""Presets: narrate's own are found wherever it is installed, the user's come first, and mistakes are named."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from narrate.errors import SettingsError, VoiceError
from narrate.model import Role
from narrate.speech import list_casts, load_cast
from narrate.speech.presets import find_preset, list_presets, shipped_folder

ROOT = Path(__file__).parents[2]
GOOD = 'engine = "tone"\nid = "beep"\nlanguage = "en"\n'


def written(folder: Path, name: str, text: str) -> Path:
    """The folder, with a file in it."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def test_the_default_voice_is_as_the_golden_script_says() -> None:
    """Joe is Piper's, at its own pace, and says in words and in sound that an AI reads."""
    joe = find_preset("joe")

    assert joe is not None
    assert (joe.engine, joe.id, joe.language) == ("piper", "en_US-joe-medium", "en-US")
    assert joe.disclosure == "This article is read by an AI voice."
    assert joe.disclosure_spoken == "This article is read by an A.I. voice."


def test_rule_voices_announce_a_computer() -> None:
    """Every shipped voice without a neural engine says so."""
    said = {voice.disclosure for voice in list_presets() if voice.engine != "piper"}

    assert said == {"This article is read by a computer voice."}


def test_casts_name_voices_that_exist() -> None:
    """Every voice of every shipped cast is a shipped preset, and the default cast leaves all to one voice."""
    presets = {voice.name for voice in list_presets()}

    assert {voice for cast in list_casts() for voice in cast.voices.values()} <= presets
    assert load_cast("solo").voices == {}
    assert load_cast("duo").voices[Role.QUOTE] == "joe-low"


def test_the_users_presets_come_first(tmp_path: Path) -> None:
    """A file of the user's hides the shipped one of its name, for voices and for casts."""
    written(tmp_path, "joe.toml", GOOD)
    written(tmp_path, "casts/duo.toml", '[voices]\n"list item" = "tone"\n')

    joe, duo = find_preset("joe", [tmp_path]), load_cast("duo", [tmp_path])

    assert joe is not None
    assert joe.engine == "tone"
    assert dict(duo.voices) == {Role.LIST_ITEM: "tone"}


def test_a_model_may_lie_beside_its_preset(tmp_path: Path) -> None:
    """A file as voice id is found from the preset, not from where narrate is started."""
    written(tmp_path, "own.toml", 'engine = "piper"\nid = "own.onnx"\nlanguage = "en"\n')

    own = find_preset("own", [tmp_path])

    assert own is not None
    assert own.id == str(tmp_path / "own.onnx")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "rate_wpm = 1000", "the field 'rate_wpm' is 1000; allowed is a whole number from 80 to 450"),
        (GOOD + "rate_wpm = true", "the field 'rate_wpm' is True; allowed is a whole number from 80 to 450"),
        (GOOD + "rate_wpm = 175.5", "the field 'rate_wpm' is 175.5; allowed is a whole number"),
        (GOOD + 'pitch = "high"', "the field 'pitch' is 'high'; allowed is a whole number from 0 to 100"),
        (GOOD + "repeatable = 1", "the field 'repeatable' is 1; allowed is true or false"),
        (GOOD + "level_db = nan", "the field 'level_db' is nan; allowed is a number from -40 to 40"),
        (GOOD + "label = 7", "the field 'label' is 7; allowed is a text in quotes"),
        (GOOD + 'speed = "fast"', "there is no field 'speed'; allowed are engine, id, language, rate_wpm"),
        ('engine = "tone"\nid = "beep"', "the field 'language' is missing"),
        ("engine = tone", "this is not TOML"),
    ],
)
def test_a_wrong_preset_names_file_field_and_what_is_allowed(tmp_path: Path, text: str, message: str) -> None:
    """One sentence tells which file, which field, and what may stand there."""
    written(tmp_path, "own.toml", text)

    with pytest.raises(SettingsError) as error:
        find_preset("own", [tmp_path])

    assert str(error.value).startswith(f"{tmp_path / 'own.toml'}: {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[voices]\nqoute = "joe"', "there is no role 'qoute'; allowed are title, heading, body"),
        ("[voices]\nquote = 1", "the voice of 'quote' is 1; allowed is the name of a voice in quotes"),
        ('quote = "joe"', "allowed is one table, [voices]"),
        ("[voices", "this is not TOML"),
    ],
)
def test_a_wrong_cast_names_file_role_and_what_is_allowed(tmp_path: Path, text: str, message: str) -> None:
    """Casts are as strict as voices."""
    written(tmp_path, "casts/own.toml", text)

    with pytest.raises(SettingsError) as error:
        load_cast("own", [tmp_path])

    assert str(error.value).startswith(f"{tmp_path / 'casts' / 'own.toml'}: {message}")


def test_an_unknown_cast_is_answered_with_those_there_are() -> None:
    """A near miss gets a suggestion, anything else the list."""
    with pytest.raises(VoiceError, match="no cast 'dou'; did you mean 'duo'"):
        load_cast("dou")
    with pytest.raises(VoiceError, match="no cast 'xyz'; there are: duo, espeak-duo, solo"):
        load_cast("xyz")


def test_presets_are_found_in_a_checkout() -> None:
    """Run from the repository, narrate reads the repository's voices."""
    assert shipped_folder() == ROOT / "voices"


def test_presets_are_found_in_a_wheel(tmp_path: Path) -> None:
    """Built and unpacked far from the repository, narrate has the same voices and casts."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "from narrate.speech import list_casts; from narrate.speech.presets import list_presets, shipped_folder\n"
        "print(shipped_folder()); print(*[v.name for v in list_presets()]); print(*[c.name for c in list_casts()])"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)

    folder, voices, casts = ran.stdout.splitlines()
    assert folder == str(tmp_path / "site" / "narrate" / "voices")
    assert voices.split() == [voice.name for voice in list_presets()]
    assert casts.split() == [cast.name for cast in list_casts()]


def test_every_voice_has_a_level() -> None:
    """A preset that came with no level would be measured on every machine anew."""
    for voice in list_presets():
        assert voice.level_db, voice.name
