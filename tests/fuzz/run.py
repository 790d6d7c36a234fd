"""Fuzz the readers for as long as one likes: ``python tests/fuzz/run.py --seconds 600 [--reader pdf]``.

The laws and the seeds are those of ``tests/article/test_fuzz.py``. Each finding is printed with the bytes that
make it, in base 64, and with where it happened; the last line counts. Findings of one place are one.
"""

from __future__ import annotations

import argparse
import base64
import io
import random
import sys
import time
import traceback
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model import Article, Script

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.article.fuzzing import READERS, judged, seeds, signs  # noqa: E402 # found by the path set above

from narrate.model import Diction, Style, Voice  # noqa: E402 # after the path
from narrate.pipeline.covering import bug_in, cover  # noqa: E402 # after the path
from narrate.script import dump_script, load_script, write_script  # noqa: E402 # after the path

SLOW_S = 5.0


def text_of(chance: random.Random) -> bytes:
    """Return a text of signs that mean something to some reader, with noise between them."""
    pieces = chance.choices(signs(), k=chance.randrange(1, 60))
    for at in range(len(pieces)):
        if chance.random() < 0.2:
            pieces[at] = "".join(
                chr(chance.choice((chance.randrange(128), chance.randrange(0xD7FF)))) for _ in range(5)
            )
    return "".join(pieces).encode()


def broken_of(chance: random.Random, whole: bytes) -> bytes:
    """Return a file with some stretches cut out, doubled, changed or put in."""
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 6)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.randrange(80))
        data[start:end] = chance.choice((b"", bytes(data[start:end]) * 3, chance.randbytes(chance.randrange(9))))
    return bytes(data)


def repacked_of(chance: random.Random, whole: bytes) -> bytes:
    """Return a packed file one of whose members is broken, or has a text of signs in its middle; it unpacks well."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(out, "w") as packed:
        broken = chance.choice(archive.namelist())
        for member in archive.namelist():
            data = archive.read(member)
            if member == broken and chance.random() < 0.5:
                data = broken_of(chance, data)
            elif member == broken:
                at = data.find(b">", chance.randrange(len(data) + 1)) + 1
                data = data[:at] + text_of(chance) + data[at:]
            packed.writestr(zipfile.ZipInfo(member), data)
    return out.getvalue()


def followed(article: Article) -> None:
    """Write the script of an article: no letter is lost on the way, and the file says the same when it is read."""
    script = write_script([article], Style(), Voice("tone", "tone", "tone", "und"))
    coverage = cover([article], script, Diction())
    bug = bug_in(coverage) if coverage else ""
    assert not bug, bug
    again = load_script(dump_script(script).encode(), "a.yaml", Style())
    # A sentence in several alphabets may be parted at other places.
    assert heard(again) == heard(script), "the script file does not read back the same"


def heard(script: Script) -> str:
    """The letters and digits of all that is written to be heard."""
    return "".join(sign for _, said in script.spoken() for sign in said.written if sign.isalnum())


def tried(name: str, data: bytes, *, scripts: bool = False) -> str:
    """Return what is wrong with what a reader does with it, "" if nothing is: the error, or that it is slow."""
    started = time.monotonic()
    try:
        article = judged(name, data)
        if article and scripts and article.blocks:
            followed(article)
    except Exception as error:  # noqa: BLE001 # whatever it is, it is a finding
        frames = traceback.extract_tb(error.__traceback__)
        return f"{type(error).__name__}: {str(error)[:80]!r} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
    took_s = time.monotonic() - started
    return f"slow: {took_s:.0f} s" if took_s > SLOW_S else ""


def main() -> int:
    """Fuzz, and return how many different findings there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reader", choices=sorted(READERS), action="append")
    parser.add_argument("--scripts", action="store_true", help="write the script of each article too, and follow it")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 # nothing is kept secret
    found: dict[str, bytes] = {}
    end, count = time.monotonic() + options.seconds, 0
    while time.monotonic() < end:
        name = chance.choice(options.reader or sorted(READERS))
        data = broken_of(chance, seeds()[name])
        if name in {"text", "markdown", "html"} and chance.random() < 0.7:
            data = text_of(chance)
        elif name in {"epub", "docx"} and chance.random() < 0.8:
            data = repacked_of(chance, seeds()[name])
        wrong = tried(name, data, scripts=options.scripts)
        count += 1
        place = f"{name} {wrong.rpartition(' at ')[2] if ' at ' in wrong else wrong}"
        if wrong and place not in found:
            found[place] = data
            sys.stdout.write(f"{name}: {wrong}\n  {base64.b64encode(data).decode()}\n")
    sys.stdout.write(f"{count} files read, {len(found)} different findings\n")
    return len(found)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
