"""Tapes written out: the textbook's worked example in full, and the shape that each kind of network gives one."""

from __future__ import annotations

import json
import math
import re

import pytest

from backprop import Network, trace
from tests.unit.tape_networks import DATA, entry_of, textbook


def test_the_worked_example_in_full() -> None:
    """The textbook's sums by hand: its error terms are minus our deltas, its new weights are ours."""
    tape = textbook().trace()
    reference = json.loads((DATA / "worked_example_2_2_1.json").read_text(encoding="utf-8"))["values"]
    values = {value["name"]: value["exact"] for value in reference}
    ours = {
        "a1": tape["h1.z"].value, "a2": tape["h2.z"].value, "y3": tape["h1.a"].value, "y4": tape["h2.a"].value,
        "a3": tape["o1.z"].value, "y5": tape["o1.a"].value, "error": -tape["o1.grad_a"].value,
        "delta5": -tape["o1.delta"].value, "delta3": -tape["h1.delta"].value, "delta4": -tape["h2.delta"].value,
        "w11_new": tape["new:x1>h1"].value, "w21_new": tape["new:x2>h1"].value,
        "w12_new": tape["new:x1>h2"].value, "w22_new": tape["new:x2>h2"].value,
        "w13_new": tape["new:h1>o1"].value, "w23_new": tape["new:h2>o1"].value,
    }
    again = trace(tape.after, [0.35, 0.7], [0.5], loss="half_squared_error", learning_rate=1.0)
    ours |= {"y3_second_pass": again["h1.a"].value, "y4_second_pass": again["h2.a"].value,
             "y5_second_pass": again["o1.a"].value, "error_second_pass": -again["o1.grad_a"].value}
    assert set(ours) == set(values)
    for name, value in ours.items():
        assert value == pytest.approx(values[name], rel=1e-13), name
    assert tape["loss"].value == pytest.approx(0.5 * 0.1650736395247564**2, rel=1e-13)
    assert again["loss"].value < tape["loss"].value


def test_the_entries_of_the_worked_example_with_biases() -> None:
    hidden = [f"{node}.{part}" for node in ("h1", "h2", "o1") for part in ("z", "a")]
    back = ["o1.grad_a", "o1.slope", "o1.delta", "grad:h1>o1", "grad:h2>o1", "grad:b>o1"]
    for node in ("h1", "h2"):
        back += [f"blame:{node}>o1", f"{node}.grad_a", f"{node}.slope", f"{node}.delta"]
    into_hidden = [f"{source}>{node}" for node in ("h1", "h2") for source in ("x1", "x2", "b")]
    edges = ["h1>o1", "h2>o1", "b>o1", *into_hidden]
    back += [f"grad:{edge}" for edge in into_hidden]
    update = [f"change:{edge}" for edge in edges] + [f"new:{edge}" for edge in edges]
    tape = textbook(biases=True).trace()
    assert [entry.id for entry in tape] == [*hidden, "loss", *back, *update]
    assert len(tape) == 45
    assert [start.id for start in tape.givens] == [
        "x1", "x2", "w:x1>h1", "w:x2>h1", "w:b>h1", "w:x1>h2", "w:x2>h2", "w:b>h2", "w:h1>o1", "w:h2>o1", "w:b>o1",
        "t1", "eta"]
    assert {entry.id: entry.place for entry in tape if entry.phase != "update"} == {
        ref: re.sub(r"\.\w+$|^\w+:", "", ref) for ref in [*hidden, "loss", *back]}


def test_the_equations_of_the_worked_example() -> None:
    tape = textbook(biases=True).trace()
    equations = {entry.id: f"{entry.symbol} = {entry.formula} = {entry.substituted}" for entry in tape}
    assert equations["h1.z"] == (
        r"z_{h_1} = w_{x_1 \to h_1} \times x_1 + w_{x_2 \to h_1} \times x_2 + b_{h_1}"
        r" = 0.2 \times 0.35 + 0.2 \times 0.7 + 0")
    assert equations["o1.slope"] == (
        r"\frac{\partial a_{o_1}}{\partial z_{o_1}} = a_{o_1}(1-a_{o_1}) = 0.6650736395247564(1-0.6650736395247564)")
    assert equations["blame:h2>o1"] == (
        r"\delta_{o_1} w_{h_2 \to o_1} = \frac{\partial L}{\partial z_{o_1}} \times w_{h_2 \to o_1}"
        rf" = {tape['o1.delta'].value!r} \times 0.9")
    assert equations["h2.grad_a"].startswith(
        r"\frac{\partial L}{\partial a_{h_2}} = \delta_{o_1} w_{h_2 \to o_1} = 0.0330")
    assert equations["change:h1>o1"].startswith(
        r"\Delta w_{h_1 \to o_1} = - \eta \times \frac{\partial L}{\partial w_{h_1 \to o_1}} = - 1 \times 0.02")
    step = tape["change:b>o1"].value
    assert equations["new:b>o1"] == rf"b'_{{o_1}} = b_{{o_1}} + \Delta b_{{o_1}} = 0 + ({step!r})"
    assert equations["loss"] == r"L = \tfrac{1}{2}( a_{o_1} - t )^2 = \tfrac{1}{2}( 0.6650736395247564 - 0.5 )^2"


def test_several_outputs_have_a_part_of_the_loss_each() -> None:
    network = Network([[[0.5, -0.25]]], activations=["linear"])
    tape = trace(network, [2.0], [0.0, 1.0], loss="squared_error", learning_rate=0.0)
    assert [entry.id for entry in tape if entry.phase == "loss"] == ["o1.loss", "o2.loss", "loss"]
    assert [tape[ref].value for ref in ("o1.loss", "o2.loss", "loss")] == [1.0, 2.25, 3.25]
    assert tape["t2"].symbol == "t_2"


def test_a_softmax_layer_has_all_its_sums_before_its_shares() -> None:
    network = Network([[[0.0, math.log(3.0)]]], activations=["softmax"])
    tape = trace(network, [1.0], [0.0, 1.0], loss="cross_entropy", learning_rate=1.0)
    ids = [entry.id for entry in tape if entry.phase in ("forward", "backward")]
    assert ids == ["o1.z", "o2.z", "o1.a", "o2.a", "o1.delta", "o2.delta", "grad:x1>o1", "grad:x1>o2"]
    assert tape["o2.a"].value == pytest.approx(0.75, rel=1e-15)
    assert tape["loss"].value == pytest.approx(-math.log(0.75), rel=1e-15)


def test_deeper_nodes_carry_their_layer() -> None:
    tape = trace(Network.random([1, 1, 2, 1], activations=["tanh"] * 3, seed=1), [1.0], [1.0],
                 loss="squared_error", learning_rate=0.1)
    assert tape["h2_1.z"].symbol == "z_{h^{2}_{1}}"
    assert tape["w:h1_1>h2_2"].symbol == r"w_{h^{1}_{1} \to h^{2}_{2}}"
    assert entry_of(tape, "h1_1.grad_a").parents == ("blame:h1_1>h2_1", "blame:h1_1>h2_2")
