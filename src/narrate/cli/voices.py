"""``narrate say`` and ``narrate voices``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from narrate.cli import options
from narrate.cli.output import count, document, result, story, table
from narrate.cli.player import opened

if TYPE_CHECKING:
    from narrate.model import Voice


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


@click.group(invoke_without_command=True)
@click.option("--language", metavar="TAG", default="", help="Only voices of this language: en, en-GB, de.")
@click.option("--engine", metavar="NAME", default="", help="Only voices of this engine.")
@options.as_json
@options.quiet
@click.pass_context
def voices(context: click.Context, language: str, engine: str, *, as_json: bool, quiet: bool) -> None:
    """List what can speak here, or add and remove voices.

    \b
    narrate voices --language en                       which speak English
    narrate voices add en_GB-alba-medium.onnx          a Piper voice; its .onnx.json lies beside it
    narrate voices add kokoro-v1.0.onnx voices-v1.0.bin
    narrate voices remove en_GB-alba-medium
    """  # noqa: D301 # the backspace itself is what tells click to leave the lines alone
    if context.invoked_subcommand:
        _refuse_options(context)
        return
    from narrate.pipeline.saying import speakable
    from narrate.pipeline.tools import equip

    with equip(options.settings_from({})) as tools:
        found, complaints = speakable(tools, language, engine)
    if as_json:
        document({"ok": True, "voices": [_fields(voice) for voice in found], "complaints": list(complaints)})
        return
    table(
        ("VOICE", "LANGUAGE", "ENGINE", "WHAT IT IS", "GENDER", "QUALITY", "HZ", "WORDS/MIN", "LICENCE"),
        [_row(voice) for voice in found],
    )
    for complaint in () if quiet else complaints:
        story(complaint)


@voices.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--sha256", "checksums", multiple=True, metavar="HEX", help="The SHA-256 of a SOURCE, in their order.")
@click.option("--name", default="", metavar="NAME", help="What to call the voice (default: as its file is called).")
@click.option(
    "--only",
    default="",
    metavar="NAMES",
    help="Only these voices of Kokoro, or speakers of a Piper model: af_heart,bf_emma.",
)
@click.option("--licence", default="", metavar="TEXT", help="The voice's licence, where no MODEL_CARD beside it says.")
@click.option("-f", "--force", is_flag=True, help="In place of a voice of that name that was added before.")
@click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses too.")
@click.option("--progress", type=click.Choice(["auto", "bar", "lines", "none"]), help="How progress is shown.")
@options.as_json
@options.quiet
def add(sources: tuple[str, ...], *, as_json: bool, quiet: bool, **given: Any) -> None:
    """Add voices from SOURCE, files or URLs: a Piper model (.onnx), or a Kokoro model and its voices file (.bin).

    Each is loaded, has to speak, and is measured, so that it is as loud as the others. All are added, or none.
    """
    from narrate.cli.progress import progress
    from narrate.pipeline.tools import equip
    from narrate.pipeline.voices import Wanted, add_voices

    settings = options.settings_from(given)
    wanted = Wanted(
        sources,
        given["checksums"],
        given["name"],
        tuple(filter(None, given["only"].replace(" ", "").split(","))),
        given["licence"],
        given["force"],
    )
    with equip(settings) as tools, progress(settings.progress, quiet=quiet or as_json) as tell:
        added = add_voices(wanted, tools, tell)
    if as_json:
        document({"ok": True, "voices": [_fields(voice) for voice in added]})
        return
    for voice in added:
        result(voice.name)
    if not quiet:
        story(f"{count(len(added), 'voice')} added. Hear one: narrate say 'Good morning.' --voice {added[0].name}")
        story(f"Let it read: narrate make ARTICLE --voice {added[0].name}")


@voices.command()
@click.argument("name")
@options.quiet
def remove(name: str, *, quiet: bool) -> None:
    """Remove a voice that was added, and its files where no other voice needs them."""
    from narrate.pipeline.tools import equip
    from narrate.pipeline.voices import remove_voice

    with equip(options.settings_from({})) as tools:
        remove_voice(name, tools)
    if not quiet:
        story(f"The voice '{name}' is removed.")


def _refuse_options(context: click.Context) -> None:
    """Raise `click.UsageError` where an option of the list stands before the name of another command."""
    given = [name for name in ("language", "engine", "as_json", "quiet") if context.params[name]]
    if given:
        name = given[0].removeprefix("as_")
        raise click.UsageError(f"--{name} has no meaning before '{context.invoked_subcommand}'", context)


def _row(voice: Voice) -> tuple[str, ...]:
    hz = str(voice.rate_hz) if voice.rate_hz else ""
    told = (voice.gender, voice.quality, hz, str(voice.rate_wpm), voice.licence)
    return (voice.name, voice.language, voice.engine, voice.label, *(text or "unknown" for text in told))


def _fields(voice: Voice) -> dict[str, object]:
    return {
        "name": voice.name,
        "engine": voice.engine,
        "id": voice.id,
        "language": voice.language,
        "label": voice.label,
        "gender": voice.gender,
        "quality": voice.quality,
        "rate_hz": voice.rate_hz or None,
        "rate_wpm": voice.rate_wpm,
        "licence": voice.licence,
    }


COMMANDS = (say, voices)
