"""Figure `hill`: what the page says of the ball is what the engine says, live, by pointer and by keys alone."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from backprop.hill import LANDSCAPES, Landscape, descent, network_slice
from backprop.presets import PRESETS
from tests.browser.figure import Figure
from tests.browser.hill import HEADLINES, Hill
from tests.server import RunningServer, running_server


@pytest.fixture
def hill(figure: Figure, page: Page) -> Hill:
    found = Hill(page)
    found.settled()
    expect(found.ball).to_be_visible()
    return found


def shown(value: float) -> float:
    return pytest.approx(value, abs=5.001e-5)


def expect_rows(hill: Hill, landscape: Landscape, rate: float, steps: int, start: float | None = None) -> None:
    """The table of the page is the engine's descent, row by row."""
    expect(hill.root.locator("bp-hill-table tbody tr")).to_have_count(steps + 1)
    wanted = descent(landscape, landscape.start if start is None else start, rate, steps).stops
    for row, stop in zip(hill.rows, wanted, strict=True):
        assert [float(cell) for cell in row[:5] if "·" not in cell] == [
            shown(value) for value, cell in zip(
                (stop.number, stop.x, stop.loss, stop.slope, stop.step), row, strict=False) if "·" not in cell]
        assert row[5] == {"leaping": "over the ridge", "stranding": "onto a plateau"}.get(stop.verdict, stop.verdict)


def textbook_slice(weight: str = "h2>o1") -> Landscape:
    spec = PRESETS[0].spec
    return network_slice(spec.network(), spec.data.x, spec.data.y, loss=spec.loss, weight=weight)


@pytest.mark.parametrize("landscape", ["Bowl", "This network"])
def test_the_slider_moves_the_verdict_through_all_four(hill: Hill, landscape: str) -> None:
    hill.choose(landscape)
    seen: list[str] = []
    for place in range(0, 1001, 20):
        hill.slider.fill(str(place))
        hill.settled()
        headline = hill.verdict.locator("strong").inner_text()
        if not seen or seen[-1] != headline:
            seen.append(headline)
    beyond = ["stranding"] if landscape == "This network" else []  # a sigmoid's own plateau
    assert seen == [HEADLINES[name] for name in ("crawling", "descending", "overshooting", "diverging", *beyond)]


def test_the_verdict_follows_the_slider_while_it_is_dragged(hill: Hill, page: Page) -> None:
    hill.slider.scroll_into_view_if_needed()
    box = hill.slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    for share, verdict in ((0.05, "crawling"), (0.5, "descending"), (0.78, "overshooting"), (0.97, "diverging")):
        page.mouse.move(box["x"] + box["width"] * share, middle, steps=8)
        hill.says(verdict)  # before the button is let go
    page.mouse.up()


@pytest.mark.parametrize(("label", "name", "rate"), [
    ("Bowl", "bowl", 0.3), ("Bowl", "bowl", 1.7), ("Two valleys", "double_valley", 1.5), ("Ravine", "ravine", 0.4),
])
def test_the_steps_are_the_engines(hill: Hill, label: str, name: str, rate: float) -> None:
    hill.choose(label).rate(rate).press("Step", 4)
    expect_rows(hill, LANDSCAPES[name], rate, 4)


def test_more_steps_than_were_fetched_ahead(hill: Hill) -> None:
    hill.rate(0.1).press("Step", 25)
    expect_rows(hill, LANDSCAPES["bowl"], 0.1, 25)


def test_the_slices_slope_is_the_gradient_in_the_weights_table(hill: Hill, figure: Figure) -> None:
    hill.choose("This network")
    figure.press("Forward pass").press("Backward pass")
    weights = figure.table("Weights")
    for option in hill.root.get_by_label("Weight of the slice").locator("option").all_text_contents():
        hill.root.get_by_label("Weight of the slice").select_option(label=option)
        hill.settled()
        edge = re.sub(r"\s", "", option)
        gradient = weights[edge][1].replace("gradientonly:", "")
        [row] = hill.rows
        assert (row[1], row[3]) == (weights[edge][0], gradient)


def test_the_slice_follows_figure_passes(hill: Hill, figure: Figure, page: Page) -> None:
    hill.choose("This network").press("Step", 2)
    assert len(hill.rows) == 3
    figure.press("Next sample")
    expect(hill.root.locator("bp-hill-table tbody tr")).to_have_count(1)
    hill.settled()
    figure.to_end()
    weights = figure.table("Weights")
    [row] = hill.rows
    assert row[1] == weights["h2→o1"][0]
    expect(hill.ball).to_have_attribute("aria-valuenow", re.compile(r"^0\.878"))
    page.get_by_label("Biases").select_option("on")
    expect(hill.root.get_by_label("Weight of the slice")).to_contain_text("bias of h1")


def test_run_goes_on_to_the_bottom(hill: Hill) -> None:
    hill.choose("This network").rate(80).press("Run")
    hill.says("arrived")
    wanted = descent(textbook_slice(), 0.9, 80.0, 200)
    assert wanted.ended == "arrived"
    expect_rows(hill, textbook_slice(), 80.0, len(wanted.stops) - 1)
    expect(hill.root.get_by_role("button", name="Run", exact=True)).to_have_attribute("aria-disabled", "true")


def test_a_ball_that_flies_off_stops_the_run_and_says_in_which_step(hill: Hill) -> None:
    hill.rate(2.3).press("Run")
    stops = descent(LANDSCAPES["bowl"], -4.0, 2.3, 10).stops
    left = next(stop.number for stop in stops if abs(stop.x) > 5.0)
    expect(hill.verdict).to_contain_text(f"Step {left} threw the ball out of the picture.")
    assert len(hill.rows) == left + 1
    expect(hill.ball).to_have_attribute("aria-valuetext", re.compile("out of the picture"))
    hill.press("Back")
    hill.says("diverging")
    hill.press("Reset")
    expect(hill.ball).to_have_attribute("aria-valuenow", "-4")


def test_numbers_beyond_float64_are_a_result_too(hill: Hill) -> None:
    hill.choose("Two valleys").rate(1e9).says("diverging")
    steps = len(descent(LANDSCAPES["double_valley"], LANDSCAPES["double_valley"].start, 1e9, 200).stops) - 1
    hill.press("Step", steps)
    expect(hill.root.get_by_role("button", name="Step", exact=True)).to_have_attribute("aria-disabled", "true")
    expect(hill.verdict).to_contain_text("threw the ball out of the picture")
    assert "NaN" not in hill.root.inner_text()


def test_back_and_reset_return_the_same_numbers(hill: Hill) -> None:
    first = hill.rate(0.7).rows
    before = hill.press("Step", 2).settled().rows
    hill.press("Step").press("Back").settled()
    assert hill.rows == before
    hill.press("Reset").settled()
    assert hill.rows == first


def test_a_changed_rate_holds_from_the_next_step_on(hill: Hill) -> None:
    hill.rate(0.5).press("Step").rate(0.25).press("Step").settled()
    assert [float(row[1]) for row in hill.rows] == [-4.0, -2.0, -1.5]


def test_the_ball_can_be_dragged_anywhere(hill: Hill, page: Page) -> None:
    hill.press("Step", 2)
    body = hill.ball.locator(".body")
    body.scroll_into_view_if_needed()
    box, ground = body.bounding_box(), hill.root.locator("svg.hill .ground").bounding_box()
    assert box is not None
    assert ground is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(ground["x"] + ground["width"] * 0.9, box["y"], steps=6)
    page.mouse.up()
    hill.settled()
    [row] = hill.rows  # a new descent
    assert float(row[1]) == pytest.approx(4.0, abs=0.05)
    assert float(row[3]) == float(row[1])  # the bowl's slope is x
    hill.press("Step")
    expect_rows(hill, LANDSCAPES["bowl"], 0.3, 1, start=float(row[1]))


def test_everything_without_a_pointer(hill: Hill, page: Page) -> None:
    hill.ball.focus()
    for key, place in (("ArrowRight", -3.95), ("Shift+ArrowRight", -3.45), ("PageDown", -3.95), ("Home", -5.0),
                       ("End", 5.0), ("ArrowLeft", 4.95)):
        page.keyboard.press(key)
        expect(hill.ball).to_have_attribute("aria-valuenow", f"{place:g}")
    expect(hill.ball).to_be_focused()
    page.keyboard.press("Tab")
    expect(hill.root.get_by_label("Learning rate as a number")).to_be_focused()
    page.keyboard.press("Tab")
    expect(hill.slider).to_be_focused()
    page.keyboard.press("End")
    hill.says("diverging")
    page.keyboard.press("Home")
    hill.says("crawling")
    page.keyboard.press("Tab")  # Back is off: nothing was stepped
    page.keyboard.press("Enter")
    expect(hill.root.locator("bp-hill-table tbody tr")).to_have_count(2)
    hill.root.get_by_role("radio", name="Bowl").focus()
    page.keyboard.press("ArrowRight")
    expect(hill.root.get_by_role("radio", name="Two valleys")).to_be_checked()


@pytest.mark.parametrize(("text", "words"), [
    ("lots", "Learning rate takes a number, but got “lots”."), ("", "Learning rate takes a number, but it is empty."),
    ("-1", "a number from 0 to 1000000000"), ("1e10", "a number from 0 to 1000000000"),
])
def test_a_refused_rate_says_what_it_takes_and_loses_nothing(hill: Hill, text: str, words: str) -> None:
    before = hill.press("Step").settled().rows
    hill.root.get_by_label("Learning rate as a number").fill(text)
    hill.root.get_by_label("Learning rate as a number").press("Enter")
    expect(hill.root.get_by_role("alert")).to_contain_text(words)
    expect(hill.root.get_by_label("Learning rate as a number")).to_have_value("0.3")
    assert hill.rows == before
    hill.rate(0.4)
    expect(hill.root.get_by_role("alert")).to_have_count(0)


def test_a_refusal_stands_at_the_field_and_is_read_with_it(hill: Hill) -> None:
    field = hill.root.get_by_label("Learning rate as a number")
    field.fill("lots")
    field.press("Enter")
    alert = hill.root.get_by_role("alert")
    expect(field).to_have_attribute("aria-describedby", str(alert.get_attribute("id")))
    expect(field).to_have_attribute("aria-invalid", "true")
    at, told = field.bounding_box(), alert.bounding_box()
    assert at is not None and told is not None
    assert 0 <= told["y"] - (at["y"] + at["height"]) < 30
    hill.rate(0.4)
    assert field.get_attribute("aria-describedby") is None


def test_both_bottoms_of_the_two_valleys_are_marked(hill: Hill) -> None:
    hill.choose("Two valleys")
    labels = hill.root.locator("svg.hill .label.quiet")
    expect(labels).to_have_text(["bottom", "deepest bottom"])
    expect(hill.root.locator(".bottom-mark")).to_have_count(2)
    expect(hill.root.locator(".bottom-mark.other")).to_have_count(1)


def test_with_motion_the_ball_travels_and_comes_to_rest_where_the_engine_says(
    browser: Browser, server: RunningServer
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="no-preference")
    page = Figure(context.new_page()).open(server.url).page
    hill = Hill(page).settled()
    page.evaluate("""() => {
        const curve = document.querySelector('bp-hill-curve');
        window.seen = [];
        const look = () => { window.seen.push(curve.x); requestAnimationFrame(look); };
        look();
    }""")
    hill.rate(1.5).press("Step")
    expect(hill.ball).to_have_attribute("aria-valuenow", "2")
    between = [x for x in page.evaluate("window.seen") if -4.0 < x < 2.0]
    assert between == sorted(between)
    assert between  # it was seen on its way
    expect_rows(hill, LANDSCAPES["bowl"], 1.5, 1)
    context.close()


def test_with_reduced_motion_the_ball_is_here_or_there(hill: Hill, page: Page) -> None:
    page.evaluate("""() => {
        const curve = document.querySelector('bp-hill-curve');
        window.seen = new Set();
        const look = () => { window.seen.add(curve.x); requestAnimationFrame(look); };
        look();
    }""")
    hill.rate(0.5).press("Run").says("arrived")
    stops = {stop.x for stop in descent(LANDSCAPES["bowl"], -4.0, 0.5, 200).stops}
    assert set(page.evaluate("[...window.seen]")) <= stops


def test_the_server_goes_away_and_comes_back(page: Page) -> None:
    page.expected_messages = ("WebSocket connection", "ERR_CONNECTION_REFUSED")  # type: ignore[attr-defined]
    with running_server() as server:
        Figure(page).open(server.url)
        hill = Hill(page)
        hill.settled().rate(0.1)
        server.stop()
        expect(hill.root.get_by_text("The engine is out of reach")).to_be_visible(timeout=20_000)
        hill.press("Step", 3)  # what was fetched ahead goes on working
        assert len(hill.rows) == 4
        hill.slider.fill("900")  # this one has to wait
        server.start()
        expect(hill.root.get_by_text("The engine is out of reach")).to_have_count(0, timeout=20_000)
        hill.says("diverging")


def test_the_rate_shown_is_the_rate_asked_with(hill: Hill) -> None:
    """The step is minus rate times slope."""
    for place in np.linspace(0, 1000, 9):
        hill.slider.fill(str(int(place)))
        hill.settled()
        rate = float(hill.root.get_by_label("Learning rate as a number").input_value())
        [row] = hill.rows
        assert float(row[4]) == shown(-rate * -4.0)
