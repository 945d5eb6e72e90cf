"""What axe finds wrong, of any severity."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page, where: str = "html") -> list[str]:
    """What is wrong in a part of the page."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("where => axe.run(where)", where)
    return [
        f"{v['id']}: {v['help']} at {[(n['target'], n['failureSummary']) for n in v['nodes']][:3]}"
        for v in found["violations"]
    ]
