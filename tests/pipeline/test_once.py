"""Pay once: what was spoken and encoded is never spoken and encoded again, and an edit costs what it changes."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.conftest import CountingEngine

from narrate.errors import StorageError
from narrate.pipeline.making import write
from narrate.pipeline.order import Order, Outcome, Stage
from narrate.runtime.cache import VERSION, Cache

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.model import Take, Utterance, Voice

TEXT = """# Bread

Bread is old. It was baked before anyone wrote.

Flour and water are mixed. Then one waits.

It was baked before anyone wrote. Everywhere it is eaten with salt and butter.
"""
SENTENCES = {
    "Bread.",  # a heading is spoken as a sentence
    "This article is read by a computer voice.",
    "Bread is old.",
    "It was baked before anyone wrote.",
    "Flour and water are mixed.",
    "Then one waits.",
    "Everywhere it is eaten with salt and butter.",
    "End of article.",
}


@pytest.fixture
def script(workshop: Workshop) -> Path:
    """The script of the article, made into an episode once."""
    article = workshop.write("bread.md", TEXT)
    text = write(Order((str(article),)), workshop.settings(), workshop.tools()).text
    path = workshop.write("bread.yaml", text)
    workshop.make(path)
    return path


def edit(script: Path, old: str, new: str) -> None:
    """Change a script as an editor would, in one place."""
    text = script.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    script.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_cold_every_wording_is_spoken_and_every_unit_encoded_once(workshop: Workshop) -> None:
    """The first make speaks each wording once, also one that stands twice, and tells of it."""
    made = workshop.make(workshop.write("bread.md", TEXT)).made[0]

    assert sorted(workshop.engine.spoken) == sorted(SENTENCES)
    assert (made.utterances, made.spoken) == (len(SENTENCES) + 1, len(SENTENCES))
    assert len(workshop.form.encoded) == made.encoded <= made.units
    told = [event for event in workshop.events if event.stage is Stage.SPEAK]
    assert {event.text for event in told} == SENTENCES - {"Bread."} | {"Bread"}
    assert [event.done for event in told] == list(range(1, len(SENTENCES) + 1))


def test_warm_nothing_is_spoken_or_encoded_and_no_byte_changes(workshop: Workshop) -> None:
    """An unchanged remake does none of the work again and leaves the very same files."""
    article = workshop.write("bread.md", TEXT)
    workshop.make(article)
    before = workshop.files()
    made = workshop.make(article).made[0]

    assert (workshop.engine.spoken, workshop.form.encoded) == ([], [])
    assert made.outcome is Outcome.UNCHANGED
    assert workshop.files() == before


def test_identical_paragraphs_are_spoken_and_encoded_once(workshop: Workshop) -> None:
    """Ten times the same words cost one sentence and, but for the last with its longer pause, one unit."""
    once = workshop.elsewhere("once")
    once.make(once.write("a.md", "# Echo\n\nThe same again.\n\nThe same again.\n"))
    workshop.make(workshop.write("a.md", "# Echo\n" + "\nThe same again.\n" * 10))

    assert workshop.engine.spoken.count("The same again.") == 1
    assert len(workshop.form.encoded) <= len(once.form.encoded) + 2  # pauses are rounded to frames in their turn


EDITS: dict[str, tuple[str, str, set[str], int]] = {
    "a word": ("Then one waits.", "Then one rests.", {"Then one rests."}, 1),
    "how the voice says it": (
        '- "Then one waits."',
        '- written: "Then one waits."\n    spoken: "Then one weights."',
        {"Then one weights."},
        1,
    ),
    "the order": (
        '- "Flour and water are mixed."\n  - "Then one waits."',
        '- "Then one waits."\n  - "Flour and water are mixed."',
        set(),
        2,
    ),
    "a pause": ("pause_ms: 800", "pause_ms: 1800", set(), 1),
    "a voice": ("role: title", "role: title\n  voice: low", {"Bread."}, 1),
    "a segment left out": ("role: announcement", "role: announcement\n  skip: true", set(), 0),
    "the episode's title": ('title: "Bread"', 'title: "Loaf"', set(), 0),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_costs_what_it_changes(workshop: Workshop, script: Path, name: str) -> None:
    """Of an edited script only the changed sentences are spoken and only the changed units encoded."""
    old, new, spoken, encoded = EDITS[name]
    edit(script, old, new)
    made = workshop.make(script).made[0]

    assert set(workshop.engine.spoken) == spoken
    assert len(workshop.engine.spoken) == made.spoken == len(spoken)
    assert len(workshop.form.encoded) == made.encoded <= encoded
    assert made.outcome is Outcome.REMADE


def test_music_that_is_edited_costs_no_sentence(workshop: Workshop, script: Path) -> None:
    """Music put into a script is mixed with the takes there are."""
    edit(script, "music: none", "music: default")
    made = workshop.make(script, music=None).made[0]

    assert workshop.engine.spoken == []
    assert made.outcome is Outcome.REMADE


def test_an_edit_and_its_undoing_give_the_first_bytes_again(workshop: Workshop, script: Path) -> None:
    """Same in, same out: the files follow from the script, not from what was made before."""
    before, first = workshop.files(), script.read_text(encoding="utf-8")
    edit(script, "Then one waits.", "Then one sleeps.")
    workshop.make(script)
    changed = workshop.files()
    script.write_text(first, encoding="utf-8")
    workshop.make(script)

    assert changed != before
    assert workshop.files() == before


def test_the_warm_way_gives_the_bytes_of_the_cold_way(workshop: Workshop) -> None:
    """An episode made with a cache full of another version is the one that is made without."""
    article = workshop.write("bread.md", TEXT.replace("waits", "sleeps"))
    workshop.make(article)
    workshop.write("bread.md", TEXT)
    workshop.make(article)
    other = workshop.elsewhere("other")
    other.make(other.write("bread.md", TEXT))

    audio = "bread/bread.mp3"
    assert workshop.files()[audio] == other.files()[audio]


@pytest.mark.parametrize("kind", ["takes", "units", "surveys"])
def test_an_altered_entry_is_noticed_and_made_again(workshop: Workshop, kind: str) -> None:
    """A cache may forget, it may not lie: a changed byte in an entry costs that entry, and nothing is heard of it."""
    article = workshop.write("bread.md", TEXT)
    workshop.make(article)
    before = workshop.files()
    entry = next((workshop.cache / f"v{VERSION}" / kind).glob("*/*"))
    data = bytearray(entry.read_bytes())
    data[-1] ^= 1
    entry.write_bytes(data)
    workshop.make(article)

    assert (len(workshop.engine.spoken), len(workshop.form.encoded)) == (0, int(kind == "units"))
    assert entry.read_bytes() != bytes(data) or kind == "takes"
    assert workshop.files() == before


@pytest.mark.parametrize("cut", [0, 1, 30, -1])
def test_an_altered_take_is_spoken_again_where_it_is_heard(workshop: Workshop, cut: int) -> None:
    """What has to be encoded anew reads its takes, and does not take a damaged one for sound."""
    article = workshop.write("bread.md", TEXT)
    workshop.make(article)
    before = workshop.files()
    for entry in (workshop.cache / f"v{VERSION}" / "takes").glob("*/*"):
        entry.write_bytes(entry.read_bytes()[:cut])
    shutil.rmtree(workshop.cache / f"v{VERSION}" / "units")
    workshop.make(article)

    assert sorted(workshop.engine.spoken) == sorted(SENTENCES)
    assert workshop.files() == before


class Moody(CountingEngine):
    """Never speaks alike twice."""

    def __init__(self) -> None:
        super().__init__()
        self._times = count(1)

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """A little longer each time."""
        take = super().speak(utterance, voice)
        more = take.clip.pcm[: 1_000 * next(self._times)]
        return replace(take, clip=replace(take.clip, pcm=more + take.clip.pcm[len(more) // 2 // 2 * 2 :]))


def test_a_take_that_comes_out_otherwise_is_laid_out_again(workshop: Workshop) -> None:
    """Where the cache lost a take that is needed once more, the timeline is that of the new one."""
    moody = replace(workshop, engine=Moody())
    article = moody.write("bread.md", TEXT)
    moody.make(article)
    for entry in (moody.cache / f"v{VERSION}" / "takes").glob("*/*"):
        data = entry.read_bytes()
        entry.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    shutil.rmtree(moody.cache / f"v{VERSION}" / "units")
    (remade,) = moody.make(article).made
    (again,) = moody.make(article).made

    assert remade.outcome is Outcome.REMADE
    assert again.outcome is Outcome.UNCHANGED


def test_a_cache_of_another_version_is_left_alone(workshop: Workshop) -> None:
    """What an older or newer narrate kept is neither used nor stumbled over."""
    article = workshop.write("bread.md", TEXT)
    workshop.make(article)
    (workshop.cache / f"v{VERSION}").rename(workshop.cache / f"v{VERSION + 1}")
    workshop.make(article)

    assert len(workshop.engine.spoken) == len(SENTENCES)
    assert list((workshop.cache / f"v{VERSION + 1}").glob("takes/*/*"))


def test_a_voice_of_another_version_speaks_again(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes depend on the engine's fingerprint: another model is another voice."""
    article = workshop.write("bread.md", TEXT)
    workshop.make(article)
    monkeypatch.setattr(type(workshop.engine), "fingerprint", lambda _self, _voice: "tone 2")
    workshop.make(article)

    assert len(workshop.engine.spoken) == len(SENTENCES)


def test_speed_speaks_again_and_loudness_does_not(workshop: Workshop) -> None:
    """What an engine does with a voice is in a take; what the mix does with a take is not."""
    article = workshop.write("bread.md", TEXT)
    workshop.make(article)
    workshop.make(article, **{"loudness.target_lufs": -18})
    louder = list(workshop.engine.spoken)
    workshop.make(article, speed=1.5)

    assert louder == []
    assert len(workshop.engine.spoken) == len(SENTENCES)


def test_a_dry_run_counts_and_does_nothing(workshop: Workshop) -> None:
    """``-n`` says how much there is to speak, and leaves neither show nor takes behind."""
    article = workshop.write("bread.md", TEXT)
    planned = workshop.order(Order((str(article),), dry_run=True)).made[0]

    assert (planned.outcome, planned.audio) == (Outcome.PLANNED, None)
    assert (planned.utterances, planned.spoken) == (len(SENTENCES) + 1, len(SENTENCES))
    assert workshop.engine.spoken == []
    assert not (workshop.root / "out").exists()


def test_without_a_cache_the_episode_is_made_all_the_same(workshop: Workshop) -> None:
    """A cache folder that is a file costs a warning, not the episode."""
    workshop.cache.write_text("not a folder")
    made = workshop.make(workshop.write("bread.md", TEXT)).made[0]

    assert sorted(workshop.engine.spoken) == sorted(SENTENCES)
    assert "cache" in " ".join(made.warnings)
    assert workshop.cache.read_text() == "not a folder"


def test_takes_that_can_be_kept_nowhere_end_in_one_sentence(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With neither disk nor memory left for takes it stops: a sentence spoken twice is not the same twice."""
    workshop.cache.write_text("not a folder")
    monkeypatch.setattr("narrate.runtime.cache.MEMORY_BYTES", 100)

    with pytest.raises(StorageError, match="cannot keep anything in the cache"):
        workshop.make(workshop.write("bread.md", TEXT))


def test_a_run_keeps_its_takes_from_being_pruned(workshop: Workshop) -> None:
    """While an episode is made, clearing the cache takes away nothing it is made of."""
    article = workshop.write("bread.md", TEXT)
    workshop.make(article)
    shutil.rmtree(workshop.show)
    with Cache(workshop.cache).in_use():
        for entry in (workshop.cache / f"v{VERSION}").glob("*/*/*"):
            os.utime(entry)
        left = Cache(workshop.cache).prune(0)
    workshop.make(article)

    assert left.entries == 0
    assert workshop.engine.spoken == []
