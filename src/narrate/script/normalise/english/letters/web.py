"""Addresses: of pages, of people, handles and hashtags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.model.diction import Urls
from narrate.script.normalise.english.letters.spelling import host, sign_by_sign
from narrate.script.normalise.english.numbers.words import cardinal, digits, paired
from narrate.script.normalise.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

_TOP = (
    "com|org|net|edu|gov|mil|info|biz|io|ai|uk|de|fr|nl|ch|se|fi|dk|cz|ru|ua|cn|jp|kr|br|mx|au|nz|ca|eu|tv|ie|"
    "dev|app|blog|news|online|site|tech|xyz|shop|store|cloud|wiki|museum|travel"
)
"""Top domains that are taken for such without a scheme; none is a word that follows a full stop without its blank."""

_SHORTENERS = r"bit\.ly|t\.co|youtu\.be|goo\.gl|tinyurl\.com|ow\.ly|amzn\.to|wp\.me|t\.me|lnkd\.in"
_SIGN = r"(?:[^\s<>\"“”«»()\[\]{}|]|\([^\s()<>]*\))"
_LAST = r"(?<![.,;:!?'’…*])"
_LABELS = r"(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+"

_URL = re.compile(rf"(?<![\w@.])(?:(?:https?|ftp)://|www\.){_SIGN}+{_LAST}", re.IGNORECASE)
_BARE = re.compile(
    rf"(?<![\w@./\\-])(?:{_LABELS}(?:{_TOP})|{_SHORTENERS})(?![\w@-]|\.[A-Za-z])(?P<rest>[/?]{_SIGN}*{_LAST})?"
)
_PARTS = re.compile(r"(?:(?P<scheme>\w+)://)?(?:[^/@?#]*@)?(?P<host>[^/:?#]*)(?P<port>:\d+)?(?P<rest>.*)", re.DOTALL)
_ALONE = 80
"""A line that is nothing but an address is read sign by sign up to this length."""

_MAIL = re.compile(r"(?<![\w.+-])(?:mailto:)?(?P<who>[\w.+-]{1,64})@(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63})+)", re.ASCII)
_HANDLE = re.compile(r"(?<![\w@./+-])@(?P<name>[A-Za-z_]\w{1,30})\b(?![@/])", re.ASCII)
_AT_SIGN = re.compile(r"(?<!\S)@(?=\s?[\w$£€])\s?")
_HASHTAG = re.compile(r"(?<![\w&/#.])[#＃](?P<tag>[^\W\d_]\w*)")
_DIRECTIVE = re.compile(r"(?<![\w&/#.])#(?=(?:include|define|ifn?def|endif|pragma|undef|elif)\b)")
_NUMBER_SIGN = re.compile(r"(?<![\w&/#])#\s?(?=\d+(?!\w))|№\s?(?=\d)")
_HUMPS = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|\d+|[^\W\d_]+")
_YEARS = range(1100, 2100)


def site(url: str) -> str:
    """Where an address leads.

    >>> site("https://www.example.com/a/b?q=1"), site("bbc.co.uk/news")
    ('example dot com', 'BBC dot co dot U.K')
    """
    name = _PARTS.match(url)["host"]  # type: ignore[index] # it matches any text
    return host(re.sub(r"^www\.(?=.)", "", name, flags=re.IGNORECASE))


def every_sign(url: str) -> str:
    """Every sign of an address.

    >>> every_sign("https://www.nvidia.com/dgx-basepod/")
    'HTTPS colon slash slash WWW dot nvidia dot com slash DGX dash basepod slash'
    """
    parts = _PARTS.match(url)
    scheme, name, port, rest = parts.group("scheme", "host", "port", "rest")  # type: ignore[union-attr] # any text
    said = (sign_by_sign(f"{scheme}://") if scheme else "", host(name), sign_by_sign(port or ""), sign_by_sign(rest))
    return " ".join(filter(None, said))


def words_of(tag: str) -> str:
    """The words of a name that is written without blanks.

    >>> words_of("OneTwo"), words_of("COVID19"), words_of("Euro2024"), words_of("BBCNews"), words_of("black_lives")
    ('One Two', 'COVID nineteen', 'Euro twenty twenty-four', 'BBC News', 'black lives')
    """
    return " ".join(_number(hump) if hump[0].isdecimal() else hump for hump in _humps(tag))


def _humps(tag: str) -> list[str]:
    humps: list[str] = []
    for hump in re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\dA-Za-z_]+", tag):
        joined = humps and not hump.isascii() and humps[-1].isalpha()
        if joined or (humps and not humps[-1].isascii() and hump.islower()):
            humps[-1] += hump
        else:
            humps.append(hump)
    return humps


def _number(figures: str) -> str:
    if not figures.isascii() or figures.startswith("0"):
        return digits(figures)
    return paired(figures) if int(figures) in _YEARS else cardinal(int(figures))


def web_rules(urls: Urls) -> tuple[Rule, ...]:
    """The rows for addresses; those of people, handles and hashtags are said whatever is done with those of pages."""
    pages, bare = (_URL, _BARE) if urls is not Urls.SKIP else (_with_blank(_URL), _with_blank(_BARE))
    return (
        Rule("web address", pages, _address(urls), needs=("://", "www.", "WWW.", "Www.")),
        Rule("e-mail address", _MAIL, _mail, needs=("@",)),
        Rule("name of a site", bare, _address(urls), needs=(".",)),
        Rule("handle", _HANDLE, lambda match: f"at {words_of(match['name']) or 'underscore'}", needs=("@",)),
        Rule("at sign", _AT_SIGN, "at ", needs=("@",)),
        Rule("line for a preprocessor", _DIRECTIVE, "hash ", needs=("#",)),
        Rule("hashtag", _HASHTAG, lambda match: f"hashtag {words_of(match['tag'])}", needs=("#", "＃")),
        Rule("number sign", _NUMBER_SIGN, "number ", needs=("#", "№")),
    )


def _mail(match: re.Match[str]) -> str:
    return f"{sign_by_sign(match['who'])} at {host(match['host'])}"


def _address(urls: Urls) -> Callable[[re.Match[str]], str | None]:
    return {Urls.SITE: _site, Urls.READ: lambda match: every_sign(match.group()), Urls.SKIP: _skipped}[urls]


def _site(match: re.Match[str]) -> str:
    url = match.group()
    alone = match.string.strip() == url and len(url) <= _ALONE and "?" not in url
    return every_sign(url) if alone else site(url)


def _skipped(match: re.Match[str]) -> str | None:
    """Nothing for an address; the name of a site is a word of its sentence ("Amazon.com said")."""
    is_name = "rest" in match.re.groupindex and not match["rest"]
    blank = " " if match.group().startswith(" ") else ""
    return blank + site(match.group().strip()) if is_name else ""


def _with_blank(address: re.Pattern[str]) -> re.Pattern[str]:
    """The same with the blank before it, which goes where the address goes."""
    return re.compile(f" ?{address.pattern}", address.flags)
