"""Language tags: what engines call them, what BCP 47 calls them, and who understands whom."""

from __future__ import annotations

import pytest

from narrate.speech.languages import is_tag, nearness, tag_of


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("en-us", "en-US"),
        ("en_GB", "en-GB"),
        ("en-gb-x-rp", "en-GB-x-rp"),
        ("en-gb-scotland", "en-scotland"),
        ("vi-vn-x-south", "vi-VN-x-south"),
        ("es-419", "es-419"),
        ("en-029", "en-029"),
        ("fa-latn", "fa-Latn"),
        ("zh-Hans-CN", "zh-Hans-CN"),
        ("chr-US-Qaaa-x-west", "chr-x-west"),
        (" de ", "de"),
        ("Unknown Locale: 4096", "und"),
        ("", "und"),
    ],
)
def test_an_engines_name_becomes_a_tag(name: str, tag: str) -> None:
    """Case is that of RFC 5646; eSpeak's inventions go where BCP 47 has a place for them; the rest is "und"."""
    assert tag_of(name) == tag


@pytest.mark.parametrize(
    ("wanted", "in_order"),
    [
        ("fr", ["fr", "fr-FR", "fr-CA"]),
        ("fr-CA", ["fr-CA", "fr", "fr-FR", "fr-BE"]),
        ("en", ["en", "en-US", "en-GB"]),
        ("zh-Hans", ["cmn", "cmn-Latn-pinyin"]),
        ("no", ["nb", "nb-x-other"]),
    ],
)
def test_nearer_varieties_count_more(wanted: str, in_order: list[str]) -> None:
    """The tag itself, then the plain language, then the one of its home, then any other."""
    scores = [nearness(wanted, spoken) for spoken in in_order]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


@pytest.mark.parametrize(("wanted", "spoken"), [("en", "de"), ("en", "und"), ("de", "den"), ("sr", "hr")])
def test_another_language_does_not_count(wanted: str, spoken: str) -> None:
    """However alike two tags look, another language is no match."""
    assert nearness(wanted, spoken) == 0


@pytest.mark.parametrize(("text", "expected"), [("en", True), ("zh-Hans-CN", True), ("espeak", False), ("a/b", False)])
def test_names_of_voices_are_not_taken_for_languages(text: str, *, expected: bool) -> None:
    """Only what has the shape of a tag is looked up as a language."""
    assert is_tag(text) == expected
