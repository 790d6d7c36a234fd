"""The Info frame at the head of an MP3: how long it is, how to seek in it, what to cut off its ends.

Layout by Xing's VBR header and LAME's tag (LAME 3.100, libmp3lame/VbrTag.c;
http://gabriel.mp3-tech.org/mp3infotag.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import pack

from narrate.episode.formats.crc import Crc16
from narrate.episode.formats.frames import MONO, header, side_info_bytes

ENCODER_DELAY_SAMPLES = 576
"""What LAME puts in front; a decoder adds 529 samples of its own and knows it (LAME, encoder.h: ENCDELAY, DECDELAY)."""
TOC_ENTRIES = 100

_ALL_FIELDS = 0xF
"""Frames, bytes, table of contents and quality are given."""
_CBR = 1
_LOWPASS_100HZ = 200
"""LAME's lowpass at 96 kbit/s mono: white noise decodes 30 dB down above 20 kHz."""
_NSPSYTUNE_ATH4 = 0x14
_SOURCE_44100 = 1 << 6
_STEREO_MODES = {0: 1 << 2, 1: 3 << 2, MONO: 0}
"""How LAME's tag tells a header's mode."""


@dataclass(frozen=True, slots=True)
class Info:
    """What an Info frame of `size_bytes`, at least 177, or 192 of stereo, says.

    `encoder` is "LAME" and its version, at most nine characters of ASCII. `frames` and
    `audio_bytes` count what follows this frame. `toc` holds for each hundredth of the time
    where it begins, in 256ths of the file. `padding_samples` are to be dropped at the end,
    the decoder's own 529 among them.
    """

    encoder: bytes
    kbps: int
    quality: int
    size_bytes: int
    frames: int
    audio_bytes: int
    toc: bytes
    padding_samples: int
    music_crc: int
    mode: int = MONO


def info_frame(info: Info) -> bytes:
    """The frame itself: silent to a decoder that does not know it."""
    total = info.audio_bytes + info.size_bytes
    xing = b"Info" + pack(">III", _ALL_FIELDS, info.frames, total) + info.toc + pack(">I", 100 - info.quality)
    lame = info.encoder.ljust(9, b"\0") + bytes([_CBR, _LOWPASS_100HZ]) + bytes(8)
    lame += bytes([_NSPSYTUNE_ATH4, min(info.kbps, 255)])  # higher rates are told as 255
    trims = (ENCODER_DELAY_SAMPLES << 12 | info.padding_samples).to_bytes(3, "big")
    ends = trims + bytes([_SOURCE_44100 | _STEREO_MODES[info.mode], 0, 0, 0]) + pack(">IH", total, info.music_crc)
    frame = header(info.kbps, info.mode) + bytes(side_info_bytes(info.mode)) + xing + lame + ends
    crc = Crc16()
    crc.feed(frame)
    return (frame + pack(">H", crc.value())).ljust(info.size_bytes, b"\0")


def toc_of(starts: list[int], info_bytes: int, total_bytes: int) -> bytes:
    """The table of contents: `starts` are the offsets in the audio of the frames at each hundredth of the time."""
    return bytes(min(255, (start + info_bytes) * 256 // total_bytes) for start in starts)
