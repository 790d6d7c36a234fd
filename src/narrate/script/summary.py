"""What an episode is about, in the author's own sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model import Role
from narrate.script.utterances import whole_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.model import Script

SUMMARY_CHARACTERS = 320

_BYLINE_CHARACTERS = 100
_ENDS = (".", "?", "!", "…", ":", "”", '"', "。")
_BYLINE = re.compile(
    r"(?i:(?:(?:written|posted|story|text|words|interview) )?(?:by|von|par|por|di|door)[: ]+)[^\W\d_a-z]"
)
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
            sentences = list(whole_sentences(segment.utterances))
            if not begun and is_byline(" ".join(sentences), script.authors):
                continue
            begun = True
            yield from sentences


def is_byline(text: str, authors: Sequence[str]) -> bool:
    """Whether a first paragraph only says who wrote what follows: short, no sentence, with a name after "by".

    >>> is_byline("By Ann Lee | Photos: Bo Poe", ()), is_byline("Ann Lee, Rome", ["Ann Lee"]), is_byline("By May?", ())
    (True, True, False)
    """
    if len(text) > _BYLINE_CHARACTERS or text.endswith(_ENDS):
        return False
    named = any(author.casefold() in text.casefold() for author in authors)
    return named or _BYLINE.match(text) is not None
