"""``narrate feed audit``: lines for people, a document for programs, and the exit code."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

GOOD = Path(__file__).parents[1] / "feed" / "audit" / "good.xml"


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder of the test's own."""
    monkeypatch.setattr("narrate.pipeline.auditing.state_folder", lambda: tmp_path / "state")


def test_a_good_feed_has_nothing_to_mend(narrate: Run) -> None:
    """Nothing on stdout, one line for people, and exit code 0."""
    said = narrate("feed", "audit", str(GOOD))

    assert (said.code, said.out) == (0, "")
    assert said.err == f"{GOOD}: 2 episodes, nothing to mend\n"


def test_a_finding_says_what_where_how_to_mend_it_and_whose_rule_it_is(narrate: Run) -> None:
    """On two lines; errors come first, and end the command with 1."""
    text = GOOD.read_text(encoding="utf-8").replace('length="7"', "").replace("en-gb", "English (UK)")
    Path("feed.rss").write_text(text.replace("<title>Salt", "<title>#6 Salt"), encoding="utf-8")
    said = narrate("feed", "audit", "feed.rss")

    assert said.code == 1
    assert said.out.splitlines()[:2] == [
        "error: channel (line 8): <language> is “English (UK)”, no tag of a language",
        "    write a tag such as en or en-us [language-tag; BCP 47; ISO 639]",
    ]
    assert "error: item 2 “#6 Salt” (line 74): the enclosure's length is not given" in said.out
    assert said.out.splitlines()[-2].startswith("hint: item 2 “#6 Salt”")
    assert said.err == "feed.rss: 2 episodes, 2 errors, 1 hint\n"


def test_many_of_one_kind_are_counted(narrate: Run) -> None:
    """Three are shown, all with --all."""
    item = "<item><title>A</title><enclosure/></item>"
    Path("feed.rss").write_text(f"<rss version='2.0'><channel>{item * 9}</channel></rss>")
    said = narrate("feed", "audit", "feed.rss", "-q")

    assert said.out.count("[guid; ") == 3
    assert "and 6 more by the rule guid (--all shows them)" in said.out
    assert narrate("feed", "audit", "feed.rss", "--all").out.count("[guid; ") == 9
    assert said.err == ""


def test_a_document_for_programs(narrate: Run) -> None:
    """Every finding with its fields, and counts; ok is false where the exit code is 1."""
    Path("feed.rss").write_text("<rss>\n<channel>&</channel></rss>")
    said = narrate("feed", "audit", "feed.rss", "--json")
    (finding,) = said.json()["findings"]

    assert said.code == 1
    assert said.json()["ok"] is False
    assert said.json()["counts"] == {"errors": 1, "warnings": 0, "hints": 0}
    assert (finding["rule"], finding["severity"], finding["line"]) == ("xml", "error", 2)
    assert set(finding) == {"rule", "severity", "where", "line", "what", "mend", "source"}


def test_a_feed_in_a_pipe(installed: Run) -> None:
    """Standard input is "-"; nothing of it is remembered."""
    said = installed("feed", "audit", "-", stdin=GOOD.read_bytes())

    assert (said.code, said.out) == (0, "")
    assert said.err == "standard input: 2 episodes, nothing to mend\n"


def test_the_shows_own_feed(narrate: Run, article: str) -> None:
    """Without a name it is the show's, with every default that is still in place, and --show before or after."""
    narrate("make", "-q", article, "--show", "b")
    said = narrate("feed", "--show", "b", "audit")
    other = narrate("feed", "audit", "--show", "b")

    assert "narrate show set title" in said.out
    assert said.out == other.out
    assert "there is no show in" in narrate("feed", "audit").refusal


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gone.xml",), "cannot read 'gone.xml': there is no such file"),
        (("http://127.0.0.1:9/feed.xml",), "127.0.0.1 is not on the public internet; --allow-private lets narrate"),
        (("https://[::1/",), "is no address on the web"),
    ],
)
def test_what_cannot_be_audited(narrate: Run, words: tuple[str, ...], said: str) -> None:
    """One sentence, as a document too."""
    assert said in narrate("feed", "audit", *words).refusal
    assert said in narrate("feed", "audit", "--json", *words).json()["error"]["message"]


def test_nothing_of_a_feed_commands_the_terminal(narrate: Run) -> None:
    """Titles of strangers are shown, not obeyed."""
    title = "&#x9b;31m\u202eevil"
    Path("feed.rss").write_text(f"<rss version='2.0'><channel><item><title>{title}</title></item></channel></rss>")
    said = narrate("feed", "audit", "feed.rss")

    assert "\x9b" not in said.out
    assert "\u202e" not in said.out
    assert "\\x9b31m\\u202eevil" in said.out


def test_what_narrate_serves_has_nothing_to_mend(narrate: Run, article: str, program: str) -> None:
    """The show as a host would serve it: feed, HEAD, ranges, 304, gzip, types, chapters, picture."""
    narrate("show", "init")
    for name, value in {"title": "Bread", "owner_email": "a@b.example", "cover": _picture()}.items():
        assert narrate("show", "set", name, value).code == 0
    narrate("make", "-q", article)
    with subprocess.Popen([program, "serve", "-q", "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        url = server.stdout.readline().strip()
        said = narrate("feed", "audit", "--allow-private", url)
        server.terminate()

    assert (said.code, said.out) == (0, "")
    assert said.err == f"{url}: 1 episode, nothing to mend\n"


def _picture() -> str:
    Image.new("RGB", (1400, 1400)).save("art.jpg")
    return "art.jpg"
