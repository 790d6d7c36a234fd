"""Time every regular expression of narrate on the texts that are worst for it: ``python tests/fuzz/regexes.py [name]``.

Each pattern is taken apart, and long texts are made of its own pieces: runs of one sign of each class, what may be
repeated, repeated after what must stand before it, and beginnings without their ends. A pattern whose time grows more
than ``GROWTH`` times when the text is twice as long, or that takes over ``SLOW_S`` for ``LONG`` letters, is printed.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import islice
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined] # there is no public way to take a pattern apart
from re import _parser as parser  # type: ignore[attr-defined] # the same
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

GROWTH = 3.2  # a time that grows with the square grows fourfold
SLOW_S, LONG = 1.0, 32_768
HARMLESS_S = 0.1  # for LONG letters: however it grows, nobody waits for it
FIRST, LAST = 256, 16_384  # letters; three lengths are timed, the last at most four times LAST
NOTICED_S, QUICK_S, PATIENCE_S = 0.001, 0.004, 0.5
TRIES = 3  # the clock on the wall, as that of a process is coarse in places: the best try is the quiet one
TEXTS, BRANCHES, MEMBERS = 80, 4, 4  # of one pattern; of one choice; of one class
ENOUGH = 2  # slow texts of one pattern
DEPTH = 6  # of tables in tables
_ANCHORED = frozenset({"match", "fullmatch"})
ENDS = ("", "\0")
SIGNS = "a 0A\n.-\té'—_/:,\"(<\\*[&%$#@!|`~=+;?0123456789abcdefABCDEFxXIVß中"
_CATEGORY = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w", "NOT_DIGIT": r"\D", "NOT_SPACE": r"\S", "NOT_WORD": r"\W"}
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


@dataclass(frozen=True, slots=True)
class Stress:
    """A text that is hard for a pattern: what stands first, what is repeated, and what stands last."""

    before: str
    unit: str
    end: str

    def text(self, length: int) -> str:
        """Return the text with about this many letters."""
        return self.before + self.unit * (length // len(self.unit)) + self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """A pattern that takes long: its name, the worst text, the growth per doubling and the seconds for LONG."""

    name: str
    stress: Stress
    growth: float
    seconds: float


class _TooLongError(Exception):
    """The pattern took more than the patience."""


def patterns(package: str = "narrate") -> dict[str, re.Pattern[Any]]:
    """Return the patterns of a package by where each was found first, those in tables and calls too."""
    root = importlib.import_module(package)
    found: dict[tuple[Any, int], str] = {}
    for each in pkgutil.walk_packages(root.__path__, f"{package}."):
        if each.name.endswith("__main__"):
            continue
        module = importlib.import_module(each.name)
        for name, value in list(vars(module).items()):
            for place, pattern in _in_value(value, f"{each.name.removeprefix(package + '.')}.{name}", DEPTH):
                found.setdefault((pattern.pattern, pattern.flags), place)
        for place, pattern in _in_source(Path(str(module.__file__))):
            found.setdefault((pattern.pattern, pattern.flags), place)
    return {place: re.compile(*key) for key, place in found.items()}


def use_of(place: str, package: str = "narrate") -> str:
    """Return how a module uses its own pattern: ``match`` or ``fullmatch`` if only so, else ``finditer``."""
    module, _, name = place.rpartition(".")
    known = sys.modules.get(f"{package}.{module}")
    if known is None or not name.isidentifier():
        return "finditer"
    used = set(re.findall(rf"\b{name}\.(\w+)\(", Path(str(known.__file__)).read_text(encoding="utf-8")))
    return used.pop() if len(used) == 1 and used < _ANCHORED else "finditer"


def _in_value(value: object, place: str, depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Find the patterns in a value, in the rows of a table, and in what functions keep of them."""
    value = getattr(value, "compiled", value)  # a row may compile its pattern later
    if isinstance(value, re.Pattern):
        yield place, value
    if not depth or isinstance(value, (str, bytes, type, re.Pattern)):
        return
    inner: dict[object, object] = {}
    if isinstance(value, Mapping):
        inner = {**value, **{f"{key} itself": key for key in value}}
    elif isinstance(value, (tuple, list, set, frozenset)):
        inner = dict(enumerate(value))
    elif is_dataclass(value):
        inner = {each.name: getattr(value, each.name) for each in fields(value)}
    elif callable(value):
        cells = getattr(value, "__closure__", None) or ()
        inner = dict(enumerate([*(cell.cell_contents for cell in cells), *getattr(value, "args", ())]))
    for key, each in inner.items():
        if not isinstance(each, (str, bytes, int, type)):
            yield from _in_value(each, f"{place}[{key}]", depth - 1)


def _in_source(path: Path) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Find the patterns written in calls such as ``re.sub("…", …)`` or ``Later("…")``; flags are named in them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        call = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if (not call.startswith("re.") and call != "Later") or not isinstance(node, ast.Call) or not node.args:
            continue
        written = node.args[0]
        if isinstance(written, ast.Constant) and isinstance(written.value, (str, bytes)) and call != "re.escape":
            flags = re.findall(r"re\.([A-Z]+)\b", ast.unparse(node))
            set_flags = re.RegexFlag(0)
            for flag in flags:
                set_flags |= re.RegexFlag[flag]
            yield f"{path.parent.name}/{path.name}:{node.lineno}", re.compile(written.value, set_flags)


def _members(items: list[tuple[Any, Any]]) -> list[str]:
    """Return some signs of a class, the common ones first."""
    own = [chr(value) for op, value in items if op is codes.LITERAL]
    own += [chr(value[0]) for op, value in items if op is codes.RANGE]
    negated = bool(items) and items[0][0] is codes.NEGATE
    inside = [sign for sign in dict.fromkeys([*SIGNS, *own]) if any(_is(sign, *item) for item in items) is not negated]
    return inside[:MEMBERS] + [sign for sign in own if sign in inside][:1]


def _is(sign: str, op: object, value: Any) -> bool:  # noqa: ANN401 - what the parser gives has no type
    if op is codes.LITERAL:
        return sign == chr(value)
    if op is codes.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    name = str(value).removeprefix("CATEGORY_")
    return op is codes.CATEGORY and re.match(_CATEGORY[name], sign) is not None


def _sample(tree: Any) -> str:  # noqa: ANN401 - what the parser gives has no type
    """Return a short text that a pattern is likely to match."""
    return "".join(_samples(op, value)[0] for op, value in tree)


def _samples(op: object, value: Any) -> list[str]:  # noqa: ANN401 - what the parser gives has no type
    """Return texts that one piece of a pattern matches, at least one."""
    if op is codes.LITERAL:
        return [chr(value)]
    if op in (codes.NOT_LITERAL, codes.ANY):
        return _members([(codes.NEGATE, None), (codes.LITERAL, value or ord("\n"))])
    if op is codes.IN:
        return _members(value) or [""]
    if op in _REPEATS:
        return [each * max(1, min(value[0], 40)) for each in _samples_of(value[2])]
    if op is codes.ASSERT_NOT or (op is codes.ASSERT and value[0] > 0):
        return [""]
    return [each for inner in _inner(op, value) for each in _samples_of(inner)] or [""]


def _samples_of(tree: Any) -> list[str]:  # noqa: ANN401 - what the parser gives has no type
    """Return the texts of a piece that has one piece, or one text of a longer one."""
    return _samples(*tree[0]) if len(tree) == 1 else [_sample(tree)]


def _some(branches: list[Any]) -> list[Any]:
    """Return a few of the branches of a choice, from its whole length."""
    return branches[:: max(1, len(branches) // BRANCHES)]


def _inner(op: object, value: Any) -> list[Any]:  # noqa: ANN401 - what the parser gives has no type
    """Return the patterns inside one piece."""
    if op is codes.BRANCH:
        return _some(value[1])
    if op is codes.SUBPATTERN:
        return [value[3]]
    if op in _REPEATS:
        return [value[2]]
    if op in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if op is codes.ATOMIC_GROUP else []


def _units(tree: Any, before: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - what the parser gives has no type
    """Give what may be repeated in a pattern and what stands before it; the whole beginnings too."""
    for op, value in tree:
        for each in _samples(op, value):
            yield "", each
            yield "", before + each
            if op in _REPEATS:
                yield before, each
        for inner in _inner(op, value):
            yield from _units(inner, before)
        before += _samples(op, value)[0]


def stresses(pattern: re.Pattern[Any]) -> list[Stress]:
    """Return the texts that are hard for a pattern, at most ``TEXTS`` of them with each end."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags if isinstance(pattern.pattern, str) else pattern.flags | re.ASCII
    pairs = dict.fromkeys((before, unit) for before, unit in _units(parser.parse(written, flags), "") if unit)
    return [Stress(before, unit, end) for before, unit in list(pairs)[:TEXTS] for end in ENDS]


def _seconds(pattern: re.Pattern[Any], text: str, tries: int, use: str) -> float:
    """Return the time to find all that a pattern finds, the best of some tries; ``PATIENCE_S`` if longer."""
    data: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
    best = PATIENCE_S
    try:
        for _ in range(tries):
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
            start = time.perf_counter()
            getattr(pattern, use)(data) if use in _ANCHORED else sum(1 for _ in pattern.finditer(data))
            best = min(best, time.perf_counter() - start)
    except _TooLongError:
        return PATIENCE_S
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return best


def _give_up(_number: int, _frame: object) -> None:
    raise _TooLongError


def judged(name: str, pattern: re.Pattern[Any]) -> Finding | None:
    """Return the worse of the first slow texts of a pattern, or None if it takes its time in proportion."""
    earlier = signal.signal(signal.SIGALRM, _give_up)
    try:
        slow = (each for each in (_timed(name, pattern, stress, use_of(name)) for stress in stresses(pattern)) if each)
        found = list(islice(slow, ENOUGH))
    finally:
        signal.signal(signal.SIGALRM, earlier)
    return max(found, key=lambda each: each.seconds, default=None)


def _timed(name: str, pattern: re.Pattern[Any], stress: Stress, use: str) -> Finding | None:
    """Time a pattern on one text at three lengths, each twice the one before; what is slow is timed a second time."""
    first = _seconds(pattern, stress.text(FIRST), 1, use)
    if first < PATIENCE_S and _seconds(pattern, stress.text(LAST // 4), 1, use) < QUICK_S:
        return None
    length = FIRST
    while length < LAST and _seconds(pattern, stress.text(length), 1, use) < NOTICED_S:
        length *= 2
    found = None
    for _again in range(2):
        times = [_seconds(pattern, stress.text(length * longer), TRIES, use) for longer in (1, 2, 4)]
        given_up = times[2] >= PATIENCE_S
        growth = max(GROWTH + 0.1, times[1] / times[0]) if given_up else (times[2] / times[0]) ** 0.5
        seconds = times[2] * (growth if growth > GROWTH else 2) ** _doublings(length * 4)
        if seconds <= (HARMLESS_S if growth > GROWTH else SLOW_S):
            return None
        found = Finding(name, stress, growth, seconds)
    return found


def _doublings(length: int) -> int:
    """Return how often a length must be doubled to be ``LONG``; less than none if it is longer.

    >>> _doublings(8_192), _doublings(65_536)
    (2, -1)
    """
    return LONG.bit_length() - length.bit_length()


def main() -> int:
    """Judge the patterns whose name contains the argument, all without one, and print those that take long."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = {name: pattern for name, pattern in patterns().items() if wanted in name}
    count = 0
    for name, pattern in chosen.items():
        found = judged(name, pattern)
        if found:
            count += 1
            told = (
                f"×{found.growth:4.1f} {found.seconds:9.1f} s  {found.stress.before[:30]!r} {found.stress.unit[:40]!r}"
            )
            print(f"{name:60} {told} {found.stress.end!r}", flush=True)  # noqa: T201 - it speaks to who runs it
    print(f"{len(chosen)} patterns, {count} of them slow")  # noqa: T201 - the same
    return int(bool(count))


if __name__ == "__main__":
    sys.exit(main())
