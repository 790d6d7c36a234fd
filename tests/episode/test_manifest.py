"""The manifest: an episode in, the same episode out, and a clear refusal of everything else."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.episode.manifest import dump_manifest, load_manifest
from narrate.errors import EpisodeError
from narrate.model import EPISODE_TYPES, Chapter, Episode, EpisodeFile, FileRole, Person, Soundbite, WebLink

TEXT = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\udc80\udcff")), max_size=30)
"""Any text; a path of bytes that are no text has lone surrogates (PEP 383)."""
NAME = st.text(st.characters(codec="utf-8", exclude_characters="/\\"), min_size=1, max_size=20)
COUNT = st.integers(0, 10**9)
FILE = st.builds(
    EpisodeFile,
    st.sampled_from(FileRole),
    NAME.filter(lambda name: name not in {".", ".."}),
    TEXT,
    COUNT,
    st.text("0123456789abcdef", min_size=64, max_size=64),
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    """Any episode whose chapters follow one another to its end."""
    starts = sorted(draw(st.sets(st.integers(1, 10**6), max_size=4)))
    starts = [0, *starts] if starts else []
    duration = draw(st.integers(starts[-1] + 1 if starts else 0, 10**7))
    ends = [*starts[1:], duration]
    return Episode(
        guid=draw(TEXT),
        identity=draw(TEXT),
        slug=draw(TEXT),
        title=draw(TEXT),
        language=draw(TEXT),
        published=draw(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES)),  # noqa: DTZ001 - bounds
        duration_ms=duration,
        files=tuple(draw(st.lists(FILE, max_size=3))),
        chapters=tuple(
            Chapter(at, end, draw(TEXT), draw(TEXT), draw(TEXT)) for at, end in zip(starts, ends, strict=False)
        ),
        summary=draw(TEXT),
        description_html=draw(TEXT),
        authors=tuple(draw(st.lists(TEXT, max_size=3))),
        url=draw(TEXT),
        voice=draw(TEXT),
        number=draw(COUNT),
        season=draw(COUNT),
        fingerprints=tuple(draw(st.lists(TEXT, max_size=2))),
        type=draw(st.sampled_from(EPISODE_TYPES)),
        channels=draw(st.integers(1, 2)),
        licence=draw(TEXT),
        licence_url=draw(TEXT),
        persons=tuple(draw(st.lists(st.builds(Person, *[TEXT] * 5), max_size=2))),
        soundbites=tuple(draw(st.lists(st.builds(Soundbite, COUNT, COUNT, TEXT), max_size=2))),
        content_links=tuple(draw(st.lists(st.builds(WebLink, TEXT, TEXT), max_size=2))),
    )


@given(episodes())
def test_what_is_written_reads_back(episode: Episode) -> None:
    """Every episode survives its manifest, bytes that are no text in its paths included."""
    assert load_manifest(dump_manifest(episode)) == episode


def test_the_seeds_fits_four_kilobytes(seed_episode: Episode) -> None:
    """An ordinary episode with all its files has a small manifest."""
    assert len(dump_manifest(seed_episode)) <= 4096


def test_is_json_a_field_a_line(seed_episode: Episode) -> None:
    """Any JSON parser reads it, and a change of one field is a change of one line."""
    data = dump_manifest(seed_episode)

    document = json.loads(data)
    assert document["narrate_episode"] == 1
    assert document["published"] == "2026-11-24T08:05:06+00:00"
    assert len(data.splitlines()) == len(document) + 2
    changed = dump_manifest(replace(seed_episode, number=13)).splitlines()
    assert sum(one != other for one, other in zip(changed, data.splitlines(), strict=True)) == 1


def test_files_keep_their_digests(seed_episode: Episode) -> None:
    """Name, type, size and SHA-256 of each file are in it for whoever checks a folder."""
    rows = json.loads(dump_manifest(seed_episode))["files"]

    assert rows[0] == ["audio", f"{seed_episode.slug}.mp3", "audio/mpeg", 3_211_004, "5e" * 32]


def test_chapters_must_follow_one_another(seed_episode: Episode) -> None:
    """A gap between chapters would be lost, so it is refused when written."""
    with pytest.raises(EpisodeError, match="do not follow"):
        dump_manifest(replace(seed_episode, chapters=(Chapter(0, 5, "One", "a"), Chapter(6, 9, "Two", "b"))))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("guid", 7),
        ("title", None),
        ("duration_ms", "12"),
        ("duration_ms", True),
        ("duration_ms", -1),
        ("duration_ms", 1.5),
        ("number", "3"),
        ("authors", "Ada"),
        ("authors", ["Ada", 7]),
        ("published", "yesterday"),
        ("published", "2026-11-24T08:05:06"),
        ("published", 20261124),
        ("files", {}),
        ("files", [["audio", "x.mp3", "audio/mpeg", "3", "5e"]]),
        ("files", [["music", "x.mp3", "audio/mpeg", 3, "5e"]]),
        ("files", [["audio", "../x.mp3", "audio/mpeg", 3, "5e"]]),
        ("files", [["audio", "", "audio/mpeg", 3, "5e"]]),
        ("files", [["audio", "x.mp3"]]),
        ("chapters", [[0, "One"]]),
        ("chapters", [["0", "One", "s"]]),
        ("chapters", [0]),
        ("type", "special"),
        ("licence", 4),
        ("persons", [["Ann"]]),
        ("soundbites", [[1.5, 2, ""]]),
        ("content_links", [["https://example.org/", None]]),
    ],
)
def test_a_wrong_value_is_named(seed_episode: Episode, field: str, value: object) -> None:
    """A field that holds what it must not: the message has the file and the field."""
    document = {**json.loads(dump_manifest(seed_episode)), field: value}

    with pytest.raises(EpisodeError, match=rf"^shelf/episode\.json: field '{field}' must be ") as caught:
        load_manifest(json.dumps(document).encode(), "shelf/episode.json")

    assert "\n" not in str(caught.value)


REQUIRED = [each.name for each in fields(Episode) if each.default is MISSING]


@pytest.mark.parametrize("field", REQUIRED)
def test_a_missing_field_is_named(seed_episode: Episode, field: str) -> None:
    """What every episode has must be there."""
    document = json.loads(dump_manifest(seed_episode))
    del document[field]

    with pytest.raises(EpisodeError, match=f"field '{field}' is missing"):
        load_manifest(json.dumps(document).encode())


def test_an_unknown_field_is_named(seed_episode: Episode) -> None:
    """A slip of the pen is not passed over."""
    document = {**json.loads(dump_manifest(seed_episode)), "titel": "x"}

    with pytest.raises(EpisodeError, match="no field 'titel'"):
        load_manifest(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a manifest"),
        (b"{", "not a manifest"),
        (b"\xff\xfe\x00", "not a manifest"),
        (b"[" * 100_000, "not a manifest"),
        (b"[]", "not a manifest"),
        (b'{"title": "x"}', "not a manifest"),
        (b'{"narrate_episode": "1"}', "not a manifest"),
        (b'{"narrate_episode": 2, "anything": 1}', "version 2"),
    ],
)
def test_what_is_no_manifest(data: bytes, said: str) -> None:
    """Other files, broken files and manifests of a later narrate are refused in one sentence."""
    with pytest.raises(EpisodeError, match=said) as caught:
        load_manifest(data, "one/episode.json")

    assert str(caught.value).startswith("one/episode.json")


def test_every_field_of_an_episode_is_kept(seed_episode: Episode) -> None:
    """A field that the model gains is written without a change here."""
    changes: dict[str, Any] = {
        "authors": ("Ada",),
        "season": 2,
        "url": "https://example.org/",
        "type": "bonus",
        "licence": "a",
        "licence_url": "b",
        "persons": (Person("Ann"),),
        "soundbites": (Soundbite(1, 2),),
        "content_links": (WebLink("https://example.org/"),),
    }

    document = json.loads(dump_manifest(replace(seed_episode, **changes)))

    assert set(document) - {"narrate_episode"} == {each.name for each in fields(Episode)}
