"""Shows of many episodes, made of manifests alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from narrate.episode import dump_manifest
from narrate.feed import dump_show
from narrate.model import Chapter, Episode, EpisodeFile, FileRole, Show

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHOW = Show(
    title="Many",
    guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
    base_url="https://pods.example.org/many/",
    guid_frozen=True,
    named=True,
)


def episode_of(number: int, **facts: object) -> Episode:
    """The episode of that number, an hour after the one before; its manifest is like one that was made."""
    slug = f"episode-{number}"
    names = (
        (FileRole.AUDIO, f"{slug}.mp3", "audio/mpeg"),
        (FileRole.COVER, "cover-0123456789.jpg", "image/jpeg"),
        (FileRole.VTT, f"{slug}.vtt", "text/vtt"),
        (FileRole.CHAPTERS, "chapters.json", "application/json+chapters"),
        (FileRole.PAGE, "index.html", "text/html"),
    )
    given: dict[str, object] = {
        "guid": f"00000000-0000-4000-8000-{number:012}",
        "identity": f"https://example.org/{number}",
        "slug": slug,
        "title": f"Episode & number {number}",
        "language": "en",
        "published": datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=number),
        "duration_ms": 120_000,
        "files": tuple(EpisodeFile(role, name, mime, 1000 + number, "ab" * 32) for role, name, mime in names),
        "chapters": (Chapter(0, 60_000, "One", "s1"), Chapter(60_000, 120_000, "Two", "s2")),
        "summary": f"What is said in number {number}.",
        "description_html": f"<p>Number {number}.</p>",
        "number": number,
    }
    return Episode(**{**given, **facts})  # type: ignore[arg-type] # each of the kind of its field


def put(folder: Path, episodes: Iterable[Episode], *, sound: bool = False) -> None:
    """Write manifests; with `sound` enclosures of their lengths too."""
    for episode in episodes:
        (folder / episode.slug).mkdir(parents=True, exist_ok=True)
        (folder / episode.slug / "episode.json").write_bytes(dump_manifest(episode))
        audio = episode.file(FileRole.AUDIO)
        if sound and audio:
            (folder / episode.slug / audio.name).write_bytes(bytes(audio.size_bytes))


def show_of(folder: Path, count: int, show: Show = SHOW, *, sound: bool = False) -> Path:
    """A show of so many episodes, numbered from 1, without feed or page; its picture is a drop of ink."""
    folder.mkdir(parents=True)
    (folder / "cover.jpg").write_bytes(b"picture")
    (folder / "show.toml").write_text(dump_show(show).replace('# cover = "cover.jpg"', 'cover = "cover.jpg"'), "utf-8")
    put(folder, map(episode_of, range(1, count + 1)), sound=sound)
    return folder
