"""Every utterance spoken once, on as many cores as help, and kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, overload

from narrate.errors import TakeError
from narrate.mix import Survey
from narrate.model import Take, Utterance, Voice
from narrate.pipeline.kept import Kept
from narrate.pipeline.order import Event, Stage
from narrate.runtime.workers import in_order
from narrate.speech import pack_take, perform, take_key, unpack_take

if TYPE_CHECKING:
    from narrate.model import Script
    from narrate.pipeline.order import Listener
    from narrate.pipeline.surveying import Surveys
    from narrate.pipeline.tools import Tools

AHEAD = 8
"""Utterances a core that may be begun beyond the first unfinished one: enough that none waits for a long one."""


class Takes(Sequence[Take]):
    """The takes of a script in order, each loaded when it is asked for: only the one in hand is in memory."""

    def __init__(self, parts: Sequence[tuple[Utterance, Voice]], tools: Tools) -> None:
        self._parts = parts
        self._tools = tools
        self._keys = [take_key(utterance, voice, tools.engine(voice)) for utterance, voice in parts]
        self.kept = Kept(tools.cache, "takes")
        self._refused: dict[str, TakeError] = {}

    @classmethod
    def of(cls, script: Script, voices: Sequence[Voice], tools: Tools) -> Takes:
        """The takes of a script whose i-th utterance is spoken by ``voices[i]``."""
        return cls([(utterance, voice) for (_, utterance), voice in zip(script.spoken(), voices, strict=True)], tools)

    def __len__(self) -> int:
        return len(self._parts)

    def written(self, index: int) -> str:
        """The words of an utterance as written."""
        return self._parts[index][0].written.strip()

    @overload
    def __getitem__(self, index: int) -> Take: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Take]: ...
    def __getitem__(self, index: int | slice) -> Take | Sequence[Take]:
        if isinstance(index, slice):
            return [self[position] for position in range(len(self))[index]]
        return unpack_take(self.packed(index))

    def missing(self) -> list[int]:
        """The utterances that have yet to be spoken, each wording once."""
        return list(self.kept.missing(self._keys))

    def packed(self, index: int) -> bytes:
        """A take as it is kept; spoken now if it is not. What could not be spoken is not tried again."""
        return self.kept.get(self._keys[index], lambda: self._speak(index))

    def stamp(self, index: int) -> bytes | None:
        """What tells a take from any other of the same words; None if it has yet to be spoken."""
        return self.kept.stamp(self._keys[index])

    def forget_damaged(self) -> None:
        """Have the takes spoken again that do not come back from the cache as they went in."""
        for key in self._keys:
            self.kept.find(key)

    def refusals(self, jobs: int) -> dict[int, TakeError]:
        """The utterances that cannot be spoken, and why; whatever is missing is spoken, `jobs` at once."""
        for _ in in_order(self._try, self.missing(), jobs, ahead=AHEAD * jobs):
            pass
        return {index: self._refused[key] for index, key in enumerate(self._keys) if key in self._refused}

    def _try(self, index: int) -> None:
        with suppress(TakeError):
            self.packed(index)

    def _speak(self, index: int) -> bytes:
        key = self._keys[index]
        if key in self._refused:
            raise self._refused[key]
        utterance, voice = self._parts[index]
        try:
            return pack_take(perform(utterance, voice, self._tools.engine(voice)))
        except TakeError as reason:
            self._refused[key] = reason
            raise


class Arriving(Sequence[Survey]):
    """Surveys of takes that are being spoken: asking for one waits until it is there, and tells the sentences done.

    What comes after it goes on being spoken meanwhile, so that whoever asks in order works beside the engine.
    """

    def __init__(self, surveys: Surveys, jobs: int, tell: Listener) -> None:
        missing = surveys.takes.missing()
        self._surveys = surveys
        self._missing = deque(missing)
        self._total = len(missing)
        self._tell = tell
        self._spoken = in_order(surveys.packed, missing, jobs, ahead=AHEAD * jobs)

    def __len__(self) -> int:
        return len(self._surveys)

    @overload
    def __getitem__(self, index: int) -> Survey: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Survey]: ...
    def __getitem__(self, index: int | slice) -> Survey | Sequence[Survey]:
        last = max(range(len(self))[index], default=-1) if isinstance(index, slice) else range(len(self))[index]
        while self._missing and self._missing[0] <= last:
            next(self._spoken)
            text = self._surveys.takes.written(self._missing.popleft())
            self._tell(Event(Stage.SPEAK, self._total - len(self._missing), self._total, text))
        return self._surveys[index]

    def close(self) -> None:
        """Speak nothing more; what is being spoken is waited for."""
        self._spoken.close()


def useful_jobs(voices: Sequence[Voice], tools: Tools, jobs: int) -> int:
    """How many of `jobs` at once are of use to the engines of these voices."""
    return min(jobs, max((tools.engine(voice).concurrency or jobs for voice in set(voices)), default=1))


def perform_all(
    surveys: Surveys, voices: Sequence[Voice], tools: Tools, jobs: int, tell: Listener
) -> closing[Arriving]:
    """The surveys while what no cache holds is being spoken, on as many cores as help; to be used in a ``with``.

    Asking for one raises `TakeError` where an utterance up to it cannot be spoken.
    """
    return closing(Arriving(surveys, useful_jobs(voices, tools, jobs), tell))
