"""mpv, which plays from the middle: it must ask for ranges, and hear what is there."""

from __future__ import annotations

import re
import urllib.parse
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from tests.clients.client import Client, There, digest

if TYPE_CHECKING:
    from pathlib import Path

_ASKED = re.compile(r"Range: bytes=([0-9]+)-")
_PLACES = (80, 20, 60)
_PLAY = ("mpv", "--no-config", "--no-video", "--no-terminal", "--ytdl=no", "--cache=no", "--demuxer-max-bytes=64KiB")
_JUMPS = """\
local places = {%s}
mp.register_event("playback-restart", function()
  local place = table.remove(places, 1)
  if place then mp.commandv("seek", place, "absolute-percent") else mp.commandv("quit") end
end)
"""


def fetch(there: There) -> str:
    """Jump about in the newest episode; then hear a second at each place, of the host's and of a copy: the same."""
    there.run("curl", "-sfo", "feed.xml", there.url)
    enclosure = ET.parse(there.home / "feed.xml").find("channel/item/enclosure")  # noqa: S314 # ours
    url = enclosure.get("url", "") if enclosure is not None else ""
    copy = there.home / urllib.parse.urlsplit(url).path.rpartition("/")[2]
    there.run("curl", "-sfo", str(copy), url)
    asked = _jump(there, url)
    for place in _PLACES:
        if _heard(there, url, place) != _heard(there, str(copy), place):
            message = f"at {place} % another sound is heard than the file has"
            raise RuntimeError(message)
    return f"jumped thrice, asked for ranges from {', '.join(map(str, asked))}; hears there what the file has"


def _jump(there: There, url: str) -> list[int]:
    """The beginnings of the ranges that it asks for: back it cannot go otherwise, forward it may read on."""
    script, log = there.home / "jumps.lua", there.home / "log"
    script.write_text(_JUMPS % ", ".join(map(str, _PLACES)))
    there.run(*_PLAY, "--ao=null", f"--script={script}", "--msg-level=all=no,ffmpeg=trace", f"--log-file={log}", url)
    asked = [int(first) for first in _ASKED.findall(log.read_text(errors="replace")) if int(first)]
    if not asked:
        raise RuntimeError("it jumped back and forth and asked for no range")
    return asked


def _heard(there: There, source: str, place: int) -> str:
    """The digest of a second of sound."""
    out: Path = there.home / "heard.wav"
    there.run(*_PLAY, f"--start={place}%", "--length=1", "--ao=pcm", f"--ao-pcm-file={out}", source)
    return digest(out)


CLIENT = Client("mpv", ("mpv", "curl"), fetch, apt=("mpv", "curl"), whole=False)
