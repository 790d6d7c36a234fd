"""Every format that is installed: how loud its file is when it is decoded, and whether times hold in it."""

from __future__ import annotations

import json
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workshop import SEED, Bench, Row, made_of

if TYPE_CHECKING:
    from collections.abc import Callable

VOICES = ("joe", "joe-low", "espeak", "espeak-gb")
_TARGET_LUFS, _CEILING_DBTP, _ERROR_LU = -16.0, -1.0, 0.1
_FRAME_MS, _FRAME_SAMPLES = 1_152 / 44.1, 1_152


def names() -> list[str]:
    """The formats, each at its usual bit rate."""
    return sorted(point.name for point in entry_points(group="narrate.formats"))


def loudness_rows(bench: Bench) -> list[Row]:
    """The seed in four voices, all formats in one run each: a row a format."""
    found = {voice: _loudness(bench, voice) for voice in VOICES}
    return [_loudness_row(name, {voice: found[voice][name] for voice in VOICES}) for name in names()]


def _loudness(bench: Bench, voice: str) -> dict[str, dict[str, float]]:
    made = made_of(_made(bench, voice))
    return {Path(heard["name"]).suffix[1:]: heard for heard in made["loudness"]}


def _made(bench: Bench, voice: str) -> Any:  # noqa: ANN401 # a Cost
    formats = ",".join(names())
    options = ("--voice", voice, "--format", formats, "--json")
    return bench.narrate("make", str(SEED), *options, cache="formats", out=f"formats-{voice}")


def _loudness_row(name: str, heard: dict[str, dict[str, float]]) -> Row:
    error_lu = max(abs(each["lufs"] - _TARGET_LUFS) for each in heard.values())
    peak_dbtp = max(each["dbtp"] for each in heard.values())
    told = "; ".join(f"{voice} {each['lufs']:.2f} LUFS, {each['dbtp']:.2f} dBTP" for voice, each in heard.items())
    return Row(
        f"loudness error / true peak, decoded, four voices: {name}",
        f"{_ERROR_LU} LU / ≤ −1.0 dBTP",
        f"{error_lu:.2f} LU / {peak_dbtp:.2f} dBTP".replace("-", "−"),
        round(error_lu, 2) <= _ERROR_LU and peak_dbtp <= _CEILING_DBTP,
        f"{told}. The seed with its music; the file decoded by FFmpeg's libraries, and measured by BS.1770.",
    )


def times_rows(bench: Bench) -> list[Row]:
    """The seed by the tone engine: a row a format."""
    made = made_of(_made(bench, "tone"))
    folder = Path(made["audio"]).parent
    files = {Path(file["name"]).suffix[1:]: folder / file["name"] for file in made["files"] if file["role"] == "audio"}
    return [_times_row(bench, name, files) for name in names()]


def _times_row(bench: Bench, name: str, files: dict[str, Path]) -> Row:
    found = json.loads(bench.script("times.py", str(files[name]), str(files["wav"])).output)
    kinds = [found["cues"], found["chapters"]]
    most_ms = max(abs(kind[edge]) for kind in kinds for edge in ("least", "most"))
    late = max(abs(found["late"][edge]) for edge in ("least", "most"))
    note = (
        f"{found['cues']['count']} cues and {found['chapters']['count']} chapters, from the time written to where the "
        f"sound begins, up to 10 ms of air before it among it: the median is {found['cues']['median']:.1f} ms. Against "
        f"the WAV the sound at a cue is {late} samples off at most, and the file {found['longer']['most']} longer."
    )
    reach = f"≤ 1 frame ({_FRAME_MS:.0f} ms)"
    holds = most_ms <= _FRAME_MS and late <= _FRAME_SAMPLES
    return Row(f"chapters and cues against decoded audio: {name}", reach, f"{most_ms:.1f} ms", holds, note)


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"loudness": loudness_rows, "times": times_rows}
