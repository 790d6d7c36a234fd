"""What became of every letter and digit of an article: the values of the coverage report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model.article import BlockKind, Source
    from narrate.model.script import ScriptSource


class Fate(StrEnum):
    """What became of a stretch of an article."""

    SPOKEN = "spoken"
    SKIPPED = "skipped"
    """Left out by a rule, which has a name."""
    LOST = "lost"
    """Left out by no rule: a bug of narrate."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an article with one fate, from a letter or digit on; only that of a section break may have none.

    `kind` is that of the block it is in, None outside of all. `rule` is the rule that skipped it, or what is wrong
    where it is lost. `segment` is the id of the segment that has it, and `utterance` the number of the utterance that
    says it, from 0, as takes are numbered; it is None where nothing does.
    """

    source: Source
    kind: BlockKind | None
    fate: Fate
    text: str
    rule: str = ""
    segment: str = ""
    utterance: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The fate of all that the articles of a script say: stretches in their order, which do not overlap.

    Every letter and digit of every `Article.text` is in exactly one stretch. `title` and `articles` are the script's.
    """

    title: str
    articles: tuple[ScriptSource, ...]
    stretches: tuple[Stretch, ...]
