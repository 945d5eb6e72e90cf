"""What a link says that cannot be read or run is told in words, and the rest of it opens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.figure import Figure
from tests.browser.hill import Hill
from tests.browser.links import at_rest, copied, faults
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer


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


def test_a_pass_that_the_run_does_not_reach_is_said(figure: Figure, page: Page, server: RunningServer) -> None:
    text = page.evaluate(WRITTEN, ["passes", {"pass": 1000, "at": 3}])
    page.goto(f"{server.url}/?passes={text}")
    expect(faults(page, "passes")).to_contain_text("Pass 1001 is further than one run goes")
    figure.reaches(0)
