"""What the documentation tells people to type works: every command, every block of Python, every file, every link."""

from __future__ import annotations

import re
import shutil
import struct
import tomllib
import wave
import zipfile
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

from narrate.cli.app import narrate, run
from narrate.model import Style
from narrate.script import load_script
from narrate.settings import load_settings
from narrate.speech.presets import load_cast, load_preset

from .conftest import PAGES, ROOT, Block, blocks, commands, mentioned, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SEED = "seeds/000_8b5a2423189e2da9.txt"
ALL = [block for page in PAGES for block in blocks(page)]
LINKS = [(page, link) for page in PAGES for link in re.findall(r"\]\(([^)\s]+)\)", text_of(page))]
TYPED = [(page, words) for page in PAGES for words in mentioned(page)]

NOT_RUN = {
    ("feed", "import"): "it asks the web; tests/pipeline imports from a server of its own",
    ("serve",): "it serves until somebody ends it; tests/publish does",
    ("say", "Good morning.", "--voice", "joe"): "without -o it opens the system's player",
    ("voices", "add"): "it needs models of 60 MB and more; tests/cli adds small ones",
    ("voices", "remove"): "what it removes was not added",
    ("make", "my-article.md", "--voice", "slt"): "the voice is an engine's of one's own; tests/plugins installs it",
}
"""Commands that are only read, by how they begin, and why."""


HEAD = 'narrate_script: 1\ntitle: "T"\nlanguage: en\nsegments:\n'
TEXTS = {
    "my-article.md": "---\ntitle: Bread at home\nauthor: A. Baker\n---\n\nBread needs flour.\n\n> Time is all.\n\n"
    "## Flour\n\nUse strong flour.\n\n## Water\n\nUse cold water.\n",
    "saved-page.html": "<title>Tea</title><article><h1>Tea</h1>"
    + "<p>Tea is a drink, and it is hot.</p>" * 9
    + "</article>",
    "one.txt": "Salt\n\nSalt is a mineral. It is made of sodium and of chlorine, and it has been used for very long.\n",
    "two.txt": "Water\n\nWater is wet. It runs down the hills, and then through the plains, and into the sea.\n",
}


def write_tone(path: Path) -> None:
    """Write eight seconds of a sound that passes for music."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"".join(struct.pack("<h", 9000 * (-1) ** (at // 20)) for at in range(64_000)))


def write_book(path: Path) -> None:
    """Write a book of three chapters."""
    names = ("One", "Two", "Three")
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Novel</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", container)
        book.writestr("b.opf", package)
        for name in names:
            page = f"<h1>{name}</h1><p>It was a dark and stormy night in chapter {name}.</p>"
            book.writestr(f"{name}.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{page}</body></html>')


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that all pages share: what one says the next need not."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def desk(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with the files that the pages speak of; the voice is the tone unless an example names one."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_tone(tmp_path / "theme.wav")
    write_book(tmp_path / "novel.epub")
    (tmp_path / "seeds").mkdir()
    shutil.copy(ROOT / SEED, tmp_path / SEED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NARRATE_VOICE", "tone")
    monkeypatch.setenv("NARRATE_CACHE_DIR", str(cache))
    return tmp_path


@contextmanager
def without_effect(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let commands be parsed and do nothing."""
    with monkeypatch.context() as patch:
        groups = [narrate]
        while groups:
            for command in groups.pop().commands.values():
                patch.setattr(command, "callback", lambda *_, **__: None)
                groups += [command] if hasattr(command, "commands") else []  # type: ignore[list-item] # a group has them
        yield


def reason_not_to_run(words: Sequence[str]) -> str:
    """Return why a command is only read, "" if it is run."""
    return next((why for start, why in NOT_RUN.items() if tuple(words[: len(start)]) == start), "")


def input_for(block: Block) -> TextIOWrapper:
    """Return what a pipe of an example would hand to the command."""
    text = "Dr. Smith lives on Main St.\n" if "echo" in block.text else TEXTS["two.txt"]
    return TextIOWrapper(BytesIO(text.encode()), encoding="utf-8")


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(map(commands, blocks(page)))], ids=lambda page: page.name
)
@pytest.mark.usefixtures("desk")
def test_the_commands_of_a_page_work_one_after_the_other(
    page: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever types a page from top to bottom sees no error; but for those that are only read, which parse."""
    for block in blocks(page):
        monkeypatch.setattr("sys.stdin", input_for(block))
        for words in commands(block):
            if reason_not_to_run(words):
                with without_effect(monkeypatch):
                    code = run(words)
            else:
                code = run(words)

            assert code == 0, f"{block.where}: narrate {' '.join(words)}: {capfd.readouterr().err}"


@pytest.mark.parametrize("start", NOT_RUN, ids=" ".join)
def test_what_is_not_run_is_there(start: tuple[str, ...]) -> None:
    """The table of commands that are only read names none that no page has."""
    typed = [tuple(words) for block in ALL for words in commands(block)] + [tuple(words) for _, words in TYPED]

    assert any(words[: len(start)] == start for words in typed)


@pytest.mark.usefixtures("desk")
def test_commands_in_running_text_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a sentence calls a command is one: its name and its options exist, whatever its arguments are."""
    wrong = []
    with without_effect(monkeypatch):
        for page, words in TYPED:
            known = [word for word in words if word not in {"…", "..."}]
            if run(known) not in {0, 2} or (run(known) == 2 and not is_a_name(known)):
                wrong.append(f"{page.name}: narrate {' '.join(words)}")

    assert TYPED
    assert not wrong


def is_a_name(words: Sequence[str]) -> bool:
    """Whether these words name a command, without what it must be given: "narrate make"."""
    command = narrate
    for word in words:
        command = getattr(command, "commands", {}).get(word)  # type: ignore[assignment] # None ends it
        if command is None:
            return False
    return True


@pytest.mark.parametrize("block", [block for block in ALL if block.language == "python"], ids=lambda block: block.where)
@pytest.mark.usefixtures("desk")
def test_python_in_the_pages_runs(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    """A block of Python runs as it is, in a folder with the articles it names."""
    exec(compile(block.text, block.where, "exec"), {"__name__": "__main__"})  # noqa: S102 - our own pages

    assert "Traceback" not in capsys.readouterr().out


@pytest.mark.parametrize("block", [block for block in ALL if block.language == "yaml"], ids=lambda block: block.where)
def test_scripts_in_the_pages_load(block: Block) -> None:
    """A script, or a list of segments out of one, is as the program reads it."""
    text = block.text if block.text.startswith("narrate_script") else HEAD + block.text

    assert load_script(text, block.where, Style()).segments


@pytest.mark.parametrize("block", [block for block in ALL if block.language == "toml"], ids=lambda block: block.where)
def test_settings_and_presets_in_the_pages_load(block: Block, tmp_path: Path) -> None:
    """A TOML file that says in its first line which one it is, is as the program reads it."""
    first, _, _ = block.text.partition("\n")
    path = tmp_path / first.removeprefix("# ")
    if not first.startswith("# "):
        assert tomllib.loads(block.text)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")

    if path.parent.name == "casts":
        assert load_cast(path.stem, [tmp_path / "voices"]).voices
    elif path.parent.name == "voices":
        assert load_preset(path).name == path.stem
    else:
        assert set(load_settings({}, {}, tmp_path, None).sources.values()) == {"default", path.name}


def anchors(page: Path) -> set[str]:
    """Return the names that headings of a page can be linked by, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize(("page", "link"), LINKS, ids=[f"{page.name}-{link}" for page, link in LINKS])
def test_links_lead_somewhere(page: Path, link: str) -> None:
    """A link inside the repository names a file that is there, and a heading that it has."""
    if "://" in link:
        return
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page

    assert target.exists()
    assert not anchor or anchor in anchors(target)
