"""HTML inside Markdown: its text without its tags, and its pictures' descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

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
        " img input ins kbd label map area mark math meta link meter noscript"
        " object output param picture progress q"
        " rp rt ruby s samp script select small source span"
        " strike strong style sub sup svg path template textarea time track tt u var video wbr body html"
        " head base",
    )
)
HTML = _BLOCKS | _INLINE
SILENT = frozenset({"script", "style", "template"})
_MARKUP = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*+)(?P<rest>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>")
_ATTRIBUTE = re.compile(r"([A-Za-z][\w-]{0,60}+)\s{0,60}+=\s{0,60}+(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_TAG = re.compile(r"</?([A-Za-z][\w-]*)|<[!?]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its description, its address, and its place in the piece of HTML or Markdown, twice 0 if unknown."""

    alt: str
    source: str
    place: tuple[int, int] = (0, 0)


class Hidden(NamedTuple):
    """A comment, a script or a style, and its place, as a picture's."""

    text: str
    place: tuple[int, int] = (0, 0)


def is_html(tag: str) -> bool:
    """Whether a tag is HTML's, or a comment: ``<String>`` or ``<break/>`` in an article is its text.

    >>> is_html("<b>"), is_html("</div>"), is_html("<!-- a -->"), is_html("<String>")
    (True, True, True, False)
    """
    match = _TAG.match(tag)
    return match is not None and (match[1] is None or match[1].lower() in HTML)


@dataclass(slots=True)
class _Found:
    """What a scan of HTML has met so far; `silent` is the element whose text is not the article's."""

    parts: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    silent: str = ""
    began: int = 0

    def text(self, text: str) -> None:
        if not self.silent:
            self.parts.append(unescape(text))

    def tag(self, match: re.Match[str]) -> None:
        name = match["name"].lower()
        if name not in HTML:
            self.text(match[0])
        elif name in SILENT:
            self.silence(match, "" if match["end"] else name)
        else:
            self.parts.append("\n" if name in _BLOCKS else "")
        if name == "img":
            said = {key.lower(): unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(match["rest"])}
            self.pictures.append(Picture(said.get("alt", ""), said.get("src", ""), match.span()))

    def silence(self, match: re.Match[str], name: str) -> None:
        if self.silent and not name:
            self.hide(match.string, self.began, match.end())
        if name and not self.silent:
            self.began = match.start()
        self.silent = name

    def hide(self, html: str, start: int, end: int) -> None:
        self.hidden.append(Hidden(html[start:end], (start, end)))


def html_text(html: str) -> tuple[tuple[str, ...], tuple[Picture, ...], tuple[Hidden, ...]]:
    """Paragraphs of text, pictures, and what is hidden in a piece of HTML: comments, scripts and styles.

    The scan is linear: the standard library's parser takes minutes for 1 MB of ``<!-- `` that no ``-->`` ends.

    >>> html_text('<div><p>One &amp; <b>two</b></p><img src="a.png" alt="A cat"></div>')
    (('One & two',), (Picture(alt='A cat', source='a.png', place=(32, 61)),), ())
    >>> html_text("a <!-- b --> c <!-- d")
    (('a c <!-- d',), (), (Hidden(text='<!-- b -->', place=(2, 12)),))
    """
    found = _Found()
    at = 0
    last_comment = html.rfind("-->")
    while (opened := html.find("<", at)) >= 0:
        found.text(html[at:opened])
        match = _MARKUP.match(html, opened)
        if html.startswith("<!--", opened) and opened < last_comment:
            at = html.index("-->", opened) + 3
            if not found.silent:
                found.hide(html, opened, at)
        elif match and not (found.silent and match["name"].lower() != found.silent):
            found.tag(match)
            at = match.end()
        else:
            found.text("<")
            at = opened + 1
    found.text(html[at:])
    if found.silent:
        found.hide(html, found.began, len(html))
    lines = (" ".join(line.split()) for line in "".join(found.parts).split("\n"))
    return tuple(line for line in lines if line), tuple(found.pictures), tuple(found.hidden)
