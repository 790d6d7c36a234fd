"""Markdown: CommonMark with tables, strikethrough and footnotes, and front matter before it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from narrate.article.assemble import assemble
from narrate.article.bylines import with_bylines
from narrate.article.encoding import decode, glimpse, is_text
from narrate.article.facts import with_facts
from narrate.article.frontmatter import front_matter
from narrate.article.text import read_text
from narrate.model import Article, Block, BlockKind, Origin

if TYPE_CHECKING:
    from narrate.article.facts import Facts
    from narrate.model import Source

_DEPTH = 60
"""Quotations and lists are parsed this deep; text nested deeper is kept as it stands."""

_MOST_BRACKETS = 1000
"""The parser takes time that grows with the square of the ``[`` in a paragraph (20,000: 1.2 CPU s)."""

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
        blocks, facts = read_markdown(source, origin.name)
        return assemble(blocks, facts, data, origin)


def read_markdown(source: str, name: str) -> tuple[tuple[Block, ...], Facts]:
    """The blocks of a decoded Markdown source, and what its front matter says."""
    front = front_matter(source, name)
    body = source[front.characters :]
    if any(chunk.count("[") > _MOST_BRACKETS for chunk in body.split("\n\n")):
        blocks, told = read_text("\n" * front.lines + body)
        shift = front.characters - front.lines
        moved = (replace(block, source=_moved(block, shift)) for block in blocks)
        return tuple(moved), replace(with_facts(front.facts, told), title=front.facts.title or told.title)
    return _parsed(body, front.facts, front.characters, front.lines)


def _moved(block: Block, shift: int) -> Source:
    return replace(block.source, start=block.source.start + shift, end=block.source.end + shift)


def _parsed(body: str, facts: Facts, offset: int, base: int) -> tuple[tuple[Block, ...], Facts]:
    from markdown_it import MarkdownIt  # 60 ms that plain text need not pay
    from mdit_py_plugins.footnote import footnote_plugin

    from narrate.article.mdblocks import markdown_blocks, new_walk

    parser = MarkdownIt("commonmark", {"maxNesting": _DEPTH}).enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.core.ruler.disable("footnote_tail")  # it drops notes that nothing refers to; ours stay where they are
    env: dict[str, object] = {}
    walk = markdown_blocks(parser.parse(body, env), env, new_walk(body, offset, base))
    blocks, facts = with_bylines(*_titled(walk.blocks, facts), lambda at: body[at.start - offset : at.end - offset])
    image = facts.image or next((picture.source for picture in walk.pictures if picture.source), "")
    return tuple(blocks), replace(facts, image=image)


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
