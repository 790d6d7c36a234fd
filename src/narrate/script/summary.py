"""What an episode is about, in the author's own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.script.utterances import whole_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Script

SUMMARY_CHARACTERS = 320

_PROSE = frozenset({Role.BODY, Role.QUOTE})


def summarise(script: Script) -> str:
    """Whole sentences from the start of the article's body, at most `SUMMARY_CHARACTERS` characters.

    An edition is summarised by the titles of its articles. Where the first sentence alone is longer the title stands
    for it, so that a summary is empty only if the title is.
    """
    summary = ""
    for sentence in _sentences(script):
        longer = f"{summary} {sentence}".lstrip()
        if len(longer) > SUMMARY_CHARACTERS:
            break
        summary = longer
    return summary or script.title


def _sentences(script: Script) -> Iterator[str]:
    """The article's first sentences, up to the heading after them."""
    if len(script.sources) > 1:
        for source in script.sources:
            yield source.title if source.title.endswith((".", "?", "!", "…")) else f"{source.title}."
        return
    begun = False
    for segment in script.segments:
        if segment.role is Role.HEADING and begun:
            return
        if segment.role in _PROSE and not segment.skip:
            begun = True
            yield from whole_sentences(segment.utterances)
