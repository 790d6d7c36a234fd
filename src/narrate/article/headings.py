"""Which lines of a plain text are headings: a scored rule.

"A short line without an end mark" has precision .44 once bylines, captions and dialogue
are about. So a line must look like a heading (`could_be`), and signs for and against are
weighed (`_SIGNS`); it is one from `ENOUGH` on. Weights were set on the texts marked
`tuning` in ``tests/article/headings``; the other half was scored once they stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.article.lines import join
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from narrate.article.pieces import Draft, Layout

ENOUGH = 3.0
_MOST_CHARACTERS = 90
_MOST_WORDS = 14
_LONG_CHARACTERS = 100
_UNDERLINED_CHARACTERS = 150

_KINDS = r"article|section|chapter|part|book|appendix|annex|canto|act|scene|lesson|unit|step"
_KINDS += r"|kapitel|teil|abschnitt|anhang|chapitre|partie|annexe|cap[ií]tulo|parte|sección|capitolo|hoofdstuk|глава|часть"
NUMBERED = re.compile(
    rf"(?P<chapter>(?:{_KINDS})\s+(?:\d+|[ivxlc]+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)\b[.:)]?)"
    r"|(?P<number>(?:[A-Z]\.)?\d+(?:\.\d+)*[.)]?)\s+(?=[^\W\d_a-z]|[^\W\d_]{2})|(?P<roman>[IVXLC]+\.)\s",
    re.IGNORECASE,
)
_DECOR = re.compile(r"(?P<left>[*=#~_]{1,6})[ \t]*(?P<text>\S.*?)(?:[ \t]+[*=#~_]{1,6})?")
_SIGN_OF_CODE = re.compile(r"[{}<>|\\=]|\w@\w|://|\w/\w+/|\(\)|^[$>/-]|^--|`|\w_\w|¶¶")
_QUOTED = re.compile(r"^[\"“”«»„'‘]|[\"“”«»]$")
_SENTENCE = re.compile(r"[a-z]{2}[.!?] +[A-Z]")
_SMALL = frozenset(
    "a an the and or but nor of in on at to for by with from as into over via vs per is are de la le les des du et der"
    " die das und von zu im el los las del y en al".split()
)
_FIELD = re.compile(r"[\w-]+: \S")
_QUESTION = re.compile(r"[?？¿؟]\W*$")


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate among its neighbours."""

    text: str
    draft: Draft
    before: Draft | None
    after: Draft | None
    layout: Layout


def find_headings(made: Sequence[Draft], layout: Layout) -> list[Draft]:
    """The drafts with headings told apart; those that only might have headed what follows are joined to it again."""
    out: list[Draft] = []
    for index, draft in enumerate(made):
        if draft.tight and out[-1].kind is not BlockKind.HEADING:
            out[-1] = _joined(out[-1], draft, layout.words)
            continue
        place = _Place(heading_text(draft), draft, out[-1] if out else None, _next(made, index), layout)
        heads = could_be(place.text, draft) and score(place) >= ENOUGH
        out.append(_heading(place) if heads else draft)
    return out


def _next(made: Sequence[Draft], index: int) -> Draft | None:
    return made[index + 1] if index + 1 < len(made) else None


def _joined(first: Draft, rest: Draft, words: Collection[str]) -> Draft:
    return replace(first, lines=first.lines + rest.lines, text=join([first.text, rest.text], words))


def _heading(place: _Place) -> Draft:
    style = place.draft.underline or place.draft.lines[0].body
    return replace(place.draft, kind=BlockKind.HEADING, text=place.text, number=0, style=style)


def heading_text(draft: Draft) -> str:
    """A candidate's text, with the number that was taken for a list's and without stars around it.

    A colon at its end stays: it is the author's.
    """
    body = join([line.body for line in draft.lines])
    decor = _DECOR.fullmatch(body)
    return decor["text"].rstrip("¶") if decor else body.rstrip("¶")


def could_be(text: str, draft: Draft) -> bool:
    """Whether a draft has the form of a heading: one line, short, no end mark, no bullet, quotation or field."""
    if len(draft.lines) != 1 or draft.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return False
    if draft.underline:
        return len(text) <= _UNDERLINED_CHARACTERS and any(character.isalpha() for character in text)
    bullet = draft.kind is BlockKind.LIST_ITEM and not draft.number and not _outlined(draft) and not NUMBERED.match(text)
    if bullet or len(text) > _MOST_CHARACTERS or len(text.split()) > _MOST_WORDS:
        return False
    letters = sum(character.isalpha() for character in text)
    return letters * 2 > len(text.replace(" ", "")) and not _ends_badly(text)


def _ends_badly(text: str) -> bool:
    """Whether a line ends as no heading does; a full stop is forgiven a few words behind a number, a colon always."""
    if text[-1] in ";,…-" or text.endswith("..."):
        return True
    return text[-1] == "." and not (NUMBERED.match(text) and len(text.split()) <= 6)


def _outlined(draft: Draft) -> bool:
    """Whether a star is that of an outline: at the margin, alone, blank lines around."""
    return draft.lines[0].body.startswith("*") and draft.indent == 0


def score(place: _Place) -> float:
    """The sum of the signs that hold."""
    return sum(weight for weight, sign in _SIGNS if sign(place))


def capitals(text: str) -> str:
    """How a line is written: "upper", "title" (words of meaning capitalised), "sentence", "lower".

    >>> [capitals(text) for text in ("THE END", "Understanding the Dark Web", "How does it operate?", "see below")]
    ['upper', 'title', 'sentence', 'lower']
    """
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", NUMBERED.sub("", text, count=1))]
    if not words:
        return "lower"
    if all(word.isupper() for word in words) and sum(map(len, words)) > 3:
        return "upper"
    meaning = [word for word in words[1:] if word.lower() not in _SMALL]
    if not words[0][0].isupper() and words[0][0].lower() != words[0][0].upper():
        return "lower"
    raised = sum(word[0].isupper() for word in meaning)
    return "title" if raised * 4 >= len(meaning) * 3 and (meaning or len(words) == 1) else "sentence"


def _short(draft: Draft | None) -> bool:
    return draft is not None and draft.kind is BlockKind.PARAGRAPH and len(draft.lines) == 1 and len(draft.text) < 70


def _is_long(draft: Draft | None) -> bool:
    return draft is not None and (
        len(draft.text) >= _LONG_CHARACTERS or (len(draft.lines) > 1 and draft.kind is BlockKind.PARAGRAPH)
    )


def _follows_text(place: _Place) -> bool:
    before = place.before
    return before is None or before.kind is not BlockKind.PARAGRAPH or before.text[-1] in ".!?:)”\"’'»"


def _introduced(place: _Place) -> bool:
    """Whether the paragraph before ends in a colon: what follows belongs to it."""
    return place.before is not None and place.before.kind is not BlockKind.HEADING and place.before.text.endswith(":")


def _listed(place: _Place) -> bool:
    """Whether a numbered line stands among numbered lines: then they are a list."""
    return any(
        near is not None and near.kind is BlockKind.LIST_ITEM and near.number and len(near.lines) == 1
        for near in (place.after, place.before)
    )


def _deeper(place: _Place) -> bool:
    return place.after is not None and place.after.lines[-1].indent > place.draft.indent


def _inset(place: _Place) -> bool:
    return place.draft.indent >= place.layout.indent + 3


def _case(*names: str) -> Callable[[_Place], bool]:
    return lambda place: capitals(place.text) in names


_SIGNS: tuple[tuple[float, Callable[[_Place], bool]], ...] = (
    (5.0, lambda place: bool(place.draft.underline)),
    (2.0, lambda place: NUMBERED.match(place.text) is not None),
    (1.5, lambda place: _DECOR.fullmatch(place.draft.lines[0].body) is not None),
    (1.5, _case("upper", "title")),
    (0.5, _case("sentence")),
    (-2.0, _case("lower")),
    (1.5, lambda place: _is_long(place.after)),
    (0.5, lambda place: _is_long(place.before) or place.before is None),
    (0.5, _follows_text),
    (0.5, lambda place: place.draft.gap > 1),
    (1.0, _deeper),
    (0.5, lambda place: _QUESTION.search(place.text) is not None),
    (-4.0, lambda place: place.after is None),
    (-1.5, lambda place: _short(place.after)),
    (-1.0, lambda place: _short(place.before)),
    (-2.5, _introduced),
    (-2.5, _listed),
    (-1.0, lambda place: place.after is not None and place.after.tight),
    (-1.5, _inset),
    (-3.0, lambda place: _QUOTED.search(place.text) is not None),
    (-2.5, lambda place: _SENTENCE.search(NUMBERED.sub("", place.text, count=1)) is not None),
    (-2.5, lambda place: place.text.endswith(":") and capitals(place.text) not in {"upper", "title"}),
    (-1.0, lambda place: place.text.endswith((":", "!"))),
    (-3.0, lambda place: _SIGN_OF_CODE.search(place.text) is not None),
    (-3.0, lambda place: _FIELD.match(place.text) is not None and not NUMBERED.match(place.text)),
    (-2.0, lambda place: place.draft.gap == 0 and place.before is not None and not place.draft.underline),
)
"""Signs for and against, each with its weight."""
