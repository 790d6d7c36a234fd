"""The head of a paper: its title, and between that and the text who wrote it, where and when."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.facts import byline, names, parse_date
from narrate.article.pdf.kinds import SECTION, Draft, bare
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.article.facts import Facts
    from narrate.article.pdf.kinds import Manner

_TITLE = 1.18
"""Of the body's size, at least: 12 over 10 points, as fonts measure them."""
_TITLE_CHARACTERS = 300
_SAME = 0.03
_LINES_APART = 2.4
_AUTHORS_CHARACTERS = 300
_MANY = 24
_NAME_WORDS = 4
_BESIDE = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE, BlockKind.LIST_ITEM, BlockKind.CODE})
_ALONE = re.compile(r"\s*(?:abstract|summary|zusammenfassung|résumé|resumen|riassunto|resumo)\W*", re.IGNORECASE)
_APART = re.compile(r"\s{2,}")
_ABSTRACT = re.compile(
    r"\s*(?:abstract|summary|keywords|key words|contents|introduction|zusammenfassung|inhalt(?:sverzeichnis)?|résumé|"
    r"sommaire|resumen|índice|riassunto|indice|resumo|ccs concepts|synopsis)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:universit\w*|univ\.|institut\w*|dep(?:artmen|\.|t\.?)\w*|laborator\w*|labs?|school|college|facult\w*|cent(?:re|er)|"
    r"hospital\w*|academy|corporation|inc\.|ltd\.?|gmbh|llc|society|research|division|group|collaboration|foundation\w*|"
    r"fakultät|hochschule|école|orcid|e-?mail|address|street|avenue|road)\b|@|https?://|\b\d{4,5}\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:note|papers?|proceedings|science|computer|class|version|systems?|technology|national|international|engineering|"
    r"physics|draft|report|manual|guide|package|introduction|data|the|for|by)\b",
    re.IGNORECASE,
)
_SIGN = "[\\d*∗†‡§¶#,⁰¹²³⁴⁵⁶⁷⁸⁹]"
_MARKS = re.compile(rf"(?<!{_SIGN}){_SIGN}+(?=\s|,|$)|^[\s\d*∗†‡§¶,]+|(?<=[^\W\d_])[*∗†‡§¶]+")
_DATED = re.compile(
    r"\W*(?:dated?|draft version|version|received|submitted|last updated?)?\W*(?P<day>.{4,30}?)\W*", re.IGNORECASE
)
_SENTENCE = re.compile(r"[a-zß-ÿ]{2}\.\s*$")


def fronted(made: Sequence[Draft], manner: Manner, facts: Facts) -> tuple[list[Draft], Facts]:
    """The drafts with the title and the bylines below it told, and the facts, whose title is empty if a draft is it.

    The title is what the metadata call so where the first page shows it, else the largest heading there, if large.
    """
    first = [at for at, draft in enumerate(made) if draft.reason is None and draft.groups[0].first.page == 0]
    told = _title(made, first, manner, facts.title)
    if told is None:
        return list(made), facts
    start, end = told
    groups = tuple(group for draft in made[start:end] for group in draft.groups)
    title = Draft(BlockKind.TITLE, groups)
    below = list(_below(made[end:], manner, facts.authors))
    authors = facts.authors or _authors(below)
    return [*made[:start], title, *below], replace(facts, title="", authors=authors)


def _title(made: Sequence[Draft], first: Sequence[int], manner: Manner, title: str) -> tuple[int, int] | None:
    """Where the drafts of the title begin and end."""
    for at in first if title else ():
        for end in (at + 1, at + 2, at + 3):
            if bare(" ".join(map(_text, made[at:end]))) == bare(title):
                return at, end
    heads = [at for at in first if made[at].kind is BlockKind.HEADING and not _ABSTRACT.match(_text(made[at]))]
    if not heads:
        return None
    largest = max(heads, key=lambda at: (made[at].groups[0].size, -at))
    large = made[largest].groups[0].size >= _TITLE * manner.size
    if not large and not (largest == heads[0] and _is_headed_by_names(made[largest + 1 :])):
        return None
    end = largest + 1
    while (
        end < len(made) and _goes_on(made[end - 1], made[end]) and _length(made[largest : end + 1]) < _TITLE_CHARACTERS
    ):
        end += 1
    return largest, end


def _is_headed_by_names(made: Sequence[Draft]) -> bool:
    """Whether authors stand below a heading, which then is the title though it is not large."""
    return any(_named(draft) or _names(draft.lines[0].text) for draft in made[:2])


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Whether a heading is the next line of the title."""
    if draft.reason is not None or draft.kind is not BlockKind.HEADING or _ABSTRACT.match(_text(draft)):
        return False
    above, below = before.lines[-1], draft.lines[0]
    alike = abs(above.size - below.size) <= _SAME * above.size and above.bold == below.bold and not _named(draft)
    return alike and above.page == below.page and 0 < above.base - below.base < _LINES_APART * above.size


def _length(drafts: Sequence[Draft]) -> int:
    return sum(len(_text(draft)) for draft in drafts)


def _below(made: Sequence[Draft], manner: Manner, known: Sequence[str]) -> Iterator[Draft]:
    """The drafts after the title; what names authors, places and days before the text begins is a byline."""
    abstract = next((at for at, draft in enumerate(made[:_MANY]) if _ABSTRACT.match(_text(draft))), -1)
    opening = True
    for at, draft in enumerate(made):
        opening = opening and at < _MANY and _is_front(draft, manner)
        if at == abstract and _ALONE.fullmatch(_text(draft)) and draft.kind is BlockKind.PARAGRAPH:
            yield replace(draft, kind=BlockKind.HEADING, level=2)
        elif not opening or draft.reason is not None:
            yield draft
        elif _is_byline(draft, known) or (at < abstract and _is_beside(draft)):
            yield replace(draft, kind=BlockKind.BYLINE, level=0, number=0)
        else:
            yield replace(draft, kind=BlockKind.PARAGRAPH) if draft.kind is BlockKind.HEADING else draft


def _is_front(draft: Draft, manner: Manner) -> bool:
    """Whether a draft still stands before the text."""
    if draft.reason is not None:
        return True
    text = _text(draft)
    named = bool(_named(draft))
    begun = _ABSTRACT.match(text) or (SECTION.match(text) and draft.kind is BlockKind.HEADING)
    prose = draft.kind is BlockKind.PARAGRAPH and len(text) > _AUTHORS_CHARACTERS
    heads = draft.level or draft.groups[0].first.bold or draft.groups[0].size < manner.size
    headed = draft.kind is BlockKind.HEADING and heads and not named
    return draft.groups[0].first.page == 0 and not (begun or prose or headed)


def _is_beside(draft: Draft) -> bool:
    """Whether a draft that stands before the abstract is no sentence, but a place, an address, the mark of a note."""
    text = _text(draft)
    return draft.kind in _BESIDE and len(text) <= _AUTHORS_CHARACTERS and not _SENTENCE.search(text)


def _is_byline(draft: Draft, known: Sequence[str]) -> bool:
    """Whether all that a draft says is names, places, addresses, a day."""
    text = " ".join(_text(draft).split())
    if len(text) > _AUTHORS_CHARACTERS or draft.kind in {BlockKind.NOTE, BlockKind.FIGURE}:
        return False
    if not any(sign.isalnum() for sign in text):
        return True
    dated = _DATED.fullmatch(text)
    if _named(draft) or (dated and parse_date(dated["day"])) or any(name in text for name in known):
        return True
    return _PLACE.search(text) is not None and not _SENTENCE.search(text)


def _named(draft: Draft) -> tuple[str, ...]:
    """The names that a draft is nothing but, or each of its lines, or what stands side by side in it."""
    parts = [part for line in draft.lines for part in ([cell.text for cell in line.cells] or _APART.split(line.text))]
    whole = _names(_text(draft))
    each = [_names(part) for part in parts if part.strip()]
    return tuple(name for found in each for name in found) if all(each) and len(each) > 1 else whole


def _names(text: str) -> tuple[str, ...]:
    """The names that a line is nothing but, without the marks of notes behind them.

    >>> _names("Ann Example1,2∗ and Bo Sample3"), _names("The bread of the mill"), _names("By Ann Example")
    (('Ann Example', 'Bo Sample'), (), ('Ann Example',))
    """
    plain = " ".join(_MARKS.sub(lambda match: "," if "," in match[0] else " ", text).split())
    plain = re.sub(r"\s*(?:,\s*)+", ", ", plain).strip(" ,")
    found = byline(plain) or names(plain)
    return found if found and all(1 < len(name.split()) <= _NAME_WORDS for name in found) else ()


def _authors(made: Sequence[Draft]) -> tuple[str, ...]:
    found: list[str] = []
    for draft in made[:_MANY]:
        if draft.kind is not BlockKind.BYLINE:
            continue
        lines = _named(draft) or tuple(name for line in draft.lines for name in _names(line.text))
        found += [name for name in lines if name not in found and not _PLACE.search(name) and not _NO_NAME.search(name)]
    return tuple(found)


def _text(draft: Draft) -> str:
    return " ".join(line.text for line in draft.lines)
