"""A value as it was given becomes one that is allowed, or a sentence says where it stands and what is allowed."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import SettingsError
from narrate.model.diction import POLICIES
from narrate.settings.table import BY_NAME, POLICY, Kind, Setting, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_FLAGS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*\Z")
_SHOWN = 60
_WHOLE = re.compile(r"[+-]?\d{1,9}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was given: `where` for messages, `source` for people, `text` where it may be a number in words.

    Relative paths count from `base`, None for where one is; `absolute` where they may not be relative at all.
    """

    name: str
    value: object
    where: str
    source: str
    text: bool = False
    base: Path | None = None
    absolute: bool = False


def checked(given: Given) -> Value:
    """The value, in its setting's type; raises `SettingsError`."""
    setting = BY_NAME[given.name]
    try:
        return _CHECKS[setting.kind](setting, given)
    except ValueError as wrong:
        problem = str(wrong) or f"{_short(given.value)} is not {setting.allowed}"
        raise SettingsError(f"{given.where}: {problem}{_meant(str(given.value), setting.choices)}") from wrong


def known(name: str, where: str, shown: str) -> None:
    """Raises `SettingsError` if there is no setting of that name, or the name is that of a group."""
    members = [full for full in BY_NAME if full.startswith(f"{name}.")]
    if members and name != "music":
        raise SettingsError(f"{where}: {shown} is a group; set one of {', '.join(members)}")
    if name not in BY_NAME and name.startswith(POLICY):
        raise SettingsError(f"{where}: {_no_policy(name.removeprefix(POLICY))}")
    if name not in BY_NAME and name != "music":
        hint = _meant(name, BY_NAME) or "; 'narrate settings' lists them"
        raise SettingsError(f"{where}: there is no setting {shown}{hint}")


def _no_policy(name: str) -> str:
    """That there is no such policy.

    >>> _no_policy("note")
    "there is no policy 'note'; did you mean 'notes'?"
    >>> _no_policy("qqq")[:61]
    "there is no policy 'qqq'; there are notes, citations, referen"
    """
    names = [row.name for row in POLICIES]
    hint = _meant(name, names) or f"; there are {', '.join(names)}"
    return f"there is no policy {_short(name)}{hint}"


def close(word: str, words: Iterable[str]) -> str:
    """The word that was probably meant, or "".

    >>> close("spede", ["speed", "show"]), close("qqq", ["speed"])
    ('speed', '')
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(words), 1, 0.7)), "")


def _meant(word: str, words: Iterable[str]) -> str:
    found = close(word, words)
    return f"; did you mean {found!r}?" if found else ""


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def _text(_setting: Setting, given: Given) -> str:
    if not isinstance(given.value, str):
        raise ValueError  # noqa: TRY004 # `checked` makes a sentence of it, for types and values alike
    if not given.value.isprintable():
        raise ValueError(f"{_short(given.value)} holds a control character")
    return given.value.strip()


def _choice(setting: Setting, given: Given) -> str:
    word = _text(setting, given).lower()
    if word not in setting.choices:
        raise ValueError
    return word


def _whole(setting: Setting, given: Given) -> int:
    value = given.value
    if given.text and isinstance(value, str) and _WHOLE.match(value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not setting.low <= value <= setting.high:
        raise ValueError
    return value


def _number(setting: Setting, given: Given) -> float:
    value = given.value
    if given.text and isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise ValueError from None  # our sentence, not Python's
    if isinstance(value, bool) or not isinstance(value, int | float) or not setting.low <= value <= setting.high:
        raise ValueError
    return float(value)


def _flag(_setting: Setting, given: Given) -> bool:
    value = given.value
    if given.text and isinstance(value, str):
        value = _FLAGS.get(value.strip().lower())
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004 # as above
    return value


def _path(setting: Setting, given: Given) -> str:
    written = _text(setting, given)
    if not written:
        return ""
    try:
        path = Path(written).expanduser()
    except RuntimeError as homeless:
        raise ValueError(f"{_short(written)} names a home folder that is not known") from homeless
    if given.absolute and not path.is_absolute():
        raise ValueError(f"{_short(written)} must begin with '/' or '~' here, where paths have no folder to count from")
    return str(given.base / path if given.base else path)


def _paths(setting: Setting, given: Given) -> str:
    """Several paths as one text, as the system parts them in its variables; a file may have a list of them."""
    value = given.value.split(os.pathsep) if isinstance(given.value, str) else given.value
    several = value if isinstance(value, list) else [value]
    return os.pathsep.join(filter(None, (_path(setting, replace(given, value=each)) for each in several)))


def _music(setting: Setting, given: Given) -> str:
    written = _text(setting, given)
    if not written:
        raise ValueError
    return written if written in {"default", "none"} else _path(setting, given)


def _slug(setting: Setting, given: Given) -> str:
    slug = _text(setting, given)
    if not _SLUG.match(slug):
        raise ValueError
    return slug


def _place(setting: Setting, given: Given) -> str:
    """A folder, or a URL, which counts from nowhere."""
    written = _text(setting, given)
    return written if "://" in written else _path(setting, given)


def _options(_setting: Setting, given: Given) -> str:
    """Names and values as words of a shell, a table of TOML in the same form."""
    value = given.value
    if isinstance(value, Mapping):
        return " ".join(_words(value))
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError
    try:
        words = shlex.split(value)
    except ValueError as unclosed:
        raise ValueError(f"{_short(value)} has a quotation mark without its other") from unclosed
    if wrong := next((word for word in words if not word.partition("=")[0] or "=" not in word), ""):
        raise ValueError(f"{_short(wrong)} is not NAME=VALUE")
    return shlex.join(words)


def _words(table: Mapping[str, object], group: str = "") -> Iterator[str]:
    """A table's values as NAME=VALUE, nested names with dots.

    >>> list(_words({"port": 22, "client": {"region": "a b"}}))
    ['port=22', "'client.region=a b'"]
    """
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _words(value, f"{group}{name}.")
        elif isinstance(value, str | int | float):
            text = value if isinstance(value, str) else json.dumps(value)
            yield shlex.quote(f"{group}{name}={text}")
        else:
            raise ValueError(f"{_short(name)} is not a text, a number, true or false")  # noqa: TRY004 # as above


_CHECKS: Mapping[Kind, Callable[[Setting, Given], Value]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.PATH: _path,
    Kind.PATHS: _paths,
    Kind.MUSIC: _music,
    Kind.SLUG: _slug,
    Kind.PLACE: _place,
    Kind.OPTIONS: _options,
}
