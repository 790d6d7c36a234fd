"""Whole articles as they are heard: roles, words, silences, chapters, music and languages, segment by segment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from narrate.model import Article, Block, BlockKind, Mark, MarkKind, Script, Segment, Source, Style, Voice
from narrate.script import dump_script, load_script, write_script

ArticleOf = Callable[..., Article]
RAIN = ("paragraph", "It rained all day. Nobody came.")


def block(kind: str, text: str, **more: Any) -> Block:  # noqa: ANN401 - levels, numbers, marks and languages
    """A block at the start of its source."""
    return Block(BlockKind(kind), text, Source(0, len(text), 1), **more)


ARTICLES: dict[str, Callable[[ArticleOf], list[Article]]] = {
    "interview": lambda make: [
        make(
            ("title", "The Last Lamplighter"),
            ("paragraph", "We met Tom Birch on a cold evening."),
            ("paragraph", "Q: Do you ever miss a night?"),
            ("paragraph", "A: Never. “People set their clocks by me,” he said. “So do I.”"),
            ("quote", "Light is a promise."),
            title="The Last Lamplighter",
            authors=("Bo Lee",),
            published=date(2000, 5, 12),
        )
    ],
    "recipe": lambda make: [
        make(
            ("title", "Plum Cake"),
            ("heading", "Ingredients", 2),
            block("list item", "250 g flour", level=1),
            block("list item", "3 eggs", level=1),
            ("heading", "Method", 2),
            block("list item", "Heat the oven.", level=1, number=1),
            block("list item", "Bake for 45 min. or so.", level=1, number=2),
            ("paragraph", "Tip: It tastes better the next day."),
            title="Plum Cake",
        )
    ],
    "report": lambda make: [
        make(
            ("heading", "Findings", 2),
            ("heading", "Rivers", 3),
            RAIN,
            ("table", "Region\t2023\t2024\nNorth\t12\t13\nSouth\t\t8"),
            ("heading", "Lakes", 3),
            ("table", "a\tb\nc"),
            ("code", "x = 1\n\ny = 2"),
            ("heading", "Sources", 2),
            ("note", "See Dr. Lee, vol. 3."),
            ("figure", "A map of the lakes."),
            title="Water",
            url="https://a.b",
        )
    ],
    "story": lambda make: [
        make(
            ("paragraph", "One evening he told me. I believed him."),
            ("break", "* * *"),
            ("paragraph", "He was wrong."),
            ("break", ""),
            ("heading", "II", 2),
            ("paragraph", "So was I."),
            ("paragraph", "THE END"),
            title="The Door",
        )
    ],
    "tongues": lambda make: [
        make(
            block("title", "Der Zauberberg", language="de"),
            block("paragraph", "Ein einfacher junger Mensch reiste.", language="de"),
            block("paragraph", "He said it. C’est la vie. And left.", marks=(Mark(MarkKind.LANGUAGE, 12, 25, "fr"),)),
            title="Der Zauberberg",
        )
    ],
    "signs": lambda make: [
        make(
            ("paragraph", "***"),
            ("paragraph", "Go!"),
            ("paragraph", "🙂"),
            ("heading", "—", 2),
            ("paragraph", "Stop."),
            ("break", "Later"),
            ("paragraph", "Go on."),
            title="Signs",
        )
    ],
    "edition": lambda make: [
        make(
            RAIN,
            ("heading", "Why", 2),
            ("heading", "Who", 6),
            ("paragraph", "Because."),
            title="Rain",
            authors=("Ann Example",),
        ),
        make(
            ("title", "Sun"),
            ("paragraph", "It shone."),
            title="Sun",
            authors=("Ann Example", "Bo Example"),
            url="https://a.b",
        ),
        make(("paragraph", "It fell."), title="Snow", language="de"),
    ],
}
STYLES = {
    "recipe": Style(disclosure=False),
    "story": Style(show="Evening Tales"),
    "tongues": Style(disclosure=False),
    "signs": Style(disclosure=False),
    "edition": Style(show="Weather"),
}
TITLES = {"edition": "This Week"}
HEARD = {
    "interview": """\
=The Last Lamplighter= ~intro~ title1: The Last Lamplighter. <800>
announcement: By Bo Lee. <350> Published May twelfth, two thousand. <350> This article is read by an A.I. voice. <1000>
body: We met Tom Birch on a cold evening. <700>
body: Q: Do you ever miss a night? <700>
body: A: Never. <350> “People set their clocks by me,” he said. <350> “So do I.” <700>
quote: Light is a promise. <1200>
~outro~ announcement: End of article. <300>""",
    "recipe": """\
=Ingredients= ~intro~ title1: Plum Cake. <800>
heading2: Ingredients. <600>
list item: two hundred fifty grams flour. <500>
list item: three eggs. <1200>
=Method= heading2: Method. <600>
list item: one: Heat the oven. <500>
list item: two: Bake for forty-five minutes or so. <700>
body: Tip: It tastes better the next day. <1200>
~outro~ announcement: End of article. <300>""",
    "report": """\
=Findings= ~intro~ title1: Water. <800>
announcement: This article is read by an A.I. voice. <1000>
heading2: Findings. <450>
heading3: Rivers. <600>
body: It rained all day. <350> Nobody came. <700>
table: Region: North; twenty twenty-three: twelve; twenty twenty-four: thirteen. <350> \
Region: South; twenty twenty-three; twenty twenty-four: eight. <1000>
=Lakes= heading3: Lakes. <600>
announcement: A table is left out here. <700>
(skipped) table: a b. <350> c. <700>
announcement: A block of code is left out here. <1200>
(skipped) code: x equals one. <350> y equals two. <700>
=Sources= heading2: Sources. <600>
note: Note: See Doctor Lee, volume three. <700>
figure: Image: A map of the lakes. <1200>
~outro~ announcement: End of article. <350> The link to the original is in the notes. <300>""",
    "story": """\
=Introduction= ~intro~ announcement: Evening Tales. <800>
title1: The Door. <800>
announcement: This article is read by an A.I. voice. <1000>
body: One evening he told me. <350> I believed him. <1200>
body: He was wrong. <1200>
=II= heading2: two. <600>
body: So was I. <700>
body: THE END <1200>
~outro~ announcement: End of article. <300>""",
    "tongues": """\
=Der Zauberberg= ~intro~ title1: Der Zauberberg. <800> de
body: Ein einfacher junger Mensch reiste. <700> de
body: He said it. <350> C’est la vie. <350> And left. <1200> fr
~outro~ announcement: End of article. <300>""",
    "signs": """\
=Signs= ~intro~ title1: Signs. <800>
(skipped) body:  <700>
body: Go! <700>
(skipped) body:  <700>
(skipped) heading2: — <700>
body: Stop. <1200>
body: Later <700>
body: Go on. <1200>
~outro~ announcement: End of article. <300>""",
    "edition": """\
=Rain= ~intro~ announcement: Weather. <800>
title1: This Week. <800>
announcement: These articles are read by an A.I. voice. <1000>
title2: Rain. <800>
announcement: By Ann Example. <1000>
body: It rained all day. <350> Nobody came. <1200>
=Why= heading3: Why. <450>
heading6: Who. <600>
body: Because. <1200>
=Sun= ~sting~ title2: Sun. <800>
announcement: By Ann Example and Bo Example. <1000>
body: It shone. <1200>
=Snow= ~sting~ title2: Snow. <800> de
body: It fell. <1200> de
~outro~ announcement: End of edition. <350> The link to the original is in the notes. <300>""",
}


def _line(segment: Segment) -> str:
    """A segment on one line: chapter, music, role, words with the silences after them, other languages than English."""
    said = "".join(f"{each.spoken} <{each.pause_ms}> " if each.pause_ms else each.spoken for each in segment.utterances)
    chapter = f"={segment.chapter}= " if segment.chapter else ""
    music = f"~{segment.music}~ " if segment.music else ""
    skipped = "(skipped) " if segment.skip else ""
    tongues = "".join(sorted({f" {each.language}" for each in segment.utterances} - {" en"}))
    return f"{chapter}{music}{skipped}{segment.role}{segment.level or ''}: {said} <{segment.pause_ms}>{tongues}"


def _script(kind: str, article_of: ArticleOf, joe: Voice) -> Script:
    return write_script(ARTICLES[kind](article_of), STYLES.get(kind, Style()), joe, TITLES.get(kind, ""))


@pytest.mark.parametrize("kind", HEARD)
def test_an_article_is_heard_as_a_reader_would_read_it(kind: str, article_of: ArticleOf, joe: Voice) -> None:
    """Interviews, recipes, reports, stories, mixed languages, bare signs and an edition, from first to last word."""
    assert "\n".join(map(_line, _script(kind, article_of, joe).segments)) == HEARD[kind]


@pytest.mark.parametrize("kind", HEARD)
def test_a_whole_script_survives_its_file(kind: str, article_of: ArticleOf, joe: Voice) -> None:
    """Written, read and written again it is the same script and the same file."""
    style = STYLES.get(kind, Style())
    script = _script(kind, article_of, joe)
    file = dump_script(script)

    again = load_script(file, "x.yaml", style)

    assert again == script
    assert dump_script(again) == file


@pytest.mark.parametrize("kind", HEARD)
def test_every_heard_segment_is_followed_by_silence(kind: str, article_of: ArticleOf, joe: Voice) -> None:
    """Nothing runs into what follows; the first segment opens a chapter, and music plays at both ends."""
    heard = [segment for segment in _script(kind, article_of, joe).segments if not segment.skip]

    assert all(segment.pause_ms >= 300 for segment in heard)
    assert heard[0].chapter
    assert [heard[0].music, heard[-1].music] == ["intro", "outro"]
