"""Bad input: one clear sentence, or spoken as the text it is; an earlier episode is never lost."""

from __future__ import annotations

import os
import threading
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import feedparser
import pytest

from narrate.errors import (
    ArticleError,
    UsageError,
)
from narrate.model import Utterance
from narrate.pipeline.making import write
from narrate.pipeline.order import Facts, Order, Stage
from narrate.pipeline.shows import existing_show
from narrate.runtime import files
from narrate.speech import load_voice, perform
from narrate.speech.piper import PiperEngine
from narrate.speech.pyttsx3 import Pyttsx3Engine

if TYPE_CHECKING:
    from tests.pipeline.conftest import Workshop

GOOD = "# Bread\n\nBread is old.\n"


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
    error = workshop.refusal(path)

    assert isinstance(error, ArticleError)
    assert f"article{suffix}" in str(error)
    assert files.shown(path.name)  # can be shown
    assert [part for part in words.split("|") if part in str(error)]


def test_a_folder_a_missing_file_and_a_device_are_no_articles(workshop: Workshop) -> None:
    """Each in a sentence of its own."""
    folder = workshop.root / "folder"
    folder.mkdir()

    # Whoever names a folder or a pattern without an article has called it wrongly.
    for name, said in ((str(folder), "there is no article in the folder"), ("bread.txt\n\x1b[2J", "no file matches")):
        with pytest.raises(UsageError, match=said) as nothing:
            workshop.order(Order((name,)))
        workshop.one_sentence(nothing.value)
    assert "there is no such file" in str(workshop.refusal(workshop.root / "missing.txt"))
    assert "there is no such file" in str(workshop.refusal("bread.txt\n\x1b"))
    assert "too long" in str(workshop.refusal("x" * 300))


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
        silent = workshop.refusal("-")
        flood = threading.Thread(target=pour, args=(writer,))
        flood.start()
        loud = workshop.refusal("-")
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

    assert isinstance(workshop.refusal(pipe), ArticleError)


def test_a_line_of_fifty_megabytes_is_refused_without_reading_it_all(workshop: Workshop) -> None:
    """The limit is said."""
    path = workshop.root / "line.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    error = workshop.refusal(path)

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
        for inner, text in _inside(name, data).items():
            assert not set(text) & {0x1B, 0x07, 0x08, 0x0B}, inner


def _inside(name: str, data: bytes) -> dict[str, bytes]:
    """The texts in a file of a show: itself, those that a book holds, or none."""
    files = {name: data}
    if name.endswith(".epub"):
        with ZipFile(BytesIO(data)) as book:
            files = {f"{name}: {each}": book.read(each) for each in book.namelist()}
    return {each: text for each, text in files.items() if not each.endswith((".mp3", ".jpg", ".otf", ".ttf", ".woff2"))}


@pytest.mark.engine
@pytest.mark.parametrize("engine", [PiperEngine, Pyttsx3Engine])
def test_markup_is_spoken_by_real_engines(workshop: Workshop, engine: type[PiperEngine | Pyttsx3Engine]) -> None:
    """Piper and eSpeak say what is written: about as long as the same words without the marks."""
    article = workshop.write(
        "markup.txt", "Markup of all kinds\n\nHe said [[h@loU]] <speak>there</speak> &amp; left.\n"
    )
    script = write(Order((str(article),)), workshop.settings(), workshop.tools()).script
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
