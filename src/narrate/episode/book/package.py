"""The package document and the navigation of a book (EPUB 3.3, 5 and 7; EPUB Accessibility 1.1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING
from uuid import UUID

from markupsafe import Markup

from narrate.episode.book.access import accessible
from narrate.episode.book.breaks import listed
from narrate.episode.book.overlay import clock_value, duration_ms
from narrate.episode.languages import direction
from narrate.episode.text import one_line, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from narrate.episode.book.blocks import Heading
    from narrate.episode.book.pages import Page
    from narrate.episode.book.volume import Volume, VolumeFacts

CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
ACTIVE_CLASS = "-epub-media-overlay-active"
_MATHML, _TEX = b"<math ", b'class="tex"'
_XHTML, _SMIL = "application/xhtml+xml", "application/smil+xml"
_PACKAGE = Markup(
    """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}"{direction}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
)
_NAVIGATION = Markup(
    """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}" \
lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
</head>
<body>
<nav epub:type="toc" role="doc-toc" aria-label="{contents}" id="toc">
<h1>{contents}</h1>
{entries}
</nav>
<nav epub:type="landmarks" aria-label="Landmarks" hidden="">
<ol>
<li><a epub:type="bodymatter" href="{first}">{title}</a></li>
</ol>
</nav>
{pages}</body>
</html>
"""
)
_CONTENTS = {
    "de": "Inhalt",
    "en": "Contents",
    "es": "Contenido",
    "fr": "Table des matières",
    "it": "Indice",
    "nl": "Inhoud",
    "pt": "Sumário",
}


@dataclass(slots=True)
class _Entry:
    """An entry of the table of contents and those below it."""

    level: int
    text: str
    target: str
    below: list[_Entry]


def write_package(facts: VolumeFacts, volumes: Sequence[Volume], pages: Sequence[Page]) -> bytes:
    """The package document: what the book is, its files, and the order they are read in."""
    paged = _source_of_pages(facts) if any(page.breaks for page in pages) else ""
    return str(
        _PACKAGE.format(
            language=facts.language,
            direction=Markup(' dir="rtl"') if direction(facts.language) == "rtl" else "",
            metadata=Markup("\n").join(
                (
                    *_metadata(facts),
                    *accessible(volumes, paged=paged, formulas=_formulas(pages)),
                    *_overlays(facts, pages),
                )
            ),
            manifest=Markup("\n").join(_manifest(volumes, pages)),
            spine=Markup("\n").join(Markup('<itemref idref="{}"/>').format(_id(page)) for page in pages),
        )
    ).encode("utf-8", "replace")


def write_navigation(facts: VolumeFacts, volumes: Sequence[Volume], pages: Sequence[Page]) -> bytes:
    """The table of contents: the headings, a level inside the other; the title of each page that has none."""
    return str(
        _NAVIGATION.format(
            language=facts.language,
            direction=direction(facts.language),
            title=one_line(facts.title),
            contents=_CONTENTS.get(facts.language.partition("-")[0].lower(), _CONTENTS["en"]),
            first=pages[0].name,
            entries=_listed(_entries(volumes, pages)),
            pages=listed([(page.name, page.breaks) for page in pages]),
        )
    ).encode("utf-8", "replace")


def _metadata(facts: VolumeFacts) -> Iterator[Markup]:
    yield Markup('<dc:identifier id="id">{}</dc:identifier>').format(urn_of(facts.identifier))
    yield Markup('<dc:title id="title">{}</dc:title>').format(one_line(facts.title))
    yield Markup("<dc:language>{}</dc:language>").format(facts.language)
    modified = facts.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield Markup('<meta property="dcterms:modified">{}</meta>').format(modified)
    for number, author in enumerate(facts.authors, start=1):
        yield Markup('<dc:creator id="by{}">{}</dc:creator>').format(number, one_line(author))
        yield Markup('<meta refines="#by{}" property="role" scheme="marc:relators">aut</meta>').format(number)
    rows = (
        ("publisher", facts.publisher),
        ("date", facts.published.isoformat() if facts.published else ""),
        ("source", web_address(facts.source)),
        ("description", facts.description),
        ("rights", facts.rights),
    )
    for name, value in rows:
        if one_line(value):
            yield Markup("<dc:{0}>{1}</dc:{0}>").format(name, one_line(value))


def _source_of_pages(facts: VolumeFacts) -> str:
    """What the pages are those of: its address on the web, else its title and who wrote it."""
    return one_line(web_address(facts.source) or ", ".join((facts.title, *facts.authors)))


def _formulas(pages: Sequence[Page]) -> tuple[str, ...]:
    """How formulas are there, in the words of schema.org."""
    signs = {"MathML": _MATHML, "latex": _TEX}
    return tuple(name for name, sign in signs.items() if any(sign in page.data for page in pages))


def _overlays(facts: VolumeFacts, pages: Sequence[Page]) -> Iterator[Markup]:
    lengths = [(f"s-{_id(page)}", duration_ms(page.nodes)) for page in pages if page.nodes]
    for name, length in lengths:
        yield Markup('<meta property="media:duration" refines="#{}">{}</meta>').format(name, clock_value(length))
    total = clock_value(sum(length for _, length in lengths))
    yield Markup('<meta property="media:duration">{}</meta>').format(total)
    if facts.narrator:
        yield Markup('<meta property="media:narrator">{}</meta>').format(one_line(facts.narrator))
    yield Markup('<meta property="media:active-class">{}</meta>').format(ACTIVE_CLASS)


def _manifest(volumes: Sequence[Volume], pages: Sequence[Page]) -> Iterator[Markup]:
    item = Markup('<item id="{}" href="{}" media-type="{}"{}/>')
    yield item.format("nav", "nav.xhtml", _XHTML, Markup(' properties="nav"'))
    yield item.format("cover", "cover.jpg", "image/jpeg", Markup(' properties="cover-image"'))
    yield item.format("style", "book.css", "text/css", "")
    for page in pages:
        name = _id(page)
        overlay = Markup(' media-overlay="s-{}"').format(name) if page.nodes else Markup()
        formulas = Markup(' properties="mathml"') if _MATHML in page.data else Markup()
        yield item.format(name, page.name, _XHTML, formulas + overlay)
        if page.nodes:
            yield item.format(f"s-{name}", overlay_name(page), _SMIL, "")
    for number, volume in enumerate(volumes, start=1):
        yield item.format(f"a{number}", volume.sound.name, volume.sound.mime, "")
    for number, name in enumerate(pictures_of(volumes), start=1):
        yield item.format(f"i{number}", name, "image/png" if name.endswith(".png") else "image/jpeg", "")


def pictures_of(volumes: Sequence[Volume]) -> dict[str, Path]:
    """The files of the pictures in it, by their names: what two parts show is one."""
    return {name: file for volume in volumes for name, file in volume.pictures.items()}


def overlay_name(page: Page) -> str:
    """The file of a page's overlay."""
    return page.name.removesuffix(".xhtml") + ".smil"


def urn_of(identifier: str) -> str:
    """An identifier that nothing else has: a UUID as a URN, anything else as it is.

    >>> urn_of("3F2504E0-4F89-41D3-9A0C-0305E82C3301"), urn_of("https://example.org/?id=1")
    ('urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'https://example.org/?id=1')
    """
    try:
        return f"urn:uuid:{UUID(identifier)}"
    except ValueError:
        return identifier


def _id(page: Page) -> str:
    return page.name.removesuffix(".xhtml")


def _entries(volumes: Sequence[Volume], pages: Sequence[Page]) -> list[_Entry]:
    """The headings of all pages in each other; those of a part below the part's title, where there are several.

    The one title of a text stands beside its sections: all of them below it would be a list in a list for nothing.
    """
    top: list[_Entry] = []
    titles = Counter(page.volume for page in pages for heading in page.headings if heading.title)
    part = -1
    for page in pages:
        several = len(volumes) > 1
        if several and page.volume != part:
            top.append(_Entry(0, one_line(volumes[page.volume].title), page.name, []))
        part = page.volume
        into = top[-1].below if several else top
        if not page.headings:
            into.append(_Entry(1, page.title, page.name, []))
        for heading in page.headings:
            alone = heading.title and titles[page.volume] == 1
            if not (alone and several):  # the part's own title says it
                _add(into, replace(heading, rank=heading.rank + 1) if alone else heading, page)
    return top


def _add(entries: list[_Entry], heading: Heading, page: Page) -> None:
    """Put a heading below the last one of a higher rank."""
    into = entries
    while into and into[-1].level < heading.rank:
        into = into[-1].below
    into.append(_Entry(heading.rank, heading.text, f"{page.name}#{heading.id}", []))


def _listed(entries: Sequence[_Entry]) -> Markup:
    items = (
        Markup('<li><a href="{}">{}</a>{}</li>').format(
            entry.target, entry.text or "—", _listed(entry.below) if entry.below else ""
        )
        for entry in entries
    )
    return Markup("<ol>\n{}\n</ol>").format(Markup("\n").join(items))
