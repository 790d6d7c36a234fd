"""Text → sentences, and sentences too long for an engine → parts. Whatever comes out concatenates to what went in."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from narrate.script.normalise.abbreviationtables import NUMBERED, PHRASES, TITLES
from narrate.script.normalise.english.letters.context import STARTERS
from narrate.script.wording import primary
from narrate.script.words import speakable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDS_TOO = frozenset(
    {"St", "Ste", "M", "Me", "Fr", "Mt", "Ft", "Hon", "on", "On", "arch", "prof", "profa", "sen", "gen"}
)
"""Titles that are words or ends of sentences as well: "on Main St."."""

_TITLE_IN = {
    "fr": re.compile(r"(?<!\w)(?:MM?|Me|St|Ste)\.\s+\Z"),
    "it": re.compile(r"(?<!\w)(?:[oO]n|arch|prof|sen|gen)\.\s+\Z"),
    "es": re.compile(r"(?<!\w)prof\.\s+\Z"),
    "pt": re.compile(r"(?<!\w)profa?\.\s+\Z"),
}
"""Titles that end no sentence of one language, and may end one of another."""

_NEVER_LAST = re.compile(
    r"(?<!\w)(?:e\.g|i\.e|cf|vs|viz|approx|z\. ?B|d\. ?h|bzw|vgl|ca|p\. ex|p\. ej|ad es|bijv|d\.w\.z|"
    r"(?<=\d[ \u00a0])(?:Tsd|Mio|Mrd|Bio)|"
    + "|".join(sorted({re.escape(word) for row in TITLES.values() for word in row} - _ENDS_TOO))
    + r")\.\s+\Z"
)
"""Abbreviations after which a sentence goes on."""

_BEFORE_DIGIT = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted({re.escape(word) for row in NUMBERED.values() for word in row})) + r")\.\s+\Z"
)
_SPACED = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted({re.escape(word) for row in PHRASES.values() for word in row if " " in word})) + ")"
)
"""Abbreviations of two words, inside which no sentence ends: "p. ex."."""

_MARKER = re.compile(r"(?:\s*[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)\]]+\s+)+\Z")
"""The number or letter of a list, alone; in "on p. 5." it ends a sentence."""

_ORDINAL = re.compile(r"(?:\A|\s)\d{1,2}\.\s+\Z")
_ORDINAL_LANGUAGES = frozenset(
    {"de", "da", "nb", "nn", "no", "fi", "cs", "sk", "pl", "hu", "hr", "sr", "sl", "et", "lv", "is", "tr"}
)
"""Where "3." is "third"."""

_SPEECH = (
    "said|says|asked|asks|replied|replies|added|adds|wrote|writes|explained|explains|told|tells|answered|continued|"
    "shouted|cried|whispered|recalled|insisted|warned|argued|noted|called|went on|"
    "sagte|sagt|fragte|fragt|rief|antwortete|schrieb|dit|demanda|répondit|dijo|preguntó|disse"
)
_QUOTE_ENDS = re.compile(r"[.!?…][\"”’'»“]\s+\Z")
_SPEAKER = re.compile(rf"(?:[\w.’'-]+\s+){{0,4}}?(?:{_SPEECH})\b")
"""Who said it, right after what was said."""

_HOUR = re.compile(r"\b[ap]\.m\.\s+\Z")
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|E[SD]?T\b|GMT\b|UTC\b|P[SD]?T\b")
"""What goes on after "5 p.m."."""

_PARENTHESIS = re.compile(r"[(\[][^()\[\]]*[.!?…][)\]]\s+(?=\S)")
_WORDS_TOO = re.compile(r"(?<![\w.])(?:me|no|ill|may|miss|ore|ark|pa)\.\s+(?=[AI](?:['’]\w+)?\s+[a-z])")
"""English words that sentencex takes for abbreviations where "I" or "A" follows: "He told me. I left."."""
_AFTER_ALL = re.compile(r"(?<!\w)et al\.\s+(?=[A-ZÀ-Þ])")
"""An abbreviation that ends sentences too; sentencex goes on after it."""

_CITED = re.compile(r"[.!?…][\"”’»]?(?:\[[\d,;–— -]{1,20}\]|[¹²³⁰⁴-⁹]{1,4})+\s+(?=[“\"‘(]?[A-ZÀ-Þ])")
"""The end of a sentence with a citation mark after its full stop."""

_LEFT_OVER = re.compile(r"[¹²³⁰⁴-⁹]{0,4}\s+")

_ADDRESS = re.compile(r"(?<!\S)(?:https?://|www\.)\S{1,200}[\w/]\.\s+(?=[A-ZÀ-Þ][a-zß-ÿ])")
"""An address at the end of a sentence."""

_PLACE = re.compile(r"(?<!\w)(?:St|Ste|Mt|Ft|Pt)\.\s+\Z")
"""Names of places go on after these, unless a sentence begins."""

_MEASURE = re.compile(
    r"(?<!\w)(?:lbs?|oz|ft|yds?|mi|hrs?|mins?|secs?|gals?|pts?|qts?|tbsp|tsp|doz|approx|avg|max|min|dept|govt|misc|"
    r"incl|esp|no|vols?|figs?|eds?|trans|est|inc|ltd|corp|co)\.\s+\Z",
    re.IGNORECASE,
)
"""Abbreviations after which a word in small letters never begins a sentence."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_LOOK_BACK = 24
"""Characters of the sentence before that decide whether it goes on: more than any abbreviation has."""

_WINDOW = 20_000
"""Characters that sentencex gets at a time: its time grows by the square of the quotation marks in them."""

_HALVES = re.compile("[\ud800-\udfff]")
_FIGURE_NEXT = re.compile(r"[。！？](?=\d)")
"""The end of a sentence that sentencex goes on after, where a figure begins the next: "大海。2024年"."""
_ENDS = (_WORDS_TOO, _AFTER_ALL, _CITED, _ADDRESS, _FIGURE_NEXT)

_OPENERS = re.compile(r"[“”\"«»‘„]")
_NO_SPACE_STOPS = "。！？｡।॥"


def split_sentences(text: str, language: str, limit: int = 350) -> list[str]:
    """Sentences with the blanks after them; a quotation stays with its speaker, a list's number with its words.

    A sentence without a letter or digit joins the one before it. Only one longer than `limit` is looked at again: a
    quotation of many sentences is then taken apart.

    >>> split_sentences("Dr. Who met J. K. Rowling. “Go!” John said. 1. One (3.5 of it). ***", "en")
    ['Dr. Who met J. K. Rowling. ', '“Go!” John said. ', '1. One (3.5 of it). ***']
    """
    pieces: list[str] = []
    for piece in _segment(text, language):
        if len(piece) > limit and _OPENERS.search(piece):
            pieces += _inside_quotes(piece, language)
        else:
            pieces += chain.from_iterable(map(_after_words, _after_parenthesis(piece)))
    return list(_joined(pieces, primary(language)))


def _segment(text: str, language: str) -> list[str]:
    from sentencex import segment

    known = primary(language) or "en"
    pieces: list[str] = []
    text = _HALVES.sub("\ufffd", text)  # as in the script's file; sentencex takes no half of a character
    for piece in _by_windows(text, lambda window: segment(known, window)):
        ahead = _LEFT_OVER.match(piece)
        cut = ahead.end() if pieces and ahead else 0  # it leaves citation marks and blanks to the next
        if cut:
            pieces[-1] += piece[:cut]
        if piece[cut:]:
            pieces.append(piece[cut:])
    return pieces


def _by_windows(text: str, split: Callable[[str], list[str]], size: int = _WINDOW) -> Iterator[str]:
    """The pieces that `split` makes of a text, of which it sees at most `size` characters at a time.

    The next window begins with the last piece of the one before it, for that may go on; where that piece is longer
    than half a window it is put together from what the windows have of it, so nothing is read more than twice.
    """
    at, held = 0, ""
    while len(text) - at > size:
        window = text[at : at + size]
        *done, last = split(window[: window.rfind(" ", size // 2) + 1] or window)
        if done:
            yield held + done[0]
            yield from done[1:]
            held = ""
        at += sum(map(len, done))
        if not done or len(last) > size // 2:
            held += last
            at += len(last)
    first, *more = split(text[at:]) or [""]
    yield from filter(None, (held + first, *more))


def _inside_quotes(piece: str, language: str) -> list[str]:
    """The sentences of a quotation: sentencex keeps them together, so it does not get to see the quotation marks."""
    found: list[str] = []
    at = 0
    for part in _segment(_OPENERS.sub(" ", piece), language):
        found.append(piece[at : at + len(part)])
        at += len(part)
    return found


def _after_parenthesis(piece: str) -> list[str]:
    """A sentence in parentheses and the one after it, which sentencex takes for one.

    >>> _after_parenthesis("(All of it.) Then home.")
    ['(All of it.) ', 'Then home.']
    """
    match = _PARENTHESIS.match(piece)
    return [piece[: match.end()], piece[match.end() :]] if match else [piece]


def _after_words(piece: str) -> Iterator[str]:
    """The sentences of a piece that ends one of them in a word of `_WORDS_TOO`, in "et al." or a citation mark.

    >>> list(_after_words("So say Foo et al. Found by Bar.[3] All is well."))
    ['So say Foo et al. ', 'Found by Bar.[3] ', 'All is well.']
    """
    ends = sorted({match.end() for pattern in _ENDS for match in pattern.finditer(piece)})
    return (piece[start:end] for start, end in pairwise([0, *ends, len(piece)]))


def _joined(pieces: list[str], language: str) -> Iterator[str]:
    """Pieces put together again where a sentence does not end after all."""
    held: list[str] = []
    heard = False
    for piece in pieces:
        if heard and not _goes_on("".join(held[-_LOOK_BACK:])[-_LOOK_BACK:], piece, language):
            yield "".join(held)
            held, heard = [], False
        held.append(piece)
        heard = heard or speakable(piece)
    if held:
        yield "".join(held)


def _goes_on(before: str, after: str, language: str) -> bool:
    return any(law(before, after, language) for law in _LAWS)


def _inside(before: str, after: str) -> bool:
    """Whether an abbreviation of two words begins before and ends after."""
    ends = (match.end() for match in _SPACED.finditer(before + after[:_LOOK_BACK]) if match.start() < len(before))
    return any(end > len(before) for end in ends)


def _is_name(after: str) -> bool:
    """Whether a text begins with a capital letter, and with no word that sentences begin with."""
    word = _WORD.match(after)
    return word is not None and word[0][0].isupper() and word[0] not in STARTERS


_LAWS: tuple[Callable[[str, str, str], bool], ...] = (
    lambda _before, after, _language: not speakable(after),
    lambda before, _after, _language: not (before[-1].isspace() or before[-1] in _NO_SPACE_STOPS),
    lambda before, _after, _language: _NEVER_LAST.search(before) is not None,
    lambda before, _after, language: language in _TITLE_IN and _TITLE_IN[language].search(before) is not None,
    lambda before, after, _language: _inside(before, after),
    lambda before, after, _language: after[0].isdigit() and _BEFORE_DIGIT.search(before) is not None,
    lambda before, _after, _language: _MARKER.fullmatch(before) is not None,
    lambda before, _after, language: language in _ORDINAL_LANGUAGES and _ORDINAL.search(before) is not None,
    lambda before, after, _language: _QUOTE_ENDS.search(before) is not None and _SPEAKER.match(after) is not None,
    lambda before, after, _language: _PLACE.search(before) is not None and _is_name(after),
    lambda before, after, _language: after[0].islower() and before.rstrip()[-2:-1].isdecimal() and "." in before[-3:],
    lambda before, after, _language: after[0].islower() and _MEASURE.search(before) is not None,
    lambda before, after, _language: _HOUR.search(before) is not None and _DAY.match(after) is not None,
)
"""When what follows belongs to the sentence before it."""

_BREAKS = (
    re.compile(r"[!?…。！？][\"”’»)\]]*(?:\s+|(?<=[。！？]))|\.[\"”’»)\]]+\s+"),
    re.compile(r"[;:；：][\"”’»)\]]*\s+|[；：]|\s[–—-]\s|—"),
    re.compile(r"[,，、][\"”’»)\]]*(?:\s+|(?<=[，、]))"),
    re.compile(r"\s+"),
)
"""Where to part a long sentence, best first; a full stop inside one is an abbreviation's."""


def split_parts(sentence: str, limit: int) -> list[str]:
    """A sentence in parts of at most `limit` (≥ 1) characters that concatenate to it.

    They end at the ends of clauses, else at commas, else at blanks; a word is parted only where it is longer than
    `limit` itself. Of places equally good the one is taken that leaves the parts alike in length.

    >>> split_parts("one two; three four, five", 16)
    ['one two; ', 'three four, five']
    """
    parts: list[str] = []
    at = 0
    while len(sentence) - at > limit:
        end = _break(sentence, at, limit)
        parts.append(sentence[at:end])
        at = end
    return [*parts, sentence[at:]]


def _break(sentence: str, at: int, limit: int) -> int:
    """Where the part that begins at `at` ends."""
    left = len(sentence) - at
    ideal = at + left / -(-left // limit)
    for pattern in _BREAKS:
        ends = [end for end in _ends(pattern, sentence, at, limit) if end - at > limit // 4 or pattern is _BREAKS[-1]]
        if ends:
            return min(ends, key=lambda end: abs(end - ideal))
    return _mid_word(sentence, at, at + limit)


def _ends(pattern: re.Pattern[str], sentence: str, at: int, limit: int) -> Iterator[int]:
    for match in pattern.finditer(sentence, at, at + limit + 1):
        end = min(match.end(), at + limit)
        if at < end < len(sentence) and speakable(sentence[at:end]) and not sentence[end].isspace():
            yield end


def _mid_word(sentence: str, at: int, end: int) -> int:
    """A cut in a word that has no blanks, before the letter that a combining sign or a joiner belongs to."""
    from unicodedata import combining

    cut = end
    while cut > at + 1 and (
        combining(sentence[cut]) or sentence[cut] in "\u200d\ufe0f" or sentence[cut - 1] == "\u200d"
    ):
        cut -= 1
    return cut if cut > at + 1 else end
