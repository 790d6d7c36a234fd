"""Markdown: CommonMark with tables, strikethrough and footnotes, and front matter before it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from narrate.article.assemble import assemble
from narrate.article.bylines import with_bylines
from narrate.article.encoding import decode, glimpse, is_text
from narrate.article.facts import with_facts
from narrate.article.frontmatter import front_matter
from narrate.article.text import Read, parse_text
from narrate.errors import ArticleError
from narrate.model import Article, Block, BlockKind, Omission, Origin, Reason, Source

if TYPE_CHECKING:
    from narrate.article.facts import Facts
    from narrate.article.frontmatter import FrontMatter

_DEPTH = 60
"""Quotations and lists are parsed this deep; text nested deeper is kept as it stands."""

_MOST_BRACKETS = 1000
"""The parser takes time that grows with the square of the ``[`` in a paragraph (20,000: 1.2 CPU s)."""

_MOST_ROWS = 200_000
"""Lines that begin as rows of a table do: the parser holds more than 3 KB for each."""

_FORMULAS = re.compile(r"\$[^$\n]*(?:\\[A-Za-z]|[\^_{}=])[^$\n]*\$|^[ \t>]*\$\$", re.MULTILINE)
"""Dollars with a sign of TeX between them; without any, dollars are money all through."""

_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,6} \S",
        r"\[[^\]\n]+\]\([^)\s]+\)",
        r"^(?:```|~~~)",
        r"(?<!\*)\*\*[^*\s][^*\n]*\*\*",
        r"^\|.*\|\n\|[ :|-]+\|$",
        r"^\[[^\]\n]+\]: \S",
    )
)
_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)[ \t]*\n\s*[\w\"'-]+[ \t]*[:=]")


class MarkdownReader:
    """Reads Markdown, by its suffix or by headings, links, fences, tables and front matter in a text without one."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd")
    confined_from = 500_000

    def claims(self, head: bytes, origin: Origin) -> float:
        """0.9 for its suffixes; for other text, by how many kinds of signs of Markdown it bears."""
        if not is_text(head):
            return 0.0
        if PurePosixPath(origin.name.lower()).suffix in self.suffixes:
            return 0.9
        text = glimpse(head).replace("\r\n", "\n")
        if _FRONT_MATTER.match(text):
            return 0.8
        kinds = [sign.search(text) is not None for sign in _SIGNS]
        return 0.65 if kinds[0] and sum(kinds) > 1 else 0.5 if any(kinds[:3]) else 0.1

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article; raises `ArticleError` where there are no words, or the front matter is broken."""
        source = decode(data, origin.name)
        read = parse_markdown(source, origin.name)
        return replace(assemble(read.blocks, read.facts, data, origin), text=source, omitted=read.omitted)


def read_markdown(source: str, name: str) -> tuple[tuple[Block, ...], Facts]:
    """The blocks of a decoded Markdown source, and what its front matter says."""
    read = parse_markdown(source, name)
    return read.blocks, read.facts


def parse_markdown(source: str, name: str) -> Read:
    """The same, and what of the source is in no block: front matter, bylines, signs of the format."""
    front = front_matter(source, name)
    body = source[front.characters :]
    if body.count("\n|") > _MOST_ROWS:
        raise ArticleError(
            f"{name} has more than {_MOST_ROWS:,} rows of tables, which no article has; give narrate a part of it"
        )
    if any(chunk.count("[") > _MOST_BRACKETS for chunk in body.split("\n\n")):
        read = _as_text(body, front)
    else:
        read = _parsed(source, body, front)
    before = [Omission(Source(0, front.characters, 1), Reason.FACT)] if front.characters else []
    return replace(read, omitted=(*before, *read.omitted))


def _as_text(body: str, front: FrontMatter) -> Read:
    """What the parser would take too long for, as plain text."""
    read = parse_text("\n" * front.lines + body)
    shift = front.characters - front.lines
    return Read(
        tuple(replace(block, source=_moved(block.source, shift)) for block in read.blocks),
        replace(with_facts(front.facts, read.facts), title=front.facts.title or read.facts.title),
        tuple(replace(each, source=_moved(each.source, shift)) for each in read.omitted),
    )


def _moved(source: Source, shift: int) -> Source:
    return replace(source, start=source.start + shift, end=source.end + shift)


def _parsed(source: str, body: str, front: FrontMatter) -> Read:
    from markdown_it import MarkdownIt  # 60 ms that plain text need not pay
    from mdit_py_plugins.footnote import footnote_plugin

    from narrate.article.mdblocks import markdown_blocks, new_walk
    from narrate.article.mdmarkup import settled, signs_in
    from narrate.article.mdplaces import with_places

    parser = MarkdownIt("commonmark", {"maxNesting": _DEPTH}).enable(["table", "strikethrough"]).use(footnote_plugin)
    if _FORMULAS.search(body):
        from mdit_py_plugins.dollarmath import dollarmath_plugin

        parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    with_places(parser).core.ruler.disable(
        "footnote_tail"
    )  # it drops notes that nothing refers to; ours stay where they are
    env: dict[str, object] = {}
    walk = markdown_blocks(parser.parse(body, env), env, new_walk(body, front.characters, front.lines))
    titled, facts = _titled(settled(walk.blocks, source, walk.exact), front.facts)
    blocks, facts = with_bylines(titled, facts, lambda at: source[at.start : at.end])
    image = facts.image or next((picture.source for picture in walk.pictures if picture.source), "")
    told = Counter(block.source for block in titled) - Counter(block.source for block in blocks)
    if any(block.source in told for block in blocks):
        blocks, told = titled, Counter()  # a byline that shares its place with prose, as in a line of HTML, is heard
    facts_told = (Omission(at, Reason.FACT) for at in sorted(told, key=lambda at: at.start))
    omitted = (*facts_told, *signs_in(body, front.characters, front.lines))
    return Read(tuple(blocks), replace(facts, image=image), omitted)


def _titled(blocks: list[Block], facts: Facts) -> tuple[list[Block], Facts]:
    """The first heading is the title if it is of the first level, or says what the front matter says."""
    first = next((at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING), None)
    if first is None:
        return blocks, facts
    heading = blocks[first]
    same = heading.text.casefold() == facts.title.casefold()
    if not same and (facts.title or heading.level > 1):
        return blocks, facts
    title = replace(heading, kind=BlockKind.TITLE, level=0)
    return [*blocks[:first], title, *blocks[first + 1 :]], replace(facts, title=facts.title or heading.text)
