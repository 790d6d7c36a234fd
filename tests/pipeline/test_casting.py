"""Who speaks what: the voice of a sentence is one for its language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.errors import UsageError, VoiceError
from narrate.model import Role, Script, Segment, Utterance, Voice
from narrate.pipeline.announcing import announced
from narrate.pipeline.casting import cast_voices, misread
from narrate.pipeline.making import make, write
from narrate.pipeline.order import Order
from narrate.pipeline.tools import equip
from narrate.speech.tone import ToneEngine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.pipeline.conftest import Workshop

    from narrate.pipeline.tools import Tools


class Polyglot(ToneEngine):
    """Speaks some languages, a voice each, and counts how often it is asked for its voices."""

    def __init__(self, name: str, *languages: str) -> None:
        self.name = name
        self.asked = 0
        self._languages = languages

    def voices(self) -> Sequence[Voice]:
        """A voice for each language, called after engine and language."""
        self.asked += 1
        return [Voice(f"{self.name}-{tag}", self.name, tag, tag) for tag in self._languages]


def tools_of(workshop: Workshop, *engines: Polyglot) -> Tools:
    """Return tools with these engines."""
    return replace(workshop.tools(), engines={engine.name: engine for engine in engines})


def script_of(language: str, *sentences: tuple[str, str], voice: str = "") -> Script:
    """Return a script in a language, whose segments have one sentence: its language and the segment's own voice."""
    segments = tuple(
        Segment(f"s{number}", Role.QUOTE, (Utterance("Yes.", "Yes.", tag),), 0, voice=own or None)
        for number, (tag, own) in enumerate(sentences)
    )
    return Script("Yes", language, segments, voice=voice)


def cast(workshop: Workshop, script: Script, *engines: Polyglot, engine: str = "", **options: object) -> list[str]:
    """Return the names of the voices that speak a script's sentences."""
    settings = workshop.settings(engine=engine, **options)
    return [voice.name for voice in cast_voices(script, settings, tools_of(workshop, *engines))]


NORTH = ("en-US", "de", "nb")
SOUTH = ("en-GB", "ja", "fr", "de")


@pytest.mark.parametrize(
    ("language", "sentences", "voices"),
    [
        ("en", ("en", "en-GB", "de", "de-AT"), ("north-en-US", "north-en-US", "north-de", "north-de")),
        ("ja", ("ja", "en", "ja"), ("south-ja", "north-en-US", "south-ja")),
        ("en", ("tlh", "fr", "nn"), ("north-en-US", "south-fr", "north-nb")),
    ],
)
def test_a_sentence_has_a_voice_for_its_language(
    workshop: Workshop, language: str, sentences: Sequence[str], voices: Sequence[str]
) -> None:
    """Another variety is no other language; where nobody speaks one, the script's voice does what it can."""
    script = script_of(language, *((tag, "") for tag in sentences))

    assert cast(workshop, script, Polyglot("north", *NORTH), Polyglot("south", *SOUTH)) == list(voices)


def test_the_engine_that_is_asked_for_is_the_only_one_to_choose_from(workshop: Workshop) -> None:
    """Its own German voice, and no other engine's Japanese one."""
    script = script_of("en", ("de", ""), ("ja", ""))
    engines = Polyglot("north", *NORTH), Polyglot("south", *SOUTH)

    assert cast(workshop, script, *engines, engine="north") == ["north-de", "north-en-US"]


def test_a_voice_for_any_language_speaks_all(workshop: Workshop) -> None:
    """One whose language is "und" is never exchanged."""
    script = script_of("en", ("de", ""), ("en", ""), voice="any-und")

    assert cast(workshop, script, Polyglot("any", "und"), Polyglot("north", *NORTH)) == ["any-und"] * 2


def test_a_voice_that_is_named_keeps_what_it_is_named_for(workshop: Workshop) -> None:
    """A segment's voice speaks its segment; a script's, or one of an option, all that is in the script's language."""
    script = script_of("en", ("de", "south-fr"), ("en", ""), ("ja", ""), voice="north-de")
    engines = Polyglot("north", *NORTH), Polyglot("south", *SOUTH)

    assert cast(workshop, script, *engines) == ["south-fr", "north-de", "south-ja"]
    assert cast(workshop, script, *engines, voice="south-fr") == ["south-fr", "south-fr", "south-ja"]


def test_a_foreign_voice_has_the_speed_that_is_asked_for(workshop: Workshop) -> None:
    """``--speed`` is for every voice."""
    tools = tools_of(workshop, Polyglot("north", *NORTH))
    voices = cast_voices(
        script_of("en", ("en", ""), ("de", "")), workshop.settings(engine="", speed=2, expression=False), tools
    )

    assert [voice.rate_wpm for voice in voices] == [350, 350]


def test_a_language_is_looked_for_once(workshop: Workshop) -> None:
    """However many sentences are in it, spoken by somebody or not."""
    counts = []
    for many in (1, 50):
        engine = Polyglot("north", *NORTH)
        cast(workshop, script_of("en", *[("de", ""), ("tlh", "")] * many), engine)
        counts.append(engine.asked)

    assert counts[0] == counts[1]


def test_a_voice_that_a_cast_names_and_nobody_has_is_told_with_its_role(workshop: Workshop, tmp_path: Path) -> None:
    """The file to mend is a cast's, so the cast is named."""
    (tmp_path / "casts").mkdir()
    (tmp_path / "casts" / "pair.toml").write_text('[voices]\nquote = "nobody"\n', encoding="utf-8")
    tools = replace(workshop.tools(), presets=(tmp_path,))
    with pytest.raises(VoiceError, match="the cast 'pair', quote: no voice 'nobody'"):
        cast_voices(script_of("en", ("en", "")), workshop.settings(cast="pair"), tools)


def test_a_cast_of_another_engine_than_asked_for_is_wrong_usage(workshop: Workshop) -> None:
    """In one sentence, before anything is spoken; so is a segment's voice."""
    tools = equip(workshop.settings())
    settings = workshop.settings(engine="pyttsx3", cast="duo", voice="espeak")
    with pytest.raises(UsageError, match="'joe-low' is one of piper, not of pyttsx3; leave out one of the two"):
        cast_voices(script_of("en", ("en", "")), settings, tools)
    with pytest.raises(UsageError, match="'joe' is one of piper"):
        cast_voices(script_of("en", ("en", "joe")), settings, tools)


def test_a_voice_that_reads_another_language_is_told(workshop: Workshop) -> None:
    """Who, what, how many sentences, and what to do; a voice that was found for its language is no matter."""
    script = script_of("ja", ("ja", ""), ("ja", ""), ("en", ""), ("tlh", ""))
    tools = tools_of(workshop, Polyglot("north", *NORTH), Polyglot("south", *SOUTH))
    named = workshop.settings(engine="", voice="north-de")
    told = misread(script, cast_voices(script, named, tools), named, tools)

    better = "leave out --voice, or choose one of those that 'narrate voices --language ja' lists"
    assert told == (
        f"the voice 'north-de' does not speak 'ja': 2 of 4 sentences will sound wrong; {better}",
        "the voice 'north-de' does not speak 'tlh': 1 of 4 sentences will sound wrong; no voice here does",
    )
    free = workshop.settings(engine="")
    english = script_of("en", ("ja", ""), ("en-GB", ""))
    assert misread(english, cast_voices(english, free, tools), free, tools) == ()


def test_an_engine_that_speaks_no_word_of_it_is_refused(workshop: Workshop) -> None:
    """The sentence names the engine and where voices for the language are listed, if there are any."""
    tools = tools_of(workshop, Polyglot("north", *NORTH), Polyglot("south", *SOUTH))
    with pytest.raises(VoiceError, match=r"no voice of north speaks 'ja'; .* 'narrate voices --language ja' lists"):
        cast_voices(script_of("ja", ("ja", "")), workshop.settings(engine="north"), tools)
    with pytest.raises(VoiceError, match="no voice here speaks 'tlh'"):
        cast_voices(script_of("tlh", ("tlh", "")), workshop.settings(engine="north"), tools)


@pytest.mark.parametrize("dry", [True, False])
def test_an_episode_tells_who_reads_what_he_does_not_speak(workshop: Workshop, *, dry: bool) -> None:
    """Planned or made: in its warnings."""
    path = workshop.write("pan.md", "---\nlanguage: ja\n---\n# Pan\n\nPan.\n")
    tools = tools_of(workshop, Polyglot("tone", *NORTH))
    order = Order((str(path),), dry_run=dry)
    (made,) = make(order, workshop.settings(engine="", voice="tone-de"), tools, lambda _: None).made

    assert "the voice 'tone-de' does not speak 'ja': " in made.warnings[0]


@pytest.mark.engine
def test_a_japanese_article_is_announced_in_english(workshop: Workshop) -> None:
    """With eSpeak: the announcement, which is in English, has an English voice, the article a Japanese one."""
    article = workshop.write("pan.md", "# パンの歴史\n\nパンはとても古い食べ物です。\n")
    with equip(workshop.settings()) as real:
        tools = replace(workshop.tools(), engines={"pyttsx3": real.engines["pyttsx3"]})
        script = write(Order((str(article),)), workshop.settings(engine="pyttsx3"), tools).script
        voices = cast_voices(script, workshop.settings(engine="pyttsx3"), tools)
        (made,) = make(Order((str(article),)), workshop.settings(engine="pyttsx3"), tools, lambda _: None).made
    told = {(utterance.language, voice.language) for (_, utterance), voice in zip(script.spoken(), voices, strict=True)}

    assert told == {("ja", "ja"), ("en", "en-US")}
    assert made.episode.duration_ms > 1000


def foreign(language: str, *texts: tuple[str, str]) -> Script:
    """Return a script in a language, of one segment with these sentences and their languages."""
    said = tuple(Utterance(text, text, tag, ends_sentence=True) for tag, text in texts)
    return Script("Words", language, (Segment("s1", Role.BODY, said, 0),))


def test_what_the_voice_has_no_sounds_for_is_announced() -> None:
    """In the voice's own words, with the end it has; what it can read, and the script's own language, stays."""
    joe = Voice("joe", "piper", "joe", "en-US")
    tadesse = Voice("tadesse", "own", "tadesse", "am")
    script = foreign("en", ("en", "Peace: "), ("am", "ሰላም,"), ("am", "ሰላም!"), ("ru", "мир"), ("th", "สันติภาพ."))

    said = announced(script, [joe, joe, tadesse, joe, joe])
    spoken = [each.spoken for _, each in said.spoken()]
    assert spoken == ["Peace: ", "words in another script,", "ሰላም!", "мир", "words in another script."]
    assert [each.written for _, each in said.spoken()] == [each.written for _, each in script.spoken()]
    khmer = foreign("km", ("km", "កម្ពុជា"))
    assert announced(khmer, [joe]) == khmer


def test_it_is_told_what_is_announced_only(workshop: Workshop) -> None:
    """And which sentences will sound wrong."""
    script = foreign("en", ("en", "Peace: "), ("am", "ሰላም,"), ("ru", "мир"))
    tools = tools_of(workshop, Polyglot("north", "en"))
    settings = workshop.settings(engine="north")
    voices = cast_voices(script, settings, tools)

    told = misread(script, voices, settings, tools)
    assert [each.partition(";")[0] for each in told] == [
        "the voice 'north-en' does not speak 'am': 1 of 3 sentences will only be announced",
        "the voice 'north-en' does not speak 'ru': 1 of 3 sentences will sound wrong",
    ]
