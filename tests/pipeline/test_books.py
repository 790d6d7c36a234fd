"""The books of an episode: with its words at its times, without its music, at next to no cost."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import av
import numpy as np
import pytest
from lxml import etree

from narrate.model import FileRole
from narrate.pipeline.order import Facts, Order

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.order import Result

ARTICLE = "# Bread\n\nBread is old. It is warm.\n\n## Crust\n\nIt sings.\n"
CHAPTERS = "# One\n\nFirst. More.\n\n## Inner\n\nBelow.\n\n# Two\n\nSecond.\n\n# Three\n\nThird.\n"
CLIP = "{http://www.w3.org/ns/SMIL}audio"


def book_of(result: Result, role: FileRole = FileRole.BOOK) -> ZipFile:
    """The book of the episode that was made."""
    (made,) = result.made
    file = made.episode.file(role)
    assert file is not None
    return ZipFile(result.folder / made.episode.slug / file.name)


def sound(data: bytes) -> NDArray[np.int16]:
    """What an MP3 decodes to, at 44.1 kHz mono."""
    container: Any = av.open(BytesIO(data))
    with container:
        rows = [frame.to_ndarray() for frame in container.decode(audio=0)]
    samples: NDArray[np.int16] = np.concatenate(rows, axis=1)[0]
    return samples


def clips(book: ZipFile) -> list[tuple[float, float]]:
    """The clips of all pages, in seconds."""
    found: list[tuple[float, float]] = []
    for name in sorted(each for each in book.namelist() if each.endswith(".smil")):
        overlay = etree.fromstring(book.read(name))
        found += [
            (seconds(str(each.get("clipBegin"))), seconds(str(each.get("clipEnd")))) for each in overlay.iter(CLIP)
        ]
    return found


def seconds(value: str) -> float:
    """A clock value in seconds."""
    hours, minutes, rest = value.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def loud(samples: NDArray[np.int16], start: float, end: float) -> float:
    """The largest sample between two moments."""
    piece = samples[round(start * 44_100) : round(end * 44_100)]
    return float(np.abs(piece.astype(np.float64) / (32_768 if samples.dtype == np.int16 else 1)).max(initial=0.0))


def test_its_clips_are_the_words_and_its_sound_has_no_music(workshop: Workshop) -> None:
    """Before the first clip and in the silence of every clip nothing plays, where the episode has its intro."""
    result = workshop.make(workshop.write("bread.md", ARTICLE), music="default")
    book = book_of(result)
    bare, whole = sound(book.read("EPUB/sound.mp3")), sound((result.made[0].audio or workshop.root).read_bytes())
    times = clips(book)

    assert len(times) == 7
    assert loud(whole, 0.2, times[0][0] - 0.1) > 0.01
    assert loud(bare, 0, times[0][0] - 0.03) < 0.001
    for start, end in times:
        assert loud(bare, start, start + 0.06) > 0.01  # a word begins where its clip does
        assert loud(bare, end - 0.1, end - 0.03) < 0.001 or end == times[-1][1]


def test_units_without_music_are_encoded_once(workshop: Workshop) -> None:
    """For the episode and its book; with music, those it plays in are encoded for the book by themselves."""
    article = workshop.write("bread.md", ARTICLE)
    plain = workshop.make(article).made[0]
    assert len(workshop.form.encoded) == plain.encoded

    with_music = workshop.elsewhere("music")
    one = with_music.make(with_music.write("bread.md", ARTICLE), music="default").made[0]
    more = len(with_music.form.encoded) - one.encoded
    assert 0 < more < one.units

    workshop.make(article)
    assert workshop.form.encoded == []


def test_no_book_where_none_is_wished(workshop: Workshop) -> None:
    """And one that was made before is gone."""
    article = workshop.write("bread.md", ARTICLE)
    slug = workshop.make(article).made[0].episode.slug
    assert (workshop.show / slug / f"{slug}.epub").is_file()

    result = workshop.make(article, book="none")

    assert result.made[0].episode.file(FileRole.BOOK) is None
    assert not (workshop.show / slug / f"{slug}.epub").exists()


def test_by_word_each_word_has_its_clip(workshop: Workshop) -> None:
    """As the transcript times it."""
    result = workshop.make(workshop.write("bread.md", ARTICLE), book="word")
    slug = result.made[0].episode.slug
    words = [
        word
        for segment in json.loads((workshop.show / slug / f"{slug}.json").read_bytes())["segments"]
        for word in segment["words"]
    ]
    times = clips(book_of(result))

    assert len(times) == len(words)
    assert [start for start, _ in times] == [pytest.approx(word["startTime"], abs=0.06) for word in words]


def test_the_same_again_is_the_same_book(workshop: Workshop) -> None:
    """To the byte."""
    article = workshop.write("bread.md", ARTICLE)
    workshop.make(article, audiobook=True)
    before = workshop.files()
    workshop.make(article, audiobook=True)

    assert workshop.files() == before


def test_an_audiobook_is_the_episode_with_its_contents(workshop: Workshop) -> None:
    """Its own sound, music and all, and a manifest as the W3C has it."""
    result = workshop.make(workshop.write("bread.md", ARTICLE), audiobook=True, music="default")
    book = book_of(result, FileRole.AUDIOBOOK)
    manifest = json.loads(book.read("publication.json"))
    (chapter,) = manifest["readingOrder"]

    assert manifest["conformsTo"] == "https://www.w3.org/TR/audiobooks/"
    assert (manifest["name"], manifest["type"]) == ("Bread", "Audiobook")
    assert book.read(chapter["url"]) == (result.made[0].audio or workshop.root).read_bytes()
    assert {each["url"] for each in manifest["resources"]} <= set(book.namelist())
    assert f'{chapter["url"]}#t=0.0">Bread<' in book.read("index.html").decode()


def test_a_format_that_no_reading_system_plays_costs_the_book_nothing(workshop: Workshop) -> None:
    """Its sound is MP3 all the same."""
    from narrate.runtime.plugins import load

    tools = workshop.tools()
    from dataclasses import replace

    from narrate.pipeline.making import make

    tools = replace(tools, formats=load("narrate.formats"))
    order = Order((str(workshop.write("bread.md", ARTICLE)),))
    result = make(order, workshop.settings(formats="wav"), tools, lambda _: None)

    assert not result.failed
    assert book_of(result).read("EPUB/sound.mp3")[:2] in {b"ID", b"\xff\xfb"}


def test_a_book_that_is_split_is_one_book(workshop: Workshop) -> None:
    """With a part and a sound for each chapter; the episodes have none of their own; the same again, the same bytes."""
    order = Order((str(workshop.write("book.md", CHAPTERS)),), Facts(title="The Book"), split=True)
    result = workshop.order(order)
    (path,) = result.books
    book = ZipFile(path)
    nav = etree.fromstring(book.read("EPUB/nav.xhtml"))

    assert [each.text for each in nav.iter("{http://www.w3.org/1999/xhtml}a")] == [
        "One",
        "Inner",
        "Two",
        "Three",
        "The Book",
    ]
    assert {"EPUB/sound1.mp3", "EPUB/sound2.mp3", "EPUB/sound3.mp3"} <= set(book.namelist())
    assert all(made.episode.file(FileRole.BOOK) is None for made in result.made)
    before: dict[str, bytes] = workshop.files()
    assert workshop.order(order).books == result.books
    assert workshop.files() == before


def test_a_text_of_one_chapter_has_its_own_book(workshop: Workshop, tmp_path: Path) -> None:
    """Where nothing is split."""
    result = workshop.make(workshop.write("bread.md", ARTICLE))

    assert result.books == ()
    assert book_of(result).testzip() is None
    assert not list(tmp_path.glob("*.epub"))
