"""What all pages share: the templates, the policy, and how lengths and languages are written."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from narrate.episode.languages import direction
from narrate.episode.page.compiled import Compiled
from narrate.episode.text import clock, one_line

if TYPE_CHECKING:
    from narrate.model import Show

FEED_NAME = "feed.xml"
_HOME = Path(__file__).parents[1] / "templates"
TEN_MINUTES_MS = 600_000
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
_TYPES = "require-trusted-types-for 'script'; trusted-types 'none'"
"""No text ever becomes markup or code: a browser that knows trusted types refuses to try."""
SCRIPTS = {"episode.html": ("store.js", "player.js", "text.js", "controls.js"), "show.html": ("search.js",)}
SCRIPTS["episodes.html"] = SCRIPTS["show.html"]


def render(template: str, **facts: object) -> bytes:
    """A page from its template, its style and its script, both known to the policy by their digests."""
    made = _templates().get_template(template).render(policy=_policy(template), script=_script(template), **facts)
    return (made + "\n").encode("utf-8", "replace")


def common(title: str, language: str, description: str, show: Show) -> dict[str, object]:
    """What every page says of itself."""
    return {
        "title": one_line(title),
        "language": language,
        "direction": direction(language),
        "description": one_line(description),
        "show": show,
        "ui": ui(language),
    }


def ui(language: str) -> Markup:
    """The attributes of narrate's own English words on a page of a language."""
    return Markup("") if language.lower().partition("-")[0] == "en" else language_of("en")


def language_of(language: str) -> Markup:
    """A language as attributes; none for ""."""
    return Markup(' lang="{}" dir="{}"').format(language, direction(language)) if language else Markup("")


def length_of(ms: int) -> str:
    """A length for people, to the nearest second as the feed has it.

    >>> length_of(262_499), length_of(262_500)
    ('4:22', '4:23')
    """
    return moment(ms + 500)


def moment(ms: int) -> str:
    """A moment for people: never late, so rounded down.

    >>> moment(59_999), moment(3_600_000)
    ('0:59', '1:00:00')
    """
    whole = clock(ms)[:-4]
    return whole.lstrip("0:") if ms >= TEN_MINUTES_MS else whole[4:]


def _policy(template: str) -> str:
    digests = {"style-src": _digest(_style()), "script-src": _digest(_script(template))}
    return "; ".join((_POLICY, *(f"{name} {digest}" for name, digest in digests.items()), _TYPES))


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _script(template: str) -> Markup:
    """The page's script: its parts in one function, so that nothing of them is global."""
    parts = "".join(_file(name) for name in SCRIPTS[template])
    return Markup(f"(() => {{\n'use strict';\n{parts}}})();\n")  # noqa: S704 - files of this package


@cache
def _style() -> Markup:
    return Markup(_file("style.css"))  # noqa: S704 - a file of this package


@cache
def _templates() -> Environment:
    """Templates with everything escaped and nothing undefined."""
    made = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(_HOME),
    )
    made.globals["style"] = _style()
    made.filters["path"] = quote
    return made


def _file(name: str) -> str:
    return (_HOME / name).read_text("utf-8")
