"""Publishing to a folder and to fsspec's memory: what is sent, in which order, and what is never sent."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import fsspec
import pytest
from tests.publish.remote.conftest import NEW
from tests.publish.remote.material import BASE, Looker, folder_files, lay, public, wanted

from narrate.errors import EpisodeError, NarrateError, PublishError, ShowError, UsageError
from narrate.pipeline.publishing import Published, refuse_unserved
from narrate.pipeline.shows import change_show
from narrate.publish.plan import Why

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from narrate.pipeline.order import Event

    Send = Callable[..., Published]


def at(folder: Path) -> Looker:
    """Looks into a folder."""
    return Looker(lambda path: (folder / path).read_bytes() if (folder / path).is_file() else None)


def test_a_folder_gets_what_apps_fetch_and_nothing_else(show: Path, tmp_path: Path, send: Send) -> None:
    """Byte for byte what `serve` would serve: no settings, manifests, scripts, hidden files, locks, links outwards."""
    (show / ".hidden.html").write_text("secret")
    (show / "bread" / "notes.md").write_text("secret")
    (show / "bread" / "bread.mp3~").write_text("secret")
    (show / "bread" / "out.html").symlink_to(tmp_path / "elsewhere.html")
    (tmp_path / "elsewhere.html").write_text("secret")
    target = tmp_path / "target"

    send(show, str(target))

    there = folder_files(target)
    assert public(there) == {
        path: data
        for path, data in wanted(show).items()
        if "notes.md" not in path and "~" not in path and "out." not in path
    }
    assert at(target).is_whole()
    assert not any(b"secret" in data for data in there.values())


def test_the_music_a_show_is_made_from_stays_at_home(show: Path, tmp_path: Path, send: Send) -> None:
    """Its licence may not allow to hand it out as a file."""
    (show / "intro.mp3").write_bytes(b"music")
    change_show(show, "music_intro", "intro.mp3")

    send(show, str(tmp_path / "t"))

    assert not (tmp_path / "t" / "intro.mp3").exists()


def test_only_what_changed_is_sent(show: Path, shows: dict[str, Path], tmp_path: Path, send: Send) -> None:
    """The second time nothing; after a remade, an added and a removed episode their files, pages and the feed."""
    target = str(tmp_path / "t")
    first = send(show, target)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "t").rglob("*")}
    second = send(show, target)
    assert (second.plan.sends, second.plan.kept) == ((), len(first.plan.sends))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "t").rglob("*")} == before

    third = send(shows["new"], target)

    sent = {send.local.path: send.why for send in third.plan.sends}
    assert {path.partition("/")[0] for path in sent} == {"bread", "cheese", "index.html", "feed.xml"}
    assert {why for path, why in sent.items() if path.startswith("cheese")} == {Why.NEW}
    assert sent["bread/bread.mp3"] is Why.CHANGED
    assert "bread/cover-0123456789.jpg" not in sent


def test_the_order_is_sounds_then_their_company_then_pages_then_the_feed(
    show: Path, tmp_path: Path, send: Send
) -> None:
    """A feed's older pages go before it, and it is the last; progress tells each file once, in that order."""
    (show / "feed-0001.xml").write_bytes(b"<rss/>")
    events: list[Event] = []

    plan = send(show, str(tmp_path / "t"), events).plan

    paths = [send.local.path for send in plan.sends]
    assert [event.text for event in events] == paths
    assert [event.done for event in events] == list(range(1, len(paths) + 1))
    sounds = [path.endswith((".mp3", ".opus")) for path in paths]
    assert sounds == sorted(sounds, reverse=True)
    assert paths[-3:] == ["index.html", "feed-0001.xml", "feed.xml"]
    assert "bread/picture-0123456789.png" in paths


def test_a_dry_run_changes_nothing(show: Path, tmp_path: Path, send: Send) -> None:
    """It has the plan, and the target is not even made."""
    planned = send(show, str(tmp_path / "t"), dry_run=True).plan

    assert not (tmp_path / "t").exists()
    assert planned == send(show, str(tmp_path / "t")).plan


def test_deleting_is_by_wish_and_only_what_was_sent(
    show: Path, shows: dict[str, Path], tmp_path: Path, send: Send
) -> None:
    """Files of a removed episode stay until --delete; files of others always; empty folders go."""
    target = tmp_path / "t"
    send(show, str(target))
    (target / "mine.txt").write_text("of somebody else")
    (target / "wine" / "mine.html").write_text("too")

    kept = send(shows["new"], str(target))
    assert (target / "wine" / "wine.mp3").exists()
    removed = send(shows["new"], str(target), delete=True)

    assert kept.plan.gone == removed.plan.removals
    assert {path.partition("/")[0] for path in kept.plan.gone} == {"wine"}
    assert sorted(path.name for path in (target / "wine").iterdir()) == ["mine.html"]
    assert public(folder_files(target)).keys() - wanted(shows["new"]).keys() == {"mine.txt", "wine/mine.html"}


def test_a_change_by_somebody_else_is_noticed(show: Path, tmp_path: Path, send: Send) -> None:
    """Of the same length, too: what the target lists goes before what was noted down."""
    target = tmp_path / "t"
    send(show, str(target))
    length = (target / "salt" / "salt.vtt").stat().st_size
    (target / "salt" / "salt.vtt").write_bytes(b"x" * length)
    (target / "salt" / "salt.mp3").unlink()

    plan = send(show, str(target)).plan

    assert {(send.local.path, send.why) for send in plan.sends} == {
        ("salt/salt.vtt", Why.FOREIGN),
        ("salt/salt.mp3", Why.NEW),
    }
    assert public(folder_files(target)) == wanted(show)


@pytest.mark.parametrize("notes", [None, b"", b"{}", b'{"narrate_published": 1, "files": [3]}', b"[" * 100_000])
def test_lost_or_broken_notes_cost_a_look_and_no_more(
    show: Path, tmp_path: Path, send: Send, notes: bytes | None
) -> None:
    """A folder is read and compared; nothing is sent that is there."""
    target = tmp_path / "t"
    send(show, str(target))
    (target / ".narrate-published.json").unlink()
    if notes is not None:
        (target / ".narrate-published.json").write_bytes(notes)

    assert send(show, str(target)).plan.sends == ()
    assert json.loads((target / ".narrate-published.json").read_bytes())["files"]


def test_a_remade_sound_has_an_interim_name_until_the_feed_is_right(
    show: Path, shows: dict[str, Path], tmp_path: Path, send: Send
) -> None:
    """It stays an hour, for feeds that are on their way to an app, and then goes by itself."""
    target = tmp_path / "t"
    send(show, str(target))
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    plan = send(shows["new"], str(target), now=lambda: now).plan

    interims = {swap.interim for swap in plan.swaps}
    assert {swap.local.path for swap in plan.swaps} == {"bread/bread.mp3", "bread/bread.opus"}
    assert interims <= folder_files(target).keys()
    assert interims.isdisjoint(set(plan.gone))
    send(shows["new"], str(target), now=lambda: now + timedelta(minutes=50), delete=True)
    assert interims <= folder_files(target).keys()
    send(shows["new"], str(target), now=lambda: now + timedelta(minutes=70))
    assert interims.isdisjoint(folder_files(target))


def test_memory_gets_the_same_as_a_folder(show: Path, shows: dict[str, Path], send: Send) -> None:
    """A store that fsspec reaches and knows nothing of headers or digests."""
    memory = fsspec.filesystem("memory")
    memory.rm("/mem", recursive=True) if memory.exists("/mem") else None

    send(show, "memory://mem/a")
    send(shows["new"], "memory://mem/a", delete=True)
    again = send(shows["new"], "memory://mem/a")

    there = {path.removeprefix("/mem/a/"): memory.cat_file(path) for path in memory.find("/mem/a")}
    assert public(there) == wanted(shows["new"])
    assert again.plan.sends == ()
    memory.rm("/mem", recursive=True)


def test_without_a_public_address_it_says_which_setting(show: Path, tmp_path: Path, send: Send) -> None:
    """With an example to type, and before anything is sent."""
    change_show(show, "base_url", "")

    with pytest.raises(ShowError, match=r"narrate show set base_url https://example\.org/podcast/"):
        send(show, str(tmp_path / "t"))
    assert not (tmp_path / "t").exists()


def test_what_is_sent_has_the_public_address(show: Path, tmp_path: Path, send: Send) -> None:
    """Also where show.toml was edited by hand and the feed is yet to follow."""
    text = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(text.replace(BASE, "https://new.example.org/"), encoding="utf-8")

    published = send(show, str(tmp_path / "t"))

    assert published.feed_url == "https://new.example.org/feed.xml"
    feed = (tmp_path / "t" / "feed.xml").read_bytes()
    assert b"https://new.example.org/bread/bread.mp3" in feed
    assert BASE.encode() not in feed


def test_another_show_is_not_published_over(show: Path, tmp_path: Path, send: Send) -> None:
    """Neither over one that narrate published, nor over a feed of another program; --replace does."""
    for name in ("theirs", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "other" / "feed.xml").write_text("<rss/>")
    send(lay(tmp_path / "second" / "reads", {"tea": "x"}), str(tmp_path / "theirs"))
    guids = [line for line in (show / "show.toml").read_text().splitlines() if line.startswith("guid")]
    (show / "show.toml").write_text(
        (show / "show.toml").read_text().replace(guids[0], f'guid = "{"1" * 8}-1111-1111-1111-{"1" * 12}"')
    )

    for name in ("theirs", "other"):
        before = folder_files(tmp_path / name)
        with pytest.raises(PublishError, match="another show's feed"):
            send(show, str(tmp_path / name))
        assert folder_files(tmp_path / name) == before
        send(show, str(tmp_path / name), replace=True)
        assert at(tmp_path / name).is_whole()


def test_a_show_that_was_copied_by_hand_is_gone_on_with(show: Path, tmp_path: Path, send: Send) -> None:
    """By rsync, say: it is the same show by its podcast:guid, and what is there is not sent again."""
    target = tmp_path / "t"
    shutil.copytree(show, target, ignore=shutil.ignore_patterns(".*", "*.toml", "*.yaml", "episode.json"))

    assert send(show, str(target)).plan.sends == ()


@pytest.mark.parametrize("place", ["", "inside", "bread"])
def test_a_show_is_not_published_into_itself(show: Path, send: Send, place: str) -> None:
    """It would grow with every run."""
    with pytest.raises(UsageError, match="own folder"):
        send(show, str(show / place))


def test_an_episode_that_is_not_as_it_was_made_is_not_published(show: Path, tmp_path: Path, send: Send) -> None:
    """Missing, of another length, or of other bytes: the sentence names the file, and the target stays as it was."""
    target = str(tmp_path / "t")
    send(show, target)
    before = folder_files(tmp_path / "t")
    sound = show / "bread" / "bread.mp3"
    data = sound.read_bytes()

    def refused(kind: type[NarrateError], words: str) -> None:
        with pytest.raises(kind, match=words):
            send(show, target)
        assert {path: data for path, data in folder_files(tmp_path / "t").items() if "publishing" not in path} == before

    sound.unlink()
    refused(EpisodeError, r"bread\.mp3' is missing")
    sound.write_bytes(data + b"x")
    refused(EpisodeError, r"bread\.mp3' is not as it was made")


def test_bytes_that_rot_are_not_sent(show: Path, tmp_path: Path, send: Send) -> None:
    """A sound of the right length with other bytes than the manifest has: nothing goes up."""
    sound = show / "bread" / "bread.mp3"
    sound.write_bytes(b"x" * sound.stat().st_size)

    with pytest.raises(PublishError, match=r"'bread/bread\.mp3' is not as it was made"):
        send(show, str(tmp_path / "t"))
    assert not (tmp_path / "t" / "feed.xml").exists()


def test_the_feed_is_that_of_one_moment(
    show: Path, tmp_path: Path, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An episode remade while sending changes nothing of what is sent: the target is whole, and as it was before."""
    from narrate.publish.disk import FolderTarget

    before = wanted(show)
    put = FolderTarget.put
    done: list[bool] = []

    def slow(self: FolderTarget, source: Path, local: object) -> None:
        if not done:
            done.append(True)
            lay(show, NEW)
        put(self, source, local)  # type: ignore[arg-type] # handed through

    monkeypatch.setattr(FolderTarget, "put", slow)
    send(show, str(tmp_path / "t"))

    assert public(folder_files(tmp_path / "t")) == before
    assert at(tmp_path / "t").is_whole()
    send(show, str(tmp_path / "t"))
    assert public(folder_files(tmp_path / "t")).keys() >= wanted(show).keys()


def test_two_at_once_on_one_machine_take_turns(
    show: Path, tmp_path: Path, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits, and says who it waited for when that takes too long."""
    from narrate.pipeline import publishing
    from narrate.runtime.locks import locked

    monkeypatch.setattr(publishing, "_WAIT_S", 0.1)
    (show / ".staging").mkdir(exist_ok=True)

    with locked(show / ".staging" / "lock-publish", show), pytest.raises(PublishError, match=f"process {os.getpid()}"):
        send(show, str(tmp_path / "t"))
    send(show, str(tmp_path / "t"))


def test_another_machine_at_work_is_noticed_before_the_feed(
    show: Path, shows: dict[str, Path], tmp_path: Path, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines have no lock in common; the one that came first stops, and the feed stays as it was."""
    from narrate.publish.disk import FolderTarget

    target = tmp_path / "t"
    send(show, str(target))
    feed = (target / "feed.xml").read_bytes()
    put = FolderTarget.put

    def and_another(self: FolderTarget, source: Path, local: object) -> None:
        put(self, source, local)  # type: ignore[arg-type] # handed through
        if str(getattr(local, "path", "")).endswith("cheese.mp3"):
            (target / ".narrate-publishing.json").write_text(
                '{"narrate_published":1,"guid":"","run":"x","interims":{},"files":{}}'
            )

    monkeypatch.setattr(FolderTarget, "put", and_another)
    with pytest.raises(PublishError, match="another narrate publishes"):
        send(shows["new"], str(target))

    assert (target / "feed.xml").read_bytes() == feed
    assert at(target).is_whole()


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere, and Windows knows no such rights"
)
def test_a_folder_that_may_not_be_written_is_said(show: Path, tmp_path: Path, send: Send) -> None:
    """In one sentence."""
    (tmp_path / "t").mkdir(mode=0o500)

    with pytest.raises(PublishError, match="not allowed"):
        send(show, str(tmp_path / "t"))


@pytest.mark.parametrize(
    ("target", "kind", "words"),
    [
        ("https://example.org/x", UsageError, "for reading"),
        ("s4://b/x", UsageError, "no kind of target s4://"),
        ("memroy://b", UsageError, "did you mean memory://"),
    ],
)
def test_a_target_that_is_none_is_said(
    show: Path, send: Send, target: str, kind: type[NarrateError], words: str
) -> None:
    """With what was probably meant."""
    with pytest.raises(kind, match=words):
        send(show, target)


def test_a_missing_driver_names_the_extra(show: Path, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    """`pip install` with the extra that brings it, not with the driver's own name."""
    import sys

    monkeypatch.setitem(sys.modules, "s3fs", None)
    from fsspec.registry import _registry

    monkeypatch.delitem(_registry, "s3", raising=False)

    with pytest.raises(NarrateError, match=r"pip install 'narrate-podcast\[s3\]'"):
        send(show, "s3://b/x")


def test_a_file_is_no_folder(show: Path, tmp_path: Path, send: Send) -> None:
    """Nor is anything under one."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(UsageError, match="is a file"):
        send(show, str(tmp_path / "file"))
    with pytest.raises(PublishError, match="not a folder"):
        send(show, str(tmp_path / "file" / "below"))


def test_the_public_address_is_compared_by_wish(show: Path, tmp_path: Path, send: Send) -> None:
    """It serves the feed that was sent, or narrate says that it does not."""
    published = send(show, str(tmp_path / "t"))

    refuse_unserved(published, lambda url, _most: {BASE + "feed.xml": published.feed}[url])
    with pytest.raises(PublishError, match="serves another feed"):
        refuse_unserved(published, lambda _url, _most: b"<rss/>")


def test_what_an_interrupted_run_put_there_is_not_sent_again(
    show: Path, tmp_path: Path, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is looked into; what is in it already is kept, and what a killed run left half is removed."""
    from narrate.publish.disk import PART, FolderTarget

    put = FolderTarget._put

    def failing(self: FolderTarget, source: Path, path: str) -> None:
        if path == "salt/index.html":
            raise OSError(5, "Input/output error")
        put(self, source, path)

    with monkeypatch.context() as patch:
        patch.setattr(FolderTarget, "_put", failing)
        with pytest.raises(PublishError, match=r"cannot send 'salt/index\.html'"):
            send(show, str(tmp_path / "t"))
    (tmp_path / "t" / f"{PART}0123456789ab").write_bytes(b"half")
    there = public(folder_files(tmp_path / "t")).keys()

    plan = send(show, str(tmp_path / "t")).plan

    assert plan.kept == len(there) > 5
    assert public(folder_files(tmp_path / "t")) == wanted(show)
