"""Have a vocoder compute its convolutions over planes one sample high, not over lines: the same sums, sooner.

ONNX Runtime has its fastest kernels, which read channels in blocks, for convolutions of two dimensions only; for
those of one it first copies the sound once for each tap of a filter. The vocoders of Piper's voices (HiFi-GAN) are
chains of one-dimensional convolutions, and take most of the time. So a dimension is put in where such a chain begins
and taken out where it ends, and filters get one of size 1: what is multiplied and added stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.speech.graph import (
    ATTRIBUTE_INTS,
    INITIALIZER,
    NAME,
    NODE,
    NODE_ATTRIBUTE,
    NODE_INPUT,
    NODE_OUTPUT,
    OUTPUT,
    TENSOR_DIMS,
    TENSOR_NAME,
    VALUE_INFO,
    Change,
    first,
    integers,
    node,
)
from narrate.speech.protobuf import fields, message_field, number_field, numbers

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from narrate.speech.graph import Graph, Node
    from narrate.speech.protobuf import Field

    Dims = Mapping[bytes, list[int]]

_SAMPLE_BY_SAMPLE = frozenset({b"LeakyRelu", b"Tanh", b"Add", b"Div", b"Mul"})
"""Do the same to a plane as to a line, where all that they read is planes and single numbers."""

_WIDENED = {b"kernel_shape": [1], b"dilations": [1], b"strides": [1], b"output_padding": [0]}
"""Attributes with one number a dimension, and that of the new one; pads have two."""
_PADS, _GROUP = b"pads", b"group"
_TAPS = 2
"""The dimension of a filter behind outputs and inputs."""

_TO_PLANE, _TO_LINE = b"narrate_to_plane", b"narrate_to_line"
_ENTRY, _PLANE = b"/narrate_entry", b"/narrate_plane"


@dataclass
class _Chain:
    """The nodes that are to compute planes, what they make, and the filters that they alone read."""

    nodes: list[Node] = field(default_factory=list)
    planes: set[bytes] = field(default_factory=set)
    filters: set[bytes] = field(default_factory=set)


def planes(graph: Graph) -> list[Change]:
    """What has all behind the first transposed convolution compute planes; nothing for a model that has none."""
    nodes = graph.nodes
    tensors = dict(graph.named(INITIALIZER, TENSOR_NAME))
    chain = _chain(graph, nodes, {name: _dims(graph, tensor) for name, tensor in tensors.items()})
    inside = {each.at for each in chain.nodes}
    outside = {name for each in nodes if each.at not in inside for name in each.inputs}
    outside |= {name for name, _ in graph.named(OUTPUT, NAME)}
    if not chain.nodes or chain.filters & outside:
        return []
    exits = chain.planes & outside
    changes = [_on_planes(graph, each, chain.planes, exits) for each in chain.nodes]
    changes += [_widened_filter(graph, tensors[name]) for name in chain.filters]
    # What is told of their shapes is true no more, and nobody needs it.
    told = graph.named(VALUE_INFO, NAME)
    changes += [Change(part.key, part.end, b"") for name, part in told if name in chain.planes]
    return changes + graph.added(integers(_TO_PLANE, (0, 0, 1, -1)), integers(_TO_LINE, (0, 0, -1)))


def _chain(graph: Graph, nodes: Sequence[Node], dims: Dims) -> _Chain:
    chain = _Chain()
    single = {name for name, each in dims.items() if each in ([], [1])}
    for each in nodes:
        if each.kind in {b"Conv", b"ConvTranspose"}:
            begins = each.kind == b"ConvTranspose"
            joins = (begins or each.inputs[0] in chain.planes) and _can_be_widened(graph, each, dims)
            chain.filters |= {each.inputs[1]} if joins else set()
        else:
            read = set(each.inputs)
            joins = each.kind in _SAMPLE_BY_SAMPLE and bool(read & chain.planes) and read <= chain.planes | single
        if joins:
            chain.nodes.append(each)
            chain.planes.update(each.outputs)
    return chain


def _can_be_widened(graph: Graph, convolution: Node, dims: Dims) -> bool:
    """Whether it has one dimension, filters that are known, and attributes that are understood."""
    names = {name for name, _ in _attributes(graph, convolution)}
    return len(dims.get(convolution.inputs[1], ())) == _TAPS + 1 and names <= {*_WIDENED, _PADS, _GROUP}


def _dims(graph: Graph, tensor: Field) -> list[int]:
    return numbers(graph.view[tensor.start : tensor.end], TENSOR_DIMS)


def _attributes(graph: Graph, each: Node) -> list[tuple[bytes, memoryview]]:
    """Attributes with their names."""
    content = graph.view[each.at.start : each.at.end]
    found = (content[part.start : part.end] for part in fields(content) if part.number == NODE_ATTRIBUTE)
    return [(first(attribute, NAME), attribute) for attribute in found]


def _on_planes(graph: Graph, each: Node, planes: Container[bytes], exits: Container[bytes]) -> Change:
    """A node of the chain, with what makes a plane of the line that it reads, or a line of what others read."""
    content = graph.view[each.at.start : each.at.end]
    entry = each.outputs[0] + _ENTRY if each.kind == b"ConvTranspose" and each.inputs[0] not in planes else b""
    written = node(b"Reshape", (each.inputs[0], _TO_PLANE), (entry,)) if entry else b""
    parts: list[bytes] = []
    for part in fields(content):
        value = content[part.start : part.end]
        if part.number in {NODE_INPUT, NODE_OUTPUT}:
            name = bytes(value)
            name = entry if entry and name == each.inputs[0] else name + _PLANE if name in exits else name
            parts.append(message_field(part.number, name))
        elif part.number == NODE_ATTRIBUTE:
            parts.append(message_field(part.number, _widened_attribute(value)))
        else:
            parts.append(bytes(content[part.key : part.end]))
    written += message_field(NODE, b"".join(parts))
    written += b"".join(node(b"Reshape", (name + _PLANE, _TO_LINE), (name,)) for name in each.outputs if name in exits)
    return Change(each.at.key, each.at.end, written)


def _widened_attribute(attribute: memoryview) -> bytes:
    """An attribute with the numbers of the new dimension before those of the line."""
    name, told = first(attribute, NAME), numbers(attribute, ATTRIBUTE_INTS)
    if name == _PADS:
        told = [0, told[0], 0, told[1]]
    elif name in _WIDENED:
        told = _WIDENED[name] + told
    kept = b"".join(
        bytes(attribute[part.key : part.end]) for part in fields(attribute) if part.number != ATTRIBUTE_INTS
    )
    return kept + b"".join(number_field(ATTRIBUTE_INTS, each) for each in told)


def _widened_filter(graph: Graph, tensor: Field) -> Change:
    """A filter with a dimension of size 1 before its taps; the numbers in it stay as they are."""
    content = graph.view[tensor.start : tensor.end]
    dims = numbers(content, TENSOR_DIMS)
    parts = [part for part in fields(content) if part.number == TENSOR_DIMS]
    dims.insert(_TAPS, 1)
    written = b"".join(number_field(TENSOR_DIMS, each) for each in dims)
    kept = b"".join(bytes(content[part.key : part.end]) for part in fields(content) if part not in parts)
    return Change(tensor.key, tensor.end, message_field(INITIALIZER, written + kept))
