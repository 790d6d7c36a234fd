"""A Word document to a tree of HTML, by mammoth, with all its text in it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from narrate.article.dom.tags import classes, local
from narrate.errors import ArticleError
from narrate.model import MEMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from narrate.article.archive import Archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MEDIA = "/media/"
_LONGEST_NAME = 500
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_DELETED = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr"))
_NOTE_FILES = ("word/footnotes.xml", "word/endnotes.xml")
_XML = (".xml", ".rels")

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Author'] => p.author:fresh
p[style-name='Date'] => p.date:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Image Caption'] => p.caption:fresh
p[style-name='Table Caption'] => p.caption:fresh
p[style-name='Code'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='macro'] => pre:separator('\\n')
p[style-name='Bibliography'] => p.bibliography:fresh
p[style-name='TOC Heading'] => p.contents:fresh
p[style-name^='toc '] => p.contents:fresh
p[style-name^='table of '] => p.contents:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
r[style-name='HTML Code'] => code
r[style-name='Verbatim Char'] => code
r[style-name='Source Text'] => code
r[style-name='Emphasis'] => em
"""


def docx_tree(archive: Archive) -> Element:
    """The body of the document as HTML: its text, then notes, then what is left out of every page.

    Raises:
        ArticleError: it is no Word document, or one that cannot be read.
    """
    main = _main(archive)
    parts = {name: _part(archive, name) for name in (main, *_NOTE_FILES) if name in archive}
    tree = _as_html(archive, parts)
    body = tree.find("body") if tree.tag != "body" else tree
    body = tree if body is None else body
    _join_captions(body)
    for element in _missing(body, parts):
        body.append(element)
    for name in archive:
        if name.startswith(("word/header", "word/footer", "word/comments")) and name.endswith(".xml"):
            kind = "comment" if "comments" in name else "running"
            for text in _paragraphs(_part(archive, name)):
                body.append(_paragraph(text, kind))
    return body


def _main(archive: Archive) -> str:
    """The member that is the document, by the relationships of the package."""
    if "[Content_Types].xml" not in archive or "_rels/.rels" not in archive:
        raise ArticleError(f"{archive.name} is a ZIP archive, but no Word document")
    for each in _parse(archive, "_rels/.rels").iter("*"):
        if each.get("Type") in {_OFFICE, _STRICT}:
            name = (each.get("Target") or "").lstrip("/")
            if not name.startswith("word/"):
                raise ArticleError(f"{archive.name} is an office document, but none of Word; save its text as .docx")
            return name
    raise ArticleError(f"{archive.name} is incomplete: nothing in it says which part is the document; save it again")


def _parse(archive: Archive, name: str) -> Element:
    data = archive.read(name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ArticleError(
            f"{archive.name} declares entities in {name!r}, which Word documents never do; save it again"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        raise ArticleError(
            f"{archive.name} is damaged at {name!r} ({exc.msg}); open it in Word and save it again"
        ) from exc


def _part(archive: Archive, name: str) -> Element:
    """A part with what mammoth does not know put in words that it knows."""
    root = _parse(archive, name)
    for element in list(root.iter(f"{_M}oMath")):
        _replace(element, [_run(" ".join("".join(map(str, each.itertext())) for each in element.iter(f"{_M}t")))])
    for element in list(root.iter(f"{_M}oMathPara", f"{_W}moveTo", f"{_W}rubyBase")):
        _replace(element, list(element))
    for element in list(root.iter(f"{_W}moveFrom", f"{_W}rt", f"{_W}rubyPr")):
        _replace(element, [])
    for element in list(root.iter(f"{_W}ruby")):
        _replace(element, list(element))
    for element in list(root.iter(f"{_MC}AlternateContent")):
        _alternative(element)
    for element in root.iter(f"{_A}blip"):
        link = element.attrib.pop(f"{_R}link", "")  # nothing is ever read from where such a link leads
        if link and not element.get(f"{_R}embed"):
            element.set(f"{_R}embed", link)
    return root


def _alternative(element: Element) -> None:
    """Mammoth reads the fallback; where that has no text, the choice gives its own."""
    fallback = element.find(f"{_MC}Fallback")
    choice = element.find(f"{_MC}Choice")
    if choice is None or (fallback is not None and next(fallback.iter(f"{_W}t"), None) is not None):
        return
    boxes = list(choice.iter(f"{_W}txbxContent"))
    if not boxes:
        return
    fallback = etree.SubElement(element, f"{_MC}Fallback") if fallback is None else fallback
    for box in boxes:
        fallback.append(box)


def _run(text: str) -> Element:
    run = etree.Element(f"{_W}r")
    etree.SubElement(run, f"{_W}t").text = f" {text} "
    return run


def _replace(element: Element, others: list[Element]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = others


def _as_html(archive: Archive, parts: dict[str, Element]) -> Element:
    import mammoth

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as copy:
        for name in archive:
            if name in parts:
                copy.writestr(name, etree.tostring(parts[name], xml_declaration=True, encoding="UTF-8"))
            elif name.endswith(_XML) and _MEDIA not in name:
                _parse(archive, name)
                copy.writestr(name, archive.file.read(name))
            elif _MEDIA in name:
                copy.writestr(name, name.encode())  # a picture says where it is, and its words stand in the document
    picture = mammoth.images.img_element(_addressed)
    try:
        made = mammoth.convert_to_html(packed, style_map=_STYLES, convert_image=picture).value
    except RecursionError as exc:
        raise ArticleError(f"{archive.name} is nested deeper than can be read; simplify it and save it again") from exc
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError) as exc:
        raise ArticleError(
            f"{archive.name} is not as Word writes documents; open it in Word and save it again"
        ) from exc
    return html.document_fromstring(
        f"<html><body>{made or '<p></p>'}</body></html>", parser=html.HTMLParser(huge_tree=True)
    )


def _addressed(image: Any) -> dict[str, str]:  # noqa: ANN401 - mammoth has no types
    """Where a picture is: what stands in its member, in the copy that mammoth reads."""
    try:
        with image.open() as member:
            name = member.read(_LONGEST_NAME).decode("utf-8", "replace")
    except KeyError:  # a picture that is not in the document
        name = ""
    return {"src": f"{MEMBER}{name}" if _MEDIA in name else ""}


def is_picture(element: Element) -> bool:
    """Whether a paragraph holds a picture and no words."""
    return next(element.iter("img"), None) is not None and not any(str(text).strip() for text in element.itertext())


def _join_captions(body: Element) -> None:
    """Put pictures into the paragraph right after them that is their caption."""
    for caption in [each for each in body.iter("p") if "caption" in classes(each)]:
        before = caption.getprevious()
        outer = caption.getparent()
        if before is None or outer is None or local(before) != "p" or not is_picture(before):
            continue
        pictures = list(before.iter("img"))
        words, caption.text = caption.text, None
        for place, picture in enumerate(pictures):
            picture.tail = None
            caption.insert(place, picture)
        pictures[-1].tail = words
        outer.remove(before)


def _paragraphs(root: Element) -> Iterator[str]:
    """The text of each paragraph as it is accepted, without what is in a paragraph inside it."""
    texts: dict[Element, list[str]] = {}
    for element in root.iter(f"{_W}t", f"{_W}noBreakHyphen"):
        outer = list(element.iterancestors())
        if any(each.tag in _DELETED for each in outer):
            continue
        paragraph = next((each for each in outer if each.tag == f"{_W}p"), root)
        texts.setdefault(paragraph, []).append(
            element.text or "-" if element.tag.endswith("Hyphen") else element.text or ""
        )
    for written in texts.values():
        yield "".join(written)


def _missing(body: Element, parts: dict[str, Element]) -> Iterator[Element]:
    """Paragraphs of the document whose letters are nowhere in the HTML."""
    there = _letters("".join(map(str, body.itertext())))
    for root in parts.values():
        at = 0
        for text in _paragraphs(root):
            words = _letters(text)
            found = there.find(words, at)
            if found < 0 and words not in there:
                yield _paragraph(text, "")
            elif found >= 0:
                at = found + len(words)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _paragraph(text: str, kind: str) -> Element:
    element = etree.Element("p", {"class": kind} if kind else {})
    element.text = "".join(character for character in text if character.isprintable() or character.isspace())
    return element
