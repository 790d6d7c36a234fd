"""The date of an article, as the opening writes it; how a date is said is the normaliser's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.script.wording import wording_for

if TYPE_CHECKING:
    from datetime import date


def written_date(day: date, language: str) -> str:
    """A date as the language writes it; English without a region is American, like the default voice.

    >>> from datetime import date
    >>> [written_date(date(2026, 11, 24), tag) for tag in ("en", "en-GB", "de")]
    ['November 24, 2026', '24 November 2026', '24. November 2026']
    """
    words = wording_for(language)
    month = words.months[day.month - 1]
    if language.lower() in {"en", "en-us"}:
        return f"{month} {day.day}, {day.year}"
    return words.date.format(day=day.day, month=month, year=day.year)
