"""Sign, one half, sum or mean: each switch changes what is shown everywhere at once, and says what stayed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from backprop import trace
from backprop.known_run import KnownRun
from backprop.presets import PRESETS
from backprop.run_presets import RUN_PRESETS
from backprop.run_spec import read_run_spec
from backprop.tape import Tape
from tests.browser.axe import violations
from tests.browser.figure import Figure
from tests.browser.links import fresh
from tests.browser.run_figure import RunFigure, as_number
from tests.server import RunningServer

SPEC = PRESETS[0].spec
LISTS = """(tables) => Object.fromEntries(tables.map((table) => [table.querySelector("caption").innerText,
    Object.fromEntries([...table.querySelectorAll("tr")].map((row) => [row.querySelector("th").innerText,
        row.querySelector(".was") ? [".was", ".became"].map((part) =>
            row.querySelector(part).textContent.replace(/→|became/g, "").trim())
            : row.querySelector("td").innerText]))]))"""


def engine(sign: str = "gradient", loss: str = SPEC.loss) -> Tape:
    return trace(SPEC.network(), SPEC.data.x[0], SPEC.data.y[0], loss=loss, learning_rate=SPEC.learning_rate, sign=sign)


def written(value: float, signed: bool = True) -> str:
    """A number as the page writes it: four decimals, a true minus, a plus where signs matter."""
    return f"{value:+.4f}".replace("-", "−") if signed else f"{value:.4f}".replace("-", "−")


def switch(page: Page, name: str, place: int = 0) -> Locator:
    return page.locator(f'bp-convention[name="{name}"]').nth(place)


def choose(page: Page, name: str, label: str, place: int = 0) -> None:
    option = switch(page, name, place).get_by_role("radio", name=label, exact=True)
    option.check(force=True)  # the box is out of sight: its label is what is pressed
    expect(option).to_be_checked()


def written_with(page: Page, sign: str) -> None:
    minus = "−" if sign == "error_term" else ""
    expect(page.locator("bp-nodes-table thead")).to_contain_text(f"δ = {minus}∂L/∂z")


def lists(page: Page, name: str) -> dict[str, dict[str, Any]]:
    change = page.locator(f'bp-convention-change[name="{name}"]')
    expect(change.get_by_role("table", name="What did not")).to_be_visible()
    found: dict[str, dict[str, Any]] = change.locator("table").evaluate_all(LISTS)
    return found


def blamed(tape: Tape) -> str:
    return max(("h1>o1", "h2>o1"), key=lambda edge: abs(tape[f"grad:{edge}"].value))


def test_the_sign_turns_everywhere_at_once_and_nothing_moves(figure: Figure, page: Page) -> None:
    figure.seek(22)
    page.locator("bp-nodes-table").get_by_role("button", name="0.0368").click()
    plain, turned = engine(), engine("error_term")
    expect(page.locator('bp-convention-change[name="sign"] table')).to_have_count(0)
    losses, weights = figure.losses, figure.table("Weights")
    choose(page, "sign", "error term")
    written_with(page, "error_term")
    assert figure.reaches(22).table("Nodes")["o1"][1] == f"{turned['o1.delta'].value:+.4f}"
    assert figure.losses == losses
    assert [row[0] for row in figure.table("Weights").values()] == [row[0] for row in weights.values()]
    expect(page.locator("bp-passes s.stale")).to_have_count(0)
    expect(page.locator("bp-derivation")).to_contain_text(f"Where does {written(turned['o1.delta'].value)} come from?")
    expect(page.locator('bp-network [data-ask="o1.delta"]')).to_have_attribute("aria-label", re.compile(
        f"^{written(turned['o1.delta'].value)}, error term of o1"))
    expect(page.locator("bp-check")).to_contain_text("All six gradients check out.")
    expect(page.locator("bp-check")).to_contain_text("These are the gradients themselves")
    expect(page.locator("bp-because-chain")).to_contain_text(re.compile(
        rf"So minus that weight’s gradient is [^=]*=?\s*◂{written(turned[f'grad:{blamed(turned)}'].value)}"))
    expect(page.locator("bp-settings").get_by_label("Blame is written as")).to_have_value("error_term")
    for place in range(page.locator('bp-convention[name="sign"]').count()):
        expect(switch(page, "sign", place).get_by_role("radio", name="error term")).to_be_checked()
    expect(page.locator("#w-delta")).to_contain_text("It is written as the error term", use_inner_text=True)
    expect(page.locator("#w-delta")).not_to_contain_text("with the other sign", use_inner_text=True)
    rule = page.locator("#w-descent bp-formula:not([hidden]) annotation")
    expect(rule).to_have_text(re.compile(r"^(\\displaystyle )?w \\leftarrow w \+"))
    figure.press("Step")
    expect(page.locator("bp-passes [data-said]")).to_contain_text("minus the gradient of the weight")
    changes = figure.to_end().table("Weights")
    for row in changes.values():
        assert float(row[0]) + float(row[1]) == pytest.approx(float(row[2]), abs=2e-4)
    edge = blamed(plain)
    found = lists(page, "sign")
    arrow = edge.replace(">", "→")
    assert found["What changed"] == {
        "delta of o1": [written(plain["o1.delta"].value), written(turned["o1.delta"].value)],
        f"gradient of {arrow}": [written(plain[f"grad:{edge}"].value), written(turned[f"grad:{edge}"].value)],
        "rule": ["w − η ∂L/∂w", "w + η (−∂L/∂w)"]}
    assert found["What did not"] == {
        "loss": written(plain["loss"].value, signed=False), "what o1 says": written(plain["o1.a"].value, signed=False),
        f"change of {arrow}": written(plain[f"change:{edge}"].value), "new weights": "all 6, every digit"}
    choose(page, "sign", "gradient", place=1)
    written_with(page, "gradient")
    expect(switch(page, "sign").get_by_role("radio", name="gradient")).to_be_checked()
    figure.reaches(figure.length)
    assert lists(page, "sign")["What changed"]["rule"] == ["w + η (−∂L/∂w)", "w − η ∂L/∂w"]


def test_every_number_on_the_page_is_the_engines_in_the_other_sign(figure: Figure, page: Page) -> None:
    choose(page, "sign", "error term")
    written_with(page, "error_term")
    tape = engine("error_term")
    for position, entry in enumerate(tape, start=1):
        if entry.phase not in ("backward", "update"):
            continue
        figure.seek(position)
        result = page.locator("bp-equation .result")
        expect(result).to_have_attribute("data-ask", entry.id)
        signed = entry.phase == "backward" or entry.id.startswith("change:")
        if not 0 < abs(entry.value) < 5e-5:
            expect(result).to_have_text(written(entry.value, signed))
        expect(page.locator("bp-equation .because")).to_have_text(entry.because)


def test_what_was_proved_of_a_pass_is_not_said_of_another(figure: Figure, page: Page) -> None:
    page.get_by_role("switch", name="Hold the update back").check()
    expect(figure.root).to_have_attribute("aria-busy", "false")
    choose(page, "sign", "error term")
    found = lists(page, "sign")
    assert set(found["What did not"]) == {"loss", "what o1 says"}
    change = page.locator('bp-convention-change[name="sign"]')
    expect(change).to_contain_text("The update is held back: nothing moves either way.")
    page.get_by_label("Example").select_option("xor")
    expect(change.locator("table")).to_have_count(0)
    expect(change).to_have_text("")
    choose(page, "sign", "gradient")
    assert lists(page, "sign")["What did not"]["what o1 says"] != found["What did not"]["what o1 says"]


def test_an_earlier_pass_and_the_history_are_restated_too(figure: Figure, page: Page) -> None:
    figure.press("Next sample").press("Next sample").reaches(0)
    losses = figure.losses
    choose(page, "sign", "error term")
    written_with(page, "error_term")
    assert figure.losses == losses
    expect(page.locator("bp-equation")).to_contain_text("Pass 3")
    page.get_by_role("slider", name="Pass", exact=True).fill("1")
    expect(page.get_by_text("You are back at pass 1 of 3")).to_be_visible()
    assert figure.to_end().table("Nodes")["o1"][1] == f"{engine('error_term')['o1.delta'].value:+.4f}"
    figure.press("Reset").reaches(0)
    assert len(figure.losses) == 3


def test_without_one_half_all_is_twice_as_large(figure: Figure, page: Page) -> None:
    choose(page, "half", "without")
    expect(page.locator("bp-settings").get_by_label("Loss", exact=True)).to_have_value("squared_error")
    plain, whole = engine(), engine(loss="squared_error")
    edge, found = blamed(plain), lists(page, "half")
    arrow = edge.replace(">", "→")
    assert found["What changed"] == {
        "loss": [written(each["loss"].value, signed=False) for each in (plain, whole)],
        "delta of o1": [written(each["o1.delta"].value) for each in (plain, whole)],
        f"gradient of {arrow}": [written(each[f"grad:{edge}"].value) for each in (plain, whole)],
        f"change of {arrow}": [written(each[f"change:{edge}"].value) for each in (plain, whole)]}
    assert found["What did not"] == {"what o1 says": written(plain["o1.a"].value, signed=False),
                                     "sign of each gradient": "all 6", "minimum at": "0.5000"}
    expect(page.locator('bp-convention-change[name="half"]')).to_contain_text("as if the learning rate were doubled")
    expect(page.locator("#w-loss")).to_contain_text("Here: the squared gap.", use_inner_text=True)
    expect(page.locator("#w-loss")).not_to_contain_text("half the squared gap", use_inner_text=True)
    assert figure.to_end().table("Nodes")["loss"][0] == written(whole["loss"].value, signed=False)


def test_the_settings_move_the_switch_and_cross_entropy_closes_it(figure: Figure, page: Page) -> None:
    loss = page.locator("bp-settings").get_by_label("Loss", exact=True)
    loss.select_option("squared_error")
    expect(switch(page, "half").get_by_role("radio", name="without")).to_be_checked()
    expect(page.locator('bp-convention-change[name="half"] table')).to_have_count(0)
    loss.select_option("half_squared_error")
    expect(switch(page, "half").get_by_role("radio", name="with ½")).to_be_checked()
    loss.select_option("binary_cross_entropy")
    expect(switch(page, "half").get_by_role("radio", name="without")).to_be_disabled()
    expect(switch(page, "half")).to_contain_text("Cross-entropy has no ½")
    expect(page.locator("#w-loss bp-formula:visible")).to_have_count(0)
    page.locator("bp-settings").get_by_label("Blame is written as").select_option("error_term")
    expect(switch(page, "sign").get_by_role("radio", name="error term")).to_be_checked()


def first_frame(name: str, **changes: Any) -> tuple[float, float]:
    """Loss and length of the gradient of a run's first lane at epoch 0."""
    preset = next(each for each in RUN_PRESETS if each.name == name)
    known = KnownRun(read_run_spec(preset.spec.as_dict() | changes))
    known.extend()
    [shown] = known.shown([0], 0)
    return float(known.losses(0, 1)[0, 0]), float(shown.frame.gradient_norms[0])


def test_adding_up_makes_an_epochs_gradient_four_times_as_large(figure: Figure, page: Page) -> None:
    race, xor = RunFigure(page, "race").settled(), RunFigure(page, "xor").settled()
    tables = [race.table("Truth table of lane 1"), xor.table("Truth table")]
    before = figure.to_end().state()
    choose(page, "reduction", "added up")
    change = page.locator('bp-convention-change[name="reduction"]')
    for where in ("race", "XOR"):  # a run is asked for anew
        expect(change.get_by_role("rowheader", name=f"{where}: loss", exact=True)).to_be_visible()
    expect(change).to_contain_text("An epoch takes four rows: their sum is four times their mean, as if the learning")
    found = lists(page, "reduction")
    for name, where in (("race", "race"), ("xor", "XOR")):
        losses, lengths = zip(first_frame(name), first_frame(name, reduction="sum"), strict=True)
        assert losses[1] == pytest.approx(4 * losses[0])
        assert lengths[1] == pytest.approx(4 * lengths[0])
        assert [as_number(each) for each in found["What changed"][f"{where}: loss"]] == pytest.approx(losses, abs=6e-5)
        assert [as_number(each) for each in found["What changed"][f"{where}: length of the gradient"]] == pytest.approx(
            lengths, abs=6e-5)
    tape = engine()
    assert found["What did not"]["one pass: loss"] == written(tape["loss"].value, signed=False)
    assert [race.settled().table("Truth table of lane 1"), xor.settled().table("Truth table")] == tables
    expect(page.locator("bp-xor .settings")).to_contain_text("as the sum over the four rows")
    assert figure.reaches(figure.length).state() == before  # one pass takes one row


def test_where_figures_differ_the_switch_shows_neither(figure: Figure, page: Page) -> None:
    RunFigure(page, "race").settled()
    xor = RunFigure(page, "xor").settled()
    xor.root.get_by_label("Preset").select_option(label="as in the textbook")
    expect(page.locator("bp-xor .settings")).to_contain_text("as the sum")
    for label in ("averaged", "added up"):
        expect(switch(page, "reduction").get_by_role("radio", name=label)).not_to_be_checked()
    choose(page, "half", "without")
    expect(page.locator("bp-xor .settings")).to_contain_text("squared error as the sum")
    expect(page.locator("bp-xor .settings")).not_to_contain_text("half squared")
    choose(page, "reduction", "averaged")
    expect(page.locator("bp-xor .settings")).to_contain_text("as the mean over the four rows")


def test_a_link_brings_the_conventions(browser: Browser, figure: Figure, page: Page) -> None:
    choose(page, "sign", "error term")
    written_with(page, "error_term")
    choose(page, "half", "without")
    expect(page.locator("bp-settings").get_by_label("Loss", exact=True)).to_have_value("squared_error")
    choose(page, "reduction", "added up")
    RunFigure(page, "race").settled()
    page.wait_for_url(lambda url: all(f"{name}=" in url for name in ("passes", "race", "xor")))
    before = page.url
    figure.seek(15)
    page.wait_for_url(lambda url: url != before)
    with fresh(browser) as other:
        other.goto(page.url)
        opened = Figure(other).reaches(15)
        assert opened.state() == figure.state()
        for name, label in (("sign", "error term"), ("half", "without"), ("reduction", "added up")):
            expect(switch(other, name).get_by_role("radio", name=label, exact=True)).to_be_checked()
        expect(other.locator("bp-convention-change table")).to_have_count(0)
        expect(other.locator("#w-loss")).to_contain_text("Here: the squared gap.", use_inner_text=True)
    with fresh(browser) as alone:
        alone.goto(_alone(page))
        assert Figure(alone).reaches(15).state() == figure.state()
        written_with(alone, "error_term")
        alone.locator("bp-settings").get_by_label("Blame is written as").select_option("gradient")
        written_with(alone, "gradient")


def _alone(page: Page) -> str:
    text = re.search(r"passes=([^&#]+)", page.url)
    assert text is not None
    return re.sub(r"/\?.*$", f"/figure/passes?s={text[1]}", page.url)


def test_back_undoes_a_sign(figure: Figure, page: Page) -> None:
    figure.seek(10)
    page.wait_for_url(re.compile("passes="))
    choose(page, "sign", "error term")
    written_with(page, "error_term")
    before = page.url
    page.wait_for_url(lambda url: url != before)
    page.go_back()
    written_with(page, "gradient")
    expect(switch(page, "sign").get_by_role("radio", name="gradient")).to_be_checked()
    figure.reaches(10)


def test_the_keyboard_alone(figure: Figure, page: Page) -> None:
    figure.seek(22)
    switch(page, "sign").get_by_role("radio", name="gradient").focus()
    page.keyboard.press("ArrowRight")
    written_with(page, "error_term")
    expect(switch(page, "sign").get_by_role("radio", name="error term")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    written_with(page, "gradient")
    expect(switch(page, "sign").get_by_role("radio", name="gradient")).to_be_focused()
    figure.reaches(22)


def test_printing_says_which_sign_it_is(figure: Figure, page: Page) -> None:
    choose(page, "sign", "error term")
    written_with(page, "error_term")
    page.evaluate("window.print = () => {}")
    page.locator("bp-passes bp-take-away summary").click()
    page.locator("bp-passes bp-take-away").get_by_role("button", name=re.compile("^Print")).click()
    sheet = page.locator("bp-worked-pass")
    expect(sheet).to_contain_text("minus the gradient")
    expect(sheet).to_contain_text("Each gradient itself by backpropagation")
    plain, turned = engine()["o1.delta"].value, engine("error_term")["o1.delta"].value
    assert turned == -plain != 0
    blame = sheet.locator(".worked-value annotation", has_text=f"{abs(turned):.4f}")
    expect(blame.first).to_have_text(re.compile(rf"^\{{\}}= {'-' if turned < 0 else ''}\\?[^-]*{abs(turned):.4f}"))


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_and_width_with_every_switch_used(browser: Browser, server: RunningServer, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce",
                                  has_touch=width < 400)
    page = context.new_page()
    figure = Figure(page).open(server.url)
    figure.seek(figure.length)
    for name, label in (("sign", "error term"), ("half", "without"), ("reduction", "added up")):
        choose(page, name, label)
        lists(page, name)
    for option in page.locator("bp-convention span").all():
        box = option.bounding_box()
        assert box is not None and box["height"] >= 43.5
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()
