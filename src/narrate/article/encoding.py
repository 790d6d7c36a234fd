r"""Bytes to text: BOM, UTF-16 by its zero bytes, strict UTF-8, charset-normalizer, cp1252.

What comes out is what spans count: in Unicode NFC, its lines ended by ``\n``,
without control characters other than that and the tab.
"""

from __future__ import annotations

import re
import unicodedata

from narrate.article.binary import looks_like
from narrate.article.language import confidence
from narrate.article.nfc import nfc
from narrate.errors import ArticleError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE_BYTES = 8192
_GUESS_BYTES = 65_536
_BINARY_SHARE = 0.05

# Encodings in which articles are met; without mac_* and EBCDIC, which charset-normalizer prefers too readily.
_LATIN = ["cp1252", "cp1250", "cp1254", "iso8859_2"]
_OTHERS = [
    *("cp1251", "cp1253", "cp1255", "cp1256", "iso8859_5", "iso8859_7", "koi8_r", "koi8_u", "cp866"),
    *("shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "tis_620"),
]
_LATIN_SHARE = 0.35
"""Below this share of bytes over 127 among those that are not blank, the letters are Latin."""
_WESTERN_SHARE = 0.03
"""Below this share of bytes over 127, text is Western with typographic quotes, and too short of signs for a guess."""

_HIGH = re.compile(rb"[\x80-\xff]")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_OVERSTRIKE = re.compile(r"_\x08(?=.)|(.)\x08(?=\1)")
_PAGE = re.compile(r"(?<=\n)\f|\f(?=\n)")
_LINE_END = str.maketrans({"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"})
_SEPARATOR = re.compile(r"[\x1c-\x1f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(data: bytes, name: str) -> str:
    r"""The text of `data`; `name` is for the message of the `ArticleError` raised where there is none.

    >>> decode(b"caf\xc3\xa9\r\n", "a"), decode(b"caf\xe9", "a"), decode("é".encode("utf-16"), "a")
    ('café\n', 'café', 'é')
    """
    return clean(_decoded(data, name))


def is_text(head: bytes) -> bool:
    r"""Whether the first bytes of an article are text: no other format's, no NULs outside UTF-16, hardly a control.

    >>> is_text(b"Words"), is_text(b"\x00\x01\x02\x03"), is_text("Words".encode("utf-16-le"))
    (True, False, True)
    """
    if looks_like(head)[0]:
        return False
    text = glimpse(head).replace("\x1b", "").translate(_LINE_END)
    return len(_CONTROL.findall(text)) <= _BINARY_SHARE * len(head)


def glimpse(head: bytes) -> str:
    r"""The first bytes of an article as text, to see its signs: what is neither UTF-16 nor UTF-8 is garbled.

    >>> glimpse(b"# Caf\xc3\xa9"), glimpse("# A".encode("utf-16"))
    ('# Café', '# A')
    """
    whole = head[: len(head) // 4 * 4] or head  # a whole number of characters in UTF-16 and UTF-32
    encoding = next((encoding for bom, encoding in _BOMS if head.startswith(bom)), "") or _wide(whole)
    return head.decode(encoding or "utf-8", errors="replace").removeprefix("\ufeff")


def clean(text: str) -> str:
    r"""Text in NFC, lines ended by ``\n``; control characters, escape sequences and overstrikes are gone.

    A form feed on a line of its own is a page's end, not another blank line.

    >>> clean("a\r\nb\rc\x0bd\x07\u2028e\u0301"), clean("N\bNA\bAM\bME\bE _\bx"), clean("a\n\f\nb")
    ('a\nb\nc\nd\né', 'NAME x', 'a\n\nb')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x1b" in text or "\x08" in text:
        text = _OVERSTRIKE.sub("", _ANSI.sub("", text))
    text = _PAGE.sub("", text).translate(_LINE_END)
    return nfc(_CONTROL.sub("", _SEPARATOR.sub(" ", text)))


def _decoded(data: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom) and encoding != "utf-8":
            return _strict(data[len(bom) :], encoding, name)
    data = data.removeprefix(b"\xef\xbb\xbf")
    wide = _wide(data)
    if wide:
        return data.decode(wide)
    if b"\x00" in data:
        raise ArticleError(f"{name} is not text: it holds NUL bytes; give narrate the article as text")
    if b"\x1b$" in data and _decodes(data, "iso2022_jp"):
        return data.decode("iso2022_jp")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if is_ebcdic(data):
            raise ArticleError(f"{name} is in EBCDIC, and does not say in which; save it again as UTF-8") from None
        return _nearly_utf8(data) or _guessed(data)


def is_ebcdic(data: bytes) -> bool:
    """Whether bytes are text of a mainframe: its blank is 0x40, its letters are above 0x80, and 0x20 is none of them.

    >>> is_ebcdic("Bread and salt".encode("cp037")), is_ebcdic(b"Bread and salt")
    (True, False)
    """
    head = data[:_SAMPLE_BYTES]
    blanks, letters = head.count(b"\x40"), len(_HIGH.findall(head))
    return b"\x20" not in head and blanks * 20 >= len(head) > 0 and letters * 2 >= len(head)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise ArticleError(
            f"{name} says it is {encoding.upper()}, but is not at byte {exc.start}; save it again as UTF-8"
        ) from exc


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str:
    """The UTF-16 or UTF-32 whose zero bytes `data` holds, or ""."""
    if b"\x00" not in data[:_SAMPLE_BYTES]:
        return ""
    return next((encoding for encoding in _WIDE if _decodes(data, encoding) and _plausible(data, encoding)), "")


def _plausible(data: bytes, encoding: str) -> bool:
    """Whether a sample is text in `encoding`: no NUL, hardly a control or unassigned character, some ASCII."""
    sample = data[:_SAMPLE_BYTES].decode(encoding, errors="ignore")
    odd = sum(unicodedata.category(character) in {"Cn", "Co", "Cs"} for character in sample)
    odd += len(_CONTROL.findall(sample))
    plain = sum(character < "\x7f" for character in sample)
    return "\x00" not in sample and odd * 50 <= len(sample) and plain * 20 >= len(sample)


def _nearly_utf8(data: bytes) -> str:
    """UTF-8 with a few stray bytes, which are taken for cp1252; "" where they are not few.

    A page pieced together from two sources is like that; read as a whole in another encoding it would be ruined.
    """
    text = data.decode("utf-8", errors="surrogateescape")
    strays = len(re.findall("[\udc80-\udcff]", text))
    good = sum(1 for character in text if "\x7f" < character < "\ud800" or character > "\udfff")
    if strays * 4 > good:
        return ""
    return re.sub("[\udc80-\udcff]", lambda match: _western(bytes([ord(match[0]) - 0xDC00])), text)


def _guessed(data: bytes) -> str:
    sample = data[:_GUESS_BYTES]
    high = len(_HIGH.findall(sample))
    if high < _WESTERN_SHARE * len(sample):
        return _western(data)
    candidates = _LATIN
    if high >= _LATIN_SHARE * len(sample.translate(None, b" \t\r\n")):
        from charset_normalizer import from_bytes  # 30 ms that UTF-8 need not pay

        best = from_bytes(sample, cp_isolation=_OTHERS).best()
        candidates = [best.encoding, "cp1255"] if best else ["cp1255"]
    likely = [encoding for encoding in candidates if _decodes(data, encoding)]
    return data.decode(max(likely, key=lambda encoding: _sureness(sample, encoding))) if likely else _western(data)


def _sureness(sample: bytes, encoding: str) -> float:
    r"""How sure the language of a sample is when it is read in `encoding`: misread text is in no language.

    charset-normalizer alone took French for Baltic, Turkish for Czech and Hebrew for Russian. The quotation
    marks of Windows are control characters in ISO 8859, and text holds none.

    >>> _sureness(b"\x93It\x92s old\x94", "cp1252") > _sureness(b"\x93It\x92s old\x94", "iso8859_2")
    True
    """
    text = sample.decode(encoding, errors="ignore")
    return 0.0 if _CONTROL.search(text) else confidence(text)


def _western(data: bytes) -> str:
    """Text in cp1252; the five bytes it does not know become U+FFFD."""
    return data.decode("cp1252", errors="replace")
