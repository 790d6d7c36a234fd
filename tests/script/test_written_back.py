"""Every script that narrate writes can be read again, and says the same: whatever signs the article has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.model import Article, Block, BlockKind, Mark, MarkKind, Origin, Source, Style, Voice
from narrate.script import dump_script, load_script, write_script
from narrate.script.spoken import can_be_heard

if TYPE_CHECKING:
    from narrate.model import Script

VOICE = Voice("tone", "tone", "tone", "und")
PIECES = (
    *("The mill stood.", "a", "Nobody knew!", "12", "$5", "No. 7", "“Go!”", "3.5 °C", "x² + 1", "¹²", "[12]", "(1)"),
    *("&nbsp;", "&amp;", "&#8203;", "&shy;", "<br/>", "<!-- -->", "[[co]]", "]]>", "{{x}}", "***", "…", ".", "…!"),
    *(" ", "\n", "\n\n", "\t", "\r", "\x0b", "\x1c", "\x85", "\u00a0", "\u2028", "\u2029", "\u3000", "\u1680"),
    *("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u034f", "\u180e", "\ufe0f", "\u20e3"),
    *("\u0301" * 40, "e\u0301", "\u3164", "\u115f", "\u2800", "\ufffd", "\ufffe", "\x00", "\x07", "\x7f"),
    *("𝕬", "Ⅷ", "①", "🏳️‍🌈", "👍🏽", "שלום", "مرحبا", "水车。", "ก็", "мельница", "ß", "İ", "ﬁ", "\U000e0041"),
    *("http://a.b/c", "a@b.c", "#tag", "@who", "~", "null", "yes", "1:30", "- x: y", "'", '"', "\\", "`", "%", "&"),
    *("word " * 90, "Wort" * 120, "1 000 000 " * 60, "水" * 400, "&nbsp; " * 120),
)
KINDS = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.NOTE])
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=7).map("".join)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of blocks of all kinds with marks anywhere, in signs that mean something to somebody."""
    blocks: list[Block] = []
    for text in draw(st.lists(TEXTS, min_size=1, max_size=4)):
        start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        kind = draw(st.sampled_from((MarkKind.CITATION, MarkKind.MATH, MarkKind.NOTE_REFERENCE, MarkKind.LINK)))
        marks = (Mark(kind, start, end, "1"),) if start < end else ()
        at = blocks[-1].source.end + 1 if blocks else 0
        blocks.append(Block(draw(KINDS), text, Source(at, at + len(text), len(blocks) + 1), marks=marks))
    title = draw(TEXTS | st.just("Half \ud800 a pair")).strip() or "A title"
    language = draw(st.sampled_from(("en", "de", "fr", "zh", "und")))
    return Article(title, tuple(blocks), Origin("a.md", "a.md"), "0" * 64, language)


def plain(script: Script) -> list[tuple[str, str, bool]]:
    """What is in a script, halves of surrogate pairs put as no character: segment by segment, heard or not."""
    return [
        (segment.id, "".join(said.written for said in segment.utterances).replace("\ud800", "\ufffd"), segment.skip)
        for segment in script.segments
    ]


@given(articles())
@settings(max_examples=60)
def test_a_script_that_is_written_is_read_again(article: Article) -> None:
    """Every script file that narrate writes is read, with the same segments that are heard, and the same words."""
    script = write_script([article], Style(), VOICE)

    again = load_script(dump_script(script), "a.yaml", Style())

    assert plain(again) == plain(script)
    assert [segment.pause_ms for segment in again.segments] == [segment.pause_ms for segment in script.segments]
    assert all(can_be_heard(said) for _, said in again.spoken())


@given(articles())
@settings(max_examples=30)
def test_everything_that_is_to_be_heard_can_be_heard(article: Article) -> None:
    """No utterance of a segment that is heard is without a letter or digit to say."""
    script = write_script([article], Style(), VOICE)

    assert [said for _, said in script.spoken() if not can_be_heard(said)] == []


@pytest.mark.parametrize("last", ["&nbsp;", "&nbsp;\n\n&nbsp;", "\u200b.", "[[]]", "&#8203; &shy;"])
def test_a_sentence_that_cannot_be_heard_goes_with_its_neighbour(last: str) -> None:
    """What nothing is said for is written with the sentence before it, and is no sentence of its own."""
    block = Block(BlockKind.PARAGRAPH, f"The mill stood. {last}", Source(0, 40, 1))
    article = Article("T", (block,), Origin("a.md", "a.md"), "0" * 64, "en")

    script = write_script([article, replace(article, title="U")], Style(), VOICE)

    assert all(can_be_heard(said) for _, said in script.spoken())
    assert plain(load_script(dump_script(script), "a.yaml", Style())) == plain(script)
