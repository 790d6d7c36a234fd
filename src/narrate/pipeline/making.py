"""The steps in their order: an `Order` becomes a `Result`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from narrate.errors import NarrateError, UsageError
from narrate.mix import measured
from narrate.model import Article, Coverage, Episode, FileRole, Loudness, Script
from narrate.pipeline.album import gathering
from narrate.pipeline.announcing import announced
from narrate.pipeline.beside import articles_beside
from narrate.pipeline.binding import Bindery
from narrate.pipeline.casting import cast_voices, misread, narrator
from narrate.pipeline.covering import cover, told_of
from narrate.pipeline.forms import forms_of
from narrate.pipeline.gathering import gathered
from narrate.pipeline.music import with_music_for
from narrate.pipeline.order import Event, Failed, Made, Order, Outcome, Result, Stage
from narrate.pipeline.packing import Mixed, identity_of
from narrate.pipeline.parting import Listed, listed, refuse_mixture
from narrate.pipeline.performing import Takes
from narrate.pipeline.reading import ScriptFile, diction_of, located, script_of, style_of
from narrate.pipeline.regaining import told_of_gains
from narrate.pipeline.shows import draw_ahead, open_show
from narrate.pipeline.sounding import sounded
from narrate.pipeline.sources import Desk, sources
from narrate.pipeline.storing import Stored, stored
from narrate.runtime.staging import lock_show
from narrate.script import dump_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Show
    from narrate.pipeline.forms import Form
    from narrate.pipeline.order import Listener
    from narrate.pipeline.tools import Tools
    from narrate.settings import Settings


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: what is asked, what it works with, whom it tells, and what failed so far."""

    order: Order
    settings: Settings
    tools: Tools
    tell: Listener
    show: Show
    folder: Path
    forms: tuple[Form, ...]
    failed: list[Failed] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    bindery: Bindery = field(default_factory=Bindery)

    def news(self, sentences: Iterable[str]) -> list[str]:
        """Those that were not told in this run yet."""
        fresh = [each for each in sentences if each not in self.told]
        self.told.update(fresh)
        return fresh


def make(order: Order, settings: Settings, tools: Tools, tell: Listener) -> Result:
    """Make what is ordered, each episode as soon as its script is there; what fails does not stop the others.

    Raises:
        NarrateError: nothing can be made at all: the show cannot be opened, or the call is wrong.
    """
    run = _run(replace(order, articles=gathered(order.articles, tools)), settings, tools, tell)
    made: list[Made] = []
    with tools.cache.in_use():
        for name, source in _ordered(run):
            try:
                script = _script(run, source)
                one = _planned(run, script) if order.dry_run else _produced(run, source, script)
                made.append(_covered(run, source, script, one))
            except NarrateError as error:
                told = located(error, source) if isinstance(source, ScriptFile) else error
                run.failed.append(Failed(name, told))
        books = _bound(run)
    tools.cache.prune_daily(int(settings.cache_max_gb * 1e9))
    return Result(tuple(made), tuple(run.failed), run.folder, books)


def _bound(run: _Run) -> tuple[Path, ...]:
    """The books of sources that were split."""
    try:
        return tuple(run.bindery.bound(run.folder, open_show(run.folder).show))
    except NarrateError as error:
        run.failed.append(Failed("the book of all chapters", error))
        return ()


class Written(NamedTuple):
    """A script, as the text of a script file too, and what it has of its articles (None if it was one already)."""

    script: Script
    text: str
    coverage: Coverage | None
    chapters: tuple[Listed, ...] = ()
    """The chapters of a book, those that are not read too."""


def write(order: Order, settings: Settings, tools: Tools, folder: Path | None = None) -> Written:
    """The script of what is ordered; its file is to lie in `folder`.

    Raises:
        NarrateError: an article cannot be read; several articles without an edition's title.
    """
    if len(order.articles) > 1 and not order.edition:
        raise UsageError("a script is of one article; --edition TITLE makes one script of several")
    if order.split:
        raise UsageError("a script is of one episode, and --split makes several; --chapters N writes that of one")
    run = _run(order, settings, tools, lambda _: None)
    found = [source for _, source in _ordered(run)]
    if run.failed:
        raise run.failed[0].error
    script = _script(run, found[0])
    text = dump_script(with_music_for(script, folder) if folder else script, diction_of(settings))
    source = found[0]
    book = source[0] if not isinstance(source, ScriptFile) and source[0].parts else None
    return Written(script, text, cover(source, script, diction_of(settings)), listed(book) if book else ())


def _run(order: Order, settings: Settings, tools: Tools, tell: Listener) -> _Run:
    refuse_mixture(order)
    folder = Path(settings.out) / settings.show
    if settings.engine:
        tools.engines[settings.engine]  # one that is not there is refused at once, not article by article
    forms = forms_of(settings, tools.formats)
    return _Run(
        order,
        settings,
        tools,
        tell,
        open_show(folder).show,
        folder,
        forms,
        bindery=Bindery(words=settings.book == "word"),
    )


def _ordered(run: _Run) -> Iterator[tuple[str, Sequence[Article] | ScriptFile]]:
    """What each episode that is ordered is made of, with a name for messages."""
    articles: list[Article] = []
    style = style_of(run.settings, run.show)
    for name, source in sources(Desk(run.order, run.folder, run.tools, style, run.tell, run.failed)):
        if isinstance(source, ScriptFile):
            yield name, source
        elif run.order.edition:
            articles.append(source)
        else:
            yield name, [source]
    if articles:
        yield run.order.edition, articles


def _script(run: _Run, source: Sequence[Article] | ScriptFile) -> Script:
    if isinstance(source, ScriptFile):
        return source.script
    return script_of(source, run.settings, run.tools, run.show, run.order.edition)


def _covered(run: _Run, source: Sequence[Article] | ScriptFile, script: Script, made: Made) -> Made:
    """The same with what became of its articles, and what is to be told of that."""
    coverage = cover(source, script, diction_of(run.settings), made.left_out)
    return replace(made, coverage=coverage, warnings=(*made.warnings, *told_of(coverage))) if coverage else made


def _produced(run: _Run, source: Sequence[Article] | ScriptFile, script: Script) -> Made:
    """Speak, lay out, encode, store."""
    with lock_show(run.folder):
        pass  # a folder that cannot be written is better known before an hour is spoken
    settings, tools = run.settings, run.tools
    articles = _shown(run, source)
    # While the engine gets ready, which is on one core.
    with ThreadPoolExecutor(1, "narrate-artwork") as aside, gathering(articles, settings, tools) as pictures:
        drawn = aside.submit(draw_ahead, run.folder, script.language)
        sounding, units, books, music_told = sounded(script, run.forms, settings, tools, run.tell)
        drawn.result()
        album = pictures(run.tell)
    fingerprints = tuple(sorted({tools.engine(voice).fingerprint(voice) for voice in sounding.voices}))
    main = narrator(script.language, settings, tools, script.voice)
    left_out = tuple(each.text for each in sounding.left_out)
    mixed = Mixed(
        script, main, sounding.timeline, units, fingerprints, diction_of(settings), left_out, settings.captions
    )
    mixed = replace(mixed, identity=run.order.identity, books=books.of_part() if run.order.split else books)
    mixed = replace(mixed, articles=articles, album=album)
    episode, outcome, told, pruned, gains_db = _stored(run, mixed)
    run.bindery.add(mixed, books, episode)
    return Made(
        episode=episode,
        audio=run.folder / episode.slug / episode.files[0].name,
        outcome=outcome,
        utterances=len(sounding.takes),
        spoken=sounding.spoken,
        units=sum(map(len, units)),
        encoded=sum(each.kept.made for each in units),
        gain_db=sounding.timeline.gain_db,
        heard=_heard(run.folder, episode) if run.order.measure else {},
        running_on=max(map(len, sounding.timeline.runs())),
        left_out=sounding.left_out,
        pruned=pruned,
        warnings=(
            *run.news((*music_told, *told, *album.told)),
            *told_of_gains(gains_db, sounding, units),
            *misread(sounding.script, sounding.voices, settings, tools),
            *((str(tools.cache.complaint()),) if tools.cache.failures else ()),
        ),
    )


def _shown(run: _Run, source: Sequence[Article] | ScriptFile) -> tuple[Article, ...]:
    """The articles that the page and the book show."""
    if isinstance(source, ScriptFile):
        return articles_beside(source, run.folder, run.settings, run.tools, run.show)
    return tuple(source)


def _stored(run: _Run, mixed: Mixed) -> Stored:
    """The episode in its show, told as a step."""
    run.tell(Event(Stage.WRITE, 0, 1, mixed.script.title))
    kept = stored(run.folder, mixed, run.order, run.tools)
    run.tell(Event(Stage.WRITE, 1, 1, mixed.script.title))
    return kept


def _heard(folder: Path, episode: Episode) -> dict[str, Loudness]:
    """How loud each finished file is, by decoding it."""
    from narrate.mix.decode import sound_of  # PyAV costs 0.1 s to import

    sounds = (file.name for file in episode.files if file.role is FileRole.AUDIO)
    heard = {}
    for name in sounds:
        with sound_of(folder / episode.slug / name) as (rate_hz, pieces):
            heard[name] = measured(pieces, rate_hz)
    return heard


def _planned(run: _Run, script: Script) -> Made:
    """What would be made, and how much of it would have to be spoken."""
    voices = cast_voices(script, run.settings, run.tools)
    takes = Takes.of(announced(script, voices), voices, run.tools)
    voice = narrator(script.language, run.settings, run.tools, script.voice)
    episode = Episode(
        guid="",
        identity=run.order.identity or identity_of(script),
        slug="",
        title=script.title,
        language=script.language,
        published=run.tools.now(),
        duration_ms=0,
        files=(),
        chapters=(),
        summary="",
        description_html="",
        voice=voice.label or voice.name,
    )
    told = misread(script, voices, run.settings, run.tools)
    return Made(episode, None, Outcome.PLANNED, len(takes), len(takes.missing()), warnings=told)
