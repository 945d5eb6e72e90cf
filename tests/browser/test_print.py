"""The lesson on paper: ink on white whatever the screen's theme, the figures as they stand, and nothing to press."""

from __future__ import annotations

import io
import re

from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.figure import Figure
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer

LIGHTNESS = """(canvas) => {
    const [r, g, b] = canvas.getContext("2d").getImageData(2, 2, 1, 1).data;
    return (r + g + b) / 3;
}"""
CONTROLS = ("bp-transport", "bp-rail", "bp-epoch-deck", "bp-copy-link", "bp-take-away", "bp-convention", ".sections",
            ".theme")


def test_a_dark_page_is_printed_as_ink_on_white(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()
    Figure(page).open(server.url)
    race = RunFigure(page, "race")
    race.root.scroll_into_view_if_needed()
    race.settled()
    surface = race.root.locator("canvas").first
    dark = surface.evaluate(LIGHTNESS)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert surface.evaluate(LIGHTNESS) > dark + 50
    for control in CONTROLS:
        expect(page.locator(control).locator("visible=true")).to_have_count(0)
    for heading in page.locator("main > section > header").all():
        expect(heading).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width == 0
    page.emulate_media(media="screen")
    assert abs(surface.evaluate(LIGHTNESS) - dark) < 1
    context.close()


def test_the_lesson_fits_a_few_sheets(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    Figure(page).open(server.url)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(re.sub(r"\s+", " ", sheet.extract_text()) for sheet in sheets)
    for words in ("Who is to blame", "because the output said", "Downhill", "How big a step", "XOR, solved",
                  "Gradient descent"):
        assert words in text, words
    assert "Copy link" not in text
    assert 6 <= len(sheets) <= 20
    context.close()
