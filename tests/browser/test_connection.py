"""The engine goes away and comes back; what the learner has stays usable."""

from playwright.sync_api import Page, expect

from tests.browser.figure import Figure
from tests.server import running_server

AWAY = "The engine is out of reach"


def test_stop_and_restart_the_server_in_the_middle(page: Page) -> None:
    page.expected_messages = ("WebSocket connection", "ERR_CONNECTION_REFUSED")  # type: ignore[attr-defined]
    with running_server() as server:
        figure = Figure(page).open(server.url)
        figure.press("Forward pass")
        reached = figure.position
        server.stop()
        expect(page.locator("bp-passes").get_by_text(AWAY)).to_be_visible(timeout=20_000)

        figure.press("Step", 3).reaches(reached + 3)  # the tape at hand goes on working
        figure.press("Edit numbers")
        page.get_by_label("Weight x1 to h1").fill("0.4")
        page.get_by_label("Weight x1 to h1").press("Enter")  # this one has to wait for the engine

        server.start()
        expect(page.locator("bp-passes").get_by_text(AWAY)).to_have_count(0, timeout=20_000)
        expect(page.locator("bp-network")).to_contain_text("0.4000", timeout=20_000)
        figure.press("Done editing").to_end()
        assert figure.table("Weights")["x1→h1"][0] == "0.4000"
