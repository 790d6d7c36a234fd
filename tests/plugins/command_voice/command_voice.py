"""Any command that speaks a text into a WAV file, as an engine of narrate's."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import TakeError
from narrate.model import Clip, Take, Voice
from narrate.speech import estimated_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Utterance

COMMAND = os.environ.get("COMMAND_VOICE", "flite -voice slt -o {file} -t {text}")


class CommandEngine:
    """Runs a command for each sentence and reads the file that it wrote."""

    name = "command"
    concurrency = 0  # as many at once as there are cores

    def fingerprint(self, voice: Voice) -> str:
        """What a take depends on besides the voice: sentences are spoken anew when it changes."""
        del voice
        return f"command 1 {COMMAND}"

    def voices(self) -> Sequence[Voice]:
        """Every voice there is; the first argument is what --voice takes."""
        return (Voice("slt", self.name, "slt", "en-US", label="Flite, slt", gender="female", rate_hz=16_000),)

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """Speak a sentence; narrate checks what comes back, and tries again where it is no good."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            command = [part.format(file=file, text=utterance.spoken) for part in shlex.split(COMMAND)]
            try:
                subprocess.run(command, check=True, capture_output=True, timeout=120)
                clip = read(file)
            except (OSError, EOFError, subprocess.SubprocessError, wave.Error) as wrong:
                raise TakeError(f"'{command[0]}' wrote no speech: {wrong}") from wrong
        return Take(clip, estimated_words(utterance.spoken, clip), self.fingerprint(voice))

    def close(self) -> None:
        """Nothing is kept between sentences."""


def read(file: Path) -> Clip:
    """The sound of a WAV file: mono, 16 bits, of any rate."""
    with wave.open(str(file)) as sound:
        if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
            raise wave.Error("it is not mono of 16 bits")
        return Clip(sound.readframes(sound.getnframes()), sound.getframerate())
