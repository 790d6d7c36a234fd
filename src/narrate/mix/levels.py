"""The figures a mix is made by, and the two ways between decibels and factors."""

from __future__ import annotations

from dataclasses import dataclass

from narrate.model import Loudness

CHAIN_VERSION = 1
"""Raised whenever the same timeline would be rendered to other samples: encoded units are cached under it."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What a codec does to a mix: it lowers it by `trim_db`, and its peaks may come out `headroom_db` higher."""

    trim_db: float
    headroom_db: float


MARGINS = {"mp3": Margin(trim_db=0.45, headroom_db=0.5)}
"""Measured on speech with music at 44.1 kHz: LAME 3.100 in CBR at 96 kbit/s, decoded by ffmpeg."""

MUSIC_BELOW_LU = 4.0
"""The loudest 400 ms of music lie this far below the episode's loudness: 3 LU are promised, 1 is for the codec."""

MUSIC_LUFS = -20.0
"""The loudest 400 ms of a piece as `load_music` hands it over, before a mix brings it to its own level."""

DUCK_DB = 14.0
"""How far music dips under speech."""

GAIN_STEP_DB = 0.1
"""The gain's grid: a remake whose takes differ little finds the same gain, and so its encoded units (0.03 LU off)."""

GAIN_LIMIT_DB = 40.0


def aim(loudness: Loudness, codec: str = "mp3") -> Loudness:
    """What a mix must have before it is encoded, so that the decoded file has what is asked.

    >>> aim(Loudness(target_lufs=-16.0, ceiling_dbtp=-1.0))
    Loudness(target_lufs=-15.55, ceiling_dbtp=-1.5)
    """
    margin = MARGINS[codec]
    return Loudness(loudness.target_lufs + margin.trim_db, loudness.ceiling_dbtp - margin.headroom_db)


def factor(db: float) -> float:
    """The amplitude that a level in decibels stands for.

    >>> factor(0.0), round(factor(-6.0), 3)
    (1.0, 0.501)
    """
    return float(10 ** (db / 20))
