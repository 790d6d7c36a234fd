"""A show put where apps fetch it: only what changed, the feed last, and whole whenever somebody looks."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from narrate.errors import FetchError, PublishError, ShowError, UsageError
from narrate.pipeline.order import Event, Stage
from narrate.pipeline.sending import Delivery
from narrate.pipeline.shows import existing_show, rebuild
from narrate.pipeline.snapshot import decided, take
from narrate.publish.noted import MOST_BYTES, PUBLISHED, PUBLISHING, Notes, load_notes
from narrate.publish.options import parse_options, without_secrets
from narrate.publish.plan import FEED, Plan, make_plan
from narrate.publish.target import open_target
from narrate.runtime.files import shown
from narrate.runtime.journal import FOLDER
from narrate.runtime.locks import locked
from narrate.runtime.staging import Staging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from narrate.pipeline.order import Listener
    from narrate.pipeline.shows import Library
    from narrate.publish.patience import Patience
    from narrate.publish.target import Target

__all__ = ["Published", "Wish", "parse_options", "publish", "refuse_unserved", "without_secrets"]

_FEED_BYTES = 100_000_000
"""More than any feed."""
_WAIT_S = 60.0
"""How long another publishing of the show is waited for."""
_GUID = "<podcast:guid>{}</podcast:guid>"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: where to, options for what reaches it, and how.

    `delete` removes what earlier runs put there and the show no longer has; `replace` goes over what is another show's.
    """

    target: str
    options: Mapping[str, object] = field(default_factory=dict)
    dry_run: bool = False
    delete: bool = False
    replace: bool = False
    patience: Patience | None = None
    now: Callable[[], datetime] = field(default=_now)


@dataclass(frozen=True, slots=True)
class Published:
    """What was done, or would be; `feed` is the feed's bytes, `target` the place as it may be shown."""

    plan: Plan
    target: str
    feed_url: str
    feed: bytes


def publish(folder: Path, wish: Wish, tell: Listener) -> Published:
    """Put the show in `folder` at a target.

    Raises:
        ShowError: there is no show, or it has no public address.
        EpisodeError: a file of an episode is not what it was made as.
        PublishError: the target cannot be reached or used, or holds another show.
        UsageError: there is no such kind of target, or it lies inside the show.
        PlatformError: what reaches it is not installed.
    """
    _refuse_unaddressed(existing_show(folder))
    _refuse_inside(folder, wish.target)
    with closing(open_target(wish.target, wish.options, wish.patience)) as target:
        library = rebuild(folder)
        with Staging(folder) as staging, _alone(folder, target):
            return _publish(library, target, staging.workshop(), wish, tell)


def _publish(library: Library, target: Target, workshop: Path, wish: Wish, tell: Listener) -> Published:
    there = target.files()
    notes = _notes(target, there)
    if not wish.replace:
        _refuse_another(library, target, there, notes)
    snapshot = take(library.folder, workshop, there, notes)
    plan = make_plan(decided(snapshot, target.holds), there, notes.files, delete=wish.delete)
    if not wish.dry_run:
        Delivery(target, snapshot, plan, notes, workshop, wish.now(), partial(_told, tell)).run(there)
    return Published(plan, target.where.shown, snapshot.library.feed_url, snapshot.sources[FEED].read_bytes())


def refuse_unserved(published: Published, fetch: Callable[[str, int], bytes]) -> None:
    """Raise `PublishError` unless the feed's public address gives the feed that was published."""
    try:
        found = fetch(published.feed_url, _FEED_BYTES)
    except FetchError as missing:
        raise PublishError(
            f"{published.target} has all of it, but its public address does not give it: {missing}"
        ) from missing
    if found != published.feed:
        raise PublishError(
            f"{published.feed_url} serves another feed than {published.target} has: an older copy, which passes in five"
            " minutes, or the show's base_url is not where that target is served"
        )


def _told(tell: Listener, done: int, total: int, path: str) -> None:
    tell(Event(Stage.PUBLISH, done, total, path))


def _refuse_unaddressed(library: Library) -> None:
    if not library.show.base_url:
        raise ShowError(
            f"the show in {shown(library.folder)} has no public address, and its feed must name one; say where the"
            " target is served: 'narrate show set base_url https://example.org/podcast/'"
        )


def _refuse_inside(folder: Path, target: str) -> None:
    from pathlib import Path

    if "://" in target and not target.startswith(("file://", "local://")):
        return
    place, show = Path(target.partition("://")[2] or target).expanduser().resolve(), folder.resolve()
    if place == show or show in place.parents:
        raise UsageError(f"{shown(target)} is the show's own folder, or in it; publish to another one")
    if place.exists() and not place.is_dir():
        raise UsageError(f"{shown(target)} is a file; name a folder")


def _refuse_another(library: Library, target: Target, there: Mapping[str, object], notes: Notes) -> None:
    """Raise `PublishError` where the target holds a feed that is not this show's."""
    guid = library.show.guid
    if FEED not in there or notes.guid == guid:
        return
    live = target.read(FEED, _FEED_BYTES) or b""
    if notes.guid or _GUID.format(guid).encode() not in live:
        raise PublishError(
            f"{target.where.shown} holds another show's feed, which would be lost; choose another folder, or --replace"
        )


def _notes(target: Target, there: Mapping[str, object]) -> Notes:
    """What earlier runs noted down: of those that finished, and over it of one that did not."""
    found = [load_notes(target.read(name, MOST_BYTES) or b"") for name in (PUBLISHED, PUBLISHING) if name in there]
    notes = Notes()
    for each in found:
        notes = each.over(notes)
    return notes


@contextmanager
def _alone(folder: Path, target: Target) -> Iterator[None]:
    """One at a time on this machine."""
    lock = folder / FOLDER / "lock-publish"
    try:
        with locked(lock, folder, _WAIT_S):
            yield
    except ShowError as busy:
        raise PublishError(f"{target.where.shown}: {busy}") from busy
