"""A model is made to tell durations by one appended field, or left alone."""

from __future__ import annotations

import pytest

from narrate.speech.durations import STRETCH, durations
from narrate.speech.graph import graph_of


def with_durations(model: bytes, *, told: bool = False) -> bytes:
    """The model that tells them."""
    graph = graph_of(model)
    return graph.changed(durations(graph, told=told))


def field(number: int, content: bytes) -> bytes:
    """A short field of bytes, as protobuf writes it."""
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content


def node(kind: bytes, output: bytes) -> bytes:
    """A NodeProto inside a GraphProto."""
    return field(1, field(1, b"in") + field(2, output) + field(4, kind))


OPSET = field(8, b"\x10\x0f")
VERSION = b"\x08\x08"


def test_the_output_of_the_only_ceil_node_becomes_an_output() -> None:
    """The graph grows by one ValueInfoProto that names it; every other byte stays as it was."""
    graph = node(b"Add", b"sum") + node(b"Ceil", b"lengths") + field(2, b"name")

    changed = with_durations(VERSION + field(7, graph) + OPSET)

    assert changed == VERSION + field(7, graph + field(12, field(1, b"lengths"))) + OPSET


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (VERSION + field(7, node(b"Add", b"sum")), "0 Ceil nodes"),
        (VERSION + field(7, node(b"Ceil", b"a") + node(b"Ceil", b"b")), "2 Ceil nodes"),
        (VERSION + OPSET, "not an ONNX model"),
        (VERSION + field(7, node(b"Ceil", b"a"))[:-3], "not an ONNX model"),
        (b"", "not an ONNX model"),
        (b"\xff" * 40, "not an ONNX model"),
        (b"<html>not found</html>", "not an ONNX model"),
    ],
)
def test_what_is_no_such_model_is_refused(model: bytes, reason: str) -> None:
    """A graph with another number of Ceil nodes, and bytes that are no model, raise ValueError."""
    with pytest.raises(ValueError, match=reason):
        with_durations(model)


def test_a_model_that_can_be_told_multiplies_the_lengths_before_it_rounds_them() -> None:
    """A Mul node comes before the Ceil, which reads its product; the factor is an input that is 1 by itself."""
    before, ceil, after = node(b"Add", b"sum"), node(b"Ceil", b"lengths"), node(b"Exp", b"more")

    changed = with_durations(VERSION + field(7, before + ceil + after) + OPSET, told=True)

    factor = STRETCH.encode()
    product = b"narrate_stretched"
    multiplied = field(1, field(1, b"in") + field(1, factor) + field(2, product) + field(4, b"Mul"))
    rounded = field(1, field(1, product) + field(2, b"lengths") + field(4, b"Ceil"))
    one = field(5, b"\x10\x01" + field(8, factor) + field(9, b"\0\0\x80?"))
    given = field(11, field(1, factor) + field(2, field(1, b"\x08\x01")))
    output = field(12, field(1, b"lengths"))
    inside = before + multiplied + rounded + after + output + one + given
    size = len(inside)
    assert changed == VERSION + bytes([7 << 3 | 2, size & 0x7F | 0x80, size >> 7]) + inside + OPSET
