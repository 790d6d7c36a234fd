"""The figures a mix is made by, and the two ways between decibels and factors."""

from __future__ import annotations

CHAIN_VERSION = 3
"""Raised whenever the same timeline would be rendered to other samples: encoded units are cached under it."""

MUSIC_BELOW_LU = 4.0
"""The loudest 400 ms of music lie this far below the episode's loudness: 3 LU are promised, 1 is for the codec."""

MUSIC_LUFS = -20.0
"""The loudest 400 ms of a piece as `load_music` hands it over, before a mix brings it to its own level."""

DUCK_DB = 14.0
"""How far music dips under speech."""

BED_BELOW_LU = 20.0
"""The loudest 3 s of a bed under speech lie this far below the episode's loudness (WCAG 2.2, 1.4.7: at least 20 dB)."""

BED_STEADY_LU = 2.0
"""All of a bed, gated, lies at least this much further below."""

BED_RISE_DB = 8.0
"""How far a bed rises where nobody speaks for long."""

GAIN_STEP_DB = 0.1
"""The gain's grid: a remake whose takes differ little finds the same gain, and so its encoded units (0.03 LU off)."""

GAIN_LIMIT_DB = 40.0


def factor(db: float) -> float:
    """The amplitude that a level in decibels stands for.

    >>> factor(0.0), round(factor(-6.0), 3)
    (1.0, 0.501)
    """
    return float(10 ** (db / 20))
