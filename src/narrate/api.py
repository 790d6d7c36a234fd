"""narrate from Python: the same as on the command line, in a few lines.

>>> import tempfile, narrate
>>> with tempfile.TemporaryDirectory() as folder:
...     result = narrate.make("seeds/000_8b5a2423189e2da9.txt", engine="tone", out=folder, cache_dir=folder)
>>> [made.episode.title for made in result.made]
['Global operation takes down dark web drug marketplace']
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model import Script
    from narrate.pipeline.order import Event, Facts, Listener, Order, Result
    from narrate.settings import Settings


def make(  # noqa: PLR0913 - the options of the command, all by keyword
    *articles: str | os.PathLike[str],
    facts: Facts | None = None,
    edition: str = "",
    new: bool = False,
    chapters: str = "",
    split: bool = False,
    tell: Listener | None = None,
    **settings: object,
) -> Result:
    """Make an episode of each article or script, or one `edition` of all, and add it to the show's feed.

    `chapters` ("3-5,8") are those of a book that are read; `split` makes an episode of each.

    Keywords are settings (``voice="joe"``, ``music="none"``, ``out="out"``; `narrate settings` lists them) and go
    before environment and settings files. `tell` is called with an `Event` as work goes on.

    Raises:
        NarrateError: nothing can be made at all. What failed of several articles is in ``result.failed``.
    """
    from narrate.pipeline.making import make as run
    from narrate.pipeline.tools import equip

    held = _settings(settings)
    with equip(held) as tools:
        order = replace(_order(articles, facts, edition, new=new), chapters=chapters, split=split)
        return run(order, held, tools, tell or _silence)


def write_script(
    *articles: str | os.PathLike[str],
    facts: Facts | None = None,
    edition: str = "",
    chapters: str = "",
    **settings: object,
) -> tuple[Script, str]:
    """The script of an article (or an `edition` of several) as a value, and as the text of a script file to edit.

    Raises:
        NarrateError: the article cannot be read.
    """
    from narrate.pipeline.making import write
    from narrate.pipeline.tools import equip

    held = _settings(settings)
    with equip(held) as tools:
        order = replace(_order(articles, facts, edition, new=False), chapters=chapters)
        written = write(order, held, tools)
    return written.script, written.text


def say(text: str, language: str = "en", **settings: object) -> bytes:
    """One line spoken, as a WAV file's bytes.

    Raises:
        SpeechError: no such voice, or it cannot say that.
    """
    from narrate.pipeline.saying import say as speak
    from narrate.pipeline.tools import equip

    held = _settings(settings)
    with equip(held) as tools:
        return speak(text, language, held, tools)


def _order(articles: tuple[str | os.PathLike[str], ...], facts: Facts | None, edition: str, *, new: bool) -> Order:
    from narrate.pipeline import order

    names = tuple(str(os.fspath(article)) for article in articles)
    return order.Order(names, facts or order.Facts(), edition, new)


def _settings(options: dict[str, object]) -> Settings:
    from narrate.runtime.places import config_file
    from narrate.settings import load_settings

    return load_settings(options, os.environ, Path.cwd(), config_file())


def _silence(event: Event) -> None:
    """Tell nobody."""
