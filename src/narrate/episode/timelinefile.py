"""The timeline as ``timeline.json``, for whoever wants to follow, check or rebuild an episode.

One JSON object, a row of every list on a line of its own, so that ten hours can
be read a line at a time::

    narrate_timeline   1, the version of this form
    rate_hz            samples a second: 44,100
    samples            length in samples
    gain_db, ceiling_dbtp, target_lufs
    channels           1 or 2
    masters            [format, gain_db, music_db, ceiling_dbtp]: what a format does with voices and music
    units              [start, frames, first, last, music]: `start` in MP3 frames of 1,152 samples; placed[first:last]
                       is in it; music [[part, start_samples, length_samples, digest, [[duck_start, duck_end], …]], …]
    placed             [take, start_samples, trim_start, trim_end, rate_hz, level_db, digest]
    chapters           [start_ms, end_ms, title, segment, url]
    cues               [start_ms, end_ms, text, segment, role, voice, language, added, words]: words are
                       [[start_ms, end_ms, text], …], with a fourth value 1 where the time is estimated
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from narrate.episode.text import compact_json
from narrate.model import RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from narrate.model import Chapter, Cue, Placed, Timeline, Unit

VERSION = 1
_MASTERS = '"masters":'
_HEAD_LINES = 10


def dump_timeline(timeline: Timeline) -> bytes:
    """The whole timeline as JSON, in the form that this module describes."""
    return "".join(timeline_lines(timeline)).encode()


def timeline_lines(timeline: Timeline) -> Iterator[str]:
    """The same, a line at a time."""
    yield f'{{"narrate_timeline":{VERSION},"rate_hz":{RATE_HZ},"samples":{timeline.samples},\n'
    for name in ("gain_db", "ceiling_dbtp", "target_lufs"):
        yield f'"{name}":{compact_json(getattr(timeline, name))},\n'
    yield f'"channels":{timeline.channels},\n'
    masters = [[each.form, each.gain_db, each.music_db, each.ceiling_dbtp] for each in timeline.masters]
    yield f"{_MASTERS}{compact_json(masters)},\n"
    yield from _list("units", map(_unit, timeline.units), ",")
    yield from _list("placed", map(_placed, timeline.placed), ",")
    yield from _list("chapters", map(_chapter, timeline.chapters), ",")
    yield from _list("cues", map(_cue, timeline.cues), "}")


def gains_in(lines: Iterable[str]) -> dict[str, float]:
    """The gain of the voices in each format, by its name, of the lines of a timeline's file; only its head is read.

    Raises ValueError where it is damaged.

    >>> gains_in(['{"narrate_timeline":1,', '"masters":[["mp3",12.1,0.4,-1.0]],'])
    {'mp3': 12.1}
    """
    head = islice(lines, _HEAD_LINES)
    said = next((line.removeprefix(_MASTERS).rstrip(",\n") for line in head if line.startswith(_MASTERS)), "[]")
    try:
        return {form: float(gain_db) for form, gain_db, *_ in json.loads(said)}
    except TypeError as error:
        raise ValueError(said) from error


def _list(name: str, rows: Iterator[list[object]], after: str) -> Iterator[str]:
    yield f'"{name}":['
    for index, row in enumerate(rows):
        yield f"{',' if index else ''}\n{compact_json(row)}"
    yield f"\n]{after}\n"


def _unit(unit: Unit) -> list[object]:
    music = [[each.part, each.start_samples, each.length_samples, each.digest, each.duck] for each in unit.music]
    return [unit.start_frames, unit.frames, unit.first, unit.last, music]


def _placed(take: Placed) -> list[object]:
    trims: list[object] = [take.trim_start, take.trim_end, take.rate_hz]
    return [take.index, take.start_samples, *trims, take.level_db, take.digest]


def _chapter(chapter: Chapter) -> list[object]:
    return [chapter.start_ms, chapter.end_ms, chapter.title, chapter.segment, chapter.url]


def _cue(cue: Cue) -> list[object]:
    words = [[word.start_ms, word.end_ms, word.text, *([1] if word.estimated else [])] for word in cue.words]
    who: list[object] = [cue.segment, cue.role, cue.voice, cue.language, int(cue.added)]
    return [cue.start_ms, cue.end_ms, cue.text, *who, words]
