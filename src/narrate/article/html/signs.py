"""What a page's own names for its parts say: menus, sharing buttons, bylines, comments."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.article.dom.tags import BLOCKS, local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element


MENUS = frozenset({"select", "datalist"})
"""Lists to choose from, of which a browser shows one line or none."""
_OF_MENUS = frozenset({"option", "optgroup", "legend", "hr"})


class Sign(StrEnum):
    """What an element says it is."""

    NAVIGATION = "navigation"
    OUTSIDE = "outside"
    COMMENTS = "comments"
    """What readers wrote below the article."""
    FURNITURE = "furniture"
    FACT = "fact"
    """A byline or a date."""
    CREDIT = "credit"
    PULLED = "pulled"
    """A pull quote: a sentence of the article once more, in large letters."""
    STANDFIRST = "standfirst"
    """The sentences between the title and the article."""
    APPENDIX = "appendix"
    """Notes, works, corrections: of the article, though behind it."""
    ASIDE = "aside"
    HEADER = "header"
    FOOTER = "footer"


_ROLES: Mapping[str, Sign] = {
    **dict.fromkeys(
        ["navigation", "banner", "search", "menu", "menubar", "toolbar", "tablist", "dialog", "alertdialog"],
        Sign.NAVIGATION,
    ),
    **dict.fromkeys(["contentinfo", "complementary"], Sign.ASIDE),
    **dict.fromkeys(["doc-endnotes", "doc-footnote", "doc-bibliography", "doc-footnotes"], Sign.APPENDIX),
    "doc-pullquote": Sign.PULLED,
    "doc-toc": Sign.NAVIGATION,
}
_TAGS: Mapping[str, Sign] = {
    **dict.fromkeys(("nav", "menu", "dialog"), Sign.NAVIGATION),
    **dict.fromkeys(("button", "select", "option", "datalist", "input", "label", "form", "fieldset"), Sign.FURNITURE),
    "aside": Sign.ASIDE,
    "header": Sign.HEADER,
    "footer": Sign.FOOTER,
    "address": Sign.FACT,
}
_PHRASES: tuple[tuple[Sign, str], ...] = (
    (Sign.PULLED, r"pull-?quote|pulled-?quote|quote-?pull"),
    (
        Sign.STANDFIRST,
        (
            r"stand-?first|dek|sub-?title|sub-?headline|lede?-?(?:text|paragraph)?|article-?(?:summary|intro|lead)"
            r"|(?:story|article)?-?high-?lights|key-?(?:points|takeaways)"
        ),
    ),
    (Sign.APPENDIX, r"footnotes?|endnotes?|references|reflist|bibliography|corrections?|citation-list|notes-?list"),
    (Sign.CREDIT, r"(?:photo|image|img|picture|caption|media)-?(?:credits?|source|copyright|attribution)|credits?"),
    (
        Sign.FACT,
        (
            r"by-?lines?|authors?(?:-?(?:name|info|meta|line|date))?|datelines?|date-?time|timestamps?|pub-?date"
            r"|published"
            r"|(?:entry|post|article|story|publish|news)-?(?:meta|date|info|time|author|by)(?:-?data)?"
            r"|posted-?(?:on|by)"
            r"|date-?published|meta-?data|date|reading-?time|read-?time|contributors?"
        ),
    ),
    (
        Sign.FURNITURE,
        (
            r"shar(?:e|es|ing|er)(?:[-_]+[\w-]*)?|socials?(?:[-_]+[\w-]*)?|add-?to-?any|add-?this"
            r"|news-?letters?(?:[-_]+[\w-]*)?|subscri(?:be|ption)s?(?:[-_]+[\w-]*)?"
            r"|sign-?up(?:[-_]+[\w-]*)?|follow(?:-?us)?|print(?:[-_]+[\w-]*)?|tool-?bar|tool-?box"
            r"|tags?(?:-?(?:list|cloud|links|container))?|categor(?:y|ies)|topics?"
            r"|cookies?|consent|gdpr|download(?:-?app)?|rating|ratings|vote|votes|pay-?wall|call-?to-?action|cta"
            r"|promo(?:tion)?s?"
            r"|copyright|licen[cs]e|disclaimer|donat(?:e|ion)s?|jump-?link|edit-?section|mw-editsection"
            r"|header-?link|perma-?link"
            r"|social-?media|author-?(?:bio|box|card|profile)|about-?(?:the-?)?author|bio"
        ),
    ),
    (
        Sign.COMMENTS,
        (
            r"(?:comments?|comentarios?|commentaires?|kommentare?|reactions|opiniones)(?:-?(?:list|section|area"
            r"|form|thread|wrapper|count|link|body|text|content))?|disqus\w*|respond|repl(?:y|ies)|pingbacks?"
            r"|trackbacks?"
        ),
    ),
    (
        Sign.OUTSIDE,
        (
            r"related(?:[-_]+[\w-]*)?|recommend(?:ed|ations?)?(?:[-_]+[\w-]*)?|trending|most-?(?:popular|read"
            r"|viewed|shared|commented)|popular(?:[-_]+[\w-]*)?"
            r"|teasers?|more-?(?:stories|news|from|articles|posts|on|in|like|headlines)(?:[-_]+[\w-]*)?"
            r"|read-?(?:more|next|also)|see-?also|also-?(?:read|see|on)|up-?next|next-?(?:up|article|post)"
            r"|prev(?:ious)?-?(?:article|post)|outbrain\w*|taboola\w*|ob-?widget|sponsor(?:ed|s)?(?:[-_]+[\w-]*)?"
            r"|ad|ads|advert|adverts|advertisements?|advertising|ad-?(?:slot|unit|container|wrapper|banner|block"
            r"|label|text)|dfp|widgets?|side-?bars?|rail|right-?rail|recirc\w*"
            r"|info-?box|v-?card|popup|modal|overlay|lightbox|nav-?box|noprint|site-?notice|catlinks"
            r"|vertical-?navbox|hat-?note|ambox"
        ),
    ),
    (
        Sign.NAVIGATION,
        (
            r"nav(?:igation|bar|igator)?|menus?|bread-?crumbs?|paginat(?:ion|or)|pagers?|page-?(?:nav|links"
            r"|numbers)|skip(?:-?(?:link|to-?content))?"
            r"|toc|table-?of-?contents|site-?(?:header|footer|nav|info)|global-?(?:header|footer|nav)|mast-?head"
            r"|page-?footer|footer|post-?nav(?:igation)?"
            r"|sphinxsidebar|nav-?links|top-?bar|sub-?nav"
        ),
    ),
)
_NAMED = tuple(
    (sign, re.compile(rf"(?:^|[ _-])(?:[a-z0-9]+[_-]+)?(?:{words})(?=$|[ _])", re.IGNORECASE))
    for sign, words in _PHRASES
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ITEMPROPS: Mapping[str, Sign] = {
    **dict.fromkeys(["author", "datepublished", "datemodified", "datecreated", "publisher", "editor"], Sign.FACT),
    **dict.fromkeys(["comment", "interactionstatistic"], Sign.COMMENTS),
    "copyrightholder": Sign.CREDIT,
}
_RELS: Mapping[str, Sign] = {
    "author": Sign.FACT,
    "tag": Sign.FURNITURE,
    "next": Sign.NAVIGATION,
    "prev": Sign.NAVIGATION,
}


def sign_of(element: Element) -> Sign | None:
    """What an element says it is, by its role, its microdata, its classes and id, its name; None where nothing."""
    name = local(element)
    role = (element.get("role") or "").strip().lower()
    prop = (element.get("itemprop") or "").strip().lower()
    named = f"{element.get('class') or ''} {element.get('id') or ''}" if element.keys() else " "
    return (
        _ROLES.get(role)
        or _ITEMPROPS.get(prop)
        or (_RELS.get((element.get("rel") or "").lower()) if name == "a" else None)
        or (_named(named) if len(named) > 1 else None)
        or _TAGS.get(name)
    )


@lru_cache(maxsize=4000)
def _named(named: str) -> Sign | None:
    """The sign in classes and an id.

    >>> _named("Article__shareTools"), _named("entry-content"), _named("post-meta"), _named("mw-editsection")
    (<Sign.FURNITURE: 'furniture'>, None, <Sign.FACT: 'fact'>, <Sign.FURNITURE: 'furniture'>)
    """
    words = " ".join(named.split())[:400]
    words = _CAMEL.sub("-", words).lower()
    return next((sign for sign, pattern in _NAMED if pattern.search(words)), None)


_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FORMULA = re.compile(r"math-?ml|a11y|assistive", re.IGNORECASE)
"""A formula in words for readers of screens, beside the picture of it that others see."""
_FOR_EARS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|u-hidden\w*|a11y-hidden|vh|assistive-text)(?=$|\s)"
)


def _is_menu(element: Element) -> bool:
    """Whether an element holds choices alone: one that nothing closes holds the rest of the page."""
    return all(local(each) in _OF_MENUS or local(each) not in BLOCKS for each in element.iterdescendants("*"))


def is_hidden(element: Element) -> bool:
    """Whether a browser shows nothing of an element, or a list to choose from, of which it shows one line."""
    name = local(element)
    if name in {"noscript", "template"} or (name in MENUS and _is_menu(element)):
        return True
    if not element.keys():
        return False
    style = element.get("style")
    if _FORMULA.search(element.get("class") or "") and next(element.iter("math"), None) is not None:
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN_STYLE.search(style) is not None)
    )


def is_for_screen_readers(element: Element) -> bool:
    """Whether an element is shown to nobody but said by screen readers: "opens in a new window"."""
    return _FOR_EARS.search((element.get("class") or "").lower()) is not None


_FURNITURE_WORDS = re.compile(
    r"(?:share|tweet|pin|email|print|save|like|follow|subscribe|sign up|sign in|log in|register|download"
    r"|advertise?ment|sponsored"
    r"|related|recommended|trending|most (?:read|popular)|read (?:more|next|also|full)|see also|also (?:read|see)"
    r"|more (?:on|from|stories)"
    r"|click (?:here|to)|tap (?:here|to)|view (?:all|gallery|comments?)|show (?:all|more|comments?)|load more"
    r"|leave a (?:comment|reply)|\d+ comments?"
    r"|story continues below|continue reading|skip (?:to|past)|back to top|copy link|listen to this article|watch:"
    r"|video:"
    r"|get the|join (?:our|the)|newsletter|filed under|tags?:|topics?:|categories:|posted in|image credit"
    r"|photo(?:graph)?s?(?: credit)?:|credit:|getty images"
    r"|©|copyright|all rights reserved|\d+ min(?:ute)?s? read|reading time|facebook|twitter|whatsapp|linkedin"
    r"|reddit|pinterest|flipboard)\b",
    re.IGNORECASE,
)


_SOME_LINKS = 0.3
_GUIDE_CHARACTERS = 18
_RIGHTS = re.compile(r"\W{0,2}(?:©|copyright (?:©|\(c\)|\d{4})|all rights reserved)", re.IGNORECASE)
_CREDIT_WORDS = re.compile(
    r"\W{0,2}(?:photo(?:graph)?s?|image|picture|illustration|credit|photo credit|image credit|source|foto|bild"
    r"|crédit)s?"
    r"(?: (?:by|via|credit|courtesy|from))?\s*[:/©]|\W{0,2}(?:courtesy (?:of )?[A-Z]|photo(?:graph)?s? by [A-Z]"
    r"|illustration by [A-Z])",
    re.IGNORECASE,
)


_GUIDE = re.compile(
    r"(?:table of )?contents\W*|on this page\W*|in this article\W*"
    r"|\W*(?:next|previous|prev|up)\b:?.{0,200}\b(?:next|previous|prev|up)\b.{0,100}",
    re.IGNORECASE,
)


def guides(text: str, links: float) -> bool:
    """Whether a line is a signpost: over a list of contents, or the way to the next page and the one before.

    `links` is the share of links in it.

    >>> guides("Table of Contents", 0.0), guides("Next: Types, Up: Basics", 0.5), guides("Next time, up it is", 0.0)
    (True, True, False)
    """
    match = _GUIDE.fullmatch(text)
    return match is not None and (links > _SOME_LINKS or len(text) <= _GUIDE_CHARACTERS)


def says_rights(text: str) -> bool:
    """Whether a line says whose the text is: "© 2024 Example Press".

    >>> says_rights("© 2024 Example Press"), says_rights("Copyright law is old.")
    (True, False)
    """
    return _RIGHTS.match(text) is not None


def says_credit(text: str) -> bool:
    """Whether a line says whose a picture is.

    >>> says_credit("(Credit: Ann Lee/News)"), says_credit("Photo by Ann Lee"), says_credit("Photos were taken.")
    (True, True, False)
    """
    return _CREDIT_WORDS.match(text) is not None


def says_furniture(text: str) -> bool:
    """Whether a short line begins as those do that a site puts round an article.

    >>> says_furniture("Share on Facebook"), says_furniture("Shares fell by 3 percent.")
    (True, False)
    """
    return _FURNITURE_WORDS.match(text.lstrip("«»‹›>→•·|[(+ ")) is not None


_TEASER = re.compile(
    r"\W*(?:(?:read|watch|listen|see|more|photos?|gallery|slideshow|in pictures|don['’]t miss|explainer)\s?[:|–—]"
    r"|also on [^:]{2,30}:|see (?:more|all) )|\[[^\[\]]*\]\Z",
    re.IGNORECASE,
)


def teases(text: str) -> bool:
    """Whether a line that is a link names another article: after a word for that, or in brackets.

    >>> [teases(text) for text in ("(MORE: Tweets about rain)", "[How to bake]", "Also on Example: Rain", "More bread")]
    [True, True, True, False]
    """
    return _TEASER.match(text) is not None
