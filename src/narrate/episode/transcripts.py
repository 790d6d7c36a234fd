"""The transcript as JSON, as HTML and as plain text: the same words and times as in the captions.

narrate's own sentences have the speaker "narrate" in JSON and HTML and stand in brackets in plain text. Sentences in
another language than the article's say so. The forms are those of the podcast namespace (transcripts/transcripts.md).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.captions import OWN, heard, mark_of, speakers
from narrate.episode.languages import differs, direction
from narrate.episode.text import clock, compact_json, one_line, seconds
from narrate.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from narrate.model import Cue, Timeline, Word

JSON_VERSION = "1.0.0"
_POLICY = Markup("default-src 'none'; base-uri 'none'; form-action 'none'")
_PAGE = Markup(
    """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
{blocks}
</body>
</html>
"""
)
_BLOCK = Markup("{who}<time>{clock}</time>\n<{tag}{attributes}>{sentences}</{tag}>\n")
_SENTENCE = Markup('<span data-start="{start}" data-end="{end}"{language}>{text}</span>')


def write_json(timeline: Timeline, language: str) -> bytes:
    """The podcast namespace's JSON transcript: a segment a sentence, with its words, their times and its language.

    ``words`` has what ``segments`` has, a word at a time; readers of the namespace's form, which knows segments only,
    pass over it. The last sentence of a block ends in a newline; a sentence without word times has no ``words``.
    """
    rows = (compact_json(row) for row in _json_segments(timeline, language))
    return "".join((f'{{"version":"{JSON_VERSION}","segments":[\n', ",\n".join(rows), "\n]}\n")).encode()


def write_html(timeline: Timeline, title: str, language: str) -> bytes:
    """The namespace's HTML transcript, a whole page: who speaks, when, and the words; a heading is a heading."""
    names = speakers(timeline)
    blocks = (_html_block(cues, language, names) for cues in _blocks(timeline))
    page = _PAGE.format(
        language=language,
        direction=direction(language),
        policy=_POLICY,
        title=one_line(title),
        blocks=Markup("").join(blocks),
    )
    return page.encode("utf-8", "replace")


def write_text(timeline: Timeline, title: str, language: str) -> bytes:
    """Plain text: a paragraph a block, each after the time at which it begins."""
    names = speakers(timeline)
    head = f"{one_line(title)}\n\nWords in [brackets] are not the author's.\n"
    blocks = (f"{clock(cues[0].start_ms)[:-4]}  {_plain(cues, language, names)}\n" for cues in _blocks(timeline))
    return "\n".join((head, *blocks)).encode("utf-8", "replace")


def _blocks(timeline: Timeline) -> Iterator[list[Cue]]:
    return (list(cues) for _, cues in groupby(heard(timeline), key=lambda cue: cue.segment))


def _json_segments(timeline: Timeline, language: str) -> Iterator[dict[str, object]]:
    names = speakers(timeline)
    for cues in _blocks(timeline):
        for cue in cues:
            speaker = OWN if cue.added else names[cue.voice]
            row = _timed(cue, one_line(cue.text) + ("\n" if cue is cues[-1] else ""))
            yield {
                **({"speaker": speaker} if speaker else {}),
                **row,
                **({"language": cue.language} if differs(cue.language, language) else {}),
                **({"words": [_timed(word, one_line(word.text)) for word in cue.words]} if cue.words else {}),
            }


def _timed(piece: Cue | Word, body: str) -> dict[str, object]:
    return {"startTime": seconds(piece.start_ms), "endTime": seconds(piece.end_ms), "body": body}


def _html_block(cues: list[Cue], language: str, names: Mapping[str, str]) -> Markup:
    first = cues[0]
    speaker = OWN if first.added else names[first.voice]
    sentences = (
        _SENTENCE.format(
            start=seconds(cue.start_ms),
            end=seconds(cue.end_ms),
            language=_language_of(cue.language) if differs(cue.language, language) else "",
            text=one_line(cue.text),
        )
        for cue in cues
    )
    return _BLOCK.format(
        who=Markup("<cite>{}:</cite>\n").format(speaker) if speaker else "",
        clock=clock(first.start_ms)[:-4],
        tag="h2" if first.role is Role.HEADING else "p",
        attributes=Markup(' class="{}"').format(OWN) if first.added else "",
        sentences=Markup("\n").join(sentences),
    )


def _language_of(language: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def _plain(cues: list[Cue], language: str, names: Mapping[str, str]) -> str:
    own = cues[0].added
    said = " ".join(mark_of(cue.language, language) + one_line(cue.text) for cue in cues)
    named = f"{names[cues[0].voice]}: {said}" if names[cues[0].voice] and not own else said
    return f"[{named}]" if own else named
