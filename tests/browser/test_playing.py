"""Play, the history of passes, and motion."""

from playwright.sync_api import Browser, Page, expect

from backprop import Network, backward, forward
from tests.browser.figure import Figure
from tests.server import RunningServer


def engine_losses(count: int) -> list[float]:
    network = Network(
        weights=[[[0.2, 0.3], [0.2, 0.3]], [[0.3], [0.9]]], biases=None, activations=["sigmoid", "sigmoid"]
    )
    losses = []
    for _ in range(count):
        grads = backward(network, forward(network, [[0.35, 0.7]]), [[0.5]], loss="half_squared_error", reduction="mean")
        losses.append(grads.loss)
        network = network.updated(grads, learning_rate=1.0)
    return losses


def test_ten_passes_of_play_let_the_loss_fall(figure: Figure, page: Page) -> None:
    page.locator("bp-passes").get_by_label("Speed").fill("5")
    figure.press("Play")
    expect(page.locator("bp-history tbody tr").nth(9)).to_be_attached(timeout=60_000)
    figure.press("Pause")
    losses = figure.losses[:10]
    assert losses == sorted(losses, reverse=True)
    assert losses == [round(loss, 4) for loss in engine_losses(10)]


def test_a_past_pass_comes_back_exactly(figure: Figure, page: Page) -> None:
    figure.to_end()
    first = figure.state()
    for _ in range(3):
        figure.press("Next sample").reaches(0)
    page.get_by_role("slider", name="Pass", exact=True).fill("1")
    expect(page.get_by_text("You are back at pass 1 of 4")).to_be_visible()
    figure.to_end()
    assert figure.state() == first


def test_step_is_painted_within_a_frame_or_two_and_pulses_run_smoothly(browser: Browser, server: RunningServer) -> None:
    """Motion on: numbers are there at once, the tag travels, and the pass ends where the tape says."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="no-preference")
    figure = Figure(context.new_page()).open(server.url)
    figure.press("Step")
    assert figure.position == 1
    expect(figure.page.locator(".pulse.forward").first).to_be_attached()
    expect(figure.page.locator(".pulse")).to_have_count(0)
    figure.seek(10).press("Step")  # the first share of the blame lands on its weight
    expect(figure.page.locator(".pulse.backward").first).to_be_attached()
    figure.press("Backward pass").reaches(24)
    figure.press("Forward pass").reaches(6)  # and back to the end of the forward pass
    context.close()
