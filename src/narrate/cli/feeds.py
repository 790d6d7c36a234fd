"""``narrate feed``: what apps subscribe to."""

from __future__ import annotations

from typing import Any

import click

from narrate.cli import options
from narrate.cli.output import count, document, result, story


@click.group(invoke_without_command=True)
@options.out
@options.show
@options.as_json
@click.pass_context
def feed(context: click.Context, /, **given: Any) -> None:
    """Write the show's feed again from its episodes, and say where it is."""
    context.obj = given
    if context.invoked_subcommand:
        return
    from narrate.pipeline.shows import rebuild

    library = rebuild(options.show_folder(given))
    if given["as_json"]:
        document({"ok": True, "feed": str(library.feed), "url": library.feed_url, "episodes": len(library.episodes)})
        return
    story(f"{count(len(library.episodes), 'episode')}; apps subscribe to {library.feed_url}")
    result(str(library.feed))


COMMANDS = (feed,)
