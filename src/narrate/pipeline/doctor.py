"""Can this machine do it? Everything that a first episode and a published show need, tried in three seconds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from narrate.errors import NarrateError
from narrate.pipeline.checkups import CHECKUPS, Place, show_language
from narrate.runtime.platform import missing_library, refuse_unsupported
from narrate.runtime.trial import try_module
from narrate.runtime.workers import in_order
from narrate.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.pipeline.checkups import Row

_TRIALS = "narrate.pipeline.trials"
_SPEAKERS = ("voice", "piper", "pyttsx3")


class Grade(StrEnum):
    """How it stands."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it stands, what was found, and what to do ("" where there is nothing to do)."""

    name: str
    grade: Grade
    found: str
    advice: str = ""


def examine(settings_of: Callable[[], Settings], place_of: Callable[[Settings], Place]) -> list[Check]:
    """Look at everything; nothing is changed, nothing is sent anywhere. What cannot be looked at is a fault.

    `settings_of` gives the settings, or raises `SettingsError`; `place_of` says where this run would work with them.
    """
    checks: list[Check] = []
    try:
        refuse_unsupported()
    except NarrateError as refused:
        return [Check("machine", Grade.FAULT, str(refused))]
    try:
        settings = settings_of()
    except NarrateError as wrong:
        checks.append(Check("settings", Grade.FAULT, str(wrong), "mend that; until then, what follows is by default"))
        settings = Settings()
    place = place_of(settings)
    language = show_language(place)
    work = [partial(_look, place), *(partial(_try, name, language) for name in _names(settings, language))]
    for rows in in_order(lambda each: each(), work, jobs=len(work)):
        checks += [Check(name, Grade(grade), found, advice) for grade, name, found, advice in rows]
    return checks


def _names(settings: Settings, language: str) -> list[str]:
    """The trials; the voice of the settings is not tried twice."""
    usual = not settings.voice and settings.engine in {"", "piper"} and language.lower().startswith("en")
    speakers = [name for name in _SPEAKERS if name != "piper" or not usual]
    return ["packages", *speakers, "encoders", "fonts", "plug-ins"]


def _try(name: str, language: str) -> list[Row]:
    """A trial in a process of its own."""
    trial = try_module(_TRIALS, name, language)
    if trial.death:
        advice = "install narrate again: pip install --force-reinstall narrate-podcast; report it if that does not help"
        return [("fault", name, f"it {trial.death} with {trial.noted or 'nothing said'}"[:300], advice)]
    rows: list[Row] = [(str(a), str(b), str(c), str(d)) for a, b, c, d in json.loads(trial.said)]
    return rows


def _look(place: Place) -> list[Row]:
    """What can be looked at in this process."""
    return [row for checkup in CHECKUPS for row in _looked(checkup, place)]


def _looked(checkup: Callable[[Place], Iterator[Row]], place: Place) -> list[Row]:
    name = checkup.__name__.replace("_", " ")
    try:
        return list(checkup(place))
    except NarrateError as refused:
        return [("fault", name, str(refused), "")]
    except ImportError as missing:
        return [("fault", name, str(missing_library(missing) or missing), "")]
    except OSError as refused:
        return [("fault", name, f"{refused.filename or name}: {refused.strerror or refused}", "")]
