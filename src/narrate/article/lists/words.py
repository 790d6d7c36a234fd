"""Text in lists: titles without markup, times, and how much of an article a text is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import escape, unescape

from narrate.model import Extent

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)
_SILENT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_MOST_TITLE = 1_000
_NAMES_OF_PAGES = frozenset({"no title found", "untitled", "no title"})

_BLANK = re.compile(r"\n[^\S\n]*\n")
_APPEARED = re.compile(r"The post .{1,400} (?:first )?appeared (?:first )?on .{1,200}\s*\Z", re.DOTALL)
_TAIL_CHARACTERS = 300
_CUT = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.\.\.|(?:\b(?:(?:continue|keep) reading"
    r"|read (?:more|on|the (?:rest|full|whole))|more\s*(?:»|›|→|>)|click here to read|view (?:the )?(?:full|original)"
    r"|weiterlesen|mehr lesen|zum artikel|lire la suite|suite de l|leer m[aá]s|seguir leyendo|continua a leggere"
    r"|leggi tutto|leia mais|continue lendo|lees (?:meer|verder))\b[^.!?\n]{0,120}))[\s»›→>.|)\]]*\Z",
    re.IGNORECASE,
)
_LETTERS_OF_A_WHOLE = 1_500
"""Of a description that does not say whether it is the article: teasers are shorter (WordPress cuts at 55 words)."""
_LETTERS_OF_A_TEXT = 600
"""Of what a feed calls the content: less may be a short post or a first paragraph."""

_EPOCH_MS = 100_000_000_000
"""A number above it counts milliseconds since 1970, not seconds."""
_LAST_YEAR = 2200


def one_line(said: object) -> str:
    r"""A title or a name as it is said: without markup and controls, entities resolved, blanks single.

    >>> one_line(" <b>Rain</b> &amp; sun\n"), one_line("1 < 2"), one_line(None)
    ('Rain & sun', '1 < 2', '')
    """
    if not isinstance(said, str):
        return ""
    text = unescape(_TAG.sub(" " if "<br" in said.lower() else "", said[: 4 * _MOST_TITLE]))
    return " ".join(_UNSAID.sub("", text).split())[:_MOST_TITLE]


def title_of(said: object) -> str:
    """A title, "" for one that only says that there is none, or is the address again."""
    title = one_line(said)
    return "" if title.lower() in _NAMES_OF_PAGES or re.fullmatch(r"https?://\S+", title) else title


def extent_of(html: str, *, content: bool) -> Extent:
    """How much of an article a text of a list is; `content` where the list calls it that, and not a summary.

    >>> extent_of("<p>One two three. <a href='/x'>Continue reading</a></p>", content=True), extent_of(" ", content=True)
    (<Extent.TEASER: 'teaser'>, <Extent.NONE: 'none'>)
    >>> extent_of("<p>" + "It rained. " * 100 + "</p>", content=True)
    <Extent.WHOLE: 'whole'>
    """
    text = text_of(html)
    letters = sum(map(str.isalnum, text))
    if not letters:
        return Extent.NONE
    if _CUT.search(_APPEARED.sub("", text[-4 * _TAIL_CHARACTERS :]).rstrip()[-_TAIL_CHARACTERS:]):
        return Extent.TEASER
    if letters >= (_LETTERS_OF_A_TEXT if content else _LETTERS_OF_A_WHOLE):
        return Extent.WHOLE
    return Extent.PERHAPS if content or letters >= _LETTERS_OF_A_TEXT else Extent.TEASER


def text_of(html: str) -> str:
    """The words of a text in HTML, roughly: for measuring and comparing, not for reading."""
    return " ".join(unescape(_TAG.sub(" ", _SILENT.sub(" ", html))).split())


def paragraphs(text: str) -> str:
    r"""Plain text as HTML: blank lines part its paragraphs.

    >>> paragraphs("a < b\n\nc")
    '<p>a &lt; b</p>\n<p>c</p>'
    """
    return "\n".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in _BLANK.split(text) if part.strip())


def moment(said: object) -> datetime | None:
    """A time as lists write it (ISO 8601, RFC 2822, seconds since 1970), in UTC; None where it is none.

    >>> moment("2026-11-24T09:00:00+01:00"), moment("Tue, 24 Nov 2026 08:00:00 GMT") == moment(1795507200)
    (datetime.datetime(2026, 11, 24, 8, 0, tzinfo=datetime.timezone.utc), True)
    >>> moment("soon"), moment(""), moment(True)
    (None, None, None)
    """
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    found = _since_1970(said) or (_written(said.strip()[:80]) if isinstance(said, str) else None)
    return found if found and 1 < found.year < _LAST_YEAR else None


def _since_1970(said: float | str) -> datetime | None:
    if isinstance(said, str):
        if not re.fullmatch(r"\s*\d{9,13}(?:\.\d+)?\s*", said):
            return None
        said = float(said)
    if not 0 < said < _EPOCH_MS * 1000:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=round(said / 1000 if said > _EPOCH_MS else said))


def _written(said: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(said)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        try:
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
        except OverflowError:
            return None
    return None
