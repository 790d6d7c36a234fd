"""curl, whose download is cut and goes on: what it has then must be the file."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.clients.client import Client, There


def fetch(there: There) -> str:
    """Take the beginning of every enclosure, then the rest."""
    there.run("curl", "-sf", "--compressed", "-o", "feed.xml", there.url)
    urls = [each.get("url", "") for each in ET.parse(there.home / "feed.xml").iter("enclosure")]  # noqa: S314 # ours
    for url in urls:
        there.run("curl", "-sfO", "-r", "0-9999", url)
        there.run("curl", "-sfO", "-C", "-", url)
    return f"{len(urls)} downloads went on after 10,000 bytes"


CLIENT = Client("curl", ("curl",), fetch, apt=("curl",))
