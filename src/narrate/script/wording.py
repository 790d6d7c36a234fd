"""narrate's own words, by language: everything a listener hears that no author wrote.

A language that has no row here hears them in English, and the utterances say so.
"""

from __future__ import annotations

from dataclasses import dataclass

COMPUTER_VOICE = "This article is read by a computer voice."
AI_VOICE = "This article is read by an AI voice."


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; ``{}`` stands for a fact, `singular` and `plural` begin the disclosure."""

    language: str
    introduction: str
    by: str
    conjunction: str
    published: str
    end: str
    end_edition: str
    link: str
    links: str
    code: str
    table: str
    image: str
    note: str
    numbered_note: str
    caption: str
    quote: str
    end_quote: str
    formula: str
    a_formula: str
    linked: str
    unspoken: str
    singular: str
    plural: str
    disclosures: dict[str, str]
    date: str
    months: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = Wording(
    language="en",
    introduction="Introduction",
    by="By {}",
    conjunction="and",
    published="Published {}",
    end="End of article.",
    end_edition="End of edition.",
    link="The link to the original is in the notes.",
    links="The links to the originals are in the notes.",
    code="A block of code is left out here.",
    table="A table is left out here.",
    image="Image: {}",
    note="Note: {}",
    numbered_note="Note {}: {}",
    caption="Caption: {}",
    quote="Quote.",
    end_quote="End of quote.",
    formula="A formula is left out here.",
    a_formula="a formula",
    linked="link",
    unspoken="A passage is left out here, because the voice could not speak it.",
    singular="This article is",
    plural="These articles are",
    disclosures={},
    date="{day} {month} {year}",
    months=_words("January February March April May June July August September October November December"),
)

GERMAN = Wording(
    language="de",
    introduction="Einleitung",
    by="Von {}",
    conjunction="und",
    published="Veröffentlicht am {}",
    end="Ende des Artikels.",
    end_edition="Ende der Ausgabe.",
    link="Der Link zum Original steht in den Notizen.",
    links="Die Links zu den Originalen stehen in den Notizen.",
    code="Hier ist ein Stück Programmtext ausgelassen.",
    table="Hier ist eine Tabelle ausgelassen.",
    image="Bild: {}",
    note="Anmerkung: {}",
    numbered_note="Anmerkung {}: {}",
    caption="Bildunterschrift: {}",
    quote="Zitat.",
    end_quote="Ende des Zitats.",
    formula="Hier ist eine Formel ausgelassen.",
    a_formula="eine Formel",
    linked="Link",
    unspoken="Hier fehlt eine Stelle, die die Stimme nicht sprechen konnte.",
    singular="Dieser Artikel wird",
    plural="Diese Artikel werden",
    disclosures={
        COMPUTER_VOICE: "Dieser Artikel wird von einer Computerstimme gelesen.",
        AI_VOICE: "Dieser Artikel wird von einer KI-Stimme gelesen.",
    },
    date="{day}. {month} {year}",
    months=_words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
)

FRENCH = Wording(
    language="fr",
    introduction="Introduction",
    by="Par {}",
    conjunction="et",
    published="Publié le {}",
    end="Fin de l’article.",
    end_edition="Fin de l’édition.",
    link="Le lien vers l’original est dans les notes.",
    links="Les liens vers les originaux sont dans les notes.",
    code="Un extrait de code est omis ici.",
    table="Un tableau est omis ici.",
    image="Image : {}",
    note="Note : {}",
    numbered_note="Note {} : {}",
    caption="Légende : {}",
    quote="Citation.",
    end_quote="Fin de citation.",
    formula="Une formule est omise ici.",
    a_formula="une formule",
    linked="lien",
    unspoken="Un passage que la voix n’a pas pu lire est omis ici.",
    singular="Cet article est lu",
    plural="Ces articles sont lus",
    disclosures={
        COMPUTER_VOICE: "Cet article est lu par une voix de synthèse.",
        AI_VOICE: "Cet article est lu par une voix artificielle.",
    },
    date="{day} {month} {year}",
    months=_words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
)

SPANISH = Wording(
    language="es",
    introduction="Introducción",
    by="Por {}",
    conjunction="y",
    published="Publicado el {}",
    end="Fin del artículo.",
    end_edition="Fin de la edición.",
    link="El enlace al original está en las notas.",
    links="Los enlaces a los originales están en las notas.",
    code="Aquí se omite un bloque de código.",
    table="Aquí se omite una tabla.",
    image="Imagen: {}",
    note="Nota: {}",
    numbered_note="Nota {}: {}",
    caption="Pie de foto: {}",
    quote="Cita.",
    end_quote="Fin de la cita.",
    formula="Aquí se omite una fórmula.",
    a_formula="una fórmula",
    linked="enlace",
    unspoken="Aquí se omite un pasaje que la voz no pudo leer.",
    singular="Este artículo está leído",
    plural="Estos artículos están leídos",
    disclosures={
        COMPUTER_VOICE: "Este artículo está leído por una voz de ordenador.",
        AI_VOICE: "Este artículo está leído por una voz de inteligencia artificial.",
    },
    date="{day} de {month} de {year}",
    months=_words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
)

ITALIAN = Wording(
    language="it",
    introduction="Introduzione",
    by="Di {}",
    conjunction="e",
    published="Pubblicato il {}",
    end="Fine dell’articolo.",
    end_edition="Fine dell’edizione.",
    link="Il link all’originale è nelle note.",
    links="I link agli originali sono nelle note.",
    code="Qui è omesso un blocco di codice.",
    table="Qui è omessa una tabella.",
    image="Immagine: {}",
    note="Nota: {}",
    numbered_note="Nota {}: {}",
    caption="Didascalia: {}",
    quote="Citazione.",
    end_quote="Fine della citazione.",
    formula="Qui è omessa una formula.",
    a_formula="una formula",
    linked="link",
    unspoken="Qui è omesso un passo che la voce non ha potuto leggere.",
    singular="Questo articolo è letto",
    plural="Questi articoli sono letti",
    disclosures={
        COMPUTER_VOICE: "Questo articolo è letto da una voce sintetica.",
        AI_VOICE: "Questo articolo è letto da una voce di intelligenza artificiale.",
    },
    date="{day} {month} {year}",
    months=_words("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
)

DUTCH = Wording(
    language="nl",
    introduction="Inleiding",
    by="Door {}",
    conjunction="en",
    published="Gepubliceerd op {}",
    end="Einde van het artikel.",
    end_edition="Einde van de editie.",
    link="De link naar het origineel staat in de notities.",
    links="De links naar de originelen staan in de notities.",
    code="Hier is een stuk code weggelaten.",
    table="Hier is een tabel weggelaten.",
    image="Afbeelding: {}",
    note="Noot: {}",
    numbered_note="Noot {}: {}",
    caption="Bijschrift: {}",
    quote="Citaat.",
    end_quote="Einde van het citaat.",
    formula="Hier is een formule weggelaten.",
    a_formula="een formule",
    linked="link",
    unspoken="Hier is een passage weggelaten die de stem niet kon uitspreken.",
    singular="Dit artikel wordt",
    plural="Deze artikelen worden",
    disclosures={
        COMPUTER_VOICE: "Dit artikel wordt voorgelezen door een computerstem.",
        AI_VOICE: "Dit artikel wordt voorgelezen door een AI-stem.",
    },
    date="{day} {month} {year}",
    months=_words("januari februari maart april mei juni juli augustus september oktober november december"),
)

PORTUGUESE = Wording(
    language="pt",
    introduction="Introdução",
    by="Por {}",
    conjunction="e",
    published="Publicado em {}",
    end="Fim do artigo.",
    end_edition="Fim da edição.",
    link="A ligação para o original está nas notas.",
    links="As ligações para os originais estão nas notas.",
    code="Aqui foi omitido um bloco de código.",
    table="Aqui foi omitida uma tabela.",
    image="Imagem: {}",
    note="Nota: {}",
    numbered_note="Nota {}: {}",
    caption="Legenda: {}",
    quote="Citação.",
    end_quote="Fim da citação.",
    formula="Aqui foi omitida uma fórmula.",
    a_formula="uma fórmula",
    linked="ligação",
    unspoken="Foi aqui omitida uma passagem que a voz não conseguiu ler.",
    singular="Este artigo é lido",
    plural="Estes artigos são lidos",
    disclosures={
        COMPUTER_VOICE: "Este artigo é lido por uma voz de computador.",
        AI_VOICE: "Este artigo é lido por uma voz de inteligência artificial.",
    },
    date="{day} de {month} de {year}",
    months=_words("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
)

_BY_LANGUAGE = {w.language: w for w in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, PORTUGUESE)}


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag, in lower case.

    >>> primary("en-US"), primary("de"), primary("")
    ('en', 'de', '')
    """
    return language.replace("_", "-").split("-", 1)[0].lower()


def wording_for(language: str) -> Wording:
    """The words of a language, English where there are none.

    >>> wording_for("de-AT").end, wording_for("cy").end
    ('Ende des Artikels.', 'End of article.')
    """
    return _BY_LANGUAGE.get(primary(language), ENGLISH)


def said_in(language: str) -> str:
    """The tag of the words `wording_for` gives: the article's own where they are in its language, else ``en``.

    >>> said_in("de-AT"), said_in("cy")
    ('de-AT', 'en')
    """
    return language if primary(language) in _BY_LANGUAGE else ENGLISH.language
