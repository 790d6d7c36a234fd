"""Refuse to build narrate where it cannot run: pip builds it before it looks for the packages it needs."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RefuseUnsupported(BuildHookInterface[Any]):
    """Ends a build with the sentence of `narrate.runtime.platform` on a machine that is beyond its limits."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface's names
        """Exit with one sentence instead of an error, which pip would show with its whole traceback."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        from narrate.errors import PlatformError

        try:
            runpy.run_path(str(source / "narrate/runtime/platform.py"))["refuse_unsupported"]()
        except PlatformError as error:
            sys.exit(str(error))
        finally:
            sys.path.remove(str(source))
