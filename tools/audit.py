"""Let Lighthouse judge the page, as `make audit` does: python -m tools.audit.

Each page is opened by the system's Chromium from a server of its own; performance is the middle of three runs. What
is below its line is listed with Lighthouse's reason, and the exit code is 1.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.chromium import find_chromium
from tools.console import ROOT, SetupError
from tools.node import find_node, install_packages

FOLDER = ROOT / "tools" / "lighthouse"
LINES = {"performance": 95, "accessibility": 100, "best-practices": 100}
CHROMIUM_FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update"
ATTEMPTS = 3
PATIENCE_SECONDS = 240.0
RUNS = 3


@dataclass(frozen=True)
class Visit:
    """Hold what is judged: a path, and as which device. counts: whether its performance has to reach the line."""

    path: str
    device: str
    counts: bool = True


VISITS = (Visit("/", "desktop"), Visit("/figure/passes", "desktop"), Visit("/figure/race", "desktop"),
          Visit("/", "phone", counts=False))


def main() -> int:
    """Judge all visits and print a table; return 1 where one is below its line."""
    try:
        install_packages(FOLDER, "Installing Lighthouse with npm (about 190 MB)")
        chromium = find_chromium()
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    sys.path.insert(0, str(ROOT))
    from tests.server import running_server

    faults: list[str] = []
    print(f"{'page':<18}{'device':<9}" + "".join(f"{name:>16}" for name in LINES) + f"{'first paint':>13}{'ready':>9}")
    with running_server() as server:
        for visit in VISITS:
            reports = [judged(server.url + visit.path, visit.device, chromium) for _ in range(RUNS)]
            scores = {name: middle(reports, name) for name in LINES}
            paint, ready = (milliseconds(reports, audit) for audit in ("first-contentful-paint", "interactive"))
            print(f"{visit.path:<18}{visit.device:<9}" + "".join(f"{score:>16}" for score in scores.values())
                  + f"{paint:>10} ms{ready:>6} ms", flush=True)
            for name, score in scores.items():
                if score < LINES[name] and (visit.counts or name != "performance"):
                    faults += [f"{visit.path} ({visit.device}): {name} {score}, wanted {LINES[name]}",
                               *(f"    {reason}" for reason in reasons(reports[0], name))]
    print("\n".join(["", *faults]) if faults else "\nAll at or above their lines; a phone's performance is shown only.")
    return 1 if faults else 0


def judged(url: str, device: str, chromium: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    node = find_node()
    assert node is not None  # install_packages saw to it
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [node.node, FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js", url, "--quiet",
                   "--output=json", f"--output-path={out}", f"--only-categories={','.join(LINES)}",
                   f"--chrome-flags={CHROMIUM_FLAGS}", *(["--preset=desktop"] if device == "desktop" else [])]
        environment = {**os.environ, **node.environment(), "CHROME_PATH": chromium}
        for left in reversed(range(ATTEMPTS)):  # Lighthouse loses a trace at times, and says so: "run again"
            done = subprocess.run([str(part) for part in command], env=environment, check=left == 0,
                                  timeout=PATIENCE_SECONDS, stdin=subprocess.DEVNULL)
            if done.returncode == 0:
                break
        report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report


def middle(reports: list[dict[str, Any]], name: str) -> int:
    """Return the middle of the runs' scores, 0 to 100."""
    return round(100 * statistics.median(float(report["categories"][name]["score"] or 0.0) for report in reports))


def milliseconds(reports: list[dict[str, Any]], audit: str) -> int:
    """Return the middle of what an audit measured."""
    return round(statistics.median(float(report["audits"][audit]["numericValue"]) for report in reports))


def reasons(report: Mapping[str, Any], name: str) -> list[str]:
    """Return what cost the category points, dearest first."""
    audits = report["audits"]
    costly = [(ref["weight"], audits[ref["id"]]) for ref in report["categories"][name]["auditRefs"] if ref["weight"]]
    lost = [(weight * (1 - audit["score"]), audit) for weight, audit in costly if audit["score"] not in (None, 1)]
    lost.sort(key=lambda pair: -pair[0])
    return [f"{audit['title']}: {audit.get('displayValue', 'failed')}" for _, audit in lost]


if __name__ == "__main__":
    sys.exit(main())
