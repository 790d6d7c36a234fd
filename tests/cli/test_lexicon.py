"""The commands about words: the user's lexicon, the show's, the article's, and what may be said wrong."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.runtime.places import config_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Said

    Narrate = Callable[..., Said]

ARTICLE = "---\ntitle: Names\n{}---\n\nNguyen met Siobhan. Then Nguyen went to Kyiv with Zorblaxian.\n"


@pytest.fixture(autouse=True)
def _no_user_lexicon() -> Iterator[None]:
    """The user has none before and after a test."""
    mine = config_file().with_name("lexicon.txt")
    mine.unlink(missing_ok=True)
    yield
    mine.unlink(missing_ok=True)


def article(here: Path, front: str = "") -> str:
    """An article with four names."""
    (here / "names.md").write_text(ARTICLE.format(front), encoding="utf-8")
    return "names.md"


def heard(narrate: Narrate, *words: str) -> str:
    """What a script says in the place of the written sentences."""
    script = narrate("script", "names.md", "-q", *words).out
    return " ".join(line.partition("# said: ")[2] for line in script.splitlines() if "# said: " in line)


def test_the_nearest_lexicon_wins(narrate: Narrate, here: Path) -> None:
    """The article's own before the option's, the show's, the user's and narrate's."""
    article(here)
    assert heard(narrate).startswith("win met")

    narrate("lexicon", "add", "Nguyen = one", "Kyiv = keev one", "Siobhan = see one")
    assert heard(narrate) == "one met see one. Then one went to keev one with Zorblaxian."

    narrate("lexicon", "add", "--show", "narrated-articles", "Nguyen = two", "Siobhan = see two")
    assert heard(narrate) == "two met see two. Then two went to keev one with Zorblaxian."

    (here / "given.txt").write_text("Nguyen = three\n", encoding="utf-8")
    assert heard(narrate, "--lexicon", "given.txt") == "three met see two. Then three went to keev one with Zorblaxian."

    (here / "own.txt").write_text("Nguyen = four\n", encoding="utf-8")
    article(here, "lexicon: own.txt\n")
    assert heard(narrate, "--lexicon", "given.txt").startswith("four met see two.")


def test_narrates_own_can_be_left_out(narrate: Narrate, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting does without the starter lexicon, and one with a list of files adds them."""
    article(here)
    monkeypatch.setenv("NARRATE_STARTER_LEXICON", "false")
    assert heard(narrate) == ""

    (here / "a.txt").write_text("Kyiv = keeve\n", encoding="utf-8")
    (here / "b.txt").write_text("Siobhan = shivawn\n", encoding="utf-8")
    (here / "narrate.toml").write_text('lexicon = ["a.txt", "b.txt"]\n', encoding="utf-8")
    assert heard(narrate) == "Nguyen met shivawn. Then Nguyen went to keeve with Zorblaxian."


def test_a_script_takes_its_articles_words_along(narrate: Narrate, here: Path) -> None:
    """Made from the script, without the article's lexicon, it is spoken the same."""
    (here / "own.txt").write_text("Nguyen = four /fɔːɹ/\nUnused = not here\n", encoding="utf-8")
    narrate("script", article(here, "lexicon: own.txt\n"), "-q", "-o", "s.yaml")
    first = (here / "s.yaml").read_text(encoding="utf-8")
    (here / "own.txt").unlink()

    assert narrate("script", "s.yaml", "-q").out == first
    assert '- "Nguyen = four /fɔːɹ/"' in first
    assert "Unused" not in first


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Nguyen = win\nKyiv", "own.txt', line 2: “Kyiv” is no entry"),
        ("Kyiv = /ki@v/", "own.txt', line 1: the sign '@' (U+0040) is not of the International Phonetic Alphabet"),
        ("<lexicon>", "own.txt', line 1: this is not XML that can be read"),
        (None, "own.txt': there is no such file"),
    ],
)
def test_a_wrong_lexicon_is_one_sentence(narrate: Narrate, here: Path, text: str | None, problem: str) -> None:
    """With the file, the line and what is allowed."""
    if text is not None:
        (here / "own.txt").write_text(text, encoding="utf-8")

    assert problem in narrate("script", article(here, "lexicon: own.txt\n")).refusal


def test_words_that_may_be_said_wrong(narrate: Narrate, here: Path) -> None:
    """Most frequent first, each as a line for a lexicon; once it is there the word is known."""
    name = article(here)
    lines = narrate("script", name, "--unknown").out.splitlines()
    rows = narrate("script", name, "--unknown", "--json").json()["words"]

    assert lines == ["Siobhan = Siobhan  # 1 time", "Zorblaxian = Zorblaxian  # 1 time"]
    assert rows[0] == {"word": "Siobhan", "times": 1, "ipa": "", "line": "Siobhan = Siobhan"}
    narrate("lexicon", "add", *lines)
    assert narrate("script", name, "--unknown").out == ""
    assert "leave out -o" in narrate("script", name, "--unknown", "-o", "s.yaml").refusal


def test_a_lexicon_goes_out_and_comes_in(narrate: Narrate, here: Path) -> None:
    """As PLS or as a table; entries for the same word are replaced."""
    narrate("lexicon", "add", "Nguyen = win /wɪn/", "Job = Dschobb [de]")
    assert narrate("lexicon", "export", "a.pls", "-q").last == "a.pls"
    assert "is there already" in narrate("lexicon", "export", "a.pls").refusal
    narrate("lexicon", "export", "a.txt")

    narrate("lexicon", "import", "a.pls", "--show", "other")
    told = narrate("lexicon", "import", "a.txt").err

    other = Path("out/other/lexicon.txt").read_text(encoding="utf-8")
    assert other == "[en]\nNguyen = win /wɪn/\n"
    assert (here / "a.txt").read_text(encoding="utf-8") == "Nguyen = win /wɪn/\n[de]\nJob = Dschobb\n"
    assert "0 added, 2 replaced." in told


def test_entries_are_listed_by_where_they_come_from(narrate: Narrate) -> None:
    """The one that counts stands first."""
    narrate("lexicon", "add", "Nguyen = wen")

    rows = narrate("lexicon", "list", "nguyen").out.splitlines()

    assert [(row.split("\t")[1], row.split("\t")[-1]) for row in rows] == [("wen", "user"), ("win", "starter")]
    entries = narrate("lexicon", "list", "Nguyen", "--json").json()["entries"]
    assert [entry["from"] for entry in entries] == ["user", "starter"]


def test_a_word_is_heard_as_it_would_be_said(narrate: Narrate) -> None:
    """A tone a word: the respelling has two; what cannot stand in a lexicon is refused."""
    lengths = []
    for words in (("Nguyen", "--as", "new yen"), ("Nguyen", "--as", "new"), ("Nguyen", "--as", "new /njuː/")):
        narrate("say", *words, "-o", "a.wav")
        with wave.open("a.wav") as sound:
            lengths.append(sound.getnframes())

    assert lengths[0] > lengths[1] == lengths[2]
    assert (
        "--as: 'Nguyen' is not told how it is said" in narrate("say", "Nguyen", "--as", "[case]", "-o", "a.wav").refusal
    )
