"""Pages of the printed source are nothing to an ear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from narrate.article.html.reader import HtmlReader
from narrate.model import Article, Diction, MarkKind, Origin, Style, Voice
from narrate.model.diction import Citations, Links, Mathematics, Policy
from narrate.pipeline.covering import bug_in, cover
from narrate.script import write_script

BREAK = '<span role="doc-pagebreak" aria-label="12"></span>'
PAGE = (
    "<html lang='en'><title>The weir</title><body><article><h1>The {0}weir</h1>"
    "<p>The water stood above{0} the weir. {0}Nobody went to bed<a href='#n1' role='doc-noteref'>{0}1</a>, for 1{0}9"
    " Dr. {0}Smiths were <i lang='fr'>bien {0}fatigu\u00e9s. Et {0}puis rien.</i> See <a href='https://example.org/'>the{0}"
    " map</a> [{0}2], and so it went on for a long while, in every house of the town by the river.</p>"
    "<ul><li>{0}One</li><li>Two{0}</li></ul><blockquote><p>{0}It was so.</p></blockquote>"
    "<table><tr><th>a</th><th>{0}b</th></tr><tr><td>c {0}d</td><td>e</td></tr></table>"
    "<pre>x = 1\n{0}y = 2</pre><aside role='doc-footnote' id='n1'><p>1 It was {0}built in 1790.</p></aside>"
    "</article></body></html>"
)
TALKATIVE = Policy(links=Links.ANNOUNCE, citations=Citations.SKIP, mathematics=Mathematics.SAY)


def article(mark: str) -> Article:
    """The article, with that wherever a page begins."""
    return HtmlReader().read(PAGE.format(mark).encode(), Origin("weir.html"))


@pytest.mark.parametrize("policy", [Policy(), TALKATIVE])
def test_pages_change_nothing_that_is_said(policy: Policy) -> None:
    """Segments, their names, what is written and said in them and its languages are those of a text without pages."""
    style = replace(Style(), diction=Diction(policy=policy))
    paged, plain = article(BREAK), article("")
    voice = Voice("tone", "tone", "tone", "und")

    marks = [mark for block in paged.blocks for mark in block.marks if mark.kind is MarkKind.PAGE]
    script = write_script([paged], style, voice)
    assert len(marks) > 10
    assert script.segments == write_script([plain], style, voice).segments
    covered = cover([paged], script, style.diction)
    assert covered is not None
    assert not bug_in(covered)
