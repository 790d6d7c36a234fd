"""XHTML that is broken is read for its words, and for nothing else."""

from __future__ import annotations

import pytest

from narrate.article.xmltree import decoded, xhtml_tree
from narrate.errors import ArticleError


def test_attributes_without_quotes_are_not_words() -> None:
    """Of two repairs the one is taken that says what is written: no attribute is heard."""
    page = b"<html><body><table><tr><td rowspan=65535 colspan=65535>bread</td><td>salt</td></tr></table></body></html>"

    assert "".join(map(str, xhtml_tree(page, "a").itertext())) == "breadsalt"


@pytest.mark.parametrize("encoding", ["cp037", "cp500", "cp1140"])
def test_ebcdic_is_read_where_it_is_declared(encoding: str) -> None:
    """A file that begins with "<?xml" in EBCDIC is in the encoding that it declares (XML 1.0, appendix F)."""
    words = f'<?xml version="1.0" encoding="{encoding}"?><p>Brötchen</p>'

    assert decoded(words.encode(encoding), "a.xml").endswith("<p>Brötchen</p>")


@pytest.mark.parametrize(
    "data", ["<p>Bread and salt</p>".encode("cp037") * 5, "<?xml version=.1.?><p>Br\xf6tchen</p>".encode("cp037")]
)
def test_ebcdic_that_declares_nothing_is_refused(data: bytes) -> None:
    """What may be any of a dozen code pages is not guessed."""
    with pytest.raises(ArticleError, match=r"^a\.epub: one\.xhtml is in EBCDIC"):
        decoded(data, "a.epub: one.xhtml")


def test_utf_7_is_refused() -> None:
    """XML may be in UTF-7 by its letter; no program of books reads it, and it hides markup."""
    with pytest.raises(ArticleError, match=r"^a\.epub: one\.xhtml is in UTF-7"):
        decoded('<?xml version="1.0" encoding="utf-7"?><p>+AGI-read</p>'.encode("ascii"), "a.epub: one.xhtml")
