"""Two hundred clients of one host: narrate's, Python's own file server, and nginx where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from workshop import Bench, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CLIENTS = 200
_SENTENCES = 70
"""Of the tone engine: an episode of five megabytes."""

_MOST_MB = 150
_SLOWEST = 0.5
# Python's own, but for its queue of five: of two hundred clients at once it would turn most away.
_FILES = """
import functools, http.server, sys
class Files(http.server.ThreadingHTTPServer):
    request_queue_size = 1024
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[2])
Files(("127.0.0.1", int(sys.argv[1])), handler).serve_forever()
"""
_NGINX = """\
worker_processes 1; error_log {work}/nginx-errors; pid {work}/nginx.pid;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; client_body_temp_path {work}/nginx-body; proxy_temp_path {work}/nginx-proxy;
fastcgi_temp_path {work}/nginx-f; uwsgi_temp_path {work}/nginx-u; scgi_temp_path {work}/nginx-s;
server {{ listen 127.0.0.1:{port}; root {out}; }} }}
"""


@dataclass(frozen=True, slots=True)
class Served:
    """What the clients found, and what the server cost meanwhile: CPU seconds and peak memory in MB."""

    found: dict[str, Any]
    cpu_s: float
    peak_mb: float

    @property
    def mb_per_s(self) -> float:
        """Throughput of all clients together."""
        return float(self.found["bytes"]) / 1e6 / float(self.found["seconds"])

    @property
    def cpu_s_per_gb(self) -> float:
        """What a gigabyte costs the server."""
        return self.cpu_s / float(self.found["bytes"]) * 1e9


def rows(bench: Bench) -> list[Row]:
    """The same episode from each server in turn."""
    out = _made(bench)
    servers: dict[str, Callable[[int], Sequence[str]]] = {"narrate": _narrate(out), "http.server": _python(out)}
    if shutil.which("nginx"):
        servers["nginx"] = _nginx(bench.work, out)
    turns = [
        {name: _measured(bench, command, out) for name, command in servers.items()} for _ in range(bench.repetitions)
    ]
    return _rows(turns, sha256(_episode(out).read_bytes()).hexdigest())


def _rows(turns: list[dict[str, Served]], right: str) -> list[Row]:
    ours = [turn["narrate"] for turn in turns]
    whole = min(sum(each == right for each in turn.found["episodes"]) for turn in ours)
    feeds = max(len({*turn.found["feeds"]}) for turn in ours)
    ratio = median(turn["narrate"].mb_per_s / turn["http.server"].mb_per_s for turn in turns)
    peak_mb = max(each.peak_mb for each in ours)
    last_ms = median(each.found["feed_s"][-1] for each in ours) * 1000
    others = "; ".join(_told(name, [turn[name] for turn in turns], right) for name in turns[0])
    return [
        Row(
            f"{CLIENTS} clients at once: files that arrive whole",
            str(CLIENTS),
            str(whole),
            whole == CLIENTS and feeds == 1 and "" not in ours[0].found["feeds"],
            "By SHA-256; the feed, which all ask for at once before, is the same for all.",
        ),
        Row(
            f"{CLIENTS} clients at once: throughput against Python's own file server",
            f"≥ {_SLOWEST} ×",
            f"{ratio:.2f} ×",
            ratio >= _SLOWEST,
            f"Clients and server share the machine. Throughput, cost and peak memory: {others}.",
        ),
        Row(
            f"{CLIENTS} clients at once: peak memory of the server",
            f"≤ {_MOST_MB} MB",
            f"{peak_mb:.0f} MB",
            peak_mb <= _MOST_MB,
            "The whole process, Python and its libraries among it.",
        ),
        Row(
            f"{CLIENTS} clients at once: until the last has the feed",
            "≤ 2 s",
            f"{last_ms:.0f} ms",
            last_ms <= 2_000,
            f"Alone it takes {median(each.found['feed_alone_s'] for each in ours) * 1000:.0f} ms.",
        ),
    ]


def _told(name: str, served: list[Served], right: str) -> str:
    """What one server did, in a few words."""
    whole = min(sum(each == right for each in one.found["episodes"]) for one in served)
    failed = "" if whole == CLIENTS else f", {CLIENTS - whole} clients refused"
    speed, cost = median(one.mb_per_s for one in served), median(one.cpu_s_per_gb for one in served)
    return f"{name} {speed:.0f} MB/s, {cost:.1f} CPU s a GB, {max(one.peak_mb for one in served):.0f} MB{failed}"


def _made(bench: Bench) -> Path:
    text = "".join(
        f"Salt was worth its weight, said {each} of them, and was carried far.\n\n" for each in range(_SENTENCES)
    )
    article = bench.path("salt.md")
    article.write_text(f"# Salt\n\n{text}", encoding="utf-8")
    bench.narrate("make", "-q", "--engine", "tone", "--no-music", str(article), out="served")
    return bench.path("served")


def _episode(out: Path) -> Path:
    return next(out.glob("*/*/*.mp3"))


def _narrate(out: Path) -> Callable[[int], Sequence[str]]:
    return lambda port: (sys.executable, "-m", "narrate", "serve", "-q", "--port", str(port), "--out", str(out))


def _python(out: Path) -> Callable[[int], Sequence[str]]:
    return lambda port: (sys.executable, "-c", _FILES, str(port), str(out))


def _nginx(work: Path, out: Path) -> Callable[[int], Sequence[str]]:
    def command(port: int) -> Sequence[str]:
        settings = work / "nginx.conf"
        settings.write_text(_NGINX.format(work=work, out=out, port=port), encoding="utf-8")
        return "nginx", "-c", str(settings), "-g", "daemon off; master_process off;"

    return command


def _measured(bench: Bench, command: Callable[[int], Sequence[str]], out: Path) -> Served:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    show = _episode(out).parents[1]
    base = f"http://127.0.0.1:{port}/{show.name}/"
    episode = base + _episode(out).relative_to(show).as_posix()
    with _up(bench, command(port), base + "feed.xml") as server:
        before_s = _cpu_s(server.pid)
        found = json.loads(bench.script("clients.py", base + "feed.xml", episode, str(CLIENTS)).output)
        return Served(found, _cpu_s(server.pid) - before_s, _peak_mb(server.pid))


@contextmanager
def _up(bench: Bench, command: Sequence[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    """The server at work, from when it answers."""
    with subprocess.Popen(
        command, env=bench.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(server, url)
            yield server
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):  # noqa: S310 # this machine's
            return
        time.sleep(0.05)
    raise RuntimeError(f"{server.args!r} does not answer; it ended with {server.poll()}")


def _cpu_s(pid: int) -> float:
    """User and system time of a process (proc_pid_stat(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


GROUPS = {"serve": rows}
