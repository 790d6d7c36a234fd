"""``narrate make``: articles to episodes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.coverage import coverage_fields, tell_coverage, write_report
from narrate.cli.output import count, document, minutes, refusal, result, story, titled, typed
from narrate.cli.player import opened
from narrate.cli.progress import progress

if TYPE_CHECKING:
    from narrate.pipeline.order import Failed, Made, Result


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option("--edition", metavar="TITLE", help="Make one episode of all articles, under this title.")
@click.option("--new", is_flag=True, help="Make another episode of an article that is one already.")
@options.chapters
@click.option("--split", is_flag=True, help="Make an episode of each chapter of a book, or of each top heading's text.")
@options.coverage
@options.script_options
@options.facts_options
@options.formats
@options.stereo
@options.pictures
@options.captions
@options.book
@options.audiobook
@options.pauses
@options.on_error
@options.out
@options.show
@options.numbering
@options.limits
@click.option("--jobs", type=int, metavar="N", help="How many sentences are spoken at once (default: all cores).")
@click.option("--open", "open_it", is_flag=True, help="Open the episode's page when it is made.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be made; speak and write nothing.")
@click.option("--progress", type=click.Choice(["auto", "bar", "lines", "none"]), help="How progress is shown.")
@options.as_json
@options.quiet
@options.verbose
@click.pass_context
def make(context: click.Context, /, **given: Any) -> int:
    """Make an episode of each ARTICLE and add it to the show's feed.

    ARTICLE is a file (text, Markdown, HTML, EPUB, DOCX, PDF), an address on the web, a
    script that 'narrate script' wrote, or - for standard input; a folder, a pattern as '*.md' or
    a feed stands for the articles in it. An article that is an episode already is made again
    under the same name, and apps see the same episode.
    """
    from narrate.runtime.process import prepare

    prepare()
    from narrate.pipeline.making import make as run
    from narrate.pipeline.order import Order
    from narrate.pipeline.tools import equip

    settings = options.settings_from(given)
    order = Order(
        given["articles"],
        options.facts_from(given),
        edition=given["edition"] or "",
        new=given["new"],
        dry_run=given["dry_run"],
        chapters=given["chapters"],
        split=given["split"],
        measure=given["verbose"] or given["as_json"],
        limits=options.limits_from(given),
        numbering=options.numbering_from(given),
    )
    quiet = given["quiet"] or given["as_json"]
    with equip(settings) as tools, progress(settings.progress, quiet=quiet) as tell:
        made = run(order, settings, tools, tell)
    if given["coverage"]:
        write_report(given["coverage"], [one.coverage for one in made.made])
    for one in made.made if quiet else ():
        tell_coverage(one.coverage, quiet=True)
    if given["as_json"]:
        document(_as_json(made))
    else:
        _report(made, context.find_root().info_name or "narrate", quiet=quiet, verbose=given["verbose"])
    for audio in [one.audio for one in made.made if given["open_it"] and one.audio][-1:]:
        if not opened(audio.with_name("index.html")):
            story(f"Nothing here can open a page; it is {audio.with_name('index.html')}")
    return _exit_code(made)


def _exit_code(made: Result) -> int:
    """0 if all is made, 1 if something failed or was left out, 2 if nothing could be made of a call that is wrong."""
    codes = {failure.error.exit_code for failure in made.failed}
    if not codes:
        return int(any(one.left_out for one in made.made))
    return max(codes) if len(codes) == 1 and not made.made else 1


def _report(made: Result, program: str, *, quiet: bool, verbose: bool) -> None:
    for one in made.made:
        if not quiet:
            _tell(one, verbose=verbose)
        for left_out in one.left_out:
            refusal(f"left out of {titled(one.episode.title)}: {left_out.reason}")
        if one.audio:
            result(str(one.audio))
    for book in () if quiet else made.books:
        story(f"A book of all chapters: {book}")
    for failure in made.failed:
        refusal(str(failure.error))
    if any(one.audio for one in made.made) and not quiet:
        story(f"Listen and subscribe: {program} serve --lan{_where(made)}")


def _where(made: Result) -> str:
    """The options that lead `serve` to the same folder, where it is not the usual one."""
    out = made.folder.parent
    return "" if str(out) == "out" else f" --out {typed(out)}"


def _tell(one: Made, *, verbose: bool) -> None:
    episode = one.episode
    words = {"new": "Made", "remade": "Made again", "unchanged": "Nothing has changed in", "planned": "Would make"}
    story(f"{words[one.outcome]} {titled(episode.title)}")
    facts = [count(one.utterances, "sentence"), f"read by {episode.voice}"]
    if one.outcome == "planned":
        facts.append(f"{one.spoken} of them yet to be spoken")
    if episode.chapters:
        facts = [count(len(episode.chapters), "chapter"), *facts]
    if episode.duration_ms:
        facts = [f"{minutes(episode.duration_ms)} long", *facts]
    story(f"  {', '.join(facts)}")
    for warning in one.warnings:
        story(f"  {warning}")
    for brief in one.pruned:
        story(f"  No longer in the feed: {titled(brief.title)} ({brief.slug})")
    if verbose:
        story(f"  {one.spoken} spoken and {one.encoded} of {count(one.units, 'unit')} encoded now")
        if one.running_on > 1:
            story(f"  a bed plays on through {one.running_on} units: a change in one encodes all of them again")
        story(f"  gain {one.gain_db:+.1f} dB")
        for name, heard in one.heard.items():
            story(f"  {name} decodes to {heard.target_lufs:.2f} LUFS, {heard.ceiling_dbtp:.2f} dBTP at most")


def _as_json(made: Result) -> dict[str, Any]:
    return {
        "ok": not made.failed and not any(one.left_out for one in made.made),
        "show": str(made.folder),
        "episodes": [_episode(one) for one in made.made],
        "books": [str(book) for book in made.books],
        "failed": [_failure(failure) for failure in made.failed],
    }


def _episode(one: Made) -> dict[str, Any]:
    episode = one.episode
    return {
        "outcome": one.outcome.value,
        "title": episode.title,
        "guid": episode.guid,
        "audio": str(one.audio) if one.audio else None,
        "duration_ms": episode.duration_ms,
        "published": episode.published.isoformat(),
        "voice": episode.voice,
        "language": episode.language,
        "chapters": [{"start_ms": chapter.start_ms, "title": chapter.title} for chapter in episode.chapters],
        "files": [
            {"role": file.role.value, "name": file.name, "bytes": file.size_bytes, "sha256": file.sha256}
            for file in episode.files
        ],
        "utterances": one.utterances,
        "spoken": one.spoken,
        "units": one.units,
        "encoded": one.encoded,
        "running_on": one.running_on,
        "gain_db": one.gain_db,
        "loudness": [
            {"name": name, "lufs": round(heard.target_lufs, 2), "dbtp": round(heard.ceiling_dbtp, 2)}
            for name, heard in one.heard.items()
        ],
        "left_out": [asdict(each) for each in one.left_out],
        "pruned": [brief.slug for brief in one.pruned],
        "warnings": list(one.warnings),
        "words": coverage_fields(one.coverage).get("words"),
    }


def _failure(failure: Failed) -> dict[str, str]:
    return {"article": failure.article, "code": failure.error.code, "message": str(failure.error)}


COMMANDS = (make,)
