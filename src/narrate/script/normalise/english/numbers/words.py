"""Numbers in English words: counted, in order, in pairs like years, and digit by digit."""

from __future__ import annotations

from functools import cache

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = (
    *("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "sextillion", "septillion"),
    *("octillion", "nonillion", "decillion"),
)
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

LONGEST = 3 * len(_SCALES)
"""The most digits that are counted; longer ones are said digit by digit."""

_HUNDRED, _THOUSAND = 100, 1000
_BELOW_TEN, _BELOW_TWENTY = range(10), range(20)


def cardinal(number: int, *, says_and: bool = False) -> str:
    """A number in words; `says_and` as the British say it.

    >>> cardinal(105), cardinal(105, says_and=True), cardinal(2_000_026, says_and=True)
    ('one hundred five', 'one hundred and five', 'two million and twenty-six')
    >>> cardinal(0), cardinal(-40), cardinal(13_000)
    ('zero', 'minus forty', 'thirteen thousand')
    """
    if number < 0:
        return f"minus {cardinal(-number, says_and=says_and)}"
    if number < _THOUSAND:
        return _below_thousand(number, says_and=says_and)
    if len(str(number)) > LONGEST:
        return digits(str(number))
    groups, rest = [], number
    for scale in _SCALES:
        rest, group = divmod(rest, _THOUSAND)
        if group:
            last = " and " if says_and and not scale and group < _HUNDRED else " "
            groups.append(f"{last}{_below_thousand(group, says_and=says_and)} {scale}".rstrip())
    return "".join(reversed(groups)).strip()


@cache
def _below_thousand(number: int, *, says_and: bool) -> str:
    hundreds, rest = divmod(number, _HUNDRED)
    if not hundreds:
        return below_hundred(rest)
    joint = " and " if says_and else " "
    return f"{_ONES[hundreds]} hundred{joint}{below_hundred(rest)}" if rest else f"{_ONES[hundreds]} hundred"


def below_hundred(number: int) -> str:
    """A number from 0 to 99.

    >>> below_hundred(7), below_hundred(26), below_hundred(90)
    ('seven', 'twenty-six', 'ninety')
    """
    if number in _BELOW_TWENTY:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def ordinal(number: int, *, says_and: bool = False) -> str:
    """The place of something in a row.

    >>> [ordinal(number) for number in (1, 12, 20, 24, 100, 1_111)]
    ['first', 'twelfth', 'twentieth', 'twenty fourth', 'one hundredth', 'one thousand one hundred eleventh']
    """
    head, blank, last = cardinal(number, says_and=says_and).replace("-", " ").rpartition(" ")
    return f"{head}{blank}{_place(last)}"


def _place(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"


def denominator(number: int, *, many: bool) -> str:
    """The parts that a whole is broken into.

    >>> denominator(2, many=False), denominator(4, many=True), denominator(32, many=True)
    ('half', 'quarters', 'thirty seconds')
    """
    halves = {2: ("half", "halves"), 4: ("quarter", "quarters")}
    if number in halves:
        return halves[number][many]
    return ordinal(number) + ("s" if many else "")


def digits(number: str) -> str:
    """Digits one by one; what is no digit is passed over.

    >>> digits("0671"), digits("8-9")
    ('zero six seven one', 'eight nine')
    """
    return " ".join(_ONES[int(sign)] for sign in number if sign.isdecimal())


def paired(number: str) -> str:
    """One to four digits in pairs, as years, rooms and models are said.

    >>> [paired(number) for number in ("2026", "2005", "2000", "1900", "1905")]
    ['twenty twenty-six', 'two thousand five', 'two thousand', 'nineteen hundred', 'nineteen oh five']
    >>> [paired(number) for number in ("737", "101", "600", "66", "05", "0042")]
    ['seven thirty-seven', 'one oh one', 'six hundred', 'sixty-six', 'oh five', 'zero zero four two']
    """
    head, rest = number[:-2], int(number[-2:])
    if not head:
        return f"oh {_ONES[rest]}" if number[:-1] == "0" else below_hundred(rest)
    if number.startswith("0"):
        return digits(number)
    if int(head) % 10 == 0 and rest in _BELOW_TEN:  # 2000 to 2009 are counted, 2010 and on are said in pairs
        return cardinal(int(number))
    if rest == 0:
        return f"{below_hundred(int(head))} hundred"
    return f"{below_hundred(int(head))} " + (f"oh {_ONES[rest]}" if rest in _BELOW_TEN else below_hundred(rest))


def plural(words: str) -> str:
    """Several of a number.

    >>> plural("nineteen eighty"), plural("forty-six"), plural("seven"), plural("nineteen hundred")
    ('nineteen eighties', 'forty-sixes', 'sevens', 'nineteen hundreds')
    """
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return words + ("es" if words.endswith("x") else "s")
