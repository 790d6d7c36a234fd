"""The bench measures what it says; no figure is asserted here, as machines differ."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _bench_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its modules find each other beside the script that is run."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))


def test_a_long_article_is_long_and_says_nothing_twice() -> None:
    """A cache must not make ten hours cheap: every sentence is another one, and every run has the same."""
    from material import WORDS_AN_HOUR, long_article
    from workshop import SEED

    article = long_article(1, SEED)

    sentences = re.findall(r"[A-Z][^.#]+\.", article)
    assert len(article.split()) >= WORDS_AN_HOUR
    assert len(set(sentences)) == len(sentences) > 300
    assert article == long_article(1, SEED)


@pytest.mark.parametrize("late_ms", [-20, 0, 30])
def test_an_error_is_how_far_the_sound_is_from_its_time(late_ms: int) -> None:
    """Early is negative, late is positive, music below the voice is not heard as the voice."""
    from times import RATE_HZ, error_ms

    samples = np.full(2 * RATE_HZ, 2_000, np.int16)
    samples[RATE_HZ + late_ms * RATE_HZ // 1000 :] = 20_000

    assert error_ms(samples, 1000.0) == pytest.approx(late_ms, abs=0.1)


def test_the_cost_of_a_command_is_also_that_of_what_it_starts() -> None:
    """CPU of a child's child counts: eSpeak speaks in a process of its own."""
    from measure import run

    burn = "import time\nwhile time.process_time() < 0.3: pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}]); print('done')"

    cost = run((sys.executable, "-c", outer), {}, ROOT)

    assert cost.cpu_s >= 0.3
    assert cost.output == "done\n"


def test_a_command_that_fails_has_no_cost() -> None:
    """A figure of something that did not work would be worse than none."""
    from measure import run

    with pytest.raises(RuntimeError, match="in vain"):
        run((sys.executable, "-c", "raise SystemExit('in vain')"), {}, ROOT)


def test_what_falls_short_is_said() -> None:
    """The page names each figure that was not reached, and marks the others as reached."""
    from report import page
    from workshop import Row

    made = page([Row("speed", "≤ 1", "2", holds=False, note="A."), Row("size", "≤ 3", "2", holds=True, note="B.")], 3)

    assert "| speed | ≤ 1 | 2 | short |" in made
    assert "* speed: 2, where ≤ 1 was to be reached." in made
    assert "| size | ≤ 3 | 2 | ✓ |" in made
    assert "size: 2, where" not in made
