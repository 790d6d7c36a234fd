"""The seed article against the golden reference: what a run without any configuration says, line by line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from narrate.article import read_article
from narrate.article.text import TextReader
from narrate.model import Origin, Script, Segment, Style, Voice
from narrate.script import dump_script, load_script, summarise, write_script

if TYPE_CHECKING:
    from narrate.model import Article

NAME = "000_8b5a2423189e2da9.txt"


@pytest.fixture
def article(seed_text: bytes) -> Article:
    """The seed as the article room reads it."""
    return read_article(seed_text, Origin(NAME, NAME), [TextReader()])


@pytest.fixture
def script(article: Article, joe: Voice) -> Script:
    """The seed's script with nothing configured."""
    return write_script([article], Style(), joe)


@pytest.fixture
def golden(golden_text: str) -> dict[str, Any]:
    """The golden reference."""
    loaded: dict[str, Any] = yaml.safe_load(golden_text)
    return loaded


def as_golden(segment: Segment) -> dict[str, Any]:
    """A segment in the form of the golden reference, what is empty left out."""
    say = [
        {"written": each.written} | ({"spoken": each.spoken} if each.spoken != each.written else {})
        for each in segment.utterances
    ]
    facts = {
        "role": str(segment.role),
        "level": segment.level,
        "line": segment.source.line if segment.source else None,
        "chapter": segment.chapter,
        "cue": str(segment.music) if segment.music else None,
        "say": say,
        "pause_ms": segment.pause_ms,
    }
    return {name: value for name, value in facts.items() if value}


def test_segments_are_those_of_the_golden_reference(script: Script, golden: dict[str, Any]) -> None:
    """Order, roles, levels, lines, sentences, spoken forms, chapters, music, pauses are exactly the golden ones."""
    wanted = [{name: value for name, value in each.items() if name != "toc_parent"} for each in golden["segments"]]

    assert [as_golden(segment) for segment in script.segments] == wanted


def test_only_titles_headings_and_announcements_are_spoken_otherwise(script: Script) -> None:
    """In this article nothing needs normalising: body text reaches the voice byte for byte."""
    body = [each for segment, each in script.spoken() if segment.role == "body"]

    assert len(body) == 28
    assert all(each.spoken == each.written for each in body)


def test_silences_inside_segments(script: Script, golden: dict[str, Any]) -> None:
    """350 ms after every sentence but the last of its segment, and nothing is skipped."""
    inner = [each.pause_ms for segment in script.segments for each in segment.utterances[:-1]]
    last = [segment.utterances[-1].pause_ms for segment in script.segments]

    assert set(inner) == {golden["pauses_inside_a_segment_ms"]["sentence"]}
    assert set(last) == {0}
    assert not any(segment.skip for segment in script.segments)


def test_chapters_are_those_of_the_golden_reference(script: Script, golden: dict[str, Any]) -> None:
    """The chapters that open, in order."""
    opened = [segment.chapter for segment in script.segments if segment.chapter]

    assert opened == [chapter["title"] for chapter in golden["chapters"]]


def test_facts_are_those_of_the_golden_reference(script: Script, golden: dict[str, Any]) -> None:
    """Title and language as found; what is not known is empty, never "unknown"."""
    assert script.title == golden["episode"]["title"]
    assert script.language == golden["episode"]["language"]
    assert (script.authors, script.published, script.url) == ((), None, "")
    assert script.voice == golden["voice"]
    assert script.sources[0].sha256 == golden["source"]["sha256"]


def test_summary_is_that_of_the_show_notes(script: Script, golden: dict[str, Any]) -> None:
    """The first paragraph of the golden show notes is the summary: two whole sentences."""
    notes = golden["show_notes_html"].splitlines()[0]

    assert notes == f"<p>{summarise(script)}</p>"


def test_every_letter_of_the_source_is_spoken(script: Script, seed_text: bytes) -> None:
    """Nothing lost, nothing invented: without narrate's own words the script is the file, letter for letter."""
    own = (each.written for segment, each in script.spoken() if segment.role != "announcement")

    assert letters("".join(own)) == letters(seed_text.decode())


def test_the_script_file_reads_back_the_same(script: Script) -> None:
    """The seed's script survives its file."""
    assert load_script(dump_script(script), "x.yaml", Style()) == script


def test_the_same_article_gives_the_same_bytes(article: Article, joe: Voice) -> None:
    """Same in, same out: ids and file hold no clock and no chance."""
    first, second = (dump_script(write_script([article], Style(), joe)) for _ in range(2))

    assert first == second


def test_writing_dumping_and_loading_the_seed_costs_little(article: Article, joe: Voice) -> None:
    """Under 60 ms of CPU together, imports not counted."""
    write_script([article], Style(), joe)
    start = time.process_time()
    load_script(dump_script(write_script([article], Style(), joe)), "x.yaml", Style())

    assert time.process_time() - start < 0.06


def letters(text: str) -> str:
    """Letters and digits alone."""
    return "".join(filter(str.isalnum, text))
