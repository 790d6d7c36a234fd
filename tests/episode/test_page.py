"""Pages, read by lxml: whole, valid in what can be checked here, and harmless whatever the text."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from narrate.episode.page import Written, episode_page, show_page
from narrate.model import Chapter, Role, Show

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Cue, Episode, Timeline

HtmlElement = Any
"""lxml's elements; what is found in them is there, or a test fails."""
SHOW = Show("A & B", "guid", description="About <things>.")
MEAN = '"><script>alert(1)</script>{{ 7 * 7 }}&amp;'
FORBIDDEN = {"iframe", "object", "embed", "form", "base", "link"}
DATA = "application/json"


def tree(page: bytes) -> HtmlElement:
    """The page as a browser would build it."""
    return html.document_fromstring(page.decode())


def words(element: HtmlElement) -> str:
    """Its text on one line."""
    return " ".join(element.text_content().split())


def text_of(page: HtmlElement) -> HtmlElement:
    """The article without the buttons that play it."""
    article = page.find(".//article")
    for button in list(article.iter("button")):
        button.getparent().remove(button)
    return article


def foreign(page: HtmlElement) -> list[str]:
    """What of a page could run or load: elements, attributes, scripts that are not narrate's one."""
    found = [each.tag for each in page.iter(*FORBIDDEN) if each.get("rel") not in {"alternate", "icon"}]
    found += [
        f"{each.tag} {name}" for each in page.iter() for name in each.attrib if name[:2] == "on" or name == "style"
    ]
    scripts = [each for each in page.iter("script") if each.get("type") != DATA]
    return found + ["script"] * (len(scripts) - 1)


@pytest.fixture
def page(seed_episode: Episode, seed_timeline: Timeline) -> HtmlElement:
    """The seed's page."""
    return tree(episode_page(seed_episode, seed_timeline, SHOW))


class TestEpisode:
    """An episode's page."""

    def test_has_the_whole_text(self, page: HtmlElement, seed_timeline: Timeline) -> None:
        """Every sentence in order; the title once, as the page's heading."""
        text = words(text_of(page))

        said = [cue.text for cue in seed_timeline.cues if cue.role is not Role.TITLE]
        assert text.replace("narrate: ", "") == " ".join(said)
        assert [words(each) for each in page.iter("h1")] == [seed_timeline.cues[0].text]

    def test_chapters_seek(self, page: HtmlElement, seed_episode: Episode) -> None:
        """Each chapter leads to its moment in the sound, and to its place in the text."""
        links = [link.get("href") for link in page.iterfind(".//nav//a")]
        seeking, jumping = links[::2], links[1::2]

        assert seeking[0] == f"{seed_episode.slug}.mp3#t=0.0"
        assert seeking[1] == f"{seed_episode.slug}.mp3#t=59.137"
        assert all(page.get_element_by_id(link.removeprefix("#")) is not None for link in jumping)

    def test_own_words_are_told_apart(self, page: HtmlElement, seed_timeline: Timeline) -> None:
        """What the author did not write says who did, to eyes and to ears."""
        own = [words(element) for element in page.find_class("own")]

        assert own == [f"narrate: {cue.text}" for cue in seed_timeline.cues if cue.added]

    def test_runs_one_script_and_loads_nothing_foreign(self, seed_episode: Episode, seed_timeline: Timeline) -> None:
        """The policy forbids what is not the page's own, and knows its style and its script by their digests."""
        raw = episode_page(seed_episode, seed_timeline, SHOW)
        page = tree(raw)
        policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
        parts = re.findall(r"<(style|script)>(.*?)</\1>", raw.decode(), re.DOTALL)

        assert [name for name, _ in parts] == ["style", "script"]
        for name, text in parts:
            assert f"{name}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
        assert policy.startswith("default-src 'none'")
        assert "require-trusted-types-for 'script'" in policy
        assert foreign(page) == []

    def test_text_is_text(self, seed_episode: Episode, cue: Callable[..., Cue], seed_timeline: Timeline) -> None:
        """Markup in title, author, sentences, chapters and the player's facts is shown as it is written."""
        timeline = replace(seed_timeline, cues=(cue(0, MEAN, MEAN), cue(9000, MEAN, "s2", Role.HEADING)))
        timeline = replace(timeline, chapters=(Chapter(0, 9000, MEAN, MEAN), Chapter(9000, 9999, MEAN, "s2")))
        mean = replace(seed_episode, title=MEAN, authors=(MEAN,), summary=MEAN, url=f"https://e.org/{MEAN}", voice=MEAN)

        made = tree(episode_page(mean, timeline, replace(SHOW, title=MEAN)))

        assert foreign(made) == []
        assert words(text_of(made)) == f"{MEAN} {MEAN}"
        assert made.findtext(".//title") == MEAN
        facts = json.loads(made.get_element_by_id("facts").text)
        assert {facts[name] for name in ("title", "artist", "show")} == {MEAN}
        assert [title for _, title in facts["chapters"]] == [MEAN, MEAN]

    def test_links_only_to_the_web(self, seed_episode: Episode, seed_timeline: Timeline) -> None:
        """An article's address that is no web address is no link."""
        for url, links in (("https://example.org/a", 1), ("javascript:alert(1)", 0), ("", 0)):
            made = episode_page(seed_episode, seed_timeline, SHOW, Written(originals={url: ""})).decode()

            assert made.count("Original article") == made.count(f'href="{url}"') == links

    def test_lists_the_originals_of_an_edition(self, seed_episode: Episode, seed_timeline: Timeline) -> None:
        """Each by its title, in a list that says what it is."""
        originals = {"https://e.org/a": "Rain", "data:x": "Mean", "https://e.org/b": "Sun & sea"}

        made = tree(episode_page(seed_episode, seed_timeline, SHOW, Written(originals=originals)))

        (listed,) = made.xpath("//ul[@aria-labelledby='originals']")
        assert words(made.get_element_by_id("originals")) == "Original articles:"
        assert [(link.get("href"), words(link)) for link in listed.iter("a")] == [
            ("https://e.org/a", "Rain"),
            ("https://e.org/b", "Sun & sea"),
        ]

    def test_tells_its_date_from_the_articles(self, seed_episode: Episode, seed_timeline: Timeline) -> None:
        """An old article that was narrated today says both, each by its name."""
        made = tree(episode_page(seed_episode, seed_timeline, SHOW, Written(published=date(2012, 2, 29))))

        said = words(made.find(".//header/p"))
        assert said.startswith("Article published 2012-02-29 · Episode published 2026-11-24 · ")
        assert [time.get("datetime")[:10] for time in made.iter("time")] == ["2012-02-29", "2026-11-24"]

    def test_a_table_has_an_item_a_row(
        self, seed_episode: Episode, cue: Callable[..., Cue], seed_timeline: Timeline
    ) -> None:
        """Rows do not run together, to eyes or to a screen reader."""
        cues = (cue(0, "City: Rome. 1 & 2.", "s1", Role.TABLE), cue(9, "City: Oslo.", "s1", Role.TABLE))

        made = tree(episode_page(seed_episode, replace(seed_timeline, cues=cues), SHOW))

        (table,) = made.find(".//article")
        assert (table.tag, table.get("id"), table.get("class")) == ("ul", "t-s1", "rows")
        assert [(row.tag, row.text) for row in table] == [("li", "City: Rome. 1 & 2."), ("li", "City: Oslo.")]

    def test_a_written_number_has_no_bullet_beside_it(
        self, seed_episode: Episode, cue: Callable[..., Cue], seed_timeline: Timeline
    ) -> None:
        """Items that are numbered as written are an ordered list whose own marks are not shown; it is a list still."""
        said = ("1. One.", "2) Two.", "Three.", "1.5 litres.")
        cues = tuple(cue(at, text, f"s{at}", Role.LIST_ITEM) for at, text in enumerate(said))

        made = tree(episode_page(seed_episode, replace(seed_timeline, cues=cues), SHOW)).find(".//article")

        kinds = [(each.tag, each.get("class"), each.get("role"), len(each)) for each in made]
        assert kinds == [("ol", "numbered", "list", 2), ("ul", None, None, 2)]
        assert words(made) == " ".join(said)

    def test_lists_quotes_and_languages(
        self, seed_episode: Episode, cue: Callable[..., Cue], seed_timeline: Timeline
    ) -> None:
        """Items share a list, quotes are quotes, other languages are marked with their direction."""
        roles = [Role.LIST_ITEM, Role.LIST_ITEM, Role.QUOTE, Role.BODY]
        cues = [cue(at, f"Words {at}.", f"s{at}", role) for at, role in enumerate(roles)]
        cues.append(replace(cue(5, "שלום", "s3"), language="he"))

        made = tree(episode_page(seed_episode, replace(seed_timeline, cues=tuple(cues)), SHOW)).find(".//article")

        assert [element.tag for element in made] == ["ul", "blockquote", "p"]
        assert [element.tag for element in made[0]] == ["li", "li"]
        span = made.find(".//span")
        assert (span.get("lang"), span.get("dir"), span.text) == ("he", "rtl", "שלום")

    def test_other_languages_have_their_direction(self, seed_episode: Episode, seed_timeline: Timeline) -> None:
        """The page is in the article's language; narrate's few English words say that they are English."""
        made = tree(episode_page(replace(seed_episode, language="ar"), seed_timeline, SHOW))

        assert (made.get("lang"), made.get("dir")) == ("ar", "rtl")
        assert (made.find(".//nav/h2").get("lang"), made.find(".//nav/h2").get("dir")) == ("en", "ltr")

    def test_ids_are_unique_and_nothing_is_missing(self, page: HtmlElement) -> None:
        """What a validator would stumble over first: ids, alternatives, language, a title, one main."""
        ids = [element.get("id") for element in page.iter() if element.get("id")]

        assert len(ids) == len(set(ids))
        assert all(image.get("alt") is not None for image in page.iter("img"))
        assert page.get("lang") == "en"
        assert len(page.findall(".//main")) == 1

    def test_leads_to_its_files(self, page: HtmlElement, seed_episode: Episode) -> None:
        """Player, transcripts, books, show and feed, all relative, so that the folder can be put anywhere."""
        links = {element.get("href") for element in page.iter("a")}

        assert page.find(".//audio").get("src") == f"{seed_episode.slug}.mp3"
        assert {
            f"{seed_episode.slug}.{suffix}" for suffix in ("vtt", "srt", "json", "html", "txt", "epub", "lpf")
        } <= links
        assert {"../index.html", "../feed.xml"} <= links


class TestShow:
    """A show's page."""

    def test_lists_its_episodes(self, seed_episode: Episode) -> None:
        """Title, link, date, length and summary of each, in the order given, and how to subscribe."""
        other = replace(seed_episode, slug="other", title="Other & more", language="fr", duration_ms=3_723_000)

        made = tree(show_page(SHOW, [other, seed_episode], "https://e.org/show/feed.xml"))

        links = [(link.get("href"), words(link)) for link in made.iterfind(".//li/h3/a")]
        assert links == [
            ("other/index.html", "Other & more"),
            (f"{seed_episode.slug}/index.html", seed_episode.title),
        ]
        assert "1:02:03" in words(made)
        assert made.find_class("episodes")[0][0].get("lang") == "fr"
        assert words(made.find(".//code")) == "https://e.org/show/feed.xml"
        assert made.findtext(".//h1") == "A & B"

    def test_a_code_to_scan_where_a_phone_can_use_it(self) -> None:
        """In this network or on the web; the name of "this computer" would lead a phone to itself."""
        urls = ("http://localhost:8642/s/feed.xml", "http://192.168.1.7:8642/s/feed.xml", "https://a.example/feed.xml")
        pages = [tree(show_page(SHOW, [], url)) for url in urls]

        assert [len(each.findall(".//svg")) for each in pages] == [0, 1, 1]

    def test_an_empty_show_says_so(self) -> None:
        """No list of nothing."""
        made = tree(show_page(SHOW, [], "feed.xml"))

        assert not made.findall(".//li")
        assert "no episodes yet" in words(made)

    def test_same_facts_same_bytes(self, seed_episode: Episode) -> None:
        """No clock and no chance in it."""
        assert show_page(SHOW, [seed_episode], "u") == show_page(SHOW, [seed_episode], "u")
