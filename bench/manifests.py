"""A show of many episodes that nobody made: ``manifests.py FOLDER COUNT`` writes their manifests and its settings."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from narrate.episode import dump_manifest
from narrate.feed import EPISODE_URL, dump_show
from narrate.model import Chapter, Episode, EpisodeFile, FileRole, Show

_NOTES = (
    "<p>It was baked before anyone wrote. Flour &amp; water are mixed, then one waits for an hour or two.</p>\n"
    "<p>Chapters:</p>\n<p>00:00:00 Introduction<br/>00:01:00 Flour<br/>00:02:00 Water<br/>00:03:00 Salt</p>\n"
    f'<p>Read by a computer voice. Text and follow-along page: <a href="{EPISODE_URL}">{EPISODE_URL}</a></p>\n'
)
_MIMES = {
    FileRole.AUDIO: ("{}.mp3", "audio/mpeg"),
    FileRole.COVER: ("cover-0123456789.jpg", "image/jpeg"),
    FileRole.VTT: ("{}.vtt", "text/vtt"),
    FileRole.SRT: ("{}.srt", "application/x-subrip"),
    FileRole.TRANSCRIPT_JSON: ("{}.json", "application/json"),
    FileRole.CHAPTERS: ("chapters.json", "application/json+chapters"),
    FileRole.SCRIPT: ("script.yaml", "application/yaml"),
    FileRole.TIMELINE: ("timeline.json", "application/json"),
    FileRole.PAGE: ("index.html", "text/html"),
}


def episode(number: int) -> Episode:
    """An episode like one that was made: nine files, four chapters, notes."""
    slug = f"an-episode-about-bread-{number}"
    files = tuple(
        EpisodeFile(role, name.format(slug), mime, 9_000 + number, sha256(f"{number} {role}".encode()).hexdigest())
        for role, (name, mime) in _MIMES.items()
    )
    return Episode(
        guid=f"00000000-0000-4000-8000-{number:012}",
        identity=f"https://example.org/articles/{number}",
        slug=slug,
        title=f"An episode about bread & butter, number {number}",
        language="en",
        published=datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=12 * number),
        duration_ms=240_000,
        files=files,
        chapters=tuple(Chapter(at * 60_000, (at + 1) * 60_000, f"Chapter {at}", f"s{at}") for at in range(4)),
        summary="It was baked before anyone wrote. Flour & water are mixed, then one waits for an hour or two.",
        description_html=_NOTES,
        url=f"https://example.org/articles/{number}",
        voice="Tone, a beep a word",
        number=number,
        fingerprints=("tone 1",),
    )


def main(folder: Path, count: int) -> None:
    """Write them."""
    show = Show("Bread", "917393e3-1b1e-5cef-ace4-edaa54e1f810", base_url="https://pods.example.org/bread/", named=True)
    for number in range(1, count + 1):
        made = episode(number)
        (folder / made.slug).mkdir(parents=True)
        (folder / made.slug / "episode.json").write_bytes(dump_manifest(made))
    (folder / "show.toml").write_text(dump_show(show), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
