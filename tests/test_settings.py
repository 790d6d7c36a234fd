"""Settings: who wins, who chose, and what is said of a mistake."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import SettingsError
from narrate.model import Loudness, MusicChoice, Pauses
from narrate.settings import PURPOSES, SETTINGS, Kind, Setting, Settings, load_settings, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS = ("user", "folder", "environment", "option")
BY_NAME = {setting.name: setting for setting in SETTINGS}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to be in, without a settings file."""
    return tmp_path


def load(
    folder: Path,
    *,
    here: str = "",
    user: str = "",
    environ: Mapping[str, str] | None = None,
    options: Mapping[str, object] | None = None,
) -> Settings:
    """Load settings with the texts of the two files."""
    (folder / "narrate.toml").write_text(here, encoding="utf-8")
    (folder / "user.toml").write_text(user, encoding="utf-8")
    return load_settings(options or {}, environ or {}, folder, folder / "user.toml")


def nested(values: Mapping[str, object]) -> dict[str, object]:
    """Dotted names as tables."""
    tables: dict[str, object] = {}
    for name, value in values.items():
        group, _, last = name.rpartition(".")
        table = tables.setdefault(group, {}) if group else tables
        assert isinstance(table, dict)
        table[last] = value
    return tables


def values_for(setting: Setting) -> st.SearchStrategy[object]:
    """Values that a setting takes, as TOML has them."""
    low, high = (max(setting.low, -1e6), min(setting.high, 1e6))
    return {
        Kind.TEXT: st.sampled_from(["joe", "en_US-joe-medium", "voix é"]),
        Kind.CHOICE: st.sampled_from(setting.choices or ("",)),
        Kind.WHOLE: st.integers(int(low), int(high)),
        Kind.NUMBER: st.integers(int(low * 4), int(high * 4))
        .map(lambda quarters: quarters / 4)
        .filter(lambda x: x >= low),
        Kind.FLAG: st.booleans(),
        Kind.PATH: st.sampled_from(["/a/b", "/c d"]),
        Kind.PATHS: st.sampled_from(["/a/b", "/a/b,/c d"]),
        Kind.MUSIC: st.sampled_from(["default", "none", "/m/music.mp3"]),
        Kind.PLACE: st.sampled_from(["/a/b", "s3://bucket/folder"]),
        Kind.OPTIONS: st.sampled_from(["key=a", "key=a secret=b"]),
        Kind.SLUG: st.sampled_from(["my-show", "a", "0-9", "a" * 60]),
    }[setting.kind]


def assignments() -> st.SearchStrategy[dict[tuple[str, str], object]]:
    """For some settings at some levels, a value."""
    pairs = st.tuples(st.sampled_from(SETTINGS), st.sampled_from(LEVELS))
    choices = pairs.flatmap(
        lambda pair: values_for(pair[0]).map(lambda value: ((pair[0].name, pair[1]), value)),
    )
    return st.lists(choices, max_size=25).map(dict)


@given(assignments())
def test_the_highest_level_wins_and_is_named(given_values: dict[tuple[str, str], object]) -> None:
    """Command line > environment > the folder's file > the user's file > default, for each setting by itself."""
    from tempfile import TemporaryDirectory

    by_level: dict[str, dict[str, object]] = {level: {} for level in LEVELS}
    for (name, level), value in given_values.items():
        by_level[level][name] = value
    with TemporaryDirectory() as where:
        settings = load(
            Path(where),
            user=tomli_w.dumps(nested(by_level["user"])),
            here=tomli_w.dumps(nested(by_level["folder"])),
            environ={BY_NAME[name].variable: str(value) for name, value in by_level["environment"].items()},
            options=by_level["option"],
        )
        sources = {"user": str(Path(where, "user.toml")), "folder": "narrate.toml"}

    decided = next((level for level in reversed(LEVELS) if "purpose" in by_level[level]), "user")
    purpose = str(by_level[decided].get("purpose", "podcast"))
    chosen = {level: PURPOSES[purpose].choices if level == decided else {} for level in LEVELS}
    for setting in SETTINGS:
        known = (level for level in reversed(LEVELS) if setting.name in {**chosen[level], **by_level[level]})
        level = next(known, "default")
        by_purpose = level != "default" and setting.name not in by_level[level]
        given = chosen[level] if by_purpose else by_level.get(level, {setting.name: setting.default})
        expected, name = given[setting.name], "purpose" if by_purpose else setting.name
        named = {"environment": BY_NAME[name].variable, "option": BY_NAME[name].option, **sources}
        source = named.get(level, "default")
        if by_purpose:
            source += f" {purpose}"
        assert value_of(settings, setting.name) == expected
        assert settings.sources[setting.name] == source


def test_without_anything_it_is_the_defaults(folder: Path) -> None:
    """No files, no variables, no options: the defaults of the table, which are those of the values themselves."""
    settings = load_settings({}, {}, folder, None)

    assert settings == Settings()
    assert (settings.pauses, settings.music, settings.loudness) == (Pauses(), MusicChoice(), Loudness())
    assert set(settings.sources.values()) == {"default"}


def test_the_table_and_the_settings_are_the_same() -> None:
    """Every field is in the table with its default, and the table has nothing else."""
    leaves = {
        f"{field.name}.{part.name}" if dataclasses.is_dataclass(value) else field.name
        for field in dataclasses.fields(Settings)
        if field.name != "sources"
        for value in [getattr(Settings(), field.name)]
        for part in (dataclasses.fields(value) if dataclasses.is_dataclass(value) else [field])
    }

    assert leaves == set(BY_NAME)
    assert all(value_of(Settings(), name) == setting.default for name, setting in BY_NAME.items())


def test_every_setting_can_be_documented() -> None:
    """Each has a help of a line, a variable and an option of its own, and words for what is allowed."""
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)
    assert len({setting.option for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.help
        assert "inf" not in setting.allowed
        assert setting.variable.startswith("NARRATE_")


def test_the_whole_table_can_be_written_in_a_file(folder: Path) -> None:
    """A file that states every default changes nothing but the source, and paths that it made absolute."""
    written = {setting.name: setting.default for setting in SETTINGS if setting.default != ""}
    settings = load(folder, here=tomli_w.dumps(nested(written)))

    assert settings.sources.items() >= dict.fromkeys(written, "narrate.toml").items()
    assert dataclasses.replace(settings, out="out", sources=Settings().sources) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("spead = 2\n", "narrate.toml, line 1: there is no setting 'spead'; did you mean 'speed'?"),
        ("\n\nspeed = 'fast'\n", "narrate.toml, line 3: speed: 'fast' is not a number from 0.5 to 3"),
        ("speed = 3.1\n", "speed: 3.1 is not a number from 0.5 to 3"),
        ("speed = nan\n", "speed: nan is not a number"),
        ("speed = true\n", "speed: True is not a number"),
        ("jobs = 1.0\n", "jobs: 1.0 is not a whole number from 0 to 256"),
        ("disclosure = 1\n", "disclosure: 1 is not true or false"),
        ("voice = 7\n", "voice: 7 is not text"),
        ('voice = "a\\u0007b"\n', r"'a\x07b' holds a control character"),
        ("[voice]\nname = 'x'\n", "voice: {'name': 'x'} is not text"),
        ("[pauses]\nsentense = 3\n", "line 2: there is no setting 'pauses.sentense'; did you mean 'pauses.sentence'?"),
        ("[pauses]\nsentence = -1\n", "line 2: pauses.sentence: -1 is not a whole number from 0 to 10000"),
        ("pauses.title = 99999\n", "line 1: pauses.title: 99999 is not a whole number"),
        ("pauses = 3\n", "'pauses' is a group; set one of pauses.clause, "),
        ("progress = 'bars'\n", "progress: 'bars' is not one of auto, bar, lines, none; did you mean 'bar'?"),
        ("show = 'My Show'\n", "show: 'My Show' is not 1 to 60 small letters, digits and hyphens"),
        ("show = '../x'\n", "show: '../x' is not 1 to 60"),
        ("music = 3\n", "music: 3 is not 'default', 'none' or the path of an audio file"),
        ("music = ''\n", "music: '' is not 'default', 'none'"),
        ("loudness.target_lufs = 16\n", "loudness.target_lufs: 16 is not a number from -30 to -9"),
        ("out = '~nobody-at-all/x'\n", "names a home folder that is not known"),
        ("qqqqqq = 1\n", "there is no setting 'qqqqqq'; 'narrate settings' lists them"),
        ("speed 2\n", "narrate.toml is not TOML: "),
        ("speed = " + "[" * 5000, "narrate.toml is nested too deeply"),
        (".".join("a" * 20_000) + " = 1\n", "narrate.toml has a key of more than 50 parts"),
        ("speed = 1\nspeed = 2\n", "narrate.toml is not TOML: "),
    ],
)
def test_a_mistake_in_a_file_is_one_sentence_with_its_place(folder: Path, text: str, said: str) -> None:
    """File, line, field, and what is allowed or was meant; on one line; exit code 2."""
    with pytest.raises(SettingsError) as caught:
        load(folder, here=text)

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("NARRATE_SPEED", "9", "NARRATE_SPEED: '9' is not a number from 0.5 to 3"),
        ("NARRATE_SPEED", "1,5", "NARRATE_SPEED: '1,5' is not a number"),
        ("NARRATE_JOBS", "two", "NARRATE_JOBS: 'two' is not a whole number"),
        ("NARRATE_JOBS", "9" * 5000, "is not a whole number"),
        ("NARRATE_DISCLOSURE", "maybe", "NARRATE_DISCLOSURE: 'maybe' is not true or false"),
        ("NARRATE_VOCE", "joe", "there is no setting NARRATE_VOCE; did you mean NARRATE_VOICE?"),
        ("NARRATE_CACHE", "/c", "did you mean NARRATE_CACHE_DIR?"),
    ],
)
def test_a_mistake_in_a_variable_is_one_sentence(folder: Path, variable: str, text: str, said: str) -> None:
    """The variable is named, and what it may hold; long values are cut."""
    with pytest.raises(SettingsError) as caught:
        load(folder, environ={variable: text})

    assert said in str(caught.value)
    assert len(str(caught.value)) < 200


def test_mistakes_in_options_name_the_option(folder: Path) -> None:
    """What came from the command line is called what it is called there."""
    with pytest.raises(SettingsError, match=r"--speed: '9' is not a number from 0\.5 to 3"):
        load(folder, options={"speed": "9"})
    with pytest.raises(SettingsError, match=r"there is no setting --spead; did you mean 'speed'\?"):
        load(folder, options={"spead": 1})


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("YES", True), ("1", True), ("on", True), ("False", False), ("no", False), ("0", False)],
)
def test_flags_in_the_environment_are_words(folder: Path, text: str, value: bool) -> None:  # noqa: FBT001 # it is what is tested
    """The usual words for yes and no."""
    assert load(folder, environ={"NARRATE_DISCLOSURE": text}).disclosure is value


def test_what_is_not_given_does_not_count(folder: Path) -> None:
    """An option that is None and a variable that is empty leave the choice to the others; nor do others' variables."""
    settings = load(
        folder,
        here="voice = 'joe'\n",
        environ={"NARRATE_VOICE": "", "NARRATE_PORT": "tcp://10.0.0.1:80", "NARRATE_SERVICE_HOST": "x", "PATH": "/"},
        options={"voice": None},
    )

    assert settings.voice == "joe"
    assert settings.sources["voice"] == "narrate.toml"


def test_music_stands_for_its_three_parts(folder: Path) -> None:
    """One word for all, a part by itself wins beside it, and a higher level's word wins over a lower one's part."""
    one = load(folder, environ={"NARRATE_MUSIC": "none", "NARRATE_MUSIC_INTRO": "default"})
    two = load(folder, here="[music]\nintro = 'x.mp3'\n", options={"music": "none"})
    three = load(folder, here="[music]\nintro = 'x.mp3'\n")

    assert one.music == MusicChoice("default", "none", "none")
    assert one.sources["music.sting"] == "NARRATE_MUSIC"
    assert two.music == MusicChoice("none", "none", "none")
    assert three.music == MusicChoice(str(folder / "x.mp3"), "default", "default")


def test_paths_count_from_where_they_stand(folder: Path) -> None:
    """In a file from its folder, on the command line and in a variable from where one is; ``~`` is home."""
    in_file = load(folder, here="out = 'podcasts'\n")
    by_option = load(folder, options={"out": "podcasts"})
    home = load(folder, user="out = '~/podcasts'\n")

    assert in_file.out == str(folder / "podcasts")
    assert by_option.out == "podcasts"
    assert home.out == str(Path.home() / "podcasts")


def test_here_stays_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the folder one is in given as ``.``, paths stay as short as they were written."""
    monkeypatch.chdir(folder)
    (folder / "narrate.toml").write_text("out = 'podcasts'\n", encoding="utf-8")

    assert load_settings({}, {}, Path(), None).out == "podcasts"


def test_the_users_file_holds_no_relative_path(folder: Path) -> None:
    """It counts everywhere, so a relative path in it would mean another place each time."""
    with pytest.raises(SettingsError, match=r"user\.toml, line 1: out: 'podcasts' must begin with '/' or '~'"):
        load(folder, user="out = 'podcasts'\n")
    with pytest.raises(SettingsError, match=r"line 2: music\.intro: 'x\.mp3' must begin with"):
        load(folder, user="[music]\nintro = 'x.mp3'\n")


def test_a_file_that_is_none_gets_a_sentence(folder: Path) -> None:
    """Not UTF-8, far too large, a folder: one sentence with its name; a missing one is as good as an empty one."""
    file = folder / "narrate.toml"
    for data, said in ((b"voice = '\xff'\n", "not in UTF-8"), (b"#" * 1_000_001, "larger than 1 MB")):
        file.write_bytes(data)
        with pytest.raises(SettingsError, match=said):
            load_settings({}, {}, folder, None)
    file.unlink()
    file.mkdir()

    with pytest.raises(SettingsError, match=r"cannot read the settings in narrate\.toml"):
        load_settings({}, {}, folder, None)
    assert load_settings({}, {}, folder / "not there", folder / "nor this") == Settings()


def test_a_byte_order_mark_is_passed_over(folder: Path) -> None:
    """Editors on Windows write one."""
    (folder / "narrate.toml").write_bytes(b"\xef\xbb\xbfspeed = 1.25\n")

    assert load_settings({}, {}, folder, None).speed == 1.25


def test_settings_are_frozen() -> None:
    """Nobody changes them on the way, nor who chose them."""
    settings = Settings()

    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.speed = 2.0  # type: ignore[misc] # it is what is tested
    with pytest.raises(TypeError):
        settings.sources["speed"] = "me"  # type: ignore[index] # it is what is tested


def test_loading_costs_no_library() -> None:
    """Nothing but the standard library is imported for settings, and no help for typos unless there is one."""
    code = (
        "import sys; from pathlib import Path; from narrate.settings import load_settings\n"
        "load_settings({'speed': 2}, {}, Path(), None)\n"
        "print(*{'platformdirs', 'difflib', 'numpy', 'yaml', 'click'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert run.stdout.split() == []
