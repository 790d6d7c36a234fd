"""Have a model tell how long each phoneme lasts, and let it be told that some last longer.

Piper's models (VITS) round the length of every phoneme up with their only ``Ceil`` node; Kokoro's round it with their
only ``Round``. Naming that node's output among the graph's outputs is all it takes to be told. To tell it, the lengths
are multiplied before that node by an input that is 1 where nothing is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.speech.graph import FLOAT, INPUT, NAME, NODE, NODE_INPUT, OUTPUT, Change, floats, node
from narrate.speech.protobuf import fields, message_field, number_field

if TYPE_CHECKING:
    from narrate.speech.graph import Graph, Node

_TYPE, _TENSOR, _ELEMENT = 2, 1, 1
"""ValueInfoProto.type, TypeProto.tensor_type and TypeProto.Tensor.elem_type."""

STRETCH = "narrate_stretch"
"""The input of a model that can be told: how many times as long each phoneme id lasts, float32, one or one an id."""
_STRETCHED = b"narrate_stretched"


def durations(graph: Graph, rounding: bytes = b"Ceil", *, told: bool = False) -> list[Change]:
    """What gives the model one output more: the length of each phoneme id, in hops of the vocoder.

    `rounding` is the type of the node that makes it whole; a model that can be `told` has the input `STRETCH` too.
    Raises ValueError where the model has another number of such nodes than one.
    """
    found = [each for each in graph.nodes if each.kind == rounding]
    if len(found) != 1:
        raise ValueError(f"{len(found)} {rounding.decode()} nodes where one was expected")
    rounded = found[0]
    telling = graph.added(message_field(OUTPUT, message_field(NAME, rounded.outputs[0])))
    if not told:
        return telling
    return [_stretched(graph, rounded), *telling, *graph.added(floats(STRETCH.encode(), 1.0), _input())]


def _stretched(graph: Graph, rounded: Node) -> Change:
    """The lengths multiplied by what is told, and rounded after that."""
    product = node(b"Mul", (rounded.inputs[0], STRETCH.encode()), (_STRETCHED,))
    content = graph.view[rounded.at.start : rounded.at.end]
    other = b"".join(bytes(content[each.key : each.end]) for each in fields(content) if each.number != NODE_INPUT)
    reading = message_field(NODE, message_field(NODE_INPUT, _STRETCHED) + other)
    return Change(rounded.at.key, rounded.at.end, product + reading)


def _input() -> bytes:
    """The input; an initializer of its name says what it is where nobody gives it."""
    tensor = message_field(_TYPE, message_field(_TENSOR, number_field(_ELEMENT, FLOAT)))
    return message_field(INPUT, message_field(NAME, STRETCH.encode()) + tensor)
