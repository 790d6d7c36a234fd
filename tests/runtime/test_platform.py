"""Where narrate runs, and what it says elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from narrate.errors import PlatformError
from narrate.runtime.platform import Machine, refuse_unsupported

LINUX = Machine((3, 11), "cpython", 64, "linux", "x86_64", "glibc", (2, 36))
MAC = Machine((3, 13), "cpython", 64, "darwin", "arm64", "", (15, 1))
WINDOWS = Machine((3, 12), "cpython", 64, "win32", "amd64")


def test_this_machine_is_supported() -> None:
    """What the tests run on is no machine that narrate refuses: reading the real values works."""
    refuse_unsupported()


@pytest.mark.parametrize(
    "machine",
    [
        LINUX,
        MAC,
        WINDOWS,
        replace(LINUX, processor="aarch64", release=(2, 28)),
        replace(LINUX, release=()),
        replace(LINUX, python=(3, 15)),
        replace(MAC, release=(14,)),
        replace(MAC, release=()),
    ],
    ids=str,
)
def test_supported_machines_pass(machine: Machine) -> None:
    """Nothing is said where every wheel exists, nor for a release that could not be read, nor for a newer Python."""
    refuse_unsupported(machine)


@pytest.mark.parametrize(
    ("machine", "beginning", "advice"),
    [
        (replace(MAC, processor="x86_64"), "narrate cannot run on an Intel Mac", "Apple silicon"),
        (replace(MAC, release=(13, 6, 1)), "narrate needs macOS 14 or newer and this is 13.6.1", "update macOS"),
        (replace(LINUX, libc="", release=()), "narrate cannot run on a Linux without glibc (Alpine", "use Debian"),
        (replace(LINUX, libc="musl", release=(1, 2)), "narrate cannot run on a Linux without glibc", "use Debian"),
        (replace(LINUX, release=(2, 17)), "narrate needs glibc 2.28 or newer and this is 2.17", "Debian 10"),
        (replace(LINUX, processor="riscv64"), "narrate cannot run on Linux with this processor (riscv64)", "x86-64"),
        (replace(LINUX, processor=""), "narrate cannot run on Linux with this processor (unknown)", "x86-64"),
        (replace(LINUX, bits=32), "narrate cannot run in a 32-bit Python", "install a 64-bit one"),
        (replace(LINUX, processor="i686", bits=32), "narrate cannot run in a 32-bit Python", "64-bit"),
        (
            replace(WINDOWS, processor="arm64"),
            "narrate cannot run on Windows with this processor (arm64)",
            "x86-64 Python",
        ),
        (replace(WINDOWS, bits=32), "narrate cannot run in a 32-bit Python", "64-bit"),
        (replace(LINUX, system="freebsd14"), "narrate cannot run on freebsd14", "use Linux"),
        (replace(LINUX, implementation="pypy"), "narrate needs CPython and this is pypy", "install CPython"),
        (replace(LINUX, python=(3, 10)), "narrate needs Python 3.11 or newer and this is 3.10", "install a newer one"),
    ],
)
def test_other_machines_get_one_sentence(machine: Machine, beginning: str, advice: str) -> None:
    """The sentence says what is missing, which machine this is, and what to do."""
    with pytest.raises(PlatformError) as caught:
        refuse_unsupported(machine)

    said = str(caught.value)

    assert said.startswith(beginning)
    assert advice in said.partition(": ")[2]
    assert "\n" not in said
    assert not said.endswith(".")
