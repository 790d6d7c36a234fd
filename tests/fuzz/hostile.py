"""Hostile inputs through the command line: ``python tests/fuzz/hostile.py [--only WORD] [--make] [--slow]``.

Each is given to ``narrate script`` (and ``narrate make`` with ``--make``) as a user would. A row tells what it is,
the exit code, CPU seconds, the most memory of all processes together in MB, and what narrate said.
Judged are: a known exit code, one sentence, no traceback, no warning of a library, nothing half-written,
60 s and 1 GB, and that no file of this machine and no address is read. The exit code is how many fell short.
"""

from __future__ import annotations

import argparse
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.article.epub.conftest import packed  # after the path
from tests.fuzz.hostile_packed import BOOKS, cut, packed_files  # after the path
from tests.fuzz.hostile_pages import WHOLE, pages  # after the path
from tests.fuzz.hostile_pdfs import pdfs  # after the path
from tests.fuzz.hostile_texts import LEXICONS, PROSE, SETTINGS, texts  # after the path

LIMIT_S, LIMIT_MB = 60, 1000
PATIENCE_S = 900  # on the clock, which runs fast where others use the machine too
_TOLD = ("Traceback", "UserWarning:", "DeprecationWarning:", "Error:", 'File "', "Errno")
_FOUND: list[str] = []


class _Leak(http.server.BaseHTTPRequestHandler):
    """Counts what asks for an address that nobody may ask for; serves pages under their numbers."""

    pages: tuple[bytes, ...] = ()
    asked = 0

    def do_GET(self) -> None:
        """A page, or a leak."""
        name = self.path.strip("/")
        if not name.isdecimal():
            type(self).asked += 1
        data = self.pages[int(name)] if name.isdecimal() else b"leaked words"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def _processes(root: int) -> list[int]:
    found = [root]
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            found += [one for child in task.read_text().split() for one in _processes(int(child))]
        except OSError:
            continue
    return found


def _memory_mb(root: int) -> float:
    """What a process and those that it started hold together; 0 where there is no /proc."""
    pages_held = 0
    for process in _processes(root):
        try:
            pages_held += int(Path(f"/proc/{process}/statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            continue
    return pages_held * os.sysconf("SC_PAGE_SIZE") / 1e6


class Ended(NamedTuple):
    """How a command ended: exit code, CPU seconds, peak MB, stdout, stderr."""

    code: int
    cpu_s: float
    peak_mb: float
    said: str
    told: str


def run(command: list[str], home: Path) -> Ended:
    """Run a command; its code is -1 where it is ended after `PATIENCE_S`."""
    with (home / "said").open("wb+") as out, (home / "told").open("wb+") as err:
        variables = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1"}
        started = time.monotonic()
        child = subprocess.Popen(command, cwd=home, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=variables)
        peak = 0.0
        code = 0
        while True:
            process, status, used = os.wait4(child.pid, os.WNOHANG)
            if process:
                break
            peak = max(peak, _memory_mb(child.pid))
            if time.monotonic() - started > PATIENCE_S:
                code = -1
                child.kill()
            time.sleep(0.02)
        child.returncode = code or os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        texts_of = (out.read().decode(errors="replace"), err.read().decode(errors="replace"))
        return Ended(child.returncode, used.ru_utime + used.ru_stime, peak, *texts_of)


def faults(ended: Ended, home: Path) -> list[str]:
    """What is wrong with how a command ended."""
    code, cpu_s, peak_mb, said, told = ended
    wrong = [f"says {sign}" for sign in _TOLD if sign in told or sign in said]
    wrong += [f"exit code {code}"] if code not in {0, 1, 2} else []
    wrong += ["slow"] if cpu_s > LIMIT_S else []
    wrong += ["large"] if peak_mb > LIMIT_MB else []
    wrong += (
        ["not one sentence"]
        if code and len([line for line in told.splitlines() if line.startswith("narrate")]) != 1
        else []
    )
    wrong += ["half-written"] if code and (home / "a.out.yaml").exists() else []
    if any("root:" in text or "leaked words" in text for text in (said, told)):
        wrong.append("LEAK")
    script = home / "a.out.yaml"
    if script.exists() and ("root:" in (text := script.read_text(encoding="utf-8")) or "leaked words" in text):
        wrong.append("LEAK")
    return wrong


def judge(what: str, command: list[str], home: Path) -> None:
    """Run a command, and print its row."""
    (home / "a.out.yaml").unlink(missing_ok=True)
    ended = run(command, home)
    code, cpu_s, peak_mb, said, told = ended
    wrong = faults(ended, home)
    if "--json" in command:
        try:
            json.loads(said)
        except json.JSONDecodeError:
            wrong.append("not one document")
    if _Leak.asked:
        wrong.append("ASKED AN ADDRESS")
        _Leak.asked = 0
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    sentence = " / ".join(lines[:1] if code else lines)[:230]
    sys.stdout.write(f"{what[:58]:58} {code:2} {cpu_s:5.1f} s {peak_mb:5.0f} MB  {sentence}\n")
    if wrong:
        sys.stdout.write(f"{'':10} *** {', '.join(wrong)}\n")
        _FOUND.append(what)
    sys.stdout.flush()


def _inputs(options: argparse.Namespace, port: int) -> Iterator[tuple[str, str, bytes]]:
    for make in (texts, pages, packed_files, pdfs):
        for what, name, data in make():
            yield what, name, data.replace(b"{port}", str(port).encode())
    if options.slow:
        for data in cut(packed(BOOKS["a spine item twice"]())):
            yield f"EPUB: cut off after {len(data)} bytes", "a.epub", data


def _scripts(options: argparse.Namespace, home: Path, port: int) -> None:
    """What is read as an article."""
    for what, name, data in _inputs(options, port):
        if options.only and options.only not in what:
            continue
        path = home / name
        path.write_bytes(data)
        if not name.endswith(".yaml"):
            judge(what, ["narrate", "script", name, "--force", "-o", "a.out.yaml", *options.json], home)
        if options.make or name.endswith(".yaml"):
            more = ["--engine", "tone", "--no-music", "--progress", "none", "--new", *options.json]
            judge(f"{what} (make)", ["narrate", "make", name, *more], home)
        path.unlink()


def _around(options: argparse.Namespace, home: Path, port: int) -> None:
    """What is read beside an article, and pages from a server."""
    (home / "a.txt").write_text(PROSE, encoding="utf-8")
    command = ["narrate", "script", "a.txt", "--force", "-o", "a.out.yaml", *options.json]
    for what, make in LEXICONS.items():
        if not options.only or options.only in f"lexicon: {what}":
            lexicon = home / f"l.{what[:3]}"
            lexicon.write_text(make().replace("{port}", str(port)), encoding="utf-8")
            judge(f"lexicon: {what}", [*command, "--lexicon", lexicon.name], home)
    for what, make in SETTINGS.items():
        if not options.only or options.only in f"settings: {what}":
            (home / "narrate.toml").write_text(make(), encoding="utf-8")
            judge(f"settings: {what}", command, home)
    (home / "narrate.toml").unlink(missing_ok=True)
    for number, what in enumerate(WHOLE):
        if not options.only or options.only in f"web: {what}":
            address = f"http://127.0.0.1:{port}/{number}"
            judge(
                f"web: {what}", ["narrate", "script", address, "--allow-private", "--force", "-o", "a.out.yaml"], home
            )


def main() -> int:
    """Run them all, and return how many fell short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only what has this in its name")
    parser.add_argument("--make", action="store_true", help="make episodes too, with the tone engine")
    parser.add_argument("--slow", action="store_true", help="files cut off at every KB too")
    parser.add_argument("--json", action="store_const", const=["--json"], default=[], help="ask for JSON")
    options = parser.parse_args()
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    _Leak.pages = tuple(make() for make in WHOLE.values())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Leak)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _scripts(options, home, server.server_port)
        _around(options, home, server.server_port)
    sys.stdout.write(f"{len(_FOUND)} fell short: {'; '.join(_FOUND)}\n")
    return min(len(_FOUND), 1)


if __name__ == "__main__":
    sys.exit(main())
