"""The takes of a script as a timeline sees them, each surveyed once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, overload

from narrate.mix import Survey, pack_survey, survey, survey_key, unpack_survey
from narrate.pipeline.kept import Kept

if TYPE_CHECKING:
    from narrate.model import Loudness, Voice
    from narrate.pipeline.performing import Takes
    from narrate.runtime.cache import Cache


class Surveys(Sequence[Survey]):
    """The surveys of takes in order, each loaded when it is asked for, and its take spoken if it is not there.

    They are kept by what is in the take, so that one which had to be spoken again is surveyed again.
    """

    def __init__(self, takes: Takes, voices: Sequence[Voice], wanted: Loudness, cache: Cache) -> None:
        self.takes = takes
        self._voices = voices
        self._wanted = wanted
        self._kept = Kept(cache, "surveys")

    def __len__(self) -> int:
        return len(self.takes)

    @overload
    def __getitem__(self, index: int) -> Survey: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Survey]: ...
    def __getitem__(self, index: int | slice) -> Survey | Sequence[Survey]:
        if isinstance(index, slice):
            return [self[position] for position in range(len(self))[index]]
        return unpack_survey(self.packed(index))

    def packed(self, index: int) -> bytes:
        """A survey as it is kept; made now if it is not."""
        stamp = self.takes.stamp(index)
        kept = self._kept.find(self._key(stamp, index)) if stamp else None
        return kept if kept is not None else self._made(index)

    def _made(self, index: int) -> bytes:
        level_db = self._voices[index].level_db
        data = pack_survey(survey(self.takes[index], level_db, self._wanted))
        stamp = self.takes.stamp(index)
        return self._kept.put(self._key(stamp, index), data) if stamp else data

    def _key(self, stamp: bytes, index: int) -> str:
        of = f"{stamp.hex()} {survey_key(self._voices[index].level_db, self._wanted)}"
        return blake2b(of.encode(), digest_size=20).hexdigest()
