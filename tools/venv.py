"""The virtual environment in .venv/: made once, filled from the pinned requirements."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys

from tools.console import NETWORK, ROOT, SetupError, run, say
from tools.stamps import fingerprint, holds, leave

VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")

# Settings of the caller that would send packages elsewhere than into .venv/.
_UNWANTED = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH", "PYTHONHOME")
_VERSION = "import sys; print(*sys.version_info[:2], sep='.')"


def install_requirements(*, dev: bool) -> None:
    """Bring .venv/ to what requirements.txt says, and requirements-dev.txt with `dev`."""
    version = _working_version()
    if version is None:
        version = _create()
    run_files = [ROOT / "requirements.txt"]
    dev_files = [*run_files, ROOT / "requirements-dev.txt"]
    where = (version, str(VENV))
    run_stamp, dev_stamp = VENV / ".stamp-run", VENV / ".stamp-dev"
    run_mark, dev_mark = fingerprint(run_files, *where), fingerprint(dev_files, *where)
    if holds(dev_stamp, dev_mark) or (not dev and holds(run_stamp, run_mark)):
        return
    name = "requirements-dev.txt" if dev else "requirements.txt"
    say(f"Installing the Python packages of {name} into .venv (about a minute the first time)")
    pip_install("-r", name)
    leave(run_stamp, run_mark)
    if dev:
        leave(dev_stamp, dev_mark)


def pip_install(*what: str) -> None:
    """Install packages into .venv/, and nowhere else."""
    env = {key: value for key, value in os.environ.items() if key not in _UNWANTED}
    run(
        [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input",
         "--require-virtualenv", "--prefer-binary", *what],
        doing="Installing Python packages",
        remedy=NETWORK,
        env=env,
    )


def _working_version() -> str | None:
    """Return the Python version of .venv/, or None where it is missing, broken or was moved here."""
    if not (PYTHON.exists() and (VENV / ".stamp-made").exists()):
        return None
    try:
        found = subprocess.run([PYTHON, "-I", "-S", "-c", _VERSION], capture_output=True, text=True, check=False)
    except OSError:
        return None
    version = found.stdout.strip()
    return version if holds(VENV / ".stamp-made", fingerprint([], version, str(VENV))) else None


def _create() -> str:
    """Make an empty .venv/ with the Python that runs this; return its version."""
    if importlib.util.find_spec("ensurepip") is None:
        raise SetupError(_no_ensurepip())
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    say(f"Making the virtual environment .venv with Python {version}")
    if VENV.exists():
        shutil.rmtree(VENV)
    run(
        [sys.executable, "-m", "venv", VENV],
        doing="Making the virtual environment",
        remedy=_no_ensurepip(),
    )
    leave(VENV / ".stamp-made", fingerprint([], version, str(VENV)))
    return version


def _no_ensurepip() -> str:
    """Say what a Python without ensurepip lacks."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return (
        f"{sys.executable} cannot make a virtual environment with pip.\n"
        f"On Debian or Ubuntu: sudo apt-get install {name}\n"
        f"Elsewhere: install a complete Python 3.11 or later, or name one: make PYTHON=/path/to/python3 ..."
    )
