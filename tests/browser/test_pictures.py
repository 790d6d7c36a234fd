"""The pictures of an article in a real browser: painted from a file and over HTTP, read once, and nothing that runs."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw
from tests.browser.conftest import HOSTILE, SHIFTS, WAIT_MS, Opened, listen, served
from tests.browser.test_page import tree
from tests.drawn import data_uri, encoded, photograph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

ALT = f"A boat {HOSTILE}"
ARTICLE = """<html lang="en"><head><title>The flood</title></head><body><article><h1>The flood</h1>
<p>The river rose in the night, and by morning it stood in the kitchens of the lower town.</p>
<figure><img src="{photograph}" onload="alert(4)" onerror="alert(5)" alt="{alt}">
<figcaption>It was moored at the bakery.</figcaption></figure>
<p>Nobody had seen it so high, and the baker, who has lived there for forty years, says so to everybody.</p>
<figure><img src="lines.png" alt="Three lines."></figure>
<figure><img src="javascript:alert(6)" alt="A mill."></figure>
<figure><img src="svg.svg" alt="A map."></figure>
<figure><img src="{photograph}"></figure>
<p>Then the wind turned, and the water went as it had come, and left mud behind that nobody wanted.</p>
</article></body></html>"""
PAINTED = """async () => {
  const found = [];
  for (const each of document.querySelectorAll('article img')) {
    each.scrollIntoView({block: 'center', behavior: 'instant'});
    await each.decode();
    found.push([each.naturalWidth, each.naturalHeight, each.width / each.height]);
  }
  return found;
}"""
WIDTH, HEIGHT = 800, 600


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with an episode whose article has pictures, made by the command."""
    home = tmp_path_factory.mktemp("pictures")
    lines = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    ImageDraw.Draw(lines).line((0, 0, 399, 199), fill="black", width=9)
    (home / "lines.png").write_bytes(encoded(lines))
    (home / "svg.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(7)'/>", encoding="utf-8")
    text = ARTICLE.format(photograph=data_uri(photograph(WIDTH, HEIGHT)), alt=escape(ALT))
    (home / "flood.html").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "narrate", "make", "--engine", "tone", "--music", "none", "--book", "none", "-q"]
    places = ["--out", str(home / "out"), "--show", "a-show", str(home / "flood.html")]
    subprocess.run([*command, *places], check=True, env=os.environ | {"NO_COLOR": "1"}, timeout=120)
    return home / "out" / "a-show"


@pytest.fixture(params=["file", "http"])
def base(request: pytest.FixtureRequest, show: Path) -> Iterator[str]:
    """The address of the show's folder."""
    if request.param == "file":
        yield f"{show.as_uri()}/"
        return
    with served(show.parent) as port:
        yield f"http://localhost:{port}/a-show/"


@contextmanager
def opened(browser: Browser, base: str, **choices: Any) -> Iterator[Opened]:  # noqa: ANN401 - of playwright's
    """The page of the episode."""
    context = browser.new_context(**({"viewport": {"width": 900, "height": 700}} | choices))
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(SHIFTS)
    made = Opened(context.new_page(), f"{base}the-flood/index.html", [])
    listen(made)
    made.page.goto(made.url)
    yield made
    context.close()


def test_pictures_are_painted_and_nothing_of_them_runs(browser: Browser, base: str) -> None:
    """Every one that is shown, in its measure, without moving the text; from the show alone, and no complaint."""
    with opened(browser, base) as page:
        painted = page.page.evaluate(PAINTED)

        assert [(width, height) for width, height, _ in painted] == [(800, 600), (400, 200), (800, 600)]
        assert [round(ratio, 1) for *_, ratio in painted] == [1.3, 2.0, 1.3]
        assert page.page.evaluate("window.shifted") < 0.01
        assert page.complaints == []
        assert [url for url in page.asked if not url.startswith(base)] == []


@pytest.mark.parametrize("choices", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_dark_lines_stand_on_a_light_ground(browser: Browser, base: str, choices: dict[str, Any]) -> None:
    """A picture that shows what is behind it is seen in every colour scheme; at 320 px nothing is too wide."""
    with opened(browser, base, viewport={"width": 320, "height": 640}, **choices) as page:
        page.page.evaluate(PAINTED)
        grounds = page.page.evaluate(
            "[...document.querySelectorAll('article img')].map(each => getComputedStyle(each).backgroundColor)"
        )

        assert set(grounds) == {"rgb(255, 255, 255)"}
        assert page.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_words_of_a_picture_are_read_once(browser: Browser, base: str) -> None:
    """As the name of an image in a figure; seen below it all the same, and marked there while they are heard."""
    with opened(browser, base) as page:
        nodes = tree(page)
        names = [each["name"] for each in nodes if each["role"] == "image"]
        texts = [each["name"] for each in nodes if each["role"] == "StaticText"]

        assert names == [ALT, "Three lines.", "Picture"]
        assert not [text for text in texts if text == "Three lines." or text.startswith("A boat")]
        assert {"It was moored at the bakery.", "A mill.", "A map."} <= set(texts)
        assert page.page.get_by_text("Three lines.").is_visible()
        page.click_words("Three lines.")
        page.until("CSS.highlights.get('sentence').size > 0")
        assert page.marked() == "Three lines."
