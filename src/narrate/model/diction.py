"""How written text is to be said: a choice for each kind of thing that is no plain prose, and words of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum


class Notes(StrEnum):
    """Where footnotes and endnotes are heard."""

    SECTION = "section"
    """At the end of the section that refers to them."""
    PLACE = "place"
    """After the paragraph that refers to them."""
    SKIP = "skip"


class Citations(StrEnum):
    """Citation marks: ``[12]``, ``(Smith 2019)``."""

    SKIP = "skip"
    READ = "read"


class References(StrEnum):
    """The list of works at the end of an article."""

    SKIP = "skip"
    READ = "read"


class Links(StrEnum):
    """Links with words of their own."""

    TEXT = "text"
    """The words alone."""
    ANNOUNCE = "announce"
    """The words, and that they are a link."""


class Urls(StrEnum):
    """Addresses that stand in the text as themselves."""

    SITE = "site"
    """Where they lead: "example dot org"."""
    READ = "read"
    """Every sign of them."""
    SKIP = "skip"


class Images(StrEnum):
    """Pictures."""

    ALL = "all"
    """What is written for those who do not see them, and the caption."""
    ALT = "alt"
    CAPTION = "caption"
    SKIP = "skip"


class Tables(StrEnum):
    """Tables."""

    AUTO = "auto"
    """Small ones cell by cell; of a large one that there is one."""
    CELLS = "cells"
    """Each cell after the head of its column."""
    SAY = "say"
    """That there is one."""
    SKIP = "skip"


class Code(StrEnum):
    """Blocks of code."""

    SAY = "say"
    """That there is one."""
    READ = "read"
    SKIP = "skip"


class Mathematics(StrEnum):
    """Formulas."""

    READ = "read"
    SAY = "say"
    """That there is one."""
    SKIP = "skip"


class Quotes(StrEnum):
    """Block quotes."""

    PLAIN = "plain"
    """In their place, by the voice that the cast gives to quotes."""
    ANNOUNCE = "announce"
    """The same, between "quote" and "end of quote"."""


class Lists(StrEnum):
    """List items."""

    NUMBERS = "numbers"
    """With the number that is written before them."""
    PLAIN = "plain"
    COUNT = "count"
    """With their numbers, and before the first of a list how many there are."""


class Levels(StrEnum):
    """The levels of headings."""

    PLAIN = "plain"
    """A heading is its words alone."""
    SAY = "say"
    """Its level is said before them: "Heading level 2"."""


class Headings(StrEnum):
    """Abbreviations in titles and headings."""

    EXPAND = "expand"
    KEEP = "keep"


class Emphasis(StrEnum):
    """Words that an author stresses."""

    STRESS = "stress"
    """As far as the engine can."""
    PLAIN = "plain"
    """As any other word."""


class Emoji(StrEnum):
    """Emoji."""

    SKIP = "skip"
    NAME = "name"


class Furniture(StrEnum):
    """What a page puts round an article: share, subscribe, related, credits."""

    SKIP = "skip"
    READ = "read"


class Bylines(StrEnum):
    """Lines that say who wrote an article and when, where its opening says the same."""

    OPENING = "opening"
    """Said in the opening only."""
    READ = "read"


def _decides(what: str) -> dict[str, str]:
    """What a row of the table decides, in a line."""
    return {"help": what}


@dataclass(frozen=True, slots=True)
class Policy:
    """What happens to what: the one table. Every field is a choice; no default leaves out prose of the body."""

    notes: Notes = field(
        default=Notes.SECTION,
        metadata=_decides("footnotes: after their section, in place after their paragraph, or not at all"),
    )
    citations: Citations = field(
        default=Citations.SKIP,
        metadata=_decides("marks of works that are cited: [12], and (Smith 2019) where the article lists that work"),
    )
    references: References = field(default=References.SKIP, metadata=_decides("the list of works at the end"))
    links: Links = field(default=Links.TEXT, metadata=_decides("links: their words alone, or that they are links too"))
    urls: Urls = field(
        default=Urls.SITE, metadata=_decides("addresses written out: the site they lead to, every sign, or nothing")
    )
    images: Images = field(
        default=Images.ALL, metadata=_decides("pictures: description and caption, one of them, or nothing")
    )
    tables: Tables = field(
        default=Tables.AUTO,
        metadata=_decides("tables: small ones as cells, each after its head; that there is one; or nothing"),
    )
    code: Code = field(default=Code.SAY, metadata=_decides("blocks of code: that there is one, every line, or nothing"))
    mathematics: Mathematics = field(
        default=Mathematics.READ, metadata=_decides("formulas: in words, that there is one, or nothing")
    )
    quotes: Quotes = field(
        default=Quotes.PLAIN, metadata=_decides('quotations: as they are, or between "quote" and "end of quote"')
    )
    lists: Lists = field(
        default=Lists.NUMBERS,
        metadata=_decides("list items: with the numbers before them, without, or with how many there are too"),
    )
    headings: Headings = field(
        default=Headings.EXPAND, metadata=_decides("abbreviations in titles and headings: in full, or as they are")
    )
    levels: Levels = field(default=Levels.PLAIN, metadata=_decides("headings: their words alone, or after their level"))
    emphasis: Emphasis = field(
        default=Emphasis.STRESS,
        metadata=_decides("words that are emphasised, or in capitals as in NOT: stressed, or as any other"),
    )
    emoji: Emoji = field(default=Emoji.SKIP, metadata=_decides("emoji: nothing, or their names"))
    furniture: Furniture = field(
        default=Furniture.SKIP,
        metadata=_decides("what a page puts between its words: share, subscribe, related, credits"),
    )
    bylines: Bylines = field(
        default=Bylines.OPENING,
        metadata=_decides("who wrote it and when: in the opening alone, or where it is written too"),
    )


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A row of the table of policies: its name, what may be chosen, what is chosen by itself, what it decides."""

    name: str
    choices: type[StrEnum]
    default: StrEnum
    help: str


POLICIES: tuple[PolicyRow, ...] = tuple(
    PolicyRow(each.name, type(value), value, each.metadata["help"])
    for each in fields(Policy)
    for value in [getattr(Policy(), each.name)]
)
"""The table, from which settings, messages and the reference are made."""


def rule_of(policy: Policy, name: str) -> str:
    """The name of the rule that a policy makes of one of its rows; what is left out is left out by it.

    >>> rule_of(Policy(), "code")
    'code = say'
    """
    return f"{name} = {getattr(policy, name)}"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """An entry of a lexicon: a word or phrase, and what is said for it.

    `spoken` is a respelling that any engine can say, `ipa` its phonemes in the
    International Phonetic Alphabet for engines that take them; one of the two is
    given. `language` is a BCP 47 tag ("" for all). Without `exact_case` it
    holds in any case of letters.
    """

    written: str
    spoken: str = ""
    ipa: str = ""
    language: str = ""
    exact_case: bool = False


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """The phonemes of ``spoken[start:end]`` of an utterance, in the International Phonetic Alphabet."""

    start: int
    end: int
    ipa: str


@dataclass(frozen=True, slots=True)
class Diction:
    """How written text is said: the policy, and a lexicon in which earlier entries win."""

    policy: Policy = field(default_factory=Policy)
    lexicon: tuple[Lexeme, ...] = ()
