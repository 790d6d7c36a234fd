"""Is the chain heard? How often the limiter works hard, what joining units adds, whether sentences differ in level.

Run by itself it is a small program: ``python transparent.py VOICE`` makes the seed by that voice in the folder it is
run in, and prints its figures as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from workshop import SEED, Bench, Row

from narrate.episode import TagFacts
from narrate.mix import load_music
from narrate.mix.decode import sound_of
from narrate.mix.dynamics import block_peaks, in_blocks, limiting
from narrate.mix.levels import factor
from narrate.mix.loudness import energies, integrated
from narrate.mix.render import mastered
from narrate.mix.strip import polished
from narrate.model import FRAME_SAMPLES, RATE_HZ
from narrate.pipeline.encoding import Mixing, Units, encode_all
from narrate.pipeline.forms import forms_of
from narrate.pipeline.music import music_of
from narrate.pipeline.order import Facts
from narrate.pipeline.reading import read_source, script_of, style_of
from narrate.pipeline.shows import open_show
from narrate.pipeline.speaking import speak_all
from narrate.pipeline.tools import equip
from narrate.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from narrate.mix import Stems
    from narrate.model import Article, Master

VOICES = ("joe", "joe-low", "espeak", "espeak-gb")
_OWN_FRAMES = {"mp3": (FRAME_SAMPLES, RATE_HZ), "m4a": (1_024, RATE_HZ), "opus": (960, 48_000), "flac": (1, RATE_HZ)}
"""Samples of a frame and the rate that each format decodes to."""

_BLOCK = RATE_HZ // 100
_ACTIVE_DBFS = -50.0
_HARD_DB = 3.0
_MOST_ADDED_DB = 3.0
_UNHEARD_DBFS = -66.0
"""What is smaller counts as this: 50 dB under the loudness of the episode, so under the noise of a quiet room (some
25 dB) for who hears speech at 65 dB. There the greatest of a hundred steps is the coder's noise, and chance."""
_STEP_DBFS = -90.0
"""A step of 16 bits."""


def rows(bench: Bench) -> list[Row]:
    """Every voice that is shipped, on the seed."""
    found = {voice: json.loads(bench.script("transparent.py", voice).output) for voice in VOICES}
    return [_limited_row(found), _joined_row(found), _level_row(found)]


def _limited_row(found: dict[str, Any]) -> Row:
    worst = max(each["limited"] for each in found.values())
    told = ", ".join(f"{voice} {each['limited']:.2%}" for voice, each in found.items())
    note = f"{told}. Active is what is above {_ACTIVE_DBFS:.0f} dBFS before the limiter, at the MP3's level."
    return Row(
        "active 10 ms blocks that the limiter takes more than 3 dB of", "≤ 1 %", f"{worst:.2%}", worst <= 0.01, note
    )


def _joined_row(found: dict[str, Any]) -> Row:
    worst, clicks, smooth = (
        {name: max(each[what][name] for each in found.values()) for name in _OWN_FRAMES}
        for what in ("joined_db", "clicks_db", "smooth_db")
    )
    most, bare = (
        max(
            max(each["clicks_db"][name], floor) - max(each["smooth_db"][name], floor)
            for each in found.values()
            for name in _OWN_FRAMES
        )
        for floor in (_UNHEARD_DBFS, _STEP_DBFS)
    )
    note = (
        f"The greatest difference in dBFS between a unit decoded alone and the same unit in the finished file: "
        f"{_told(worst)} (-200 is none; Opus decodes by what it heard before). The greatest step from sample to sample "
        f"within 2 ms of a join: {_told(clicks)} dBFS; at the same places of one stream of one encoder, without any "
        f"join: {_told(smooth)}. What is more, of any voice, is the figure, where it is above "
        f"{_UNHEARD_DBFS:.0f} dBFS, 50 dB under the loudness of the episode; from {_STEP_DBFS:.0f} dBFS on, where the "
        f"coders' own noise is compared, it is {bare:.1f} dB.".replace("-", "−")
    )
    return Row(
        "clicks where units are joined: greatest step, beyond that of one stream",
        f"≤ {_MOST_ADDED_DB:.0f} dB",
        f"{most:.1f} dB".replace("-", "−"),
        most <= _MOST_ADDED_DB,
        note,
    )


def _told(levels: dict[str, float]) -> str:
    return ", ".join(f"{name} {level:.0f}" for name, level in levels.items())


def _level_row(found: dict[str, Any]) -> Row:
    told = ", ".join(f"{voice} {one['raw_lu']:.2f} to {one['heard_lu']:.2f}" for voice, one in found.items())
    holds = all(each["heard_lu"] <= each["raw_lu"] for each in found.values())
    most = max(each["heard_lu"] for each in found.values())
    note = f"Standard deviation of the loudness of sentences over 2 s, from the engine to the mix: {told}."
    return Row("level of sentences: spread as heard", "none added", f"{most:.2f} LU", holds, note)


def main(voice: str) -> None:
    """Make the seed by a voice in this folder, measure."""
    here = Path.cwd()
    settings = load_settings(
        {"voice": voice, "repeatable": True, "cache_dir": str(here / "transparent")}, {}, here, None
    )
    with equip(settings) as tools:
        show = open_show(here / "none").show
        article = cast("Article", read_source(str(SEED), Facts(), here, tools, style_of(settings, show)))
        script = script_of([article], settings, tools, show, "")
        score = load_music(music_of(script, settings))
        forms = [form for name in _OWN_FRAMES for form in forms_of(_with(settings, name), tools.formats)]
        margins = {form.name: form.coder.margin for form in forms}
        sounding = speak_all(script, settings, tools, score, margins, lambda _: None)
        mixing = Mixing(sounding.timeline, sounding.takes, score)
        units = [Units(mixing, form, tools.cache) for form in forms]
        encode_all(units, mixing, 2, lambda _: None)
        joined = {each.form.name: _joined_db(each, mixing, here) for each in units}
        figures = {
            "limited": _limited(mixing),
            **{
                what: {name: each[at] for name, each in joined.items()}
                for at, what in enumerate(("joined_db", "clicks_db", "smooth_db"))
            },
            **_levels(mixing),
        }
        print(json.dumps(figures))


def _with(settings: Any, name: str) -> Any:  # noqa: ANN401 # settings with one format
    return replace(settings, formats=name)


def _limited(mixing: Mixing) -> float:
    """The share of active blocks of which the limiter takes more than 3 dB, in the MP3."""
    master = mixing.timeline.master("mp3")
    active = hard = 0
    for stems in mixing.mixes(range(len(mixing.timeline.units))):
        mix = _mixed(stems, master)
        ceiling = factor(master.ceiling_dbtp)
        gain_db = 20 * np.log10(limiting(block_peaks(in_blocks(mix), ceiling), ceiling))
        blocks = mix[: len(mix) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
        loud = 10 * np.log10(np.mean(blocks**2, axis=1) + 1e-12) > _ACTIVE_DBFS
        at = np.arange(len(blocks)) * _BLOCK // 48
        lowest = np.minimum.reduceat(gain_db, np.minimum(at, len(gain_db) - 1)) if len(at) else gain_db[:0]
        active += int(loud.sum())
        hard += int((loud & (lowest < -_HARD_DB)).sum())
    return hard / active


def _mixed(stems: Stems, master: Master) -> NDArray[np.float32]:
    mix = stems.voices * np.float32(factor(master.gain_db))
    return mix if stems.music is None else mix + stems.music * np.float32(factor(master.music_db))


def _joined_db(units: Units, mixing: Mixing, here: Path) -> tuple[float, float, float]:
    """The greatest difference between a unit alone and in place; the greatest steps at joins and without. In dBFS."""
    whole, smooth = _decoded(units, mixing, here), _in_one_stream(units, mixing)
    frame, rate_hz = _OWN_FRAMES[units.form.name]
    exact = [unit.start_frames * FRAME_SAMPLES * rate_hz / RATE_HZ for unit in mixing.timeline.units]
    starts = [int(start / frame + 0.5) * frame for start in exact]
    difference = 1e-10
    for data, start, end in zip(units, starts, [*starts[1:], len(whole)], strict=True):
        alone = _first_channel(units.form.coder.decode([data]))
        length = min(len(alone), max(0, end - start - 2 * frame))  # what is late is overlapped by the next
        difference = max(difference, float(np.abs(alone[:length] - whole[start : start + length]).max(initial=0)))
    joins, none = _step(whole, starts[1:], rate_hz // 500), _step(smooth, list(map(int, exact[1:])), rate_hz // 500)
    return _db(difference), _db(joins), _db(none)


def _step(sound: NDArray[np.float32], places: Sequence[int], reach: int) -> float:
    """The greatest step from sample to sample near any of some places."""
    around = (np.abs(np.diff(sound[max(0, place - reach) : place + reach])).max(initial=0) for place in places)
    return max(1e-10, float(max(around, default=0)))


def _db(level: float) -> float:
    return float(20 * np.log10(level))


def _in_one_stream(units: Units, mixing: Mixing) -> NDArray[np.float32]:
    """The same sound through one encoder, without a join."""
    encoder, master = units.form.coder.encoder(), mixing.timeline.master(units.form.name)
    stream: list[bytes] = []
    stems = mixing.mixes(range(len(mixing.timeline.units)))
    for unit, each in zip(mixing.timeline.units, stems, strict=True):
        stream += encoder.feed(mastered(each, master), unit.frames)
    return _first_channel(units.form.coder.decode([*stream, *encoder.end()]))


def _first_channel(pieces: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate([piece.reshape(len(piece), -1)[:, 0] for piece in pieces])


def _decoded(units: Units, mixing: Mixing, here: Path) -> NDArray[np.float32]:
    """The finished file's sound."""
    path = here / f"joined{units.form.format.suffix}"
    units.form.coder.write(path, TagFacts(title="Joined"), mixing.timeline, units)
    with sound_of(path) as (_, pieces):
        return np.concatenate(list(pieces))[:, 0]


def _levels(mixing: Mixing) -> dict[str, float]:
    """How far sentences of more than 2 s differ in loudness: as they come, and in the mix."""
    raw = [
        integrated(
            energies(
                np.frombuffer(take.clip.pcm, "<i2").astype(np.float32) / np.float32(32_768),
                take.clip.rate_hz // 10,
                take.clip.rate_hz,
            )
        )
        for take in mixing.takes
    ]
    heard = list(_heard(mixing))
    long = [at for at, take in enumerate(mixing.takes) if take.clip.samples > 2 * take.clip.rate_hz and heard[at] > -90]
    return {"raw_lu": float(np.std([raw[at] for at in long])), "heard_lu": float(np.std([heard[at] for at in long]))}


def _heard(mixing: Mixing) -> Iterator[float]:
    """The loudness of each take in the mix, before the limiter."""
    for placed in mixing.timeline.placed:
        yield integrated(energies(polished(mixing.takes[placed.index].clip, placed)))


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"sound": rows}

if __name__ == "__main__":
    main(sys.argv[1])
