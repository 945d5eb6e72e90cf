"""Figure `depth`: the numbers on the page are the engine's, at every depth; by keys, on a phone, and for axe."""

from __future__ import annotations

import json
import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from backprop.depth import Depth, measured
from backprop.depth_spec import CURVES
from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.server import RunningServer, running_server

WIDTH, STARTS = 16, 20


class DeepFigure:
    """Figure `depth` on an open page, by accessible names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("bp-depth")

    @property
    def slider(self) -> Locator:
        return self.root.get_by_role("slider", name="Layers")

    def settled(self) -> DeepFigure:
        self.root.evaluate("e => e.scrollIntoView()")  # what is out of sight is not laid out
        expect(self.root).to_have_attribute("aria-busy", "false")
        expect(self.root.locator("svg.depth-plot")).to_be_visible()
        return self

    def layers(self, depth: int) -> DeepFigure:
        self.slider.fill(str(depth))
        return self.settled()

    def rows(self, table: int) -> list[list[str]]:
        """A table twin's rows, folded or not: 0 the fates, 1 layer by layer."""
        rows: list[list[str]] = self.root.locator("table").nth(table).locator("tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))")
        return rows

    @property
    def labels(self) -> list[str]:
        """What stands at the ends of the curves: scale and verdict."""
        return self.root.locator("svg text.direct").all_text_contents()


@pytest.fixture
def deep(figure: Figure, page: Page) -> DeepFigure:
    return DeepFigure(page).settled()


def engine(depth: int) -> list[Depth]:
    return [measured(curve, depth, WIDTH, STARTS) for curve in CURVES]


def value(text: str) -> float:
    """A number as the page writes it, its exponent raised: 1.3·10−9."""
    plain = text.replace("−", "-").replace("\u202f", "")
    found = re.match(r"([\d.]+)(?:·10(-?\d+))?", plain)
    assert found, text
    return float(found[1]) * 10.0 ** int(found[2] or 0)


def near(wanted: float) -> float:
    return pytest.approx(wanted, rel=0.051)  # type: ignore[no-any-return]  # two digits, or better


@pytest.mark.parametrize("depth", [15, 2, 30])
def test_the_numbers_on_the_page_are_the_engines(deep: DeepFigure, depth: int) -> None:
    found = engine(deep.layers(depth).slider.evaluate("e => Number(e.value)"))
    for row, one in zip(deep.rows(0), found, strict=True):
        assert row[1] == one.verdict
        wanted = (one.blame.median[-1], one.blame.median[0], one.gradients.median[-1], one.gradients.median[0])
        assert [value(cell) for cell in row[3:7]] == [near(number) for number in wanted]
        assert value(row[7]) == pytest.approx(100 * one.flat, abs=0.51)
    layers = deep.rows(1)
    assert [row[0] for row in layers] == [str(layer) for layer in range(depth, 0, -1)]
    for row in layers:
        for cell, one in zip(row[1:], found, strict=True):
            assert value(cell) == near(one.shares.median[int(row[0]) - 1])
    text = deep.root.evaluate(
        "e => JSON.stringify(e.answer.curves.map(c => [c.ratio, c.shares.median, c.gradients.high]))")
    told = json.loads(text, parse_int=float)  # bit by bit: a script writes 1.5e17 as a whole number
    assert told == [[one.ratio, one.shares.median.tolist(), one.gradients.high.tolist()] for one in found]


def test_the_picture_says_the_verdicts_and_what_arrives(deep: DeepFigure) -> None:
    said = [f"× {scale} {one.verdict}" for one, scale in zip(engine(15), "½12" * 3, strict=True)]
    assert deep.labels == said
    assert "× 2 explodes" in said and said.count("× 1 level") == 2 and said.count("× ½ vanishes") == 3
    finding = deep.root.locator(".finding").inner_text()
    for number in re.findall(r"1 part in ([\d.]+(?:·10\s*\d+)?)", finding):
        assert any(value(re.sub(r"\s", "", number)) == near(1 / (one.ratio or 1)) for one in engine(15))
    assert finding.startswith("After 15 layers of sigmoid neurons")


def test_the_slider_changes_curves_labels_and_finding(deep: DeepFigure) -> None:
    lines = deep.root.locator("path.depth-line").evaluate_all("paths => paths.map(p => p.getAttribute('d'))")
    assert [line.count("L") for line in lines] == [14] * 9
    deep.layers(5)
    lines = deep.root.locator("path.depth-line").evaluate_all("paths => paths.map(p => p.getAttribute('d'))")
    assert [line.count("L") for line in lines] == [4] * 9
    expect(deep.root.locator(".finding")).to_contain_text("After 5 layers")
    assert deep.labels == [f"× {scale} {one.verdict}" for one, scale in zip(engine(5), "½12" * 3, strict=True)]


def test_by_keys_alone(deep: DeepFigure, page: Page) -> None:
    deep.slider.focus()
    for key, depth in (("ArrowRight", 16), ("ArrowLeft", 15), ("End", 30), ("Home", 2), ("ArrowUp", 3)):
        page.keyboard.press(key)
        expect(deep.root.locator("output")).to_have_text(str(depth))
        expect(deep.slider).to_have_attribute("aria-valuetext", f"{depth} layers")
    deep.settled()
    expect(deep.root.locator(".finding")).to_contain_text("After 3 layers")


def test_what_was_seen_is_not_asked_for_again(page: Page) -> None:
    page.expected_messages = ("WebSocket connection", "ERR_CONNECTION_REFUSED")  # type: ignore[attr-defined]
    with running_server() as server:
        deep = DeepFigure(Figure(page).open(server.url).page).settled().layers(10)
        server.stop()
        expect(deep.root.get_by_text("The engine is out of reach")).to_be_visible()
        deep.layers(15)
        expect(deep.root.locator(".finding")).to_contain_text("After 15 layers")
        deep.slider.fill("12")
        expect(deep.root).to_have_attribute("aria-busy", "true")
        expect(deep.root.locator(".finding")).to_contain_text("After 15 layers")  # until there are others
        server.start()
        deep.settled()
        expect(deep.root.locator(".finding")).to_contain_text("After 12 layers")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_and_width(browser: Browser, server: RunningServer, width: int, scheme: Literal["light", "dark"]) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = Figure(context.new_page()).open(server.url).page
    deep = DeepFigure(page).settled()
    found = {"opening": violations(page, "#depth")}
    deep.root.get_by_text("As a table").click()
    found["tables"] = violations(page, "#depth")
    deep.layers(30)
    found["deep"] = violations(page, "#depth")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wide = deep.root.locator("svg.depth-plot text").evaluate_all(
        "(texts, width) => texts.map(t => t.getBoundingClientRect()).filter(b => b.left < 0 || b.right > width).length",
        width)
    context.close()
    assert not any(found.values()), found
    assert overflow <= 0, f"{overflow} px wider than the window"
    assert wide == 0, f"{wide} texts of the picture are cut off"


def test_touch_targets_on_a_phone(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    deep = DeepFigure(Figure(context.new_page()).open(server.url).page).settled()
    for control in deep.root.locator("input, summary").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 43.5
    context.close()
