"""What a lexicon says of a text, as edits beside those of the normaliser, and as phonemes of the spoken text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from narrate.model import Pronunciation
from narrate.script.normalise import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.script.lexicon_match import Hit

LEXICON = "lexicon"
"""The name of the row that such an edit is of."""


Safe = Callable[[str], str]
"""Takes out of a text what an engine could take for markup."""


def with_lexicon(
    written: str, edits: Sequence[Edit], hits: Sequence[Hit], given: Sequence[Edit], safe: Safe
) -> tuple[list[Edit], list[Hit]]:
    """The edits and hits that go together: hits beside what is `given`, the other edits beside those hits."""
    kept = [hit for hit in hits if not any(_overlap(edit, hit) for edit in given)]
    others = [edit for edit in edits if not any(_overlap(edit, hit) for hit in kept)]
    said = ((hit, safe(hit.said)) for hit in kept)
    own = [Edit(hit.start, hit.end, text, LEXICON) for hit, text in said if text != written[hit.start : hit.end]]
    return sorted((*others, *own)), kept


def pronounced(hits: Sequence[Hit], edits: Sequence[Edit]) -> Iterator[Pronunciation]:
    """Where in the spoken text, which `edits` make, the words are whose phonemes the lexicon gives."""
    shift = ahead = 0
    for hit in hits:
        while ahead < len(edits) and edits[ahead].end <= hit.start:
            shift += len(edits[ahead].said) - (edits[ahead].end - edits[ahead].start)
            ahead += 1
        own = ahead < len(edits) and edits[ahead].rule == LEXICON and edits[ahead].start == hit.start
        end = hit.start + len(edits[ahead].said) if own else hit.end
        if hit.ipa:
            yield Pronunciation(hit.start + shift, end + shift, hit.ipa)


def carried(pronunciations: Sequence[Pronunciation], old: str, new: str) -> tuple[Pronunciation, ...]:
    """The phonemes of those stretches of an old text that stand in a new one too, in the same order.

    >>> carried((Pronunciation(0, 3, "wɪn"), Pronunciation(7, 11, "kiːv")), "Win in Kiev", "Here Win won")
    (Pronunciation(start=5, end=8, ipa='wɪn'),)
    """
    kept: list[Pronunciation] = []
    at = 0
    for each in pronunciations:
        stretch = re.escape(old[each.start : each.end])
        if match := re.compile(rf"(?<!\w){stretch}(?!\w)").search(new, at):
            kept.append(Pronunciation(match.start(), match.end(), each.ipa))
            at = match.end()
    return tuple(kept)


def _overlap(edit: Edit, hit: Hit) -> bool:
    return edit.start < hit.end and hit.start < edit.end
