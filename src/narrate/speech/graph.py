"""The graph of an ONNX model: its nodes read, and the model written again with changes, without the `onnx` package.

The numbers of fields are those of onnx.proto, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from narrate.speech.protobuf import Field, fields, message_field, number_field, varint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MODEL_GRAPH = 7
NODE, INITIALIZER, INPUT, OUTPUT, VALUE_INFO = 1, 5, 11, 12, 13
"""Of GraphProto."""
NODE_INPUT, NODE_OUTPUT, NODE_OP_TYPE, NODE_ATTRIBUTE = 1, 2, 4, 5
TENSOR_DIMS, TENSOR_DATA_TYPE, TENSOR_NAME, TENSOR_RAW_DATA = 1, 2, 8, 9
NAME = 1
"""Of ValueInfoProto and of AttributeProto."""
ATTRIBUTE_GRAPH, ATTRIBUTE_INTS, ATTRIBUTE_GRAPHS = 6, 8, 11
FLOAT, INT64 = 1, 7
"""Of TensorProto.DataType."""
_HAVE_GRAPHS = frozenset({b"If", b"Loop", b"Scan", b"SequenceMap"})
"""Operations whose attributes are graphs, which may read whatever the graph around them knows."""


class Change(NamedTuple):
    """Bytes of the graph that give way to others; between two of them where `start` is `end`."""

    start: int
    end: int
    written: bytes


class Node(NamedTuple):
    """An operation."""

    at: Field
    """In the graph."""
    kind: bytes
    inputs: tuple[bytes, ...]
    """What it reads; behind that, what graphs inside it read."""
    outputs: tuple[bytes, ...]


@dataclass(frozen=True)
class Graph:
    """The graph of a model, as it is in the model's bytes."""

    model: memoryview
    at: Field
    """In the model."""
    parts: tuple[Field, ...]
    """Nodes, initializers, inputs, outputs, in the order of the graph."""

    @property
    def view(self) -> memoryview:
        """Its bytes, which `Change` and `Field` count."""
        return self.model[self.at.start : self.at.end]

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """In an order in which each comes after those that it reads (onnx.proto asks for that)."""
        view = self.view
        return tuple(_node(view, part) for part in self.parts if part.number == NODE)

    def named(self, number: int, name: int) -> Iterator[tuple[bytes, Field]]:
        """The parts of a kind, each with what its field `name` says."""
        view = self.view
        for part in self.parts:
            if part.number == number:
                yield first(view[part.start : part.end], name), part

    def changed(self, changes: Sequence[Change]) -> bytes:
        """The model with changes, none of which overlap; those for one place come in their order."""
        kept: list[bytes | memoryview] = []
        view, at = self.view, 0
        for change in sorted(changes, key=lambda each: each.start):
            kept += (view[at : change.start], change.written)
            at = change.end
        kept.append(view[at:])
        head = varint(_MODEL_GRAPH << 3 | 2) + varint(sum(map(len, kept)))
        # Once: a model has 60 MB.
        return b"".join((self.model[: self.at.key], head, *kept, self.model[self.at.end :]))

    def added(self, *parts: bytes) -> list[Change]:
        """Changes that put parts at the end of the graph."""
        end = len(self.view)
        return [Change(end, end, part) for part in parts]


def graph_of(model: bytes) -> Graph:
    """The graph of a model. Raises ValueError where the bytes are no model."""
    view = memoryview(model)
    try:
        at = next(field for field in fields(view) if field.number == _MODEL_GRAPH)
        return Graph(view, at, tuple(fields(view[at.start : at.end])))
    except (StopIteration, IndexError, ValueError) as broken:
        raise ValueError("not an ONNX model") from broken


def first(message: memoryview, number: int) -> bytes:
    """The content of the first field of a number; b"" where there is none."""
    return next((bytes(message[each.start : each.end]) for each in fields(message) if each.number == number), b"")


def node(kind: bytes, inputs: Sequence[bytes], outputs: Sequence[bytes]) -> bytes:
    """An operation that has no attributes, as a part of a graph."""
    content = b"".join(message_field(NODE_INPUT, each) for each in inputs)
    content += b"".join(message_field(NODE_OUTPUT, each) for each in outputs)
    return message_field(NODE, content + message_field(NODE_OP_TYPE, kind))


def floats(name: bytes, value: float) -> bytes:
    """A number that nodes read, float32, as a part of a graph."""
    return _initializer(b"", FLOAT, name, struct.pack("<f", value))


def integers(name: bytes, values: Sequence[int]) -> bytes:
    """Whole numbers in a row that nodes read, as a part of a graph."""
    return _initializer(number_field(TENSOR_DIMS, len(values)), INT64, name, struct.pack(f"<{len(values)}q", *values))


def _initializer(dims: bytes, kind: int, name: bytes, data: bytes) -> bytes:
    described = dims + number_field(TENSOR_DATA_TYPE, kind) + message_field(TENSOR_NAME, name)
    return message_field(INITIALIZER, described + message_field(TENSOR_RAW_DATA, data))


def _node(view: memoryview, at: Field) -> Node:
    content = view[at.start : at.end]
    kind, inputs, outputs = b"", [], []
    for field in fields(content):
        if field.number == NODE_ATTRIBUTE:
            continue
        value = bytes(content[field.start : field.end])
        if field.number == NODE_INPUT:
            inputs.append(value)
        elif field.number == NODE_OUTPUT:
            outputs.append(value)
        elif field.number == NODE_OP_TYPE:
            kind = value
    if kind in _HAVE_GRAPHS:
        inputs += _read_inside(content)
    return Node(at, kind, tuple(inputs), tuple(outputs))


def _read_inside(node: memoryview) -> Iterator[bytes]:
    """What the graphs inside a node read and hand out, at any depth."""
    attributes = (node[part.start : part.end] for part in fields(node) if part.number == NODE_ATTRIBUTE)
    for attribute in attributes:
        for part in fields(attribute):
            if part.number in {ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS}:
                yield from _read_by(attribute[part.start : part.end])


def _read_by(graph: memoryview) -> Iterator[bytes]:
    for part in fields(graph):
        if part.number == NODE:
            yield from _node(graph, part).inputs
        elif part.number == OUTPUT:
            yield first(graph[part.start : part.end], NAME)
