"""``narrate serve``: the show where apps fetch it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from narrate.cli import options
from narrate.cli.output import result, story


@click.command()
@click.option("--lan", is_flag=True, help="Let other devices on this network in, such as your phone.")
@click.option("--host", metavar="ADDRESS", help="The address to listen on (default: this machine alone).")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="NUMBER", help="The port (default: 8642; 0: any free one)."
)
@options.out
@options.show
@options.quiet
def serve(*, lan: bool, host: str | None, port: int | None, **given: Any) -> NoReturn:
    """Serve the shows over HTTP until Ctrl-C, and print what to subscribe to."""
    from narrate.pipeline.serving import DEFAULT_PORT, EVERY_ADDRESS, LOOPBACK
    from narrate.pipeline.serving import serve as run

    settings = options.settings_from(given)
    chosen = given["show"] is not None
    root = Path(settings.out) / settings.show if chosen else Path(settings.out)
    address = host or (EVERY_ADDRESS if lan else LOOPBACK)

    def ready(urls: list[str]) -> None:
        for url in urls:
            result(url)
        if not given["quiet"]:
            story("Add this address to a podcast app on a device that can reach this machine. Ctrl-C ends it.")
            if address == LOOPBACK:
                story("Only this machine can reach it; --lan lets a phone in.")

    run(root, address, DEFAULT_PORT if port is None else port, ready)
    raise KeyboardInterrupt  # it returns when Ctrl-C has ended it


COMMANDS = (serve,)
