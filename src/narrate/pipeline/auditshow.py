"""An audit of a show of our own: its feed, the files that it names, and every default that is still in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from narrate.episode.pictures import examine
from narrate.errors import NarrateError
from narrate.feed import FEED_NAME
from narrate.feed.audit import audit, audit_picture
from narrate.feed.checks import is_public
from narrate.model import Finding, Severity, Show
from narrate.pipeline.changing import cover_name
from narrate.pipeline.shows import existing_show, feed_for
from narrate.runtime.files import read_bounded, sha256_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from narrate.feed.audit import Audited, Named
    from narrate.model import Traces
    from narrate.pipeline.shows import Library

_MOST_BYTES = 60_000_000
_PAGES = "feed-*.xml"
_AGAIN = "make the episode again, or bring the file back from a copy"
_SOURCE = "narrate, the show's manifests"
_W, _H = Severity.WARNING, Severity.HINT


def audit_show(folder: Path, when: datetime) -> Audited:
    """The findings on a show's feed, its files and its settings. Raises `NarrateError` where there is no show."""
    library = existing_show(folder)
    if not library.feed.is_file():
        raise NarrateError(f"there is no feed in {shown(folder)} yet; 'narrate feed' writes it")
    names = [FEED_NAME, *(path.name for path in sorted(folder.glob(_PAGES), reverse=True))]
    parts = [_of_document(library, name, when) for name in names]
    files = tuple(file for part in parts for file in part.files)
    findings = (
        # That nobody is named as owner is told with the defaults, in the words of show.toml.
        *(finding for part in parts for finding in part.findings if finding.rule != "owner"),
        *_stale(library),
        *_files(library, files),
        *_cover(library),
        *_defaults(library.show),
    )
    whole = _together([part.traces for part in parts if part.traces])
    return replace(parts[0], findings=findings, episodes=sum(part.episodes for part in parts), traces=whole)


def _of_document(library: Library, name: str, when: datetime) -> Audited:
    data = read_bounded(library.folder / name, _MOST_BYTES, NarrateError)
    audited = audit(data, when, library.base_url + name)
    if name == FEED_NAME:
        return audited
    # An older document says of the show what the feed says already; its items are its own.
    own = (replace(each, where=f"{name}, {each.where}") for each in audited.findings if each.where != "channel")
    return replace(audited, findings=tuple(own))


def _together(traces: list[Traces]) -> Traces | None:
    """What is remembered of all documents of a long feed, as one."""
    if not traces:
        return None
    return replace(traces[0], items=tuple(row for part in traces for row in part.items))


def _stale(library: Library) -> Iterator[Finding]:
    """A feed that is not what the show says now: settings or manifests were changed by hand."""
    if library.feed.read_bytes() != feed_for(library.folder, library.base_url):
        what = "the feed is not as the show's settings and episodes have it now"
        yield Finding("feed-stale", _W, FEED_NAME, what, "narrate feed", _SOURCE)


def _files(library: Library, named: tuple[Named, ...]) -> Iterator[Finding]:
    """Files that are not as they were made, and those that the feed says otherwise of; each once."""
    broken = {}
    for path, where, what in _changed(library):
        broken[path] = Finding("file-changed", Severity.ERROR, where, what, _AGAIN, _SOURCE)
    for path, file, what in _misnamed(library, named):
        broken.setdefault(path, Finding("file-named", Severity.ERROR, file.where, what, _AGAIN, _SOURCE, file.line))
    yield from broken.values()


def _changed(library: Library) -> Iterator[tuple[Path, str, str]]:
    """Files of episodes that are not as they were made: by size, then by digest."""
    for episode in library.episodes:
        for file in episode.files:
            path = library.folder / episode.slug / file.name
            if not path.is_file():
                yield path, f"episode {episode.slug}", f"{shown(file.name)} is not there"
            elif path.stat().st_size != file.size_bytes or sha256_of(path) != file.sha256:
                yield path, f"episode {episode.slug}", f"{shown(file.name)} is not as it was made"


def _misnamed(library: Library, files: tuple[Named, ...]) -> Iterator[tuple[Path, Named, str]]:
    """Files that the feed names and that are not there, or have another size than it says."""
    for file in files:
        if not file.url.startswith(library.base_url):
            continue
        path = library.folder / unquote(file.url.removeprefix(library.base_url))
        if not path.is_file():
            yield path, file, f"the feed names {shown(path.name)}, which is not there"
        elif file.length >= 0 and path.stat().st_size != file.length:
            size = path.stat().st_size
            yield path, file, f"the feed says {file.length} bytes of {shown(path.name)}, and it has {size}"


def _cover(library: Library) -> Iterator[Finding]:
    path = library.folder / cover_name(library.show)
    if path.is_file():
        yield from audit_picture(examine(read_bounded(path, _MOST_BYTES, NarrateError)), path.name, path.name)


_DEFAULTS: tuple[tuple[str, Severity, Callable[[Show], bool], str, str], ...] = (
    ("title", _W, lambda show: not show.named, "the show has no title of its own", '"Your title"'),
    ("description", _W, lambda show: not show.description, "the description is narrate's own", '"What it is about."'),
    ("author", _W, lambda show: not show.author, "the author is the show's title", '"Your name"'),
    (
        "owner_email",
        _W,
        lambda show: not show.owner_email,
        "directories have no address to write to",
        "you@example.org",
    ),
    ("owner_name", _H, lambda show: not show.owner_name, "the owner is called as the author is", '"Your name"'),
    (
        "base_url",
        _W,
        lambda show: not is_public(show.base_url),
        "the show has no public address, so only this network can subscribe",
        "https://example.org/podcast/",
    ),
    (
        "category",
        _H,
        lambda show: show.category == Show(title="", guid="").category,
        "the category is the one that every new show has",
        '"Arts > Books"',
    ),
    ("cover", _H, lambda show: not show.cover, "the picture is drawn by narrate", "picture.jpg"),
    ("copyright", _H, lambda show: not show.copyright, "nobody is named who holds the copyright", '"Your name"'),
    ("licence", _H, lambda show: not show.licence, "no licence is named", "CC-BY-4.0"),
    (
        "listed",
        _H,
        lambda show: not show.listed,
        "directories are told not to list the show; to list articles of others needs their leave",
        "yes",
    ),
)
"""Fields that a new show has a default for: how bad that is, whether it is still in place, what follows, an example."""


def _defaults(show: Show) -> Iterator[Finding]:
    for name, severity, is_default, what, example in _DEFAULTS:
        if is_default(show):
            mend = f"narrate show set {name} {example}"
            yield Finding(f"default-{name.replace('_', '-')}", severity, "show.toml", what, mend, "narrate, new shows")
