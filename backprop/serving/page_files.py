"""What a page brings along, as few files as may be: all style sheets in one, all modules in one.

The modules stay what they are, and are served too: esbuild, which set-up brings, only puts them behind one another when
the server starts, and when one has changed. Where there is no esbuild, or a module has a fault, the page takes them one
by one.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

# In this order: a later sheet may overrule an earlier one.
SHEETS = ("fonts", "tokens", "base", "controls", "network", "equation", "tables", "pictures", "short", "runs",
          "cost", "hill", "race", "lesson", "quantities", "depth", "batch", "twins", "links", "take-away", "stills",
          "class", "print", "tex")
STYLE = "css/page.css"  # beside the sheets, so that the relative addresses in them hold
ENTRY = "js/main.js"
SCRIPT = "js/page.js"
ARGUMENTS = ("--bundle", "--format=esm", "--minify-whitespace", "--minify-syntax", "--charset=utf8",
             "--legal-comments=none", "--log-level=silent")  # the licences are in vendor/LICENSES.txt
PATIENCE_SECONDS = 20.0


def made(folder: Path) -> dict[str, bytes]:
    """Return the joined files by their paths; without the script where it cannot be joined."""
    style = b"\n".join((folder / "css" / f"{sheet}.css").read_bytes() for sheet in SHEETS)
    script = _joined(folder / ENTRY)
    return {STYLE: style} | ({} if script is None else {SCRIPT: script})


def _joined(entry: Path) -> bytes | None:
    """Return `entry` and all that it imports as one module."""
    program = _esbuild(entry.parents[2])
    if program is None:
        return None
    try:
        done = subprocess.run([program, entry, *ARGUMENTS], capture_output=True, check=True, timeout=PATIENCE_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _esbuild(root: Path) -> Path | None:
    """Return the program for this machine as npm puts it, None where it is not there."""
    folder = root / "node_modules" / "@esbuild"
    return next((path for name in ("bin/esbuild", "esbuild.exe") for path in sorted(folder.glob(f"*/{name}"))), None)
