"""Where the articles of an episode are on the web, and which chapter belongs to which of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Chapter, Script, Segment, Timeline

_ARTICLE_LEVEL = 2
"""Of the title of an article in an edition: the edition's own is above it."""


def originals(script: Script) -> dict[str, str]:
    """The addresses of the articles that have one, in order, with their titles: "" where it is the episode's own."""
    own = {script.url: ""} if script.url else {}
    if len(script.sources) <= 1:
        return own
    return own | {source.url: source.title for source in script.sources if source.url}


def linked(timeline: Timeline, script: Script) -> Timeline:
    """The timeline of an edition with each chapter's URL, that of the article it belongs to; any other as it is.

    An article begins where its title is said, the first one with the edition. Chapters of an article whose title is
    not said as its source has it have no URL: a wrong link is worse than none.
    """
    if len(script.sources) <= 1:
        return timeline
    urls = dict(_urls(script))
    return replace(timeline, chapters=tuple(_linked(chapter, urls) for chapter in timeline.chapters))


def _linked(chapter: Chapter, urls: dict[str, str]) -> Chapter:
    return replace(chapter, url=urls.get(chapter.segment, ""))


def _urls(script: Script) -> Iterator[tuple[str, str]]:
    """Each segment that is heard, and the URL of its article."""
    heard = [segment for segment in script.segments if not segment.skip]
    titles = [place for place, segment in enumerate(heard) if _is_title(segment)]
    waiting = list(script.sources)
    for first, place, last in zip([0, *titles[1:]], titles, [*titles[1:], len(heard)], strict=False):
        source = next((each for each in waiting if _words(each.title) == _words(_said(heard[place]))), None)
        if source:
            waiting.remove(source)
            yield from ((segment.id, source.url) for segment in heard[first:last])


def _is_title(segment: Segment) -> bool:
    """Whether it is the title of an article in an edition."""
    return segment.role is Role.TITLE and segment.level == _ARTICLE_LEVEL


def _said(segment: Segment) -> str:
    return " ".join(utterance.written for utterance in segment.utterances)


def _words(text: str) -> str:
    """A text to compare by: letters and digits are the same however it is parted into sentences.

    >>> _words("Rain. And  sun!") == _words("Rain.And sun")
    True
    """
    return "".join(filter(str.isalnum, text.casefold()))
