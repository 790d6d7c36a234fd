"""Where the fields of a script file stand, for complaints that only come up when the script is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from narrate.script.nodes import Fields, Items, Text, read_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.script.nodes import Node


class Place(NamedTuple):
    """A field that holds text: its line from 1, its path of names ("music.intro"), and the text."""

    line: int
    field: str
    value: str


def places_in(data: bytes) -> Iterator[Place]:
    r"""Every field with a text of its own in a script that `load_script` could read, from the top.

    >>> list(places_in(b"voice: ada\nmusic:\n  intro: a.mp3\nsegments:\n- voice: bo\n"))[1:]
    [Place(line=3, field='music.intro', value='a.mp3'), Place(line=5, field='voice', value='bo')]
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    yield from _places(read_nodes(data.decode(encoding)), "")


def _places(node: Node, field: str) -> Iterator[Place]:
    if isinstance(node, Text):
        yield Place(node.line, field, node.value)
    elif isinstance(node, Items):
        for item in node.items:
            yield from _places(item, "")  # each item is a thing of its own: "voice" of a segment, not "segments.voice"
    elif isinstance(node, Fields):
        for name, inner in node.fields.items():
            yield from _places(inner, f"{field}.{name}" if field else name)
