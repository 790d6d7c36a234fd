"""W3C PLS 1.0: what other programs wrote, what they get, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from narrate.errors import SettingsError
from narrate.model import Lexeme
from narrate.script import read_pls, write_pls

HEAD = '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">'
NAMESPACE = {"p": "http://www.w3.org/2005/01/pronunciation-lexicon"}


def pls(*lexemes: str, head: str = HEAD) -> bytes:
    """A document of these lexemes, a line each; the first is on line 2."""
    return "\n".join((head, *lexemes, "</lexicon>")).encode()


@pytest.mark.parametrize(
    ("lexeme", "entries"),
    [
        (
            "<lexeme><grapheme>Nguyen</grapheme><phoneme>wɪn</phoneme></lexeme>",
            [Lexeme("Nguyen", "", "wɪn", "en-US")],
        ),
        (
            "<lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>",
            [Lexeme("W3C", "World Wide Web Consortium", "", "en-US")],
        ),
        (
            (
                "<lexeme><grapheme>colour</grapheme><!-- both --><grapheme>color</grapheme>"
                "<phoneme>a</phoneme><phoneme prefer='true'>kˈʌlɚ</phoneme><alias>culler</alias></lexeme>"
            ),
            [Lexeme("colour", "culler", "kˈʌlɚ", "en-US"), Lexeme("color", "culler", "kˈʌlɚ", "en-US")],
        ),
        (
            "<lexeme><grapheme>a</grapheme><phoneme alphabet='x-sampa'>@</phoneme><phoneme>ə</phoneme></lexeme>",
            [Lexeme("a", "", "ə", "en-US")],
        ),
        (
            "<lexeme><grapheme>a</grapheme><phoneme alphabet='x-sampa'>@</phoneme><alias>uh</alias></lexeme>",
            [Lexeme("a", "uh", "", "en-US")],
        ),
        ("<lexeme><grapheme>known</grapheme></lexeme>", []),
        ("<lexeme role='x:verb'><grapheme>a&amp;b</grapheme><alias>a and b</alias></lexeme>", None),
    ],
)
def test_what_others_wrote_is_read(lexeme: str, entries: list[Lexeme] | None) -> None:
    """Graphemes, aliases, phonemes, preferences and alphabets as the recommendation has them."""
    wanted = [Lexeme("a&b", "a and b", "", "en-US")] if entries is None else entries

    assert list(read_pls(pls(lexeme), "a.pls")) == wanted


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pls("<lexeme><alias>x</alias></lexeme>"), "line 2: a <lexeme> has no <grapheme>"),
        (
            pls("", "<lexeme><grapheme>a</grapheme><phoneme alphabet='x-sampa'>@</phoneme></lexeme>"),
            "line 3: the alphabet of <phoneme> is 'x-sampa'; only 'ipa' is read, or give an <alias>",
        ),
        (pls("<lexeme><grapheme>a</grapheme><phoneme>n@w</phoneme></lexeme>"), "line 2: the sign '@' (U+0040)"),
        (b"<lexicon/>", "line 1: <lexicon> is no PLS"),
        (b"<lexicon", "line 1: this is not XML that can be read"),
        (b"", "line 1: this is not XML that can be read"),
        (pls("<lexeme><grapheme>a</grapheme><alias>&pic;</alias></lexeme>"), "not XML that can be read"),
        (
            pls(
                "<lexeme><grapheme>&e;</grapheme><alias>x</alias></lexeme>",
                head=f"<!DOCTYPE lexicon [<!ENTITY e SYSTEM 'a.txt'>]>{HEAD}",
            ),
            "&e; is an entity, and none is followed",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(data: bytes, problem: str) -> None:
    """One sentence with the file, the line and what is allowed; nothing outside the file is looked at."""
    with pytest.raises(SettingsError) as refused:
        read_pls(data, "a.pls")

    assert str(refused.value).startswith("a.pls, line ")
    assert problem in str(refused.value)


def test_a_thousand_million_laughs_are_not_heard() -> None:
    """Entities that stand for gigabytes are refused before they are anything."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE lexicon [<!ENTITY l0 "ha">{laughs}]>{HEAD}'

    with pytest.raises(SettingsError, match=r"a\.pls, line 1"):
        read_pls(pls("<lexeme><grapheme>&l9;</grapheme><alias>x</alias></lexeme>", head=head), "a.pls")


WORDS = st.text(alphabet="abÉß1&<'- ", min_size=1, max_size=12).map(lambda text: f"{' '.join(text.split())}z")
ENTRIES = st.builds(
    Lexeme,
    written=WORDS,
    spoken=WORDS,
    ipa=st.sampled_from(["", "wɪn", "ˈʃiː dʒɪn"]),
    language=st.just("de"),
    exact_case=st.booleans(),
)


@given(st.lists(ENTRIES, max_size=5, unique_by=lambda entry: (entry.written, entry.exact_case)))
def test_what_is_written_reads_back_the_same(entries: list[Lexeme]) -> None:
    """Every entry of the language comes back, in order, and capitals count as before."""
    assert read_pls(write_pls(entries, "de"), "a.pls") == tuple(entries)


def test_other_readers_find_what_the_recommendation_has() -> None:
    """Version, alphabet and language stand at the root; a lexeme has its grapheme first; other languages stay out."""
    entries = [Lexeme("Nguyen", "win", "wɪn"), Lexeme("Job", "Dschobb", "", "de")]

    root = etree.fromstring(write_pls(entries, "en"))
    lexemes = root.findall("p:lexeme", NAMESPACE)

    assert (root.get("version"), root.get("alphabet")) == ("1.0", "ipa")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert [[etree.QName(child).localname for child in lexeme] for lexeme in lexemes] == [
        ["grapheme", "phoneme", "alias"]
    ]
