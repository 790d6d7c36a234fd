"""Names of files, paths and what else only computers read."""

from __future__ import annotations

import re

from narrate.script.normalise.english.letters.spelling import letters, sign_by_sign
from narrate.script.normalise.rule import Later, Rule

_ENDINGS = (
    "pyi?|ipynb|jsx?|mjs|tsx?|txt|pdf|docx?|odt|rtf|xlsx?|pptx?|csv|tsv|json|xml|x?html?|css|md|rst|ya?ml|toml|ini|cfg|conf|sh|"
    "bat|exe|dll|zip|tar|gz|tgz|bz2|xz|jpe?g|png|gif|svg|webp|mp3|mp4|m4a|m4b|wav|ogg|opus|flac|mkv|avi|mov|epub|mobi|"
    "sql|db|log|cpp|hpp|java|rb|rs|go|deb|rpm|whl|iso|bak|tmp|dat|lock|srt|vtt|tex|bib"
)
_SAID = {
    "exe": "E.X.E",
    "tar": "tar",
    "zip": "zip",
    "py": "P.Y",
    "deb": "deb",
    "docx": "doc X",
    "pptx": "P.P.T X",
    "xlsx": "X.L.S X",
    "log": "log",
    "bat": "bat",
    "lock": "lock",
    "wav": "wave",
    "gif": "gif",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "opus": "opus",
    "flac": "flac",
    "java": "java",
    "json": "JSON",
    "text": "text",
    "yaml": "YAML",
    "toml": "TOML",
    "conf": "conf",
    "dat": "dat",
    "go": "go",
    "tex": "tex",
    "bib": "bib",
    "epub": "EPUB",
    "iso": "I.S.O",
    "ogg": "ogg",
}
"""Endings that are words, or that voices do not spell by themselves."""

_FILE = re.compile(rf"(?<![\w/\\.@:-])(?P<stem>[A-Za-z_][\w-]*(?:\.[\w-]+)*?)\.(?P<ending>{_ENDINGS})(?![\w/\\-]|\.\w)")
_PATH = re.compile(r"(?<![\w/\\.<:)\]])(?:~|\.{1,2})?(?:/[A-Za-z_.][\w.+@-]*){2,}(?<![.,])/?")
_ROOT = re.compile(
    r"(?<![\w/\\.<:)\]])/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|s?bin|srv|sys|tmp|usr|var)/?(?![\w/-])"
)
"""A folder at the root of a system."""

_DRIVE = re.compile(r"(?<!\w)[A-Z]:\\(?:[\w.$-]+\\)*(?:[\w.$-]*[\w$])?")


def _file(match: re.Match[str]) -> str:
    """A file's name, what stands between its words as a blank.

    >>> _FILE.sub(_file, "See report_2.pdf and setup.py.")
    'See report_2 dot PDF and setup dot P.Y.'
    """
    ending = match["ending"].lower()
    return f"{match['stem'].replace('.', ' dot ')} dot {_SAID.get(ending) or letters(ending)}"


def _sharp(match: re.Match[str]) -> str:
    return f"{match['name']} sharp"


PATHS = (
    Rule("path", _PATH, lambda match: sign_by_sign(match.group()), needs=("/",)),
    Rule("folder at the root", _ROOT, lambda match: sign_by_sign(match.group().rstrip("/")), needs=("/",)),
)
"""Before the names of sites that may stand in one."""

FILES = (
    Rule("path with a drive", _DRIVE, lambda match: sign_by_sign(match.group()), needs=(":\\",)),
    Rule("name of a file", _FILE, _file, needs=(".",)),
    Rule("plus signs of a language", Later(r"(?<=\b[A-Za-z])\+\+(?!\w)"), " plus plus", needs=("++",)),
    Rule("programming language", Later(r"(?<!\w)(?P<name>[CF])#(?!\w)"), _sharp, needs=("#",)),
)
