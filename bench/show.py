"""Long shows: what the feed of ten thousand episodes costs, and what one episode more costs there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from workshop import SEED, Bench, Row, middle, spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from measure import Cost

_MANY = 10_000
_FEW = 10


def rows(bench: Bench) -> list[Row]:
    """The feed from manifests alone, again with nothing changed, and an episode added."""
    for name, count in (("many", _MANY), ("few", _FEW)):
        bench.script("manifests.py", str(bench.path("shows") / name), str(count))
        _feed(bench, name)  # draws the picture of the show, once and for all
    return [_rebuilt(bench), _unchanged(bench), _added(bench)]


def _rebuilt(bench: Bench) -> Row:
    costs = []
    for _ in range(bench.repetitions):
        _forget(bench)
        costs.append(_feed(bench, "many").cpu_s)
    return Row(
        f"the feed of {_MANY:,} episodes from their manifests",
        "≤ 2 CPU s",
        f"{spread(costs)} CPU s",
        middle(costs) <= 2,
        "`narrate feed`, start of the program and all, with no index, no feed and no page there: the manifests are "
        "read, and a feed of a hundred documents, as many pages of the show and a list of all episodes written.",
    )


def _unchanged(bench: Bench) -> Row:
    many, few = ([_feed(bench, name).cpu_s for _ in range(bench.repetitions)] for name in ("many", "few"))
    more = middle(many) - middle(few)
    return Row(
        f"the same with nothing changed, more than in a show of {_FEW}",
        "≤ 0.1 CPU s",
        f"{more:.3f} CPU s",
        more <= 0.1,
        f"{spread(many)} and {spread(few)} CPU s: the date and the size of each manifest are asked for, no more.",
    )


def _added(bench: Bench) -> Row:
    costs: dict[str, list[Cost]] = {"many": [], "few": []}
    text = SEED.read_text(encoding="utf-8")
    for turn in range(2 * bench.repetitions):  # in turns, so that what else the machine does is shared
        for name, found in costs.items():
            article = bench.path(f"{name}-{turn}.txt")
            article.write_text(text, encoding="utf-8")
            options = ("--voice", "tone", "-q", "--show", name)
            found.append(bench.narrate("make", str(article), *options, cache="show-cache", out="shows"))
            bench.forget("show-cache")
    many, few = ([cost.cpu_s for cost in found] for found in costs.values())
    ratio = middle(many) / middle(few)
    return Row(
        f"CPU of an episode added to {_MANY:,} ÷ to {_FEW}",
        "≤ 1.05",
        f"{ratio:.3f}",
        ratio <= 1.05,
        f"`narrate make` of the seed, `tone` engine, from an empty cache, in turns: {spread(many)} and {spread(few)} "
        "CPU s. What is more is asking the disk for each manifest's date, and the index of them that is written.",
    )


def _feed(bench: Bench, name: str) -> Cost:
    return bench.narrate("feed", "--out", str(bench.path("shows")), "--show", name, "--json")


def _forget(bench: Bench) -> None:
    """Have all gone that follows from manifests, but the picture."""
    folder = bench.path("shows") / "many"
    shutil.rmtree(folder / ".staging")
    for path in (*folder.glob("*.xml"), *folder.glob("*.html")):
        path.unlink()


GROUPS: dict[str, Callable[[Bench], list[Row]]] = {"show": rows}
