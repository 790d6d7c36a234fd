"""Music from narrate's own piece or from any audio file, brought to one form: mono, 44.1 kHz, one loudness."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import MixError
from narrate.mix import piece
from narrate.mix.levels import MUSIC_LUFS
from narrate.mix.loudness import energies, momentary
from narrate.mix.score import Piece, Score, leading_silence_ms, segment_of
from narrate.model import MusicChoice, MusicPart, ms_to_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pydub import AudioSegment

NONE, DEFAULT = "none", "default"

_LONGEST_MS = {MusicPart.INTRO: 9_000, MusicPart.STING: 4_000, MusicPart.OUTRO: 4_500}
"""How much of a piece can be heard; no more of a file is read."""

_LONGEST_SILENCE_MS = 10_000
"""How far into a file its music may begin."""

_SILENT_DBFS = -60.0
_CANCELLED_DB = 6.0
"""Channels that lose more than this by being added up are out of phase: the louder one is used alone."""


def load_music(choice: MusicChoice) -> Score:
    """The music that was chosen for each part, decoded and levelled.

    Raises MixError, naming the part and the file, for what is missing, is not audio, or is silent.
    """
    chosen = {MusicPart.INTRO: choice.intro, MusicPart.STING: choice.sting, MusicPart.OUTRO: choice.outro}
    return Score({part: _piece(part, source) for part, source in chosen.items() if source != NONE})


def _piece(part: MusicPart, source: str) -> Piece:
    ours = source == DEFAULT
    sound = segment_of(_sixteen_bit(piece.compose(part))) if ours else _from_file(part, Path(source))
    pcm = _levelled(sound, part, source)
    return Piece(pcm, hashlib.sha256(pcm).hexdigest())


def _from_file(part: MusicPart, path: Path) -> AudioSegment:
    """The beginning of a file's music, mono; silence before it is cut."""
    # PyAV costs 0.1 s to import, and the default music does without it
    from narrate.mix.decode import decode

    longest_ms = _LONGEST_MS[part]
    try:
        if path.exists() and not path.is_file():
            raise MixError(_complaint(part, path, "that is not a file"))
        pcm = decode(path, ms_to_samples(longest_ms + _LONGEST_SILENCE_MS))
    except OSError as error:
        raise MixError(_complaint(part, path, error.strerror or "cannot be read")) from error
    except ValueError as error:
        raise MixError(_complaint(part, path, "that is not audio that can be decoded")) from error
    sound = _downmixed(segment_of(pcm, channels=2))
    begins_ms = leading_silence_ms(sound, _SILENT_DBFS)
    return sound[begins_ms : begins_ms + longest_ms]


def _downmixed(sound: AudioSegment) -> AudioSegment:
    """Both channels as one, or the louder alone where they would cancel each other."""
    mixed = sound.set_channels(1)
    louder = max(sound.split_to_mono(), key=lambda channel: channel.rms)
    return louder if louder.dBFS - mixed.dBFS > _CANCELLED_DB else mixed


def _levelled(sound: AudioSegment, part: MusicPart, source: str) -> bytes:
    """The PCM of the sound at `MUSIC_LUFS`, by its loudest 400 ms."""
    samples = np.frombuffer(sound.raw_data, "<i2").astype(np.float32) / np.float32(32768)
    hops = energies(samples)
    loudest = float(momentary(np.pad(hops, (0, max(0, 4 - len(hops))))).max(initial=-np.inf))
    if not len(samples) or sound.dBFS < _SILENT_DBFS or not np.isfinite(loudest):
        raise MixError(_complaint(part, Path(source), "holds no sound at its beginning"))
    return bytes(sound.apply_gain(MUSIC_LUFS - loudest).raw_data)


def _sixteen_bit(samples: NDArray[np.float32]) -> bytes:
    return np.round(samples * 32767).astype("<i2").tobytes()


def _complaint(part: MusicPart, path: Path, what: str) -> str:
    return f"the {part} music '{path}': {what[:1].lower()}{what[1:]}; give another audio file, 'default' or 'none'"
