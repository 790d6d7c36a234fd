"""The audiobook: what its manifest says, and its table of contents."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import html

from narrate.episode.book import write_audiobook
from narrate.episode.book.binding import add_file
from narrate.model import Unit

from .test_book import FACTS, Maker

if TYPE_CHECKING:
    from pathlib import Path


def in_ms(duration: str) -> int:
    """An ISO 8601 duration in seconds."""
    found = re.fullmatch(r"PT(\d+)\.(\d{3})S", duration)
    assert found
    return int(found[1]) * 1000 + int(found[2])


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar-EG", "rtl")])
def test_it_says_what_audiobooks_must(tmp_path: Path, language: str, direction: str) -> None:
    """What the W3C wants is there; lengths add up; every file is in it; the contents lead to the chapters, its way."""
    volumes = []
    for number in (1, 2):
        made = Maker().add("title", "Bread", "Bread", opens=f"Part <{number}>")
        volume = made.volume(tmp_path, f"Bread {number}", f"a part {number}.mp3")
        units = (Unit(0, 38 * number + 1, 0, 0),)
        volumes.append(replace(volume, timeline=replace(volume.timeline, units=units)))
    write_audiobook(tmp_path / "a.lpf", replace(FACTS, language=language), volumes)
    with ZipFile(tmp_path / "a.lpf") as archive:
        said = json.loads(archive.read("publication.json"))
        contents = html.document_fromstring(archive.read("index.html").decode())
        names = archive.namelist()

    assert {"@context", "conformsTo", "name", "readingOrder", "id", "inLanguage", "readBy"} <= set(said)
    lengths = [in_ms(track["duration"]) for track in said["readingOrder"]]
    assert (lengths, in_ms(said["duration"])) == ([each.timeline.duration_ms for each in volumes], sum(lengths))
    assert [track["url"] for track in said["readingOrder"]] == ["a%20part%201.mp3", "a%20part%202.mp3"]
    assert {"a part 1.mp3", "a part 2.mp3", *(each["url"] for each in said["resources"])} == set(names) - {
        "publication.json"
    }
    assert (contents.get("lang"), contents.get("dir")) == (language, direction)
    assert [(each.get("href"), each.text) for each in contents.iter("a")] == [
        ("a%20part%201.mp3#t=0.0", "Part <1>"),
        ("a%20part%202.mp3#t=0.0", "Part <2>"),
    ]


def test_a_sound_may_be_longer_than_two_gigabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten hours of WAV are; here the limit is 1,000 bytes."""
    monkeypatch.setattr("zipfile.ZIP64_LIMIT", 1_000)
    (tmp_path / "sound.wav").write_bytes(bytes(2_000))
    with ZipFile(tmp_path / "a.lpf", "w") as archive:
        add_file(archive, "sound.wav", tmp_path / "sound.wav")

    with ZipFile(tmp_path / "a.lpf") as archive:
        assert archive.read("sound.wav") == bytes(2_000)
