"""What is said of a show by hand: fields set, lists added to, its picture checked, its address moved; shows listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.episode.pictures import examine
from narrate.errors import NarrateError, ShowError
from narrate.feed import FEED_NAME, FIELDS, add_to_field, field_named, field_text, remove_from_field, set_field
from narrate.feed.audit import audit_picture
from narrate.feed.checks import did_you_mean, is_public
from narrate.model import Severity
from narrate.pipeline.shows import SETTINGS_NAME, changed, existing_show, open_show
from narrate.runtime.files import read_bounded, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narrate.model import Show
    from narrate.pipeline.shows import Change, Library

MOST_PICTURE_BYTES = 30_000_000
_SUFFIXES = {"jpeg": ".jpg", "png": ".png"}


def set_fields(folder: Path, pairs: Sequence[tuple[str, str]]) -> tuple[Library, list[str]]:
    """A show with several fields set, all or none, its feed written again; and sentences on its picture.

    A ``cover`` may be a picture anywhere: it is copied into the show's folder.

    Raises:
        ShowError: no such show or field, or a value that it cannot have.
    """
    existing_show(folder)
    warnings: list[str] = []
    with changed(folder) as change:
        show = change.library.show
        for name, value in pairs:
            if value and field_named(name).name == "cover":
                text, found = _cover(change, value)
                warnings += found
            else:
                text = value
            show = set_field(show, name, text)
        warnings += _told_moved(change.before, show)
        warnings += told_tags(change.before, show, change.library.count)
        change.library = replace(change.library, show=show)
    return change.library, warnings


def _told_moved(before: Show, after: Show) -> list[str]:
    """What is said of a show whose public address was changed as any other field."""
    if not is_public(before.base_url) or before.base_url == after.base_url or before.new_feed_url != after.new_feed_url:
        return []
    return [
        f"the show was at {before.base_url}; 'narrate show move {after.base_url or 'URL'}' tells apps where it is now"
    ]


def told_tags(before: Show, after: Show, episodes: int) -> list[str]:
    """What is said of the addresses inside files that are made, where the show's address changes."""
    if not episodes or not before.base_url or before.base_url == after.base_url:
        return []
    return ["Files that are made keep the old address in their tags until they are made again; apps go by the feed"]


def add_to_list(folder: Path, name: str, value: str) -> Library:
    """A show with one element more in a field that holds a list. Raises `ShowError`."""
    return _with(folder, lambda show: add_to_field(show, name, value))


def remove_from_list(folder: Path, name: str, value: str) -> Library:
    """A show with one element less in a field that holds a list. Raises `ShowError`."""
    return _with(folder, lambda show: remove_from_field(show, name, value))


def _with(folder: Path, change_it: Callable[[Show], Show]) -> Library:
    existing_show(folder)
    with changed(folder) as change:
        change.library = replace(change.library, show=change_it(change.library.show))
    return change.library


def _cover(change: Change, value: str) -> tuple[str, list[str]]:
    """A picture by its name in the show's folder, where it is put if it is elsewhere, and what else is said of it."""
    folder = change.library.folder
    inside = folder / value
    path = inside if inside.is_file() else Path(value).expanduser()
    if not path.is_file():
        raise ShowError(f"there is no picture {shown(value)} in {shown(folder)} or here; check how it is written")
    data = read_bounded(path, MOST_PICTURE_BYTES, ShowError)
    picture = examine(data)
    same = path.resolve().parent == folder.resolve()
    suffix = _SUFFIXES.get(picture.kind, path.suffix)
    name = path.name if same else f"artwork-{blake2b(data, digest_size=5).hexdigest()}{suffix}"
    findings = audit_picture(picture, name)
    for finding in findings:
        if finding.severity is Severity.ERROR:
            raise ShowError(f"{shown(value)} cannot be the show's picture: {finding.what}; {finding.mend}")
    if not same:
        change.stage(name, data)
    return name, [f"{finding.what}; {finding.mend}" for finding in findings]


@dataclass(frozen=True, slots=True)
class Moved:
    """A show that has moved, where its feed was ("" where it was nowhere public), and whether apps are told."""

    library: Library
    old_feed_url: str
    announced: bool


def move_show(folder: Path, base_url: str, *, announce: bool = True) -> Moved:
    """A show with another public address and the same guid; its feed announces the address, where it had one before.

    Raises:
        ShowError: no such show, or an address that no show can have.
    """
    existing_show(folder)
    with changed(folder) as change:
        before = change.library.show
        show = set_field(before, "base_url", base_url)
        if not show.base_url:
            raise ShowError("a show moves to an address, such as https://example.org/podcast/; give it one")
        moves = is_public(before.base_url) and before.base_url != show.base_url
        new_feed_url = show.base_url + FEED_NAME if moves and announce else before.new_feed_url
        change.library = replace(change.library, show=set_field(show, "new_feed_url", new_feed_url))
    old = before.base_url + FEED_NAME if moves else ""
    return Moved(change.library, old, announced=moves and announce)


@dataclass(frozen=True, slots=True)
class Listed:
    """A show among others: the name of its folder and what is in it; `error` where its settings cannot be read."""

    name: str
    title: str = ""
    episodes: int = 0
    base_url: str = ""
    listed: bool = False
    error: str = ""


def shows_in(out: Path) -> list[Listed]:
    """The shows in the folder of shows, by name; none where there is no such folder."""
    found = sorted(out.glob(f"*/{SETTINGS_NAME}")) if out.is_dir() else []
    return [_listed(path.parent) for path in found if not path.parent.name.startswith(".")]


def _listed(folder: Path) -> Listed:
    try:
        library = open_show(folder)
        show = library.show
        return Listed(folder.name, show.title, library.count, show.base_url, show.listed)
    except NarrateError as exc:
        return Listed(folder.name, error=str(exc))


def value_of(folder: Path, name: str) -> str:
    """The value of one field of a show, as it can be set. Raises `ShowError`; for narrate's own fields too."""
    show = existing_show(folder).show
    by_name = {field.name: field for field in FIELDS}
    field = by_name.get(name.strip().lower().replace("-", "_"))
    if field is None:
        raise ShowError(f"a show has no field '{name}'{did_you_mean(name, by_name)}; 'narrate show' lists them")
    return field_text(show, field)


def field_names() -> list[str]:
    """Every field that can be set, for shells to offer."""
    return [field.name for field in FIELDS if not field.own]


def choices_of(name: str) -> tuple[str, ...]:
    """The values that a field may have, for shells to offer; none where it takes any text."""
    fields = [field for field in FIELDS if field.name == name.replace("-", "_")]
    return fields[0].choices() if fields else ()
