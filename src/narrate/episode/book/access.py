"""What a book is for whom (EPUB Accessibility 1.1), by what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.figures import is_described
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.episode.book.volume import Volume

_HEARD_WHOLE = "said once"
_PICTURES: Mapping[tuple[bool, bool], str] = {
    (False, True): "Pictures are described in words and not shown.",
    (True, True): "Pictures are shown and described in words.",
    (True, False): "Pictures are shown, and some of them are not described.",
}
"""What is said of pictures, by whether some are shown and whether all of those are described."""


def accessible(volumes: Sequence[Volume], *, paged: str, formulas: Sequence[str]) -> Iterator[Markup]:
    """What it is for whom (EPUB Accessibility 1.1, 2.2), by what is in it.

    `paged` names what its pages are of, `formulas` how formulas are there.
    """
    pictured = [each for volume in volumes for each in volume.reading.passages if each.plates]
    described = all(map(is_described, pictured))
    whole = all(_is_heard(volume) for volume in volumes)
    rows = [
        ("accessMode", "textual"),
        ("accessMode", "auditory"),
        *([("accessMode", "visual")] if pictured else []),
        ("accessModeSufficient", "textual" if described else "textual,visual"),
        *([("accessModeSufficient", "auditory")] if whole and described else []),
        *(
            ("accessibilityFeature", each)
            for each in (
                *("synchronizedAudioText", "structuralNavigation", "tableOfContents", "readingOrder"),
                *("displayTransformability", "unlocked"),
                *(["pageBreakMarkers", "pageNavigation"] if paged else []),
                *(["alternativeText"] if pictured and described else []),
                *formulas,
            )
        ),
        ("accessibilityHazard", "none"),
        (
            "accessibilitySummary",
            "The text is read aloud by a synthetic voice, sentence by sentence, in step with what is shown."
            + ("" if whole else " Some of it, such as code or lists of works, is shown and not read aloud.")
            + f" Notes and tables can be skipped. {_PICTURES[bool(pictured), described]}",
        ),
    ]
    for name, value in rows:
        yield Markup('<meta property="schema:{}">{}</meta>').format(name, value)
    if paged:
        yield Markup('<meta property="pageBreakSource">{}</meta>').format(paged)


def _is_heard(volume: Volume) -> bool:
    """Whether everything in it is read aloud, there or elsewhere."""
    blocks = (each for each in volume.reading.passages if each.block.kind is not BlockKind.BREAK)
    return all(each.heard or each.why in {"", _HEARD_WHOLE} for each in blocks)
