"""Bad input: one clear sentence, or spoken as the text it is; an earlier episode is never lost."""

from __future__ import annotations

import errno
import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest

from narrate.errors import (
    ArticleError,
    EpisodeError,
    MixError,
    NarrateError,
    ScriptError,
    ShowError,
    StorageError,
    UsageError,
    VoiceError,
)
from narrate.model import Utterance, Voice
from narrate.pipeline.making import make, write
from narrate.pipeline.order import Facts, Order, Stage
from narrate.pipeline.shows import existing_show
from narrate.runtime import files
from narrate.runtime.plugins import load
from narrate.speech import load_voice, perform
from narrate.speech.piper import PiperEngine
from narrate.speech.pyttsx3 import Pyttsx3Engine
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.pipeline.conftest import Workshop

NONE: Mapping[str, object] = {}
GOOD = "# Bread\n\nBread is old.\n"


def refusal(
    workshop: Workshop, *articles: Path | str, edition: str = "", options: Mapping[str, object] = NONE
) -> NarrateError:
    """The one thing that goes wrong; what there was before is there still, and nothing of the new."""
    before = workshop.files()
    result = workshop.order(Order(tuple(map(str, articles)), edition=edition), **options)
    assert workshop.files() == before
    assert not [path for path in workshop.show.glob(".staging/*") if not path.name.startswith("lock")]
    (failed,) = result.failed
    one_sentence(failed.error)
    return failed.error


def one_sentence(error: NarrateError) -> None:
    """It is one line for people, short, and not Python's own words."""
    text = str(error)
    assert 10 < len(text) < 400
    assert "\n" not in text
    assert "Traceback" not in text
    assert "Errno" not in text


NO_TEXT = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n\t\n", "holds no words"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50), "PNG picture"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(50), "JPEG picture"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF"),
    "zip": (b"PK\x03\x04\x14\0\0\0" + bytes(60), "ZIP archive"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(80), "looks like|not text"),
    "noise": (bytes(range(256)) * 8, "not text"),
    "nul": (b"Bread\n\nIt is \0 old.\n", "NUL"),
    "marks": (b"...\n\n!!!\n\n---\n", "no words"),
    "emoji": ("😀 🚀\n\n🎉\n".encode(), "no words"),
}


@pytest.mark.parametrize("name", NO_TEXT)
@pytest.mark.parametrize("suffix", [".txt", ".md", ""])
def test_what_is_no_text_is_refused_in_one_sentence(workshop: Workshop, name: str, suffix: str) -> None:
    """Whatever its suffix says, and the file is named."""
    data, words = NO_TEXT[name]
    path = workshop.root / f"article{suffix}"
    path.write_bytes(data)
    error = refusal(workshop, path)

    assert isinstance(error, ArticleError)
    assert f"article{suffix}" in str(error)
    assert files.shown(path.name)  # can be shown
    assert [part for part in words.split("|") if part in str(error)]


def test_a_folder_a_missing_file_and_a_device_are_no_articles(workshop: Workshop) -> None:
    """Each in a sentence of its own."""
    folder = workshop.root / "folder"
    folder.mkdir()

    assert "is a folder" in str(refusal(workshop, folder))
    assert "there is no such file" in str(refusal(workshop, workshop.root / "missing.txt"))
    assert "there is no such file" in str(refusal(workshop, "bread.txt\n\x1b[2J"))
    assert "too long" in str(refusal(workshop, "x" * 300))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("latin-1", "Über Bäume\n\nDie Bäume sind grün, und die Äste sind schön.\n"),
        ("cp1252", "“Bread”\n\nIt’s old – very old – and “good”, they say.\n"),
        ("utf-16", "Bread\n\nBread is old, café.\n"),
        ("utf-8-sig", "Bread\n\nBread is old, café.\n"),
        ("koi8-r", "Хлеб\n\nХлеб очень старый. Его пекли задолго до того, как люди начали писать.\n"),
    ],
)
def test_other_encodings_are_read(workshop: Workshop, encoding: str, text: str) -> None:
    """Text that is not UTF-8 is spoken as what it says."""
    path = workshop.root / "article.txt"
    path.write_bytes(text.encode(encoding))
    result = workshop.order(Order((str(path),)))

    assert [failed.error for failed in result.failed] == []
    told = [event.text for event in workshop.events if event.stage is Stage.SPEAK]
    assert any(text.splitlines()[-1].split(".")[0] in sentence for sentence in told)


def test_a_pipe_that_never_ends_is_given_up(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says nothing for too long, and one that says too much."""
    reader, writer = os.pipe()
    monkeypatch.setattr("narrate.pipeline.reading.read_stream_bounded", impatient)
    with os.fdopen(reader, "rb") as stream:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream}))
        os.write(writer, b"Bread is")
        silent = refusal(workshop, "-")
        flood = threading.Thread(target=pour, args=(writer,))
        flood.start()
        loud = refusal(workshop, "-")
    flood.join()

    assert "standard input did not end within" in str(silent)
    assert "standard input is larger than" in str(loud)


def impatient(stream: object, limit: int) -> bytes:
    """As narrate reads a pipe, with less patience and a smaller limit."""
    patience = files.Patience(0.2, 2)
    return files.read_stream_bounded(stream, min(limit, 1_000_000), patience=patience)  # type: ignore[arg-type] # a stream


def pour(writer: int) -> None:
    """Write until nobody reads."""
    try:
        while True:
            os.write(writer, b"y\n" * 10_000)
    except BrokenPipeError:
        os.close(writer)


def test_a_named_pipe_that_nobody_writes_to_does_not_hang(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads as empty or as one that did not end."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    pipe = workshop.root / "pipe"
    os.mkfifo(pipe)
    read = files.read_bounded
    monkeypatch.setattr(
        "narrate.pipeline.reading.read_bounded",
        lambda path, limit: read(path, limit, patience=files.Patience(0.2, 1)),
    )

    assert isinstance(refusal(workshop, pipe), ArticleError)


def test_a_line_of_fifty_megabytes_is_refused_without_reading_it_all(workshop: Workshop) -> None:
    """The limit is said."""
    path = workshop.root / "line.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    error = refusal(workshop, path)

    assert "is larger than 20" in str(error)


def test_a_line_without_an_end_is_cut_into_utterances(workshop: Workshop) -> None:
    """A page without punctuation is spoken whole, in parts an engine can take."""
    words = " ".join(f"word{number}" for number in range(1000))
    made = workshop.make(workshop.write("page.txt", f"Page\n\n{words}\n"), speed=3).made[0]
    told = set(" ".join(workshop.engine.spoken).replace(".", "").split())

    assert made.utterances > 1000 * 8 / 400
    assert {f"word{number}" for number in range(1000)} <= told
    assert max(map(len, workshop.engine.spoken)) <= 400


def test_names_that_look_like_options_or_command_a_terminal_are_names(workshop: Workshop) -> None:
    """A leading hyphen, a newline, an escape code in a file's name."""
    for name in ("-x.md", "--help", "a\nb\x1b[31m.md", "$(touch x).md", "ünï.md"):
        path = workshop.write(name, GOOD)
        made = workshop.make(path).made[0]
        assert made.episode.title == "Bread"


MARKUP = (
    '<speak><break time="10s"/>Hello</speak> and [[h@loU]] or <b>bold</b> &amp; {x} $(id) `ls` %s '
    "<script>alert(1)</script> | -v --help \\n *end*."
)


def test_text_is_text_whatever_it_looks_like(workshop: Workshop) -> None:
    """Law 2: no markup of an engine, a page or a shell reaches an engine; the words do."""
    workshop.make(workshop.write("markup.txt", f"Markup of all kinds\n\n{MARKUP}\n"))
    spoken = " ".join(workshop.engine.spoken)

    assert "[[" not in spoken
    assert "<" not in spoken
    for word in ("Hello", "bold", "alert", "help", "end"):
        assert word in spoken


def test_markup_in_an_article_does_not_reach_pages_and_feeds(workshop: Workshop) -> None:
    """It stands there escaped, in a title too."""
    title = "<script>alert(1)</script> & more"
    path = workshop.write("markup.txt", f"Markup\n\n{MARKUP}\n")
    workshop.order(Order((str(path),), Facts(title)))
    feed = feedparser.parse(workshop.show / "feed.xml")
    pages = [page.read_text(encoding="utf-8") for page in workshop.show.rglob("*.html")]

    assert not feed.bozo
    assert feed.entries[0].title == title
    assert pages
    assert not [page for page in pages if "<script>alert" in page or "<speak>" in page]


def test_control_characters_are_left_out_of_every_file(workshop: Workshop) -> None:
    """XML cannot hold them, and terminals obey them."""
    workshop.make(workshop.write("control.txt", "Bread \x1b[31m red\n\nIt is\x07 old\x08, and\x0b good\u202e here.\n"))

    assert not feedparser.parse(workshop.show / "feed.xml").bozo
    for name, data in workshop.files().items():
        if not name.endswith((".mp3", ".jpg")):
            assert not set(data) & {0x1B, 0x07, 0x08, 0x0B}, name


@pytest.mark.engine
@pytest.mark.parametrize("engine", [PiperEngine, Pyttsx3Engine])
def test_markup_is_spoken_by_real_engines(workshop: Workshop, engine: type[PiperEngine | Pyttsx3Engine]) -> None:
    """Piper and eSpeak say what is written: about as long as the same words without the marks."""
    article = workshop.write(
        "markup.txt", "Markup of all kinds\n\nHe said [[h@loU]] <speak>there</speak> &amp; left.\n"
    )
    script, _ = write(Order((str(article),)), workshop.settings(), workshop.tools())
    utterance = next(one for _, one in script.spoken() if "left" in one.written)
    speaker = engine()
    voice = load_voice("joe" if isinstance(speaker, PiperEngine) else "espeak", {speaker.name: speaker})
    try:
        take = perform(utterance, voice, speaker)
        plain = perform(Utterance("He said there and left.", "He said there and left.", "en"), voice, speaker)
    finally:
        speaker.close()

    assert len(take.words) >= 5
    assert take.clip.samples > plain.clip.samples


def test_any_script_and_direction_of_writing_is_made(workshop: Workshop) -> None:
    """Chinese, Arabic, Hebrew, emoji between words."""
    texts = {
        "zh": "面包的历史\n\n面包很古老。人们很早就开始烤面包。\n",
        "ar": "تاريخ الخبز\n\nالخبز قديم جدا. خبزه الناس منذ زمن بعيد.\n",
        "he": "לחם\n\nהלחם עתיק מאוד. אנשים אפו אותו מזמן.\n",
        "emoji": "Bread 🍞 and 👨‍👩‍👧\n\nBread 🍞 is old. It is 👍🏽 good.\n",
    }
    result = workshop.order(Order(tuple(str(workshop.write(f"{name}.txt", text)) for name, text in texts.items())))
    feed = feedparser.parse(workshop.show / "feed.xml")

    assert [failed.error for failed in result.failed] == []
    assert {entry.title for entry in feed.entries} == {text.splitlines()[0] for text in texts.values()}
    assert all(made.episode.slug.isascii() for made in result.made)


def test_a_title_of_ten_thousand_characters_is_made(workshop: Workshop) -> None:
    """Its folder has a name the disk can hold, and its manifest can be read again."""
    workshop.make(workshop.write("long.md", f"# {'Title ' * 1700}\n\nShort.\n"), speed=3)
    (episode,) = existing_show(workshop.show).episodes

    assert len(episode.slug) <= 60
    assert len(episode.title) > 10_000


def test_one_bad_article_does_not_stop_the_others(workshop: Workshop) -> None:
    """What can be made is made and in the feed; what cannot is told, in its turn."""
    names = [
        str(workshop.write("a.md", GOOD)),
        "missing.md",
        str(workshop.write("b.md", GOOD.replace("Bread", "Cake"))),
    ]
    result = workshop.order(Order(tuple(names)))

    assert [made.episode.title for made in result.made] == ["Bread", "Cake"]
    assert [failed.article for failed in result.failed] == ["missing.md"]
    assert len(feedparser.parse(workshop.show / "feed.xml").entries) == 2


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
    error = refusal(workshop, article, options=options)

    assert isinstance(error, kind)
    assert words in str(error)
    assert workshop.engine.spoken == []


def test_an_unknown_engine_is_told_with_those_there_are(workshop: Workshop) -> None:
    """``--engine`` is checked against what is installed."""
    article = workshop.write("bread.md", GOOD)
    tools = replace(workshop.tools(), engines=load("narrate.engines"))
    with pytest.raises(UsageError, match="no engine 'nobody'; there are piper, pyttsx3, tone") as caught:
        make(Order((str(article),)), workshop.settings(engine="nobody"), tools, lambda _: None)

    one_sentence(caught.value)
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
    _, text = write(Order((str(article),)), workshop.settings(), workshop.tools())
    script = workshop.write("x.yaml", text)
    workshop.make(script)
    assert old in text
    script.write_text(text.replace(old, new, 1), encoding="utf-8")
    error = refusal(workshop, script)

    assert isinstance(error, ScriptError)
    assert str(error).startswith("x.yaml, line ")
    assert words in str(error)


def test_an_edition_is_made_of_articles(workshop: Workshop) -> None:
    """A script in an edition is said to be one; a script of several articles wants an edition's title."""
    article = workshop.write("bread.md", GOOD)
    _, text = write(Order((str(article),)), workshop.settings(), workshop.tools())
    error = refusal(workshop, workshop.write("x.yaml", text), edition="Morning")
    with pytest.raises(UsageError, match="--edition"):
        write(Order((str(article), str(article))), workshop.settings(), workshop.tools())

    assert "is a script" in str(error)


def test_out_that_is_a_file_is_told(workshop: Workshop) -> None:
    """Where a show should be and a file is, nothing is spoken and the file stays."""
    article = workshop.write("bread.md", GOOD)
    (workshop.root / "out").write_text("mine")
    (failed,) = workshop.order(Order((str(article),))).failed
    one_sentence(failed.error)

    assert (workshop.root / "out").read_text() == "mine"
    assert workshop.engine.spoken == []


BROKEN = {
    "show.toml": ("show.toml", b"title = \n", ShowError),
    "show.toml, binary": ("show.toml", bytes(range(256)), ShowError),
    "episode.json": ("bread/episode.json", b"{", EpisodeError),
    "episode.json, binary": ("bread/episode.json", b"\xff\xfe\0", EpisodeError),
    "episode.json, another's": ("bread/episode.json", b'{"a": 1}', EpisodeError),
    "episode.json, deep": ("bread/episode.json", b"[" * 100_000, EpisodeError),
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
        one_sentence(caught.value)
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
    one_sentence(failed.error)
    assert {path: path.read_bytes() for path in before} == before
    workshop.write("bread.md", GOOD + "\nMore of it.\n")
    assert workshop.make(article, out=out).made[0].outcome == "remade"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, where this system lets tests mount one."""
    import subprocess

    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


REFUSALS = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES)


@pytest.mark.parametrize("number", REFUSALS)
@pytest.mark.parametrize("name", ["bread.mp3", "bread.vtt", "cover.jpg", "episode.json", "feed.xml"])
def test_whatever_file_is_refused_nothing_of_it_is_seen(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    """A disk that takes no more at one file or another: a sentence, the earlier episode whole, then all of the new."""
    article = workshop.write("bread.md", GOOD)
    workshop.make(article)
    workshop.write("bread.md", GOOD.replace("# Bread", "# Loaf") + "\nMore of it.\n")
    with refusing(monkeypatch, name, number):
        error = refusal(workshop, article)

    assert isinstance(error, StorageError)
    assert workshop.make(article).made[0].outcome == "remade"


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> Iterator[None]:
    """A staging folder in which the file that is to have that name cannot be opened for writing."""
    from narrate.runtime.staging import Staging

    stage = Staging.stage

    def refuse(self: Staging, relative: str) -> Path:
        if relative.endswith(name):
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
