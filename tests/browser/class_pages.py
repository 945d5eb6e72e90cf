"""What a teacher and learners see and do on the pages of a class, by accessible names."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.figure import Figure

Opened = Callable[..., Page]


class Teacher:
    """The teacher's page, from the button that starts a class."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bar = page.get_by_role("region", name="Class", exact=True)
        self.passes = Figure(page)

    def start(self) -> Teacher:
        self.page.get_by_role("banner").get_by_role("button", name="Start a class").click()
        self.page.wait_for_url("**/teach/*")
        expect(self.bar.get_by_role("button", name="Ask", exact=True)).to_be_visible()
        expect(self.passes.button("Step")).to_be_visible()
        return self.has(0)

    @property
    def code(self) -> str:
        found = re.search(r"/teach/([A-Z2-9]{6})", self.page.url)
        assert found
        return found[1]

    def has(self, learners: int) -> Teacher:
        expect(self.bar.locator(".class-here")).to_have_text(f"{learners} here")
        return self

    def press(self, name: str) -> Teacher:
        self.bar.get_by_role("button", name=name, exact=True).click()
        return self

    def ask(self, question: str, weight: str | None = None) -> Teacher:
        self.press("Ask")
        dialog = self.page.get_by_role("dialog", name="Ask for a prediction")
        if weight:
            dialog.get_by_label("About the weight").select_option(weight)
        dialog.get_by_text(question).click()
        dialog.get_by_role("button", name="Ask about").click()
        expect(self.bar.get_by_role("button", name="Reveal")).to_be_visible()
        return self

    def counts(self) -> dict[str, int]:
        return table(self.bar)


def learner(page: Page) -> Locator:
    return page.get_by_role("region", name="Class", exact=True)


def table(bar: Locator) -> dict[str, int]:
    """The twin of the histogram: {"up": 2, "down (right)": 1}."""
    rows = bar.locator("bp-class-choices tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))")
    return {name: int(count) for name, count in rows}


def follows(page: Page) -> Page:
    expect(learner(page).get_by_text("Following the teacher")).to_be_visible()
    return page


def predict(page: Page, choice: str) -> None:
    button = learner(page).get_by_role("group", name="Your prediction").get_by_role("button", name=choice, exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def in_class(opened: Opened, url: str, learners: int = 1) -> tuple[Teacher, list[Page]]:
    teacher = Teacher(opened(url)).start()
    pages = [follows(opened(f"{url}/class/{teacher.code}")) for _ in range(learners)]
    teacher.has(learners)
    return teacher, pages
