"""Which lines of a plain text are headings: a scored rule.

"A short line without an end mark" has precision .44 once bylines, captions and dialogue
are about. So a line must look like a heading (`could_be`), and signs for and against are
weighed (`_SIGNS`); it is one from `ENOUGH` on. Weights were set on the texts marked
`tuning` in ``tests/article/headings``; the other half was scored once they stood.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.article.lines import join
from narrate.article.marks import undecorated
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from narrate.article.pieces import Draft, Layout

ENOUGH = 3.0
_ROUNDS = 3
"""A heading over a heading is known only once the lower one is: so two may stand over a third, not a whole list."""
_MOST_CHARACTERS = 90
_MOST_WORDS = 14
_FULL_STOP_WORDS = 6
_INITIALS = 3
_LONG_CHARACTERS = 100
_SHORT_CHARACTERS = 70
_UNDERLINED_CHARACTERS = 150

_KINDS = r"article|section|chapter|part|book|appendix|annex|canto|act|scene|lesson|unit|step"
_KINDS += (
    r"|kapitel|teil|abschnitt|anhang|chapitre|partie|annexe|cap[ií]tulo|parte|sección|capitolo|hoofdstuk|глава|часть"
)
NUMBERED = re.compile(
    rf"(?P<chapter>(?:{_KINDS})\s+(?:\d+|[ivxlc]+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)\b[.:)]?)"
    r"|(?P<number>(?:[A-Z]\.)?\d+(?:\.\d+)*[.)]?)\s+(?=[^\W\d_a-z]|[^\W\d_]{2})|(?P<roman>[IVXLC]+\.)\s",
    re.IGNORECASE,
)
_SIGN_OF_CODE = re.compile(r"[{}<>|\\=]|\w@\w|://|\w/\w+/|\(\)|^[$>/-]|^--|`|\w_\w|¶¶")
_QUOTED = re.compile(r"^[\"“”«»„'‘]|[\"“”«»]$|^\[.*\]$|^\(.*\)$")
_SENTENCE = re.compile(r"[a-z]{2}[.!?] +[A-Z]")
_SENTENCES = re.compile(r"(?=.*[.!?…]\Z)[^\W\d_a-z].{8,}[^\W\d_]{2}[.!?…] +[^\W\d_a-z].{8,}[.!?…]")
"""Two sentences or more that stand in one line and end."""
_SMALL = frozenset(
    re.findall(
        r"\S+",
        "a an the and or but nor of in on at to for by with from as into over via vs per is are de la le les des du"
        " et der die das und von zu im el los las del y en al",
    )
)
_UNENDING = frozenset(
    re.findall(r"\S+", "a an the and or but nor is are was were be of to that which with from include includes")
)
_FIELD = re.compile(r"[\w-]+: [^\W_A-Z]")
_ASIDE = re.compile(
    r"\(?(?:photo(?:graph)?s?|image|picture|illustration|video|credits?|source|courtesy|copyright|figure|fig\.|table \d"
    r"|by|from|to|subject|date|author|package|version|read more|related|see also:|advertisement|share|subscribe"
    r"|sign up|click|fotos?|bild|abbildung|grafik|quelle|crédits?|légende|fuente|fonte)\b"
    r"(?=[ :.]*[:.]| (?:credit|by|courtesy|this|here)\b|$)|©|\(c\)|by [A-Z]",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|tabla de contenidos|índice|table des matières|sommaire|indice",
    re.IGNORECASE,
)
_CHAPTER = re.compile(rf"(?:{_KINDS})\s+(?:\d+|[ivxlc]+)[.:]", re.IGNORECASE)
_RUNNING = re.compile(r"[^\W*#=~]\s{3,}\S")
"""A gap inside a line, as in a page's header with its number."""
_WORDY = 8
_QUESTION = re.compile(r"[?？¿؟]\W*$")


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate among its neighbours, and which of them, and how many of its like, were taken for headings."""

    text: str
    case: str
    draft: Draft
    before: Draft | None
    after: Draft | None
    layout: Layout
    under: bool = False
    over: bool = False
    continued: bool = False
    paired: bool = False
    siblings: int = 0


def find_headings(made: Sequence[Draft], layout: Layout) -> list[Draft]:
    """The drafts with headings told apart; those that only might have headed what follows are joined to it again."""
    forms = {index: form for index, draft in enumerate(made) if (form := _form(draft)) is not None}
    heads: set[int] = set()
    for _ in range(_ROUNDS):
        alike = Counter((made[head].indent, forms[head][1]) for head in heads)
        places = (
            (index, _place(made, index, form, heads=heads, alike=alike, layout=layout)) for index, form in forms.items()
        )
        heads = {index for index, place in places if score(place) >= ENOUGH}
    out: list[Draft] = []
    for index, draft in enumerate(made):
        if draft.tight and index - 1 not in heads:
            out[-1] = _joined(out[-1], draft, layout.words)
        else:
            out.append(_heading(draft) if index in heads else draft)
    return out


def _form(draft: Draft) -> tuple[str, str] | None:
    """A draft's text as a heading and how it is written (see `capitals`), or None where it cannot be one."""
    text = heading_text(draft) if len(draft.lines) == 1 else ""
    return (text, capitals(text)) if text and could_be(text, draft) else None


def _place(  # noqa: PLR0913 - what is known of all drafts, and which one is meant
    made: Sequence[Draft],
    index: int,
    form: tuple[str, str],
    *,
    heads: set[int],
    alike: Mapping[tuple[int, str], int],
    layout: Layout,
) -> _Place:
    draft, (text, case) = made[index], form
    after = _at(made, index + 2)
    return _Place(
        text,
        case,
        draft,
        _at(made, index - 1),
        _at(made, index + 1),
        layout,
        under=index - 1 in heads,
        over=index + 1 in heads,
        continued=after is not None and after.tight,
        paired=_is_long(_at(made, index - 2)),
        siblings=alike.get((draft.indent, case), 0) - (index in heads),
    )


def _at(made: Sequence[Draft], index: int) -> Draft | None:
    return made[index] if 0 <= index < len(made) else None


def _joined(first: Draft, rest: Draft, words: Collection[str]) -> Draft:
    return replace(first, lines=first.lines + rest.lines, text=join([first.text, rest.text], words))


def _heading(draft: Draft) -> Draft:
    return replace(draft, kind=BlockKind.HEADING, text=heading_text(draft), number=0, style=draft.lines[0].body)


def heading_text(draft: Draft) -> str:
    """A candidate's text, with the number that was taken for a list's and without stars around it."""
    return undecorated(join([line.body for line in draft.lines])).rstrip("¶")


def could_be(text: str, draft: Draft) -> bool:
    """Whether a draft has the form of a heading: one line, short, no end mark, no bullet, quotation or field."""
    if len(draft.lines) != 1 or draft.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return False
    if draft.underline:
        return len(text) <= _UNDERLINED_CHARACTERS and any(character.isalpha() for character in text)
    bullet = (
        draft.kind is BlockKind.LIST_ITEM and not draft.number and not _outlined(draft) and not NUMBERED.match(text)
    )
    if bullet or len(text) > _MOST_CHARACTERS or len(text.split()) > _MOST_WORDS:
        return False
    named = NUMBERED.sub("", text, count=1) or text
    letters = sum(character.isalpha() for character in named)
    return letters * 2 > len(named.replace(" ", "")) and not _ends_badly(text)


def _ends_badly(text: str) -> bool:
    """Whether a line ends as no heading does; a full stop is forgiven a few words behind a number, a colon always."""
    if text[-1] in ";,…-" or text.endswith(("...", "wrote:", "schrieb:")) or text.rstrip(":").split()[-1] in _UNENDING:
        return True
    return text[-1] == "." and not (NUMBERED.match(text) and len(text.split()) <= _FULL_STOP_WORDS)


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
    words = re.findall(r"[^\W\d_][\w'’-]*", NUMBERED.sub("", text, count=1))
    if not words:
        return "title" if NUMBERED.match(text) else "lower"
    if all(word.isupper() for word in words) and sum(map(len, words)) > _INITIALS:
        return "upper"
    meaning = [word for word in words[1:] if word.lower() not in _SMALL]
    if not words[0][0].isupper() and words[0][0].lower() != words[0][0].upper():
        return "lower"
    raised = sum(word[0].isupper() for word in meaning)
    return "title" if raised * 4 >= len(meaning) * 3 and (meaning or len(words) == 1) else "sentence"


def _short(draft: Draft | None) -> bool:
    """Whether a neighbour is a short line that ends no sentence: where many stand together, none is a heading."""
    if draft is None or draft.kind is not BlockKind.PARAGRAPH or draft.underline or len(draft.lines) > 1:
        return False
    return len(draft.text) < _SHORT_CHARACTERS and draft.text[-1] not in ".:!?"


def _is_long(draft: Draft | None) -> bool:
    """Whether a heading may stand over it: long, of several lines, or a short paragraph of whole sentences."""
    if draft is None or len(draft.text) >= _LONG_CHARACTERS:
        return draft is not None
    return draft.kind is BlockKind.PARAGRAPH and (len(draft.lines) > 1 or _SENTENCES.fullmatch(draft.text) is not None)


def _follows_text(place: _Place) -> bool:
    before = place.before
    return before is None or before.kind is not BlockKind.PARAGRAPH or before.text[-1] in ".!?:)”\"’'»"


def _introduced(place: _Place) -> bool:
    """Whether the paragraph before ends in a colon: what follows belongs to it."""
    return place.before is not None and place.before.kind is not BlockKind.HEADING and place.before.text.endswith(":")


def _listed(place: _Place) -> bool:
    """Whether a numbered line stands among numbered lines: then they are a list, unless it begins a count anew."""
    if not NUMBERED.match(place.text):
        return False
    anew = place.before is not None and 0 < place.draft.number <= place.before.number
    neighbours = [
        near for near, heads in ((place.before, place.under or anew), (place.after, place.over)) if near and not heads
    ]
    return any(
        near.kind is BlockKind.LIST_ITEM and len(near.lines) == 1 and (near.number or NUMBERED.match(near.text))
        for near in neighbours
    )


def _deeper(place: _Place) -> bool:
    return place.after is not None and place.after.lines[-1].indent > place.draft.indent


def _inset(place: _Place) -> bool:
    return place.draft.indent >= place.layout.indent + 3


def _case(*names: str) -> Callable[[_Place], bool]:
    return lambda place: place.case in names


_SIGNS: tuple[tuple[float, Callable[[_Place], bool]], ...] = (
    (5.0, lambda place: bool(place.draft.underline)),
    (2.0, lambda place: NUMBERED.match(place.text) is not None),
    (1.0, lambda place: _CHAPTER.match(place.text) is not None),
    (-3.0, lambda place: _RUNNING.search(place.draft.lines[0].body) is not None and not NUMBERED.match(place.text)),
    (1.5, lambda place: undecorated(place.draft.lines[0].body) != place.draft.lines[0].body),
    (1.5, _case("upper", "title")),
    (0.5, _case("sentence")),
    (-2.0, _case("lower")),
    (1.5, lambda place: _is_long(place.after)),
    (2.0, lambda place: place.over and not _is_long(place.after)),
    (0.5, lambda place: _is_long(place.before) or place.before is None),
    (1.0, lambda place: place.siblings > 1 and place.draft.indent != place.layout.indent),
    (0.5, _follows_text),
    (0.5, lambda place: place.draft.gap > 1),
    (1.0, _deeper),
    (0.5, lambda place: _QUESTION.search(place.text) is not None),
    (-4.0, lambda place: place.after is None),
    (-1.5, lambda place: _short(place.after) and not place.over and not place.continued),
    (-1.0, lambda place: _short(place.before) and not place.under and not place.paired),
    (-1.0, lambda place: place.case == "sentence" and len(place.text.split()) > _WORDY),
    (-4.0, lambda place: _ASIDE.match(place.text) is not None),
    (2.0, lambda place: _CONTENTS.fullmatch(place.text) is not None),
    (-2.5, _introduced),
    (-2.5, _listed),
    (-1.0, lambda place: place.after is not None and place.after.tight),
    (-1.5, _inset),
    (-3.0, lambda place: _QUOTED.search(place.text) is not None),
    (-2.5, lambda place: _SENTENCE.search(NUMBERED.sub("", place.text, count=1)) is not None),
    (-2.5, lambda place: place.text.endswith(":") and place.case not in {"upper", "title"}),
    (-1.0, lambda place: place.text.endswith((":", "!"))),
    (-3.0, lambda place: _SIGN_OF_CODE.search(place.text) is not None),
    (-2.0, lambda place: _FIELD.match(place.text) is not None and not NUMBERED.match(place.text)),
    (-2.0, lambda place: place.draft.gap == 0 and place.before is not None and not place.draft.underline),
)
"""Signs for and against, each with its weight."""
