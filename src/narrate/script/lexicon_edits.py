"""What a lexicon says of a text, as edits beside those of the normaliser, and as phonemes of the spoken text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.model import Pronunciation
from narrate.script.normalise import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from narrate.script.lexicon_match import Hit

LEXICON = "lexicon"
"""The name of the row that such an edit is of."""


def beside(hits: Sequence[Hit], edits: Sequence[Edit]) -> list[Hit]:
    """The hits that touch none of some edits that come before them."""
    return [hit for hit in hits if not _touched(hit, edits)]


def with_lexicon(written: str, edits: Sequence[Edit], hits: Sequence[Hit], safe: Callable[[str], str]) -> list[Edit]:
    """The edits that touch no word of the lexicon, and those of the words that are spoken otherwise than written."""
    others = [edit for edit in edits if not any(_overlap(edit, hit) for hit in hits)]
    said = ((hit, safe(hit.said)) for hit in hits)
    own = [Edit(hit.start, hit.end, text, LEXICON) for hit, text in said if text != written[hit.start : hit.end]]
    return sorted((*others, *own))


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


def _touched(hit: Hit, edits: Sequence[Edit]) -> bool:
    return any(_overlap(edit, hit) for edit in edits)


def _overlap(edit: Edit, hit: Hit) -> bool:
    return edit.start < hit.end and hit.start < edit.end
