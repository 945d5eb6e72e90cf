"""What a learner sees and does in the figures of a run, by accessible names only."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.browser.figure import let_begin

ROWS = "(rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim()))"


class RunFigure:
    """Figure `race` or `xor` on an open page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.root = page.locator(f"bp-{name}")

    def open(self, url: str) -> Self:
        self.page.goto(url)
        return self.settled()

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def press(self, name: str, times: int = 1) -> Self:
        for _ in range(times):
            self.button(name).click()
        return self

    @property
    def scrubber(self) -> Locator:
        return self.root.get_by_role("slider", name="Epoch", exact=True)

    @property
    def epoch(self) -> int:
        return int(self.scrubber.input_value())

    @property
    def verdicts(self) -> Locator:
        return self.root.locator(".run-verdict")

    def settled(self) -> Self:
        """Wait until what is shown is the shown epoch's own."""
        let_begin(self.root)
        expect(self.root).to_have_attribute("aria-busy", "false")
        return self

    def seek(self, epoch: int) -> Self:
        self.scrubber.fill(str(epoch))
        expect(self.scrubber).to_have_value(str(epoch))
        return self.settled()

    def to_the_end(self, epochs: int, start: str) -> Self:
        """Press start and wait until the run has come to its end by itself."""
        self.press(start)
        expect(self.scrubber).to_have_value(str(epochs))
        expect(self.button(start)).to_be_visible()
        return self.settled()

    def table(self, caption: str) -> list[tuple[int, int, int, float, str]]:
        """The rows of a truth table: A, B, expected, output, right or wrong."""
        rows = self.root.get_by_role("table", name=caption, exact=True).locator("tbody tr").evaluate_all(ROWS)
        return [(int(a), int(b), int(wanted), as_number(output), verdict) for a, b, wanted, output, verdict in rows]

    def losses(self) -> list[float]:
        """The losses that the chart shows of each lane, at the epoch under the play head."""
        return [as_number(text) for text in self.root.locator(".lane-loss b").all_inner_texts()]

    def fill(self, label: str, text: str) -> Self:
        field = self.root.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Enter")
        return self


def as_number(text: str) -> float:
    """Read a number as the page writes it: a true minus, powers of ten."""
    plain = text.replace("−", "-").replace("\u202f", "")
    power = re.fullmatch(r"(-?[\d.]+)·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|-?\d+)", plain)
    if power:
        exponent = power[2].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        return float(f"{power[1]}e{exponent}")
    return float(plain)
