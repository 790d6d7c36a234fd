"""``narrate lexicon``: how words are said; and the words of a script that may be said wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import count, document, result, story, table

if TYPE_CHECKING:
    from narrate.model import Lexeme, Script
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings

_show = click.option("--show", metavar="NAME", help="The lexicon of that show (default: your own, for all shows).")


@click.group()
def lexicon() -> None:
    """How words are said: list, add, import, export.

    \b
    narrate lexicon add "Nguyen = win"                a respelling, for every voice
    narrate lexicon add "quinoa = /kˈiːnwɑː/"         phonemes (IPA), for Piper and eSpeak
    narrate lexicon import names.pls                  W3C PLS 1.0, or another table
    """  # noqa: D301 # the backspace itself is what tells click to leave the lines alone


@lexicon.command(name="list")
@click.argument("word", required=False, default="")
@options.out
@_show
@options.as_json
def list_(word: str, *, as_json: bool, **given: Any) -> None:
    """List the entries that hold, or those for WORD; of several for one word the first counts."""
    from narrate.pipeline.lexicons import levels_of

    rows = [
        (entry, level)
        for level, entries in levels_of(options.settings_from(given))
        for entry in entries
        if word.casefold() in entry.written.casefold()
    ]
    if as_json:
        document({"ok": True, "entries": [_fields(entry, level) for entry, level in rows]})
        return
    table(
        ("WRITTEN", "SAID", "IPA", "LANGUAGE", "FROM"),
        [(entry.written, entry.spoken, entry.ipa, entry.language or "all", level) for entry, level in rows],
    )


@lexicon.command()
@click.argument("entries", nargs=-1, required=True, metavar="'WORD = SAID'…")
@options.out
@_show
@options.quiet
def add(entries: tuple[str, ...], *, quiet: bool, **given: Any) -> None:
    """Add entries to your lexicon, or a show's, in place of those for the same words."""
    from narrate.pipeline.lexicons import entry_of

    _add([entry_of(line) for line in entries], given, quiet=quiet)


@lexicon.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@options.out
@_show
@options.quiet
def import_(file: Path, *, quiet: bool, **given: Any) -> None:
    """Add the entries of FILE, W3C PLS 1.0 or a table, to your lexicon, or a show's."""
    from narrate.pipeline.lexicons import read_file

    _add(list(read_file(file)), given, quiet=quiet)


@lexicon.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--language", metavar="TAG", default="en", help="The language of a PLS file, which has one (default: en)."
)
@click.option("-f", "--force", is_flag=True, help="Write over a FILE that is there.")
@options.out
@_show
@options.quiet
def export(file: Path, language: str, *, force: bool, quiet: bool, **given: Any) -> None:
    """Write your lexicon, or a show's, to FILE: W3C PLS 1.0 if it ends in .pls or .xml, else a table."""
    from narrate.errors import UsageError
    from narrate.pipeline.lexicons import as_file, own_entries
    from narrate.runtime.files import shown, write_atomic

    if file.exists() and not force:
        raise UsageError(f"{shown(file)} is there already; take another name or --force")
    entries = own_entries(options.settings_from(given), show=bool(given["show"]))
    data, written = as_file(entries, file, language)
    write_atomic(file, data)
    if not quiet:
        story(f"{written} of {count(len(entries), 'entry').replace('entrys', 'entries')}.")
    result(str(file))


def list_unknown(script: Script, settings: Settings, tools: Tools, *, as_json: bool) -> None:
    """Print the words of a script that may be said wrong, most frequent first, as lines to paste into a lexicon."""
    from narrate.pipeline.unknown import unknown_in

    words = unknown_in(script, settings, tools)
    if as_json:
        rows = [{"word": row.word, "times": row.times, "ipa": row.heard, "line": row.line} for row in words]
        document({"ok": True, "words": rows})
        return
    for row in words:
        result(f"{row.line}  # {count(row.times, 'time')}")
    story(f"{count(len(words), 'word')} may be said wrong. Hear one: narrate say WORD; mend its line and add it:")
    story("narrate lexicon add 'WORD = as it sounds'")


def _add(entries: list[Lexeme], given: dict[str, Any], *, quiet: bool) -> None:
    from narrate.pipeline.lexicons import add_to, show_lexicon, user_lexicon

    settings = options.settings_from(given)
    path = show_lexicon(settings) if given["show"] else user_lexicon()
    replaced = add_to(path, entries)
    if not quiet:
        story(f"{len(entries) - replaced} added, {replaced} replaced.")
    result(str(path))


def _fields(entry: Lexeme, level: str) -> dict[str, object]:
    return {
        "written": entry.written,
        "said": entry.spoken,
        "ipa": entry.ipa,
        "language": entry.language,
        "case": entry.exact_case,
        "from": level,
    }


COMMANDS = (lexicon,)
