"""Written → spoken: what the start costs, and how many sentences a second. Run by itself it is a small program."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from workshop import Bench, Row, middle, spread

if TYPE_CHECKING:
    from collections.abc import Callable

NEWS = Path(__file__).parent.parent / "tests" / "script" / "normalise"
_START_S, _A_SECOND = 0.3, 1000
_ROUNDS = 8


def rows(bench: Bench) -> list[Row]:
    """The start, and the speed after it, in processes of their own."""
    runs = [json.loads(bench.script("normalise.py").output) for _ in range(bench.repetitions)]
    starts, speeds = [run["start_s"] for run in runs], [run["a_second"] for run in runs]
    note = f"{runs[0]['sentences']:,} sentences, none twice: those of the tests, and the same with other digits."
    return [
        Row(
            "normaliser, English: sentences a second",
            f"≥ {_A_SECOND:,}",
            spread(speeds, 0),
            middle(speeds) >= _A_SECOND,
            note,
        ),
        Row(
            "normaliser, English: CPU of the start",
            f"≤ {_START_S} s",
            f"{spread(starts)} s",
            middle(starts) <= _START_S,
            "Importing narrate.script, and the first sentence, for which the rows are compiled.",
        ),
    ]


def sentences() -> list[str]:
    """Sentences with something to say otherwise in each, and the same with other digits; none comes twice."""
    lines = [line for path in sorted(NEWS.rglob("news.tsv")) for line in path.read_text(encoding="utf-8").splitlines()]
    written = [line.split("\t")[0] for line in lines if "\t" in line]
    return list(dict.fromkeys(_moved(text, step) for step in range(_ROUNDS) for text in written))


def _moved(text: str, step: int) -> str:
    """A text with every digit from 1 to 9 moved on, round from 9 to 1."""
    return re.sub("[1-9]", lambda digit: str((int(digit[0]) - 1 + step) % 9 + 1), text)


def main() -> None:
    """Measure in this process, in CPU seconds, and print JSON."""
    began_s = time.process_time()
    from narrate.script import speak_written

    speak_written("On May 3, shares rose 3.2% to $887.89, the U.S. agency said.", "en")
    start_s = time.process_time() - began_s
    texts = sentences()
    began_s = time.process_time()
    for text in texts:
        speak_written(text, "en")
    a_second = len(texts) / (time.process_time() - began_s)
    print(json.dumps({"start_s": start_s, "a_second": a_second, "sentences": len(texts)}))


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"normalise": rows}

if __name__ == "__main__":
    main()
