"""Whether capitals can be said as a word by the rules of English sounds; voices try with some that cannot."""

from __future__ import annotations

import re

_ONSET = (
    r"(?:QU|SCH|SCR|SHR|SPL|SPR|SQU|STR|THR|[BCFGKPS]L|[BCDFGKPTW]R|[CGKNPRSTWZ]H|[KGSP]N|S[CKMPQTVW]|[DST]W|TS|PS|PT"
    r"|[BCDFGHJKLMNPQRSTVWXYZ])"
)
_NUCLEUS = r"[AEIOUY]{1,3}"
_CODA = (
    r"(?:GHT|GHTS|[LNRST]CH|CHT|CHTS|[DFLMNPRX]TH|RLD|RST|RSH|MPT|NST|LST|NCT|XT|RNT|LPH|HN|NZ|BB|BT|CK|CT|DD|FF|FT|GG|GH|GN|LB"
    r"|LC|LD|LF|LK|LL|LM|LN|LP|LT|LV|MB|MM|MN|MP|NC|ND|NG|NK|NN|NT|NX|PH|PP|PT|RB|RC|RD|RF|RG|RK|RL|RM|RN|RP|RR|RT"
    r"|RV|SC|SH|SK|SM|SP|SS|ST|TH|TT|TZ|WD|WK|WL|WN|CH|TCH|YL|ZZ|[BCDFGHJKLMNPQRSTVWXZ])S?"
)
_NAMED = frozenset(
    {
        "JSON",
        "YAML",
        "MPEG",
        "JPEG",
        "SCSI",
        "UNRWA",
        "UNODC",
        "SADC",
        "CSPAN",
        "NSAID",
        "WEBP",
        "CAML",
        "SIMD",
        "MIMD",
        "SASL",
        "CHRIS",
        "LLOYD",
    }
)
"""Said as words all the same."""

_SPELLED = frozenset(
    {"OECD", "UCLA", "UNHCR", "ADHD", "USSR", "ECHR", "IPCC", "ADSL", "ESPN", "NCSA", "LAPD", "NYPD", "ISBN", "NYSE"}
)
"""What voices spell by themselves."""

_VOWEL = re.compile("[AEIOUY]")
_SAYABLE = re.compile(rf"(?:{_ONSET}?{_NUCLEUS}(?:{_CODA})?)+")


def sayable(word: str) -> bool:
    """Whether a word in capitals is made of syllables, or is read well as it stands.

    >>> [word for word in ("NATO", "ROTC", "STRONG", "FOMC", "IFRS", "OPCW", "LIDAR") if not sayable(word)]
    ['ROTC', 'FOMC', 'IFRS', 'OPCW']
    """
    if word in _NAMED or word in _SPELLED or not _VOWEL.search(word):
        return True
    return _SAYABLE.fullmatch(word.replace("Y", "J", 1) if word.startswith("Y") else word) is not None
