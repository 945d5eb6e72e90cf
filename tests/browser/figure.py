"""What a learner sees and does in figure `passes`, by accessible names only."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

ROWS = """(rows) => rows.map((row) =>
    [row.querySelector("th").innerText, [...row.querySelectorAll("td")].map((cell) => cell.innerText)])"""


def let_begin(root: Locator) -> None:
    """Scroll to a figure that has not begun: it does when it comes near."""
    root.evaluate("figure => { if (!figure.firstElementChild) figure.scrollIntoView({ block: 'nearest' }); }")


class Figure:
    """Figure `passes` on an open page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("bp-passes")  # other figures have buttons and fields of the same names

    def open(self, url: str) -> Self:
        self.page.goto(url)
        expect(self.button("Step")).to_be_visible()
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def press(self, name: str, times: int = 1) -> Self:
        for _ in range(times):
            self.button(name).click()
        return self

    def unfold(self) -> Self:
        """Show the settings, which a small window folds."""
        folded = self.root.locator("bp-settings details:not([open]) > summary")
        if folded.count():
            folded.click()
        return self

    def table(self, caption: str) -> dict[str, list[str]]:
        """Rows of a table by what its first cell says: {"h1": ["0.5523", "+0.0027"]}."""
        expect(self.page.locator("bp-passes")).not_to_have_attribute("aria-busy", "true")
        rows = self.page.get_by_role("table", name=caption, exact=True).locator("tbody tr").evaluate_all(ROWS)
        return {_plain(name): [_plain(cell) for cell in cells] for name, cells in rows}

    @property
    def position(self) -> int:
        return int(self.page.get_by_role("slider", name="Position in the pass").input_value())

    @property
    def length(self) -> int:
        return int(self.page.get_by_role("slider", name="Position in the pass").get_attribute("max") or "0")

    @property
    def losses(self) -> list[float]:
        """The history's table twin, read whether it is folded or not."""
        cells = self.page.locator("bp-history td.num").all_text_contents()
        return [float(_plain(cell)) for cell in cells]

    def reaches(self, position: int) -> Self:
        expect(self.page.get_by_role("slider", name="Position in the pass")).to_have_value(str(position))
        return self

    def to_end(self) -> Self:
        return self.seek(self.length)

    def seek(self, position: int) -> Self:
        self.page.get_by_role("slider", name="Position in the pass").fill(str(position))
        return self.reaches(position)

    def state(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        return self.table("Nodes"), self.table("Weights")


def _plain(text: str) -> str:
    """Cell text without marks and spaces, the true minus as ASCII."""
    return re.sub(r"[◂▸◆\s]", "", text).replace("−", "-")
