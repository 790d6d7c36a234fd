"""The manifest: an `Episode` as ``episode.json``, small, a field a line, read back strictly.

``files`` has rows of role, name, type, bytes and SHA-256; ``chapters`` rows of start
in ms, title, segment and, where there is one, URL: a chapter ends where the next
starts, the last one with the episode. Empty facts are left out.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, astuple, dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from narrate.episode.text import compact_json
from narrate.errors import EpisodeError
from narrate.model import EPISODE_TYPES, Chapter, Episode, EpisodeFile, FileRole, Person, Soundbite, WebLink
from narrate.model.brief import Brief

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = 1
NAME = "episode.json"
_VERSION_FIELD = "narrate_episode"
_TEXTS = frozenset(
    (
        *("guid", "identity", "slug", "title", "language", "summary", "description_html", "url", "voice", "published"),
        *("type", "licence", "licence_url"),
    )
)
_COUNTS = frozenset(("duration_ms", "number", "season", "channels"))
_TEXT_LISTS = frozenset(("authors", "fingerprints"))
_FILE_ROW = (str, str, str, int, str)
_CHAPTER_ROW = (int, str, str, str)
_ROWS: dict[str, tuple[type[Person | Soundbite | WebLink], tuple[type, ...]]] = {
    "persons": (Person, (str, str, str, str, str)),
    "soundbites": (Soundbite, (int, int, str)),
    "content_links": (WebLink, (str, str)),
}
"""Lists of values: of what kind, and what their rows hold in the order of their fields."""


def dump_manifest(episode: Episode) -> bytes:
    """The episode as JSON: the same episode, the same bytes; `load_manifest` gives it back.

    Raises:
        EpisodeError: chapters do not follow one another to the end of the episode.
    """
    values: dict[str, Any] = {each.name: getattr(episode, each.name) for each in fields(Episode)}
    values["published"] = episode.published.isoformat()
    values["files"] = [[file.role, file.name, file.mime, file.size_bytes, file.sha256] for file in episode.files]
    values["chapters"] = [_chapter_row(chapter) for chapter in episode.chapters]
    for name in _ROWS:
        values[name] = [list(astuple(each)) for each in values[name]]
    if _chapters(values["chapters"], episode.duration_ms) != episode.chapters:
        raise EpisodeError(f"the chapters of {episode.title!r} do not follow one another to the end of the episode")
    said = ((name, value) for name, value in values.items() if name in _REQUIRED or value not in _NOTHING)
    rows = [(_VERSION_FIELD, VERSION), *(row for row in said if row != ("type", EPISODE_TYPES[0]))]
    return ("{\n" + ",\n".join(f'"{name}":{compact_json(value)}' for name, value in rows) + "\n}\n").encode()


def load_manifest(data: bytes, where: str = NAME) -> Episode:
    """The episode that a manifest describes.

    Raises:
        EpisodeError: not a manifest, one of a later version, or a field is missing, unknown or
            holds what it must not; the message names file and field.
    """
    reading = _Reading(_document(data, where), where)
    reading.check_names()
    values: dict[str, Any] = {
        **{name: reading.value(name, str) for name in _TEXTS if name in reading.values},
        **{name: reading.count(name) for name in _COUNTS if name in reading.values},
        **{name: tuple(reading.texts(name)) for name in _TEXT_LISTS if name in reading.values},
    }
    if values.get("type", EPISODE_TYPES[0]) not in EPISODE_TYPES:
        raise reading.refuse("type", f"one of {', '.join(EPISODE_TYPES)}")
    for name, (kind, row) in _ROWS.items():
        if name in reading.values:
            values[name] = tuple(kind(*each) for each in reading.rows(name, row))
    chapters = _chapters(reading.rows("chapters", _CHAPTER_ROW, optional=1), values["duration_ms"])
    files = tuple(reading.file(row) for row in reading.rows("files", _FILE_ROW))
    return Episode(**{**values, "published": reading.moment("published"), "chapters": chapters, "files": files})


def glance(data: bytes, where: str = NAME) -> Brief:
    """The episode of a manifest in short, of no date and size; what a list does not need is not looked at.

    Raises:
        EpisodeError: not a manifest, one of a later version, or what a list needs is not there.
    """
    values = _document(data, where)
    found = (*map(values.get, _TOLD), values.get("number", 0), values.get("season", 0))
    if tuple(map(type, found)) != _TOLD_KINDS or not values.keys() >= _REQUIRED:
        load_manifest(data, where)  # which says what it is
    guid, identity, slug, title, language, _, duration_ms, number, season = found
    published = _Reading(values, where).moment("published").astimezone(UTC).isoformat()
    return Brief._make((published, number, slug, season, guid, identity, title, language, duration_ms, 0, 0))


_TOLD = ("guid", "identity", "slug", "title", "language", "published", "duration_ms")
_TOLD_KINDS = (str,) * 6 + (int,) * 3
_NOTHING: tuple[object, ...] = ("", 0, (), [])
_REQUIRED = frozenset(each.name for each in fields(Episode) if each.default is MISSING)
_KNOWN = frozenset(each.name for each in fields(Episode))
_ROLES = {str(role): role for role in FileRole}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A manifest's values on their way to an episode, each with its own clear refusal."""

    values: dict[str, object]
    where: str

    def refuse(self, name: str, wanted: str) -> EpisodeError:
        return EpisodeError(f"{self.where}: field {name!r} must be {wanted}; {_ADVICE}")

    def check_names(self) -> None:
        names = self.values.keys()
        for name in () if names >= _REQUIRED else sorted(_REQUIRED - names):
            raise EpisodeError(f"{self.where}: field {name!r} is missing; {_ADVICE}")
        for name in () if names <= _KNOWN else sorted(names - _KNOWN):
            raise EpisodeError(f"{self.where}: there is no field {name!r} in a manifest; remove it")

    def value(self, name: str, kind: type) -> Any:  # noqa: ANN401 - of the kind that is asked for
        value = self.values[name]
        if type(value) is kind:
            return value
        raise self.refuse(name, _KINDS[kind])

    def count(self, name: str) -> int:
        value: int = self.value(name, int)
        if value < 0:
            raise self.refuse(name, "0 or more")
        return value

    def texts(self, name: str) -> list[str]:
        values: list[Any] = self.value(name, list)
        if any(type(value) is not str for value in values):
            raise self.refuse(name, "a list of texts")
        return values

    def moment(self, name: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.value(name, str))
        except ValueError as error:
            raise self.refuse(name, "a date and time like 2026-11-24T08:00:00+00:00") from error
        if moment.tzinfo is None:
            raise self.refuse(name, "a date and time with its offset from UTC")
        return moment

    def rows(self, name: str, kinds: Sequence[type], optional: int = 0) -> list[Any]:
        rows: list[Any] = self.value(name, list)
        allowed = {tuple(kinds[: len(kinds) - fewer]) for fewer in range(optional + 1)}
        if not allowed.issuperset({tuple(map(type, row)) if type(row) is list else None for row in rows}):
            raise self.refuse(name, f"a list of rows of {', '.join(_KINDS[kind] for kind in kinds)}")
        return rows

    def file(self, row: list[Any]) -> EpisodeFile:
        role, name, mime, size_bytes, sha256 = row
        if role not in _ROLES:
            raise self.refuse("files", f"rows that begin with one of {', '.join(FileRole)}, not {role!r}")
        if "/" in name or "\\" in name or name in {"", ".", ".."}:
            raise self.refuse("files", f"rows with names of files in its own folder, not {name!r}")
        return EpisodeFile(_ROLES[role], name, mime, size_bytes, sha256)


_KINDS = {str: "text", int: "a whole number", list: "a list"}


_ADVICE = "bring the file back from a copy, or remove its folder and make the episode anew"


def _document(data: bytes, where: str) -> dict[str, object]:
    """The JSON object, of a version that is known."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise EpisodeError(f"{where} is not a manifest: {error}; {_ADVICE}") from error
    version = document.pop(_VERSION_FIELD, None) if isinstance(document, dict) else None
    if type(version) is not int:
        raise EpisodeError(f"{where} is not a manifest: it has no whole number {_VERSION_FIELD!r}; {_ADVICE}")
    if version != VERSION:
        raise EpisodeError(f"{where} is a manifest of version {version}, narrate here reads {VERSION}; update it")
    return dict(document)


def _chapter_row(chapter: Chapter) -> list[object]:
    row: list[object] = [chapter.start_ms, chapter.title, chapter.segment]
    return [*row, chapter.url] if chapter.url else row


def _chapters(rows: list[Any], duration_ms: int) -> tuple[Chapter, ...]:
    ends = [*(start for start, *_ in rows[1:]), duration_ms]
    return tuple(Chapter(start, end, *rest) for (start, *rest), end in zip(rows, ends, strict=False))
