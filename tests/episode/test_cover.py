"""Cover art: its form by Pillow's reader, its legibility by measuring."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from time import process_time

import numpy as np
import pytest
from PIL import Image, ImageColor, ImageDraw

from narrate.episode.cover import PALETTES, Motif, Palette, contrast, draw_cover
from narrate.episode.lettering import Face, face_for, set_lines

SEED = "Global operation takes down dark web drug marketplace"
LONG = (
    "A remarkably long headline that goes on about municipal finance, the history of sewers, three theories of growth "
    "and, at the very end of it all, an unexpected digression about the herons of the northern marshes"
)
TITLES = [
    SEED,
    "Silence",
    LONG,
    "人工知能が変える都市の未来",
    "مستقبل المدن في عصر الذكاء الاصطناعي",
    "🎉 Emoji party 🎉",
    "https://example.org/a-very-long-address-without-any-space/that-goes-on-and-on-forever",
    "",
    "\x00\ud800",
]


def opened(data: bytes) -> Image.Image:
    """The picture, decoded."""
    return Image.open(BytesIO(data))


def palette_of(picture: Image.Image) -> Palette:
    """The palette whose ground the upper left corner has."""
    corner = np.array(picture.getpixel((3, 3)))
    return min(PALETTES, key=lambda each: float(np.abs(corner - ImageColor.getrgb(each.ground)).sum()))


def drawn(picture: Image.Image, colour: str) -> np.ndarray:
    """Where a colour is, nearly."""
    distance = np.abs(np.asarray(picture, np.int16) - np.array(ImageColor.getrgb(colour))).sum(2)
    return np.argwhere(distance < 60)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("motif", Motif)
def test_is_a_square_rgb_jpeg(title: str, motif: Motif) -> None:
    """What Apple and players ask for, whatever the title: JPEG, RGB, the size that was asked for."""
    picture = opened(draw_cover(title, "A show", 400, motif))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (400, 400))


@pytest.mark.parametrize("palette", PALETTES, ids=lambda each: each.ground)
def test_colours_can_be_told_apart(palette: Palette) -> None:
    """Letters in either colour stand out from the ground by 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    assert contrast(palette.ink, palette.ground) >= 4.5
    assert contrast(palette.accent, palette.ground) >= 4.5


@pytest.mark.parametrize("title", TITLES[:3] + TITLES[5:7])
def test_letters_keep_their_margins(title: str) -> None:
    """The title is there, inside the margins, above the wave."""
    picture = opened(draw_cover(title, "A show", 1000))
    rows, columns = drawn(picture, palette_of(picture).ink).T

    assert len(rows) > 3_000
    assert columns.min() >= 78
    assert columns.max() <= 922
    assert rows.min() >= 150
    assert rows[rows < 670].max() <= 655


def test_same_title_same_bytes() -> None:
    """A remake has the same cover; another title has another."""
    one, again, other = (draw_cover(title, "Show", 300) for title in (SEED, SEED, "Another"))

    assert one == again != other


def test_titles_spread_over_the_palettes() -> None:
    """A shelf of episodes is not of one colour."""
    grounds = {palette_of(opened(draw_cover(f"Episode {index}", "", 60))).ground for index in range(40)}

    assert len(grounds) >= 5


def test_without_a_typeface_there_are_no_boxes() -> None:
    """Letters that no font here has are not drawn as boxes: the cover does without."""
    missing = "\U00012000\U00012001"  # cuneiform, in none of the families that are looked for

    assert face_for(missing) == (Face(), "")
    assert len(draw_cover(missing, "", 300)) > 2_000


def test_costs_little() -> None:
    """An episode's cover takes at most 0.1 CPU seconds here, a show's 0.35; twice that fails, for slower machines."""
    draw_cover(SEED, "Show", 1400)
    started = process_time()
    draw_cover(SEED, "Show", 1400)
    between = process_time()
    draw_cover("Narrated articles", "", 3000, Motif.RINGS)

    assert between - started < 0.2
    assert process_time() - between < 0.7


class TestLettering:
    """Lines that fit."""

    def test_emoji_are_left_out_and_letters_kept(self) -> None:
        """What the typeface lacks goes, the words stay."""
        assert face_for("🎉 Éclair & co. – “ok” 👍🏽") == (Face(), "Éclair & co. – “ok”")

    def test_lines_are_balanced(self) -> None:
        """No line is much shorter than the others where words allow it."""
        setting = set_lines(SEED, Face(), (1176, 665), range(210, 60, -3))

        widths = [Face().width(line, setting.size_px) for line in setting.lines]
        assert " ".join(setting.lines) == SEED
        assert max(widths) <= 1176
        assert min(widths) > 0.6 * max(widths)

    def test_larger_boxes_have_larger_letters(self) -> None:
        """The size is the largest that fits."""
        sizes = [set_lines(SEED, Face(), (side, side), range(300, 10, -2)).size_px for side in (300, 600, 900)]

        assert all(one < other for one, other in pairwise(sizes))

    def test_too_much_text_ends_in_an_ellipsis(self) -> None:
        """At the smallest size the rest is cut off, and said to be."""
        setting = set_lines("word " * 400, Face(), (400, 300), range(60, 38, -2))

        assert setting.lines[-1].endswith("…")
        assert len(setting.lines) * setting.leading_px <= 310

    def test_ideographs_break_anywhere_but_before_a_stop(self) -> None:
        """Scripts without spaces are set in lines too, and no line begins with a full stop."""
        lines = set_lines("人工知能が変える。都市の未来。" * 3, Face(), (600, 600), range(80, 30, -2)).lines

        assert len(lines) > 1
        assert "".join(lines) == "人工知能が変える。都市の未来。" * 3
        assert not any(line.startswith("。") for line in lines)

    def test_pairs_are_kerned(self) -> None:
        """Letters that lean stand nearer: "To" is narrower than its letters."""
        assert Face().width("To", 100) < Face().width("T", 100) + Face().width("o", 100) - 5

    def test_what_is_drawn_is_as_wide_as_measured(self) -> None:
        """Kerning counts where letters are drawn as it does where they are measured."""
        face, text = Face(), "To Wait AVAVA Ty"
        picture = Image.new("L", (1400, 200))

        face.draw(ImageDraw.Draw(picture), (20, 150), text, 100, "white")

        box = picture.getbbox()
        assert box is not None
        assert box[2] - box[0] == pytest.approx(face.width(text, 100), abs=8)
