"""Kokoro, with a model of some hundred bytes that has the inputs and outputs of the real one: it is really run."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.tiny import HOPS_AN_ID, kokoro_files, kokoro_model, piper_files

from narrate.errors import PlatformError, VoiceError
from narrate.model import Pronunciation, Utterance
from narrate.speech import kokoro_voices, perform
from narrate.speech.kokoro import KokoroEngine
from narrate.speech.kokoro_model import RATE_HZ, load_model, style_in, styles_in
from narrate.speech.kokoro_signs import NUMBERS, signs_of
from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model import Take, Voice

HOP = 600
AN_ID = HOP * HOPS_AN_ID
TEXT = "Bread is old, and it was baked."


@pytest.fixture
def engine() -> Iterator[KokoroEngine]:
    """The engine, without a model yet."""
    made = KokoroEngine()
    yield made
    made.close()


@pytest.fixture
def heart(engine: KokoroEngine, tmp_path: Path) -> Voice:
    """A voice of a model that tells durations, as loud as real ones are."""
    model, _ = kokoro_files(tmp_path / "m", {"af_heart": 0.2, "bf_emma": 0.1, "ff_siwis": 0.1})
    return engine.voice_at(f"{model}#af_heart")


def said(text: str, engine: KokoroEngine, voice: Voice, *given: Pronunciation) -> Take:
    """What the voice makes of an English text, unchecked."""
    return engine.speak(Utterance(text, text, "en", pronunciations=given), voice)


def test_words_last_as_long_as_the_models_own_phonemes(engine: KokoroEngine, heart: Voice) -> None:
    """Three hops a sign, the first after that of the start; the sum of all is the clip, to the sample."""
    take = perform(Utterance(TEXT, TEXT, "en"), heart, engine)

    signs = signs_of("bɹˈɛd ɪz ˈoʊld, ænd ɪt wʌz bˈeɪkt.", "en-us")
    assert take.clip.rate_hz == RATE_HZ
    assert take.clip.samples == (len(signs) + 2) * AN_ID
    starts = [signs.index(start) + 1 for start in ("bɹ", "ɪz", "ˈO", "æ", "ɪt", "w", "bˈA")]
    # A word begins in the blank before it, within a hop of there.
    assert [word.start_samples for word in take.words] == pytest.approx(
        [at * AN_ID - 2 * HOP for at in starts], abs=HOP
    )
    assert not any(word.estimated for word in take.words)
    assert [(word.spoken_start, word.spoken_end) for word in take.words] == spoken_words(TEXT)


def test_a_model_that_tells_no_durations_has_estimated_words(engine: KokoroEngine, tmp_path: Path) -> None:
    """The sound is shared by letters, and each word says so."""
    model, _ = kokoro_files(tmp_path, {"af_heart": 0.2}, tells=False)

    take = perform(Utterance(TEXT, TEXT, "en"), engine.voice_at(f"{model}#af_heart"), engine)

    assert all(word.estimated for word in take.words)
    assert len(take.words) == 7


def test_the_style_is_the_voices_own(engine: KokoroEngine, heart: Voice) -> None:
    """Two voices of one model speak with the styles of their names: here one is half as loud."""
    other = engine.voice_at(heart.id.replace("af_heart", "bf_emma"))

    peaks = [np.frombuffer(said("Good.", engine, voice).clip.pcm, "<i2").max() for voice in (heart, other)]

    assert peaks == pytest.approx([0.2 * 32_767, 0.1 * 32_767], rel=0.01)


@pytest.mark.parametrize(
    ("asked", "hops", "rate_hz"), [((350, 50), 2, RATE_HZ), ((88, 50), 6, RATE_HZ), ((175, 100), 4, 33_950)]
)
def test_pace_and_pitch(engine: KokoroEngine, heart: Voice, asked: tuple[int, int], hops: int, rate_hz: int) -> None:
    """The speed is the model's input; pitch is another rate, the speech slowed down beforehand to keep its pace."""
    take = said("Good.", engine, replace(heart, rate_wpm=asked[0], pitch=asked[1]))

    assert (take.clip.rate_hz, take.clip.samples % (hops * HOP)) == (rate_hz, 0)
    assert take.words[0].start_samples == (hops - 2) * HOP


def test_what_is_too_long_is_spoken_in_portions(engine: KokoroEngine, heart: Voice) -> None:
    """The model has room for 510 signs; every word is timed all the same, in order."""
    text = ", ".join(["the bread is old"] * 60) + "."

    take = said(text, engine, heart)

    ends = [word.end_samples for word in take.words]
    assert len(take.words) == 240
    assert ends == sorted(ends)
    assert take.clip.samples > 510 * AN_ID


def test_phonemes_that_are_given_are_spoken(engine: KokoroEngine, heart: Voice) -> None:
    """In the model's own signs, in the place of eSpeak's, and the words are timed by them."""
    text = "Siobhan is here."
    own = said(text, engine, heart)

    take = said(text, engine, heart, Pronunciation(0, 7, "ʃɪˈvɔːnɪnɪ"))

    first, second = take.words[:2]
    assert (first.end_samples - first.start_samples) // AN_ID == len("ʃɪˈvɔnɪnɪ")
    assert second.start_samples - own.words[1].start_samples == 3 * AN_ID


@pytest.mark.parametrize(
    ("phonemes", "language", "signs"),
    [
        ("ðə lˈæɾɚ bˈʌʔn̩", "en-us", "ðə lˈæTəɹ bˈʌtn"),
        ("lˈɪɾəl bˈɜːd", "en-us", "lˈɪTᵊl bˈɜɹd"),
        ("tʃˈɜːtʃ dʒˈʌdʒ", "en-us", "ʧˈɜɹʧ ʤˈʌʤ"),
        ("aɪ aʊ eɪ oʊ ɔɪ", "en-us", "I W A O Y"),
        ("nˈəʊ ðeə nˌiə kˈɑː", "en-gb-x-rp", "nˈQ ðɛː nˌɪə kˈɑː"),
        ("bɔ̃ʒˈuʁ", "fr", "bɔ̃ʒˈuʁ"),
        ("pˈitsa", "it", "pˈiʦa"),
        ("a☃b", "es", "ab"),
        ("", "en-us", ""),
    ],
)
def test_phonemes_in_kokoros_signs(phonemes: str, language: str, signs: str) -> None:
    """One sign for a diphthong or an affricate; what the model has no sign for is left out."""
    assert signs_of(phonemes, language) == signs
    assert set(signs) <= set(NUMBERS)


def test_each_sign_has_a_number_of_its_own() -> None:
    """114 of them, none of which is that of the ends."""
    numbers = list(NUMBERS.values())

    assert len(set(numbers)) == len(numbers) == 114
    assert min(numbers) > 0
    assert [NUMBERS[sign] for sign in "; AIᵊaəɡɹˈᵻ"] == [1, 16, 24, 25, 42, 43, 83, 92, 123, 156, 177]


def test_an_export_of_other_names_is_run_too(engine: KokoroEngine, tmp_path: Path) -> None:
    """Some call the first input ``input_ids``."""
    model, _ = kokoro_files(tmp_path, {"af_heart": 0.2})
    model.write_bytes(kokoro_model(ids="input_ids"))

    assert said("Good.", engine, engine.voice_at(f"{model}#af_heart")).clip.samples


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("af_heart", ("en-US", "female", "grade A")),
        ("bm_george", ("en-GB", "male", "grade C")),
        ("ff_siwis", ("fr-FR", "female", "")),
        ("pm_alex", ("pt-BR", "male", "")),
        ("mine", ("en-US", "", "")),
    ],
)
def test_a_voices_name_says_who_it_is(
    engine: KokoroEngine, heart: Voice, name: str, told: tuple[str, str, str]
) -> None:
    """Language and gender by the two letters before the name; the grade is its makers'."""
    voice = engine.voice_at(heart.id.replace("af_heart", name))

    assert (voice.language, voice.gender, voice.quality) == told
    assert (voice.rate_hz, voice.licence, voice.name) == (RATE_HZ, "Apache-2.0", f"kokoro:{name}")


def test_the_voices_of_a_file_that_can_speak_here(tmp_path: Path) -> None:
    """The best first; Japanese and Chinese ones need phonemes that eSpeak does not give."""
    _, styles = kokoro_files(tmp_path, dict.fromkeys(["zf_xiaoni", "am_adam", "mine", "af_heart", "jf_alpha"], 0.1))

    assert kokoro_voices(styles) == ["af_heart", "am_adam", "mine"]


def test_the_styles_may_lie_beside_the_model_under_their_own_name(engine: KokoroEngine, tmp_path: Path) -> None:
    """``MODEL.voices.bin`` first, else the only ``voices*.bin`` of the folder."""
    model, styles = kokoro_files(tmp_path, {"af_heart": 0.2})
    (tmp_path / "voices-of-others.bin").write_bytes(styles.read_bytes())
    with pytest.raises(VoiceError, match=r"no voices file.*'kokoro-tiny\.voices\.bin'"):
        engine.voice_at(f"{model}#af_heart")

    styles.rename(tmp_path / "kokoro-tiny.voices.bin")

    assert engine.voice_at(f"{model}#af_heart").language == "en-US"


def test_takes_are_those_of_model_voices_and_signs(engine: KokoroEngine, heart: Voice, tmp_path: Path) -> None:
    """Another model, or other styles, are another fingerprint."""
    before = engine.fingerprint(heart)
    kokoro_files(tmp_path / "n", {"af_heart": 0.3})

    after = engine.fingerprint(replace(heart, id=str(tmp_path / "n" / "kokoro-tiny.onnx") + "#af_heart"))

    assert before.startswith("kokoro 1 piper-tts ")
    assert before != after


def test_a_word_alone_in_the_alphabet_of_dictionaries(engine: KokoroEngine, heart: Voice) -> None:
    """What eSpeak's rules make of it, in the voice's language."""
    assert engine.phonemes("bread", heart) == "bɹˈɛd"
    assert engine.phonemes("pain", engine.voice_at(heart.id.replace("af_heart", "ff_siwis"))) == "pˈɛ̃"


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("", "name one after it"),
        ("#jf_alpha", "speaks Japanese, which narrate has no phonemes for"),
        ("#zm_yunxi", "speaks Mandarin"),
        ("#qf_odd", "a language of its own"),
    ],
)
def test_a_voice_that_cannot_be_had_is_said_so(engine: KokoroEngine, heart: Voice, part: str, reason: str) -> None:
    """Before anything is loaded."""
    with pytest.raises(VoiceError, match=reason):
        engine.voice_at(heart.id.removesuffix("#af_heart") + part)


def test_a_voice_that_the_file_lacks_is_answered_with_those_it_has(engine: KokoroEngine, heart: Voice) -> None:
    """The message lists them."""
    with pytest.raises(VoiceError, match=r"no voice 'am_adam' in .*; there are af_heart, bf_emma, ff_siwis"):
        said("Good.", engine, replace(heart, id=heart.id.replace("af_heart", "am_adam")))


@pytest.mark.parametrize("data", [b"", b"no model", kokoro_model()[:200], kokoro_model()[:-1]])
def test_a_broken_model_is_named(tmp_path: Path, data: bytes) -> None:
    """Empty, something else, or cut short: one sentence, and no error of onnxruntime's."""
    model, styles = kokoro_files(tmp_path, {"af_heart": 0.2})
    model.write_bytes(data)

    with pytest.raises(VoiceError, match=r"kokoro-tiny\.onnx' (cannot be loaded|is no Kokoro model)"):
        load_model(model, styles)


def test_another_engines_model_is_refused(tmp_path: Path) -> None:
    """A Piper model takes other inputs."""
    _, styles = kokoro_files(tmp_path, {"af_heart": 0.2})
    model, _ = piper_files(tmp_path)

    with pytest.raises(VoiceError, match="is no Kokoro model: it takes input, input_lengths, scales"):
        load_model(model, styles)


def test_a_file_of_voices_that_is_none_is_named(tmp_path: Path) -> None:
    """Not an archive, not there, or of numbers that are none."""
    broken, odd = tmp_path / "voices.bin", tmp_path / "odd.bin"
    broken.write_bytes(b"PK no archive")
    with odd.open("wb") as file:
        np.savez(file, af_heart=np.full((2, 1, 256), np.nan, np.float32), af_bella=np.zeros(100, np.float32))

    with pytest.raises(VoiceError, match="is no file of Kokoro's voices"):
        styles_in(broken)
    with pytest.raises(VoiceError, match="is no file of Kokoro's voices"):
        styles_in(tmp_path / "absent.bin")
    with pytest.raises(VoiceError, match="is not whole"):
        style_in(odd, "af_heart")
    with pytest.raises(VoiceError, match="cannot be read"):
        style_in(odd, "af_bella")


def test_a_file_of_voices_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what its archive says of itself, before anything is unpacked."""
    _, styles = kokoro_files(tmp_path, {"af_heart": 0.2, "af_bella": 0.2})
    monkeypatch.setattr("narrate.speech.kokoro_model._MOST_STYLES_BYTES", 600_000)

    with pytest.raises(VoiceError, match="holds 2 voices of 1 MB together"):
        styles_in(styles)


def test_what_is_missing_is_said_with_how_to_install_it(
    engine: KokoroEngine, heart: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation without onnxruntime names the extra that brings it."""

    def absent(name: str) -> str:
        if name == "onnxruntime":
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr("narrate.speech.kokoro.version", absent)

    with pytest.raises(
        PlatformError, match=r"needs onnxruntime; install it with 'pip install narrate-podcast\[kokoro\]'"
    ):
        said("Good.", engine, heart)
