"""The page of an episode and the pages of its show: HTML that works from a file, and says nothing to anybody.

A page loads its own picture and sound, and runs one script of narrate's own, which the policy in its head knows by
its digest. Whatever an article holds is text on it: it cannot become markup, a link to anything but the web, or code.
"""

from __future__ import annotations

from narrate.episode.page.episode import Written, episode_page
from narrate.episode.page.show import Around, list_page, rows_in, show_page

__all__ = ["Around", "Written", "episode_page", "list_page", "rows_in", "show_page"]
