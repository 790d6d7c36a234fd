"""Music that a script names is found from wherever one is, and published without saying where this machine keeps it."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import pytest
import yaml

from narrate.pipeline.making import write
from narrate.pipeline.order import Order, Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

TEXT = "# Bread\n\nBread is old.\n"


@pytest.fixture
def theme(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Half a second of music in a folder beside the article, in the folder one is in."""
    monkeypatch.chdir(workshop.root)
    path = workshop.root / "sounds" / "theme.wav"
    path.parent.mkdir()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\x00\x20\x00\xe0" * 2_000)
    return path


def published(workshop: Workshop) -> dict[str, str]:
    """The music that the episode's script names."""
    script = yaml.safe_load((workshop.show / "bread" / "script.yaml").read_text(encoding="utf-8"))
    found: dict[str, str] | str = script["music"]
    return {"intro": found, "outro": found} if isinstance(found, str) else found


@pytest.mark.parametrize("absolute", [False, True])
def test_the_script_of_an_episode_is_made_again_from_anywhere(
    workshop: Workshop, theme: Path, monkeypatch: pytest.MonkeyPatch, *, absolute: bool
) -> None:
    """However the music was named: it is named from the episode's folder, and nothing changes by making it again."""
    workshop.make(workshop.write("bread.md", TEXT), music=str(theme) if absolute else "sounds/theme.wav")
    before = workshop.files()
    monkeypatch.chdir(theme.parent)
    again = workshop.make(workshop.show / "bread" / "script.yaml", music=None)

    assert published(workshop)["intro"] == "../../../sounds/theme.wav"
    assert str(workshop.root).encode() not in b"".join(before.values())
    assert again.made[0].outcome is Outcome.UNCHANGED
    assert workshop.files() == before


def test_a_project_that_moves_keeps_its_music(workshop: Workshop, theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show and music moved together, the episode is made from its own script as it was."""
    workshop.make(workshop.write("bread.md", TEXT), music=str(theme))
    before = workshop.files()
    moved = workshop.elsewhere("moved")
    for name in ("out", "sounds"):
        (workshop.root / name).rename(moved.root / name)
    monkeypatch.chdir("/")

    assert moved.make(moved.show / "bread" / "script.yaml", music=None).made[0].outcome is Outcome.UNCHANGED
    assert moved.files() == before


def test_a_path_through_a_link_leads_to_the_same_music(workshop: Workshop, theme: Path) -> None:
    """``out`` may be a link to another disk."""
    disk = workshop.root / "disk" / "deep"
    disk.mkdir(parents=True)
    (workshop.root / "out").symlink_to(disk)
    workshop.make(workshop.write("bread.md", TEXT), music=str(theme))

    assert published(workshop)["intro"] == "../../../../sounds/theme.wav"
    assert workshop.make(workshop.show / "bread" / "script.yaml", music=None).made[0].outcome is Outcome.UNCHANGED


def test_a_script_file_names_music_from_its_own_folder(workshop: Workshop, theme: Path) -> None:
    """Where it is going to lie is told; "default" and "none" are no paths; without a file it is as it was given."""
    order = Order((str(workshop.write("bread.md", TEXT)),))
    options = {"music": None, "music.intro": "sounds/theme.wav", "music.sting": "none", "music.outro": "default"}
    beside = write(order, workshop.settings(**options), workshop.tools(), theme.parent).text
    plain = write(order, workshop.settings(**options), workshop.tools()).text

    assert yaml.safe_load(beside)["music"] == {"intro": "theme.wav", "sting": "none", "outro": "default"}
    assert yaml.safe_load(plain)["music"]["intro"] == "sounds/theme.wav"
    script = theme.with_name("x.yaml")
    script.write_text(beside, encoding="utf-8")
    assert workshop.make(script, music=None).made[0].outcome is Outcome.NEW


WRONG = {
    "voice": ('voice: "tone"', "voice: nobody", "voice: no voice 'nobody'"),
    "cast": ("music: none", "music: none\ncast: nobody", "cast: no cast 'nobody'"),
    "suggested": ("music: none", "music: none\ncast: doo", "cast: no cast 'doo'; did you mean 'duo'?"),
    "engine": ('voice: "tone"', "voice: joe", "voice: the voice 'joe' is one of piper, not of tone"),
    "segment": ("role: body", "role: body\n  voice: nobody", "voice: no voice 'nobody'"),
    "music": ("music: none", "music: gone.mp3", "music: the intro music '"),
    "outro": ("music: none", "music:\n  intro: none\n  outro: gone.mp3", "music.outro: the outro music '"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_script_names_and_is_not_there_gets_line_and_field(workshop: Workshop, name: str) -> None:
    """Before anything is spoken; the line is that of the value, counted by hand here."""
    old, new, words = WRONG[name]
    article = workshop.write("bread.md", TEXT)
    text = write(Order((str(article),)), workshop.settings(), workshop.tools()).text
    edited = text.replace(old, new, 1)
    value = new.rstrip().rsplit(": ", 1)[1]
    line = next(number for number, each in enumerate(edited.splitlines(), 1) if each.endswith(f": {value}"))
    error = workshop.refusal(workshop.write("x.yaml", edited), options={"music": None})

    assert old in text
    assert str(error).startswith(f"x.yaml, line {line}: {words}")
    assert workshop.engine.spoken == []


def test_an_option_that_is_wrong_is_not_blamed_on_the_script(workshop: Workshop) -> None:
    """A script whose voice is fine, made with another one that is not there."""
    text = write(Order((str(workshop.write("bread.md", TEXT)),)), workshop.settings(), workshop.tools()).text
    script = workshop.write("x.yaml", text)
    error = workshop.refusal(script, options={"voice": "nobody"})

    assert str(error).startswith("no voice 'nobody'")


def test_music_that_breaks_off_is_told(workshop: Workshop, theme: Path) -> None:
    """Once a part, beside what else is told; the episode is made with what can be played."""
    half = _half(theme.with_name("half.flac"))
    made = workshop.make(workshop.write("bread.md", TEXT), music=str(half)).made[0]

    assert made.audio is not None
    assert made.audio.stat().st_size
    assert [each.partition(" breaks off after ")[0] for each in made.warnings] == [
        f"the {part} music '{half}'" for part in ("intro", "outro")
    ]


def _half(path: Path) -> Path:
    """The first half of a FLAC of 8 s."""
    import av
    import numpy as np

    with av.open(str(path), "w") as out:
        stream = out.add_stream("flac", rate=44_100, layout="mono")
        assert isinstance(stream, av.AudioStream)
        sound = np.random.default_rng(8).integers(-9_000, 9_000, (1, 8 * 44_100)).astype(np.int16)
        for at in range(0, sound.shape[1], 4_096):
            frame = av.AudioFrame.from_ndarray(sound[:, at : at + 4_096], format="s16", layout="mono")
            frame.sample_rate = 44_100
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path
