"""What a Word document says of itself: its properties, its paragraphs of the styles Author and Date, its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.article.dom.tags import classes, local
from narrate.article.facts import Facts, names, parse_date
from narrate.article.xmltree import xml_tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.article.archive import Archive

_CORE = "docProps/core.xml"
_STYLES = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOBODY = re.compile(r"(?:microsoft|windows|office|admin(?:istrator)?|user|owner|author|unknown)\b.*", re.IGNORECASE)
_NO_TITLES = frozenset({"word document", "document", "microsoft word", "title", "untitled", "normal"})


def docx_facts(archive: Archive, tree: Element) -> Facts:
    """Title and authors, the date that the text shows, the language.

    The dates in the properties are those of the file, not of a publication: they are not used.
    """
    core = {local(each): _text(each) for each in _root(archive, _CORE)}
    shown = [(next(iter(classes(each) & {"author", "date"}), ""), _text(each)) for each in tree.iter("p")]
    written = [name for kind, text in shown if kind == "author" for name in (names(text) or (text,))]
    creators = (each.strip() for each in re.split(r"[;,]", core.get("creator", "")))
    authors = written or [each for each in creators if " " in each and not _NOBODY.fullmatch(each)]
    days = (parse_date(text) for kind, text in shown if kind == "date")
    title = core.get("title", "")
    return Facts(
        title="" if title.lower() in _NO_TITLES or title.lower().endswith((".doc", ".docx")) else title,
        authors=tuple(authors),
        published=next((day for day in days if day), None),
        language=core.get("language", "") or _language(archive),
    )


def _text(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _root(archive: Archive, member: str) -> list[Element]:
    if member not in archive:
        return []
    return list(xml_tree(archive.read(member), f"{archive.name}: {member}").iter("*"))


def _language(archive: Archive) -> str:
    """The language of text without one of its own; Word writes en-US where nobody chose, so that one says nothing."""
    for each in _root(archive, _STYLES):
        if local(each) == "lang" and any(local(outer) == "docdefaults" for outer in each.iterancestors()):
            said = str(each.get(f"{_W}val") or "")
            return "" if said.lower() == "en-us" else said
    return ""
