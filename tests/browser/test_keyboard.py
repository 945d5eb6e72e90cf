"""The whole figure without a pointer."""

from playwright.sync_api import Page, expect

from tests.browser.figure import Figure

FOCUSED_NAME = "(({ ariaLabel, textContent }) => ariaLabel || textContent.trim())(document.activeElement)"


def tab_to(page: Page, name: str) -> None:
    """Walk with Tab until the focused control carries this accessible name."""
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED_NAME)
        if focused == name or focused.startswith(name):
            return
    raise AssertionError(f"Tab never reached {name!r}")


def test_arrows_step_home_and_end_jump_space_plays(figure: Figure, page: Page) -> None:
    page.keyboard.press("ArrowRight")
    figure.reaches(1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    figure.reaches(1)
    page.keyboard.press("End")
    figure.reaches(figure.length)
    page.keyboard.press("Home")
    figure.reaches(0)
    page.keyboard.press("Space")
    expect(figure.button("Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(figure.button("Play")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_derivation_and_an_edit_by_keyboard_only(figure: Figure, page: Page) -> None:
    tab_to(page, "Edit numbers")
    page.keyboard.press("Enter")
    tab_to(page, "Weight x1 to h1")
    page.keyboard.press("Control+A")
    page.keyboard.type("0.75")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Weight x1 to h1")).to_have_value("0.75")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("End")
    figure.reaches(figure.length)
    tab_to(page, "0.6")  # the first value of the picture that says so: o1's pre-activation or activation
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Derivation")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_each_step_is_spoken(figure: Figure, page: Page) -> None:
    figure.press("Step")
    said = page.locator("[data-said]")
    because = page.locator("bp-equation .because").inner_text()
    expect(said).to_contain_text(because)
    assert said.get_attribute("aria-live") == "polite"
