"""The comment under a sentence that tells how it is spoken."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Role, Script, Segment, Style
from narrate.script import dump_script, load_script
from narrate.script.spoken import respoken, utter


def _file(written: str, role: Role = Role.BODY, spoken: str = "", language: str = "en") -> str:
    said = respoken(utter(written, language, role), spoken)
    return dump_script(Script("T", language, (Segment("s-1", role, (said,), 700),)))


def _comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("segments:")[1].splitlines() if line.strip().startswith("#")]


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        (_file("Dr. Smith left."), ["# said: Doctor Smith left."]),
        (_file("He left."), []),
        (_file("Understanding", Role.HEADING), []),
        (_file("了解", Role.HEADING, language="zh"), []),
        (_file("Dr. Smith", Role.HEADING), ["# said: Doctor Smith."]),
        (_file("Lead", spoken="Led"), []),
    ],
)
def test_it_is_there_where_the_voice_gets_other_words(text: str, comments: list[str]) -> None:
    """Not for a full stop more, and not where ``spoken`` says it already."""
    assert _comments(text) == comments


def test_an_edited_sentence_is_not_spoken_as_it_was() -> None:
    """The comment is for people: what is spoken follows from what is written."""
    edited = _file("Dr. Smith left.").replace("Dr. Smith", "Mr. Jones")

    script = load_script(edited, "x.yaml", Style())

    assert "# said: Doctor Smith" in edited
    assert script.segments[0].utterances[0].spoken == "Mister Jones left."


@given(st.text("D r.&#'\":-\n\u2028\x85\x07\ufeff[]", max_size=30))
def test_it_is_one_line_that_yaml_does_not_see(text: str) -> None:
    """Whatever the sentence holds, any YAML reader sees that sentence and nothing else."""
    written = _file(f"Dr. {text} end")

    says = yaml.safe_load(written)["segments"][0]["say"][0]

    assert (says if isinstance(says, str) else says["written"]) == f"Dr. {text} end"
