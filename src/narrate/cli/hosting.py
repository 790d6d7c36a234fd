"""``narrate serve``: the show where apps fetch it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NoReturn

import click

from narrate.cli import options
from narrate.cli.output import result, story
from narrate.cli.qr import can_show, drawn

_ALONE = ("127.0.0.1", "::1", "localhost")
_ONLY_HERE = ("Only this machine can reach it, so only apps on it can subscribe; --lan lets a phone in.",)
# AntennaPod says so of itself, gPodder was tried; of the others, what their users report.
_IN_THE_NETWORK = (
    "Add this address to a podcast app on a device in the same network. It must be an app that fetches feeds itself:",
    "AntennaPod and gPodder do; Apple Podcasts (Follow a Show by URL) is reported to work.",
    "Pocket Casts and Overcast fetch from their own servers, which cannot reach this machine.",
)


@click.command()
@click.option("--lan", is_flag=True, help="Let other devices on this network in, such as your phone.")
@click.option("--host", metavar="ADDRESS", help="The address to listen on (default: this machine alone).")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="NUMBER", help="The port (default: 8642; 0: any free one)."
)
@click.option(
    "--token",
    is_flag=False,
    flag_value="",
    metavar="[WORD]",
    help="Serve at a secret address: this word stands in it, or one that is made up; it is remembered.",
)
@click.option("--proxied", is_flag=True, help="Trust a proxy in front that says X-Forwarded-Host, -Proto and -Prefix.")
@click.option("--no-qr", is_flag=True, help="Draw no QR code in the terminal.")
@options.out
@options.show
@options.quiet
def serve(*, lan: bool, host: str | None, port: int | None, **given: Any) -> NoReturn:
    """Serve the shows over HTTP until Ctrl-C, and print what to subscribe to."""
    from narrate.pipeline.serving import DEFAULT_PORT, EVERY_ADDRESS, LOOPBACK, Listening, Private
    from narrate.pipeline.serving import serve as run

    settings = options.settings_from(given)
    root = Path(settings.out) / settings.show if given["show"] is not None else Path(settings.out)
    address = host or (EVERY_ADDRESS if lan else LOOPBACK)

    def ready(urls: list[str]) -> None:
        for url in urls:
            result(url)
        if not given["quiet"]:
            _tell(urls[0], alone=address in _ALONE, qr=not given["no_qr"])

    token = given["token"]
    at = Listening(address, DEFAULT_PORT if port is None else port, proxied=given["proxied"])
    run(root, at, ready, None if token is None else Private(token))
    raise KeyboardInterrupt  # it returns when Ctrl-C has ended it


def _tell(url: str, *, alone: bool, qr: bool) -> None:
    """What to do with the address, in plain sentences; a code of it for a camera where a phone could come by it."""
    for sentence in _ONLY_HERE if alone else _IN_THE_NETWORK:
        story(sentence)
    code = "" if alone or not qr else drawn(url, coloured=not os.environ.get("NO_COLOR"))
    if code and can_show(code):
        click.echo(code, err=True)
    story("Ctrl-C ends it.")


COMMANDS = (serve,)
