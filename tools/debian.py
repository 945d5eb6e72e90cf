"""Programs from Debian's packages: found where they usually are, or installed where that may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from tools.chromium import FONTS, administrator
from tools.console import AGAIN, SetupError, run, say

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


def redis_server() -> str:
    """Return the path of redis-server, installed where it is missing; SetupError where that may not be done."""
    return _ensured("redis-server", "redis-server")


def nginx() -> str:
    """Return the path of nginx, installed where it is missing; SetupError where that may not be done."""
    return _ensured("nginx", "nginx-light")


def headless_shell() -> str | None:
    """Return the path of Chromium without a window's furniture, installed where that may be done; None: there is none.

    It is built from the same source as Debian's chromium, and the browser tests take two thirds of the time in it.
    """
    try:
        return _ensured("chromium-headless-shell", "chromium-headless-shell", *FONTS)
    except SetupError:
        return None


def _ensured(command: str, *packages: str) -> str:
    if found := _find(command):
        return found
    remedy = f"{command} was not found. Install it (Debian: sudo apt-get install {packages[0]}), {AGAIN}"
    admin = administrator()
    if admin is None:
        raise SetupError(remedy)
    say(f"No {command} here: installing Debian's package {packages[0]} with apt-get")
    _install(admin, packages, remedy)
    found = _find(command)
    if found is None:
        raise SetupError(remedy)
    return found


def _find(command: str) -> str | None:
    return shutil.which(command, path=_path())


def _path() -> str:
    return os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])


def _install(admin: list[str], packages: Sequence[str], remedy: str) -> None:
    """Install packages. In a container nothing starts its service; where systemd does, that may be stopped."""
    env = {**os.environ, "PATH": _path()}
    apt = [*admin, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "update"], env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    run([*apt, "install", "-y", "--no-install-recommends", *packages],
        doing=f"Installing Debian's package {packages[0]}", remedy=remedy, env=env)
