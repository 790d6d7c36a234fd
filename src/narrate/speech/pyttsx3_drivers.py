"""What differs between the drivers of pyttsx3: how an utterance comes back. Part of the worker process.

* eSpeak NG: as shipped, the driver starts eSpeak in the background, returns before the file
  is there, loses texts and drops the times of words. The subclass here speaks before it
  returns, and keeps sound and events in memory.
* SAPI 5 (Windows) writes a WAV file before `runAndWait` returns; NSSpeechSynthesizer (macOS)
  may still be writing its AIFF file then. Both are read from source and tested with recorded
  drivers; nobody has run them yet.

Engine.setProperty queues a change and swallows what goes wrong with it: properties are set
on the driver itself.
"""

from __future__ import annotations

import ctypes
import time
from typing import TYPE_CHECKING, Any, Protocol

from narrate.speech.containers import IncompleteError, read_pcm

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    Record = dict[str, Any]
    """As JSON has it."""

    Spoken = tuple[bytes, int, list[tuple[int, int]] | None]
    """PCM, its rate, and ``(character, sample)`` where words start; None if the driver does not tell."""

_ESPEAK_RATE_HZ = 22_050
_POLL_S = 0.02


class UnknownVoiceError(Exception):
    """The driver has no such voice."""


class Speaker(Protocol):
    """A driver in use."""

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int) -> Spoken:
        """Speak; `voice` "" is the driver's default, `pitch` is left alone by drivers that cannot change it."""
        ...

    def voices(self) -> list[Record]:
        """The driver's voices: id, name, languages, gender."""
        ...


def make_speaker(settings: Record) -> Speaker:
    """The speaker for ``settings["driver"]``, a driver's name in pyttsx3."""
    import pyttsx3

    if settings["driver"] == "espeak":
        return EspeakSpeaker(pyttsx3, settings["library"])
    return FileSpeaker(pyttsx3, settings)


class EspeakSpeaker:
    """eSpeak NG, synchronous, with the audio positions of its words."""

    def __init__(self, pyttsx3: ModuleType, library: str) -> None:
        if library:
            # The driver asks for libespeak-ng.so.1 and is given this one, which has that name. Not RTLD_GLOBAL: that
            # would offer its symbols to whatever is loaded later.
            ctypes.CDLL(library, ctypes.RTLD_LOCAL)
        from pyttsx3.drivers import espeak

        espeak.buildDriver = _synchronous(espeak)
        self._engine = pyttsx3.init("espeak")
        self._driver = self._engine.proxy._driver  # noqa: SLF001 - see the module's docstring
        self._set: Record = {}

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int, *, phonemes: bool = False) -> Spoken:
        """Speak, what stands between ``[[`` and ``]]`` as `phonemes` where asked; RuntimeError where it stops early."""
        try:
            self._change("voice", voice or "gmw/en-us")
        except ValueError as unknown:
            raise UnknownVoiceError(voice) from unknown
        self._change("rate", rate_wpm)
        self._change("pitch", pitch)
        self._driver.phonemes = phonemes
        self._engine.save_to_file(text, "kept in memory")
        self._engine.runAndWait()
        if not self._driver.finished:
            raise RuntimeError("eSpeak stopped before the end")
        return bytes(self._driver.pcm), _ESPEAK_RATE_HZ, self._driver.events

    def voices(self) -> list[Record]:
        """As pyttsx3 lists them."""
        return [_described(voice) for voice in self._engine.getProperty("voices")]

    def _change(self, name: str, value: str | int) -> None:
        if self._set.get(name) != value:
            self._driver.setProperty(name, value)
            self._set[name] = value


def _synchronous(espeak: ModuleType) -> type:
    """pyttsx3's driver, speaking before `startLoop` returns; it stands in for the module's ``buildDriver``."""
    library = espeak._espeak  # noqa: SLF001 - it has no public name
    library.AUDIO_OUTPUT_RETRIEVAL = library.AUDIO_OUTPUT_SYNCHRONOUS
    end_pause = library.ENDPAUSE

    class Driver(espeak.EspeakDriver):  # type: ignore[name-defined,misc] # pyttsx3 has no types
        phonemes = False

        def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
            self.pcm = bytearray()
            self.events: list[tuple[int, int]] = []
            self.finished = False
            # One of the two flags that the driver hands to eSpeak with the text.
            library.ENDPAUSE = end_pause | (library.PHONEMES if self.phonemes else 0)
            self._proxy.setBusy(False)  # the queue hands over the text, and ends the loop before it began
            self._start_synthesis(self._text_to_say)

        def _onSynth(self, wav: Any, samples: int, events: Any) -> int:  # noqa: N802, ANN401 - pyttsx3's name, ctypes' pointers
            index = 0
            while events[index].type != library.EVENT_LIST_TERMINATED:
                if events[index].type == library.EVENT_WORD:
                    position = events[index].audio_position * _ESPEAK_RATE_HZ // 1000
                    self.events.append((events[index].text_position - 1, position))
                index += 1
            if wav and samples > 0:
                self.pcm += ctypes.string_at(wav, 2 * samples)
            self.finished = not wav
            return 0

    return Driver


class FileSpeaker:
    """A driver that writes files, which are read once they are whole by their own headers."""

    def __init__(self, pyttsx3: ModuleType, settings: Record) -> None:
        from pathlib import Path

        self._engine = pyttsx3.init(settings["driver"])
        self._path = Path(settings["folder"], "take.aiff" if settings["driver"] == "nsss" else "take.wav")
        self._patience_s: float = settings["patience_s"]
        self._errors: list[Exception] = []
        # What goes wrong in a queued command is notified, never raised.
        self._engine.connect("error", lambda exception, **_: self._errors.append(exception))

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int) -> Spoken:
        """Speak by way of a file; raises what the driver notified, OSError where the file stays incomplete."""
        del pitch
        driver = self._engine.proxy._driver  # noqa: SLF001 - see the module's docstring
        if voice and voice not in (known["id"] for known in self.voices()):
            raise UnknownVoiceError(voice)
        if voice:
            driver.setProperty("voice", voice)
        driver.setProperty("rate", rate_wpm)
        self._path.unlink(missing_ok=True)
        self._engine.save_to_file(text, str(self._path))
        self._engine.runAndWait()
        if self._errors:
            raise self._errors[0]
        return *_when_whole(self._path, self._patience_s), None

    def voices(self) -> list[Record]:
        """As pyttsx3 lists them."""
        return [_described(voice) for voice in self._engine.getProperty("voices")]


def _when_whole(path: Path, patience_s: float) -> tuple[bytes, int]:
    """The PCM of a file that is being written; OSError once it has not grown for `patience_s` and is not whole."""
    size, since = -1, time.monotonic()
    while True:
        data = path.read_bytes() if path.exists() else b""
        try:
            return read_pcm(data)
        except IncompleteError as incomplete:
            if len(data) != size:
                size, since = len(data), time.monotonic()
            elif time.monotonic() - since > patience_s:
                raise OSError(f"the voice wrote no whole file: {incomplete}") from incomplete
        time.sleep(_POLL_S)


def _described(voice: Any) -> Record:  # noqa: ANN401 - pyttsx3 has no types
    return {
        "id": str(voice.id),
        "name": str(voice.name or ""),
        "languages": [str(language) for language in voice.languages or () if language],
        "gender": str(voice.gender or ""),
    }
