"""Where scripts are off, each figure stands still: a picture of the live one, and it is not out of date."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backprop.presets import PRESETS
from backprop.tape import trace
from tests.browser.drawn import first_difference
from tests.server import RunningServer
from tools.stills import FOLDER, STILLS, Still, draw


@pytest.mark.parametrize("still", STILLS, ids=lambda still: still.name)
def test_a_still_is_what_the_live_figure_draws(browser: Browser, server: RunningServer, still: Still) -> None:
    kept = (FOLDER / f"{still.name}.html").read_text(encoding="utf-8")
    assert first_difference(kept, draw(browser, server.url, still)) is None, "run: make stills"


@pytest.fixture(params=[1280, 360])
def plain_page(request: pytest.FixtureRequest, browser: Browser, server: RunningServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": request.param, "height": 900})
    page = context.new_page()
    page.goto(server.url)
    yield page
    context.close()


def test_every_figure_is_there_once_without_a_script(plain_page: Page) -> None:
    for still in STILLS:
        shown = plain_page.locator(f"#{still.name} > noscript > .still").locator("visible=true")
        expect(shown).to_have_count(1)
        expect(shown.locator("svg").first).to_be_visible()
        expect(plain_page.locator(f"bp-{still.name}")).to_be_hidden()
    width = plain_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width == 0


def test_the_tables_of_the_worked_example_are_there_without_a_script(plain_page: Page) -> None:
    spec = PRESETS[0].spec
    tape = trace(spec.network(), spec.data.x[0], spec.data.y[0], loss=spec.loss, learning_rate=spec.learning_rate)
    nodes = plain_page.get_by_role("table", name="Nodes")
    for node in ("h1", "h2", "o1"):
        value, delta = tape[f"{node}.a"].value, tape[f"{node}.delta"].value
        expect(nodes.locator("tr", has_text=node)).to_contain_text(f"{value:.4f}{delta:.4f}")
    expect(nodes.locator("thead")).to_contain_text("δ = ∂L/∂z")
    expect(plain_page.get_by_role("table", name="Weights").locator("thead")).to_contain_text("Change Δw")
    weights = plain_page.get_by_role("table", name="Weights")
    row = weights.locator("tr", has_text="h2 → o1").locator("td")
    numbers = [tape[f"{kind}:h2>o1"].value for kind in ("w", "grad", "change", "new")]
    expect(row).to_have_text([f"{number:.4f}".replace("-", "−") for number in numbers])


def lines_of(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator("bp-because-chain p").all_text_contents()]


def test_the_chain_of_because_reads_the_same_with_and_without_a_script(plain_page: Page, page: Page,
                                                                       server: RunningServer) -> None:
    page.goto(server.url)
    expect(page.locator("bp-because-chain button")).not_to_have_count(0)
    written = lines_of(plain_page)
    assert written[-1] == ("So that weight answers for 0.1651 × 0.2228 × 0.5781 = ◂+0.0213 of the loss per unit that "
                           "it moves.")
    assert written == lines_of(page)
