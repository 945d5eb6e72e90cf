"""A link opens the same numbers at the same step in a browser that has never seen the page; Back undoes a change."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.figure import Figure, let_begin
from tests.browser.hill import Hill
from tests.browser.links import at_rest, buttons, copied, entries, faults, fresh
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer


def fill(page: Page, label: str, text: str) -> None:
    field = page.locator("bp-passes").get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")


def passes(page: Page) -> Figure:
    figure = Figure(page)
    expect(figure.button("Step")).to_be_visible()
    return figure


def test_a_pass_with_a_changed_weight_at_its_step(browser: Browser, figure: Figure, page: Page) -> None:
    figure.press("Edit numbers")
    fill(page, "Weight x1 to h1", "0.55")
    figure.press("Done editing").seek(13)
    link = copied(page, "passes")
    assert re.search(r"/\?passes=1\.[\w-]+#passes$", link)
    assert len(link) < 400
    with fresh(browser) as other:
        other.goto(link)
        opened = passes(other).reaches(13)
        assert opened.state() == figure.state()
        assert opened.table("Weights")["x1→h1"][0] == "0.5500"
        opened.press("Step")
        opened.press("Reset").reaches(0)
        assert opened.table("Weights")["x1→h1"][0] == "0.5500"  # Reset returns to what it returned to before


def test_a_later_pass_with_its_history_through_an_edit(browser: Browser, figure: Figure, page: Page) -> None:
    figure.press("Next sample").press("Next sample").reaches(0)
    fill(page, "Learning rate", "0.1")
    figure.press("Next sample").press("Next sample").reaches(0)
    page.get_by_role("slider", name="Pass", exact=True).fill("4")
    figure.seek(20)
    with fresh(browser) as other:
        other.goto(copied(page, "passes"))
        opened = passes(other).reaches(20)
        assert opened.state() == figure.state()
        assert opened.losses == figure.losses
        assert len(opened.losses) == 5
        expect(other.locator("bp-equation")).to_contain_text("Pass 4")
        opened.press("Reset").reaches(0)
        assert opened.table("Weights")["x1→h1"][0] == "0.2000"


@pytest.fixture
def race(page: Page, server: RunningServer) -> RunFigure:
    return RunFigure(page, "race").open(server.url)


def shown(run: RunFigure) -> object:
    captions = run.root.get_by_role("table").locator("caption").all_inner_texts()
    tables = [run.table(caption) for caption in captions if caption.startswith("Truth table")]
    return run.epoch, tables, run.losses(), run.verdicts.all_inner_texts()


def test_a_race_of_other_rates_from_another_seed(browser: Browser, race: RunFigure, page: Page) -> None:
    race.fill("Learning rate of lane 1", "0.07")
    race.root.get_by_label("Optimiser of lane 3").select_option(label="Adam")
    race.press("Add lane")
    expect(race.root.get_by_label("Learning rate of lane 4")).to_be_visible()
    race.press("New weights")
    expect(race.root).not_to_contain_text("those of seed 7.")
    race.root.get_by_text("linear", exact=True).click()
    race.settled().seek(137)
    link = copied(page, "race")
    assert len(link) < 400
    with fresh(browser) as other:
        other.goto(link)
        opened = RunFigure(other, "race")
        expect(opened.scrubber).to_have_value("137")
        assert shown(opened.settled()) == shown(race)
        expect(opened.root.get_by_label("Optimiser of lane 3")).to_have_value("adam")
        expect(opened.button("linear")).to_have_attribute("aria-pressed", "true")


def test_xor_as_the_textbook_has_it_far_on(browser: Browser, server: RunningServer, page: Page) -> None:
    xor = RunFigure(page, "xor").open(server.url)
    xor.root.get_by_label("Preset").select_option(label="as in the textbook")
    expect(xor.root.get_by_label("Number of epochs")).to_have_value("10000")
    xor.settled().seek(4000)
    with fresh(browser) as other:
        other.goto(copied(page, "xor"))
        opened = RunFigure(other, "xor")
        expect(opened.scrubber).to_have_value("4000")
        opened.settled()
        assert opened.table("Truth table") == xor.table("Truth table")
        expect(opened.root.get_by_label("Preset")).to_have_value("textbook")
        expect(opened.root.get_by_label("Number of epochs")).to_have_value("10000")


def test_a_slice_of_an_edited_network_after_three_steps(browser: Browser, figure: Figure, page: Page) -> None:
    fill(page, "Learning rate", "0.4")
    figure.press("Next sample").reaches(0)
    hill = Hill(page).settled().choose("This network")
    hill.root.get_by_label("Weight of the slice").select_option("x2>h1")
    hill.settled().rate(3).press("Step").rate(40).press("Step", 2).settled()
    expect(hill.root.locator("bp-hill-table tbody tr")).to_have_count(4)
    link = copied(page, "hill")
    with fresh(browser) as other:
        other.goto(link)
        opened = Hill(other)
        expect(opened.root.locator("bp-hill-table tbody tr")).to_have_count(4)
        assert opened.settled().rows == hill.rows
        assert opened.root.get_by_label("Weight of the slice").input_value() == "x2>h1"
        expect(opened.verdict.locator("strong")).to_have_text(hill.verdict.locator("strong").inner_text())
        assert passes(other).table("Weights") == figure.table("Weights")  # what it is a slice of is on the page
        opened.press("Step")
        hill.press("Step")
        assert opened.settled().rows == hill.settled().rows


@pytest.mark.parametrize("landscape", ["Bowl", "Two valleys", "Ravine"])
def test_a_ball_on_its_way(browser: Browser, figure: Figure, page: Page, landscape: str) -> None:
    hill = Hill(page).settled().choose(landscape).rate(1.1).press("Step", 3).settled()
    with fresh(browser) as other:
        other.goto(copied(page, "hill"))
        opened = Hill(other)
        expect(opened.root.locator("bp-hill-table tbody tr")).to_have_count(4)
        assert opened.settled().rows == hill.rows


def test_how_many_layers(browser: Browser, figure: Figure, page: Page) -> None:
    let_begin(page.locator("bp-depth"))
    page.locator("bp-depth").get_by_label("Layers").fill("9")
    expect(page.locator("bp-depth")).to_have_attribute("aria-busy", "false")
    with fresh(browser) as other:
        other.goto(copied(page, "depth"))
        expect(other.locator("bp-depth").get_by_label("Layers")).to_have_value("9")
        expect(other.locator("bp-depth figcaption").first).to_have_text(
            page.locator("bp-depth figcaption").first.inner_text())


def test_the_address_bar_holds_every_figure(browser: Browser, figure: Figure, page: Page) -> None:
    figure.seek(7)
    race = RunFigure(page, "race").settled().seek(50)
    address = at_rest(page, "passes", "race")
    assert "xor=" not in address
    with fresh(browser) as other:
        other.goto(address)
        passes(other).reaches(7)
        opened = RunFigure(other, "race")
        expect(opened.scrubber).to_have_value("50")
        assert shown(opened.settled()) == shown(race)
        assert other.url == address


def test_back_undoes_a_change_and_not_a_step(figure: Figure, page: Page) -> None:
    start = figure.table("Weights")
    figure.seek(5)
    at_rest(page, "passes")
    figure.press("Edit numbers")
    fill(page, "Weight x1 to h1", "0.9")
    figure.press("Done editing")
    entries(page, 3)
    figure.seek(20)
    page.wait_for_timeout(600)
    assert page.evaluate("history.length") == 3
    page.go_back()
    figure.reaches(5)
    assert figure.table("Weights") == start
    page.go_forward()
    figure.reaches(20)
    assert figure.table("Weights")["x1→h1"][0] == "0.9000"


def test_back_undoes_a_rate_of_the_race(race: RunFigure, page: Page) -> None:
    race.seek(40)
    at_rest(page, "race")
    race.fill("Learning rate of lane 2", "3")
    entries(page, 3)
    page.go_back()
    expect(race.root.get_by_label("Learning rate of lane 2")).to_have_value("0.5")
    expect(race.scrubber).to_have_value("40")


def test_nothing_is_written_of_a_figure_that_runs(race: RunFigure, page: Page) -> None:
    race.root.get_by_label("Speed").select_option(label="10 epochs a second")
    at_rest(page, "race")
    before = page.url
    race.press("Start race")
    page.wait_for_timeout(1500)
    assert page.url == before
    race.press("Pause")
    page.wait_for_url(lambda url: url != before)


def test_the_theme_of_a_link_holds_and_is_not_kept(browser: Browser, figure: Figure, page: Page) -> None:
    page.get_by_role("radio", name="Dark").check(force=True)
    link = copied(page, "passes")
    assert "theme=dark" in link
    with fresh(browser) as other:
        other.goto(link)
        expect(other.get_by_role("radio", name="Dark")).to_be_checked()
        assert other.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        assert other.evaluate("localStorage.length") == 0
        other.goto(link.split("?")[0])
        expect(other.get_by_role("radio", name="As the system")).to_be_checked()


def test_where_the_clipboard_is_refused_the_text_is_there(figure: Figure, page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    buttons(page, "passes").get_by_role("button", name="Copy link").click()
    text = buttons(page, "passes").get_by_label("Text to copy")
    expect(text).to_have_value(re.compile(r"/#passes$"))
    assert page.evaluate("getSelection().toString()") == text.input_value()


@pytest.mark.parametrize(("query", "words"), [
    ("race=hello", "it is not a link of this page"),
    ("race=7.zAAAAxyz", "it is of version 7, and this page reads version 1"),
])
def test_a_broken_link_says_so_and_the_rest_opens(page: Page, server: RunningServer, query: str, words: str) -> None:
    figure = Figure(page).open(server.url).seek(9)
    good = re.search(r"passes=[^&#]+", at_rest(page, "passes"))
    assert good
    page.goto(f"{server.url}/?{good[0]}&{query}&utm_source=x#race")
    expect(faults(page, "race")).to_contain_text(words)
    figure.reaches(9)
    RunFigure(page, "race").settled()
    expect(page.locator("bp-race").get_by_label("Learning rate of lane 1")).to_have_value("0.01")
    faults(page, "race").get_by_role("button", name="Put away").click()
    expect(faults(page, "race")).to_have_count(0)


def test_a_link_that_was_cut_off_says_so(race: RunFigure, page: Page) -> None:
    race.fill("Learning rate of lane 1", "2")
    race.settled()
    link = copied(page, "race").split("#")[0]
    page.goto(link[:-6])
    expect(faults(page, "race")).to_contain_text("it ends too early")
    expect(race.settled().verdicts).to_have_count(3)


WRITTEN = """async ([name, value]) => {
    const folder = document.querySelector("script[type=module]").src.replace(/[^/]+$/, "");
    const { packed } = await import(`${folder}link.js`);
    const { checkOfState } = await import(`${folder}link-figures.js`);
    const { read } = await import(`${folder}link-read.js`);
    const { catalog } = JSON.parse(document.getElementById("boot").textContent);
    return packed(value, checkOfState(read(name, value, catalog).state));
}"""


@pytest.mark.parametrize(("name", "value", "words"), [
    ("race", {"spec": {"lanes": [{"learning_rate": -1, "initial": {"kind": "random", "initializer": "xavier",
                                                                   "seed": 1}}]}},
     "as the link has it: Learning rate takes a number from 0 to 1000, but got −1"),
    ("passes", {"runs": [[0, {"learning_rate": 1e9}]], "at": 5},
     "as the link has it: Learning rate takes a number from 0 to 1000, but got 1000000000. Everything else is open"),
    ("hill", {"rate": -3}, "the learning rate takes a number from 0"),
    ("passes", {"runs": [[0, {"learning_rate": 2}]], "at": "five"}, "the position in the pass takes a whole number"),
])
def test_what_the_engine_refuses_is_said_and_the_figure_is_as_it_begins(
        figure: Figure, page: Page, server: RunningServer, name: str, value: object, words: str) -> None:
    text = page.evaluate(WRITTEN, [name, value])
    page.goto(f"{server.url}/?{name}={text}")
    expect(faults(page, name)).to_contain_text(words)
    figure.reaches(0)
    assert figure.table("Nodes")["x1"][0] == "0.3500"
    Hill(page).settled()
    RunFigure(page, "race").settled()
