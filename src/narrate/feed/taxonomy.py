"""What people do for a podcast, as the Podcast Taxonomy names it.

Facts as the podcast namespace publishes them (its taxonomy.json): groups and
roles, with two slips of the pen there ("Translater", blanks at ends) put right.
Case does not count (tag "person"), so they stand here in small letters.
"""

from __future__ import annotations

ROLES: dict[str, tuple[str, ...]] = {
    "creative direction": (
        *("director", "assistant director", "executive producer", "senior producer", "producer"),
        *("associate producer", "development producer", "creative director"),
    ),
    "cast": (*("host", "co-host", "guest host", "guest", "voice actor", "narrator", "announcer", "reporter"),),
    "writing": (
        *("author", "editorial director", "co-writer", "writer", "songwriter", "guest writer", "story editor"),
        *("managing editor", "script editor", "script coordinator", "researcher", "editor", "fact checker"),
        *("translator", "transcriber", "logger"),
    ),
    "audio production": (
        *("studio coordinator", "technical director", "technical manager", "audio engineer"),
        *("remote recording engineer", "post production engineer"),
    ),
    "audio post-production": (
        *("audio editor", "sound designer", "foley artist", "composer", "theme music", "music production"),
        "music contributor",
    ),
    "administration": (
        *("production coordinator", "booking coordinator", "production assistant", "content manager"),
        *("marketing manager", "sales representative", "sales manager"),
    ),
    "visuals": ("graphic designer", "cover art designer"),
    "community": ("social media manager",),
    "misc.": ("consultant", "intern"),
    "video production": ("camera operator", "lighting designer", "camera grip", "assistant camera"),
    "video post-production": ("editor", "assistant editor"),
}


def role_names() -> tuple[str, ...]:
    """Every role once.

    >>> "narrator" in role_names(), len(role_names()) == len(set(role_names()))
    (True, True)
    """
    return tuple(dict.fromkeys(role for roles in ROLES.values() for role in roles))
