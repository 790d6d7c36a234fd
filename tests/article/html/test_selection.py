"""Which part of a page is read, and what becomes of the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from narrate.model import BlockKind, MarkKind, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Article

    Read = Callable[..., Article]
    Site = Callable[..., str]

PROSE = (
    "The river rose in the night and nobody in the valley had expected it to reach the bridge before the morning.",
    "Farmers drove their animals to the hills, and the school on the square took in everyone who had lost a roof.",
    "By noon the water had fallen again, leaving mud on the tables of the inn and a boat in the mayor's garden.",
    "Nobody was hurt, the council said, though the mill that had stood by the weir for two centuries is gone.",
    "Engineers will look at the bridge next week; until then the road to the coast stays closed to lorries.",
)
"""Paragraphs that could stand in a newspaper."""


def paragraphs(first: int = 0, last: int = len(PROSE)) -> str:
    """Some of them as HTML."""
    return "\n".join(f"<p>{text}</p>" for text in PROSE[first:last])


_UNREAD = {BlockKind.FURNITURE, BlockKind.BYLINE}


def said(article: Article) -> list[str]:
    """What is read, block by block."""
    return [block.text for block in article.blocks if block.kind not in _UNREAD and block.text]


def omitted(article: Article, reason: Reason) -> str:
    """All that is left out for a reason."""
    spans = (each.source for each in article.omitted if each.reason is reason)
    return "\n".join(article.text[span.start : span.end] for span in spans)


def test_the_article_is_read_and_nothing_of_the_site(read: Read, site: Site) -> None:
    """Title and paragraphs in their order; menus, lists of other articles, comments and rights are left out."""
    article = read(site(paragraphs()))

    assert said(article) == ["The flood", *PROSE]
    assert "Sport" in omitted(article, Reason.NAVIGATION)
    assert "I was there" in omitted(article, Reason.OTHER)
    assert "A cat in a tree" in omitted(article, Reason.NAVIGATION)


@pytest.mark.parametrize(
    "inside",
    [
        '<img src="a.jpg" alt="the weir"> ',
        '<a href="/x">a link</a> ',
        '<a href="/x"><img src="a.jpg" alt="the weir"></a> ',
        "<br>",
        "<br><br>",
        "<em>much</em> ",
        '<span class="ad"></span>',
        '<a class="share" href="/x">linked</a> ',
        "<button>go</button> ",
        "<!-- note -->",
        "<script>x()</script>",
        '<sup><a href="#n">1</a></sup> ',
        "<wbr>",
        '<picture><source srcset="x"><img src="a.jpg" alt=""></picture>',
    ],
)
def test_no_text_vanishes_around_an_image_or_a_link(inside: str, read: Read, site: Site) -> None:
    """What other tools lose: the words before and after whatever stands in a paragraph."""
    head, tail = PROSE[1].split("and the school ")
    changed = f"<p>{PROSE[0]}</p><p>{head}{inside}and the school {tail}</p>{paragraphs(2)}"

    heard = " ".join(" ".join(said(read(site(changed)))).split())

    assert head.strip() in heard
    assert f"and the school {tail}" in heard
    assert all(text in heard for text in (PROSE[0], *PROSE[2:]))


@pytest.mark.parametrize("tag", ["div", "span", "section", "font", "center"])
def test_paragraphs_without_p_are_read_too(tag: str, read: Read, site: Site) -> None:
    """In whatever element they stand, and with nothing but line breaks between them."""
    wrapped = "".join(f"<{tag}>{text}</{tag}><br><br>" for text in PROSE)

    heard = " ".join(said(read(site(wrapped))))

    assert all(text in heard for text in PROSE)


def test_text_that_stands_beside_blocks_is_read(read: Read, site: Site) -> None:
    """Loose in its container, without an element of its own."""
    loose = f"<p>{PROSE[0]}</p>{PROSE[1]} <b>So it was.</b><p>{PROSE[2]}</p>{PROSE[3]}<p>{PROSE[4]}</p>"

    heard = said(read(site(loose)))

    assert f"{PROSE[1]} So it was." in heard
    assert PROSE[3] in heard


def test_captions_and_descriptions_are_one_figure(read: Read, site: Site) -> None:
    """A picture's description, then its caption; where the caption says the same it is said once."""
    figure = '<figure><img src="a.jpg" alt="The bridge"><figcaption>Six in the morning.</figcaption></figure>'
    again = '<img src="b.jpg" alt="A boat in a garden"><p>A boat in a garden</p>'

    article = read(site(f"{paragraphs(0, 2)}{figure}{paragraphs(2, 4)}{again}{paragraphs(4)}"))
    figures = [block for block in article.blocks if block.kind is BlockKind.FIGURE]

    assert [(block.text, block.caption) for block in figures] == [("The bridge\nSix in the morning.", 11), ("", 0)]
    assert "".join(said(article)).count("A boat in a garden") == 1
    assert omitted(article, Reason.REPEATED) == "A boat in a garden"


@pytest.mark.parametrize("alt", ["IMG_2043.jpg", "image", "The flood", "hero-banner", "null"])
def test_a_description_that_says_nothing_is_not_read(alt: str, read: Read, site: Site) -> None:
    """A file's name, the kind of thing, or the title once more."""
    article = read(site(f'{paragraphs(0, 2)}<img src="a.jpg" alt="{alt}">{paragraphs(2)}'))

    assert said(article) == ["The flood", *PROSE]
    assert alt in omitted(article, Reason.MARKUP)


def test_a_pull_quote_is_a_quote(read: Read, site: Site) -> None:
    """Not a paragraph in the middle of another thought, and not lost."""
    pulled = '<aside class="pull-quote"><p>The mill that stood for two centuries is gone.</p></aside>'

    article = read(site(f"{paragraphs(0, 2)}{pulled}{paragraphs(2)}"))

    assert [(block.text, block.level) for block in article.blocks if block.kind is BlockKind.QUOTE] == [
        ("The mill that stood for two centuries is gone.", 1)
    ]


@pytest.mark.parametrize(
    "line",
    [
        '<div class="share"><a href="/x">Share on X</a></div>',
        '<div class="newsletter-signup"><p>Get the news every morning in your mail. Sign up now.</p></div>',
        '<p>Read more: <a href="/z">The flood of 1926 in pictures</a></p>',
        '<p class="photo-credit">Photo: Bo Ray</p>',
        "<p>ADVERTISEMENT</p>",
        '<div class="tags"><a href="/t">Weather</a> <a href="/u">Rivers</a></div>',
        "<p>Share this article</p>",
    ],
)
def test_what_a_site_puts_between_paragraphs_is_furniture(line: str, read: Read, site: Site) -> None:
    """It is kept as furniture, for those who want it, and what stands around it is read."""
    article = read(site(f"{paragraphs(0, 3)}{line}{paragraphs(3)}"))

    assert said(article) == ["The flood", *PROSE]
    assert any(block.kind is BlockKind.FURNITURE for block in article.blocks)


@pytest.mark.parametrize(
    "aside",
    [
        '<aside class="tip"><p>If you live by a river, keep your papers upstairs and a lamp by the bed.</p></aside>',
        "<details><summary>How</summary><p>A weir slows a river by a step in its bed, and holds it.</p></details>",
        '<div class="correction"><p>An earlier version of this article said that the mill was new.</p></div>',
        '<div class="standfirst">One night in March the river took the mill and the road.</div>',
    ],
)
def test_prose_in_other_boxes_is_read(aside: str, read: Read, site: Site) -> None:
    """A tip, what a reader may open, a correction, the sentences under the title."""
    text = next(words for words in re.split(r"<[^>]*>", aside) if len(words) > 20)

    assert text in said(read(site(f"{paragraphs(0, 3)}{aside}{paragraphs(3)}")))


def test_a_list_of_contents_is_navigation(read: Read, site: Site) -> None:
    """Links to places of the same page are for the eye; a list of notes is none, nor one of other links."""
    contents = (
        "<h2>Contents</h2><ol>" + "".join(f'<li><a href="#s{at}">Section {at}</a></li>' for at in range(4)) + "</ol>"
    )
    section = '<h2 id="s1">Section 1</h2>'

    article = read(site(f"{paragraphs(0, 2)}{contents}{section}{paragraphs(2)}"))

    assert said(article) == ["The flood", *PROSE[:2], "Section 1", *PROSE[2:]]
    assert "Section 3" in omitted(article, Reason.NAVIGATION)


def test_a_heading_over_nothing_that_is_read_is_furniture(read: Read, site: Site) -> None:
    """A heading such as "See also" goes with the links below it; a heading over text stays."""
    links = "".join(f'<li><a href="/{number}">Another story of the valley</a></li>' for number in range(4))
    body = f"{paragraphs(0, 2)}<h2>The morning</h2>{paragraphs(2)}<h2>See also</h2><ul>{links}</ul>"

    article = read(site(body))

    assert [block.text for block in article.blocks if block.kind is BlockKind.HEADING] == ["The morning"]
    assert "See also" not in said(article)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Unseen words of a page.</p>",
        '<p style="display:none">Unseen words of a page.</p>',
        '<p aria-hidden="true">Unseen words of a page.</p>',
        "<template><p>Unseen words of a page.</p></template>",
        "<noscript><p>Unseen words of a page.</p></noscript>",
        '<p>See <a href="/x">this<span class="sr-only"> Unseen words of a page.</span></a>, they say.</p>',
    ],
)
def test_what_a_browser_does_not_show_is_not_read(hidden: str, read: Read, site: Site) -> None:
    """Neither what is hidden nor what is for programs."""
    article = read(site(f"{paragraphs(0, 3)}{hidden}{paragraphs(3)}"))

    assert "Unseen" not in " ".join(block.text for block in article.blocks)


def test_an_article_hidden_by_a_dialog_when_it_was_saved_is_read(read: Read, site: Site) -> None:
    """Saved pages hide everything behind the dialog that was open."""
    article = read(f'<div aria-hidden="true">{site(paragraphs())}</div><div role="dialog">Accept our cookies?</div>')

    assert said(article) == ["The flood", *PROSE]


def test_structure_comes_from_the_page(read: Read, site: Site) -> None:
    """Lists with their numbers and depth, tables with heads, code with its lines, quotes, notes, marks."""
    body = f"""{paragraphs(0, 2)}
      <ol start="3"><li>Third thing<ul><li>inner thing</li></ul></li><li>Fourth thing</li></ol>
      <table><tr><th>Place</th><th>Metres</th></tr><tr><td>Weir</td><td>4.2</td></tr></table>
      <pre><code>def f(x):\n    return x</code></pre>
      <blockquote><p>We heard it before we saw it.</p></blockquote>
      <p>She called it <i lang="fr">une catastrophe</i>.<sup><a href="#n1" id="r1">1</a></sup></p>
      <p lang="de">Nichts geht mehr.</p>
      {paragraphs(2)}
      <section class="footnotes"><ol><li id="n1">She said it twice. <a href="#r1">↩</a></li></ol></section>"""

    article = read(site(body))
    found = {block.text: block for block in article.blocks}

    assert [(found[text].level, found[text].number) for text in ("Third thing", "inner thing", "Fourth thing")] == [
        *((1, 3), (2, 0), (1, 4))
    ]
    assert found["Place\tMetres\nWeir\t4.2"].kind is BlockKind.TABLE
    assert found["def f(x):\n    return x"].kind is BlockKind.CODE
    assert found["We heard it before we saw it."].kind is BlockKind.QUOTE
    assert found["Nichts geht mehr."].language == "de"
    assert (found["She said it twice."].kind, found["She said it twice."].note) == (BlockKind.NOTE, "n1")
    marks = {(mark.kind, mark.value) for mark in found["She called it une catastrophe.1"].marks}
    assert {(MarkKind.LANGUAGE, "fr"), (MarkKind.NOTE_REFERENCE, "n1")} <= marks


@pytest.mark.parametrize(
    "body",
    [
        "<p>Hello, world.</p>",
        "Words alone.",
        "<div>One.</div><div>Two.</div>",
        "<pre>$ ls\n</pre>",
        "<h1>Only this</h1>",
    ],
)
def test_a_short_page_without_a_site_is_read_whole(body: str, read: Read) -> None:
    """Nobody judges a page of ten words: all of it is the article."""
    article = read(body, head="")

    assert "".join(said(article)).replace("\n", "") in body.replace("\n", "").replace("</div><div>", "")
    assert article.omitted == ()


def test_paragraphs_that_are_all_alike_are_all_read(read: Read) -> None:
    """A refrain is not a copy of the site's."""
    article = read("<article>" + "<p>The same refrain of the same old song, sung again.</p>" * 30 + "</article>")

    assert len(said(article)) == 30
