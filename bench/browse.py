"""How quick a page is in a browser, and how near its marks are: ``python browse.py FOLDER EPISODE`` prints JSON.

FOLDER is for pages made here: of 5,000 sentences and of one. EPISODE is the folder of an episode as narrate made it. It
needs playwright and the system's Chromium.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import wave
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from narrate.article import read_article
from narrate.article.markdown import MarkdownReader
from narrate.episode.page import Written, episode_page
from narrate.mix.cues import Captions, Spoken
from narrate.model import Episode, EpisodeFile, FileRole, Origin, Show, Style, Timeline, Unit, Voice
from narrate.script import reading_of, write_script

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SENTENCES = 5_000
RATE_HZ, FRAME_SAMPLES = 44_100, 1_152
ROUNDS = 7
HEARD_S = 60
WORDS = ("river", "weir", "mill", "water", "stone", "gate", "road", "bank", "fish", "ford", "bridge", "field", "north")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAINT = """() => new Promise(done => setTimeout(() => done(
  performance.getEntriesByName('first-contentful-paint')[0].startTime), 300))"""
STEPS = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const found = [];
  for (let step = 0; step < 100; step += 1) {
    const before = performance.now();
    document.querySelector('[data-do=next]').click();
    const script = performance.now() - before;
    await frame();
    found.push([script, performance.now() - before]);
  }
  return found;
}"""
HEARD = """seconds => new Promise(done => {
  const sound = document.getElementById('sound');
  const cues = JSON.parse(document.getElementById('cues').textContent).filter(cue => cue.length > 2);
  const marks = CSS.highlights.get('sentence');
  const found = [];
  let last = null;
  const look = () => {
    const [range] = marks;
    if (range && range !== last) {
      last = range;
      found.push(sound.currentTime * 1000 - cues[found.length][0]);
    }
    if (sound.ended || sound.currentTime > seconds) done(found);
    else requestAnimationFrame(look);
  };
  document.querySelector('[data-do=play]').click();
  look();
})"""


def article(sentences: int) -> bytes:
    """A text of so many sentences, five a paragraph, with a heading every hundred."""
    chance = random.Random(1)  # noqa: S311 - words of a text
    said = [" ".join(chance.choices(WORDS, k=chance.randint(8, 22))).capitalize() + "." for _ in range(sentences)]
    parts = [" ".join(said[at : at + 5]) for at in range(0, sentences, 5)]
    return "\n\n".join(
        f"## Part {at // 20 + 1}\n\n{part}" if at % 20 == 0 else part for at, part in enumerate(parts)
    ).encode()


def write(folder: Path, sentences: int) -> str:
    """Write the page of such a text, as if each sentence took a second; its address."""
    voice = Voice("tone", "tone", "beep", "en")
    read = read_article(b"# A text\n\n" + article(sentences), Origin("text.md"), [MarkdownReader()])
    script = write_script([read], Style(), voice)
    captions = Captions()
    for at, (segment, utterance) in enumerate(script.spoken()):
        captions.add(Spoken(segment, utterance, voice, at * RATE_HZ, at * RATE_HZ + 40_000, ()))
    captions.end()
    cues = tuple(captions.cues)
    units = (Unit(0, (len(cues) + 1) * RATE_HZ // FRAME_SAMPLES, 0, 0),)
    timeline = Timeline(units, (), (), cues, 0.0, -1.0, -16.0)
    files = (EpisodeFile(FileRole.AUDIO, "sound.wav", "audio/wav", 1, "0" * 64),)
    facts: dict[str, Any] = dict.fromkeys(("guid", "identity", "slug", "summary", "description_html"), "bench")
    facts |= {"published": datetime(2026, 11, 24, tzinfo=UTC), "duration_ms": timeline.duration_ms}
    episode = Episode(title="A text", language="en", files=files, chapters=(), **facts)
    folder.mkdir(parents=True)
    written = Written(reading=reading_of([read], script, cues))
    (folder / "index.html").write_bytes(episode_page(episode, timeline, Show("A show", "guid"), written))
    with wave.open(str(folder / "sound.wav"), "wb") as file:
        file.setparams((1, 1, 8_000, 0, "NONE", ""))
        file.writeframes(b"\x80" * (8 * timeline.duration_ms))
    return (folder / "index.html").absolute().as_uri()


def opened(browser: Browser, url: str, script: str, argument: Any = None) -> Any:  # noqa: ANN401 - JSON
    """What a script says in a page that is opened anew."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(600_000)
    page.goto(url)
    said = page.evaluate(script, argument)
    context.close()
    return said


def main() -> None:
    """Measure, and print what was found."""
    folder, episode = map(Path, sys.argv[1:])
    long, short = write(folder / "long", SENTENCES), write(folder / "short", 1)
    path = next(filter(None, map(shutil.which, BROWSERS)))
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        paints = [[opened(browser, url, PAINT) for url in (long, short)] for _ in range(ROUNDS)]
        steps = opened(browser, long, STEPS)
        late = opened(browser, (episode / "index.html").absolute().as_uri(), HEARD, HEARD_S)
        browser.close()
    bytes_long = (folder / "long" / "index.html").stat().st_size
    print(json.dumps({"paints": paints, "steps": steps, "late": late, "bytes": bytes_long}))


if __name__ == "__main__":
    main()
