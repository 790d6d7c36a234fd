"""The worker process: what a driver does wrong stays there, and is told or mended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.errors import PlatformError, TakeError, VoiceError
from narrate.model import Voice
from narrate.speech import perform

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Utterance
    from narrate.speech.pyttsx3 import Pyttsx3Engine

    Fake = Callable[..., Pyttsx3Engine]
    Say = Callable[[str], Utterance]

TEXT = "Nothing is lost, nothing is invented."
ANNA = Voice("anna", "pyttsx3", "fake.voices.Anna", "de-DE")
posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")


def pid_of(engine: Pyttsx3Engine) -> int:
    """The worker's process id."""
    assert engine._worker is not None
    return engine._worker.pid


@pytest.mark.parametrize(("driver", "behaviour"), [("nsss", "slowly written"), ("sapi5", "whole")])
def test_files_of_other_systems_become_takes(fake: Fake, say: Say, driver: str, behaviour: str) -> None:
    """The file of macOS, still being written when the call returns, and that of Windows are read whole."""
    engine = fake(driver, behaviour)

    take = perform(say(TEXT), ANNA, engine)

    assert take.clip.rate_hz == 22_050
    assert abs(take.clip.samples / 22_050 - (0.4 + len(TEXT) / 13)) < 0.1
    assert [TEXT[word.spoken_start : word.spoken_end] for word in take.words][:3] == ["Nothing", "is", "lost"]
    assert all(word.estimated for word in take.words)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("error", "COMError: -2147200966"),
        ("nothing", "wrote no whole file"),
        ("empty file", "wrote no whole file"),
        ("torn file", "wrote no whole file"),
        ("text file", "neither WAV nor AIFF"),
        ("short", "cut short"),
        ("silent", "silent"),
        ("distorted", "it clips"),
        ("endless", "too long"),
    ],
)
def test_a_broken_driver_is_named_with_the_sentence(fake: Fake, say: Say, behaviour: str, reason: str) -> None:
    """Whatever a driver gives that is no speech ends, after two tries, in one line with the sentence and the reason."""
    engine = fake("sapi5", behaviour)

    with pytest.raises(TakeError) as error:
        perform(say(TEXT), ANNA, engine)

    assert reason in str(error.value)
    assert TEXT in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("behaviour", ["crash once", "hang once"])
def test_a_worker_that_dies_or_hangs_is_replaced(fake: Fake, say: Say, behaviour: str) -> None:
    """A process that ends or does not answer in time is killed; the second try in a fresh one is what is heard."""
    engine = fake("sapi5", behaviour, limit_s=1.0)

    take = perform(say("Not lost."), ANNA, engine)

    assert take.clip.samples > 11_025


def test_the_time_limit_ends_in_a_clear_error(fake: Fake, say: Say) -> None:
    """A driver that hangs for ever costs two time limits, not the run."""
    engine = fake("sapi5", "hang", limit_s=0.2)

    with pytest.raises(TakeError, match=r"took longer than 0\.5 s"):
        perform(say("Wait"[:3]), ANNA, engine)


@posix
def test_kill_9_in_the_middle_is_mended(fake: Fake, say: Say) -> None:
    """A worker that is killed while it speaks costs a second try and nothing else."""
    engine = fake("sapi5", "half a second")
    perform(say(TEXT), ANNA, engine)
    killed = pid_of(engine)
    threading.Timer(0.2, os.kill, (killed, signal.SIGKILL)).start()

    take = perform(say(TEXT), ANNA, engine)

    assert take.clip.samples > 22_050
    assert pid_of(engine) != killed


def test_a_worker_killed_between_two_sentences_is_not_noticed(fake: Fake, say: Say) -> None:
    """The next `speak` finds it gone and starts another, without an error in between."""
    engine = fake("sapi5", "whole")
    engine.speak(say(TEXT), ANNA)
    assert engine._worker is not None
    engine._worker._process.kill()
    engine._worker._process.wait()

    take = engine.speak(say(TEXT), ANNA)

    assert take.clip.samples > 22_050


@posix
def test_the_worker_ends_with_its_parent() -> None:
    """After kill -9 of narrate no worker is left, not even one whose driver hangs."""
    script = Path(__file__).with_name("fake_drivers.py")
    parent_code = textwrap.dedent(f"""
        import sys, threading, time
        from narrate.model import Utterance, Voice
        from narrate.speech.pyttsx3 import Pyttsx3Engine
        engine = Pyttsx3Engine("sapi5", (sys.executable, "-P", {str(script)!r}, "hang", {os.devnull!r}))
        voice = Voice("v", "pyttsx3", "", "en")
        threading.Thread(target=engine.speak, args=(Utterance("a", "a", "en"), voice), daemon=True).start()
        while engine._worker is None: time.sleep(0.01)
        print(engine._worker.pid, flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", parent_code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()

    assert ends_within(worker, 5.0)


def ends_within(pid: int, seconds: float) -> bool:
    """Whether a process that is not ours to wait for ends in time; a zombie has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


@posix
def test_ctrl_c_does_not_reach_the_worker(fake: Fake, say: Say) -> None:
    """The worker is in a group of its own, so that the terminal interrupts the parent alone."""
    engine = fake("sapi5", "whole")
    engine.speak(say(TEXT), ANNA)

    assert os.getpgid(pid_of(engine)) != os.getpgrp()


def test_an_unknown_voice_is_refused(fake: Fake, say: Say) -> None:
    """What pyttsx3 would pass over in silence is an error, and the worker lives on."""
    engine = fake("nsss", "slowly written")

    with pytest.raises(VoiceError, match=r"no voice 'fake\.voices\.Zoe'"):
        engine.speak(say(TEXT), Voice("zoe", "pyttsx3", "fake.voices.Zoe", "en"))
    assert engine.speak(say(TEXT), ANNA).clip.samples


def test_voices_of_other_systems_are_listed(fake: Fake) -> None:
    """Their voices come with names for ``--voice`` and BCP 47 languages."""
    engine = fake("nsss", "slowly written")

    voices = [(voice.name, voice.id, voice.language) for voice in engine.voices()]

    assert voices == [("nsss:Anna", "fake.voices.Anna", "de-DE"), ("nsss:Daniel", "fake.voices.Daniel", "en-GB")]


def test_a_driver_that_is_not_there_is_said_so(say: Say) -> None:
    """Without the system's speech, the reason is told and what to do instead."""
    from narrate.speech.pyttsx3 import Pyttsx3Engine

    engine = Pyttsx3Engine("nsss" if sys.platform != "darwin" else "sapi5")

    with pytest.raises(PlatformError, match=r"cannot be used here \(ModuleNotFoundError.*--voice"):
        engine.speak(say(TEXT), ANNA)


def test_the_worker_starts_light() -> None:
    """The worker imports none of narrate's values and no heavy library: every run pays for its start."""
    code = "import sys, narrate.speech.pyttsx3_worker; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()

    assert {"numpy", "onnxruntime", "piper", "tomllib", "subprocess", "dataclasses", "narrate.model"}.isdisjoint(loaded)
