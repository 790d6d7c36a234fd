"""What real pages of several kinds have shown: formulas, lists, recipes, people who are no authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.errors import ArticleError
from narrate.model import BlockKind, MarkKind
from narrate.script.marks import led
from narrate.script.utterances import Sentence

from .test_selection import PROSE, paragraphs, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Article

    Read = Callable[..., Article]
    Site = Callable[..., str]

FORMULA = (
    "<span class='mwe-math-element'><span class='mwe-math-mathml-inline mwe-math-mathml-a11y' style='display: none;'>"
    "<math alttext='{\\displaystyle x^{2}}'><semantics><msup><mi>x</mi><mn>2</mn></msup>"
    "<annotation encoding='application/x-tex'>{\\displaystyle x^{2}}</annotation></semantics></math></span>"
    "<img class='mwe-math-fallback-image-inline' aria-hidden='true' alt='{\\displaystyle x^{2}}' src='x.svg'></span>"
)
COMMENTS = (
    "<section class='comments'><ol class='comment-list'><li><span itemprop='author'>Cal Reader</span>"
    "<p>I was there and it was worse than you say it was, friends.</p></li></ol></section>"
)


def test_a_formula_that_is_hidden_beside_its_picture_is_read(read: Read, site: Site) -> None:
    """An encyclopedia hides the formula from eyes and the picture from ears."""
    article = read(site(f"{paragraphs(0, 2)}<p>The height is {FORMULA} of the river's width, they say.</p>"))

    block = next(block for block in article.blocks if block.text.startswith("The height"))
    assert [block.text[mark.start : mark.end] for mark in block.marks if mark.kind is MarkKind.MATH] == ["x^{2}"]


def test_a_list_behind_a_colon_is_read_though_all_its_items_are_links(read: Read, site: Site) -> None:
    """What a paragraph announces is of the text."""
    listed = "<ul><li><a href='/a'>The old stone bridge</a></li><li><a href='/b'>The mill by the weir</a></li></ul>"
    article = read(
        site(f"{paragraphs(0, 2)}<p>The water took several things that stood by the river:</p>{listed}{paragraphs(2)}")
    )

    assert {"The old stone bridge", "The mill by the weir"} <= set(said(article))


def test_a_label_over_a_list_and_a_line_between_its_like_are_read(read: Read, site: Site) -> None:
    """A recipe's parts are short lines, and some are links."""
    items = "".join(f"<li>{part} of flour from the mill, sifted twice</li>" for part in ("Ten pounds", "Two cups"))
    rows = [
        "<div class='item'>Two ounces of golden syrup, warmed in a pan first.</div>",
        "<div class='item'>4 <a href='/m'>medium <i>eggs</i></a></div>",
        "<div class='item'>One ounce of fresh crumbs of the bread of yesterday.</div>",
    ]
    article = read(site(f"{paragraphs()}<div class='h'>Ingredients</div><ul>{items}</ul><div>{''.join(rows)}</div>"))

    assert {"Ingredients", "4 medium eggs"} <= set(said(article))


def test_readers_who_comment_are_no_authors(read: Read) -> None:
    """Only who is named beside the article wrote it; one name in two cases is one person."""
    by = "<span itemprop='author'>ann lee</span> <span itemprop='author'>Ann Lee</span>"
    article = read(f"<article><p>{by}</p>{paragraphs()}</article>{COMMENTS}")

    assert article.authors == ("ann lee",)


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Ann Lee, MD", ("Ann Lee",)),
        ("Ann Lee, Chief Water Officer", ("Ann Lee",)),
        ("National Rain, Snow, and Hail Institute", ("National Rain, Snow, and Hail Institute",)),
        ("Ann Lee, Bo Day", ("Ann Lee", "Bo Day")),
    ],
)
def test_degrees_and_posts_are_no_authors(read: Read, written: str, authors: tuple[str, ...]) -> None:
    """Commas stand between names, before a degree or a post, and in the name of a body."""
    article = read(
        f"<article>{paragraphs()}</article>", head=f"<title>Rain</title><meta name=author content='{written}'>"
    )

    assert article.authors == authors


def test_authors_of_a_paper_are_all_named_given_name_first(read: Read) -> None:
    """Catalogues have an element for each, with the surname before a comma."""
    metas = "".join(f"<meta name=citation_author content='{name}'>" for name in ("Lee, Ann", "Day, Bo C.", "Eve Fox"))
    article = read(f"<article>{paragraphs()}</article>", head=f"<title>Rain</title>{metas}")

    assert article.authors == ("Ann Lee", "Bo C. Day", "Eve Fox")


def test_a_description_that_a_program_made_is_not_read(read: Read, site: Site) -> None:
    """It says so itself."""
    alt = "A screenshot of a chat AI-generated content may be incorrect."
    article = read(site(f"{paragraphs(0, 2)}<figure><img src=a.jpg alt='{alt}'></figure>{paragraphs(2)}"))

    assert alt not in said(article)


def test_a_standfirst_below_the_picture_is_read(read: Read, site: Site) -> None:
    """A picture is not where the text begins."""
    figure = "<figure><img src=a.jpg><figcaption>The bridge before the flood came.</figcaption></figure>"
    standfirst = "<h2>The minister came to the bridge on Thursday morning and met the mayor.</h2>"
    article = read(site(f"{figure}{standfirst}<div class='tools'><a href='/p'>Print it</a></div>{paragraphs()}"))

    assert any(text.startswith("The minister") for text in said(article))


def test_one_description_of_many_pictures_is_read_once(read: Read, site: Site) -> None:
    """A site may describe all its pictures by the same words."""
    picture = "<figure><img src='{}.jpg' alt='Tea cakes of the valley'></figure>"
    article = read(site(f"{paragraphs(0, 2)}{picture.format(1)}{paragraphs(2, 4)}{picture.format(2)}{paragraphs(4)}"))

    assert said(article).count("Tea cakes of the valley") == 1


def test_a_heading_over_other_articles_is_furniture(read: Read, site: Site) -> None:
    """Also where a script would have put them below it."""
    article = read(site(f"{paragraphs()}<h3>You might also like</h3><h3>Other people are reading</h3>"))

    assert said(article)[-1] == PROSE[-1]
    assert all(block.kind is BlockKind.FURNITURE for block in article.blocks if "lik" in block.text[-5:])


def test_a_page_of_which_a_word_of_a_menu_is_left_is_refused(read: Read) -> None:
    """What a script would have filled in is not there."""
    menu = "<ul><li>Explore</li><li><a href='/a'>Drinks</a></li></ul><div id=app></div><script src=a.js></script>"

    with pytest.raises(ArticleError, match="is made by scripts"):
        read(menu)


def test_a_caption_that_says_what_it_is_is_not_told_twice() -> None:
    """An image of an image is none; the number of a list item is said whatever the item says."""
    assert led("Image: {}", Sentence("Image: a mill.", "en")).written == "Image: a mill."
    assert led("1. {}", Sentence("1. And bread.", "en")).written == "1. 1. And bread."
