"""A Redis server for the tests of classes in several processes: found, or installed where that may be done."""

from __future__ import annotations

import os
import shutil

from tools.apt import administrator, install
from tools.console import SetupError

PACKAGE = "redis-server"
COMMANDS = ("redis-server", "valkey-server")
MISSING = """\
No Redis server was found for the tests of several processes. Do one of these, then run the same command again:
  Debian, Ubuntu: sudo apt-get install redis-server
  Fedora:         sudo dnf install redis
  macOS:          brew install redis
  anywhere:       name one that you have, as in: make test REDIS_SERVER=/path/to/redis-server"""


def find_redis() -> str:
    """Return the path of a Redis server: REDIS_SERVER, or a usual one. SetupError, which says what to install."""
    named = os.environ.get("REDIS_SERVER")
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"])
    for command in (os.path.expanduser(named),) if named else COMMANDS:
        if path := shutil.which(command, path=places):
            return path
    raise SetupError(f"REDIS_SERVER is {named!r}, which is no program." if named else MISSING)


def ensure_redis() -> str:
    """Return the path of a Redis server, installing Debian's package where there is none and it may be installed."""
    try:
        return find_redis()
    except SetupError:
        admin = administrator()
        if os.environ.get("REDIS_SERVER") or admin is None:
            raise
    install(admin, PACKAGE, remedy=MISSING)
    return find_redis()
