"""What a learner sees and does in figure `hill`, by accessible names."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.figure import let_begin

HEADLINES = {"crawling": "Crawling.", "descending": "Descending.", "overshooting": "Overshooting, but closing in.",
             "diverging": "Diverging.", "leaping": "Over the ridge.", "arrived": "Arrived.", "stuck": "Stuck.",
             "bouncing": "Bouncing.", "stranding": "Thrown onto a plateau."}


class Hill:
    """Figure `hill` on an open page, by accessible names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("bp-hill")

    @property
    def ball(self) -> Locator:
        return self.root.get_by_role("slider", name="Ball")

    @property
    def slider(self) -> Locator:
        return self.root.get_by_role("slider", name="Learning rate")

    @property
    def verdict(self) -> Locator:
        return self.root.locator(".verdict")

    def press(self, name: str, times: int = 1) -> Hill:
        for _ in range(times):
            self.root.get_by_role("button", name=name, exact=True).click()
        return self

    def choose(self, landscape: str) -> Hill:
        self.root.get_by_text(landscape, exact=True).click()
        expect(self.root.get_by_role("radio", name=landscape)).to_be_checked()
        return self.settled()

    def rate(self, rate: float) -> Hill:
        field = self.root.get_by_label("Learning rate as a number")
        field.fill(str(rate))
        field.press("Enter")
        return self.settled()

    def settled(self) -> Hill:
        let_begin(self.root)
        expect(self.root.locator(".hill-figure")).to_have_attribute("aria-busy", "false")
        expect(self.root.locator("svg.hill.stale")).to_have_count(0)
        return self

    def says(self, verdict: str) -> Hill:
        expect(self.verdict.locator("strong")).to_have_text(HEADLINES[verdict])
        return self

    @property
    def rows(self) -> list[list[str]]:
        """The trail, read from its table twin whether it is folded or not."""
        rows = self.root.locator("bp-hill-table tbody tr")
        return [[text.replace("−", "-").strip() for text in row.locator("th, td").all_text_contents()]
                for row in rows.all()]
