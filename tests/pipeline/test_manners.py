"""How a voice speaks what: by role, with the pauses that were chosen."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from narrate.errors import SettingsError
from narrate.model import Pauses, Role, Script, Segment, Utterance, Voice
from narrate.pipeline.casting import cast_voices
from narrate.pipeline.manners import MANNERS, mannered, paced, pauses_of, scaled
from narrate.speech import load_cast
from narrate.speech.presets import load_preset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

ADA = Voice("ada", "piper", "ada", "en", pauses=(("sentence", 300), ("paragraph", 650)))
ARTICLE = "# Bread\n\nBread is old. It is warm.\n\n## Crust\n\nIt sings.\n\n> Eat it.\n\nEnd.\n"


def of_roles(*roles: Role) -> Script:
    """A script with a segment for each role."""
    segments = (Segment(f"s{n}", role, (Utterance("Yes.", "Yes.", "en"),), 700) for n, role in enumerate(roles))
    return Script("Yes", "en", tuple(segments), voice="tone")


def test_headings_are_slower_and_quotations_lower(workshop: Workshop) -> None:
    """One voice tells by rate and pitch what stands there; the body is in its own manner."""
    script = of_roles(Role.BODY, Role.HEADING, Role.QUOTE)

    body, heading, quote = cast_voices(script, workshop.settings(), workshop.tools())

    assert (body.rate_wpm, body.pitch) == (175, 50)
    assert heading.rate_wpm < body.rate_wpm
    assert quote.pitch < body.pitch
    assert body.name == heading.name == quote.name


def test_expression_can_be_turned_off(workshop: Workshop) -> None:
    """Then all is spoken alike."""
    script = of_roles(*Role)

    assert len(set(cast_voices(script, workshop.settings(expression=False), workshop.tools()))) == 1


def test_a_cast_is_colour_enough(workshop: Workshop) -> None:
    """The voice that a cast has for a role speaks as its preset says."""
    assert "quote" in {role.value for role in load_cast("espeak-duo").voices}
    folder = workshop.root / "presets"
    (folder / "casts").mkdir(parents=True)
    (folder / "casts" / "mine.toml").write_text('[voices]\nquote = "tone"\n')
    tools = replace(workshop.tools(), presets=(folder,))

    (quote,) = cast_voices(of_roles(Role.QUOTE), workshop.settings(cast="mine"), tools)

    assert (quote.rate_wpm, quote.pitch) == (175, 50)


def test_manners_are_tasteful() -> None:
    """No role is a tenth faster or slower, or more than a semitone from the voice; prose is as the voice is."""
    assert Role.BODY not in MANNERS
    for manner in MANNERS.values():
        assert 90 < manner.rate_percent < 110
        assert abs(manner.pitch) < 100 / 12
    assert mannered(replace(ADA, pitch=2), Role.QUOTE).pitch == 0


def test_a_voice_has_pauses_of_its_own_unless_others_are_chosen(workshop: Workshop) -> None:
    """Default, then preset, then whatever is set."""
    usual = pauses_of(workshop.settings(), ADA)
    chosen = pauses_of(workshop.settings(**{"pauses.sentence": 500}), ADA)

    assert (usual.sentence, usual.paragraph, usual.heading) == (300, 650, Pauses().heading)
    assert (chosen.sentence, chosen.paragraph) == (500, 650)


def test_a_presets_pauses_are_heard(workshop: Workshop) -> None:
    """They stand in the script that is written for its voice."""
    folder = workshop.root / "presets"
    folder.mkdir()
    text = 'engine = "tone"\nid = "beep"\nlanguage = "en"\nlevel_db = 0.1\n[pauses]\nsentence = 222\n'
    (folder / "slow.toml").write_text(text)
    preset = load_preset(folder / "slow.toml")

    assert preset.pauses == (("sentence", 222),)
    assert hash(preset)


@pytest.mark.parametrize("table", ["sentense = 3", "sentence = -1", "sentence = 1.5", "scale = 2", "title = true"])
def test_a_presets_wrong_pauses_are_named(tmp_path: Path, table: str) -> None:
    """File, pause and what is allowed."""
    file = tmp_path / "own.toml"
    file.write_text(f'engine = "tone"\nid = "beep"\nlanguage = "en"\n[pauses]\n{table}\n')

    with pytest.raises(SettingsError, match=r"own\.toml: .*allowed"):
        load_preset(file)


def test_one_knob_scales_every_pause(workshop: Workshop) -> None:
    """Twice the scale is twice the silence, between sentences and between segments; the script file stays as it was."""
    article = workshop.write("bread.md", ARTICLE)
    (plain,) = workshop.make(article).made
    script = (workshop.show / plain.episode.slug / "script.yaml").read_bytes()

    (slow,) = workshop.make(article, **{"pauses.scale": 2}).made

    timeline = json.loads((workshop.show / slow.episode.slug / "timeline.json").read_text())
    assert (workshop.show / slow.episode.slug / "script.yaml").read_bytes() == script
    gaps = [after[0] - before[1] for before, after in pairwise(timeline["cues"])]
    assert slow.episode.duration_ms > plain.episode.duration_ms + 5_000
    assert min(gaps) >= 600
    assert slow.spoken == 0


def test_scaled_pauses() -> None:
    """Each field by the scale, which is 1 afterwards; a scale of 1 leaves a script as it is."""
    twice = scaled(Pauses(scale=2))
    script = of_roles(Role.BODY)

    assert [getattr(twice, each.name) for each in fields(Pauses) if each.name != "scale"] == [
        2 * getattr(Pauses(), each.name) for each in fields(Pauses) if each.name != "scale"
    ]
    assert twice.scale == 1
    assert paced(script, 1) is script
    assert paced(script, 0.5).segments[0].pause_ms == 350
