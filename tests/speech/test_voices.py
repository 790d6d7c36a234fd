"""Who can speak: by preset, by an engine's own name, by file, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.errors import PlatformError, VoiceError
from narrate.model import Voice
from narrate.speech import choose_voice, list_voices, load_voice
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from narrate.speech import Engine


class Listed(ToneEngine):
    """An engine with a given list of voices."""

    def __init__(self, name: str, *voices: tuple[str, str, str]) -> None:
        self.name = name
        self._listed = [Voice(name, self.name, id_, language) for name, id_, language in voices]

    def voices(self) -> Sequence[Voice]:
        """Those of the list."""
        return self._listed


class Files(Listed):
    """An engine that also takes files."""

    suffix = ".onnx"

    def voice_at(self, path: str) -> Voice:
        """A voice of the file's name."""
        return Voice(path, self.name, path, "nl")


class Absent(ToneEngine):
    """An engine that cannot work here."""

    name = "pyttsx3"

    def voices(self) -> Sequence[Voice]:
        """Always an error."""
        raise PlatformError("no speech on this machine")


ENGINES: Mapping[str, Engine] = {
    "tone": ToneEngine(),
    "pyttsx3": Listed(
        "pyttsx3",
        ("espeak:de", "gmw/de", "de"),
        ("espeak:fr-be", "roa/fr-be", "fr-BE"),
        ("espeak:fr", "roa/fr", "fr-FR"),
        ("espeak:pt", "roa/pt", "pt"),
        ("espeak:pt-br", "roa/pt-br", "pt-BR"),
        ("espeak:en-us", "gmw/en-us", "en-US"),
        ("espeak:nb", "gmq/nb", "nb"),
        ("espeak:cmn", "sit/cmn", "cmn"),
    ),
    "piper": Files("piper", ("piper:en_US-joe-medium", "en_US-joe-medium", "en-US")),
}


@pytest.mark.parametrize(
    ("name", "engine", "id_"),
    [
        ("joe", "piper", "en_US-joe-medium"),
        ("espeak", "pyttsx3", "gmw/en-us"),
        ("espeak:de", "pyttsx3", "gmw/de"),
        ("gmw/de", "pyttsx3", "gmw/de"),
        ("pyttsx3:gmw/de", "pyttsx3", "gmw/de"),
        ("piper:en_US-joe-medium", "piper", "en_US-joe-medium"),
        ("voices/alba.onnx", "piper", "voices/alba.onnx"),
        ("piper:voices/alba.onnx", "piper", "voices/alba.onnx"),
        ("de", "pyttsx3", "gmw/de"),
        ("tone", "tone", "beep"),
    ],
)
def test_a_voice_is_found_by_every_name_it_has(name: str, engine: str, id_: str) -> None:
    """Presets, engines' names and ids, files and languages all lead to a voice."""
    voice = load_voice(name, ENGINES)

    assert (voice.engine, voice.id) == (engine, id_)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "joe"),
        ("en-US", "joe"),
        ("en-GB", "joe"),
        ("de", "espeak:de"),
        ("de-AT", "espeak:de"),
        ("fr", "espeak:fr"),
        ("fr-BE", "espeak:fr-be"),
        ("pt", "espeak:pt"),
        ("pt-br", "espeak:pt-br"),
        ("no", "espeak:nb"),
        ("zh-Hans", "espeak:cmn"),
    ],
)
def test_a_language_gets_its_best_voice(language: str, name: str) -> None:
    """A neural voice before a rule voice, then the nearest variety; the tone engine never speaks unasked."""
    assert choose_voice(language, ENGINES).name == name


def test_a_language_that_nobody_speaks_is_said_so() -> None:
    """There is no fallback to a voice of another language."""
    with pytest.raises(VoiceError, match="no voice here speaks 'tlh'"):
        choose_voice("tlh", ENGINES)


def test_an_unknown_voice_is_answered_with_help() -> None:
    """The message counts what there is, and offers what is near."""
    count = len(list_voices(ENGINES)[0])

    with pytest.raises(VoiceError) as unknown:
        load_voice("alba", ENGINES)
    with pytest.raises(VoiceError, match="did you mean 'espeak'"):
        load_voice("espaek", ENGINES)

    assert str(unknown.value) == f"no voice 'alba'; 'narrate voices' lists the {count} that can speak here"


def test_the_list_has_every_voice_once_and_only_those_that_speak() -> None:
    """A preset stands for its engine's voice, and is not listed where its engine lacks that voice."""
    voices, complaints = list_voices(ENGINES)

    names = [voice.name for voice in voices]
    assert names[:4] == ["espeak", "joe", "joe-low", "tone"]
    assert "espeak-gb" not in names
    assert "espeak:en-us" not in names
    assert "espeak:de" in names
    assert complaints == ()


def test_an_engine_that_cannot_work_is_a_complaint() -> None:
    """The other engines' voices are listed all the same, and the language goes to one of them."""
    engines = {"pyttsx3": Absent(), "piper": ENGINES["piper"]}

    voices, complaints = list_voices(engines)

    assert {voice.engine for voice in voices} == {"piper"}
    assert complaints == ("no speech on this machine",)
    assert choose_voice("en", engines).name == "joe"


def test_a_model_file_of_the_users_speaks_its_language(tmp_path: Path) -> None:
    """A preset for a file is chosen for a language that nothing else speaks, if the file is there."""
    preset = 'engine = "piper"\nid = "own.onnx"\nlanguage = "is"\n'
    (tmp_path / "own.toml").write_text(preset, encoding="utf-8")

    with pytest.raises(VoiceError):
        choose_voice("is", ENGINES, [tmp_path])
    (tmp_path / "own.onnx").touch()

    assert choose_voice("is", ENGINES, [tmp_path]).name == "own"


class Telling(Files):
    """An engine that says what its voices are."""

    def voice_at(self, path: str) -> Voice:
        """A voice with all that can be told."""
        return Voice(path, self.name, path, "nl", gender="male", licence="CC0", quality="low", rate_hz=16_000)


def test_a_preset_is_listed_with_what_its_engine_tells(tmp_path: Path) -> None:
    """What the preset says itself stands; the rest is the engine's, of a file of the user's too."""
    (tmp_path / "own.onnx").touch()
    preset = 'engine = "piper"\nid = "own.onnx#2"\nlanguage = "is"\ngender = "female"\n'
    (tmp_path / "own.toml").write_text(preset, encoding="utf-8")

    own = list_voices({"piper": Telling("piper")}, [tmp_path])[0][0]

    assert own.id == f"{tmp_path / 'own.onnx'}#2"
    assert (own.gender, own.licence, own.quality, own.rate_hz) == ("female", "CC0", "low", 16_000)


def test_a_file_is_the_first_engines_that_knows_it(tmp_path: Path) -> None:
    """Two engines read files of one kind; the error of the last is told where none knows it."""

    class Picky(Files):
        def voice_at(self, path: str) -> Voice:
            raise VoiceError(f"{self.name} does not know {path}")

    first, second = Picky("kokoro"), Files("piper")

    assert load_voice("a.onnx", {"kokoro": first, "piper": second}, [tmp_path]).engine == "piper"
    with pytest.raises(VoiceError, match=r"piper does not know a\.onnx"):
        load_voice("a.onnx", {"kokoro": first, "piper": Picky("piper")}, [tmp_path])
