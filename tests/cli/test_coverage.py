"""What became of an article, as `narrate script` and `narrate make` tell it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.article.markdown import MarkdownReader
from narrate.script.blocks import drafts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    Run = Callable[..., Any]

SEED = Path(__file__).parents[2] / "seeds" / "000_8b5a2423189e2da9.txt"
CODE = "# Loops\n\nThey repeat.\n\n```\nx = 1\ny = 2\n```\n"


def report(path: str) -> Any:  # noqa: ANN401 # as JSON is
    """The report in a file."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def test_the_seed_is_covered_whole(narrate: Run) -> None:
    """`narrate script seeds/… --coverage FILE`: every letter spoken, and it says so on stderr."""
    said = narrate("script", str(SEED), "--coverage", "out.json", "-o", "a.yaml")

    text = SEED.read_text(encoding="utf-8")
    (script,) = report("out.json")["scripts"]
    letters = "".join(each["text"] for each in script["stretches"] if each["fate"] == "spoken")
    assert sum(map(str.isalnum, letters)) == sum(map(str.isalnum, text))
    assert all(text[each["start"] : each["end"]] == each["text"] for each in script["stretches"])
    assert f"{script['words']['all']} words: {script['words']['spoken']} spoken." in said.err
    assert script["words"]["all"] == script["words"]["spoken"] > 600
    assert "Warning" not in said.err


def test_much_that_is_left_out_is_a_warning(narrate: Run) -> None:
    """On stderr with the rule and the first line; not with -q, and with --json in the document."""
    Path("a.md").write_text(CODE, encoding="utf-8")
    loud, quiet = narrate("script", "a.md"), narrate("script", "a.md", "-q")
    document = narrate("script", "a.md", "--json").json()

    told = "57 % of the words are not heard (code = say), the first in line 6: “x = 1”"
    assert loud.err == f"7 words: 3 spoken, 4 skipped by code = say.\nWarning: {told}\n"
    assert quiet.err == ""
    assert document["warnings"] == [told]
    assert document["words"] == {"all": 7, "spoken": 3, "skipped": {"code = say": 4}, "lost": 0, "not_counted": 0}


def test_make_warns_and_writes_the_report_of_all(narrate: Run) -> None:
    """One report of the scripts of all articles; each episode has its warnings."""
    Path("a.md").write_text(CODE, encoding="utf-8")
    Path("b.md").write_text("# Rest\n\nIt rests.\n", encoding="utf-8")
    said = narrate("make", "-n", "a.md", "b.md", "--json", "--coverage", "out.json")

    assert [len(each["warnings"]) for each in said.json()["episodes"]] == [1, 0]
    assert [script["title"] for script in report("out.json")["scripts"]] == ["Loops", "Rest"]
    assert "57 % of the words are not heard" in narrate("make", "-n", "a.md").err


def test_a_script_file_has_no_report(narrate: Run) -> None:
    """What a person made of an article is theirs: nothing is told, and asking for a report is refused."""
    Path("a.md").write_text(CODE, encoding="utf-8")
    narrate("script", "a.md", "-o", "a.yaml")

    assert "words" not in narrate("script", "a.yaml").err
    refused = narrate("script", "a.yaml", "--coverage", "out.json")
    assert refused.code == 2
    assert "no script was made from one" in refused.refusal


def test_lost_text_is_told_as_a_bug_even_where_all_is_quiet(narrate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that vanishes on the way is told in one sentence; the exit code stays, and the report has it."""
    Path("a.md").write_text("# Rest\n\nIt rests.\n\nIt goes on.\n", encoding="utf-8")
    monkeypatch.setattr(
        "narrate.script.outline.drafts_of", lambda *args: [] if "rests" in args[0].text else drafts_of(*args)
    )
    said = narrate("script", "a.md", "-q", "--coverage", "out.json")

    assert "a bug in narrate lost “It rests.”" in narrate("make", "-n", "-q", "a.md").err
    assert said.code == 0
    assert "a bug in narrate lost “It rests.” in line 3" in said.err
    assert "please report it" in said.err
    assert [each["fate"] for each in report("out.json")["scripts"][0]["stretches"]] == ["spoken", "lost", "spoken"]


def test_text_that_a_reader_loses_is_told(narrate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is a word that a reader forgot."""
    read = MarkdownReader.read

    def forgetful(self: MarkdownReader, *args: Any) -> Any:  # noqa: ANN401 # as the reader's
        from dataclasses import replace

        article = read(self, *args)
        cut = replace(article.blocks[-1], text="It goes")
        return replace(article, blocks=(*article.blocks[:-1], cut))

    Path("a.md").write_text("# Rest\n\nIt rests.\n\nIt goes on.\n", encoding="utf-8")
    monkeypatch.setattr(MarkdownReader, "read", forgetful)

    assert "a bug in narrate lost “on.” in line 5 (it is not in the text of its block)" in narrate("script", "a.md").err
