"""The command's own process: memory is reused, linear algebra has no threads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from narrate.runtime.process import keep_memory, one_thread_each

FAULTS = """
import resource, sys
from narrate.runtime.process import keep_memory
if "keep" in sys.argv:
    assert keep_memory()
def turn():
    return bytes(4 << 20)
turn()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    bytearray(turn())
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*arguments: str) -> int:
    """Return how many pages the system had to hand out for 20 turns of work on the same amount of memory."""
    ran = subprocess.run([sys.executable, "-c", FAULTS, *arguments], check=True, capture_output=True, text=True)
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="the trait of one C library")
def test_freed_memory_is_used_again() -> None:
    """Blocks of a unit's size are not given back in between: their pages are asked for once, not at every turn."""
    assert faults("keep") * 4 < faults()


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no glibc it does nothing and says so."""
    monkeypatch.setattr(sys, "platform", "darwin")

    assert not keep_memory()


def test_a_wish_for_threads_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """One thread is the default, not an order: what the variable says already stays."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")

    one_thread_each()

    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"


def test_numpy_is_not_loaded_first() -> None:
    """The command prepares its process before anything loads numpy: afterwards the variable would come too late."""
    look = (
        "import sys; from narrate.runtime import process; "
        "process.prepare = lambda: sys.exit(9 if 'numpy' in sys.modules else 7); "
        "from narrate.cli import main; main()"
    )

    ran = subprocess.run([sys.executable, "-c", look, "make", "x.txt"], check=False, capture_output=True)

    assert ran.returncode == 7


def test_cycles_are_looked_for_seldom() -> None:
    """The command's own process does so after fifty thousand new objects; an importing program's does as it did."""
    told = "print(gc.get_threshold()[0])"  # in this process other tests have made episodes
    script = (
        f"import gc; {told}; import narrate; {told}; from narrate.runtime.process import prepare; prepare(); {told}"
    )
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    before, imported, prepared = said.stdout.split()

    assert before == imported != "50000"
    assert prepared == "50000"
