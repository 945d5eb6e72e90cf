"""The tape is the same pass as forward, backward and updated, number by number and by its own arithmetic."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop import Network, Tape, backward, forward, trace
from backprop.names import node_names
from tests.unit.tape_networks import Case, cases, entry_of, reference_cases, textbook
from tests.unit.tex_evaluator import Worked, evaluate, exact

REFERENCE = [pytest.param(case, id=name) for name, case in reference_cases()]
ROUNDING = 1e-15  # of a number's size: a few units in the last place of the terms that it was made from
SMALLEST = 1e-300  # below this, float64 itself has fewer digits
PHASES = ["forward", "loss", "backward", "update"]


def engine_numbers(case: Case) -> dict[str, float]:
    """What forward, backward and updated compute, under the tape's ids."""
    network = case.network
    passed = forward(network, [case.x])
    grads = backward(network, passed, [case.y], loss=case.loss)
    after = network.updated(grads, learning_rate=case.learning_rate)
    names = node_names(network.layers)
    numbers: dict[str, Any] = {"loss": grads.loss}
    for layer, nodes in enumerate(names[1:]):
        for j, to in enumerate(nodes):
            numbers |= {f"{to}.z": passed.z[layer][0, j], f"{to}.a": passed.a[layer + 1][0, j],
                        f"{to}.delta": grads.delta[layer][0, j]}
            for i, source in enumerate(names[layer]):
                numbers |= {f"grad:{source}>{to}": grads.weights[layer][i, j],
                            f"new:{source}>{to}": after.weights[layer][i, j]}
            if grads.biases is not None and after.biases is not None:
                numbers |= {f"grad:b>{to}": grads.biases[layer][j], f"new:b>{to}": after.biases[layer][j]}
    factor = -1.0 if case.sign == "error_term" else 1.0
    return {ref: float(value) * (factor if re.search(r"delta$|^grad:", ref) else 1.0) for ref, value in numbers.items()}


def sizes(tape: Tape) -> dict[str, Worked]:
    """Work every entry out in 50 digits from the givens alone, to know how rounding may move it."""
    known = {start.id: exact(start.value) for start in tape.givens}
    for entry in tape:
        known[entry.id] = evaluate(" ".join(piece.fill(f"@{piece.ref}@") for piece in entry.pieces), known)
    return known


def on_the_edge_of_a_gate(case: Case, tape: Tape) -> bool:
    """Whether some gate's sum is 0 but for rounding: then the order of adding decides whether it is open."""
    yardstick, names = sizes(tape), node_names(case.network.layers)
    gated = [node for nodes, kind in zip(names[1:], case.network.activations, strict=True) for node in nodes
             if kind in ("relu", "leaky_relu")]
    return any(float(yardstick[f"{node}.z"].size) > 0.0
               and abs(tape[f"{node}.z"].value) <= ROUNDING * float(yardstick[f"{node}.z"].size) for node in gated)


def assert_same_as_engine(case: Case, tape: Tape) -> None:
    yardstick = sizes(tape)
    numbers = engine_numbers(case)
    assert set(numbers) <= {entry.id for entry in tape}
    for ref, value in numbers.items():
        allowed = ROUNDING * float(yardstick[ref].size) + SMALLEST
        assert abs(tape[ref].value - value) <= allowed, (ref, tape[ref].value, value)


def assert_substituted_is_the_value(tape: Tape) -> None:
    for entry in tape:
        worked = evaluate(entry.substituted)
        allowed = ROUNDING * float(worked.size) + SMALLEST
        assert abs(float(worked.value) - entry.value) <= allowed, (entry.id, entry.substituted, entry.value)


def assert_well_formed(tape: Tape) -> None:
    known = [start.id for start in tape.givens]
    symbols = {start.id: start.symbol for start in tape.givens}
    for entry in tape:
        refs = list(dict.fromkeys(piece.ref for piece in entry.pieces if piece.ref is not None))
        constant = [f"{entry.id.removesuffix('.slope')}.z"] if entry.id.endswith(".slope") and not refs else []
        assert list(entry.parents) == refs + constant
        assert entry.parents
        assert set(entry.parents) <= set(known), f"{entry.id} comes before a parent"
        beside = {ref: rf"\left({said}\right)" if said.startswith("-") else said for ref, said in symbols.items()}
        assert entry.formula == " ".join(p.fill(beside[p.ref]) if p.ref else p.tex for p in entry.pieces)
        for piece in entry.pieces:
            assert ("#" in piece.tex) == (piece.ref is not None) == bool(piece.meaning)
            assert len(piece.meaning.split()) <= 4
            assert piece.tex.count("{") == piece.tex.count("}"), "each piece is set by itself"
        known.append(entry.id)
        symbols[entry.id] = entry.symbol
    assert len(known) == len(set(known))
    order = [PHASES.index(entry.phase) for entry in tape]
    assert order == sorted(order)


@pytest.mark.parametrize("case", REFERENCE)
def test_reference_networks(case: Case) -> None:
    tape = case.trace()
    assert_same_as_engine(case, tape)
    assert_substituted_is_the_value(tape)
    assert_well_formed(tape)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_any_network(case: Case) -> None:
    tape = case.trace()
    assert_substituted_is_the_value(tape)
    assert_well_formed(tape)
    assume(not on_the_edge_of_a_gate(case, tape))
    assert_same_as_engine(case, tape)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=2, max_size=4), st.booleans())
def test_without_rounding_it_equals_the_engine_bit_for_bit(seed: int, layers: list[int], biased: bool) -> None:
    rng = np.random.default_rng(seed)

    def halves(*shape: int) -> Any:  # small multiples of 1/2: every product and sum of them is exact in float64
        return rng.integers(-4, 5, size=shape) / 2

    kinds = [["relu", "linear"][k] for k in rng.integers(0, 2, size=len(layers) - 1)]
    network = Network([halves(*pair) for pair in pairwise(layers)],
                      [halves(width) for width in layers[1:]] if biased else None, activations=kinds)
    case = Case(network, halves(layers[0]).tolist(), halves(layers[-1]).tolist(), "half_squared_error", 0.25)
    tape = case.trace()
    assert {ref: tape[ref].value for ref in engine_numbers(case)} == engine_numbers(case)
    grads = backward(network, forward(network, [case.x]), [case.y], loss=case.loss)
    assert tape.after == network.updated(grads, learning_rate=0.25)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_after_holds_the_new_weights_and_before_is_unchanged(case: Case) -> None:
    tape, names = case.trace(), node_names(case.network.layers)
    assert tape.before is case.network
    assert tape.after.activations == case.network.activations
    assert (tape.after.biases is None) == (case.network.biases is None)
    for layer, matrix in enumerate(tape.after.weights):
        assert matrix.shape == case.network.weights[layer].shape
        for j, to in enumerate(names[layer + 1]):
            column = [tape[f"new:{source}>{to}"].value for source in names[layer]]
            assert matrix[:, j].tolist() == column
            if tape.after.biases is not None:
                assert tape.after.biases[layer][j] == tape[f"new:b>{to}"].value
    assert not tape.after.weights[0].flags.writeable


@settings(max_examples=30, deadline=None)
@given(cases())
def test_as_dict_is_strict_json(case: Case) -> None:
    tape = case.trace()
    told = json.loads(json.dumps(tape.as_dict(), allow_nan=False))
    assert told == tape.as_dict()
    assert [entry["id"] for entry in told["entries"]] == [entry.id for entry in tape]
    assert [start["value"] for start in told["givens"]] == [start.value for start in tape.givens]
    minus_zeros = [item["id"] for item in told["givens"] + told["entries"] if str(item["value"]) == "-0.0"]
    assert not minus_zeros


def test_hidden_deltas_use_the_weights_from_before_the_update() -> None:
    case = Case(textbook().network, [0.35, 0.7], [0.5], "half_squared_error", 20.0)
    tape = case.trace()
    for node in ("h1", "h2"):
        delta_now, delta_slope = tape["o1.delta"].value, tape[f"{node}.slope"].value
        with_old = tape[f"w:{node}>o1"].value * delta_now * delta_slope
        with_new = tape[f"new:{node}>o1"].value * delta_now * delta_slope
        assert tape[f"{node}.delta"].value == pytest.approx(with_old, rel=1e-14)
        assert abs(with_new - with_old) > 0.4 * abs(with_old), "the new weights would show"
        assert not any(ref.startswith("new:") for entry in tape for ref in entry.parents)


@pytest.mark.parametrize(("kind", "z", "expected"), [
    ("relu", 0.0, 0.0), ("relu", 2.0, 1.0), ("relu", -2.0, 0.0), ("leaky_relu", 0.0, 0.01), ("leaky_relu", 2.0, 1.0),
    ("leaky_relu", -2.0, 0.01), ("linear", -2.0, 1.0)])
def test_gates_depend_on_the_sum_that_decides_them(kind: str, z: float, expected: float) -> None:
    tape = trace(Network([[[1.0]]], activations=[kind]), [z], [1.0], loss="squared_error", learning_rate=1.0)
    assert tape["o1.slope"].value == expected
    assert entry_of(tape, "o1.slope").parents == ("o1.z",)


@pytest.mark.parametrize(("output", "loss"), [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy"),
                                              ("sigmoid", "half_squared_error"), ("tanh", "squared_error")])
@pytest.mark.parametrize("z", [800.0, -800.0, 1e6, -1e6])
def test_extreme_sums_neither_raise_nor_warn(output: str, loss: str, z: float) -> None:
    case = Case(Network([[[z, 0.0]]], activations=[output]), [1.0], [0.0, 1.0], loss, 1.0)
    tape = case.trace()
    assert tape.not_finite is None
    assert_same_as_engine(case, tape)
    assert_substituted_is_the_value(tape)


def test_numbers_beyond_float64_are_told_as_such() -> None:
    huge = Network([[[1e200, -1e200]], [[1e200], [1e200]]], [[0.0, 0.0], [0.0]], activations=["linear", "linear"])
    tape = trace(huge, [1.0], [1.0], loss="squared_error", learning_rate=1.0)
    assert tape.not_finite is tape["o1.z"]
    assert math.isnan(tape["o1.z"].value)
    assert not tape.after.finite
    told = json.loads(json.dumps(tape.as_dict(), allow_nan=False))
    values = {entry["id"]: entry["value"] for entry in told["entries"]}
    assert values["h1.a"] == 1e200
    assert values["o1.z"] is None
    runaway = trace(tape.after, [1.0], [1.0], loss="squared_error", learning_rate=1.0)
    assert runaway.not_finite is runaway["h1.z"]
    assert json.dumps(runaway.as_dict(), allow_nan=False)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["sigmoid", "tanh", "relu", "leaky_relu", "linear"]), st.integers(0, 1000),
       st.sampled_from([1e100, 1e155, 1e200, 1e308]))
def test_no_size_of_number_raises_or_warns(kind: str, seed: int, size: float) -> None:
    weights = [w * size for w in Network.random([2, 3, 2, 2], activations=["tanh"] * 3, seed=seed).weights]
    for output, loss in ((kind, "squared_error"), ("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")):
        tape = trace(Network(weights, activations=[kind, kind, output]), [1.0, 10.0], [0.0, 1.0], loss=loss,
                     learning_rate=1e10)
        json.dumps(tape.as_dict(), allow_nan=False)
        again = trace(tape.after, [1.0, 10.0], [0.0, 1.0], loss=loss, learning_rate=1e10)
        json.dumps(again.as_dict(), allow_nan=False)


def test_a_row_of_a_matrix_is_a_sample_too() -> None:
    case = textbook()
    assert trace(case.network, np.array([case.x]), [case.y], loss=case.loss, learning_rate=1.0) == case.trace()


@pytest.mark.parametrize(("change", "argument"), [
    ({"x": [0.35]}, "x"), ({"x": [[0.35, 0.7], [0.1, 0.2]]}, "x"), ({"x": 0.35}, "x"), ({"x": [0.35, math.nan]}, "x"),
    ({"x": ["a", "b"]}, "x"), ({"x": [[1.0], [1.0, 2.0]]}, "x"), ({"x": None}, "x"),
    ({"y": [0.5, 0.5]}, "y"), ({"y": [math.inf]}, "y"), ({"y": 0.5}, "y"),
    ({"y": [2.0], "loss": "binary_cross_entropy"}, "y"),
    ({"loss": "cross_entropy"}, "loss"), ({"loss": "cost"}, "loss"), ({"loss": 3}, "loss"),
    ({"learning_rate": -1.0}, "learning_rate"), ({"learning_rate": math.nan}, "learning_rate"),
    ({"learning_rate": "fast"}, "learning_rate"), ({"learning_rate": True}, "learning_rate"),
    ({"sign": "minus"}, "sign"), ({"sign": -1}, "sign")])
def test_bad_input_is_refused_by_name(change: dict[str, Any], argument: str) -> None:
    arguments: dict[str, Any] = {"x": [0.35, 0.7], "y": [0.5], "loss": "half_squared_error", "learning_rate": 1.0}
    arguments |= change
    with pytest.raises(ValueError, match=rf"^{argument}\b.* got .*takes .*\.$"):
        trace(textbook().network, arguments.pop("x"), arguments.pop("y"), **arguments)


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        textbook().trace()["h3.z"]
