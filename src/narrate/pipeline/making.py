"""The steps in their order: an `Order` becomes a `Result`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import NarrateError, UsageError
from narrate.mix import lay_out, load_music
from narrate.model import Article, Episode, Script
from narrate.pipeline.casting import cast_voices, narrator
from narrate.pipeline.encoding import Units, encode_all
from narrate.pipeline.order import Event, Failed, Made, Outcome, Result, Stage
from narrate.pipeline.packing import Mixed, identity_of, pack
from narrate.pipeline.performing import Takes, perform_all
from narrate.pipeline.reading import read_source, script_of, style_of
from narrate.pipeline.shows import changed, open_show
from narrate.runtime.files import shown, storage_error
from narrate.runtime.staging import lock_show
from narrate.runtime.workers import usable_cores
from narrate.script import dump_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.pipeline.order import Listener, Order
    from narrate.pipeline.shows import Library
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings

FORMAT = "mp3"
"""The enclosure's format."""


def make(order: Order, settings: Settings, tools: Tools, tell: Listener) -> Result:
    """Make what is ordered, each episode as soon as its script is there; what fails does not stop the others.

    Raises:
        NarrateError: nothing can be made at all (the show cannot be opened, the call is wrong).
    """
    folder = Path(settings.out) / settings.show
    library = open_show(folder, guid=tools.new_guid())
    failed: list[Failed] = []
    made: list[Made] = []
    with tools.cache.in_use():
        for name, script in _scripts(order, settings, tools, library, failed, tell):
            try:
                made.append(_produce(script, folder, settings, tools, tell, order))
            except NarrateError as error:
                failed.append(Failed(name, error))
    tools.cache.prune_daily(int(settings.cache_max_gb * 1e9))
    return Result(tuple(made), tuple(failed), folder, library.feed)


def write(order: Order, settings: Settings, tools: Tools) -> tuple[Script, str]:
    """The script of what is ordered, as a value and as the text of a script file.

    Raises:
        NarrateError: an article cannot be read; several articles without an edition's title.
    """
    if len(order.articles) > 1 and not order.edition:
        raise UsageError("a script is of one article; --edition TITLE makes one script of several")
    folder = Path(settings.out) / settings.show
    failed: list[Failed] = []
    scripts = list(_scripts(order, settings, tools, open_show(folder), failed, lambda _: None))
    if failed:
        raise failed[0].error
    return scripts[0][1], dump_script(scripts[0][1])


def _scripts(
    order: Order, settings: Settings, tools: Tools, library: Library, failed: list[Failed], tell: Listener
) -> Iterator[tuple[str, Script]]:
    """The scripts of the episodes that are ordered, each with the article's name; what cannot be read goes to `failed`."""
    style = style_of(settings, library.show)
    articles: list[Article] = []
    for done, name in enumerate(order.articles, 1):
        tell(Event(Stage.READ, done, len(order.articles), name))
        try:
            source = read_source(name, order.facts, library.folder, tools, style)
            if not order.edition:
                yield name, source if isinstance(source, Script) else script_of([source], settings, tools, library.show)
            elif isinstance(source, Script):
                raise UsageError(f"{shown(name)} is a script, and an edition is made of articles; make it by itself")
            else:
                articles.append(source)
        except NarrateError as error:
            failed.append(Failed(name, error))
    if articles:
        yield order.edition, script_of(articles, settings, tools, library.show, order.edition)


def _produce(script: Script, folder: Path, settings: Settings, tools: Tools, tell: Listener, order: Order) -> Made:
    voices = cast_voices(script, settings, tools)
    if order.dry_run:
        return _planned(script, Takes.of(script, voices, tools), settings, tools)
    with lock_show(folder):
        pass  # a folder that cannot be written is better known before an hour is spoken
    jobs = settings.jobs or usable_cores()
    takes = perform_all(script, voices, tools, jobs, tell)
    score = load_music(script.music)
    timeline = lay_out(script, takes, voices, score, settings.loudness, settings.pauses)
    form = tools.formats[FORMAT]
    units = Units(timeline, takes, score, tools, form)
    encode_all(units, jobs, tell)
    tell(Event(Stage.WRITE, 0, 1, script.title))
    fingerprints = tuple(sorted({tools.engine(voice).fingerprint(voice) for voice in voices}))
    voice = narrator(script.language, script.voice, settings, tools)
    mixed = Mixed(script, voice, timeline, units, fingerprints)
    episode, outcome = _store(mixed, folder, tools, order)
    tell(Event(Stage.WRITE, 1, 1, script.title))
    return Made(
        episode=episode,
        audio=folder / episode.slug / episode.files[0].name,
        outcome=outcome,
        utterances=len(takes),
        spoken=takes.kept.made,
        units=len(units),
        encoded=units.kept.made,
        gain_db=timeline.gain_db,
        warnings=(str(tools.cache.complaint()),) if tools.cache.failures else (),
    )


def _store(mixed: Mixed, folder: Path, tools: Tools, order: Order) -> tuple[Episode, Outcome]:
    try:
        with changed(folder, mixed.script.language, tools.new_guid()) as change:
            before = change.library.episodes
            episode = pack(change, mixed, tools.formats[FORMAT], tools, new=order.new)
    except OSError as refused:
        raise storage_error("write", refused.filename or folder, refused) from refused
    return episode, _outcome(episode, before)


def _outcome(episode: Episode, before: tuple[Episode, ...]) -> Outcome:
    if episode in before:
        return Outcome.UNCHANGED
    return Outcome.REMADE if episode.guid in {one.guid for one in before} else Outcome.NEW


def _planned(script: Script, takes: Takes, settings: Settings, tools: Tools) -> Made:
    voice = narrator(script.language, script.voice, settings, tools)
    episode = Episode(
        guid="",
        identity=identity_of(script),
        slug="",
        title=script.title,
        language=script.language,
        published=tools.now(),
        duration_ms=0,
        files=(),
        chapters=(),
        summary="",
        description_html="",
        voice=voice.label or voice.name,
    )
    return Made(episode, None, Outcome.PLANNED, len(takes), len(takes.missing()))
