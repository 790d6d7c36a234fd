"""What narrate says of its own, a field a thing."""

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
    heading_level: str
    list_of: str
    list_of_one: str
    formula: str
    a_formula: str
    linked: str
    another_script: str
    unspoken: str
    singular: str
    plural: str
    disclosures: dict[str, str]
    date: str
    months: tuple[str, ...]
