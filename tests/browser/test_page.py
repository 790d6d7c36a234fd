"""The pages for every reader: without a script, small, enlarged, in all colours, by keyboard, by ear; hostile ones."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Literal

import pytest
from tests.browser.conftest import ARTICLE, SHIFTS, WAIT_MS, hostile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Opened, Site

SMALL = """async () => {
  const found = [];
  for (const each of document.querySelectorAll('button, summary, input, audio')) {
    if (!each.checkVisibility()) continue;
    each.scrollIntoView({block: 'center', behavior: 'instant'});
    await new Promise(requestAnimationFrame);
    const box = each.getBoundingClientRect();
    found.push([each.dataset.do || each.className || each.tagName, box.width, box.height, box.left, box.right]);
  }
  return found;
}"""
STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const box = stop.getBoundingClientRect();
  const bar = document.querySelector('.bar').getBoundingClientRect();
  const name = stop.dataset.do || stop.className || stop.tagName;
  const free = stop.closest('.bar, .skip') || box.bottom <= bar.top || box.bottom > bar.bottom;
  return [name, getComputedStyle(stop).outlineStyle, box.bottom > 0 && box.top < innerHeight, Boolean(free)];
}"""
REFUSED = """() => new Promise(done => {
  const found = new Set();
  document.addEventListener('securitypolicyviolation', event => found.add(event.effectiveDirective));
  const script = document.createElement('script');
  try {
    script.text = 'window.ran = 1';
    document.body.append(script);
  } catch {
    found.add('trusted types');
  }
  new Image().src = 'https://evil.example/x.png';
  document.body.setAttribute('style', 'color: red');
  setTimeout(() => done([...found]), 300);
})"""
CONTRAST = """() => {
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const probe = document.body.appendChild(document.createElement('i'));
  const light = name => {
    probe.style.color = `var(--${name})`;
    const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map(v => linear(Number(v) / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const pairs = ['ink ground', 'ink mark', 'ink word', 'dim ground', 'dim panel', 'dim own', 'link ground'];
  const ratio = pair => {
    const [one, two] = pair.split(' ').map(light);
    return Math.max(one, two) / Math.min(one, two);
  };
  const found = Object.fromEntries([...pairs, 'edge ground'].map(pair => [pair, ratio(pair)]));
  return {...found, dark: light('ground') < light('ink')};
}"""
SCRIPTS = 4
"""Three of data and the player."""


def tree(opened: Opened) -> list[dict[str, Any]]:
    """The accessibility tree, in the order in which it is read: roles, names and properties."""
    session = opened.page.context.new_cdp_session(opened.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any]) -> list[dict[str, Any]]:
        facts = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        name = node.get("name", {}).get("value", "")
        mine = [] if node.get("ignored") else [{"role": node["role"]["value"], "name": name, **facts}]
        return mine + [each for child in node.get("childIds", []) if child in by_id for each in walk(by_id[child])]

    return walk(nodes[0])


@contextmanager
def slowly(page: bytes, first: int) -> Iterator[tuple[int, Event]]:
    """The port of a server that sends the first bytes of a page, and what has it send the rest."""
    rest = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(page[:first])
                rest.wait(WAIT_MS / 1000)
                self.wfile.write(page[first:])

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, rest
        rest.set()
        server.shutdown()


def test_without_a_script_there_are_a_player_and_the_whole_text(everywhere: Site) -> None:
    """The native player, chapters as links into the sound; nothing that does nothing."""
    with everywhere.opened(java_script_enabled=False) as opened:
        assert opened.page.is_visible("audio[controls]")
        assert opened.page.get_attribute("nav a.from", "href") == "sound.wav#t=0.0"
        assert not opened.page.is_visible(".bar")
        assert not opened.page.is_visible(".more")
        assert opened.page.locator("button:visible").count() == 0
        text = " ".join(opened.page.inner_text("article").split())
        assert all(
            words in text for words in ("weir(height)", "So is the road.", "Trout & eels", "It has two sentences.")
        )


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (1280, 1024)])
def test_nothing_is_too_wide_or_too_small(site: Site, width: int, height: int) -> None:
    """At 320 px, which is 1,280 at 400 %, nothing scrolls sideways; buttons are 44 px at least, and in the window."""
    with site.opened(viewport={"width": width, "height": height}) as opened:
        opened.page.click("summary")
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        for name, wide, high, left, right in opened.page.evaluate(SMALL):
            assert (name, wide >= 44, high >= 44) == (name, True, True)
            assert (name, left >= 0, right <= width) == (name, True, True)


def test_the_bar_leaves_room_for_the_text(site: Site) -> None:
    """It stays at the top while the text goes by; in a low window it goes with it."""
    for height, stays in ((700, True), (256, False)):
        with site.opened(viewport={"width": 320, "height": height}) as opened:
            opened.page.evaluate("scrollTo({top: 900, behavior: 'instant'})")
            box = opened.page.locator(".bar").bounding_box()
            assert box
            assert (abs(box["y"]) < 1) is stays
            assert box["height"] < 130


@pytest.mark.parametrize("width", [320, 900])
def test_nothing_moves_while_a_page_arrives(site: Site, width: int) -> None:
    """What is painted before the script has come stays where it is when the script begins."""
    site.write("article.md", ARTICLE.read_bytes())
    sent = (site.folder / "article-md" / "index.html").read_bytes()
    with slowly(sent, sent.index(b"</article>")) as (port, rest):
        context = site.browser.new_context(viewport={"width": width, "height": 700})
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.goto(f"http://localhost:{port}/", wait_until="commit")
        page.wait_for_selector("article p")
        page.wait_for_timeout(200)
        assert page.is_visible("audio")
        assert not page.is_visible(".bar")
        rest.set()
        page.wait_for_load_state()
        page.wait_for_timeout(200)
        assert page.is_visible(".bar")
        assert page.evaluate("window.shifted") < 0.01  # the plain player's own parts: there is no sound
        context.close()


@pytest.mark.parametrize(("width", "height"), [(900, 450), (320, 640)])
def test_a_button_is_where_it_was(site: Site, width: int, height: int) -> None:
    """Who presses one again and again need not look for it, though the text is brought along."""
    with site.opened(viewport={"width": width, "height": height}) as opened:
        box = opened.page.locator("[data-do=next]").bounding_box()
        assert box
        for place in range(1, len(opened.cues)):
            opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            assert opened.at_ms() == opened.cues[place].start_ms
            opened.page.wait_for_timeout(30)
        assert opened.page.evaluate("scrollY") > height


@pytest.mark.parametrize(("width", "height"), [(900, 700), (320, 640), (640, 360), (320, 256)])
def test_the_bar_does_not_grow_over_what_is_read(site: Site, width: int, height: int) -> None:
    """Who scrolls away is offered the way back, in the window, and the bar is as high as it was."""
    with site.opened(viewport={"width": width, "height": height}) as opened:
        before = opened.page.locator(".bar").bounding_box()
        opened.do("play")
        opened.until("!document.getElementById('sound').paused")
        opened.page.mouse.wheel(0, 2_000)
        opened.page.wait_for_selector(".follow", state="visible")
        after, offered = (opened.page.locator(each).bounding_box() for each in (".bar", ".follow"))

        assert before
        assert after
        assert offered
        assert after["height"] == before["height"]
        assert 0 <= offered["y"] <= height - offered["height"]
        assert 0 <= offered["x"] <= width - offered["width"]


def test_the_keyboard_is_enough(site: Site) -> None:
    """The first stop leads to the text; every stop is seen, in the window and not under the bar; keys press buttons."""
    with site.opened() as opened:
        opened.page.keyboard.press("Tab")
        assert opened.page.evaluate("document.activeElement.className") == "skip"
        seen: list[str] = []
        for _ in range(40):
            opened.page.keyboard.press("Tab")
            stop = opened.page.evaluate(STOP)
            if not stop:
                break
            seen.append(stop[0])
            assert stop[1:] == ["solid", True, True], stop
        assert seen[1:5] == ["previous", "back", "play", "forward"]
        assert {"here", "from", "SUMMARY", "copy", "back", "wide"} <= set(seen)
        opened.page.focus(".main")
        opened.page.keyboard.press("Enter")
        opened.until("!document.getElementById('sound').paused")
        opened.page.keyboard.press("Space")
        assert opened.paused()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("contrast", ["normal", "high"])
def test_colours_have_contrast(site: Site, colours: str, contrast: str) -> None:
    """4.5 to 1 for words, marked ones too, 3 to 1 for edges; as the system has it, or as chosen."""
    with site.opened(color_scheme=colours) as opened:
        opened.page.click("summary")
        opened.page.click(f"[data-choice=contrast][data-value={contrast}]")
        as_system = opened.page.evaluate(CONTRAST)
    with site.opened(color_scheme="light" if colours == "dark" else "dark") as opened:
        opened.page.click("summary")
        opened.page.click(f"[data-choice=contrast][data-value={contrast}]")
        opened.page.click(f"[data-choice=colours][data-value={colours}]")
        chosen = opened.page.evaluate(CONTRAST)

    assert chosen == as_system
    assert chosen.pop("dark") is (colours == "dark")
    assert {pair: ratio for pair, ratio in chosen.items() if ratio < (3 if pair == "edge ground" else 4.5)} == {}
    assert contrast == "normal" or chosen["ink ground"] > 15


def test_forced_colours_are_the_systems(site: Site) -> None:
    """The mark, the pressed button and the place in the sound are seen."""
    with site.opened(forced_colors="active") as opened:
        opened.page.click("summary")
        pressed = "getComputedStyle(document.querySelector('[aria-pressed={}]')).backgroundColor"
        assert opened.page.evaluate(pressed.format("true")) != opened.page.evaluate(pressed.format("false"))
        opened.go(opened.cues[4].start_ms + 1)
        mark = "getComputedStyle(document.querySelector('article'), '::highlight(sentence)').backgroundColor"
        ground = "getComputedStyle(document.body).backgroundColor"
        assert opened.page.evaluate(mark) != opened.page.evaluate(ground)
        assert opened.marked()
        # A border that colours do not show is shown here, close round what has no room inside it.
        assert opened.page.evaluate("getComputedStyle(document.querySelector('.from')).borderStyle") == "none"


def test_reduced_motion_does_not_glide(site: Site) -> None:
    """The page jumps to what is heard; otherwise it glides there."""
    for motion, glides in (("reduce", False), ("no-preference", True)):
        with site.opened(viewport={"width": 500, "height": 900}, reduced_motion=motion) as opened:
            opened.page.evaluate(
                "window.asked = []; const go = scrollBy.bind(window);"
                "window.scrollBy = how => { asked.push(how.behavior); go(how); }; 0"
            )
            opened.go(opened.cues[-1].start_ms + 1)
            assert opened.page.evaluate("asked.at(-1)") == ("smooth" if glides else "instant")


def test_reads_in_order_by_ear(site: Site) -> None:
    """Title, player, headings, text; no sentence is clickable, nothing is an application, one region is live."""
    with site.opened() as opened:
        read = tree(opened)
        names = [each["name"] for each in read]
        heads = [(each["level"], each["name"]) for each in read if each["role"] == "heading"]

        places = [
            names.index(name) for name in ("The Weir", "Play", "Chapters", "It **holds"[:0] or "Where they stand")
        ]
        assert places == sorted(places)
        assert heads == [
            (1, "The Weir"),
            (2, "Chapters"),
            (2, "Where they stand"),
            (3, "How old they are"),
            (2, "What leaps over them"),
        ]
        assert not [each for each in read if each["role"] == "application"]
        assert [
            each["role"] for each in read if each.get("live") not in {None, "off"} and each.get("root") is None
        ] == ["status"]
        sentences = opened.page.query_selector_all("[data-b]")
        assert all(each.get_attribute("tabindex") is None for each in sentences)
        assert all(each.get_attribute("onclick") is None for each in sentences)


@pytest.mark.parametrize("name", ["hostile.md", "hostile.html"])
def test_nothing_of_a_hostile_article_runs(everywhere: Site, name: str) -> None:
    """Markup, handlers, addresses that are scripts, in every field: words on the page, no error, nothing asked for."""
    with everywhere.opened(name, hostile(name)) as opened:
        opened.page.wait_for_timeout(100)
        for action in ("forward", "next", "copy"):
            opened.do(action)
        opened.page.evaluate("document.querySelectorAll('[data-b] *').forEach(each => each.click())")
        opened.page.wait_for_timeout(200)

        assert opened.complaints == []
        assert [url for url in opened.asked if not url.startswith(everywhere.base)] == []
        assert opened.page.evaluate("[...document.links].filter(a => !/^(https?|file):/.test(a.href)).length") == 0
        assert opened.page.evaluate("document.scripts.length") == SCRIPTS
        assert "alert(" in opened.page.inner_text("article")
        assert opened.cues


def test_the_policy_refuses_what_would_run(everywhere: Site) -> None:
    """Even if something did get into the page: no handler, no script, no picture from elsewhere."""
    with everywhere.opened() as opened:
        refused = opened.page.evaluate(REFUSED)
        assert {"img-src", "style-src-attr"} <= set(refused)
        assert {"trusted types", "require-trusted-types-for", "script-src-elem"} & set(refused)
        assert opened.page.evaluate("window.ran") is None


def test_right_to_left(site: Site) -> None:
    """Text begins on the right, narrate's own words are English on the left; sentences are marked all the same."""
    article = "# כותרת\n\nזה משפט ראשון בעברית. וזה משפט שני בעברית.\n\n## פרק\n\n- אחד.\n- שניים.\n"
    with site.opened("rtl.md", article.encode(), viewport={"width": 320, "height": 640}) as opened:
        assert opened.page.evaluate("getComputedStyle(document.querySelector('article')).direction") == "rtl"
        assert opened.page.evaluate("getComputedStyle(document.querySelector('.bar')).direction") == "ltr"
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 320
        box = opened.page.locator("article li").first.bounding_box()
        assert box
        assert box["x"] + box["width"] > 250
        opened.click_words("וזה משפט שני")
        assert opened.marked() == "וזה משפט שני בעברית."


@pytest.mark.parametrize("media", ["screen", "print"])
def test_prints_the_text_alone(site: Site, media: Literal["screen", "print"]) -> None:
    """No buttons on paper; the addresses of links are, and notes have their numbers."""
    with site.opened() as opened:
        opened.page.emulate_media(media=media)
        assert opened.page.is_visible(".bar") is (media == "screen")
        assert opened.page.is_visible(".here") is (media == "screen")
        after = "getComputedStyle(document.querySelector('article a[href^=http]'), '::after').content"
        assert ("example.org/map" in opened.page.evaluate(after)) is (media == "print")
        wide = "document.querySelector('.back{}').getBoundingClientRect().width"
        number = opened.page.evaluate(wide.format(" span"))
        assert number > 0
        assert (opened.page.evaluate(wide.format("")) > 2 * number) is (media == "screen")


def test_the_show_is_searched(everywhere: Site) -> None:
    """By every word, in any case, with signs over letters or none; how many there are is told. No script, no field."""
    with everywhere.opened() as opened:
        opened.page.goto(f"{everywhere.base}index.html")
        rows = opened.page.locator(".episodes > li")
        total = rows.count()
        opened.page.fill("#find", "WÉIR")
        found = opened.page.locator(".episodes > li:visible")
        assert found.count() > 0
        assert all("Weir" in each for each in found.all_inner_texts())
        opened.page.fill("#find", "weir nothing")
        assert found.count() == 0
        assert opened.page.inner_text("#found") == f"0 of {total} episodes"
        opened.page.fill("#find", "")
        assert found.count() == total
        # A code that leads to "this computer" would lead a phone to itself.
        here = "this computer only" in opened.page.inner_text("body")
        assert opened.page.locator(".qr svg").count() == (0 if here else 1)
        assert opened.complaints == []
    with everywhere.opened(java_script_enabled=False) as opened:
        opened.page.goto(f"{everywhere.base}index.html")
        assert not opened.page.is_visible("#find")
        assert opened.page.locator("button:visible").count() == 0
        assert opened.page.locator(".episodes > li:visible").count() > 0
