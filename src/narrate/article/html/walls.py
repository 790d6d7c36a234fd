"""Pages that are no article: paywalls, consent, logins, errors, front pages, pages that are all script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.article.dom.tags import local
from narrate.article.html.leaves import Leaf, letters_of
from narrate.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.article.html.choice import Choice
    from narrate.article.html.meta import Meta

_BRIEF = 900
"""Fewer letters than this may be what stands before a wall."""
_LITTLE = 400
_NEXT_TO_NOTHING = 120
_A_WORD = 20
"""A line of so few letters, and no sentence, is of a menu."""
_ERROR = re.compile(
    r"(?:error\s*)?(?:4\d\d|5\d\d)\b|(?:page |file |article |seite )?not found|page (?:doesn.t|does not) exist"
    r"|access denied|forbidden"
    r"|just a moment|attention required|are you (?:a )?(?:human|robot)|robot check|security check"
    r"|verify (?:you are|that you)|request blocked"
    r"|(?:service|site|page) (?:temporarily )?unavailable|something went wrong|seite nicht gefunden"
    r"|page introuvable|página no encontrada",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscri(?:be|ption)s?\b.{0,60}\bto (?:continue|read|keep|access|unlock)|to continue reading|already (?:a "
    r"|have a )?(?:subscriber|subscribed|member|subscription)"
    r"|for (?:subscribers|members) only|(?:only|exclusively) (?:available )?(?:for|to) (?:paid )?(?:subscribers"
    r"|members)|members?-only|unlock (?:this|the) (?:article|story|post)"
    r"|this (?:post|article|story|content) is for (?:paid|paying)|keep reading with|start your (?:free )?trial"
    r"|jetzt weiterlesen|nur für abonnenten"
    r"|réservée? aux abonnés|solo para suscriptores|riservato agli abbonati",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (?:value|respect|care about) your privacy|accept all(?: cookies)?"
    r"|manage (?:my )?(?:choices|preferences|cookies|options)|cookie (?:policy|settings|preferences)"
    r"|we and our (?:\d+ )?partners|use cookies|consent|zustimmen|tout accepter|aceptar (?:todo|y continuar)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|need to enable|activate|without) javascript|javascript (?:is|must be"
    r"|has been) (?:disabled|enabled|required|not)",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\b(?:log ?in|sign ?in|anmelden|se connecter|iniciar sesión)\b", re.IGNORECASE)
_SIGNS = 2
"""One sign of consent alone is a banner."""
_SAMPLE = 200_000
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?…。！？]")
_LINKED = 0.6
_HEADLINES = 12
_SAVE = "open it in a browser, save the page and give narrate the file"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is weighed: all words of the page, the leaves that are kept, letters in them, and the page's titles."""

    root: Element
    words: str
    kept: list[Leaf]
    letters: int
    meta: Meta
    prose: int


def refuse(root: Element, choice: Choice, meta: Meta, name: str) -> None:
    """Raises `ArticleError` where a page holds something else than an article, and says what."""
    kept = [leaf for leaf in choice.kept() if leaf is not choice.title]
    letters = letters_of(kept)
    if letters >= _BRIEF and not _all_links(kept, letters) and meta.free:
        return
    words = " ".join(" ".join(text for text in _texts(root)).split())[:_SAMPLE]
    prose = sum(leaf.letters for leaf in kept if _SENTENCE.search(leaf.text) and leaf.link_share < _LINKED)
    seen = _Seen(root, words, kept, letters, meta, prose)
    for says, sentence in _WALLS:
        if says(seen):
            raise ArticleError(f"{name} {sentence}")


def _texts(root: Element) -> list[str]:
    """All text of a page but scripts and styles; what browsers without scripts are told is among it."""
    found: list[str] = []
    for element in root.iter("*"):
        if local(element) not in {"script", "style", "template"} and element.text:
            found.append(element.text)
        if element.tail:
            found.append(element.tail)
    return found


def _is_error(seen: _Seen) -> bool:
    titles = [*seen.meta.names, *(leaf.text for leaf in seen.kept[:3])]
    return seen.prose < _LITTLE and any(_ERROR.match(title) for title in titles)


def _is_paywall(seen: _Seen) -> bool:
    said = _PAYWALL.search(seen.words) is not None
    short = seen.letters < (_BRIEF if seen.meta.free else 2 * _BRIEF)
    return short and (
        not seen.meta.free
        or (said and seen.meta.kind.lower() in {"article", "newsarticle", "blogposting", "reportagenewsarticle"})
    )


def _is_consent(seen: _Seen) -> bool:
    said = {match[0].lower() for match in _CONSENT.finditer(seen.words)}
    return seen.letters < _BRIEF and len(said) >= _SIGNS and _cookies(seen)


def _cookies(seen: _Seen) -> bool:
    """Whether what would be read speaks of consent itself."""
    said = " ".join(leaf.text for leaf in seen.kept)
    return not said or _CONSENT.search(said) is not None


def _is_login(seen: _Seen) -> bool:
    asks = any((element.get("type") or "").lower() == "password" for element in seen.root.iter("input"))
    return asks and seen.prose < _LITTLE and _LOGIN.search(seen.words) is not None


def _is_script(seen: _Seen) -> bool:
    told = _SCRIPT.search(seen.words) is not None
    scripts = sum(len(element.text or "") + len(element.get("src") or "") for element in seen.root.iter("script"))
    nothing = seen.letters < _A_WORD and not seen.prose
    return (told and seen.prose < _NEXT_TO_NOTHING) or (nothing and scripts > 0)


def _is_index(seen: _Seen) -> bool:
    linked = sum(1 for leaf in seen.kept if leaf.link_share > _LINKED)
    return linked >= _HEADLINES and seen.prose < _BRIEF and _all_links(seen.kept, seen.letters)


def _all_links(kept: list[Leaf], letters: int) -> bool:
    return sum(leaf.linked for leaf in kept) > letters * _LINKED


_WALLS = (
    (_is_error, f"is an error page, no article; check the address, or {_SAVE}"),
    (
        _is_paywall,
        f"is behind a paywall, and what is free of it is too short to be the article; where you may read it, {_SAVE}",
    ),
    (_is_consent, f"asks for consent to cookies instead of showing an article; {_SAVE}"),
    (_is_login, f"asks who you are instead of showing an article; {_SAVE}"),
    (_is_script, f"is made by scripts, and holds no article without them; {_SAVE}"),
    (_is_index, "lists articles and is none itself; give narrate the address of one"),
)
