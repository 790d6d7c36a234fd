"""The pages before judges of others: axe-core, pa11y, the Nu checker, TypeScript."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import BROWSERS, hostile
from tests.judges.test_books import PICTURED

from narrate.episode.page.render import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Site

BROWSER_TESTS = Path(__file__).parents[1] / "browser"
LEVELS = "".join(f"{'#' * (1 + at % 6)} Part {at}\n\nWords of part {at}.\n\n" for at in range(1, 301))
MATERIAL = {
    "article.md": (BROWSER_TESTS / "article.md").read_bytes(),
    "levels.md": f"# Three hundred\n\n{LEVELS}".encode(),
    "one.txt": b"One sentence.",
    "arabic.html": (BROWSER_TESTS.parent / "kinds" / "data" / "arabic.html").read_bytes(),
    "chinese.html": (BROWSER_TESTS.parent / "kinds" / "data" / "chinese.html").read_bytes(),
    "encyclopedia.html": (BROWSER_TESTS.parent / "kinds" / "data" / "encyclopedia.html").read_bytes(),
    "poem.txt": (BROWSER_TESTS.parent / "kinds" / "data" / "poem.txt").read_bytes(),
}
MATERIAL["pictures.html"] = f"<html><head><title>Three parts</title></head><body><article>{PICTURED}".encode()
MATERIAL.update((name, hostile(name)) for name in ("hostile.md", "hostile.html"))
VIEWS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "400 %": {"viewport": {"width": 320, "height": 256}},
    "reduced motion": {"reduced_motion": "reduce"},
}
AXE = "axe.run({resultTypes: ['violations']}).then(all => all.violations.map(each => [each.id, each.nodes[0].html]))"


def pages(show: Site, name: str) -> list[str]:
    """The addresses of an episode's page and of its show's."""
    return [show.write(name, MATERIAL[name])[0], f"{show.base}index.html"]


def paths(show: Site, name: str) -> list[str]:
    """The files of the same."""
    return [str(show.folder / url.removeprefix(show.base)) for url in pages(show, name)]


@pytest.mark.parametrize("name", MATERIAL)
def test_axe_finds_nothing(show: Site, judge: Callable[[str], Path], name: str) -> None:
    """No rule is broken in any view, with every drawer open."""
    axe = judge("axe-core/axe.min.js").read_text("utf-8")
    urls = pages(show, name)
    for view in VIEWS.values():
        context = show.browser.new_context(bypass_csp=True, **view)
        for url in urls:
            page = context.new_page()
            page.goto(url)
            for summary in page.query_selector_all("summary"):
                summary.click()
            page.evaluate(axe)
            assert (view, page.evaluate(AXE)) == (view, [])
        context.close()


@pytest.mark.parametrize("name", MATERIAL)
def test_pa11y_finds_nothing(show: Site, judge: Callable[[str], Path], name: str, tmp_path: Path) -> None:
    """Nor is any of HTML_CodeSniffer's, at level AA."""
    launch = {"executablePath": next(filter(None, map(which, BROWSERS))), "args": ["--no-sandbox"]}
    settings = {"chromeLaunchConfig": launch, "standard": "WCAG2AA", "timeout": 120_000}
    config = tmp_path / "pa11y.json"
    config.write_text(json.dumps(settings), encoding="utf-8")
    for url in pages(show, name):
        command = [str(judge(".bin/pa11y")), "--config", str(config), "--reporter", "json", url]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        assert json.loads(told) == []


@pytest.mark.parametrize("name", MATERIAL)
def test_the_nu_checker_finds_no_error(show: Site, judge: Callable[[str], Path], name: str) -> None:
    """Pages are valid HTML and CSS, whatever the article is."""
    checker = judge("vnu-jar/build/dist/vnu.jar")
    if not which("java"):
        pytest.skip("there is no Java here")
    command = ["java", "-jar", str(checker), "--errors-only", "--format", "json", *paths(show, name)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert [each for each in json.loads(told)["messages"] if each["type"] == "error"] == []


@pytest.mark.parametrize("page", sorted(SCRIPTS))
def test_the_script_is_typed(judge: Callable[[str], Path], page: str, tmp_path: Path) -> None:
    """TypeScript, at its strictest, agrees with every type that the comments say."""
    home = files("narrate.episode") / "templates"
    script = tmp_path / "page.js"
    script.write_text("".join((home / name).read_text("utf-8") for name in SCRIPTS[page]), encoding="utf-8")
    strict = "--noEmit --allowJs --checkJs --strict --noUnusedLocals --noUnusedParameters --noImplicitReturns"
    known = "--target es2024 --lib es2024,dom,dom.iterable --types"
    command = [str(judge(".bin/tsc")), *strict.split(), *known.split(), "", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)
