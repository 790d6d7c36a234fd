"""Manners towards servers, with a clock that only moves when somebody sleeps."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from narrate.errors import FetchError
from narrate.runtime.fetch import Fetched
from narrate.runtime.pacing import MOST_SILENCES, Pace


@dataclass(slots=True)
class _Net:
    """Servers that answer as they are told to, and note when they were asked."""

    now: float = 100.0
    asked: list[tuple[str, float]] = field(default_factory=list)
    failure: FetchError | None = None

    def fetch(self, url: str, _most_bytes: int, **_options: object) -> Fetched:
        self.asked.append((url, self.now))
        if self.failure is not None:
            raise self.failure
        return Fetched(url, b"")

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def pace(self, pause_s: float = 1.0) -> Pace:
        return Pace(self.fetch, pause_s, lambda: self.now, self.sleep)


def test_requests_to_one_host_keep_their_distance() -> None:
    """Another host is asked at once, the same one after the pause."""
    net = _Net()
    pace = net.pace(2)
    for url in ("https://a.example/1", "https://b.example/1", "https://A.example/2"):
        pace(url, 10)

    assert net.asked == [("https://a.example/1", 100), ("https://b.example/1", 100), ("https://A.example/2", 102)]


@pytest.mark.parametrize(("asked_s", "wait_s"), [(60, 60), (None, 300)])
def test_a_host_that_is_busy_is_left_alone(asked_s: int | None, wait_s: int) -> None:
    """For as long as it asks, or the usual time; a failure without a request says when to come back."""
    net = _Net(failure=FetchError("busy", status=429, retry_after_s=asked_s))
    pace = net.pace(0)
    with pytest.raises(FetchError, match="busy"):
        pace("https://a.example/1", 10)
    with pytest.raises(FetchError, match="asked to be left alone") as caught:
        pace("https://a.example/2", 10)
    net.now += wait_s
    net.failure = None
    pace("https://a.example/3", 10)

    assert len(net.asked) == 2
    assert (caught.value.retryable, caught.value.retry_after_s) == (True, wait_s)


def test_a_host_that_does_not_answer_is_not_asked_a_hundred_times() -> None:
    """Each time would take a minute; other hosts, and one that answers with an error, are no such hosts."""
    net = _Net(failure=FetchError("nobody answers"))
    pace = net.pace(0)
    for number in range(MOST_SILENCES):
        with pytest.raises(FetchError, match="nobody answers"):
            pace(f"https://a.example/{number}", 10)
    with pytest.raises(FetchError, match=f"did not answer {MOST_SILENCES} times"):
        pace("https://a.example/x", 10)
    net.failure = FetchError("gone", status=404, retryable=False)
    for number in range(MOST_SILENCES + 2):
        with pytest.raises(FetchError, match="gone"):
            pace(f"https://b.example/{number}", 10)


def test_what_is_asked_apart_keeps_the_distance_and_blames_nobody() -> None:
    """A host whose pictures do not come, or are too many, is asked for articles all the same."""
    net = _Net(failure=FetchError("nobody answers"))
    pace = net.pace(2)
    pictures = pace.apart()
    for number in range(MOST_SILENCES):
        with pytest.raises(FetchError, match="nobody answers"):
            pictures(f"https://a.example/{number}.jpg", 10)
    with pytest.raises(FetchError, match="did not answer"):
        pictures("https://a.example/x.jpg", 10)
    net.failure = FetchError("busy", status=429)
    with pytest.raises(FetchError, match="busy"):
        pace.apart()("https://a.example/y.jpg", 10)
    net.failure = None
    pace("https://a.example/article", 10)

    assert [at for _, at in net.asked] == [100, 102, 104, 106]
