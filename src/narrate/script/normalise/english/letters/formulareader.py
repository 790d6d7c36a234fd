r"""A small reader of common TeX: ``\frac{a}{b}`` is "a over b", ``x^2`` is "x squared"."""

from __future__ import annotations

import re

from narrate.script.normalise.english.letters.context import words
from narrate.script.normalise.english.letters.formulatables import SAID
from narrate.script.normalise.english.numbers.words import cardinal, digits, ordinal

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|[A-Za-z]+|\S")
_OVER = {
    "hat": "hat",
    "bar": "bar",
    "overline": "bar",
    "tilde": "tilde",
    "vec": "vector",
    "dot": "dot",
    "ddot": "double dot",
}
_TEXTS = words("text mathrm mathbf mathit operatorname mathcal mathbb mathsf textbf textit boldsymbol mbox")
_SUMS = frozenset({"the sum", "the product", "the integral", "lim", "max", "min", "sup", "inf"})
_POWERS = {"2": "squared", "3": "cubed", "'": "prime", "-1": "inverse", "T": "transpose", "\\prime": "prime"}
_UNSAFE = re.compile(r"[^\w\s,.’'-]")
_DEEPEST = 12


class _Reader:
    """Tokens of a formula, and how far they are read."""

    def __init__(self, source: str) -> None:
        self.tokens = _TOKEN.findall(source)
        self.at = 0

    def next(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        self.at += 1
        return token

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""


def in_words(source: str) -> str:
    r"""A formula in words; empty where nothing in it can be said.

    >>> in_words(r"E = mc^2"), in_words(r"\frac{a+1}{b}"), in_words(r"x_i \leq \sqrt{n}")
    ('E equals m c squared', 'a plus one over b', 'x sub i is at most the square root of n')
    >>> in_words(r"\sum_{i=1}^{n} i^2")
    'the sum from i equals one to n of i squared'
    """
    said = " ".join(filter(None, _sequence(_Reader(source), "", 0)))
    return re.sub(r"\s+([,.])", r"\1", " ".join(_UNSAFE.sub(" ", said.replace("_", " ")).split())).strip(" ,")


def _sequence(reader: _Reader, until: str, depth: int) -> list[str]:
    said: list[str] = []
    while reader.at < len(reader.tokens):
        token = reader.peek()
        if token == until:
            reader.next()
            break
        if token in {"^", "_"}:
            reader.next()
            _script(reader, said, token, depth)
            continue
        said += _atom(reader, depth)
    return said


def _group(reader: _Reader, depth: int) -> str:
    """The words of the next token, or of the group it opens."""
    if reader.peek() == "{" and depth < _DEEPEST:
        reader.next()
        return " ".join(filter(None, _sequence(reader, "}", depth + 1)))
    return " ".join(filter(None, _atom(reader, depth, short=True)))


def _raw(reader: _Reader) -> str:
    """The next group as it is written, without reading on."""
    if reader.peek() != "{":
        return reader.peek()
    end = reader.tokens.index("}", reader.at) if "}" in reader.tokens[reader.at :] else len(reader.tokens)
    return "".join(reader.tokens[reader.at + 1 : end])


def _script(reader: _Reader, said: list[str], kind: str, depth: int) -> None:
    raw = _raw(reader)
    words = _group(reader, depth)
    head = said[-1] if said else ""
    if head in _SUMS or (kind == "^" and len(said) > 1 and said[-1].startswith("from ")):
        said.append(f"{'from' if kind == '_' else 'to'} {words}")
        if reader.peek() not in {"^", "_"}:
            said.append("of")
    elif kind == "_":
        said.append(f"sub {words}")
    elif raw in _POWERS:
        said.append(_POWERS[raw])
    elif raw.isdecimal() and len(raw) < 4:  # noqa: PLR2004 # a longer power is counted
        said.append(f"to the {ordinal(int(raw))}")
    elif raw in {"\\circ", "∘"}:
        said.append("degrees")
    else:
        said.append(f"to the {words}")


def _atom(reader: _Reader, depth: int, *, short: bool = False) -> list[str]:
    piece = reader.next()
    if piece == "{":
        return _sequence(reader, "}", depth + 1) if depth < _DEEPEST else []
    if piece.startswith("\\") and len(piece) > 1:
        return _command(piece[1:].rstrip("*"), reader, depth)
    if piece[:1].isdecimal():
        return [_figure(piece)]
    if piece.isalpha() and piece.isascii():
        letters = list(piece)
        if short and len(letters) > 1:  # x^10 takes one sign, and so does x^ab
            reader.at -= 1
            reader.tokens[reader.at] = piece[1:]
            letters = letters[:1]
        return letters
    if piece in SAID:
        return [SAID[piece]]
    return [piece] if piece.isalpha() else []


def _figure(token: str) -> str:
    whole, point, decimals = token.replace(",", "").partition(".")
    return cardinal(int(whole)) + (f" point {digits(decimals)}" if point and decimals else "")


def _command(name: str, reader: _Reader, depth: int) -> list[str]:  # noqa: PLR0911 # one a kind of command
    if name in {"frac", "dfrac", "tfrac"}:
        return [_group(reader, depth), "over", _group(reader, depth)]
    if name == "sqrt":
        return ["the square root of", _group(reader, depth)]
    if name in _OVER:
        return [_group(reader, depth), _OVER[name]]
    if name in _TEXTS:
        return [_text(reader)]
    if name in {"left", "right", "big", "Big", "bigl", "bigr"}:
        return []
    if name in {"begin", "end"}:
        _text(reader)
        return []
    return [SAID[name]] if name in SAID else ([name] if name.isalpha() and name not in {"quad", "qquad"} else [])


def _text(reader: _Reader) -> str:
    """Words inside a formula."""
    if reader.peek() != "{":
        return reader.next()
    reader.next()
    found: list[str] = []
    while reader.at < len(reader.tokens) and (piece := reader.next()) != "}":
        found.append(piece)
    return " ".join(found)
