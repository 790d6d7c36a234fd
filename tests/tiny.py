"""Voices of a few hundred bytes, made here: ONNX graphs with the inputs and outputs of Kokoro and of Piper.

Each id of a phoneme lasts three hops (divided by the speed, or multiplied by the length scale, and made whole by
the node that the real models have), and all of it is one sine, as loud as the style says, with silence at the end.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_FLOAT, _INT64 = 1, 7
_TYPES = {np.dtype(np.float32): _FLOAT, np.dtype(np.int64): _INT64}
HOPS_AN_ID = 3


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes | str) -> bytes:
    data = content.encode() if isinstance(content, str) else content
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _node(kind: str, inputs: str, output: str, **attributes: int) -> bytes:
    """A NodeProto; `inputs` are names parted by blanks, attributes are whole numbers."""
    extra = (_part(5, _part(1, name) + _number(3, value) + _number(20, 2)) for name, value in attributes.items())
    return _part(1, b"".join((*(_part(1, name) for name in inputs.split()), _part(2, output), _part(4, kind), *extra)))


def _constant(name: str, value: Iterable[float], kind: type[np.float32 | np.int64], *shape: int) -> bytes:
    data = np.asarray(list(value), kind)
    dims = b"".join(_number(1, length) for length in shape)
    return _part(5, dims + _number(2, _TYPES[data.dtype]) + _part(8, name) + _part(9, data.tobytes()))


def _value(field: int, name: str, kind: int, shape: Iterable[int | str]) -> bytes:
    """A ValueInfoProto; a text in the shape is a length that varies."""
    dims = b"".join(_part(1, _part(2, each) if isinstance(each, str) else _number(1, each)) for each in shape)
    return _part(field, _part(1, name) + _part(2, _part(1, _number(1, kind) + _part(2, dims))))


def _model(*parts: bytes) -> bytes:
    return _number(1, 8) + _part(7, b"".join((*parts, _part(2, "tiny")))) + _part(8, _number(2, 17))


@dataclass(frozen=True, slots=True)
class _Pace:
    """How the lengths of phonemes follow from the inputs: the nodes that give "hops" from "ids as floats"."""

    nodes: tuple[bytes, ...]
    hop: int


def _sine(pace: _Pace, amplitude: str, output: str, *, shaped: bool) -> list[bytes]:
    """Nodes and constants: as many samples as "hops" say, silent in the last 1,500 of them."""
    audio = "flat" if shaped else output
    return [
        *pace.nodes,
        _node("ReduceSum", "hops", "total", keepdims=0),
        _node("Cast", "total", "count", to=_INT64),
        _node("Mul", "count hop", "length"),
        _node("Range", "nothing length one", "positions"),
        _node("Cast", "positions", "times", to=_FLOAT),
        _node("Mul", "times turn", "angles"),
        _node("Sin", "angles", "wave"),
        _node("Mul", f"wave {amplitude}", "loud"),
        _node("Sub", "length tail", "sounding"),
        _node("Less", "positions sounding", "heard"),
        _node("Cast", "heard", "mask", to=_FLOAT),
        _node("Mul", "loud mask", audio),
        *([_node("Reshape", "flat shape3", output)] if shaped else []),
        _constant("hop", [pace.hop], np.int64),
        _constant("nothing", [0], np.int64),
        _constant("one", [1], np.int64),
        _constant("tail", [1500], np.int64),
        _constant("turn", [0.1], np.float32),
        _constant("zero", [0], np.float32, 1),
        _constant("each", [HOPS_AN_ID], np.float32, 1),
        _constant("shape3", [1, 1, -1], np.int64, 3),
    ]


def kokoro_model(*, tells: bool = True, ids: str = "tokens") -> bytes:
    """A model with Kokoro's inputs; one that does not tell durations makes them whole by another node."""
    whole = (_node("Round", "raw", "hops"),) if tells else (_node("Floor", "raw", "hops"),)
    start = (
        _node("Cast", ids, "floats", to=_FLOAT),
        _node("Mul", "floats zero", "zeros"),
        _node("Add", "zeros each", "three"),
        _node("Div", "three speed", "raw"),
    )
    return _model(
        _node("ReduceMean", "style", "amplitude", keepdims=0),
        *_sine(_Pace((*start, *whole), 600), "amplitude", "audio", shaped=False),
        _value(11, ids, _INT64, (1, "n")),
        _value(11, "style", _FLOAT, (1, 256)),
        _value(11, "speed", _FLOAT, (1,)),
        _value(12, "audio", _FLOAT, ("samples",)),
    )


def kokoro_files(folder: Path, voices: Mapping[str, float], *, tells: bool = True) -> tuple[Path, Path]:
    """A model and the styles of voices, by name, with their amplitudes."""
    folder.mkdir(parents=True, exist_ok=True)
    model, styles = folder / "kokoro-tiny.onnx", folder / "voices-tiny.bin"
    model.write_bytes(kokoro_model(tells=tells))
    with styles.open("wb") as file:
        shaped = {name: np.full((510, 1, 256), level, np.float32) for name, level in voices.items()}
        np.savez(file, allow_pickle=False, **shaped)
    return model, styles


def piper_model(speakers: int = 1) -> bytes:
    """A model with Piper's inputs; of several speakers the n-th, from 0, has an amplitude of (n + 1) / 10."""
    pace = (
        _node("Cast", "input", "floats", to=_FLOAT),
        _node("Mul", "floats zero", "zeros"),
        _node("Add", "zeros each", "three"),
        _node("Gather", "scales second", "scale"),
        _node("Mul", "three scale", "raw"),
        _node("Ceil", "raw", "hops"),
    )
    several = (
        _value(11, "sid", _INT64, (1,)),
        _node("Cast", "sid", "speaker", to=_FLOAT),
        _node("Mul", "speaker tenth", "more"),
        _node("Add", "more tenth", "amplitude"),
        _constant("tenth", [0.1], np.float32, 1),
    )
    only = (_constant("amplitude", [0.2], np.float32),)
    return _model(
        *(several if speakers > 1 else only),
        *_sine(_Pace(pace, 256), "amplitude", "output", shaped=True),
        _constant("second", [1], np.int64, 1),
        _value(11, "input", _INT64, (1, "n")),
        _value(11, "input_lengths", _INT64, (1,)),
        _value(11, "scales", _FLOAT, (3,)),
        _value(12, "output", _FLOAT, (1, 1, "samples")),
    )


def piper_files(folder: Path, name: str = "en_US-tiny-low", speakers: int = 1, **told: object) -> tuple[Path, Path]:
    """A model and its configuration; `told` replaces parts of the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    signs = "_^$ .,abcdefhijklmnopqrstuvwxyzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒʔˈˌːθᵻ"
    config = {
        "audio": {"sample_rate": 22_050, "quality": "low"},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.0, "length_scale": 1.0, "noise_w": 0.0},
        "phoneme_type": "espeak",
        "phoneme_id_map": {sign: [at] for at, sign in enumerate(signs)},
        "num_symbols": len(signs),
        "num_speakers": speakers,
        "speaker_id_map": {f"speaker{at}": at for at in range(speakers)} if speakers > 1 else {},
    }
    model, settings = folder / f"{name}.onnx", folder / f"{name}.onnx.json"
    model.write_bytes(piper_model(speakers))
    settings.write_text(json.dumps(config | told), encoding="utf-8")
    return model, settings
