"""How a voice speaks what: slower, lower, with longer pauses. The rate and the pitch of a voice vary with the role."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from narrate.model import Pauses, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.model import Script, Segment, Voice
    from narrate.settings import Settings


@dataclass(frozen=True, slots=True)
class Manner:
    """A variation of a voice: its rate in percent of its own, its pitch higher by so much (of 100)."""

    rate_percent: int = 100
    pitch: int = 0


MANNERS: Mapping[Role, Manner] = MappingProxyType(
    {
        Role.TITLE: Manner(rate_percent=93),
        Role.HEADING: Manner(rate_percent=93),
        Role.QUOTE: Manner(rate_percent=97, pitch=-7),
        Role.NOTE: Manner(pitch=-5),
        Role.FIGURE: Manner(pitch=-5),
    }
)
"""By role; everything else is in the voice's own manner. Seven of pitch are 0.8 semitones with Piper: enough to be
told apart from the text round it, and still the same person."""


def mannered(voice: Voice, role: Role) -> Voice:
    """The voice in the manner of a role.

    >>> from narrate.model import Voice
    >>> ada = mannered(Voice("ada", "piper", "ada", "en", rate_wpm=200), Role.QUOTE)
    >>> ada.rate_wpm, ada.pitch
    (194, 43)
    """
    manner = MANNERS.get(role)
    if manner is None:
        return voice
    rate_wpm = round(voice.rate_wpm * manner.rate_percent / 100)
    return replace(voice, rate_wpm=rate_wpm, pitch=min(max(voice.pitch + manner.pitch, 0), 100))


def pauses_of(settings: Settings, voice: Voice) -> Pauses:
    """The silences of a script for a voice: those that were chosen, else the voice's own, else the usual ones."""
    own = {name: ms for name, ms in voice.pauses if settings.sources[f"pauses.{name}"] == "default"}
    return replace(settings.pauses, **own)


def paced(script: Script, scale: float) -> Script:
    """The script with every silence so many times as long."""
    if scale == 1:
        return script
    return replace(script, segments=tuple(_paced(segment, scale) for segment in script.segments))


def scaled(pauses: Pauses) -> Pauses:
    """The same silences with their scale in them."""
    names = [each.name for each in fields(Pauses) if each.name != "scale"]
    longer = {name: round(getattr(pauses, name) * pauses.scale) for name in names}
    return Pauses(**longer)


def _paced(segment: Segment, scale: float) -> Segment:
    utterances = (replace(each, pause_ms=round(each.pause_ms * scale)) for each in segment.utterances)
    return replace(segment, utterances=tuple(utterances), pause_ms=round(segment.pause_ms * scale))
