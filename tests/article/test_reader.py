"""Choosing readers, hints, bad input and limits."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from narrate.article import MAX_BYTES, Hints, read_article
from narrate.article.language import detect_language
from narrate.article.markdown import MarkdownReader
from narrate.article.text import TextReader
from narrate.errors import ArticleError
from narrate.model import Article, BlockKind, Origin

SEED = Path(__file__).parents[2] / "seeds" / "000_8b5a2423189e2da9.txt"
LONG = "It went on for a long time, and there was more to say of it than anybody had thought there would be at first."
NO_HINTS = Hints()


def _read(data: bytes, name: str = "a.txt", hints: Hints = NO_HINTS) -> Article:
    return read_article(data, Origin(name, name), [TextReader(), MarkdownReader()], hints)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.md", "# T\n\nText", "title"),
        ("a.MARKDOWN", "# T\n\nText", "title"),
        ("a.txt", "# T\n\nSee [this](http://a.b) and **that**.", "title"),
        ("-", "# T\n\nText", "title"),
        ("-", "---\ntitle: T\n---\n\nText", "paragraph"),
        ("a.txt", "# not a heading of a program's comment", "paragraph"),
        ("a.txt", "A *star* and a _line_ stay as they are.", "paragraph"),
    ],
)
def test_the_reader_is_chosen_by_content_and_suffix(name: str, text: str, kind: str) -> None:
    """Markdown by its suffix, or by its signs in a text whose suffix says nothing else."""
    assert _read(text.encode(), name).blocks[0].kind.value == kind


def test_plain_text_keeps_what_looks_like_markup() -> None:
    """SSML, HTML and ``[[…]]`` in a text are its text."""
    text = 'Say <break time="1s"/> and <b>bold</b>, [[hh@loU]] and *stars* -- {braces} too.'

    assert _read(text.encode()).blocks[0].text == text


def test_hints_override_what_the_text_says() -> None:
    """Title, authors, date, address and language; the text's own title stays, as a heading."""
    hints = Hints("Mine", ("Bo Example",), date(2026, 1, 2), "https://a.b/c", "pt_br")

    article = _read(f"The Title\nBy Ann Example\n\n{LONG}".encode(), hints=hints)

    assert (article.title, article.authors, article.published) == ("Mine", ("Bo Example",), date(2026, 1, 2))
    assert (article.url, article.language) == ("https://a.b/c", "pt-BR")
    assert (article.blocks[0].kind, article.blocks[0].text) == (BlockKind.HEADING, "The Title")


def test_a_hint_that_is_no_language_is_refused() -> None:
    """The message says what a language tag is."""
    with pytest.raises(ArticleError, match="no language tag"):
        _read(b"Text", hints=Hints(language="my own"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n \r\n", "holds no words"),
        (b"*** --- ***", "holds no words"),
        (b"\xef\xbb\xbf", "holds no words"),
        (b"%PDF-1.7\n%\xe2\xe3", "looks like a PDF"),
        (b"PK\x03\x04\x14\x00", "looks like a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "looks like a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "looks like a JPEG picture"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "looks like a WAV recording"),
        (b"ID3\x03\x00\x00\x00\x00\x0f\x76", "looks like an MP3 recording"),
        (b"OggS\x00\x02" + bytes(20), "looks like an Ogg recording"),
        (b"\x1f\x8b\x08\x00", "looks like gzip"),
        (b"{\\rtf1\\ansi", "looks like an RTF document"),
        (bytes(range(256)) * 8, "is not text"),
        (b"words \x00 and words", "is not text"),
        (b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(data: bytes, said: str) -> None:
    """What it is, in which file, and what to do; whatever its name says."""
    for name in ("a.txt", "a.md", "-"):
        with pytest.raises(ArticleError) as caught:
            _read(data, name)

        assert said in str(caught.value)
        assert str(caught.value).startswith(f"{name} ")
        assert "\n" not in str(caught.value)


def test_nobody_to_read_it_is_an_error_too() -> None:
    """Without readers there is still one sentence."""
    with pytest.raises(ArticleError, match="not text that narrate can read"):
        read_article(b"Text", Origin("a.txt"), [])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SEED.read_text(encoding="utf-8"), "en"),
        ("Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft begabt.", "de"),
        ("Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison.", "fr"),
        ("يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميراً", "ar"),
        ("吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。", "ja"),
        ("人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。", "zh"),
        ("4 8 15 16 23 42", "en"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    """Of the whole article; English where there is nothing to tell it by."""
    assert detect_language(text) == language


def test_right_to_left_text_is_read_in_the_order_it_is_written() -> None:
    """Nothing is turned round."""
    text = "كل الناس يولدون أحرارا ومتساوين في الكرامة والحقوق."

    article = _read(text.encode())

    assert (article.blocks[0].text, article.language) == (text, "ar")


DEEP = "".join(f"{'  ' * depth}- item {depth}\n" for depth in range(150))
PATHOLOGICAL = {
    "one line": ("a.txt", b"word " * 800_000),
    "blank lines": ("a.txt", b"a\n" + b"\n" * 100_000 + b"b"),
    "short lines": ("a.txt", b"Short Title\n\n" * 4_000),
    "broken words": ("a.txt", b"inter-\nnational " * 20_000),
    "quote marks": ("a.txt", b">" * 500_000 + b" a"),
    "brackets": ("a.md", b"[" * 300_000 + b"a"),
    "pictures": ("a.md", b"![" * 200_000 + b"a"),
    "stars": ("a.md", b"*a **b " * 40_000),
    "backticks": ("a.md", b"`a``b" * 60_000),
    "comments": ("a.md", b"<!-- " * 100_000 + b"a"),
    "tags": ("a.md", b"<div>" * 50_000 + b"a"),
    "quotations": ("a.md", b">" * 5_000 + b" a"),
    "lists": ("a.md", DEEP.encode()),
    "links": ("a.md", b"[a](" * 900 + b"(" * 50_000),
}


@pytest.mark.parametrize("case", PATHOLOGICAL)
def test_no_input_hangs(case: str) -> None:
    """Input made to be slow is read within 15 CPU seconds (mostly within one), and its words are kept."""
    name, data = PATHOLOGICAL[case]

    started = time.process_time()
    article = _read(data, name)

    assert time.process_time() - started < 15
    assert any(block.text for block in article.blocks)


def test_text_nested_beyond_the_parsers_depth_is_kept() -> None:
    """A parser that stops at a depth drops what is below it; it is read as it stands."""
    said = "".join(block.text for block in _read(DEEP.encode(), "a.md").blocks)

    assert all(f"item {depth}" in said for depth in range(150))


def test_a_text_needs_no_heavy_library() -> None:
    """Markdown, YAML, charset-normalizer load where they are needed; the detector does without numpy and requests."""
    program = (
        "import sys; from narrate.article import read_article; from narrate.article.text import TextReader;"
        "from narrate.article.markdown import MarkdownReader; from narrate.model import Origin;"
        "read_article(open(sys.argv[1], 'rb').read(), Origin('a.txt'), [TextReader(), MarkdownReader()]);"
        "print(sorted({'yaml', 'markdown_it', 'charset_normalizer', 'numpy', 'requests'} & set(sys.modules)))"
    )

    run = subprocess.run([sys.executable, "-c", program, str(SEED)], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_the_seed_is_read_in_milliseconds() -> None:
    """Less than 20 ms of CPU once the libraries are there (three times that on a slow machine)."""
    data = SEED.read_bytes()
    _read(data)

    started = time.process_time()
    for _ in range(5):
        _read(data)

    assert (time.process_time() - started) / 5 < 0.06


def test_an_address_that_is_none_of_the_web_is_refused() -> None:
    """It goes into links of notes and feeds, where some other kinds of address are commands."""
    with pytest.raises(ArticleError, match="begins with https:// or http://"):
        read_article(b"Text.", Origin("a.txt"), [TextReader()], Hints(url="javascript:alert(1)"))
