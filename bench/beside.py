"""Beside what a newcomer would write: the twenty lines of `newcomer.py` and narrate, on the same articles."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

from material import long_article
from measure import Cost, run
from workshop import HERE, SEED, Bench, Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_RATE_HZ, _MUSIC_S = 22_050, 9


def rows(bench: Bench) -> list[Row]:
    """The seed, and an article of an hour: the same voice, a cold cache."""
    hour = bench.path("hour.md")
    hour.write_text(long_article(1, SEED), encoding="utf-8")
    return [_row(bench, "seed", SEED), _row(bench, "1 h", hour)]


def _row(bench: Bench, name: str, article: Path) -> Row:
    theirs = _newcomer(bench, article)
    bench.forget("newcomer", "newcomer-out")
    ours = bench.narrate("make", str(article), "--voice", "espeak", "-q", cache="newcomer", out="newcomer-out")
    found = f"{ours.wall_s:.1f} s, {ours.peak_mb:.0f} MB against {theirs.wall_s:.1f} s, {theirs.peak_mb:.0f} MB"
    note = (
        f"narrate {ours.cpu_s:.1f} CPU s, the newcomer's {theirs.cpu_s:.1f}; both by eSpeak, as MP3, once. narrate's "
        "has a level, chapters, captions, tags, covers, a page and a feed; the newcomer's has none of them."
    )
    return Row(
        f"narrate against twenty lines of pyttsx3 and pydub, {name}: wall, memory",
        "shown",
        found,
        holds=True,
        note=note,
    )


def _newcomer(bench: Bench, article: Path) -> Cost:
    """Their program, with the eSpeak that narrate brings where a newcomer's system has one of its own."""
    import os
    import sys

    import espeakng_loader

    libraries = bench.path("libraries")
    libraries.mkdir(exist_ok=True)
    link = libraries / "libespeak-ng.so.1"
    if not link.exists():
        link.symlink_to(espeakng_loader.get_library_path())
    music = bench.path("music.wav")
    with wave.open(str(music), "wb") as out:
        out.setparams((1, 2, _RATE_HZ, 0, "NONE", ""))
        out.writeframes(bytes(2 * _RATE_HZ * _MUSIC_S))
    where = {"LD_LIBRARY_PATH": str(libraries), "ESPEAK_DATA_PATH": str(espeakng_loader.get_data_path())}
    command = (sys.executable, str(HERE / "newcomer.py"), str(article), str(music), str(bench.path("newcomer.mp3")))
    return run(command, {**os.environ, **where}, bench.work)


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"newcomer": rows}
