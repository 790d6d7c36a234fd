"""Elements that a show and its episodes share: who made it, under which licence, where else it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.feed.xml import Element, element
from narrate.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import WebLink


def person_nodes(tag: str, persons: Iterable[Person]) -> Iterator[Element]:
    """Podcast namespace, tag "person"; what is not known is left out."""
    for person in persons:
        known = {"role": person.role, "group": person.group, "href": person.href, "img": person.img}
        yield element(tag, person.name, {name: value for name, value in known.items() if value})


def licence_nodes(tag: str, name: str, url: str) -> Iterator[Element]:
    """Podcast namespace, tag "license": an identifier in small letters, and where its text stands."""
    if name:
        yield element(tag, name.lower(), {"url": url} if url else {})


def link_nodes(tag: str, attribute: str, links: Iterable[WebLink]) -> Iterator[Element]:
    """Addresses with their words: podcast namespace, tags "funding" and "contentLink"."""
    for link in links:
        yield element(tag, link.text, {attribute: link.url})


def persons_of(shows: Sequence[Person], own: Sequence[Person], authors: Iterable[str]) -> tuple[Person, ...]:
    """Who an item names: nobody where it has none of its own, else the show's persons too, whom it would replace.

    An article's authors are "author" in the group "writing": the Podcast Taxonomy's
    word for those who wrote text that is read out.

    >>> [person.name for person in persons_of([Person("Ann")], [], ["Jo", "Ann"])]
    ['Ann', 'Jo']
    >>> persons_of([Person("Ann")], [], [])
    ()
    """
    named = {person.name for person in (*shows, *own)}
    writers = [Person(name[:128], "author", "writing") for name in authors if name.strip() and name not in named]
    return (*shows, *own, *writers) if own or writers else ()
