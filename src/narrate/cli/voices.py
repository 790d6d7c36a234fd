"""``narrate say`` and ``narrate voices``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from narrate.cli import options
from narrate.cli.output import document, result, story, table
from narrate.cli.player import opened


@click.command()
@click.argument("text")
@options.speaking
@click.option("--language", metavar="TAG", default="en", help="The language of TEXT, where no voice is named.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write a WAV file (default: play it)."
)
@click.option("--as", "said", metavar="SAID", default="", help="Say TEXT as a lexicon would: 'win', '/wɪn/'.")
@options.lexicon
@options.quiet
def say(text: str, output: Path | None, language: str, said: str, **given: Any) -> None:
    """Speak TEXT, a word or a line, to hear a voice or how a word is said."""
    import tempfile

    from narrate.errors import PlatformError
    from narrate.pipeline.saying import say as speak
    from narrate.pipeline.tools import equip
    from narrate.runtime.files import shown, write_atomic

    settings = options.settings_from(given)
    with equip(settings) as tools:
        sound = speak(text, language, settings, tools, said)
    target = output or Path(tempfile.mkdtemp(prefix="narrate-")) / "said.wav"
    write_atomic(target, sound)
    if not output:
        if not given["quiet"]:
            story("Playing it with this system's player; -o FILE keeps it.")
        if not opened(target):
            raise PlatformError(f"nothing here can play sound; what was said is in {shown(target)}")
    result(str(target))


@click.command()
@click.option("--language", metavar="TAG", default="", help="Only voices of this language: en, en-GB, de.")
@click.option("--engine", metavar="NAME", default="", help="Only voices of this engine.")
@options.as_json
@options.quiet
def voices(language: str, engine: str, *, as_json: bool, quiet: bool) -> None:
    """List what can speak here."""
    from narrate.pipeline.saying import speakable
    from narrate.pipeline.tools import equip

    with equip(options.settings_from({})) as tools:
        found, complaints = speakable(tools, language, engine)
    if as_json:
        rows = [
            {
                "name": voice.name,
                "engine": voice.engine,
                "id": voice.id,
                "language": voice.language,
                "label": voice.label,
            }
            for voice in found
        ]
        document({"ok": True, "voices": rows, "complaints": list(complaints)})
        return
    table(
        ("VOICE", "LANGUAGE", "ENGINE", "WHAT IT IS"),
        [(voice.name, voice.language, voice.engine, voice.label) for voice in found],
    )
    for complaint in () if quiet else complaints:
        story(complaint)


COMMANDS = (say, voices)
