"""The fields of a show: a table of names, what each is for, and how its text is read and written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from narrate.feed import checks, lines
from narrate.feed.categories import category_names

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_TITLE = "Narrated articles"
"""What a show is called until it has a title of its own; never spoken."""


@dataclass(frozen=True, slots=True)
class Field:
    """A line of ``show.toml``: `check` makes a value of text or raises ValueError, and is None for yes-or-no fields.

    `write` is its inverse. Fields with `many` hold a list, whose elements `check` reads
    a line each. `help` is the comment above it and what the command line says of it; `example`
    stands where nothing is set; `choices` are the values that a shell may offer;
    `own` marks what narrate keeps for itself.
    """

    name: str
    help: str
    example: str = ""
    check: Callable[[str], Any] | None = None
    write: Callable[[Any], str] = str
    many: bool = False
    choices: Callable[[], tuple[str, ...]] = tuple
    own: bool = False


TYPES = ("episodic", "serial")
YES_NO = ("yes", "no")

FIELDS: tuple[Field, ...] = (
    Field("title", "The show's name. Once it has one of its own, episodes begin with it.", DEFAULT_TITLE, checks.name),
    Field("description", "What the show is about.", "Articles I want to hear.", checks.description),
    Field("author", "Who makes the show.", "Your name", checks.name),
    Field("owner_name", "Who owns the show; directories ask for it.", "Your name", checks.name),
    Field("owner_email", "Where directories write to. It is public in the feed.", "you@example.org", checks.email),
    Field("language", "The show's language (BCP 47: en, en-GB, zh-Hant).", "en", checks.language),
    Field(
        "category",
        "One of Apple's categories: 'Arts', or 'Arts > Books'.",
        "Education",
        checks.category,
        choices=category_names,
    ),
    Field(
        "second_category",
        "Another one; Apple goes by the first, other directories read both.",
        "Arts > Books",
        checks.category,
        choices=category_names,
    ),
    Field("explicit", "Whether the show holds what children should not hear.", choices=lambda: YES_NO),
    Field(
        "type",
        "episodic (newest first) or serial (from the first on).",
        "episodic",
        checks.one_of(TYPES),
        choices=lambda: TYPES,
    ),
    Field("season", "The season that new episodes belong to, a number.", "1", checks.number, lambda n: str(n or "")),
    Field(
        "keep",
        "How many episodes are in the feed at most, the newest; older ones keep their folders.",
        "100",
        checks.number,
        lambda n: str(n or ""),
    ),
    Field(
        "max_age_days",
        "How many days an episode is in the feed; after that it keeps its folder.",
        "365",
        checks.number,
        lambda n: str(n or ""),
    ),
    Field("base_url", "The public address of this folder.", "https://example.org/podcast/", checks.base_url),
    Field("link", "The show's page, if it has another than this folder's.", "https://example.org/", checks.link),
    Field(
        "new_feed_url",
        "Tells apps that the feed has moved to this address; 'narrate show move' writes it.",
        "https://example.org/podcast/feed.xml",
        checks.link,
    ),
    Field("cover", "The picture, a square JPEG or PNG in this folder.", "cover.jpg", checks.cover),
    Field("copyright", "Who holds the copyright; neither a year nor the word.", "Your name", checks.name),
    Field("licence", "The licence of the sound, as SPDX names it, or its own short name.", "CC-BY-4.0", checks.licence),
    Field(
        "licence_url",
        "Where the licence's text stands; a licence of your own needs it.",
        "https://creativecommons.org/licenses/by/4.0/",
        checks.link,
    ),
    Field(
        "persons",
        "Who is behind the show: a name, then role, group, href (their page) and img (their picture) as far as known.",
        "Your name; role=host; href=https://example.org/you",
        lines.person,
        lines.person_line,
        many=True,
    ),
    Field(
        "funding",
        "Where listeners can support the show: an address and the words of the link.",
        "https://example.org/support Support the show",
        lines.web_link,
        lines.web_link_line,
        many=True,
    ),
    Field(
        "podroll",
        "Shows that this one recommends: podcast:guid, the feed's address, the title.",
        "917393e3-1b1e-5cef-ace4-edaa54e1f810 https://feeds.podcastindex.org/pc20.xml Podcasting 2.0",
        lines.recommendation,
        lines.recommendation_line,
        many=True,
    ),
    Field(
        "update_frequency",
        "How often episodes come: daily, weekdays, weekly, biweekly, monthly, bimonthly, yearly; complete is the end.",
        "weekly",
        lines.frequency,
        lines.frequency_line,
        choices=lambda: lines.FREQUENCIES,
    ),
    Field(
        "music_intro",
        "What plays at the start: default, none, or an audio file in this folder.",
        "intro.mp3",
        checks.music,
    ),
    Field("music_sting", "What plays between the articles of an edition.", "sting.mp3", checks.music),
    Field("music_outro", "What plays at the end.", "outro.mp3", checks.music),
    Field("music_bed", "What plays on softly under the article.", "bed.mp3", checks.music),
    Field(
        "listed",
        "Whether directories may list the show. Listing articles of others needs their leave.",
        choices=lambda: YES_NO,
    ),
    Field("locked", "Whether other hosts are told not to import the feed.", choices=lambda: YES_NO),
    Field("guid", "Who this show is to podcast apps. narrate keeps it.", "", checks.guid),
    Field("numbered", "The highest numbers of removed episodes. narrate keeps it.", "", checks.name, own=True),
    Field("guid_frozen", "Whether the guid is final. narrate keeps it.", own=True),
)
"""Every field in the order of the file; the command line lists them from here."""

BY_NAME = {field.name: field for field in FIELDS}
"""The fields by their names."""
