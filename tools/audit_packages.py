"""Ask PyPI and npm whether a package that is used has a known weakness: python -m tools.audit_packages.

Exit status: 0 none is known, 1 some are, 2 one of the two could not be asked, which says nothing either way.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv

from tools.console import ROOT, SetupError
from tools.node import find_node

PIP_AUDIT = "pip-audit==2.10.1"
FOLDER = ROOT / "tools" / ".pip-audit"
PYTHON = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LISTS = ("requirements.txt", "requirements-dev.txt")
CLEAN, FOUND, UNASKED = 0, 1, 2
WORDS = {CLEAN: "no known weakness", FOUND: "weaknesses are known, see above", UNASKED: "could not be asked, see above"}
PATIENCE_SECONDS = 600.0


def main() -> int:
    """Ask both, say what came of it, and return the worst."""
    results = {}
    for name, ask in (("PyPI", ask_pypi), ("npm", ask_npm)):
        print(f"=== {name}", flush=True)
        try:
            results[name] = ask()
        except (OSError, SetupError, subprocess.SubprocessError) as fault:
            print(fault)
            results[name] = UNASKED
    print()
    for name, result in results.items():
        print(f"{name}: {WORDS[result]}")
    return FOUND if FOUND in results.values() else max(results.values())


def ask_pypi() -> int:
    """Let pip-audit, in an environment of its own, compare the pinned versions with PyPI's advisories."""
    if not PYTHON.exists():
        venv.create(FOLDER, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", PIP_AUDIT], check=True, timeout=PATIENCE_SECONDS)
    wanted: list[str] = [part for name in LISTS for part in ("--requirement", name)]
    command = [str(PYTHON), "-m", "pip_audit", "--no-deps", "--disable-pip", "--strict", "--format=json", *wanted]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                          timeout=PATIENCE_SECONDS)
    return judged_pypi(done.stdout, done.stderr)


def judged_pypi(said: str, complained: str) -> int:
    """Return what pip-audit found; it found nothing only where it says so of every package."""
    try:
        packages = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        print(complained.strip()[-2000:] or "pip-audit said nothing")
        return UNASKED
    weak = [f"{one['name']} {one.get('version', '')}: {', '.join(each['id'] for each in one['vulns'])}"
            for one in packages if one.get("vulns")]
    print("\n".join(weak) or f"{len(packages)} packages")
    if weak:
        return FOUND
    return CLEAN if packages and all("skip_reason" not in one for one in packages) else UNASKED


def ask_npm() -> int:
    """Let npm compare the locked versions with its advisories."""
    node = find_node()
    if node is None:
        raise SetupError("Node.js was not found.")
    done = subprocess.run([node.npm, "audit", "--json"], cwd=ROOT, capture_output=True, text=True, check=False,
                          timeout=PATIENCE_SECONDS, env=node.environment())
    return judged_npm(done.stdout, done.stderr)


def judged_npm(said: str, complained: str) -> int:
    """Return what npm found; an answer without counts is none."""
    try:
        counts = json.loads(said)["metadata"]["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        print((complained or said).strip()[-2000:])
        return UNASKED
    print(json.dumps(counts))
    return FOUND if counts["total"] else CLEAN


if __name__ == "__main__":
    sys.exit(main())
