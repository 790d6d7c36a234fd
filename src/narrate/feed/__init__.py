"""A show's settings and its feed: `Show` and episodes in, RSS out.

`new_show`, `load_show`, `dump_show` and `set_field` are the show and its
``show.toml``; `write_feed` is what apps subscribe to.
"""

from narrate.feed.categories import category_names
from narrate.feed.episodes import EPISODE_FIELDS, episode_field_text, set_episode_field
from narrate.feed.fields import DEFAULT_TITLE, FIELDS, Field
from narrate.feed.items import EPISODE_URL
from narrate.feed.rss import Place, write_feed
from narrate.feed.show import (
    FEED_NAME,
    add_to_field,
    dump_show,
    field_named,
    field_text,
    freeze_guid,
    guid_for,
    load_show,
    new_show,
    remove_from_field,
    set_field,
)
from narrate.feed.xml import items_in

__all__ = [
    "DEFAULT_TITLE",
    "EPISODE_FIELDS",
    "EPISODE_URL",
    "FEED_NAME",
    "FIELDS",
    "Field",
    "Place",
    "add_to_field",
    "category_names",
    "dump_show",
    "episode_field_text",
    "field_named",
    "field_text",
    "freeze_guid",
    "guid_for",
    "items_in",
    "load_show",
    "new_show",
    "remove_from_field",
    "set_episode_field",
    "set_field",
    "write_feed",
]
