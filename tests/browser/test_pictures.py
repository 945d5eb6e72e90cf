"""The small pictures beside the equation: each at its place, in the tape's numbers, and nothing jumps for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.browser.links import copied, fresh
from tests.server import RunningServer

# positions in the worked example's tape: 6 forward, 1 loss, then the backward pass
O1_SLOPE, O1_DELTA, H1_BLAME, H1_GRAD_A, H1_DELTA = 9, 10, 13, 14, 16


def number(cell: Locator) -> float:
    return float(cell.inner_text().replace("◂", "").replace("−", "-"))


def choose(page: Page, label: str, option: str) -> None:
    page.locator("bp-passes").get_by_label(label, exact=True).select_option(option)
    expect(page.locator("bp-passes")).not_to_have_attribute("aria-busy", "true")


def shares(page: Page) -> list[float]:
    """How long the filled bars are, as shares of their tracks."""
    return page.locator("bp-product svg").evaluate_all("""(tracks) => tracks.map((track) => {
        const fill = track.querySelector(".fill");
        return fill ? fill.getBoundingClientRect().width / track.getBoundingClientRect().width : 0;
    })""")


def test_blame_times_slope_at_the_output(figure: Figure, page: Page) -> None:
    figure.seek(O1_SLOPE)
    bars = page.locator("bp-product")
    expect(bars.locator(".blank")).to_have_count(1)  # delta is not known yet
    expect(bars.locator(".bar-name").first).to_have_text("blame of o1")
    expect(bars.get_by_role("figure", name="Blame times slope of o1")).to_be_visible()
    expect(bars).not_to_contain_text("error")
    figure.seek(O1_DELTA)
    assert [number(b) for b in bars.get_by_role("button").all()] == [0.1651, 0.2228, 0.0368]
    blame, slope, delta = shares(page)
    assert slope == pytest.approx(0.2228 / 0.25, abs=0.005)
    assert delta == pytest.approx(blame * slope, abs=0.01)
    bars.get_by_role("button").nth(1).click()
    expect(page.locator("bp-derivation")).to_contain_text("Where does 0.2228 come from?")


def test_a_saturated_neuron_lets_the_product_collapse(figure: Figure, page: Page) -> None:
    page.locator('[data-show="saturated"]').first.click()
    expect(page.locator("bp-passes")).to_contain_text("30.0000")
    figure.seek(H1_DELTA)
    blame, slope, delta = shares(page)
    assert blame > 0.1
    assert slope < 0.02
    assert delta < 0.02
    expect(page.locator("bp-product")).to_contain_text("Saturated")


def test_where_the_slope_drops_out_it_says_so(figure: Figure, page: Page) -> None:
    choose(page, "Loss", "binary_cross_entropy")
    figure.seek(8)
    expect(page.locator("bp-product")).to_contain_text("No slope here")
    expect(page.locator("bp-product").get_by_role("button")).to_have_count(1)


def test_streams_meet_in_a_hidden_neuron_and_a_second_output_adds_one(figure: Figure, page: Page) -> None:
    figure.seek(H1_BLAME)
    streams = page.locator("bp-streams")
    expect(streams.locator("li")).to_have_count(1)
    figure.seek(H1_GRAD_A)
    streams.get_by_role("button", name="Give it two outputs").click()
    expect(streams.locator("li")).to_have_count(2)
    expect(streams.locator(".into")).to_contain_text("+0.0364")
    first, second = (number(row.locator(".share button")) for row in streams.locator("li").all())
    assert (first, second) == (0.0554, -0.0190)
    assert number(streams.locator(".into button")) == pytest.approx(first + second, abs=1e-4)
    expect(streams.locator(".band.neg")).to_have_count(1)
    expect(streams).to_be_in_viewport()
    expect(streams.get_by_role("figure")).to_be_focused()  # its button has gone: one goes on from here
    expect(page.locator("bp-streams button", has_text="two outputs")).to_have_count(0)
    assert figure.table("Weights")["h1→o2"][0] == "0.5000"


def test_what_the_padlock_prevents(figure: Figure, page: Page) -> None:
    choose(page, "Example", "two_outputs")
    figure.seek(figure.length)
    said = page.locator(".moved-first")
    expect(said).to_have_count(0)
    page.evaluate("document.querySelector('bp-passes').session.head.seek("
                  "document.querySelector('bp-passes').session.tape.indexOf('h1.delta'))")
    expect(said).to_contain_text("would be +0.0073 instead of +0.0088: 17")
    expect(page.get_by_role("button", name="0.4000, locked until the update, weight from h1 to o1")).to_be_visible()
    expect(page.locator(".net").get_by_text("locked until the update")).to_be_visible()
    figure.seek(1)
    expect(page.locator(".net").get_by_text("locked until the update")).to_have_count(0)


def test_the_padlock_says_nothing_where_both_numbers_read_alike(figure: Figure, page: Page) -> None:
    choose(page, "Example", "two_outputs")
    rate = page.locator("bp-passes").get_by_label("Learning rate", exact=True)
    rate.fill("0.0001")
    rate.press("Enter")
    expect(page.locator("bp-passes")).not_to_have_attribute("aria-busy", "true")
    at_delta = """e => { e.session.head.seek(e.session.tape.indexOf("h1.delta"));
        const right = e.session.tape.byId.get("h1.delta").value;
        return e.session.body.moved_first.find(each => each.node === "h1").delta !== right; }"""
    assert page.locator("bp-passes").evaluate(at_delta)  # they differ, but far behind the point
    expect(page.locator("bp-product")).to_be_visible()
    expect(page.locator(".moved-first")).to_have_count(0)


def test_with_the_update_held_back_nothing_moves(figure: Figure, page: Page) -> None:
    weights = {edge: cells[0] for edge, cells in figure.table("Weights").items()}
    hold = page.get_by_role("switch", name="Hold the update back")
    hold.check()
    expect(page.locator("bp-passes")).not_to_have_attribute("aria-busy", "true")
    expect(figure.button("Update weights")).to_have_count(0)
    figure.to_end()
    expect(page.locator(".held")).to_contain_text("nothing moves")
    assert all("gradient" in cells[1] for cells in figure.table("Weights").values())
    for _ in range(3):
        figure.press("Next sample").reaches(0)
    assert {edge: cells[0] for edge, cells in figure.table("Weights").items()} == weights
    assert len(figure.losses) == 4
    assert len(set(figure.losses)) == 1
    hold.uncheck()
    expect(figure.button("Update weights")).to_be_visible()
    assert {edge: cells[0] for edge, cells in figure.table("Weights").items()} == weights
    assert len(figure.losses) == 4  # one goes on where one was
    figure.press("Next sample").reaches(0)
    assert {edge: cells[0] for edge, cells in figure.table("Weights").items()} != weights


def test_turning_it_on_in_the_update_goes_back_to_the_gradients(figure: Figure, page: Page) -> None:
    figure.to_end()
    page.get_by_role("switch", name="Hold the update back").check()
    figure.reaches(24)
    assert figure.length == 24
    expect(page.locator(".stale")).to_have_count(0)


def test_a_link_keeps_the_update_held_back(figure: Figure, page: Page, browser: Browser) -> None:
    page.get_by_role("switch", name="Hold the update back").check()
    expect(figure.button("Update weights")).to_have_count(0)
    link = copied(page, "passes")
    with fresh(browser) as other:
        opened = Figure(other).open(link)
        expect(other.get_by_role("switch", name="Hold the update back")).to_be_checked()
        expect(opened.button("Update weights")).to_have_count(0)


def test_pictures_are_written_as_the_tape_is(figure: Figure, page: Page) -> None:
    choose(page, "Example", "two_outputs")
    choose(page, "Blame is written as", "error_term")
    page.evaluate("document.querySelector('bp-passes').session.head.seek("
                  "document.querySelector('bp-passes').session.tape.indexOf('h1.delta'))")
    expect(page.locator(".moved-first")).to_contain_text("error term of h1 would be −0.0073 instead of −0.0088: 17")
    expect(page.locator("bp-product .bar-name").last).to_have_text("error term")
    expect(page.locator("bp-product .fill.neg")).to_have_count(2)


def test_steps_that_grow_beyond_numbers_are_shown(figure: Figure, page: Page) -> None:
    choose(page, "Hidden activation", "linear")
    choose(page, "Output activation", "linear")
    rate = page.locator("bp-passes").get_by_label("Learning rate", exact=True)
    rate.fill("30")
    rate.press("Enter")
    expect(page.locator("bp-passes")).not_to_have_attribute("aria-busy", "true")
    for number_of_pass in range(2, 6):
        figure.press("Next sample")
        expect(page.locator("bp-equation")).to_contain_text(f"Pass {number_of_pass}")
    figure.press("Next sample")
    expect(page.locator("bp-passes").get_by_role("status").first).to_contain_text("Diverged: in pass 6")
    figure.to_end()
    grown = page.locator("bp-grown")
    expect(grown).to_contain_text("Each step was larger than the one before")
    expect(grown.locator("tbody tr")).to_have_count(6)
    widths = grown.locator(".fill").evaluate_all("(bars) => bars.map((bar) => bar.getBoundingClientRect().width)")
    assert widths == sorted(widths)
    expect(grown).to_contain_text("past the largest that a computer can hold")


def test_steps_that_did_not_always_grow_are_not_said_to_have_grown(figure: Figure, page: Page) -> None:
    caption = page.evaluate("""async () => {
        const view = document.createElement("bp-grown");
        const growth = [{ pass: 3, largest: 2 }, { pass: 4, largest: 1 }, { pass: 5, largest: null }];
        view.diverged = { pass: 5, message: "", growth, entry: null };
        document.body.append(view);
        await view.updateComplete;
        return view.querySelector("figcaption").textContent;
    }""")
    assert caption.startswith("The largest changes of the last passes.")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1920, 1080)])
def test_neither_network_nor_controls_nor_tables_move_for_a_picture(figure: Figure, page: Page, width: int,
                                                                    height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    places = set()
    for position in range(figure.length + 1):
        figure.seek(position)
        places.add(page.evaluate("""() => ["bp-network", ".deck", ".tables"].map((name) => Math.round(
            document.querySelector(name).getBoundingClientRect().top)).join()"""))
    assert len(places) == 1, places


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1920])
def test_pictures_keep_to_their_place(browser: Browser, server: RunningServer, width: int) -> None:
    """Below or beside the equation, over nothing else, inside the window; no axe violation."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    figure = Figure(context.new_page()).open(server.url).unfold()
    page = figure.page
    for example in ("textbook", "two_outputs"):
        choose(page, "Example", example)
        for entry, picture in (("o1.delta", "bp-product"), ("h1.grad_a", "bp-streams"), ("h1.delta", ".moved-first")):
            page.evaluate(f"""() => {{ const figure = document.querySelector("bp-passes");
                figure.session.head.seek(figure.session.tape.indexOf("{entry}")); }}""")
            box = page.locator(picture).bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            for other in (".says", "bp-equation .because"):
                over = page.locator(other).bounding_box()
                assert over is not None
                apart = (box["y"] >= over["y"] + over["height"] - 1 or box["y"] + box["height"] <= over["y"] + 1
                         or box["x"] >= over["x"] + over["width"] - 1 or box["x"] + box["width"] <= over["x"] + 1)
                assert apart, (example, picture, other, box, over)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    context.close()
