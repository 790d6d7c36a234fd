"""A model is made to tell durations by one appended field, or left alone."""

from __future__ import annotations

import pytest

from narrate.speech.durations import with_durations


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
