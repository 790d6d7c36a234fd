"""Articles and the script made of them → the fate of every letter and digit.

`coverage_of` follows each from the source to its block, from there to what is written in a segment, and from there to
what a voice says. What gets lost on the way without a rule that says so is a bug, and is called that.
"""

from __future__ import annotations

from narrate.script.coverage.figures import figures_of, summary_of, words_of
from narrate.script.coverage.follow import coverage_of
from narrate.script.coverage.report import as_document
from narrate.script.coverage.told import bug_in, told_of

__all__ = ["as_document", "bug_in", "coverage_of", "figures_of", "summary_of", "told_of", "words_of"]
