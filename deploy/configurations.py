"""The configurations, written from the templates beside this file."""

from __future__ import annotations

import os
import re
from pathlib import Path

HERE = Path(__file__).parent
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def nginx_configuration(folder: Path, listen: str, ports: list[int]) -> str:
    """Return nginx's configuration for servers on these ports of this machine, all its files in `folder`."""
    user = "user root;\n" if os.name == "posix" and os.geteuid() == 0 else ""
    return filled("nginx.conf.in", {
        "MAIN": f"{user}daemon off;\npid {folder}/nginx.pid;",
        "TEMPORARY": " ".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY),
        "SERVERS": "\n".join(f"        server 127.0.0.1:{port} max_fails=3 fail_timeout=1s;" for port in ports),
        "LISTEN": listen,
    })


def redis_configuration(folder: Path, port: int) -> str:
    """Return the configuration of a Redis on the loopback."""
    return filled("redis.conf.in", {"BIND": "127.0.0.1", "PORT": str(port), "FOLDER": str(folder)})


def filled(template: str, values: dict[str, str]) -> str:
    """Return the template with the values in their places, every one of them."""
    text = (HERE / template).read_text(encoding="utf-8")
    names = set(re.findall(r"@([A-Z]+)@", text))
    if names != set(values):
        raise ValueError(f"{template} has the places {sorted(names)}, but got {sorted(values)}.")
    return re.sub(r"@([A-Z]+)@", lambda place: values[place[1]], text)
