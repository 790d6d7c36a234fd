"""The transcript as WebVTT, SRT and JSON: the words as written, the times of the timeline.

A cue is a sentence. narrate's own sentences are told apart: by the class ``narrate``
in WebVTT, by brackets in SRT, by the speaker "narrate" in JSON. Where several voices
speak, cues name theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.episode.languages import differs
from narrate.episode.text import clock, compact_json, one_line, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from narrate.model import Cue, Timeline, Word

OWN = "narrate"
"""Who speaks where the words are not the author's."""
JSON_VERSION = "1.0.0"

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape_vtt(text: str) -> str:
    """Text as cue text (W3C WebVTT, 4.2.2): no tag, no entity and no arrow is left in it.

    >>> escape_vtt("a <b> & c --> d")
    'a &lt;b&gt; &amp; c --&gt; d'
    """
    return one_line(text).translate(_ESCAPES)


def write_vtt(timeline: Timeline, title: str, language: str) -> bytes:
    """WebVTT with a note of title and language; a cue in another language says so with a ``<lang>`` span."""
    names = _names(timeline)
    facts = (title, f"Language: {language}", f"Words of the class {OWN} are not the author's.")
    note = "\n".join(("NOTE", *filter(None, map(_no_arrow, facts)), ""))
    cues = (f"{_span(cue, '.')}\n{_vtt_text(cue, language, names)}\n" for cue in _heard(timeline))
    return "\n".join(("WEBVTT\n", note, *cues)).encode()


def write_srt(timeline: Timeline) -> bytes:
    """SubRip: numbered cues, UTF-8, line ends of Unix, which every reader takes."""
    names = _names(timeline)
    numbered = enumerate(_heard(timeline), 1)
    return "\n".join(f"{number}\n{_span(cue, ',')}\n{_srt_text(cue, names)}\n" for number, cue in numbered).encode()


def write_json(timeline: Timeline) -> bytes:
    """The podcast namespace's JSON transcript: a segment a word, as its specification shows.

    The last word of a block ends in a newline, as there; a sentence without word times is one segment.
    """
    rows = (compact_json(row) for row in _json_segments(timeline))
    return "".join((f'{{"version":"{JSON_VERSION}","segments":[\n', ",\n".join(rows), "\n]}\n")).encode()


def _heard(timeline: Timeline) -> Iterator[Cue]:
    return (cue for cue in timeline.cues if one_line(cue.text))


def _names(timeline: Timeline) -> Mapping[str, str]:
    """What each voice is called in the transcript: nothing, where only one speaks."""
    voices = {cue.voice for cue in timeline.cues}
    return {voice: one_line(voice) if len(voices) > 1 else "" for voice in voices}


def _span(cue: Cue, point: str) -> str:
    """Both ends; a cue must end after it starts (W3C WebVTT, 3.3)."""
    return f"{clock(cue.start_ms, point)} --> {clock(max(cue.end_ms, cue.start_ms + 1), point)}"


def _no_arrow(text: str) -> str:
    """A note of WebVTT must not hold an arrow (W3C WebVTT, 4.1); SRT cannot escape one, and readers may see times.

    >>> _no_arrow("00:00:01,000 --> 00:00:02,000")
    '00:00:01,000 → 00:00:02,000'
    """
    return one_line(text).replace("-->", "→")


def _vtt_text(cue: Cue, language: str, names: Mapping[str, str]) -> str:
    text = escape_vtt(cue.text)
    if differs(cue.language, language):
        text = f"<lang {cue.language}>{text}</lang>"
    if cue.added:
        text = f"<c.{OWN}>{text}</c>"
    return f"<v {escape_vtt(names[cue.voice])}>{text}" if names[cue.voice] else text


def _srt_text(cue: Cue, names: Mapping[str, str]) -> str:
    text = f"[{_no_arrow(cue.text)}]" if cue.added else _no_arrow(cue.text)
    return f"{names[cue.voice]}: {text}" if names[cue.voice] else text


def _json_segments(timeline: Timeline) -> Iterator[dict[str, object]]:
    names, cues = _names(timeline), list(_heard(timeline))
    for index, cue in enumerate(cues, 1):
        speaker = OWN if cue.added else names[cue.voice]
        closing = "" if index < len(cues) and cues[index].segment == cue.segment else "\n"
        pieces: tuple[Cue | Word, ...] = cue.words or (cue,)
        for piece in pieces:
            row = {"startTime": seconds(piece.start_ms), "endTime": seconds(piece.end_ms)}
            body = one_line(piece.text) + (closing if piece is pieces[-1] else "")
            yield {**({"speaker": speaker} if speaker else {}), **row, "body": body}
