"""Any article becomes an episode people want to hear.

The flow is the layout; a room a step, read top to bottom::

    article/   bytes of an article         -> Article   (blocks, as written)
    script/    Article                     -> Script    (segments, as spoken)
    speech/    Utterance, Voice, Engine    -> Take      (sound and word times)
    mix/       Script, takes, music        -> Timeline, then blocks of samples
    episode/   Timeline                    -> files     (audio, transcript, chapters, cover)
    feed/      Show, episodes              -> RSS
    publish/   a show's folder             -> where apps fetch it

`model` holds the values that pass between the rooms and `errors` what can go
wrong. Rooms never import each other: `pipeline` alone knows their order, and
`runtime` gives it a cache, workers and safe files. `cli` is the only place
that prints.

From Python, ``narrate.make("article.txt")`` makes an episode; see `api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.api import make, say, write_script

__version__ = "0.1.0"
__all__ = ["make", "say", "write_script"]


def __getattr__(name: str) -> object:
    """The verbs of `api`, loaded when one is asked for, so that the command line starts at once."""
    if name in __all__:
        from narrate import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """With the verbs, so that they are found before they are loaded."""
    return sorted({*globals(), *__all__})
