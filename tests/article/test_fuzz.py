"""Every reader that is installed, on made-up and broken input: an article or a sentence, and nothing lost.

The same laws, for as long as one likes: ``python tests/fuzz/run.py --seconds 600``.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from narrate.runtime.plugins import load

from .fuzzing import READERS, broken, judged, seeds, texts

FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
FEWER = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


def test_all_readers_are_fuzzed() -> None:
    """A reader that is added is fuzzed too: it has a seed here."""
    assert set(READERS) == {
        name for name, plugin in load("narrate.readers").found.items() if plugin.value.startswith("narrate.")
    }
    assert set(READERS) == set(seeds())


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_seed_is_an_article(name: str) -> None:
    """What the broken files are made of is whole itself, and its own reader is surest of it."""
    article = judged(name, seeds()[name])

    assert article is not None
    assert "mill" in article.text
    claims = {other: reader.claims(seeds()[name][:16_384], article.origin) for other, reader in READERS.items()}
    assert max(claims, key=lambda other: claims[other]) == name


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
@FEW
@given(data=st.data())
def test_any_text_has_a_fate(name: str, data: st.DataObject) -> None:
    """Signs of every format, marks, floods, other scripts: each letter is in a block or an omission."""
    judged(name, data.draw(texts()).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", sorted(READERS))
@FEWER
@given(noise=st.binary(max_size=400))
@example(noise=b"")
@example(noise=b"\0" * 64)
def test_noise_is_refused_or_read(name: str, noise: bytes) -> None:
    """Bytes that mean nothing end in a sentence, also behind the first bytes of the format."""
    judged(name, noise)
    judged(name, seeds()[name][:12] + noise)


@pytest.mark.parametrize("name", sorted(READERS))
@FEW
@given(data=st.data())
def test_a_broken_file_is_refused_or_read(name: str, data: st.DataObject) -> None:
    """A good file with bytes cut out, put in, doubled or changed: nothing but an article or a sentence comes of it."""
    judged(name, data.draw(broken(seeds()[name])))
