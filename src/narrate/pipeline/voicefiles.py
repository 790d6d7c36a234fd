"""The files of voices that are added: found, brought from disk or web, and what was promised of them checked."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from narrate.errors import FetchError, UsageError, VoiceError
from narrate.runtime.files import sha256_of, shown, storage_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.pipeline.tools import Tools

MOST_MODEL_BYTES = 1_000_000_000
"""Kokoro in full precision has 326 MB, the largest Piper voices 115."""
MOST_CONFIG_BYTES = 1_000_000
_STYLES = (".bin", ".npz")
_MODEL, _CONFIG, _CARD = ".onnx", ".onnx.json", "MODEL_CARD"
_SAFE = re.compile(r"[^\W_][\w.+-]{0,99}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was named, on disk or on the web, and the SHA-256 that it must have; "" for any."""

    place: str
    sha256: str = ""

    @property
    def on_web(self) -> bool:
        """Whether it is a URL."""
        return self.place.lower().startswith(("https://", "http://"))

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return unquote(PurePosixPath(urlsplit(self.place).path).name) if self.on_web else Path(self.place).name

    def beside(self, name: str) -> Source:
        """Another file of the same folder, of which nothing is promised."""
        if not self.on_web:
            return Source(str(Path(self.place).with_name(name)))
        parts = urlsplit(self.place)
        return Source(parts._replace(path=str(PurePosixPath(parts.path).with_name(name))).geturl())


@dataclass(frozen=True, slots=True)
class Bundle:
    """A model and what belongs to it: the styles of a Kokoro model, or the configuration of a Piper voice."""

    model: Source
    styles: Source | None = None
    config: Source | None = None

    @property
    def stem(self) -> str:
        """The model's name without its ending."""
        return self.model.name.removesuffix(_MODEL)


def sources_of(places: Sequence[str], checksums: Sequence[str]) -> list[Source]:
    """The files that are named; the n-th checksum is the n-th file's. Raises `UsageError`."""
    if len(checksums) > len(places):
        raise UsageError(f"there are {len(checksums)} checksums for {len(places)} files; give one for each, in order")
    for checksum in checksums:
        if not _SHA256.fullmatch(checksum.lower()):
            raise UsageError(f"'{checksum}' is no SHA-256; it has 64 hexadecimal digits")
    for place in places:
        try:
            urlsplit(place)
        except ValueError as wrong:
            raise UsageError(f"{shown(place)} is no address on the web; check how it is written") from wrong
    promised = [*map(str.lower, checksums), *[""] * (len(places) - len(checksums))]
    return [Source(place, sha256) for place, sha256 in zip(places, promised, strict=True)]


def bundles_of(sources: Sequence[Source]) -> list[Bundle]:
    """The models among some files, each with what belongs to it. Raises `UsageError`."""
    models = [each for each in sources if each.name.endswith(_MODEL)]
    configs = {each.name: each for each in sources if each.name.endswith(_CONFIG)}
    styles = [each for each in sources if each.name.endswith(_STYLES)]
    other = next((each for each in sources if each not in (*models, *configs.values(), *styles)), None)
    if other:
        raise UsageError(f"{shown(other.place)} is no voice; name the model, which ends in .onnx")
    if styles and (len(styles), len(models)) != (1, 1):
        raise UsageError("a Kokoro model and its voices file are added by themselves: one .onnx and one .bin")
    lonely = next((name for name in configs if name.removesuffix(".json") not in {each.name for each in models}), "")
    if lonely or not models:
        raise UsageError(f"{shown(lonely or styles[0].name)} needs its model; name the file that ends in .onnx too")
    names = [model.name for model in models]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise UsageError(f"two files are called {shown(twice)}; rename one of them")
    for model in models:
        if not _SAFE.fullmatch(model.name):
            raise UsageError(
                f"{shown(model.name)} cannot be the name of a voice; rename it to letters, digits, - and _"
            )
    return [Bundle(each, styles[0] if styles else None, configs.get(f"{each.name}.json")) for each in models]


def bring(bundle: Bundle, folder: Path, tools: Tools) -> list[Path]:
    """Copy the files of a bundle to a folder, under the names that the engines know them by; the model comes first.

    Raises:
        VoiceError: one is not there, too large, or not what was promised.
        StorageError: they cannot be written.
    """
    model = folder / bundle.model.name
    _bring(bundle.model, model, MOST_MODEL_BYTES, tools)
    if bundle.styles:
        styles = folder / f"{bundle.stem}.voices.bin"
        _bring(bundle.styles, styles, MOST_MODEL_BYTES, tools)
        return [model, styles]
    config = folder / f"{bundle.model.name}.json"
    try:
        _bring(bundle.config or bundle.model.beside(config.name), config, MOST_CONFIG_BYTES, tools)
    except (FetchError, VoiceError) as missing:
        if bundle.config:
            raise
        raise VoiceError(
            f"{shown(config.name)}, the configuration of the Piper voice, is not beside it ({missing}); name it too,"
            " or, if this is a Kokoro model, name its voices file (voices-v1.0.bin) too"
        ) from missing
    card = folder / f"{bundle.stem}.{_CARD}"
    try:
        _bring(bundle.model.beside(_CARD), card, MOST_CONFIG_BYTES, tools)
    except (FetchError, VoiceError):
        card.unlink(missing_ok=True)
        return [model, config]
    return [model, config, card]


def _bring(source: Source, target: Path, most_bytes: int, tools: Tools) -> None:
    try:
        if source.on_web:
            with target.open("wb") as file:
                tools.fetch_to(file, source.place, most_bytes)
        else:
            _copy(Path(source.place), target, most_bytes)
    except OSError as refused:
        raise storage_error("write", target, refused) from refused
    found = sha256_of(target) if source.sha256 else ""
    if found != source.sha256:
        raise VoiceError(
            f"{shown(source.place)} is not what the checksum promises: its SHA-256 is {found}; fetch it again, or ask"
            " where it comes from"
        )


def _copy(source: Path, target: Path, most_bytes: int) -> None:
    if not source.is_file():
        raise VoiceError(f"there is no file {shown(source)}; check the spelling")
    size = source.stat().st_size
    if size > most_bytes:
        raise VoiceError(f"{shown(source)} is larger than {most_bytes / 1e6:g} MB, the most a file of a voice may have")
    try:
        file = source.open("rb")
    except OSError as refused:
        raise VoiceError(f"cannot read {shown(source)}: {refused.strerror}; check who may read it") from refused
    with file, target.open("wb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files are the same; False where the second is not there."""
    return other.is_file() and one.stat().st_size == other.stat().st_size and sha256_of(one) == sha256_of(other)
