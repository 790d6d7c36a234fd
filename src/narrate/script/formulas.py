r"""Formulas in TeX → words, as they are read at a blackboard: "x squared", "a over b", "the square root of two"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.script.wording import primary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEPTH = 20
"""Groups are read this deep; what is nested deeper is said sign by sign."""
_TEX = re.compile(r"\\[A-Za-z]+|[\^_{}]")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|[A-Za-z]+(?=[^A-Za-z]|$)|\S", re.DOTALL)
_DOLLARS = re.compile(r"\A\s*(?:\$\$?|\\[(\[])|(?:\$\$?|\\[)\]])\s*\Z")
_WORDS: Mapping[str, str] = {
    "en": "over;squared;cubed;to the power of;sub;the square root of;the root of;equals;plus;minus;times;"
    "is less than;is greater than;is at most;is at least;is not equal to;is about;plus or minus;divided by;"
    "the sum;the integral;the product;from;to;infinity;in;goes to;the limit;percent;prime;for all;there is;degrees",
    "de": "durch;zum Quadrat;hoch drei;hoch;Index;Wurzel aus;Wurzel aus;gleich;plus;minus;mal;"
    "kleiner als;größer als;höchstens;mindestens;ungleich;ungefähr;plus minus;geteilt durch;"
    "die Summe;das Integral;das Produkt;von;bis;unendlich;in;gegen;der Limes;Prozent;Strich;für alle;es gibt;Grad",
    "fr": "sur;au carré;au cube;puissance;indice;racine de;racine de;égale;plus;moins;fois;"
    "inférieur à;supérieur à;au plus;au moins;différent de;environ;plus ou moins;divisé par;"
    "la somme;l’intégrale;le produit;de;à;l’infini;dans;tend vers;la limite;pour cent;prime;pour tout;il existe;degrés",
    "es": "sobre;al cuadrado;al cubo;elevado a;sub;raíz de;raíz de;igual a;más;menos;por;"
    "menor que;mayor que;como máximo;al menos;distinto de;aproximadamente;más menos;dividido entre;"
    "la suma;la integral;el producto;de;a;infinito;en;tiende a;el límite;por ciento;prima;para todo;existe;grados",
    "it": "fratto;al quadrato;al cubo;elevato a;con;radice di;radice di;uguale a;più;meno;per;"
    "minore di;maggiore di;al massimo;almeno;diverso da;circa;più o meno;diviso;"
    "la somma;l’integrale;il prodotto;da;a;infinito;in;tende a;il limite;per cento;primo;per ogni;esiste;gradi",
    "nl": "gedeeld door;kwadraat;tot de derde;tot de macht;index;de wortel van;de wortel van;is;plus;min;maal;"
    "kleiner dan;groter dan;hoogstens;minstens;ongelijk aan;ongeveer;plus of min;gedeeld door;"
    "de som;de integraal;het product;van;tot;oneindig;in;gaat naar;de limiet;procent;accent;voor alle;er is;graden",
    "pt": "sobre;ao quadrado;ao cubo;elevado a;índice;raiz de;raiz de;igual a;mais;menos;vezes;"
    "menor que;maior que;no máximo;pelo menos;diferente de;aproximadamente;mais ou menos;dividido por;"
    "a soma;o integral;o produto;de;a;infinito;em;tende para;o limite;por cento;linha;para todo;existe;graus",
}
_NAMES = tuple(
    re.findall(
        r"\S+",
        "over squared cubed power sub root nth equals plus minus times less greater most least unequal about plusminus "
        "divided sum integral product from to infinity in goes limit percent prime all exists degrees",
    )
)
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("=", "\\equiv"), "equals"),
    "+": "plus",
    **dict.fromkeys(("-", "−"), "minus"),
    **dict.fromkeys(("\\times", "\\cdot", "\\ast", "*", "×", "·"), "times"),
    **dict.fromkeys(("<", "\\lt", "\\ll"), "less"),
    **dict.fromkeys((">", "\\gt", "\\gg"), "greater"),
    **dict.fromkeys(("\\le", "\\leq", "\\leqslant", "≤"), "most"),
    **dict.fromkeys(("\\ge", "\\geq", "\\geqslant", "≥"), "least"),
    **dict.fromkeys(("\\ne", "\\neq", "≠"), "unequal"),
    **dict.fromkeys(("\\approx", "\\sim", "\\simeq", "≈"), "about"),
    **dict.fromkeys(("\\pm", "±"), "plusminus"),
    **dict.fromkeys(("/", "\\div", "÷"), "divided"),
    "\\sum": "sum",
    "\\int": "integral",
    "\\prod": "product",
    **dict.fromkeys(("\\infty", "∞"), "infinity"),
    **dict.fromkeys(("\\in", "∈"), "in"),
    **dict.fromkeys(("\\to", "\\rightarrow", "\\longrightarrow", "→"), "goes"),
    "\\lim": "limit",
    "\\%": "percent",
    **dict.fromkeys(("'", "\\prime"), "prime"),
    "\\forall": "all",
    "\\exists": "exists",
    "\\circ": "degrees",
}
_SILENT = frozenset(
    re.findall(
        r"\S+",
        r"\left \right \big \Big \bigg \Bigg \displaystyle \textstyle \limits \nolimits \quad \qquad \, \; \: \! \\ & ~"
        r" \mathrm \mathbf \mathit \mathcal \mathbb \mathsf \text \textbf \textit \operatorname \boldsymbol"
        r" \vec \hat \bar \tilde \dot \overline \underline \begin \end \label \tag \nonumber",
    )
)
_RANGED = frozenset({"\\sum", "\\int", "\\prod"})


@dataclass(slots=True)
class _Reader:
    """Tokens of a formula, and how far they are read."""

    tokens: list[str]
    words: Mapping[str, str]
    at: int = 0

    def next(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        self.at += 1
        return token

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def group(self, depth: int) -> str:
        """What the next argument says: a group in braces, or one token."""
        if self.peek() != "{":
            return " ".join(self.one(self.next(), depth))
        self.next()
        said: list[str] = []
        while self.peek() not in {"", "}"}:
            said += self.one(self.next(), depth)
        self.next()
        return " ".join(said)

    def one(self, token: str, depth: int) -> Iterator[str]:
        """What a token and its arguments say."""
        make = _COMMANDS.get(token)
        if make and depth < _DEPTH:
            yield from make(self, depth + 1)
        elif token in _RANGED:
            yield self.words[_SIGNS[token]]
            yield from self.limits(depth + 1)
        elif token in _SIGNS:
            yield self.words[_SIGNS[token]]
        elif token not in _SILENT and any(map(str.isalnum, token)):
            yield token.removeprefix("\\")

    def limits(self, depth: int) -> Iterator[str]:
        for sign, word in (("_", "from"), ("^", "to")):
            if self.peek() == sign and depth < _DEPTH:
                self.next()
                yield f"{self.words[word]} {self.group(depth)}"


def _fraction(reader: _Reader, depth: int) -> Iterator[str]:
    yield f"{reader.group(depth)} {reader.words['over']} {reader.group(depth)}"


def _root(reader: _Reader, depth: int) -> Iterator[str]:
    yield f"{reader.words['root']} {reader.group(depth)}"


def _power(reader: _Reader, depth: int) -> Iterator[str]:
    said = reader.group(depth)
    known = {"2": "squared", "3": "cubed", reader.words["degrees"]: "degrees", reader.words["prime"]: "prime"}
    yield reader.words[known[said]] if said in known else f"{reader.words['power']} {said}"


def _index(reader: _Reader, depth: int) -> Iterator[str]:
    yield f"{reader.words['sub']} {reader.group(depth)}"


_COMMANDS = {
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac"), _fraction),
    "\\sqrt": _root,
    "^": _power,
    "_": _index,
}


def is_tex(text: str) -> bool:
    r"""Whether a formula is written in TeX, and not as it is said or in plain signs.

    >>> is_tex("x^2"), is_tex(r"\alpha"), is_tex("x = 5")
    (True, True, False)
    """
    return _TEX.search(text) is not None


def formula_words(text: str, language: str) -> str:
    r"""A formula in TeX in words; in a language that has none here, in English.

    >>> formula_words(r"$E = mc^2$", "en")
    'E equals mc squared'
    >>> formula_words(r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}", "en")
    'minus b plus or minus the square root of b squared minus 4 ac over 2 a'
    >>> formula_words(r"\sum_{i=1}^{n} x_i", "de")
    'die Summe von i gleich 1 bis n x Index i'
    """
    known = _WORDS.get(primary(language), _WORDS["en"])
    words = dict(zip(_NAMES, known.split(";"), strict=True))
    bare = _DOLLARS.sub("", text)
    reader = _Reader(_TOKEN.findall(bare), words)
    said: list[str] = []
    while reader.at < len(reader.tokens):
        said += reader.one(reader.next(), 0)
    return " ".join(" ".join(said).split())
