"""The files of an episode: `Timeline` in; tagged sound, transcript, chapters, cover, notes, page, manifest out.

Every time in every file is the timeline's. `formats` are the audio formats, found
through entry points. Verbs are loaded when they are first asked for, so that listing
episodes does not load what draws their covers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.episode.book import Sound, Volume, VolumeFacts, write_audiobook, write_book
    from narrate.episode.captions import write_srt, write_vtt
    from narrate.episode.chapters import chapters_json
    from narrate.episode.cover import EPISODE_PX, SHOW_PX, Motif, draw_cover
    from narrate.episode.manifest import dump_manifest, glance, load_manifest
    from narrate.episode.naming import slug_for
    from narrate.episode.notes import describe, plain, told_left_out
    from narrate.episode.page import Around, Written, episode_page, list_page, rows_in, show_page
    from narrate.episode.tags import TagFacts, id3_tag
    from narrate.episode.timelinefile import dump_timeline
    from narrate.episode.transcripts import write_html, write_json, write_text

__all__ = [
    "EPISODE_PX",
    "SHOW_PX",
    "Around",
    "Motif",
    "Sound",
    "TagFacts",
    "Volume",
    "VolumeFacts",
    "Written",
    "chapters_json",
    "describe",
    "draw_cover",
    "dump_manifest",
    "dump_timeline",
    "episode_page",
    "glance",
    "id3_tag",
    "list_page",
    "load_manifest",
    "plain",
    "rows_in",
    "show_page",
    "slug_for",
    "told_left_out",
    "write_audiobook",
    "write_book",
    "write_html",
    "write_json",
    "write_srt",
    "write_text",
    "write_vtt",
]

_HOMES = {
    "book": ("Sound", "Volume", "VolumeFacts", "write_audiobook", "write_book"),
    "captions": ("write_srt", "write_vtt"),
    "chapters": ("chapters_json",),
    "cover": ("EPISODE_PX", "SHOW_PX", "Motif", "draw_cover"),
    "manifest": ("dump_manifest", "glance", "load_manifest"),
    "naming": ("slug_for",),
    "notes": ("describe", "plain", "told_left_out"),
    "page": ("Around", "Written", "episode_page", "list_page", "rows_in", "show_page"),
    "tags": ("TagFacts", "id3_tag"),
    "timelinefile": ("dump_timeline",),
    "transcripts": ("write_html", "write_json", "write_text"),
}


def __getattr__(name: str) -> object:
    """A verb from the module it lives in."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
