"""HTML inside Markdown: its text without its tags, and its pictures' descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote br center dd details div dl dt fieldset figcaption figure footer"
        " form h1 h2 h3 h4 h5 h6 header hr iframe legend li main menu nav ol option p pre section summary"
        " table tbody td tfoot th thead title tr ul",
    )
)
_INLINE = frozenset(
    re.findall(
        r"\S+",
        "a abbr acronym audio b bdi bdo big button canvas cite code col colgroup data del dfn em embed font i"
        " img input ins kbd label map area mark math meta link meter noscript object output param picture progress q"
        " rp rt ruby s samp script select small source span strike strong style sub sup svg path template textarea time track tt u var video wbr body html"
        " head base",
    )
)
HTML = _BLOCKS | _INLINE
_SILENT = frozenset({"script", "style", "template"})
_TAG = re.compile(r"</?([A-Za-z][\w-]*)|<[!?]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its description and its address."""

    alt: str
    source: str


def is_html(tag: str) -> bool:
    """Whether a tag is HTML's, or a comment: ``<String>`` or ``<break/>`` in an article is its text.

    >>> is_html("<b>"), is_html("</div>"), is_html("<!-- a -->"), is_html("<String>")
    (True, True, True, False)
    """
    match = _TAG.match(tag)
    return match is not None and (match[1] is None or match[1].lower() in HTML)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures: list[Picture] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HTML:
            self.parts.append(self.get_starttag_text() or "")
        self.silent += tag in _SILENT
        self.parts.append("\n" if tag in _BLOCKS else "")
        if tag == "img":
            said = dict(attrs)
            self.pictures.append(Picture(said.get("alt") or "", said.get("src") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.silent -= tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag not in HTML:
            self.parts.append(f"</{tag}>")
        self.silent = max(0, self.silent - (tag in _SILENT))
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.parts.append("" if self.silent else data)


def html_text(html: str) -> tuple[tuple[str, ...], tuple[Picture, ...]]:
    """Paragraphs of text and pictures of a piece of HTML; comments, scripts and styles are not the article's text.

    >>> html_text('<div><p>One &amp; <b>two</b></p><img src="a.png" alt="A cat"></div>')
    (('One & two',), (Picture(alt='A cat', source='a.png'),))
    """
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return tuple(line for line in lines if line), tuple(parser.pictures)
