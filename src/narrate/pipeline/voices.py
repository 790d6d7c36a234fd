"""Voices of the user's: added to a folder of narrate's own, whole or not at all, and removed from it.

Each voice is a preset there, ``NAME.toml``, beside the files it speaks with.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import SettingsError, UsageError, VoiceError
from narrate.pipeline.order import Event, Stage
from narrate.pipeline.voicefiles import bring, bundles_of, same_bytes, sources_of
from narrate.pipeline.voicelevel import with_level
from narrate.runtime.files import shown
from narrate.runtime.places import voices_folder
from narrate.runtime.staging import Staging, lock_show
from narrate.runtime.workers import in_order
from narrate.speech import ReadsFiles, find_preset, kokoro_voices, list_presets, model_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Voice
    from narrate.pipeline.order import Listener
    from narrate.pipeline.tools import Tools
    from narrate.pipeline.voicefiles import Bundle


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be added: files or URLs, their checksums in the same order, and what the user says of them.

    `name` is for a single voice; `only` names the voices of a Kokoro model or the speakers of a Piper one that are
    wanted, none of them meaning all of Kokoro's and the first of Piper's.
    """

    places: tuple[str, ...]
    checksums: tuple[str, ...] = ()
    name: str = ""
    only: tuple[str, ...] = ()
    licence: str = ""
    replace: bool = False


def add_voices(wanted: Wanted, tools: Tools, tell: Listener) -> list[Voice]:
    """Add voices: bring their files, load them, have each speak and be measured, and keep them all, or none.

    Raises:
        UsageError: what is wanted makes no sense, or a voice of that name is there.
        VoiceError: a file is not there, not what was promised, or cannot speak.
        StorageError: the folder cannot be written.
    """
    bundles = bundles_of(sources_of(wanted.places, wanted.checksums))
    if wanted.name and len(bundles) > 1:
        raise UsageError("--name is for a single voice; add the others by themselves")
    folder = voices_folder()
    with Staging(folder) as staging:
        inside = f"{staging.workshop()}{os.sep}"
        added: list[tuple[Voice, float]] = []
        for number, bundle in enumerate(bundles, 1):
            tell(Event(Stage.READ, number, len(bundles), bundle.model.name))
            try:
                files = bring(bundle, Path(inside), tools)
                voices = _named(_voices_in(bundle, files[0], wanted, tools), wanted)
                _refuse_taken(voices, files, wanted, tools)
                measured = _measured(voices, tools, tell)
            except VoiceError as reason:  # which names a copy that nobody will find
                raise VoiceError(str(reason).replace(inside, "")) from reason
            added += ((replace(voice, id=voice.id.removeprefix(inside)), loudness) for voice, loudness in measured)
            _stage(files, staging)
        for voice, loudness in added:
            staging.stage(f"{voice.name}.toml").write_text(_preset(voice, loudness, wanted), encoding="utf-8")
        with lock_show(folder) as held:
            staging.commit(held)
    return [replace(voice, id=str(folder / voice.id)) for voice, _ in added]


def remove_voice(name: str, tools: Tools) -> None:
    """Remove a voice that was added, and the files that no other voice speaks with. Raises `VoiceError`."""
    folder = voices_folder()
    if not (folder / f"{name}.toml").is_file() or "/" in name or "\\" in name:
        there = "comes with narrate or is a preset of your own" if find_preset(name, tools.presets) else "was not added"
        added = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise VoiceError(f"the voice '{name}' {there}; those that were added and can be removed: {added or 'none'}")
    gone = _model_in(folder / f"{name}.toml")
    others = {_model_in(file) for file in folder.glob("*.toml") if file.stem != name}
    with Staging(folder) as staging:
        staging.remove(f"{name}.toml")
        for file in _files_with(folder, gone) if gone not in others else ():
            staging.remove(file)
        with lock_show(folder) as held:
            staging.commit(held)


def _voices_in(bundle: Bundle, model: Path, wanted: Wanted, tools: Tools) -> list[Voice]:
    """The wanted voices of a model, as its engine describes them."""
    name = "kokoro" if bundle.styles else "piper"
    engine = tools.engines[name]
    if not isinstance(engine, ReadsFiles):
        raise VoiceError(f"the engine '{name}' here reads no files; uninstall the package that brings it")
    if not bundle.styles:
        return [engine.voice_at(f"{model}#{part}" if part else str(model)) for part in wanted.only or ("",)]
    there = kokoro_voices(model.with_name(f"{bundle.stem}.voices.bin"))
    missing = next((part for part in wanted.only if part not in there), "")
    if not there:
        raise VoiceError(f"there is no voice to be used in {shown(bundle.styles.place)}; take another file of Kokoro's")
    if missing:
        raise VoiceError(
            f"there is no voice '{missing}' to be used in {shown(bundle.styles.place)}: {', '.join(there)}"
        )
    return [engine.voice_at(f"{model}#{part}") for part in wanted.only or there]


def _named(voices: Sequence[Voice], wanted: Wanted) -> list[Voice]:
    """The voices with the names that their presets will have."""
    if wanted.name and len(voices) > 1:
        raise UsageError(f"--name is for a single voice, and there are {len(voices)}; choose one with --only")
    own = [voice.name.partition(":")[2].replace("#", "-") for voice in voices]
    named = [replace(voice, name=wanted.name or name) for voice, name in zip(voices, own, strict=True)]
    return [replace(voice, licence=wanted.licence or voice.licence) for voice in named]


def _refuse_taken(voices: Sequence[Voice], files: Sequence[Path], wanted: Wanted, tools: Tools) -> None:
    """Raise `UsageError` where a name is taken, by a voice or by another file."""
    folder = voices_folder()
    for voice in voices:
        if not voice.name.replace("-", "").replace("_", "").replace(".", "").isalnum():
            raise UsageError(f"'{voice.name}' cannot be the name of a voice; take letters, digits, - and _")
        added = (folder / f"{voice.name}.toml").is_file()
        if find_preset(voice.name, tools.presets) and not (added and wanted.replace):
            advice = "--force puts this one in its place, " if added else ""
            raise UsageError(f"there is a voice '{voice.name}' already; {advice}--name gives this one another name")
    for file in files:
        target = folder / file.name
        if target.exists() and not wanted.replace and not same_bytes(file, target):
            raise UsageError(
                f"{shown(target)} is there already and is another file; --force puts this one in its place"
            )


def _measured(voices: Sequence[Voice], tools: Tools, tell: Listener) -> list[tuple[Voice, float]]:
    """The voices with their levels, and how loud they are as they come, each having spoken."""
    done: list[tuple[Voice, float]] = []
    for measured in in_order(lambda voice: with_level(voice, tools), voices):
        done.append(measured)
        tell(Event(Stage.SPEAK, len(done), len(voices), measured[0].name))
    return done


def _stage(files: Sequence[Path], staging: Staging) -> None:
    for file in files:
        file.replace(staging.stage(file.name))


def _preset(voice: Voice, loudness: float, wanted: Wanted) -> str:
    """The preset of a voice as TOML; its texts are written as JSON's, which TOML reads alike."""
    texts = {
        "engine": voice.engine,
        "id": voice.id,
        "language": voice.language,
        "gender": voice.gender,
        "label": voice.label,
        "disclosure": voice.disclosure,
        "disclosure_spoken": voice.disclosure_spoken,
        "licence": voice.licence,
        "quality": voice.quality,
    }
    lines = [f"{field} = {_quoted(text)}" for field, text in texts.items() if text]
    places = " ".join(map(_quoted, wanted.places))
    heard = f"its sample is {loudness:.1f} LUFS as it comes; as loud as the other presets after the compressor"
    return "\n".join((f"# Added from {places}", *lines, f"level_db = {voice.level_db:.1f}  # {heard}", ""))


def _quoted(text: str) -> str:
    r"""A text as TOML has it.

    >>> _quoted('a "b"\x7f')
    '"a \\"b\\""'
    """
    return json.dumps("".join(filter(str.isprintable, text)), ensure_ascii=False)


def _model_in(preset: Path) -> str:
    """The name of the model that a preset in the folder speaks with; "" where the preset is broken."""
    try:
        return model_of(next(voice.id for voice in list_presets([preset.parent]) if voice.name == preset.stem))
    except (SettingsError, StopIteration):
        return ""


def _files_with(folder: Path, model: str) -> list[str]:
    """A model and what lies beside it, as they are called in the folder."""
    name = Path(model).name
    if Path(model).parent != folder:
        return []
    stem = name.removesuffix(".onnx")
    names = (name, f"{name}.json", f"{stem}.voices.bin", f"{stem}.MODEL_CARD")
    return [each for each in names if (folder / each).is_file()]
