"""One book of the chapters that a split book becomes, each an episode of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from narrate.episode import EPISODE_PX, VolumeFacts, draw_cover, slug_for
from narrate.pipeline.album import with_plates
from narrate.pipeline.bookmaking import EPUB, Part, bind, picture_names
from narrate.pipeline.originals import linked
from narrate.pipeline.shows import changed
from narrate.runtime.files import storage_error
from narrate.script import reading_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model import Article, Episode, Show
    from narrate.pipeline.bookmaking import Books
    from narrate.pipeline.packing import Mixed

_DIGEST_BYTES = 3


class _Chapter(NamedTuple):
    """A chapter: what the book needs of it, and the episode that it is."""

    part: Part
    article: Article
    episode: Episode


@dataclass(slots=True)
class Bindery:
    """Chapters that were made, by the identity of the book they are of; `words` as of `VolumeFacts`."""

    words: bool = False
    _chapters: dict[str, list[_Chapter]] = field(default_factory=dict)

    def add(self, mixed: Mixed, books: Books, episode: Episode) -> None:
        """Take up a chapter that is stored; what is none is left alone."""
        if len(mixed.articles) == 1 and mixed.articles[0].book and books.units:
            article, timeline = mixed.articles[0], linked(mixed.timeline, mixed.script)
            reading = reading_of(mixed.articles, mixed.script, timeline.cues)
            reading = with_plates(reading, mixed.articles, mixed.album.among(episode.files))
            part = Part(mixed.script.title, reading, timeline, books.units)
            self._chapters.setdefault(article.id.rpartition("#")[0], []).append(_Chapter(part, article, episode))

    def bound(self, folder: Path, show: Show) -> Iterator[Path]:
        """Write the book of each source of which there are several chapters into the show's folder.

        Raises:
            StorageError: it cannot be written.
        """
        for identity, chapters in self._chapters.items():
            if len(chapters) > 1:
                yield self._bound(identity, chapters, folder, show)

    def _bound(self, identity: str, chapters: list[_Chapter], folder: Path, show: Show) -> Path:
        title = chapters[0].article.book
        digest = blake2b(identity.encode(), digest_size=_DIGEST_BYTES).hexdigest()
        name = f"{slug_for(title, ())}-{digest}{EPUB}"
        try:
            with changed(folder) as change:
                facts = self._facts(identity, chapters, show)
                bind(change.staging.stage(name), facts, [_below(title, each, folder) for each in chapters])
        except OSError as refused:
            raise storage_error("write", refused.filename or folder, refused) from refused
        return folder / name

    def _facts(self, identity: str, chapters: list[_Chapter], show: Show) -> VolumeFacts:
        first = chapters[0]
        title = first.article.book
        return VolumeFacts(
            identifier=str(uuid5(NAMESPACE_URL, f"{show.guid} {identity}")),
            title=title,
            language=first.article.language,
            modified=first.episode.published,
            cover=draw_cover(title, show.title if show.named else "", EPISODE_PX),
            authors=first.article.authors,
            narrator=first.episode.voice,
            publisher=show.author or (show.title if show.named else ""),
            published=first.article.published,
            source=identity,
            rights=show.copyright,
            words=self.words,
        )


def _below(title: str, chapter: _Chapter, folder: Path) -> Part:
    """A chapter under its own title, without the book's before it, with its pictures in the show's folder."""
    part, episode = chapter.part, chapter.episode
    pictures = {name: folder / episode.slug / name for name in picture_names(episode)}
    return replace(part, title=part.title.removeprefix(f"{title}: "), pictures=pictures)
