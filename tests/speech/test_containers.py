"""Sound files as operating systems write them, read back from files that other software wrote."""

from __future__ import annotations

import struct

import pytest

from narrate.speech.containers import IncompleteError, read_pcm

SAMPLES = struct.pack("<8h", 0, 1, -1, 256, -256, 32_767, -32_768, 77)

WRITTEN_BY_FFMPEG = {
    "wav, stereo": (
        "524946464400000057415645666d7420100000000100020022560000885801000400100064617461200000000000000001000100"
        "ffffffffb500b5004bff4bff815a815a7ea57ea536003600"
    ),
    "aiff": (
        "464f524d0000003e41494646434f4d4d000000120001000000080010400dac4400000000000053534e4400000018000000000000"
        "000000000001ffff0100ff007fff8000004d"
    ),
    "aifc, little-endian": (
        "464f524d00000050414946434656455200000004a2805140434f4d4d000000180001000000080010400dac44000000000000736f"
        "7774000053534e4400000018000000000000000000000100ffff000100ffff7f00804d00"
    ),
}
WAV_24_BITS = (
    "524946465400000057415645666d742028000000feff010022560000660201000300180016001800040000000100000000001000"
    "800000aa00389b71646174611800000000000000010000ffff0000010000ff00ff7f000080004d00"
)
AIFC_FLOAT = (
    "464f524d00000060414946434656455200000004a2805140434f4d4d000000180001000000080020400dac44000000000000666c"
    "3332000053534e440000002800000000000000000000000038000000b80000003c000000bc0000003f7ffe00bf8000003b1a0000"
)


@pytest.mark.parametrize("kind", ["aiff", "aifc, little-endian"])
def test_aiff_is_read_as_it_was_written(kind: str) -> None:
    """Both byte orders of AIFF give little-endian PCM and the rate."""
    pcm, rate_hz = read_pcm(bytes.fromhex(WRITTEN_BY_FFMPEG[kind]))

    assert pcm == SAMPLES
    assert rate_hz == 22_050


def test_the_first_channel_of_several_is_taken() -> None:
    """A voice in stereo is the same on both sides: one is enough."""
    pcm, rate_hz = read_pcm(bytes.fromhex(WRITTEN_BY_FFMPEG["wav, stereo"]))

    assert struct.unpack("<8h", pcm) == (0, 1, -1, 181, -181, 23_169, -23_170, 54)
    assert rate_hz == 22_050


@pytest.mark.parametrize("data", WRITTEN_BY_FFMPEG.values(), ids=WRITTEN_BY_FFMPEG)
def test_a_file_that_is_still_being_written_is_incomplete(data: str) -> None:
    """Every beginning of a file but the whole of it says that more is to come."""
    whole = bytes.fromhex(data)

    for length in range(len(whole)):
        with pytest.raises(IncompleteError):
            read_pcm(whole[:length])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes.fromhex(WAV_24_BITS), "24 bits"),
        (bytes.fromhex(AIFC_FLOAT), "fl32"),
        (b"ID3\x04 this is an MP3 file", "neither WAV nor AIFF"),
    ],
)
def test_another_kind_of_file_is_refused(data: bytes, reason: str) -> None:
    """What is no 16-bit PCM is no speech to guess at."""
    with pytest.raises(ValueError, match=reason) as error:
        read_pcm(data)

    assert not isinstance(error.value, IncompleteError)
