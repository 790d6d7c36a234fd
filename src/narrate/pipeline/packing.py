"""From a timeline and its encoded units to the files of an episode, staged in its show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, NamedTuple

from narrate import __version__
from narrate.episode import (
    EPISODE_PX,
    TagFacts,
    VolumeFacts,
    Written,
    chapters_json,
    describe,
    draw_cover,
    dump_manifest,
    dump_timeline,
    episode_page,
    plain,
    told_left_out,
    write_html,
    write_json,
    write_srt,
    write_text,
    write_vtt,
)
from narrate.feed import EPISODE_URL
from narrate.model import Episode, EpisodeFile, FileRole
from narrate.pipeline.album import NONE, stage_pictures, with_plates
from narrate.pipeline.bookmaking import NO_BOOKS, staged_books
from narrate.pipeline.naming import named, numbered
from narrate.pipeline.order import UNNUMBERED
from narrate.pipeline.originals import linked, originals
from narrate.pipeline.particulars import keep_told
from narrate.pipeline.shows import MANIFEST_NAME, PAGE_NAME
from narrate.runtime.files import sha256_of
from narrate.script import dump_script, reading_of, summarise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.model import Article, Diction, Script, Show, Timeline, Voice
    from narrate.pipeline.album import Album
    from narrate.pipeline.bookmaking import Books
    from narrate.pipeline.encoding import Units
    from narrate.pipeline.naming import Name
    from narrate.pipeline.order import Numbering
    from narrate.pipeline.shows import Change, Library
    from narrate.pipeline.tools import Tools


@dataclass(frozen=True, slots=True)
class Mixed:
    """All that an episode's files are written from."""

    script: Script
    voice: Voice
    timeline: Timeline
    units: Sequence[Units]
    """In each format, the enclosure's first."""
    fingerprints: tuple[str, ...]
    diction: Diction
    left_out: tuple[str, ...] = ()
    """Sentences that no voice could speak."""
    captions: bool = False
    """Whether WebVTT and SRT are cut to what fits on a screen."""
    articles: tuple[Article, ...] = ()
    """What the script was written from; none where it was a script file."""
    identity: str = ""
    """Who the episode is, where its script does not tell."""
    numbering: Numbering = UNNUMBERED
    books: Books = NO_BOOKS
    album: Album = NONE


class _File(NamedTuple):
    """A file of an episode, as it is written."""

    role: FileRole
    name: str
    mime: str
    data: bytes


def identity_of(script: Script) -> str:
    """Who the episode of a script is: its one source; an edition its title and all of its sources, in any order.

    So "This week" of other articles is another episode, and does not take the place of last week's.
    """
    sources = [source.url or source.id or f"title:{source.title.casefold()}" for source in script.sources]
    if len(sources) == 1:
        return sources[0]
    title = " ".join(script.title.casefold().split())
    named = "\n".join(sorted(sources)).encode("utf-8", "replace")
    return f"edition:{title}:{blake2b(named, digest_size=12).hexdigest()}" if sources else f"title:{title}"


def pack(change: Change, mixed: Mixed, tools: Tools, *, new: bool = False) -> Episode:
    """Stage every file of the episode, the one it was before or a `new` one, and put it in the change's library.

    Raises:
        OSError: the disk is full or may not be written.
    """
    library, script = change.library, mixed.script
    mixed = replace(mixed, timeline=linked(mixed.timeline, script))
    name = named(library, mixed.identity or identity_of(script), script.title, tools, new=new)
    name = numbered(name, library, mixed.numbering)
    before = library.of_guid(name.guid)
    notes = _notes(mixed, EPISODE_URL)
    cover = draw_cover(script.title, library.show.title if library.show.named else "", EPISODE_PX)
    facts = _facts(library, mixed, name, cover)
    sounds = tuple(_stage_audio(change, mixed, units, name.slug, facts) for units in mixed.units)
    episode = keep_told(_episode(mixed, name, notes, sounds), filter(None, (before,)))
    for file in _small_files(library.show, mixed, name.slug, cover):
        episode = _with_file(change, episode, file)
    pictures = tuple(stage_pictures(change, mixed.album, name.slug, tools.cache))
    episode = replace(episode, files=(*episode.files, *pictures))
    reading = reading_of(mixed.articles, script, mixed.timeline.cues)
    reading = with_plates(reading, mixed.articles, mixed.album.among(pictures))
    for book in staged_books(change, mixed, reading, _book_facts(library.show, mixed, name, cover), episode):
        episode = replace(episode, files=(*episode.files, book))
    written = Written(originals(script), script.published, reading)
    page = episode_page(episode, mixed.timeline, library.show, written)
    episode = _with_file(change, episode, _File(FileRole.PAGE, PAGE_NAME, "text/html", page))
    _remove_others(change, episode, before)
    change.stage(f"{name.slug}/{MANIFEST_NAME}", dump_manifest(episode))
    change.library = library.with_episode(episode)
    return episode


def _notes(mixed: Mixed, page_url: str) -> str:
    """The show notes, with the address of the page."""
    said = describe(summarise(mixed.script), mixed.timeline, mixed.voice, page_url, originals(mixed.script))
    return said + told_left_out(mixed.left_out)


def _remove_others(change: Change, episode: Episode, before: Episode | None) -> None:
    """Have the files gone that the episode had before and has no more: a cover of another name, say."""
    kept = {MANIFEST_NAME, *(file.name for file in episode.files)}
    for name in sorted({file.name for file in (before.files if before else ())} - kept):
        change.staging.remove(f"{episode.slug}/{name}")


def _facts(library: Library, mixed: Mixed, name: Name, cover: bytes) -> TagFacts:
    script, show = mixed.script, library.show
    # A laptop's own address is of no use inside a file that travels.
    public = show.base_url
    page = f"{public}{name.slug}/" if public else ""
    articles = originals(script)
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
        description=plain(_notes(mixed, page)),
        url=next(iter(articles), ""),
        page_url=page,
        feed_url=library.feed_url if public else "",
        guid=name.guid,
        cover=cover,
    )


def _book_facts(show: Show, mixed: Mixed, name: Name, cover: bytes) -> VolumeFacts:
    script = mixed.script
    return VolumeFacts(
        identifier=name.guid,
        title=script.title,
        language=script.language,
        modified=name.published,
        cover=cover,
        authors=script.authors,
        narrator=mixed.voice.label or mixed.voice.name,
        publisher=show.author or (show.title if show.named else ""),
        published=script.published,
        source=next(iter(originals(script)), ""),
        description=summarise(script),
        rights=show.copyright,
    )


def _stage_audio(change: Change, mixed: Mixed, units: Units, slug: str, facts: TagFacts) -> EpisodeFile:
    form = units.form.format
    file_name = f"{slug}{form.suffix}"
    path = change.staging.stage(f"{slug}/{file_name}")
    if facts.page_url:
        facts = replace(facts, audio_url=f"{facts.page_url}{file_name}")
    units.form.coder.write(path, facts, mixed.timeline, units)
    return EpisodeFile(FileRole.AUDIO, file_name, form.mime, path.stat().st_size, sha256_of(path))


def _small_files(show: Show, mixed: Mixed, slug: str, cover: bytes) -> Iterator[_File]:
    """Every file but the audio, the page and the manifest."""
    script, timeline = mixed.script, mixed.timeline
    # Apps keep a picture by its address: another picture has another name.
    yield _File(FileRole.COVER, f"cover-{blake2b(cover, digest_size=5).hexdigest()}.jpg", "image/jpeg", cover)
    yield from _transcripts(mixed, slug)
    if timeline.chapters:
        chapters = chapters_json(timeline, script.title, ", ".join(script.authors), show.title)
        yield _File(FileRole.CHAPTERS, "chapters.json", "application/json+chapters", chapters)
    yield _File(FileRole.SCRIPT, "script.yaml", "application/yaml", dump_script(script, mixed.diction).encode())
    yield _File(FileRole.TIMELINE, "timeline.json", "application/json", dump_timeline(timeline))


def _transcripts(mixed: Mixed, slug: str) -> Iterator[_File]:
    timeline, title, language = mixed.timeline, mixed.script.title, mixed.script.language
    captions = mixed.captions
    yield _File(FileRole.VTT, f"{slug}.vtt", "text/vtt", write_vtt(timeline, title, language, captions=captions))
    yield _File(FileRole.SRT, f"{slug}.srt", "application/x-subrip", write_srt(timeline, language, captions=captions))
    yield _File(FileRole.TRANSCRIPT_JSON, f"{slug}.json", "application/json", write_json(timeline, language))
    yield _File(FileRole.TRANSCRIPT_HTML, f"{slug}.html", "text/html", write_html(timeline, title, language))
    yield _File(FileRole.TRANSCRIPT_TEXT, f"{slug}.txt", "text/plain", write_text(timeline, title, language))


def _with_file(change: Change, episode: Episode, file: _File) -> Episode:
    """The episode with one file more, which is staged."""
    change.stage(f"{episode.slug}/{file.name}", file.data)
    row = EpisodeFile(file.role, file.name, file.mime, len(file.data), sha256(file.data).hexdigest())
    return replace(episode, files=(*episode.files, row))


def _episode(mixed: Mixed, name: Name, notes: str, files: tuple[EpisodeFile, ...]) -> Episode:
    script = mixed.script
    return Episode(
        guid=name.guid,
        identity=name.identity,
        slug=name.slug,
        title=script.title,
        language=script.language,
        published=name.published,
        duration_ms=mixed.timeline.duration_ms,
        channels=mixed.timeline.channels,
        files=files,
        chapters=mixed.timeline.chapters,
        summary=summarise(script),
        description_html=notes,
        authors=script.authors,
        url=script.url,
        voice=mixed.voice.label or mixed.voice.name,
        number=name.number,
        season=name.season,
        fingerprints=mixed.fingerprints,
    )
