"""What a voice is: its language, its name, its files, its pace and pitch; and the bytes of a model."""

from __future__ import annotations

import platform
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import TakeError, VoiceError
from narrate.model import Clip, Pronunciation, Utterance, Voice, WordTime
from narrate.speech import perform
from narrate.speech.durations import durations
from narrate.speech.graph import graph_of
from narrate.speech.languages import nearness, primary, tag_of
from narrate.speech.levels import levels_of
from narrate.speech.modelfiles import digest_of
from narrate.speech.phonemes import Phoneme, words_from_phonemes
from narrate.speech.piper import PiperEngine
from narrate.speech.protobuf import read_varint, varint
from narrate.speech.pyttsx3 import Pyttsx3Engine
from narrate.speech.text import is_speakable, plain, spoken_words
from narrate.speech.tone import ToneEngine
from narrate.speech.words import words_from_events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from narrate.speech.piper_model import Manner

    Say = Callable[[str], Utterance]

BEEP = Voice("tone", "tone", "beep", "und")


@pytest.mark.parametrize(
    ("language", "home", "abroad"),
    [
        ("en", "en-US", "en-GB"),
        ("de", "de-DE", "de-AT"),
        ("pt", "pt-PT", "pt-BR"),
        ("sv", "sv-SE", "sv-FI"),
        ("da", "da-DK", "da-GL"),
        ("ko", "ko-KR", "ko-KP"),
        ("ar", "ar-SA", "ar-EG"),
        ("no", "nb-NO", "nb-SJ"),
        ("zh", "cmn-CN", "cmn-TW"),
        ("zh-Hans", "zh-CN", "zh-TW"),
    ],
)
def test_a_language_without_a_region_is_the_one_of_its_home(language: str, home: str, abroad: str) -> None:
    """Where several varieties can be had the usual one is chosen, whichever way its tag is written."""
    assert nearness(language, home) > nearness(language, abroad) > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("zh", "cmn"), ("no", "nb"), ("nn", "nb"), ("iw", "he"), ("in", "id"), ("tl", "fil"), ("sh", "sr"), ("mo", "ro")],
)
def test_old_and_wide_tags_are_understood(one: str, other: str) -> None:
    """Retired codes and macrolanguages have a voice of the language they stand for."""
    assert primary(one.upper()) == other == primary(f"{other}-XX")
    assert nearness(one, other) > 0


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("EN-us", "en-US"),
        ("de_DE", "de-DE"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ca-va", "ca-valencia"),
        ("py", "mis-x-pyash"),
        ("en-us-nyc", "en-US-x-nyc"),
        ("ru-x-Klassik", "ru-x-Klassik"),
        ("roa-1994", "roa-1994"),
        ("x-klingon", "und"),
        ("english", "und"),
    ],
)
def test_names_of_languages_become_tags(name: str, tag: str) -> None:
    """Private subtags stay as they are, years and numbers too; a word is no tag."""
    assert tag_of(name) == tag


class Model:
    """A Piper model of 20,000 samples a second that only remembers how it was asked to speak."""

    rate_hz = 20_000

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []

    def fit(self, pronunciations: tuple[Pronunciation, ...]) -> tuple[Pronunciation, ...]:
        """Any phonemes will do."""
        return pronunciations

    def speak(
        self, text: str, manner: Manner, phonemes: tuple[Pronunciation, ...], stressed: tuple[tuple[int, int], ...]
    ) -> tuple[bytes, tuple[WordTime, ...]]:
        """A second at length scale 1."""
        assert (phonemes, stressed, manner.speaker, manner.repeatable) == ((), (), "", False)
        self.asked.append((text, manner.length_scale))
        return bytes(2 * round(20_000 * manner.length_scale)), ()


@pytest.mark.parametrize(
    ("rate_wpm", "pitch", "heard"),
    [
        (175, 50, (1.0, 20_000)),
        (350, 50, (0.5, 20_000)),
        (175, 100, (1.0, 28_300)),
        (175, 0, (1.0, 14_150)),
        (87, 75, (2.01, 23_800)),
    ],
)
def test_pace_and_pitch_of_a_neural_voice(
    say: Say, monkeypatch: pytest.MonkeyPatch, rate_wpm: int, pitch: int, heard: tuple[float, int]
) -> None:
    """Twice the rate takes half the time at any pitch; 100 of pitch is an octave; rates are steps of 50 Hz."""
    seconds, rate_hz = heard
    model, engine = Model(), PiperEngine()
    monkeypatch.setattr(engine, "_model", lambda _id: model)
    monkeypatch.setattr(engine, "fingerprint", lambda _voice: "piper")

    take = engine.speak(say("Hi [[h@]]"), Voice("a", "piper", "a.onnx", "en", rate_wpm=rate_wpm, pitch=pitch))

    assert take.clip.rate_hz == rate_hz
    assert take.clip.samples / take.clip.rate_hz == pytest.approx(seconds, rel=0.005)
    assert model.asked[0][0] == "Hi   h@  "


@pytest.mark.parametrize("at", [0, 300, 1562, 50_000, 99_967])
def test_another_model_has_another_fingerprint(tmp_path: Path, at: int) -> None:
    """A byte of the beginning, the middle or the end, the size or the name: each tells two models apart."""
    weights = bytes(number * number % 251 for number in range(64 * 1562))
    files = [tmp_path / name for name in ("a.onnx", "b/a.onnx", "c/a.onnx", "c.onnx")]
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    sampled = at - at % 1562 + 7  # inside one of the 64 samples
    changed = weights[:sampled] + bytes([weights[sampled] ^ 1]) + weights[sampled + 1 :]
    for file, data in zip(files, (weights, changed, weights + b"\0", weights), strict=True):
        file.write_bytes(data)

    digests = [digest_of(file) for file in files]

    assert len(set(digests)) == 4
    assert all("\n" not in digest for digest in digests)


def test_the_same_model_elsewhere_has_the_same_fingerprint(tmp_path: Path) -> None:
    """Moved to another folder, a model's takes stay in the cache."""
    (tmp_path / "b").mkdir()
    for file in (tmp_path / "a.onnx", tmp_path / "b" / "a.onnx"):
        file.write_bytes(b"weights" * 1000)

    assert digest_of(tmp_path / "a.onnx") == digest_of(tmp_path / "b" / "a.onnx")


@pytest.mark.parametrize("missing", ["a.onnx", "a.onnx.json"])
def test_a_model_without_its_file_is_said_so(tmp_path: Path, missing: str) -> None:
    """Which of the two files is not there, before anything is loaded."""
    for name in {"a.onnx", "a.onnx.json"} - {missing}:
        (tmp_path / name).write_bytes(b"{}")

    with pytest.raises(VoiceError, match=rf"there is no file '.*{missing}' for the Piper voice"):
        PiperEngine().fingerprint(Voice("a", "piper", str(tmp_path / "a.onnx"), "en"))


@pytest.mark.parametrize("config", ["", "[]", "{}", '{"espeak": {}}', '{"espeak": 7}', "\xff"])
def test_a_configuration_of_something_else_is_said_so(tmp_path: Path, config: str) -> None:
    """A file beside the model that is no Piper configuration gives one sentence that names it."""
    (tmp_path / "a.onnx").write_bytes(b"")
    (tmp_path / "a.onnx.json").write_text(config, encoding="latin-1")

    with pytest.raises(VoiceError, match=r"a\.onnx\.json' does not describe a Piper voice"):
        PiperEngine().voice_at(str(tmp_path / "a.onnx"))


@pytest.mark.parametrize(
    ("driver", "record", "name", "language", "label"),
    [
        ("espeak", {"id": "gmw/en-us", "name": "English", "languages": ["en-us"]}, "espeak:en-us", "en-US", "English"),
        ("espeak", {"id": "de", "name": " ", "languages": ["de"]}, "espeak:de", "de", "de"),
        ("nsss", {"id": "com.apple.x.Anna", "name": "Anna", "languages": ["de_DE"]}, "nsss:Anna", "de-DE", "Anna"),
        ("nsss", {"id": "com.apple.y", "name": "", "languages": []}, "nsss:com.apple.y", "und", "com.apple.y"),
        ("sapi5", {"id": "HKEY/Zira", "name": "Zira ", "languages": ["en-US", "de"]}, "sapi5:Zira ", "en-US", "Zira"),
    ],
)
def test_a_systems_voice_has_a_name_a_language_and_a_label(
    driver: str, record: dict[str, Any], name: str, language: str, label: str
) -> None:
    """The name for ``--voice``, its first language as a tag, and what show notes call it."""
    voice = Pyttsx3Engine(driver)._voice(record)

    assert (voice.name, voice.id, voice.language) == (name, record["id"], language)
    assert voice.label.partition(", ")[2] == label


def _field(number: int, kind: int, content: bytes) -> bytes:
    return bytes([number << 3 | kind]) + (bytes([len(content)]) if kind == 2 else b"") + content


@given(st.integers(0, 2**63), st.binary(max_size=4))
def test_a_number_is_read_as_it_is_written(value: int, after: bytes) -> None:
    """Of any size, whatever follows it; its length is told."""
    written = varint(value)

    assert read_varint(memoryview(written + after), 0) == (value, len(written))


@pytest.mark.parametrize("before", [_field(3, 0, b"\xac\x02"), _field(9, 1, b"8 bytes."), _field(9, 5, b"four")])
def test_fields_of_every_kind_are_passed_over(before: bytes) -> None:
    """Numbers, fixed words of eight and four bytes, and bytes: none is taken for the graph or a node."""
    node = _field(1, 2, _field(2, 2, b"lengths") + _field(4, 2, b"Ceil"))
    named = _field(12, 2, _field(1, 2, b"lengths"))

    graph = graph_of(before + _field(7, 2, before + node) + before)
    changed = graph.changed(durations(graph))

    assert changed == before + _field(7, 2, before + node + named) + before


@pytest.mark.parametrize(("kind", "content"), [(3, b""), (4, b""), (6, b"ab")])
def test_kinds_of_fields_that_onnx_has_not_are_refused(kind: int, content: bytes) -> None:
    """Groups and what is not defined: the bytes are another format's."""
    with pytest.raises(ValueError, match="not an ONNX model"):
        graph_of(_field(1, kind, content) + _field(7, 2, b""))


SAID = {
    "the": "ðə",
    "sea": "sˈiː",
    "is": "ɪz",
    "blue": "bluː",
    "a": "ɐ",
    "of": "ʌv",
    "I": "aɪ",
    "am": "æm",
    "—": "",
    "here": "hɪɹ",
}


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("sea", "sˈiː", [(0, 40)]),
        ("is blue", "ˈɪz blˈuː", [(0, 30), (30, 90)]),
        ("the sea is blue", "ðəsiːɪzbluː", [(0, 20), (20, 50), (50, 70), (70, 110)]),
        ("of a sea", "əvə sˈiː", [(0, 20), (20, 30), (30, 80)]),
        ("I am here", "aɪɐm hˈɪɹ", [(0, 20), (20, 40), (40, 90)]),
        ("a sea here", "ɐsiː hˈɪɹ", [(0, 10), (10, 40), (40, 90)]),
        ("sea — here", "siː hˈɪɹ", [(0, 30), (30, 80)]),
        ("the sea", "", [(0, 0), (0, 0)]),
        ("sea", "^ ... $", [(0, 0)]),
    ],
)
def test_words_are_where_their_phonemes_are(text: str, line: str, expected: list[tuple[int, int]]) -> None:
    """A stress mark belongs to the sound after it, from the first sample on; joined words part by their sounds."""
    phonemes = [Phoneme(symbol, 10 * at, 10 * at + 10) for at, symbol in enumerate(line)]

    words = words_from_phonemes(text, phonemes, SAID.__getitem__)

    assert [(word.start_samples, word.end_samples) for word in words] == expected
    assert [(word.spoken_start, word.spoken_end) for word in words] == spoken_words(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("[[x]] [y] [[", "  x   [y]   "),
        ("a\u2028b\ue000c\ud800d\u0378e", "a b c d e"),
        ("it’s 5 % – fine…", "it’s 5 % – fine…"),
        ("e\u0301 \U0001f642 \u200d", "e\u0301 \U0001f642 \u200d"),
    ],
)
def test_what_no_voice_can_say_is_a_blank(text: str, safe: str) -> None:
    """Brackets of commands, private and unassigned characters, halves of pairs; what is text stays in its place."""
    assert (plain(text), len(plain(text))) == (safe, len(text))


@pytest.mark.parametrize(
    ("text", "sounds"), [("&", True), ("=", True), ("€", True), ("🙂", True), ("|", False), ("_", False), ("。", False)]
)
def test_signs_that_are_read_out_sound(text: str, *, sounds: bool) -> None:
    """A voice says "and", "euro" and the name of a picture, and nothing for a bar."""
    assert is_speakable(text) == sounds


class Silent(ToneEngine):
    """A tone engine that fails with one reason."""

    def speak(self, utterance: Utterance, voice: Voice) -> Any:  # noqa: ANN401 - it never returns
        """Fail."""
        del utterance, voice
        raise TakeError("it came back silent")


@pytest.mark.parametrize(("letters", "quoted"), [(80, "a" * 80), (81, "a" * 80 + "…"), (5, "aaaaa")])
def test_an_error_quotes_what_fits_a_line(say: Say, letters: int, quoted: str) -> None:
    """Eighty characters of the sentence, and a sign where there is more."""
    with pytest.raises(TakeError, match=f"“{quoted}”"):
        perform(replace(say("not quoted"), written="a" * letters), BEEP, Silent())


@pytest.mark.parametrize(
    ("events", "starts"),
    [
        ([(2, 300)], [300, 400]),
        ([(2, 300), (0, 500)], [300, 400]),
        ([(0, 0), (2, 300)], [0, 300]),
        ([(0, 9_999)], [1000, 1000]),
        ([(1, 300)], [0, 250]),
    ],
)
def test_words_before_the_first_event_begin_with_it(events: list[tuple[int, int]], starts: list[int]) -> None:
    """An engine that skips the first word still says when speech begins; an event on a blank says nothing."""
    clip = Clip(b"\x00\x20" * 1000, 1000)
    words = words_from_events("a cat", events, levels_of(clip))

    assert [word.start_samples for word in words] == pytest.approx(starts, abs=80)
    assert all(word.end_samples <= 1000 for word in words)


@pytest.mark.parametrize("driver", ["nsss", "sapi5", "espeak"])
def test_a_systems_takes_are_those_of_its_version(driver: str) -> None:
    """What speaks below pyttsx3 is in the fingerprint: eSpeak's package where it is used, else the system."""
    fingerprint = Pyttsx3Engine(driver).fingerprint(BEEP)
    packaged = driver == "espeak" and sys.platform == "linux"

    assert fingerprint.startswith("pyttsx3 ")
    assert f" {driver} " in fingerprint
    assert fingerprint.count("espeakng-loader") == packaged
    assert fingerprint.endswith(platform.release()) != packaged
