"""Takes as bytes, for a cache, and the key that a take is kept under.

A packed take is a magic word with the version of the form, a CRC-32 of all that follows
it, a head (rate, number of words, length of the fingerprint), the fingerprint, 17 bytes a word,
and last the PCM, as long as it goes, so that a reader may map it without copying.
"""

from __future__ import annotations

import hashlib
import json
import struct
from typing import TYPE_CHECKING
from zlib import crc32

from narrate.errors import TakeError, VoiceError
from narrate.model import Clip, Take, WordTime
from narrate.speech.limits import walled

if TYPE_CHECKING:
    from narrate.model import Utterance, Voice
    from narrate.speech.engine import Engine

FORMAT = 2
"""Goes up when the form changes, or what a take says of the same sound: then older takes are spoken anew."""

_MAGIC = b"narrate take" + struct.pack("<H", FORMAT)
_HEAD = struct.Struct("<IIIH")
_WORD = struct.Struct("<IIII?")


def take_key(utterance: Utterance, voice: Voice, engine: Engine) -> str:
    """The key of a take, 64 hexadecimal digits: everything that its sound depends on, which the level is not.

    Phonemes and stress are part of it only where some are given, so that the takes of before they could be are still
    good. Raises `VoiceError` where the engine does not tell what its takes depend on.
    """
    given = [(each.start, each.end, each.ipa) for each in utterance.pronunciations]
    parts = (
        FORMAT,
        _fingerprint(voice, engine),
        voice.engine,
        voice.id,
        utterance.language,
        voice.rate_wpm,
        voice.pitch,
        utterance.spoken,
        *(given,) * bool(given),
        *("stressed", utterance.stressed) * bool(utterance.stressed),
        *("repeatable",) * voice.repeatable,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _fingerprint(voice: Voice, engine: Engine) -> str:
    try:
        return walled(lambda: engine.fingerprint(voice))
    except TakeError as wrong:
        raise VoiceError(f"the engine '{voice.engine}' cannot use the voice '{voice.name}' ({wrong})") from wrong


def pack_take(take: Take) -> bytes:
    """A take as bytes; the same take gives the same bytes."""
    fingerprint = take.fingerprint.encode()
    words = b"".join(
        _WORD.pack(word.start_samples, word.end_samples, word.spoken_start, word.spoken_end, word.estimated)
        for word in take.words
    )
    sizes = struct.pack("<IIH", take.clip.rate_hz, len(take.words), len(fingerprint))
    checksum = crc32(take.clip.pcm, crc32(sizes + fingerprint + words))
    return b"".join((_MAGIC, struct.pack("<I", checksum), sizes, fingerprint, words, take.clip.pcm))


def unpack_take(data: bytes) -> Take:
    """A take from its bytes; raises `TakeError` where they are of another version, incomplete or altered."""
    head = len(_MAGIC)
    if data[:head] != _MAGIC or len(data) < head + _HEAD.size:
        raise TakeError("a stored take is of another version, or none; it is to be spoken again")
    checksum, rate_hz, count, size = _HEAD.unpack_from(data, head)
    if crc32(memoryview(data)[head + 4 :]) != checksum:
        raise TakeError("a stored take was altered; it is to be spoken again")
    at = head + _HEAD.size
    words = at + size
    sound = words + count * _WORD.size
    return Take(
        Clip(data[sound:], rate_hz),
        tuple(WordTime(*fields) for fields in _WORD.iter_unpack(data[words:sound])),
        data[at:words].decode(),
    )
