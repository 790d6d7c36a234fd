"""An edition's articles can be found again from wherever a listener looks; files that are no more are gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from lxml import etree, html
from mutagen.id3 import ID3

from narrate.pipeline.order import Order
from narrate.pipeline.shows import change_show

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.model import Episode

BODY = "This is the whole of it, and it is not long. " + "It goes on for a while, so that it may be a chapter. " * 4
RAIN, SUN = "https://example.org/rain?a=1&b=2", "https://example.org/sun"
ARTICLES = {
    "rain": f"---\ntitle: Rain. And wind\nurl: {RAIN}\n---\n{BODY}\n\n## Why\n\n{BODY}\n",
    "snow": f"# Snow\n\n{BODY}\n",
    "sun": f"---\ntitle: Sun\nurl: {SUN}\n---\n{BODY}\n",
}
URLS = {"Rain. And wind": RAIN, "Why": RAIN, "Snow": "", "Sun": SUN}
PSC = "{http://podlove.org/simple-chapters}"


def edition(workshop: Workshop) -> Episode:
    """Three articles as one episode; the second is nowhere on the web."""
    paths = tuple(str(workshop.write(f"{name}.md", text)) for name, text in ARTICLES.items())
    return workshop.order(Order(paths, edition="The Morning")).made[0].episode


def tag_of(workshop: Workshop, episode: Episode) -> Any:  # noqa: ANN401 # mutagen has no types
    """The ID3 tag of an episode."""
    reader: Any = ID3
    return reader(workshop.show / episode.slug / f"{episode.slug}.mp3")


def tagged(tag: Any) -> dict[str, str]:  # noqa: ANN401 # as above
    """The chapters of a tag: titles and where they lead."""
    frames = sorted(tag.getall("CHAP"), key=lambda frame: frame.start_time)
    return {
        str(frame.sub_frames["TIT2"]): frame.sub_frames["WXXX:"].url if "WXXX:" in frame.sub_frames else ""
        for frame in frames
    }


def page_of(workshop: Workshop, episode: Episode) -> Any:  # noqa: ANN401 # lxml's elements
    """The page of an episode."""
    return html.document_fromstring((workshop.show / episode.slug / "index.html").read_text(encoding="utf-8"))


def names_in(folder: Path, pattern: str) -> list[str]:
    """The files there that are called so."""
    return [path.name for path in folder.glob(pattern)]


def test_an_editions_notes_tag_and_page_have_its_links(workshop: Workshop) -> None:
    """What the closing promises is there, for every app: a line an article, and the first in the tag."""
    episode = edition(workshop)
    tag = tag_of(workshop, episode)
    entry = feedparser.parse(workshop.show / "feed.xml").entries[0]

    lines = [f"Original article: Rain. And wind {RAIN}", f"Original article: Sun {SUN}"]
    assert str(tag["COMM::eng"]).splitlines()[:2] == str(tag["TDES"]).splitlines()[:2] == lines
    assert [link.get("href") for link in html.fromstring(entry.summary).iter("a")][:2] == [RAIN, SUN]
    assert "The links to the originals are in the notes." in workshop.engine.spoken
    assert tag["WOAS"].url == RAIN
    listed = page_of(workshop, episode).xpath("//ul[@aria-labelledby='originals']//a")
    assert [(link.get("href"), link.text) for link in listed] == [(RAIN, "Rain. And wind"), (SUN, "Sun")]


def test_an_editions_chapters_lead_to_their_articles(workshop: Workshop) -> None:
    """All of an article's chapters have its URL, in the tag, the chapters' file and the feed; others have none."""
    episode = edition(workshop)
    document = json.loads((workshop.show / episode.slug / "chapters.json").read_text(encoding="utf-8"))
    feed = etree.parse(workshop.show / "feed.xml")

    assert tagged(tag_of(workshop, episode)) == URLS
    assert {one["title"]: one.get("url", "") for one in document["chapters"]} == URLS
    assert {one.get("title"): one.get("href", "") for one in feed.iter(f"{PSC}chapter")} == URLS


def test_a_chapter_of_nobody_knows_which_article_has_no_link(workshop: Workshop) -> None:
    """In an edited script articles may be moved, and keep their links; one with another title is not guessed at."""
    episode = edition(workshop)
    head, _, segments = (
        (workshop.show / episode.slug / "script.yaml").read_text(encoding="utf-8").partition("segments:")
    )
    edited = segments.replace('"Sun"', '"The sun"').replace('chapter: "The sun"', "chapter: Sun")
    remade = workshop.make(workshop.write("edited.yaml", f"{head}segments:{edited}")).made[0].episode

    assert edited != segments
    assert tagged(tag_of(workshop, remade)) == URLS | {"Sun": ""}


def test_chapters_lead_to_the_public_page(workshop: Workshop) -> None:
    """With a public address each chapter in the file leads to its own place on the episode's page, which is there."""
    workshop.make(workshop.write("snow.md", ARTICLES["snow"]))
    change_show(workshop.show, "base_url", "https://pods.example.org/reads")
    episode = edition(workshop)
    page = page_of(workshop, episode)
    starts = [url.rpartition("#") for url in tagged(tag_of(workshop, episode)).values()]

    assert {before for before, _, _ in starts} == {f"https://pods.example.org/reads/{episode.slug}/"}
    assert [page.get_element_by_id(anchor).text_content() for _, _, anchor in starts] == [
        "The Morning",
        *list(URLS)[1:],
    ]


def test_one_article_at_home_adds_no_links_to_chapters(workshop: Workshop) -> None:
    """Without a public page a chapter of a single article leads nowhere: its address says no more than the notes."""
    episode = workshop.make(workshop.write("rain.md", ARTICLES["rain"])).made[0].episode

    assert set(tagged(tag_of(workshop, episode)).values()) == {""}
    assert str(tag_of(workshop, episode)["COMM::eng"]).startswith(f"Original article: {RAIN}\n\n")


def test_another_cover_has_another_name(workshop: Workshop) -> None:
    """Apps keep a picture by its address; the old file goes, and feed and page name the new one."""
    first = workshop.make(workshop.write("sun.md", ARTICLES["sun"])).made[0].episode
    folder = workshop.show / first.slug
    (old,) = names_in(folder, "cover*")
    workshop.make(workshop.write("sun.md", ARTICLES["sun"].replace("title: Sun", "title: Moon")))
    (new,) = names_in(folder, "cover*")

    assert old != new
    assert f"/{first.slug}/{new}" in feedparser.parse(workshop.show / "feed.xml").entries[0].image.href
    assert page_of(workshop, first).find(".//img").get("src") == new


def test_a_renamed_show_keeps_one_cover(workshop: Workshop) -> None:
    """The picture that was drawn for the old title goes; one of the user's own stays where it is."""
    workshop.make(workshop.write("sun.md", ARTICLES["sun"]))
    (old,) = names_in(workshop.show, "cover*")
    change_show(workshop.show, "title", "Salt Hour")
    (new,) = names_in(workshop.show, "cover*")
    (workshop.show / "mine.jpg").write_bytes((workshop.show / new).read_bytes())
    change_show(workshop.show, "cover", "mine.jpg")
    change_show(workshop.show, "title", "Pepper Hour")

    assert old != new
    assert names_in(workshop.show, "*.jpg") == ["mine.jpg"]


@pytest.mark.parametrize("before", ["long", ""])
def test_no_chapters_are_no_list_of_chapters(workshop: Workshop, before: str) -> None:
    """Where there are none, no file, frame or element speaks of them, whatever the episode had before."""
    if before:
        workshop.make(workshop.write("rain.md", ARTICLES["rain"]))
        assert list(workshop.show.glob("*/chapters.json"))
    episode = (
        workshop.make(workshop.write("rain.md", f"---\ntitle: Rain\nurl: {RAIN}\n---\nIt rained.\n")).made[0].episode
    )
    feed = (workshop.show / "feed.xml").read_text(encoding="utf-8")

    assert not list(workshop.show.glob("*/chapters.json"))
    assert "psc:chapter" not in feed.replace("xmlns:psc", "")
    assert "podcast:chapters" not in feed
    assert not [name for name in tag_of(workshop, episode) if name.startswith(("CTOC", "CHAP"))]
