"""Articles → a script: what is said, in which order, by which voice, with which silence after it.

`write_script` makes one, `dump_script` and `load_script` keep it in a file that
a person can edit, `places_in` says where its fields stand, `utter` how a line of text is spoken. A lexicon comes from
`read_lexicon` or `read_pls`. Nothing here takes a clock, the environment or a disk.
"""

from __future__ import annotations

from narrate.script.lexicon import line_of, read_entry, read_lexicon, with_added, write_lexicon
from narrate.script.lexicon_ipa import tidy_ipa
from narrate.script.lexicon_match import used_in, with_own
from narrate.script.lexicon_pls import is_pls, read_pls, write_pls
from narrate.script.outline import write_script
from narrate.script.places import places_in
from narrate.script.reading import reading_of
from narrate.script.spoken import speak_written, utter
from narrate.script.storage import is_script, load_script
from narrate.script.summary import summarise
from narrate.script.unknown import Known, unknown_words
from narrate.script.writing import dump_script

__all__ = [
    "Known",
    "dump_script",
    "is_pls",
    "is_script",
    "line_of",
    "load_script",
    "places_in",
    "read_entry",
    "read_lexicon",
    "read_pls",
    "reading_of",
    "speak_written",
    "summarise",
    "tidy_ipa",
    "unknown_words",
    "used_in",
    "utter",
    "with_added",
    "with_own",
    "write_lexicon",
    "write_pls",
    "write_script",
]
