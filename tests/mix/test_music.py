"""Anybody's music: any format, and what is wrong with a file said in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from narrate.errors import MixError
from narrate.mix import load_music
from narrate.mix.levels import MUSIC_LUFS
from narrate.mix.loudness import energies, momentary
from narrate.model import RATE_HZ, MusicChoice, MusicPart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from narrate.mix import Piece


def chord(seconds: float, rate_hz: int = RATE_HZ, level: float = 0.2) -> NDArray[np.floating]:
    """Three notes, as long as is wanted."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return level * sum(np.sin(2 * np.pi * hertz * time) for hertz in (220.0, 277.2, 329.6)) / 3  # type: ignore[return-value]  # the sum of arrays is one


def write_wav(path: Path, *channels: NDArray[np.floating], rate_hz: int = RATE_HZ) -> Path:
    """A WAV file of these channels."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.round(np.stack(channels, axis=1) * 32767).astype("<i2").tobytes())
    return path


def write_with(codec: str, path: Path, seconds: float, rate_hz: int) -> Path:
    """A stereo file in a codec; in a video container with pictures too."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=rate_hz, layout="stereo")
        assert isinstance(stream, av.AudioStream)
        if path.suffix == ".mkv":
            _add_picture(out)
        pcm = np.round(np.tile(chord(seconds, rate_hz), (2, 1)).T * 32767).astype("<i2").reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="stereo")
        frame.sample_rate = rate_hz
        fitting = av.AudioResampler(stream.format.name, "stereo", rate_hz, frame_size=stream.frame_size or 1024)
        for ready in (*fitting.resample(frame), *fitting.resample(None)):
            out.mux(stream.encode(ready))
        out.mux(stream.encode(None))
    return path


def _add_picture(out: av.container.OutputContainer) -> None:
    """One black picture, in a stream of its own."""
    stream = out.add_stream("mpeg4", rate=5)
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height = 32, 32
    picture = av.VideoFrame(32, 32, "yuv420p")
    picture.pts = 0
    for frame in (picture, None):
        out.mux(stream.encode(frame))


def intro(path: Path | str) -> Piece:
    """A file as the intro."""
    return load_music(MusicChoice(intro=str(path), sting="none", outro="none")).pieces[MusicPart.INTRO]


def samples_of(piece: Piece) -> NDArray[np.float32]:
    """A piece in full scale."""
    return np.frombuffer(piece.pcm, "<i2").astype(np.float32) / np.float32(32768)


def loudest(piece: Piece) -> float:
    """The loudness of a piece's loudest 400 ms."""
    return float(momentary(energies(samples_of(piece))).max())


CODECS = {
    "a.mp3": "libmp3lame",
    "a.m4a": "aac",
    "a.flac": "flac",
    "a.ogg": "libopus",
    "a.opus": "libopus",
    "a.mkv": "libmp3lame",
}


@pytest.mark.parametrize("name", CODECS)
def test_any_common_format_is_music(tmp_path: Path, name: str) -> None:
    """MP3, M4A, FLAC, Ogg, Opus, and the sound of a film: whole, in tune, at one loudness."""
    piece = intro(write_with(CODECS[name], tmp_path / name, 3.0, 48_000))

    samples = samples_of(piece)
    hertz = np.argmax(np.abs(np.fft.rfft(samples[: 2 * RATE_HZ]))) / 2

    assert len(samples) / RATE_HZ == pytest.approx(3.0, abs=0.15)
    assert min(abs(hertz - note) for note in (220.0, 277.2, 329.6)) < 1
    assert loudest(piece) == pytest.approx(MUSIC_LUFS, abs=0.1)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 96_000])
def test_any_rate_is_music(tmp_path: Path, rate_hz: int) -> None:
    """A second stays a second."""
    piece = intro(write_wav(tmp_path / "a.wav", chord(1.0, rate_hz), rate_hz=rate_hz))

    assert piece.samples / RATE_HZ == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("level", [0.01, 0.1, 1.0])
def test_all_music_has_one_loudness(tmp_path: Path, level: float) -> None:
    """A whisper and a wall of sound are brought to the same."""
    assert loudest(intro(write_wav(tmp_path / "a.wav", chord(3, level=level)))) == pytest.approx(MUSIC_LUFS, abs=0.3)


def test_channels_out_of_phase_do_not_cancel(tmp_path: Path) -> None:
    """The sum would be silence; one channel is heard alone."""
    piece = intro(write_wav(tmp_path / "a.wav", chord(2), -chord(2)))

    assert loudest(piece) == pytest.approx(MUSIC_LUFS, abs=0.1)


def test_silence_before_the_music_is_cut(tmp_path: Path) -> None:
    """Two seconds of nothing would make the intro a wait."""
    piece = intro(write_wav(tmp_path / "a.wav", np.pad(chord(2), (2 * RATE_HZ, 0))))

    assert piece.samples / RATE_HZ == pytest.approx(2.0, abs=0.02)
    assert np.abs(samples_of(piece)[:2000]).max() > 0.05


def test_of_a_long_file_only_the_beginning_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an hour on disk: at most 20 s of it pass the decoder."""
    from narrate.mix import decode

    path = write_wav(tmp_path / "a.wav", np.tile(chord(1, 8_000), 1800), rate_hz=8_000)
    passed: list[int] = []
    frames = decode._frames

    def counted(container: av.container.InputContainer):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as `_frames`
        for part in frames(container):
            passed.append(len(part))
            yield part

    monkeypatch.setattr(decode, "_frames", counted)
    piece = intro(path)

    assert sum(passed) < 20 * RATE_HZ * 4
    assert piece.samples == 9 * RATE_HZ


def test_a_file_damaged_half_way_plays_until_there(tmp_path: Path) -> None:
    """What there is of it is music; the rest is not our affair."""
    whole = write_with("flac", tmp_path / "a.flac", 6.0, 44_100)
    data = bytearray(whole.read_bytes())
    data[len(data) // 2 :] = os.urandom(len(data) - len(data) // 2)
    (tmp_path / "b.flac").write_bytes(data)

    assert 1.0 < intro(tmp_path / "b.flac").samples / RATE_HZ < 6.1


def _nothing(path: Path) -> Path:
    return path / "there-is-none.mp3"


def _folder(path: Path) -> Path:
    return path


def _text(path: Path) -> Path:
    (path / "song.mp3").write_text("la la la\n" * 500)
    return path / "song.mp3"


def _empty(path: Path) -> Path:
    (path / "song.mp3").touch()
    return path / "song.mp3"


def _silent(path: Path) -> Path:
    return write_wav(path / "song.wav", np.zeros(2 * RATE_HZ))


def _no_samples(path: Path) -> Path:
    return write_wav(path / "song.wav", np.zeros(0))


def _pictures(path: Path) -> Path:
    with av.open(str(path / "film.mkv"), "w") as out:
        _add_picture(out)
    return path / "film.mkv"


def _playlist(path: Path) -> Path:
    write_with("libmp3lame", path / "secret.mp3", 2, 44_100)
    (path / "list.mp3").write_text("ffconcat version 1.0\nfile secret.mp3\n")
    return path / "list.mp3"


@pytest.mark.parametrize("make", [_nothing, _folder, _text, _empty, _silent, _no_samples, _pictures, _playlist])
@pytest.mark.parametrize("part", ["intro", "sting", "outro"])
def test_what_is_wrong_with_a_file_is_said_in_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path], part: str
) -> None:
    """It names the setting and the file, and says what to do instead; a playlist opens nothing else."""
    path = make(tmp_path)
    choice = MusicChoice(**({"intro": "none", "sting": "none", "outro": "none"} | {part: str(path)}))

    with pytest.raises(MixError) as raised:
        load_music(choice)

    message = str(raised.value)
    assert message.startswith(f"the {part} music '{path}': ")
    assert message.endswith("give another audio file, 'default' or 'none'")
    assert "\n" not in message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Opening it would hang until somebody writes."""
    os.mkfifo(tmp_path / "pipe.mp3")

    with pytest.raises(MixError, match="not a file"):
        intro(tmp_path / "pipe.mp3")


def test_none_is_no_music() -> None:
    """Nothing is decoded, and nothing is in the score."""
    score = load_music(MusicChoice("none", "none", "none"))

    assert not score.pieces
    assert score.length(MusicPart.INTRO) == 0


def test_a_short_file_is_an_intro_too(tmp_path: Path) -> None:
    """The words then come as soon as it is over."""
    from narrate.mix.layout import Layout, Sounding

    layout = Layout(load_music(MusicChoice(intro=str(write_wav(tmp_path / "a.wav", chord(0.5))))))
    layout.intro()
    start = layout.take(Sounding(0, 44_100, 44_100, 0), 700, opening=True)

    assert 0.5 <= start / RATE_HZ <= 0.7


def test_nothing_is_said_of_an_ffmpeg_that_narrate_does_not_call(tmp_path: Path) -> None:
    """Where the system has none, pydub warns when it is imported; a listener who needs none never sees that."""
    environment = {**os.environ, "PATH": str(tmp_path)}
    command = [sys.executable, "-W", "error::RuntimeWarning", "-c", "import narrate.mix"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
