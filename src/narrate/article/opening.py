"""The opening of a plain text: title, byline, date, and fields such as ``Author: Ann Example`` or those of e-mail."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.facts import WEB_ADDRESS, Facts, adds_to, facts_of, facts_of_lines, names, parse_date, with_facts
from narrate.article.headings import NUMBERED
from narrate.article.language import language_tag
from narrate.article.lines import join
from narrate.article.marks import undecorated
from narrate.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narrate.article.lines import Line
    from narrate.article.pieces import Draft

_TITLE_CHARACTERS = 150
_TITLE_WORDS = 24
_TITLE_LINES = 2
_OPENING = 4
_FIELD = re.compile(r"([A-Za-z][A-Za-z -]{1,20}):[ \t]+(\S.*)")
_NOT_ENDED = ".,;:"
_SALUTATION = re.compile(r"dear\b|(?:from|to|subject|re|date|message-id):", re.IGNORECASE)
_LABEL = re.compile(r"(?:for immediate release|(?:press|media|news) release)\W*", re.IGNORECASE)
"""A line over the title that says what kind of text it is."""
_COUNT = re.compile(r"(?!1\b)\d+ ")
"""A number that counts what follows, as in "7 Ways to Sleep"; a chapter's number has a point, or is the first."""


def _with_authors(facts: Facts, said: str) -> Facts | None:
    who = names(said)
    return replace(facts, authors=facts.authors + who) if who else None


def _with_date(facts: Facts, said: str) -> Facts | None:
    day = parse_date(_TIME.sub("", said))
    return replace(facts, published=day) if day else None


def _with_language(facts: Facts, said: str) -> Facts | None:
    tag = language_tag(said)
    return replace(facts, language=tag) if tag else None


def _with_url(facts: Facts, said: str) -> Facts | None:
    return replace(facts, url=said) if WEB_ADDRESS.fullmatch(said) else None


def _with_sender(facts: Facts, said: str) -> Facts:
    """The name before an address of e-mail (RFC 5322, 3.4), if there is one."""
    match = _MAILBOX.fullmatch(said)
    return (_with_authors(facts, match[1]) if match else None) or facts


_TIME = re.compile(r"(?<!\s)\s+\d{1,2}:\d{2}.*")
_MAILBOX = re.compile(r"\"?([^\"<>@]+?)\"?(?:(?<!\s)\s*<[^<>]*>)?")
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|sv|tr|rv)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_OF_MAIL = (
    "to cc bcc sender reply-to message-id in-reply-to references mime-version content-type list-id newsgroups "
    "organization user-agent delivered-to return-path"
)
_FIELDS: dict[str, Callable[[Facts, str], Facts | None]] = {
    "title": lambda facts, said: replace(facts, title=said),
    "subject": lambda facts, said: replace(facts, title=_REPLY.sub("", said, count=1) or said),
    "from": _with_sender,
    **dict.fromkeys(_OF_MAIL.split(), lambda facts, _: facts),
    **dict.fromkeys(("author", "authors", "by"), _with_authors),
    **dict.fromkeys(("date", "published", "posted", "posting date", "release date"), _with_date),
    **dict.fromkeys(("language", "lang"), _with_language),
    **dict.fromkeys(("url", "link", "canonical", "source"), _with_url),
}


def opening(made: Sequence[Draft]) -> tuple[Facts, list[Draft]]:
    """What the first lines say of the article, and the drafts without those lines and with the title told."""
    drafts = list(made)
    facts, drafts = _fields(drafts)
    if not facts.title:
        facts, drafts = _title(facts, drafts)
    for _ in range(_OPENING):
        at = 1 if drafts and drafts[0].kind is BlockKind.TITLE else 0
        said = _said(drafts[at]) if len(drafts) > at + 1 else None
        if said is None or not adds_to(facts, said):
            break
        facts = with_facts(facts, said)
        drafts[at : at + 2] = [replace(drafts[at + 1], tight=False)]  # there is nothing left that could head it
    return facts, drafts


def _fields(drafts: list[Draft]) -> tuple[Facts, list[Draft]]:
    """What a first paragraph says that is fields in every line, a title among them; else nothing, and it stays."""
    facts: Facts | None = Facts()
    last = next((at for at, draft in enumerate(drafts) if at and draft.gap), len(drafts))
    if last == len(drafts) or any(draft.kind is not BlockKind.PARAGRAPH for draft in drafts[:last]):
        return Facts(), drafts
    for line in (line for draft in drafts[:last] for line in draft.lines):
        match = _FIELD.fullmatch(line.body)
        known = _FIELDS.get(match[1].lower()) if match else None
        facts = known(facts, match[2]) if facts and known and match else None
    if facts is None or not facts.title:
        return Facts(), drafts
    return facts, drafts[last:]


def _title(facts: Facts, drafts: list[Draft]) -> tuple[Facts, list[Draft]]:
    first = next((at for at, draft in enumerate(drafts) if not _stands_over(draft)), None)
    if first is None or first + 1 >= len(drafts) or drafts[first].kind is not BlockKind.PARAGRAPH:
        return facts, drafts
    draft = drafts[first]
    lines, said = _facts_below(draft.lines)
    text = join([undecorated(line.body) for line in lines])
    if not _is_title(text, lines, underlined=bool(draft.underline)):
        return facts, drafts
    title = replace(draft, kind=BlockKind.TITLE, lines=lines, text=text)
    below = replace(drafts[first + 1], tight=False)
    return with_facts(replace(facts, title=text), said), [*drafts[:first], title, below, *drafts[first + 2 :]]


def _stands_over(draft: Draft) -> bool:
    """Whether a draft may stand over the title: a rule, or a label such as "Press release"."""
    return draft.kind is BlockKind.BREAK or _LABEL.fullmatch(draft.text) is not None


def _facts_below(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], Facts]:
    """A first paragraph without the bylines and dates at its end, and what they say."""
    facts = Facts()
    while len(lines) > 1 and (said := facts_of(lines[-1].body)) is not None:
        facts = with_facts(said, facts)
        lines = lines[:-1]
    return lines, facts


def _is_title(text: str, lines: Sequence[Line], *, underlined: bool) -> bool:
    """Whether a first paragraph is a title: short, without an end mark, no byline, number, field or salutation."""
    fits = len(text) <= _TITLE_CHARACTERS and len(text.split()) <= _TITLE_WORDS and len(lines) <= _TITLE_LINES
    if not fits or not any(character.isalpha() for character in text):
        return False
    if underlined:
        return True
    ended = any(line.body[-1] in _NOT_ENDED for line in lines)
    field = _FIELD.fullmatch(text)
    known = field is not None and field[1].lower() in _FIELDS
    numbered = NUMBERED.match(text) and not _COUNT.match(text)
    other = known or numbered or _SALUTATION.match(text) or facts_of(text)
    begins = (text[0].isalnum() and not text[0].islower()) or text[0] in "\"'“‘«„¿¡([#@"
    return begins and not ended and not other


def _said(draft: Draft) -> Facts | None:
    """What a draft says that is nothing but bylines and dates."""
    if draft.kind is not BlockKind.PARAGRAPH or draft.tight:
        return None
    return facts_of_lines(line.body for line in draft.lines)
