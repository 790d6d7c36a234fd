"""Sources that are broken as Markdown: what a reader makes markup of is markup to the report, and is no loss."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.script.coverage import coverage_of

from .conftest import lost_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Article, Script

BROKEN = {
    "an address with an angle bracket": "See [this]([>page) now.",
    "an address with brackets in brackets": "See [this](a(b(c)d)e) now.",
    "an address with an escaped bracket": r"See [this](page\)one) now.",
    "an address with a blank that is not ASCII's": "See [this](page\u00a0one) now.",
    "a title with an escaped mark": r'See [this](page "so \" called") now.',
    "a section of XML": "See <![CDATA[one &amp;<!- two]]> now.",
    "a declaration with a bracket": "See <!NOTE<one> now.",
    "an instruction with a bracket": "See <?one < two?> now.",
    "words for no picture in another tag": "See <i alt='one'>now</i>.",
    "a picture in a picture that is none": "See ![one<img alt='e'>]( now.",
    "a picture in code, and one that is none": "See `<img alt='ab'>` now <img alt='ab'> again.",
    "a byline that shares a line of HTML with prose": "<p>By A<p>now.",
    "a picture between marks of code in HTML": "<h2>one<article>`1a<img alt='b'>`now.",
    "two pictures after a comment that nothing closes": "one\n\n<!--`<img alt='b'>`<img alt='ab'>",
    "a picture in a formula, and one that is none": "$<img alt='ab'>$a<img alt='ab'>",
    "a picture in code that is HTML's, and another": "\n\n<p>`<img alt='a'>`i<img alt='a'>",
    "a tag in the words for a picture": "![a<b>ma]()M",
    "a picture in the words for one": "![<img alt='b'>a]() now ![one ![two](b)three](a)",
    "a comment in the words for a picture": "![one <!-- two --> three](a) now",
    "the name of an address on two lines": "See [one][two\nthree] now.\n\n[two three]: https://a.example/b",
    "a character by its name in the words for a picture": "See <img alt='Q&amp;A' title='Q&amp;A'> now.",
    "code after a formula": r"Types: `T` $\in$ `[_Float16, uint16_t, int16_t, float, int32_t]`.",
    "a bar in a cell of a table": "\n\n| a | b | c |\n|-|-|-|\n| 1 | `x` \\| `y` | y |\n| 2 | z | y |\n\nNow.",
    "a table without heads": "\n\n| | |\n|-|-|\n| **Read it** | Now. |\n| **Said as meant** | In 1998. |\n\nNow.",
    "a tag in marks of code": "<l>\u2028<img>`d<img alt='b'`![b]>",
    "a section of XML with tags": "<![CDATA[<li>one<h2>two]]>See now.",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_markup_of_any_form_is_no_loss(
    read: Callable[[str, str], Article], write: Callable[..., Script], source: str
) -> None:
    """Every letter is heard or is a sign of the format."""
    article = read(f"# Bread\n\n{source} It is old.", ".md")

    assert lost_in(coverage_of([article], write(article))) == []


@pytest.mark.parametrize("opens", ["<![CDATA[", "<?", "<!A"])
def test_a_sign_that_opens_in_one_paragraph_takes_no_words_of_the_next(
    read: Callable[[str, str], Article], write: Callable[..., Script], opens: str
) -> None:
    """Words between two paragraphs' signs that no segment has are lost, and are told."""
    article = read(f"# Bread\n\nOne {opens} two.\n\nThree is old.\n\nFour ]]> ?> five.", ".md")
    script = write(article)
    segments = tuple(each for each in script.segments if "Three" not in "".join(u.written for u in each.utterances))

    assert len(segments) < len(script.segments)
    assert any("Three" in lost for lost in lost_in(coverage_of([article], replace(script, segments=segments))))
