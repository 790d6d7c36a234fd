"""Takes in a cache: what goes in comes out, what was touched does not, and the key is all that a sound depends on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import TakeError
from narrate.model import Clip, Take, Utterance, Voice, WordSpan, WordTime
from narrate.speech import pack_take, take_key, unpack_take
from narrate.speech import takes as takes_module
from narrate.speech.tone import ToneEngine

COUNTS = st.integers(0, 2**32 - 1)
TAKES = st.builds(
    Take,
    st.builds(Clip, st.binary(max_size=60).map(lambda pcm: pcm * 2), st.integers(8_000, 192_000)),
    st.lists(st.builds(WordTime, COUNTS, COUNTS, COUNTS, COUNTS, st.booleans()), max_size=5).map(tuple),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
TAKE = Take(Clip(b"\x01\x02" * 50, 22_050), (WordTime(0, 10, 0, 5), WordTime(10, 50, 6, 9, estimated=True)), "tone 1")


@given(TAKES)
def test_what_is_packed_is_unpacked(take: Take) -> None:
    """Every take comes back equal, and packs to the same bytes again."""
    data = pack_take(take)

    assert unpack_take(data) == take
    assert pack_take(unpack_take(data)) == data


def test_any_altered_byte_is_noticed() -> None:
    """A cache entry in which one bit fell over is refused, wherever it is."""
    data = pack_take(TAKE)

    for at in range(len(data)):
        altered = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
        with pytest.raises(TakeError, match="spoken again"):
            unpack_take(altered)


def test_any_missing_end_is_noticed() -> None:
    """A cache entry that was cut off is refused."""
    data = pack_take(TAKE)

    for length in range(len(data)):
        with pytest.raises(TakeError, match="spoken again"):
            unpack_take(data[:length])


def test_an_older_form_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version stored is not misread, and its key is another one."""
    utterance, voice = Utterance("a", "a", "en"), Voice("v", "tone", "beep", "en")
    key = take_key(utterance, voice, ToneEngine())
    older = pack_take(TAKE).replace(bytes([takes_module.FORMAT, 0]), b"\x00\x00", 1)
    monkeypatch.setattr(takes_module, "FORMAT", takes_module.FORMAT + 1)

    with pytest.raises(TakeError, match="another version"):
        unpack_take(older)
    assert take_key(utterance, voice, ToneEngine()) != key


UTTERANCE = Utterance("$3", "three dollars", "en", (WordSpan(0, 2, 0, 13),), 350)
VOICE = Voice("joe", "tone", "beep", "en-US", level_db=2.9, label="Joe")


@pytest.mark.parametrize(
    ("utterance", "voice"),
    [
        (replace(UTTERANCE, spoken="three dollars."), VOICE),
        (replace(UTTERANCE, language="de"), VOICE),
        (UTTERANCE, replace(VOICE, id="boop")),
        (UTTERANCE, replace(VOICE, engine="other")),
        (UTTERANCE, replace(VOICE, rate_wpm=180)),
        (UTTERANCE, replace(VOICE, pitch=51)),
    ],
)
def test_what_changes_the_sound_changes_the_key(utterance: Utterance, voice: Voice) -> None:
    """Text, language, voice, rate and pitch each make another take."""
    assert take_key(utterance, voice, ToneEngine()) != take_key(UTTERANCE, VOICE, ToneEngine())


@pytest.mark.parametrize(
    ("utterance", "voice"),
    [
        (replace(UTTERANCE, written="three dollars", words=(), pause_ms=0, ends_sentence=False), VOICE),
        (UTTERANCE, replace(VOICE, name="joseph", label="", level_db=0.0, disclosure="")),
    ],
)
def test_what_does_not_change_the_sound_keeps_the_key(utterance: Utterance, voice: Voice) -> None:
    """The written form, pauses, the preset's name and its level cost no new take."""
    key = take_key(utterance, voice, ToneEngine())

    assert key == take_key(UTTERANCE, VOICE, ToneEngine())
    assert len(bytes.fromhex(key)) == 32


def test_what_is_told_of_a_voice_is_not_in_the_key() -> None:
    """Gender, licence, quality and rate change no sound, so a preset that says them keeps its takes."""
    voice = replace(VOICE, gender="female", licence="CC0", quality="high", rate_hz=16_000)

    assert take_key(UTTERANCE, voice, ToneEngine()) == take_key(UTTERANCE, VOICE, ToneEngine())
