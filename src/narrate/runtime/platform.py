"""Which machines narrate runs on, and one clear sentence for the others.

The limits are those of the packages with native code: a row of `_LIMITS` says
which one draws the line. `tools/install.py` and the build hook read this file
by its path before anything is installed, so it must need nothing beyond the
standard library and `narrate.errors`.
"""

from __future__ import annotations

import platform
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Callable

_OLDEST_PYTHON = (3, 11)
_BITS = 64
_OLDEST_GLIBC = (2, 28)  # the manylinux_2_28 wheels of av and onnxruntime
_OLDEST_MACOS = (14,)  # the macosx_14_0_arm64 wheels of av and onnxruntime
_SYSTEMS = {"linux": "Linux", "darwin": "macOS", "win32": "Windows"}
_MACHINES = {
    "linux": ("x86_64", "aarch64"),
    "darwin": ("arm64",),
    "win32": ("amd64",),
}


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides whether the packages narrate needs exist here.

    `system` is `sys.platform`; `processor` is lower case (``x86_64``, ``aarch64``, ``arm64``, ``amd64``); `bits` is
    the width of a pointer of this Python; `libc` is ``glibc`` or something else on Linux, and empty elsewhere;
    `release` is the version of glibc or of macOS, and empty where neither is known.
    """

    python: tuple[int, int]
    implementation: str
    bits: int
    system: str
    processor: str
    libc: str = ""
    release: tuple[int, ...] = ()


def this_machine() -> Machine:
    """Return the machine this Python runs on.

    On Windows the processor is the one Python was built for: an x86-64 Python works on an ARM machine too.
    """
    libc, libc_release = platform.libc_ver() if sys.platform == "linux" else ("", "")
    release = platform.mac_ver()[0] if sys.platform == "darwin" else libc_release
    processor = _windows_processor(sys.version) if sys.platform == "win32" else platform.machine()
    return Machine(
        python=sys.version_info[:2],
        implementation=sys.implementation.name,
        bits=struct.calcsize("P") * 8,
        system=sys.platform,
        processor=processor.lower(),
        libc=libc,
        release=_numbers(release),
    )


def refuse_unsupported(machine: Machine | None = None) -> None:
    """Do nothing where narrate can run, `this_machine` unless another is given.

    Raises `PlatformError`, with what is missing and what to do, for the first row of `_LIMITS` that holds.
    """
    here = machine or this_machine()
    for is_beyond, sentence in _LIMITS:
        if is_beyond(here):
            raise PlatformError(
                sentence.format(
                    python=".".join(map(str, here.python)),
                    implementation=here.implementation,
                    bits=here.bits,
                    system=_SYSTEMS.get(here.system, here.system),
                    processor=here.processor or "unknown",
                    release=".".join(map(str, here.release)),
                )
            )


def _windows_processor(version: str) -> str:
    """Read from `sys.version` for which processor a Python on Windows was built.

    >>> _windows_processor("3.13.0 (main) [MSC v.1941 64 bit (AMD64)]"), _windows_processor("3.13.0 [64 bit (ARM64)]")
    ('AMD64', 'ARM64')
    """
    return "ARM64" if "(ARM64)" in version else "AMD64"


def _numbers(release: str) -> tuple[int, ...]:
    """Read a version up to its first part that is no number.

    >>> _numbers("14.6.1"), _numbers("2.36-9"), _numbers("")
    ((14, 6, 1), (2,), ())
    """
    numbers: list[int] = []
    for part in release.split("."):
        if not part.isdecimal():
            break
        numbers.append(int(part))
    return tuple(numbers)


def _is_old_glibc(machine: Machine) -> bool:
    return machine.libc == "glibc" and () < machine.release < _OLDEST_GLIBC


def _is_old_macos(machine: Machine) -> bool:
    return machine.system == "darwin" and () < machine.release < _OLDEST_MACOS


# The first row that holds is the one said, so the rows nobody can mend without another machine come first.
_LIMITS: tuple[tuple[Callable[[Machine], bool], str], ...] = (
    (
        lambda m: m.system not in _MACHINES,
        "narrate cannot run on {system}, for which its packages are not built: use Linux, macOS or Windows",
    ),
    (
        lambda m: m.system == "darwin" and m.processor == "x86_64",
        (
            "narrate cannot run on an Intel Mac, for which onnxruntime is no longer built: use Linux, Windows or a Mac"
            " with Apple silicon (with an arm64 Python, if this is one)"
        ),
    ),
    (
        lambda m: m.bits != _BITS,
        "narrate cannot run in a {bits}-bit Python, for which onnxruntime is not built: install a 64-bit one",
    ),
    (
        lambda m: m.processor not in _MACHINES[m.system],
        (
            "narrate cannot run on {system} with this processor ({processor}), for which piper-tts is not built:"
            " use Linux on x86-64 or arm64, macOS on Apple silicon, or an x86-64 Python on Windows"
        ),
    ),
    (
        lambda m: m.system == "linux" and m.libc != "glibc",
        (
            "narrate cannot run on a Linux without glibc (Alpine and others with musl), for which lameenc and"
            " piper-tts are not built: use Debian, Fedora, Ubuntu or another with glibc"
        ),
    ),
    (
        _is_old_glibc,
        "narrate needs glibc 2.28 or newer and this is {release}: use Debian 10, Fedora 29, Ubuntu 20.04 or newer",
    ),
    (
        _is_old_macos,
        "narrate needs macOS 14 or newer and this is {release}: update macOS",
    ),
    (
        lambda m: m.implementation != "cpython",
        (
            "narrate needs CPython and this is {implementation}, for which onnxruntime is not built: install"
            " CPython, from your system's packages or its official installer"
        ),
    ),
    (
        lambda m: m.python < _OLDEST_PYTHON,
        "narrate needs Python 3.11 or newer and this is {python}: install a newer one and run this again with it",
    ),
)


_NAMES = {"PIL": "pillow", "yaml": "pyyaml"}
"""Packages that are installed under another name than they are imported by, and not just with hyphens in it."""


def missing_library(error: ImportError) -> PlatformError | None:
    """The sentence for a package that is not there, or does not load here; None if it is narrate's own module.

    >>> print(missing_library(ModuleNotFoundError("No module named 'lameenc'", name="lameenc")))
    the package 'lameenc' is not installed here; 'pip install lameenc' brings it
    """
    module = (error.name or "").partition(".")[0]
    if module == "narrate":
        return None
    reason = " ".join(str(error).split())[:200]
    if not module:
        return PlatformError(f"a library that narrate needs does not load here ({reason}); install narrate again")
    package = _NAMES.get(module, module.replace("_", "-"))
    if isinstance(error, ModuleNotFoundError):
        return PlatformError(f"the package '{package}' is not installed here; 'pip install {package}' brings it")
    return PlatformError(
        f"the package '{package}' does not load here ({reason}); 'pip install --force-reinstall {package}' may mend it"
    )
