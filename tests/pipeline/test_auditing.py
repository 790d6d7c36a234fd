"""The audit of feeds in files and of shows of our own, and what is remembered of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.audited import GOOD, NOW, PLACES, ids, picture

from narrate.episode.pictures import examine
from narrate.errors import NarrateError, ShowError
from narrate.pipeline.auditing import Asked, audit_feed
from narrate.pipeline.showing import set_fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pipeline.conftest import Workshop


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of the test's own."""
    monkeypatch.setattr("narrate.pipeline.auditing.state_folder", lambda: tmp_path / "state")
    return tmp_path / "state" / "audits"


# A show of our own


@pytest.fixture
def ours(workshop: Workshop, tmp_path: Path) -> Path:
    """The folder of a show with two episodes and nothing to mend."""
    for name in ("bread", "salt"):
        workshop.make(workshop.write(f"{name}.md", f"# {name.title()}\n\nAll about {name}.\n"), formats="mp3")
    (tmp_path / "art.jpg").write_bytes(picture())
    pairs = {
        "title": "Long reads",
        "description": "Essays, read aloud.",
        "author": "Ann Example",
        "owner_name": "Ann Example",
        "owner_email": "ann@example.org",
        "category": "Arts > Books",
        "base_url": PLACES,
        "copyright": "Ann Example",
        "licence": "CC-BY-4.0",
        "listed": "yes",
        "cover": str(tmp_path / "art.jpg"),
    }
    set_fields(workshop.show, list(pairs.items()))
    return workshop.show


def test_a_show_in_order_has_nothing_to_mend(ours: Path) -> None:
    """Our own feed keeps every rule, its files are as they were made, and no default is left."""
    report = audit_feed(Asked("", ours), NOW)

    assert report.findings == ()
    assert (report.title, report.episodes, report.ok) == ("Long reads", 2, True)


def test_a_new_show_is_told_every_default(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with the command that sets it, and none of them an error."""
    monkeypatch.setattr("narrate.pipeline.auditshow.examine", lambda _data: examine(picture()))
    workshop.make(workshop.write("bread.md", "# Bread\n\nAll about bread.\n"))

    report = audit_feed(Asked("", workshop.show), NOW)
    defaults = {finding.rule: finding.mend for finding in report.findings}

    assert ids(report) == []
    assert report.ok
    for name in ("title", "description", "author", "owner_email", "base_url", "category", "cover", "listed"):
        assert defaults[f"default-{name.replace('_', '-')}"].startswith(f"narrate show set {name} ")


def _gone(folder: Path) -> None:
    (folder / "bread" / "bread.mp3").unlink()


def _changed(folder: Path) -> None:
    data = bytearray((folder / "salt" / "salt.vtt").read_bytes())
    data[-2] ^= 1
    (folder / "salt" / "salt.vtt").write_bytes(data)


def _cover_gone(folder: Path) -> None:
    next(folder.glob("artwork-*.jpg")).unlink()


def _settings(folder: Path) -> None:
    text = (folder / "show.toml").read_text(encoding="utf-8")
    (folder / "show.toml").write_text(text.replace("Essays, read aloud.", "Other things."), encoding="utf-8")


def _feed(folder: Path) -> None:
    text = (folder / "feed.xml").read_text(encoding="utf-8")
    (folder / "feed.xml").write_text(text.replace("<title>Bread", "<title>Bread & Salt"), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "rules", "what"),
    [
        (_gone, ["file-changed"], "'bread.mp3' is not there"),
        (_changed, ["file-changed"], "'salt.vtt' is not as it was made"),
        (_cover_gone, ["file-named"], "which is not there"),
        (_settings, ["feed-stale"], "not as the show's settings and episodes have it now"),
        (_feed, ["xml", "feed-stale"], "no well-formed XML"),
    ],
)
def test_what_happened_to_a_show_is_told(ours: Path, harm: Callable[[Path], None], rules: list[str], what: str) -> None:
    """Files that are gone or not as they were, and a feed that does not say what the show's files do: once each."""
    harm(ours)
    report = audit_feed(Asked("", ours), NOW)

    assert ids(report) == rules
    assert what in report.findings[0].what


@pytest.mark.parametrize("target", [".", "feed.xml", ""])
def test_a_show_is_known_by_its_folder_or_its_feed(ours: Path, target: str) -> None:
    """By whatever of it is named, its files are looked at too."""
    _gone(ours)
    asked = Asked(str(ours / target) if target else "", ours)

    assert ids(audit_feed(asked, NOW)) == ["file-changed"]


def test_where_there_is_no_show_it_is_said(tmp_path: Path) -> None:
    """In one sentence, with what to do."""
    with pytest.raises(ShowError, match=r"there is no show in .*; 'narrate make ARTICLE' begins one"):
        audit_feed(Asked("", tmp_path), NOW)
    with pytest.raises(NarrateError, match="there is no such file"):
        audit_feed(Asked(str(tmp_path / "nothing.xml"), tmp_path), NOW)


# Since last time


def test_what_has_changed_since_last_time_is_told_once(tmp_path: Path, state: Path) -> None:
    """The first audit remembers, the second tells, the third knows it already; each feed by itself."""
    path, other = tmp_path / "feed.xml", tmp_path / "other.xml"
    path.write_bytes(GOOD.read_bytes())
    other.write_bytes(GOOD.read_bytes().replace(b"000000000002", b"000000000009"))
    first = audit_feed(Asked(str(path), tmp_path), NOW)
    path.write_bytes(other.read_bytes())

    second, third = (audit_feed(Asked(str(path), tmp_path), NOW) for _ in range(2))

    assert (ids(first), ids(second), ids(third)) == ([], ["drift-guid"], [])
    assert ids(audit_feed(Asked(str(other), tmp_path), NOW)) == []
    assert len(list(state.iterdir())) == 2


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"{}", b'{"narrate_traces": 1, "of": "x", "items": 3}'])
def test_a_broken_memory_is_none(tmp_path: Path, state: Path, data: bytes) -> None:
    """It is written anew, and the audit goes on."""
    path = tmp_path / "feed.xml"
    path.write_bytes(GOOD.read_bytes())
    audit_feed(Asked(str(path), tmp_path), NOW)
    (kept,) = state.iterdir()
    kept.write_bytes(data)

    assert ids(audit_feed(Asked(str(path), tmp_path), NOW)) == []
    assert json.loads(kept.read_bytes())["of"] == str(path)


def test_without_a_place_for_it_nothing_is_remembered(tmp_path: Path, state: Path) -> None:
    """A state folder that cannot be written is no fault of the feed's."""
    state.parent.write_text("a file where a folder should be")
    path = tmp_path / "feed.xml"
    path.write_bytes(GOOD.read_bytes())

    assert ids(audit_feed(Asked(str(path), tmp_path), NOW)) == []
