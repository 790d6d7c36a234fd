"""An episode on a bed: one stream, made again as one, the same bytes each time; whose music plays; two channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest
import yaml
from tests.mix.test_music import write_wav
from tests.pipeline.watched import WatchedMp3

from narrate.errors import MixError, ShowError
from narrate.mix.decode import sound_of
from narrate.model import FRAME_SAMPLES, RATE_HZ
from narrate.pipeline.making import write
from narrate.pipeline.order import Order, Outcome
from narrate.pipeline.shows import begin_show, change_show

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from tests.pipeline.conftest import Workshop

    from narrate.model import Loudness
    from narrate.pipeline.order import Made

TEXT = """# Bread

Bread is old. It was baked before anyone wrote.

Flour and water are mixed. Then one waits.

## Crust

The oven is hot by now. Nobody opens it.
"""


class Heard(WatchedMp3):
    """MP3 that keeps what it is to encode."""

    def __init__(self) -> None:
        self.encoded: list[int] = []
        self.samples: list[NDArray[np.int16]] = []
        super().__init__(self._note)

    def _note(self, samples: NDArray[np.int16], frames: int) -> None:
        self.encoded.append(frames)
        self.samples.append(samples)


@dataclass(slots=True)
class Baker:
    """A workshop with an article and two pieces of music."""

    workshop: Workshop
    form: Heard = field(default_factory=Heard)

    def make(self, text: str = TEXT, /, **options: object) -> Made:
        """The article made."""
        self.workshop.form = self.form  # type: ignore[assignment] # it counts as the usual one does
        self.form.samples.clear()
        article = self.workshop.write("bread.md", text)
        usual = {"book": "none", "jobs": 1}  # in order, and of the episode alone: what is encoded is noted
        return self.workshop.make(article, **usual | options).made[0]

    def decoded(self, made: Made) -> NDArray[np.float32]:
        """What is heard of the finished file, (n, channels)."""
        assert made.audio is not None
        with sound_of(made.audio) as (rate_hz, pieces):
            assert rate_hz == RATE_HZ
            return np.concatenate(list(pieces))


@pytest.fixture
def baker(workshop: Workshop) -> Baker:
    """One, with ``left.wav`` of one channel and ``both.wav`` of two, six seconds each."""
    time = np.arange(6 * RATE_HZ) / RATE_HZ
    left, right = (0.2 * np.sin(2 * np.pi * hertz * time) * (1 + 0.3 * np.sin(time)) for hertz in (311.1, 466.2))
    write_wav(workshop.root / "left.wav", left)
    write_wav(workshop.root / "both.wav", left, right)
    return Baker(workshop)


def path(baker: Baker, name: str = "left.wav") -> str:
    """Where a piece lies."""
    return str(baker.workshop.root / name)


def test_units_on_a_bed_are_one_stream(baker: Baker) -> None:
    """All but the opening's are encoded in order and in one go, with one encoder, and it is told how many."""
    made = baker.make(**{"music.bed": path(baker)})

    assert made.running_on == made.units - 2 > 5
    assert made.encoded == len(baker.form.encoded) == made.units
    assert baker.make().running_on == 1


def test_an_edit_encodes_all_of_them_again_and_speaks_one_sentence(baker: Baker) -> None:
    """The bed is heard elsewhere in its course behind the edit; what is the same costs nothing."""
    bed = {"music.bed": path(baker)}
    before = baker.make(**bed)

    again = baker.make(**bed)
    edited = baker.make(TEXT.replace("Then one waits.", "Then one rests for long."), **bed)

    assert (again.outcome, again.encoded) == (Outcome.UNCHANGED, 0)
    assert (edited.outcome, edited.spoken) == (Outcome.REMADE, 1)
    assert edited.encoded >= edited.running_on == before.running_on
    assert before.units == edited.units


def test_the_same_bytes_from_a_cold_cache(baker: Baker) -> None:
    """Another folder, nothing kept: every file is what it was."""
    other = Baker(baker.workshop.elsewhere("other"))
    for each in (baker, other):
        each.make(**{"music.bed": path(baker, "both.wav"), "stereo": True, "music": "default"})

    mine, others = ({n: d for n, d in each.workshop.files().items() if n.endswith(".mp3")} for each in (baker, other))
    assert mine == others


@pytest.mark.parametrize("stereo", [False, True])
def test_what_is_heard_is_the_mix_and_nothing_clicks_at_a_join(baker: Baker, *, stereo: bool) -> None:
    """Decoded it is the samples that were mixed, in time to the sample; at joins as near to them as anywhere."""
    made = baker.make(**{"music.bed": path(baker, "both.wav"), "stereo": stereo})
    mixed = np.concatenate(baker.form.samples).astype(np.float64) / 32768
    mixed = mixed.reshape(len(mixed), -1)

    heard = baker.decoded(made).astype(np.float64)
    gain = float((mixed * heard).sum() / (mixed**2).sum())
    wrong = np.abs(heard - gain * mixed).max(axis=1)
    joins = np.cumsum(baker.form.encoded)[:-1] * FRAME_SAMPLES

    assert heard.shape == mixed.shape == (len(mixed), 2 if stereo else 1)
    assert 10 * np.log10(((gain * mixed) ** 2).sum() / ((heard - gain * mixed) ** 2).sum()) > 12
    assert max(wrong[at - 20 : at + 20].max() for at in joins) <= np.quantile(wrong, 0.999)


def test_two_channels_differ_by_the_music_alone(baker: Baker) -> None:
    """The voice is in the middle, to the last bit of what is encoded; without --stereo there is one channel."""
    baker.make(**{"music.bed": path(baker, "both.wav"), "stereo": True})
    both = np.concatenate(baker.form.samples).astype(int)
    baker.make(stereo=True)
    voice = np.concatenate(baker.form.samples).astype(int)
    baker.make(**{"music.bed": path(baker, "both.wav")})

    assert np.abs(both[:, 0] - both[:, 1]).max() > 200
    np.testing.assert_array_equal(voice[:, 0], voice[:, 1])
    assert {samples.ndim for samples in baker.form.samples} == {1}


def test_two_channels_are_as_loud_as_one(baker: Baker) -> None:
    """-16 LUFS decoded, with the voice 3 dB lower in each; no peak above the ceiling."""
    article = baker.workshop.write("bread.md", TEXT)
    heard: list[Loudness] = []
    gains: list[float] = []
    for stereo in (False, True):
        (made,) = baker.workshop.order(Order((str(article),), measure=True), stereo=stereo, music="default").made
        heard += made.heard.values()
        gains.append(made.gain_db)

    assert [each.target_lufs for each in heard] == pytest.approx([-16.0, -16.0], abs=0.1)
    assert max(each.ceiling_dbtp for each in heard) <= -1.0
    assert gains[0] - gains[1] == pytest.approx(3.0, abs=0.35)


# whose music plays


def music_of(workshop: Workshop, **options: object) -> dict[str, str]:
    """The music that a new script names."""
    order = Order((str(workshop.write("bread.md", TEXT)),))
    text = write(order, workshop.settings(music=None, **options), workshop.tools(), workshop.root).text
    found = yaml.safe_load(text)["music"]
    return found if isinstance(found, dict) else dict.fromkeys(("intro", "sting", "outro"), found)


def test_the_show_names_its_music(baker: Baker) -> None:
    """An option goes before it, and it before narrate.toml; a path counts from the show's folder."""
    shop = baker.workshop
    shop.write("narrate.toml", '[music]\nintro = "none"\nsting = "none"\nbed = "both.wav"\n')
    begin_show(shop.show, "Bakery", "en")
    for name, value in (("music_intro", "../../left.wav"), ("music_bed", "default"), ("music-outro", "none")):
        change_show(shop.show, name, value)

    assert music_of(shop) == {"intro": "left.wav", "sting": "none", "outro": "none", "bed": "default"}
    by_option = music_of(shop, **{"music.intro": "default", "music.bed": "none"})
    assert by_option == {"intro": "default", "sting": "none", "outro": "none"}


def test_a_script_goes_before_the_show(baker: Baker) -> None:
    """What stands in a script file is heard, whatever its show has; and none of the show's is loaded."""
    shop = baker.workshop
    text = write(Order((str(shop.write("bread.md", TEXT)),)), shop.settings(), shop.tools()).text
    script = shop.write("bread.yaml", text)
    begin_show(shop.show, "Bakery", "en")
    change_show(shop.show, "music_bed", "gone.mp3")

    assert "music: none" in text
    assert shop.make(script, music=None).made[0].running_on == 1


def test_music_that_the_show_names_and_is_not_there_is_told(baker: Baker) -> None:
    """Before a word is spoken, with the path at which it was looked for."""
    shop = baker.workshop
    begin_show(shop.show, "Bakery", "en")
    change_show(shop.show, "music_bed", "gone.mp3")

    error = shop.refusal(shop.write("bread.md", TEXT), options={"music": None})

    assert isinstance(error, MixError)
    assert str(error).startswith(f"the bed music '{shop.show / 'gone.mp3'}': no such file")
    assert not shop.engine.spoken


@pytest.mark.parametrize("value", ["https://example.org/a.mp3", "a\nb.mp3"])
def test_an_address_is_no_music_of_a_show(baker: Baker, value: str) -> None:
    """Nothing is fetched to be music."""
    begin_show(baker.workshop.show, "Bakery", "en")

    with pytest.raises(ShowError, match="must be default, none or the path"):
        change_show(baker.workshop.show, "music_bed", value)


def test_no_music_is_no_bed_either(baker: Baker) -> None:
    """--no-music silences the bed that a file of settings names; --music FILE does not make a bed of it."""
    shop = baker.workshop
    shop.write("narrate.toml", '[music]\nbed = "left.wav"\n')

    assert music_of(shop)["bed"] == "left.wav"
    assert music_of(shop, **{"music.bed": "none"}) == dict.fromkeys(("intro", "sting", "outro"), "default")
    assert shop.settings(music="none").music.bed == "none"
    assert shop.settings(music="both.wav").music.bed == path(baker)
    assert baker.make(music="none").running_on == 1
    assert baker.make(music="default").running_on > 1


def test_a_segment_cannot_begin_a_bed(baker: Baker) -> None:
    """It plays by itself; the sentence says what can stand there."""
    shop = baker.workshop
    text = write(Order((str(shop.write("bread.md", TEXT)),)), shop.settings(music=None), shop.tools()).text
    script: Path = shop.write("bread.yaml", text.replace("music: intro", "music: bed"))

    error = shop.refusal(script, options={"music": None})

    assert "music" in str(error)
    assert "intro, sting or outro" in str(error)
