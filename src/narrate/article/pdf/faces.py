"""What fonts are, by their names and flags; and the signs of TeX's fonts that do not say which letters they show."""

from __future__ import annotations

import re

from narrate.article.pdf.text import Face

_FIXED, _ITALIC, _FORCE_BOLD = 1 << 0, 1 << 6, 1 << 18  # ISO 32000-1, table 123
_BOLD = re.compile(r"bold|black|heavy|demi|[-,](?:bd|bx|medi)|^(?:cm(?:ss)?bx|cmb\d|(?:sf|ec)(?:bx|sx))", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted|^(?:cmti|cmsl|cmmi)", re.IGNORECASE)
_MONO = re.compile(
    r"courier|mono|nimbusmon|consol|typewriter|txtt|^(?:cmtt|cmsltt|sftt|lmtt|lmmono)|menlo|fixed", re.IGNORECASE
)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SANS = re.compile(
    r"helvet|arial|sans|swiss|verdana|calibri|univers|frutiger|myriad|futura|biolinum|bitstreamvera-|^(?:cmss|sfss)",
    re.IGNORECASE,
)
_MATHS = re.compile(
    r"^(?:cmmi|cmb?sy|cmex|ms[ab]m|eu[fsrme][mbx]|rsfs|bbm|dsrom|stmary|wasy|lasy|esint|r?[tp]x(?:b?mi|b?sy|ex)|rtx|mtmi|"
    r"mtsy|mtex|ntx|newtx|newpx|zplm|fplmri|pazomath|mathjax|standardsym|symbol)|math(?!e)",
    re.IGNORECASE,
)
"""Fonts of formulas: those of TeX, of its companions for other letters, of OpenType, and Adobe's Symbol."""
_CODINGS = (
    ("OMX", re.compile(r"^(?:cmex|lmmathextension|r?[tp]xex(?!s)|mtex)", re.IGNORECASE)),
    ("OMS", re.compile(r"^(?:cmb?sy|lmmathsymbols|[tp]xb?sy(?![acs]))", re.IGNORECASE)),
    ("OML", re.compile(r"^(?:cmmi|lmmathitalic|r?[tp]xmi(?!a))", re.IGNORECASE)),
)
_SIGNS = {
    "OMX": "()[]⌊⌋⌈⌉{}⟨⟩|‖/\\()()[]⌊⌋⌈⌉{}⟨⟩/\\()[]⌊⌋⌈⌉{}⟨⟩/\\/\\⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⏐⎝⎠⎜⎟⟨⟩⨆⨆∮∮⊙⊙⊕⊕⊗⊗"
    "∑∏∫⋃⋂⨄⋀⋁∑∏∫⋃⋂⨄⋀⋁∐∐ˆˆˆ˜˜˜[]⌊⌋⌈⌉{}√√√√√√│┌‖↑↓",
    "OMS": "−·×∗÷⋄±∓⊕⊖⊗⊘⊙◯∘•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽/|∀∃¬∅ℜℑ⊤⊥",
    "OML": "ΓΔΘΛΞΠΣΥΦΨΩαβγδϵζηθικλμνξπρστυφχψωεϑϖϱςϕ",
}
"""The signs of TeX's fonts for formulas, by their codes from 0 (The TeXbook, appendix F)."""
_JOINED = dict(zip("\x0b\x0c\x0d\x0e\x0f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)) | dict(
    zip("\x1b\x1c\x1d\x1e\x1f\x10\x11\x15\x16", ("ff", "fi", "fl", "ffi", "ffl", "“", "”", "–", "—"), strict=True)
)
"""Ligatures and signs of TeX's fonts for text (OT1, and T1 from 0x10), which stand where no other text has letters."""
_MOVED = 168
"""Latin Modern's Greek letters stand this much higher in its Type 1 fonts, where some programs take them for Latin."""
_FIRST_MOVED, _MU = 0xAE, "µ"


def face_of(name: str, flags: int) -> Face:
    """The face of a font with that name, and with these flags of its descriptor.

    >>> face_of("ABCDEF+CMMI10", 0).maths, face_of("Times-Bold", 0).bold, face_of("MathematicaSans", 0).maths
    (True, True, False)
    """
    name = _SUBSET.sub("", name)
    coding = next((coding for coding, names in _CODINGS if names.search(name)), "")
    return Face(
        bold=bool(_BOLD.search(name)) or bool(flags & _FORCE_BOLD),
        italic=bool(_SLANTED.search(name)) or bool(flags & _ITALIC),
        mono=bool(_MONO.search(name)) or bool(flags & _FIXED),
        sans=bool(_SANS.search(name)),
        maths=bool(_MATHS.search(name)),
        coding=coding,
    )


def is_strange(letter: str, face: Face) -> bool:
    """Whether a letter may be the code of a sign, so that the library is to be asked if it knew its letter."""
    return letter < " " or bool(face.coding)


def shown_as(letter: str, face: Face, *, unmapped: bool) -> str:
    r"""What a sign is whose font does not say it: by the code that the library gives instead.

    >>> shown_as("\x0b", Face(), unmapped=True), shown_as("X", Face(coding="OMX"), unmapped=True)
    ('ff', '∑')
    """
    if unmapped and face.coding:
        signs = _SIGNS[face.coding]
        return signs[ord(letter)] if ord(letter) < len(signs) else letter
    if unmapped:
        return _JOINED.get(letter, letter)
    if face.coding == "OML" and letter != _MU and _FIRST_MOVED <= ord(letter) < _MOVED + len(_SIGNS["OML"]):
        return _SIGNS["OML"][ord(letter) - _MOVED]
    return letter
