"""Acts that cross: edits in a row, Reset after them, passes counted through, and a server that is away meanwhile."""

from playwright.sync_api import Page, expect

from tests.browser.figure import Figure
from tests.server import running_server


def fill(page: Page, label: str, text: str) -> None:
    page.locator("bp-passes").get_by_label(label, exact=True).fill(text)
    page.locator("bp-passes").get_by_label(label, exact=True).press("Enter")


def test_reset_returns_to_the_first_weights_whatever_was_changed_since(figure: Figure, page: Page) -> None:
    first = figure.table("Weights")
    figure.press("Next sample").press("Next sample").reaches(0)
    fill(page, "Learning rate", "2")
    page.get_by_label("Loss", exact=True).select_option("squared_error")
    page.get_by_label("Hidden activation").select_option("tanh")
    assert figure.table("Weights") != first
    figure.press("Reset").reaches(0)
    assert figure.table("Weights") == first


def test_reset_after_biases_were_switched_in_a_later_pass(figure: Figure, page: Page) -> None:
    figure.press("Next sample").reaches(0)
    page.get_by_label("Biases").select_option("on")
    figure.press("Reset").reaches(0)
    weights = figure.table("Weights")
    assert weights["1→h1"][0] == "0.0000"
    assert weights["x1→h1"][0] == "0.2000"
    expect(page.get_by_role("alert")).to_have_count(0)


def test_passes_are_counted_through_an_edit_and_the_way_back_stays(figure: Figure, page: Page) -> None:
    start = figure.table("Weights")
    figure.press("Next sample").press("Next sample").reaches(0)
    fill(page, "Learning rate", "0.1")
    figure.press("Next sample").reaches(0)
    expect(page.locator("bp-equation")).to_contain_text("Pass 4")
    assert len(figure.losses) == 4
    page.get_by_role("slider", name="Pass", exact=True).fill("1")
    expect(page.get_by_text("You are back at pass 1 of 4")).to_be_visible()
    figure.seek(0)
    assert figure.table("Weights") == start


def test_many_presses_of_next_sample_are_all_counted(figure: Figure, page: Page) -> None:
    page.evaluate("for (let i = 0; i < 30; i += 1) document.querySelector('[data-act=next]').click()")
    expect(page.locator("bp-equation")).to_contain_text("Pass 31")


def test_edits_while_the_server_is_away_all_count(page: Page) -> None:
    page.expected_messages = ("WebSocket connection", "ERR_CONNECTION_REFUSED")  # type: ignore[attr-defined]
    with running_server() as server:
        figure = Figure(page).open(server.url).press("Edit numbers")
        server.stop()
        expect(page.locator("bp-passes").get_by_text("out of reach")).to_be_visible(timeout=20_000)
        for row, text in ((1, "0.71"), (2, "0.72")):
            fill(page, f"Weight x{row} to h1", text)
        server.start()
        expect(page.locator("bp-passes").get_by_text("out of reach")).to_have_count(0, timeout=20_000)
        figure.press("Done editing")
        weights = figure.table("Weights")
        assert (weights["x1→h1"][0], weights["x2→h1"][0]) == ("0.7100", "0.7200")


def test_play_goes_on_by_itself_when_the_server_is_back(page: Page) -> None:
    page.expected_messages = ("WebSocket connection", "ERR_CONNECTION_REFUSED")  # type: ignore[attr-defined]
    with running_server() as server:
        figure = Figure(page).open(server.url)
        server.stop()
        expect(page.locator("bp-passes").get_by_text("out of reach")).to_be_visible(timeout=20_000)
        page.locator("bp-passes").get_by_label("Speed").fill("5")
        figure.press("Play")  # the passes fetched ahead are played first, then it has to wait
        expect(page.get_by_text("What you asked for comes as soon as it is back")).to_be_visible(timeout=60_000)
        assert figure.position == figure.length
        server.start()
        expect(page.locator("bp-history tbody tr").nth(12)).to_be_attached(timeout=60_000)
        figure.press("Pause")


def test_an_edit_and_a_step_at_once_leave_the_edit_in_force(figure: Figure, page: Page) -> None:
    figure.press("Forward pass").press("Edit numbers")
    fill(page, "Weight x1 to h1", "0.5")
    figure.press("Step")
    assert page.get_by_label("Weight x1 to h1").input_value() == "0.5"
    figure.press("Done editing")
    assert figure.table("Weights")["x1→h1"][0] == "0.5000"


def test_the_equation_stands_above_the_controls_on_a_small_laptop(figure: Figure, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_label("Biases").select_option("on")
    figure.table("Weights")
    figure.seek(8)
    deck = page.locator(".deck").bounding_box()
    for part in (".eq", "bp-equation .because"):
        box = page.locator(part).bounding_box()
        assert deck is not None
        assert box is not None
        assert box["y"] + box["height"] <= deck["y"] + 1, part
