"""How written text is to be said: a choice for each kind of thing that is no plain prose, and words of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
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


class Headings(StrEnum):
    """Abbreviations in titles and headings."""

    EXPAND = "expand"
    KEEP = "keep"


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


@dataclass(frozen=True, slots=True)
class Policy:
    """What happens to what. Every field is a choice; no default leaves out prose of the body."""

    notes: Notes = Notes.SECTION
    citations: Citations = Citations.SKIP
    references: References = References.SKIP
    links: Links = Links.TEXT
    urls: Urls = Urls.SITE
    images: Images = Images.ALL
    tables: Tables = Tables.AUTO
    code: Code = Code.SAY
    mathematics: Mathematics = Mathematics.READ
    quotes: Quotes = Quotes.PLAIN
    lists: Lists = Lists.NUMBERS
    headings: Headings = Headings.EXPAND
    emoji: Emoji = Emoji.SKIP
    furniture: Furniture = Furniture.SKIP
    bylines: Bylines = Bylines.OPENING


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
