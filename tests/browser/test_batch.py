"""Figure `batch`: its arrows and numbers are the engine's, its buttons do what they say, its switch is the page's."""

from __future__ import annotations

import re
from typing import Any, Literal, Self

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from backprop.batch_steps import BatchSteps, Plane, batch_steps, distance
from backprop.figure_examples import BATCH
from tests.browser.axe import violations
from tests.browser.figure import let_begin
from tests.browser.links import buttons, copied, fresh
from tests.browser.run_figure import as_number
from tests.server import RunningServer

STOPS = 6
ARROWS = """(groups) => groups.map((g) => [g.classList[1], g.querySelector("text").textContent,
    ...g.querySelector(".shaft").getAttribute("d").match(/[-\\d.]+/g).slice(0, 2).map(Number),
    ...g.querySelector(".tip").getAttribute("d").match(/[-\\d.]+/g).slice(0, 2).map(Number)])"""


class BatchFigure:
    """Figure `batch` on an open page, by accessible names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("bp-batch")

    def open(self, url: str) -> Self:
        self.page.goto(url)
        return self.settled()

    def settled(self) -> Self:
        let_begin(self.root)
        expect(self.root).to_have_attribute("aria-busy", "false")
        expect(self.root.locator("svg.arrow, svg[role=img]").first).to_be_visible()
        return self

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def step(self, times: int = 1) -> Self:
        for _ in range(times):
            self.button("Step").click()
        return self

    def choose(self, reduction: str) -> Self:
        self.root.get_by_text(reduction, exact=True).first.click()
        expect(self.root.get_by_role("radio", name=reduction, exact=True)).to_be_checked()
        return self

    def at(self, position: int) -> Self:
        expect(self.root.locator(".batch-at")).to_contain_text(f"{position} of {STOPS}")
        return self

    @property
    def arrows(self) -> list[list[Any]]:
        """Kind, label, tail and head of every arrow: those of the left view first."""
        arrows: list[list[Any]] = self.root.locator("svg[role=img] g.arrow").evaluate_all(ARROWS)
        return arrows

    @property
    def finding(self) -> str:
        return self.root.locator(".finding").inner_text()

    def table(self, caption: str) -> dict[str, list[float]]:
        """A table twin's rows, folded or not."""
        rows = self.root.locator("table").filter(has=self.page.locator("caption", has_text=caption)).locator("tbody tr")
        found = rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))")
        return {name.replace("\u00a0", " "): [as_number(cell.replace("+", "")) for cell in cells]
                for name, *cells in found}


@pytest.fixture
def batch(page: Page, server: RunningServer) -> BatchFigure:
    return BatchFigure(page).open(f"{server.url}/figure/batch")


def engine() -> tuple[BatchSteps, Plane]:
    steps = batch_steps(BATCH.spec.network(), np.array(BATCH.spec.data.x), np.array(BATCH.spec.data.y),
                        loss=BATCH.spec.loss, learning_rate=BATCH.spec.learning_rate)
    return steps, Plane(steps.start, *BATCH.edges)


def close(point: tuple[float, float]) -> Any:
    return pytest.approx([*point, distance(point)], abs=6e-5)


def test_the_numbers_in_the_tables_are_the_engines(batch: BatchFigure) -> None:
    steps, plane = engine()
    start = np.array(plane.point(steps.start))
    together = batch.table("All at once")
    for name, row in zip(("0 0", "0 1", "1 0", "1 1"), steps.rows, strict=True):
        assert together[f"gradient of {name}"] == close(plane.point(row))
    for name, move in (("sum", steps.total), ("mean", steps.mean)):
        assert together[f"their {name}"] == close(plane.point(move.gradient))
        x, y = np.array(plane.point(move.after)) - start
        assert together[f"move by the {name}"] == close((x, y))
    alone, at = batch.table("One at a time"), start
    for name, move in zip(("0 0", "0 1", "1 0", "1 1"), steps.one_at_a_time, strict=True):
        assert alone[f"gradient of {name}"] == close(plane.point(move.gradient))
        end = np.array(plane.point(move.after))
        x, y = end - at
        assert alone[f"move for {name}"] == close((x, y))
        at = end
    ends = batch.table("Where the weights end")
    for name, network, loss in (
            ("before", steps.start, steps.loss), ("the sum’s move", steps.total.after, steps.losses[0]),
            ("the mean’s move", steps.mean.after, steps.losses[1]),
            ("one at a time", steps.one_at_a_time[-1].after, steps.losses[2])):
        assert ends[name] == pytest.approx([*plane.point(network), loss], abs=6e-5)


def test_the_arrows_are_the_engines_to_scale(batch: BatchFigure) -> None:
    steps, plane = engine()
    arrows = batch.choose("sum").step(STOPS).at(STOPS).arrows
    assert [(kind, label.replace("\u00a0", " ")) for kind, label, *_ in arrows] == [
        *(("gradient", name) for name in ("0 0", "0 1", "1 0", "1 1")), ("added", "sum"), ("move", "move"),
        *(("move", name) for name in ("0 0", "0 1", "1 0", "1 1"))]
    wanted = [*(plane.point(row) for row in steps.rows), plane.point(steps.total.gradient)]
    drawn = [(x1 - x0, y0 - y1) for _, _, x0, y0, x1, y1 in arrows]  # up is less in a picture
    unit = distance(drawn[4]) / distance(wanted[4])
    for got, point in zip(drawn, wanted, strict=False):
        assert got == pytest.approx([unit * point[0], unit * point[1]], abs=0.4)
    assert drawn[5] == pytest.approx([-unit * wanted[4][0], -unit * wanted[4][1]], abs=0.4)
    for before, after in zip([*range(0, 3), *range(6, 9)], [*range(1, 4), *range(7, 10)], strict=True):
        assert arrows[before][4:] == pytest.approx(arrows[after][2:4], abs=0.3)  # head to tail


def test_step_back_and_play_do_what_they_say(batch: BatchFigure) -> None:
    batch.at(0)
    assert batch.arrows == []
    expect(batch.button("Back")).to_be_disabled()
    for position, arrows in enumerate((2, 4, 6, 8, 9, 10), start=1):
        batch.step().at(position)
        assert len(batch.arrows) == arrows
    expect(batch.button("Step")).to_have_attribute("aria-disabled", "true")
    batch.button("Step").click(force=True)  # there is none to take
    batch.at(STOPS)
    batch.button("Back").click()
    batch.at(5)
    assert len(batch.arrows) == 9
    batch.button("Play").click()
    batch.at(STOPS)
    expect(batch.button("Play")).to_be_visible()  # it rests
    batch.button("Play").click()  # and goes through it once more, from the start
    batch.at(STOPS)


def test_the_switch_changes_length_and_not_direction(batch: BatchFigure) -> None:
    steps, plane = engine()
    batch.step(STOPS).at(STOPS)
    long = {}
    for name in ("sum", "mean"):
        arrows = batch.choose(name).arrows
        [added] = [arrow for arrow in arrows if arrow[0] == "added"]
        assert added[1] == name
        long[name] = (added[4] - added[2], added[5] - added[3])
        move = {"sum": steps.total, "mean": steps.mean}[name]
        apart = distance(plane.point(move.after), plane.point(steps.one_at_a_time[-1].after))
        assert f"{apart:.2f}" in batch.finding
        expect(batch.root.locator(".ends text").last).to_have_text(f"{apart:.2f}")
        assert f"{distance(plane.point(steps.total.gradient)):.2f}" in batch.finding
    assert long["sum"] == pytest.approx([4 * long["mean"][0], 4 * long["mean"][1]], abs=0.8)


def test_it_follows_the_page_s_switch_and_sets_it(page: Page, server: RunningServer) -> None:
    batch = BatchFigure(page).open(server.url)
    other = page.locator("bp-convention[name=reduction]").first
    expect(batch.root.get_by_role("radio", name="mean", exact=True)).to_be_checked()
    other.get_by_text("added up").click()
    expect(batch.root.get_by_role("radio", name="sum", exact=True)).to_be_checked()
    batch.choose("mean")
    expect(other.get_by_role("radio", name="averaged")).to_be_checked()


def test_a_link_opens_it_where_it_was(browser: Browser, batch: BatchFigure, page: Page) -> None:
    batch.choose("sum").step(5).at(5)
    link = copied(page, "batch")
    assert re.search(r"/figure/batch\?s=1\.[\w-]+$", link)
    with fresh(browser) as other:
        opened = BatchFigure(other).open(link).at(5)
        expect(opened.root.get_by_role("radio", name="sum", exact=True)).to_be_checked()
        assert opened.arrows == batch.arrows
    expect(buttons(page, "batch").get_by_role("button", name="Copy embed code")).to_be_visible()


def test_by_keys_alone(batch: BatchFigure, page: Page) -> None:
    batch.button("Step").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    batch.at(3)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    batch.at(2)
    batch.root.get_by_role("radio", name="mean", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(batch.root.get_by_role("radio", name="sum", exact=True)).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_axe_width_and_touch(browser: Browser, server: RunningServer, width: int,
                             scheme: Literal["light", "dark"]) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce", has_touch=width == 360)
    page = context.new_page()
    batch = BatchFigure(page).open(server.url)
    found = {"opening": violations(page, "#batch")}
    batch.step(STOPS).at(STOPS)
    for reduction in ("mean", "sum"):
        batch.choose(reduction)
        found[reduction] = violations(page, "#batch")
        boxes = batch.root.locator("svg[role=img] text").evaluate_all(
            "texts => texts.map(t => t.getBoundingClientRect()).map(b => [b.left, b.right])")
        wide = sum(left < 0 or right > width for left, right in boxes)
        assert wide == 0, f"{wide} texts of the picture are cut off"
    batch.root.get_by_text("As a table").click()
    found["tables"] = violations(page, "#batch")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    low = batch.root.locator("button, .by span, summary").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height).filter(height => height < 43.5)")
    context.close()
    assert not any(found.values()), found
    assert overflow <= 0, f"{overflow} px wider than the window"
    assert not low or width != 360, low


def test_refused_it_is_not_busy_any_more(batch: BatchFigure) -> None:
    root = batch.root
    refused = """e => { e.answer = null;
        return e.ask(e.connection, { ...e.boot.catalog.examples.batch, edges: ["h1>o1", "h1>o1"] }); }"""
    root.evaluate(refused)
    expect(root.get_by_role("alert")).to_contain_text("two different edges")
    expect(root).to_have_attribute("aria-busy", "false")
