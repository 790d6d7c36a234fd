"""The group of commands, and how each of them ends."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from narrate import __version__
from narrate.cli import (
    auditing,
    doctor,
    feeds,
    here,
    hosting,
    lexicon,
    making,
    publishing,
    showing,
    shows,
    voices,
    watching,
    words,
)
from narrate.cli.output import called, complain, typed
from narrate.errors import NarrateError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    Ending = Callable[[Any], tuple[str, str, int]]

USAGE, INTERRUPTED, TERMINATED = 2, 130, 143
"""Exit codes besides 0 (done) and 1 (narrate said no); the last two are 128 + the signal's number, as in shells."""


_COMPLETE = "_NARRATE_COMPLETE"
"""The variable by which a shell asks for completions; `completion` writes the same."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="narrate %(version)s")
def narrate() -> None:
    """Turn written articles into podcast episodes, on your own machine.

    \b
    narrate make article.txt        speak it, mix it, add it to the feed
    narrate serve --lan             let your phone subscribe
    narrate script article.txt      see and edit what will be said
    """  # noqa: D301 # the backspace itself is what tells click to leave the lines alone


for _command in (
    *making.COMMANDS,
    *words.COMMANDS,
    *voices.COMMANDS,
    *lexicon.COMMANDS,
    *shows.COMMANDS,
    *showing.COMMANDS,
    *feeds.COMMANDS,
    *watching.COMMANDS,
    *hosting.COMMANDS,
    *publishing.COMMANDS,
    *doctor.COMMANDS,
    *here.COMMANDS,
):
    narrate.add_command(_command)
feeds.feed.add_command(auditing.audit)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 narrate said no, 2 wrong usage, 130 Ctrl-C, 143 terminated."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a code page of Windows lacks most characters
    signal.signal(signal.SIGTERM, _terminate)
    sys.excepthook = _bug
    code = run(words)
    gc.freeze()  # all objects go with the process: looking for cycles among them once more takes 0.05 CPU seconds
    sys.exit(code)


def run(words: Sequence[str]) -> int:
    """The exit code of a command line; errors are printed, as JSON where ``--json`` is asked for."""
    try:
        outcome = narrate.main(list(words), called(), _COMPLETE, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        return USAGE
    except BrokenPipeError:
        return _hush()
    except tuple(kind for kind, _ in _ENDINGS) as stop:
        ending = next(ending for kind, ending in _ENDINGS if isinstance(stop, kind))
        sentence, code, exit_code = ending(stop)
        if isinstance(stop, click.NoSuchOption):
            sentence += _as_file(words)
        return complain(sentence, code, exit_code, as_json=_as_json(words))
    return outcome if isinstance(outcome, int) else 0


class Terminated(BaseException):
    """The system asked narrate to end (SIGTERM)."""


def _terminate(_signal: int, _frame: object) -> NoReturn:
    raise Terminated


def _usage(wrong: click.ClickException) -> tuple[str, str, int]:
    message = re.split(r"\.? \(?Did you mean", wrong.format_message())[0].rstrip(".")
    hints = [message[:1].lower() + message[1:]]
    if nearest := _nearest(wrong):
        hints.append(f"did you mean {nearest}")
    if context := getattr(wrong, "ctx", None):
        hints.append(f"see '{context.command_path} --help'")
    return "; ".join(hints), "usage", wrong.exit_code


def _nearest(wrong: click.ClickException) -> str:
    """The option that was probably meant, of those that click thinks of; "" where there is none."""
    from difflib import get_close_matches

    possible = getattr(wrong, "possibilities", None) or ()
    return next(iter(get_close_matches(getattr(wrong, "option_name", ""), possible, 1, 0)), "")


def _as_file(words: Sequence[str]) -> str:
    """How to name the file that looks like an option, if there is one."""
    file = next((word for word in words if word.startswith("-") and os.path.isfile(word)), "")  # noqa: PTH113 # Path.is_file raises where a name is too long
    return f"; for the file of that name write: -- {typed(Path(file))}" if file else ""


def _refused(refused: OSError) -> tuple[str, str, int]:
    from narrate.runtime.files import storage_error

    return str(storage_error("use", refused.filename or "this system", refused)), "storage", 1


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say what nobody thought of, as `sys.excepthook`; Python then exits with 1."""
    if os.environ.get("NARRATE_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
        return
    what = f"{kind.__name__}: {error}" if str(error) else kind.__name__
    sentence = f"this is a mistake of narrate's ({what}); please report it; NARRATE_TRACEBACK=1 shows where it is"
    complain(sentence, "bug", 1, as_json=_as_json(sys.argv))


def _as_json(words: Sequence[str]) -> bool:
    return "--json" in (words[: words.index("--")] if "--" in words else words)


_KEPT = "what is finished is kept"


def _missing(error: ImportError) -> tuple[str, str, int]:
    """A library that is not there; a module of narrate's own that is not is a bug, and ends as one."""
    from narrate.runtime.platform import missing_library

    refusal = missing_library(error)
    if refusal is None:
        raise error
    return str(refusal), refusal.code, refusal.exit_code


_ENDINGS: tuple[tuple[type[BaseException], Ending], ...] = (
    (NarrateError, lambda error: (str(error), error.code, error.exit_code)),
    (click.ClickException, _usage),
    (click.Abort, lambda _: (f"stopped; {_KEPT}", "interrupted", INTERRUPTED)),
    (KeyboardInterrupt, lambda _: (f"stopped; {_KEPT}", "interrupted", INTERRUPTED)),
    (Terminated, lambda _: (f"terminated; {_KEPT}", "terminated", TERMINATED)),
    (MemoryError, lambda _: ("there is not enough memory for this; --jobs 1 needs less", "memory", 1)),
    (OSError, _refused),
    (ImportError, _missing),
)
"""How a command ends that does not end well, by the first kind that fits: sentence, code for programs, exit code."""


def _hush() -> int:
    """The reader of our output has gone, as ``narrate voices | head`` does: end quietly."""
    # Python would complain again when it flushes stdout at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
