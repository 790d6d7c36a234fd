"""A PDF as pypdfium2 sees it: its pages' pieces of text, what it says of itself, its table of contents.

The wall around the library: its handles, pointers and error codes stay in this file. Nothing that a PDF can hold
is run or unpacked: no script, no attachment, no form.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from narrate.article.facts import Facts, names
from narrate.article.language import language_tag
from narrate.article.pdf.faces import face_of, is_strange, shown_as
from narrate.article.pdf.text import Bookmark, Face, Page, Piece, letters_of
from narrate.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Origin

MAX_PAGES = 3_000
"""More pages than this are no article: at a few milliseconds each they would meet the limit on time anyway."""

_MAX_BOOKMARKS = 5_000
_SPLIT_EM = 0.8
"""A gap inside one text object, in sizes of its font, from which it is two pieces: cells and columns."""
_NO_TITLE = re.compile(
    r"untitled|title|document\d*|(?:microsoft|ms) (?:word|powerpoint|excel)\b.*|.*\.\w{2,4}|\W*|.*[\\/].*",
    re.IGNORECASE,
)
_PASSWORD = 4
_LONG_TITLE = 300
_LONG_LABEL = 40
_LEAST_SIZE = 3.0
_AXIS_EM = 0.25
"""How high over the base line TeX has the axis of a formula, in sizes of its font."""
_ACCENTS = dict(zip("`´ˆ˜¯˘˙¨˚ˇ¸", "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030c\u0327", strict=True))
"""Accents that TeX sets over letters as signs of their own, and what joins them to a letter."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """An open PDF."""

    raw: Any
    handle: Any
    origin: Origin

    def page_count(self) -> int:
        """How many pages it has."""
        return int(self.raw.FPDF_GetPageCount(self.handle))

    def label(self, number: int) -> str:
        """What a page is called, from 0: the label that the file gives it, else its place."""
        return _utf16(self.raw.FPDF_GetPageLabel, self.handle, number)[:_LONG_LABEL] or str(number + 1)

    def page(self, number: int) -> Page:
        """The pieces of text of a page, from 0; a page that cannot be loaded has none."""
        raw = self.raw
        page = raw.FPDF_LoadPage(self.handle, number)
        if not page:
            return Page(number, 0, 0, ())
        text = raw.FPDFText_LoadPage(page)
        try:
            pieces = tuple(_pieces(raw, text)) if text else ()
            return Page(number, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page), pieces)
        finally:
            if text:
                raw.FPDFText_ClosePage(text)
            raw.FPDF_ClosePage(page)

    def has_pictures(self, number: int) -> bool:
        """Whether there is a picture on a page."""
        raw = self.raw
        page = raw.FPDF_LoadPage(self.handle, number)
        if not page:
            return False
        things = range(min(raw.FPDFPage_CountObjects(page), 1000))
        kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, at)) for at in things)
        found = raw.FPDF_PAGEOBJ_IMAGE in kinds
        raw.FPDF_ClosePage(page)
        return found

    def facts(self) -> Facts:
        """Title, authors and language, where they are worth something.

        The date of creation is not taken for that of publication: it is when the file was made, and a
        manual or an old paper is made again and again.
        """
        title = " ".join(self._fact("Title").split())
        return Facts(
            title="" if _NO_TITLE.fullmatch(title) or len(title) > _LONG_TITLE else title,
            authors=names(" ".join(self._fact("Author").split())),
            language=language_tag(self._language()),
        )

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The entries of its table of contents, in order, at most 5,000; a circle in them ends them."""
        found: list[Bookmark] = []
        seen: set[int] = set()
        waiting = [(self.raw.FPDFBookmark_GetFirstChild(self.handle, None), 1)]
        while waiting and len(found) < _MAX_BOOKMARKS:
            entry, level = waiting.pop()
            address = ctypes.addressof(entry.contents) if entry else 0
            if not address or address in seen:
                continue
            seen.add(address)
            found.append(Bookmark(_utf16(self.raw.FPDFBookmark_GetTitle, entry), level))
            waiting.append((self.raw.FPDFBookmark_GetNextSibling(self.handle, entry), level))
            waiting.append((self.raw.FPDFBookmark_GetFirstChild(self.handle, entry), level + 1))
        return tuple(found)

    def _fact(self, name: str) -> str:
        return _utf16(self.raw.FPDF_GetMetaText, self.handle, name.encode())

    def _language(self) -> str:
        read = getattr(self.raw, "FPDFCatalog_GetLanguage", None)  # since 2025
        return _utf16(read, self.handle) if read else ""


@contextmanager
def opened(data: bytes, origin: Origin) -> Iterator[Pdf]:
    """The PDF in `data`.

    Raises:
        ArticleError: it needs a password, is damaged, or has no pages or too many.
    """
    from pypdfium2 import raw

    raw.FPDF_InitLibrary()
    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise ArticleError(_refusal(raw.FPDF_GetLastError(), origin))
    try:
        pdf = Pdf(raw, handle, origin)
        count = pdf.page_count()
        if not count:
            raise ArticleError(f"{origin.name} is a PDF without pages: there is nothing to read aloud")
        if count > MAX_PAGES:
            raise ArticleError(
                f"{origin.name} has {count:,} pages, and {MAX_PAGES:,} is the most narrate reads as one article;"
                " save a part of it as a PDF of its own"
            )
        yield pdf
    finally:
        raw.FPDF_CloseDocument(handle)


def _refusal(code: int, origin: Origin) -> str:
    if code == _PASSWORD:
        return (
            f"{origin.name} is locked with a password; open it in its program and save a copy without one"
            " (or: qpdf --decrypt --password=… locked.pdf open.pdf)"
        )
    return (
        f"{origin.name} is a PDF that cannot be opened, for it is damaged; get it again, or have it repaired"
        " (qpdf damaged.pdf repaired.pdf)"
    )


def _utf16(read: Any, *arguments: Any) -> str:  # noqa: ANN401 # a function of the library and its handles
    """What a function of the library writes: UTF-16 with a zero at its end; asked twice, first for its size."""
    size = read(*arguments, None, 0)
    if size <= 2 or size > 1 << 16:  # noqa: PLR2004 # the zero alone; nobody's title
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    read(*arguments, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").replace("\0", "").strip()


def _pieces(raw: Any, text: Any) -> Iterator[Piece]:  # noqa: ANN401 # the library and its handle
    """The pieces of a page, in the order in which the library gives its characters."""
    box = raw.FS_RECTF()
    faces: dict[str, Face] = {}
    run: _Run | None = None
    accent: tuple[str, float] | None = None
    shown, spaced = 0, False
    for at in range(raw.FPDFText_CountChars(text)):
        thing = raw.FPDFText_GetTextObject(text, at)
        if not thing:  # a blank or a line's end that the library added
            spaced = True
            continue
        raw.FPDFText_GetLooseCharBox(text, at, box)
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if letter in _ACCENTS and accent is None and not _face(raw, text, at, faces).coding:
            accent = letter, (box.left + box.right) / 2
            accent = None if run is not None and run.takes(accent, box) else accent
            continue
        address = ctypes.addressof(thing.contents)
        if run is None or address != shown or run.is_far(box.left):
            if run is not None:
                yield run.piece()
            run = _Run(_first(raw, text, at, faces, spaced=spaced), box.left, box.right)
            shown = address
        elif spaced:
            run.letters.append(" ")
        if is_strange(letter, run.start.face):
            letter = shown_as(letter, run.start.face, unmapped=raw.FPDFText_HasUnicodeMapError(text, at) == 1)
        run.boxes[len(run.letters)] = box.left, box.right
        run.letters.append(_accented(letter, accent, box) if accent else letter)
        accent = None
        run.left, run.right, run.last = min(run.left, box.left), max(run.right, box.right), at
        spaced = False
    if run is not None:
        run.letters.append(accent[0] if accent else "")
        yield run.piece()


def _accented(letter: str, accent: tuple[str, float], box: Any) -> str:  # noqa: ANN401 # a structure of the library
    """A letter with the accent that was set before it, if that stands over it; else one after the other."""
    sign, middle = accent
    over = letter.isalpha() and box.left < middle < box.right
    base = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", base + _ACCENTS[sign]) if over else sign + letter


class _Run:
    """A piece that is being read."""

    __slots__ = ("boxes", "far", "last", "left", "letters", "right", "start")

    def __init__(self, start: Piece, left: float, right: float) -> None:
        self.start = start
        self.left, self.right, self.last = left, right, start.first
        self.letters: list[str] = []
        self.boxes: dict[int, tuple[float, float]] = {}
        self.far = _SPLIT_EM * start.size if start.angle == 0 else float("inf")

    def is_far(self, left: float) -> bool:
        """Whether a character that begins there is no neighbour."""
        return left - self.right > self.far or self.right - left > 4 * self.far + (self.right - self.left)

    def takes(self, accent: tuple[str, float], box: Any) -> bool:  # noqa: ANN401 # a structure of the library
        """Whether an accent stands over one of its letters, which then has it."""
        sign, middle = accent
        if not box.bottom < self.start.base + self.start.size or box.top < self.start.base:
            return False
        over = next((at for at, (left, right) in self.boxes.items() if left < middle < right), None)
        if over is None or not self.letters[over].isalpha():
            return False
        self.letters[over] = unicodedata.normalize("NFC", self.letters[over] + _ACCENTS[sign])
        return True

    def piece(self) -> Piece:
        """The piece."""
        text = letters_of(self.letters)
        return replace(self.start, text=text, left=self.left, right=self.right, last=self.last)


def _first(raw: Any, text: Any, at: int, faces: dict[str, Face], *, spaced: bool) -> Piece:  # noqa: ANN401 # the same
    """A piece that begins with that character: its font, its base line, its angle in quarter turns."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, at, ctypes.byref(x), ctypes.byref(y))
    face = _face(raw, text, at, faces)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
    scale = abs(matrix.d) + abs(matrix.b) if matrix.a or matrix.b else 1.0
    size = raw.FPDFText_GetFontSize(text, at) * scale
    if size < _LEAST_SIZE:  # fonts of pictures have units of their own
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text, at, box)
        size = box.top - box.bottom
    return Piece(
        text="",
        left=x.value,
        right=x.value,
        base=_axis(raw, text, at) - _AXIS_EM * size if face.coding == "OMX" else y.value,
        size=min(max(size, 1.0), 1000.0),
        face=face,
        angle=round(raw.FPDFText_GetCharAngle(text, at) / 1.5708) % 4,
        spaced=spaced,
        unmapped=raw.FPDFText_HasUnicodeMapError(text, at) == 1,
        first=at,
        last=at,
    )


def _axis(raw: Any, text: Any, at: int) -> float:  # noqa: ANN401 # the same
    """The height of the middle of a sign: large operators and brackets stand on the axis of their formula."""
    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, at, *map(ctypes.byref, sides))
    return (sides[2].value + sides[3].value) / 2


def _face(raw: Any, text: Any, at: int, faces: dict[str, Face]) -> Face:  # noqa: ANN401 # the same
    """The face of a character; `faces` keeps those that are known, by their names."""
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, at, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace")
    if name not in faces:
        faces[name] = face_of(name, flags.value)
    return faces[name]
