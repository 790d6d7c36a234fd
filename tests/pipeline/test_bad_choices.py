"""Bad choices, scripts, shows and disks: one clear sentence, and an earlier episode is never lost."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.errors import (
    MixError,
    NarrateError,
    ScriptError,
    ShowError,
    StorageError,
    UsageError,
    VoiceError,
)
from narrate.model import Voice
from narrate.pipeline.making import make, write
from narrate.pipeline.order import Order
from narrate.pipeline.shows import existing_show
from narrate.runtime.plugins import load
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pipeline.conftest import Workshop

GOOD = "# Bread\n\nBread is old.\n"


CHOICES: dict[str, tuple[dict[str, object], type[NarrateError], str]] = {
    "voice": ({"voice": "nobody"}, VoiceError, "no voice 'nobody'"),
    "cast": ({"cast": "nobody"}, NarrateError, "no cast 'nobody'"),
    "no such music": ({"music": "/nowhere/a.mp3"}, MixError, "'/nowhere/a.mp3'"),
    "music that is a folder": ({"music": "/"}, MixError, "'/'"),
    "music that is a text": ({"music": __file__}, MixError, "is not audio"),
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_wrong_choice_is_told_before_anything_is_spoken(workshop: Workshop, name: str) -> None:
    """A voice, cast or music that is not there costs no sentence, and the episode of before stays."""
    options, kind, words = CHOICES[name]
    article = workshop.write("bread.md", GOOD)
    workshop.make(article)
    workshop.write("bread.md", GOOD + "\nMore of it.\n")
    error = workshop.refusal(article, options=options)

    assert isinstance(error, kind)
    assert words in str(error)
    assert workshop.engine.spoken == []


def test_an_unknown_engine_is_told_with_those_there_are(workshop: Workshop) -> None:
    """``--engine`` is checked against what is installed."""
    article = workshop.write("bread.md", GOOD)
    tools = replace(workshop.tools(), engines=load("narrate.engines"))
    with pytest.raises(UsageError, match="no engine 'nobody'; there are kokoro, piper, pyttsx3, tone") as caught:
        make(Order((str(article),)), workshop.settings(engine="nobody"), tools, lambda _: None)

    workshop.one_sentence(caught.value)
    assert not workshop.show.exists()


def test_one_language_nobody_speaks_does_not_stop_the_others(workshop: Workshop) -> None:
    """An article that no voice can read fails by itself."""
    texts = [f"---\nlanguage: {language}\nid: {language}\n---\n{GOOD}" for language in ("en", "tlh", "en-GB")]
    articles = [str(workshop.write(f"{number}.md", text)) for number, text in enumerate(texts)]
    tools = replace(workshop.tools(), engines={"tone": English()})
    result = make(Order(tuple(articles)), workshop.settings(), tools, lambda _: None)

    assert [made.episode.language for made in result.made] == ["en", "en-GB"]
    assert ["no voice here speaks 'tlh'" in str(failed.error) for failed in result.failed] == [True]


class English(ToneEngine):
    """Tones for English alone."""

    def voices(self) -> list[Voice]:
        """One."""
        return [Voice("english", "tone", "english", "en")]


EDITS = {
    "a version of the future": ("narrate_script: 1", "narrate_script: 9", 1, "version 9"),
    "a role": ("role: body", "role: bodyy", 0, "title, heading, body"),
    "a number": ("pause_ms: 800", "pause_ms: soon", 0, "0 to 600000"),
    "a field": ("segments:", "segmants:", 0, "segments"),
    "a colon": ('- "Bread is old."', "- Bread is old: yes", 0, "quotation marks"),
    "no YAML": ("language: en", "language: [en", 0, "YAML"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_script_edited_wrongly_gets_line_field_and_what_is_allowed(workshop: Workshop, name: str) -> None:
    """And the episode it made before stays as it is."""
    old, new, _, words = EDITS[name]
    article = workshop.write("bread.md", GOOD)
    text = write(Order((str(article),)), workshop.settings(), workshop.tools()).text
    script = workshop.write("x.yaml", text)
    workshop.make(script)
    assert old in text
    script.write_text(text.replace(old, new, 1), encoding="utf-8")
    error = workshop.refusal(script)

    assert isinstance(error, ScriptError)
    assert str(error).startswith("x.yaml, line ")
    assert words in str(error)


@pytest.mark.parametrize("text", ['title: "T"\nlanguage: en\nsegments:\n- say: ["Hello."]\n', "- a\n- b\n", "Hello.\n"])
def test_a_file_called_yaml_is_a_script_or_refused(workshop: Workshop, text: str) -> None:
    """One whose first line was lost is not read aloud, field by field."""
    error = workshop.refusal(workshop.write("x.YML", text))

    assert isinstance(error, ScriptError)
    assert str(error).startswith("x.YML, line 1: this is not a narrate script; one has the field narrate_script: 1")


def test_an_edition_is_made_of_articles(workshop: Workshop) -> None:
    """A script in an edition is said to be one; a script of several articles wants an edition's title."""
    article = workshop.write("bread.md", GOOD)
    text = write(Order((str(article),)), workshop.settings(), workshop.tools()).text
    error = workshop.refusal(workshop.write("x.yaml", text), edition="Morning")
    with pytest.raises(UsageError, match="--edition"):
        write(Order((str(article), str(article))), workshop.settings(), workshop.tools())

    assert "is a script" in str(error)


def test_out_that_is_a_file_is_told(workshop: Workshop) -> None:
    """Where a show should be and a file is, nothing is spoken and the file stays."""
    article = workshop.write("bread.md", GOOD)
    (workshop.root / "out").write_text("mine")
    (failed,) = workshop.order(Order((str(article),))).failed
    workshop.one_sentence(failed.error)

    assert (workshop.root / "out").read_text() == "mine"
    assert workshop.engine.spoken == []


BROKEN = {
    "show.toml": ("show.toml", b"title = \n", ShowError),
    "show.toml, binary": ("show.toml", bytes(range(256)), ShowError),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_of_the_show_is_named_and_nothing_is_lost(workshop: Workshop, name: str) -> None:
    """Neither made over nor left out of the feed: who mends the file has the show again."""
    relative, data, kind = BROKEN[name]
    article = workshop.write("bread.md", GOOD)
    workshop.make(article)
    before = workshop.files()
    path = workshop.show / relative
    path.write_bytes(data)
    for attempt in (lambda: workshop.order(Order((str(article),))), lambda: existing_show(workshop.show)):
        with pytest.raises(kind) as caught:
            attempt()
        workshop.one_sentence(caught.value)
        assert Path(relative).name in str(caught.value)
    path.write_bytes(before[relative])

    assert workshop.files() == before
    assert workshop.make(article).made[0].outcome == "unchanged"


def test_a_full_disk_leaves_the_episode_of_before(workshop: Workshop, small_disk: Path) -> None:
    """No half of a file, no entry in the feed without its sound, and it goes on when there is room."""
    article = workshop.write("bread.md", GOOD)
    out = str(small_disk)
    workshop.make(article, out=out)
    show = small_disk / "narrated-articles"
    before = {path: path.read_bytes() for path in show.rglob("*") if path.is_file() and ".staging" not in path.parts}
    workshop.write("bread.md", GOOD + "\nThis is one sentence of rather many. " * 300)
    (failed,) = workshop.order(Order((str(article),)), out=out).failed

    assert isinstance(failed.error, StorageError)
    assert "the disk is full" in str(failed.error)
    workshop.one_sentence(failed.error)
    assert {path: path.read_bytes() for path in before} == before
    workshop.write("bread.md", GOOD + "\nMore of it.\n")
    assert workshop.make(article, out=out).made[0].outcome == "remade"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, where this system lets tests mount one."""
    import shutil
    import subprocess

    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    able = sys.platform == "linux" and not os.geteuid() and shutil.which("mount")
    if not able or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


REFUSALS = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES)


@pytest.mark.parametrize("number", REFUSALS)
@pytest.mark.parametrize("name", ["bread.mp3", "bread.vtt", "bread/cover-", "episode.json", "feed.xml"])
def test_whatever_file_is_refused_nothing_of_it_is_seen(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    """A disk that takes no more at one file or another: a sentence, the earlier episode whole, then all of the new."""
    article = workshop.write("bread.md", GOOD)
    workshop.make(article)
    workshop.write("bread.md", GOOD.replace("# Bread", "# Loaf") + "\nMore of it.\n")
    with refusing(monkeypatch, name, number):
        error = workshop.refusal(article)

    assert isinstance(error, StorageError)
    assert workshop.make(article).made[0].outcome == "remade"


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> Iterator[None]:
    """A staging folder in which the file with that in its name cannot be opened for writing."""
    from narrate.runtime.staging import Staging

    stage = Staging.stage

    def refuse(self: Staging, relative: str) -> Path:
        if name in relative:
            raise OSError(number, os.strerror(number), str(self.root / relative))
        return stage(self, relative)

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "stage", refuse)
        yield


def test_a_read_only_show_is_known_before_anything_is_spoken(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better than after an hour of speech."""
    article = workshop.write("bread.md", GOOD)

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", refuse)
        (failed,) = workshop.order(Order((str(article),))).failed

    assert isinstance(failed.error, StorageError)
    assert "read-only" in str(failed.error)
    assert workshop.engine.spoken == []
