"""A button in a sentence may put other numbers in the place of the learner's: one press, or Back, brings those back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.figure import Figure, let_begin
from tests.browser.run_figure import RunFigure
from tests.browser.test_convention_sentences import switched
from tests.browser.test_conventions import switch
from tests.server import RunningServer

SHOWS = re.search(r"const SHOWS = \{(.*?)\n\};", (
    Path(__file__).parents[2] / "static/js/figures/lesson.js").read_text(), re.S)
STATE = """async ([name, only]) => {
    const folder = document.querySelector("script[type=module]").src.replace(/[^/]+$/, "");
    const { stateOf } = await import(`${folder}link-figures.js`);
    const { catalog } = JSON.parse(document.getElementById("boot").textContent);
    const links = document.querySelector(`bp-${name} + bp-copy-link`);
    const text = only === null ? location.search : new URL((await links.urls()).link).search;
    const { state } = await stateOf(name, new URLSearchParams(text).get(name) ?? "", catalog);
    if (only === null) return JSON.stringify(state);
    return JSON.stringify(Object.fromEntries(Object.entries(state).filter(([field]) => only.includes(field))));
}"""
NUMBERS = {"passes": ["runs", "start", "length"], "hill": ["landscape", "weight", "rate", "start", "network"],
           "race": ["preset", "spec", "epochs"], "xor": ["preset", "spec", "epochs"], "depth": ["depth"]}
DRAWN = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
READY = {"passes": "figure => figure.getAttribute('aria-busy') === 'false' && figure.session.wanted === null",
         "hill": "figure => figure.session.fresh && !figure.session.running",
         "race": "figure => !figure.session.waits && !figure.session.running && figure.session.exactly",
         "xor": "figure => !figure.session.waits && !figure.session.running && figure.session.exactly",
         "depth": "figure => figure.getAttribute('aria-busy') === 'false'"}


def shows() -> list[tuple[str, str]]:
    """Every button that a sentence may have, with its figure."""
    assert SHOWS is not None
    found = []
    for figure, inside in re.findall(r"^  (\w+): \{(.*?)\}(?=,$)", SHOWS[1], re.S | re.M):
        found += [(figure, name) for name in re.findall(r"(\w+): \(", inside)]
    assert len(found) > 18
    return found


def offer(page: Page, name: str) -> Locator:
    return page.locator(f"bp-your-numbers:has(~ bp-{name})").get_by_role("button", name="Back to your numbers")


def rests(page: Page, name: str) -> None:
    """Wait until a figure shows what was asked for, and runs no more."""
    ready = READY[name]
    page.wait_for_function(f"() => ({ready})(document.querySelector('bp-{name}'))")


def numbers(page: Page, name: str) -> str:
    """Return the learner's numbers, as a link would have them."""
    rests(page, name)
    return str(page.evaluate(STATE, [name, NUMBERS[name]]))


def change(page: Page, name: str) -> None:
    """Make the figure's numbers the learner's own."""
    root = page.locator(f"bp-{name}")
    let_begin(root)
    if name == "passes":
        root.get_by_label("Learning rate", exact=True).fill("0.3")
        root.get_by_label("Learning rate", exact=True).press("Enter")
    elif name == "hill":
        root.get_by_label("Learning rate", exact=True).last.fill("0.07")
        root.get_by_label("Learning rate", exact=True).last.press("Enter")
    elif name in ("race", "xor"):
        label = "Learning rate of lane 1" if name == "race" else "Learning rate of the network"
        RunFigure(page, name).settled().fill(label, "0.3")
    else:
        root.get_by_label("Layers").fill("9")
    rests(page, name)


def press(page: Page, name: str) -> None:
    page.locator(f'[data-show="{name}"]').first.evaluate("button => button.click()")


@pytest.mark.parametrize(("name", "button"), shows())
def test_whatever_a_sentence_replaces_can_be_had_back(figure: Figure, page: Page, name: str, button: str) -> None:
    change(page, name)
    before = numbers(page, name)
    press(page, button)
    if name == "hill":
        expect(page.locator("bp-hill bp-hill-table tbody tr").first).to_be_attached()
        page.locator("bp-hill").evaluate("hill => hill.session.pause()")
    if button in ("race", "xor", "fast", "adam", "overflow"):  # it runs to its end
        expect(page.locator(f"bp-{name}").get_by_role("slider", name="Epoch", exact=True)).not_to_have_value("0")
        page.locator(f"bp-{name}").evaluate("run => run.session.pause()")
    after = numbers(page, name)
    expect(offer(page, name)).to_have_count(int(after != before))
    if after == before:
        return
    offer(page, name).click()
    expect(offer(page, name)).to_have_count(0)
    assert json.loads(numbers(page, name)) == json.loads(before)


def stands(page: Page) -> None:
    """Wait until the pass stands at the blame of h1, and all of it is drawn."""
    rests(page, "passes")
    page.wait_for_function("() => document.querySelector('bp-passes').session.position === 14")
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def edited(figure: Figure, page: Page) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Change a weight and an input, go on to the blame of h1, and return what the tables show."""
    figure.press("Edit numbers")
    for label, value in (("Weight x1 to h1", "0.77"), ("Value of x2", "0.11")):
        field = figure.root.get_by_label(label, exact=True).first
        field.fill(value)
        field.press("Enter")
        rests(page, "passes")
    figure.press("Done editing")
    figure.seek(14)
    stands(page)
    return figure.state()


def test_two_outputs_and_back_by_the_keyboard(figure: Figure, page: Page) -> None:
    before = edited(figure, page)
    page.locator("bp-streams").get_by_role("button", name="Give it two outputs").press("Enter")
    expect(page.locator("bp-streams li")).to_have_count(2)
    back = offer(page, "passes")
    expect(back).to_be_in_viewport()
    back.focus()
    page.keyboard.press("Enter")
    expect(page.locator("bp-streams li")).to_have_count(1)
    figure.reaches(14)
    stands(page)
    assert figure.state() == before
    expect(page.locator("bp-passes")).to_be_focused()
    page.keyboard.press("ArrowRight")
    figure.reaches(15)


def test_so_does_the_back_button_of_the_browser(figure: Figure, page: Page) -> None:
    before = edited(figure, page)
    page.locator("bp-streams").get_by_role("button", name="Give it two outputs").click()  # before the address follows
    expect(page.locator("bp-streams li")).to_have_count(2)
    expect(offer(page, "passes")).to_be_visible()
    page.evaluate(f"""async () => {{  // until the address has followed; wait_for_function takes a promise for true
        while (JSON.parse(await ({STATE})(['passes', null])).runs[0].spec.layers[2] !== 2)
            await new Promise(requestAnimationFrame);
    }}""")
    page.go_back()
    expect(page.locator("bp-streams li")).to_have_count(1)
    figure.reaches(14)
    stands(page)
    assert figure.state() == before
    expect(offer(page, "passes")).to_have_count(0)


def test_what_nobody_changed_is_not_offered(figure: Figure, page: Page) -> None:
    figure.seek(14)
    page.locator("bp-streams").get_by_role("button", name="Give it two outputs").click()
    expect(page.locator("bp-streams li")).to_have_count(2)
    press(page, "ravine")
    expect(page.locator("bp-hill").get_by_role("radio", name="Ravine")).to_be_checked()
    press(page, "valleys")
    expect(page.locator("bp-hill").get_by_role("radio", name="Two valleys")).to_be_checked()
    expect(page.get_by_role("button", name="Back to your numbers")).to_have_count(0)


def test_of_two_buttons_in_a_row_the_first_ones_are_kept(figure: Figure, page: Page) -> None:
    before = edited(figure, page)
    press(page, "biases")
    expect(figure.root.get_by_label("Biases")).to_have_value("on")
    rests(page, "passes")
    press(page, "hold")
    expect(figure.root.get_by_role("switch", name="Hold the update back")).to_be_checked()
    page.get_by_role("table", name="Printed and exact").get_by_text("0.6596", exact=True).click()
    expect(page.locator("bp-derivation")).to_contain_text("Where does 0.6596 come from?")
    offer(page, "passes").click()
    figure.reaches(14)
    stands(page)
    assert figure.state() == before


@pytest.mark.parametrize(("switch_", "value", "written"), [
    ("half", "without", "squared_error"), ("sign", "error term", None)])
def test_a_switch_is_no_number_of_the_learner_s(
        figure: Figure, page: Page, switch_: str, value: str, written: str | None) -> None:
    before = edited(figure, page)
    press(page, "biases")
    expect(figure.root.get_by_label("Biases")).to_have_value("on")
    rests(page, "passes")
    switched(page, switch_, value)
    rests(page, "passes")
    press(page, "hold")  # what stands there is the text's still: it is not kept in the place of the learner's
    expect(figure.root.get_by_role("switch", name="Hold the update back")).to_be_checked()
    rests(page, "passes")
    offer(page, "passes").click()
    expect(offer(page, "passes")).to_have_count(0)
    figure.reaches(14)
    stands(page)
    assert figure.state() != before
    expect(switch(page, switch_).get_by_role("radio", name=value, exact=True)).to_be_checked()
    if written:
        expect(figure.root.get_by_label("Loss", exact=True)).to_have_value(written)
    switched(page, switch_, {"without": "with ½", "error term": "gradient"}[value])
    rests(page, "passes")
    figure.seek(14)
    stands(page)
    assert figure.state() == before


def test_a_switch_alone_is_not_offered_back(figure: Figure, page: Page) -> None:
    let_begin(page.locator("bp-race"))
    RunFigure(page, "race").settled()
    switched(page, "reduction", "added up")
    rests(page, "race")
    press(page, "fast")
    rests(page, "race")
    expect(page.get_by_role("button", name="Back to your numbers")).to_have_count(0)


def test_a_slice_that_follows_the_pass_is_not_the_learner_s(figure: Figure, page: Page) -> None:
    press(page, "slope")
    rests(page, "hill")
    figure.root.get_by_role("button", name="Next sample").click()
    rests(page, "passes")
    rests(page, "hill")
    press(page, "ravine")
    expect(page.locator("bp-hill").get_by_role("radio", name="Ravine")).to_be_checked()
    expect(page.get_by_role("button", name="Back to your numbers")).to_have_count(0)


def test_keep_these_puts_the_offer_away(figure: Figure, page: Page) -> None:
    change(page, "depth")
    press(page, "deeper")
    expect(offer(page, "depth")).to_be_in_viewport()
    page.get_by_role("button", name="Keep these").click()
    expect(offer(page, "depth")).to_have_count(0)
    expect(page.locator("bp-depth").get_by_role("slider", name="Layers")).to_have_value("30")


def test_what_the_engine_refuses_offers_nothing(figure: Figure, page: Page) -> None:
    change(page, "race")
    page.evaluate("""() => {
        const { session } = document.querySelector("bp-race");
        const { connection } = session;
        const spoilt = (spec) => ({ ...spec, lanes: spec.lanes.map((lane) => ({ ...lane, learning_rate: -1 })) });
        session.connection = { status: "connected", request: (event, wanted) => connection.request(
            event, { ...wanted, spec: spoilt(wanted.spec) }) };
    }""")
    press(page, "fast")
    expect(page.locator("bp-race").get_by_role("alert")).to_contain_text("takes a number from 0")
    expect(offer(page, "race")).to_have_count(0)


@pytest.fixture
def sized(browser: Browser, server: RunningServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    Figure(page).open(server.url)
    yield page
    context.close()


@pytest.mark.parametrize("sized", [360, 800, 1280], indirect=True)
def test_it_stays_in_sight_below_the_bar(sized: Page) -> None:
    page = sized
    change(page, "race")
    press(page, "fast")
    back = offer(page, "race")
    expect(back).to_be_in_viewport(ratio=1)
    expect(page.locator("bp-race").get_by_role("slider", name="Epoch", exact=True)).not_to_have_value("0")
    page.locator("bp-race").evaluate("run => run.session.pause()")
    rests(page, "race")
    page.evaluate(DRAWN)  # and what grew inside the figure has not pushed its beginning behind the offer
    figure = page.locator("bp-race").bounding_box()
    above = page.locator("bp-your-numbers:has(~ bp-race)").bounding_box()
    assert figure and above
    assert figure["y"] >= above["y"] + above["height"] - 1
    page.evaluate("scrollBy(0, 300)")
    expect(back).to_be_in_viewport(ratio=1)
    box, bar = back.bounding_box(), page.locator(".bar").bounding_box()
    assert box and bar
    assert box["height"] >= 43.5
    assert box["y"] >= bar["y"] + bar["height"] - 1
    back.click(trial=True)  # nothing lies over it
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert not violations(page)
