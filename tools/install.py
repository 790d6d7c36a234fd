"""Set up narrate in `.venv`, in the folder above: `python3 tools/install.py`, with `--dev` for what the tests need.

It needs nothing but Python. It refuses a machine narrate cannot run on before it downloads anything, installs the
exact versions of the lock (every file checked against its hash, nothing built from source), then narrate itself in
place. Run again, it does nothing until the lock, `pyproject.toml` or the Python changes.

Down to the end of `check_python` this file must make sense to Python 3.6, so that an old one says a sentence.
"""

import argparse
import hashlib
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "narrate-setup"
OLDEST, NEWEST = (3, 11), (3, 14)  # what the lock has wheels for: docs/decisions/0001-packaging.md
PIP_INSTALL = ("-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps")


def check_python() -> None:
    """End with a sentence where the lock has no wheels for this Python."""
    free_threaded = "free-threading" in sys.version
    if OLDEST <= sys.version_info[:2] <= NEWEST and not free_threaded:
        return
    this = sys.version.split()[0] + (" without the global lock" if free_threaded else "")
    found = [name for name in ("python3.13", "python3.12", "python3.11", "python3.14") if shutil.which(name)]
    advice = f"run '{found[0]} tools/install.py'" if found else "install one of these and run this with it"
    sys.exit(f"narrate is set up with Python 3.{OLDEST[1]} to 3.{NEWEST[1]} and this is {this}: {advice}")


def check_machine() -> None:
    """End with a sentence where narrate cannot run."""
    sys.path.insert(0, str(ROOT / "src"))
    from narrate.errors import PlatformError  # works before anything is installed: it needs the standard library only

    try:
        runpy.run_path(str(ROOT / "src/narrate/runtime/platform.py"))["refuse_unsupported"]()
    except PlatformError as error:
        sys.exit(str(error))


def stamp_for(lock: Path) -> str:
    """Return what `.venv` depends on: the Python and the folder, then the lock and narrate's own metadata."""
    digest = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    python = " ".join(sys.version.split())
    return f"{python} in {VENV}\n{lock.name} {digest}\n"


def set_up(lock: Path, stamp: str) -> None:
    """Bring `.venv` to the state `stamp` describes; one of another Python or from another folder is made afresh."""
    before = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    if before == stamp:
        return
    print(f"Setting up {VENV} (about 200 MB to download the first time) ...", file=sys.stderr, flush=True)
    STAMP.unlink(missing_ok=True)  # what is half done is not done
    is_stale = before.partition("\n")[0] != stamp.partition("\n")[0]
    clear = ["--clear"] if before and is_stale else []
    run(sys.executable, "-m", "venv", *clear, str(VENV), hint="on Debian or Ubuntu, 'apt install python3-venv' first")
    if sys.version_info < (3, 12):  # a venv of 3.11 brings setuptools, 10 MB that nothing here uses
        run(str(PYTHON), "-m", "pip", "uninstall", "-qq", "-y", "setuptools", hint="what pip says above is the reason")
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    run(str(PYTHON), *PIP_INSTALL, *locked, hint="what pip says above is the reason")
    itself = ["--no-build-isolation", "-e", str(ROOT)]
    run(str(PYTHON), *PIP_INSTALL, *itself, hint="what pip says above is the reason")
    STAMP.write_text(stamp, encoding="utf-8")


def run(*command: str, hint: str) -> None:
    """Run a step, its output on stderr; end with a sentence if it fails."""
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode:
        sys.exit(f"narrate could not be set up, as '{' '.join(command[1:4])}' failed: {hint}")


def main() -> None:
    """Set up `.venv`, or end with one sentence and exit code 1."""
    check_python()
    parser = argparse.ArgumentParser(description="Set up narrate in .venv.")
    parser.add_argument("--dev", action="store_true", help="with what the tests need")
    is_dev = parser.parse_args().dev
    check_machine()
    lock = ROOT / ("requirements-dev.lock" if is_dev else "requirements.lock")
    set_up(lock, stamp_for(lock))


if __name__ == "__main__":
    main()
