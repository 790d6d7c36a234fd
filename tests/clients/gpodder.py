"""gPodder, by its command line."""

from __future__ import annotations

from tests.clients.client import Client, There


def fetch(there: There) -> str:
    """Subscribe, look for episodes, download them."""
    more = {"GPODDER_HOME": str(there.home), "GPODDER_DOWNLOAD_DIR": str(there.home / "downloads")}
    for words in (("subscribe", there.url), ("update",), ("download",)):
        there.run("gpo", *words, more=more)
    return there.run("gpo", "list", more=more).strip().splitlines()[-1].strip()


CLIENT = Client("gPodder", ("gpo",), fetch, apt=("gpodder",))
