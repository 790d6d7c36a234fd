"""Front matter: YAML between ``---``, TOML between ``+++``.

YAML is read with every value as text (so that ``NO`` is a word, ``1:30`` no number and
a date what stands there) and without aliases, by which a few lines can stand for
gigabytes.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.article.facts import WEB_ADDRESS, Facts, impossible_date, names, parse_date
from narrate.article.language import language_tag
from narrate.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import yaml

MAX_CHARACTERS = 65_536
_DEEPEST = 20
_YAML = re.compile(r"---[ \t]*\n(?P<text>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<text>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"\s*(?:#.*\n\s*)*[\"']?[\w-]+[\"']?[ \t]*[:=]")
_DATES = ("date", "published", "publishdate", "pubdate", "published_at", "datepublished")
_URLS = ("canonical", "canonical_url", "canonicalurl", "url", "link", "permalink", "source")
_IMAGES = ("image", "cover", "cover_image", "featured_image", "thumbnail", "hero")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before an article: its facts, and how many characters and lines it takes up."""

    facts: Facts = field(default_factory=Facts)
    characters: int = 0
    lines: int = 0


def front_matter(source: str, name: str) -> FrontMatter:
    r"""The front matter of a Markdown source, empty where there is none.

    >>> front_matter("---\ntitle: 'No: 1'\nauthor: Ann Example\nlang: NO\n---\nText", "a.md").facts.title
    'No: 1'
    >>> front_matter("---\nJust a rule above\n\n---\n", "a.md").characters
    0

    Raises:
        ArticleError: it is broken, too long, uses aliases or names a day that is none; the message names the line.
    """
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(source)
        if match and (not match["text"].strip() or _KEY.match(match["text"])):
            if len(match["text"]) > MAX_CHARACTERS:
                raise ArticleError(f"{name}: the front matter is longer than {MAX_CHARACTERS} characters; shorten it")
            fields = {key.lower().replace("-", "_"): value for key, value in read(match["text"], name).items()}
            _refuse_dates(fields, match["text"], name)
            return FrontMatter(_facts(fields), match.end(), source.count("\n", 0, match.end()))
    return FrontMatter()


def _yaml(text: str, name: str) -> Mapping[str, object]:
    import yaml  # 30 ms that articles without front matter need not pay

    try:
        _refuse_traps(text, name)
        fields = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text, lists and mappings only
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        what = getattr(exc, "problem", None) or "it is no YAML"
        raise _broken(name, _line(mark), what) from exc
    if fields and not isinstance(fields, dict):
        raise _broken(name, 2, "it holds no fields such as 'title: …'")
    return {str(key): value for key, value in (fields or {}).items()}


def _refuse_traps(text: str, name: str) -> None:
    """Refuses aliases and deep nesting, which the parser takes half a minute for."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise _broken(name, _line(event.start_mark), "it uses a YAML alias (*), which narrate does not follow")
        if depth > _DEEPEST:
            raise _broken(name, _line(event.start_mark), "it is nested too deeply")


def _line(mark: yaml.error.Mark | yaml._yaml.Mark | None) -> int:
    """The line of the whole source, from 1: YAML counts from 0 and below the first ``---``."""
    return mark.line + 2 if mark else 2


def _toml(text: str, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        where = re.search(r"line (\d+)", str(exc))
        raise _broken(name, int(where[1]) + 1 if where else 2, str(exc).partition(" (")[0]) from exc
    except RecursionError as exc:
        raise _broken(name, 2, "it is nested too deeply") from exc


def _broken(name: str, line: int, what: str) -> ArticleError:
    return ArticleError(f"{name}, line {line}: the front matter cannot be read: {what}; mend or remove it")


def _refuse_dates(fields: Mapping[str, object], text: str, name: str) -> None:
    """Refuses a day that is in no calendar; other words for a time, such as "spring 2024", are no date and no fault."""
    for key in _DATES:
        said = _text(fields.get(key))
        if impossible_date(said):
            lines = (number for number, line in enumerate(text.split("\n"), 2) if _is_field(line, key))
            raise ArticleError(
                f"{name}, line {next(lines, 2)}: {key} is '{said}', which is in no calendar;"
                " allowed: a date such as 2026-11-24"
            )


def _is_field(line: str, key: str) -> bool:
    """Whether a line gives the field that is called `key`."""
    named = line.replace("=", ":").partition(":")[0].strip().strip("\"'")
    return named.lower().replace("-", "_") == key


def _facts(fields: Mapping[str, object]) -> Facts:
    return Facts(
        title=_first(fields, ("title",)),
        authors=_authors(fields),
        published=next((day for key in _DATES if (day := parse_date(_text(fields.get(key))))), None),
        url=next((url for key in _URLS if WEB_ADDRESS.fullmatch(url := _text(fields.get(key)))), ""),
        language=next(
            (tag for key in ("language", "lang", "locale") if (tag := language_tag(_text(fields.get(key))))), ""
        ),
        id=_first(fields, ("id", "guid", "uuid")),
        image=_first(fields, _IMAGES),
        lexicon=_first(fields, ("lexicon",)),
    )


def _first(fields: Mapping[str, object], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := _text(fields.get(key)))), "")


def _text(value: object) -> str:
    """A plain value as one line; lists and mappings are none."""
    return "" if value is None or isinstance(value, list | dict) else " ".join(str(value).split())


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    """Authors given as text, as a list, or as mappings with a name."""
    for key in ("authors", "author", "by", "creator"):
        value = fields.get(key)
        if isinstance(value, list):
            found = tuple(name for each in value if (name := _name(each)))
        else:
            said = _name(value)
            found = names(said) or ((said,) if said else ())
        if found:
            return found
    return ()


def _name(value: object) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)
