"""Articles → a script: what is said, in which order, by which voice, with which silence after it.

`write_script` makes one, `dump_script` and `load_script` keep it in a file that
a person can edit, `places_in` says where its fields stand, `speak_written` how a line of text is spoken. Nothing
here takes a clock, the environment or a disk.
"""

from __future__ import annotations

from narrate.script.outline import write_script
from narrate.script.places import places_in
from narrate.script.spoken import speak_written
from narrate.script.storage import is_script, load_script
from narrate.script.summary import summarise
from narrate.script.writing import dump_script

__all__ = ["dump_script", "is_script", "load_script", "places_in", "speak_written", "summarise", "write_script"]
