"""The tone engine alone: ``python engine.py UTTERANCES.json`` speaks them one after the other and keeps nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from narrate.model import Utterance
from narrate.speech.tone import ToneEngine


def main(utterances: Path) -> None:
    """Speak them."""
    engine = ToneEngine()
    voice = engine.voices()[0]
    for text in json.loads(utterances.read_text(encoding="utf-8")):
        engine.speak(Utterance(text, text, "en"), voice)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
