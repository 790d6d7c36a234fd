"""``narrate show`` and ``narrate episode``: what is said of a show and of one episode by hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import count, document, result, story, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.shell_completion import CompletionItem


@click.group(invoke_without_command=True)
@options.out
@options.show
@options.as_json
@click.pass_context
def show(context: click.Context, /, **given: Any) -> None:
    """Show the show's settings; 'set' changes them, 'init' begins a show, 'list' names all shows."""
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


def _names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields that begin so, for the shell."""
    from click.shell_completion import CompletionItem

    from narrate.pipeline.showing import field_names

    return [CompletionItem(name) for name in field_names() if name.startswith(incomplete)]


def _pairs(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Fields and values in turn, for the shell; of a value, those that Apple or the field itself allows."""
    from narrate.pipeline.showing import choices_of, field_names

    return _in_turn(context.params.get(parameter.name or "") or (), incomplete, field_names(), choices_of)


def _episode_pairs(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The same for an episode's fields."""
    from narrate.pipeline.particulars import choices_of, field_names

    return _in_turn(context.params.get(parameter.name or "") or (), incomplete, field_names(), choices_of)


def _in_turn(
    before: Sequence[str], incomplete: str, names: Sequence[str], choices: Callable[[str], Sequence[str]]
) -> list[CompletionItem]:
    """What may come after the words `before`: a field, or a value of the field that was named last."""
    from click.shell_completion import CompletionItem

    possible = names if len(before) % 2 == 0 else choices(before[-1])
    return [CompletionItem(_quoted(word)) for word in possible if word.lower().startswith(incomplete.lower())]


def _quoted(value: str) -> str:
    """A value as the shell must see it: bash takes what is completed as it is, the others quote it themselves."""
    bash = os.environ.get("_NARRATE_COMPLETE") == "bash_complete"
    return f"'{value}'" if bash and " " in value else value


def _paired(words: Sequence[str]) -> list[tuple[str, str]]:
    """FIELD VALUE FIELD VALUE … as pairs."""
    if not words or len(words) % 2:
        raise click.UsageError("each FIELD needs a VALUE after it, in quotes where it has blanks")
    return list(zip(words[::2], words[1::2], strict=True))


@show.command("set")
@click.argument("pairs", nargs=-1, required=True, metavar="FIELD VALUE [FIELD VALUE]…", shell_complete=_pairs)
@options.out
@options.show
@click.pass_obj
def set_fields(before: dict[str, Any], /, pairs: Sequence[str], **given: Any) -> None:
    """Give each FIELD of the show a VALUE ("" brings the default back): all of them, or none where one is wrong.

    A cover may be any picture; it is copied into the show's folder. Lists (persons, funding, podroll) are
    easier with 'add' and 'remove'.
    """
    from narrate.pipeline.showing import set_fields as run

    library, warnings = run(options.show_folder(_either(before, given)), _paired(pairs))
    for sentence in warnings:
        story(sentence)
    result(str(library.folder / "show.toml"))


@show.command("get")
@click.argument("field", shell_complete=_names)
@options.out
@options.show
@click.pass_obj
def get_field(before: dict[str, Any], /, field: str, **given: Any) -> None:
    """Print the value of one FIELD of the show, as 'set' takes it; a list has a line an element."""
    from narrate.pipeline.showing import value_of

    result(value_of(options.show_folder(_either(before, given)), field))


@show.command("add")
@click.argument("field", shell_complete=_names)
@click.argument("words", nargs=-1, required=True, metavar="VALUE")
@options.out
@options.show
@click.pass_obj
def add_element(before: dict[str, Any], /, field: str, words: Sequence[str], **given: Any) -> None:
    """Add VALUE to a list of the show, in place of the one that is called the same.

    \b
    narrate show add persons "Ann Example; role=host; href=https://example.org/ann"
    narrate show add funding https://example.org/support "Support the show"
    narrate show add podroll GUID FEED-URL "Its title"
    """  # noqa: D301 # the backspace itself is what tells click to leave the lines alone
    from narrate.pipeline.showing import add_to_list

    library = add_to_list(options.show_folder(_either(before, given)), field, " ".join(words))
    result(str(library.folder / "show.toml"))


@show.command("remove")
@click.argument("field", shell_complete=_names)
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@options.out
@options.show
@click.pass_obj
def remove_element(before: dict[str, Any], /, field: str, words: Sequence[str], **given: Any) -> None:
    """Remove what is called NAME (a person, an address, a guid) from a list of the show."""
    from narrate.pipeline.showing import remove_from_list

    library = remove_from_list(options.show_folder(_either(before, given)), field, " ".join(words))
    result(str(library.folder / "show.toml"))


@show.command("move")
@click.argument("url")
@click.option("--no-announce", is_flag=True, help="Do not tell apps in the feed (itunes:new-feed-url).")
@options.out
@options.show
@options.quiet
@click.pass_obj
def move(before: dict[str, Any], /, url: str, *, no_announce: bool, **given: Any) -> None:
    """Give the show another public address, URL: it stays the same show to apps, and its feed tells them."""
    from narrate.pipeline.showing import move_show

    moved = move_show(options.show_folder(_either(before, given)), url, announce=not no_announce)
    if not given["quiet"]:
        for sentence in _told(moved.old_feed_url, moved.library.feed_url, announced=moved.announced):
            story(sentence)
    result(moved.library.feed_url)


def _told(old: str, new: str, *, announced: bool) -> list[str]:
    """What is still to be done when a show has moved."""
    if not old:
        return ["The show had no other public address, so nobody needs to be told.", "Now: narrate publish"]
    return [
        "1. Publish the show at its new address: narrate publish",
        f"2. At the old place, redirect {old} to {new} for good (status 301), and keep the files there"
        " for four weeks at least; where you cannot redirect, put the new feed.xml there too."
        if announced
        else f"2. At the old place, redirect {old} to {new} for good (status 301); nothing else tells apps.",
        '3. When nobody asks at the old address any more: narrate show set new_feed_url ""'
        if announced
        else "3. Change the address where you gave it to directories.",
        "Sound files that are made keep the old address in their tags until they are made again; apps go by the feed.",
    ]


@show.command("list")
@options.out
@options.as_json
@click.pass_obj
def list_shows(before: dict[str, Any], /, **given: Any) -> None:
    """List the shows in --out: name, title, episodes, public address, whether directories may list it."""
    from narrate.pipeline.showing import shows_in

    held = _either(before, given) | {"as_json": given["as_json"] or before["as_json"]}
    shows = shows_in(Path(options.settings_from(held).out))
    if held["as_json"]:
        fields = ("name", "title", "episodes", "base_url", "listed", "error")
        document({"ok": True, "shows": [{name: getattr(each, name) for name in fields} for each in shows]})
        return
    rows = [
        (
            each.name,
            each.error or each.title,
            count(each.episodes, "episode"),
            each.base_url or "-",
            "listed" if each.listed else "not listed",
        )
        for each in shows
    ]
    table(("NAME", "TITLE", "EPISODES", "ADDRESS", "DIRECTORIES"), rows)


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


@click.command()
@click.argument("name", metavar="EPISODE")
@click.argument("pairs", nargs=-1, metavar="[FIELD VALUE]…", shell_complete=_episode_pairs)
@options.out
@options.show
@options.as_json
def episode(*, name: str, pairs: Sequence[str], **given: Any) -> None:
    """Show what is said of EPISODE by hand (type, season, number, licence, persons, soundbites, content links).

    Each FIELD with a VALUE after it is set; "" brings the default back. Lists have a line an element.
    """
    from narrate.pipeline.particulars import change_episode, fields_of_episode
    from narrate.pipeline.shows import existing_show

    folder = options.show_folder(given)
    changed = change_episode(folder, name, _paired(pairs)) if pairs else existing_show(folder).named(name)
    rows = fields_of_episode(changed)
    if given["as_json"]:
        document({"ok": True, "slug": changed.slug, "episode": {field: text for field, text, _ in rows}})
        return
    table(("FIELD", "VALUE", "WHAT IT IS"), rows)


COMMANDS = (show, episode)
