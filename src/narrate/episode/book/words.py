"""The words of a block as XHTML, with an element for every sentence, or word, that is heard."""

from __future__ import annotations

import sys
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.book.breaks import Turning
from narrate.episode.languages import differs, direction
from narrate.episode.page.inline import inline
from narrate.episode.page.shown import Shown, fit
from narrate.model import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from narrate.episode.book.blocks import Writer
    from narrate.model import Cue, Heard, Mark, Passage

WHOLE = (0, sys.maxsize)
"""All of a block."""


def language_of(tag: str, around: str) -> str:
    """A language as attributes; none where it is that of the text around."""
    if not differs(tag, around):
        return ""
    return str(Markup(' xml:lang="{0}" lang="{0}" dir="{1}"').format(tag, direction(tag)))


def words_of(
    passage: Passage, writer: Writer, marks: Sequence[Mark], *, verbatim: bool = False, span: tuple[int, int] = WHOLE
) -> str:
    """The words of a block with their marks, an element for each stretch that is heard; `verbatim` keeps its lines.

    Of a part of it those between the ends of `span`, which no stretch crosses.
    """
    shown = Shown(fit(passage.block.text))
    at, end = span[0], min(span[1], len(shown.text))
    own = [mark for mark in marks if not (mark.kind is MarkKind.NOTE_REFERENCE and mark.value == passage.block.note)]
    language = passage.block.language or writer.language
    write = shown.write if verbatim else partial(_put, shown, own, writer, language)
    last = end == len(shown.text)
    turning = Turning([mark for mark in passage.block.marks if at <= mark.start < end or last], writer.breaks)
    put = partial(turning.put, shown, write)
    for heard in passage.heard:
        if at <= heard.start and heard.end <= end:
            put(at, heard.start)
            _sentence(shown, put, writer, heard, language)
            at = heard.end
    put(at, end)
    turning.finish(shown)
    return shown.html()


def _put(shown: Shown, marks: Sequence[Mark], writer: Writer, language: str, start: int, end: int) -> None:  # noqa: PLR0913, PLR0917 - bound but for the last two
    inline(shown, marks, writer.notes, language, (start, end))


def _sentence(shown: Shown, put: Callable[[int, int], None], writer: Writer, heard: Heard, language: str) -> None:
    """A stretch that is heard, in an element of its own, and its words in theirs."""
    cue, name = writer.cues[heard.cue], f"c{heard.cue}"
    shown.raw(f'<span id="{name}"{language_of(cue.language, language)}>')
    words = list(_words(heard, cue)) if writer.words else []
    if len(words) < 2:  # noqa: PLR2004 - one word is the whole sentence
        put(heard.start, heard.end)
        writer.heard([(name, *writer.span(heard.cue))])
    else:
        writer.heard(_each_word(shown, put, heard, words, writer.span(heard.cue)))
    shown.raw("</span>")


_Word = tuple[int, int, int]


def _words(heard: Heard, cue: Cue) -> Iterator[_Word]:
    """The words that are written in the stretch: where, and when they begin."""
    at = heard.start
    for word, place in zip(cue.words, heard.words, strict=False):
        if place and at <= place[0] < place[1] <= heard.end:
            yield place[0], place[1], word.start_ms
            at = place[1]


def _each_word(
    shown: Shown, put: Callable[[int, int], None], heard: Heard, words: Sequence[_Word], span: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    """An element a word, and when it is heard: up to the next."""
    starts = [span[0], *(start_ms for *_, start_ms in words[1:])]
    at = heard.start
    for number, ((start, end, _), (begin_ms, end_ms)) in enumerate(
        zip(words, pairwise([*starts, span[1]]), strict=True)
    ):
        put(at, start)
        name = f"c{heard.cue}w{number + 1}"
        shown.raw(f'<span id="{name}">')
        put(start, end)
        shown.raw("</span>")
        at = end
        if end_ms > begin_ms:
            yield name, begin_ms, end_ms
    put(at, heard.end)
