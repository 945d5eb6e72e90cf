"""The textbook's worked example, stepped through to the end and read out of the page."""

import json
from pathlib import Path

from tests.browser.figure import Figure

REFERENCE = json.loads((Path(__file__).parents[1] / "data" / "worked_example_2_2_1.json").read_text())
EXACT = {value["name"]: value["exact"] for value in REFERENCE["values"]}


def shown(value: float, sign: bool = False) -> str:
    return f"{value:+.4f}" if sign else f"{value:.4f}"


def test_every_reference_number_stands_in_the_tables(figure: Figure) -> None:
    while figure.position < figure.length:
        figure.press("Step")
    nodes, weights = figure.state()

    assert nodes["x1"][0] == shown(0.35)
    assert nodes["x2"][0] == shown(0.7)
    # The textbook's error term is −dL/dz; the page shows the gradient.
    assert nodes["h1"] == [shown(EXACT["y3"]), shown(-EXACT["delta3"], sign=True)]
    assert nodes["h2"] == [shown(EXACT["y4"]), shown(-EXACT["delta4"], sign=True)]
    assert nodes["o1"] == [shown(EXACT["y5"]), shown(-EXACT["delta5"], sign=True)]
    assert nodes["loss"][0] == shown(0.5 * EXACT["error"] ** 2)

    before = REFERENCE["network"]["weights"]
    names = {"x1→h1": "w11", "x2→h1": "w21", "x1→h2": "w12", "x2→h2": "w22", "h1→o1": "w13", "h2→o1": "w23"}
    assert set(weights) == set(names)
    for edge, name in names.items():
        old, new = before[name], EXACT[f"{name}_new"]
        assert weights[edge] == [shown(old), shown(new - old, sign=True), shown(new)]


def test_the_second_pass_starts_from_the_new_weights(figure: Figure) -> None:
    figure.press("Next sample").reaches(0).press("Forward pass")
    nodes = figure.table("Nodes")
    assert nodes["h1"][0] == shown(EXACT["y3_second_pass"])
    assert nodes["h2"][0] == shown(EXACT["y4_second_pass"])
    assert nodes["o1"][0] == shown(EXACT["y5_second_pass"])


def test_back_to_the_start_and_forward_again_gives_the_same_numbers(figure: Figure) -> None:
    at_start = figure.state()
    end = figure.to_end().state()
    while figure.position > 0:
        figure.press("Back")
    assert figure.state() == at_start
    assert figure.to_end().state() == end


def test_weights_are_locked_until_the_backward_pass_is_over(figure: Figure) -> None:
    figure.press("Forward pass").press("Step", 3)
    assert all("locked" in cells[2] for cells in figure.table("Weights").values())
    figure.press("Backward pass").press("Step")
    assert not any("locked" in cells[2] for cells in figure.table("Weights").values())
