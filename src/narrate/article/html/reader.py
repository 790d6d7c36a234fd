"""HTML: the article of a page, and what the page says of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from narrate.article.assemble import assemble
from narrate.article.encoding import glimpse
from narrate.article.facts import Facts

if TYPE_CHECKING:
    from narrate.article.html.meta import Meta
    from narrate.model import Article, Origin

_MIMES = frozenset({"text/html", "application/xhtml+xml"})
_SIGNS = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FIRST = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*+)*+(?:<!doctype\s+html|<html[\s>]|<head[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(
    r"\s*<(?:p|div|article|main|section|h[1-6]|table|body|meta|title|ul|ol|span|br|center|font)[\s>]", re.IGNORECASE
)


class HtmlReader:
    """Reads pages of HTML: the article alone, without what a site puts round it."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", ".shtml")
    confined = True

    def claims(self, head: bytes, origin: Origin) -> float:
        """1 for a document of HTML by its first words, 0.9 for its suffixes and what a server calls HTML."""
        text = glimpse(head)
        if "<" not in text or text.startswith(("%PDF", "PK")):
            return 0.0
        markdown = PurePosixPath(origin.name.lower()).suffix in {".md", ".markdown", ".txt"}
        if _FIRST.match(text) and not markdown:
            return 1.0
        named = PurePosixPath(origin.name.lower()).suffix in self.suffixes or origin.mime in _MIMES
        if named:
            return 0.95
        return 0.7 if _ELEMENT.match(text) and _SIGNS.search(text) and not markdown else 0.0

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article; raises `ArticleError` where the page has none, and says what it has instead."""
        from narrate.article.html.reading import read_page

        walked, meta = read_page(data, origin)
        article = assemble(walked.blocks, _facts(meta), data, origin)
        told = replace(article, text=walked.text, omitted=walked.omitted)
        return replace(told, image_alt=meta.image_alt, site=meta.site)


def _facts(meta: Meta) -> Facts:
    return Facts(
        title=meta.title,
        authors=meta.authors,
        published=meta.published,
        url=meta.url,
        language=meta.language,
        image=meta.image,
    )
