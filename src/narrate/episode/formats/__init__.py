"""Audio formats, found through the entry points ``narrate.formats``.

A format encodes units by themselves, each with a fresh encoder, so that an
encoded unit can be kept and joined to others; see `mp3`.
"""
