"""Figure `twins` and the table of plateaus: the engine's numbers, alike in every bit, and a nudge that parts them."""

from __future__ import annotations

import json
from typing import Literal

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from backprop.figure_examples import OVERFLOW, TWINS
from backprop.known_run import KnownRun, Shown
from backprop.plateaus import CONVENTIONS, PLATEAUS
from backprop.run_spec import RunSpec
from tests.browser.axe import violations
from tests.browser.links import copied, fresh
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer

PAIRS = [(0, 1), (2, 3), (4, 5), (6, 7)]
LANE = """e => {
    const { parameters, outputs, loss } = e.session.frame.lanes[0];
    return JSON.stringify([[...parameters], [...outputs], loss]);
}"""


class Twins(RunFigure):
    """Figure `twins` on an open page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "twins")

    @property
    def headline(self) -> str:
        return self.verdicts.inner_text()

    def lane(self) -> tuple[list[float], list[float], float]:
        """Parameters, outputs and loss of the shown epoch, every bit of them."""
        parameters, outputs, loss = json.loads(self.root.evaluate(LANE), parse_int=float)
        return parameters, outputs, loss

    def weights(self) -> list[list[str]]:
        """The chart's table twin, folded or not."""
        rows: list[list[str]] = self.root.locator(".t-twins tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))")
        return rows

    def nudge(self, name: str = "Nudge one") -> Twins:
        self.press(name)
        expect(self.scrubber).to_have_value(str(TWINS.epochs))
        return self.settled()


@pytest.fixture
def twins(page: Page, server: RunningServer) -> Twins:
    figure = Twins(page)
    figure.open(f"{server.url}/figure/twins")
    return figure


def engine(spec: RunSpec, epoch: int) -> Shown:
    known = KnownRun(spec)
    while known.known <= epoch:
        known.extend()
    [shown] = known.shown([epoch], 0)
    return shown


@pytest.mark.parametrize("epoch", [0, 1, 137, 1000])
def test_twins_are_alike_in_every_bit_and_the_engines(twins: Twins, epoch: int) -> None:
    if epoch:
        twins.seek(epoch)
    parameters, outputs, _ = twins.lane()
    frame = engine(TWINS.alike, epoch).frame
    assert parameters == frame.parameters[0].tolist()
    assert outputs == frame.outputs[0].ravel().tolist()
    assert all(parameters[a] == parameters[b] for a, b in PAIRS)
    wanted = "Alike at the start" if epoch == 0 else f"Alike to the last bit after {epoch} epoch"
    assert twins.headline.startswith(wanted)
    expect(twins.root.locator(".twins-figure")).to_have_class("twins-figure alike")
    ends = twins.root.locator(".twins-plot .direct").all_text_contents()
    assert ends == ["both"] * 3
    lines = [twins.root.locator(f".twins-plot .twin.{which}").evaluate_all("all => all.map(e => e.getAttribute('d'))")
             for which in ("first", "second")]
    assert lines[0] == lines[1]  # they lie on each other, thick and thin


def test_training_them_leaves_them_alike(twins: Twins) -> None:
    twins.to_the_end(TWINS.epochs, "Train the twins")
    assert twins.headline == "Alike to the last bit after 1000 epochs"
    for row in twins.weights():
        cells = row[1:]
        assert cells[0::2] == cells[1::2]
    assert [row[0] for row in twins.weights()] == [str(epoch) for epoch in range(0, 1001, 100)]


def test_nudge_one_and_they_part(twins: Twins) -> None:
    twins.nudge()
    parameters, outputs, _ = twins.lane()
    shown = engine(TWINS.nudged, TWINS.epochs)
    assert parameters == shown.frame.parameters[0].tolist()
    assert not any(parameters[a] == parameters[b] for a, b in PAIRS)
    [verdict] = shown.verdicts
    assert twins.headline == f"Parted. Solved at epoch {verdict.at}"
    assert np.round(outputs).tolist() == [0, 1, 1, 0]
    assert twins.root.locator(".twins-plot .direct").all_text_contents() == ["h1", "h2"] * 3
    expect(twins.root.locator(".twins-figure")).to_have_class("twins-figure parted")
    twins.seek(0)
    assert twins.headline == "Almost alike"
    assert twins.lane()[0][0] - twins.lane()[0][1] == pytest.approx(TWINS.by)
    twins.nudge("Alike again")
    assert twins.headline == "Alike to the last bit after 1000 epochs"


COMPLETE = """points => {
    const path = document.querySelector(".twins-plot .twin.first")?.getAttribute("d") ?? "";
    return path.split(/[ML]/).length === points + 1;
}"""
DRAWN = (0, 2, 6)  # h1's parameters that have a picture


def test_its_curves_are_the_engine_s_however_far_the_end_is(twins: Twins) -> None:
    """No stretch is drawn between two epochs that are further apart than everywhere: 5000 epochs, one in 20."""
    twins.seek(1000).fill("Number of epochs", "5000")
    twins.seek(5000)
    twins.page.wait_for_function(COMPLETE, arg=251)
    known = KnownRun(TWINS.alike)
    while known.known <= 5000:
        known.extend()
    shown = known.shown(range(0, 5001, 20), 0)
    paths: list[str] = twins.root.locator(".twins-plot .twin.first").evaluate_all(
        "all => all.map(path => path.getAttribute('d'))")
    for path, k in zip(paths, DRAWN, strict=True):
        assert path.count("M") == 1
        points = np.array([[float(number) for number in pair.split()] for pair in path[1:].split("L")])
        values = np.array([each.frame.parameters[0][k] for each in shown])
        assert len(points) == len(values) == 251
        fitted = np.polynomial.Polynomial.fit(values, points[:, 1], 1)
        assert np.abs(fitted(values) - points[:, 1]).max() < 0.11  # px: as they are rounded


@pytest.mark.parametrize("nudged", [True, False])
def test_a_link_opens_it_nudged_or_not_at_its_epoch(browser: Browser, twins: Twins, page: Page, nudged: bool) -> None:
    (twins.nudge() if nudged else twins).seek(180)
    link = copied(page, "twins")
    with fresh(browser) as other:
        opened = Twins(other)
        opened.open(link)
        expect(opened.scrubber).to_have_value("180")
        expect(opened.button("Alike again" if nudged else "Nudge one")).to_be_visible()
        opened.settled()
        expect(opened.scrubber).to_have_value("180")
        assert opened.lane() == twins.lane()
        assert opened.headline == twins.headline


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_axe_and_width(browser: Browser, server: RunningServer, width: int, scheme: Literal["light", "dark"]) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    twins = Twins(page)
    twins.open(server.url)
    found = {"opening": violations(page, "#twins"), "stuck": violations(page, "#stuck")}
    twins.seek(1000)
    found["alike"] = violations(page, "#twins")
    twins.nudge()
    twins.root.get_by_text("As a table").first.click()
    found["parted"] = violations(page, "#twins")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    boxes = twins.root.locator("svg.twins-plot text").evaluate_all(
        "texts => texts.map(t => t.getBoundingClientRect()).map(b => [b.left, b.right])")
    wide = sum(left < 0 or right > width for left, right in boxes)
    context.close()
    assert not any(found.values()), found
    assert overflow <= 0, f"{overflow} px wider than the window"
    assert wide == 0


def test_the_table_of_plateaus_reads_without_a_script_and_is_the_engines(browser: Browser,
                                                                         server: RunningServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    rows = page.get_by_role("table", name="Where XOR rests unsolved").locator("tbody tr")
    texts = [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in rows.all()]
    wanted = [[f"{plateau.loss(name, reduction):.4f}" for plateau in PLATEAUS]
              for name in CONVENTIONS for reduction in ("mean", "sum")]
    assert texts == wanted
    expect(rows.and_(page.locator(".loss-in-force"))).to_contain_text("binary cross-entropy, mean")
    expect(page.locator(".t-stuck .here:visible")).to_have_count(0)
    context.close()


def test_the_table_marks_the_loss_in_force_and_where_the_run_stands(page: Page, server: RunningServer) -> None:
    page.goto(server.url)
    xor = RunFigure(page, "xor").settled()
    table = page.locator(".t-stuck")
    force = table.locator("tr.loss-in-force")
    expect(force).to_contain_text("binary cross-entropy, mean")
    expect(table.locator(".here:visible")).to_have_count(0)
    propose = "(e, spec) => e.session.propose(spec, 1000)"
    halved = TWINS.alike.as_dict() | {"loss": "half_squared_error", "reduction": "sum"}
    xor.root.evaluate(propose, halved)
    expect(force).to_contain_text("half squared error, sum")
    here = table.locator("[data-plateau]", has=page.locator(".here:visible"))
    for spec, epoch, name in ((TWINS.alike, 1000, "one"), (TWINS.nudged, 1000, None)):
        xor.root.evaluate(propose, spec.as_dict())
        expect(force).to_contain_text("binary cross-entropy, mean")
        xor.settled().seek(epoch)
        if name is None:
            expect(here).to_have_count(0)
        else:
            expect(here).to_have_attribute("data-plateau", name)


def test_overflow_sets_the_race_up_and_every_lane_says_when(page: Page, server: RunningServer) -> None:
    page.goto(server.url)
    race = RunFigure(page, "race").settled()
    page.locator('[data-show="overflow"]').click()
    expect(race.scrubber).to_have_value(str(OVERFLOW.epochs))
    race.settled()
    ends = [verdict.at for verdict in engine(OVERFLOW.spec, OVERFLOW.epochs).verdicts]
    assert race.verdicts.all_inner_texts() == [f"Diverged at epoch {at}" for at in ends]
    powers = race.root.locator("bp-loss-chart .tick .power").all_text_contents()
    assert max(map(int, powers)) >= 200  # the whole climb is on the chart
