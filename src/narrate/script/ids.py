"""Names of segments: minted once from what they say, then never read again."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.model import Segment

_DIGITS = 8


def mint_ids(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments, each that has no id, or one that stands further up already, with a new one.

    An id is a digest of role and words, and an ordinal where they occur again. It begins with a letter, so that it
    is an id in HTML and EPUB too and no YAML reader takes it for a number.
    """
    segments = list(segments)
    taken = {segment.id for segment in segments} - {""}
    seen: set[str] = set()
    ordinals: Counter[str] = Counter()
    named: list[Segment] = []
    for segment in segments:
        own = segment.id if segment.id and segment.id not in seen else _mint(segment, taken, ordinals)
        taken.add(own)
        seen.add(own)
        named.append(segment if own == segment.id else replace(segment, id=own))
    return tuple(named)


def _mint(segment: Segment, taken: set[str], ordinals: Counter[str]) -> str:
    """A name that is not taken; `ordinals` has the last one tried for each digest, so that a flood is soon named."""
    words = "\n".join(utterance.written for utterance in segment.utterances)
    digest = hashlib.sha256(f"{segment.role}\n{words}".encode("utf-8", "surrogatepass")).hexdigest()
    base = f"s-{digest[:_DIGITS]}"
    while True:
        ordinals[base] += 1
        name = base if ordinals[base] == 1 else f"{base}-{ordinals[base]}"
        if name not in taken:
            return name
