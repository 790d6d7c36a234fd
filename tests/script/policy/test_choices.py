"""Each row of the policy, each choice: what it changes in what is heard and nothing else, and that it loses nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.model import POLICIES, Article, BlockKind, Policy, PolicyRow, Script, Style, Voice
from narrate.model.diction import Code, Notes, References
from narrate.script import dump_script, load_script, write_script

WriteScript = Callable[..., Script]
StyleOf = Callable[..., Style]

CHANGES: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("notes", "skip"): (("Note one: As a rule.",), ()),
    ("notes", "place"): ((), ()),
    ("citations", "read"): (("Rivers rise in spring, they say.",), ("Rivers rise in spring twelve, they say.",)),
    ("references", "read"): ((), ("Works cited.", "Lee, A.", "On rivers.", "River Press.")),
    ("links", "announce"): (("See the report on rivers.",), ("See the report, link, on rivers.",)),
    ("images", "alt"): (("Caption: The old ferry.",), ()),
    ("images", "caption"): (("Image: A boat.", "Caption: The old ferry."), ("Image: The old ferry.",)),
    ("images", "skip"): (("Image: A boat.", "Caption: The old ferry."), ()),
    ("tables", "cells"): (("A table is left out here.",), ("A.", "row one.", "row two.")),
    ("tables", "say"): (("River: Nile; Length: long.",), ()),
    ("tables", "skip"): (("River: Nile; Length: long.", "A table is left out here."), ()),
    ("code", "read"): (("A block of code is left out here.",), ("let boat }.", "row.")),
    ("code", "skip"): (("A block of code is left out here.",), ()),
    ("mathematics", "say"): (
        ("The mass is x squared here.", "a over b."),
        ("The mass is a formula here.", "A formula is left out here."),
    ),
    ("mathematics", "skip"): (("The mass is x squared here.", "a over b."), ("The mass is here.",)),
    ("quotes", "announce"): ((), ("Quote.", "End of quote.")),
    ("lists", "plain"): (("one: Take a boat.",), ("Take a boat.",)),
    ("lists", "count"): ((), ("List of one item.",)),
    ("levels", "say"): (("Rivers versus lakes.",), ("Heading level 2: Rivers versus lakes.",)),
    ("headings", "keep"): (("Rivers versus lakes.",), ("Rivers vs. lakes.",)),
    ("emphasis", "plain"): ((), ()),
    ("furniture", "read"): ((), ("Share this article.",)),
    ("bylines", "read"): ((), ("By Ann Lee.",)),
}
"""What is heard no more and what is heard besides, by row and choice; choices of the normaliser's are in its tests."""

_NORMALISED = frozenset({"urls", "emoji"})
_UNCHOSEN = frozenset({"not for reading", "nothing to say", "said once"})
CHOICES = st.fixed_dictionaries({row.name: st.sampled_from(list(row.choices)) for row in POLICIES})


def spoken(script: Script) -> Counter[str]:
    """What the voice gets, a sentence an item."""
    return Counter(utterance.spoken for _, utterance in script.spoken())


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text."""
    return Counter(filter(str.isalnum, text))


@pytest.mark.parametrize("row", POLICIES, ids=lambda row: row.name)
def test_every_choice_changes_what_it_says_and_nothing_else(row: PolicyRow, script: WriteScript) -> None:
    """Against the defaults, in sentences heard; the default itself changes nothing."""
    usual = spoken(script())

    for choice in row.choices:
        name = row.name
        heard = spoken(script(**{name: choice}))
        if name in _NORMALISED:
            assert (heard == usual) == (choice == getattr(Policy(), name))
        else:
            gone, more = CHANGES.get((name, str(choice)), ((), ()))
            assert (usual - heard, heard - usual) == (Counter(gone), Counter(more))


def test_each_choice_but_the_defaults_is_tried() -> None:
    """The table above has a line for every choice that is no default: a new choice wants one."""
    wanted = {
        (row.name, str(choice))
        for row in POLICIES
        for choice in row.choices
        if choice != row.default and row.name not in _NORMALISED
    }

    assert set(CHANGES) == wanted


@pytest.mark.parametrize(
    ("chosen", "kind", "why"),
    [
        ({}, BlockKind.CODE, "code = say"),
        ({"code": "skip"}, BlockKind.CODE, "code = skip"),
        ({"tables": "skip"}, BlockKind.TABLE, "tables = skip"),
        ({"images": "skip"}, BlockKind.FIGURE, "images = skip"),
        ({"images": "alt"}, BlockKind.FIGURE, "images = alt"),
        ({"notes": "skip"}, BlockKind.NOTE, "notes = skip"),
        ({}, BlockKind.REFERENCE, "references = skip"),
        ({}, BlockKind.FURNITURE, "furniture = skip"),
        ({}, BlockKind.BYLINE, "bylines = opening"),
        ({"mathematics": "say"}, BlockKind.MATH, "mathematics = say"),
        ({}, BlockKind.HIDDEN, "not for reading"),
    ],
)
def test_what_is_left_out_is_kept_and_names_its_rule(
    chosen: dict[str, str], kind: BlockKind, why: str, article: Article, script: WriteScript
) -> None:
    """The segment stands in the script, skipped, with the row and the choice that did it."""
    rows = {row.name: row.choices for row in POLICIES}
    written = script(**{name: rows[name](choice) for name, choice in chosen.items()})
    starts = {block.source.start for block in article.blocks if block.kind is kind}

    skipped = [each for each in written.segments if each.skip and each.source and each.source.start in starts]

    assert why in {each.why for each in skipped}


@given(CHOICES)
@settings(max_examples=40, deadline=None)
def test_no_letter_is_lost_under_any_policy(article: Article, script: WriteScript, chosen: dict[str, object]) -> None:
    """Every letter and digit of every block is in a segment of that block; a segment that is skipped says why."""
    written = script(**chosen)

    for block in article.blocks:
        segments = [each for each in written.segments if each.source == block.source]
        kept = letters("".join(utterance.written for each in segments for utterance in each.utterances))
        assert letters(block.text) <= kept, (block.kind, chosen)
    rules = {f"{name} = {choice}" for name, choice in chosen.items()} | _UNCHOSEN
    assert {each.why for each in written.segments if each.skip} <= rules
    assert all(each.skip == bool(each.why) for each in written.segments)


@given(CHOICES)
@settings(max_examples=25, deadline=None)
def test_a_script_reads_back_the_same_under_its_policy(
    script: WriteScript, style: StyleOf, chosen: dict[str, object]
) -> None:
    """What marks asked for stands in the file beside the words, so that the policy alone gives it back."""
    own = style(**chosen)
    written = script(**chosen)

    assert load_script(dump_script(written, own.diction), "x.yaml", own) == written


def test_a_policy_is_no_part_of_a_script(script: WriteScript, style: StyleOf) -> None:
    """A script read under another policy is heard as it was written: what is skipped stays so."""
    written = script()
    other = style(code=Code.READ, notes=Notes.SKIP)

    again = load_script(dump_script(written), "x.yaml", other)

    assert [(each.id, each.skip, each.why) for each in again.segments] == [
        (each.id, each.skip, each.why) for each in written.segments
    ]


def test_a_heading_over_nothing_that_is_heard_opens_no_chapter(script: WriteScript) -> None:
    """The heading of a list of works is no chapter where the list is left out, and is one where it is read."""
    without = [each.chapter for each in script().segments if each.chapter]
    with_them = [each.chapter for each in script(references=References.READ).segments if each.chapter]

    assert without == ["Introduction", "Rivers vs. lakes"]
    assert with_them == [*without, "Works cited"]


def test_what_was_skipped_by_a_rule_and_is_wanted_names_no_rule(script: WriteScript) -> None:
    """Without ``skip`` a segment is heard, whatever "why" still says."""
    file = dump_script(script()).replace("  skip: true\n", "")

    again = load_script(file, "x.yaml", Style())

    assert not any(each.why for each in again.segments)


def test_the_words_that_something_is_left_out_are_in_its_language(joe: Voice, article: Article) -> None:
    """A German article hears them in German, one without words of its own in English."""
    german = write_script([replace(article, language="de")], Style(disclosure=False), joe)
    welsh = write_script([replace(article, language="cy")], Style(disclosure=False), joe)

    assert "Hier ist ein Stück Programmtext ausgelassen." in spoken(german)
    assert "A block of code is left out here." in spoken(welsh)
