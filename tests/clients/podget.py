"""Podget, a shell script around wget."""

from __future__ import annotations

from tests.clients.client import Client, There


def fetch(there: There) -> str:
    """Have it write its settings, give it the one feed, run it; it downloads to ``~/POD``."""
    settings = there.home / "podget"
    settings.mkdir()
    there.run("podget", "-d", str(settings), "--create-config", "podgetrc")
    (settings / "serverlist").write_text(f"{there.url} narrate Narrated_articles\n")
    there.run("podget", "-d", str(settings))
    done = (there.home / "POD" / ".LOG" / "done").read_text().splitlines()
    return f"{len(done)} in its log of what is done"


CLIENT = Client("podget", ("podget", "wget"), fetch, apt=("podget", "wget"))
