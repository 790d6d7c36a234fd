"""The player: it plays, seeks, marks, follows, remembers, and tells the system what it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from narrate.model import Role

if TYPE_CHECKING:
    from tests.browser.conftest import Opened, Site

    from narrate.model import Cue

LATER = "document.getElementById('sound').currentTime * 1000 > {}"


def cue(opened: Opened, words: str) -> Cue:
    """The cue that begins with these words."""
    return next(each for each in opened.cues if each.text.startswith(words))


def test_plays_and_marks_what_is_heard(everywhere: Site) -> None:
    """The button plays and pauses; each sentence is marked while it is heard, wherever it stands on the page."""
    with everywhere.opened() as opened:
        opened.do("play")
        opened.until("!document.getElementById('sound').paused")
        opened.until(LATER.format(opened.cues[1].start_ms + 100))
        assert opened.page.inner_text(".main") == "Pause"
        assert opened.marked() in {each.text for each in opened.cues[:5]}
        opened.do("play")
        assert opened.paused()

        for each in opened.cues:
            opened.go(each.start_ms + 10)
            alnum = re.sub(r"\W", "", opened.marked())
            assert alnum
            assert alnum in re.sub(r"\W", "", each.text) or each.role is Role.TABLE
        assert opened.complaints == []


def test_marks_words_if_wanted(site: Site) -> None:
    """Each while it is heard; the choice is remembered."""
    with site.opened() as opened:
        opened.page.click("summary")
        opened.page.click("[data-choice=marks][data-value=word]")
        said = cue(opened, "Trout")
        for word in said.words:
            opened.go(word.start_ms + 5)
            assert opened.marked("word") == word.text
        opened.page.reload()
        opened.go(said.words[1].start_ms + 5)
        assert opened.marked("word") == said.words[1].text

        opened.page.click("summary")
        opened.page.click("[data-choice=marks][data-value=none]")
        assert (opened.marked(), opened.marked("word")) == ("", "")


def test_every_button_leads_where_it_says(everywhere: Site) -> None:
    """15 seconds, a sentence, a chapter, a heading: forward and back, to the timeline's own milliseconds."""
    with everywhere.opened() as opened:
        opened.do("forward")
        assert opened.at_ms() == 15_000
        opened.do("back")
        assert opened.at_ms() == 0
        for place in (1, 2, 3):
            opened.do("next")
            assert opened.at_ms() == opened.cues[place].start_ms
        opened.do("previous")
        assert opened.at_ms() == opened.cues[2].start_ms

        heading = cue(opened, "How old they are")
        opened.page.click(f"nav button[data-t='{heading.start_ms}']")
        opened.until(LATER.format(heading.start_ms))
        assert not opened.paused()
        opened.do("play")
        later = cue(opened, "What leaps")
        opened.page.click(f".here[data-t='{later.start_ms}']")
        opened.until(LATER.format(later.start_ms))
        assert not opened.paused()


def test_a_click_on_a_sentence_goes_there(site: Site) -> None:
    """On its words; a link in it leads where it leads, and nothing is clicked beside the words."""
    with site.opened() as opened:
        for words in ("So is the road.", "on the right bank.", "Trout & eels", "1402"):
            opened.click_words(words)
            assert words.split()[0] in opened.marked()
            assert opened.marked() not in {"", "The river is older than the mill."}
        before = opened.at_ms()
        opened.page.mouse.click(3, 400)
        assert opened.at_ms() == before
        assert opened.paused()


def test_speed_goes_from_a_half_to_three_and_is_remembered(site: Site) -> None:
    """In steps, shown beside the buttons."""
    with site.opened() as opened:
        for _ in range(12):
            opened.do("faster")
        assert opened.page.inner_text("#speed") == "3×"
        for _ in range(12):
            opened.do("slower")
        assert opened.page.evaluate("document.getElementById('sound').playbackRate") == 0.5
        opened.page.reload()
        assert opened.page.evaluate("document.getElementById('sound').playbackRate") == 0.5
        assert opened.page.inner_text("#speed") == "0.5×"


def test_follows_until_the_reader_scrolls(site: Site) -> None:
    """What is heard is brought into view; who scrolls keeps the page, and takes it up again by a button."""
    with site.opened(viewport={"width": 500, "height": 400}, reduced_motion="reduce") as opened:
        last = cue(opened, "Nobody minds")
        opened.do("play")
        opened.until("!document.getElementById('sound').paused")
        opened.go(last.start_ms + 1)
        opened.until("scrollY > 300")
        assert opened.page.is_hidden(".follow")
        opened.page.wait_for_timeout(1_100)  # what the page did itself is over
        opened.page.mouse.move(200, 200)
        opened.page.mouse.wheel(0, -100_000)
        opened.until("scrollY < 100")
        opened.page.wait_for_selector(".follow", state="visible")
        opened.go(cue(opened, "The last words").start_ms + 1)
        opened.page.wait_for_timeout(200)
        assert opened.page.evaluate("scrollY") < 100

        opened.page.click(".follow")
        opened.until("scrollY > 300")
        assert opened.page.is_hidden(".follow")


def test_a_page_that_only_is_read_does_not_move(site: Site) -> None:
    """Before it plays there is nothing to follow, and no button for it."""
    with site.opened(viewport={"width": 500, "height": 400}) as opened:
        opened.page.evaluate("scrollTo({top: 300, behavior: 'instant'})")
        opened.page.wait_for_timeout(200)

        assert opened.page.evaluate("scrollY") == 300
        assert opened.page.is_hidden(".follow")


def test_remembers_where_the_listener_was(everywhere: Site) -> None:
    """After a reload; near the end it begins anew; an address that names a moment comes first."""
    with everywhere.opened() as opened:
        opened.go(9_000)
        opened.page.reload()
        assert opened.at_ms() == 9_000
        opened.page.goto("about:blank")
        opened.page.goto(f"{opened.url}#t=0:05.5")
        assert opened.at_ms() == 5_500
        opened.page.evaluate("location.hash = '#t=7.25'")
        opened.until(LATER.format(7_200))
        opened.go(opened.cues[-1].end_ms)
        opened.page.goto("about:blank")
        opened.page.goto(opened.url)
        assert opened.at_ms() == 0


def test_copies_a_link_to_the_moment(everywhere: Site) -> None:
    """Into the clipboard, or else into the address bar, which has it in any case."""
    with everywhere.opened(permissions=["clipboard-read", "clipboard-write"]) as opened:
        opened.go(12_340)
        opened.do("copy")
        opened.page.wait_for_selector("[data-do=copy]:has-text('copied')")
        assert opened.page.url == f"{opened.url}#t=12.3"
        assert opened.page.evaluate("navigator.clipboard.readText()") == opened.page.url
        assert opened.page.inner_text("#said") == "Link copied"
    with everywhere.opened(script="delete Navigator.prototype.clipboard") as opened:
        opened.go(3_000)
        opened.do("copy")
        opened.page.wait_for_selector("[data-do=copy]:has-text('address bar')")
        assert opened.page.url == f"{opened.url}#t=3.0"


def test_nothing_is_announced_while_it_plays(site: Site) -> None:
    """The live region tells what the listener did, and is still as soon as it plays."""
    with site.opened() as opened:
        opened.do("forward")
        assert opened.page.inner_text("#said").startswith("0:15")
        assert opened.page.locator("[aria-live], [role=status], [role=alert], [role=log], [role=timer]").count() == 1
        opened.do("play")
        opened.until("!document.getElementById('sound').paused")
        opened.page.evaluate(
            "window.told = 0; new MutationObserver(all => window.told += all.length)"
            ".observe(document.getElementById('said'), {childList: true, characterData: true, subtree: true})"
        )
        opened.page.wait_for_timeout(1_500)
        for action in ("next", "faster", "copy"):
            opened.do(action)
        opened.page.wait_for_timeout(300)
        assert opened.page.evaluate("window.told") == 0
        assert opened.page.inner_text("#said") == ""


@pytest.mark.parametrize("choice", ["on", "off"])
def test_keys_can_be_switched_off(site: Site, choice: str) -> None:
    """Single keys act, but not with a modifier; switched off they are nobody's, after a reload too (WCAG 2.1.4)."""
    with site.opened() as opened:
        opened.page.click("summary")
        opened.page.click(f"[data-choice=keys][data-value={choice}]")
        opened.page.reload()
        opened.page.keyboard.press("Control+l")
        assert opened.at_ms() == 0
        opened.page.keyboard.press("l")
        assert opened.at_ms() == (15_000 if choice == "on" else 0)
        assert opened.page.evaluate("document.documentElement.dataset.keys") == choice
        told = opened.page.locator("[aria-keyshortcuts]").count()
        assert told == (opened.page.locator("[data-key]").count() if choice == "on" else 0)


def test_choices_are_remembered(site: Site) -> None:
    """Size, spacing, letters, colours, contrast: applied, told to screen readers, there after a reload."""
    with site.opened() as opened:
        opened.page.click("summary")
        size = "parseFloat(getComputedStyle(document.querySelector('article')).fontSize)"
        before = opened.page.evaluate(size)
        opened.do("larger")
        chosen = {"spacing": "wider", "face": "serif", "colours": "dark", "contrast": "high"}
        for name, value in chosen.items():
            opened.page.click(f"[data-choice={name}][data-value={value}]")
        opened.page.reload()

        assert opened.page.evaluate(size) > before
        assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
        for name, value in chosen.items():
            pressed = f"[data-choice={name}][data-value={value}]"
            assert opened.page.get_attribute(pressed, "aria-pressed") == "true"
        opened.page.click("summary")
        opened.page.click("[data-choice=colours][data-value=light]")
        assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_works_without_storage(site: Site) -> None:
    """Private windows and some browsers' files have none: then nothing is remembered, and all else works."""
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    with site.opened(script=refuse) as opened:
        opened.do("forward")
        opened.do("faster")
        assert opened.at_ms() == 15_000
        assert opened.complaints == []


def test_marks_the_block_where_there_are_no_highlights(site: Site) -> None:
    """Browsers without custom highlights show the whole block."""
    with site.opened(script="delete CSS.highlights; delete window.Highlight") as opened:
        opened.go(cue(opened, "So is the road").start_ms + 1)
        assert [each.inner_text() for each in opened.page.query_selector_all(".spoken")] == [
            "The river is older than the mill. So is the road."
        ]
        assert opened.complaints == []


SESSION = """
window.handlers = {};
MediaSession.prototype.setActionHandler = (name, handler) => { window.handlers[name] = handler; };
MediaSession.prototype.setPositionState = state => { window.position = state; };
"""


def test_media_keys_and_lock_screens_are_told(site: Site) -> None:
    """Title, author, show, chapters, place; play, pause, seek, 15 seconds, chapters."""
    with site.opened(script=SESSION) as opened:
        told = opened.page.evaluate(
            "(({title, artist, album, chapterInfo}) => [title, artist, album, (chapterInfo || []).map(c => c.title)])"
            "(navigator.mediaSession.metadata)"
        )
        assert told[:3] == ["The Weir", "A. Writer", "A show"]
        assert told[3] in ([], ["Introduction", "Where they stand", "How old they are", "What leaps over them"])
        opened.page.evaluate("handlers.seekforward({})")
        assert opened.at_ms() == 15_000
        opened.page.evaluate("handlers.seekto({seekTime: 4})")
        opened.page.evaluate("handlers.seekbackward({seekOffset: 3})")
        assert opened.at_ms() == 1_000
        opened.page.evaluate("handlers.nexttrack({})")
        assert opened.at_ms() == cue(opened, "Where they stand").start_ms
        opened.until("window.position && window.position.duration > 5")


def test_a_sound_that_is_not_there_is_told(everywhere: Site) -> None:
    """Not a silent button."""
    with everywhere.opened("lost.md") as opened:
        (everywhere.folder / "lost-md" / "sound.wav").unlink()
        opened.page.goto("about:blank")
        opened.page.goto(opened.url)
        opened.until("document.getElementById('said').textContent.includes('cannot be loaded')")
