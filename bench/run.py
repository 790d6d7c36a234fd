"""All figures of docs/benchmarks.md, measured in one run.

``python bench/run.py`` measures and writes the page; ``--only piper`` (espeak, again, edit, ...) prints a part and
writes nothing. It takes about half an hour on two cores, wants them idle, and needs what the tests need; for the
newcomer's program FFmpeg's command too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import again
import beside
import edit
import formats
import long
import normalise
import pages
import serving
import show
import transparent
import whole
from report import page, table
from workshop import Bench, Row

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_PARTS = (whole, long, again, edit, formats, beside, transparent, normalise, show, serving, pages)
GROUPS = {name: rows for part in _PARTS for name, rows in part.GROUPS.items()}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description="Measure narrate and write docs/benchmarks.md.")
    parser.add_argument("--only", choices=GROUPS, action="append", help="measure a part, and write nothing")
    parser.add_argument("--repetitions", type=int, default=5, help="how often (default: 5; 3 is the least)")
    given = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="narrate-bench-") as work:
        bench = Bench(Path(work), max(3, given.repetitions))
        for name in given.only or GROUPS:
            print(f"Measuring {name} …", file=sys.stderr)
            rows += GROUPS[name](bench)
    print(table(rows))
    if not given.only:
        PAGE.write_text(page(rows, bench.repetitions), encoding="utf-8")
        print(f"Written to {PAGE}")


if __name__ == "__main__":
    main()
