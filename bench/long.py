"""Length: what one hour and ten hours cost, and whether times still hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from material import long_article
from workshop import SEED, Bench, Row, audio_of, made_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from measure import Cost

_HOURS = (1, 10)
_FRAME_MS = 1_152 / 44.1


def rows(bench: Bench) -> list[Row]:
    """Memory and CPU of long episodes, and times against the decoded sound of the shorter one."""
    costs = {hours: _made(bench, hours) for hours in _HOURS}
    hours = {key: made_of(cost)["duration_ms"] / 3_600_000 for key, cost in costs.items()}
    one, ten = (costs[key] for key in _HOURS)
    ratio = ten.cpu_s / one.cpu_s * 10 / (hours[10] / hours[1])
    lengths = f"The episodes are {hours[1]:.2f} h and {hours[10]:.2f} h long"
    return [
        _memory_row(bench, ten, one),
        Row(
            "CPU(10 h) ÷ CPU(1 h), `tone` engine",
            "≤ 10.2",
            f"{ratio:.2f}",
            ratio <= 10.2,
            f"{ten.cpu_s:.0f} and {one.cpu_s:.0f} CPU s. {lengths}; the ratio is of ten times the length exactly.",
        ),
        _times_row(bench, made_of(one)["audio"]),
    ]


def _memory_row(bench: Bench, ten: Cost, one: Cost) -> Row:
    """What narrate takes beyond a program that does nothing but speak the same utterances."""
    texts = bench.path("long.json")
    bench.script("material.py", "utterances", str(bench.path("long-10.md")), "tone", str(texts))
    bare = bench.script("engine.py", str(texts))
    above_mb = ten.peak_mb - bare.peak_mb
    note = (
        f"Of the largest process (`ru_maxrss`): {ten.peak_mb:.0f} MB, and {bare.peak_mb:.0f} MB of a program that "
        f"speaks the same utterances by the same engine, one after the other, and keeps nothing. "
        f"At 1 h narrate takes {one.peak_mb:.0f} MB."
    )
    return Row(
        "peak memory above the engine's, 10 h episode, `tone` engine",
        "≤ 150 MB",
        f"{above_mb:.0f} MB",
        above_mb <= 150,
        note,
    )


def _made(bench: Bench, hours: int) -> Cost:
    article = bench.path(f"long-{hours}.md")
    article.write_text(long_article(hours, SEED), encoding="utf-8")
    name = f"long-{hours}"
    cost = bench.narrate("make", str(article), "--voice", "tone", "--json", cache=f"{name}-cache", out=name)
    bench.forget(f"{name}-cache")
    return cost


def _times_row(bench: Bench, audio: str) -> Row:
    """Of the hour, and of the seed."""
    seed = audio_of(bench.narrate("make", str(SEED), "--voice", "tone", "-q", cache="tone", out="tone"))
    found = [_errors(bench, path) for path in (audio, seed)]
    most = max(
        abs(errors[kind][edge]) for errors in found for kind in ("cues", "chapters") for edge in ("least", "most")
    )
    note = (
        f"The worst of {_told(found[0])} in an hour and {_told(found[1])} in the seed: from the time written to where "
        f"the sound begins in the decoded file. A frame is {_FRAME_MS:.1f} ms. A sound has up to 10 ms of air before "
        f"it, so the median is {found[0]['cues']['median']:.1f} ms."
    )
    return Row(
        "chapter and cue times against the decoded audio", "≤ 1 MP3 frame", f"{most:.1f} ms", most <= _FRAME_MS, note
    )


def _errors(bench: Bench, audio: Path | str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(bench.script("times.py", str(audio)).output)
    return found


def _told(errors: dict[str, dict[str, Any]]) -> str:
    return f"{errors['cues']['count']} cues and {errors['chapters']['count']} chapters"


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"long": rows}
