"""The Info frame at the head of an MP3: how long it is, how to seek in it, what to cut off its ends.

Layout by Xing's VBR header and LAME's tag (LAME 3.100, libmp3lame/VbrTag.c;
http://gabriel.mp3-tech.org/mp3infotag.html).
"""

from __future__ import annotations

from struct import pack

from narrate.episode.formats.crc import Crc16
from narrate.episode.formats.frames import SIDE_INFO_BYTES, header

ENCODER_DELAY_SAMPLES = 576
"""What LAME puts in front; a decoder adds 529 samples of its own and knows it (LAME, encoder.h: ENCDELAY, DECDELAY)."""
TOC_ENTRIES = 100

_ALL_FIELDS = 0xF
"""Frames, bytes, table of contents and quality are given."""
_CBR = 1
_LOWPASS_100HZ = 200
"""LAME's lowpass at 96 kbit/s mono: white noise decodes 30 dB down above 20 kHz."""
_NSPSYTUNE_ATH4 = 0x14
_SOURCE_44100_MONO = 1 << 6


def info_frame(  # noqa: PLR0913 - the fields of one frame, each named by its caller
    *,
    encoder: bytes,
    kbps: int,
    size: int,
    frames: int,
    audio_bytes: int,
    toc: bytes,
    padding: int,
    quality: int,
    music_crc: int,
) -> bytes:
    """An Info frame of `size` bytes, at least 177.

    `encoder` is a name of at most nine ASCII characters, "LAME" and its version. `frames` and `audio_bytes` count the frames after this one, `toc` holds for
    each hundredth of the time where it begins, in 256ths of the file; `padding`
    is the number of samples to drop at the end, before the decoder's own 529.
    """
    total = audio_bytes + size
    fields = b"Info" + pack(">III", _ALL_FIELDS, frames, total) + toc + pack(">I", 100 - quality)
    lame = encoder.ljust(9, b"\0") + bytes([_CBR, _LOWPASS_100HZ]) + bytes(8) + bytes([_NSPSYTUNE_ATH4, kbps])
    trims = (ENCODER_DELAY_SAMPLES << 12 | padding).to_bytes(3, "big")
    ends = trims + bytes([_SOURCE_44100_MONO, 0, 0, 0]) + pack(">IH", total, music_crc)
    frame = header(kbps) + bytes(SIDE_INFO_BYTES) + fields + lame + ends
    crc = Crc16()
    crc.feed(frame)
    return (frame + pack(">H", crc.value())).ljust(size, b"\0")


def toc_of(starts: list[int], info_bytes: int, total_bytes: int) -> bytes:
    """The table of contents: `starts` are the offsets in the audio of the frames at each hundredth of the time."""
    return bytes(min(255, (start + info_bytes) * 256 // total_bytes) for start in starts)
