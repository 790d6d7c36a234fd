"""Music from narrate's own piece or from any audio file, brought to one rate, one loudness, 1 or 2 channels."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from narrate.errors import MixError
from narrate.mix import piece
from narrate.mix.bed import LONGEST_SAMPLES, SHORTEST_SAMPLES, bed_lufs, level_factor, looped
from narrate.mix.levels import MUSIC_LUFS
from narrate.mix.loudness import channel_energies, momentary
from narrate.mix.score import Piece, Score, leading_silence_ms, segment_of
from narrate.model import RATE_HZ, MusicChoice, MusicPart, ms_to_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pydub import AudioSegment

    from narrate.mix.decode import Decoded

NONE, DEFAULT = "none", "default"

_LONGEST_MS = {MusicPart.INTRO: 9_000, MusicPart.STING: 4_000, MusicPart.OUTRO: 4_500}
"""How much of a piece can be heard; no more of a file is read."""

_LONGEST_SILENCE_MS = 10_000
"""How far into a file its music may begin."""

_SILENT_DBFS = -60.0
_SILENT = 32
"""A sample of that size is at -60 dBFS."""

_CHUNK_SAMPLES = 10 * RATE_HZ

_CANCELLED_DB = 6.0
"""Channels that lose more than this by being added up are out of phase: the louder one is used alone."""


def load_music(choice: MusicChoice, channels: int = 1) -> Score:
    """The music that was chosen for each part, decoded and levelled, with the channels of the episode.

    Raises MixError, naming the part and the file, for what is missing, is not audio, is silent, or too short for a bed.
    """
    chosen = {MusicPart(part): source for part, source in asdict(choice).items() if source != NONE}
    pieces = {part: _piece(part, source, channels) for part, source in chosen.items()}
    return Score(pieces, channels)


def _piece(part: MusicPart, source: str, channels: int) -> Piece:
    if part is MusicPart.BED:
        return _bed(source, channels)
    ours = source == DEFAULT
    told = ""
    if ours:
        sound = segment_of(_sixteen_bit(piece.compose(part)))
    else:
        sound, told = _from_file(part, Path(source), channels)
    pcm = _levelled(sound.set_channels(channels), part, source)
    return Piece(pcm, hashlib.sha256(pcm).hexdigest(), channels, told=told)


def _from_file(part: MusicPart, path: Path, channels: int) -> tuple[AudioSegment, str]:
    """The beginning of a file's music, and what is to be said of it; silence before it is cut."""
    longest_ms = _LONGEST_MS[part]
    decoded = _decoded(part, path, ms_to_samples(longest_ms + _LONGEST_SILENCE_MS))
    sound = segment_of(bytes(decoded.pcm), channels=2)
    if channels == 1:
        sound = _downmixed(sound)
    begins_ms = leading_silence_ms(sound, _SILENT_DBFS)
    sound = sound[begins_ms : begins_ms + longest_ms]
    return sound, _told(part, path, decoded) if len(sound) < longest_ms else ""


def _told(part: MusicPart, path: Path, decoded: Decoded) -> str:
    """A sentence on a file that breaks off, or nothing."""
    if not decoded.broken:
        return ""
    seconds = len(decoded.pcm) / 4 / RATE_HZ
    return (
        f"the {part} music '{path}' breaks off after {seconds:.1f} s: the file is damaged or cut short "
        "(copy or export it again); what is before that is played"
    )


def _decoded(part: MusicPart, path: Path, samples: int) -> Decoded:
    """The beginning of a file, 16-bit stereo; raises MixError."""
    # PyAV costs 0.1 s to import, and the default music does without it
    from narrate.mix.decode import NoAudioError, OpaqueError, decode

    try:
        if path.exists() and not path.is_file():
            raise MixError(_complaint(part, path, "that is not a file"))
        return decode(path, samples)
    except OSError as error:
        raise MixError(_complaint(part, path, error.strerror or "cannot be read")) from error
    except OpaqueError as error:
        reason = "its sound cannot be decoded: it is protected against copying, damaged, or of an unknown kind"
        raise MixError(_complaint(part, path, reason)) from error
    except ValueError as error:
        lost = "its index is damaged or missing (copy or export it again)"
        reason = (
            lost if _is_mp4(path) and not isinstance(error, NoAudioError) else "that is not audio that can be decoded"
        )
        raise MixError(_complaint(part, path, reason)) from error


def _is_mp4(path: Path) -> bool:
    """Whether a file begins as an MP4 file does (ISO 14496-12, 4.3), which may have its index at its end."""
    with path.open("rb") as file:
        return file.read(8)[4:] == b"ftyp"


def _downmixed(sound: AudioSegment) -> AudioSegment:
    """Both channels as one, or the louder alone where they would cancel each other."""
    mixed = sound.set_channels(1)
    louder = max(sound.split_to_mono(), key=lambda channel: channel.rms)
    return louder if louder.dBFS - mixed.dBFS > _CANCELLED_DB else mixed


def _levelled(sound: AudioSegment, part: MusicPart, source: str) -> bytes:
    """The PCM of the sound at `MUSIC_LUFS`, by its loudest 400 ms."""
    samples = np.frombuffer(sound.raw_data, "<i2").reshape(-1, sound.channels).astype(np.float32) / np.float32(32768)
    hops = channel_energies(samples)
    loudest = float(momentary(np.pad(hops, (0, max(0, 4 - len(hops))))).max(initial=-np.inf))
    if not len(samples) or sound.dBFS < _SILENT_DBFS or not np.isfinite(loudest):
        raise MixError(_complaint(part, Path(source), "holds no sound at its beginning"))
    return bytes(sound.apply_gain(MUSIC_LUFS - loudest).raw_data)


def _bed(source: str, channels: int) -> Piece:
    """A piece that loops; of a long one the first minutes."""
    part, path, told = MusicPart.BED, Path(source), ""
    if source == DEFAULT:
        sound = np.frombuffer(_sixteen_bit(piece.compose(part)), "<i2")[:, None]
    else:
        decoded = _decoded(part, path, LONGEST_SAMPLES + ms_to_samples(_LONGEST_SILENCE_MS))
        sound = _sounding(decoded.pcm)
        told = _told(part, path, decoded) if len(sound) < LONGEST_SAMPLES else ""
        del decoded
    if not len(sound):
        raise MixError(_complaint(part, path, "holds no sound at its beginning"))
    if len(sound) < SHORTEST_SAMPLES:
        lasts = "breaks off after" if told else "lasts"
        seconds = f"{lasts} {len(sound) / RATE_HZ:.1f} s, and music that plays on and on"
        raise MixError(_complaint(part, path, f"{seconds} needs {SHORTEST_SAMPLES // RATE_HZ} s"))
    sound = _with_channels(sound, channels)  # what was decoded is let go of: two minutes are 21 MB
    louder = level_factor(bed_lufs(sound), MUSIC_LUFS, max(int(sound.max()), -int(sound.min())))
    samples, seam = looped(sound)
    parts = (samples[at : at + _CHUNK_SAMPLES] * np.float32(louder) for at in range(0, len(samples), _CHUNK_SAMPLES))
    pcm = b"".join(np.rint(part).astype("<i2").tobytes() for part in parts)
    return Piece(pcm, hashlib.sha256(pcm).hexdigest(), channels, seam, told)


def _sounding(pcm: bytearray) -> NDArray[np.int16]:
    """The first minutes of stereo PCM, without silence at its ends, (n, 2)."""
    samples = np.frombuffer(pcm, "<i2").reshape(-1, 2)
    step = RATE_HZ // 100
    heard = [
        at for at in range(0, len(samples), step) if np.abs(samples[at : at + step].astype(np.int32)).max() > _SILENT
    ]
    return samples[heard[0] : heard[-1] + step][:LONGEST_SAMPLES] if heard else samples[:0]


def _with_channels(samples: NDArray[np.int16], channels: int) -> NDArray[np.int16]:
    """Samples, (n, 1) or (n, 2), as so many channels; two become one as `_downmixed` does it."""
    if channels == samples.shape[1]:
        return samples
    if channels > samples.shape[1]:
        return np.repeat(samples, channels, axis=1)
    mixed = np.empty((len(samples), 1), np.int16)
    for at in range(0, len(samples), _CHUNK_SAMPLES):
        both = samples[at : at + _CHUNK_SAMPLES].astype(np.int32)
        mixed[at : at + _CHUNK_SAMPLES] = both.sum(axis=1, keepdims=True) >> 1
    power = [_power(samples[:, :1]), _power(samples[:, 1:])]
    louder = int(power[1] > power[0])
    cancelled = power[louder] > 10 ** (_CANCELLED_DB / 10) * _power(mixed)
    return samples[:, louder : louder + 1] if cancelled else mixed


def _power(samples: NDArray[np.int16]) -> float:
    chunks = (samples[at : at + _CHUNK_SAMPLES].astype(np.float64) for at in range(0, len(samples), _CHUNK_SAMPLES))
    return float(sum((chunk**2).sum() for chunk in chunks))


def _sixteen_bit(samples: NDArray[np.float32]) -> bytes:
    return np.round(samples * 32767).astype("<i2").tobytes()


def _complaint(part: MusicPart, path: Path, what: str) -> str:
    return f"the {part} music '{path}': {what[:1].lower()}{what[1:]}; give another audio file, 'default' or 'none'"
