"""A script becomes sound on a timeline: cast, levelled, spoken while it is laid out, spared what cannot be spoken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.errors import TakeError
from narrate.mix import lay_out
from narrate.pipeline.announcing import announced
from narrate.pipeline.casting import cast_voices
from narrate.pipeline.levelling import levelled
from narrate.pipeline.manners import paced, scaled
from narrate.pipeline.performing import Takes, perform_all, useful_jobs
from narrate.pipeline.sparing import spared
from narrate.pipeline.surveying import Surveys
from narrate.runtime.workers import usable_cores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.mix import Score
    from narrate.model import Margin, Script, Timeline, Voice
    from narrate.pipeline.order import LeftOut, Listener
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


@dataclass(frozen=True, slots=True)
class Performed:
    """A script as it is heard: who speaks each of its utterances, the takes, the timeline, and what was left out.

    `spoken` counts the utterances that no cache held.
    """

    script: Script
    voices: tuple[Voice, ...]
    takes: Takes
    timeline: Timeline
    spoken: int
    left_out: tuple[LeftOut, ...] = ()


def speak_all(  # noqa: PLR0913, PLR0917 - the run hands in all that sound depends on
    script: Script, settings: Settings, tools: Tools, score: Score, margins: Mapping[str, Margin], tell: Listener
) -> Performed:
    """Speak a script and lay it out; where sentences that cannot be spoken are to be skipped, a notice for each.

    Raises:
        TakeError: a sentence cannot be spoken, and is not to be skipped; or none can.
        SpeechError: a voice is not there, or cannot speak here.
        MixError: there is nothing to be heard.
    """
    script = paced(script, settings.pauses.scale)
    desk = _Desk(settings, tools, score, margins, tell)
    voices = desk.voices(script)
    script = announced(script, voices)
    takes = Takes.of(script, voices, tools)
    try:
        return desk.performed(script, voices, takes)
    except TakeError:
        if settings.on_error != "skip":
            raise
        refused = takes.refusals(useful_jobs(voices, tools, desk.jobs))
        if len(refused) in {0, len(takes)}:
            raise
        rest, left_out = spared(script, refused)
        before = takes.kept.made
        voices = desk.voices(rest)
        again = desk.performed(rest, voices, Takes.of(rest, voices, tools))
        return replace(again, spoken=again.spoken + before, left_out=left_out)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one script is spoken and laid out."""

    settings: Settings
    tools: Tools
    score: Score
    margins: Mapping[str, Margin]
    tell: Listener

    @property
    def jobs(self) -> int:
        return self.settings.jobs or usable_cores()

    def voices(self, script: Script) -> tuple[Voice, ...]:
        return levelled(cast_voices(script, self.settings, self.tools), self.tools)

    def performed(self, script: Script, voices: tuple[Voice, ...], takes: Takes) -> Performed:
        settings = self.settings
        surveys = Surveys(takes, voices, settings.loudness, self.tools.cache)
        with perform_all(surveys, voices, self.tools, self.jobs, self.tell) as arriving:
            timeline = lay_out(
                script, arriving, voices, self.score, settings.loudness, scaled(settings.pauses), self.margins
            )
        return Performed(script, voices, takes, timeline, takes.kept.made)
