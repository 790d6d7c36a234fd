"""MP3 of two channels: a unit at a time, joined as exactly as mono, read by FFmpeg's libraries and mutagen."""

from __future__ import annotations

from io import BytesIO
from struct import unpack_from
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from mutagen.mp3 import JOINTSTEREO, MP3, STEREO, BitrateMode

from narrate.episode.formats.format import encoded
from narrate.episode.formats.frames import MONO, frame_bytes, frame_starts, main_data_begin, mode_of
from narrate.episode.formats.mp3 import LATE_SAMPLES, RATES_KBPS, Mp3
from narrate.errors import EpisodeError, UsageError
from narrate.model import FRAME_SAMPLES, RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from tests.episode.conftest import Sound

    from narrate.model import Timeline

KBPS = 128
STEREO_KBPS = [kbps for kbps in RATES_KBPS if kbps >= 64]


def sides(sound: Sound) -> list[NDArray[np.int16]]:
    """The units of `sound`, with the voice in the middle and half of it once more, backwards, on the left."""
    made = []
    for samples in sound.samples:
        other = samples.copy()
        body = len(samples) - LATE_SAMPLES
        other[:body] = samples[:body][::-1] // 2
        made.append(np.stack([samples // 2 + other, samples // 2], axis=1).astype(np.int16))
    return made


@pytest.fixture(scope="module")
def units(sound: Sound) -> list[bytes]:
    """The same, encoded."""
    frames = [unit.frames for unit in sound.timeline.units]
    return [encoded(Mp3().coder(KBPS, 2), each, count) for each, count in zip(sides(sound), frames, strict=True)]


def file_of(units: Sequence[bytes], timeline: Timeline, kbps: int = KBPS) -> bytes:
    """A whole file without a tag."""
    out = BytesIO()
    Mp3().coder(kbps, 2).join(out, b"", units, timeline)
    return out.getvalue()


def heard(data: bytes) -> NDArray[np.floating]:
    """Both channels of an MP3 as FFmpeg's libraries decode it, (n, 2), trimmed as the Info frame says."""
    with av.open(BytesIO(data), "r", format="mp3") as container:
        return np.concatenate([frame.to_ndarray().T for frame in container.decode(audio=0)]) * 32768


def noise_db(wanted: NDArray[np.number], found: NDArray[np.floating]) -> float:
    """Signal to noise, once the coder's change of level is taken out."""
    wanted = wanted.astype(float)
    level = float((wanted * found).sum() / (wanted**2).sum())
    return float(10 * np.log10(((wanted * level) ** 2).sum() / ((wanted * level - found) ** 2).sum()))


def bends(sound: NDArray[np.floating]) -> float:
    """How much a sound bends from one sample to the next at most: a click bends most."""
    return float(np.abs(np.diff(sound, 2, axis=0)).max())


def test_decodes_to_exactly_the_timeline(sound: Sound, units: list[bytes]) -> None:
    """Not a sample more or less, each side with its own sound, in time to the sample."""
    found, wanted = heard(file_of(units, sound.timeline)), np.concatenate(sides(sound))

    assert found.shape == wanted.shape
    for side in (0, 1):
        assert noise_db(wanted[:, side], found[:, side]) > 18
    assert noise_db(wanted[:, 0], found[:, 1]) < 6


def test_leans_on_nothing_before_it(sound: Sound, units: list[bytes]) -> None:
    """The first frame of a unit takes no bits from a frame before; every frame is of two channels."""
    for unit, data in zip(sound.timeline.units, units, strict=True):
        starts = list(frame_starts(data, KBPS, 2))

        assert main_data_begin(data, 0) == 0
        assert len(starts) == unit.frames + 1
        assert MONO not in {mode_of(data[at : at + 4]) for at in starts[:-1]}


def test_decoded_by_itself_a_unit_is_what_went_in(sound: Sound, units: list[bytes]) -> None:
    """As the check of its peaks hears it, from where it begins."""
    found = np.concatenate(list(Mp3().coder(KBPS, 2).decode([units[0]]))) * 32768
    wanted = sides(sound)[0][: len(found)]

    assert found.shape[1] == 2
    assert noise_db(wanted, found) > 18


@pytest.mark.parametrize("kbps", STEREO_KBPS)
def test_the_info_frame_is_whole_and_true(
    timeline_of: Callable[[Sequence[int]], Timeline], sound: Sound, kbps: int
) -> None:
    """At every rate mutagen reads the exact length and two channels; its header is like that of the rest."""
    timeline, samples = timeline_of([80]), sides(sound)[0]
    data = file_of([encoded(Mp3().coder(kbps, 2), samples, 80)], timeline, kbps)

    info: Any = MP3(BytesIO(data)).info  # type: ignore[no-untyped-call] # mutagen has no types
    frames, size = unpack_from(">II", data, 4 + 32 + 8)

    assert data[36:40] == b"Info"
    assert round(info.length * RATE_HZ, 3) == timeline.samples
    assert info.bitrate == pytest.approx(kbps * 1000, rel=1e-4)
    assert (info.bitrate_mode, info.channels) == (BitrateMode.CBR, 2)
    assert info.mode in {STEREO, JOINTSTEREO}
    assert mode_of(data) == mode_of(data[frame_bytes(data, 0, kbps, 2) :])
    assert (frames, size) == (81, len(data))


@pytest.mark.parametrize("kbps", [kbps for kbps in RATES_KBPS if kbps < 64])
def test_a_rate_that_is_too_low_for_two_is_refused(kbps: int) -> None:
    """Its Info frame could not hold what it says; the sentence names what can."""
    with pytest.raises(UsageError, match=f"an MP3 of {kbps} kbit/s is mono; stereo takes 64 or more, as mp3:128"):
        Mp3().coder(kbps, 2)


def test_units_of_other_channels_do_not_fit(sound: Sound, units: list[bytes]) -> None:
    """Neither samples nor encoded units of mono get into a file of two channels, nor the other way."""
    with pytest.raises(EpisodeError, match="unit of 80 frames cannot hold"):
        encoded(Mp3().coder(KBPS, 2), sound.samples[0], 80)
    with pytest.raises(EpisodeError, match="encoded sound"):
        file_of(sound.encoded, sound.timeline, 96)
    with pytest.raises(EpisodeError, match="encoded sound"):
        Mp3().coder(KBPS).join(BytesIO(), b"", units, sound.timeline)


def test_key_names_the_channels() -> None:
    """What was encoded for one is never served for two."""
    assert len({Mp3().coder(128, channels).key for channels in (1, 2)}) == 2


def test_units_that_run_on_are_one_stream(timeline_of: Callable[[Sequence[int]], Timeline]) -> None:
    """Sound that never pauses, cut into units and encoded in one go, is what one unit of it is: no click at a join."""
    time = np.arange(60 * FRAME_SAMPLES) / RATE_HZ
    tone = np.stack([6_000 * np.sin(2 * np.pi * hertz * time) for hertz in (311.0, 423.0)], axis=1).astype(np.int16)
    frames = [20, 1, 19, 20]
    encoder, cut = Mp3().coder(KBPS, 2).encoder(), []
    for start, count in zip(np.cumsum([0, *frames]), frames, strict=False):
        cut += encoder.feed(tone[start * FRAME_SAMPLES : (start + count) * FRAME_SAMPLES], count)
    cut += encoder.end()

    found = heard(file_of(cut, timeline_of(frames)))

    assert len(cut) == len(frames)
    assert b"".join(cut) == encoded(Mp3().coder(KBPS, 2), tone, 60)
    assert noise_db(tone[2_000:-3_000], found[2_000:-3_000]) > 30
    assert bends(found[2_000:-3_000]) < 1.5 * bends(tone.astype(float))
