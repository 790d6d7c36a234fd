"""What the measurements work on: utterances, sound, long articles. Run by itself it is a small program, see `main`."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS_AN_HOUR = 8_400
"""Of a generated article, as the tone engine speaks it, pauses included."""
_WORDS_A_SENTENCE = (6, 28)
_SENTENCES_A_PARAGRAPH = (3, 6)
_PARAGRAPHS_A_SECTION = 12


def long_article(hours: int, seed: Path) -> str:
    """Markdown of about `hours` of speech, in the words of the seed; no sentence comes twice, and always the same."""
    draw = random.Random(hours)  # noqa: S311 # a text, not a secret
    words = sorted(set(re.findall(r"[a-z]{2,}", seed.read_text(encoding="utf-8"))))
    left, parts = hours * WORDS_AN_HOUR, ["# A long article of no meaning"]
    while left > 0:
        if len(parts) % (_PARAGRAPHS_A_SECTION + 1) == 1:
            parts.append(f"## Part {' '.join(draw.choices(words, k=3))}")
        sentences = [draw.choices(words, k=length) for length in _lengths(draw)]
        left -= sum(map(len, sentences))
        parts.append(" ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences))
    return "\n\n".join(parts) + "\n"


def _lengths(draw: random.Random) -> Iterator[int]:
    for _ in range(draw.randint(*_SENTENCES_A_PARAGRAPH)):
        yield draw.randint(*_WORDS_A_SENTENCE)


def utterances(article: str, voice: str) -> list[str]:
    """What narrate hands to the engine, in order, each wording once, as it speaks none twice."""
    import narrate

    script, _ = narrate.write_script(article, voice=voice)
    return list(dict.fromkeys(utterance.spoken for _, utterance in script.spoken()))


def decode(sound: Path, target: Path) -> None:
    """A sound file as raw 16-bit mono PCM at 44.1 kHz."""
    import av

    with av.open(str(sound)) as container, target.open("wb") as out:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=44_100)
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                out.write(part.to_ndarray().tobytes())


def main(arguments: Sequence[str]) -> None:
    """``utterances ARTICLE VOICE FILE.json`` or ``decode FILE.mp3 FILE.pcm``."""
    if arguments[0] == "utterances":
        _, article, voice, target = arguments
        Path(target).write_text(json.dumps(utterances(article, voice)), encoding="utf-8")
    else:
        decode(Path(arguments[1]), Path(arguments[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
