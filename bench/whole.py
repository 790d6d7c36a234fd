"""The whole command against what cannot be done without: CPU for both engines, wall time for the neural one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workshop import SEED, Bench, Row, audio_of, middle, spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from measure import Cost

    Laps = dict[str, dict[str, float]]

LAME_QUALITY = 3
"""What LAME, and FFmpeg with it, encode with when nobody says otherwise: the bare encoding that the table is of."""
_QUALITIES = {3: "LAME's default", 7: "narrate's", 2: "lameenc's default"}
_IDLE = 0.05
"""The share of all cores that others may use before a wall time says nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One repetition: the bare work and, right after it, the whole command."""

    bare: Laps
    whole: Cost
    others: float

    def bare_s(self, clock: str, quality: int = LAME_QUALITY) -> float:
        """Seconds of synthesis and encoding, without starting anything."""
        return self.bare["speak"][clock] + self.bare[f"encode-{quality}"][clock]

    def cpu_ratio(self, quality: int = LAME_QUALITY) -> float:
        """CPU of the whole command ÷ CPU of the bare work."""
        return self.whole.cpu_s / self.bare_s("cpu_s", quality)

    def wall_ratio(self) -> float:
        """Wall time of the whole command ÷ that of synthesis and encoding one after the other."""
        return self.whole.wall_s / self.bare_s("wall_s")


def pairs(bench: Bench, engine: str, voice: str) -> list[Pair]:
    """Measure bare and whole in turns, each whole run with a cold cache and a new show."""
    texts, sound = bench.path(f"{engine}.json"), bench.path(f"{engine}.pcm")
    bench.script("material.py", "utterances", str(SEED), voice, str(texts))
    warm = bench.narrate("make", str(SEED), "--voice", voice, "-q", cache="warm", out="warm")
    bench.script("material.py", "decode", str(audio_of(warm)), str(sound))
    bench.script("bare.py", engine, str(texts), str(sound))
    return [_pair(bench, (engine, str(texts), str(sound)), voice) for _ in range(bench.repetitions)]


def _pair(bench: Bench, bare_arguments: tuple[str, ...], voice: str) -> Pair:
    bare = bench.script("bare.py", *bare_arguments)
    bench.forget("cold", "new")
    whole = bench.narrate("make", str(SEED), "--voice", voice, "-q", cache="cold", out="new")
    return Pair(json.loads(bare.output), whole, max(bare.others, whole.others))


def cpu_row(what: str, reach: float, found: list[Pair]) -> Row:
    """The row of one engine."""
    ratios = [pair.cpu_ratio() for pair in found]

    def lap(part: str) -> str:
        return f"{middle(pair.bare[part]['cpu_s'] for pair in found):.2f}"

    encodings = "; ".join(
        f"quality {quality} ({whose}) {lap(f'encode-{quality}')} CPU s, "
        f"ratio {spread([pair.cpu_ratio(quality) for pair in found])}"
        for quality, whose in _QUALITIES.items()
    )
    note = (
        f"Whole {middle(pair.whole.cpu_s for pair in found):.2f} CPU s, bare synthesis {lap('speak')}. "
        f"Bare encoding at {encodings}. Starting the bare program costs {lap('start')} CPU s more, not counted as bare."
    )
    return Row(what, f"≤ {reach:.2f}", spread(ratios), middle(ratios) <= reach, note)


def piper_rows(bench: Bench) -> list[Row]:
    """CPU and wall time with the neural voice."""
    found = pairs(bench, "piper", "joe")
    return [cpu_row("CPU of `narrate make` ÷ CPU of bare synthesis + encoding, Piper", 1.12, found), _wall_row(found)]


def espeak_rows(bench: Bench) -> list[Row]:
    """CPU with eSpeak."""
    found = pairs(bench, "espeak", "espeak")
    return [cpu_row("the same for the eSpeak voice, interpreter start included", 1.7, found)]


def _wall_row(found: list[Pair]) -> Row:
    """Wall time, of the repetitions in which the machine was idle; of all, and saying so, where there was none."""
    idle = [pair for pair in found if pair.others <= _IDLE]
    ratios = [pair.wall_ratio() for pair in idle or found]
    load = ", ".join(f"{pair.others:.0%}" for pair in found)
    note = (
        f"Whole {middle(pair.whole.wall_s for pair in idle or found):.1f} s. Others used {load} of the cores during "
        f"the repetitions; {len(idle)} of {len(found)} with at most {_IDLE:.0%} count."
    )
    if not idle:
        note += " **The machine was busy: this figure says little.**"
    what = "wall ÷ (bare synthesis + encoding, one after the other), Piper, 2 idle cores"
    return Row(what, "≤ 0.56", spread(ratios), middle(ratios) <= 0.56, note)


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"piper": piper_rows, "espeak": espeak_rows}
