"""Nothing is lost, and whatever is taken away is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from narrate.model import Article, BlockKind, Role, Script, Segment
from narrate.script.coverage import bug_in, coverage_of

Write = Callable[..., Script]
Lost = Callable[[list[Article], Script], list[str]]


def speakable(text: str) -> bool:
    """Whether there is a letter or digit."""
    return any(map(str.isalnum, text))


def segments_of(script: Script) -> list[int]:
    """The numbers of the segments that a block of the article became."""
    return [
        number
        for number, segment in enumerate(script.segments)
        if segment.source and speakable("".join(each.written for each in segment.utterances))
    ]


def changed(script: Script, number: int, segment: Segment | None) -> Script:
    """The script with another segment in one's place, or with none."""
    before, after = script.segments[:number], script.segments[number + 1 :]
    return replace(script, segments=(*before, *((segment,) if segment else ()), *after))


def test_everything_has_a_fate(article: Article, write: Write, lost: Lost) -> None:
    """Of every kind of source: no letter is lost."""
    assert lost([article], write(article)) == []


def test_every_letter_is_in_one_stretch(article: Article, write: Write) -> None:
    """Stretches are in order, do not overlap, say what stands there, and leave out no letter or digit."""
    stretches = coverage_of([article], write(article)).stretches

    assert all(one.source.end <= two.source.start for one, two in pairwise(stretches))
    assert all(each.text == article.text[each.source.start : each.source.end] for each in stretches)
    assert sum(map(str.isalnum, article.text)) == sum(map(str.isalnum, "".join(each.text for each in stretches)))


def test_lines_are_those_of_the_source(article: Article, write: Write) -> None:
    """A stretch stands in the line that it says."""
    for each in coverage_of([article], write(article)).stretches:
        assert article.text.count("\n", 0, each.source.start) + 1 == each.source.line


def test_any_segment_that_is_deleted_is_missed(article: Article, write: Write, lost: Lost) -> None:
    """The letters of a deleted segment are lost."""
    script = write(article)
    assert segments_of(script)
    for number in segments_of(script):
        if not _is_picture_without_words(script.segments[number]):
            assert lost([article], changed(script, number, None)), script.segments[number]


def test_any_sentence_that_is_deleted_is_missed(article: Article, write: Write, lost: Lost) -> None:
    """The letters of a deleted sentence of a segment are lost."""
    script = write(article)
    for number in segments_of(script):
        segment = script.segments[number]
        for at, utterance in enumerate(segment.utterances):
            left = replace(segment, utterances=segment.utterances[:at] + segment.utterances[at + 1 :])
            if speakable(utterance.written) and not _is_picture_without_words(segment):
                assert lost([article], changed(script, number, left)), utterance.written


def test_any_word_that_is_deleted_is_missed(article: Article, write: Write, lost: Lost) -> None:
    """A word that a sentence loses on the way from its block is lost; narrate's own words are not the article's."""
    script = write(article)
    letters = "".join(filter(str.isalnum, article.text.casefold()))
    for number in segments_of(script)[:12]:
        segment = script.segments[number]
        utterance = segment.utterances[-1]
        word = utterance.words[-1] if utterance.words else None
        if segment.skip or word is None:
            continue
        said = utterance.written[word.written_start : word.written_end]
        written = utterance.written[: word.written_start] + utterance.written[word.written_end :]
        left = replace(
            segment, utterances=(*segment.utterances[:-1], replace(utterance, written=written, spoken=written))
        )
        if "".join(filter(str.isalnum, said.casefold())) in letters:
            assert lost([article], changed(script, number, left)), said


def test_any_block_that_is_deleted_is_missed(article: Article, write: Write, lost: Lost) -> None:
    """A block that a reader forgot leaves letters of the source without a fate."""
    for number, block in enumerate(article.blocks):
        if speakable(block.text) and not block.text.startswith("![]("):
            left = replace(article, blocks=article.blocks[:number] + article.blocks[number + 1 :])
            assert lost([left], write(left)), block


def test_words_that_a_reader_drops_are_missed(article: Article, write: Write, lost: Lost) -> None:
    """A block that lost its last word leaves this word without a fate."""
    for number, block in enumerate(article.blocks):
        words = block.text.split()
        if len(words) > 1 and words[-1].isalpha() and block.kind not in {BlockKind.HIDDEN, BlockKind.TABLE}:
            cut = replace(block, text=block.text[: block.text.rindex(words[-1])], marks=())
            left = replace(article, blocks=(*article.blocks[:number], cut, *article.blocks[number + 1 :]))
            assert lost([left], write(left)), block


def test_words_that_the_voice_does_not_get_are_missed(article: Article, write: Write, lost: Lost) -> None:
    """A written word for which nothing is spoken and which no rule leaves out is lost."""
    script = write(article)
    for number in segments_of(script)[:6]:
        segment = script.segments[number]
        utterance = segment.utterances[-1]
        if not segment.skip and len(utterance.words) > 1 and segment.role is not Role.MATH:
            mute = replace(utterance, spoken="Other words.", words=utterance.words[:-1])
            left = replace(segment, utterances=(*segment.utterances[:-1], mute))
            assert lost([article], changed(script, number, left)), utterance.written


def test_the_program_says_that_it_is_a_bug(article: Article, write: Write) -> None:
    """What is lost is told in one sentence, with the text and what to do; else nothing is."""
    script = write(article)
    number = segments_of(script)[-1]

    assert bug_in(coverage_of([article], script)) == ""
    told = bug_in(coverage_of([article], changed(script, number, None)))
    assert told.startswith("a bug in narrate lost “")
    assert "please report it" in told
    assert "\n" not in told


def _is_picture_without_words(segment: Segment) -> bool:
    """Its address is a sign of the format, and may go."""
    return segment.utterances[0].written.startswith("![](")
