"""Chromium for the browser tests: found where it usually is, or installed where that may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.console import SetupError, run, say

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FONTS = ("fonts-liberation", "fonts-dejavu-core")  # for what the page's own lack
PACKAGES = ("chromium", *FONTS)
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
)
# Where Playwright keeps the browsers that it downloads, and where in there Chromium is.
PLAYWRIGHT_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright", "%LocalAppData%/ms-playwright")
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
    "chromium_headless_shell-*/*/headless_shell*",
    "chromium_headless_shell-*/*/chrome-headless-shell*",
)

MISSING = """\
No Chromium was found for the browser tests. Do one of these, then run the same command again:
  Debian:         sudo apt-get install chromium
  Ubuntu, others: .venv/bin/python -m playwright install --with-deps chromium
  Fedora:         sudo dnf install chromium
  macOS:          brew install --cask google-chrome
  anywhere:       name one that you have, as in: make test CHROMIUM=/path/to/chromium"""


def find_chromium() -> str:
    """Return the path of a Chromium that runs.

    The environment variable CHROMIUM comes first, then the usual commands and applications, then Playwright's own.
    Raises SetupError, which says what to install, where there is none.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(os.path.expanduser(named))
        if path and _runs(path):
            return path
        raise SetupError(
            f"CHROMIUM is {named!r}, which is no Chromium that runs.\nName another one, or none: make test CHROMIUM="
        )
    for path in _candidates():
        if _runs(path):
            return path
    raise SetupError(MISSING)


def ensure_chromium() -> str:
    """Return the path of a Chromium, installing Debian's package where there is none and it may be installed."""
    try:
        return find_chromium()
    except SetupError:
        admin = administrator()
        if os.environ.get("CHROMIUM") or admin is None:
            raise
    _install(admin)
    return find_chromium()


def _candidates() -> Iterator[str]:
    """Yield programs that may be a Chromium, the likeliest first."""
    for command in COMMANDS:
        if path := shutil.which(command):
            yield path
    for name in APPLICATIONS:
        path = _expand(name)
        if os.path.isfile(path):
            yield path
    folders = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""), *PLAYWRIGHT_FOLDERS]
    for folder in filter(None, folders):
        for pattern in PLAYWRIGHT_PROGRAMS:
            yield from sorted(map(str, Path(_expand(folder)).glob(pattern)), reverse=True)


def _expand(path: str) -> str:
    return os.path.expanduser(os.path.expandvars(path))


def _runs(path: str) -> bool:
    """Tell whether a program answers; Windows's browsers do not, so there it is enough to exist."""
    if os.name == "nt":
        return os.path.isfile(path)
    try:
        done = subprocess.run(
            [path, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def administrator() -> list[str] | None:
    """Return what to put before apt-get so that it may install, or None where it may not."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _install(admin: list[str]) -> None:
    """Install Debian's Chromium, with fonts for what the page's own lack."""
    say("No Chromium here: installing Debian's package chromium with apt-get (a few minutes)")
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
    env = {**os.environ, "PATH": path}
    apt = [*admin, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "update"], env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    run(
        [*apt, "install", "-y", "--no-install-recommends", *PACKAGES],
        doing="Installing Debian's package chromium",
        remedy=MISSING,
        env=env,
    )


def main() -> int:
    """Print the path of a Chromium, for the Makefile."""
    try:
        print(ensure_chromium())
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
