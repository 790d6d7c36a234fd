"""Which episodes of a long show stand in which page: pure arithmetic on positions, the oldest episode's being 0.

The newest 100 to 199 stand in ``feed.xml`` (all, where there are fewer than 200),
the others in pages of 100, counted from the oldest. So a page never changes once
it is full: an episode that is added changes ``feed.xml``, and every hundredth
time one page is new, and the one before it learns of its neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass

STEP = 100
"""Episodes of a page."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Episodes from `start` to before `end`. `number` is that of the page, 0 for the newest.

    `older` and `newer` are the numbers of the pages beside it, None where there is none; the newest page knows
    the `oldest` too, which is 0 where there are no others.
    """

    number: int
    start: int
    end: int
    older: int | None = None
    newer: int | None = None
    oldest: int = 0


def slices_of(count: int, first: int = 0) -> list[Slice]:
    """The slices of a show of `count` episodes of which those before position `first` are in no feed; newest first.

    Positions count all that there are. So the pages stay what they are while old episodes leave the feed.

    >>> [(each.number, each.start, each.end) for each in slices_of(199)]
    [(0, 0, 199)]
    >>> [(each.number, each.start, each.end) for each in slices_of(250)]
    [(0, 100, 250), (1, 0, 100)]
    >>> [(each.number, each.start, each.end) for each in slices_of(430, 130)]
    [(0, 300, 430), (3, 200, 300), (2, 130, 200)]
    """
    if count - first < 2 * STEP:
        return [Slice(0, first, count)]
    full = count // STEP - 1
    oldest = first // STEP
    pages = [
        Slice(
            number=page + 1,
            start=max(first, page * STEP),
            end=(page + 1) * STEP,
            older=page if page > oldest else None,
            newer=page + 2 if page + 1 < full else 0,
        )
        for page in range(oldest, full)
    ]
    return [Slice(0, full * STEP, count, older=full, oldest=oldest + 1), *reversed(pages)]


def feed_name(number: int) -> str:
    """The file of a page of the feed.

    >>> feed_name(0), feed_name(7)
    ('feed.xml', 'feed-0007.xml')
    """
    return f"feed-{number:04}.xml" if number else "feed.xml"


def page_name(number: int) -> str:
    """The file of a page of the show's page.

    >>> page_name(0), page_name(7)
    ('index.html', 'index-0007.html')
    """
    return f"index-{number:04}.html" if number else "index.html"
