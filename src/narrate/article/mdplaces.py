"""Where in its text a piece of Markdown stands: markdown-it tells lines alone, so its rules are asked as they match."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

from markdown_it.rules_inline import html_inline, image
from mdit_py_plugins.footnote.index import footnote_inline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_PLACE = "place"
_RULES = {"image": image, "html_inline": html_inline, "footnote_inline": footnote_inline}


def with_places(parser: MarkdownIt) -> MarkdownIt:
    """The parser, whose tokens of pictures, tags and notes in sentences tell their places from now on."""
    for name, rule in _RULES.items():
        parser.inline.ruler.at(name, partial(_placed, rule))
    return parser


def _placed(rule: Callable[[StateInline, bool], bool], state: StateInline, silent: bool) -> bool:  # noqa: FBT001 # as markdown-it calls it
    start = state.pos
    found = rule(state, silent)
    if found and not silent:
        token = state.tokens[-1]
        token.meta = {**token.meta, _PLACE: (start, state.pos)}
    return found


def place_of(token: Token) -> tuple[int, int]:
    """Where a token begins and ends in the text of its paragraph; twice 0 where nobody knows."""
    start, end = token.meta.get(_PLACE, (0, 0))
    return start, end


def place_in(lines: Sequence[str], starts: Sequence[int], text: str, place: tuple[int, int]) -> tuple[int, int] | None:
    r"""Where in the source a place in a text is that the parser made of `lines`, which begin at `starts`.

    A line of the text is what is left of its source's line without the signs before it, and the blanks at its end.
    None where that is not so, as in the cell of a table.

    >>> place_in(["> a <b", "> c> d"], [10, 17], "a <b\nc> d", (2, 7))
    (14, 21)
    """
    said = text.removesuffix("\n").split("\n")
    if len(said) > len(lines) or place[0] == place[1]:
        return None
    begins = [0]
    for line in said[:-1]:
        begins.append(begins[-1] + len(line) + 1)
    found: list[int] = []
    for at in (place[0], place[1] - 1):
        number = bisect_right(begins, at) - 1
        bare = said[number].lstrip()
        before = lines[number].rfind(bare)
        if before < 0:
            return None
        found.append(starts[number] + before + at - begins[number] - len(said[number]) + len(bare))
    return found[0], found[1] + 1
