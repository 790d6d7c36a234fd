"""The books before judges of others: EPUBCheck, and DAISY's Ace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import BROWSERS, hostile
from tests.drawn import data_uri, photograph

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = Path(__file__).parents[1] / "kinds" / "data"
TONE = ("--engine", "tone", "--music", "none", "--quiet")
PRINTED = "".join(
    f'<h1>Part {at}</h1><p>Words <span role="doc-pagebreak" aria-label="{2 * at}"></span>of <em>part '
    f'<span role="doc-pagebreak" aria-label="&lt;{at}&gt;"></span>{at}</em>.</p><table><tr><th>a</th><th>b</th></tr>'
    f'<tr><td>c</td><td><span role="doc-pagebreak" title="{2 * at + 1}"></span>d</td></tr></table>'
    for at in range(1, 4)
)
PICTURED = "".join(
    f"<h1>Part {at}</h1><p>Words of the part, and more of them than that, so that they are read.</p><figure>"
    f'<img src="{data_uri(photograph(width=40 + 8 * at))}" alt="{alt}"><figcaption>Seen at dawn.</figcaption></figure>'
    f'<p>It was the {at}. of them.</p><figure><img src="{data_uri(photograph(40 + at, kind="PNG"))}"></figure>'
    for at, alt in enumerate(("A boat &quot;&lt;on&gt;&quot; water", "", "A mill"), start=1)
)
MADE = {
    **{each.name: (each.name,) for each in sorted(KINDS.iterdir()) if each.suffix != ".outline"},
    "words": ("encyclopedia.html", "--book", "word"),
    "words, right to left": ("arabic.html", "--book", "word"),
    "pages, by words": ("printed.html", "--book", "word"),
    "edition": ("brief.txt", "hebrew.html", "chapter.xhtml", "--edition", "The week"),
    "study": ("match.md", "--for", "study"),
    "hostile": ("hostile.html",),
    "split": ("printed.html", "--split"),
    "pictures": ("pictures.html",),
    "pictures, by words, split": ("pictures.html", "--book", "word", "--split"),
}
"""The arguments of each book, beside those of all."""


@dataclass(frozen=True, slots=True)
class Books:
    """Makes books once each."""

    folder: Path

    def of(self, name: str) -> list[Path]:
        """The books that a make leaves, that of the whole show too."""
        show = self.folder / f"show-{list(MADE).index(name)}"
        if not show.exists():
            self._make(name, show.name)
        found = sorted(show.rglob("*.epub"))
        assert found
        return found

    def _make(self, name: str, show: str) -> None:
        arguments = [str(self._file(each)) if "." in each else each for each in MADE[name]]
        command = [sys.executable, "-m", "narrate", "make", *TONE, "--out", str(self.folder), "--show", show]
        subprocess.run([*command, *arguments], check=True, env=os.environ | {"NO_COLOR": "1"}, timeout=300)

    def _file(self, name: str) -> Path:
        own = {"printed.html": PRINTED.encode(), "hostile.html": hostile("hostile.html")}
        own |= {"pictures.html": f"<html><body><article>{PICTURED}</article></body></html>".encode()}
        if name not in own:
            return KINDS / name
        path = self.folder / name
        path.write_bytes(own[name])
        return path


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Books that are judged."""
    return Books(tmp_path_factory.mktemp("books"))


@pytest.mark.parametrize("name", MADE)
def test_epubcheck_finds_nothing(books: Books, judge: Callable[[str], Path], name: str, tmp_path: Path) -> None:
    """No error and no warning."""
    checker = judge("../python/epubcheck/epubcheck.jar")
    java = which("java")
    if not java:
        pytest.skip("there is no Java here")
    for book in books.of(name):
        report = tmp_path / "report.json"
        command = [java, "-jar", str(checker), str(book), "--json", str(report), "--quiet"]
        subprocess.run(command, check=False, capture_output=True, timeout=300)
        told = json.loads(report.read_text("utf-8"))["messages"]
        serious = [each for each in told if each["severity"] in {"FATAL", "ERROR", "WARNING"}]
        assert [(each["ID"], each["message"]) for each in serious] == []


@pytest.mark.parametrize("name", MADE)
def test_ace_finds_nothing(books: Books, judge: Callable[[str], Path], name: str, tmp_path: Path) -> None:
    """No violation of EPUB Accessibility or of WCAG at level AA."""
    ace = judge(".bin/ace-puppeteer")
    chromium = next(filter(None, map(which, BROWSERS)), None)
    if not chromium:
        pytest.skip("there is no Chromium here")
    for number, book in enumerate(books.of(name)):
        report = tmp_path / str(number)
        command = [str(ace), "--silent", "--outdir", str(report), str(book)]
        environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": chromium}
        subprocess.run(command, check=False, capture_output=True, env=environment, timeout=300)
        told = json.loads((report / "report.json").read_text("utf-8"))
        found = chain.from_iterable(each["assertions"] for each in told["assertions"])
        assert [(each["earl:test"]["dct:title"], each["earl:result"]["dct:description"]) for each in found] == []
