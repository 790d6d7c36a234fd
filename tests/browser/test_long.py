"""A long text, whose parts are laid out one after the other: nothing of it is out of reach meanwhile, or astray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from tests.browser.test_player import cue

if TYPE_CHECKING:
    from tests.browser.conftest import Opened, Site

PARTS = "\n\n".join(
    f"## Part {part}\n\n"
    + "\n\n".join(f"Mill {at} stands here. So does its weir." for at in range(part * 20, part * 20 + 20))
    for part in range(30)
)
LONG = f"# T\n\n{PARTS}".encode()
BAR = "document.querySelector('.bar').getBoundingClientRect().bottom"
IN_VIEW = (
    f"(b => b.top >= {BAR} && b.bottom < innerHeight)([...CSS.highlights.get('sentence')][0].getBoundingClientRect())"
)
LAID_OUT = "!document.querySelector('.part:not(.there)')"
BUSY = "window.requestIdleCallback = () => 0"
"""A browser that never has time: what is not near stays as it is."""
GAPS = """() => [...document.querySelectorAll('.head')].slice(1).map(head => {
  const before = head.previousElementSibling || head.parentElement.previousElementSibling.lastElementChild;
  return Math.round(head.getBoundingClientRect().top - before.getBoundingClientRect().bottom);
})"""


def played(opened: Opened) -> None:
    """It plays: from now on the page follows."""
    opened.do("play")
    opened.until("!document.getElementById('sound').paused")


@pytest.mark.parametrize("script", ["", BUSY])
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_is_followed_and_clicked_wherever_it_goes(site: Site, motion: str, script: str) -> None:
    """Far sentences come into view at once and stay there, whatever was laid out before, and are followed on."""
    with site.opened("long.md", LONG, script=script, reduced_motion=motion) as opened:
        assert opened.page.evaluate("document.querySelectorAll('article > .part').length") > 5
        played(opened)
        for number in (590, 12, 350):
            opened.go(cue(opened, f"Mill {number} ").start_ms + 1)
            assert opened.marked() == f"Mill {number} stands here."
            opened.page.wait_for_timeout(1_500)
            assert opened.page.evaluate(IN_VIEW)
            assert opened.page.is_hidden(".follow")
        opened.click_words("Mill 222")
        assert opened.at_ms() >= cue(opened, "Mill 222 ").start_ms


def test_a_text_of_another_size_is_followed_on(site: Site) -> None:
    """Size, spacing and the window move the text, not the reader: what is said stays in view, and followed."""
    with site.opened("long.md", LONG) as opened:
        played(opened)
        opened.go(cue(opened, "Mill 350 ").start_ms + 1)
        opened.do("play")
        opened.page.wait_for_timeout(1_500)  # what the page did itself is over
        for change in (
            "document.querySelector('[data-do=larger]').click()",
            "document.querySelector('[data-choice=spacing][data-value=wider]').click()",
        ):
            opened.page.evaluate(change)
            opened.page.wait_for_timeout(1_500)
            assert opened.page.evaluate(IN_VIEW)
            assert opened.page.is_hidden(".follow")
        opened.page.set_viewport_size({"width": 400, "height": 500})
        opened.page.wait_for_timeout(1_500)
        assert opened.page.evaluate(IN_VIEW)
        assert opened.page.is_hidden(".follow")


def test_a_link_to_a_moment_leads_far_down(site: Site) -> None:
    """The sentence of that moment is in view, and stays there while the text above it is laid out."""
    with site.opened("long.md", LONG) as opened:
        opened.page.goto("about:blank")
        opened.page.goto(f"{opened.url}#t={(cue(opened, 'Mill 500 ').start_ms + 10) / 1000:.2f}")
        opened.until(LAID_OUT)
        opened.page.wait_for_timeout(500)

        assert opened.marked() == "Mill 500 stands here."
        assert opened.page.evaluate(IN_VIEW)


@pytest.mark.parametrize("script", [True, False])
def test_the_accessibility_tree_has_all_of_it(site: Site, script: bool) -> None:  # noqa: FBT001 - a case
    """Every heading and every word, without anybody scrolling; without a script at once."""
    with site.opened("long.md", LONG, java_script_enabled=script) as opened:
        if script:
            opened.until(LAID_OUT)
        tree = opened.page.context.new_cdp_session(opened.page).send("Accessibility.getFullAXTree")["nodes"]
        said = [
            (each["role"]["value"], each["name"]["value"]) for each in tree if not each["ignored"] and "name" in each
        ]
        assert [name for role, name in said if role == "heading" and name.startswith("Part ")] == [
            f"Part {at}" for at in range(30)
        ]
        assert sum(role == "StaticText" and name.startswith("Mill ") for role, name in said) == 600


@pytest.mark.parametrize("media", ["screen", "print"])
def test_seams_between_parts_are_not_seen(site: Site, media: Literal["screen", "print"]) -> None:
    """A heading has the same room above it, wherever it stands."""
    with site.opened("long.md", LONG) as opened:
        opened.page.emulate_media(media=media)
        opened.until(LAID_OUT)
        gaps = opened.page.evaluate(GAPS)
        assert len(gaps) == 29
        assert max(gaps) - min(gaps) <= 1
