"""A show's settings and the file they live in, ``show.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import tomli_w

from narrate.errors import ShowError
from narrate.feed import checks
from narrate.model import Show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEFAULT_TITLE = "Narrated articles"
"""What a show is called until it has a title of its own; never spoken."""

FEED_NAME = "feed.xml"
"""The feed's file in a show's folder."""

PODCAST_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The UUID namespace of ``podcast:guid`` (podcast namespace, tag "guid")."""

_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_HEADER = "# The settings of this show, as podcast apps see them. A line that begins with # is not in force."


@dataclass(frozen=True, slots=True)
class Field:
    """A line of ``show.toml``: `check` makes text fit or raises ValueError, and is None for yes-or-no fields.

    `help` is the comment above it and what the command line says of it; `example`
    stands where nothing is set; `own` marks what narrate keeps for itself.
    """

    name: str
    help: str
    example: str = ""
    check: Callable[[str], str] | None = None
    own: bool = False


FIELDS: tuple[Field, ...] = (
    Field("title", "The show's name. Once it has one of its own, episodes begin with it.", DEFAULT_TITLE, checks.name),
    Field("description", "What the show is about.", "Articles I want to hear.", checks.description),
    Field("author", "Who makes the show.", "Your name", checks.name),
    Field("owner_name", "Who owns the show; directories ask for it.", "Your name", checks.name),
    Field("owner_email", "Where directories write to. It is public in the feed.", "you@example.org", checks.email),
    Field("language", "The show's language (BCP 47: en, en-GB, zh-Hant).", "en", checks.language),
    Field("category", "One of Apple's categories: 'Arts', or 'Arts > Books'.", "Education", checks.category),
    Field("explicit", "Whether the show holds what children should not hear."),
    Field(
        "type",
        "episodic (newest first) or serial (from the first on).",
        "episodic",
        checks.one_of(("episodic", "serial")),
    ),
    Field("base_url", "The public address of this folder.", "https://example.org/podcast/", checks.base_url),
    Field("link", "The show's page, if it has another than this folder's.", "https://example.org/", checks.link),
    Field("cover", "The picture, a square JPEG or PNG in this folder.", "cover.jpg", checks.cover),
    Field("copyright", "The notice of copyright.", "2026 Your name", checks.name),
    Field("licence", "The licence of the sound, as SPDX names it.", "CC-BY-4.0", checks.licence),
    Field(
        "music_intro",
        "What plays at the start: default, none, or an audio file in this folder.",
        "intro.mp3",
        checks.music,
    ),
    Field("music_sting", "What plays between the articles of an edition.", "sting.mp3", checks.music),
    Field("music_outro", "What plays at the end.", "outro.mp3", checks.music),
    Field("music_bed", "What plays on softly under the article.", "bed.mp3", checks.music),
    Field("listed", "Whether directories may list the show. Listing articles of others needs their leave."),
    Field("locked", "Whether other hosts are told not to import the feed."),
    Field("guid", "Who this show is to podcast apps. narrate keeps it.", "", checks.guid),
    Field("guid_frozen", "Whether the guid is final. narrate keeps it.", own=True),
)
"""Every field in the order of the file; the command line lists them from here."""

_BY_NAME = {field.name: field for field in FIELDS}


def new_show(title: str, guid: str, language: str) -> Show:
    """A show with sensible settings and nothing invented; without a title it has the default one and no name."""
    show = Show(title=DEFAULT_TITLE, guid=guid)
    return set_field(set_field(show, "language", language), "title", title)


def set_field(show: Show, name: str, value: str) -> Show:
    """The show with one field set from text; an empty text brings the default back.

    A title makes the show `named`; a guid, or a first public base URL, freezes the guid.

    Raises:
        ShowError: no such field, or a value that it cannot have.
    """
    field = _BY_NAME.get(name.replace("-", "_"))
    if field is None or field.own:
        names = [field.name for field in FIELDS if not field.own]
        raise ShowError(f"a show has no field '{name}'{checks.did_you_mean(name, names)}; it has {', '.join(names)}")
    try:
        values = {field.name: _from_text(field, value.strip())}
    except ValueError as exc:
        raise ShowError(f"'{field.name}' {exc}, not '{_short(value)}'") from exc
    if field.name == "guid":
        values["guid_frozen"] = True
    changed = _with(show, values)
    return freeze_guid(changed, changed.base_url)


def field_text(show: Show, field: Field) -> str:
    """A field's value as `set_field` takes it: yes or no, or the text, "" where nothing is set.

    >>> show = Show(title="Long reads", guid="")
    >>> [field_text(show, field) for field in FIELDS if field.name in {"title", "author", "listed"}]
    ['Long reads', '', 'no']
    """
    value = getattr(show, field.name)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def load_show(text: str, where: str) -> Show:
    """The show that a ``show.toml`` describes; `where` names the file in errors.

    Raises:
        ShowError: it is not TOML, or a field is unknown, of the wrong type or not allowed; says the line.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ShowError(f"{where} is not valid TOML: {exc}") from exc
    values = {}
    for name, value in document.items():
        try:
            values[name] = _from_toml(name, value)
        except (TypeError, ValueError) as exc:
            raise ShowError(f"{where}{_line_of(text, name)}: {exc}") from exc
    if "guid" not in values:
        raise ShowError(
            f"{where}: 'guid' is missing; {FEED_NAME} still has it as podcast:guid, else write any new UUID"
        )
    return _with(Show(title=DEFAULT_TITLE, guid=""), values)


def dump_show(show: Show) -> str:
    """The show as ``show.toml``, a comment a field; what is not set stands as an example behind ``#``.

    `load_show` gives the same show back.
    """
    blocks = [f"# {field.help}\n{_line(show, field)}" for field in FIELDS]
    return "\n\n".join([_HEADER, *blocks]) + "\n"


def guid_for(base_url: str) -> str:
    """The ``podcast:guid`` of a show whose folder is at `base_url` (podcast namespace, tag "guid").

    It is the UUIDv5 of the feed's URL without scheme and trailing slashes.

    >>> guid_for("https://example.org/show/") == guid_for("http://example.org/show")
    True
    """
    return _guid_of_feed(base_url.rstrip("/") + "/" + FEED_NAME)


def freeze_guid(show: Show, base_url: str) -> Show:
    """The show with its final guid, once: nothing changes when it is frozen or `base_url` is not public."""
    if show.guid_frozen or not checks.is_public(base_url):
        return show
    return replace(show, guid=guid_for(base_url), guid_frozen=True)


def _guid_of_feed(url: str) -> str:
    """UUIDv5 of a feed's URL; the example is the specification's.

    >>> _guid_of_feed("https://mp3s.nashownotes.com/pc20rss.xml")
    '917393e3-1b1e-5cef-ace4-edaa54e1f810'
    """
    parts = urlsplit(url)
    return str(uuid5(PODCAST_NAMESPACE, (parts.netloc + parts.path).rstrip("/")))


def _with(show: Show, values: Mapping[str, Any]) -> Show:
    """The show with checked values; a title of its own names it, an empty one takes the name away."""
    changed = replace(show, **values)
    if "title" not in values:
        return changed
    return replace(changed, title=changed.title or DEFAULT_TITLE, named=bool(changed.title))


def _from_text(field: Field, text: str) -> str | bool:
    if not text and field.name != "guid":
        return _default(field.name)
    if field.check is not None:
        return field.check(text)
    if text.lower() not in _YES_NO:
        raise ValueError("must be yes or no")
    return _YES_NO[text.lower()]


def _from_toml(name: str, value: object) -> str | bool:
    field = _BY_NAME.get(name)
    if field is None:
        raise ValueError(f"there is no field '{name}'{checks.did_you_mean(name, _BY_NAME)}")
    kind, words = (bool, "true or false") if field.check is None else (str, "text in quotes")
    if not isinstance(value, str | bool) or not isinstance(value, kind):
        raise TypeError(f"'{name}' must be {words}, not {_short(str(value))}")
    if isinstance(value, bool):
        return value
    try:
        return _from_text(field, value.strip())
    except ValueError as exc:
        raise ValueError(f"'{name}' {exc}, not '{_short(value)}'") from exc


def _default(name: str) -> str | bool:
    """What the model says where nothing is set; "" for the title, which then takes the name away."""
    value: str | bool = getattr(Show(title="", guid=""), name)
    return value


def _line(show: Show, field: Field) -> str:
    value = getattr(show, field.name)
    unset = value == "" or (field.name == "title" and not show.named) or (field.own and not value)
    shown = tomli_w.dumps({field.name: value if field.check is None or not unset else field.example}).rstrip("\n")
    return f"# {shown}" if unset else shown


def _line_of(text: str, name: str) -> str:
    r"""Where a field stands, for an error: ", line 3", or nothing where it is written in another way.

    >>> _line_of('title = "A"\n\ntypo = 1', "typo")
    ', line 3'
    """
    match = re.search(rf"^[ \t\[]*[\"']?{re.escape(name)}[\"']?[ \t]*[=.\]]", text, re.MULTILINE)
    return f", line {text.count(chr(10), 0, match.start()) + 1}" if match else ""


def _short(value: str) -> str:
    limit = 60
    return value if len(value) <= limit else value[: limit - 1] + "…"
