"""Debian's packages, installed where that may be done without asking."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools.console import run, say


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


def install(admin: list[str], *packages: str, remedy: str) -> None:
    """Install packages, and start none of the services that come with them; SetupError where it fails."""
    say(f"Installing Debian's package {packages[0]} with apt-get (a few minutes)")
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
    env = {**os.environ, "PATH": path}
    apt = [*admin, "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq", "-o",
           "DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "update"], env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    run([*apt, "install", "-y", "--no-install-recommends", *packages],
        doing=f"Installing Debian's package {packages[0]}", remedy=remedy, env=env)
