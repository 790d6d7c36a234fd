"""narrate from Python: the same as on the command line."""

from __future__ import annotations

import io
import subprocess
import sys
import wave
from pathlib import Path

import feedparser
import pytest
import yaml

import narrate
from narrate.errors import ArticleError, SettingsError, SpeechError, UsageError
from narrate.pipeline.order import Facts, Outcome, Stage

TEXT = "# Bread\n\nBread is old. It was baked before anyone wrote.\n"


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article in the folder one is in; tones speak, no music plays, covers are small."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NARRATE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("NARRATE_MUSIC", "none")
    monkeypatch.setenv("NARRATE_ENGINE", "tone")
    monkeypatch.setattr("narrate.episode.cover.SHOW_PX", 300)
    monkeypatch.setattr("narrate.pipeline.packing.EPISODE_PX", 300)
    path = tmp_path / "bread.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_make_gives_the_episode_and_where_it_is(article: Path) -> None:
    """A path or its text, settings as keywords, facts, and a listener that is told."""
    told: list[Stage] = []
    facts = Facts(authors=("Ada",))
    result = narrate.make(article, facts=facts, out="made", show="loaves", tell=lambda event: told.append(event.stage))
    (made,) = result.made

    assert not result.failed
    assert result.folder == Path("made/loaves")
    assert made.audio
    assert made.audio.is_file()
    assert made.episode.authors == ("Ada",)
    assert list(dict.fromkeys(told)) == [Stage.READ, Stage.SPEAK, Stage.ENCODE, Stage.WRITE]
    assert len(feedparser.parse(result.folder / "feed.xml").entries) == 1


def test_a_script_goes_out_and_comes_back(article: Path) -> None:
    """`write_script` gives value and text; the text, edited, is made."""
    script, text = narrate.write_script(str(article))
    Path("x.yaml").write_text(text.replace("Bread is old.", "Bread is young."), encoding="utf-8")
    made = narrate.make(article, "x.yaml").made

    assert script.title == yaml.safe_load(text)["title"] == "Bread"
    assert [one.outcome for one in made] == [Outcome.NEW, Outcome.REMADE]
    assert made[0].episode.guid == made[1].episode.guid


def test_an_edition_and_another_episode(article: Path) -> None:
    """`edition` and `new` are those of the command line."""
    Path("cake.md").write_text("# Cake\n\nCake is new.\n", encoding="utf-8")
    first = narrate.make(article, "cake.md", edition="Monday").made
    second = narrate.make(article, "cake.md", edition="Monday", new=True).made

    assert [one.episode.title for one in (*first, *second)] == ["Monday", "Monday"]
    assert first[0].episode.guid != second[0].episode.guid


def test_say_gives_a_wav(article: Path) -> None:
    """The bytes of a file that Python's own reader takes."""
    del article
    with wave.open(io.BytesIO(narrate.say("Hello there", speed=1.5))) as sound:
        assert sound.getnframes() > 0

    with pytest.raises(SpeechError):
        narrate.say("...")


def test_what_fails_is_in_the_result_and_a_wrong_call_raises(article: Path) -> None:
    """An article that cannot be read does not stop the others; a setting that is wrong stops all."""
    result = narrate.make("missing.md", article)
    with pytest.raises(SettingsError, match="speed"):
        narrate.make(article, speed="fast")
    with pytest.raises(UsageError, match="no engine 'nobody'"):
        narrate.make(article, engine="nobody")
    with pytest.raises(ArticleError, match="no such file"):
        narrate.write_script("missing.md")

    assert [type(one.error) for one in result.failed] == [ArticleError]
    assert len(result.made) == 1


def test_keywords_go_before_environment_and_files(article: Path) -> None:
    """A setting given in the call is the one that holds."""
    Path("narrate.toml").write_text('out = "filed"\n')
    filed = narrate.make(article)
    given = narrate.make(article, out="given")

    assert filed.folder.parent.name == "filed"
    assert given.folder.parent == Path("given")


def test_the_import_loads_nothing_heavy() -> None:
    """`import narrate` is free; the verbs are there when they are asked for, and shown before."""
    program = (
        "import sys, narrate; heavy = {'numpy', 'click', 'yaml', 'av', 'lxml'} & set(sys.modules);"
        "print(sorted(heavy), {'make', 'say', 'write_script'} <= set(dir(narrate)), callable(narrate.make))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "[] True True\n"
    assert sorted(narrate.__all__) == ["make", "say", "write_script"]
    with pytest.raises(AttributeError):
        _ = narrate.nothing
