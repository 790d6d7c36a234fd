"""A show and its ``show.toml``."""

from __future__ import annotations

import tomllib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.feed import (
    DEFAULT_TITLE,
    FIELDS,
    Field,
    dump_show,
    field_text,
    freeze_guid,
    guid_for,
    load_show,
    new_show,
    set_field,
)
from narrate.feed.categories import category_names
from narrate.feed.checks import MAX_DESCRIPTION_BYTES
from narrate.model import Show

GUID = "0b0d8a4e-7c55-4f0c-9a52-2a1b6f9b6f11"
LINES = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=60)
VALUES = {
    "title": LINES,
    "description": st.lists(LINES, max_size=3).map("\n".join),
    "author": LINES,
    "owner_name": LINES,
    "owner_email": st.sampled_from(["", "a@b.example", "näme@example.org"]),
    "language": st.sampled_from(["", "de", "PT-br", "zh-hant-tw", "ca-valencia", "es-419"]),
    "category": st.sampled_from(["", *category_names()]),
    "second_category": st.sampled_from(["", *category_names()]),
    "explicit": st.sampled_from(["", "yes", "NO", "true", "off"]),
    "type": st.sampled_from(["", "episodic", "serial"]),
    "season": st.sampled_from(["", "0", "1", "12"]),
    "keep": st.sampled_from(["", "0", "1", "12"]),
    "max_age_days": st.sampled_from(["", "0", "1", "12"]),
    "new_feed_url": st.sampled_from(["", "https://new.example/feed.xml"]),
    "licence_url": st.sampled_from(["", "https://a.example/licence"]),
    "update_frequency": st.sampled_from(["", "weekly", "Yearly", "complete", "On Mondays; FREQ=WEEKLY;BYDAY=MO"]),
    "persons": st.lists(
        st.sampled_from(
            ["Ann", "Bo B.; role=Host", "Cy; group=cast; href=https://a.example/; img=https://b.example/c"]
        ),
        max_size=3,
    ).map("\n".join),
    "funding": st.sampled_from(["", "https://a.example/", "https://a.example/ Give\n\nhttps://b.example/ Buy me tea"]),
    "podroll": st.sampled_from(["", GUID, f"{GUID} https://a.example/f.xml A show\n{GUID} Only a title"]),
    "base_url": st.sampled_from(["", "https://a.example", "http://b.example/c d//", "http://192.168.1.2:80/x"]),
    "link": st.sampled_from(["", "https://a.example/?q=ü#top"]),
    "cover": st.sampled_from(["", "cover-1.jpg", "Täuschung.PNG"]),
    "copyright": LINES,
    "licence": st.sampled_from(["", "CC-BY-4.0", "GPL-3.0+"]),
    "music_intro": st.sampled_from(["", "default", "none", "sounds/Häuser.flac"]),
    "music_sting": st.sampled_from(["", "none"]),
    "music_outro": st.sampled_from(["", "../outro.mp3"]),
    "music_bed": st.sampled_from(["", "default", "rain.opus"]),
    "listed": st.sampled_from(["", "yes", "no"]),
    "locked": st.sampled_from(["", "on", "no"]),
    "guid": st.uuids().map(str),
}


def test_a_new_show_invents_nothing() -> None:
    """What nobody said is empty: no e-mail, no author, no address; unlisted, unnamed, its guid not final."""
    show = new_show("", GUID, "en-us")

    assert show == Show(title=DEFAULT_TITLE, guid=GUID, language="en-US")
    assert not show.named
    assert "Unknown" not in dump_show(show)


def test_a_title_of_its_own_names_a_show() -> None:
    """Setting a title names the show, even the default one; taking it away brings the default back."""
    unnamed = new_show("", GUID, "en")

    named = set_field(unnamed, "title", "  Long   reads ")

    assert (named.title, named.named) == ("Long reads", True)
    assert set_field(unnamed, "title", DEFAULT_TITLE).named
    assert set_field(named, "title", "") == unnamed
    assert new_show("Long reads", GUID, "en") == named


def test_every_field_can_be_set() -> None:
    """The property test below knows every field a person can set."""
    assert set(VALUES) == {field.name for field in FIELDS if not field.own}


@pytest.mark.parametrize("field", [field for field in FIELDS if not field.own], ids=lambda field: field.name)
def test_what_is_shown_can_be_set(show: Show, field: Field) -> None:
    """The text of a field's value, as the command line shows it, sets that value again."""
    assert getattr(set_field(show, field.name, field_text(show, field)), field.name) == getattr(show, field.name)


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_what_is_written_reads_back_the_same(values: dict[str, str]) -> None:
    """`load_show` is the inverse of `dump_show` for every show the verbs can make."""
    show = new_show("", GUID, "en")
    for name, value in values.items():
        show = set_field(show, name, value)

    assert load_show(dump_show(show), "show.toml") == show


def test_the_file_speaks_for_itself(show: Show) -> None:
    """Each field has a comment above it; what is set is in force, what is not is an example behind #."""
    text = dump_show(new_show("", GUID, "de"))

    assert tomllib.loads(text) == {
        "language": "de",
        "category": "Education",
        "explicit": False,
        "type": "episodic",
        "listed": False,
        "locked": True,
        "guid": GUID,
    }
    for field in FIELDS:
        assert f"# {field.help}\n" in text
        assert f"\n{field.name} = " in text or f"\n# {field.name} = " in text
    assert tomllib.loads(dump_show(show))["title"] == "Long reads"


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if field.example and field.check], ids=lambda field: field.name
)
def test_uncommenting_an_example_works(field: Field) -> None:
    """The example that stands in the file is a value the field can have."""
    text = dump_show(new_show("", GUID, "en")).replace(f"# {field.name} = ", f"{field.name} = ")

    assert load_show(text, "show.toml")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("titel = 'A'", "line 2: there is no field 'titel' (did you mean 'title'?)"),
        ("explicit = 'yes'", "'explicit' must be true or false, not yes"),
        ("explicit = 1", "'explicit' must be true or false, not 1"),
        ("title = true", "'title' must be text in quotes, not True"),
        ("title = ['A']", "'title' must be text in quotes"),
        ("[title]", "'title' must be text in quotes"),
        ("language = 'English'", "must be a language tag such as en, en-GB or zh-Hant, not 'English'"),
        ("language = 'de_DE'", "must be a language tag"),
        ("category = 'education'", "(did you mean 'Education'?)"),
        ("category = 'Arts > Philosophy'", "(did you mean"),
        ("category = 'philosophy'", "(did you mean 'Society & Culture > Philosophy'?)"),
        ("type = 'weekly'", "must be one of episodic, serial"),
        ("base_url = 'ftp://a.example'", "must be an address that begins with https:// or http://"),
        ("base_url = 'https://a.example/?q=1'", "without '?' and '#'"),
        ("base_url = 'https://me:pw@a.example/'", "without a user name or password"),
        ("base_url = 'https://a.example:99999/'", "must be an address"),
        ("base_url = 'https:///x'", "must be an address"),
        ("link = 'javascript:alert(1)'", "must be an address"),
        ("owner_email = 'ann at example.org'", "must be an e-mail address"),
        ("owner_email = 'a@b'", "must be an e-mail address"),
        ("cover = '../secret.jpg'", "must be the name of a file in the show's folder"),
        ("cover = 'cover.gif'", "that ends in .jpg, .jpeg, .png"),
        ("persons = 'Ann'", "'persons' must be a list of texts in quotes, not Ann"),
        ("persons = [1]", "'persons' must be a list of texts in quotes, not a list with 1"),
        ("persons = ['Ann; role=singer']", "must have a role of the Podcast Taxonomy"),
        ("persons = ['Ann; job=host']", "must have only role, group, href, img after the name"),
        ("persons = ['role=host']", "must begin with a name"),
        ("funding = ['Give https://a.example/']", "must be an address that begins with https:// or http://"),
        ("podroll = ['https://a.example/feed.xml']", "must be a show's podcast:guid"),
        ("season = '2'", "'season' must be a whole number, not 2"),
        ("season = -1", "'season' must be a whole number, not '-1'"),
        ("season = true", "'season' must be a whole number, not True"),
        ("update_frequency = 'often'", "must be one of daily, weekdays, weekly"),
        ("update_frequency = 'On Mondays; BYDAY=MO'", "or a text and its rule"),
        ("licence = 'all mine'", "must be an SPDX identifier"),
        ("guid = '42'", "must be a UUID"),
        (f"title = '{'x' * 256}'", "must be at most 255 characters long, and is 256"),
        (f"description = '{'é' * 2001}'", f"must be at most {MAX_DESCRIPTION_BYTES} bytes long, and is 4002"),
        (r'copyright = "a\u0007"', "must be text without control characters"),
        ("title = A", "is not valid TOML"),
    ],
)
def test_what_is_not_allowed_is_named(line: str, said: str) -> None:
    """An error names the file, the line, the field and what is allowed."""
    with pytest.raises(ShowError) as caught:
        load_show(f"author = 'Ann'\n{line}\n", "out/show.toml")

    assert str(caught.value).startswith("out/show.toml")
    assert "line 2" in str(caught.value)
    assert said in str(caught.value)


def test_a_show_without_guid_is_not_given_another() -> None:
    """Who a show is must not change because a line was lost."""
    with pytest.raises(ShowError, match="'guid' is missing"):
        load_show("title = 'A'", "show.toml")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("titel", "A", r"no field 'titel' \(did you mean 'title'\?\); it has title, description"),
        ("guid_frozen", "yes", "no field 'guid_frozen'"),
        ("listed", "perhaps", "'listed' must be yes or no, not 'perhaps'"),
        ("guid", "", "'guid' must be a UUID"),
        ("language", "English", "'language' must be a language tag"),
    ],
)
def test_setting_says_what_is_wrong(name: str, value: str, said: str) -> None:
    """The same checks hold on the command line, with words for people."""
    with pytest.raises(ShowError, match=said):
        set_field(new_show("", GUID, "en"), name, value)


def test_the_guid_is_frozen_once(show: Show) -> None:
    """The first public address makes the guid final; neither a second address nor a private one changes it."""
    private = freeze_guid(show, "http://localhost:8642/reads/")
    frozen = freeze_guid(show, "https://first.example/reads/")
    moved = freeze_guid(frozen, "https://second.example/reads/")

    assert private == show
    assert (frozen.guid, frozen.guid_frozen) == (guid_for("https://first.example/reads/"), True)
    assert UUID(frozen.guid).version == 5
    assert moved == frozen


def test_setting_a_base_url_freezes_the_guid() -> None:
    """`show set base-url` is where the guid becomes final; setting a guid by hand does it too."""
    addressed = set_field(new_show("", GUID, "en"), "base-url", "https://first.example/reads")
    moved = set_field(addressed, "base_url", "https://second.example")
    own = set_field(new_show("", GUID, "en"), "guid", GUID)

    assert addressed.guid == moved.guid == guid_for("https://first.example/reads/")
    assert moved.base_url == "https://second.example/"
    assert set_field(own, "base_url", "https://first.example").guid == GUID
