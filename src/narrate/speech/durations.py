"""Have a model tell how long each phoneme lasts, without the `onnx` package.

Piper's models (VITS) round the length of every phoneme up with their only ``Ceil``
node; Kokoro's round it with their only ``Round``. Naming that node's output among the
graph's outputs is all it takes: one field, appended to a message of the protobuf that an
ONNX file is (onnx.proto: ModelProto.graph = 7, GraphProto.node = 1 and .output = 12,
NodeProto.output = 2 and .op_type = 4, ValueInfoProto.name = 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRAPH, _NODE, _OUTPUT, _NODE_OUTPUT, _NODE_TYPE, _NAME = 7, 1, 12, 2, 4, 1
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MORE = 0x80
"""Set in each byte of a number but the last."""
_SMALL_BYTES = 1_000


def with_durations(model: bytes, rounding: bytes = b"Ceil") -> bytes:
    """The model with one output more: the length of each phoneme id, in hops of the vocoder.

    `rounding` is the type of the node that makes it whole. Raises ValueError where the bytes are no ONNX model,
    or one with another number of such nodes than one.
    """
    view = memoryview(model)
    try:
        field, start, end = next((key, start, end) for number, key, start, end in _fields(view) if number == _GRAPH)
        outputs = list(_outputs(view[start:end], rounding))
    except (StopIteration, IndexError) as broken:
        raise ValueError("not an ONNX model") from broken
    if len(outputs) != 1:
        raise ValueError(f"{len(outputs)} {rounding.decode()} nodes where one was expected")
    added = _message(_OUTPUT, _message(_NAME, outputs[0]))
    head = _varint(_GRAPH << 3 | _BYTES) + _varint(end - start + len(added))
    return b"".join((view[:field], head, view[start:end], added, view[end:]))


def _outputs(graph: memoryview, kind: bytes) -> Iterator[bytes]:
    for number, _, start, end in _fields(graph):
        # Nodes that hold constants are large, and round nothing.
        if number == _NODE and end - start < _SMALL_BYTES and kind in bytes(graph[start:end]):
            node = {number: bytes(graph[start + a : start + b]) for number, _, a, b in _fields(graph[start:end])}
            if node.get(_NODE_TYPE) == kind:
                yield node[_NODE_OUTPUT]


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
