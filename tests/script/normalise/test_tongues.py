"""Numbers, dates, money, times and measures in other languages than English."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.script import speak_written
from narrate.script.normalise.tongues.roman import roman

TABLE = (Path(__file__).parent / "tongues.tsv").read_text("utf-8").splitlines()
PAIRS = [line.split("\t") for line in TABLE[1:]]

UNTOUCHED = {
    "de": [
        "Version 2.0.1 läuft auf 192.168.1.1.",
        "Rufen Sie 030/1234567 an.",
        "Auf Platz 3. Dann kam er.",
        "Er kam am 3. Danach ging er.",
        "Das 4-4-2 der Boeing 737-8.",
        "Nach 5.6.1 folgt 5.6.2.",
    ],
    "fr": [
        "La version 2.0.1 de Le Monde.",
        "Le CD et le DVD.",
        "Il a 12 ans en 1999.",
        "Article L. 12-3 du code, art 5.",
        "Le 49-3 et le 4-3-3.",
        "Le MIX Festival, X et I.",
    ],
    "es": [
        "La versión 2.0.1 de 1999.",
        "Hay 12 personas.",
        "Llame al 91 123 45 67 o al +34 600 123 456.",
        "El 4-3-3 del F-16.",
        "Las 12 horas, las más largas.",
    ],
    "it": [
        "La versione 2.0.1 del 1999.",
        "Ci sono 12 persone, il CD.",
        "Il 25 aprile 1945 l’Italia fu libera.",
        "I Festival estivi.",
        "Il 4-3-3 e il 24/7.",
    ],
    "pt": ["A versão 2.0.1 de 1999.", "São 12 pessoas.", "Ligue para +351 21 123 4567.", "O 4-3-3 e o F-16."],
    "pl": ["Kosztuje 3,50 zł, czyli 12 %."],
    "sv": ["Den 12.05.2023 kostade det 3,50 €."],
}


@pytest.mark.parametrize(("language", "written", "spoken"), PAIRS)
def test_figures_are_said_in_the_language_of_the_text(language: str, written: str, spoken: str) -> None:
    """Number, money, date, time, measure and ruler, each as a reader of the language says it."""
    assert speak_written(written, language)[0] == spoken


@pytest.mark.parametrize(("language", "written"), [(tag, text) for tag, texts in UNTOUCHED.items() for text in texts])
def test_what_an_engine_reads_well_stays_as_it_is(language: str, written: str) -> None:
    """Versions, telephone numbers, bare counts, and every language without a table."""
    assert speak_written(written, language)[0] == written


TEXTS = st.text(st.sampled_from("0123456789.,:-–/ €$%hkmLXVIe°C'’") | st.characters(codec="utf-8"), max_size=60)


@given(TEXTS, st.sampled_from(["de", "de-CH", "fr", "es", "es-MX", "it", "pt", "pt-BR"]))
def test_no_text_breaks_the_rows(written: str, language: str) -> None:
    """Whatever stands there, the words are mapped in order and no digit goes without a word."""
    spoken, words = speak_written(written, language)
    assert all(a.spoken_end <= b.spoken_start for a, b in pairwise(words))
    if re.search(r"[0-9]", written):
        assert any(map(str.isalnum, spoken))


def test_roman_numerals_are_numbers() -> None:
    """Subtraction too."""
    assert [roman(numeral) for numeral in ("IV", "IX", "XL", "MCMXCIX")] == [4, 9, 40, 1999]
