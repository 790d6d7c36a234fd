"""An audit of a feed wherever it is: a file, an address with the server behind it, or a show of our own."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import NarrateError
from narrate.feed import FEED_NAME
from narrate.feed.audit import audit, audit_drift
from narrate.model import Severity
from narrate.pipeline.auditserver import MOST_FEED_BYTES, audit_files, fetch_feed
from narrate.pipeline.auditshow import audit_show
from narrate.pipeline.shows import SETTINGS_NAME
from narrate.pipeline.traces import exchange
from narrate.runtime.files import read_bounded, read_stream_bounded
from narrate.runtime.places import state_folder

if TYPE_CHECKING:
    from narrate.feed.audit import Audited
    from narrate.model import Finding

WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to audit: a path, an address, "-" for standard input, or "" for the show in `folder`.

    A server is asked about the first `items` items; with `private`, also at addresses of private networks. With
    `remember`, what must not change is compared with the last audit, and kept for the next.
    """

    target: str
    folder: Path
    items: int = 5
    private: bool = False
    remember: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit found, the worst first; what was audited, the show's title, and how many episodes it has."""

    target: str
    title: str
    episodes: int
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, the worst first."""
        return {str(severity): sum(each.severity is severity for each in self.findings) for severity in Severity}

    @property
    def ok(self) -> bool:
        """Whether there is no error among them."""
        return not self.counts[Severity.ERROR]


def audit_feed(asked: Asked, now: datetime | None = None) -> Report:
    """The findings on a feed.

    Raises:
        NarrateError: there is no such file or show, it is too large, or nobody answers at the address.
    """
    when = now or datetime.now(UTC)
    if asked.target.lower().startswith(WEB):
        return _of_server(asked, when)
    path = Path(asked.target) if asked.target else asked.folder
    if not asked.target or path.is_dir() or (path.name == FEED_NAME and path.with_name(SETTINGS_NAME).is_file()):
        folder = path.parent if path.name == FEED_NAME and not path.is_dir() else path
        return _of_show(asked, folder, when)
    if asked.target == "-":
        audited = audit(read_stream_bounded(sys.stdin.buffer, MOST_FEED_BYTES, NarrateError), when)
        return _report(replace(asked, remember=False), audited, "standard input", "")
    audited = audit(read_bounded(path, MOST_FEED_BYTES, NarrateError), when)
    return _report(asked, audited, str(path), str(path.absolute()))


def _of_show(asked: Asked, folder: Path, when: datetime) -> Report:
    audited = audit_show(folder, when)
    return _report(asked, audited, str(folder / FEED_NAME), str(folder.absolute() / FEED_NAME))


def _of_server(asked: Asked, when: datetime) -> Report:
    fetched = fetch_feed(asked.target, private=asked.private)
    if fetched.data is None:
        audited = fetched.audited
    else:
        audited = audit(fetched.data, when, fetched.url)
        found = audit_files(audited.files, asked.items, private=asked.private)
        audited = replace(audited, findings=(*fetched.audited.findings, *audited.findings, *found))
    return _report(asked, audited, asked.target, asked.target)


def _report(asked: Asked, audited: Audited, shown: str, key: str) -> Report:
    """The findings with those on what has changed, the worst first, each kind in the order they were found in."""
    findings = list(audited.findings)
    if asked.remember and audited.traces is not None:
        before = exchange(state_folder() / "audits", key, audited.traces)
        findings += audit_drift(before, audited.traces) if before else []
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    return Report(shown, audited.title, audited.episodes, tuple(ranked))
