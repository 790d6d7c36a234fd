"""``narrate doctor`` and ``narrate publish`` as commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from narrate.pipeline import doctor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

    Command = Callable[..., Said]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trials in processes of their own are tested beside the pipeline; here they are all well."""
    monkeypatch.setattr(doctor, "_try", lambda name, _language: [("ok", name, "tried", "")])


def test_a_line_a_thing_for_people_and_screen_readers(narrate: Command) -> None:
    """Grade, thing, what was found, what to do; the sum at the end on stderr."""
    said = narrate("doctor")

    assert said.code == 0
    assert all(line.startswith(("ok: ", "warning: ")) for line in said.out.splitlines())
    assert "ok: show: there is none in 'out/narrated-articles' yet; 'narrate make ARTICLE' begins one" in said.out
    assert said.err.startswith("Everything that is needed works; ")


def test_a_fault_is_exit_code_1_and_quiet_shows_what_is_wrong_only(narrate: Command, here: Path) -> None:
    """In a script it says whether all is well."""
    (here / "narrate.toml").write_text("speed = 9\n", encoding="utf-8")

    said = narrate("doctor", "-q")

    assert said.code == 1
    assert said.out.startswith("fault: settings: narrate.toml, line 1: speed: 9 is not a number from 0.5 to 3; ")
    assert "ok: " not in said.out
    assert said.err == ""


def test_the_document_has_every_check(narrate: Command, here: Path) -> None:
    """With counts, for programs."""
    (here / "narrate.toml").write_text("[publish]\ntarget = 'gs://b/x'\n", encoding="utf-8")

    said = narrate("doctor", "--json")

    document = said.json()
    assert (said.code, document["ok"], document["faults"]) == (1, False, 1)
    (fault,) = [check for check in document["checks"] if check["grade"] == "fault"]
    assert fault["name"] == "publishing"
    assert fault["advice"] == "pip install 'narrate-podcast[gcs]'"


@pytest.fixture
def show(narrate: Command, article: str) -> str:
    """A show with an episode and a public address."""
    assert narrate("make", article).code == 0
    assert narrate("show", "set", "base_url", "https://pod.example.org/reads/").code == 0
    return article


@pytest.mark.usefixtures("show")
def test_publish_ends_with_what_apps_subscribe_to(narrate: Command, here: Path) -> None:
    """The result on stdout, the story on stderr."""
    said = narrate("publish", "site")

    assert (said.code, said.out) == (0, "https://pod.example.org/reads/feed.xml\n")
    assert "Sent " in said.err
    assert (here / "site" / "feed.xml").read_bytes() == (here / "out" / "narrated-articles" / "feed.xml").read_bytes()


@pytest.mark.usefixtures("show")
def test_the_target_and_its_options_may_be_settings(narrate: Command, here: Path) -> None:
    """Then `narrate publish` is enough; a table of options is as good as words."""
    (here / "narrate.toml").write_text(
        "[publish]\ntarget = 'site'\n[publish.options]\nendpoint_url = 'https://minio.example'\nsecret = 'hush'\n",
        encoding="utf-8",
    )

    assert narrate("publish").code == 0
    assert (here / "site" / "feed.xml").exists()
    shown = narrate("settings").out
    assert "endpoint_url=https://minio.example secret=***" in shown
    assert "hush" not in shown


@pytest.mark.usefixtures("show")
def test_a_dry_run_lists_in_order_what_would_be_sent(narrate: Command, here: Path) -> None:
    """A line a file, the feed last; the document has the same."""
    lines = narrate("publish", "site", "-n").out.splitlines()
    document = narrate("publish", "site", "-n", "--json").json()

    assert lines[0].startswith("send (new)\t")
    assert lines[0].endswith("\tbread/bread.mp3")
    assert lines[-1].endswith("\tfeed.xml")
    assert [each["path"] for each in document["sent"]] == [line.split("\t")[2] for line in lines]
    assert document["dry_run"]
    assert not (here / "site").exists()


def test_publish_says_what_is_missing(narrate: Command, article: str) -> None:
    """A target, a show, a public address: each in one sentence with what to type."""
    assert "publish.target" in narrate("publish").refusal
    assert "there is no show" in narrate("publish", "site").refusal
    narrate("make", article)
    said = narrate("publish", "site", "--json")

    assert said.json()["error"]["code"] == "show"
    assert "narrate show set base_url https://example.org/podcast/" in json.dumps(said.json())
    assert narrate("publish", "site", "--option", "x").code == 2
