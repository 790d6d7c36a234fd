"""Each command does what it says."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest
import yaml

from narrate.model import FileRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

SHOW = Path("out/narrated-articles")


def transcript(slug: str = "bread") -> str:
    """What an episode's transcript says."""
    return (SHOW / slug / f"{slug}.vtt").read_text(encoding="utf-8")


def timeline(slug: str = "bread") -> dict[str, list[list[object]]]:
    """An episode's timeline."""
    found: dict[str, list[list[object]]] = json.loads((SHOW / slug / "timeline.json").read_text(encoding="utf-8"))
    return found


def length_ms(narrate: Run, *words: str) -> int:
    """How long what is made is."""
    (episode,) = narrate("make", "--json", *words).json()["episodes"]
    found: int = episode["duration_ms"]
    return found


@pytest.fixture
def script(narrate: Run, article: str) -> Path:
    """The article's script, whose episode is made."""
    narrate("script", article, "-o", "bread.yaml", "-q")
    narrate("make", "bread.yaml", "-q")
    return Path("bread.yaml")


def edit(path: Path, old: str, new: str) -> None:
    """Change a file in one place."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_script_is_written_whole_and_never_over_edits(narrate: Run, article: str) -> None:
    """`script -o` writes YAML, says how to go on, and refuses to write over a file without --force."""
    first = narrate("script", article, "-o", "a.yaml")
    edit(Path("a.yaml"), "Bread is old.", "Bread is young.")
    again = narrate("script", article, "-o", "a.yaml")
    kept = Path("a.yaml").read_text(encoding="utf-8")
    forced = narrate("script", article, "-o", "a.yaml", "--force")

    assert first.out == "a.yaml\n"
    assert first.err.endswith("Edit it, then: narrate make a.yaml\n")
    assert again.code == 2
    assert "is there already" in again.refusal
    assert "Bread is young." in kept
    assert forced.code == 0
    assert "Bread is young." not in Path("a.yaml").read_text(encoding="utf-8")


def test_a_script_goes_to_stdout_without_a_file(narrate: Run, article: str) -> None:
    """The same text; with --json it is in the document."""
    plain = narrate("script", article)
    narrate("script", article, "-o", "a.yaml")

    assert plain.out == Path("a.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(plain.out)["title"] == "Bread"
    assert narrate("script", article, "--json").json()["script"] == plain.out


def test_words_that_are_edited_are_said(narrate: Run, script: Path) -> None:
    """`make x.yaml` after an edit of words."""
    edit(script, "Then one waits.", "Then one rests.")
    narrate("make", str(script), "-q")

    assert "Then one rests." in transcript()
    assert "waits" not in transcript()


def test_the_order_that_is_edited_is_heard(narrate: Run, script: Path) -> None:
    """Two sentences change places."""
    old = '- "Flour and water are mixed."\n  - "Then one waits."'
    edit(script, old, '- "Then one waits."\n  - "Flour and water are mixed."')
    narrate("make", str(script), "-q")

    assert transcript().index("Then one waits.") < transcript().index("Flour and water are mixed.")


def test_a_pause_that_is_edited_is_kept(narrate: Run, script: Path) -> None:
    """A second more of silence after the title makes all that follows a second later, to a frame."""
    before = timeline()["cues"]
    edit(script, "pause_ms: 800", "pause_ms: 1800")
    narrate("make", str(script), "-q")
    after = timeline()["cues"]

    assert after[0] == before[0]
    for was, now in zip(before[1:], after[1:], strict=True):
        assert now[0] - was[0] == pytest.approx(1000, abs=27)  # type: ignore[operator] # starts are numbers


def test_a_segment_that_is_skipped_is_not_heard(narrate: Run, script: Path) -> None:
    """`skip: true` leaves it out of sound and transcript, not out of the script."""
    edit(script, "role: announcement", "role: announcement\n  skip: true")
    narrate("make", str(script), "-q")

    assert "read by a computer voice" not in transcript()
    assert "read by a computer voice" in (SHOW / "bread/script.yaml").read_text(encoding="utf-8")


def test_music_that_is_edited_plays(narrate: Run, script: Path) -> None:
    """A script's own music goes before that of environment and files, --no-music before the script's."""
    edit(script, "music: none", "music: default")
    narrate("make", str(script), "-q")
    with_music = [piece[0] for unit in timeline()["units"] for piece in unit[4]]  # type: ignore[attr-defined] # a list
    narrate("make", str(script), "-q", "--no-music")

    assert with_music == ["intro", "outro"]
    assert not any(unit[4] for unit in timeline()["units"])


def test_a_voice_that_is_edited_speaks(narrate: Run, script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment's own voice speaks it; one that is not there is told."""
    monkeypatch.delenv("NARRATE_ENGINE")
    edit(script, "role: title", "role: title\n  voice: nobody")
    said = narrate("make", str(script), "-q")
    edit(script, "voice: nobody", "voice: tone:beep")
    fine = narrate("make", str(script), "-q")

    assert (said.code, fine.code) == (1, 0)
    assert "no voice 'nobody'" in said.refusal


def test_a_script_edited_wrongly_says_where(narrate: Run, script: Path) -> None:
    """Line, field, and what is allowed."""
    edit(script, "role: body", "role: bodyy")
    said = narrate("make", str(script))

    assert said.code == 1
    assert said.refusal.startswith("narrate: bread.yaml, line ")
    assert "title, heading, body" in said.refusal


def test_spoken_prints_a_line_for_a_line(installed: Run) -> None:
    """From standard input or a file, also where it is no UTF-8 and where it never had a newline."""
    said = installed("spoken", stdin=b"Dr. No paid $3.2bn.\n\nCaf\xe9 <b>[[x]]\nlast")
    Path("lines.txt").write_bytes(b"one\r\ntwo\r\n")

    assert said.code == 0
    lines = said.out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Doctor No paid ")
    assert lines[1] == ""
    assert "[[" not in lines[2]
    assert installed("spoken", "lines.txt").out == "one\ntwo\n"


def test_say_writes_a_wav(narrate: Run) -> None:
    """`say -o` is heard by any player; nothing to say is told."""
    said = narrate("say", "Hello there", "-o", "hello.wav")
    with wave.open(io.BytesIO(Path("hello.wav").read_bytes())) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert sound.getnframes() / sound.getframerate() > 0.3

    assert said.out == "hello.wav\n"
    assert "can be spoken" in narrate("say", "...", "-o", "no.wav").refusal
    assert not Path("no.wav").exists()


def test_voices_are_listed_by_language_and_engine(narrate: Run) -> None:
    """Tab-separated: name, language, engine, words; and what is known of the voice."""
    everything = [line.split("\t") for line in narrate("voices").out.splitlines()]
    tones = [line.split("\t") for line in narrate("voices", "--engine", "tone").out.splitlines()]

    assert all(len(row) == 9 and all(row) for row in everything)
    assert {row[2] for row in tones} == {"tone"}
    assert all(
        row[1].startswith("de") for row in map(str.split, narrate("voices", "--language", "de").out.splitlines())
    )
    assert {voice["engine"] for voice in narrate("voices", "--json").json()["voices"]} == {row[2] for row in everything}


def test_list_and_remove(narrate: Run, article: str) -> None:
    """An episode by its name, title or guid; what is gone is gone from the feed; twice says so."""
    Path("cake.md").write_text("# Cake\n\nCake is new.\n", encoding="utf-8")
    narrate("make", "-q", article, "cake.md")
    listed = narrate("list", "--json").json()["episodes"]
    gone = narrate("remove", "Cake")
    again = narrate("remove", "Cake")

    assert {episode["title"] for episode in listed} == {"Bread", "Cake"}
    assert gone.out == "cake\n"
    assert again.code == 1
    assert "there is no episode 'Cake'" in again.refusal
    assert [entry.title for entry in feedparser.parse(SHOW / "feed.xml").entries] == ["Bread"]
    assert narrate("remove", "-q", listed[0]["guid"], listed[1]["guid"]).code == 1
    assert narrate("list").out.count("\n") == 1


def test_a_show_is_begun_shown_and_changed(narrate: Run, article: str) -> None:
    """`show init`, `show`, `show set`; a title of its own is spoken from then on."""
    narrate("show", "init", "Bread Hour")
    narrate("make", "-q", article)
    changed = narrate("show", "set", "author", "Ada Reed")
    fields = dict(line.split("\t")[:2] for line in narrate("show").out.splitlines())

    assert changed.last == str(SHOW / "show.toml")
    assert (fields["title"], fields["author"]) == ("Bread Hour", "Ada Reed")
    assert "Bread Hour" in transcript()
    feed = feedparser.parse(SHOW / "feed.xml").feed
    assert (feed.title, feed.author) == ("Bread Hour", "Ada Reed")
    assert narrate("show", "--json").json()["show"]["title"] == "Bread Hour"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("titel", "x", "did you mean 'title'"),
        ("explicit", "maybe", "yes or no"),
        ("base_url", "ftp://x", "https://"),
        ("cover", "missing.jpg", "there is no picture 'missing.jpg'"),
        ("category", "Bakery", "categor"),
    ],
)
def test_a_show_takes_no_wrong_value(narrate: Run, article: str, field: str, value: str, words: str) -> None:
    """What is wrong, and what is allowed; nothing is changed."""
    narrate("make", "-q", article)
    before = (SHOW / "feed.xml").read_bytes(), (SHOW / "show.toml").read_bytes()
    said = narrate("show", "set", field, value)

    assert said.code == 1
    assert words in said.refusal
    assert before == ((SHOW / "feed.xml").read_bytes(), (SHOW / "show.toml").read_bytes())


def test_feed_writes_the_feed_again(narrate: Run, article: str) -> None:
    """And says where it is, and at which address."""
    narrate("make", "-q", article)
    before = (SHOW / "feed.xml").read_bytes()
    (SHOW / "feed.xml").unlink()
    said = narrate("feed")

    assert said.out == f"{SHOW / 'feed.xml'}\n"
    assert said.err == "1 episode; apps subscribe to http://localhost:8642/narrated-articles/feed.xml\n"
    assert (SHOW / "feed.xml").read_bytes() == before


def test_the_cache_is_shown_pruned_and_cleared(narrate: Run, article: str) -> None:
    """Entries by kind and the folder; cleared, the next make speaks again and gives the same bytes."""
    narrate("make", "-q", article)
    before = (SHOW / "bread/bread.mp3").read_bytes()
    shown = narrate("cache")
    kinds = narrate("cache", "--json").json()["kinds"]
    kept = narrate("cache", "prune", "--max-gb", "1", "--older-than", "1")
    cleared = narrate("cache", "clear")
    again = narrate("make", article, "--json").json()["episodes"][0]

    assert [line.split("\t")[0] for line in shown.out.splitlines()[:-1]] == ["surveys", "takes", "units"]
    assert Path(shown.last).is_dir()
    assert kinds["takes"]["entries"] == 7
    assert kept.out.startswith("removed 0 entries")
    assert "; 0 left" in cleared.out
    assert (again["spoken"], again["outcome"]) == (7, "unchanged")
    assert (SHOW / "bread/bread.mp3").read_bytes() == before


def test_completion_is_made_for_three_shells(installed: Run) -> None:
    """And knows the commands."""
    for shell in ("bash", "zsh", "fish"):
        assert "_NARRATE_COMPLETE" in installed("completion", shell).out
    found = installed(_NARRATE_COMPLETE="bash_complete", COMP_WORDS="narrate ma", COMP_CWORD="1")

    assert found.out == "plain,make\n"


def test_settings_tell_who_chose(narrate: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Command line, then environment, then narrate.toml here, then the user's own file, then the default."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("narrate.runtime.places.config_file", lambda: tmp_path / "user.toml")
    (tmp_path / "user.toml").write_text('speed = 1.1\njobs = 3\nout = "/u"\nshow = "users"\n')
    Path("narrate.toml").write_text('speed = 1.2\nout = "here"\nshow = "folders"\n')
    monkeypatch.setenv("NARRATE_SHOW", "variables")
    monkeypatch.setenv("NARRATE_OUT", "/v")
    rows = narrate("settings", "--out", "/o", "--json").json()["settings"]

    assert (rows["out"]["value"], rows["out"]["source"]) == ("/o", "--out")
    assert (rows["show"]["value"], rows["show"]["source"]) == ("variables", "NARRATE_SHOW")
    assert (rows["speed"]["value"], rows["speed"]["source"]) == (1.2, "narrate.toml")
    assert rows["jobs"]["value"] == 3
    assert (rows["disclosure"]["value"], rows["disclosure"]["source"]) == (True, "default")


def test_settings_reach_what_is_made(narrate: Run, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An option goes before a variable and that before the file, heard in the length of the episode."""
    plain = length_ms(narrate, article)
    Path("narrate.toml").write_text("speed = 2.0\n")
    filed = length_ms(narrate, article)
    monkeypatch.setenv("NARRATE_SPEED", "0.5")
    variable = length_ms(narrate, article)
    option = length_ms(narrate, article, "--speed", "1")

    assert filed < plain < variable
    assert option == plain


def test_new_and_again(narrate: Run, article: str) -> None:
    """A remake is said to be one; --new makes another; unchanged is said too."""
    narrate("make", "-q", article)
    same = narrate("make", article)
    other = narrate("make", article, "--new", "-q")
    edit(Path(article), "old", "very old")
    again = narrate("make", article)

    assert "Nothing has changed in “Bread”" in same.err
    assert other.last == str(SHOW / "bread-2/bread-2.mp3")
    assert "Made again “Bread”" in again.err
    assert "Apps see the same episode" in again.err
    assert again.last == other.last


def test_standard_input_with_facts_from_options(installed: Run) -> None:
    """`-`, and what the text does not say."""
    options = ("--title", "Loaf", "--author", "Ada", "--author", "Bo", "--date", "2025-03-01")
    place = ("--url", "https://example.org/l", "--language", "en-GB")
    said = installed("make", "-", "--json", *options, *place, stdin=b"Bread is old. It was baked before.\n")
    manifest = json.loads((SHOW / "loaf/episode.json").read_text(encoding="utf-8"))

    assert said.json()["episodes"][0]["language"] == "en-GB"
    assert (manifest["title"], manifest["authors"], manifest["url"]) == ("Loaf", ["Ada", "Bo"], "https://example.org/l")
    spoken = transcript("loaf")
    assert "By Ada and Bo." in spoken
    assert "1 March 2025" in spoken


def test_an_address_in_a_script_is_no_command(narrate: Run, script: Path) -> None:
    """A script may come from somebody else."""
    edit(script, "language: en", 'language: en\nurl: "javascript:alert(1)"')
    narrate("make", str(script), "-q")

    for file in (SHOW / "feed.xml", SHOW / "index.html", SHOW / "bread/index.html"):
        assert "javascript:" not in file.read_text(encoding="utf-8")


def test_a_call_that_is_wrong_is_wrong_usage(narrate: Run, article: str) -> None:
    """A voice of one engine with another engine is exit code 2; with something made it is 1."""
    wrong = narrate("make", article, "--voice", "tone", "--engine", "pyttsx3")
    narrate("script", article, "-o", "x.yaml")
    some = narrate("make", article, "x.yaml", "--title", "Loaf")

    assert "leave out one of the two" in wrong.refusal
    assert (wrong.code, some.code) == (2, 1)


def test_an_edition_is_one_episode(narrate: Run, article: str) -> None:
    """`--edition TITLE`; one that cannot be read is told, and the others are in it."""
    Path("cake.md").write_text("# Cake\n\nCake is new.\n", encoding="utf-8")
    said = narrate("make", "--edition", "Monday", article, "missing.md", "cake.md")

    assert said.code == 1
    assert said.last == str(SHOW / "monday/monday.mp3")
    assert "narrate: cannot read 'missing.md'" in said.err
    assert "Bread is old." in transcript("monday")
    assert "Cake is new." in transcript("monday")


def test_a_dry_run_writes_nothing(narrate: Run, article: str) -> None:
    """`-n` says what would be made and how much of it is yet to be spoken."""
    said = narrate("make", "-n", article)

    assert (said.code, said.out) == (0, "")
    assert "Would make “Bread”" in said.err
    assert "7 of them yet to be spoken" in said.err
    assert "subscribe" not in said.err
    assert not Path("out").exists()


def test_the_disclosure_can_be_left_out(narrate: Run, article: str) -> None:
    """`--no-disclosure`."""
    narrate("make", "-q", "--no-disclosure", article)

    assert "read by" not in transcript()


def test_shows_are_apart(narrate: Run, article: str) -> None:
    """`--show` and `--out` choose the folder; each has a feed and a guid of its own."""
    narrate("make", "-q", article)
    said = narrate("make", "-q", article, "--show", "other", "--out", "else where")
    told = narrate("make", article, "--out", "else where", "--show", "other")

    assert said.last == str(Path("else where/other/bread/bread.mp3"))
    assert told.err.endswith("serve --lan --out 'else where'\n")
    guids = {
        narrate("show", "--json", *place).json()["show"]["guid"]
        for place in ((), ("--show", "other", "--out", "else where"))
    }
    assert len(guids) == 2


def test_an_episode_is_named_by_its_files(narrate: Run, article: str) -> None:
    """What ``--json`` lists is what is in the folder, by role; an article this short has no chapters."""
    (episode,) = narrate("make", article, "--audiobook", "--json").json()["episodes"]
    names = {path.name for path in (SHOW / "bread").iterdir()}

    assert {file["name"] for file in episode["files"]} | {"episode.json"} == names
    assert {file["role"] for file in episode["files"]} == {role.value for role in FileRole} - {"chapters", "picture"}
