"""``narrate settings``, ``narrate cache`` and ``narrate completion``: this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import document, result, table

if TYPE_CHECKING:
    from narrate.runtime.cache import Cache
    from narrate.settings.table import Setting, Value

SHELLS = ("bash", "zsh", "fish")
_DAY_S = 86_400


@click.command()
@options.purpose
@options.out
@options.show
@options.as_json
def settings(**given: Any) -> None:
    """Show every setting, its value, and who chose it."""
    from narrate.settings import SETTINGS, value_of

    held = options.settings_from(given)
    rows = [(row.name, _public(row, value_of(held, row.name)), held.sources[row.name], row.help) for row in SETTINGS]
    if given["as_json"]:
        document(
            {"ok": True, "settings": {name: {"value": value, "source": source} for name, value, source, _ in rows}}
        )
        return
    table(
        ("SETTING", "VALUE", "FROM", "WHAT IT DOES"),
        [(name, _shown(value), source, words) for name, value, source, words in rows],
    )


def _public(row: Setting, value: Value) -> Value:
    """The value, without the passwords that options of a driver may hold."""
    if row.kind != "options" or not value:
        return value
    from narrate.pipeline.publishing import without_secrets

    return without_secrets(str(value))


def _shown(value: object) -> str:
    """A value as settings files write it.

    >>> _shown(True), _shown(""), _shown(1.5)
    ('true', '""', '1.5')
    """
    if isinstance(value, bool):
        return str(value).lower()
    return '""' if value == "" else str(value)


@click.group(invoke_without_command=True)
@options.as_json
@click.pass_context
def cache(context: click.Context, *, as_json: bool) -> None:
    """Show what is kept so that nothing is spoken or encoded twice; 'prune' and 'clear' make room."""
    if context.invoked_subcommand:
        return
    kept = _cache()
    usage = kept.size()
    if as_json:
        document(
            {
                "ok": True,
                "folder": str(kept.folder),
                "kinds": {row.kind: {"entries": row.entries, "bytes": row.size_bytes} for row in usage},
            }
        )
        return
    table(
        ("KIND", "ENTRIES", "MB"),
        [(row.kind or "old", str(row.entries), f"{row.size_bytes / 1e6:.1f}") for row in usage],
    )
    result(str(kept.folder))


@cache.command()
@click.option("--max-gb", type=float, metavar="GB", help="Keep at most this much (default: the setting cache_max_gb).")
@click.option("--older-than", type=float, metavar="DAYS", help="Remove what was not used for this long.")
def prune(max_gb: float | None, older_than: float | None) -> None:
    """Remove what was not used for long, the oldest first."""
    limit_gb = options.settings_from({}).cache_max_gb if max_gb is None and older_than is None else max_gb
    _removed(None if limit_gb is None else int(limit_gb * 1e9), None if older_than is None else older_than * _DAY_S)


@cache.command()
def clear() -> None:
    """Remove everything that no running command uses."""
    _removed(0, None)


def _removed(max_bytes: int | None, older_than_s: float | None) -> None:
    pruned = _cache().prune(max_bytes, older_than_s)
    result(
        f"removed {pruned.entries} entries, {pruned.size_bytes / 1e6:.1f} MB; "
        f"{pruned.left_entries} left, {pruned.left_bytes / 1e6:.1f} MB"
    )


def _cache() -> Cache:
    from narrate.runtime.cache import Cache
    from narrate.runtime.places import cache_folder

    return Cache(cache_folder(options.settings_from({}).cache_dir))


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete narrate's commands and options.

    \b
    bash:  eval "$(narrate completion bash)"      in ~/.bashrc
    zsh:   eval "$(narrate completion zsh)"       in ~/.zshrc
    fish:  narrate completion fish > ~/.config/fish/completions/narrate.fish
    """  # noqa: D301 # the backspace itself is what tells click to leave the lines alone
    from click.shell_completion import get_completion_class

    root = context.find_root()
    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"no completion for {shell}")
    click.echo(made(root.command, {}, "narrate", "_NARRATE_COMPLETE").source())


COMMANDS = (settings, cache, completion)
