"""MP3s made of units: as exact as if there were no units, read by FFmpeg's libraries and mutagen."""

from __future__ import annotations

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from io import BytesIO, RawIOBase
from struct import unpack_from
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import av
import lameenc
import numpy as np
import pytest
from mutagen.mp3 import MP3, BitrateMode

from narrate.episode.formats.crc import Crc16
from narrate.episode.formats.format import encoded
from narrate.episode.formats.frames import frame_starts, main_data_begin
from narrate.episode.formats.mp3 import QUALITY, RATES_KBPS, Mp3
from narrate.errors import EpisodeError
from narrate.model import FRAME_SAMPLES, RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.episode.conftest import Sound

    from narrate.model import Timeline

    type_decode = Callable[[bytes], np.ndarray]

LATE = 1_105
"""Samples by which an encoder and a decoder together are late."""
INFO_BYTES = 313


def bare(samples: np.ndarray) -> bytes:
    """The whole stream of a fresh encoder with the same settings."""
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(RATES_KBPS[0])
    encoder.set_quality(QUALITY)
    encoder.silence()
    return bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())


def encode(samples: np.ndarray, frames: int) -> bytes:
    """A unit by itself."""
    return encoded(Mp3().coder(), samples, frames)


def noise_db(wanted: np.ndarray, heard: np.ndarray) -> float:
    """Signal to noise, once the coder's change of level is taken out."""
    wanted = wanted.astype(float)
    level = np.dot(wanted, heard) / np.dot(wanted, wanted)
    return float(10 * np.log10(np.sum((wanted * level) ** 2) / np.sum((wanted * level - heard) ** 2)))


def offset(wanted: np.ndarray, heard: np.ndarray, start: int) -> int:
    """How many samples late the 3,000 samples from `start` on are heard."""
    reach = 40
    around = heard[max(0, start - reach) : start + 3_000 + reach]
    best = int(np.argmax(np.correlate(around, wanted[start : start + 3_000].astype(float), "valid")))
    return best - min(reach, start)


class TestUnits:
    """What `encode` gives."""

    def test_has_the_frames_that_were_asked_for(self, sound: Sound) -> None:
        """A unit is exactly its frames: FFmpeg's demuxer counts them (it takes no stream of a single one)."""
        units = zip(sound.timeline.units, sound.encoded, strict=True)
        for unit, data in (each for each in units if each[0].frames > 1):
            with av.open(BytesIO(data), "r", format="mp3") as container:
                packets = [packet for packet in container.demux() if packet.size]

            assert len(packets) == unit.frames

    def test_leans_on_nothing_before_it(self, sound: Sound) -> None:
        """The first frame of a unit takes no bits from a frame before, so units can be put in any order."""
        assert [main_data_begin(data, 0) for data in sound.encoded] == [0] * len(sound.encoded)

    def test_needs_nothing_that_was_dropped(self, sound: Sound, decode: type_decode) -> None:
        """What was cut off the encoder's stream changes no sample of what was kept."""
        samples, kept = sound.samples[0], sound.encoded[0]

        whole, short = decode(bare(samples)), decode(kept)

        assert len(whole) > len(short) == len(samples)
        assert np.array_equal(whole[: len(short)], short)

    def test_drops_only_silence(self, sound: Sound, decode: type_decode) -> None:
        """The frames that are cut off hold nothing but the end of the unit's silence."""
        samples = sound.samples[3]

        dropped = decode(bare(samples))[len(samples) :]

        assert np.abs(dropped).max() < 40

    def test_same_samples_same_bytes_on_any_thread(self, sound: Sound) -> None:
        """Units can be encoded side by side: encoders share nothing."""
        frames = [unit.frames for unit in sound.timeline.units]

        with ThreadPoolExecutor(4) as pool:
            again = tuple(pool.map(encode, sound.samples * 3, frames * 3))

        assert again == sound.encoded * 3

    def test_costs_what_the_bare_stream_costs(self, sound: Sound) -> None:
        """Units come to the same bytes, within a frame each, as one stream of the whole sound."""
        units, one = sum(map(len, sound.encoded)), len(bare(sound.whole))

        assert 0 <= one - units <= 2 * (INFO_BYTES + 1)

    @pytest.mark.parametrize(
        ("samples", "frames"),
        [
            (np.zeros(FRAME_SAMPLES - 1, np.int16), 1),
            (np.zeros(FRAME_SAMPLES, np.float32), 1),
            (np.zeros((FRAME_SAMPLES, 1), np.int16), 1),
            (np.zeros(0, np.int16), 0),
        ],
    )
    def test_refuses_what_is_no_unit(self, samples: np.ndarray, frames: int) -> None:
        """Samples of another length, type or shape are a mistake of the mix, and said to be."""
        with pytest.raises(EpisodeError, match="unit of"):
            encode(samples, frames)

    def test_key_names_codec_and_settings(self) -> None:
        """Another lameenc, rate or quality must not be served what this one encoded."""
        key = Mp3().coder().key

        for part in (version("lameenc"), "44100", f"{RATES_KBPS[0]}", f"quality {QUALITY}", "mono"):
            assert part in key


class TestJoined:
    """What `write` makes of units."""

    def test_decodes_to_exactly_the_timeline(self, sound: Sound, written: bytes, decode: type_decode) -> None:
        """Not a sample more or less than the timeline has."""
        assert len(decode(written)) == sound.timeline.samples

    def test_units_start_to_the_sample(self, sound: Sound, written: bytes, decode: type_decode) -> None:
        """Every unit is heard where the timeline says, 0 samples off."""
        heard, wanted = decode(written), sound.whole
        starts = [unit.start_frames * FRAME_SAMPLES for unit in sound.timeline.units if unit.frames > 1]

        late = [offset(wanted, heard, start) for start in starts]

        assert late == [0] * len(starts)

    def test_the_last_sample_is_there(
        self, decode: type_decode, timeline_of: Callable[[Sequence[int]], Timeline]
    ) -> None:
        """Sound up to 1,105 samples before the end is whole: the silent frame at the end carries it."""
        samples = np.zeros(20 * FRAME_SAMPLES, np.int16)
        samples[-LATE - 600 : -LATE] = (8000 * np.sin(np.arange(600) / 8)).astype(np.int16)
        out = BytesIO()

        Mp3().coder().join(out, b"", [encode(samples, 20)], timeline_of([20]))
        heard = decode(out.getvalue())

        assert noise_db(samples[-LATE - 600 : -LATE], heard[-LATE - 600 : -LATE]) > 15

    def test_sounds_as_good_as_one_stream(self, sound: Sound, written: bytes, decode: type_decode) -> None:
        """Cutting into units costs no quality."""
        wanted = sound.whole
        one = decode(bare(wanted))[LATE : LATE + len(wanted)]

        assert noise_db(wanted, decode(written)) > noise_db(wanted[: len(one)], one) - 0.3

    def test_joins_do_not_click(self, sound: Sound, written: bytes, decode: type_decode) -> None:
        """The silence before a unit stays 34 dB below the unit: what a coder smears before a hard onset, no more."""
        heard = decode(written)

        for unit in (unit for unit in sound.timeline.units[1:] if unit.frames > 1):
            start = unit.start_frames * FRAME_SAMPLES
            silence, onset = heard[start - 800 : start], heard[start : start + 2_000]

            assert np.abs(silence).max() < np.abs(onset).max() / 50

    def test_an_edit_changes_one_unit(self, sound: Sound, written: bytes) -> None:
        """A unit that was made anew takes the old one's place; the other units keep their bytes."""
        louder = encode(sound.samples[1] // 2, sound.timeline.units[1].frames)
        units = [sound.encoded[0], louder, *sound.encoded[2:]]
        out = BytesIO()

        Mp3().coder().join(out, b"", units, sound.timeline)

        before, after = INFO_BYTES + len(units[0]), INFO_BYTES + len(units[0]) + len(louder)
        assert out.getvalue()[INFO_BYTES:before] == written[INFO_BYTES:before]
        assert out.getvalue()[after:] == written[INFO_BYTES + len(sound.encoded[0]) + len(sound.encoded[1]) :]

    def test_tag_comes_first_and_is_not_counted(self, sound: Sound, written: bytes) -> None:
        """The tag stands at the head as it was handed in, and nothing after it changes."""
        tag, out = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10), BytesIO()

        Mp3().coder().join(out, tag, sound.encoded, sound.timeline)

        assert out.getvalue() == tag + written

    def test_units_must_fit_the_timeline(self, sound: Sound) -> None:
        """One too few, one too many, a short, a broken one: no file that lies about its times."""
        good = list(sound.encoded)
        damaged = good[0][:INFO_BYTES] + b"\0\0" + good[0][INFO_BYTES + 2 :]
        wrong = [good[:-1], [*good, good[-1]], [good[1], *good[1:]], [b"", *good[1:]], [damaged, *good[1:]]]

        for units in wrong:
            with pytest.raises(EpisodeError, match="encoded sound"):
                Mp3().coder().join(BytesIO(), b"", units[: len(units)], sound.timeline)

    def test_hours_stream_by(self, sound: Sound, timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
        """Half an hour takes no more memory than a quarter, a megabyte or two, and the Info frame counts it all."""
        frames, unit = sound.timeline.units[3].frames, sound.encoded[3]
        quarter = 900 * RATE_HZ // (frames * FRAME_SAMPLES)
        peaks = []

        for times in (quarter, 2 * quarter):
            timeline, out = timeline_of([frames] * times), Counting()
            tracemalloc.start()
            Mp3().coder().join(cast("BinaryIO", out), b"", (unit for _ in range(times)), timeline)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

            assert unpack_from(">I", out.info, 29)[0] == times * frames + 1
            assert out.size == pytest.approx(times * frames * FRAME_SAMPLES / RATE_HZ * 12_000, rel=0.001)

        assert max(peaks) < 4 << 20
        assert peaks[1] < peaks[0] + 200_000


class TestInfoFrame:
    """What the Info frame says, by mutagen and by a file that FFmpeg wrote."""

    def test_mutagen_reads_the_exact_length(self, sound: Sound, written: bytes) -> None:
        """Length, rate and that the rate is constant; nothing about it is sketchy."""
        info: Any = mp3_info(written)

        assert round(info.length * RATE_HZ, 3) == sound.timeline.samples
        assert (info.bitrate, info.bitrate_mode, info.channels, info.sketchy) == (96_000, BitrateMode.CBR, 1, False)
        assert info.encoder_info.startswith("LAME")

    def test_ffmpeg_reads_the_exact_length(self, sound: Sound, written: bytes) -> None:
        """The stream's duration is the timeline's, before anything is decoded."""
        with av.open(BytesIO(written), "r", format="mp3") as container:
            stream = container.streams.audio[0]
            assert stream.duration is not None
            assert stream.time_base is not None
            length = stream.duration * stream.time_base * RATE_HZ

        assert length == sound.timeline.samples

    def test_counts_frames_and_bytes(self, sound: Sound, written: bytes) -> None:
        """Frames without the Info frame, bytes with it, as LAME counts."""
        frames, size = unpack_from(">II", written, 29)

        assert (frames, size) == (sound.timeline.frames + 1, len(written))

    def test_checksums_are_lames(self, written: bytes) -> None:
        """Both CRCs are computed as FFmpeg's own writer does it, judged on a file of its making."""
        for file in (ffmpeg_mp3(), written):
            music, tag = unpack_from(">HH", file, file.index(b"Info") + 120 + 32)

            assert music == crc_of(file[frame_end(file) :])
            assert tag == crc_of(file[: file.index(b"Info") + 120 + 34])

    def test_contents_lead_to_the_time(self, sound: Sound, written: bytes) -> None:
        """Entry n of the table of contents is the byte at n % of the time, to a 256th of the file."""
        table = written[37:137]
        starts = [INFO_BYTES + start for start in frame_starts(written[INFO_BYTES:], RATES_KBPS[0])]

        for percent, entry in enumerate(table):
            frame = percent * (sound.timeline.frames + 1) // 100

            assert entry <= starts[frame] * 256 / len(written) < entry + 1

    def test_ffprobe_and_mediainfo_agree(
        self, written: bytes, tool: Callable[..., str], probe: Callable[[Path], dict[str, Any]], tmp_path: Path
    ) -> None:
        """Two programs see a constant 96 kbit/s MP3 of that length."""
        path = tmp_path / "episode.mp3"
        path.write_bytes(written)

        stream = probe(path)["streams"][0]
        said = tool("mediainfo", "--Output=Audio;%BitRate_Mode%|%BitRate%|%Channels%|%Encoded_Library%", str(path))

        assert (stream["codec_name"], stream["sample_rate"], stream["channels"]) == ("mp3", "44100", 1)
        assert said.strip().startswith("CBR|96000|1|LAME")

    def test_command_line_ffmpeg_decodes_exactly(
        self, sound: Sound, written: bytes, tool: Callable[..., str], tmp_path: Path
    ) -> None:
        """Whatever version is installed trims both ends as the libraries do."""
        path, raw = tmp_path / "episode.mp3", tmp_path / "raw.pcm"
        path.write_bytes(written)

        tool("ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", str(raw))

        assert raw.stat().st_size == 2 * sound.timeline.samples


def mp3_info(data: bytes) -> object:
    """What mutagen knows of an MP3."""
    reader: Any = MP3
    return reader(BytesIO(data)).info


class Counting(RawIOBase):
    """A file that keeps its length and its first frame."""

    def __init__(self) -> None:
        super().__init__()
        self.at = self.size = 0
        self.info = b""

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        """Count what is written."""
        if self.at == 0:
            self.info = bytes(data)
        self.at += len(data)
        self.size = max(self.size, self.at)
        return len(data)

    def tell(self) -> int:
        """Where it is."""
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place from the start."""
        assert whence == 0
        self.at = offset
        return offset


def crc_of(data: bytes) -> int:
    """The CRC of some bytes."""
    crc = Crc16()
    crc.feed(data)
    return crc.value()


def ffmpeg_mp3() -> bytes:
    """An MP3 with an Info frame that FFmpeg's muxer wrote, in stereo: it takes a tag of 190 bytes for granted."""
    out = BytesIO()
    with av.open(out, "w", format="mp3", options={"id3v2_version": "0", "write_xing": "1"}) as container:
        stream = container.add_stream("libmp3lame", rate=RATE_HZ, layout="stereo")
        stream.bit_rate = 96_000
        for packet in packets_of(stream):
            container.mux(packet)
    return out.getvalue()


def packets_of(stream: Any) -> Iterator[Any]:  # noqa: ANN401 - PyAV's streams are of many classes
    """A second of tone, encoded."""
    tone = (8000 * np.sin(np.arange(RATE_HZ) / 20)).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = RATE_HZ
    resampled = av.AudioResampler("s16p", "stereo", RATE_HZ, frame_size=FRAME_SAMPLES).resample(frame)
    for part in (*resampled, None):
        yield from stream.encode(part)


def frame_end(file: bytes) -> int:
    """Where the second frame begins: the first of music."""
    kbps = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)[file[2] >> 4]
    return 144_000 * kbps // RATE_HZ + (file[2] >> 1 & 1)
