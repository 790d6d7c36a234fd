"""Word documents: styles to kinds of blocks, notes, the accepted text of tracked changes.

mammoth makes HTML of them. What it does not know (formulas, moved text, text boxes of one
kind) is made known to it before; a paragraph that is in no place of its HTML is added at the end.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from narrate.article.archive import open_archive
from narrate.article.assemble import assemble
from narrate.article.dom.tags import classes, local
from narrate.errors import ArticleError
from narrate.model import Article, BlockKind, Origin, Reason

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.article.dom.walk import Walked
    from narrate.article.facts import Facts

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = {
    "title": BlockKind.TITLE,
    "caption": BlockKind.FIGURE,
    "bibliography": BlockKind.REFERENCE,
}
_REASONS = {
    "contents": Reason.NAVIGATION,
    "running": Reason.NAVIGATION,
    "comment": Reason.OUTSIDE,
    "author": Reason.FACT,
    "date": Reason.FACT,
}


class DocxReader:
    """Reads Word documents of 2007 and later, with macros or without: none is ever run."""

    name = "docx"
    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx", ".dotm")
    confined = True

    def claims(self, head: bytes, origin: Origin) -> float:
        """0.95 for an archive with a Word document or of that suffix; 0.9 for an encrypted one of that suffix."""
        named = PurePosixPath(origin.name.lower()).suffix in self.suffixes
        if head.startswith(_ZIP):
            return 0.95 if named or b"word/" in head or b"[Content_Types].xml" in head[:200] else 0.0
        return 0.9 if named and head.startswith(_OLE) else 0.3 if named else 0.0

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article.

        Raises:
            ArticleError: no Word document, damaged, encrypted, too large, nested too deep, or without words.
        """
        from narrate.article.docx.facts import docx_facts
        from narrate.article.docx.html import docx_tree
        from narrate.article.dom.images import member_of
        from narrate.article.dom.walk import walk  # lxml and mammoth, which plain text need not load

        if data.startswith(_OLE):
            raise ArticleError(
                f"{origin.name} is encrypted with a password or an old Word document; open it in Word, and save it as"
                " .docx without a password"
            )
        archive = open_archive(data, origin.name)
        tree = docx_tree(archive)
        facts = docx_facts(archive, tree)
        walked = _one_title(walk(tree, omit=_omit, kind=_kind, image=member_of))
        article = assemble(walked.blocks, _titled(walked, facts), data, origin)
        return replace(article, text=walked.text, omitted=walked.omitted)


def _omit(element: Element) -> Reason | None:
    said = classes(element) if element.get("class") else frozenset()
    return next((_REASONS[each] for each in said if each in _REASONS), None)


def _kind(element: Element) -> BlockKind | None:
    from narrate.article.docx.html import is_picture

    if not element.get("class"):
        return BlockKind.FIGURE if local(element) == "p" and is_picture(element) else None
    return next((_KINDS[each] for each in classes(element) if each in _KINDS), None)


def _one_title(walked: Walked) -> Walked:
    """The first paragraph of the style Title is the title, any other a heading."""
    titles = [number for number, block in enumerate(walked.blocks) if block.kind is BlockKind.TITLE]
    blocks = (
        replace(block, kind=BlockKind.HEADING, level=1) if number in titles[1:] else block
        for number, block in enumerate(walked.blocks)
    )
    return replace(walked, blocks=tuple(blocks))


def _titled(walked: Walked, facts: Facts) -> Facts:
    """The title that the text shows goes before that in the file's properties, which is often another's."""
    shown = next((block for block in walked.blocks if block.kind is BlockKind.TITLE), None)
    heads = [block for block in walked.blocks if block.kind is BlockKind.HEADING]
    tops = [block for block in heads if block.level == 1]
    first = next((block for block in walked.blocks if block.text.strip()), None)
    if shown is None and len(tops) == 1 and tops[0] is first:
        shown = first
    return replace(facts, title=" ".join(shown.text.split()) if shown is not None else facts.title)
