"""A lexicon as a table that a person writes: a word, an equals sign, and what is said for it.

::

    # a note
    Nguyen = win
    Xi Jinping = Shee Jinping /ʃˈiː dʒɪnpˈɪŋ/
    quinoa = /kˈiːnwɑː/
    US = United States
    polish = Poe lish [case]
    [de]
    Montage = Mohn tahge

Between slashes stand phonemes, for engines that take them. A line with a language in square brackets says what
language the entries below it are for, ``[*]`` that they are for all. ``[case]`` after an entry keeps it to these
very letters, as does a word in capitals (``WHO`` is not ``who``); ``[any case]`` undoes that. Quotation marks hold
what these signs are in.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from narrate.errors import SettingsError
from narrate.model import Lexeme
from narrate.script.lexicon_ipa import can_be_heard, foreign_sign, tidy_ipa

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_ENTRIES = 50_000
MOST_CHARACTERS = 200
"""Of a written form, of a spoken one, of a transcription."""

_SECTION = re.compile(r"\[\s*(?P<language>\*|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*\]\s*(?:#.*)?")
_ENTRY = re.compile(r'(?:"(?P<quoted>[^"]*)"|(?P<bare>[^="]*?))(?:(?<!\s)\s++|(?!\s))=\s*+(?P<rest>.*)', re.DOTALL)
_REST = re.compile(
    r'(?:"(?P<quoted>[^"]*)"|(?P<bare>[^"\[\]]*?))(?:(?<!\s)\s++|(?!\s))'
    r"(?:(?<!\S)/(?P<ipa>[^/]*)/)?\s*+(?:\[(?P<options>[^\]]*)\])?\s*+(?:(?<!\S)#.*)?",
    re.DOTALL,
)
_TAG = re.compile(r"\*|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_EXACT, _ANY = "case", "any case"
_SIGNS = re.compile(r'[="\[\]#/]')
_FEW = 6
"""Letters of a word in capitals that is taken to be one for its capitals."""
_ALLOWED = "a line is 'word = how it is said', with phonemes between slashes if you like: Nguyen = win /wɪn/"


def read_lexicon(text: str, where: str) -> tuple[Lexeme, ...]:
    r"""The entries of a table. Raises `SettingsError` with the file (`where`), the line and what is allowed.

    >>> [(entry.written, entry.spoken) for entry in read_lexicon("Nguyen = win  # said so\n", "a.txt")]
    [('Nguyen', 'win')]
    """
    lines: dict[_Key, int] = {}
    found: list[Lexeme] = []
    for number, _language, entry in _read_lines(text, where):
        if entry:
            if lines.setdefault(_key(entry), number) != number:
                first = lines[_key(entry)]
                raise SettingsError(
                    f"{where}, line {number}: '{entry.written}' stands on line {first} already; keep one of the two"
                )
            found.append(entry)
    if len(found) > MOST_ENTRIES:
        raise SettingsError(f"{where} has {len(found)} entries, {MOST_ENTRIES} are allowed; leave some out")
    return tuple(found)


def read_entry(line: str, at: str) -> Lexeme:
    """The entry of one line. Raises `SettingsError` that begins with `at`."""
    return checked(_entry(unicodedata.normalize("NFC", line).strip(), "", at), at)


def with_added(text: str, entries: Sequence[Lexeme], where: str) -> tuple[str, int]:
    r"""A table with entries at its end, in place of those for the same words, and how many of those there were.

    Whatever else stands there stays as a person wrote it.

    >>> with_added("# mine\nNguyen = nuyen\n", [Lexeme("Nguyen", "win")], "a.txt")
    ('# mine\nNguyen = win\n', 1)
    """
    wanted = {_key(entry) for entry in entries}
    kept: list[str] = []
    last = ""
    lines = text.removeprefix("\ufeff").split("\n")
    for number, language, entry in _read_lines(text, where):
        last = language
        if entry is None or _key(entry) not in wanted:
            kept.append(lines[number - 1].rstrip("\r"))
    before = "\n".join(kept).rstrip("\n")
    return (f"{before}\n" if before else "") + write_lexicon(entries, last), len(lines) - len(kept)


def _read_lines(text: str, where: str) -> Iterator[tuple[int, str, Lexeme | None]]:
    """Each line: its number, the language that holds after it, and its entry if it has one."""
    language = ""
    lines = unicodedata.normalize("NFC", text).removeprefix("\ufeff").split("\n")
    for number, line in enumerate(map(str.strip, lines), 1):
        at = f"{where}, line {number}"
        entry: Lexeme | None = None
        if section := _SECTION.fullmatch(line):
            language = section["language"].replace("*", "")
        elif line and not line.startswith("#"):
            entry = checked(_entry(line, language, at), at)
        yield number, language, entry


_Key = tuple[str, str, bool]


def _key(entry: Lexeme) -> _Key:
    """What two entries for the same word have in common."""
    return (entry.written if entry.exact_case else entry.written.lower(), entry.language, entry.exact_case)


def _entry(line: str, language: str, at: str) -> Lexeme:
    match = _ENTRY.fullmatch(line)
    rest = _REST.fullmatch(match["rest"]) if match else None
    if match is None or rest is None:
        raise SettingsError(f"{at}: “{line[:60]}” is no entry; {_ALLOWED}")
    written = _one_line(match["quoted"] or match["bare"] or "")
    exact, own = _options(rest["options"] or "", at)
    return Lexeme(
        written,
        _one_line(rest["quoted"] or rest["bare"] or ""),
        tidy_ipa(rest["ipa"] or ""),
        language if own is None else own,
        exact_case=_is_capitals(written) if exact is None else exact,
    )


def _options(written: str, at: str) -> tuple[bool | None, str | None]:
    """Whether case counts, and the language; None where nothing is said of it."""
    exact: bool | None = None
    language: str | None = None
    for option in filter(None, (each.strip() for each in written.split(","))):
        if option in {_EXACT, _ANY}:
            exact = option == _EXACT
        elif _TAG.fullmatch(option):
            language = option.replace("*", "")
        else:
            raise SettingsError(
                f"{at}: there is no option '{option}'; allowed: {_EXACT}, {_ANY} or a language such as de"
            )
    return exact, language


def checked(entry: Lexeme, at: str) -> Lexeme:
    """The entry, if it can be used; raises `SettingsError` that begins with `at`."""
    if not any(map(str.isalnum, entry.written)) or '"' in entry.written or not entry.written.isprintable():
        raise SettingsError(f"{at}: “{entry.written[:60]}” is no word that can stand in a text; {_ALLOWED}")
    if not entry.spoken and not entry.ipa:
        raise SettingsError(f"{at}: '{entry.written}' is not told how it is said; {_ALLOWED}")
    for text in (entry.written, entry.spoken, entry.ipa):
        if len(text) > MOST_CHARACTERS:
            raise SettingsError(f"{at}: “{text[:60]}…” has more than {MOST_CHARACTERS} characters; make it shorter")
    if entry.spoken and (
        not any(map(str.isalnum, entry.spoken))
        or not entry.spoken.isprintable()
        or _SIGNS.search(entry.spoken.replace("/", ""))
    ):
        raise SettingsError(f"{at}: “{entry.spoken}” cannot be said; allowed are words, spelled as they sound")
    sign = foreign_sign(entry.ipa)
    if sign or (entry.ipa and not can_be_heard(entry.ipa)):
        what = f"the sign '{sign}' (U+{ord(sign):04X}) is not of" if sign else f"“{entry.ipa}” has no letter of"
        raise SettingsError(
            f"{at}: {what} the International Phonetic Alphabet; write the phonemes of '{entry.written}' in it"
        )
    return entry


def write_lexicon(entries: Iterable[Lexeme], language: str = "") -> str:
    """A table that `read_lexicon` reads back the same; `language` holds before it."""
    lines: list[str] = []
    for entry in entries:
        if entry.language != language:
            language = entry.language
            lines.append(f"[{language or '*'}]")
        lines.append(line_of(entry, language))
    return "".join(f"{line}\n" for line in lines)


def line_of(entry: Lexeme, language: str = "") -> str:
    """An entry as a line of a table, where `language` holds.

    >>> line_of(Lexeme("Siobhan", "Shivawn", "ʃɪvˈɔːn")), line_of(Lexeme("E=mc2", "E equals", "", "en", True))
    ('Siobhan = Shivawn /ʃɪvˈɔːn/', '"E=mc2" = E equals [case, en]')
    """
    said = [_quoted(entry.spoken)] if entry.spoken else []
    if entry.ipa:
        said.append(f"/{entry.ipa}/")
    options = [] if entry.exact_case == _is_capitals(entry.written) else [_EXACT if entry.exact_case else _ANY]
    if entry.language != language:
        options.append(entry.language or "*")
    if options:
        said.append(f"[{', '.join(options)}]")
    return f"{_quoted(entry.written)} = {' '.join(said)}"


def _quoted(text: str) -> str:
    return f'"{text}"' if _SIGNS.search(text) else text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_capitals(written: str) -> bool:
    """Whether a word is known by its capitals.

    >>> _is_capitals("WHO"), _is_capitals("GIFs"), _is_capitals("I"), _is_capitals("NETANYAHU")
    (True, False, False, False)
    """
    letters = [character for character in written if character.isalpha()]
    return 1 < len(letters) <= _FEW and " " not in written and all(map(str.isupper, letters))
