"""A workshop: a folder, an engine and a format that count, a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from tests.pipeline.watched import WatchedMp3

from narrate.pipeline.making import make
from narrate.pipeline.order import Order
from narrate.pipeline.tools import Tools
from narrate.runtime.cache import Cache
from narrate.runtime.plugins import load
from narrate.settings import load_settings
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.errors import NarrateError
    from narrate.model import Take, Utterance, Voice
    from narrate.pipeline.order import Event, Result
    from narrate.settings import Settings

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class CountingEngine(ToneEngine):
    """Tones, with what was asked for."""

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def speak(self, utterance: Utterance, voice: Voice) -> Take:
        """As a tone, and noted."""
        self.spoken.append(utterance.spoken)
        return super().speak(utterance, voice)

    def voices(self) -> Sequence[Voice]:
        """The usual one and a low one."""
        usual = super().voices()[0]
        return (usual, replace(usual, name="low", pitch=20, level_db=0.1))


class CountingMp3(WatchedMp3):
    """MP3, with the lengths of what was encoded, in frames."""

    def __init__(self) -> None:
        self.encoded: list[int] = []
        super().__init__(lambda _samples, frames: self.encoded.append(frames))


@dataclass(slots=True)
class Workshop:
    """Makes episodes in `root` without music, and counts what each make speaks and encodes."""

    root: Path
    engine: CountingEngine = field(default_factory=CountingEngine)
    form: CountingMp3 = field(default_factory=CountingMp3)
    clock: datetime = NOON
    guids: Iterator[int] = field(default_factory=lambda: count(1))
    events: list[Event] = field(default_factory=list)

    @property
    def show(self) -> Path:
        """The show's folder."""
        return self.root / "out" / "narrated-articles"

    @property
    def cache(self) -> Path:
        """The cache's folder."""
        return self.root / "cache"

    def settings(self, **options: object) -> Settings:
        """The settings of a command line with these options; None takes one of the usual ones away."""
        usual = {"engine": "tone", "music": "none", "out": str(self.root / "out"), "jobs": 2}
        given = {name: value for name, value in (usual | options).items() if value is not None}
        return load_settings(given, {}, self.root, None)

    def tools(self) -> Tools:
        """Tools that count, with a cache that is opened anew."""
        return Tools(
            readers=load("narrate.readers"),
            engines={"tone": self.engine},
            formats={"mp3": self.form},
            cache=Cache(self.cache),
            now=lambda: self.clock,
            new_guid=lambda: str(UUID(int=next(self.guids))),
            wait=lambda _: None,
        )

    def order(self, order: Order, **options: object) -> Result:
        """Make what is ordered; what was counted before is forgotten."""
        self.engine.spoken.clear()
        self.form.encoded.clear()
        self.events.clear()
        return make(order, self.settings(**options), self.tools(), self.events.append)

    def make(self, *articles: Path | str, **options: object) -> Result:
        """Make articles that are fine."""
        result = self.order(Order(tuple(map(str, articles))), **options)
        for failure in result.failed:
            raise failure.error
        return result

    def write(self, name: str, text: str) -> Path:
        """A file in the workshop."""
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return path

    def files(self) -> dict[str, bytes]:
        """Every file of the show, but those that narrate works with."""
        paths = sorted(path for path in self.show.rglob("*") if path.is_file() and ".staging" not in path.parts)
        return {str(path.relative_to(self.show)): path.read_bytes() for path in paths}

    def elsewhere(self, name: str) -> Workshop:
        """A workshop in a folder of its own in this one, which counts by itself."""
        root = self.root / name
        root.mkdir()
        return replace(self, root=root, engine=CountingEngine(), form=CountingMp3(), guids=count(1), events=[])

    def refusal(
        self, *articles: Path | str, edition: str = "", options: Mapping[str, object] = MappingProxyType({})
    ) -> NarrateError:
        """The one thing that goes wrong; what there was before is there still, and nothing of the new."""
        before = self.files()
        result = self.order(Order(tuple(map(str, articles)), edition=edition), **options)
        assert self.files() == before
        assert not [path for path in self.show.glob(".staging/*") if not path.name.startswith(("lock", "index"))]
        (failed,) = result.failed
        self.one_sentence(failed.error)
        return failed.error

    @staticmethod
    def one_sentence(error: NarrateError) -> None:
        """Check that it is one line for people, short, and not Python's own words."""
        text = str(error)
        assert 10 < len(text) < 400
        assert "\n" not in text
        assert "Traceback" not in text
        assert "Errno" not in text


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A workshop that is empty; it draws small covers, which take less time."""
    monkeypatch.setattr("narrate.episode.cover.SHOW_PX", 300)
    monkeypatch.setattr("narrate.pipeline.packing.EPISODE_PX", 300)
    return Workshop(tmp_path)
