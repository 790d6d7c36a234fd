"""A store that fails at any of its operations: what is there is whole at every moment, and the next run finishes."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from tests.publish.remote.material import Looker, folder_files, public, wanted

from narrate.errors import PublishError
from narrate.publish.remote import _STORES, _Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from narrate.pipeline.publishing import Published

    Send = Callable[..., Published]


class Faulty(MemoryFileSystem):  # type: ignore[misc] # fsspec has no types
    """A store in memory that counts what it is asked, fails when its turn comes, and is looked at after each answer."""

    protocol = "faulty"
    store: dict[str, Any] = {}  # noqa: RUF012 # fsspec's own way: one store for all of its kind
    pseudo_dirs = [""]  # noqa: RUF012 # as above
    left = -1
    after = False
    look: Callable[[], object] = staticmethod(lambda: None)

    @classmethod
    def arm(cls, left: int, *, after: bool) -> None:
        """Fail at the operation after `left` others, once it is done or before it."""
        cls.left, cls.after = left, after

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(MemoryFileSystem._strip_protocol(path.removeprefix("faulty://")))

    def _turn(self, operation: Callable[..., Any], *given: Any, **named: Any) -> Any:  # noqa: ANN401 # any operation's
        kind = type(self)
        kind.left -= 1
        due = kind.left == -1
        if due and not kind.after:
            raise OSError(errno.EIO, "it broke")
        answer = operation(*given, **named)
        kind.look()
        if due:
            raise OSError(errno.EIO, "it broke")
        return answer

    def put_file(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 # as above
        """In turn."""
        return self._turn(super().put_file, *given, **named)

    def cp_file(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 # as above
        """In turn."""
        return self._turn(super().cp_file, *given, **named)

    def rm_file(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 # as above
        """In turn."""
        return self._turn(super().rm_file, *given, **named)

    def find(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 # as above
        """In turn."""
        return self._turn(super().find, *given, **named)

    def cat_file(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 # as above
        """In turn."""
        return self._turn(super().cat_file, *given, **named)


@pytest.fixture
def faulty() -> Iterator[type[Faulty]]:
    """The kind of store, registered; its look asserts that the feed there is whole."""
    fsspec.register_implementation("faulty", Faulty, clobber=True)
    yield Faulty
    Faulty.look = staticmethod(lambda: None)
    Faulty.store.clear()
    Faulty.left = -1


KINDS = {
    "renames": _Store(),
    "whole": _Store(whole=True),
    "whole and copies": _Store(whole=True, copies=True, keeps_headers=True, expected=_STORES["s3"].expected),
}


EVERY = int(os.environ.get("NARRATE_FAULT_EVERY", "11"))
"""Every so-manieth operation fails here; tests/faults/publish.py has them all."""


@pytest.mark.parametrize(
    ("kind", "after"),
    [("renames", False), ("whole and copies", True), *([] if EVERY > 1 else [("renames", True), ("whole", False)])],
)
def test_a_failure_at_any_operation_leaves_a_whole_feed_and_is_gone_on_from(
    shows: dict[str, Path], undisturbed: Undisturbed, kind: str, *, after: bool
) -> None:
    """Each operation of a run that replaces, adds and removes fails in turn, before or after its effect.

    After every single operation nothing that the feed names is missing or of another length; the run after it ends
    byte for byte as an undisturbed one does.
    """
    undisturbed.become(KINDS[kind])
    undisturbed.begin(shows["old"])
    failures = 0
    while undisturbed.fails(shows["new"], failures, after=after):
        undisturbed.send(shows["new"], "faulty://pod", delete=True)
        assert public(undisturbed.there()) == wanted(shows["new"])
        assert undisturbed.send(shows["new"], "faulty://pod", delete=True).plan.sends == ()
        failures += EVERY
    assert failures > 25


class Undisturbed:
    """A target in the faulty store that is brought back to what it was before each trial."""

    def __init__(self, send: Send, patch: pytest.MonkeyPatch) -> None:
        self.send = send
        self._patch = patch
        self._before: dict[str, Any] = {}
        self.wrong: list[str] = []

    def become(self, kind: _Store) -> None:
        """Have the store be of a kind."""
        self._patch.setitem(_STORES, "faulty", kind)

    def begin(self, show: Path) -> None:
        """Publish a show, from which each trial goes on, and look after each operation from here on."""
        self.send(show, "faulty://pod")
        self._before = dict(Faulty.store)
        Faulty.look = staticmethod(self.look)

    def there(self) -> dict[str, bytes]:
        """What is in the store, by names."""
        return {path.removeprefix("/pod/"): file.getvalue() for path, file in Faulty.store.items()}

    def look(self) -> None:
        """See whether the feed there is whole; noted, since a driver's errors are made sentences of."""
        there = self.there()
        self.wrong += Looker(there.get).wrong_in(there["feed.xml"])

    def fails(self, show: Path, number: int, *, after: bool) -> bool:
        """Publish while that operation fails; False where there are not so many."""
        Faulty.store.clear()
        Faulty.store.update(self._before)
        Faulty.arm(number, after=after)
        with suppress(PublishError):
            self.send(show, "faulty://pod", delete=True)
        failed = Faulty.left < 0
        Faulty.arm(-1, after=False)
        self.look()
        assert self.wrong == []
        return failed


@pytest.fixture
def undisturbed(send: Send, faulty: type[Faulty], monkeypatch: pytest.MonkeyPatch) -> Undisturbed:
    """The target, with nothing at it."""
    assert not faulty.store
    return Undisturbed(send, monkeypatch)


class Refusing:
    """A module of the standard library, one of whose functions fails."""

    def __init__(self, module: object, name: str, number: int) -> None:
        self._module = module
        setattr(self, name, self._refuse)
        self._number = number

    def __getattr__(self, name: str) -> object:
        return getattr(self._module, name)

    def _refuse(self, *_given: object) -> None:
        raise OSError(self._number, os.strerror(self._number))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("call", [(os, "fsync"), (shutil, "copyfileobj"), (os, "walk")], ids=lambda call: str(call[-1]))
def test_a_disk_that_says_no_leaves_what_was_published(
    shows: dict[str, Path], tmp_path: Path, send: Send, call: tuple[ModuleType, str], number: int
) -> None:
    """Full, read-only, broken, not allowed: one sentence, no part of a file, and the next run finishes."""
    target = tmp_path / "t"
    send(shows["old"], str(target))
    before = folder_files(target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"narrate.publish.disk.{call[0].__name__}", Refusing(*call, number))
        with pytest.raises(PublishError) as error:
            send(shows["new"], str(target))

    assert len(str(error.value)) < 250
    assert "Errno" not in str(error.value)
    assert folder_files(target) == before
    send(shows["new"], str(target), delete=True)
    assert public(folder_files(target)) == wanted(shows["new"])
