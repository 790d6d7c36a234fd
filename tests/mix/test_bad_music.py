"""Music that is odd, broken, endless or none at all: it works, or one sentence says why, in bounded time and memory."""

from __future__ import annotations

import re
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import process_time
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from tests.mix.test_music import _add_picture, chord, write_wav, write_with

from narrate.errors import MixError
from narrate.mix import decode, load_music
from narrate.mix.bed import LONGEST_SAMPLES
from narrate.model import RATE_HZ, MusicChoice, MusicPart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from narrate.mix import Piece

PARTS = [MusicPart.INTRO, MusicPart.STING, MusicPart.OUTRO, MusicPart.BED]
parts = pytest.mark.parametrize("part", PARTS)


def piece(part: MusicPart, path: Path, channels: int = 1) -> Piece:
    """A file as that part of the music."""
    choice = dict.fromkeys(map(str, PARTS), "none") | {str(part): str(path)}
    return load_music(MusicChoice(**choice), channels).pieces[part]


def refused(part: MusicPart, path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(MixError) as raised:
        piece(part, path)
    message = str(raised.value)
    assert message.startswith(f"the {part} music '{path}': ")
    assert message.endswith("; give another audio file, 'default' or 'none'")
    assert "\n" not in message
    return message


def write_surround(path: Path, seconds: float) -> Path:
    """A FLAC of 7.1 channels at 192 kHz, another note in each."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("flac", rate=192_000, layout="7.1")
        assert isinstance(stream, av.AudioStream)
        time = np.arange(round(192_000 * seconds)) / 192_000
        notes = np.stack([0.1 * np.sin(2 * np.pi * 110 * (n + 1) * time) for n in range(8)], axis=1)
        for at in range(0, len(notes), 4_096):
            pcm = np.round(notes[at : at + 4_096] * 32767).astype("<i2").reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="7.1")
            frame.sample_rate = 192_000
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def write_hours(path: Path, hours: float) -> Path:
    """A WAV at 44.1 kHz in stereo that long: some music, then nothing at all, which takes no place on the disk."""
    size = round(hours * 3600) * RATE_HZ * 4
    write_wav(path, *[np.tile(chord(1), 140)] * 2)
    with path.open("r+b") as file:
        for at, value in ((4, 36 + size), (40, size)):
            file.seek(at)
            file.write(value.to_bytes(4, "little"))
        file.truncate(44 + size)
    return path


@parts
def test_music_of_three_hours_costs_what_its_beginning_costs(tmp_path: Path, part: MusicPart) -> None:
    """Of a file of 1.9 GB the first seconds are read, or of a bed the first two minutes."""
    path = write_hours(tmp_path / "hours.wav", 3)
    decoded: list[int] = []
    frames = decode._frames

    def counted(container: av.container.InputContainer) -> Iterator[bytes]:
        for each in frames(container):
            decoded.append(len(each))
            yield each

    tracemalloc.start()
    begun = process_time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decode, "_frames", counted)
        made = piece(part, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert process_time() - begun < 20
    assert sum(decoded) <= 4 * (LONGEST_SAMPLES + 11 * RATE_HZ)
    assert peak < (90e6 if part is MusicPart.BED else 40e6)
    assert made.samples <= LONGEST_SAMPLES


@parts
def test_music_of_a_second_is_music_but_no_bed(tmp_path: Path, part: MusicPart) -> None:
    """Over and over it would be a noise."""
    path = write_wav(tmp_path / "ping.wav", chord(1.0))

    if part is MusicPart.BED:
        assert "lasts 1.0 s, and music that plays on and on needs 5 s" in refused(part, path)
    else:
        assert piece(part, path).samples == RATE_HZ


@parts
@pytest.mark.parametrize("channels", [1, 2])
def test_a_telephone_is_music(tmp_path: Path, part: MusicPart, channels: int) -> None:
    """8 kHz in mono: in any part, in mono and in stereo."""
    made = piece(part, write_wav(tmp_path / "a.wav", chord(7, 8_000), rate_hz=8_000), channels)

    assert made.channels == channels
    assert made.samples / RATE_HZ == pytest.approx(min(7, {"sting": 4.0, "outro": 4.5}.get(part, 7)), abs=0.02)


@parts
@pytest.mark.parametrize("channels", [1, 2])
def test_a_cinema_is_music(tmp_path: Path, part: MusicPart, channels: int) -> None:
    """7.1 channels at 192 kHz come down to one or two, and what only the rear speakers have is heard too."""
    made = piece(part, write_surround(tmp_path / "a.flac", 5.5), channels)

    sound = made.channel_samples()[: 4 * RATE_HZ].astype(float).sum(axis=1)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    at = {n: spectrum[round(110 * n * len(sound) / RATE_HZ)] for n in (1, 2, 3, 5, 6, 7, 8)}
    assert min(at.values()) > 30 * np.median(spectrum)


@parts
@pytest.mark.parametrize("name", ["a.flac", "a.mp3", "a.ogg", "a.m4a"])
def test_what_is_damaged_half_way_plays_or_is_refused(tmp_path: Path, part: MusicPart, name: str) -> None:
    """Noise in place of the second half: what is heard is what there is before it, and no more than there was."""
    codec = {"a.flac": "flac", "a.mp3": "libmp3lame", "a.ogg": "libopus", "a.m4a": "aac"}[name]
    path = write_with(codec, tmp_path / name, 16.0, 48_000)
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[:half] + np.random.default_rng(3).bytes(len(data) - half))

    if name == "a.m4a":  # its table of contents stands at the end
        assert "its index is damaged or missing (copy or export it again)" in refused(part, path)
    else:
        longest = {MusicPart.INTRO: 9.0, MusicPart.STING: 4.0, MusicPart.OUTRO: 4.5, MusicPart.BED: 17.0}[part]
        made = piece(part, path)
        assert min(6.0, longest) <= made.samples / RATE_HZ <= longest
        assert bool(made.told) == (made.samples < round(longest * RATE_HZ))


@pytest.fixture(scope="module", params=["a.flac", "a.mp3", "a.ogg", "a.m4a"])
def long_music(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Music of a minute in a format; the index of an MP4 at its beginning."""
    name = request.param
    codec = {"a.flac": "flac", "a.mp3": "libmp3lame", "a.ogg": "libopus", "a.m4a": "aac"}[name]
    path = write_with(codec, tmp_path_factory.mktemp("music") / name, 60.0, 48_000)
    if path.suffix == ".m4a":
        moved = path.with_name("moved.m4a")
        with av.open(str(path)) as source, av.open(str(moved), "w", options={"movflags": "+faststart"}) as out:
            stream = out.add_stream_from_template(source.streams.audio[0])
            for packet in source.demux():
                if packet.dts is not None:
                    packet.stream = stream
                    out.mux(packet)
        return moved
    return path


@pytest.mark.parametrize("damage", ["noise", "cut"])
def test_a_long_bed_that_is_damaged_plays_until_there_and_says_so(
    tmp_path: Path, long_music: Path, damage: str
) -> None:
    """It loops over what there is; what is cut off an Ogg file leaves a whole one, of which nothing has to be said."""
    data = long_music.read_bytes()
    third = len(data) // 3
    path = tmp_path / long_music.name
    path.write_bytes(data[:third] + (np.random.default_rng(4).bytes(len(data) - third) if damage == "noise" else b""))

    whole, made = piece(MusicPart.BED, long_music), piece(MusicPart.BED, path)
    assert whole.told == ""
    assert 15 < made.samples / RATE_HZ < 22
    if path.suffix == ".ogg" and damage == "cut":
        assert made.told == ""
    else:
        assert re.fullmatch(
            rf"the bed music '{re.escape(str(path))}' breaks off after (1[7-9]|2[0-1])\.\d s: the file is damaged or "
            r"cut short \(copy or export it again\); what is before that is played",
            made.told,
        )


def test_what_is_damaged_behind_what_is_heard_is_not_told(tmp_path: Path) -> None:
    """An intro is 9 s of a file at most: that the file goes on for no more than 15 does not matter to it."""
    path = write_with("flac", tmp_path / "a.flac", 30.0, 48_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert piece(MusicPart.INTRO, path).told == ""
    assert "breaks off after 1" in piece(MusicPart.BED, path).told


def test_a_bed_too_short_for_its_damage_says_that_it_breaks_off(tmp_path: Path) -> None:
    """Not that it lasts 3 s, when its player says 8."""
    path = write_with("flac", tmp_path / "a.flac", 8.0, 48_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])

    assert re.search(r": breaks off after [23]\.\d s, and music that plays on", refused(MusicPart.BED, path))


@parts
def test_music_that_may_not_be_copied_is_not_called_damaged_in_its_index(tmp_path: Path, part: MusicPart) -> None:
    """An MP4 whose sound is encrypted can be opened, and its first packet not be decoded."""
    path = write_with("aac", tmp_path / "a.m4a", 8.0, 48_000)
    data = bytearray(path.read_bytes())
    begin, end = data.index(b"mdat") + 4, data.index(b"moov") - 4
    data[begin:end] = b"\xff" * (end - begin)
    path.write_bytes(data)

    assert "its sound cannot be decoded: it is protected against copying" in refused(part, path)


@parts
def test_a_film_without_sound_in_the_same_container_is_told_apart(tmp_path: Path, part: MusicPart) -> None:
    """An MP4 file whose index is whole, and which has no audio, is not called damaged."""
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as out:
        _add_picture(out)

    assert "that is not audio that can be decoded" in refused(part, path)


@parts
def test_the_sound_of_a_film_is_music(tmp_path: Path, part: MusicPart) -> None:
    """Its pictures are left alone."""
    assert piece(part, write_with("libmp3lame", tmp_path / "a.mkv", 8, 48_000)).samples > 3 * RATE_HZ


def _silent(path: Path) -> Path:
    return write_wav(path / "song.wav", np.zeros(20 * RATE_HZ))


def _silent_for_long(path: Path) -> Path:
    return write_wav(path / "song.wav", np.pad(chord(8), (230 * RATE_HZ, 0)))


def _film_without_sound(path: Path) -> Path:
    with av.open(str(path / "film.mkv"), "w") as out:
        _add_picture(out)
    return path / "film.mkv"


def _picture(path: Path) -> Path:
    from PIL import Image

    Image.new("RGB", (64, 64), "red").save(path / "cover.png")
    return path / "cover.png"


def _text(path: Path) -> Path:
    (path / "song.mp3").write_text("la la la\n" * 5_000)
    return path / "song.mp3"


def _folder(path: Path) -> Path:
    (path / "songs").mkdir()
    return path / "songs"


def _gone(path: Path) -> Path:
    return path / "gone.mp3"


def _noise(path: Path) -> Path:
    (path / "song.flac").write_bytes(b"fLaC" + np.random.default_rng(1).bytes(200_000))
    return path / "song.flac"


@parts
@pytest.mark.parametrize(
    "make", [_silent, _silent_for_long, _film_without_sound, _picture, _text, _folder, _gone, _noise]
)
def test_what_is_no_music_is_refused_in_a_sentence(
    tmp_path: Path, part: MusicPart, make: Callable[[Path], Path]
) -> None:
    """It names the part and the file, what is wrong, and what to do."""
    begun = process_time()

    refused(part, make(tmp_path))

    assert process_time() - begun < 20


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server that notes what it is asked for, and its address."""
    paths: list[str] = []

    class Notes(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Note it."""
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


PLAYLISTS = {
    "list.m3u": "#EXTM3U\n{url}/a.mp3\n",
    "list.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}/a.ts\n#EXT-X-ENDLIST\n",
    "list.pls": "[playlist]\nFile1={url}/a.mp3\nNumberOfEntries=1\n",
    "list.mp3": "ffconcat version 1.0\nfile {url}/a.mp3\n",
    "list.xspf": '<?xml version="1.0"?><playlist><track><location>{url}/a</location></track></playlist>',
    "list.mpd": '<?xml version="1.0"?><MPD><BaseURL>{url}/</BaseURL></MPD>',
    "list.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n",
}


@parts
@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_opens_nothing(tmp_path: Path, part: MusicPart, name: str, asked: tuple[str, list[str]]) -> None:
    """Neither the network nor another file: music is one file of this machine."""
    url, paths = asked
    path = tmp_path / name
    path.write_text(PLAYLISTS[name].format(url=url))

    refused(part, path)

    assert not paths


@parts
def test_an_address_is_no_music(part: MusicPart, asked: tuple[str, list[str]]) -> None:
    """Music comes from the disk; an address is a path that is not there."""
    from pathlib import Path

    refused(part, Path(asked[0].replace("//", "/") + "/a.mp3"))

    assert not asked[1]


def test_a_film_with_next_to_no_sound_is_not_read_on_and_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The decoder gets no more than so many bytes of a file; what sounds by then is the music."""
    path = write_wav(tmp_path / "a.wav", chord(8))
    monkeypatch.setattr(decode, "_MOST_BYTES", 400_000)

    assert piece(MusicPart.INTRO, path).samples / RATE_HZ == pytest.approx(4.0, abs=0.6)


def test_channels_out_of_phase_make_a_bed(tmp_path: Path) -> None:
    """In mono one of them is heard alone; in stereo they are left as they are."""
    path = write_wav(tmp_path / "a.wav", chord(8), -chord(8))

    one, two = piece(MusicPart.BED, path), piece(MusicPart.BED, path, 2)

    assert np.abs(one.channel_samples()).max() > 1_000
    np.testing.assert_array_equal(two.channel_samples()[:, 0], -two.channel_samples()[:, 1])
