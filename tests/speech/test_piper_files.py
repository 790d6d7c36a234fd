"""Piper voices as files: what their configuration and model card say, and the speakers of one model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.speech.test_planes import FEEDS, node, some, tensor, value
from tests.tiny import piper_files

from narrate.errors import VoiceError
from narrate.model import Utterance
from narrate.speech import perform
from narrate.speech.graph import graph_of
from narrate.speech.piper import PiperEngine
from narrate.speech.piper_model import load_model

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Bread is old, and it was baked."


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("## Dataset\n\n* URL: https://x.example\n* License: CC0\n", "CC0"),
        ("Licence:   MIT  License \n", "MIT License"),
        ("* License: \n\n* Other: x\n", ""),
        ("no word of it", ""),
        (b"\xff\xfe* License: x".decode("latin-1"), ""),
    ],
)
def test_the_licence_is_what_the_model_card_says(tmp_path: Path, card: str, licence: str) -> None:
    """The line of it, whoever wrote the card; nothing is made up where there is none."""
    model, _ = piper_files(tmp_path)
    (tmp_path / "MODEL_CARD").write_text(card, encoding="utf-8")

    assert PiperEngine().voice_at(str(model)).licence == licence


def test_the_card_of_the_voice_itself_comes_first(tmp_path: Path) -> None:
    """Several models in one folder have a card each."""
    model, _ = piper_files(tmp_path)
    (tmp_path / "MODEL_CARD").write_text("License: other", encoding="utf-8")
    (tmp_path / "en_US-tiny-low.MODEL_CARD").write_text("License: own", encoding="utf-8")

    assert PiperEngine().voice_at(str(model)).licence == "own"


def test_quality_and_rate_are_the_configurations(tmp_path: Path) -> None:
    """The quality falls back to the end of the file's name."""
    told, _ = piper_files(tmp_path, audio={"sample_rate": 16_000, "quality": "x_low"})
    named, _ = piper_files(tmp_path, "de_DE-tiny-high", audio={"sample_rate": 22_050})

    voices = [PiperEngine().voice_at(str(model)) for model in (told, named)]

    assert [(voice.quality, voice.rate_hz) for voice in voices] == [("x_low", 16_000), ("high", 22_050)]


@pytest.mark.parametrize("audio", [{}, {"sample_rate": "fast"}, {"sample_rate": None}, [], None])
def test_a_configuration_without_a_rate_is_none(tmp_path: Path, audio: object) -> None:
    """One sentence, whatever stands in its place."""
    model, _ = piper_files(tmp_path, audio=audio)

    with pytest.raises(VoiceError, match="does not describe a Piper voice"):
        PiperEngine().voice_at(str(model))


def test_a_speaker_is_a_voice_of_the_model(tmp_path: Path) -> None:
    """One model in memory for all of them; a take is the speaker's whose name or number the id has."""
    model, _ = piper_files(tmp_path, speakers=3)
    engine = PiperEngine()

    voices = [engine.voice_at(f"{model}{part}") for part in ("", "#speaker2", "#1")]
    takes = [perform(Utterance(TEXT, TEXT, "en"), voice, engine) for voice in voices]

    assert [voice.name.partition(":")[2] for voice in voices] == [
        f"en_US-tiny-low{part}" for part in ("", "#speaker2", "#1")
    ]
    peaks = [np.frombuffer(take.clip.pcm, "<i2").max() / 32_767 for take in takes]
    assert peaks == pytest.approx([0.1, 0.3, 0.2], rel=0.01)
    assert len(engine._models) == 1
    assert len({engine.fingerprint(voice) for voice in voices}) == 1


@pytest.mark.parametrize("speaker", ["3", "nobody", "-1", "²"])
def test_a_speaker_that_the_model_lacks_is_named(tmp_path: Path, speaker: str) -> None:
    """With the numbers that there are."""
    model, _ = piper_files(tmp_path, speakers=3)
    engine = PiperEngine()

    with pytest.raises(VoiceError, match=f"no speaker '{speaker}' among its 3; give a number below 3"):
        engine.speak(Utterance(TEXT, TEXT, "en"), engine.voice_at(f"{model}#{speaker}"))


@pytest.mark.parametrize(
    ("whole", "torn"),
    [(b"\x22\x04Ceil", b"\x22\x7fCeil"), (b"\x12\x04hops\x22\x04Ceil", b"\x0a\x04hops\x22\x04Ceil")],
    ids=["a field that ends behind its node", "a node without an output"],
)
def test_a_model_with_one_torn_node_is_refused(tmp_path: Path, whole: bytes, torn: bytes) -> None:
    """The graph can be read, a node in it cannot: one sentence that names the file."""
    model, config = piper_files(tmp_path)
    model.write_bytes(model.read_bytes().replace(whole, torn))

    with pytest.raises(VoiceError, match=r"low\.onnx' cannot be loaded"):
        load_model(model, config)


def test_a_file_of_bits_that_are_all_set_is_refused_at_once(tmp_path: Path) -> None:
    """What a bad disk gives is not taken for a number of millions of digits."""
    model, config = piper_files(tmp_path)
    model.write_bytes(b"\xff" * 4_000_000)

    with pytest.raises(VoiceError, match="cannot be loaded"):
        load_model(model, config)


def test_an_export_whose_filters_are_inputs_too_can_be_told_durations(tmp_path: Path) -> None:
    """Old exports say the shapes of filters twice, so the vocoder stays as it is; all else is as ever."""
    model, config = piper_files(tmp_path)
    graph = graph_of(model.read_bytes())
    filters = tensor("taps", some(16, 1, 3)), value(11, "taps", 16, 1, 3)
    vocoder = node("ConvTranspose", "line taps", "more"), tensor("line", FEEDS["line"]), *filters
    model.write_bytes(graph.changed(graph.added(*vocoder)))

    assert load_model(model, config)._can_be_told
