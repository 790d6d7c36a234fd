"""The page of an episode in a browser: its first paint, a step of its mark, and how near that is to what is heard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workshop import SEED, Bench, Row, audio_of, middle

if TYPE_CHECKING:
    from collections.abc import Callable

_QUICK_MS = 50
_NEAR_MS = 100


def page_rows(bench: Bench) -> list[Row]:
    """A page of 5,000 sentences beside one of a single sentence, and the seed's, played for a minute."""
    seed = audio_of(bench.narrate("make", str(SEED), "--voice", "espeak", cache="page", out="page")).parent
    bench.forget("pages")
    found = json.loads(bench.script("browse.py", str(bench.path("pages")), str(seed)).output)
    long, short = (middle(paints) for paints in zip(*found["paints"], strict=True))
    scripts, frames = (sorted(each) for each in zip(*found["steps"], strict=True))
    late = sorted(found["late"])
    return [
        Row(
            "page of 5,000 sentences: first paint, beyond that of one sentence",
            f"≤ {_QUICK_MS} ms",
            f"{long - short:.0f} ms".replace("-", "−"),
            long - short <= _QUICK_MS,
            f"{long:.0f} ms and {short:.0f} ms from the click on a link, the browser's own time in it; medians of "
            f"{len(found['paints'])}. The page has {found['bytes'] / 1e6:.1f} MB.",
        ),
        Row(
            "the same page: a step of the mark",
            f"≤ {_QUICK_MS} ms",
            f"{middle(frames):.0f} ms",
            middle(frames) <= _QUICK_MS,
            f"From the press of the button to the end of the next frame, of which the script takes "
            f"{middle(scripts):.1f} ms; 95 of 100 within {frames[94]:.0f} ms.",
        ),
        Row(
            "the marked sentence against what is heard",
            f"≤ {_NEAR_MS} ms",
            f"{late[-1]:.0f} ms",
            late[-1] <= _NEAR_MS and late[0] > -_NEAR_MS,
            f"{len(late)} sentences of the seed, intro included, as the browser plays them: from a cue's start to the "
            f"frame that shows its mark; the least is {late[0]:.0f} ms. Cues are where sound begins, as said above.",
        ),
    ]


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"page": page_rows}
