"""Pictures drawn again: upright, small enough, without what nobody sees; and those that are refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageDraw
from tests.drawn import drawing, encoded, photograph

from narrate.episode.redraw import MOST_PIXELS, SIDE_PX, Redrawn, redraw
from narrate.errors import EpisodeError

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def promised(width: int, height: int) -> bytes:
    """A file of a few bytes that says it is a picture of that size."""
    facts = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    ends = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = (struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each)) for each in (facts, ends))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def seen(made: Redrawn) -> Image.Image:
    """What a browser gets, which is what is said of it."""
    image = Image.open(BytesIO(made.data))
    image.load()
    assert (image.size, f"image/{str(image.format).lower()}") == ((made.width, made.height), made.mime)
    return image


@pytest.mark.parametrize("profiled", [True, False], ids=["profile", "none"])
def test_a_photograph_is_small_enough_upright_and_says_nothing_of_its_maker(*, profiled: bool) -> None:
    """Place, camera, profile and comments are gone, and what they said of its bearing is done."""
    image = Image.new("RGB", (2400, 1200), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 300, 300), fill="red")  # at the top left as it was taken
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "A maker"
    exif.get_ifd(GPS)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"icc_profile": profile} if profiled else {}
    data = encoded(image, "JPEG", exif=exif, comment=b"A comment", xmp=b"<x:xmpmeta/>", **options)

    made = seen(redraw(data))

    assert made.size == (SIDE_PX // 2, SIDE_PX)
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop", "dpi"} & made.info.keys()
    assert not made.getexif()
    assert all(word not in redraw(data).data for word in (b"A maker", b"A comment", b"xmpmeta", b"Exif"))
    red, green, _ = made.convert("RGB").getpixel((SIDE_PX // 2 - 20, 20))  # type: ignore[misc] # a pixel of RGB
    assert (red > 200, green < 60) == (True, True)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "BMP", "TIFF", "JPEG"])
def test_every_usual_format_is_shown(kind: str) -> None:
    """As JPEG or PNG, which all browsers and reading systems know."""
    image = seen(redraw(photograph(kind=kind)))

    assert image.size == (64, 48)


def test_what_shows_through_stays_so() -> None:
    """As PNG; where nothing does it is not said to."""
    through = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    ImageDraw.Draw(through).line((0, 0, 39, 29), fill="black")

    for data in (encoded(through), encoded(through, "WEBP", lossless=True), encoded(through.convert("LA"))):
        image = seen(redraw(data))
        assert (image.mode, image.getpixel((30, 2))) == ("RGBA", (0, 0, 0, 0))
    assert seen(redraw(encoded(Image.new("RGBA", (40, 30), "red")))).mode == "RGB"


def test_drawings_stay_sharp_and_photographs_small() -> None:
    """A drawing is a PNG without loss; a photograph is none, whatever it came as."""
    image = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(image).text((20, 20), "Nine bars", fill="black")

    assert seen(redraw(encoded(image))).convert("RGB").tobytes() == image.tobytes()
    assert redraw(photograph(400, 300, "PNG")).mime == "image/jpeg"


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG"),
        (Image.new("P", (40, 30), 3), "PNG"),
        (Image.new("1", (40, 30), 1), "PNG"),
        (Image.new("I;16", (40, 30), 51_200), "PNG"),
        (Image.new("I", (40, 30), 51_200), "TIFF"),
        (Image.new("L", (40, 30), 200), "JPEG"),
    ],
    ids=["cmyk", "palette", "bits", "deep", "deeper", "grey"],
)
def test_every_kind_of_colour_is_shown(image: Image.Image, kind: str) -> None:
    """Deep greys keep their measure."""
    made = seen(redraw(encoded(image, kind)))

    assert made.mode in {"L", "RGB"}
    if image.mode.startswith("I"):
        assert made.getpixel((5, 5)) == 200


def test_the_same_bytes_give_the_same_bytes() -> None:
    """An unchanged picture has an unchanged name."""
    data = photograph(300, 200, "PNG")

    assert redraw(data) == redraw(data)


def test_of_a_picture_that_moves_the_first_is_shown() -> None:
    """Nothing on a page moves by itself (WCAG 2.2.2)."""
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20, loop=0)

    made = seen(redraw(data))

    assert getattr(made, "n_frames", 1) == 1
    assert made.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is no JPEG"),
        (b"<html><body>404</body></html>", "is no JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no JPEG"),
        (b"8BPS\0\1" + b"\0" * 60, "is no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is an SVG drawing"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><svg onload='alert(1)'/>", "is an SVG drawing"),
        (photograph(300, 200)[:2000], "is damaged"),
        (photograph(300, 200, "PNG")[:9000], "is damaged"),
        (photograph(300, 200, "GIF")[:40], "is no JPEG"),
        (promised(MOST_PIXELS // 1000 + 1, 1000), "more than 50 million pixels"),
        (promised(30_000, 30_000), "more than 50 million pixels"),
        (drawing(width=1, height=1), "too few to be seen"),
        (drawing(width=400, height=2), "too few to be seen"),
    ],
    ids=map(str, range(13)),
)
def test_what_is_no_picture_is_refused(data: bytes, why: str) -> None:
    """Other kinds, programs, damaged ones, bombs, and dots that count visitors."""
    with pytest.raises(EpisodeError, match=why):
        redraw(data)
