"""Formats that lose nothing, made like any other: one encoding for both, the same bytes again, every sample."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np

from narrate.episode.formats.flac import Flac
from narrate.episode.formats.wav import Wav
from narrate.pipeline.making import make
from narrate.pipeline.order import Order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.order import Made

ARTICLE = "# A title\n\nOne sentence stands here. Another one follows it.\n\nA second paragraph ends it.\n"


def made(workshop: Workshop) -> Made:
    """The article as WAV and FLAC."""
    article = workshop.write("article.md", ARTICLE)
    tools = replace(workshop.tools(), formats={"flac": Flac(), "wav": Wav()})
    result = make(Order((str(article),)), workshop.settings(formats="flac,wav", book="none"), tools, lambda _: None)
    return result.made[0]


def samples(path: Path) -> np.ndarray:
    """All of a file."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def test_two_formats_are_encoded_once(workshop: Workshop) -> None:
    """What one has encoded the other takes."""
    episode = made(workshop)

    assert episode.encoded == episode.units // 2 > 2


def test_both_hold_the_same_samples(workshop: Workshop) -> None:
    """As long as the timeline, to the sample."""
    episode = made(workshop)
    folder = workshop.show / episode.episode.slug
    flac, wav = (samples(folder / f"{episode.episode.slug}{suffix}") for suffix in (".flac", ".wav"))

    assert np.array_equal(flac, wav)
    assert round(len(flac) / 44.1) == episode.episode.duration_ms
    assert np.abs(flac).max() > 5_000


def test_made_again_they_are_the_same_bytes(workshop: Workshop) -> None:
    """From what is kept, and with an empty cache too."""
    first = made(workshop)
    digests = [file.sha256 for file in first.episode.files]

    again = made(workshop)
    for path in workshop.cache.rglob("*"):
        if path.is_file():
            path.unlink()
    cold = made(workshop)

    assert again.encoded == 0
    assert cold.encoded == first.encoded
    assert [file.sha256 for file in again.episode.files] == [file.sha256 for file in cold.episode.files] == digests
