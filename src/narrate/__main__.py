"""``python -m narrate`` is the same as ``narrate``."""

from narrate.cli import main

main()
