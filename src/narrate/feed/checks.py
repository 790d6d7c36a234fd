"""What a value of ``show.toml`` must be: one small check a kind of value.

A check takes the text of a value and returns it as it is kept, or raises
`ValueError` with the rest of a sentence that began with the field's name:
"must be …".
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID

from narrate.feed.categories import category_names, split_category

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from urllib.parse import SplitResult

MAX_NAME_CHARACTERS = 255
"""PSP-1 and Apple: the length of a title or an author's name."""

MAX_DESCRIPTION_BYTES = 4_000
"""Apple, "A podcaster's guide to RSS": the length of a show's description."""

# RFC 5646, 2.1, without extensions, private use and grandfathered tags, which no podcast app reads.
_LANGUAGE = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE | re.ASCII,
)
# The shape of an address, not RFC 5321's whole grammar: what is before and after one "@", with a dot after it.
_EMAIL = re.compile(r"[^\s@<>\"(),;:]+@[^\s@.<>\"(),;:]+(?:\.[^\s@.<>\"(),;:]+)+")
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_COVER_SUFFIXES = (".jpg", ".jpeg", ".png")
_PATH_SAFE = "/%:@!$&'()*+,;=~"


def one_of(allowed: Iterable[str], word: str = "one of") -> Callable[[str], str]:
    """A check that a value is one of those, case and all, with a hint where it is nearly one.

    >>> one_of(["episodic", "serial"])("serial")
    'serial'
    >>> one_of(["episodic", "serial"])("Serial")
    Traceback (most recent call last):
    ValueError: must be one of episodic, serial (did you mean 'serial'?)
    """
    names = tuple(allowed)

    def check(value: str) -> str:
        if value in names:
            return value
        raise ValueError(f"must be {word} {', '.join(names)}{did_you_mean(value, names)}")

    return check


def did_you_mean(value: str, names: Iterable[str]) -> str:
    """A hint in brackets with a blank before it, or nothing.

    >>> did_you_mean("titel", ["title", "author"])
    " (did you mean 'title'?)"
    >>> did_you_mean("x", ["title"])
    ''
    """
    by_folded = {name.casefold(): name for name in names}
    near = get_close_matches(value.casefold(), by_folded, n=1)
    return f" (did you mean '{by_folded[near[0]]}'?)" if near else ""


def short(value: str) -> str:
    """A value as a message shows it: at most 60 characters."""
    limit = 60
    return value if len(value) <= limit else value[: limit - 1] + "…"


def name(value: str) -> str:
    """A line of text of at most 255 characters.

    >>> name(" Long  reads ")
    'Long reads'
    """
    line = " ".join(_plain(value).split())
    if len(line) > MAX_NAME_CHARACTERS:
        raise ValueError(f"must be at most {MAX_NAME_CHARACTERS} characters long, and is {len(line)}")
    return line


def description(value: str) -> str:
    """Text of at most 4,000 bytes; it may have several lines."""
    text = _plain(value).strip()
    size_bytes = len(text.encode())
    if size_bytes > MAX_DESCRIPTION_BYTES:
        raise ValueError(f"must be at most {MAX_DESCRIPTION_BYTES} bytes long, and is {size_bytes}")
    return text


def language(value: str) -> str:
    """A BCP 47 tag in the case RFC 5646 (2.1.1) recommends.

    >>> language("PT-br"), language("zh-hant-tw")
    ('pt-BR', 'zh-Hant-TW')
    >>> language("English")
    Traceback (most recent call last):
    ValueError: must be a language tag such as en, en-GB or zh-Hant
    """
    match = _LANGUAGE.fullmatch(value)
    if not match:
        raise ValueError("must be a language tag such as en, en-GB or zh-Hant")
    primary, script, region, variants = match.groups(default="")
    parts = (primary.lower(), script.title(), region.upper(), variants.lower().removeprefix("-"))
    return "-".join(part for part in parts if part)


def email(value: str) -> str:
    """An e-mail address, by its shape.

    >>> email("ann@example.org")
    'ann@example.org'
    """
    if not _EMAIL.fullmatch(value):
        raise ValueError("must be an e-mail address such as name@example.org")
    return value


def link(value: str) -> str:
    """An http or https address, in ASCII.

    >>> link("https://müller.example/über uns?a=1")
    'https://xn--mller-kva.example/%C3%BCber%20uns?a=1'
    """
    parts = _split(value)
    path = quote(parts.path, safe=_PATH_SAFE)
    query, fragment = (quote(part, safe=_PATH_SAFE + "?") for part in (parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), _netloc(value), path, query, fragment))


def base_url(value: str) -> str:
    """An http or https address of a folder: no query, no fragment, no password, one slash at its end.

    >>> base_url("https://example.org/show"), base_url("http://Example.org//")
    ('https://example.org/show/', 'http://example.org/')
    >>> base_url("https://example.org/?show=1")
    Traceback (most recent call last):
    ValueError: must be the address of a folder, without '?' and '#', such as https://example.org/podcast/
    """
    parts = _split(value)
    if "?" in value or "#" in value:
        raise ValueError("must be the address of a folder, without '?' and '#', such as https://example.org/podcast/")
    path = quote(parts.path.rstrip("/"), safe=_PATH_SAFE)
    return urlunsplit((parts.scheme.lower(), _netloc(value), path + "/", "", ""))


def is_public(url: str) -> bool:
    """Whether others can reach an address: not this machine, not a private network.

    >>> is_public("https://example.org/show/"), is_public("http://localhost:8642/show/")
    (True, False)
    >>> is_public("http://192.168.1.7/"), is_public("http://laptop.local/"), is_public("")
    (False, False, False)
    """
    host = (urlsplit(url).hostname or "").rstrip(".")  # a dot at the end is the root of the DNS (RFC 1034, 3.1)
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".home.arpa", ".internal", ".lan", ".test"))


def cover(value: str) -> str:
    """The name of a JPEG or PNG file in the show's folder.

    >>> cover("cover-1a2b.jpg")
    'cover-1a2b.jpg'
    """
    if value.startswith(".") or set(value) & set('/\\:?#"') or not value.lower().endswith(_COVER_SUFFIXES):
        raise ValueError(f"must be the name of a file in the show's folder that ends in {', '.join(_COVER_SUFFIXES)}")
    return _plain(value)


def music(value: str) -> str:
    """The path of an audio file, or one of the words for narrate's own music and for none.

    >>> music("none"), music("jingles/first.mp3")
    ('none', 'jingles/first.mp3')
    """
    if "\n" in value or "://" in value:
        raise ValueError("must be default, none or the path of an audio file from the show's folder")
    return _plain(value)


def licence(value: str) -> str:
    """An SPDX licence identifier, by its shape.

    >>> licence("CC-BY-4.0")
    'CC-BY-4.0'
    """
    if not _LICENCE.fullmatch(value):
        raise ValueError("must be an SPDX identifier such as CC-BY-4.0")
    return value


def guid(value: str) -> str:
    """A UUID, in lower case.

    >>> guid("EAD4C236-BF58-58C6-A2C6-A6B28D128CB6")
    'ead4c236-bf58-58c6-a2c6-a6b28d128cb6'
    """
    try:
        return str(UUID(value))
    except ValueError as exc:
        raise ValueError("must be a UUID such as 917393e3-1b1e-5cef-ace4-edaa54e1f810") from exc


def category(value: str) -> str:
    """One of Apple's categories, exactly as Apple writes it.

    >>> category("Society & Culture>Philosophy")
    'Society & Culture > Philosophy'
    >>> category("education")
    Traceback (most recent call last):
    ValueError: must be one of Apple's podcast categories, such as 'Arts' or 'Arts > Books' (did you mean 'Education'?)
    """
    names = category_names()
    found = " > ".join(split_category(value))
    if found in names:
        return found
    hint = did_you_mean(value, names) or _child_hint(value, names)
    raise ValueError(f"must be one of Apple's podcast categories, such as 'Arts' or 'Arts > Books'{hint}")


def number(value: str) -> int:
    """A whole number from 1 on; "0" is none.

    >>> number("3"), number("0")
    (3, 0)
    """
    if not re.fullmatch(r"[0-9]{1,7}", value):
        raise ValueError("must be a whole number")
    return int(value)


def _child_hint(value: str, names: Iterable[str]) -> str:
    """A hint where a child was named without its parent.

    >>> _child_hint("philosophy", ["Society & Culture > Philosophy"])
    " (did you mean 'Society & Culture > Philosophy'?)"
    """
    children = {full.partition(" > ")[2].casefold(): full for full in names if " > " in full}
    near = get_close_matches(value.casefold(), children, n=1)
    return f" (did you mean '{children[near[0]]}'?)" if near else ""


def _plain(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("must be text without control characters")
    return value


def _split(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or _CONTROL.search(value) or " " in parts.netloc:
        raise ValueError("must be an address that begins with https:// or http://")
    if "@" in parts.netloc:
        raise ValueError("must be an address without a user name or password")
    return parts


def _netloc(value: str) -> str:
    parts = urlsplit(value)
    host = parts.hostname or ""
    try:
        ascii_host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except UnicodeError as exc:
        raise ValueError("must be an address with a valid host name") from exc
    return ascii_host if parts.port is None else f"{ascii_host}:{parts.port}"
