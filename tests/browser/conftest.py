"""Pages in a real browser, from a disk and over HTTP: headless Chromium, where the system has one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import wave
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.along import SHOW, along, episode_of, read, timeline_of
from tests.drawn import drawing

from narrate.episode import draw_cover, dump_manifest, show_page
from narrate.episode.page import Written, episode_page
from narrate.feed import dump_show
from narrate.model import Plate
from narrate.pipeline.changing import cover_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

    from narrate.model import Cue, Passage

ALL = "NARRATE_BROWSER_ALL"
"""A variable that has every test run over HTTP too, which takes a minute more."""
ICON = "/favicon.ico"
"""What a browser asks a server for that has not said where its icon is."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = Path(__file__).parent
ARTICLE = HERE / "article.md"
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'</style><!--{{7*7}}&#x3C;svg onload=alert(3)&#x3E;"
WAIT_MS = 10_000
PLATE = Plate("picture-0123456789.png", "image/png", 120, 90)
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => { for (const each of list.getEntries()) window.shifted += each.value; })
  .observe({type: 'layout-shift', buffered: true});"""
"""A script that adds up how far the page's contents have moved (the Layout Instability API's score)."""
MARKED = """kind => [...CSS.highlights.get(kind)].map(range => {
  const copy = range.cloneContents();
  copy.querySelectorAll('[data-own]').forEach(own => own.remove());
  return copy.textContent;
})"""
MIDDLE = """words => {
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    node.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});
    const [box] = range.getClientRects();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }
}"""


@dataclass
class Opened:
    """An open page, its cues, what it complained of (errors, dialogs, what its policy refused), what it asked for."""

    page: Page
    url: str
    cues: list[Cue]
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def at_ms(self) -> int:
        """The moment that is heard."""
        return int(self.page.evaluate("Math.round(document.getElementById('sound').currentTime * 1000)"))

    def go(self, ms: int) -> None:
        """Go to a moment, as a media key does."""
        self.page.evaluate(
            "ms => new Promise(done => { const sound = document.getElementById('sound');"
            " sound.addEventListener('seeked', () => requestAnimationFrame(done), {once: true});"
            " sound.currentTime = ms / 1000; })",
            ms,
        )

    def do(self, action: str) -> None:
        """Press the button of an action."""
        self.page.click(f"[data-do={action}]")

    def marked(self, kind: str = "sentence") -> str:
        """The words of the article that are marked."""
        return " ".join(self.page.evaluate(MARKED, kind))

    def until(self, condition: str) -> None:
        """Wait until an expression holds; playwright's own way evaluates text, which the page's policy forbids."""
        end = time.monotonic() + WAIT_MS / 1000
        while not self.page.evaluate(condition):
            assert time.monotonic() < end, condition
            self.page.wait_for_timeout(20)

    def click_words(self, words: str) -> None:
        """Click in the middle of words of the text."""
        self.page.evaluate(MIDDLE, words)
        self.page.wait_for_timeout(50)  # what came into view takes its true size
        self.page.mouse.click(*self.page.evaluate(MIDDLE, words))

    def paused(self) -> bool:
        """Whether nothing plays."""
        return bool(self.page.evaluate("document.getElementById('sound').paused"))


@dataclass(frozen=True)
class Site:
    """A show in a folder, and the address that the folder has."""

    folder: Path
    base: str
    browser: Browser

    def write(self, name: str, data: bytes) -> tuple[str, list[Cue]]:
        """Write the page of an article; its address, its cues."""
        article = read(data, name)
        reading, cues = along([article])
        timeline = timeline_of(cues)
        slug = re.sub(r"\W+", "-", name)
        episode = episode_of(article, timeline, slug)
        (self.folder / slug).mkdir(exist_ok=True)
        (self.folder / slug / PLATE.name).write_bytes(drawing(width=PLATE.width, height=PLATE.height))
        reading = replace(reading, passages=tuple(map(_illustrated, reading.passages)))
        originals = {article.url: ""} if article.url else {}
        page = episode_page(episode, timeline, SHOW, Written(originals, article.published, reading))
        (self.folder / slug / "index.html").write_bytes(page)
        (self.folder / slug / "episode.json").write_bytes(dump_manifest(episode))
        self._sound(self.folder / slug / "sound.wav", timeline.duration_ms)
        feed = f"{SHOW.base_url}feed.xml"
        (self.folder / "index.html").write_bytes(show_page(SHOW, [episode, episode], feed, cover_name(SHOW)))
        return f"{self.base}{slug}/index.html", cues

    @staticmethod
    def _sound(path: Path, length_ms: int) -> None:
        """Silence of that length."""
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 1, 8_000, 0, "NONE", ""))
            file.writeframes(b"\x80" * (8 * length_ms))

    @contextmanager
    def opened(self, name: str = "article.md", data: bytes = b"", script: str = "", **choices: Any) -> Iterator[Opened]:  # noqa: ANN401 - of playwright's
        """The page of an article in a context of its own; `script` runs before the page's own."""
        url, cues = self.write(name, data or ARTICLE.read_bytes())
        context = self.browser.new_context(**({"viewport": {"width": 900, "height": 700}} | choices))
        context.set_default_timeout(WAIT_MS)
        if script:
            context.add_init_script(script)
        made = Opened(context.new_page(), url, cues)
        listen(made)
        made.page.goto(url)
        yield made
        context.close()


def _illustrated(passage: Passage) -> Passage:
    """A passage all of whose pictures are shown, as one and the same."""
    return replace(passage, plates=(PLATE,) * len(passage.block.images))


def hostile(name: str) -> bytes:
    """A hostile article, with markup that would run in every field."""
    mean = json.dumps(HOSTILE) if name == "hostile.md" else escape(HOSTILE)
    head, *rest = (HERE / name).read_text("utf-8").split("\n\n", 1)
    return "\n\n".join((head.replace("HOSTILE", mean), *(each.replace("HOSTILE", HOSTILE) for each in rest))).encode()


def listen(made: Opened) -> None:
    """Note all that a page does which it should not."""
    made.page.on("dialog", lambda dialog: _dismissed(made, dialog))
    made.page.on("pageerror", lambda error: made.complaints.append(f"error {error}"))
    made.page.on("console", lambda told: _told(made, told))
    made.page.on("request", lambda request: made.asked.append(request.url))


def _dismissed(made: Opened, dialog: Dialog) -> None:
    made.complaints.append(f"dialog {dialog.message}")
    dialog.dismiss()


def _told(made: Opened, told: ConsoleMessage) -> None:
    if ICON not in told.location["url"]:
        made.complaints.append(f"console {told.text} {told.location['url']}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    path = next(filter(None, map(which, BROWSERS)), None)
    if not path:
        pytest.skip("there is no Chromium here; the pages are read by lxml in tests/episode")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # The sandbox needs rights that containers, and root, do not have.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a show."""
    made = tmp_path_factory.mktemp("out") / "a-show"
    made.mkdir()
    (made / "show.toml").write_text(dump_show(SHOW), encoding="utf-8")
    (made / "feed.xml").write_text("<rss/>", encoding="utf-8")
    (made / cover_name(SHOW)).write_bytes(draw_cover(SHOW.title, "", 300))
    return made


@pytest.fixture(scope="session")
def over_http(browser: Browser, folder: Path) -> Iterator[Site]:
    """The show as `narrate serve` serves it."""
    with served(folder.parent) as port:
        yield Site(folder, f"http://localhost:{port}/a-show/", browser)


@pytest.fixture(params=["file", "http"])
def everywhere(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Site:
    """The show on a disk, and over HTTP."""
    if request.param == "file":
        return Site(folder, f"{folder.as_uri()}/", browser)
    return cast("Site", request.getfixturevalue("over_http"))


@pytest.fixture(params=["file", "http"] if os.environ.get(ALL) else ["file"])
def site(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Site:
    """The show on a disk; over HTTP too only if that is asked for, where it cannot make a difference."""
    if request.param == "file":
        return Site(folder, f"{folder.as_uri()}/", browser)
    return cast("Site", request.getfixturevalue("over_http"))


@contextmanager
def served(root: Path) -> Iterator[int]:
    """The port at which a folder of shows is served."""
    command = [
        sys.executable,
        "-m",
        "narrate",
        "serve",
        "--port",
        "0",
        "--no-qr",
        "--out",
        str(root),
        "--show",
        "a-show",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        assert running.stdout
        lines: list[str] = []
        for line in running.stdout:
            lines.append(line)
            if found := re.search(r"http://[\w.]+:(\d+)/", line):
                yield int(found[1])
                break
        else:
            pytest.fail("".join(lines))
        running.terminate()
