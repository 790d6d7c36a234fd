"""A title that was made of the beginning of the text is not heard twice; one of its own always is."""

from __future__ import annotations

import pytest

from narrate.article.text import TextReader
from narrate.model import Article, Block, BlockKind, Origin, Role, Script, Source, Style, Voice
from narrate.script import dump_script, load_script, write_script

VOICE = Voice("tone", "tone", "tone", "und")


def titles_heard(script: Script) -> int:
    """How many title segments are heard."""
    return sum(segment.role is Role.TITLE and not segment.skip for segment in script.segments)


def entitled(title: str, *blocks: tuple[BlockKind, str]) -> Article:
    """An article of these blocks."""
    made = tuple(Block(kind, text, Source(n, n + 1, n + 1)) for n, (kind, text) in enumerate(blocks))
    return Article(title, made, Origin("a.txt", "a.txt"), "0" * 64, "en")


@pytest.mark.parametrize(
    "text",
    [
        "The mill stood still. Nobody knew why.",
        "The mill at the bend of the river stood still for the first time in two hundred years. Nobody knew why.",
        "“Who stopped it?” she asked. Nobody knew why, and nobody had seen it stand still in all those years.",
    ],
)
def test_the_first_words_are_heard_once(text: str) -> None:
    """A text without a title is heard from its first word, and its episode is called after its start."""
    article = TextReader().read(text.encode(), Origin("standard input"))

    script = write_script([article], Style(), VOICE)

    assert titles_heard(script) == 0
    assert script.title == article.title
    assert text.startswith(article.title)
    assert next(each.chapter for each in script.segments if not each.skip) == article.title
    assert load_script(dump_script(script), "a.yaml", Style()).segments == script.segments


@pytest.mark.parametrize(
    "article",
    [
        entitled("Bread", (BlockKind.PARAGRAPH, "Bread is old.")),
        entitled("The mill", (BlockKind.PARAGRAPH, "The millstones stood. Nobody knew why.")),
        entitled("The mill stood", (BlockKind.PARAGRAPH, "The mill stood")),
        entitled("The mill stood.", (BlockKind.HEADING, "The mill stood. Why?"), (BlockKind.PARAGRAPH, "It did.")),
        entitled("The mill stood", (BlockKind.PARAGRAPH, "Then.")),
        entitled("…", (BlockKind.PARAGRAPH, "The mill stood.")),
    ],
    ids=["a word that begins the text", "half a word", "all of the text", "a heading", "another", "no letters"],
)
def test_a_title_of_its_own_is_heard(article: Article) -> None:
    """A title that is not the text's beginning is announced; one that is all of the first paragraph takes its place."""
    script = write_script([article], Style(), VOICE)

    titles = [segment for segment in script.segments if segment.role is Role.TITLE]
    assert len(titles) >= 1
    assert titles[0].why in {"", "nothing to say"}


def test_an_edition_announces_every_article() -> None:
    """There the title parts the articles, and opens their chapters."""
    articles = [TextReader().read(b"The mill stood still. Nobody knew why.", Origin("standard input"))] * 2

    assert titles_heard(write_script(articles, Style(), VOICE)) == 2
