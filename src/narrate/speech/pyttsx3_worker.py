"""The process that pyttsx3 lives in: requests on standard input, replies on standard output.

pyttsx3 and what is below it hang, exit, swallow errors and print. So it has a process
of its own, which the parent may kill at any time and which ends by itself when its standard
input closes. Both ways go frames: four bytes of length, big-endian, then JSON; a reply with
sound has the PCM in a second frame. Whatever a driver prints goes to standard error.

This module and what it imports import as little as they can: every run pays for the start.
Drivers want the main thread (COM, NSRunLoop), so a second one reads the requests.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO

from narrate.speech.pyttsx3_drivers import UnknownVoiceError, make_speaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.speech.pyttsx3_drivers import Record, Speaker

_LENGTH = struct.Struct(">I")


def write_frame(out: BinaryIO, content: bytes) -> None:
    """Write one frame, unflushed."""
    out.write(_LENGTH.pack(len(content)))
    out.write(content)


def read_frame(source: BinaryIO) -> bytes:
    """Read one frame; raises EOFError where the stream ends before the frame does."""
    head = source.read(_LENGTH.size)
    if len(head) == _LENGTH.size:
        (size,) = _LENGTH.unpack(head)
        content = source.read(size)
        if len(content) == size:
            return content
    raise EOFError("the stream ended inside a frame")


def answer(speaker: Speaker, request: Record) -> list[bytes]:
    """The frames that answer a request."""
    if "text" not in request:
        return [_frame(voices=speaker.voices())]
    try:
        pcm, rate_hz, events = speaker.speak(**request)
    except UnknownVoiceError:
        return [_frame(unknown_voice=True)]
    return [_frame(rate_hz=rate_hz, events=events), pcm]


def main() -> None:
    """Speak until standard input closes; the one argument is the settings, as JSON.

    A driver may raise anything. Whatever it is, it is the last that this process says: the next
    utterance deserves a fresh one.
    """
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    stage = "cannot_start"

    def send(*frames: bytes) -> None:
        for frame in frames:
            write_frame(out, frame)
        out.flush()

    sys.excepthook = lambda kind, error, _: send(_frame(**{stage: f"{kind.__name__}: {error}"}))
    requests = _requests()
    speaker = make_speaker(json.loads(sys.argv[1]))
    stage = "error"
    for request in requests:
        send(*answer(speaker, request))


def _frame(**content: object) -> bytes:
    return json.dumps(content).encode()


def _requests() -> Iterator[Record]:
    """Requests as they come. When standard input closes the process ends, whatever the main thread is stuck in."""
    waiting: SimpleQueue[bytes] = SimpleQueue()
    source = os.fdopen(0, "rb")

    def read() -> None:
        try:
            while True:
                waiting.put(read_frame(source))
        except EOFError:
            os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return (json.loads(waiting.get()) for _ in iter(int, 1))


if __name__ == "__main__":
    main()
