"""Covers held against small pictures that a person looked at once, and typefaces chosen from a shelf of files."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from narrate.episode import lettering
from narrate.episode.cover import Motif, contrast, draw_cover
from narrate.episode.lettering import Face, face_for, set_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden"
COVERS = {
    "wave": ("Global operation takes down dark web drug marketplace", "Narrated articles", Motif.WAVE),
    "bare": ("Silence", "", Motif.WAVE),
    "rings": ("Narrated articles", "", Motif.RINGS),
    "second": ("A second show", "of somebody", Motif.RINGS),
    "alone": ("\U00012000\U00012001", "", Motif.WAVE),  # cuneiform: no typeface has it
    "around": ("\U00012001", "", Motif.RINGS),
}
THUMB_PX = 50


def thumbnail(cover: bytes) -> Image.Image:
    """A cover as small as in a list of episodes."""
    with Image.open(BytesIO(cover)) as picture:
        return picture.convert("RGB").reduce(picture.width // THUMB_PX)


@pytest.mark.parametrize("name", COVERS)
def test_covers_look_as_they_did(name: str) -> None:
    """Ground, letters, motif and where each is: within what another version of Pillow may round otherwise."""
    title, subtitle, motif = COVERS[name]

    seen = np.asarray(thumbnail(draw_cover(title, subtitle, 10 * THUMB_PX, motif)), np.int16)
    with Image.open(GOLDEN / f"cover-{name}.png") as golden:
        difference = np.abs(seen - np.asarray(golden, np.int16))

    assert difference.mean() < 0.5
    assert difference.max() < 16


@pytest.mark.parametrize("name", COVERS)
def test_a_cover_is_the_same_at_any_size(name: str) -> None:
    """An episode's, a show's and a preview are one picture: everything is in thousandths of the side."""
    title, subtitle, motif = COVERS[name]

    small, large = (
        np.asarray(thumbnail(draw_cover(title, subtitle, side * THUMB_PX, motif)), np.int16) for side in (10, 28)
    )

    assert np.abs(small - large).mean() < 3


def test_colour_is_kept_whole() -> None:
    """No subsampling: letters on a coloured ground would fringe (JPEG, 4:4:4); and the file stays small."""
    data = draw_cover(*COVERS["wave"][:2], 1400)
    with Image.open(BytesIO(data)) as picture:
        layers = picture.layer  # type: ignore[attr-defined] # of Pillow's reader of JPEG: id, samples, samples, table

    assert {layer[1:3] for layer in layers} == {(1, 1)}
    assert len(data) < 250_000


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffff00", 8.0),
    ],
)
def test_contrast_is_that_of_the_recommendation(one: str, other: str, ratio: float) -> None:
    """Figures as every checker of WCAG 2.2 gives them, whichever colour comes first."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of fonts, and no other on this machine."""
    monkeypatch.setattr(lettering, "_FOLDERS", (str(tmp_path),))
    lettering._system_fonts.cache_clear()
    yield tmp_path
    lettering._system_fonts.cache_clear()


def put_fonts(shelf: Path, *names: str) -> None:
    """Files of these names, in a folder below the shelf; each holds narrate's own letters."""
    own = (files("narrate.episode") / "fonts" / "InterDisplay-Bold-subset.otf").read_bytes()
    (shelf / "below").mkdir()
    for name in names:
        (shelf / "below" / name).write_bytes(own)


def test_the_best_typeface_of_a_shelf_comes_first(shelf: Path) -> None:
    """By family, then upright before slanted or narrow, then bold before regular; unknown families do not count."""
    put_fonts(
        shelf,
        *("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSansMono-Bold.ttf"),
        *("NotoSans-Regular.ttf", "NotoSans-BoldItalic.ttf", "NotoSansJP-Bold.otf", "NotoSansCJK-Light.ttc"),
        *("Arialbd.ttf", "arial.ttf", "ComicSans.ttf", "NotoSans-Bold.woff", "malgun.ttf", "Noto Sans Display.ttf"),
    )

    assert [Path(path).name for path in lettering._system_fonts()] == [
        *("NotoSansJP-Bold.otf", "Noto Sans Display.ttf", "NotoSans-Regular.ttf"),
        *("NotoSans-BoldItalic.ttf", "NotoSansCJK-Light.ttc"),
        *("DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSansMono-Bold.ttf", "DejaVuSans-Oblique.ttf"),
        *("malgun.ttf", "Arialbd.ttf", "arial.ttf"),
    ]


def test_a_system_without_fonts_draws_what_it_can(shelf: Path) -> None:
    """The letters that come with narrate are enough for Latin, Greek and Cyrillic; the rest goes without."""
    assert list(shelf.iterdir()) == []
    assert [face_for(text)[1] for text in ("Ætherial Ω Жизнь", "人工知能", "")] == ["Ætherial Ω Жизнь", "", ""]


def test_a_text_is_drawn_by_the_first_typeface_that_has_all_its_letters(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never half of it by one and half by another."""
    put_fonts(shelf, "NotoSans-Regular.ttf", "DejaVuSans.ttf")
    has = {"": "abc ", "NotoSans-Regular.ttf": "абв ", "DejaVuSans.ttf": "abcабв ."}
    monkeypatch.setattr(Face, "has", lambda face, letter: letter in has[Path(face.path).name])

    chosen = {text: Path(face_for(text)[0].path).name for text in ("ab c", "аб", "ab аб", "xyz")}

    assert chosen == {"ab c": "", "аб": "NotoSans-Regular.ttf", "ab аб": "DejaVuSans.ttf", "xyz": ""}
    assert face_for("xyz")[1] == ""
    assert face_for("ab. c")[1] == "ab c"


@pytest.mark.parametrize(
    ("text", "rtl"), [("שלום world", True), ("مرحبا", True), ("12 שלום", True), ("hello שלום", False), ("12", False)]
)
def test_a_line_begins_at_the_side_of_its_first_letter(text: str, rtl: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 # it is what is tested
    """Unicode's rule for a paragraph (UAX 9, P2): digits and signs do not decide."""
    monkeypatch.setattr(lettering, "_can_shape", lambda: True)
    monkeypatch.setattr(Face, "has", lambda _face, _letter: True)

    assert face_for(text) == (Face("", rtl), text)


@pytest.mark.parametrize("text", ["नमस्ते", "မြန်မာ", "ខ្មែរ", "བོད", "مرحبا", "שלום"])
def test_letters_that_need_shaping_wait_for_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library that puts them together they would be wrong, whatever font there is: then none is drawn."""
    monkeypatch.setattr(lettering, "_can_shape", lambda: False)
    monkeypatch.setattr(Face, "has", lambda _face, _letter: True)

    assert face_for(text) == (Face(), "")


@pytest.mark.parametrize(
    ("text", "drawn"), [("a\ufe0fb\ufe00c", "abc"), ("e\u0301te", "éte"), ("q\u0301", "q\u0301"), ("a\tb\n c", "a b c")]
)
def test_signs_without_a_shape_are_left_out(text: str, drawn: str) -> None:
    """Variation selectors go, accents stay with their letter, white space is a blank."""
    assert face_for(text)[1] == drawn


@given(st.text("abcdefgh .,", min_size=1, max_size=200).filter(str.strip), st.integers(150, 900))
def test_set_lines_fit_and_lose_no_word(text: str, side: int) -> None:
    """Inside the box at the size that was found, the whole text in order, or cut with an ellipsis at the smallest."""
    sizes = range(120, 20, -10)
    setting = set_lines(text, Face(), (side, side), sizes)
    whole = " ".join(text.split()).replace(" ", "")
    drawn = "".join(setting.lines).replace(" ", "")

    assert setting.size_px in sizes
    if setting.lines[-1].endswith("…") and drawn != whole:
        assert setting.size_px == sizes[-1]
        assert whole.startswith(drawn.removesuffix("…"))
        assert not drawn.endswith((".…", ",…"))
    else:
        assert drawn == whole
        assert len(setting.lines) * setting.size_px * 1.12 <= side
        assert max(Face().width(line, setting.size_px) for line in setting.lines) <= side * 1.03


def test_what_is_cut_fills_its_box() -> None:
    """As many lines as there is room for, and at least one, however low the box."""
    text = "many more words than there is room for " * 20

    tall = set_lines(text, Face(), (400, 200), range(30, 28, -1))
    low = set_lines(text, Face(), (400, 5), range(30, 28, -1))

    assert len(tall.lines) == int(200 / (29 * 1.12))
    assert len(low.lines) == 1
    assert all(Face().width(line, 29) > 300 for line in tall.lines[:-1])
