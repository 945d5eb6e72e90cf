"""The address bar holds what is on the page, and Back goes over what the learner changed."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.figure import Figure
from tests.browser.hill import Hill
from tests.browser.links import at_rest, copied, entries, fill, fresh, passes, shown
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer


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


def test_a_way_to_another_section_leaves_a_pass_that_plays(figure: Figure, page: Page) -> None:
    Hill(page).settled().choose("This network")
    at_rest(page, "hill")
    page.emulate_media(reduced_motion="no-preference")
    figure.press("Play")
    expect(page.locator("bp-equation")).to_contain_text("Forward pass")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="XOR").click()  # raises popstate
    expect(page.locator("bp-equation")).to_contain_text("Backward pass")
    figure.press("Pause")
    assert figure.position > 0


def test_parameters_of_others_are_left_in_the_address(page: Page, server: RunningServer) -> None:
    Figure(page).open(f"{server.url}/?utm_source=x&theme=dark").seek(3)
    assert "utm_source=x" in at_rest(page, "passes")
    assert "theme=dark" in page.url
