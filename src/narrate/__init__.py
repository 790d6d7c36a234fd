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
"""

__version__ = "0.1.0"
