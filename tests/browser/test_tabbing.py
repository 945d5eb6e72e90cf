"""The whole lesson by keyboard alone, top to bottom: nothing is passed over, nothing holds the focus, all is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figure import Figure

MOST = 900
FIGURES = ("passes", "hill", "race", "batch", "xor", "twins", "depth")
# What has the focus: where it is, whether it can be seen there, and whether it says what it is.
FOCUSED = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const { top, bottom, width, height } = at.getBoundingClientRect();
    const inside = bottom > 0 && top < innerHeight - 1 && (width > 0 && height > 0 || at instanceof SVGElement);
    const behind = ({ left, right, top, bottom }) => { // of the buttons that stay at the window's edge
        const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest(".deck, bp-epoch-deck");
        return over && !over.contains(at);
    };
    const seen = inside && ![...at.getClientRects()].every(behind);
    const section = at.closest("main > section")?.id ?? at.closest("header, footer, nav")?.localName ?? "";
    return { section, seen, ring: at.matches(":focus-visible"), what: at.outerHTML.slice(0, 120) };
}"""


@pytest.mark.parametrize("size", [(1280, 800), (360, 780)], ids=["laptop", "phone"])
def test_tab_goes_through_the_whole_lesson(figure: Figure, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sections: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        if not focused["seen"]:  # the page may still be scrolling to it
            page.wait_for_function(f"() => ({FOCUSED})()?.seen")
            focused = page.evaluate(FOCUSED)
        assert focused["seen"], focused
        assert focused["ring"], focused
        if not sections or sections[-1] != focused["section"]:
            sections.append(focused["section"])
    else:
        raise AssertionError(f"After {MOST} presses the end was not reached: {sections[-3:]}")
    wanted = [str(section.get_attribute("id")) for section in page.locator("main > section").all()]
    assert [section for section in sections if section in wanted] == wanted
    for name in FIGURES:  # each began as the focus came near
        expect(page.locator(f"bp-{name} button").first).to_be_attached()
