"""XML and XHTML that others wrote, to trees: no entities but HTML's, no network, no DTD, however broken."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree, html

from narrate.article.encoding import is_ebcdic
from narrate.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_EBCDIC_SIGN = "<?xml".encode("cp037")
"""How XML in EBCDIC begins (XML 1.0, appendix F)."""
_NOBODYS = frozenset({"utf-7", "utf7", "unicode-1-1-utf-7"})
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE_BEGINS = re.compile("<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[\]<>\"']|\"[^\"]*\"|'[^']*')*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UNSEEN = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<(?:script|style)\b", re.IGNORECASE), re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)),
)
_TAG = re.compile(r"<[^<>]*>")
_LOST_SHARE = 0.9
_EMPTY = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([a-z][\w:]*)(\s[^<>]*?)?/>",
    re.IGNORECASE,
)


def decoded(data: bytes, where: str) -> str:
    r"""The text of an XML file, by its BOM, its declaration, else UTF-8; what is no text becomes U+FFFD.

    Raises `ArticleError`, which calls the file `where`, for UTF-7, and for EBCDIC that does not say which.

    >>> decoded("<?xml version='1.0' encoding='latin-1'?><p>é</p>".encode("latin-1"), "a.xml")[-8:]
    '<p>é</p>'
    """
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(bom):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    head = data[:400]
    if head.startswith(_EBCDIC_SIGN):
        head = head.decode("cp037").encode("ascii", "replace")  # its declaration is in letters that all of them share
    declared = _DECLARED.match(head.lstrip())
    encoding = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if encoding.lower() in _NOBODYS:
        raise ArticleError(f"{where} is in UTF-7, which no program of books or pages reads; save it again as UTF-8")
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        if is_ebcdic(data) or data.startswith(_EBCDIC_SIGN):
            raise ArticleError(f"{where} is in EBCDIC, and does not say in which; save it again as UTF-8") from None
        return _western(data)


def _western(data: bytes) -> str:
    """UTF-8 with what is none taken for cp1252, if that is little."""
    text = data.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 < len(text) else data.decode("cp1252", "replace")


def prepared(text: str) -> str:
    r"""XML without document type, its HTML entities resolved; any other entity is left as it is written.

    >>> prepared('<!DOCTYPE p [<!ENTITY lol "ha">]><p>a&nbsp;b &amp; &lol;</p>')
    '<p>a\xa0b &amp; &amp;lol;</p>'
    """
    text = _CONTROL.sub("", _XML_DECLARATION.sub("", text, count=1))
    began = _DOCTYPE_BEGINS.search(text)
    declared = _DOCTYPE.match(text, began.start()) if began else None
    if declared:
        text = text[: declared.start()] + text[declared.end() :]
    return _ENTITY.sub(_resolved, text)


def _resolved(match: re.Match[str]) -> str:
    if match[1] in _XML_ENTITIES:
        return match[0]
    return html5.get(f"{match[1]};") or f"&amp;{match[1]};"


def xml_tree(data: bytes, where: str) -> Element:
    """The tree of an XML file that must be well-formed enough to be read. Raises `ArticleError`."""
    tree = _parsed(prepared(decoded(data, where)), recover=True)
    if tree is None:
        raise ArticleError(f"{where} is not the XML that it should be; get the file again")
    return tree


def xhtml_tree(data: bytes, where: str) -> Element:
    """The tree of a page of XHTML; where it is broken, whichever of two repairs is nearer to its text.

    A repair may lose text, and may take attributes without quotes for text: neither is what is written.

    Raises:
        ArticleError: it is nested so deep that text would be lost.
    """
    text = prepared(decoded(data, where))
    strict = _parsed(text, recover=False)
    if strict is not None:
        return strict
    candidates = [tree for tree in (_as_html(text), _parsed(text, recover=True)) if tree is not None]
    written = sum(map(str.isalnum, _TAG.sub("", _seen(text))))
    best = min(candidates, key=lambda tree: abs(_letters(tree) - written), default=None)
    if best is None or _letters(best) < _LOST_SHARE * written:
        raise ArticleError(f"{where} is broken or nested deeper than can be read; repair the file or save it again")
    return best


def _parsed(text: str, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=recover, encoding="utf-8"
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return tree if tree is not None else None


def _as_html(text: str) -> Element | None:
    # In HTML "<title/>" opens an element that nothing closes.
    closed = _EMPTY.sub(lambda match: f"<{match[1]}{match[2] or ''}></{match[1]}>", text)
    try:
        return html.document_fromstring(
            closed.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _seen(text: str) -> str:
    """Markup without comments, scripts and styles; those that nothing closes are left, in time in proportion.

    >>> _seen("a<!-- b -->c<style>d</style>e <!-- f")
    'ace <!-- f'
    """
    for opens, closes in _UNSEEN:
        kept, at = [], 0
        while (start := opens.search(text, at)) and (end := closes.search(text, start.end())):
            kept.append(text[at : start.start()])
            at = end.end()
        text = "".join((*kept, text[at:]))
    return text


def _letters(tree: Element) -> int:
    silent = ("script", "style")
    return sum(
        sum(map(str.isalnum, str(text)))
        for element in tree.iter()
        for text in ((element.text or "") if element.tag not in silent else "", element.tail or "")
        if isinstance(element.tag, str) or text is element.tail
    )
