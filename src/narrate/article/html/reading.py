"""A page from its bytes to blocks: parse, judge, choose, walk."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.article.dom.images import address_of
from narrate.article.dom.tags import HEADINGS, local
from narrate.article.dom.walk import Walked, walk
from narrate.article.facts import facts_of
from narrate.article.html.boxes import box
from narrate.article.html.choice import Choice, choose
from narrate.article.html.judge import judge
from narrate.article.html.leaves import key
from narrate.article.html.meta import metadata
from narrate.article.html.page import page_text, parse
from narrate.article.html.signs import is_for_screen_readers
from narrate.article.html.walls import refuse
from narrate.model import Block, BlockKind, Omission, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from narrate.article.html.meta import Meta
    from narrate.article.html.verdicts import Verdict
    from narrate.model import Origin

_ANCHORS = re.compile(
    r"(?:^|\s)(?:header-?link|anchor(?:js)?-?(?:link)?|perma-?link|heading-?(?:anchor|link)|mw-editsection"
    r"|edit-?section)(?=$|\s)",
    re.IGNORECASE,
)
_SHORT = 60
_SIMILAR = 4
_MOST_FACTS = 200
_NO_ALT = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)|[a-z]{8,}\d{1,4}|[a-z\d]+(?:[_-][a-z\d]+)+|[\d_-]+|null|undefined|image|photo|picture"
    r"|logo|icon|avatar|img"
    r"|.*(?:ai-generated content may be incorrect|description automatically generated(?: with .* confidence)?)\.?"
    r"|thumbnail|thumb|placeholder|spacer|preload|loading|print|share|e-?mail|search|close|menu|clip|letter|arrow|"
    r"featured image|default|untitled|alt(?: text)?|\S*_\S*|screen shot \d.*",
    re.IGNORECASE,
)
_OF_FACTS = re.compile(
    r"\b(?:by|von|par|por|and|und|et|y|on|at|in|the|of|published|posted|updated|last|modified|date|written|author"
    r"|words|text|report(?:er|ing)?|from|um|le|à"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|mai|jun\w*|jul\w*|aug\w*|sep\w*|o[ck]t\w*|nov\w*|de[cz]\w*|mon\w*|tue\w*"
    r"|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*"
    r"|am|pm|a\.m|p\.m|est|edt|pst|pdt|gmt|utc|bst|cet|et|pt|ist|uhr|st|nd|rd|th|am)\b|\d+",
    re.IGNORECASE,
)


def read_page(data: bytes, origin: Origin) -> tuple[Walked, Meta]:
    """What a page says, block by block, and what it says of its article; raises `ArticleError`."""
    text = page_text(data, origin)
    page = parse(text, origin.name)
    meta = metadata(page.root, origin)
    judgment = judge(text, page)
    box(page.root)
    choice = choose(page.root, judgment, meta.names)
    refuse(page.root, choice, meta, origin.name)
    meta = _completed(meta, choice)
    _known(choice, meta)
    walked = _walked(page.root, choice, meta)
    blocks, omitted = without_repeats(walked.blocks, walked.omitted)
    return replace(walked, blocks=_trimmed(blocks), omitted=omitted), meta


def _completed(meta: Meta, choice: Choice) -> Meta:
    """What the page says, with the title and the byline that its text shows."""
    title = choice.title
    authors, published = meta.authors, meta.published
    for leaf in choice.leaves:
        if choice.verdicts.get(leaf.element) is BlockKind.FURNITURE and leaf.letters < _SHORT * 2:
            said = facts_of(leaf.text)
            authors = authors or (said.authors if said else ())
            published = published or (said.published if said else None)
    return replace(meta, title=title.text if title else meta.title, authors=authors, published=published)


def _known(choice: Choice, meta: Meta) -> None:
    """Lines that say no more than the article's facts are facts, not furniture."""
    for leaf in choice.leaves:
        fate = choice.verdicts.get(leaf.element)
        if fate in {BlockKind.FURNITURE, Reason.OUTSIDE} and leaf.letters and _says_facts(leaf.text, meta):
            choice.verdicts[leaf.element] = Reason.FACT


def _says_facts(text: str, meta: Meta) -> bool:
    if len(text) > _MOST_FACTS or (not meta.authors and meta.published is None):
        return False
    rest = text
    for name in (*meta.authors, meta.site):
        rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE) if name else rest
    return not key(_OF_FACTS.sub(" ", rest))


def _walked(root: Element, choice: Choice, meta: Meta) -> Walked:
    told = _told(root, choice)
    heading = _title_element(choice)
    title = key(choice.title.text) if choice.title else ""

    def omit(element: Element) -> Reason | None:
        if element in choice.hidden:
            return Reason.MARKUP
        verdict = told.get(element)
        if isinstance(verdict, Reason):
            return verdict
        if local(element) == "img" and _says_nothing(element.get("alt") or "", title):
            return Reason.MARKUP
        if local(element) == "hr" and not _inside(element, choice.core):
            return Reason.OUTSIDE
        return _markup(element)

    def kind(element: Element) -> BlockKind | None:
        if heading is not None and element is heading:
            return BlockKind.TITLE
        verdict = told.get(element)
        outer = element.getparent()
        again = outer is not None and told.get(outer) is verdict
        return verdict if isinstance(verdict, BlockKind) and not again else None

    def image(element: Element) -> str:
        written = "" if element in choice.hidden or _markup(element) else address_of(element)
        return meta.address(written) if written else ""

    return walk(root, omit=omit, kind=kind, image=image)


def _says_nothing(alt: str, title: str) -> bool:
    """Whether the description of a picture is none: the name of a file, of its kind, or the article's title again.

    >>> [_says_nothing(alt, "afall") for alt in ("IMG_1234.jpg", "null", "A fall", "A cat", "Vesuvius")]
    [True, True, True, False, False]
    """
    return bool(alt) and (key(alt) == title or _NO_ALT.fullmatch(alt.strip()) is not None)


def _inside(element: Element, core: Element | None) -> bool:
    return core is None or any(outer is core for outer in element.iterancestors())


def _markup(element: Element) -> Reason | None:
    """Signs for the hand or for other devices inside a text: anchors of headings, "opens in a new window"."""
    if not element.keys():
        return None
    named = element.get("class")
    if named and _ANCHORS.search(named) and sum(map(len, element.itertext())) < _SHORT:
        return Reason.MARKUP
    if named and is_for_screen_readers(element) and local(element) not in HEADINGS:
        return Reason.MARKUP if sum(map(len, element.itertext())) < _SHORT else None
    return None


def _title_element(choice: Choice) -> Element | None:
    """The heading that holds the title."""
    if choice.title is None:
        return None
    for element in (choice.title.element, choice.title.element.getparent()):
        if element is not None and local(element) in HEADINGS:
            return element
    return choice.title.element


def _told(root: Element, choice: Choice) -> dict[Element, Verdict]:
    """What becomes of each element: what becomes of all leaves in it, where that is one thing."""
    told: dict[Element, Verdict] = {}
    held: dict[Element, Counter[Verdict]] = {}
    for element in reversed(list(root.iter("*"))):
        below = held.pop(element, Counter())
        if element in choice.verdicts:
            below[choice.verdicts[element]] += 1
        if below:
            one = _one(below, own=element in choice.verdicts)
            if one is not None:
                told[element] = one
            outer = element.getparent()
            if outer is not None:
                held.setdefault(outer, Counter()).update(below)
    return told


def _one(below: Counter[Verdict], *, own: bool) -> Verdict:
    """The one fate of several leaves; None where some are kept, or they differ.

    With `own`, the element has text of its own that cannot be told from its children's.
    """
    kinds = any(isinstance(verdict, BlockKind) for verdict in below)
    if below[None] or (len(below) > 1 and (kinds or not own)):
        return None
    return below.most_common(1)[0][0]


def without_repeats(blocks: Sequence[Block], omitted: Sequence[Omission]) -> tuple[list[Block], tuple[Omission, ...]]:
    """The blocks without descriptions of pictures that their caption or another picture says too; what is left out."""
    kept: list[Block] = []
    out = list(omitted)
    told: set[str] = set()
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        alone = block.kind is BlockKind.FIGURE and block.caption == len(block.text)
        words = key(block.text) if alone else ""
        below = after is not None and len(words) >= _SIMILAR and key(after.text).startswith(words)
        if below or words in told:
            out.append(Omission(block.source, Reason.REPEATED))
            kept += [_wordless(block)] if block.images else []
        else:
            kept.append(block)
        told |= {words} - {""}
    return kept, tuple(sorted(out, key=lambda each: each.source.start))


def _wordless(block: Block) -> Block:
    """A picture whose words stand elsewhere."""
    return replace(block, text="", marks=(), caption=0, source=replace(block.source, end=block.source.start))


def _trimmed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without breaks that stand at the ends, or beside another."""
    kept: list[Block] = []
    for block in blocks:
        empty = block.kind is BlockKind.BREAK and not block.text
        if not (empty and (not kept or kept[-1].kind is BlockKind.BREAK)):
            kept.append(block)
    while kept and kept[-1].kind is BlockKind.BREAK and not kept[-1].text:
        kept.pop()
    return tuple(kept)
