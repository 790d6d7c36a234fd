"""A show's settings and the file they live in, ``show.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import tomli_w

from narrate.errors import ShowError
from narrate.feed import checks
from narrate.feed.fields import BY_NAME, DEFAULT_TITLE, FIELDS
from narrate.model import Frequency, Show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.feed.fields import Field

FEED_NAME = "feed.xml"
"""The feed's file in a show's folder."""

PODCAST_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The UUID namespace of ``podcast:guid`` (podcast namespace, tag "guid")."""

_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_HEADER = "# The settings of this show, as podcast apps see them. A line that begins with # is not in force."


def new_show(title: str, guid: str, language: str) -> Show:
    """A show with sensible settings and nothing invented; without a title it has the default one and no name."""
    show = Show(title=DEFAULT_TITLE, guid=guid)
    return set_field(set_field(show, "language", language), "title", title)


def set_field(show: Show, name: str, value: str) -> Show:
    """The show with one field set from text; an empty text brings the default back. A list has a line an element.

    A title makes the show `named`; a guid, or a first public base URL, freezes the guid.

    Raises:
        ShowError: no such field, or a value that it cannot have.
    """
    field = field_named(name)
    values = {field.name: _checked(field, value.strip())}
    if field.name == "guid":
        values["guid_frozen"] = True
    changed = _with(show, values)
    return freeze_guid(changed, changed.base_url)


def add_to_field(show: Show, name: str, value: str) -> Show:
    """The show with one element more in a field that holds a list, in place of the one that is called the same.

    Raises:
        ShowError: no such list, or a value that cannot be in it.
    """
    field = _list_named(name)
    (new,) = _checked(field, " ".join(value.split())) or (None,)
    if new is None:
        raise ShowError(f"'{field.name}' needs a value to add, such as '{field.example}'")
    kept = (each for each in getattr(show, field.name) if _called(field, each) != _called(field, new))
    return _with(show, {field.name: (*kept, new)})


def remove_from_field(show: Show, name: str, value: str) -> Show:
    """The show with one element less in a field that holds a list: the one of this line, or of this name or address.

    Raises:
        ShowError: no such list, or nothing of that name in it.
    """
    field = _list_named(name)
    held = getattr(show, field.name)
    kept = tuple(each for each in held if value.strip() not in {field.write(each), _called(field, each)})
    if len(kept) == len(held):
        names = ", ".join(f"'{_called(field, each)}'" for each in held) or "nothing"
        raise ShowError(f"'{field.name}' does not hold '{checks.short(value)}'; it holds {names}")
    return _with(show, {field.name: kept})


def field_text(show: Show, field: Field) -> str:
    """A field's value as `set_field` takes it: yes or no, or the text, "" where nothing is set, a line an element.

    >>> show = Show(title="Long reads", guid="")
    >>> [field_text(show, field) for field in FIELDS if field.name in {"title", "author", "listed"}]
    ['Long reads', '', 'no']
    """
    value = getattr(show, field.name)
    if field.many:
        return "\n".join(field.write(each) for each in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else field.write(value)


def field_named(name: str) -> Field:
    """The field of that name, which a person may set; hyphens count as underscores. Raises `ShowError`."""
    field = BY_NAME.get(name.strip().lower().replace("-", "_"))
    if field is None or field.own:
        names = [field.name for field in FIELDS if not field.own]
        raise ShowError(f"a show has no field '{name}'{checks.did_you_mean(name, names)}; it has {', '.join(names)}")
    return field


def _list_named(name: str) -> Field:
    field = field_named(name)
    if not field.many:
        lists = ", ".join(each.name for each in FIELDS if each.many)
        raise ShowError(f"'{field.name}' holds one value; 'narrate show set {field.name} …' sets it (lists: {lists})")
    return field


def _called(field: Field, element: object) -> str:
    """What an element of a list is known by: its first part, a name, an address or a guid."""
    return field.write(element).partition("; " if field.name == "persons" else " ")[0]


def _checked(field: Field, text: str) -> Any:  # noqa: ANN401 # of the kind that the field has
    lines = text.splitlines() if field.many else [text]
    found = []
    for line in lines:
        try:
            found.append(_from_text(field, line.strip() if field.many else line))
        except ValueError as exc:
            raise ShowError(f"'{field.name}' {exc}, not '{checks.short(line)}'") from exc
    return tuple(each for each in found if each != ()) if field.many else found[0]


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


def _from_text(field: Field, text: str) -> Any:  # noqa: ANN401 # of the kind that the field has
    """The value that a text stands for; of a list, one element."""
    if not text and field.name != "guid":
        return _default(field.name)
    if field.check is not None:
        return field.check(text)
    if text.lower() not in _YES_NO:
        raise ValueError("must be yes or no")
    return _YES_NO[text.lower()]


def _from_toml(name: str, value: object) -> Any:  # noqa: ANN401 # of the kind that the field has
    field = BY_NAME.get(name)
    if field is None:
        raise ValueError(f"there is no field '{name}'{checks.did_you_mean(name, BY_NAME)}")
    kind, words = _kind(field)
    if type(value) is not kind:
        raise TypeError(f"'{name}' must be {words}, not {checks.short(str(value))}")
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return tuple(_element(field, each) for each in value)
    return _element(field, str(value) or "")


def _element(field: Field, value: object) -> Any:  # noqa: ANN401 # of the kind that the field has
    if not isinstance(value, str):
        raise TypeError(f"'{field.name}' must be {_kind(field)[1]}, not a list with {checks.short(str(value))}")
    try:
        return _from_text(field, value.strip())
    except ValueError as exc:
        raise ValueError(f"'{field.name}' {exc}, not '{checks.short(value)}'") from exc


def _kind(field: Field) -> tuple[type, str]:
    """What TOML holds for a field, and how to say so."""
    if field.check is None:
        return bool, "true or false"
    if field.many:
        return list, "a list of texts in quotes"
    return (int, "a whole number") if isinstance(_default(field.name), int) else (str, "text in quotes")


def _default(name: str) -> Any:  # noqa: ANN401 # of the kind that the field has
    """What the model says where nothing is set; "" for the title, which then takes the name away."""
    return getattr(Show(title="", guid=""), name)


def _line(show: Show, field: Field) -> str:
    value = getattr(show, field.name)
    unset = value in ("", (), 0, Frequency()) if field.check is not None else field.own and not value
    unset = unset or (field.name == "title" and not show.named)
    example = unset and field.check is not None
    shown = _toml(field, field.example if example else value, text=example)
    return f"# {shown}" if unset else shown


def _toml(field: Field, value: Any, *, text: bool) -> str:  # noqa: ANN401 # of the kind that the field has
    """A field as TOML; `value` is a text as it stands in examples, or the field's own."""
    if field.many and text:  # on one line, so that one "#" keeps it out of force
        return f"{field.name} = [{tomli_w.dumps({'': value}).partition(' = ')[2].strip()}]"
    if field.many:
        value = [field.write(each) for each in value]
    elif isinstance(_default(field.name), Frequency) and not text:
        value = field.write(value)
    elif text and _kind(field)[0] is int:
        value = int(value)
    return tomli_w.dumps({field.name: value}).rstrip("\n")


def _line_of(text: str, name: str) -> str:
    r"""Where a field stands, for an error: ", line 3", or nothing where it is written in another way.

    >>> _line_of('title = "A"\n\ntypo = 1', "typo")
    ', line 3'
    """
    match = re.search(rf"^[ \t\[]*[\"']?{re.escape(name)}[\"']?[ \t]*[=.\]]", text, re.MULTILINE)
    return f", line {text.count(chr(10), 0, match.start()) + 1}" if match else ""
