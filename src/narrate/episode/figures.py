"""Pictures as elements: what stands in ``alt``, and so is not said again by the words below.

The words of a picture are in ``alt``, where every screen reader looks for them and lists pictures by them. They are
text below it too, which is marked while it is heard; that text is hidden from what reads ``alt``, so that nobody
hears it twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from narrate.episode.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Passage

NAMELESS = "Picture"
"""The ``alt`` of a picture of which nobody says anything."""
HIDDEN = ' aria-hidden="true"'
_IMG = Markup('<img src="{}" alt="{}" width="{}" height="{}"{}>')


def images(passage: Passage, more: str = "", *, closed: bool = False) -> str:
    """The pictures of a passage that are shown; `more` is attributes, `closed` ends each as XML does."""
    english = ' lang="en" xml:lang="en"' if closed else ' lang="en"'

    def attributes(alt: str) -> Markup:
        said = more + (english if alt == NAMELESS else "") + ("/" if closed else "")
        return Markup(said)  # noqa: S704 - narrate's own

    return "".join(
        _IMG.format(plate.name, alt, plate.width, plate.height, attributes(alt))
        for plate, alt in zip(passage.plates, _alternatives(passage), strict=True)
    )


def is_described(passage: Passage) -> bool:
    """Whether there are words for its pictures: a description or a caption."""
    return bool(passage.block.text.strip())


def _alternatives(passage: Passage) -> Iterator[str]:
    """What stands in place of each picture: a line of the description each, or all of it for the first.

    Where a caption alone says what is seen, it says it; of one without any words it is known that it is there.
    """
    block, count = passage.block, len(passage.plates)
    lines = block.text[: block.caption].strip().split("\n")
    said = lines if len(lines) == count == len(block.images) else [" ".join(lines)]
    for number in range(count):
        words = one_line(said[number]) if number < len(said) else ""
        yield words or ("" if is_described(passage) else NAMELESS)
