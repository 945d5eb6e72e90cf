"""A class by keyboard alone, and under the eyes of axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.class_pages import Opened, Teacher, follows, in_class, learner, predict
from tests.server import RunningServer


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError("Tab does not reach it")


def test_by_keyboard_alone(opened: Opened, server: RunningServer) -> None:
    page = opened(server.url)
    tab_to(page, page.get_by_role("banner").get_by_role("button", name="Start a class"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/teach/*")
    teacher = Teacher(page).has(0)
    other = follows(opened(f"{server.url}/class/{teacher.code}"))
    tab_to(page, teacher.bar.get_by_role("button", name="Ask", exact=True))
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Ask for a prediction")
    expect(dialog).to_be_visible()
    tab_to(page, dialog.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("ArrowUp")
    tab_to(page, dialog.get_by_role("button", name="Ask about"))
    page.keyboard.press("Enter")
    choice = learner(other).get_by_role("button", name="stays", exact=True)
    tab_to(other, choice)
    other.keyboard.press("Enter")
    expect(choice).to_have_attribute("aria-pressed", "true")
    follows(other)
    tab_to(page, teacher.bar.get_by_role("button", name="Reveal"))
    page.keyboard.press("Enter")
    expect(learner(other).locator(".is-own")).to_contain_text("stays")
    tab_to(other, learner(other).get_by_role("button", name="Put away"))
    tab_to(other, learner(other).get_by_role("button", name="Let go"), "Shift+Tab")
    other.keyboard.press("Enter")
    back = learner(other).get_by_role("button", name="Back to the teacher")
    tab_to(other, back)
    other.keyboard.press("Enter")
    follows(other)
    tab_to(page, teacher.bar.get_by_role("button", name="Put away"))
    ending = teacher.bar.get_by_role("button", name="End class")
    tab_to(page, ending, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(ending).to_be_focused()
    page.keyboard.press("Escape")
    expect(teacher.bar.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(teacher.bar).to_contain_text("The class has ended.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_and_width(browser: Browser, opened: Opened, server: RunningServer, width: int, scheme: str) -> None:
    teacher, [page] = in_class(opened, server.url)
    pages = {"teacher": teacher.page, "learner": page}
    for each in pages.values():
        each.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        each.set_viewport_size({"width": width, "height": 780})
    found: dict[str, list[str]] = {}

    def look(when: str) -> None:
        for name, each in pages.items():
            found[f"{name}, {when}"] = violations(each, "html" if when == "following" else f"bp-class-{name}")
            wide = each.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name}, {when}: {wide} px wider than the window"
            bar, deck = learner(each).bounding_box(), each.locator("bp-passes .deck").bounding_box()
            assert bar and deck and bar["y"] + bar["height"] <= deck["y"], f"{name}, {when}: the bar is on the deck"

    look("following")
    teacher.bar.get_by_role("button", name=re.compile("^QR")).click()
    found["share"] = violations(teacher.page, "bp-class-share")
    teacher.page.get_by_role("button", name="Close").click()
    teacher.press("Ask")
    found["ask"] = violations(teacher.page, "bp-class-ask")
    teacher.page.get_by_role("button", name="Cancel").click()
    for question, choice in (("Will it go up or down?", "up"), ("How large will its change be?", "0.01 to 0.1")):
        teacher.ask(question)
        predict(page, choice)
        expect(teacher.bar.get_by_text("1 of 1 learner answered")).to_be_visible()
        look(question)
        teacher.press("Reveal")
        expect(learner(page).locator(".is-right")).to_be_visible()
        look(f"{question} revealed")
    for button in learner(page).get_by_role("button").all():
        box = button.bounding_box()
        assert box and (box["height"] >= 43.5 or "num-b" in (button.get_attribute("class") or "")), button.inner_text()
    teacher.page.get_by_role("button", name=re.compile("^End")).click()
    teacher.bar.get_by_role("button", name="End class").click()
    expect(learner(page).get_by_text("This class has ended.")).to_be_visible()
    look("ended")
    assert not any(found.values()), found
