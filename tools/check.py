"""Run the checks and say at the end which failed: python -m tools.check [lint | fast | all]."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tools.chromium import ensure_chromium
from tools.console import CLEAN, ROOT, SetupError
from tools.debian import headless_shell
from tools.node import find_node

TSC = "node_modules/typescript/bin/tsc"
ESLINT = "node_modules/eslint/bin/eslint.js"
PYTEST = (sys.executable, "-m", "pytest")


@dataclass(frozen=True)
class Check:
    """A named step that returns True where all is well."""

    name: str
    passes: Callable[[], bool]


def lint_checks() -> list[Check]:
    """Return the checks that read the code without running it."""
    return [
        Check("ruff", lambda: _run(sys.executable, "-m", "ruff", "check", ".")),
        Check("mypy", lambda: _run(sys.executable, "-m", "mypy")),
        Check("tsc, the page", lambda: _run_node(TSC, "-p", ".")),
        Check("tsc, its tests", lambda: _run_node(TSC, "-p", "tests/js")),
        Check("eslint", lambda: _run_node(ESLINT, "--max-warnings=0", "static/js", "tests/js", "eslint.config.js")),
    ]


def fast_checks() -> list[Check]:
    """Return all but the browser tests."""
    return [*lint_checks(), Check("node --test", _run_javascript_tests),
            Check("pytest, no browser", lambda: _run(*PYTEST, "--ignore=tests/browser"))]


def all_checks() -> list[Check]:
    """Return everything there is to check; the browser tests fail where there is no browser."""
    return [*lint_checks(), Check("node --test", _run_javascript_tests), Check("Chromium", _find_chromium),
            Check("pytest", lambda: _run(*PYTEST))]


def _find_chromium() -> bool:
    """Find or install Chromium, and hand its path on to the tests."""
    named = os.environ.get("CHROMIUM")
    os.environ["CHROMIUM"] = path = ensure_chromium() if named else headless_shell() or ensure_chromium()
    print(path, flush=True)
    return True


def _run_javascript_tests() -> bool:
    """Run every tests/js/**/*.test.js; a project without one has lost its tests."""
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").rglob("*.test.js"))
    if not files:
        raise SetupError("No tests/js/**/*.test.js was found.\nName the JavaScript tests so.")
    return _run_node("--test", "--test-reporter=spec", *files)


def _run_node(*arguments: str) -> bool:
    """Run Node.js in the project root."""
    node = find_node()
    if node is None:
        raise SetupError(f"Node.js was not found.\n{CLEAN}")
    return _run(node.node, *arguments)


def _run(*command: str) -> bool:
    """Run a command in the project root."""
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0


def run_checks(checks: list[Check]) -> int:
    """Run each check, print what became of them, and return an exit code."""
    lines, failed = [], 0
    for check in checks:
        print(f"\n=== {check.name}", flush=True)
        begun = time.monotonic()
        try:
            good = check.passes()
        except SetupError as problem:
            print(problem, flush=True)
            good = False
        failed += not good
        lines.append(f"  {'ok    ' if good else 'FAILED'}  {check.name:20} {time.monotonic() - begun:6.1f} s")
    verdict = "Everything passed." if not failed else f"{failed} of {len(checks)} failed; what they said is above."
    print("\n" + "\n".join([*lines, verdict]), flush=True)
    return 1 if failed else 0


def main() -> int:
    """Run the set of checks named on the command line."""
    sets = {"lint": lint_checks, "fast": fast_checks, "all": all_checks}
    name = sys.argv[1] if len(sys.argv) > 1 else "all"
    if name not in sets:
        print(f"{name!r} is no set of checks: take one of {', '.join(sets)}.", file=sys.stderr)
        return 2
    try:
        return run_checks(sets[name]())
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
