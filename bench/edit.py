"""One sentence of an hour edited: what that costs apart from its synthesis and the start of the program.

Run by itself it is a small program, see `main`: ``python edit.py SCRIPT.yaml VOICE FORMAT WORD [across]``.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from material import long_article
from workshop import SEED, Bench, Row, middle, spread

if TYPE_CHECKING:
    from collections.abc import Callable

REACH_S = 0.5
_TARGET_LUFS, _STEP_DB = -16.0, 0.1
_WHERE = {"out": "edit", "cache_dir": "edit", "book": "none"}
_FINEST_LU = 0.0005
_TRIES = 8


def rows(bench: Bench) -> list[Row]:
    """An hour by eSpeak: a sentence in its middle edited, and one that takes the gain over the edge of a step."""
    article, script = bench.path("edit.md"), bench.path("edit.yaml")
    article.write_text(long_article(1, SEED), encoding="utf-8")
    bench.narrate("script", str(article), "--voice", "espeak", "-o", str(script), "-q", cache="edit")
    bench.narrate("make", str(script), "--voice", "espeak", "-q", cache="edit", out="edit")
    runs = [_measured(bench, script, word) for word in range(bench.repetitions)]
    return [_row(runs), _across_row(_measured(bench, script, bench.repetitions, "across"))]


def _measured(bench: Bench, script: Path, word: int, *how: str) -> dict[str, Any]:
    cost = bench.script("edit.py", str(script), "espeak", "mp3", str(word), *how)
    found: dict[str, Any] = json.loads(cost.output)
    return found


def _row(runs: list[dict[str, Any]]) -> Row:
    totals = [sum(run["cpu_s"].values()) for run in runs]
    parts = ", ".join(f"{part} {middle(run['cpu_s'][part] for run in runs):.2f}" for part in runs[0]["cpu_s"])
    note = (
        f"{parts} CPU s. {runs[0]['encoded']} of {runs[0]['units']} units encoded, {runs[0]['spoken']} sentence "
        f"spoken, in {runs[0]['hours']:.2f} h by eSpeak as MP3. Writing is joining, tags and the file's SHA-256."
    )
    what = "one sentence edited in 1 h: CPU apart from synthesis, start, page"
    return Row(what, f"≤ {REACH_S} s", f"{spread(totals)} s", middle(totals) <= REACH_S, note)


def _across_row(run: dict[str, Any]) -> Row:
    total = sum(run["cpu_s"].values())
    parts = ", ".join(f"{part} {cpu_s:.2f}" for part, cpu_s in run["cpu_s"].items())
    before_db, after_db = run["gains_db"]
    note = (
        f"{parts} CPU s: {run['encoded']} of {run['units']} units encoded, the gain went from {before_db:.1f} to "
        f"{after_db:.1f} dB. For that the target was moved to {_FINEST_LU} LU before or behind the edge."
    )
    crossed = before_db != after_db and 2 * run["encoded"] > run["units"]
    return Row("the same where it takes the gain over a step of 0.1 dB", "shown", f"{total:.2f} s", crossed, note)


class Enough(Exception):  # noqa: N818 # no error: the layout is all that was wanted
    """The episode is laid out, and nobody wants it encoded."""


class Watch:
    """CPU seconds of the steps of this process, and the gain that the voices got last."""

    def __init__(self, form: str) -> None:
        from narrate.pipeline import packing, sounding

        self.cpu_s: dict[str, float] = {}
        self.gain_db, self.only_laid_out = 0.0, False
        self._form = form
        steps, files = vars(sounding), vars(packing)
        steps["speak_all"] = self._timed("layout", steps["speak_all"])
        steps["encode_all"] = self._timed("encoding", self._noting(steps["encode_all"]))
        files["_stage_audio"] = self._timed("writing", files["_stage_audio"])

    def _noting(self, encode_all: Callable[..., None]) -> Callable[..., None]:
        def noting(units: object, mixing: Any, *rest: object) -> None:  # noqa: ANN401 # the pipeline's own
            self.gain_db = mixing.timeline.master(self._form).gain_db
            if self.only_laid_out:
                raise Enough
            encode_all(units, mixing, *rest)

        return noting

    def _timed(self, part: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: object) -> object:
            began_s = time.process_time()
            try:
                return step(*given)
            finally:
                self.cpu_s[part] = time.process_time() - began_s

        return timed


class Hour:
    """A script that is made again and again in this process."""

    def __init__(self, script: Path, voice: str, form: str) -> None:
        self.watch = Watch(form)
        self.text = script.read_text(encoding="utf-8")
        self._script = script.with_name("edited.yaml")
        self._voice, self._form = voice, form

    def make(self, text: str, target_lufs: float = _TARGET_LUFS) -> Any:  # noqa: ANN401 # what was made
        """Make it; the laps of the watch are of this alone."""
        import narrate

        self._script.write_text(text, encoding="utf-8")
        self.watch.cpu_s.clear()
        where: dict[str, Any] = {**_WHERE, "loudness.target_lufs": target_lufs}
        return narrate.make(self._script, voice=self._voice, formats=self._form, **where).made[0]

    def gain_db(self, target_lufs: float, text: str = "") -> float:
        """The gain of the voices for another target, of the script as it is or of another text."""
        self.watch.only_laid_out = True
        with suppress(Enough):
            self.make(text or self.text, target_lufs)
        self.watch.only_laid_out = False
        return self.watch.gain_db

    def edge_lufs(self) -> tuple[float, float]:
        """Targets on both sides of where the gain goes a step further, `_FINEST_LU` apart at most."""
        low, high = _TARGET_LUFS, _TARGET_LUFS + _STEP_DB
        least = self.gain_db(low)
        while high - low > _FINEST_LU:
            middle_lufs = (low + high) / 2
            low, high = (middle_lufs, high) if self.gain_db(middle_lufs) == least else (low, middle_lufs)
        return low, high

    def crossing(self, word: int) -> tuple[float, str]:
        """A target and an edit that takes the gain over the edge; the last that was tried where none does."""
        tries = [(target, edited(self.text, word + place)) for target in self.edge_lufs() for place in range(_TRIES)]
        befores = {target: self.gain_db(target) for target, _ in tries}
        crossed = (each for each in tries if self.gain_db(*each) != befores[each[0]])
        return next(crossed, tries[-1])


def edited(text: str, word: int) -> str:
    """With one word of the text, by its number, put into the sentence in the middle."""
    lines = text.splitlines(keepends=True)
    said = [at for at, line in enumerate(lines) if re.match(r'\s+- "\w+ \w+ \w+ .*\."', line)]
    at = said[len(said) // 2]
    words = sorted(set(re.findall(r"[a-z]{4,}", text)))
    lines[at] = re.sub(r'(- "\w+ \w+ )', rf"\g<1>{words[word]} ", lines[at], count=1)
    return "".join(lines)


def main(script: str, voice: str, form: str, word: str, how: str = "") -> None:
    """Make the script, which loads all that is needed, edit it and make it again; print what that cost."""
    hour = Hour(Path(script), voice, form)
    target, text = hour.crossing(int(word)) if how == "across" else (_TARGET_LUFS, edited(hour.text, int(word)))
    if how == "across":  # units of the other gain may be kept, of an edit that was tried before
        for units in Path("edit").glob("v*/units"):
            shutil.rmtree(units)
    hour.make(hour.text, target)
    before_db = hour.watch.gain_db
    made = hour.make(text, target)
    found = {
        "cpu_s": hour.watch.cpu_s,
        "units": made.units,
        "encoded": made.encoded,
        "spoken": made.spoken,
        "hours": made.episode.duration_ms / 3_600_000,
        "gains_db": [before_db, hour.watch.gain_db],
    }
    print(json.dumps(found))


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"edit": rows}

if __name__ == "__main__":
    main(*sys.argv[1:])
