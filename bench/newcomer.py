"""What a newcomer would write: an article as a podcast with pyttsx3 and pydub, in about twenty lines.

``python newcomer.py ARTICLE.txt MUSIC.wav EPISODE.mp3``. It is the usual way, as tutorials have it: a file for each
paragraph, the pieces added up, the music faded and laid under the start, FFmpeg's command for the MP3.
"""

# ruff: noqa: ANN001, ANN201, D103, PTH123, SIM115 # as newcomers write
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import sys
import tempfile

import pyttsx3
from pydub import AudioSegment


def main(article, music, target):
    engine = pyttsx3.init()
    engine.setProperty("rate", 175)
    paragraphs = [text.strip() for text in open(article, encoding="utf-8").read().split("\n\n") if text.strip()]
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(paragraphs):
            engine.save_to_file(text, f"{folder}/{number}.wav")
            engine.runAndWait()
        speech = AudioSegment.empty()
        for number in range(len(paragraphs)):
            speech += AudioSegment.from_wav(f"{folder}/{number}.wav") + AudioSegment.silent(duration=600)
    intro = AudioSegment.from_file(music).fade_out(2000) - 12
    episode = AudioSegment.silent(duration=2500) + speech
    episode = episode.overlay(intro)
    episode.export(target, format="mp3", bitrate="128k", tags={"title": paragraphs[0]})


main(*sys.argv[1:])
