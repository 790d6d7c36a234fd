"""What the fields of a show take, and what they make of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.feed import FIELDS, dump_show, field_text, load_show, new_show, set_field
from narrate.feed.checks import base_url, is_public, link

if TYPE_CHECKING:
    from narrate.model import Show

GUID = "0b0d8a4e-7c55-4f0c-9a52-2a1b6f9b6f11"
GOLDEN = Path(__file__).parent / "golden"
BY_NAME = {field.name: field for field in FIELDS}


def kept(name: str, value: str) -> str:
    """What a field holds after it was set, as the command line shows it."""
    return field_text(set_field(new_show("", GUID, "en"), name, value), BY_NAME[name])


def refusal(name: str, value: str) -> str:
    """What is said of a value that a field cannot have."""
    with pytest.raises(ShowError) as caught:
        set_field(new_show("", GUID, "en"), name, value)
    return str(caught.value)


@pytest.mark.parametrize("make", ["new", "full"])
def test_the_golden_files(show: Show, make: str) -> None:
    """Whole ``show.toml`` files, read by a person once: every help, every example, in order."""
    made = {"new": new_show("", GUID, "en"), "full": show}[make]

    assert dump_show(made) == (GOLDEN / f"{make}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("CA-Valencia", "ca-valencia"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("de-CH-1996", "de-CH-1996"),
        ("yue", "yue"),
    ],
)
def test_language_tags_have_their_usual_case(value: str, tag: str) -> None:
    """RFC 5646, 2.1.1: languages and variants small, scripts with a capital, regions large."""
    assert kept("language", value) == tag


@pytest.mark.parametrize(
    "value", ["e", "engl", "en_GB", "en-", "-en", "en-GB-", "en-12", "en-Lat", "日本語", "en-ＧＢ"]
)
def test_what_is_no_language_tag_is_refused(value: str) -> None:
    """Nearly a tag is none: players compare them letter by letter."""
    assert "must be a language tag such as en, en-GB or zh-Hant" in refusal("language", value)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("HTTPS://Example.ORG/A?b=C#D", "https://example.org/A?b=C#D"),
        ("https://müller.example:8080/ü", "https://xn--mller-kva.example:8080/%C3%BC"),
        ("https://example.org/a b?c d#e f", "https://example.org/a%20b?c%20d#e%20f"),
        ("https://example.org/%C3%BC?q=%20#%20", "https://example.org/%C3%BC?q=%20#%20"),
        ("https://example.org/a#größe", "https://example.org/a#gr%C3%B6%C3%9Fe"),
        ("http://[2001:db8::1]:81/", "http://[2001:db8::1]:81/"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
    ],
)
def test_a_link_is_kept_in_ascii(value: str, address: str) -> None:
    """Host by IDNA, the rest percent-encoded once; a port stays, and so does the case of a path."""
    assert kept("link", value) == address


@given(st.text("aZ09 üß%?#/&=+~'()*日\"<>[]", max_size=30))
def test_a_link_that_was_kept_is_kept_as_it_is(rest: str) -> None:
    """Setting what is shown changes nothing, and whatever is shown is ASCII and leads to the same host."""
    once = link("https://example.org/" + rest)

    assert link(once) == once
    assert once.isascii()
    assert " " not in once
    assert urlsplit(once).hostname == "example.org"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("example.org", "must be an address that begins with https:// or http://"),
        ("//example.org/", "must be an address that begins with"),
        ("ftp://example.org/", "must be an address that begins with"),
        ("https://", "must be an address that begins with"),
        ("https://exa mple.org/", "must be an address that begins with"),
        ("https://example.org:0/", "must be an address that begins with"),
        ("https://example.org:x/", "must be an address that begins with"),
        ("https://[::1/", "must be an address that begins with"),
        ("https://example.org/\x7f", "must be an address that begins with"),
        ("https://ann@example.org/", "must be an address without a user name or password, not 'https://ann@"),
        (f"https://{'a' * 64}.example/", "must be an address with a valid host name"),
        ("https://a..example/", "must be an address with a valid host name"),
    ],
)
@pytest.mark.parametrize("name", ["link", "base_url"])
def test_what_is_no_address_is_refused(name: str, value: str, said: str) -> None:
    """For the show's page and for its folder alike."""
    assert refusal(name, value).startswith(f"'{name}' {said}")


@given(st.sampled_from(["https://example.org", "http://[::1]:8642"]), st.text("/ab%20é ", max_size=12))
def test_a_base_url_ends_in_one_slash(host: str, path: str) -> None:
    """Whatever was typed after it, and setting it again changes nothing."""
    made = base_url(f"{host}/{path}")

    assert made.endswith("/")
    assert not made.endswith("//")
    assert base_url(made) == made
    assert made.isascii()


@pytest.mark.parametrize("char", ["?", "#"])
def test_a_base_url_is_a_folder(char: str) -> None:
    """Even an empty query or fragment would stand in front of every file's name."""
    assert "must be the address of a folder, without '?' and '#'" in refusal("base_url", f"https://example.org/{char}")


@pytest.mark.parametrize(
    "host",
    ["example.org", "8.8.8.8", "[2606:4700::1111]", "my.show.example", "localhost.example.org", "lan.example"],
)
def test_others_can_reach(host: str) -> None:
    """Names with a dot, and addresses of the internet."""
    assert is_public(f"https://{host}/show/")


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "laptop", "laptop.local", "a.localhost", "nas.home.arpa", "db.internal", "tv.lan", "a.test"),
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.9", "169.254.1.1", "100.64.0.1", "0.0.0.0"),  # noqa: S104 # an address like any other
        *("[::1]", "[fe80::1]", "[fd00::7]", "localhost.", "laptop.local.", "LAPTOP.LOCAL"),
    ],
)
def test_others_cannot_reach(host: str) -> None:
    """Names and addresses of one machine, one house, or nobody: a guid made from these would be everybody's."""
    assert not is_public(f"http://{host}:8642/show/")


@pytest.mark.parametrize("value", ["a@b.example", "a.b+c@d-e.example.org", "ünï@exämple.org", "o'neil@example.org"])
def test_these_are_mail_addresses(value: str) -> None:
    """The shape is enough: whether anybody reads it, only a message can tell."""
    assert kept("owner_email", value) == value


@pytest.mark.parametrize("value", ["a", "@b.c", "a@", "a@b", "a@.b", "a@b.", "a@b..c", "a@b@c.d", "a b@c.d", "<a@b.c>"])
def test_these_are_none(value: str) -> None:
    """Directories write there, and a feed is refused for one that cannot be."""
    assert "must be an e-mail address such as name@example.org" in refusal("owner_email", value)


@pytest.mark.parametrize(
    "value", [".jpg", ".hidden.png", "a/b.jpg", "a\\b.jpg", "c:d.jpg", "a?.jpg", "a#.jpg", 'a".jpg', "a.gif", "jpg"]
)
def test_a_cover_is_a_picture_in_the_folder(value: str) -> None:
    """No path, no query, no other kind of file: Apple reads the suffix."""
    assert "must be the name of a file in the show's folder that ends in .jpg, .jpeg, .png" in refusal("cover", value)


def test_text_is_kept_whole_up_to_its_limit() -> None:
    """255 characters of a name, 4,000 bytes of a description, and not one more; blanks round them do not count."""
    assert len(kept("author", " " + "é" * 255 + " ")) == 255
    assert len(kept("description", "\n" + "é" * 2000 + "\n").encode()) == 4000
    assert "at most 255 characters long, and is 256" in refusal("author", "é" * 256)
    assert "at most 4000 bytes long, and is 4001" in refusal("description", "é" * 2000 + "a")


@pytest.mark.parametrize("name", ["title", "author", "description", "copyright"])
@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_no_control_character_gets_into_a_feed(name: str, char: str) -> None:
    """It would be dropped there, and the feed would say something else than the file."""
    assert "must be text without control characters" in refusal(name, f"a{char}b")


def test_a_description_may_have_lines_and_a_name_none() -> None:
    """A name is folded on one line."""
    assert kept("description", "one\n\ntwo\tthree") == "one\n\ntwo\tthree"
    assert kept("author", "Ann\n\tExample") == "Ann Example"


def test_a_description_in_a_file_loses_the_blanks_round_it() -> None:
    """TOML's long strings end in a line end that nobody meant."""
    text = f'guid = "{GUID}"\ndescription = """\n  About it.\n"""\n'

    assert load_show(text, "show.toml").description == "About it."


@pytest.mark.parametrize(
    ("words", "text"), [(("yes", "true", "on", "YES", " On "), "yes"), (("no", "false", "off", "False"), "no")]
)
@pytest.mark.parametrize("name", ["explicit", "listed", "locked"])
def test_every_usual_word_for_yes_and_no(name: str, words: tuple[str, ...], text: str) -> None:
    """What other programs take is taken, in any case, and shown in one way."""
    assert {kept(name, word) for word in words} == {text}


@pytest.mark.parametrize(
    ("value", "kept_as"),
    [
        ("arts>books", ""),
        ("Arts>Books", "Arts > Books"),
        ("Arts  >  Books", "Arts > Books"),
        ("Arts > Books > More", ""),
    ],
)
def test_a_category_is_apples(value: str, kept_as: str) -> None:
    """One level below another at most, in Apple's own letters, with a hint for nearly that."""
    if kept_as:
        assert kept("category", value) == kept_as
    else:
        assert "must be one of Apple's podcast categories" in refusal("category", value)
        assert "(did you mean 'Arts > Books'?)" in refusal("category", value)


@given(st.integers(1, 200))
@example(60)
def test_a_long_value_is_cut_in_the_sentence(length: int) -> None:
    """The sentence stays one: at most 60 characters of what was typed."""
    shown = refusal("licence", "ü" * length).partition(", not '")[2].removesuffix("'")

    assert shown == ("ü" * length if length <= 60 else "ü" * 59 + "…")


def test_setting_one_field_leaves_the_others(show: Show) -> None:
    """Each by itself, and an empty text brings back what a new show has."""
    fresh = new_show("", GUID, "")
    for field in FIELDS:
        if field.own or field.name == "guid":
            continue
        cleared = set_field(show, field.name, "")
        changed = {each.name for each in FIELDS if getattr(cleared, each.name) != getattr(show, each.name)}

        assert changed <= {field.name, "guid", "guid_frozen"}
        assert getattr(cleared, field.name) == getattr(fresh, field.name)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n'titel' = 'A'\n", 2),
        ("  titel='A'\n", 1),
        ("# titel = 1\n\ntitel = 'A'\n", 3),
        ("title = 'titel'\ntitel = 1\n", 2),
        ("\n[titel]\na = 1\n", 2),
    ],
)
def test_the_line_is_that_of_the_field(text: str, line: int) -> None:
    """Not of a comment or of a value that holds the same word."""
    with pytest.raises(ShowError, match=rf"^show\.toml, line {line}: there is no field 'titel'"):
        load_show(text, "show.toml")
