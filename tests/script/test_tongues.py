"""Every language narrate has words for: what is announced, how dates are written, where sentences end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from narrate.article.facts import parse_date
from narrate.model import Article, Role, Script, Style, Voice
from narrate.script import speak_written, write_script
from narrate.script.dates import written_date
from narrate.script.spoken import speak_as
from narrate.script.utterances import sentences_of
from narrate.script.wording import AI_VOICE, COMPUTER_VOICE

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("en", "en-GB", "de", "fr", "es", "it", "nl", "pt")

ANNOUNCED = {
    "en": """By Ann and Bo. Published August 3, 2026. This article is read by a computer voice.
A block of code is left out here.
A table is left out here.
End of article. The link to the original is in the notes.
These articles are read by a computer voice.
End of edition. The links to the originals are in the notes.""",
    "de-AT": """Von Ann und Bo. Veröffentlicht am 3. August 2026. Dieser Artikel wird von einer Computerstimme gelesen.
Hier ist ein Stück Programmtext ausgelassen.
Hier ist eine Tabelle ausgelassen.
Ende des Artikels. Der Link zum Original steht in den Notizen.
Diese Artikel werden von einer Computerstimme gelesen.
Ende der Ausgabe. Die Links zu den Originalen stehen in den Notizen.""",
    "fr": """Par Ann et Bo. Publié le 3 août 2026. Cet article est lu par une voix de synthèse.
Un extrait de code est omis ici.
Un tableau est omis ici.
Fin de l’article. Le lien vers l’original est dans les notes.
Ces articles sont lus par une voix de synthèse.
Fin de l’édition. Les liens vers les originaux sont dans les notes.""",
    "es": """Por Ann y Bo. Publicado el 3 de agosto de 2026. Este artículo está leído por una voz de ordenador.
Aquí se omite un bloque de código.
Aquí se omite una tabla.
Fin del artículo. El enlace al original está en las notas.
Estos artículos están leídos por una voz de ordenador.
Fin de la edición. Los enlaces a los originales están en las notas.""",
    "it": """Di Ann e Bo. Pubblicato il 3 agosto 2026. Questo articolo è letto da una voce sintetica.
Qui è omesso un blocco di codice.
Qui è omessa una tabella.
Fine dell’articolo. Il link all’originale è nelle note.
Questi articoli sono letti da una voce sintetica.
Fine dell’edizione. I link agli originali sono nelle note.""",
    "nl": """Door Ann en Bo. Gepubliceerd op 3 augustus 2026. Dit artikel wordt voorgelezen door een computerstem.
Hier is een stuk code weggelaten.
Hier is een tabel weggelaten.
Einde van het artikel. De link naar het origineel staat in de notities.
Deze artikelen worden voorgelezen door een computerstem.
Einde van de editie. De links naar de originelen staan in de notities.""",
    "pt-BR": """Por Ann e Bo. Publicado em 3 de agosto de 2026. Este artigo é lido por uma voz de computador.
Aqui foi omitido um bloco de código.
Aqui foi omitida uma tabela.
Fim do artigo. A ligação para o original está nas notas.
Estes artigos são lidos por uma voz de computador.
Fim da edição. As ligações para os originais estão nas notas.""",
}
SENTENCES = [
    ("en", "Mr. and Mrs. Fox live in St. Louis. They moved.", 2),
    ("en", "The U.S. Senate met. The U.K. left.", 2),
    ("en", "He has a Ph.D. in physics. So has she.", 2),
    ("en", "That is 3 p.m. Not 4 a.m. He slept.", 3),
    ("en", "He left at 5 p.m. Tuesday. He came at 9 a.m. EST. Fine.", 3),
    ("en", "“Go home,” said Ann. “Now!” she cried.", 2),
    ("en", "Who?! Me?! Never!!", 3),
    ("en", "He told me. I left. She said no. A cab came. He was ill. I’d go if I may. I do.", 7),
    ("en", "See no. I, fig. A and Art. I of it.", 1),
    ("en", "Pears, figs etc. He left. Pears etc. are fruit.", 3),
    ("en", "He came (he always came). (She did not.) They left.", 3),
    ("en", "On Elm St. She lives on Oak Ave. in town.", 2),
    ("en", "Gen. Lee met Lt. Col. Smith, Sgt. Pepper and Rev. Green.", 1),
    ("en", "Version 2.0.1 is out. Get it now.", 2),
    ("en", "See Fig. 4. See Vol. 3 of No. 7.", 2),
    ("en", "In 1999. It was 4. Then 5.", 3),
    ("de", "Das ist z. B. gut, d. h. sehr gut. Am 1. Januar kam Hr. Müller.", 2),
    ("de", "„Komm!“, rief er. „Nein“, sagte sie. Siehe S. 5 und Abb. 3.", 3),
    ("nb", "Han kom den 3. mai. Hun gikk.", 2),
    ("fr", "M. Dupont est là, p. ex. à Paris. « Viens ! » dit-il. Il part.", 3),
    ("es", "El Sr. García llegó. ¿Quién? ¡Nadie! La Dra. Ruiz, p. ej., no vino.", 4),
    ("it", "Il sig. Rossi, il dott. Bianchi, ad es. a pag. 5. È finita.", 2),
    ("nl", "Dhr. Jansen en mevr. De Vries, bijv. op blz. 5. Dat is alles.", 2),
    ("pt", "O Sr. Silva chegou. A Sra. Costa, p. ex., não veio. Ver pág. 7.", 3),
    ("ja", "吾輩は猫である。名前はまだ無い。", 2),
    ("hi", "यह एक वाक्य है। यह दूसरा है।", 2),
]
SPOKEN = [
    ("en", "Mr. and Mrs. Fox met Dr. & Mrs. Lee.", "Mister and Missus Fox met Doctor and Missus Lee."),
    ("en", "Gen. Lee on Main St. and Oak.", "General Lee on Main Street and Oak."),
    ("en", "See Sec. 4, pp. 12-14, Vol. 3.", "See Section four, pages twelve to fourteen, Volume three."),
    ("en", "It is 3 > 2; a>b; <3.", "It is three greater than two; a b; less than three."),
    ("en", "Rock & roll, Q&A; a &b, c& d", "Rock and roll, Q and A; a and b, c and d"),
    ("en", "Pears etc. He left.", "Pears et cetera. He left."),
    ("en", "Pears etc. and figs.", "Pears et cetera and figs."),
    ("en", "No.5 and no. 6, Fig.7", "number five and number six, Figure seven"),
    (
        "en",
        "Smith et al. (2020) agree, cf. Jones vs. Brown.",
        "Smith et al (twenty twenty) agree, compare Jones versus Brown.",
    ),
    ("en", "the end------------ now", "the end now"),
    ("de", "Hr. und Fr. Müller, ca. 20 Stück usw.", "Herr und Frau Müller, circa 20 Stück und so weiter."),
    ("fr", "M. et Mme Dupont, fig. 3, etc. Le prix.", "Monsieur et Madame Dupont, figure 3, et cetera. Le prix."),
    ("es", "El Sr. y la Sra. López, pág. 5", "El Sr. y la Señora López, página 5"),
    ("it", "Il sig. Rossi ecc. Ad es. pag. 5.", "Il signor Rossi eccetera. Ad es. pagina 5."),
    ("nl", "Dhr. Jansen en mevr. De Vries, blz. 5", "De heer Jansen en mevrouw De Vries, bladzijde 5"),
    ("pt", "A Sra. Costa, p. ex., vol. 2", "A Senhora Costa, por exemplo, volume 2"),
    ("cy", "Dr. Evans & Mrs. Jones, e.g.", "Dr. Evans a Mrs. Jones, e.g."),
]


def _announcements(script: Script) -> list[str]:
    """What narrate says of its own, a segment an item."""
    own = (each for each in script.segments if each.role is Role.ANNOUNCEMENT)
    return [" ".join(utterance.written for utterance in each.utterances) for each in own]


@pytest.mark.parametrize("language", ANNOUNCED)
def test_every_announcement_of_a_language(language: str, joe: Voice, article_of: Callable[..., Article]) -> None:
    """An article's and an edition's own words: who, when, by which voice, what is left out, that it is over."""
    facts = {"language": language, "authors": ("Ann", "Bo"), "published": date(2026, 8, 3), "url": "https://a.b"}
    full = article_of(("code", "x = 1"), ("table", "a\n"), ("paragraph", "X."), title="T", **facts)
    bare = article_of(("paragraph", "X."), title="T", language=language, url="https://c.d")
    voice = Voice("espeak", "pyttsx3", "x", "en", disclosure=COMPUTER_VOICE)

    one = _announcements(write_script([full], Style(), voice))
    first, *_middle, last = _announcements(write_script([bare, full], Style(), voice))

    assert [*one, first, last] == ANNOUNCED[language].split("\n")
    assert joe.disclosure == AI_VOICE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_that_is_written_can_be_read(language: str) -> None:
    """The article's reader takes the date of an announcement for that day, on every day of a leap year."""
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]

    assert [parse_date(written_date(day, language)) for day in days] == days


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_no_two_dates_sound_alike(language: str) -> None:
    """Every day of a year, and the year of every century and decade, has words of its own."""
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
    days += [date(year, 5, 31) for year in [*range(1000, 2024, 7), 1900, 1905, 1999, 2000, 2009, 2010, 2110]]

    spoken = {speak_as(f"Published {written_date(day, language)}.", language, Role.ANNOUNCEMENT)[0] for day in days}

    assert len(spoken) == len(set(days))


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Published May 31, 2024.", "Published May thirty first, twenty twenty-four."),
        ("Published May 20, 2010.", "Published May twentieth, twenty ten."),
        ("Published May 30, 2009.", "Published May thirtieth, two thousand nine."),
        ("Published May 1, 1900.", "Published May first, nineteen hundred."),
        ("Published May 12, 2110.", "Published May twelfth, twenty-one ten."),
        ("Published May 32, 2024.", "Published May thirty-two, twenty twenty-four."),
        ("Published May 0, 2024.", "Published May zero, twenty twenty-four."),
        ("Published May 3, 0999.", "Published May third, zero nine nine nine."),
    ],
)
def test_dates_are_said_as_a_speaker_says_them(written: str, spoken: str) -> None:
    """Ordinals for days, pairs of digits for years, thousands counted; the numbers of what is no date are counted."""
    assert speak_as(written, "en", Role.ANNOUNCEMENT)[0] == spoken


@pytest.mark.parametrize(("language", "text", "count"), SENTENCES)
def test_sentences_end_where_the_language_ends_them(language: str, text: str, count: int) -> None:
    """Titles, abbreviations, hours, ordinals and quotations of each language end no sentence by themselves."""
    sentences = [each.written for each in sentences_of(text, language)]

    assert (len(sentences), "".join(sentences).replace(" ", "")) == (count, text.replace(" ", ""))


@pytest.mark.parametrize(("language", "written", "spoken"), SPOKEN)
def test_what_is_short_in_writing_is_said_in_full(language: str, written: str, spoken: str) -> None:
    """Titles before names, words before numbers and phrases of each language; a language without rows keeps its own."""
    assert speak_written(written, language)[0] == spoken
