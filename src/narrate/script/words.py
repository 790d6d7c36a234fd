"""Which written word is which stretch of spoken text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model import WordSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.script.normalise import Edit

_UNPARTED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_UNPARTED}]|[^\s{_UNPARTED}、。，！？；：]+")
"""Kana and Han, which no spaces part, one by one, as engines tell their times; else what stands between spaces and
the stops of such texts."""


def speakable(text: str) -> bool:
    """Whether a voice has anything to say: a letter or a digit. Engines give no sound for "..." or blanks.

    >>> speakable("No."), speakable("…"), speakable("5")
    (True, False, True)
    """
    return any(map(str.isalnum, text))


def plain_words(text: str) -> tuple[WordSpan, ...]:
    """The word map of text that is spoken as it is written.

    >>> [text[w.written_start:w.written_end] for text in ["Well – yes."] for w in plain_words(text)]
    ['Well', 'yes.']
    >>> [text[w.written_start:w.written_end] for text in ["去WHO了。9年"] for w in plain_words(text)]
    ['去', 'WHO', '了', '9', '年']
    """
    return tuple(
        WordSpan(start, end, start, end)
        for start, end in map(re.Match.span, _RUN.finditer(text))
        if text[start].isalnum() or speakable(text[start:end])
    )


def apply_edits(written: str, edits: Sequence[Edit]) -> tuple[str, tuple[WordSpan, ...]]:
    """Replace stretches of text and say which written word became what.

    `edits` are in order and do not overlap. Words that one edit covers together are one span.

    >>> from narrate.script.normalise import Edit
    >>> spoken, words = apply_edits("Dr. Who & co.", [Edit(0, 3, "Doctor"), Edit(8, 9, "and")])
    >>> spoken, [spoken[w.spoken_start:w.spoken_end] for w in words]
    ('Doctor Who and co.', ['Doctor', 'Who', 'and', 'co.'])
    """
    pieces: list[str] = []
    last = 0
    for edit in edits:
        pieces += written[last : edit.start], edit.said
        last = edit.end
    spoken = "".join((*pieces, written[last:]))
    return spoken, tuple(_map_words(written, spoken, edits))


def _map_words(written: str, spoken: str, edits: Sequence[Edit]) -> Iterator[WordSpan]:
    shift = 0  # of everything before the next edit
    ahead = 0
    for start, end in _groups(written, edits):
        while ahead < len(edits) and edits[ahead].end <= start:
            shift += _growth(edits[ahead])
            ahead += 1
        left, right = start + shift, end  # an edit may reach over the blanks beside the word
        while ahead < len(edits) and edits[ahead].start < end:
            left, right = min(left, edits[ahead].start + shift), max(right, edits[ahead].end)
            shift += _growth(edits[ahead])
            ahead += 1
        said = spoken[left : right + shift]
        if speakable(said):
            left += len(said) - len(said.lstrip())
            yield WordSpan(start, end, left, left + len(said.strip()))


def _growth(edit: Edit) -> int:
    return len(edit.said) - (edit.end - edit.start)


def _groups(written: str, edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """Words of written text, those that one edit covers taken together."""
    waiting = list(edits)[::-1]
    first = last = -1
    for match in _RUN.finditer(written):
        start, end = match.span()
        while waiting and waiting[-1].end <= start:
            waiting.pop()
        if waiting and last > waiting[-1].start and start < waiting[-1].end:
            last = end  # the edit that the run before is in reaches into this one
            continue
        if first >= 0:
            yield first, last
        first, last = start, end
    if first >= 0:
        yield first, last


def align(written: str, spoken: str) -> tuple[WordSpan, ...]:
    """The word map of a spoken form that a person or a preset gave: equal words pair off, others by what is between.

    >>> [(s.written_start, s.spoken_start, s.spoken_end) for s in align("an AI voice", "an A.I. voice")]
    [(0, 0, 2), (3, 3, 7), (6, 8, 13)]
    """
    from difflib import SequenceMatcher

    ours, theirs = _runs(written), _runs(spoken)
    matcher = SequenceMatcher(None, _keys(written, ours), _keys(spoken, theirs), autojunk=False)
    spans: list[WordSpan] = []
    for _tag, a, b, c, d in matcher.get_opcodes():
        _pair(spans, ours[a:b], theirs[c:d])
    return tuple(spans)


def realigned(words: Sequence[WordSpan], spoken: str, other: str) -> tuple[WordSpan, ...]:
    """The word map of another spoken form, by way of the one that is known, whose words are more like it.

    >>> from narrate.script.normalise import Edit
    >>> words = apply_edits("a 16 b", [Edit(2, 4, "sixteen")])[1]
    >>> realigned(words, "a sixteen b", "an old sixteen b")[1]
    WordSpan(written_start=2, written_end=4, spoken_start=7, spoken_end=14)
    """
    known = align(spoken, other)
    found: list[WordSpan] = []
    for word in words:
        near = [each for each in known if each.written_start < word.spoken_end and word.spoken_start < each.written_end]
        if near and found and near[0].spoken_start < found[-1].spoken_end:
            last = found.pop()
            end = max(last.spoken_end, near[-1].spoken_end)
            found.append(WordSpan(last.written_start, word.written_end, last.spoken_start, end))
        elif near:
            start, end = near[0].spoken_start, near[-1].spoken_end
            found.append(WordSpan(word.written_start, word.written_end, start, end))
    return tuple(found)


def _runs(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _RUN.finditer(text) if speakable(match.group())]


def _keys(text: str, runs: Sequence[tuple[int, int]]) -> list[str]:
    return ["".join(filter(str.isalnum, text[start:end])).casefold() for start, end in runs]


def _pair(spans: list[WordSpan], ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> None:
    """Add the spans of one stretch: word by word where the numbers agree, else all of it as one."""
    if len(ours) == len(theirs):
        spans += (WordSpan(*a, *b) for a, b in zip(ours, theirs, strict=True))
    elif ours and theirs:
        spans.append(WordSpan(ours[0][0], ours[-1][1], theirs[0][0], theirs[-1][1]))
    elif theirs and spans:  # words that only the voice says are heard with the word before
        word = spans[-1]
        spans[-1] = WordSpan(word.written_start, word.written_end, word.spoken_start, theirs[-1][1])
