"""Have a model tell how long each phoneme lasts, and let it be told that some last longer, without the `onnx` package.

Piper's models (VITS) round the length of every phoneme up with their only ``Ceil``
node; Kokoro's round it with their only ``Round``. Naming that node's output among the
graph's outputs is all it takes to be told: one field, appended to a message of the protobuf that an
ONNX file is (onnx.proto: ModelProto.graph = 7, GraphProto.node = 1, .initializer = 5, .input = 11 and .output = 12,
NodeProto.input = 1, .output = 2 and .op_type = 4, ValueInfoProto.name = 1 and .type = 2, TypeProto.tensor_type = 1,
TypeProto.Tensor.elem_type = 1, TensorProto.data_type = 2, .name = 8 and .raw_data = 9). To tell it, the lengths are
multiplied before that node by an input that is 1 where nothing is given.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRAPH, _NODE, _INITIALIZER, _INPUT, _OUTPUT = 7, 1, 5, 11, 12
_NODE_INPUT, _NODE_OUTPUT, _NODE_TYPE = 1, 2, 4
_NAME, _TYPE, _TENSOR, _ELEMENT = 1, 2, 1, 1
_TENSOR_TYPE, _TENSOR_NAME, _TENSOR_DATA = 2, 8, 9
_FLOAT = 1
"""TensorProto.DataType.FLOAT."""
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MORE = 0x80
"""Set in each byte of a number but the last."""
_SMALL_BYTES = 1_000


STRETCH = "narrate_stretch"
"""The input of a model that can be told: how many times as long each phoneme id lasts, float32, one or one an id."""
_STRETCHED = b"narrate_stretched"


def with_durations(model: bytes, rounding: bytes = b"Ceil", *, told: bool = False) -> bytes:
    """The model with one output more: the length of each phoneme id, in hops of the vocoder.

    `rounding` is the type of the node that makes it whole; a model that can be `told` has the input `STRETCH` too.
    Raises ValueError where the bytes are no ONNX model, or one with another number of such nodes than one.
    """
    view = memoryview(model)
    try:
        field, start, end = next((key, start, end) for number, key, start, end in _fields(view) if number == _GRAPH)
        graph = view[start:end]
        nodes = list(_nodes(graph, rounding))
    except (StopIteration, IndexError) as broken:
        raise ValueError("not an ONNX model") from broken
    if len(nodes) != 1:
        raise ValueError(f"{len(nodes)} {rounding.decode()} nodes where one was expected")
    first, last = nodes[0]
    node = dict(_contents(graph[first:last]))
    added = [_message(_OUTPUT, _message(_NAME, node[_NODE_OUTPUT]))]
    kept: list[bytes | memoryview] = [graph]
    if told:
        at = next(key for number, key, begins, _ in _fields(graph) if number == _NODE and begins == first)
        kept = [graph[:at], _stretching(node[_NODE_INPUT]), _reading(graph[first:last]), graph[last:]]
        added += _input()
    head = _varint(_GRAPH << 3 | _BYTES) + _varint(sum(map(len, (*kept, *added))))
    return b"".join((view[:field], head, *kept, *added, view[end:]))  # once: a model has 60 MB


def _nodes(graph: memoryview, kind: bytes) -> Iterator[tuple[int, int]]:
    """Where the nodes of a kind stand."""
    for number, _, start, end in _fields(graph):
        # Nodes that hold constants are large, and round nothing.
        small = number == _NODE and end - start < _SMALL_BYTES and kind in bytes(graph[start:end])
        if small and dict(_contents(graph[start:end])).get(_NODE_TYPE) == kind:
            yield start, end


def _contents(message: memoryview) -> Iterator[tuple[int, bytes]]:
    return ((number, bytes(message[start:end])) for number, _, start, end in _fields(message))


def _stretching(lengths: bytes) -> bytes:
    """A node that multiplies the lengths by what is told."""
    inputs = _message(_NODE_INPUT, lengths) + _message(_NODE_INPUT, STRETCH.encode())
    return _message(_NODE, inputs + _message(_NODE_OUTPUT, _STRETCHED) + _message(_NODE_TYPE, b"Mul"))


def _reading(node: memoryview) -> bytes:
    """The node that rounds, reading the stretched lengths instead."""
    other = b"".join(bytes(node[key:end]) for number, key, _, end in _fields(node) if number != _NODE_INPUT)
    return _message(_NODE, _message(_NODE_INPUT, _STRETCHED) + other)


def _input() -> list[bytes]:
    """The input, and that it is 1 where nobody gives it."""
    number = _varint(_ELEMENT << 3 | _VARINT) + _varint(_FLOAT)
    declared = _message(_NAME, STRETCH.encode()) + _message(_TYPE, _message(_TENSOR, number))
    value = _varint(_TENSOR_TYPE << 3 | _VARINT) + _varint(_FLOAT)
    value += _message(_TENSOR_NAME, STRETCH.encode()) + _message(_TENSOR_DATA, struct.pack("<f", 1.0))
    return [_message(_INITIALIZER, value), _message(_INPUT, declared)]


def _fields(message: memoryview) -> Iterator[tuple[int, int, int, int]]:
    """The number of each field, where its key starts, and where its content starts and ends."""
    at = 0
    while at < len(message):
        key_at = at
        key, at = _read_varint(message, at)
        start, end = _extent(message, key & 7, at)
        if end > len(message):
            raise IndexError("a field ends after its message")
        yield key >> 3, key_at, start, end
        at = end


def _extent(message: memoryview, wire_type: int, at: int) -> tuple[int, int]:
    if wire_type == _BYTES:
        size, start = _read_varint(message, at)
        return start, start + size
    if wire_type == _VARINT:
        return at, _read_varint(message, at)[1]
    if wire_type in {_FIXED64, _FIXED32}:
        return at, at + (8 if wire_type == _FIXED64 else 4)
    raise ValueError("not an ONNX model")


def _read_varint(message: memoryview, at: int) -> tuple[int, int]:
    """A base-128 number and where it ends.

    >>> _read_varint(memoryview(_varint(300)), 0)
    (300, 2)
    """
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < _MORE:
            return value, at
        shift += 7


def _varint(value: int) -> bytes:
    r"""A number as protobuf writes it, seven bits a byte.

    >>> _varint(300)
    b'\xac\x02'
    """
    out = bytearray()
    while value >= _MORE:
        out.append(value & 0x7F | _MORE)
        value >>= 7
    out.append(value)
    return bytes(out)


def _message(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content
