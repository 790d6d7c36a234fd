"""AAC and Opus made of units: as exact as their own frames allow, read by FFmpeg's libraries."""

from __future__ import annotations

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from tests.episode.coded import alone, at_rate, heard, noise_db, offset, units_of

from narrate.episode.formats.format import encoded
from narrate.episode.formats.mp4 import M4a
from narrate.episode.formats.opus import Opus
from narrate.episode.tags import TagFacts
from narrate.errors import EpisodeError, PlatformError
from narrate.model import FRAME_SAMPLES, RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.episode.conftest import Sound

    from narrate.episode.formats.mp4 import Mp4Coder
    from narrate.episode.formats.opus import OpusCoder
    from narrate.episode.formats.packets import Grid
    from narrate.model import Timeline

FACTS = TagFacts("An episode")
TAIL = 3_072


@pytest.fixture(scope="module", params=[M4a(), Opus()], ids=lambda form: form.name)
def coder(request: pytest.FixtureRequest) -> Mp4Coder | OpusCoder:
    """One of both at its usual rate."""
    made: Mp4Coder | OpusCoder = request.param.coder()
    return made


@pytest.fixture(scope="module")
def grid(coder: Mp4Coder | OpusCoder) -> Grid:
    """Its frames."""
    return coder.grid


@pytest.fixture(scope="module")
def units(coder: Mp4Coder | OpusCoder, sound: Sound) -> list[bytes]:
    """The units of `sound`."""
    return units_of(coder, sound.timeline, sound.samples)


@pytest.fixture(scope="module")
def episode(
    coder: Mp4Coder | OpusCoder, sound: Sound, units: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> np.ndarray:
    """What the file of `sound` decodes to."""
    path = tmp_path_factory.mktemp("coded") / "episode"
    coder.write(path, FACTS, sound.timeline, units)
    return heard(path)


class TestUnits:
    """What an encoder gives."""

    def test_same_samples_same_bytes_on_any_thread(
        self, coder: Mp4Coder | OpusCoder, sound: Sound, units: list[bytes]
    ) -> None:
        """Units can be encoded side by side: encoders share nothing."""
        frames = [unit.frames for unit in sound.timeline.units]

        with ThreadPoolExecutor(4) as pool:
            again = list(pool.map(lambda *unit: encoded(coder, *unit), sound.samples * 2, frames * 2))

        assert again == units * 2

    def test_decodes_from_its_first_sample(self, coder: Mp4Coder | OpusCoder, sound: Sound, units: list[bytes]) -> None:
        """What a decoder is late by is taken away, and all that sounds is there."""
        for samples, unit in zip(sound.samples, units, strict=True):
            wanted = at_rate(samples, coder.rate_hz)
            decoded = np.concatenate(list(coder.decode([unit])))

            assert len(decoded) >= len(wanted) - 1
            if samples.any():
                assert abs(offset(wanted, decoded, 0)) <= 2
                assert noise_db(wanted, decoded) > 8

    @pytest.mark.parametrize(
        ("samples", "frames"),
        [
            (np.zeros(FRAME_SAMPLES - 1, np.int16), 1),
            (np.zeros(FRAME_SAMPLES, np.float32), 1),
            (np.zeros((FRAME_SAMPLES, 2), np.int16), 1),
            (np.zeros(0, np.int16), 0),
        ],
    )
    def test_refuses_what_is_no_unit(self, coder: Mp4Coder | OpusCoder, samples: np.ndarray, frames: int) -> None:
        """Samples of another length, type or shape are a mistake of the mix, and said to be."""
        with pytest.raises(EpisodeError, match="unit of"):
            encoded(coder, samples, frames)

    def test_key_names_codec_and_settings(self, coder: Mp4Coder | OpusCoder) -> None:
        """Another library, rate or number of channels must not be served what this one encoded."""
        libavcodec = ".".join(map(str, av.library_versions["libavcodec"]))

        for part in (av.__version__, libavcodec, f"{coder.rate_hz} Hz", "mono", "kbit/s"):
            assert part in coder.key
        assert M4a().coder(64, 2).key != M4a().coder(64).key != M4a().coder(80).key

    def test_a_library_without_the_codec_is_a_sentence(
        self, coder: Mp4Coder | OpusCoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It says what to install."""
        monkeypatch.setattr(av, "codecs_available", {"mp3"})

        with pytest.raises(PlatformError, match="pip install"):
            (M4a() if coder.rate_hz == RATE_HZ else Opus()).coder()


@pytest.mark.parametrize("before_ms", range(4, 24, 2))
def test_nothing_is_heard_before_a_sound(coder: Mp4Coder | OpusCoder, before_ms: int) -> None:
    """A unit begins as quietly as one stream goes on: the coder's noise does not run ahead of the first word."""
    frames, before = 20, before_ms * RATE_HZ // 1000
    time = np.arange(frames * FRAME_SAMPLES - before - TAIL) / RATE_HZ
    noise = np.random.default_rng(before_ms).normal(size=time.size)
    sound = np.concatenate([np.zeros(before), 8_000 * np.sin(900 * time) + 2_000 * noise, np.zeros(TAIL)])
    begins = (sound * np.clip((np.arange(sound.size) - before) / 90, 0, 1)).astype(np.int16)

    made = alone(coder, begins, frames)

    quiet = made[: (before_ms - 3) * coder.rate_hz // 1000]  # a short block is 3 ms
    assert np.abs(quiet).max() < 10 ** (-45 / 20) * np.abs(made).max()


class TestJoined:
    """What `write` makes of units."""

    def test_is_as_long_as_the_timeline(
        self, coder: Mp4Coder | OpusCoder, grid: Grid, sound: Sound, episode: np.ndarray
    ) -> None:
        """Opus to the sample; of AAC, FFmpeg decodes the last frame to its end, whatever the edit list says."""
        spare = len(episode) - grid.samples(sound.timeline.frames)

        assert spare == 0 or (coder.rate_hz == RATE_HZ and 0 < spare < grid.frame_samples)

    def test_units_start_at_their_nearest_frame(
        self, coder: Mp4Coder | OpusCoder, grid: Grid, sound: Sound, episode: np.ndarray
    ) -> None:
        """Each is heard where its grid says, to 2 samples, and that is half a frame from the timeline at most."""
        for unit, samples in zip(sound.timeline.units, sound.samples, strict=True):
            if unit.frames > 1:
                start = grid.at(unit.start_frames) * grid.frame_samples
                late = offset(at_rate(samples, coder.rate_hz), episode, start)

                assert abs(late) <= 2
                assert abs(start + late - grid.samples(unit.start_frames)) <= grid.frame_samples / 2 + 2

    def test_a_unit_sounds_as_it_does_alone(
        self, coder: Mp4Coder | OpusCoder, grid: Grid, sound: Sound, episode: np.ndarray
    ) -> None:
        """Bit for bit, but for the silence at its end: no neighbour is heard in a unit, nothing clicks at a join."""
        for unit, samples in zip(sound.timeline.units, sound.samples, strict=True):
            by_itself = alone(coder, samples, unit.frames)
            start, end = (
                grid.at(at) * grid.frame_samples for at in (unit.start_frames, unit.start_frames + unit.frames)
            )
            length = max(0, min(end - start, len(by_itself)) - grid.late_samples)

            assert np.array_equal(episode[start : start + length], by_itself[:length])

    def test_sounds_as_good_as_one_stream(
        self, coder: Mp4Coder | OpusCoder, grid: Grid, sound: Sound, episode: np.ndarray
    ) -> None:
        """Cutting into units costs no quality; which of its modes Opus begins a unit in makes up to 2 dB."""
        runs_on = tuple(replace(unit, runs_on=index > 0) for index, unit in enumerate(sound.timeline.units))
        stream = units_of(coder, replace(sound.timeline, units=runs_on), sound.samples)
        one = np.concatenate(list(coder.decode(stream)))
        wanted, joined = at_rate(sound.whole, coder.rate_hz), np.zeros(0, np.float32)
        for unit in sound.timeline.units:
            start = grid.at(unit.start_frames) * grid.frame_samples
            joined = np.append(joined[: grid.samples(unit.start_frames)], episode[start:])

        assert noise_db(wanted, joined) > noise_db(wanted, one) - 2

    def test_anywhere(
        self,
        coder: Mp4Coder | OpusCoder,
        timeline_of: Callable[[Sequence[int]], Timeline],
        sound: Sound,
        tmp_path: Path,
    ) -> None:
        """A unit has the same bytes wherever it stands, and is whole there."""
        grid, frames = coder.grid, sound.timeline.units[1].frames
        unit = encoded(coder, sound.samples[1], frames)
        by_itself = alone(coder, sound.samples[1], frames)
        for before in range(1, 9):
            silence = encoded(coder, np.zeros(before * FRAME_SAMPLES, np.int16), before)

            coder.write(tmp_path / "episode", FACTS, timeline_of([before, frames, before]), [silence, unit, silence])

            start, length = grid.at(before) * grid.frame_samples, (grid.at(frames) - 1) * grid.frame_samples
            length -= grid.late_samples
            assert np.array_equal(heard(tmp_path / "episode")[start : start + length], by_itself[:length])

    def test_what_runs_on_is_one_stream(self, coder: Mp4Coder | OpusCoder, sound: Sound, tmp_path: Path) -> None:
        """Music goes on through units that run on: not a sample is lost or said twice between them."""
        frames = (80, 45, 30)
        tone = (8_000 * np.sin(np.arange(sum(frames) * FRAME_SAMPLES) / 17)).astype(np.int16)
        tone[-2 * FRAME_SAMPLES :] = 0
        units = [replace(sound.timeline.units[0], frames=each) for each in frames]
        units = [
            replace(unit, start_frames=start, runs_on=start > 0)
            for unit, start in zip(units, (0, 80, 125), strict=True)
        ]
        timeline = replace(sound.timeline, units=tuple(units))
        parts = np.split(tone, np.cumsum(frames)[:-1] * FRAME_SAMPLES)

        coder.write(tmp_path / "episode", FACTS, timeline, units_of(coder, timeline, parts))
        episode = heard(tmp_path / "episode")

        wanted = at_rate(tone, coder.rate_hz)
        assert noise_db(wanted[2_000:-4_000], episode[2_000 : len(wanted) - 4_000]) > 25

    def test_two_channels(self, sound: Sound, tmp_path: Path, coder: Mp4Coder | OpusCoder) -> None:
        """Left stays left: what is on one side only is heard on that side."""
        form = M4a() if coder.rate_hz == RATE_HZ else Opus()
        stereo = form.coder(96, 2)
        samples = [np.stack([each, each // 8], axis=1) for each in sound.samples]

        stereo.write(tmp_path / "episode", FACTS, sound.timeline, units_of(stereo, sound.timeline, samples))
        episode = heard(tmp_path / "episode")

        left, right = (float(np.sqrt(np.mean(side**2))) for side in episode.T)
        assert left / right == pytest.approx(8, rel=0.1)
        assert noise_db(at_rate(sound.samples[0], coder.rate_hz), episode[:, 0]) > 8

    def test_same_units_same_file(
        self, coder: Mp4Coder | OpusCoder, sound: Sound, units: list[bytes], tmp_path: Path
    ) -> None:
        """No clock and no chance is in it."""
        for name in ("one", "two"):
            coder.write(tmp_path / name, FACTS, sound.timeline, units)

        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()

    def test_units_must_fit_the_timeline(
        self, coder: Mp4Coder | OpusCoder, sound: Sound, units: list[bytes], tmp_path: Path
    ) -> None:
        """No file that lies about its times."""
        for wrong in (units[:-1], [*units, units[0]], units[::-1]):
            with pytest.raises(EpisodeError, match="encoded sound"):
                coder.write(tmp_path / "episode", FACTS, sound.timeline, wrong)

    def test_hours_stream_by(
        self,
        coder: Mp4Coder | OpusCoder,
        sound: Sound,
        units: list[bytes],
        timeline_of: Callable[[Sequence[int]], Timeline],
        tmp_path: Path,
    ) -> None:
        """An hour takes no more memory than half of it, but for the sizes of its packets."""
        frames, unit = sound.timeline.units[3].frames, units[3]
        half = 1_800 * RATE_HZ // (frames * FRAME_SAMPLES)
        peaks = []

        for times in (half, 2 * half):
            timeline = timeline_of([frames] * times)
            tracemalloc.start()
            coder.write(tmp_path / "episode", FACTS, timeline, (bytes(bytearray(unit)) for _ in range(times)))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

        assert max(peaks) < 6 << 20
        assert peaks[1] < peaks[0] + (3 << 20)
