"""A rule of an audit: what it looks at, how bad a breach is, where it is from, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from narrate.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

PSP = "PSP-1 (Podcast RSS standard)"
APPLE = "Apple, A podcaster's guide to RSS"
RSS = "RSS 2.0"
W3C = "W3C feed validator"
NAMESPACE = "podcast namespace"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found, in words; its line and place, where the check knows them better than its caller."""

    what: str
    line: int = 0
    where: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A row of a table of rules; `check` gives a fault for each breach in what it is shown, none where all is well."""

    id: str
    severity: Severity
    source: str
    mend: str
    check: Callable[[T], Iterable[Fault]]


def judge(rules: Sequence[Rule[T]], subject: T, where: str, line: int = 0) -> Iterator[Finding]:
    """What each rule finds in a subject that is at a place."""
    for rule in rules:
        for fault in rule.check(subject):
            place = fault.where or where
            yield Finding(rule.id, rule.severity, place, fault.what, rule.mend, rule.source, fault.line or line)
