"""What a picture is, by its bytes."""

from __future__ import annotations

import pytest
from tests.pipeline.audited import picture

from narrate.episode.pictures import examine


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (picture(), ("jpeg", 1400, "RGB", False)),
        (picture("PNG", 7, "RGBA"), ("png", 7, "RGB", True)),
        (picture("PNG", 7, "L"), ("png", 7, "L", False)),
        (picture("JPEG", 7, "CMYK"), ("jpeg", 7, "CMYK", False)),
        (picture("GIF", 7, "P"), ("gif", 7, "P", False)),
        (picture()[:500], ("", 0, "", False)),
        (b"<svg/>", ("", 0, "", False)),
        (b"", ("", 0, "", False)),
    ],
)
def test_a_picture_is_what_its_bytes_say(data: bytes, seen: tuple[str, int, str, bool]) -> None:
    """Kind, side, colours and transparency; one that breaks off is none."""
    found = examine(data)

    assert (found.kind, found.width_px, found.colours, found.alpha) == seen
    assert found.size_bytes == len(data)


def test_a_picture_that_would_fill_the_memory_is_not_decoded() -> None:
    """A small file may claim any size: it is told, and nothing is unpacked."""
    head = picture("PNG", 8)
    huge = head[:16] + (60_000).to_bytes(4, "big") * 2 + head[24:]

    assert examine(huge).kind in {"", "png"}
