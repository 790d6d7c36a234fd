"""What each format does to the loudness and the peaks of a voice, at each bit rate: what the tables of margins are of.

``python margins.py VOICE [opus m4a mp3:96 …] [--stereo] [--bed]`` lays the seed out once, sends its mix through every
bit rate, and prints a line for each: by how many LU the codec lowers it (`trim_db`), how far from the target the
result is with the margin that the table has now, and how much headroom 97, 99 and 100 of 100 units would need. It
is no part of ``run.py``: it is run when a codec changes, and the tables are written by hand from what it prints.
"""

from __future__ import annotations

import argparse
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from workshop import SEED

from narrate.errors import UsageError
from narrate.mix import load_music, mastered, measured
from narrate.model import FRAME_SAMPLES, RATE_HZ
from narrate.pipeline.encoding import Mixing
from narrate.pipeline.music import music_of
from narrate.pipeline.order import Facts
from narrate.pipeline.reading import read_source, script_of, style_of
from narrate.pipeline.shows import open_show
from narrate.pipeline.speaking import speak_all
from narrate.pipeline.tools import equip
from narrate.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from narrate.episode.formats.format import Coder
    from narrate.mix import Stems
    from narrate.model import Article

_CEILING_DBTP, _TARGET_LUFS = -1.0, -16.0
_FULL_SCALE = np.float32(1 / 32768)


def main() -> None:
    """Print a line for every bit rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("voice")
    parser.add_argument("formats", nargs="*", default=["opus", "m4a", "mp3"])
    parser.add_argument("--stereo", action="store_true")
    parser.add_argument("--bed", action="store_true")
    given = parser.parse_args()
    options = {"voice": given.voice, "cache_dir": str(Path.cwd() / "margins"), "stereo": given.stereo}
    here, bed = Path.cwd(), {"music.bed": "default"} if given.bed else {}
    settings = load_settings({**options, **bed}, {}, here, None)
    with equip(settings) as tools:
        coders = dict(_coders(tools.formats, given.formats, 2 if given.stereo else 1))
        mixing = _mixing(settings, tools, {name: coder.margin for name, coder in coders.items()})
    stems = list(mixing.mixes(range(len(mixing.timeline.units))))
    for name, coder in coders.items():
        line = {"voice": given.voice, "form": name, "stereo": given.stereo, "bed": given.bed}
        print(json.dumps({**line, **_found(mixing, stems, name, coder)}), flush=True)


def _coders(formats: Any, names: list[str], channels: int) -> Iterator[tuple[str, Coder]]:  # noqa: ANN401 # by name
    for name, _, only in (each.partition(":") for each in names):
        for kbps in [int(only)] if only else sorted(formats[name].rates_kbps):
            with suppress(UsageError):  # too low a rate for two channels
                yield f"{name}:{kbps}", formats[name].coder(kbps, channels)


def _mixing(settings: Any, tools: Any, margins: Any) -> Mixing:  # noqa: ANN401 # the pipeline's own
    """The seed, spoken and laid out."""
    here = Path.cwd()
    show = open_show(here / "none").show
    article = cast("Article", read_source(str(SEED), Facts(), here, tools, style_of(settings, show)))
    script = script_of([article], settings, tools, show, "")
    score = load_music(music_of(script, settings), 2 if settings.stereo else 1)
    sounding = speak_all(script, settings, tools, score, margins, lambda _: None)
    return Mixing(sounding.timeline, list(sounding.takes), score)


def _found(mixing: Mixing, stems: list[Stems], name: str, coder: Coder) -> dict[str, object]:
    timeline = mixing.timeline
    master, margin = timeline.master(name), coder.margin
    own = margin.under_a_bed() if any(unit.runs_on for unit in timeline.units) else margin
    before = [mastered(each, master) for each in stems]
    heard, peaks = [], []
    for run in timeline.runs():
        sounds = [(before[index], timeline.units[index].frames) for index in run]
        heard.append(_through(coder, sounds))
        peaks.append(measured([heard[-1]], coder.rate_hz).ceiling_dbtp)
    mix, after = (
        measured(pieces, rate_hz).target_lufs
        for pieces, rate_hz in (
            ((each.astype(np.float32) * _FULL_SCALE for each in before), RATE_HZ),
            (heard, coder.rate_hz),
        )
    )
    over = np.array([peak for peak in peaks if peak > -60]) - master.ceiling_dbtp
    return {
        "trim_db": round(mix - after, 3),
        "table_db": own.trim_db,
        "error_lu": round(after - _TARGET_LUFS, 3),
        "headroom_db": [round(float(np.quantile(over, share)), 2) for share in (0.5, 0.97, 0.99, 1.0)],
        "table_headroom_db": own.headroom_db,
        "over": int((np.array(peaks) > _CEILING_DBTP).sum()),
        "runs": len(peaks),
    }


def _through(coder: Coder, sounds: list[tuple[NDArray[np.int16], int]]) -> NDArray[np.float32]:
    """What is heard of units that one encoder encodes, as long as they are."""
    encoder = coder.encoder()
    units = [unit for samples, frames in sounds for unit in encoder.feed(samples, frames)]
    units += encoder.end()
    heard = np.concatenate(list(coder.decode(units)))
    length = sum(frames for _, frames in sounds) * FRAME_SAMPLES * coder.rate_hz // RATE_HZ
    missing = [(0, max(0, length - len(heard))), *[(0, 0)] * (heard.ndim - 1)]
    return np.pad(heard[:length], missing)


if __name__ == "__main__":
    main()
