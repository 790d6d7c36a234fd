"""What is asked, what is told meanwhile, what is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from narrate.errors import NarrateError
    from narrate.model import Article, Coverage, Episode, Loudness
    from narrate.model.brief import Brief


@dataclass(frozen=True, slots=True)
class Facts:
    """What the maker says of an article that the article does not say itself; empty where it is left to the text."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is from now on in the feed of a show: the newest `keep`, none older than so many days; 0 lifts a limit.

    None leaves the show as it is.
    """

    keep: int | None = None
    max_age_days: int | None = None


@dataclass(frozen=True, slots=True)
class Numbering:
    """The season and the number in it that an episode is to have; None leaves it to the show."""

    season: int | None = None
    number: int | None = None


UNNUMBERED = Numbering()


@dataclass(frozen=True, slots=True)
class Order:
    """Episodes to be made: `articles` are paths of articles or scripts, URLs, or articles themselves; "-" is stdin.

    A folder, a pattern or a feed stands for the articles in it. With `edition`, a title, they become one episode;
    `identity` is who that is, where its articles do not tell. With `new`, an article that
    is an episode already becomes another one. With `dry_run` nothing is spoken or written.
    `chapters` are the numbers of those to read, as "3-5,8"; none is all that are read by themselves.
    With `split` each becomes an episode of its own. With `measure` the finished files are decoded and
    their loudness told, which costs about 2 CPU seconds an hour and file.
    """

    articles: tuple[str | Article, ...]
    facts: Facts = Facts()
    edition: str = ""
    new: bool = False
    dry_run: bool = False
    chapters: str = ""
    split: bool = False
    measure: bool = False
    limits: Limits = Limits()
    numbering: Numbering = UNNUMBERED
    identity: str = ""


class Stage(StrEnum):
    """The steps that take time."""

    READ = "read"
    SPEAK = "speak"
    ENCODE = "encode"
    WRITE = "write"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Event:
    """`done` of `total` things of a stage are done; `text` is the one in hand (a sentence, a title)."""

    stage: Stage
    done: int
    total: int
    text: str = ""


Listener = Callable[[Event], None]


class Outcome(StrEnum):
    """What became of an episode."""

    NEW = "new"
    REMADE = "remade"
    UNCHANGED = "unchanged"
    PLANNED = "planned"
    """A dry run: what would be made."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that could not be spoken: as written, in which segment of the script, and why.

    `utterances` are the numbers of its utterances in the script, from 0.
    """

    text: str
    segment: str
    reason: str
    utterances: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """An episode that was made, where its audio file is, and what it cost.

    `spoken` and `encoded` count the utterances and units that no cache held.
    `running_on` is how many of an episode's units at most are encoded together, because a bed plays on through them.
    `heard` is the loudness that the finished files decode to, by their names, where it was asked for.
    `left_out` are sentences that no voice could speak.
    `pruned` are episodes that left the feed with it, because of how many it keeps or how old they may be.
    `audio` is None where it was only planned. `warnings` are sentences for people. `coverage` is None where the
    episode was made from a script.
    """

    episode: Episode
    audio: Path | None
    outcome: Outcome
    utterances: int
    spoken: int
    units: int = 0
    encoded: int = 0
    gain_db: float = 0.0
    heard: Mapping[str, Loudness] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    coverage: Coverage | None = None
    left_out: tuple[LeftOut, ...] = ()
    running_on: int = 1
    pruned: tuple[Brief, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """An article of which nothing was made, and why."""

    article: str
    error: NarrateError


@dataclass(frozen=True, slots=True)
class Result:
    """What was made and what was not, in the order it was asked for, in the show in `folder`.

    `books` are the files of books that were split into several episodes, each of which is in one of them.
    """

    made: tuple[Made, ...]
    failed: tuple[Failed, ...]
    folder: Path
    books: tuple[Path, ...] = ()
