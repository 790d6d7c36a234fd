"""``narrate script`` and ``narrate spoken``: what will be said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from narrate.cli import options
from narrate.cli.contents import list_contents, tell_contents
from narrate.cli.coverage import coverage_fields, tell_coverage, write_report
from narrate.cli.lexicon import list_unknown
from narrate.cli.output import count, document, result, story, typed

if TYPE_CHECKING:
    from narrate.pipeline.making import Written

_LINE_BYTES = 100_000
"""A longer line is taken in pieces, so that one without end is spoken too."""


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the script here (default: standard output).",
)
@click.option("--edition", metavar="TITLE", help="One script of all articles, under this title.")
@click.option("-f", "--force", is_flag=True, help="Write over a FILE that is there.")
@options.chapters
@click.option("--contents", is_flag=True, help="List the chapters of ARTICLE, with the numbers for --chapters.")
@options.unknown
@options.coverage
@options.script_options
@options.facts_options
@options.out
@options.show
@options.as_json
@options.quiet
@click.pass_context
def script(context: click.Context, /, **given: Any) -> None:
    """Write the script of ARTICLE: every sentence, how it is spoken, pauses, chapters, music.

    Edit it, then 'narrate make SCRIPT' goes on from there.
    """
    from narrate.errors import UsageError
    from narrate.pipeline.making import write
    from narrate.pipeline.order import Order
    from narrate.pipeline.tools import equip
    from narrate.runtime.files import shown, write_atomic

    settings = options.settings_from(given)
    target = given["output"]
    if target and target.exists() and not given["force"]:
        raise UsageError(f"{shown(target)} is there already and may hold your edits; take another name or --force")
    if target and given["unknown"]:
        raise UsageError("--unknown lists words and writes no script; leave out -o, and use > for a file")
    order = Order(given["articles"], options.facts_from(given), given["edition"] or "", chapters=given["chapters"])
    with equip(settings) as tools:
        if given["contents"]:
            list_contents(order, settings, tools, as_json=given["as_json"])
            return
        written = write(order, settings, tools, target.parent if target else None)
        if given["unknown"]:
            list_unknown(written.script, settings, tools, as_json=given["as_json"])
            return
    if target:
        write_atomic(target, written.text.encode())
    if given["coverage"]:
        write_report(given["coverage"], [written.coverage])
    _hand_out(written, context.find_root().info_name or "narrate", given)


def _hand_out(written: Written, program: str, given: dict[str, Any]) -> None:
    """The script, or where it is; what it is made of, and what became of the article."""
    target, made = given["output"], written.script
    sentences = sum(len(segment.utterances) for segment in made.segments)
    quiet = given["quiet"] or given["as_json"]
    tell_contents(written.chapters, quiet=quiet)
    tell_coverage(written.coverage, quiet=quiet)
    if target and not quiet:
        made_of = f"{count(len(made.segments), 'segment')}, {count(sentences, 'sentence')}"
        story(f"{made_of}. Edit it, then: {program} make {typed(target)}")
    if given["as_json"]:
        document(
            {
                "ok": True,
                "title": made.title,
                "segments": len(made.segments),
                "sentences": sentences,
                **coverage_fields(written.coverage),
                "script": str(target) if target else written.text,
            }
        )
    elif target:
        result(str(target))
    else:
        click.echo(written.text.encode(), nl=False)  # a script is UTF-8, whatever the terminal is


@click.command()
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE]")
@click.option("--language", default="en", metavar="TAG", help="The language of the lines.")
@options.policy
@options.lexicon
def spoken(file: BinaryIO, language: str, **given: Any) -> None:
    """Print how each line of FILE (or standard input) will be spoken.

    Names that narrate's own lexicon has stay as written: the default voice has phonemes for them.
    """
    from dataclasses import replace

    from narrate.pipeline.reading import diction_of
    from narrate.pipeline.saying import spoken as speak

    diction = diction_of(replace(options.settings_from(given), starter_lexicon=False))
    for line in iter(lambda: file.readline(_LINE_BYTES), b""):
        result(speak(line.decode("utf-8", "replace").rstrip("\r\n"), language, diction))


COMMANDS = (script, spoken)
