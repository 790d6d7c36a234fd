"""Which voices there are, and voices that are added and removed: with models of some hundred bytes, really spoken."""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from tests.tiny import kokoro_files, piper_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Said

    Narrate = Callable[..., Said]

CARD = "# Model card\n\n* Language: en_US\n\n## Dataset\n\n* License: CC BY 4.0\n"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of voices that are added, empty for each test; the engine is chosen by the voice."""
    folder = tmp_path / "kept"
    monkeypatch.setattr("narrate.runtime.places.voices_folder", lambda: folder)
    monkeypatch.setattr("narrate.pipeline.voices.voices_folder", lambda: folder)
    monkeypatch.delenv("NARRATE_ENGINE")
    return folder


def held(kept: Path) -> list[str]:
    """What lies in the folder, but for what staging keeps there."""
    return sorted(path.name for path in kept.iterdir() if path.name != ".staging") if kept.is_dir() else []


class _Quiet(SimpleHTTPRequestHandler):
    """A server of files that tells nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library names it
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on the web of this machine; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_list_says_what_is_known_of_each_voice(narrate: Narrate) -> None:
    """Engine, language, gender, quality, rate in Hz and in words a minute, licence; as rows and as JSON."""
    row = narrate("voices", "--engine", "piper").out.splitlines()[0]
    fields = narrate("voices", "--engine", "piper", "--json").json()["voices"][0]

    assert row == "joe\ten-US\tpiper\tPiper, en_US-joe-medium\tmale\tmedium\t22050\t175\tCC0"
    assert {name: fields[name] for name in ("gender", "quality", "rate_hz", "rate_wpm", "licence")} == {
        "gender": "male",
        "quality": "medium",
        "rate_hz": 22_050,
        "rate_wpm": 175,
        "licence": "CC0",
    }


@pytest.mark.engine
def test_the_systems_voices_tell_what_they_are(narrate: Narrate) -> None:
    """eSpeak NG's: by rules, under its licence; a preset says the same of its voice."""  # noqa: D403 - its name
    rows = [row.split("\t") for row in narrate("voices", "--language", "de").out.splitlines()]
    preset = narrate("voices", "--language", "en-US", "--engine", "pyttsx3").out.splitlines()[0].split("\t")

    told = ["male", "rules", "22050", "175", "GPL-3.0-or-later"]
    assert ["espeak:de", "de", "pyttsx3", "eSpeak NG, German", *told] in rows
    assert [preset[0], *preset[4:]] == ["espeak", *told]


def test_a_piper_voice_is_added_measured_and_used(narrate: Narrate, here: Path, kept: Path, article: str) -> None:
    """Copied with its configuration and model card; its level makes it as loud as others; it reads an article."""
    model, _ = piper_files(here)
    (here / "MODEL_CARD").write_text(CARD, encoding="utf-8")

    added = narrate("voices", "add", model.name)

    assert (added.code, added.out) == (0, "en_US-tiny-low\n")
    assert "narrate say 'Good morning.' --voice en_US-tiny-low" in added.err
    files = [f"en_US-tiny-low.{end}" for end in ("MODEL_CARD", "onnx", "onnx.json", "toml")]
    assert held(kept) == files
    assert (kept / "en_US-tiny-low.onnx").read_bytes() == model.read_bytes()
    preset = (kept / "en_US-tiny-low.toml").read_text(encoding="utf-8")
    # A sine of 0.2 has −17 dB, and at 351 Hz K weighting adds next to nothing: 6 dB above what speech should have.
    assert "# its sample is -17." in preset
    assert -20 < float(preset.partition("level_db = ")[2].split()[0]) < -6
    listed = narrate("voices", "--engine", "piper").out
    assert "en_US-tiny-low\ten-US\tpiper\tPiper, en_US-tiny-low\tunknown\tlow\t22050\t175\tCC BY 4.0" in listed
    model.unlink()
    assert narrate("make", article, "--voice", "en_US-tiny-low", "-q").code == 0


def test_kokoro_is_added_with_the_voices_that_are_wanted(narrate: Narrate, here: Path, kept: Path) -> None:
    """One model, one file of voices, a preset for each; those that need other phonemes are left out unasked."""
    kokoro_files(here, {"af_heart": 0.1, "bf_emma": 0.4, "jf_alpha": 0.1})

    some = narrate("voices", "add", "kokoro-tiny.onnx", "voices-tiny.bin", "--only", "bf_emma")
    rest = narrate("voices", "add", "kokoro-tiny.onnx", "voices-tiny.bin", "--force", "--json").json()

    assert some.out == "bf_emma\n"
    assert [voice["name"] for voice in rest["voices"]] == ["af_heart", "bf_emma"]
    assert held(kept) == ["af_heart.toml", "bf_emma.toml", "kokoro-tiny.onnx", "kokoro-tiny.voices.bin"]
    listed = narrate("voices", "--engine", "kokoro").out.splitlines()
    assert listed[1] == "bf_emma\ten-GB\tkokoro\tKokoro, Emma\tfemale\tgrade B-\t24000\t175\tApache-2.0"
    sound = here / "said.wav"
    assert narrate("say", "Good morning.", "--voice", "bf_emma", "-o", str(sound)).code == 0
    assert sound.stat().st_size > 40_000


def test_a_speaker_of_several_is_a_voice(narrate: Narrate, here: Path, kept: Path) -> None:
    """By name or number; without a choice the first."""
    piper_files(here, speakers=3)

    added = narrate("voices", "add", "en_US-tiny-low.onnx", "--only", "speaker1, 2", "--licence", "CC0")

    assert added.out.split() == ["en_US-tiny-low-speaker1", "en_US-tiny-low-2"]
    preset = (kept / "en_US-tiny-low-speaker1.toml").read_text(encoding="utf-8")
    assert 'id = "en_US-tiny-low.onnx#speaker1"\n' in preset
    assert 'licence = "CC0"\n' in preset
    refused = narrate("voices", "add", "en_US-tiny-low.onnx", "--only", "7", "--name", "x")
    assert "no speaker '7' among its 3" in refused.refusal


def test_voices_come_from_the_web_with_their_checksum(narrate: Narrate, here: Path, kept: Path) -> None:
    """The configuration and the model card are found beside the model; nothing private is asked unless allowed."""
    model, config = piper_files(here / "web")
    (here / "web" / "MODEL_CARD").write_text(CARD, encoding="utf-8")
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest()
    with served(here / "web") as address:
        url = f"{address}/{model.name}"
        private = narrate("voices", "add", url)
        wrong = narrate("voices", "add", url, "--allow-private", "--sha256", "0" * 64)
        assert held(kept) == []
        added = narrate("voices", "add", url, "--allow-private", "--sha256", sha256.upper())
        config.unlink()
        lonely = narrate("voices", "add", url, "--allow-private", "--name", "b")

    assert "--allow-private" in private.refusal
    assert f"its SHA-256 is {sha256}" in wrong.refusal
    assert added.code == 0
    assert 'licence = "CC BY 4.0"' in (kept / "en_US-tiny-low.toml").read_text(encoding="utf-8")
    assert "the configuration of the Piper voice, is not beside it" in lonely.refusal


def test_all_are_added_or_none(narrate: Narrate, here: Path, kept: Path) -> None:
    """The first is good, the second cannot be loaded: nothing is there, and nothing is left over."""
    piper_files(here)
    broken, _ = piper_files(here, "broken")
    broken.write_bytes(broken.read_bytes()[:300])

    refused = narrate("voices", "add", "en_US-tiny-low.onnx", "broken.onnx")

    assert "broken.onnx' cannot be loaded" in refused.refusal
    assert held(kept) == []
    assert [path.name for path in (kept / ".staging").iterdir() if path.is_dir()] == []


def test_what_is_added_is_told_as_it_lies_there(narrate: Narrate, here: Path, kept: Path) -> None:
    """The id in the document can be used as a voice; phonemes that a model lacks are nobody's business."""
    model, _ = piper_files(here)

    added = narrate("voices", "add", model.name, "--json")

    assert added.json()["voices"][0]["id"] == str(kept / model.name)
    assert "Missing phoneme" not in added.err


def test_a_file_of_kokoros_without_a_voice_for_narrate_is_refused(narrate: Narrate, here: Path) -> None:
    """Japanese ones alone, say: nothing is named that nobody asked for."""
    files = kokoro_files(here, {"jf_alpha": 0.2})

    assert "no voice to be used in" in narrate("voices", "add", *map(str, files)).refusal


def test_a_voice_that_says_nothing_is_not_added(narrate: Narrate, here: Path, kept: Path) -> None:
    """It is heard before it is kept; nothing is said of the sentence that it was tried with."""
    kokoro_files(here, {"af_heart": 0.0})

    refused = narrate("voices", "add", "kokoro-tiny.onnx", "voices-tiny.bin")

    assert "the voice 'af_heart' was tried and does not speak" in refused.refusal
    assert "silent" in refused.refusal
    assert "change the sentence" not in refused.refusal
    assert held(kept) == []


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        ("x.onnx", 1, "there is no file 'x.onnx'"),
        ("notes.txt", 2, "'notes.txt' is no voice; name the model, which ends in .onnx"),
        ("en_US-tiny-low.onnx.json", 2, "needs its model"),
        ("voices-tiny.bin", 2, "one .onnx and one .bin"),
        ("kokoro-tiny.onnx voices-tiny.bin en_US-tiny-low.onnx", 2, "one .onnx and one .bin"),
        ("kokoro-tiny.onnx", 1, "or, if this is a Kokoro model, name its voices file"),
        ("kokoro-tiny.onnx voices-tiny.bin --only am_adam", 1, "no voice 'am_adam' to be used in 'voices-tiny.bin'"),
        ("en_US-tiny-low.onnx --sha256 abc", 2, "'abc' is no SHA-256"),
        (f"en_US-tiny-low.onnx --sha256 {'0' * 64} --sha256 {'0' * 64}", 2, "2 checksums for 1 files"),
        ("en_US-tiny-low.onnx --name joe", 2, "there is a voice 'joe' already; --name gives this one another name"),
        ("en_US-tiny-low.onnx --name ../x", 2, "'../x' cannot be the name of a voice"),
        ("en_US-tiny-low.onnx other.onnx --name x", 2, "--name is for a single voice"),
        ("kokoro-tiny.onnx voices-tiny.bin --name x", 2, "and there are 2; choose one with --only"),
        ("voices-tiny.onnx", 1, "the Piper voice 'voices-tiny.onnx' cannot be loaded"),
        ("empty.onnx", 1, "the file 'empty.onnx.json' does not describe a Piper voice"),
        ("en_US-tiny-low.onnx b/en_US-tiny-low.onnx", 2, "two files are called 'en_US-tiny-low.onnx'"),
        ("https://[x/y.onnx", 2, "is no address on the web"),
    ],
)
def test_what_cannot_be_added_is_one_sentence(  # noqa: PLR0913, PLR0917 - two fixtures, and three columns of the table
    narrate: Narrate, here: Path, kept: Path, words: str, code: int, reason: str
) -> None:
    """Exit code 2 where the command is wrong, 1 where the files are; nothing is kept either way."""
    _, config = piper_files(here)
    kokoro_files(here, {"af_heart": 0.2, "bf_emma": 0.2})
    (here / "voices-tiny.onnx").write_bytes((here / "voices-tiny.bin").read_bytes())
    (here / "voices-tiny.onnx.json").write_bytes(config.read_bytes())
    (here / "empty.onnx").touch()
    (here / "empty.onnx.json").write_text(json.dumps({"audio": {}}), encoding="utf-8")

    refused = narrate("voices", "add", *words.split())

    assert refused.code == code
    assert reason in refused.refusal
    assert held(kept) == []


def test_a_file_that_is_too_large_is_refused(narrate: Narrate, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is copied, and as it comes from the web."""
    model, _ = piper_files(here)
    monkeypatch.setattr("narrate.pipeline.voicefiles.MOST_MODEL_BYTES", 500)

    with served(here) as address:
        web = narrate("voices", "add", f"{address}/{model.name}", "--allow-private")

    assert "is larger than 0.0005 MB" in narrate("voices", "add", model.name).refusal
    assert "is larger than 0.0005 MB, the most narrate fetches as one file" in web.refusal


def test_a_name_that_is_taken_needs_force(narrate: Narrate, here: Path, kept: Path) -> None:
    """Only for a voice that was added; another file of the same name is not written over unasked either."""
    model, _ = piper_files(here)
    assert narrate("voices", "add", model.name).code == 0
    changed, _ = piper_files(here / "b", speakers=2)

    again = narrate("voices", "add", model.name)
    other = narrate("voices", "add", str(changed), "--name", "other")
    same = narrate("voices", "add", model.name, "--name", "twin")
    forced = narrate("voices", "add", str(changed), "--force")

    assert "a voice 'en_US-tiny-low' already; --force puts this one in its place" in again.refusal
    assert "is there already and is another file" in other.refusal
    assert (same.code, forced.code) == (0, 0)
    assert (kept / model.name).read_bytes() == changed.read_bytes()


def test_removing_takes_what_no_other_voice_needs(narrate: Narrate, here: Path, kept: Path) -> None:
    """The model goes with the last voice that speaks with it."""
    kokoro_files(here, {"af_heart": 0.1, "bf_emma": 0.4})
    narrate("voices", "add", "kokoro-tiny.onnx", "voices-tiny.bin")

    first = narrate("voices", "remove", "af_heart")
    between = held(kept)
    second = narrate("voices", "remove", "bf_emma")

    assert (first.code, second.code) == (0, 0)
    assert between == ["bf_emma.toml", "kokoro-tiny.onnx", "kokoro-tiny.voices.bin"]
    assert held(kept) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("joe", "comes with narrate or is a preset of your own"),
        ("nobody", "was not added; those that were added and can be removed: none"),
        ("../settings", "was not added"),
    ],
)
def test_what_was_not_added_is_not_removed(narrate: Narrate, name: str, reason: str) -> None:
    """narrate's own voices, the user's presets and what is no voice stay."""  # noqa: D403 - its name
    refused = narrate("voices", "remove", name)

    assert (refused.code, refused.refusal.count(reason)) == (1, 1)


def test_options_of_the_list_are_not_swallowed(narrate: Narrate) -> None:
    """Before the name of another command they would do nothing, so they are refused."""
    assert "--language has no meaning before 'add'" in narrate("voices", "--language", "de", "add", "x.onnx").refusal
