"""The command line: arguments to exit code; the only place that prints.

::

    app        the group, what every command shares, exit codes
    options    options that several commands have
    output     results on stdout, the story on stderr, one JSON document
    player     a file handed to this system's program for it
    progress   what is going on, as bars, as lines or not at all
    making     make
    words      script, spoken
    voices     say, voices
    shows      list, remove, show, feed, serve
    here       settings, cache, completion

Commands import the pipeline when they run, so that ``narrate --help`` loads none
of the libraries that make sound.
"""

from narrate.cli.app import main

__all__ = ["main"]
