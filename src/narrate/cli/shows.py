"""``narrate list``, ``remove`` and ``show``: a show and its episodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import document, minutes, refusal, result, story, table, titled

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command("list")
@options.out
@options.show
@options.as_json
def list_episodes(**given: Any) -> None:
    """List the episodes of a show, the newest first."""
    from narrate.pipeline.shows import existing_show, in_feed, told_broken

    library = existing_show(options.show_folder(given))
    shown, told = in_feed(library), told_broken(library)
    if given["as_json"]:
        rows = [
            {
                "slug": episode.slug,
                "title": episode.title,
                "guid": episode.guid,
                "published": episode.published_utc,
                "duration_ms": episode.duration_ms,
                "season": episode.season,
                "number": episode.number,
                "in_feed": place < shown,
            }
            for place, episode in enumerate(library.newest_first())
        ]
        document({"ok": True, "show": library.show.title, "episodes": rows, "warnings": list(told)})
        return
    for sentence in told:
        refusal(sentence)
    table(
        ("PUBLISHED", "LENGTH", "EPISODE", "TITLE"),
        [
            (f"{episode.published:%Y-%m-%d}", minutes(episode.duration_ms), episode.slug, episode.title)
            for episode in library.newest_first()
        ],
    )


@click.command()
@click.argument("episodes", nargs=-1, required=True, metavar="EPISODE…")
@options.out
@options.show
@options.as_json
@options.quiet
def remove(episodes: Sequence[str], **given: Any) -> None:
    """Remove each EPISODE (its name in 'narrate list', its title or guid) from the show and its feed."""
    from narrate.pipeline.shows import remove as run

    removed = run(options.show_folder(given), tuple(episodes))
    if given["as_json"]:
        document({"ok": True, "removed": [episode.slug for episode in removed]})
        return
    for episode in removed:
        if not given["quiet"]:
            story(f"Removed {titled(episode.title)}")
        result(episode.slug)


@click.group(invoke_without_command=True)
@options.out
@options.show
@options.as_json
@click.pass_context
def show(context: click.Context, /, **given: Any) -> None:
    """Show the show's settings; 'set' changes one, 'init' begins a show."""
    context.obj = given
    if context.invoked_subcommand:
        return
    from narrate.pipeline.shows import existing_show, fields_of

    library = existing_show(options.show_folder(given))
    rows = fields_of(library.show)
    if given["as_json"]:
        document({"ok": True, "folder": str(library.folder), "show": {name: text for name, text, _ in rows}})
        return
    table(("FIELD", "VALUE", "WHAT IT IS"), rows)


def _either(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Options that may stand before or after the word 'set' or 'init'."""
    return before | {name: value for name, value in after.items() if value is not None}


@show.command("set")
@click.argument("field")
@click.argument("value")
@options.out
@options.show
@click.pass_obj
def set_one(before: dict[str, Any], /, field: str, value: str, **given: Any) -> None:
    """Give FIELD of the show a VALUE ("" brings the default back)."""
    from narrate.pipeline.shows import change_show

    library = change_show(options.show_folder(_either(before, given)), field, value)
    result(str(library.folder / "show.toml"))


@show.command()
@click.argument("title", default="")
@click.option("--language", default="en", metavar="TAG", help="The show's language.")
@options.out
@options.show
@click.pass_obj
def init(before: dict[str, Any], /, title: str, language: str, **given: Any) -> None:
    """Begin a show, with a TITLE of its own if you give one."""
    from narrate.pipeline.shows import begin_show

    library = begin_show(options.show_folder(_either(before, given)), title, language)
    result(str(library.folder / "show.toml"))


COMMANDS = (list_episodes, remove, show)
