"""``narrate list`` and ``remove``: the episodes of a show."""

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


COMMANDS = (list_episodes, remove)
