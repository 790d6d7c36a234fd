"""``narrate publish``: the show where the world fetches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import count, document, result, story, table
from narrate.cli.progress import progress

if TYPE_CHECKING:
    from narrate.pipeline.publishing import Published, Wish
    from narrate.settings import Settings


def _pairs(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Options for the driver, each with a name and a value."""
    for each in given:
        if not each.partition("=")[0] or "=" not in each:
            raise click.BadParameter(f"{each!r} is not NAME=VALUE; write it as endpoint_url=https://minio.example.org")
    return given


@click.command()
@click.argument("target", default="")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be sent and removed, in order; change nothing.")
@click.option("--delete", is_flag=True, help="Remove what earlier runs sent and the show no longer has.")
@click.option("--replace", is_flag=True, help="Publish over another show's feed.")
@click.option("--check", is_flag=True, help="Fetch the feed from its public address afterwards, and compare it.")
@click.option(
    "--option",
    "pairs",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="What the driver of TARGET needs, as endpoint_url=https://minio.example.org; may be given several times.",
)
@options.out
@options.show
@click.option("--progress", type=click.Choice(["auto", "bar", "lines", "none"]), help="How progress is shown.")
@options.as_json
@options.quiet
def publish(target: str, *, pairs: tuple[str, ...], **given: Any) -> None:
    """Put the show at TARGET: a folder, or a URL such as s3://BUCKET/FOLDER, gs://…, az://…, sftp://… or webdav://….

    Only what changed is sent, the feed last; a run that was stopped is gone on with. The
    show needs its public address: 'narrate show set base_url https://example.org/podcast/'.
    Passwords and keys are best left to the driver's own variables and files, such as AWS_PROFILE.
    """
    from narrate.pipeline.publishing import publish as run

    settings = options.settings_from(given)
    wish = _wish(target or settings.publish.target, settings, pairs, given)
    quiet = given["quiet"] or given["as_json"]
    with progress(settings.progress, quiet=quiet) as tell:
        published = run(options.show_folder(given), wish, tell)
    if given["check"] and not wish.dry_run:
        _check(published, settings)
    if given["as_json"]:
        document(_as_json(published, dry_run=wish.dry_run))
        return
    if not given["quiet"]:
        _tell(published, dry_run=wish.dry_run)
    if wish.dry_run:
        _rows(published)
    else:
        result(published.feed_url)


def _wish(target: str, settings: Settings, pairs: tuple[str, ...], given: dict[str, Any]) -> Wish:
    import shlex

    from narrate.errors import UsageError
    from narrate.pipeline.publishing import Wish, parse_options

    if not target:
        raise UsageError(
            "where to? 'narrate publish FOLDER', or a URL such as s3://BUCKET/FOLDER; or set publish.target"
        )
    words = f"{settings.publish.options} {shlex.join(pairs)}"
    wanted = {name: given[name] for name in ("dry_run", "delete", "replace")}
    return Wish(target, parse_options(words), **wanted)


def _check(published: Published, settings: Settings) -> None:
    from narrate.pipeline.publishing import refuse_unserved
    from narrate.pipeline.tools import equip

    with equip(settings) as tools:
        refuse_unserved(published, lambda url, most_bytes: tools.fetch(url, most_bytes).data)


def _tell(published: Published, *, dry_run: bool) -> None:
    plan = published.plan
    verb = "Would send" if dry_run else "Sent"
    story(f"{verb} {count(len(plan.sends), 'file')}, {_size(plan.size_bytes)}; {plan.kept} are there already.")
    foreign = [send.local.path for send in plan.sends if send.why == "changed at the target"]
    if foreign:
        story(f"  {count(len(foreign), 'file')} had been changed there by somebody else: {foreign[0]}")
    if plan.removals:
        story(f"  {'Would remove' if dry_run else 'Removed'} {count(len(plan.removals), 'file')}.")
    elif plan.gone:
        story(f"  {count(len(plan.gone), 'file')} that the show no longer has stay there; --delete removes them.")
    if not dry_run:
        story(f"Apps subscribe to {published.feed_url}")


def _rows(published: Published) -> None:
    """What would be done, a line each, in order."""
    plan = published.plan
    sends = [(f"send ({send.why})", str(send.local.size_bytes), send.local.path) for send in plan.sends]
    table(("WHAT", "BYTES", "FILE"), [*sends, *(("remove", "", path) for path in plan.removals)])


def _as_json(published: Published, *, dry_run: bool) -> dict[str, Any]:
    plan = published.plan
    return {
        "ok": True,
        "dry_run": dry_run,
        "target": published.target,
        "feed": published.feed_url,
        "sent": [
            {
                "path": send.local.path,
                "bytes": send.local.size_bytes,
                "sha256": send.local.sha256,
                "type": send.local.mime,
                "cache_control": send.local.cache,
                "why": str(send.why),
            }
            for send in plan.sends
        ],
        "bytes": plan.size_bytes,
        "kept": plan.kept,
        "removed": list(plan.removals),
        "gone": list(plan.gone),
    }


def _size(size_bytes: int) -> str:
    """A size for people.

    >>> _size(999), _size(1_500), _size(23_000_000)
    ('999 bytes', '2 kB', '23.0 MB')
    """
    if size_bytes >= 1_000_000:  # noqa: PLR2004 - a megabyte
        return f"{size_bytes / 1e6:.1f} MB"
    return f"{size_bytes / 1e3:.0f} kB" if size_bytes >= 1_000 else f"{size_bytes} bytes"  # noqa: PLR2004 - a kilobyte


COMMANDS = (publish,)
