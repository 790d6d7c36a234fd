"""The transcript as WebVTT and SRT: the words as written, the times of the timeline.

A cue is a sentence, or with `captions` as much of one as fits on a screen. narrate's own sentences are told apart: by
the class ``narrate`` in WebVTT, by brackets in SRT. Where several voices speak, cues name theirs; those in another
language than the article say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.episode.captionlines import captions_of
from narrate.episode.languages import differs
from narrate.episode.text import clock, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from narrate.model import Cue, Timeline

OWN = "narrate"
"""Who speaks where the words are not the author's."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape_vtt(text: str) -> str:
    """Text as cue text (W3C WebVTT, 4.2.2): no tag, no entity and no arrow is left in it.

    >>> escape_vtt("a <b> & c --> d")
    'a &lt;b&gt; &amp; c --&gt; d'
    """
    return one_line(text).translate(_ESCAPES)


def write_vtt(timeline: Timeline, title: str, language: str, *, captions: bool = False) -> bytes:
    """WebVTT with a note of title and language; a cue in another language says so with a ``<lang>`` span."""
    names = speakers(timeline)
    facts = (title, f"Language: {language}", f"Words of the class {OWN} are not the author's.")
    note = "\n".join(("NOTE", *filter(None, map(_note, facts)), ""))
    cues = (
        f"{_span(cue, '.')}\n{_vtt_text(cue, text, language, names)}\n"
        for cue, text in _shown(timeline, language, captions)
    )
    return "\n".join(("WEBVTT\n", note, *cues)).encode()


def write_srt(timeline: Timeline, language: str, *, captions: bool = False) -> bytes:
    """SubRip: numbered cues, UTF-8, line ends of Unix, which every reader takes."""
    names = speakers(timeline)
    rows = (
        f"{_span(cue, ',')}\n{_srt_text(cue, text, language, names)}\n"
        for cue, text in _shown(timeline, language, captions)
    )
    return "\n".join(f"{number}\n{row}" for number, row in enumerate(rows, 1)).encode()


def heard(timeline: Timeline) -> Iterator[Cue]:
    """The cues that say something."""
    return (cue for cue in timeline.cues if one_line(cue.text))


def speakers(timeline: Timeline) -> Mapping[str, str]:
    """What each voice is called in the transcript: nothing, where only one speaks."""
    voices = {cue.voice for cue in timeline.cues}
    return {voice: one_line(voice) if len(voices) > 1 else "" for voice in voices}


def _shown(timeline: Timeline, language: str, captions: bool) -> Iterator[tuple[Cue, str]]:  # noqa: FBT001 - handed on
    """What is shown, and its text on one line or on those of a caption, which have room for what SRT puts round it."""
    names = speakers(timeline)
    for cue in heard(timeline):
        if captions:
            around = _round_srt(cue, language, names)
            yield from ((part, "\n".join(lines)) for part, lines in captions_of(cue, *around))
        else:
            yield cue, one_line(cue.text)


def _span(cue: Cue, point: str) -> str:
    """Both ends; a cue must end after it starts (W3C WebVTT, 3.3)."""
    return f"{clock(cue.start_ms, point)} --> {clock(max(cue.end_ms, cue.start_ms + 1), point)}"


def _note(text: str) -> str:
    return _no_arrow(one_line(text))


def _no_arrow(text: str) -> str:
    """A note of WebVTT must not hold an arrow (W3C WebVTT, 4.1); SRT cannot escape one, and readers may see times.

    >>> _no_arrow("00:00:01,000 --> 00:00:02,000")
    '00:00:01,000 → 00:00:02,000'
    """
    return text.replace("-->", "→")


def _vtt_text(cue: Cue, shown: str, language: str, names: Mapping[str, str]) -> str:
    text = shown.translate(_ESCAPES)
    if differs(cue.language, language):
        text = f"<lang {cue.language}>{text}</lang>"
    if cue.added:
        text = f"<c.{OWN}>{text}</c>"
    return f"<v {escape_vtt(names[cue.voice])}>{text}" if names[cue.voice] else text


def _srt_text(cue: Cue, shown: str, language: str, names: Mapping[str, str]) -> str:
    before, after = _round_srt(cue, language, names)
    return f"{before}{_no_arrow(shown)}{after}"


def _round_srt(cue: Cue, language: str, names: Mapping[str, str]) -> tuple[str, str]:
    """What SRT tells in the text itself: who speaks, in which language, and whether the words are narrate's."""
    name = f"{names[cue.voice]}: " if names[cue.voice] else ""
    opened, closed = ("[", "]") if cue.added else ("", "")
    return f"{name}{mark_of(cue.language, language)}{opened}", closed


def mark_of(language: str, other: str) -> str:
    """What stands before words in a language of their own, where no markup can tell it.

    >>> mark_of("fr-FR", "en"), mark_of("en-GB", "en")
    ('[fr] ', '')
    """
    return f"[{language.partition('-')[0]}] " if differs(language, other) else ""
