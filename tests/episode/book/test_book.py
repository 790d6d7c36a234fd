"""The book that reads itself: what is in the file, read with an XML parser and a ZIP reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from narrate.episode.book import Sound, Volume, VolumeFacts, write_book
from narrate.model import (
    Block,
    BlockKind,
    Chapter,
    Cue,
    Heard,
    Mark,
    MarkKind,
    Passage,
    Reading,
    Role,
    Source,
    Timeline,
    Word,
)

if TYPE_CHECKING:
    from pathlib import Path

NS = {
    "x": "http://www.w3.org/1999/xhtml",
    "s": "http://www.w3.org/ns/SMIL",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "e": "http://www.idpf.org/2007/ops",
}
TYPE = "{http://www.idpf.org/2007/ops}type"
HOSTILE = 'A </script><img src=x onerror="alert(1)"> & ]]> "q" \x07 ّ😀'
FACTS = VolumeFacts(
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "Bread & <wine>",
    "en",
    datetime(2026, 11, 24, 12, tzinfo=UTC),
    b"\xff\xd8\xff\xd9",
    ("Ann <Lee>",),
    "Joe",
    "A show",
    date(2026, 11, 1),
    "https://example.org/?a=1&b=2",
)


class Maker:
    """Passages and the cues of what is heard of them, a sentence a second after the other."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.cues: list[Cue] = []
        self.chapters: list[Chapter] = []

    def add(self, kind: str, text: str, *said: str, opens: str = "", own: bool = False, **facts: object) -> Maker:
        """A block, and the stretches of it that are heard, each a cue with its words."""
        name = f"s{len(self.passages)}"
        heard, at = [], 0
        for sentence in said:
            start = text.index(sentence, at)
            at = start + len(sentence)
            number, begin = len(self.cues), 1000 + len(self.cues) * 1000
            places = [(match.start() + start, match.end() + start) for match in re.finditer(r"\S+", sentence)]
            step = 800 // max(len(places), 1)
            words = tuple(Word(begin + n * step, begin + (n + 1) * step, text[a:b]) for n, (a, b) in enumerate(places))
            self.cues.append(Cue(begin, begin + 800, sentence, name, Role.BODY, "joe", "en", words, added=own))
            heard.append(Heard(start, at, number, tuple(places)))
        block = Block(BlockKind(kind), text, Source(0, len(text), 1), **facts)  # type: ignore[arg-type] # the test's
        why = "" if heard else "code = say"
        self.passages.append(Passage(block, tuple(heard), (name,), why, own))
        if opens:
            begin = self.cues[heard[0].cue].start_ms if len(self.cues) > 1 else 0
            self.chapters.append(Chapter(begin, begin + 1, opens, name))
        return self

    def volume(self, folder: Path, title: str = "Bread", name: str = "sound.mp3") -> Volume:
        """A part of a book with a sound of some bytes."""
        sound = folder / name
        sound.write_bytes(b"\xff\xfb" * 1000)
        timeline = Timeline((), (), tuple(self.chapters), tuple(self.cues), 0, -1.5, -16)
        return Volume(title, Reading(tuple(self.passages), "en"), timeline, Sound(sound, name, "audio/mpeg"))


def everything() -> Maker:
    """A block of each kind."""
    made = Maker()
    made.add("title", "Bread", "Bread", opens="Bread")
    made.add("paragraph", "Read by a machine.", "Read by a machine.", own=True)
    marks = (Mark(MarkKind.STRONG, 8, 15), Mark(MarkKind.NOTE_REFERENCE, 17, 18, "n1"))
    made.add("paragraph", "It is a big loaf.1 It is old.", "It is a big loaf.1", "It is old.", marks=marks)
    made.add("note", "Of rye.", "Of rye.", note="n1")
    made.add("heading", "Crust", "Crust", opens="Crust", level=2)
    made.add("list item", "one", "one", level=1)
    made.add("list item", "two", "two", level=1)
    made.add("list item", "inner", "inner", level=2)
    made.add("quote", "Eat it.", "Eat it.", level=1)
    made.add("table", "Name\tAge\nAnn\t41\nBo\t3", "Ann\t41", "Bo\t3")
    made.add("code", "x = 1\ny = 2")
    made.add("heading", "Crumb", "Crumb", opens="Crumb", level=4)
    made.add("figure", "A red cat", "A red cat", caption=9)
    made.add("break", "")
    made.add("paragraph", HOSTILE, HOSTILE)
    return made


@pytest.fixture
def volume(tmp_path: Path) -> Volume:
    """A part with a block of each kind."""
    return everything().volume(tmp_path)


def bound(folder: Path, *volumes: Volume, facts: VolumeFacts = FACTS) -> ZipFile:
    """The book, open."""
    path = folder / "book.epub"
    write_book(path, facts, volumes)
    return ZipFile(path)


def xml(book: ZipFile, name: str) -> etree._Element:
    """A document of the book."""
    return etree.fromstring(book.read(f"EPUB/{name}"))


def pages(book: ZipFile) -> list[tuple[etree._Element, etree._Element]]:
    """Each page of the spine and its overlay."""
    package = xml(book, "package.opf")
    items = {each.get("id"): each for each in package.iterfind(".//o:item", NS)}
    spine = [items[each.get("idref")] for each in package.iterfind(".//o:itemref", NS)]
    return [
        (xml(book, str(each.get("href"))), xml(book, str(items[each.get("media-overlay")].get("href"))))
        for each in spine
    ]


def ms(value: str) -> int:
    """A clock value in ms."""
    hours, minutes, seconds = value.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def test_the_container_is_as_ocf_wants_it(tmp_path: Path, volume: Volume) -> None:
    """`mimetype` first and as it is; the sound as it is; the same book, the same bytes."""
    book = bound(tmp_path, volume)
    first, sound = book.infolist()[0], book.getinfo("EPUB/sound.mp3")

    assert (first.filename, first.compress_type, book.read("mimetype")) == (
        "mimetype",
        ZIP_STORED,
        b"application/epub+zip",
    )
    assert (sound.compress_type, book.read("EPUB/sound.mp3")) == (ZIP_STORED, volume.sound.path.read_bytes())
    before = (tmp_path / "book.epub").read_bytes()
    assert bound(tmp_path, volume).testzip() is None
    assert (tmp_path / "book.epub").read_bytes() == before


@pytest.mark.parametrize("words", [False, True])
def test_every_clip_has_its_element_and_all_is_heard_in_order(tmp_path: Path, volume: Volume, words: bool) -> None:  # noqa: FBT001 - two books
    """In the order of the page; each cue from where it begins to where the next does; by words, none is left out."""
    book = bound(tmp_path, volume, facts=replace(FACTS, words=words))
    heard: list[tuple[int, int]] = []
    said = ""
    for page, overlay in pages(book):
        order = {each.get("id"): n for n, each in enumerate(page.iter()) if each.get("id")}
        texts = [str(each.get("src")).partition("#")[2] for each in overlay.iterfind(".//s:text", NS)]
        assert texts
        places = [order[each] for each in texts]
        assert places == sorted(places)
        clips = overlay.findall(".//s:audio", NS)
        assert {each.get("src") for each in clips} == {"sound.mp3"}
        heard += [(ms(str(each.get("clipBegin"))), ms(str(each.get("clipEnd")))) for each in clips]
        ids = {str(each.get("id")): each for each in page.iter() if each.get("id")}
        said += " ".join("".join(ids[each].itertext()) for each in texts)  # type: ignore[arg-type] # text
    cues = volume.timeline.cues
    if not words:
        assert heard == [(cue.start_ms, min(cue.start_ms + 1000, cue.end_ms + 1500)) for cue in cues[:-1]] + [
            (cues[-1].start_ms, cues[-1].end_ms)
        ]
    else:
        assert len(heard) > len(cues)
        assert all(one[1] == other[0] for one, other in pairwise(heard))
    assert "".join(said.split()) == "".join("".join(cue.text for cue in cues).replace("\x07", "�").split())


def test_notes_tables_and_lists_can_be_skipped_and_left(tmp_path: Path, volume: Volume) -> None:
    """What is heard of them is a group with its meaning."""
    groups = [
        (str(group.get(TYPE)), len(group.findall(".//s:par", NS)))
        for _, overlay in pages(bound(tmp_path, volume))
        for group in overlay.iterfind(".//s:seq", NS)
    ]

    assert groups == [
        *(
            ("footnote", 1),
            ("list", 3),
            ("list-item", 1),
            ("list-item", 2),
            ("list", 1),
            ("list-item", 1),
            ("table", 2),
        ),
    ]


def test_the_lengths_add_up(tmp_path: Path, volume: Volume) -> None:
    """Of each overlay that of its clips, and in all their sum."""
    book = bound(tmp_path, volume)
    package = xml(book, "package.opf")
    told = {
        each.get("refines"): ms(str(each.text))
        for each in package.iterfind(".//o:meta[@property='media:duration']", NS)
    }
    total = told.pop(None)
    items = {f"#{each.get('id')}": str(each.get("href")) for each in package.iterfind(".//o:item", NS)}

    assert total == sum(told.values())
    for name, length in told.items():
        clips = xml(book, items[str(name)]).iterfind(".//s:audio", NS)
        assert length == sum(ms(str(each.get("clipEnd"))) - ms(str(each.get("clipBegin"))) for each in clips)


def test_the_text_of_every_block_is_there(tmp_path: Path, volume: Volume) -> None:
    """Heard or not; what nobody wrote is only narrate's; markup in a text is text."""
    shown = "".join("".join(page.find("x:body", NS).itertext()) for page, _ in pages(bound(tmp_path, volume)))  # type: ignore[union-attr,arg-type] # there
    shown = "".join(shown.split()).replace("1↩", "")

    for passage in volume.reading.passages:
        assert "".join(passage.block.text.replace("\x07", "�").split()) in shown
    assert len(shown) == sum(len("".join(each.block.text.split())) for each in volume.reading.passages)


def test_pages_are_chapters_and_headings_the_contents(tmp_path: Path, volume: Volume) -> None:
    """Each in those of a higher rank; ranks are never left out."""
    book = bound(tmp_path, volume)
    nav = xml(book, "nav.xhtml")
    toc = nav.find(".//x:nav", NS)
    assert toc is not None
    rows = [
        (len(list(each.iterancestors("{*}ol"))), each.text, each.get("href")) for each in toc.iterfind(".//x:a", NS)
    ]

    assert [(depth, text) for depth, text, _ in rows] == [(1, "Bread"), (1, "Crust"), (2, "Crumb")]
    for _, text, target in rows:
        name, _, place = str(target).partition("#")
        (there,) = (each for each in xml(book, name).iter() if each.get("id") == place)
        assert "".join(map(str, there.itertext())) == text
    assert [page.findtext(".//x:title", namespaces=NS) for page, _ in pages(book)] == ["Bread", "Crust", "Crumb"]


def test_facts_and_what_it_is_for_whom(tmp_path: Path, volume: Volume) -> None:
    """Who, what, when, by which voice; not all of it is heard, so ears alone do not do."""
    package = xml(bound(tmp_path, volume), "package.opf")
    facts = {etree.QName(each).localname: each.text for each in package.iterfind(".//d:*", NS)}
    meta = [(each.get("property"), each.text) for each in package.iterfind(".//o:meta", NS)]

    assert facts == {
        "identifier": "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "title": "Bread & <wine>",
        "language": "en",
        "creator": "Ann <Lee>",
        "publisher": "A show",
        "date": "2026-11-01",
        "source": "https://example.org/?a=1&b=2",
    }
    assert ("dcterms:modified", "2026-11-24T12:00:00Z") in meta
    assert ("media:narrator", "Joe") in meta
    assert ("schema:accessModeSufficient", "textual") in meta
    assert ("schema:accessModeSufficient", "auditory") not in meta


@pytest.mark.parametrize(
    ("formula", "named", "kinds"),
    [("$x^2$", ["mathml"], ["MathML"]), (r"\unheard^2", [None], ["latex"])],
)
def test_formulas_are_drawn(tmp_path: Path, formula: str, named: list[str | None], kinds: list[str]) -> None:
    """As MathML, which the package says of the page, or as TeX; each clip still has its element."""
    mark = Mark(MarkKind.MATH, 6, 6 + len(formula))
    made = Maker()
    made.add("paragraph", f"It is {formula} here.", f"It is {formula} here.", marks=(mark,))
    book = bound(tmp_path, made.add("math", formula, formula).volume(tmp_path))
    package = xml(book, "package.opf")
    (page, _), *_ = pages(book)

    xhtml = "application/xhtml+xml"
    items = [each for each in package.iterfind(".//o:item", NS) if each.get("media-type") == xhtml]
    assert [each.get("properties") for each in items if each.get("properties") != "nav"] == named
    features = [each.text for each in package.iterfind(".//o:meta[@property='schema:accessibilityFeature']", NS)]
    assert [each for each in features if each in {"MathML", "latex"}] == kinds
    assert len(list(page.iter("{http://www.w3.org/1998/Math/MathML}math"))) == (2 if named == ["mathml"] else 0)


def test_bullets_and_numbers_are_lists_of_their_own(tmp_path: Path) -> None:
    """A list after another sort of list, inside an item too; a bullet has no value (EPUBCheck, RSC-005)."""
    made = Maker()
    for text, level, number in (("a", 1, 0), ("b", 1, 4), ("c", 2, 0), ("d", 2, 1), ("e", 1, 5), ("f", 1, 0)):
        made.add("list item", text, text, level=level, number=number)
    (page, _), *_ = pages(bound(tmp_path, made.volume(tmp_path)))
    found = [each for each in page.iter() if etree.QName(each).localname in {"ol", "ul"}]
    told = [(etree.QName(each).localname, [item.get("value") for item in each]) for each in found]

    assert told == [("ul", [None]), ("ol", ["4", "5"]), ("ul", [None]), ("ol", ["1"]), ("ul", [None])]


def test_a_link_has_an_address_that_may_stand_in_one(tmp_path: Path) -> None:
    """What an author left in it is escaped (EPUBCheck, RSC-020); what is no address is no link."""
    places = ('https://example.org/"> <b>', "https://a b/", "javascript:alert(1)")
    marks = [Mark(MarkKind.LINK, at, at + 1, place) for at, place in zip((0, 2, 4), places, strict=True)]
    made = Maker().add("paragraph", "a b c", "a b c", marks=tuple(marks))
    (page, _), *_ = pages(bound(tmp_path, made.volume(tmp_path)))

    links = [each.get("href") for each in page.iter("{http://www.w3.org/1999/xhtml}a")]
    assert links == ["https://example.org/%22%3E%20%3Cb%3E"]


def test_where_all_is_heard_ears_do(tmp_path: Path) -> None:
    """An article of prose can be taken in by listening alone."""
    made = Maker().add("paragraph", "One. Two.", "One.", "Two.", opens="Bread").volume(tmp_path)
    meta = xml(bound(tmp_path, made), "package.opf").iterfind(".//o:meta", NS)

    assert ("schema:accessModeSufficient", "auditory") in [(each.get("property"), each.text) for each in meta]


def test_a_long_silence_is_passed_over(tmp_path: Path) -> None:
    """As that between two articles, in which an episode has music."""
    made = Maker().add("paragraph", "One.", "One.", opens="a").add("paragraph", "Two.", "Two.")
    made.cues[1] = replace(made.cues[1], start_ms=9000, end_ms=9500)
    ((_, overlay),) = pages(bound(tmp_path, made.volume(tmp_path)))

    clips = overlay.findall(".//s:audio", NS)
    assert [(ms(str(each.get("clipBegin"))), ms(str(each.get("clipEnd")))) for each in clips] == [
        (1000, 3300),
        (9000, 9500),
    ]


def test_a_text_without_chapters_is_divided(tmp_path: Path) -> None:
    """A page holds 400 sentences or little more; all of them have something that is heard."""
    made = Maker()
    for number in range(1000):
        made.add("paragraph", f"Sentence {number}.", f"Sentence {number}.", opens="" if number else "Bread")
    found = pages(bound(tmp_path, made.volume(tmp_path)))

    assert [len(overlay.findall(".//s:par", NS)) for _, overlay in found] == [400, 400, 200]


def test_a_book_of_several_episodes_is_one(tmp_path: Path) -> None:
    """Each part with its own sound, its headings below its title."""
    one = Maker().add("heading", "Rye", "Rye", opens="Rye", level=1).volume(tmp_path, "First", "one.mp3")
    two = Maker().add("paragraph", "Oats.", "Oats.", opens="Oats").volume(tmp_path, "Second", "two.mp3")
    book = bound(tmp_path, one, two)
    sounds = [{each.get("src") for each in overlay.iterfind(".//s:audio", NS)} for _, overlay in pages(book)]
    links = [each.text for each in xml(book, "nav.xhtml").find(".//x:nav", NS).iterfind(".//x:a", NS)]  # type: ignore[union-attr] # there

    assert sounds == [{"one.mp3"}, {"two.mp3"}]
    assert links == ["First", "Rye", "Second", "Oats"]
    assert {"EPUB/one.mp3", "EPUB/two.mp3"} <= set(book.namelist())


def test_right_to_left(tmp_path: Path) -> None:
    """The spine's direction follows the language; a sentence in another one says so."""
    made = Maker().add("paragraph", "שלום. Hello.", "שלום.", "Hello.", opens="a")
    volume = made.volume(tmp_path)
    volume = replace(volume, reading=replace(volume.reading, language="he"))
    cues = (replace(volume.timeline.cues[0], language="he"), volume.timeline.cues[1])
    volume = replace(volume, timeline=replace(volume.timeline, cues=cues))
    book = bound(tmp_path, volume, facts=replace(FACTS, language="he"))
    ((page, _),) = pages(book)

    assert (page.get("dir"), xml(book, "package.opf").get("dir")) == ("rtl", "rtl")
    assert [(each.get("lang"), each.get("dir")) for each in page.iterfind(".//x:span[@id]", NS)] == [
        (None, None),
        ("en", "ltr"),
    ]
