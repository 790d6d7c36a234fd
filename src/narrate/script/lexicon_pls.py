"""A lexicon as W3C PLS 1.0 (https://www.w3.org/TR/pronunciation-lexicon/), in and out.

``alias`` is the respelling, ``phoneme`` the transcription, each ``grapheme`` an entry. Of several pronunciations the
one with ``prefer="true"`` counts, else the first. That case counts, of which PLS says nothing, is kept as a role of
narrate's own, which other readers pass over.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from narrate.errors import SettingsError
from narrate.model import Lexeme
from narrate.script.lexicon import checked
from narrate.script.lexicon_ipa import tidy_ipa

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_PLS = f"{{{_NAMESPACE}}}"
_OURS = "urn:narrate:lexicon"
_EXACT = "narrate:case"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ANY_LANGUAGE = "und"
"""What a lexicon for all languages says of its own, since PLS wants one (BCP 47: undetermined)."""


def is_pls(text: str) -> bool:
    r"""Whether a lexicon is XML rather than a table.

    >>> is_pls("\ufeff<?xml version='1.0'?>"), is_pls("Nguyen = win")
    (True, False)
    """
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def read_pls(data: bytes, where: str) -> tuple[Lexeme, ...]:
    """The entries of a PLS document. Raises `SettingsError` with the file (`where`), the line and what is allowed.

    No entity is resolved but XML's own five, and nothing is fetched.
    """
    root = _root(data, where)
    if root.tag != f"{_PLS}lexicon":
        raise SettingsError(
            f"{where}, line {root.sourceline}: <{_local(root)}> is no PLS; it begins with <lexicon xmlns=…>"
        )
    found: dict[tuple[str, str, bool], Lexeme] = {}
    for lexeme in root.iterfind(f"{_PLS}lexeme"):
        for entry in _entries(lexeme, root, where):
            # Of homographs the first in the document is preferred (5.5).
            found.setdefault((entry.written, entry.language, entry.exact_case), entry)
    return tuple(found.values())


def write_pls(entries: Iterable[Lexeme], language: str) -> bytes:
    """A PLS document of the entries for a language (BCP 47, "" for all), those for all languages among them."""
    from lxml import etree

    root = etree.Element(f"{_PLS}lexicon", nsmap={None: _NAMESPACE, "narrate": _OURS})  # type: ignore[dict-item] # the stubs lack the default namespace
    root.set("version", "1.0")
    root.set("alphabet", "ipa")
    root.set(_LANG, language or ANY_LANGUAGE)
    for entry in (each for each in entries if each.language in {"", language}):
        lexeme = etree.SubElement(root, f"{_PLS}lexeme")
        if entry.exact_case:
            lexeme.set("role", _EXACT)
        texts = (("grapheme", entry.written), ("phoneme", entry.ipa), ("alias", entry.spoken))
        for tag, text in ((tag, text) for tag, text in texts if text):
            etree.SubElement(lexeme, f"{_PLS}{tag}").text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _root(data: bytes, where: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        line = getattr(broken, "lineno", None) or 1
        what = str(broken).partition(", line ")[0] or "it is empty"
        raise SettingsError(f"{where}, line {line}: this is not XML that can be read ({what}); mend it") from broken
    for entity in root.iter(etree.Entity):
        raise SettingsError(
            f"{where}, line {entity.sourceline}: {entity.text} is an entity, and none is followed; write the text"
        )
    return root


def _entries(lexeme: _Element, root: _Element, where: str) -> Iterator[Lexeme]:
    at = f"{where}, line {lexeme.sourceline}"
    words = [_text(each) for each in lexeme.iterfind(f"{_PLS}grapheme")]
    if not any(words):
        raise SettingsError(f"{at}: a <lexeme> has no <grapheme>; it needs the word as it is written")
    spoken = _text(_preferred(list(lexeme.iterfind(f"{_PLS}alias"))))
    ipa = tidy_ipa(_phonemes(lexeme, root, at, needed=not spoken))
    if not spoken and not ipa:
        return  # a lexeme may say that there is such a word, and no more
    exact = _EXACT in (lexeme.get("role") or "").split()
    for word in filter(None, words):
        yield checked(Lexeme(word, spoken, ipa, _language(lexeme), exact), at)


def _phonemes(lexeme: _Element, root: _Element, at: str, *, needed: bool) -> str:
    """The transcription in IPA. One in another alphabet is passed over where something else says the word."""
    phonemes = list(lexeme.iterfind(f"{_PLS}phoneme"))
    usual = root.get("alphabet") or ""
    readable = [each for each in phonemes if (each.get("alphabet") or usual).lower() == "ipa"]
    if phonemes and not readable and needed:
        name = phonemes[0].get("alphabet") or usual or "none"
        raise SettingsError(f"{at}: the alphabet of <phoneme> is '{name}'; only 'ipa' is read, or give an <alias>")
    return _text(_preferred(readable))


def _preferred(elements: list[_Element]) -> _Element | None:
    first = elements[0] if elements else None
    return next((each for each in elements if each.get("prefer") == "true"), first)


def _language(lexeme: _Element) -> str:
    element: _Element | None = lexeme
    while element is not None:
        if tag := element.get(_LANG):
            return "" if tag == ANY_LANGUAGE else tag
        element = element.getparent()
    return ""


def _text(element: _Element | None) -> str:
    text = "" if element is None else "".join(map(str, element.itertext()))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2][:40]
