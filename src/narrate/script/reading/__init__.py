"""Articles, the script made of them and its cues → what there is to read along with: a `Reading`.

`reading_of` is for whoever shows the text of an episode: its page, its book, its transcript in HTML.
"""

from __future__ import annotations

from narrate.script.reading.passages import reading_of

__all__ = ["reading_of"]
