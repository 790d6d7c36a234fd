"""Frames of MPEG audio and the Info frame, as mutagen reads them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from struct import unpack_from
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen import mp3 as mutagen_mp3

from narrate.episode.formats.format import encoded
from narrate.episode.formats.frames import BITRATES_KBPS, frame_bytes, frame_starts, header, main_data_begin
from narrate.episode.formats.info import Info, info_frame, toc_of
from narrate.episode.formats.mp3 import RATES_KBPS, Mp3
from narrate.errors import EpisodeError
from narrate.model import FRAME_SAMPLES, RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.episode.conftest import Sound

    from narrate.model import Timeline

mp3: Any = mutagen_mp3
INFO = Info(
    encoder=b"LAME3.100",
    kbps=96,
    quality=7,
    size_bytes=313,
    frames=1000,
    audio_bytes=313_469,
    toc=bytes(range(100)),
    padding_samples=1105,
    music_crc=0xBEEF,
)


def frame_of(kbps: int, *, padded: bool = False) -> bytes:
    """A whole frame, its header with or without the padding bit, and nothing in it."""
    head = bytearray(header(kbps))
    head[2] |= 0b10 * padded
    return bytes(head) + bytes(144_000 * kbps // RATE_HZ + padded - 4)


def mutagens(data: bytes) -> Any:  # noqa: ANN401 - mutagen has no types
    """The MPEG information of a file."""
    return mp3.MPEGInfo(BytesIO(data))


@pytest.mark.parametrize("kbps", BITRATES_KBPS[1:])
def test_a_header_says_what_it_was_made_for(kbps: int) -> None:
    """Bit rate, sample rate, one channel, layer III of MPEG-1, without CRC: by mutagen, at every rate there is."""
    info = mutagens(frame_of(kbps) * 12)

    assert (info.bitrate, info.sample_rate, info.mode) == (kbps * 1000, RATE_HZ, mp3.MONO)
    assert (info.version, info.layer, info.protected, info.sketchy) == (1, 3, False, False)


@pytest.mark.parametrize("kbps", BITRATES_KBPS[1:])
@pytest.mark.parametrize("padded", [False, True])
def test_frames_are_found_where_they_are(kbps: int, padded: bool) -> None:  # noqa: FBT001 # an axis
    """Each begins where the one before it ends; the padding bit counts for a byte."""
    frame = frame_of(kbps, padded=padded)

    assert frame_bytes(frame, 0, kbps) == len(frame)
    assert list(frame_starts(frame * 3, kbps)) == [0, len(frame), 2 * len(frame), 3 * len(frame)]
    assert list(frame_starts(b"", kbps)) == [0]


@pytest.mark.parametrize(
    ("place", "bits"),
    [(0, 0x01), (1, 0x80), (1, 0x02), (1, 0x08), (1, 0x01), (2, 0x04), (2, 0x10), (2, 0x80), (3, 0x40), (3, 0x80)],
)
def test_another_kind_of_frame_is_none_of_ours(place: int, bits: int) -> None:
    """Sync, layer, version, CRC, sample rate, bit rate, channels: one bit turned, and it is not taken for ours."""
    frame = bytearray(frame_of(96))
    frame[place] ^= bits

    assert frame_bytes(bytes(frame), 0, 96) == 0
    with pytest.raises(EpisodeError, match=f"damaged at byte 0 of {len(frame)}"):
        list(frame_starts(bytes(frame), 96))


@given(st.integers(1, 5), st.integers(1, 312))
def test_a_part_of_a_frame_is_damage(whole: int, part: int) -> None:
    """What is cut short is noticed, and where."""
    frame = frame_of(96)

    with pytest.raises(EpisodeError, match=f"damaged at byte {whole * len(frame)} of {whole * len(frame) + part}; "):
        list(frame_starts(frame * whole + frame[:part], 96))


@given(st.integers(0, 511))
def test_nine_bits_say_how_far_back_a_frame_reaches(back: int) -> None:
    """They stand at the head of the side information (ISO 11172-3, 2.4.1.7)."""
    frame = bytearray(frame_of(96))
    frame[4:6] = (back << 7 | 0x55).to_bytes(2, "big")

    assert main_data_begin(b"before" + bytes(frame), 6) == back


def test_mutagen_reads_every_field_of_the_info_frame() -> None:
    """Layout by Xing and LAME: counts, quality, method, low pass, bit rate and both trims."""
    data = info_frame(INFO)
    xing = mp3.XingHeader(BytesIO(data[21:]))
    lame = xing.lame_header

    assert len(data) == INFO.size_bytes
    assert (xing.is_info, xing.frames, xing.bytes) == (True, 1000, 313_469 + 313)
    assert (xing.toc, xing.vbr_scale) == (list(range(100)), 93)
    assert (xing.lame_version, xing.lame_version_desc[:5]) == ((3, 100), "3.100")
    assert (lame.vbr_method, lame.lowpass_filter, lame.bitrate) == (1, 20_000, 96)
    assert (lame.encoder_delay_start, lame.encoder_padding_end) == (576, 1105)
    assert (lame.track_gain_adjustment, lame.album_gain_adjustment, lame.track_peak) == (None, None, None)


@given(st.integers(0, 4095), st.integers(0, 2**32 - 1 - 313), st.integers(0, 2**32 - 1))
def test_no_field_runs_into_another(padding: int, audio_bytes: int, frames: int) -> None:
    """Largest and smallest values leave their neighbours alone; the length is what mutagen makes of them."""
    data = info_frame(replace(INFO, padding_samples=padding, audio_bytes=audio_bytes, frames=frames))
    xing = mp3.XingHeader(BytesIO(data[21:]))

    assert (xing.frames, xing.bytes) == (frames, audio_bytes + 313)
    assert (xing.lame_header.encoder_delay_start, xing.lame_header.encoder_padding_end) == (576, padding)
    assert xing.lame_header.bitrate == 96
    assert unpack_from(">IH", data, 21 + 120 + 28) == (audio_bytes + 313, 0xBEEF)


def test_a_decoder_that_does_not_know_it_hears_silence() -> None:
    """The frame without its word is a frame like any other: FFmpeg's decoder finds nothing in it."""
    unknown = info_frame(INFO).replace(b"Info", bytes(4))[:21] + bytes(292)
    decoder: Any = av.CodecContext.create("mp3float", "r")

    heard = [frame.to_ndarray() for _ in range(3) for frame in decoder.decode(av.Packet(unknown))]

    assert sum(each.size for each in heard) >= FRAME_SAMPLES
    assert all(not each.any() for each in heard)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 10**9), min_size=100, max_size=100).map(sorted), st.integers(313, 1045))
def test_contents_never_go_backwards_or_past_the_end(starts: list[int], info_bytes: int) -> None:
    """A byte an entry, 256ths of the file, rising, however the sound is spread over it."""
    table = toc_of(starts, info_bytes, starts[-1] + info_bytes + 1)

    assert len(table) == 100
    assert list(table) == sorted(table)
    assert table[0] == (starts[0] + info_bytes) * 256 // (starts[-1] + info_bytes + 1)


@settings(max_examples=15)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_mutagen_finds_the_length_of_any_timeline(
    timeline_of: Callable[[Sequence[int]], Timeline], frames: list[int]
) -> None:
    """To the sample, however it is divided into units; the silent frame at the end is not counted."""
    out = BytesIO()
    silence = [encoded(Mp3().coder(), np.zeros(each * FRAME_SAMPLES, np.int16), each) for each in frames]
    Mp3().coder().join(out, b"", silence, timeline_of(frames))

    assert round(mutagens(out.getvalue()).length * RATE_HZ, 3) == sum(frames) * FRAME_SAMPLES


def test_units_in_the_wrong_place_are_refused(sound: Sound, timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
    """One too many, one too few, one too long, one too short, one that is no sound: never a file that lies."""
    frames = [unit.frames for unit in sound.timeline.units]
    longer = [frames[0] + 1, *frames[1:]]
    shorter = [frames[0] - 1, *frames[1:]]
    cases = [
        ((*sound.encoded, sound.encoded[0]), frames, "does not fit the timeline at frame 349"),
        (sound.encoded[:-1], frames, "ends at frame 279, before its timeline"),
        (sound.encoded, longer, "is not 81 frames"),
        (sound.encoded, shorter, "is not 79 frames"),
        ((b"\0" * len(sound.encoded[0]), *sound.encoded[1:]), frames, "is not 80 frames"),
    ]

    for units, counts, said in cases:
        with pytest.raises(EpisodeError, match=said):
            Mp3().coder().join(BytesIO(), b"", units, timeline_of(counts))


def test_a_damaged_unit_is_refused_where_it_is_walked_through(sound: Sound) -> None:
    """Its size is right and its first header whole: the frames after it are looked at where the table needs them."""
    first = bytearray(sound.encoded[0])
    second_at = list(frame_starts(sound.encoded[0], RATES_KBPS[0]))[1]
    first[second_at] = 0

    with pytest.raises(EpisodeError, match=f"damaged at byte {second_at}"):
        Mp3().coder().join(BytesIO(), b"", (bytes(first), *sound.encoded[1:]), sound.timeline)
