"""What can be chosen, from where, and by whom it was chosen.

Precedence: command line, then ``NARRATE_*`` variables, then ``narrate.toml`` in
the folder one is in, then the user's own file, then the default.
"""

from narrate.settings.load import load_settings
from narrate.settings.purposes import PURPOSES
from narrate.settings.table import SETTINGS, Kind, Setting, Settings, Value, value_of

__all__ = ["PURPOSES", "SETTINGS", "Kind", "Setting", "Settings", "Value", "load_settings", "value_of"]
