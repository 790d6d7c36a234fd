"""Names of folders: short, plain, unique, the same every time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.episode.naming import slug_for

ALLOWED = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")


@given(st.text(max_size=200), st.integers(0, 12))
def test_a_name_is_fit_for_any_file_system(title: str, before: int) -> None:
    """At most 60 of a-z, 0-9 and single hyphens, not at the ends, no device of Windows, and not taken."""
    taken: set[str] = set()
    for _ in range(before):
        taken.add(slug_for(title, taken))

    name = slug_for(title, taken)

    assert ALLOWED.fullmatch(name)
    assert len(name) <= 60
    assert not RESERVED.fullmatch(name)
    assert name not in taken
    assert len(taken) == before
    assert name == slug_for(title, taken)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (
            "Global operation takes down dark web drug marketplace",
            "global-operation-takes-down-dark-web-drug-marketplace",
        ),
        ("Ævar’s Þórðarson: “Straße”", "aevars-thordarson-strasse"),
        ("CON", "con-episode"),
        ("  --- 10 % of $3.2bn!  ", "10-of-3-2bn"),
        ("Ｆｕｌｌｗｉｄｔｈ ﬁne", "fullwidth-fine"),
        ("../../etc/passwd", "etc-passwd"),
        ("Łódź, Đà Nẵng", "lodz-da-nang"),
    ],
)
def test_titles_stay_recognisable(title: str, name: str) -> None:
    """Accents go, words stay."""
    assert slug_for(title) == name


@pytest.mark.parametrize("title", ["Жизнь и судьба", "人工知能の未来", "مستقبل المدن", "🎉🎉", "", "???"])
def test_other_scripts_have_a_name_of_their_digest(title: str) -> None:
    """What has few Latin letters is not named after the few."""
    assert re.fullmatch(r"episode-[0-9a-f]{6}", slug_for(title))


def test_long_titles_end_with_a_word() -> None:
    """No word is cut where one ends near the limit; the number of a second one still fits."""
    title = "word and another " * 20
    first = slug_for(title)

    second = slug_for(title, {first})

    assert first.rpartition("-")[2] in {"word", "and", "another"}
    assert second.endswith("-2")
    assert len(second) <= 60
