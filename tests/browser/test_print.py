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
CONTROLS = (
    "bp-transport",
    "bp-rail",
    "bp-epoch-deck",
    "bp-copy-link",
    "bp-take-away",
    "bp-convention",
    ".sections",
    ".theme",
)


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
    for words in (
        "Who is to blame",
        "because the output said",
        "Downhill",
        "How big a step",
        "XOR, solved",
        "Gradient descent",
    ):
        assert words in text, words
    assert "Copy link" not in text
    assert 6 <= len(sheets) <= 20
    for sheet in sheets:  # no sheet for a few left-over words
        assert len(sheet.extract_text().split()) > 30
    for words in ("All at once", "One at a time", "from A", "to o1"):  # figures that were never scrolled to
        assert words in text, words
    expect(page.locator(".stands-still")).to_have_count(0)
    context.close()


def test_on_paper_charts_are_as_wide_as_the_sheet_and_rows_say_right_or_wrong(
    browser: Browser, server: RunningServer
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    Figure(page).open(server.url)
    race = RunFigure(page, "race").settled()
    RunFigure(page, "xor").settled()
    expect(page.locator("bp-cost-chart .plot > svg")).to_be_visible()
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert text.count("wrong") >= 3 * 4 + 4  # three lanes and XOR, before the first step
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    for chart in (race.root.locator(".plot-ground"), page.locator("bp-cost-chart .plot > svg")):
        assert float(chart.get_attribute("width") or 0) <= 680
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 500
        assert box["x"] + box["width"] <= 680
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(race.root.locator(".plot-ground")).to_have_attribute("width", re.compile(r"^1\d{3}$"))
    context.close()


def test_a_figure_that_is_far_begins_when_the_page_goes_to_paper(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    Figure(page).open(server.url)
    for name in ("batch", "twins"):
        expect(page.locator(f"bp-{name}")).to_have_text("")
    page.emulate_media(media="print")
    expect(page.locator("bp-batch .batch-plot")).to_be_visible()
    expect(page.locator("bp-twins .twins-plot")).to_be_visible()
    context.close()
