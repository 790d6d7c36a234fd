"""A script is spoken, laid out, mixed and encoded: for the episode's files and for its book."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from narrate.mix import load_music
from narrate.pipeline.bookmaking import Books, units_without_music
from narrate.pipeline.encoding import Mixing, TakeChanged, Units, encode_all
from narrate.pipeline.music import music_of
from narrate.pipeline.speaking import speak_all
from narrate.runtime.workers import usable_cores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.mix import Score
    from narrate.model import Script
    from narrate.pipeline.forms import Form
    from narrate.pipeline.order import Listener
    from narrate.pipeline.speaking import Performed
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


class Sounding(NamedTuple):
    """What was spoken and laid out, its encoded units in each format, what its books are made of, and on the music."""

    performed: Performed
    units: tuple[Units, ...]
    books: Books
    told: tuple[str, ...]


def sounded(script: Script, forms: Sequence[Form], settings: Settings, tools: Tools, tell: Listener) -> Sounding:
    """Speak, lay out, mix and encode a script. Raises `NarrateError` where a step cannot be done."""
    score = load_music(music_of(script, settings), 2 if settings.stereo else 1)  # a file that is no music is told first
    try:
        return _sounded(script, forms, settings, tools, _Ears(score, tell))
    except TakeChanged:  # the cache lost it in between, and no engine has to speak alike twice
        return _sounded(script, forms, settings, tools, _Ears(score, tell))


class _Ears(NamedTuple):
    """The music, and who is told."""

    score: Score
    tell: Listener


def _sounded(script: Script, forms: Sequence[Form], settings: Settings, tools: Tools, ears: _Ears) -> Sounding:
    margins = {form.name: form.coder.margin for form in forms}
    performed = speak_all(script, settings, tools, ears.score, margins, ears.tell)
    mixing = Mixing(performed.timeline, performed.takes, ears.score)
    units = tuple(Units(mixing, form, tools.cache) for form in forms)
    jobs = settings.jobs or usable_cores()
    wordly = None if settings.book == "none" else units_without_music(mixing, forms, tools.formats, tools.cache)
    try:
        encode_all(units, mixing, jobs, ears.tell)
        if wordly:
            encode_all([wordly], wordly.mixing, jobs, lambda _: None)
    except TakeChanged:
        performed.takes.forget_damaged()
        raise
    books = Books(wordly, words=settings.book == "word", audiobook=settings.audiobook)
    return Sounding(performed, units, books, ears.score.told)
