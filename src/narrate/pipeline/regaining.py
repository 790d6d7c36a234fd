"""When all units have to be encoded again although little was spoken: the voices' gain went a step further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.episode.timelinefile import gains_in
from narrate.model import FileRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.model import Episode
    from narrate.pipeline.encoding import Units
    from narrate.pipeline.speaking import Performed


def gains_before(folder: Path, episode: Episode | None) -> Mapping[str, float]:
    """The gain of the voices in each format when the episode was made last; none where that is not known."""
    file = episode.file(FileRole.TIMELINE) if episode else None
    if episode is None or file is None:
        return {}
    try:
        with (folder / episode.slug / file.name).open(encoding="utf-8") as lines:
            return gains_in(lines)
    except (OSError, ValueError):
        return {}  # it was removed or altered: that is no reason to fail


def told_of_gains(before: Mapping[str, float], sounding: Performed, units: Sequence[Units]) -> Iterator[str]:
    """A sentence for each format whose gain is another than before, where that is why most of it was encoded again."""
    if 2 * sounding.spoken > len(sounding.takes):
        return  # as good as another episode: nobody wonders
    for each in units:
        name = each.form.name
        gain_db = sounding.timeline.master(name).gain_db
        if name in before and before[name] != gain_db and 2 * each.kept.made > len(each):
            yield (
                f"{each.kept.made} of {len(each)} units were encoded again as {name}: the gain of the voices went from "
                f"{before[name]:.1f} to {gain_db:.1f} dB, so that the episode is as loud as it is to be"
            )
