"""Where lexicons come from, and what narrate's own holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from narrate.errors import SettingsError
from narrate.model import Lexeme, Role
from narrate.pipeline.lexicons import add_to, lexicon_of, read_file
from narrate.pipeline.reading import diction_of
from narrate.script import utter
from narrate.settings import Settings
from narrate.speech import shipped_folder

if TYPE_CHECKING:
    from pathlib import Path

STARTER = shipped_folder() / "lexicons" / "en.txt"


def test_narrates_own_has_a_respelling_and_phonemes_for_each() -> None:
    """Any voice can say each of them; they are for English, and for no plain word of it in small letters."""
    entries = read_file(STARTER)

    assert len(entries) >= 120
    assert all(entry.spoken and entry.ipa and entry.language == "en" for entry in entries)
    assert utter("A latex glove of the gnome", "en", Role.BODY, diction_of(Settings())).pronunciations == ()


def test_a_lexicon_in_hand_is_one_value(tmp_path: Path) -> None:
    """Asked again it is the same value, since what is made of it is kept by who it is; an edited file is read again."""
    file = tmp_path / "a.txt"
    file.write_text("Nguyen = one\n", encoding="utf-8")
    settings = Settings(lexicon=str(file), starter_lexicon=False)
    first = lexicon_of(settings)
    assert lexicon_of(settings) is first

    add_to(file, [Lexeme("Nguyen", "two")])
    os.utime(file, ns=(1, 1))

    assert [entry.spoken for entry in lexicon_of(settings)] == ["two"]


def test_a_show_may_have_a_table_and_a_pls_document(tmp_path: Path) -> None:
    """Both hold, the table first."""
    folder = tmp_path / "show"
    folder.mkdir()
    (folder / "lexicon.txt").write_text("Nguyen = one\n", encoding="utf-8")
    (folder / "lexicon.pls").write_text(
        '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">'
        "<lexeme><grapheme>Kyiv</grapheme><alias>keeve</alias></lexeme></lexicon>",
        encoding="utf-8",
    )

    found = lexicon_of(Settings(out=str(tmp_path), show="show", starter_lexicon=False))

    assert [(entry.written, entry.spoken) for entry in found] == [("Nguyen", "one"), ("Kyiv", "keeve")]


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"Nguyen = win\nKyiv = \xff\n", "line 2: this is not UTF-8"), (b"a" * 8_000_001, "8 MB")],
)
def test_what_is_no_text_is_told(tmp_path: Path, data: bytes, problem: str) -> None:
    """The file, and the line where there is one."""
    file = tmp_path / "a.txt"
    file.write_bytes(data)

    with pytest.raises(SettingsError, match=problem):
        read_file(file)
