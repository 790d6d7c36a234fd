"""From a timeline and its encoded units to the files of an episode, staged in its show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from narrate import __version__
from narrate.episode import (
    TagFacts,
    chapters_json,
    describe,
    draw_cover,
    dump_manifest,
    dump_timeline,
    episode_page,
    id3_tag,
    plain,
    slug_for,
    write_json,
    write_srt,
    write_vtt,
)
from narrate.feed import EPISODE_URL
from narrate.model import Episode, EpisodeFile, FileRole, Role
from narrate.pipeline.shows import MANIFEST_NAME, PAGE_NAME
from narrate.runtime.files import sha256_of
from narrate.script import dump_script, summarise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from narrate.model import Script, Timeline, Voice
    from narrate.pipeline.encoding import Units
    from narrate.pipeline.shows import Change, Library
    from narrate.pipeline.tools import Format, Tools

COVER_PX = 1400
"""The most that players take from a tag without trouble."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """All that an episode's files are written from."""

    script: Script
    voice: Voice
    timeline: Timeline
    units: Units
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """What is set at an episode's first make and never changes."""

    identity: str
    guid: str
    slug: str
    number: int
    published: datetime


def identity_of(script: Script) -> str:
    """Who the episode of a script is: its one source, or its title where it has several (an edition) or none."""
    if len(script.sources) == 1:
        source = script.sources[0]
        return source.url or source.id or f"title:{source.title.casefold()}"
    return f"edition:{' '.join(script.title.casefold().split())}"


def pack(change: Change, mixed: Mixed, form: Format, tools: Tools, *, new: bool = False) -> Episode:
    """Stage every file of the episode, the one it was before or a `new` one, and put it in the change's library.

    Raises:
        StorageError: the disk is full or may not be written.
    """
    name = _named(change.library, mixed.script, tools, new=new)
    page = EPISODE_URL if mixed.timeline.cues else ""
    notes = describe(summarise(mixed.script), mixed.timeline, mixed.voice, page, mixed.script.url)
    cover = draw_cover(mixed.script.title, change.library.show.title if change.library.show.named else "", COVER_PX)
    audio = _stage_audio(change, mixed, form, name, id3_tag(_facts(change.library, mixed, name, cover), mixed.timeline))
    draft = _episode(mixed, name, notes, (audio,))
    files = [audio]
    for role, file_name, mime, data in _small_files(change.library, mixed, draft, cover):
        change.stage(f"{name.slug}/{file_name}", data)
        files.append(EpisodeFile(role, file_name, mime, len(data), sha256(data).hexdigest()))
    episode = replace(draft, files=tuple(files))
    change.stage(f"{name.slug}/{MANIFEST_NAME}", dump_manifest(episode))
    change.library = change.library.with_episode(episode)
    return episode


def _named(library: Library, script: Script, tools: Tools, *, new: bool) -> _Name:
    identity = identity_of(script)
    before = None if new else library.find(identity)
    if before:
        return _Name(identity, before.guid, before.slug, before.number, before.published)
    taken = {path.name for path in library.folder.iterdir()}
    number = max((episode.number for episode in library.episodes), default=0) + 1
    return _Name(identity, tools.new_guid(), slug_for(script.title, taken), number, tools.now())


def _facts(library: Library, mixed: Mixed, name: _Name, cover: bytes) -> TagFacts:
    script, show = mixed.script, library.show
    # A laptop's own address is of no use inside a file that travels.
    public = show.base_url
    page = f"{public}{name.slug}/" if public else ""
    return TagFacts(
        title=script.title,
        artist=", ".join(script.authors) or show.author or show.title,
        show=show.title,
        show_author=show.author,
        category=show.category,
        number=name.number,
        published=name.published,
        language=script.language,
        copyright=show.copyright,
        encoder=f"narrate {__version__}",
        description=plain(describe(summarise(script), mixed.timeline, mixed.voice, page, script.url)),
        url=script.url,
        audio_url=f"{page}{name.slug}.mp3" if public else "",
        feed_url=library.feed_url if public else "",
        guid=name.guid,
        cover=cover,
    )


def _stage_audio(change: Change, mixed: Mixed, form: Format, name: _Name, tag: bytes) -> EpisodeFile:
    file_name = f"{name.slug}{form.suffix}"
    path = change.staging.stage(f"{name.slug}/{file_name}")
    with path.open("w+b") as out:
        form.write(out, tag, mixed.units, mixed.timeline)
    return EpisodeFile(FileRole.AUDIO, file_name, form.mime, path.stat().st_size, sha256_of(path))


def _small_files(
    library: Library, mixed: Mixed, episode: Episode, cover: bytes
) -> Iterator[tuple[FileRole, str, str, bytes]]:
    """Every file but the audio and the manifest: what it is for, its name, type and bytes."""
    script, timeline, slug = mixed.script, mixed.timeline, episode.slug
    chapters = chapters_json(timeline, script.title, ", ".join(script.authors), library.show.title)
    yield FileRole.COVER, "cover.jpg", "image/jpeg", cover
    yield FileRole.VTT, f"{slug}.vtt", "text/vtt", write_vtt(timeline, script.title, script.language)
    yield FileRole.SRT, f"{slug}.srt", "application/x-subrip", write_srt(timeline)
    yield FileRole.TRANSCRIPT_JSON, f"{slug}.json", "application/json", write_json(timeline)
    yield FileRole.CHAPTERS, "chapters.json", "application/json+chapters", chapters
    yield FileRole.SCRIPT, "script.yaml", "application/yaml", dump_script(script).encode()
    yield FileRole.TIMELINE, "timeline.json", "application/json", dump_timeline(timeline)
    levels = {segment.id: segment.level for segment in script.segments if segment.role is Role.HEADING}
    yield FileRole.PAGE, PAGE_NAME, "text/html", episode_page(episode, timeline, library.show, levels)


def _episode(mixed: Mixed, name: _Name, notes: str, files: tuple[EpisodeFile, ...]) -> Episode:
    script = mixed.script
    return Episode(
        guid=name.guid,
        identity=name.identity,
        slug=name.slug,
        title=script.title,
        language=script.language,
        published=name.published,
        duration_ms=mixed.timeline.duration_ms,
        files=files,
        chapters=mixed.timeline.chapters,
        summary=summarise(script),
        description_html=notes,
        authors=script.authors,
        url=script.url,
        voice=mixed.voice.label or mixed.voice.name,
        number=name.number,
        fingerprints=mixed.fingerprints,
    )
