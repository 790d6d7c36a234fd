"""PDF: what is known of it before a page of it is opened; see `reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model import Article, Origin

_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
"""Programs look for the sign in the first 1,024 bytes (ISO 32000-1, annex H, note 13)."""


class PdfReader:
    """Reads PDF."""

    name = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)
    confined = True

    def claims(self, head: bytes, origin: Origin) -> float:  # noqa: ARG002 # what a reader is asked
        """1 for what begins like a PDF, 0.9 for what does a little later, 0 for all else."""
        if head.startswith(_MAGIC):
            return 1.0
        return 0.9 if _MAGIC in head[:_MAGIC_WITHIN] and b"\0" not in head[: head.find(_MAGIC)] else 0.0

    def read(self, data: bytes, origin: Origin) -> Article:
        """The article.

        Raises:
            ArticleError: it cannot be opened, or holds no text that can be read.
        """
        from narrate.article.pdf.reading import read_pdf  # 40 ms that other articles need not pay

        return read_pdf(data, origin)
