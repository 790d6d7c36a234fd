"""Options for the driver that reaches a target, as people write them."""

from __future__ import annotations

import json
import shlex
from typing import Any

from narrate.publish.mishaps import is_secret


def parse_options(text: str) -> dict[str, object]:
    """What NAME=VALUE words say: numbers, true and false as themselves, all else as text; dots make a group.

    >>> parse_options("endpoint_url=https://minio.example anon=true client_kwargs.region_name=eu")
    {'endpoint_url': 'https://minio.example', 'anon': True, 'client_kwargs': {'region_name': 'eu'}}
    """
    options: dict[str, Any] = {}
    for word in shlex.split(text):
        name, _, value = word.partition("=")
        *groups, last = name.split(".")
        group = options
        for each in groups:
            inner = group.setdefault(each, {})
            group = inner if isinstance(inner, dict) else {}
        group[last] = _value(last, value)
    return options


def without_secrets(text: str) -> str:
    """The same words, the values of passwords and keys hidden.

    >>> without_secrets("key=me secret=hush endpoint_url=https://minio.example")
    'key=*** secret=*** endpoint_url=https://minio.example'
    """
    return " ".join(
        f"{word.partition('=')[0]}=***" if is_secret(word.partition("=")[0]) else word for word in shlex.split(text)
    )


def _value(name: str, text: str) -> object:
    """A number or a truth value as JSON has it, except for a secret, which is text though it be all digits."""
    if is_secret(name):
        return text
    try:
        found: object = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, bool | int | float) else text
