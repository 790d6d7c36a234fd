"""The values that pass between the rooms.

All are frozen, compare by content and import nothing but the standard
library. Times are whole samples (``_samples``, at `RATE_HZ` unless another
rate stands beside them) or whole milliseconds (``_ms``). Character spans are
half-open ``[start, end)`` counts of Unicode code points.
"""

from narrate.model.article import Article, Block, BlockKind, Mark, MarkKind, Omission, Origin, Part, Reason, Source
from narrate.model.audit import FileReplies, Finding, Picture, Reply, Severity, Traces
from narrate.model.coverage import Coverage, Fate, Stretch
from narrate.model.diction import POLICIES, Diction, Lexeme, Policy, PolicyRow, Pronunciation, rule_of
from narrate.model.lists import Entry, Extent, FeedLink, ListKind, ReadingList
from narrate.model.reading import Heard, Passage, Reading
from narrate.model.script import (
    MusicChoice,
    MusicPart,
    Pauses,
    Role,
    Script,
    ScriptSource,
    Segment,
    Style,
    Utterance,
    WordSpan,
)
from narrate.model.show import (
    EPISODE_TYPES,
    Episode,
    EpisodeFile,
    FileRole,
    Frequency,
    Person,
    Recommendation,
    Show,
    Soundbite,
    WebLink,
)
from narrate.model.speech import Cast, Clip, Take, Voice, WordTime
from narrate.model.time import FRAME_SAMPLES, RATE_HZ, ms_to_samples, samples_to_ms
from narrate.model.timeline import Chapter, Cue, Loudness, Margin, Master, Placed, PlacedMusic, Timeline, Unit, Word

__all__ = [
    "EPISODE_TYPES",
    "FRAME_SAMPLES",
    "POLICIES",
    "RATE_HZ",
    "Article",
    "Block",
    "BlockKind",
    "Cast",
    "Chapter",
    "Clip",
    "Coverage",
    "Cue",
    "Diction",
    "Entry",
    "Episode",
    "EpisodeFile",
    "Extent",
    "Fate",
    "FeedLink",
    "FileReplies",
    "FileRole",
    "Finding",
    "Frequency",
    "Heard",
    "Lexeme",
    "ListKind",
    "Loudness",
    "Margin",
    "Mark",
    "MarkKind",
    "Master",
    "MusicChoice",
    "MusicPart",
    "Omission",
    "Origin",
    "Part",
    "Passage",
    "Pauses",
    "Person",
    "Picture",
    "Placed",
    "PlacedMusic",
    "Policy",
    "PolicyRow",
    "Pronunciation",
    "Reading",
    "ReadingList",
    "Reason",
    "Recommendation",
    "Reply",
    "Role",
    "Script",
    "ScriptSource",
    "Segment",
    "Severity",
    "Show",
    "Soundbite",
    "Source",
    "Stretch",
    "Style",
    "Take",
    "Timeline",
    "Traces",
    "Unit",
    "Utterance",
    "Voice",
    "WebLink",
    "Word",
    "WordSpan",
    "WordTime",
    "ms_to_samples",
    "rule_of",
    "samples_to_ms",
]
