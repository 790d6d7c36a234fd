"""Bytes to text."""

from __future__ import annotations

import pytest

from narrate.article.encoding import clean, decode
from narrate.errors import ArticleError

RUSSIAN = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему."
JAPANESE = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗い所で泣いていた。"
FRENCH = "Les élèves français étaient déjà arrivés à l’école où ils avaient passé l’été précédent. Ça va très bien."
HEBREW = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון"
CHINESE = "道可道，非常道。名可名，非常名。无名天地之始；有名万物之母。故常无欲，以观其妙。"
CZECH = "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", FRENCH),
        ("utf-8-sig", FRENCH),
        ("utf-16", RUSSIAN),
        ("utf-16-le", FRENCH),
        ("utf-16-be", FRENCH),
        ("utf-16-le", RUSSIAN),
        ("utf-16-be", RUSSIAN),
        ("utf-16-be", "Short."),
        ("utf-32", JAPANESE),
        ("utf-32-le", FRENCH),
        ("cp1252", FRENCH),
        ("cp1252", "It’s “naïve” to say that any of it was ever free, for it cost £5 and a good deal of time."),
        ("cp1250", CZECH),
        ("koi8_r", RUSSIAN),
        ("cp1251", RUSSIAN),
        ("cp866", RUSSIAN),
        ("shift_jis", JAPANESE),
        ("euc_jp", JAPANESE),
        ("iso2022_jp", JAPANESE),
        ("gb18030", CHINESE),
        ("cp1255", HEBREW),
    ],
)
def test_text_is_read_in_the_encoding_it_was_written_in(encoding: str, text: str) -> None:
    """With and without a BOM, in the encodings that articles are met in."""
    assert decode(text.encode(encoding), "a") == text


def test_a_stray_byte_does_not_ruin_utf8() -> None:
    """One byte of another encoding is read as cp1252, and the rest stays what it is."""
    assert decode(f"{RUSSIAN} caf".encode() + b"\xe9", "a") == f"{RUSSIAN} café"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_every_line_end_is_one(end: str) -> None:
    """LF, CRLF, CR, VT, NEL and LS end a line."""
    assert clean(f"a{end}b") == "a\nb"


def test_a_paragraph_separator_ends_a_paragraph() -> None:
    """PS is a blank line."""
    assert clean("a\u2029b") == "a\n\nb"


def test_control_characters_go_and_nothing_else() -> None:
    """Bells, escapes and a BOM inside; but tabs, joiners, right-to-left marks and soft hyphens stay."""
    assert clean("a\x07\x1b[1mb\x1b[0m\ufeff\x7fc\td\u200fe\u00ad\u200d") == "abc\td\u200fe\u00ad\u200d"


def test_composed_letters_are_one_character() -> None:
    """Text is in NFC."""
    assert clean("e\u0301") == "é"


@pytest.mark.parametrize("data", [b"\xff\xfea\x00\x00\xd8", b"\x00\x01\x02\x03words"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Broken UTF-16 and NUL bytes give one sentence that names the file."""
    with pytest.raises(ArticleError, match=r"^a\.txt .*; "):
        decode(data, "a.txt")
