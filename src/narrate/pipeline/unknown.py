"""Words of a script that are likely to be said wrong, with the line for a lexicon."""

from __future__ import annotations

import lzma
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from narrate.errors import SpeechError
from narrate.model import Lexeme
from narrate.pipeline.casting import narrator
from narrate.pipeline.lexicons import lexicon_of
from narrate.script import Known, line_of, tidy_ipa, unknown_words
from narrate.speech import TellsPhonemes, shipped_folder

if TYPE_CHECKING:
    from narrate.model import Script
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


class UnknownWord(NamedTuple):
    """A word, how often it stands in the script, what the voice says now (IPA, "" where it does not tell)."""

    word: str
    times: int
    heard: str

    @property
    def line(self) -> str:
        """The line to paste into a lexicon and to mend: it has the word said as it is said now."""
        return line_of(Lexeme(self.word, "" if self.heard else self.word, self.heard, exact_case=self.word.isupper()))


def unknown_in(script: Script, settings: Settings, tools: Tools) -> list[UnknownWord]:
    """The words of a script's English that neither a list of words nor a lexicon knows, most frequent first."""
    found = unknown_words(script, _known(), (*script.lexicon, *lexicon_of(settings)))
    if not found:
        return []
    voice = narrator(script.language, settings, tools, script.voice)
    engine = tools.engine(voice)

    def heard(word: str) -> str:
        try:
            return tidy_ipa(engine.phonemes(word, voice)) if isinstance(engine, TellsPhonemes) else ""
        except SpeechError:
            return ""

    return [UnknownWord(word, times, heard(word)) for word, times in found]


@cache
def _known() -> Known:
    """The 40,000 most frequent English words, 90 KB on disk, the 16,000 most frequent of them apart."""
    data = lzma.decompress((shipped_folder() / "lexicons" / "en.words.xz").read_bytes())
    common, others = data.decode().split("\n\n")
    return Known(frozenset(common.split()), frozenset(others.split()))
