"""Books of the Bible, abbreviated before a chapter and a verse, and chapters of theirs in Roman numerals."""

from __future__ import annotations

import re

from narrate.script.normalise.english.letters.roman import value
from narrate.script.normalise.english.numbers.words import cardinal
from narrate.script.normalise.rule import Rule

_BOOKS = {
    "Gen": "Genesis",
    "Ex": "Exodus",
    "Exod": "Exodus",
    "Lev": "Leviticus",
    "Num": "Numbers",
    "Deut": "Deuteronomy",
    "Josh": "Joshua",
    "Judg": "Judges",
    "Sam": "Samuel",
    "Chron": "Chronicles",
    "Chr": "Chronicles",
    "Neh": "Nehemiah",
    "Esth": "Esther",
    "Ps": "Psalm",
    "Pss": "Psalms",
    "Prov": "Proverbs",
    "Eccl": "Ecclesiastes",
    "Eccles": "Ecclesiastes",
    "Cant": "Canticles",
    "Isa": "Isaiah",
    "Is": "Isaiah",
    "Jer": "Jeremiah",
    "Lam": "Lamentations",
    "Ezek": "Ezekiel",
    "Dan": "Daniel",
    "Hos": "Hosea",
    "Obad": "Obadiah",
    "Mic": "Micah",
    "Hab": "Habakkuk",
    "Zeph": "Zephaniah",
    "Hag": "Haggai",
    "Zech": "Zechariah",
    "Mal": "Malachi",
    "Macc": "Maccabees",
    "Ecclus": "Ecclesiasticus",
    "Matt": "Matthew",
    "Mt": "Matthew",
    "Mk": "Mark",
    "Lk": "Luke",
    "Jn": "John",
    "Rom": "Romans",
    "Cor": "Corinthians",
    "Gal": "Galatians",
    "Eph": "Ephesians",
    "Phil": "Philippians",
    "Col": "Colossians",
    "Thess": "Thessalonians",
    "Tim": "Timothy",
    "Tit": "Titus",
    "Philem": "Philemon",
    "Heb": "Hebrews",
    "Jas": "James",
    "Pet": "Peter",
    "Rev": "Revelation",
    "Apoc": "Apocalypse",
}
_WHOLE = (
    "Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Ezra|Nehemiah|Esther|Job|"
    "Psalms?|Proverbs|Ecclesiastes|Isaiah|Jeremiah|Lamentations|Ezekiel|Daniel|Hosea|Joel|Amos|Jonah|Micah|Nahum|"
    "Habakkuk|Zechariah|Malachi|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|"
    "Colossians|Thessalonians|Timothy|Titus|Hebrews|James|Peter|Jude|Revelation"
)
_ORDINALS = {"1": "First", "2": "Second", "3": "Third", "I": "First", "II": "Second", "III": "Third"}
_CHAPTERS = 150
_PLACE = re.compile(
    rf"(?<![\w.])(?:(?P<which>[123]|I{{1,3}})\s?)?"
    rf"(?P<book>(?:{'|'.join(sorted(_BOOKS, key=len, reverse=True))})\b\.?|(?:{_WHOLE})\b)"
    r"\s(?:(?P<roman>[ivxlc]{1,8})(?:[.,]\s?|\s(?=\d))|(?P<chapter>\d{1,3})\s?[:.]\s?)(?P<verse>\d{1,3})"
    r"(?:\s?[-–—]\s?(?P<last>\d{1,3}))?(?![\w:]|[.,]\d)"
)
_CHAPTER = re.compile(
    r"(?<![\w.])(?P<which>[123]|I{1,3})\s"
    r"(?P<book>(?:Sam|Chron|Chr|Cor|Thess|Tim|Pet|Macc)\.?|Samuel|Kings|Chronicles|Corinthians|Thessalonians|Timothy|Peter)"
    r"\s(?P<chapter>\d{1,3})(?![\w:]|[.,]\d)"
)
_PSALM = re.compile(r"(?<![\w.])(?P<book>Pss?)\.\s(?P<chapter>\d{1,3})(?![\w:]|[.,]\d)")


def _place(match: re.Match[str]) -> str | None:
    """A book, a chapter and a verse.

    >>> texts = ("Matt. v. 3", "1 Cor. 13:4-7", "John iii. 16", "Gen. Lee 5:4")
    >>> [_PLACE.sub(lambda match: _place(match) or match[0], text) for text in texts]
    ['Matthew five three', 'First Corinthians thirteen four to seven', 'John three sixteen', 'Gen. Lee 5:4']
    """
    chapter = int(match["chapter"]) if match["chapter"] else value(match["roman"])
    if not 0 < chapter <= _CHAPTERS:
        return None
    which = f"{_ORDINALS[match['which']]} " if match["which"] else ""
    book = _BOOKS.get(match["book"].rstrip("."), match["book"])
    last = f" to {cardinal(int(match['last']))}" if match["last"] else ""
    return f"{which}{book} {cardinal(chapter)} {cardinal(int(match['verse']))}{last}"


def _chapter(match: re.Match[str]) -> str:
    """A chapter of a book of which there are several: "1 Cor. 13"."""
    book = match["book"].rstrip(".")
    return f"{_ORDINALS[match['which']]} {_BOOKS.get(book, book)} {cardinal(int(match['chapter']))}"


SCRIPTURE = (
    Rule("place in the Bible", _PLACE, _place, digit=True),
    Rule("chapter of the Bible", _CHAPTER, _chapter, digit=True),
    Rule("psalm", _PSALM, lambda match: f"{_BOOKS[match['book']]} {cardinal(int(match['chapter']))}", needs=("Ps",)),
)
"""Before the numbers, whose times and ratios have the same signs."""
