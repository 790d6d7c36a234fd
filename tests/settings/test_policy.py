"""The policy as settings: from file, variable and option, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from narrate.cli.app import narrate
from narrate.errors import SettingsError
from narrate.model import POLICIES, Policy, rule_of
from narrate.model.diction import Code, Notes, Tables
from narrate.settings import SETTINGS, load_settings

NOWHERE = Path("/nowhere")


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, without settings of anybody's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def said(*arguments: str, line: str = "See [3]. Rain 🌧 fell.") -> str:
    """What ``narrate spoken`` prints, errors too."""
    return CliRunner().invoke(narrate, ["spoken", *arguments], input=f"{line}\n").output


def test_every_row_is_a_setting_with_its_choices_and_default() -> None:
    """One table: what the settings allow is what the policy has."""
    rows = {setting.name: setting for setting in SETTINGS if setting.name.startswith("policy.")}

    assert list(rows) == [f"policy.{row.name}" for row in POLICIES]
    for row in POLICIES:
        setting = rows[f"policy.{row.name}"]
        assert setting.choices == tuple(map(str, row.choices))
        assert (setting.default, setting.help) == (row.default, row.help)
        assert setting.variable == f"NARRATE_POLICY_{row.name.upper()}"
        assert rule_of(Policy(), row.name) == f"{row.name} = {row.default}"


def test_the_policy_comes_from_file_variable_and_option(tmp_path: Path) -> None:
    """Each wins over the one before, row by row; the values are the policy's own."""
    (tmp_path / "narrate.toml").write_text(
        '[policy]\nnotes = "skip"\ncode = "read"\ntables = "say"\n', encoding="utf-8"
    )

    settings = load_settings({"policy": {"tables": "cells"}}, {"NARRATE_POLICY_CODE": "SKIP"}, tmp_path, None)

    assert settings.policy == Policy(notes=Notes.SKIP, code=Code.SKIP, tables=Tables.CELLS)
    assert settings.policy.code is Code.SKIP
    assert settings.sources["policy.notes"] == "narrate.toml"
    assert settings.sources["policy.code"] == "NARRATE_POLICY_CODE"
    assert settings.sources["policy.tables"] == "--policy tables"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[policy]\nnote = "skip"\n', "narrate.toml, line 2: there is no policy 'note'; did you mean 'notes'?"),
        ('[policy]\nqqqq = "skip"\n', "there is no policy 'qqqq'; there are notes, citations, references, "),
        ('[policy]\nnotes = "skp"\n', "policy.notes: 'skp' is not one of section, place, skip; did you mean 'skip'?"),
        ("[policy]\nnotes = true\n", "policy.notes: True is not one of section, place, skip"),
        ('policy = "skip"\n', "'policy' is a group; set one of policy.notes, policy.citations"),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence(text: str, message: str, tmp_path: Path) -> None:
    """File, line, what is wrong, what is meant."""
    (tmp_path / "narrate.toml").write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        load_settings({}, {}, tmp_path, None)

    assert message in str(caught.value)


def test_a_mistake_in_a_variable_or_from_python_is_one_too() -> None:
    """Named as it was given."""
    with pytest.raises(SettingsError, match="NARRATE_POLICY_NOTES: 'x' is not one of section, place, skip"):
        load_settings({}, {"NARRATE_POLICY_NOTES": "x"}, NOWHERE, None)
    with pytest.raises(SettingsError, match="did you mean NARRATE_POLICY_NOTES"):
        load_settings({}, {"NARRATE_POLICY_NOTE": "skip"}, NOWHERE, None)
    with pytest.raises(SettingsError, match="there is no policy 'note'; did you mean 'notes'"):
        load_settings({"policy": {"note": "skip"}}, {}, NOWHERE, None)


@pytest.mark.usefixtures("alone")
def test_the_option_may_be_given_several_times() -> None:
    """Each names a row; the last word on a row holds."""
    assert said() == "See reference three. Rain fell.\n"
    assert said("--policy", "emoji=name", "--policy", "citations=read") == "See three. Rain cloud with rain fell.\n"
    assert said("--policy", "emoji=name", "--policy", "emoji=skip") == "See reference three. Rain fell.\n"


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("note=skip", "there is no policy 'note'; did you mean 'notes'?"),
        ("notes=skp", "--policy notes: 'skp' is not one of section, place, skip; did you mean 'skip'?"),
        ("notes", "'notes' has no '='; write it as notes=skip"),
        ("=skip", "there is no policy ''"),
    ],
)
def test_a_mistake_in_the_option_is_one_sentence(given: str, message: str) -> None:
    """What was given, what is allowed; exit code 2."""
    result = CliRunner().invoke(narrate, ["spoken", "--policy", given], input="x\n")

    assert message in str(result.exception) + result.output
    assert result.exit_code != 0


def test_a_script_is_written_by_the_policy_and_read_back(alone: Path) -> None:
    """From the command line to the file: the rule stands beside what it left out."""
    (alone / "a.md").write_text("# T\n\nProse.\n\n```\nx = 1\n```\n", encoding="utf-8")

    usual = CliRunner().invoke(narrate, ["script", "a.md"]).output
    skipped = CliRunner().invoke(narrate, ["script", "a.md", "--policy", "code=skip"]).output
    by_variable = CliRunner(env={"NARRATE_POLICY_CODE": "skip"}).invoke(narrate, ["script", "a.md"]).output

    assert 'why: "code = say"' in usual
    assert "A block of code is left out here." in usual
    assert 'why: "code = skip"' in skipped
    assert "A block of code is left out here." not in skipped
    assert skipped == by_variable
