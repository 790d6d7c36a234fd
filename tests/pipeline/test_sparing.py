"""A sentence that no voice can speak: the run stops, or goes on without it and says so everywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.conftest import CountingEngine

from narrate.errors import TakeError
from narrate.model import Fate, MusicPart, Role, Script, Segment, Utterance
from narrate.pipeline.covering import words
from narrate.pipeline.making import make
from narrate.pipeline.order import Order
from narrate.pipeline.sparing import spared
from narrate.script.wording import _BY_LANGUAGE, wording_for

if TYPE_CHECKING:
    from tests.pipeline.conftest import Workshop

    from narrate.model import Take, Voice
    from narrate.pipeline.order import Result

ARTICLE = "# Bread\n\nBread is old. It is unsayable here. It is warm.\n\n## An unsayable crust\n\nIt sings.\n"
NOTICE = wording_for("en").unspoken


class Choosy(CountingEngine):
    """Does not say some words."""

    def __init__(self, *refused: str) -> None:
        super().__init__()
        self.refused = refused

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """As a tone, unless a word is refused."""
        take = super().speak(utterance, voice)
        if any(word in utterance.spoken for word in self.refused):
            raise TakeError("no")
        return take


def made(workshop: Workshop, text: str, engine: CountingEngine, **options: object) -> Result:
    """Make an article with this engine."""
    article = workshop.write("bread.md", text)
    tools = replace(workshop.tools(), engines={"tone": engine})
    return make(Order((str(article),)), workshop.settings(**options), tools, workshop.events.append)


def test_a_run_stops_at_a_sentence_that_cannot_be_spoken(workshop: Workshop) -> None:
    """By itself: the error names the sentence, and no episode is made."""
    result = made(workshop, ARTICLE, Choosy("unsayable"))

    assert not result.made
    assert "It is unsayable here." in str(result.failed[0].error)


def test_what_is_skipped_is_told_in_its_place(workshop: Workshop) -> None:
    """The episode has all else, a notice where the sentence was, and a line in the notes; nothing is tried again."""
    engine = Choosy("unsayable")

    result = made(workshop, ARTICLE, engine, on_error="skip")

    (one,) = result.made
    timeline = json.loads((workshop.show / one.episode.slug / "timeline.json").read_text())
    texts = [cue[2] for cue in timeline["cues"]]
    assert [text for text in texts if "read by" not in text and "End of" not in text] == [
        "Bread",
        "Bread is old.",
        NOTICE,
        "It is warm.",
        NOTICE,
        "It sings.",
    ]
    assert [left.text for left in one.left_out] == ["It is unsayable here.", "An unsayable crust"]
    assert "Left out, because the voice could not speak it: “It is unsayable here.”" in one.episode.description_html
    # Twice whole; of the halves, the first only where it is the one that fails.
    assert sum("unsayable" in text for text in engine.spoken) <= 8
    assert len([text for text in engine.spoken if text == "It is warm."]) == 1


def test_the_script_keeps_what_was_left_out(workshop: Workshop) -> None:
    """A voice that can say it makes the whole episode of it later."""
    (one,) = made(workshop, ARTICLE, Choosy("unsayable"), on_error="skip").made
    script = (workshop.show / one.episode.slug / "script.yaml").read_text()

    assert "It is unsayable here." in script
    assert NOTICE not in script
    (again,) = made(workshop, ARTICLE, Choosy()).made
    assert not again.left_out
    assert again.outcome == "remade"


def test_the_coverage_says_what_was_left_out(workshop: Workshop) -> None:
    """Left out by a rule with a name, and no words of it are counted as spoken; the rest has cues' numbers."""
    (one,) = made(workshop, ARTICLE, Choosy("unsayable", "sings"), on_error="skip").made

    cues = json.loads((workshop.show / one.episode.slug / "timeline.json").read_text())["cues"]
    assert one.coverage is not None
    fates = {each.text.strip(): (each.fate, each.rule, each.utterance is None) for each in one.coverage.stretches}
    assert fates["It is unsayable here."] == fates["An unsayable crust"] == (Fate.SKIPPED, "on_error = skip", True)
    spoken = {
        each.text.strip(): cues[each.utterance][2] for each in one.coverage.stretches if each.utterance is not None
    }
    assert spoken == {"Bread": "Bread", "Bread is old.": "Bread is old.", "It is warm.": "It is warm."}
    assert words(one.coverage)["skipped"] == {"on_error = skip": 9}
    assert any("(on_error = skip)" in told for told in one.warnings)


def test_where_nothing_can_be_spoken_there_is_no_episode(workshop: Workshop) -> None:
    """An engine that refuses everything is an error, whatever is to be skipped."""
    result = made(workshop, ARTICLE, Choosy(""), on_error="skip")

    assert not result.made
    assert result.failed[0].error.code == "take"


@pytest.mark.parametrize("language", sorted(_BY_LANGUAGE))
def test_the_notice_is_in_the_articles_language(language: str) -> None:
    """It ends in a full stop, and is a sentence of that language alone."""
    words = wording_for(language).unspoken

    assert words.endswith(".")
    assert language == "en" or words != NOTICE


UTTERANCES = st.lists(st.booleans(), min_size=1, max_size=5)


@given(st.lists(UTTERANCES, min_size=1, max_size=4), st.data())
def test_what_can_be_spoken_stays(shape: list[list[bool]], data: st.DataObject) -> None:
    """Everything but the sentences that are refused is there, in order; ids are unique, openings and music stay."""
    segments = tuple(
        Segment(
            f"s{n}",
            Role.BODY,
            tuple(Utterance(f"{n}.{m} ", f"{n}.{m}", "en", pause_ms=9, ends_sentence=e) for m, e in enumerate(ends)),
            700,
            chapter=f"c{n}",
            music=MusicPart.OUTRO if n == len(shape) - 1 else None,
        )
        for n, ends in enumerate(shape)
    )
    script = Script("T", "en", segments)
    heard = [utterance for _, utterance in script.spoken()]
    refused = data.draw(st.sets(st.integers(0, len(heard) - 1), min_size=1))

    rest, left = spared(script, {at: TakeError("no") for at in refused})

    kept = [utterance.written for segment, utterance in rest.spoken() if segment.role is Role.BODY]
    gone = "".join(each.text + " " for each in left)
    assert sorted("".join(kept).split() + gone.split()) == sorted("".join(each.written for each in heard).split())
    assert not {heard[at].written for at in refused} & set(kept)
    assert len({segment.id for segment in rest.segments}) == len(rest.segments)
    assert [segment.chapter for segment in rest.segments if segment.chapter] == [f"c{n}" for n in range(len(shape))]
    assert rest.segments[-1].music is MusicPart.OUTRO
