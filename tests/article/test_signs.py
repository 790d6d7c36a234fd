"""Signs that tell one thing from another: files from texts, fields from words, items, underlines, insets, capitals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from narrate.article.encoding import decode, is_text
from narrate.article.facts import Facts
from narrate.article.headings import capitals
from narrate.article.language import language_tag
from narrate.article.lines import join
from narrate.article.markdown import MarkdownReader, read_markdown
from narrate.article.text import TextReader, read_text
from narrate.errors import ArticleError
from narrate.model import BlockKind, Origin

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = "It went on for a long time, and there was more to say of it than anybody had thought there would be at first."


@pytest.mark.parametrize(
    "head",
    [
        b"PK\x05\x06" + bytes(18),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40),
        b"BZh91AY&SY\x00\x01",
        b"\xfd7zXZ\x00\x00\x04",
        b"7z\xbc\xaf\x27\x1c\x00\x04",
        b"Rar!\x1a\x07\x01\x00",
        b"GIF87a\x01\x00\x01\x00",
        b"GIF89a\x01\x00\x01\x00",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"II*\x00\x08\x00",
        b"MM\x00*\x00\x08",
        b"fLaC\x00\x00\x00\x22",
        b"FORM\x00\x00\x00\x22AIFF",
        b"\x00\x00\x00\x18ftypmp42",
        b"\x1aE\xdf\xa3\x01\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"MZ\x90\x00\x03\x00",
        b"SQLite format 3\x00\x10\x00",
    ],
)
def test_files_of_other_programs_are_no_text(head: bytes) -> None:
    """Archives, documents, pictures, recordings, programs and databases are known by their first bytes."""
    assert not is_text(head)
    assert not TextReader().claims(head, Origin("a.txt"))
    assert not MarkdownReader().claims(head, Origin("a.md"))


@pytest.mark.parametrize(
    "text",
    ["ID3 tags explained", "BZh is a word", "GIF89a, a history", "RIFF is not a WAVE", "PK and the others", "%PD"],
)
def test_texts_about_files_are_texts(text: str) -> None:
    """An article may begin with the very letters that a file begins with."""
    assert is_text(text.encode())


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Author: Ann Example", Facts("T", authors=("Ann Example",))),
        ("Authors: Ann Example, Bo Example", Facts("T", authors=("Ann Example", "Bo Example"))),
        ("By: Ann Example", Facts("T", authors=("Ann Example",))),
        ("Date: 3 March 2026", Facts("T", published=date(2026, 3, 3))),
        ("Published: 2026-03-03", Facts("T", published=date(2026, 3, 3))),
        ("Posting Date: March 3, 2026", Facts("T", published=date(2026, 3, 3))),
        ("Release Date: March 3, 2026", Facts("T", published=date(2026, 3, 3))),
        ("Language: English", Facts("T", language="en")),
        ("Lang: pt_br", Facts("T", language="pt-BR")),
        ("URL: https://a.b/c", Facts("T", url="https://a.b/c")),
        ("Source: http://a.b/c", Facts("T", url="http://a.b/c")),
    ],
)
def test_fields_over_a_text_are_facts(line: str, facts: Facts) -> None:
    """Each field that archives and exports write over a text is known of the article and not read aloud."""
    blocks, told = read_text(f"Title: T\n{line}\n\n{LONG}")

    assert (told, [block.text for block in blocks]) == (facts, [LONG])


@pytest.mark.parametrize(
    "line", ["Source: a friend", "Date: soon", "Author: the wind", "Language: of birds", "Mood: wet"]
)
def test_fields_that_say_no_fact_are_text(line: str) -> None:
    """Where one line of them is no fact, all of them are the author's words."""
    blocks, told = read_text(f"Title: T\n{line}\n\n{LONG}")

    assert told == Facts()
    assert line in blocks[0].text


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        *[(f"{name}: 2026-03-03", Facts(published=date(2026, 3, 3))) for name in ("Date", "published", "pubDate")],
        *[(f"{name}: March 3, 2026", Facts(published=date(2026, 3, 3))) for name in ("published-at", "datePublished")],
        *[
            (f"{name}: https://a.b/c", Facts(url="https://a.b/c"))
            for name in ("canonical_url", "link", "source", "URL")
        ],
        *[(f"{name}: a.png", Facts(image="a.png")) for name in ("image", "cover-image", "thumbnail", "hero")],
        *[(f"{name}: de_at", Facts(language="de-AT")) for name in ("lang", "language", "locale")],
        *[(f"{name}: x-1", Facts(id="x-1")) for name in ("id", "guid", "uuid")],
        ("author: Ann Example and Bo Example", Facts(authors=("Ann Example", "Bo Example"))),
        ("author: the editors", Facts(authors=("the editors",))),
        ("authors: [Ann Example, the editors]", Facts(authors=("Ann Example", "the editors"))),
        ("by: {name: Ann, url: x}", Facts(authors=("Ann",))),
        ("creator: [{name: Ann}, {email: x}]", Facts(authors=("Ann",))),
        ("url: ../a.html", Facts()),
        ("date: someday", Facts()),
        ("title: [a, b]", Facts()),
        ("title: ~", Facts(title="~")),
        ("title: >\n  Two\n  lines", Facts(title="Two lines")),
    ],
)
def test_front_matter_of_every_generator_is_understood(field: str, facts: Facts) -> None:
    """Names that site generators use, in any case, with hyphens or underscores; what is no fact says nothing."""
    assert read_markdown(f"---\n{field}\n---\nText", "a.md")[1] == facts


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ("a: b\n c: d", 3, "mend or remove it"),
        ("a: " + "[" * 21 + "]" * 21, 2, "nested too deeply"),
        ("a: x\nb: *y", 3, "alias"),
    ],
)
def test_broken_front_matter_says_what_is_wrong(front: str, line: int, said: str) -> None:
    """Indents that do not fit, nesting without end, aliases: with the line as an editor counts it."""
    with pytest.raises(ArticleError, match=rf"^a\.md, line {line}: .*{said}"):
        read_markdown(f"---\n{front}\n---\nText", "a.md")


@pytest.mark.parametrize(
    ("name", "text", "surer"),
    [
        ("notes.md", "Just words.", "markdown"),
        ("NOTES.MD", "Just words.", "markdown"),
        ("notes.txt", "# One\n\nWords.", "text"),
        ("notes.txt", "# One\n\nA [link](http://a.b).", "markdown"),
        ("notes", "# One\n\nWords.", "markdown"),
        ("notes", "Just words, and a * star.", "text"),
        ("notes.txt", "---\ntitle: T\n---\nWords.", "markdown"),
        ("notes", "```\nx\n```", "markdown"),
        ("notes.txt", "```\nx\n```", "text"),
    ],
)
def test_the_surer_reader_reads(name: str, text: str, surer: str) -> None:
    """The suffix decides where there are few signs; a title line alone makes no Markdown of a .txt file."""
    claims = {reader.name: reader.claims(text.encode(), Origin(name)) for reader in (TextReader(), MarkdownReader())}

    assert max(claims, key=lambda reader: claims[reader]) == surer
    assert all(0 <= claim <= 1 for claim in claims.values())


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        *[
            ("Español", "es"),
            ("ITALIANO", "it"),
            ("Français", "fr"),
            ("german", "de"),
            ("Russian", "ru"),
            ("dutch", "nl"),
        ],
        *[("portuguese", "pt"), (" de ", "de"), ("sr-latn-rs", "sr-Latn-RS"), ("de-1996", "de-1996"), ("e", "")],
    ],
)
def test_names_of_languages_are_tags(said: str, tag: str) -> None:
    """As authors write them, in their own language or in English."""
    assert language_tag(said) == tag


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (f"{LONG}\n\nFounded in two steps:\n1. one\n2. two\n\n{LONG}", "p p 1. 2. p"),
        (f"{LONG}\n\n1. one\n2. two\n4 of them\n3. three\n\n{LONG}", "p 1. 2. 3. p"),
        (f"{LONG}\n\n1. one\n1993. was cold\n2. two\n\n{LONG}", "p 1. 2. p"),
        (f"{LONG}\n\n- one\n- two\n\n  goes on\n\n- three\n\n{LONG}", "p - - p - p"),
        (f"{LONG}\n\n- one\n    - in\n        - deep\n- two\n\n{LONG}", "p -   -     - - p"),
        (f"{LONG}\n\n(1) one\n(2) two\n\n{LONG}", "p 1. 2. p"),
        (f"{LONG}\n\n01. one\n\n0) none\n\n{LONG}", "p - - p"),
        (f"{LONG}\n\n  Two columns in, a paragraph is a paragraph, however long it goes on and on.\n\n{LONG}", "p p p"),
        (f"{LONG}\n\n        Far in, it is a quotation, if it is a sentence of some length.\n\n{LONG}", "p > p"),
        (f"{LONG}\n\n        Far in at the end, it is a quotation too, if it is of some length.", "p >"),
        (f"{LONG}\n\n        Short and far in.\n\n{LONG}", "p p p"),
        (f"{LONG}\n\n> quoted\nand not\n\n{LONG}", "p > p p"),
        (f"{LONG}\n\n| a | b |\n+---+---+\n| c | d |\n\n{LONG}", "p table p"),
        (f"{LONG}\n\na | b\n\n{LONG}", "p p p"),
        (f"{LONG}\n\nIs this a heading that is underlined, and long?\n{'-' * 46}\n\n{LONG}", "p ## p"),
        (f"{LONG}\n\n=====\nBoxed\n=====\n\n{LONG}", "p ## p"),
        (f"{LONG}\n\n=====\n\nNot boxed at all.\n\n{LONG}", "p -- p p"),
    ],
)
def test_lists_quotations_and_rules_are_told_by_their_edges(
    source: str, wanted: str, outline: Callable[[str], str]
) -> None:
    """What begins a line, how far it is in and what stands around it say what it is."""
    signs = [line.removesuffix(line.lstrip()) + line.split()[0] for line in outline(source).split("\n")]

    assert " ".join(signs) == wanted


@pytest.mark.parametrize(
    ("text", "case"),
    [
        *[("USA", "title"), ("NATO", "upper"), ("A TALE", "upper"), ("A Tale of Two Cities", "title"), ("2", "lower")],
        *[
            ("The rise of Rome", "sentence"),
            ("What Is Left of It", "title"),
            ("1. THE END", "upper"),
            ("1. ", "lower"),
        ],
        *[("über alles", "lower"), ("日本の歴史", "title"), ("Introduction", "title"), ("iPhone", "lower")],
    ],
)
def test_how_a_line_is_written(text: str, case: str) -> None:
    """Small words do not count, initials are no capitals, and a number in front says nothing."""
    assert capitals(text) == case


@pytest.mark.parametrize(
    ("lines", "words", "joined"),
    [
        (["The Inter-", "national"], {"international"}, "The International"),
        (["The INTER-", "NATIONAL"], {"international"}, "The INTERNATIONAL"),
        (["a re-", "port"], {"report", "re-port"}, "a re-port"),
        (["a re-", "port-side view"], {"report"}, "a report-side view"),
        (["pre- and", "post-war"], set(), "pre- and post-war"),
        (["Vor-", "und Nachteile"], {"vorund"}, "Vor- und Nachteile"),
        (["5-", "fold"], {"5fold"}, "5- fold"),
    ],
)
def test_broken_words_are_mended_by_the_texts_own(lines: list[str], words: set[str], joined: str) -> None:
    """Capitals do not matter; a word that the text has both ways keeps its hyphen, and so does half a pair."""
    assert join(lines, words) == joined


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xe9 and \x85 more, \x80 5", "café and … more, € 5"),
        (b"\x93Quoted\x94 \x96 it\x92s", "“Quoted” – it’s"),
        (b"\x1b[1mBold\x1b[0m", "Bold"),
        (b"a\x1c\x1db", "a  b"),
        (b"esc \x1b$ alone", "esc $ alone"),
        (b"_\x08u_\x08n and b\x08bo\x08o", "un and bo"),
        (b"page\n\x0cnext", "page\nnext"),
    ],
)
def test_bytes_of_old_programs_are_read(data: bytes, text: str) -> None:
    """Quotation marks of Windows, colours and overstrikes of terminals, separators and form feeds of printers."""
    assert decode(data, "a.txt") == text


def test_an_empty_line_over_the_title_is_no_break() -> None:
    """Blank lines are a break between paragraphs, and never beside a title or a heading."""
    blocks, _facts = read_text(f"The Title\n\n\n\n{LONG}\n\n{LONG}\n\n\n\nThe Next Thing\n\n\n{LONG}")

    assert BlockKind.BREAK not in {block.kind for block in blocks}


@pytest.mark.parametrize("over", ["The Title\n\n", ""])
def test_a_byline_right_over_the_text_is_no_part_of_it(over: str) -> None:
    """Without a blank line between, the first paragraph still begins after the byline, and not in the title."""
    blocks, facts = read_text(f"{over}By Ann Example\n{LONG}\n\n{LONG}")

    assert facts.authors == ("Ann Example",)
    assert [block.text for block in blocks] == [*over.split("\n\n")[:-1], LONG, LONG]


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        (f"{LONG}\n\n01. one\n\n{LONG}", BlockKind.LIST_ITEM, "01. one"),
        (f"{LONG}\n\na) one\n\n{LONG}", BlockKind.LIST_ITEM, "a) one"),
        (f"{LONG}\n\n7. one\n\n{LONG}", BlockKind.LIST_ITEM, "one"),
        (f"{LONG}\n\n    > a.b() == c;\n\n{LONG}", BlockKind.QUOTE, "a.b() == c;"),
        (f"{LONG}\n\n   {LONG[:80]}.\n\n{LONG}", BlockKind.QUOTE, f"{LONG[:80]}."),
        (f"{LONG}\n\n{LONG[:99]},\n{'=' * 60}\n\n{LONG}", BlockKind.HEADING, f"{LONG[:99]},"),
    ],
)
def test_a_sign_that_says_something_stays_in_the_text(source: str, kind: BlockKind, text: str) -> None:
    """Letters and odd numbers of items are words; bullets, plain numbers, ``>`` and underlines are none."""
    assert [block.text for block in read_text(source)[0] if block.kind is kind] == [text]
