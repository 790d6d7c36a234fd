"""Secret words: made once, remembered apart from the show, known to this user alone."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from narrate.errors import StorageError, UsageError
from narrate.runtime.tokens import checked_token, token_for

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where they are remembered."""
    return tmp_path / "state" / "tokens.json"


def test_a_token_is_made_once(store: Path) -> None:
    """Too long to be guessed, in signs that nobody mistakes; the same from then on; another's is another."""
    token = token_for(["a"], store)

    assert re.fullmatch("[a-km-np-z2-9]{26}", token)
    assert token_for(["a"], store) == token
    assert token_for(["b"], store) != token


def test_a_token_is_known_by_either_name(store: Path) -> None:
    """A show that is moved keeps its guid, one that is published keeps its folder: its address stays."""
    token = token_for(["guid:1", "folder:/a"], store)

    assert token_for(["guid:1", "folder:/b"], store) == token
    assert token_for(["guid:2", "folder:/b"], store) == token
    assert token_for(["guid:2", "folder:/c"], store) == token


def test_a_given_token_is_remembered(store: Path) -> None:
    """In place of the one before: so an address that got about is made worthless."""
    old = token_for(["a"], store)
    token_for(["a"], store, "another-one")

    assert token_for(["a"], store) == "another-one" != old


@pytest.mark.parametrize("word", ["a/b", "..", ".hidden", "ü", "a b", "a?b", "a%2fb", "x" * 201, "a\n"])
def test_a_token_must_stand_in_an_address(word: str) -> None:
    """As it is, without escapes, and it must be no step of a path."""
    with pytest.raises(UsageError, match="a token is at most 200 letters"):
        checked_token(word)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_others_cannot_read_it(store: Path) -> None:
    """Another user of this machine has no business with it."""
    token_for(["a"], store)
    token_for(["b"], store)

    assert store.stat().st_mode & 0o777 == 0o600


def test_two_at_once_agree(store: Path) -> None:
    """Whoever comes second takes what the first one made."""
    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(lambda _: token_for(["a"], store), range(16)))

    assert len(tokens) == 1


@pytest.mark.parametrize("spoilt", [b"not json", b"[]", b'{"a": 7}', b'{"a": "../x"}', b"\xff"])
def test_a_spoilt_memory_is_begun_anew(store: Path, spoilt: bytes) -> None:
    """What is no token is not taken for one."""
    store.parent.mkdir()
    store.write_bytes(spoilt)

    assert len(token_for(["a"], store)) == 26


def test_no_place_to_remember_is_said(store: Path) -> None:
    """A file stands where the folder is to be."""
    store.parent.write_text("")

    with pytest.raises(StorageError, match=r"tokens\.json"):
        token_for(["a"], store)
