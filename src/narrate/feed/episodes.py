"""The fields of an episode that its maker may set, beside what its article says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from narrate.errors import ShowError
from narrate.feed import checks, lines
from narrate.feed.fields import Field
from narrate.model import EPISODE_TYPES

if TYPE_CHECKING:
    from narrate.model import Episode

EPISODE_FIELDS: tuple[Field, ...] = (
    Field("type", "full, trailer or bonus.", "trailer", checks.one_of(EPISODE_TYPES), choices=lambda: EPISODE_TYPES),
    Field("season", "The season it belongs to, a number.", "1", checks.number, lambda n: str(n or "")),
    Field("number", "Its number in the season, or in the show.", "1", checks.number, lambda n: str(n or "")),
    Field("licence", "The licence of its sound, where it is not the show's.", "CC-BY-4.0", checks.licence),
    Field("licence_url", "Where that licence's text stands.", "https://example.org/licence", checks.link),
    Field(
        "persons",
        "Who is in it beside the show's persons and the article's authors, one a line.",
        "Eve Example; role=translator",
        lines.person,
        lines.person_line,
        many=True,
    ),
    Field(
        "soundbites",
        "Passages worth hearing first, one a line: start, length in seconds, title.",
        "00:01:10 30 The best part",
        lines.soundbite,
        lines.soundbite_line,
        many=True,
    ),
    Field(
        "content_links",
        "Where else it can be seen or heard, one a line: an address and the words of the link.",
        "https://example.org/video Watch it",
        lines.web_link,
        lines.web_link_line,
        many=True,
    ),
)
"""What `set_episode_field` sets, in the order the command line shows it."""

_BY_NAME = {field.name: field for field in EPISODE_FIELDS}


def set_episode_field(episode: Episode, name: str, value: str) -> Episode:
    """The episode with one field set from text; an empty text brings the default back, lists have a line an element.

    Raises:
        ShowError: no such field, or a value that it cannot have.
    """
    field = _BY_NAME.get(name.strip().lower().replace("-", "_"))
    if field is None:
        raise ShowError(
            f"an episode has no field '{name}'{checks.did_you_mean(name, _BY_NAME)}; it has {', '.join(_BY_NAME)}"
        )
    try:
        return replace(episode, **{field.name: _value(field, value.strip())})
    except ValueError as exc:
        raise ShowError(f"'{field.name}' {exc}, not '{checks.short(value)}'") from exc


def episode_field_text(episode: Episode, field: Field) -> str:
    """A field's value as `set_episode_field` takes it."""
    value = getattr(episode, field.name)
    return "\n".join(field.write(each) for each in value) if field.many else field.write(value)


def _value(field: Field, text: str) -> Any:  # noqa: ANN401 # of the kind that the field has
    if field.check is None:
        raise ValueError("cannot be set")
    if field.many:
        return tuple(field.check(line.strip()) for line in text.splitlines() if line.strip())
    if text:
        return field.check(text)
    return {"type": EPISODE_TYPES[0], "season": 0, "number": 0}.get(field.name, "")
