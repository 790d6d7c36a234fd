"""``narrate feed``: what apps subscribe to."""

from __future__ import annotations

from typing import Any

import click

from narrate.cli import options
from narrate.cli.output import count, document, refusal, result, story, titled


@click.group(invoke_without_command=True)
@options.out
@options.show
@options.limits
@options.as_json
@click.pass_context
def feed(context: click.Context, /, **given: Any) -> None:
    """Write the show's feed again from its episodes, and say where it is."""
    context.obj = given
    if context.invoked_subcommand:
        return
    from narrate.pipeline.shows import in_feed, rewritten, told_broken
    from narrate.runtime.process import collect_seldom

    collect_seldom()
    library, pruned = rewritten(options.show_folder(given), options.limits_from(given))
    told = told_broken(library)
    if given["as_json"]:
        document(
            {
                "ok": True,
                "feed": str(library.feed),
                "url": library.feed_url,
                "episodes": library.count,
                "in_feed": in_feed(library),
                "pruned": [brief.slug for brief in pruned],
                "warnings": list(told),
            }
        )
        return
    for sentence in told:
        refusal(sentence)
    for brief in pruned:
        story(f"No longer in the feed: {titled(brief.title)} ({brief.slug})")
    kept = library.count - in_feed(library)
    story(f"{count(in_feed(library), 'episode')}; apps subscribe to {library.feed_url}")
    if kept:
        story(f"{count(kept, 'older episode')} beyond what the show keeps in the feed (keep, max_age_days)")
    result(str(library.feed))


COMMANDS = (feed,)
