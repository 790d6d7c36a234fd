"""From articles to segments: openings, closings, chapters, silences, editions, and that nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import ScriptError
from narrate.model import (
    Article,
    Block,
    BlockKind,
    Mark,
    MarkKind,
    MusicPart,
    Origin,
    Pauses,
    Role,
    Script,
    Source,
    Style,
    Voice,
)
from narrate.script import write_script

ArticleOf = Callable[..., Article]

PARAGRAPH = ("paragraph", "Some body text.")
BREAK = ("break", "")


def heard(script: Script) -> list[str]:
    """What is said, a segment an item."""
    return [" ".join(each.written for each in segment.utterances) for segment in script.segments if not segment.skip]


def chapters(script: Script) -> list[tuple[str, str]]:
    """Which chapter opens with which words."""
    return [(each.chapter, each.utterances[0].written) for each in script.segments if each.chapter is not None]


def pauses(script: Script) -> list[int]:
    """The silences after what is heard."""
    return [segment.pause_ms for segment in script.segments if not segment.skip]


def skipped(script: Script) -> list[tuple[Role, str]]:
    """What is kept and not heard."""
    return [
        (segment.role, "".join(each.written for each in segment.utterances))
        for segment in script.segments
        if segment.skip
    ]


def test_no_articles_are_refused(joe: Voice) -> None:
    """A script of nothing is an error, not an empty file."""
    with pytest.raises(ScriptError, match="no article"):
        write_script([], Style(), joe)


def test_opening_and_closing_with_every_fact(joe: Voice, article_of: ArticleOf) -> None:
    """Show, title, authors, date, disclosure; the end and the link: the templates of the golden reference."""
    article = article_of(PARAGRAPH, authors=("Ann Lee", "Bo Poe"), published=date(2026, 11, 24), url="https://x.org/a")
    script = write_script([article], Style(show="Morning Reads"), joe)

    assert heard(script) == [
        "Morning Reads.",
        "The Title",
        "By Ann Lee and Bo Poe. Published November 24, 2026. This article is read by an AI voice.",
        "Some body text.",
        "End of article. The link to the original is in the notes.",
    ]
    spoken = [each.spoken for segment, each in script.spoken() if segment.role is Role.ANNOUNCEMENT]
    assert spoken[2] == "Published November twenty fourth, twenty twenty-six."
    assert spoken[3] == "This article is read by an A.I. voice."
    assert pauses(script) == [800, 800, 1000, 1200, 300]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        ({"authors": ("Sammy Davis Jr.",)}, ["By Sammy Davis Jr."]),
        ({"published": date(2026, 1, 2)}, ["Published January 2, 2026."]),
        ({"published": date(2026, 1, 2), "language": "en-GB"}, ["Published 2 January 2026."]),
        ({"authors": ("A\nB",), "language": "de"}, ["Von A B."]),
    ],
)
def test_a_sentence_appears_only_if_its_fact_does(
    facts: dict[str, object], said: list[str], joe: Voice, article_of: ArticleOf
) -> None:
    """Nothing is said in the place of what is not known."""
    script = write_script([article_of(PARAGRAPH, **facts)], Style(disclosure=False), joe)
    announced = [
        each for segment in script.segments[:-1] for each in segment.utterances if segment.role == "announcement"
    ]

    assert [each.written for each in announced] == said


def test_without_disclosure_the_title_is_followed_by_its_own_pause(joe: Voice, article_of: ArticleOf) -> None:
    """--no-disclosure leaves the sentence out and nothing else."""
    script = write_script([article_of(PARAGRAPH)], Style(disclosure=False), joe)

    assert heard(script) == ["The Title", "Some body text.", "End of article."]
    assert pauses(script) == [800, 1200, 300]


def test_the_disclosure_is_the_voices(article_of: ArticleOf) -> None:
    """The wording is a line of the preset; narrate's own two sentences are said in the article's language."""
    rule = Voice("x", "pyttsx3", "x", "de")
    own = Voice("y", "pyttsx3", "y", "en", disclosure="Robot speaking.")

    assert "This article is read by a computer voice." in heard(write_script([article_of(PARAGRAPH)], Style(), rule))
    german = write_script([article_of(PARAGRAPH, language="de")], Style(), rule)
    assert heard(german)[1] == "Dieser Artikel wird von einer Computerstimme gelesen."
    assert "Robot speaking." in heard(write_script([article_of(PARAGRAPH, language="de")], Style(), own))


def test_a_language_without_words_of_its_own_hears_english_that_says_so(joe: Voice, article_of: ArticleOf) -> None:
    """Utterances in English carry that tag, the author's carry the article's."""
    script = write_script([article_of(PARAGRAPH, language="cy")], Style(), joe)

    assert [(each.language) for _segment, each in script.spoken()] == ["cy", "en", "cy", "en"]


@pytest.mark.parametrize(
    "blocks",
    [
        [PARAGRAPH],
        [("title", "The Title"), PARAGRAPH],
        [("title", "THE  TITLE."), PARAGRAPH],
        [("heading", "The title", 1), PARAGRAPH],
        [("title", "The Title"), ("heading", "The Title", 2), PARAGRAPH],
        [PARAGRAPH, ("heading", "The Title", 2), PARAGRAPH],
        [("paragraph", "The Title"), PARAGRAPH],
    ],
)
def test_the_title_is_spoken_exactly_once(blocks: list[tuple[str, str]], joe: Voice, article_of: ArticleOf) -> None:
    """Whether metadata, the text, its first heading or all of them have it, and when the show is called so too."""
    script = write_script([article_of(*blocks)], Style(show="the title"), joe)

    assert [text.casefold() for text in heard(script)].count("the title") == 1


def test_the_title_stands_where_the_text_writes_it(joe: Voice, article_of: ArticleOf) -> None:
    """Its source is the title block's; a second mention is kept unheard; a title from elsewhere has no source."""
    twice = write_script([article_of(("title", "The Title"), ("heading", "The Title", 2), PARAGRAPH)], Style(), joe)
    nowhere = write_script([article_of(PARAGRAPH)], Style(), joe)

    assert twice.segments[0].source == Source(0, 9, 1)
    assert skipped(twice) == [(Role.TITLE, "The Title")]
    assert nowhere.segments[0].source is None


def test_a_title_that_was_overridden_is_kept_unheard(joe: Voice, article_of: ArticleOf) -> None:
    """--title wins over the text's own, whose words stay in the script."""
    script = write_script([article_of(("title", "Working title"), PARAGRAPH)], Style(), joe)

    assert heard(script)[0] == "The Title"
    assert skipped(script) == [(Role.TITLE, "Working title")]


def test_a_later_heading_like_the_title_is_a_heading(joe: Voice, article_of: ArticleOf) -> None:
    """Only the first heading repeats the title; a section may be called so."""
    blocks = [("heading", "One", 2), PARAGRAPH, ("heading", "The Title", 2), PARAGRAPH]
    script = write_script([article_of(*blocks)], Style(), joe)

    assert heard(script).count("The Title") == 2


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        ([PARAGRAPH, PARAGRAPH], [700, 1200]),
        ([PARAGRAPH, BREAK, PARAGRAPH], [1200, 1200]),
        ([PARAGRAPH, ("heading", "One", 2), PARAGRAPH], [1200, 600, 1200]),
        ([PARAGRAPH, ("heading", "A", 1), ("heading", "B", 3), PARAGRAPH], [1200, 450, 600, 1200]),
        ([("heading", "A", 1), PARAGRAPH, ("heading", "B", 2), PARAGRAPH], [600, 1000, 600, 1200]),
        ([PARAGRAPH, BREAK, ("heading", "One", 2)], [1200, 1200]),
        ([("list item", "A"), ("list item", "B"), PARAGRAPH], [500, 700, 1200]),
        ([("heading", "A", 2), ("list item", "B")], [600, 1200]),
        ([PARAGRAPH, ("quote", "Q."), PARAGRAPH], [700, 700, 1200]),
        ([PARAGRAPH, ("code", "x = 1"), BREAK, PARAGRAPH], [700, 1200, 1200]),
    ],
)
def test_pauses_depend_on_what_follows(
    blocks: list[tuple[str, str]], wanted: list[int], joe: Voice, article_of: ArticleOf
) -> None:
    """The table of pauses, and that what is skipped has no part in it."""
    script = write_script([article_of(*blocks)], Style(disclosure=False), joe)

    assert pauses(script)[1:-1] == wanted


def test_pauses_are_the_styles(joe: Voice, article_of: ArticleOf) -> None:
    """Every silence comes from `Style.pauses`."""
    style = Style(pauses=Pauses(title=1, section=2, end=3, sentence=4), disclosure=False)
    script = write_script([article_of(("paragraph", "One. Two."))], style, joe)

    assert pauses(script) == [1, 2, 3]
    assert [each.pause_ms for each in script.segments[1].utterances] == [4, 0]


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        ([PARAGRAPH], ["The Title"]),
        ([PARAGRAPH, ("heading", "One", 2), PARAGRAPH], ["Introduction", "One"]),
        ([("heading", "One", 2), PARAGRAPH, ("heading", "Two", 2), PARAGRAPH], ["One", "Two"]),
        ([PARAGRAPH, ("heading", "A", 2), ("heading", "B", 3), PARAGRAPH], ["Introduction", "A"]),
        ([PARAGRAPH, ("heading", "A", 2), BREAK, ("heading", "B", 2), PARAGRAPH], ["Introduction", "A"]),
        ([PARAGRAPH, ("heading", "***", 2), PARAGRAPH], ["The Title"]),
    ],
)
def test_adjacent_headings_are_one_chapter(
    blocks: list[tuple[str, str]], wanted: list[str], joe: Voice, article_of: ArticleOf
) -> None:
    """A heading at once after the opening gives the first chapter its name; a lone chapter has the episode's."""
    script = write_script([article_of(*blocks)], Style(), joe)

    assert [title for title, _words in chapters(script)] == wanted
    assert script.segments[0].chapter == wanted[0]


def test_music_plays_at_the_ends_only(joe: Voice, article_of: ArticleOf) -> None:
    """Intro with the first segment, outro with the last, nothing under the words between."""
    script = write_script([article_of(PARAGRAPH, ("heading", "A", 2), PARAGRAPH)], Style(show="S"), joe)

    assert [segment.music for segment in script.segments if segment.music] == [MusicPart.INTRO, MusicPart.OUTRO]
    assert script.segments[0].music is MusicPart.INTRO
    assert script.segments[-1].music is MusicPart.OUTRO


def edition(joe: Voice, article_of: ArticleOf) -> Script:
    """Two articles as one episode."""
    first = article_of(
        PARAGRAPH, ("heading", "More", 2), PARAGRAPH, title="First", authors=("Ann",), url="https://x.org"
    )
    second = article_of(("title", "Second"), ("heading", "Part", 2), PARAGRAPH, title="Second")
    return write_script([first, second], Style(), joe, title="Daily")


def test_an_edition_introduces_itself_and_each_article(joe: Voice, article_of: ArticleOf) -> None:
    """The edition's title, then each article's title, author and date before its text; one end."""
    script = edition(joe, article_of)

    assert heard(script) == [
        "Daily",
        "These articles are read by an AI voice.",
        "First",
        "By Ann.",
        "Some body text.",
        "More",
        "Some body text.",
        "Second",
        "Part",
        "Some body text.",
        "End of edition. The link to the original is in the notes.",
    ]
    assert script.title == "Daily"
    assert [source.title for source in script.sources] == ["First", "Second"]


@pytest.mark.parametrize(
    ("urls", "said"),
    [
        (("", ""), "End of edition."),
        (("ftp://x.org", ""), "End of edition."),
        (("", "HTTPS://x.org"), "End of edition. The link to the original is in the notes."),
        (("https://x.org", "https://y.org"), "End of edition. The links to the originals are in the notes."),
    ],
)
def test_an_edition_announces_as_many_links_as_there_are(
    joe: Voice, article_of: ArticleOf, urls: tuple[str, ...], said: str
) -> None:
    """One article with a link is one link; what is no address of the web is none."""
    articles = [article_of(PARAGRAPH, title=f"Article {url}", url=url) for url in urls]

    assert heard(write_script(articles, Style(), joe, title="Daily"))[-1] == said


def test_an_articles_title_opens_a_chapter_and_its_headings_more(joe: Voice, article_of: ArticleOf) -> None:
    """An article is a group of chapters; its headings stand below its title."""
    script = edition(joe, article_of)

    assert chapters(script) == [("First", "Daily"), ("More", "More"), ("Second", "Second")]
    assert [(each.role, each.level) for each in script.segments if each.level] == [
        (Role.TITLE, 1),
        (Role.TITLE, 2),
        (Role.HEADING, 3),
        (Role.TITLE, 2),
        (Role.HEADING, 3),
    ]


def test_a_sting_plays_between_articles_only(joe: Voice, article_of: ArticleOf) -> None:
    """Intro, a sting before the second article, outro."""
    script = edition(joe, article_of)

    assert [(each.music, each.utterances[0].written) for each in script.segments if each.music] == [
        (MusicPart.INTRO, "Daily"),
        (MusicPart.STING, "Second"),
        (MusicPart.OUTRO, "End of edition."),
    ]


def test_an_edition_without_a_title_begins_with_its_first_article(joe: Voice, article_of: ArticleOf) -> None:
    """No title is invented."""
    script = write_script([article_of(PARAGRAPH, title="A"), article_of(PARAGRAPH, title="B")], Style(), joe)

    assert heard(script)[:2] == ["These articles are read by an AI voice.", "A"]
    assert script.segments[0].music is MusicPart.INTRO


@pytest.mark.parametrize(
    ("block", "wanted", "kept"),
    [
        (("quote", "So it goes."), [(Role.QUOTE, "So it goes.")], []),
        (("list item", "Milk"), [(Role.LIST_ITEM, "Milk")], []),
        (("note", "See there."), [(Role.NOTE, "Note: See there.")], []),
        (("figure", "A cat."), [(Role.FIGURE, "Image: A cat.")], []),
        (("figure", ""), [], []),
        (("break", "* * *"), [], []),
        (("break", "Part 2"), [(Role.BODY, "Part 2")], []),
        (
            ("code", "x = 1\n\n  y = 2"),
            [(Role.ANNOUNCEMENT, "A block of code is left out here.")],
            [(Role.CODE, "x = 1  y = 2")],
        ),
        (("table", "Name\tAge\nAnn\t41"), [(Role.TABLE, "Name: Ann; Age: 41")], []),
        (("table", "Name | Age\nAnn |"), [(Role.TABLE, "Name: Ann; Age")], []),
        (("table", "just words"), [(Role.ANNOUNCEMENT, "A table is left out here.")], [(Role.TABLE, "just words")]),
        (("table", "A\tB\n" + "x\ty\n" * 200), [(Role.ANNOUNCEMENT, "A table is left out here.")], None),
        (("paragraph", "🙂 !!!"), [], [(Role.BODY, "🙂 !!!")]),
    ],
)
def test_every_kind_of_block_is_spoken_or_kept(
    block: tuple[str, str],
    wanted: list[tuple[Role, str]],
    kept: list[tuple[Role, str]] | None,
    joe: Voice,
    article_of: ArticleOf,
) -> None:
    """Prose is heard; code and large tables are announced and stay in the script; signs alone are kept unheard."""
    script = write_script([article_of(PARAGRAPH, block)], Style(disclosure=False), joe)
    middle = [(each.role, each.utterances[0].written) for each in script.segments[2:-1] if not each.skip]

    assert middle == wanted
    assert kept is None or skipped(script) == kept


def test_ordered_items_say_their_number(joe: Voice, article_of: ArticleOf) -> None:
    """The number is the author's; the voice gets no full stop in the middle of the item."""
    item = Block(BlockKind.LIST_ITEM, "Buy milk. Drink it", Source(0, 9, 1), level=1, number=3)
    script = write_script([article_of(PARAGRAPH, item)], Style(disclosure=False), joe)

    assert [each.written for each in script.segments[2].utterances] == ["3. Buy milk.", "Drink it"]
    assert [each.spoken for each in script.segments[2].utterances] == ["three: Buy milk.", "Drink it."]


def test_a_sentence_in_another_language_says_so(joe: Voice, article_of: ArticleOf) -> None:
    """A mark that covers a whole sentence, or a block's own tag, is the utterance's language; part of one is not."""
    text = "He came. Ça va bien. She said ça va."
    marks = (Mark(MarkKind.LANGUAGE, 9, 20, "fr"), Mark(MarkKind.LANGUAGE, 30, 35, "fr"))
    marked = Block(BlockKind.PARAGRAPH, text, Source(0, 9, 1), marks=marks)
    german = Block(BlockKind.PARAGRAPH, "Guten Tag.", Source(10, 20, 2), language="de")
    script = write_script([article_of(marked, german)], Style(disclosure=False), joe)

    assert [each.language for each in script.segments[1].utterances] == ["en", "fr", "en"]
    assert [each.language for each in script.segments[2].utterances] == ["de"]


def test_equal_paragraphs_have_ids_of_their_own(joe: Voice, article_of: ArticleOf) -> None:
    """An id is a digest and an ordinal: unique, and the same in every run."""
    script = write_script([article_of(PARAGRAPH, PARAGRAPH, PARAGRAPH)], Style(), joe)
    ids = [segment.id for segment in script.segments]

    assert len(set(ids)) == len(ids)
    assert ids[3:5] == [f"{ids[2]}-2", f"{ids[2]}-3"]


KINDS = st.sampled_from(list(BlockKind))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("aB1 .\t\n|-“”🙂[<&", max_size=120)
BLOCKS = st.builds(
    Block,
    kind=KINDS,
    text=TEXTS,
    source=st.just(Source(0, 1, 1)),
    level=st.integers(0, 6),
    number=st.integers(0, 3),
)


@given(st.lists(BLOCKS, max_size=12), TEXTS.filter(lambda text: bool(text.strip())), st.booleans())
def test_no_letter_of_any_article_is_lost(blocks: list[Block], title: str, together: bool) -> None:  # noqa: FBT001  (hypothesis fills it in)
    """Every letter and digit of every block stands in the script, spoken or kept; music and ids are in order."""
    voice = Voice("joe", "piper", "x", "en")
    article = Article(title, tuple(blocks), Origin("x"), "", "en")
    script = write_script([article, article] if together else [article], Style(), voice)
    written = letters("".join(each.written for segment in script.segments for each in segment.utterances))

    assert not letters("".join(block.text for block in blocks)) - written
    assert len({segment.id for segment in script.segments}) == len(script.segments)
    assert all(segment.utterances and segment.utterances[-1].pause_ms == 0 for segment in script.segments)


def letters(text: str) -> Counter[str]:
    """Letters and digits and how often they occur, capitals as small letters."""
    return Counter(filter(str.isalnum, text.casefold()))
