"""Words that are likely to be said wrong, of those that a script holds."""

from __future__ import annotations

import pytest

from narrate.model import Lexeme, Role, Script, Segment, Utterance
from narrate.script import Known, unknown_words

COMMON = frozenset({"the", "met", "and", "live", "stream", "report", "write", "when"})
KNOWN = Known(COMMON, frozenset({"quixotic", "pune"}))


def script(*sentences: str, role: Role = Role.BODY, language: str = "en") -> Script:
    """A script of one segment."""
    return Script("T", language, (Segment("s", role, tuple(Utterance(each, each, language) for each in sentences), 0),))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Nguyen met Nguyen and Kyiv’s Siobhan", [("Nguyen", 2), ("Kyiv", 1), ("Siobhan", 1)]),
        ("The livestream and LiveStreams rewriting the unreported", []),
        ("NATO met the UNHCR and KERCHENSKY", [("KERCHENSKY", 1)]),
        ("When tagesschau.de, a@bcdef.org and https://ghijk.lm/nop met", []),
        ("The quixotic Pune", [("Pune", 1)]),
        ("Quixotic", []),
        ("The pune met Pune", []),
        ("O'Sullivan, Saint-Rémy and Müller", [("O'Sullivan", 1), ("Saint", 1), ("Rémy", 1), ("Müller", 1)]),
    ],
)
def test_names_and_rare_words_are_found(sentence: str, words: list[tuple[str, int]]) -> None:
    """Most frequent first; forms of frequent words, initialisms, addresses are none; a name is known if common."""
    assert unknown_words(script(sentence), KNOWN, ()) == words


def test_words_of_the_lexicon_and_other_languages_are_left_out() -> None:
    """What the lexicon says is said right; of words in other languages nothing is known."""
    lexicon = (Lexeme("Xuan Phuc", "shwahn foop"),)

    assert unknown_words(script("The Xuan Phuc report", "Xuan met"), KNOWN, lexicon) == [("Xuan", 1)]
    assert unknown_words(script("Der Bundesadler", language="de"), KNOWN, ()) == []


def test_a_heading_makes_no_names() -> None:
    """Its words have capitals whatever they are."""
    assert unknown_words(script("The Quixotic Report", role=Role.HEADING), KNOWN, ()) == []
