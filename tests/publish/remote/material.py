"""Shows to publish, and a judge of what is at a target: other people's parsers read the feed there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote

import feedparser
from lxml import etree

from narrate.episode import dump_manifest
from narrate.model import Episode, EpisodeFile, FileRole
from narrate.pipeline.shows import change_show, changed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BASE = "https://pod.example.org/my%20show/"
_FIRST = datetime(2026, 11, 1, 12, tzinfo=UTC)
_FILES = (
    (FileRole.AUDIO, "{}.mp3", "audio/mpeg"),
    (FileRole.AUDIO, "{}.opus", "audio/ogg"),
    (FileRole.COVER, "cover-0123456789.jpg", "image/jpeg"),
    (FileRole.PICTURE, "picture-0123456789.png", "image/png"),
    (FileRole.VTT, "{}.vtt", "text/vtt"),
    (FileRole.CHAPTERS, "chapters.json", "application/json+chapters"),
    (FileRole.PAGE, "index.html", "text/html"),
    (FileRole.SCRIPT, "script.yaml", "application/yaml"),
)
UNPUBLISHED = ("show.toml", "episode.json", "script.yaml", "timeline.json")


def lay(show: Path, episodes: Mapping[str, str]) -> Path:
    """A show in that folder with an episode a slug; its files are made of a text, and as long as that says."""
    show.mkdir(parents=True, exist_ok=True)
    (show / "cover.jpg").write_bytes(b"a picture")
    with changed(show) as change:
        for number, (slug, text) in enumerate(episodes.items(), 1):
            files = []
            for role, pattern, mime in _FILES:
                told = "" if mime.startswith("image/") else text  # a picture with that name never changes
                data = content(f"{slug} {pattern} {told}", 3000 + 700 * len(told))
                change.stage(f"{slug}/{pattern.format(slug)}", data)
                files.append(EpisodeFile(role, pattern.format(slug), mime, len(data), sha256(data).hexdigest()))
            episode = _episode(slug, number, tuple(files))
            change.stage(f"{slug}/episode.json", dump_manifest(episode))
            change.library = change.library.with_episode(episode)
    change_show(show, "cover", "cover.jpg")
    change_show(show, "base_url", BASE)
    return show


def content(seed: str, size_bytes: int) -> bytes:
    """Bytes that depend on the seed."""
    return (sha256(seed.encode()).digest() * (size_bytes // 32 + 1))[:size_bytes]


def _episode(slug: str, number: int, files: tuple[EpisodeFile, ...]) -> Episode:
    return Episode(
        guid=f"guid-of-{slug}",
        identity=slug,
        slug=slug,
        title=slug.title(),
        language="en",
        published=_FIRST + timedelta(days=number),
        duration_ms=60_000,
        files=files,
        chapters=(),
        summary="",
        description_html=f"<p>{slug}</p>",
        number=number,
    )


@dataclass(frozen=True, slots=True)
class Looker:
    """Looks at a target: a file's bytes, None where there is none."""

    read: Callable[[str], bytes | None]

    def is_whole(self) -> bool:
        """Whether nothing that the feed there names is missing or of another length; judged between two equal reads."""
        for _ in range(20):
            feed = self.read("feed.xml")
            wrong = self.wrong_in(feed) if feed is not None else []
            if self.read("feed.xml") == feed:
                assert wrong == []
                return feed is not None
        raise AssertionError("the feed changes all the time")

    def wrong_in(self, feed: bytes) -> list[str]:
        """What a feed names that is not there, or not as long as it says."""
        assert not feedparser.parse(feed).bozo
        wrong = []
        for element in etree.fromstring(feed).iter("*"):
            length, names = element.get("length"), [element.get("url"), element.get("href"), element.get("uri")]
            if "alternateEnclosure" in str(element.tag):
                source = element.find("{*}source")
                names = [source.get("uri") if source is not None else None]
            for name in filter(None, names):
                wrong += self._wrong(name, length)
        return wrong

    def _wrong(self, name: str, length: str | None) -> list[str]:
        path = unquote(name.removeprefix(BASE))
        if not name.startswith(BASE) or not path or path.endswith("/"):
            return []
        data = self.read(path)
        if data is None:
            return [f"{path} is missing"]
        return [f"{path} has {len(data)} bytes, not {length}"] if length and len(data) != int(length) else []


def public(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without what narrate notes down for itself, and without interim names, which go an hour later."""
    return {
        path: data
        for path, data in files.items()
        if not path.startswith(".narrate-") and not re.search(r"\.[0-9a-f]{12}\.(mp3|opus)$", path)
    }


def folder_files(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def wanted(show: Path) -> dict[str, bytes]:
    """What of a show is to be at a target."""
    return {
        path: data
        for path, data in folder_files(show).items()
        if not path.startswith(".") and path.rpartition("/")[2] not in UNPUBLISHED
    }
