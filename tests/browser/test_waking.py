"""A figure asks the engine for nothing until it comes near, or somebody asks for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.figure import Figure, let_begin
from tests.browser.links import buttons, copied, fresh
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer

LATER = ("race", "batch", "xor", "twins", "depth")
ASKS = {"hill": "hill", "race": "run", "batch": "batch", "xor": "seeds", "depth": "depth"}


@pytest.fixture
def sent(page: Page) -> list[str]:
    """The events that the page has sent."""
    events: list[str] = []

    def keep(frame: str | bytes) -> None:
        found = re.match(r'4\d+\["(\w+)"', frame) if isinstance(frame, str) else None
        if found:
            events.append(found.group(1))

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    return events


def test_each_figure_asks_when_it_comes_near_and_not_before(page: Page, server: RunningServer, sent: list[str]) -> None:
    Figure(page).open(server.url).press("Step").reaches(1)
    assert set(sent) == {"passes"}
    for name in LATER:
        expect(page.locator(f"bp-{name}")).to_have_text("")
    for name, event in ASKS.items():
        let_begin(page.locator(f"bp-{name}"))
        expect(page.locator(f"bp-{name} bp-take-away")).to_be_attached()  # it has been answered
        assert event in sent
        assert name == "depth" or "depth" not in sent  # the last one is near to none of the others


def test_room_is_kept_for_what_has_not_begun(page: Page, server: RunningServer) -> None:
    Figure(page).open(server.url)
    roots = {name: page.locator(f"bp-{name}") for name in ("hill", *LATER)}
    kept = {name: root.bounding_box() for name, root in roots.items()}
    for name, root in roots.items():
        let_begin(root)
        expect(root.locator("bp-take-away")).to_be_visible()
        expect(root).not_to_have_attribute("aria-busy", "true")
        before, after = kept[name], root.bounding_box()
        assert before and after
        assert after["height"] == pytest.approx(before["height"], rel=0.1), name


def test_a_button_in_a_sentence_wakes_its_figure(page: Page, server: RunningServer) -> None:
    Figure(page).open(server.url)
    page.locator("[data-show=adam]").first.evaluate("button => button.click()")  # unseen: nothing scrolls to it before
    race = RunFigure(page, "race")
    expect(race.root.get_by_label("Optimiser of lane 3")).to_have_value("adam")
    expect(race.root).to_be_in_viewport()


def test_the_switch_of_the_page_wakes_all_that_follow_it(page: Page, server: RunningServer) -> None:
    figure = Figure(page).open(server.url)
    expect(page.locator("bp-xor")).to_have_text("")
    switch = page.locator("bp-convention[name=reduction]").first
    switch.get_by_text("added up").click()
    expect(switch.get_by_role("radio", name="added up")).to_be_checked()
    expect(page.locator("bp-xor .settings")).to_contain_text("as the sum over the four rows")
    assert page.locator("bp-race").evaluate("race => race.session.spec.reduction") == "sum"
    figure.press("Step").reaches(1)


def test_a_link_wakes_what_it_is_about_and_nothing_else(browser: Browser, page: Page, server: RunningServer) -> None:
    RunFigure(page, "xor").open(server.url).seek(60)
    with fresh(browser) as other:
        other.goto(copied(page, "xor").split("#")[0])
        xor = RunFigure(other, "xor")
        expect(xor.scrubber).to_have_value("60")
        expect(other.locator("bp-race")).to_have_text("")


# Twenty seconds are a tenth of one, and every look at whether the page is left alone is counted.
SOON = """window.looks = 0;
window.later = window.setTimeout;
window.setTimeout = (act, ms, ...rest) => {
    if (ms !== 20000 && ms !== 1000) return later(act, ms, ...rest);
    looks += 1;
    return later(() => {
        if (window.acting) dispatchEvent(new Event("wheel"));
        act();
    }, ms === 20000 ? 100 : 50);
};"""


def all_begun(page: Page) -> None:
    for name in ("hill", *LATER):
        expect(page.locator(f"bp-{name} bp-take-away")).to_be_attached()
    assert page.evaluate("scrollY") == 0


def test_what_sleeps_begins_when_the_page_is_left_alone(page: Page, server: RunningServer) -> None:
    page.add_init_script(SOON)
    Figure(page).open(server.url)
    all_begun(page)
    assert page.evaluate("find('root mean square')")  # a word of the last figure


def test_it_waits_while_somebody_acts_or_something_runs(page: Page, server: RunningServer) -> None:
    page.add_init_script(SOON + """
        window.requestIdleCallback = (act) => later(() => act({
            didTimeout: false, timeRemaining: () => (window.free ? 49 : 15) }));""")
    Figure(page).open(server.url)

    def nobody_begins(looks: int) -> None:
        page.evaluate("looks = 0")
        page.wait_for_function(f"() => looks > {looks}")
        for name in LATER:
            expect(page.locator(f"bp-{name}")).to_have_text("")

    nobody_begins(20)  # a frame is about to be drawn each time
    page.evaluate("acting = true")
    nobody_begins(3)
    page.evaluate("free = true")
    nobody_begins(10)
    page.evaluate("acting = false")
    all_begun(page)


def test_not_on_a_phone(browser: Browser, server: RunningServer) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.add_init_script(SOON)
    Figure(page).open(server.url)
    expect(buttons(page, "depth").get_by_role("link", name="Open alone")).to_be_attached()  # which comes afterwards
    assert page.evaluate("looks") == 0
    context.close()


@pytest.mark.parametrize("key", ["Control+f", "Meta+f", "F3"])
def test_whoever_searches_the_page_finds_words_of_every_figure(page: Page, server: RunningServer, key: str) -> None:
    Figure(page).open(server.url)
    expect(page.locator("bp-depth")).to_have_text("")
    page.keyboard.press(key)
    all_begun(page)
    assert page.evaluate("find('root mean square')")


def test_a_figure_that_sleeps_has_its_plain_link(page: Page, server: RunningServer) -> None:
    Figure(page).open(server.url)
    alone = buttons(page, "depth").get_by_role("link", name="Open alone")
    alone.evaluate("link => link.focus({ preventScroll: true })")
    expect(alone).to_have_attribute("href", f"{server.url}/figure/depth")
