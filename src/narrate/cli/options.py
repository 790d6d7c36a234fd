"""Options that several commands share, and the settings they make."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.pipeline.order import Facts, Limits, Numbering
    from narrate.settings import Settings

    Command = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but the result and errors.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Say more.")
out = click.option("--out", metavar="FOLDER", help="The folder that shows are made in (default: out).")
show = click.option("--show", metavar="NAME", help="The show, a folder in --out (default: narrated-articles).")

coverage = click.option(
    "--coverage",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write here what became of every part of the article: spoken, or skipped by which rule (JSON).",
)


_NUMBERING = (
    click.option(
        "--season",
        type=click.IntRange(0, 9_999_999),
        metavar="N",
        help="The season that the episode belongs to (default: the show's; 0: none).",
    ),
    click.option(
        "--number",
        type=click.IntRange(1, 9_999_999),
        metavar="N",
        help="Its number in the season, or in the show (default: the next).",
    ),
)

_KEEP = (
    click.option(
        "--keep",
        type=click.IntRange(0, 9_999_999),
        metavar="N",
        help="From now on keep only the newest N episodes in the feed (0: all); the others keep their folders.",
    ),
    click.option(
        "--max-age",
        type=click.IntRange(0, 9_999_999),
        metavar="DAYS",
        help="From now on keep only episodes of the last DAYS days in the feed (0: all).",
    ),
)

chapters = click.option(
    "--chapters",
    default="",
    metavar="NUMBERS",
    help="Only these chapters, as 3-5,8; 'narrate script ARTICLE --contents' lists them.",
)


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """A date as RFC 3339 writes one."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as wrong:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2026-11-24") from wrong


def _address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """An address on the web: show notes link to it, and some other kinds of address are commands."""
    if value and not _WEB.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not an address that begins with https:// or http://")
    return value


def _policies(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str] | None:
    """What is chosen, by the name of the policy; the last word on one holds."""
    chosen = {}
    for each in given:
        name, equals, choice = each.partition("=")
        if not equals:
            raise click.BadParameter(f"{each!r} has no '='; write it as notes=skip")
        chosen[name.strip().lower()] = choice.strip()
    return chosen or None


_WEB = re.compile(r"https?://[^\s<>\"]+")
formats = click.option(
    "--format",
    "formats",
    multiple=True,
    callback=lambda _context, _option, names: ",".join(names) or None,
    metavar="NAME[:KBPS]",
    help="The file to make, as mp3 or mp3:64 (default: mp3); may be given several times, the enclosure first.",
)
book = click.option(
    "--book",
    type=click.Choice(["sentence", "word", "none"]),
    help="The book that reads itself: marked by sentence (the default) or by word, or none.",
)
audiobook = click.option("--audiobook", is_flag=True, help="Make a W3C audiobook (.lpf) too.")
pictures = click.option(
    "--pictures",
    type=click.Choice(["shown", "described"]),
    help="The article's pictures, on the page and in the book: shown (the default), or only described in their words.",
)
captions = click.option("--captions", is_flag=True, help="Cut WebVTT and SRT to two lines of 42 characters.")
stereo = click.option("--stereo", is_flag=True, help="Keep music in stereo; the voice is in the middle.")
pauses = click.option(
    "--pauses",
    "--pauses-scale",
    "pauses_scale",
    type=float,
    metavar="FACTOR",
    help="How long the pauses: 1 is as they are written, 2 twice as long.",
)
on_error = click.option(
    "--on-error",
    type=click.Choice(["stop", "skip"]),
    help="A sentence that no voice can speak: stop (default), or skip it and say so in its place.",
)
policy = click.option(
    "--policy",
    multiple=True,
    callback=_policies,
    metavar="WHAT=CHOICE",
    help="What happens to notes, tables, code and the like, as notes=skip; 'narrate settings' lists them.",
)
lexicon = click.option(
    "--lexicon",
    multiple=True,
    callback=lambda _context, _option, paths: os.pathsep.join(paths) or None,
    metavar="FILE",
    help="How words are said: a table or a PLS file; may be given several times.",
)
unknown = click.option(
    "--unknown", is_flag=True, help="List the words that may be said wrong instead, as lines for a lexicon."
)
purpose = click.option(
    "--for",
    "purpose",
    metavar="PURPOSE",
    help="What it is for: podcast, study (slower, levels and lengths said) or plain (no announcements).",
)
_SPEAKING = (
    click.option("--engine", metavar="NAME", help="The engine that speaks: piper, pyttsx3, tone or one you installed."),
    click.option("--voice", metavar="NAME", help="The voice that reads; 'narrate voices' lists them."),
    click.option(
        "--repeatable",
        is_flag=True,
        default=None,
        help="Have voices that vary speak alike every time: the same bytes from an empty cache too, but flatter.",
    ),
    click.option("--speed", metavar="FACTOR", type=float, help="How fast: 1 is the voice's own rate."),
)
_SCRIPT = (
    purpose,
    click.option("--cast", metavar="NAME", help="Which voice speaks headings, quotes and notes."),
    click.option("--music", metavar="FILE", help="The music: an audio file, 'default' or 'none'."),
    click.option(
        "--music-bed", metavar="FILE", help="Music that plays on softly under it: a file, 'default' or 'none'."
    ),
    click.option("--no-music", "music", flag_value="none", help="No music."),
    click.option("--no-disclosure", is_flag=True, help="Do not say at the start that a machine reads."),
    policy,
    lexicon,
)
_FETCHING = (click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses too."),)
_FACTS = (
    click.option("--title", metavar="TEXT", help="The article's title, where its text does not say."),
    click.option("--author", multiple=True, help="Its author; may be given several times."),
    click.option("--date", "published", callback=_day, metavar="YYYY-MM-DD", help="When it was published."),
    click.option("--url", callback=_address, metavar="URL", help="Where it stands on the web."),
    click.option("--language", metavar="TAG", help="Its language: en, en-GB, de."),
)
_NOT_SETTINGS = {"no_disclosure"}


def _all(options: tuple[Callable[[Command], Command], ...]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


speaking = _all(_SPEAKING)
script_options = _all((*_SPEAKING, *_SCRIPT, *_FETCHING))
facts_options = _all(_FACTS)
limits = _all(_KEEP)
numbering = _all(_NUMBERING)

SETTING_OPTIONS = (
    "purpose",
    "engine",
    "voice",
    "speed",
    "repeatable",
    "cast",
    "music",
    "out",
    "show",
    "jobs",
    "on_error",
    "progress",
    "policy",
    "lexicon",
    "formats",
    "book",
    "pictures",
)
FACT_OPTIONS = ("title", "author", "published", "url", "language")


def settings_from(options: dict[str, Any]) -> Settings:
    """The settings that hold here with these options of a command. Raises `SettingsError`."""
    from narrate.runtime.places import config_file
    from narrate.settings import load_settings

    given = {name: options[name] for name in SETTING_OPTIONS if options.get(name) is not None}
    if options.get("no_disclosure"):
        given["disclosure"] = False
    if options.get("music_bed") is not None:
        given["music.bed"] = options["music_bed"]
    given |= {flag: True for flag in ("stereo", "captions", "audiobook") if options.get(flag)}
    if options.get("pauses_scale") is not None:
        given["pauses.scale"] = options["pauses_scale"]
    if options.get("allow_private"):
        given["fetch.private"] = True
    return load_settings(given, os.environ, Path.cwd(), config_file())


def show_folder(options: dict[str, Any]) -> Path:
    """The folder of the show that is meant. Raises `SettingsError`."""
    settings = settings_from(options)
    return Path(settings.out) / settings.show


def limits_from(options: dict[str, Any]) -> Limits:
    """What the options say of how much the feed keeps."""
    from narrate.pipeline.order import Limits

    return Limits(options.get("keep"), options.get("max_age"))


def numbering_from(options: dict[str, Any]) -> Numbering:
    """The season and the number that the options ask for. Raises `UsageError`."""
    from narrate.errors import UsageError
    from narrate.pipeline.order import Numbering

    number = options.get("number")
    if number and len(options["articles"]) > 1:
        raise UsageError("--number is for one article; several have the numbers that follow on the last one's")
    return Numbering(options.get("season"), number)


def facts_from(options: dict[str, Any]) -> Facts:
    """What the options say of the article, as `Facts`."""
    from narrate.pipeline.order import Facts

    published = options.get("published")
    return Facts(
        title=options.get("title") or "",
        authors=tuple(options.get("author") or ()),
        published=published,
        url=options.get("url") or "",
        language=options.get("language") or "",
    )
