"""Figure `race`, run to its end in a real Chromium: what the page says is what the engine says."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backprop import read_run_spec, run
from backprop.known_run import KnownRun, Shown
from backprop.run_presets import RUN_PRESETS
from backprop.run_spec import RunSpec
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer, running_server

RACE = next(preset for preset in RUN_PRESETS if preset.name == "race")
TABLES = [f"Truth table of lane {lane}" for lane in (1, 2, 3)]


def shown(spec: RunSpec, epoch: int) -> Shown:
    """What the engine says of an epoch, asked directly."""
    known = KnownRun(spec)
    while known.known <= epoch:
        known.extend()
    return known.shown([epoch], 0)[0]


def losses(spec: RunSpec, epoch: int) -> list[float]:
    (chunk,) = run(spec, epoch, epoch + 1)
    return [float(loss) for loss in chunk.losses[:, 0]]


def with_rates(*rates: float) -> RunSpec:
    spec: dict[str, Any] = RACE.spec.as_dict()
    lane = spec["lanes"][0]
    return read_run_spec(spec | {"lanes": [lane | {"learning_rate": rate} for rate in rates]})


@pytest.fixture
def race(page: Page, server: RunningServer) -> RunFigure:
    return RunFigure(page, "race").open(f"{server.url}/figure/race")


def expect_epoch(race: RunFigure, spec: RunSpec, epoch: int) -> None:
    """Hold everything that is shown of an epoch against the engine."""
    frame = shown(spec, epoch).frame
    for lane in range(len(spec.lanes)):
        rows = race.table(f"Truth table of lane {lane + 1}")
        assert [row[3] for row in rows] == pytest.approx(list(frame.outputs[lane, :, 0]), abs=5.1e-4)
        assert [row[4] for row in rows] == [
            "right" if abs(output - row[2]) <= 0.2 else "wrong"
            for row, output in zip(rows, frame.outputs[lane, :, 0], strict=True)]
    assert race.losses() == pytest.approx(losses(spec, epoch), rel=0.06, abs=5.1e-5)


def test_the_defaults_show_all_three_fates(race: RunFigure) -> None:
    race.to_the_end(1000, "Start race")
    expect(race.verdicts).to_have_text(["Still crawling", "Solved at epoch 86", "Chaotic"])
    expect(race.root).to_contain_text("663 of 1000 steps went uphill")
    expect_epoch(race, RACE.spec, 1000)


def test_going_back_shows_the_same_numbers(race: RunFigure) -> None:
    race.seek(137)
    before = [race.table(caption) for caption in TABLES], race.losses(), race.verdicts.all_inner_texts()
    expect_epoch(race, RACE.spec, 137)
    race.press("Start race")
    expect(race.scrubber).to_have_value("1000")
    race.seek(137)
    assert ([race.table(caption) for caption in TABLES], race.losses(), race.verdicts.all_inner_texts()) == before


def test_steps_go_one_epoch_on_and_one_back(race: RunFigure) -> None:
    race.press("Step", 3)
    expect(race.scrubber).to_have_value("3")
    expect_epoch(race.settled(), RACE.spec, 3)
    race.press("Back")
    expect(race.scrubber).to_have_value("2")
    expect_epoch(race.settled(), RACE.spec, 2)
    race.press("Reset")
    expect(race.verdicts).to_have_text(["Ready"] * 3)
    assert race.epoch == 0


def test_a_rate_changed_in_mid_race_leaves_no_trace_of_the_old_run(race: RunFigure, page: Page) -> None:
    race.root.get_by_label("Speed").select_option(label="100 epochs a second")
    race.press("Start race")
    expect(race.root.locator(".lane-why").first).to_contain_text("none of them uphill")
    race.fill("Learning rate of lane 1", "2")
    expect(race.root.get_by_label("Learning rate of lane 1")).to_have_value("2")
    race.root.get_by_label("Speed").select_option(label="as fast as it goes")
    expect(race.scrubber).to_have_value("1000")
    expect_epoch(race.settled(), with_rates(2, 0.5, 10), 1000)
    race.seek(50)
    expect_epoch(race, with_rates(2, 0.5, 10), 50)


def test_ten_thousand_epochs_at_once_and_any_of_them_again(race: RunFigure) -> None:
    race.fill("Number of epochs", "10000")
    race.to_the_end(10_000, "Start race")
    expect_epoch(race, RACE.spec, 10_000)
    race.seek(7331)
    expect_epoch(race, RACE.spec, 7331)


def test_lanes_come_and_go(race: RunFigure) -> None:
    race.press("Add lane")
    expect(race.root.get_by_label("Learning rate of lane 4")).to_have_value("0.1")
    race.press("Add lane").press("Add lane")
    expect(race.root.get_by_label("Learning rate of lane 6")).to_be_visible()
    expect(race.button("Add lane")).to_have_count(0)
    for lane in (6, 5, 4, 3, 2):
        race.press(f"Remove lane {lane}")
        expect(race.verdicts).to_have_count(lane - 1)
    expect(race.button("Remove lane 1")).to_have_count(0)
    race.settled()
    race.seek(20)
    expect_epoch(race, with_rates(0.01), 20)


def test_new_weights_start_every_lane_alike(race: RunFigure) -> None:
    before = race.table(TABLES[0])
    race.press("New weights")
    expect(race.root).not_to_contain_text("those of seed 7.")
    race.settled()
    tables = [race.table(caption) for caption in TABLES]
    assert tables[0] == tables[1] == tables[2] != before


@pytest.mark.parametrize(("text", "words"), [
    ("-1", "Learning rate of lane 2 takes a number from 0 to 1000, but got −1."),
    ("abc", "Learning rate of lane 2 takes a number from 0 to 1000, but got the text “abc”."),
    ("1e9", "Learning rate of lane 2 takes a number from 0 to 1000, but got 1000000000."),
])
def test_a_refused_rate_says_why_and_loses_nothing(race: RunFigure, text: str, words: str) -> None:
    race.seek(100)
    before = race.table(TABLES[1])
    race.fill("Learning rate of lane 2", text)
    expect(race.root.get_by_role("alert")).to_have_text(words)
    assert race.epoch == 100
    assert race.table(TABLES[1]) == before
    race.fill("Learning rate of lane 2", "0.25")
    expect(race.root.get_by_role("alert")).to_have_count(0)


def test_a_refused_rate_is_told_at_its_field_and_leaves_it(race: RunFigure, page: Page) -> None:
    field = race.root.get_by_label("Learning rate of lane 2", exact=True)
    race.fill("Learning rate of lane 2", "-1")
    alert = race.root.get_by_role("alert")
    expect(field).to_have_value("-1")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", str(alert.get_attribute("id")))
    assert alert.evaluate("e => e.closest('.lane') === e.closest('.lanes').children[1]")
    at, told = field.bounding_box(), alert.bounding_box()
    assert at is not None and told is not None
    assert 0 <= told["y"] - (at["y"] + at["height"]) < 30
    page.keyboard.press("Tab")
    expect(field).to_have_value("0.5")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(alert).to_be_visible()  # who left with Tab has not read it yet
    race.press("Start race")
    expect(alert).to_have_count(0)


def test_a_refusal_that_comes_after_the_field_was_left_restores_it_too(race: RunFigure, page: Page) -> None:
    field = race.root.get_by_label("Learning rate of lane 3", exact=True)
    for _ in range(2):  # the same refusal twice is two
        field.fill("x")
        page.keyboard.press("Tab")
        expect(race.root.get_by_role("alert")).to_be_visible()
        expect(field).to_have_value("10")


def test_the_number_of_epochs_in_force_comes_back(race: RunFigure, page: Page) -> None:
    end = race.root.get_by_label("Number of epochs")
    race.fill("Number of epochs", "0")
    alert = race.root.get_by_role("alert")
    expect(alert).to_contain_text("takes a whole number from 1 to")
    expect(end).to_have_attribute("aria-describedby", str(alert.get_attribute("id")))
    page.keyboard.press("Tab")
    expect(end).to_have_value("1000")


def test_refused_ends_of_two_figures_have_an_id_each(page: Page, server: RunningServer) -> None:
    race, twins = RunFigure(page, "race").open(server.url), RunFigure(page, "twins").settled()
    for figure in (race, twins):
        figure.fill("Number of epochs", "0")
        alert = figure.root.get_by_role("alert")
        expect(figure.root.get_by_label("Number of epochs")).to_have_attribute(
            "aria-describedby", str(alert.get_attribute("id")))
    ids = [figure.root.get_by_role("alert").get_attribute("id") for figure in (race, twins)]
    assert None not in ids and ids[0] != ids[1]


def test_a_refused_rate_that_nobody_typed_is_told_at_no_field(race: RunFigure) -> None:
    race.fill("Learning rate of lane 1", "-1")
    alert = race.root.get_by_role("alert")
    expect(alert).to_have_class("refusal field-refusal")
    race.fill("Learning rate of lane 1", "0.02").settled()
    expect(alert).to_have_count(0)
    race.root.evaluate("""e => { const { spec } = e.session;
        const lanes = spec.lanes.map((lane, i) => (i === 1 ? { ...lane, learning_rate: 5000 } : lane));
        return e.session.propose({ ...spec, lanes }); }""")
    expect(alert).to_contain_text("lane 2")
    expect(alert).to_have_class("line-of-words refusal")


@pytest.mark.parametrize(("width", "height", "lanes"), [
    (1280, 800, 3), (1440, 900, 3), (1280, 800, 6), (1920, 1080, 6),
])
def test_verdicts_chart_and_buttons_are_seen_together(race: RunFigure, page: Page, width: int, height: int,
                                                       lanes: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for _ in range(lanes - 3):
        race.press("Add lane")
    expect(race.verdicts).to_have_count(lanes)
    race.settled().seek(1000)
    page.evaluate("""() => {
        scrollTo({ behavior: "instant", top: 0 });
        scrollTo({ behavior: "instant", top: document.querySelector("bp-race .lanes").getBoundingClientRect().top
            - document.querySelector(".bar").getBoundingClientRect().bottom });
    }""")
    deck = race.root.locator("bp-epoch-deck").bounding_box()
    plot = race.root.locator("bp-loss-chart .plot").bounding_box()
    assert deck is not None and plot is not None
    assert deck["y"] + deck["height"] <= height + 1
    assert plot["y"] + plot["height"] <= deck["y"] + 1
    for verdict in race.verdicts.all():
        box = verdict.bounding_box()
        assert box is not None and box["y"] > 0 and box["y"] + box["height"] < plot["y"]


def test_on_a_phone_the_chart_tells_the_verdicts(race: RunFigure, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    race.seek(1000)
    expect(race.root.locator(".lane-says")).to_have_text(["Still crawling", "Solved at epoch 86", "Chaotic"])
    expect(race.root.locator(".lane-says").first).to_be_visible()
    chart, first = race.root.locator("bp-loss-chart").bounding_box(), race.root.locator(".lane").first.bounding_box()
    assert chart is not None and first is not None and chart["y"] < first["y"]


def test_the_dotted_line_is_named_for_what_it_is(race: RunFigure) -> None:
    race.seek(80)  # lane 2 has crossed it and is not solved
    expect(race.verdicts.nth(1)).to_have_text("Learning")
    expect(race.root.locator("bp-loss-chart .plot")).to_contain_text("every row off by 0.2")
    expect(race.root.locator("bp-loss-chart .flag")).to_have_count(0)
    race.seek(86)
    expect(race.root.locator("bp-loss-chart .flag")).to_have_count(1)
    race.root.locator("bp-loss-chart summary").click()
    table = race.root.get_by_role("table", name="Loss of every lane, by epoch")
    expect(table.locator("tr", has=race.page.locator("small"))).to_contain_text("86")
    expect(race.root.locator("bp-loss-chart details")).to_contain_text("With every row off by 0.2 the loss is 0.2231.")


def test_the_surfaces_have_axes_and_one_key(race: RunFigure) -> None:
    for axis in (race.root.locator(".lane").nth(lane).locator(".axis-t") for lane in range(3)):
        expect(axis).to_have_text(["0", "0", "1", "1", "A", "B"])
    expect(race.root.locator("bp-surface-key")).to_have_count(1)
    colours = race.root.locator("bp-surface-key canvas").evaluate(
        "c => { const d = c.getContext('2d').getImageData(0, 0, 10, 1).data; "
        "return new Set(Array.from({length: 10}, (_, k) => d.slice(4 * k, 4 * k + 4).join())).size; }")
    assert colours == 10


def test_a_lane_that_diverges_says_when(race: RunFigure) -> None:
    race.root.get_by_label("Optimiser of lane 1").select_option(label="momentum")
    race.settled()
    race.seek(300)
    expect(race.verdicts.nth(0)).not_to_have_text("Ready")
    spec = RACE.spec.as_dict()
    spec["lanes"][0] |= {"optimizer": "momentum", "hyper": {"momentum": 0.9}}
    expect_epoch(race, read_run_spec(spec), 300)


def test_a_race_survives_a_restart_of_the_server(page: Page) -> None:
    page.expected_messages = ("WebSocket connection", "ERR_CONNECTION_REFUSED")  # type: ignore[attr-defined]
    with running_server() as server:
        race = RunFigure(page, "race").open(server.url)
        race.seek(40)
        server.stop()
        expect(race.root).to_contain_text("Reconnecting")
        expect_epoch(race, RACE.spec, 40)  # what was received stays
        race.press("Start race")
        server.start()
        expect(race.scrubber).to_have_value("1000")
        expect_epoch(race.settled(), RACE.spec, 1000)


def test_the_keyboard_alone_runs_a_race(race: RunFigure, page: Page) -> None:
    race.button("Start race").focus()
    page.keyboard.press("Enter")
    expect(race.scrubber).to_have_value("1000")
    race.scrubber.focus()
    page.keyboard.press("ArrowLeft")
    expect(race.scrubber).to_have_value("999")
    expect_epoch(race.settled(), RACE.spec, 999)
    page.keyboard.press("Home")
    expect(race.verdicts).to_have_text(["Ready"] * 3)
