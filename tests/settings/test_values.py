"""What a value may be, and in which words a wrong one is refused."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narrate.errors import SettingsError
from narrate.settings import SETTINGS, Kind, Setting, load_settings, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.settings import Settings

NUMBERS = [setting for setting in SETTINGS if setting.kind in {Kind.NUMBER, Kind.WHOLE}]


def by_options(**options: object) -> Settings:
    """The settings under these options of the command line, and nothing else."""
    return load_settings(options, {}, Path("/nowhere"), None)


def by_variables(environ: Mapping[str, str]) -> Settings:
    """The settings under these variables, and nothing else."""
    return load_settings({}, environ, Path("/nowhere"), None)


def by_file(folder: Path, text: str) -> Settings:
    """The settings under a file in a folder, and nothing else."""
    (folder / "narrate.toml").write_text(text, encoding="utf-8")
    return load_settings({}, {}, folder, None)


def refusal(environ: Mapping[str, str]) -> str:
    """What is said of a variable's value."""
    with pytest.raises(SettingsError) as caught:
        by_variables(environ)
    return str(caught.value)


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: setting.name)
def test_the_ends_of_a_range_belong_to_it(setting: Setting) -> None:
    """Lowest and highest are allowed, whatever lies past them is not, and the sentence says both ends."""
    step = 1.0 if setting.kind is Kind.WHOLE else 0.001

    for end in (setting.low, setting.high):
        written = str(int(end)) if setting.kind is Kind.WHOLE else repr(float(end))
        assert value_of(by_variables({setting.variable: written}), setting.name) == end
    for beyond in (setting.low - step, setting.high + step):
        written = str(int(beyond)) if setting.kind is Kind.WHOLE else repr(beyond)
        said = refusal({setting.variable: written})
        assert said.endswith(f"is not a {setting.kind} from {setting.low:g} to {setting.high:g}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("speed = '1.5'\n", "speed: '1.5' is not a number"),
        ("jobs = '2'\n", "jobs: '2' is not a whole number"),
        ("disclosure = 'yes'\n", "disclosure: 'yes' is not true or false"),
        ("pauses.title = '800'\n", "pauses.title: '800' is not a whole number"),
    ],
)
def test_a_file_says_what_it_means(tmp_path: Path, text: str, said: str) -> None:
    """TOML has numbers and truth of its own: in quotes they are text, and text is refused."""
    with pytest.raises(SettingsError) as caught:
        by_file(tmp_path, text)

    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["speed", "jobs", "pauses.sentence", "loudness.target_lufs"])
def test_yes_is_no_number(name: str) -> None:
    """Python counts True as one; nobody who writes it means that."""
    with pytest.raises(SettingsError, match="True is not a"):
        by_options(**{name: True})


@pytest.mark.parametrize("name", ["jobs", "speed", "disclosure", "voice", "music.intro", "show", "out", "progress"])
@pytest.mark.parametrize("value", [["a"], {"a": 1}, 1.5j])
def test_no_value_of_another_kind_gets_through(name: str, value: object) -> None:
    """A list, a table, a number of no use: one sentence, whichever setting it is for."""
    with pytest.raises(SettingsError, match=" is not "):
        by_options(**{name: value})


def test_a_whole_number_may_be_written_with_its_sign_and_blanks() -> None:
    """As a shell script would hand it over."""
    assert by_variables({"NARRATE_JOBS": " +4 "}).jobs == 4
    assert by_variables({"NARRATE_PAUSES_TITLE": "0"}).pauses.title == 0


@pytest.mark.parametrize("written", ["4.0", "0x4", "4_0", "٤", "four", "1" * 10])  # an Arabic digit
def test_other_spellings_of_a_whole_number_are_refused(written: str) -> None:
    """Nothing is guessed: plain digits, at most nine of them."""
    assert "is not a whole number from 0 to 256" in refusal({"NARRATE_JOBS": written})


@pytest.mark.parametrize("written", ["nan", "inf", "-inf", "1e999"])
def test_what_is_no_amount_is_no_speed(written: str) -> None:
    """Python reads these as numbers; nothing can be spoken at them."""
    assert "is not a number from 0.5 to 3" in refusal({"NARRATE_SPEED": written})
    assert math.isfinite(by_variables({"NARRATE_SPEED": "1e0"}).speed)


@pytest.mark.parametrize(
    ("words", "value"),
    [(("true", "yes", "on", "1", " Yes "), True), (("false", "no", "off", "0", "OFF"), False)],
)
def test_every_usual_word_for_yes_and_no(words: tuple[str, ...], value: bool) -> None:  # noqa: FBT001 # it is what is tested
    """The words that other programs take are taken here, in any case."""
    assert {by_variables({"NARRATE_DISCLOSURE": word}).disclosure for word in words} == {value}


@given(st.integers(1, 400))
@example(58)
def test_a_long_value_is_cut_in_the_sentence_and_a_short_one_is_not(length: int) -> None:
    """At most 60 characters of it are shown, the last three then dots, so the sentence stays one."""
    said = refusal({"NARRATE_JOBS": "x" * length})
    shown = said.removeprefix("NARRATE_JOBS: ").partition(" is not")[0]

    assert len(shown) == min(length + 2, 60)
    assert shown == repr("x" * length) if length <= 58 else shown.endswith("x...")


def test_an_unknown_option_is_said_to_be_one() -> None:
    """Where it stood, what it was called there, and where to look."""
    with pytest.raises(SettingsError) as caught:
        by_options(zzzzzz=1)

    assert str(caught.value) == "command line: there is no setting --zzzzzz; 'narrate settings' lists them"


@pytest.mark.parametrize("name", ["pauses", "loudness"])
def test_a_group_is_not_a_setting(name: str) -> None:
    """Its members are listed; "music" alone stands for all of its own."""
    with pytest.raises(SettingsError, match=f"--{name} is a group; set one of {name}") as caught:
        by_options(**{name: 1})

    members = [setting.name for setting in SETTINGS if setting.name.startswith(f"{name}.")]
    assert str(caught.value).endswith(", ".join(members))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# speed = 1\nspeed = 9\n", 2),
        ("\n\n  'speed' = 9\n", 3),
        ('"speed"=9\n', 1),
        ("voice = 'speed'\nspeed = 9\n", 2),
    ],
)
def test_the_line_is_that_of_the_setting(tmp_path: Path, text: str, line: int) -> None:
    """Not of a comment or a value that holds its name; quoted and indented keys are keys."""
    with pytest.raises(SettingsError, match=rf"narrate\.toml, line {line}: speed: 9 is not"):
        by_file(tmp_path, text)


def test_a_name_in_another_table_is_another_setting(tmp_path: Path) -> None:
    """The table a line stands in belongs to its name."""
    text = "[loudness]\ntarget_lufs = -16\n[ pauses ]\ntitle = -1\n"

    with pytest.raises(SettingsError, match=r"line 4: pauses\.title: -1"):
        by_file(tmp_path, text)


@pytest.mark.parametrize("slug", ["a", "0", "a-b", "a" * 60, "2026-in-articles"])
def test_a_show_may_be_called_so(slug: str) -> None:
    """What `slug_for` makes is allowed: its folder's name is its address."""
    assert by_options(show=slug).show == slug


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "A", "a b", "ä", "a" * 61, "a\n", "a/b", "."])
def test_a_show_may_not_be_called_so(slug: str) -> None:
    """Nothing that is a path, hidden, or spelled in two ways."""
    with pytest.raises(SettingsError):
        by_options(show=slug)


def test_text_loses_the_blanks_round_it() -> None:
    """A pasted name is the name."""
    assert by_options(voice="  joe ").voice == "joe"
    assert by_options(progress=" LINES ").progress == "lines"


def test_an_empty_path_is_the_usual_place_and_empty_music_a_mistake(tmp_path: Path) -> None:
    """The first leaves the choice to the system, the second would leave the listener wondering."""
    assert by_file(tmp_path, "cache_dir = ''\n").cache_dir == ""
    with pytest.raises(SettingsError, match="is not 'default', 'none' or the path"):
        by_options(**{"music.intro": " "})


@pytest.mark.parametrize(("size", "fits"), [(1_000_000, True), (1_000_001, False)])
def test_a_settings_file_is_at_most_a_megabyte(tmp_path: Path, size: int, fits: bool) -> None:  # noqa: FBT001 # it is what is tested
    """The last byte that is allowed is read, one more is refused."""
    text = "speed = 2\n"
    padded = text + "#" * (size - len(text))

    if fits:
        assert by_file(tmp_path, padded).speed == 2
    else:
        with pytest.raises(SettingsError, match="larger than 1 MB"):
            by_file(tmp_path, padded)


def test_the_byte_that_is_no_text_is_named(tmp_path: Path) -> None:
    """So that it can be found in an editor."""
    (tmp_path / "narrate.toml").write_bytes(b"voice = '\xe4'\n")

    with pytest.raises(SettingsError, match=r"narrate\.toml is not in UTF-8 \(byte 9\); save it as UTF-8"):
        load_settings({}, {}, tmp_path, None)


def test_only_near_misses_of_a_variable_are_refused() -> None:
    """A container's own variables begin with the same word, and are none of ours."""
    foreign = {"NARRATE_PORT_8642_TCP_ADDR": "10.0.0.1", "NARRATE_SERVICE_PORT": "80", "OTHER_SPEED": "9"}

    assert by_variables(foreign) == by_variables({})
    assert "did you mean NARRATE_JOBS?" in refusal({"NARRATE_JOB": "2"})
    assert "did you mean NARRATE_MUSIC?" in refusal({"NARRATE_MUSICS": "none"})
