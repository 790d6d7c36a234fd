"""Every written word has its time, whatever was said for it, by both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narrate.pipeline.making import make
from narrate.pipeline.order import Facts, Order
from narrate.speech.piper import PiperEngine
from narrate.speech.pyttsx3 import Pyttsx3Engine

if TYPE_CHECKING:
    from tests.pipeline.conftest import Workshop

    from narrate.speech import Engine

pytestmark = pytest.mark.engine
SENTENCES = (
    "Dr. Smith’s $3.2bn deal (the 2nd since 1984) fell by 10–12 % on 5 May, he said.",
    "“Why?” asked Louis XIV — and of the 1,234,567 people & friends, nobody knew…",
)


@pytest.mark.parametrize("voice", ["joe", "espeak"])
def test_every_written_word_is_timed(workshop: Workshop, voice: str) -> None:
    """Words are those that are written, in order, inside their sentence, and each lasts."""
    article = workshop.write("deal.md", f"# A deal\n\n{' '.join(SENTENCES)}\n")
    engines: dict[str, Engine] = {"piper": PiperEngine(), "pyttsx3": Pyttsx3Engine("espeak")}
    with replace(workshop.tools(), engines=engines) as tools:
        result = make(Order((str(article),)), workshop.settings(engine="", voice=voice), tools, lambda _: None)

    (one,) = result.made
    cues = json.loads((workshop.show / one.episode.slug / "timeline.json").read_text(encoding="utf-8"))["cues"]
    spoken = {cue[2]: cue for cue in cues}
    for sentence in SENTENCES:
        start_ms, end_ms, *_, words = spoken[sentence]
        assert "".join("".join(text for _, _, text, *_ in words).split()) == "".join(sentence.split())
        assert np.all(np.diff([at for word in words for at in word[:2]]) >= 0)
        assert start_ms <= words[0][0] < words[-1][1] <= end_ms
        assert all(first < last for first, last, *_ in words)
        # "$3.2bn" is five words and "said" is one
        length = {text: last - first for first, last, text, *_ in words}
        assert "$3.2bn" not in length or length["$3.2bn"] > 2 * length["said."]
        assert all(before[1] <= after[0] for before, after in pairwise(words))


def test_words_that_no_spaces_part_are_timed_each(workshop: Workshop) -> None:
    """Of Chinese and Japanese each sign, as the engine tells it, with the stops after it."""
    article = workshop.write("river.txt", "大河\n\n这条河流向大海。WHO发布了2024年的报告，人们回家了。\n")
    with replace(workshop.tools(), engines={"pyttsx3": Pyttsx3Engine("espeak")}) as tools:
        settings = workshop.settings(engine="pyttsx3")
        result = make(Order((str(article),), facts=Facts(language="zh")), settings, tools, lambda _: None)

    (one,) = result.made
    cues = json.loads((workshop.show / one.episode.slug / "timeline.json").read_text(encoding="utf-8"))["cues"]
    words = [word for cue in cues if cue[6] == "zh" for word in cue[-1]]
    texts = " ".join(word[2] for word in words)
    assert texts == "大 河 这 条 河 流 向 大 海。 WHO 发 布 了 2024 年 的 报 告， 人 们 回 家 了。"
    assert np.all(np.diff([at for word in words for at in word[:2]]) >= 0)
    assert sum(len(word) == 3 for word in words) > len(words) / 2  # the fourth says that it is estimated
