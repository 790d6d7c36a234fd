"""Drivers of pyttsx3's shape that behave as those of macOS and Windows were read to, and as broken ones do.

Run as the worker process: ``fake_drivers.py BEHAVIOUR MARKER SETTINGS``. The driver goes in under
the name that the settings ask pyttsx3 for; everything else is the real worker and the real pyttsx3.
MARKER is a file that remembers, from one process to the next, that a first utterance was tried.
"""

from __future__ import annotations

import json
import math
import os
import struct
import sys
import threading
import time
import types
import wave
from array import array
from pathlib import Path
from typing import Protocol

from narrate.speech import pyttsx3_worker

RATE_HZ = 22_050


class COMError(Exception):
    """As comtypes raises it."""


class Behaviour(Protocol):
    """How a driver writes a file; `first` if it is the first utterance of all processes."""

    def __call__(self, path: Path, text: str, *, first: bool) -> None:
        """Write it."""
        ...


class Proxy(Protocol):
    """What pyttsx3 hands to a driver."""

    def setBusy(self, busy: bool) -> None:  # noqa: FBT001, N802 - pyttsx3's signature
        """Whether the queue waits."""
        ...


class FakeVoice:
    """A voice as pyttsx3 describes it."""

    def __init__(self, name: str, language: str) -> None:
        self.id = f"fake.voices.{name}"
        self.name, self.languages, self.gender = name, [language], "Female"


class FakeDriver:
    """A driver; `behaviour` says how it writes its file."""

    def __init__(self, proxy: Proxy, behaviour: str, marker: Path) -> None:
        self._proxy, self._behaviour, self._marker = proxy, behaviour, marker
        self._looping = False

    def destroy(self) -> None:
        """Nothing to give back."""

    def getProperty(self, name: str) -> object:  # noqa: N802 - pyttsx3's name
        """Two voices; pyttsx3 asks for nothing else here."""
        return [FakeVoice("Anna", "de_DE"), FakeVoice("Daniel", "en_GB")] if name == "voices" else None

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802 - pyttsx3's name
        """Windows' and macOS' drivers print where they cannot; the frames must survive that."""
        sys.stdout.write(f"{name} = {value} is not supported\n" * 100)
        sys.stdout.flush()
        os.write(1, b"and this goes round Python\n")

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """As all drivers: the queue is pumped once, then until `endLoop`."""
        self._looping = True
        self._proxy.setBusy(False)
        while self._looping:
            time.sleep(0.005)

    def stop(self) -> None:
        """Nothing is ever left to stop."""

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """End the loop."""
        self._looping = False

    def save_to_file(self, text: str, filename: str) -> None:
        """Write the file, or misbehave."""
        first = not self._marker.exists()
        self._marker.touch()
        BEHAVIOURS[self._behaviour](Path(filename), text, first=first)


def sound(text: str, share: float = 1.0, amplitude: int = 8_000) -> bytes:
    """A tone about as long as a voice would take, and a little silence."""
    samples = int(share * RATE_HZ * (0.3 + len(text) / 13))
    tone = array("h", (max(-32_768, min(32_767, int(amplitude * math.sin(i / 8)))) for i in range(samples)))
    return tone.tobytes() + bytes(2 * (RATE_HZ // 10))


def write_wav(path: Path, pcm: bytes) -> None:
    """As SAPI 5 does: whole, before it returns."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(pcm)


def aiff(pcm: bytes) -> bytes:
    """As NSSpeechSynthesizer writes it: 16 bits, big-endian."""
    samples = array("h", pcm)
    samples.byteswap()
    body = samples.tobytes()
    common = struct.pack(">hIhHQ", 1, len(samples), 16, 16_397, RATE_HZ << 49)
    chunks = b"COMM" + struct.pack(">I", 18) + common + b"SSND" + struct.pack(">III", len(body) + 8, 0, 0) + body
    return b"FORM" + struct.pack(">I", len(chunks) + 4) + b"AIFF" + chunks


def write_slowly(path: Path, text: str, *, first: bool) -> None:
    """As macOS may: the call returns at once, the header says nothing yet, the sound follows in pieces."""
    del first
    data = aiff(sound(text))

    def write() -> None:
        with path.open("wb", buffering=0) as file:
            file.write(data[:4] + bytes(4) + data[8:54])
            for at in range(54, len(data), 20_000):
                time.sleep(0.02)
                file.write(data[at : at + 20_000])
            file.seek(4)
            file.write(data[4:8])

    threading.Thread(target=write).start()


def fail(path: Path, text: str, *, first: bool) -> None:
    """As comtypes does when SAPI says no."""
    del path, text, first
    raise COMError("-2147200966, None, (None, None, None, 0, None)")


def crash_once(path: Path, text: str, *, first: bool) -> None:
    """The first process dies in the middle."""
    if first:
        os._exit(11)
    write_wav(path, sound(text))


def hang_once(path: Path, text: str, *, first: bool) -> None:
    """The first process never comes back."""
    if first:
        time.sleep(3600)
    write_wav(path, sound(text))


def writes(share: float = 1.0, amplitude: int = 8_000, delay_s: float = 0.0) -> Behaviour:
    """A WAV file at once or after a delay, of any length and loudness."""

    def write(path: Path, text: str, *, first: bool) -> None:
        del first
        time.sleep(delay_s)
        write_wav(path, sound(text, share, amplitude))

    return write


def leaves(data: bytes) -> Behaviour:
    """A file that is not what it should be."""

    def write(path: Path, text: str, *, first: bool) -> None:
        del text, first
        path.write_bytes(data)

    return write


def hang(path: Path, text: str, *, first: bool) -> None:
    """For ever."""
    del path, text, first
    time.sleep(3600)


def forget(path: Path, text: str, *, first: bool) -> None:
    """Write nothing, say nothing."""


BEHAVIOURS = {
    "slowly written": write_slowly,
    "whole": writes(),
    "half a second": writes(delay_s=0.5),
    "error": fail,
    "nothing": forget,
    "empty file": leaves(b""),
    "torn file": leaves(aiff(sound("torn"))[:5_000]),
    "text file": leaves(b"this is no sound at all"),
    "short": writes(share=0.1),
    "silent": writes(amplitude=0),
    "distorted": writes(amplitude=60_000),
    "endless": writes(share=5),
    "crash once": crash_once,
    "hang once": hang_once,
    "hang": hang,
}


def main() -> None:
    """Put the driver in place and be the worker."""
    _, behaviour, marker, settings = sys.argv
    driver = types.ModuleType("fake")
    driver.buildDriver = lambda proxy: FakeDriver(proxy, behaviour, Path(marker))  # type: ignore[attr-defined] # made here
    sys.modules[f"pyttsx3.drivers.{json.loads(settings)['driver']}"] = driver
    sys.argv[1:] = [settings]
    pyttsx3_worker.main()


if __name__ == "__main__":
    main()
