"""pyttsx3: every voice that the operating system has, and eSpeak NG's hundred languages on Linux.

The library itself is never imported here: it lives in a worker process (`pyttsx3_worker`).
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import threading
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from narrate.model import Clip, Take, Voice
from narrate.speech.languages import same_language, tag_of
from narrate.speech.marked import marked, places
from narrate.speech.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Utterance
    from narrate.speech.pyttsx3_process import WorkerProcess

_DRIVERS = {"darwin": "nsss", "win32": "sapi5"}
"""As in pyttsx3's own table; eSpeak everywhere else."""

_SYSTEMS = {"nsss": "macOS", "sapi5": "Windows", "espeak": "eSpeak NG"}

_LICENCES = {"espeak": "GPL-3.0-or-later"}
_QUALITIES = {"espeak": "rules"}
_RATES_HZ = {"espeak": 22_050}
"""What is known of a driver's voices; those of macOS and Windows are their systems' own, of many kinds."""

_GENDERS = ("female", "male", "neuter")
"""Within "Male", "VoiceGenderFemale" and other names of the drivers'; the longer of two first."""

_WITHOUT_DICTIONARY = frozenset({"gmq/fo", "trk/kaa", "art/xex"})
"""eSpeak NG 1.52 lists these voices, and their dictionaries are not in its data."""


class Pyttsx3Engine:
    """Speaks with the system's voices, one utterance at a time, in a worker process that may be killed at any moment.

    `command` and `driver` are for tests and for systems with another driver than their own; `limit_s` is the
    time for an utterance besides that of its characters, `patience_s` how long a driver's file may stay as it is.
    """

    name = "pyttsx3"
    concurrency = 1

    def __init__(
        self, driver: str = "", command: Sequence[str] = (), *, limit_s: float = 30.0, patience_s: float = 10.0
    ) -> None:
        self.driver = driver or _DRIVERS.get(sys.platform, "espeak")
        self._command = command
        self._limit_s = limit_s
        self._patience_s = patience_s
        self._turn = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def fingerprint(self, voice: Voice) -> str:
        """Versions of pyttsx3 and of what speaks below it: eSpeak's package, or the system."""
        del voice
        return f"pyttsx3 {_version('pyttsx3')} {self.driver} {_below(self.driver)}"

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Speak; times are eSpeak's own, or estimated from the text where the driver tells none."""
        from narrate.speech.levels import levels_of
        from narrate.speech.words import words_from_events, words_from_text

        text = plain(utterance.spoken)
        given = utterance.pronunciations if self._takes_phonemes(voice) else ()
        sent = marked(text, given, utterance.stressed if self.driver == "espeak" else (), voice.pitch)
        request = {"text": sent.text, "voice": voice.id, "rate_wpm": voice.rate_wpm, "pitch": voice.pitch}
        reply, pcm = self._ask(request | ({"phonemes": True} if given and sent.spots else {}))
        clip = Clip(pcm, reply["rate_hz"])
        levels = levels_of(clip)
        events = reply["events"]
        if events is None:
            words = words_from_text(text, levels)
        else:
            words = words_from_events(text, places(sent, events), levels)
        return Take(clip, words, self.fingerprint(voice))

    def _takes_phonemes(self, voice: Voice) -> bool:
        """Whether phonemes can be handed over: eSpeak takes them by names that differ with the language."""
        return self.driver == "espeak" and same_language(voice.language, "en")

    def voices(self) -> Sequence[Voice]:
        """The system's voices; it starts the worker."""
        reply, _ = self._ask({})
        known = [record for record in reply["voices"] if record["id"] not in _WITHOUT_DICTIONARY]
        return [self._voice(record) for record in known]

    def close(self) -> None:
        """End the worker."""
        with self._turn:
            self._end(kill=False)

    def restart(self) -> None:
        """Kill the worker; the next utterance starts another."""
        with self._turn:
            self._end(kill=True)

    def _ask(self, request: Mapping[str, Any]) -> tuple[Mapping[str, Any], bytes]:
        # Speech takes about a tenth of a second a character, and no driver is slower than speech.
        limit_s = self._limit_s + len(request.get("text", "")) / 10
        with self._turn:
            if self._worker is None or not self._worker.is_alive:
                self._end(kill=True)
                self._worker = self._start()
            try:
                return self._worker.ask(request, limit_s)
            finally:
                if not self._worker.is_alive:
                    self._end(kill=True)

    def _start(self) -> WorkerProcess:
        import json

        from narrate.speech.pyttsx3_process import WORKER, WorkerProcess

        library, data = _espeak_package() if self.driver == "espeak" else ("", "")
        settings = {"driver": self.driver, "library": library, "patience_s": self._patience_s}
        if self.driver != "espeak":
            self._folder = tempfile.TemporaryDirectory(prefix="narrate-")
            settings["folder"] = self._folder.name
        # Without its data path eSpeak ends the process.
        environment = {**os.environ, "ESPEAK_DATA_PATH": data} if data else os.environ
        return WorkerProcess((*(self._command or WORKER), json.dumps(settings)), environment)

    def _end(self, *, kill: bool) -> None:
        if self._worker is not None:
            (self._worker.kill if kill else self._worker.close)()
        if self._folder is not None:
            self._folder.cleanup()
        self._worker = self._folder = None

    def _voice(self, record: Mapping[str, Any]) -> Voice:
        id_ = record["id"]
        short = id_.rsplit("/", 1)[-1] if self.driver == "espeak" else record["name"] or id_
        return Voice(
            name=f"{self.driver}:{short}",
            engine=self.name,
            id=id_,
            language=tag_of(record["languages"][0]) if record["languages"] else "und",
            label=f"{_SYSTEMS[self.driver]}, {record['name'].strip() or short}",
            gender=_gender(record.get("gender", "")),
            licence=_LICENCES.get(self.driver, f"as {_SYSTEMS[self.driver]}"),
            quality=_QUALITIES.get(self.driver, ""),
            rate_hz=_RATES_HZ.get(self.driver, 0),
        )


def _gender(told: str) -> str:
    """A driver's word for a gender.

    >>> _gender("VoiceGenderFemale"), _gender("Male"), _gender("None")
    ('female', 'male', '')
    """
    return next((gender for gender in _GENDERS if gender in told.lower()), "")


@cache
def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"


def _below(driver: str) -> str:
    if driver == "espeak" and sys.platform == "linux":
        return f"espeakng-loader {_version('espeakng-loader')}"
    return f"{platform.system()} {platform.release()}"


def _espeak_package() -> tuple[str, str]:
    """The library and the data of the package that brings eSpeak NG; empty where the system's own is to be found."""
    try:
        import espeakng_loader
    except ImportError:
        return "", ""
    return espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
