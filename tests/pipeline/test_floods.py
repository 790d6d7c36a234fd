"""Articles that are longer than a script, and floods in scripts: a sentence, or a script, soon."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from narrate.errors import ArticleError
from narrate.model import Role, Segment, Utterance
from narrate.pipeline import reading
from narrate.pipeline.making import write
from narrate.pipeline.order import Order
from narrate.script.ids import mint_ids

if TYPE_CHECKING:
    from tests.pipeline.conftest import Workshop


@pytest.mark.parametrize(("limit", "most"), [("MAX_CHARACTERS", 20), ("MAX_BLOCKS", 2)])
def test_an_article_longer_than_a_script_is_refused(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    """The sentence says how long it is, how long it may be, and how to make parts of it."""
    monkeypatch.setattr(reading, limit, most)
    path = workshop.write("long.md", "# Bread\n\nBread is old.\n\nIt is baked.\n")
    with pytest.raises(ArticleError, match=r"long\.md has 30 characters in 3 paragraphs, .* --chapters") as refused:
        write(Order((str(path),)), workshop.settings(), workshop.tools())

    workshop.one_sentence(refused.value)


@pytest.mark.parametrize("elsewhere", ["/etc/passwd", "../names.txt", "a/../../names.txt"])
def test_an_article_has_no_other_files_read(workshop: Workshop, elsewhere: str) -> None:
    """Its front matter names a lexicon in its folder, or none; nothing of another file is in the sentence."""
    workshop.write("names.txt", "Kyiv = keeve\n")
    path = workshop.write("a.md", f"---\nlexicon: {elsewhere}\n---\n# Bread\n\nBread is old.\n")
    error = workshop.refusal(path)

    assert "names a lexicon that is not in its folder" in str(error)


def test_a_flood_of_like_segments_is_named_soon() -> None:
    """Each has an id of its own; 20,000 take a fraction of a second, as ids are not tried from the first on."""
    segments = [Segment("", Role.BODY, (Utterance("Yes.", "Yes.", "en"),), 0)] * 20_000
    started = time.process_time()
    named = mint_ids(segments)

    assert time.process_time() - started < 5
    assert len({segment.id for segment in named}) == 20_000
    assert [segment.id.count("-") for segment in named[:2]] == [1, 2]
