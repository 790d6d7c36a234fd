"""Music from the command line: a bed, two channels, and what is told of them."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from mutagen.mp3 import MP3

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

AUDIO = Path("out/narrated-articles/bread/bread.mp3")


def song() -> str:
    """Six seconds of two notes, left and right."""
    time = np.arange(6 * 22_050) / 22_050
    notes = np.stack([0.2 * np.sin(2 * np.pi * hertz * time) for hertz in (311.0, 466.0)], axis=1)
    with wave.open("song.wav", "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(np.round(notes * 32767).astype("<i2").tobytes())
    return "song.wav"


def channels() -> tuple[int, int]:
    """Channels and kbit/s of the episode, by mutagen."""
    info: Any = MP3(AUDIO).info  # type: ignore[no-untyped-call] # mutagen has no types
    return info.channels, round(info.bitrate / 1000)


def test_a_bed_is_told_of(narrate: Run, article: str) -> None:
    """With -v how many units it runs through and what a change costs; --json has the number."""
    said = narrate("make", article, "--music-bed", song(), "-v")
    (episode,) = narrate("make", article, "--music-bed", "song.wav", "--json").json()["episodes"]
    plain = narrate("make", article, "-v")

    assert said.code == 0
    assert (
        f"a bed plays on through {episode['running_on']} units: a change in one encodes all of them again" in said.err
    )
    assert episode["running_on"] > 2
    assert "a bed plays on" not in plain.err


def test_stereo_makes_two_channels(narrate: Run, article: str) -> None:
    """At 128 kbit/s where no rate is named, at the one that is; without it one, of stereo music too."""
    song()
    seen = []
    for options in (["--stereo"], ["--stereo", "--format", "mp3:192"], []):
        assert narrate("make", article, "--music", "song.wav", *options).code == 0
        seen.append(channels())

    assert seen == [(2, 128), (2, 192), (1, 96)]


def test_a_rate_too_low_for_stereo_is_wrong_usage(narrate: Run, article: str) -> None:
    """One sentence, before anything is spoken."""
    said = narrate("make", article, "--stereo", "--format", "mp3:48")

    assert said.code == 2
    assert "an MP3 of 48 kbit/s is mono; stereo takes 64 or more" in said.refusal


def test_the_script_keeps_the_bed(narrate: Run, article: str) -> None:
    """`narrate script --music-bed` writes it down, and the episode of that script has it."""
    narrate("script", article, "--music-bed", song(), "-o", "bread.yaml", "-q")

    assert "\n  bed: song.wav\n" in Path("bread.yaml").read_text(encoding="utf-8")
    assert "a bed plays on" in narrate("make", "bread.yaml", "-v").err


def test_a_show_is_given_its_music(narrate: Run, article: str) -> None:
    """`narrate show set` takes it, the show's file has it, the next episode plays it."""
    narrate("show", "init", "Bakery")
    narrate("show", "set", "music_bed", "../../song.wav")
    song()

    assert 'music_bed = "../../song.wav"' in Path("out/narrated-articles/show.toml").read_text(encoding="utf-8")
    assert "a bed plays on" in narrate("make", article, "-v").err
