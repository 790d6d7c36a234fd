"""Every fact of an episode arrives in manifest, tag, notes and page, or is refused by its name."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from mutagen.id3 import ID3

from narrate.episode.manifest import dump_manifest, load_manifest
from narrate.episode.naming import slug_for
from narrate.episode.notes import describe, plain, read_by
from narrate.episode.page import episode_page, show_page
from narrate.episode.tags import TagFacts, id3_tag
from narrate.errors import EpisodeError
from narrate.model import Chapter, Cue, Episode, FileRole, Role, Show, Timeline, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHOW = Show("A show", "guid")


def read(tag: bytes) -> Any:  # noqa: ANN401 - mutagen has no types
    """The tag as mutagen knows it."""
    reader: Any = ID3
    return reader(BytesIO(tag))


def tree(page: bytes) -> Any:  # noqa: ANN401 - lxml's elements
    """The page as a browser would build it."""
    return html.document_fromstring(page.decode())


@pytest.mark.parametrize("field", [each.name for each in fields(Episode)])
@pytest.mark.parametrize("value", [None, True, 1.5, {}, [[]], "x"])
def test_no_field_of_a_manifest_takes_another_kind(seed_episode: Episode, field: str, value: object) -> None:
    """Whatever somebody wrote there: the field is named, or it is of its kind and read."""
    document = {**json.loads(dump_manifest(seed_episode)), field: value}
    text = isinstance(value, str) and isinstance(getattr(seed_episode, field), str) and field != "type"

    if text:
        assert getattr(load_manifest(json.dumps(document).encode()), field) == value
    else:
        with pytest.raises(EpisodeError, match=f"field '{field}' must be "):
            load_manifest(json.dumps(document).encode())


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "/a", "..\\a"])
def test_a_manifest_names_no_file_outside_its_folder(seed_episode: Episode, name: str) -> None:
    """What it names is served, checked and removed."""
    file = replace(seed_episode.files[0], name=name)

    with pytest.raises(EpisodeError, match="names of files in its own folder"):
        load_manifest(dump_manifest(replace(seed_episode, files=(file,))))


@pytest.mark.parametrize(
    ("chapters", "fits"),
    [
        ((Chapter(0, 9, "One", "a"),), True),
        ((Chapter(0, 5, "One", "a"), Chapter(5, 9, "Two", "b", "https://example.org/")), True),
        ((Chapter(0, 8, "One", "a"),), False),
        ((Chapter(0, 10, "One", "a"),), False),
        ((Chapter(0, 6, "One", "a"), Chapter(5, 9, "Two", "b")), False),
        ((), True),
    ],
)
def test_chapters_reach_to_the_end(seed_episode: Episode, chapters: tuple[Chapter, ...], fits: bool) -> None:  # noqa: FBT001 # it is what is tested
    """Only starts are written, so nothing else can be read back; what could not is refused before it is written."""
    episode = replace(seed_episode, duration_ms=9, chapters=chapters)

    if fits:
        assert load_manifest(dump_manifest(episode)) == episode
        assert [len(row) for row in json.loads(dump_manifest(episode)).get("chapters", ())] == [
            3 + bool(chapter.url) for chapter in chapters
        ]
    else:
        with pytest.raises(EpisodeError, match="do not follow one another to the end"):
            dump_manifest(episode)


@pytest.mark.parametrize("number", [0, 2, 10**6])
def test_a_manifest_of_another_version_says_which(seed_episode: Episode, number: int) -> None:
    """And which is read here."""
    data = dump_manifest(seed_episode).replace(b'"narrate_episode":1', f'"narrate_episode":{number}'.encode())

    with pytest.raises(EpisodeError, match=f"^episode.json is a manifest of version {number}, narrate here reads 1"):
        load_manifest(data)


@pytest.mark.parametrize("device", ["CON", "prn", "aux", "nul", "com0", "COM9", "lpt0", "lpt9"])
def test_no_folder_is_called_as_a_device(device: str) -> None:
    """Windows takes these for devices in any case; longer names that begin so are names."""
    assert slug_for(device) == f"{device.lower()}-episode"
    assert slug_for(f"{device}x") == f"{device.lower()}x"
    assert slug_for(f"{device} 1") == f"{device.lower()}-1"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a" * 61, "a" * 60),
        ("a" * 59 + " b", "a" * 59),
        ("a" * 58 + " b", "a" * 58 + "-b"),
        ("b" * 39 + " " + "c" * 30, "b" * 39 + "-" + "c" * 20),
        ("b" * 40 + " " + "c" * 30, "b" * 40),
        ("œuvre œ Æ ß ð ŋ ħ ı þ Ø đ", "oeuvre-oe-ae-ss-d-n-h-i-th-o-d"),
        ("rock 'n' roll ’n‘ ʼtis", "rock-n-roll-n-tis"),
        ("ab жз", "ab"),
        ("a жз", "episode-"),
    ],
)
def test_a_name_is_cut_between_words_where_it_can_be(title: str, name: str) -> None:
    """At most 60 characters; a word is cut only where less than two thirds would be left of the name."""
    assert slug_for(title).startswith(name)
    assert len(slug_for(title)) == len(name) or name == "episode-"


@given(st.text("ab-c ", min_size=55, max_size=80), st.integers(2, 120))
def test_the_hundredth_of_a_name_is_one_too(title: str, count: int) -> None:
    """Numbers are counted up from two, and room is made for them."""
    first = slug_for(title)
    taken = {first}
    for _ in range(count):
        taken.add(slug_for(title, taken))

    numbers = sorted(int(name.rpartition("-")[2]) for name in taken - {first})
    assert numbers == list(range(2, count + 2))
    assert all(len(name) <= 60 for name in taken)


@pytest.mark.parametrize(
    ("disclosure", "label", "said"),
    [
        ("This article is read by an AI voice.", "Piper, joe", "Read by an AI voice (Piper, joe)."),
        ("Read by a robot!", "", "Read by a robot."),
        ("read by somebody", "tin", "Read by somebody (tin)."),
        ("It is bread by the baker.", "", "Read by a computer voice."),
        ("", "tin", "Read by a computer voice (tin)."),
    ],
)
def test_notes_say_who_read_it_as_the_voice_does(disclosure: str, label: str, said: str) -> None:
    """In the words of its own disclosure, whole words, without its full stop."""
    assert read_by(Voice("v", "e", "i", "en", label=label, disclosure=disclosure)) == said


@settings(max_examples=30)
@given(st.text("ab <>&\"'\n", max_size=30), st.lists(st.text("ab<&", min_size=1, max_size=5), min_size=3, max_size=5))
def test_plain_notes_are_what_a_browser_shows(summary: str, titles: list[str]) -> None:
    """For any summary and any titles: the words of the HTML and none of its marks."""
    chapters = tuple(Chapter(n, n + 1, title, "s") for n, title in enumerate(titles))
    notes = describe(summary, Timeline((), (), chapters, (), 0, 0, 0), Voice("v", "e", "i", "en"), "https://a.b/?c&d")
    shown = html.fragment_fromstring(notes, create_parent="div").text_content()

    assert plain(notes).split() == shown.split()
    assert notes.count("<br/>") == len(titles)


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (59_499, "0:59"), (59_500, "1:00"), (599_999, "10:00"), (36_000_000, "10:00:00")]
)
def test_a_length_is_shown_as_players_show_it(seed_episode: Episode, ms: int, shown: str) -> None:
    """To the nearest second, as the feed has it; no leading noughts but one digit of minutes."""
    made = tree(show_page(SHOW, [replace(seed_episode, duration_ms=ms)], "u"))

    assert made.find(".//li/p").text_content().endswith(f" · {shown}")


def test_a_page_shows_a_title_that_says_something_else(
    seed_episode: Episode, seed_timeline: Timeline, cue: Callable[..., Cue]
) -> None:
    """The episode's own title is the page's heading and is not repeated; an edition's articles have theirs."""
    cues = (cue(0, seed_episode.title, "s0", Role.TITLE), cue(9, "The second article", "s1", Role.TITLE))
    article = tree(episode_page(seed_episode, replace(seed_timeline, cues=cues), SHOW)).find(".//article")

    assert [(each.tag, each.text_content()) for each in article.iter("h1", "h2")] == [("h2", "The second article")]


def test_a_page_says_who_wrote_and_who_read(seed_episode: Episode, seed_timeline: Timeline) -> None:
    """Authors in a line, the voice, each transcript by its name; nothing where nothing is known."""
    known = tree(episode_page(replace(seed_episode, authors=("Ada", "Bo")), seed_timeline, SHOW))
    files = tuple(file for file in seed_episode.files if file.role in {FileRole.AUDIO, FileRole.SRT})
    bare = tree(episode_page(replace(seed_episode, voice="", files=files), seed_timeline, SHOW))

    assert known.find(".//header/p").text_content().startswith("Ada, Bo · Episode published 2026-11-24 · ")
    said = known.find(".//footer/p").text_content()
    assert said == (
        "Read by Piper, en_US-joe-medium. Transcript: HTML, plain text, WebVTT, SRT, JSON."
        " Book: EPUB, reads itself aloud, audiobook."
    )
    assert bare.find(".//header/p").text_content().startswith("Episode published 2026-11-24 · ")
    assert bare.find(".//footer/p").text_content().strip() == "Transcript: SRT."


def test_a_block_in_another_language_says_so_once(
    seed_episode: Episode, seed_timeline: Timeline, cue: Callable[..., Cue]
) -> None:
    """The block where it begins so, a sentence where only that is; the page's own language nowhere."""
    cues = (
        replace(cue(0, "Bonjour.", "s0"), language="fr"),
        replace(cue(1, "Salut.", "s0"), language="fr-CA"),
        replace(cue(2, "Hello.", "s1"), language="en-GB"),
        replace(cue(3, "שלום", "s1"), language="he"),
    )
    made = tree(episode_page(seed_episode, replace(seed_timeline, cues=cues), SHOW)).find(".//article")

    assert [(each.get("lang"), each.get("dir")) for each in made] == [("fr", "ltr"), (None, None)]
    assert [(span.get("lang"), span.text) for span in made.iter("span")] == [("he", "שלום")]


def test_a_show_marks_only_the_episodes_of_another_language(seed_episode: Episode) -> None:
    """A region does not make it another."""
    listed = [replace(seed_episode, language=language) for language in ("en", "en-GB", "ar", "")]
    made = tree(show_page(SHOW, listed, "u"))

    assert [(each.get("lang"), each.get("dir")) for each in made.iter("li")] == [
        *((None, None), (None, None), ("ar", "rtl"), (None, None))
    ]


PUBLISHED = datetime(2027, 3, 1, 23, 59, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "frames"),
    [
        (TagFacts("T"), {"TIT2": "T", "TCON": "Podcast", "TLEN": "235"}),
        (TagFacts("T", show="S"), {"TALB": "S", "TPE2": "S"}),
        (TagFacts("T", show="S", show_author="A"), {"TALB": "S", "TPE2": "A"}),
        (TagFacts("T", artist="A\nB"), {"TPE1": "A B"}),
        (TagFacts("T", number=1), {"TRCK": "1"}),
        (TagFacts("T", language="x-none"), {}),
        (TagFacts("T", description="a\n\nb\x00"), {"TDES": "a\n\nb", "COMM::und": "a\n\nb"}),
        (TagFacts("T", published=PUBLISHED), {"TDRC": "2027-03-01", "TDRL": "2027-03-01 23:59:58"}),
    ],
)
def test_a_fact_has_its_frames_and_no_others(
    timeline_of: Callable[[Sequence[int]], Timeline], facts: TagFacts, frames: dict[str, str]
) -> None:
    """Beside the title, the kind, the length and the mark of a podcast there is only what is known."""
    tag = read(id3_tag(facts, timeline_of([9])))
    texts = {name: str(frame.text[0]) for name, frame in tag.items() if name != "PCST"}

    assert texts == {"TIT2": "T", "TCON": "Podcast", "TLEN": "235", **frames}
    assert "PCST" in tag


@settings(max_examples=40)
@given(st.integers(0, 200_000), st.integers(0, 40))
def test_a_tag_is_short_facts_then_chapters_then_the_rest(size: int, count: int) -> None:
    """A reader of the first kilobytes has what it shows; padding is 4 to 64 KB, a sixteenth between, in whole 4 KB."""
    chapters = tuple(Chapter(n, n + 1, "x" * (count - n), f"s{n}") for n in range(count))
    cues = (Cue(0, 1, "Said.", "s0", Role.BODY, "joe", "en"),)
    data = id3_tag(
        TagFacts("T", guid="g", cover=b"\xff" + b"c" * size, description="d"), Timeline((), (), chapters, cues, 0, 0, 0)
    )
    names = re.findall(rb"(?=(TIT2|TCON|TLEN|TGID|TDES|PCST|CTOC|COMM|USLT|SYLT|APIC)\x00\x00?)", data)
    padding = read(data)._padding

    assert [name.decode() for name in dict.fromkeys(names)][-4:] == ["COMM", "USLT", "SYLT", "APIC"]
    assert (b"CTOC" in names) == bool(count)
    assert [each.start_time for each in read(data).getall("CHAP")] == list(range(count))
    assert len(data) % 4096 == 0
    assert max(4096, (len(data) - padding) // 17) <= padding <= 65536
    assert padding <= max(4096, len(data) // 16) + 4096


def test_a_cover_is_the_front_cover(timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
    """Type 3, JPEG, without a description: the one players look for."""
    (picture,) = read(id3_tag(TagFacts("T", cover=b"\xff\xd8"), timeline_of([9]))).getall("APIC")

    assert (picture.type, picture.mime, picture.desc, picture.data) == (3, "image/jpeg", "", b"\xff\xd8")


def test_timed_text_is_a_sentence_a_line(timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
    """Each but the first begins with a line end (ID3v2.3, 4.10), at its own millisecond."""
    cues = tuple(Cue(n * 7, n * 7 + 1, f"S {n}.", f"s{n // 2}", Role.BODY, "joe", "de-CH") for n in range(3))
    tag = read(id3_tag(TagFacts("T", language="de-CH"), replace(timeline_of([9]), cues=cues)))

    assert tag["SYLT::deu"].text == [("S 0.", 0), ("\nS 1.", 7), ("\nS 2.", 14)]
    assert tag["USLT::deu"].text == "S 0. S 1.\n\nS 2."
