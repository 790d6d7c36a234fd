"""What texts say of themselves: dates, bylines, HTML's text, levels."""

from __future__ import annotations

from datetime import date

import pytest

from narrate.article.facts import byline, facts_of, parse_date, title_from_name, title_from_text
from narrate.article.htmltext import html_text
from narrate.article.language import language_tag
from narrate.article.lines import join
from narrate.article.marks import is_rule, item_of
from narrate.article.text import read_text
from narrate.model import BlockKind, Origin

LONG = "It went on for a long time, and there was more to say of it than anybody had thought there would be at first."


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-03",
        "2026-03-03T10:00:00+01:00",
        "March 3, 2026",
        "Mar. 3rd, 2026",
        "3 March 2026",
        "3rd of March 2026",
        "Tuesday, March 3, 2026",
        "Published on March 3, 2026",
        "Posted: 3 March 2026",
        "Date: 2026-03-03",
        "3. März 2026",
        "3 mars 2026",
        "3 de marzo de 2026",
        "3 marzo 2026",
    ],
)
def test_a_date_is_read_however_it_is_written(written: str) -> None:
    """In the ways of articles in seven languages."""
    assert parse_date(written) == date(2026, 3, 3)


@pytest.mark.parametrize(
    "written", ["", "3/4/2026", "March 2026", "2026", "32 March 2026", "On 3 March 2026 we met", "May"]
)
def test_what_is_no_date_or_could_be_two_is_none(written: str) -> None:
    """Days and months in figures, parts of dates, and sentences with dates stay text."""
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Example", ("Ann Example",)),
        ("by ANN EXAMPLE", ("ANN EXAMPLE",)),
        ("Written by Ann B. Example, Bo van Dyke and Cy O'Neil", ("Ann B. Example", "Bo van Dyke", "Cy O'Neil")),
        ("Von Änne Beispiel", ("Änne Beispiel",)),
        ("By the time we came", ()),
        ("By bus", ()),
        ("By Tuesday the town was empty", ()),
        ("Bypass", ()),
    ],
)
def test_a_byline_is_names_and_nothing_else(line: str, authors: tuple[str, ...]) -> None:
    """A line that begins with "By" is a byline only if names follow."""
    assert byline(line) == authors


def test_a_line_of_several_facts_is_facts() -> None:
    """Divided by bars, dots or dashes; with anything else in it, it is text."""
    facts = facts_of("By Ann Example · 3 March 2026")

    assert facts is not None
    assert (facts.authors, facts.published) == (("Ann Example",), date(2026, 3, 3))
    assert facts_of("By Ann Example · 5 min read") is None


def test_a_second_byline_stays_in_the_text() -> None:
    """What would say nothing new is not dropped."""
    blocks, facts = read_text(f"The Title\n\nBy Ann Example\n\nBy Bo Example\n\n{LONG}")

    assert facts.authors == ("Ann Example",)
    assert [block.text for block in blocks] == ["The Title", "By Bo Example", LONG]


@pytest.mark.parametrize(
    ("location", "title"),
    [
        ("/x/my-great-article.md", "My great article"),
        ("https://example.org/2026/the-fall-of-rome/", "The fall of rome"),
        ("C:\\texts\\On_Boats.txt", "On Boats"),
        ("/x/README.md", ""),
        ("/x/untitled.txt", ""),
        ("/x/20260303.txt", ""),
        ("/x/deadbeef01.txt", ""),
        ("", ""),
    ],
)
def test_only_readable_names_are_titles(location: str, title: str) -> None:
    """A hash, a date or "untitled" says nothing to a listener."""
    assert title_from_name(Origin("a", location)) == title


def test_first_words_end_at_a_word() -> None:
    """At most 60 characters, cut between words, without the mark at the end."""
    title = title_from_text(LONG)

    assert len(title) <= 60
    assert LONG.startswith(f"{title} ")
    assert title_from_text("One sentence. Another.") == "One sentence"
    assert title_from_text("x" * 100) == "x" * 60


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a</p><p>b</p>", ("a", "b")),
        ("a &lt;b&gt; &eacute;", ("a <b> é",)),
        ("<script>var a;</script>b<style>c{}</style>", ("b",)),
        ("<script>if (a < b) '<b>'</script>c", ("c",)),
        ("a < b and <c", ("a < b and <c",)),
        ("<!-- a -->b<!-- c", ("b<!-- c",)),
        ("<Foo>a</Foo>", ("<Foo>a</Foo>",)),
        ('<a title="x > y">z</a>', ("z",)),
        ("<ul><li>a<li>b</ul>", ("a", "b")),
    ],
)
def test_the_text_of_html_without_its_tags(html: str, texts: tuple[str, ...]) -> None:
    """Tags, comments, scripts and styles go; everything that only looks like them stays."""
    assert html_text(html)[0] == texts


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("en", "en"),
        ("EN_gb", "en-GB"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("English", "en"),
        ("", ""),
        ("x", ""),
        ("en us", ""),
    ],
)
def test_language_tags(said: str, tag: str) -> None:
    """BCP 47 in its usual case, from what people write."""
    assert language_tag(said) == tag


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a  b", " c"], "a b c"),
        (["the well-", "known one"], "the well-known one"),
        (["first-", "or second-class"], "first- or second-class"),
        (["a --", "b"], "a -- b"),
        (["日本", "語"], "日本語"),
        (["日本", "go"], "日本 go"),
        (["a", "", "b"], "a b"),
    ],
)
def test_lines_are_joined(lines: list[str], joined: str) -> None:
    """With a space where one belongs, none where the script has none, and the hyphen where nobody can tell."""
    assert join(lines) == joined


@pytest.mark.parametrize("body", ["-", "--", "a", "- a", "=>", "... ", "-1-"])
def test_what_is_no_rule(body: str) -> None:
    """Fewer than three signs, or any letter or digit among them."""
    assert not is_rule(body)


@pytest.mark.parametrize("body", ["-a", "1.a", "1.5 a", "A. Smith", "12345. a", "-- a", "a b"])
def test_what_is_no_item(body: str) -> None:
    """Decimals, initials and dashes start no list."""
    assert item_of(body) is None


def _levels(*heads: str) -> list[int]:
    source = "The Title\n\n" + "".join(f"{LONG}\n\n{head}\n\n" for head in heads) + LONG
    return [block.level for block in read_text(source)[0] if block.kind is BlockKind.HEADING]


def test_levels_without_marks_follow_the_form() -> None:
    """Headings written alike are siblings; one right under another is one deeper."""
    assert _levels("The First Thing", "The Second Thing") == [2, 2]
    assert _levels("The First Thing\n\nWhat Is It About?", "And why is it so?", "The Second Thing") == [2, 3, 3, 2]
    assert _levels("Chapter 1. One", "1.1. Two", "1.1.1. Three", "Chapter 2. Four") == [2, 3, 4, 2]
    assert _levels("* One", "** Two", "* Three") == [2, 3, 2]
