"""How long the silence after a segment is: it depends on what is heard next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.script.draft import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.model import Pauses
    from narrate.script.draft import Draft

_AFTER: Mapping[Place, str] = {
    Place.SHOW: "title",
    Place.TITLE: "title",
    Place.FACTS: "disclosure",
}
"""Whatever comes next."""

_BETWEEN: Mapping[tuple[Place, Place], str] = {
    (Place.HEADING, Place.HEADING): "heading_heading",
    (Place.HEADING, Place.ITEM): "heading",
    (Place.HEADING, Place.BODY): "heading",
    (Place.ITEM, Place.ITEM): "list_item",
}

_BEFORE: Mapping[Place, str] = {
    Place.CLOSING: "section",
    Place.TITLE: "section",
    Place.SHOW: "section",
    Place.FACTS: "section",
    Place.BODY: "paragraph",
    Place.ITEM: "paragraph",
}


def pauses_after(heard: Sequence[Draft], pauses: Pauses) -> list[int]:
    """Milliseconds of silence after each segment; one that is skipped has a paragraph's, for when it is not."""
    top = min((each.level for each in heard if each.place is Place.HEADING and not each.skip), default=1)
    found: list[int] = []
    following: Draft | None = None
    parted = False
    for each in reversed(heard):
        parted = parted or each.parted
        if each.skip:
            found.append(pauses.paragraph)
            continue
        found.append(getattr(pauses, _pause(each, following, top, parted=parted)))
        following, parted = each, False
    return found[::-1]


def _pause(each: Draft, following: Draft | None, top: int, *, parted: bool) -> str:
    """Which pause it is, by its name in `Pauses`; `top` is the level of the highest headings."""
    if following is None:
        return "end"
    if each.place in _AFTER:
        return _AFTER[each.place]
    if parted:
        return "section"
    known = _BETWEEN.get((each.place, following.place)) or _BEFORE.get(following.place)
    return known or ("section" if following.level <= top else "before_subheading")
