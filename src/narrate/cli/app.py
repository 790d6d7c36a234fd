"""The group of commands, and how each of them ends."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from narrate import __version__
from narrate.cli import here, making, shows, voices, words
from narrate.cli.output import complain
from narrate.errors import NarrateError

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE, INTERRUPTED, TERMINATED = 2, 130, 143
"""Exit codes besides 0 (done) and 1 (narrate said no); the last two are 128 + the signal's number, as in shells."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="narrate %(version)s")
def narrate() -> None:
    r"""Turn written articles into podcast episodes, on your own machine.

    \b
    narrate make article.txt        speak it, mix it, add it to the feed
    narrate serve --lan             let your phone subscribe
    narrate script article.txt      see and edit what will be said
    """


for _command in (*making.COMMANDS, *words.COMMANDS, *voices.COMMANDS, *shows.COMMANDS, *here.COMMANDS):
    narrate.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 narrate said no, 2 wrong usage, 130 Ctrl-C, 143 terminated."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(run(words))


def run(words: Sequence[str]) -> int:
    """The exit code of a command line; errors are printed, as JSON where ``--json`` is asked for."""
    as_json = "--json" in words
    try:
        outcome = narrate.main(list(words), prog_name=_called(), standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        return USAGE
    except click.ClickException as wrong:
        return complain(_sentence(wrong), "usage", wrong.exit_code, as_json=as_json)
    except NarrateError as error:
        return complain(str(error), error.code, error.exit_code, as_json=as_json)
    except (click.Abort, KeyboardInterrupt):
        return complain(
            "stopped; what is finished is kept",
            "interrupted",
            INTERRUPTED,
            as_json=as_json,
        )
    except BrokenPipeError:
        return _hush()
    return outcome if isinstance(outcome, int) else 0


def _called() -> str:
    """How the program was called, for its hints."""
    from pathlib import Path

    name = Path(sys.argv[0]).name
    return "python -m narrate" if name == "__main__.py" else name.removesuffix(".exe") or "narrate"


def _sentence(wrong: click.ClickException) -> str:
    message = wrong.format_message().rstrip(".")
    context = getattr(wrong, "ctx", None)
    return f"{message}; see '{context.command_path} --help'" if context else message


def _terminate(_signal: int, _frame: object) -> NoReturn:
    sys.exit(TERMINATED)


def _hush() -> int:
    """The reader of our output has gone, as ``narrate voices | head`` does: end quietly."""
    import os

    # Python would complain again when it flushes stdout at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
