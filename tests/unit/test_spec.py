"""Specs: each bound from both sides, a sentence for every field, one text for equal specs."""

from __future__ import annotations

import copy
import json
import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop import backward, forward
from backprop.activations import ACTIVATIONS
from backprop.initializers import INITIALIZERS
from backprop.losses import LOSSES
from backprop.presets import PRESETS
from backprop.refusals import Refused
from backprop.spec import Spec, read_spec

GOOD: dict[str, Any] = {
    "v": 1, "layers": [2, 2, 1], "activations": ["tanh", "sigmoid"], "loss": "half_squared_error",
    "learning_rate": 0.5, "biases": True,
    "initial": {"kind": "given", "weights": [[[0.1, 0.2], [0.3, 0.4]], [[0.5], [0.6]]], "biases": [[0, 0], [1]]},
    "data": {"x": [[0, 1], [1, 0]], "y": [[1], [0]]},
}
RANDOM = {"kind": "random", "initializer": "xavier", "seed": 7}
NOT_THERE = object()


def changed(path: str, value: object, good: dict[str, Any] = GOOD) -> dict[str, Any]:
    """Return the good spec with another value at the path ("data.x.0.1"), or without one."""
    spec = copy.deepcopy(good)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = spec
    for step in way:
        place = place[step]
    if value is NOT_THERE:
        del place[last]
    else:
        place[last] = value
    return spec


def refusal(spec: object) -> Refused:
    with pytest.raises(Refused) as refused:
        read_spec(spec)
    return refused.value


def sized(widths: list[int], samples: int = 1) -> dict[str, Any]:
    """Return a good spec of these widths and so many samples."""
    return GOOD | {"layers": widths, "activations": ["tanh"] * (len(widths) - 1), "initial": RANDOM,
                   "data": {"x": [[0] * widths[0]] * samples, "y": [[0] * widths[-1]] * samples}}


@pytest.mark.parametrize(("path", "inside"), [
    ("learning_rate", 0), ("learning_rate", 1000), ("learning_rate", 1e-300),
    ("initial.weights.0.1.0", -1000), ("initial.weights.0.1.0", 1000), ("initial.biases.1.0", -1000),
    ("initial.biases.1.0", 1000.0), ("data.x.0.0", -1000), ("data.x.0.0", 1000), ("data.y.1.0", -1000),
    ("data.y.1.0", 1000), ("initial", RANDOM), ("initial", RANDOM | {"seed": 0}),
    ("initial", RANDOM | {"seed": 2**32 - 1}),
])
def test_a_value_on_the_bound_is_taken(path: str, inside: object) -> None:
    assert read_spec(changed(path, inside))


@pytest.mark.parametrize(("path", "outside", "field", "message"), [
    ("v", 2, "v", "The spec's version takes the number 1, but got 2."),
    ("v", True, "v", "The spec's version takes the number 1, but got true."),
    ("v", "1", "v", "The spec's version takes the number 1, but got the text “1”."),
    ("learning_rate", -3, "learning_rate", "Learning rate takes a number from 0 to 1000, but got −3."),
    ("learning_rate", -1e-300, "learning_rate", "Learning rate takes a number from 0 to 1000, but got −1e−300."),
    ("learning_rate", 1000.5, "learning_rate", "Learning rate takes a number from 0 to 1000, but got 1000.5."),
    ("learning_rate", math.nan, "learning_rate", "Learning rate takes a number from 0 to 1000, but got NaN."),
    ("learning_rate", math.inf, "learning_rate", "Learning rate takes a number from 0 to 1000, but got Infinity."),
    ("learning_rate", "0.5", "learning_rate", "Learning rate takes a number from 0 to 1000, but got the text “0.5”."),
    ("learning_rate", None, "learning_rate", "Learning rate takes a number from 0 to 1000, but got nothing."),
    ("learning_rate", True, "learning_rate", "Learning rate takes a number from 0 to 1000, but got true."),
    ("learning_rate", NOT_THERE, "learning_rate", "Learning rate takes a number from 0 to 1000, but got nothing."),
    ("biases", 1, "biases", "Biases take true or false, but got 1."),
    ("biases", False, "initial.biases",
     "With biases off, the starting biases take nothing, but got [[0.0, 0.0], [1.0]]."),
    ("initial.biases", NOT_THERE, "initial.biases",
     "With biases on, the starting biases take 2 lists of numbers, but got nothing."),
    ("initial.biases", [[0, 0]], "initial.biases", "The biases of 3 layers take 2 lists, but got 1."),
    ("initial.biases.0", [0], "initial.biases", "The biases of h1…h2 take 2 numbers, but got 1."),
    ("initial.biases.1.0", 1001, "initial.biases", "The bias of o1 takes a number from −1000 to 1000, but got 1001."),
    ("initial.weights.0.1.0", -1000.5, "initial.weights",
     "The weight x2→h1 takes a number from −1000 to 1000, but got −1000.5."),
    ("initial.weights.1.0.0", math.nan, "initial.weights",
     "The weight h1→o1 takes a number from −1000 to 1000, but got NaN."),
    ("initial.weights.1", [[0.5]], "initial.weights", "The weights from h1…h2 to o1 take 2 rows, but got 1."),
    ("initial.weights.1.0", [0.5, 1], "initial.weights", "The weights from h1 take 1 number, but got 2."),
    ("initial.weights", [[[1, 2], [3, 4]]], "initial.weights", "The weights of 3 layers take 2 matrices, but got 1."),
    ("initial.kind", "drawn", "initial.kind",
     "The kind of starting weights takes given or random, but got the text “drawn”."),
    ("initial.kind", NOT_THERE, "initial.kind", "The kind of starting weights takes given or random, but got nothing."),
    ("initial", 3, "initial", "The starting weights take an object of the kind given or random, but got 3."),
    ("initial", RANDOM | {"seed": -1}, "initial.seed", "Seed takes a whole number from 0 to 4294967295, but got −1."),
    ("initial", RANDOM | {"seed": 2**32}, "initial.seed",
     "Seed takes a whole number from 0 to 4294967295, but got 4294967296."),
    ("initial", RANDOM | {"seed": 0.5}, "initial.seed", "Seed takes a whole number from 0 to 4294967295, but got 0.5."),
    ("initial", RANDOM | {"weights": []}, "initial.weights",
     "There is no field “weights” here: a request takes only the fields that docs/protocol.md names."),
    ("data", [], "data", "Data takes an object with the inputs x and the targets y, but got []."),
    ("data.x.0.1", 1000.25, "data.x", "Input x2 of sample 1 takes a number from −1000 to 1000, but got 1000.25."),
    ("data.x.1.0", -1001, "data.x", "Input x1 of sample 2 takes a number from −1000 to 1000, but got −1001."),
    ("data.x.1", [1], "data.x", "Sample 2 takes 2 inputs, but got 1."),
    ("data.y.1.0", 1e9, "data.y", "Target t1 of sample 2 takes a number from −1000 to 1000, but got 1000000000.0."),
    ("data.y.0", [1, 2], "data.y", "Sample 1 takes 1 target, but got 2."),
    ("data.y", [[1]], "data.y", "The targets take a row for each of the 2 samples, but got 1."),
    ("data.z", 1, "data.z", "There is no field “z” here: a request takes only the fields that docs/protocol.md names."),
    ("optimizer", "adam", "optimizer",
     "There is no field “optimizer” here: a request takes only the fields that docs/protocol.md names."),
    ("activations", ["tanh"], "activations", "Activations of 3 layers take 2 names, but got 1."),
    ("activations", ["softmax", "tanh"], "activations",
     "A hidden layer takes any activation but softmax, but got the text “softmax”."),
    ("activations", ["tanh", "softmax"], "loss",
     "After softmax, loss takes cross_entropy, but got the text “half_squared_error”."),
    ("loss", "cross_entropy", "loss",
     "The loss cross_entropy takes softmax in the last layer, but got the text “sigmoid”."),
])
def test_a_value_beyond_is_refused_in_one_sentence(path: str, outside: object, field: str, message: str) -> None:
    refused = refusal(changed(path, outside))
    assert (refused.field, refused.message) == (field, message)
    assert refused.takes in message or refused.takes == "the number 1"
    assert json.loads(json.dumps(refused.as_dict(), allow_nan=False)) == refused.as_dict()


@pytest.mark.parametrize("field", ["v", "layers", "activations", "loss", "learning_rate", "biases", "initial", "data"])
@pytest.mark.parametrize("value", [NOT_THERE, None, {}, "text", [[[]]], -1.5, math.nan, 10**30])
def test_every_field_has_its_own_refusal(field: str, value: object) -> None:
    refused = refusal(changed(field, value))
    assert refused.field.split(".")[0] == field
    assert refused.message.endswith(f"but got {refused.message.split('but got ')[1]}")
    assert "\n" not in refused.message
    assert refused.message.endswith(".")


@pytest.mark.parametrize(("name", "known"), [
    ("activations", ACTIVATIONS), ("loss", LOSSES), ("initializer", INITIALIZERS),
])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str, known: dict[str, object]) -> None:
    wrong = {"activations": changed("activations", ["sigmod", "sigmoid"]), "loss": changed("loss", "sigmod"),
             "initializer": changed("initial", RANDOM | {"initializer": "sigmod"})}[name]
    refused = refusal(wrong)
    assert refused.got == "sigmod"
    assert all(entry in refused.takes for entry in known)


@pytest.mark.parametrize(("widths", "good"), [
    ([2], False), ([2, 1], True), ([2, 2, 2, 2, 2, 1], True), ([2, 2, 2, 2, 2, 2, 1], False),
    ([0, 1], False), ([1, 1], True), ([8, 8], True), ([9, 1], False), ([2, 9, 1], False), ([2, 2.0, 1], False),
    ([2, True, 1], False), ([2, "2", 1], False),
])
def test_layers_are_two_to_six_of_one_to_eight(widths: list[Any], good: bool) -> None:
    spec = GOOD | {"layers": widths, "activations": ["tanh"] * max(1, len(widths) - 1), "initial": RANDOM}
    if good:
        assert read_spec(sized(widths)).layers == tuple(widths)
    else:
        assert refusal(spec).field == "layers"


@pytest.mark.parametrize(("samples", "good"), [(0, False), (1, True), (64, True), (65, False)])
def test_samples_are_one_to_sixty_four(samples: int, good: bool) -> None:
    spec = sized([2, 1], samples)
    if good:
        assert len(read_spec(spec).data.x) == samples
    else:
        assert refusal(spec).field == "data.x"


@pytest.mark.parametrize(("loss", "output", "row", "message"), [
    ("binary_cross_entropy", "sigmoid", [0.0], ""),
    ("binary_cross_entropy", "sigmoid", [1.0], ""),
    ("binary_cross_entropy", "sigmoid", [-0.1], "Target t1 of sample 1 takes a number from 0 to 1"),
    ("binary_cross_entropy", "sigmoid", [1.1], "Target t1 of sample 1 takes a number from 0 to 1"),
    ("cross_entropy", "softmax", [0.25, 0.75], ""),
    ("cross_entropy", "softmax", [0.5, 0.6], "The targets of sample 1 take a sum of 1"),
    ("cross_entropy", "softmax", [-0.5, 1.5], "Target t1 of sample 1 takes a number from 0 to 1"),
])
def test_targets_lie_in_the_range_of_the_loss(loss: str, output: str, row: list[float], message: str) -> None:
    spec = sized([2, 2, len(row)]) | {"loss": loss, "activations": ["tanh", output],
                                      "data": {"x": [[0, 1]], "y": [row]}}
    if not message:
        assert read_spec(spec).loss == loss
        return
    refused = refusal(spec)
    assert refused.field == "data.y"
    assert refused.message.startswith(f"{message} with the loss {loss}, but got ")


def test_what_is_shown_of_a_wrong_value_is_short() -> None:
    assert refusal(changed("loss", "x" * 1000)).got == "x" * 59 + "…"
    assert refusal(changed("data.x", [[0, 0]] * 1000)).got == "a list of 1000"
    assert len(refusal(changed("x" * 1000, 1)).message) < 200


def test_equal_specs_have_equal_text() -> None:
    written = read_spec(GOOD)
    other = dict(reversed(GOOD.items())) | {"data": {"y": [[1.0], [-0.0]], "x": [[-0.0, 1.0], [1, 0]]}}
    assert read_spec(other).canonical() == written.canonical()
    assert read_spec(other) == written
    assert read_spec(changed("learning_rate", 0.25)).canonical() != written.canonical()


def test_the_canonical_text_is_this() -> None:
    assert read_spec(GOOD).canonical() == (
        '{"v":1,"layers":[2,2,1],"activations":["tanh","sigmoid"],"loss":"half_squared_error","biases":true,'
        '"data":{"x":[[0.0,1.0],[1.0,0.0]],"y":[[1.0],[0.0]]},"learning_rate":0.5,'
        '"initial":{"kind":"given","weights":[[[0.1,0.2],[0.3,0.4]],[[0.5],[0.6]]],"biases":[[0.0,0.0],[1.0]]},'
        '"sign":"gradient","hold":false}')


def test_the_sign_is_the_gradients_unless_it_is_said() -> None:
    assert read_spec(GOOD).sign == "gradient"
    assert read_spec(GOOD | {"sign": "gradient"}) == read_spec(GOOD)
    turned = read_spec(GOOD | {"sign": "error_term"})
    assert turned.as_dict()["sign"] == "error_term"
    assert turned.canonical() != read_spec(GOOD).canonical()
    refused = refusal(GOOD | {"sign": "minus"})
    assert (refused.field, refused.got, refused.takes) == ("sign", "minus", "one of gradient, error_term")


def test_biases_left_out_and_null_are_the_same() -> None:
    without = changed("initial.biases", NOT_THERE, changed("biases", False))
    assert read_spec(without).canonical() == read_spec(changed("initial.biases", None, without)).canonical()
    assert read_spec(without).network().biases is None


def test_a_spec_does_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_spec(GOOD).learning_rate = 2.0  # type: ignore[misc]


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False) | st.integers(math.ceil(low), math.floor(high))


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw any spec there is, by its bounds alone."""
    widths = draw(st.lists(st.integers(1, 8), min_size=2, max_size=6))
    loss = draw(st.sampled_from(sorted(LOSSES)))
    plain = sorted(set(ACTIVATIONS) - {"softmax"})
    activations = [draw(st.sampled_from(plain)) for _ in widths[1:]]
    activations[-1] = LOSSES[loss].fused_with or activations[-1]
    biases = draw(st.booleans())
    weights = [[draw(st.lists(numbers(-1000, 1000), min_size=n_out, max_size=n_out)) for _ in range(n_in)]
               for n_in, n_out in pairwise(widths)]
    starting = {"biases": [[0.5] * width for width in widths[1:]]} if biases else {}
    explicit = {"kind": "given", "weights": weights} | starting
    drawn = {"kind": "random", "initializer": draw(st.sampled_from(sorted(INITIALIZERS))),
             "seed": draw(st.integers(0, 2**32 - 1))}
    samples = draw(st.integers(1, 4))
    targets = st.just([1.0] + [0.0] * (widths[-1] - 1))
    if not LOSSES[loss].targets_sum_to_one:
        targets = st.lists(numbers(0, 1), min_size=widths[-1], max_size=widths[-1])
    return {"v": 1, "layers": widths, "activations": activations, "loss": loss,
            "learning_rate": draw(numbers(0, 1000)), "biases": biases,
            **draw(st.sampled_from([{}, {"sign": "gradient"}, {"sign": "error_term"}])),
            "initial": draw(st.sampled_from([explicit, drawn])),
            "data": {"x": [draw(st.lists(numbers(-1000, 1000), min_size=widths[0], max_size=widths[0]))
                           for _ in range(samples)], "y": [draw(targets) for _ in range(samples)]}}


@settings(deadline=None)
@given(specs())
def test_every_good_spec_goes_round_and_runs(payload: dict[str, Any]) -> None:
    spec = read_spec(payload)
    again = read_spec(json.loads(spec.canonical()))
    assert again == spec
    assert again.canonical() == spec.canonical()
    network = spec.network()
    assert network.layers == spec.layers
    grads = backward(network, forward(network, spec.data.x), spec.data.y, loss=spec.loss)
    assert [w.shape for w in grads.weights] == [w.shape for w in network.weights]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_presets_learn(preset: Any) -> None:
    spec: Spec = preset.spec
    network, X, y = spec.network(), np.array(spec.data.x), np.array(spec.data.y)
    before = backward(network, forward(network, X), y, loss=spec.loss).loss
    for number in range(400):
        row = slice(number % len(X), number % len(X) + 1)
        grads = backward(network, forward(network, X[row]), y[row], loss=spec.loss)
        network = network.updated(grads, learning_rate=spec.learning_rate)
    assert backward(network, forward(network, X), y, loss=spec.loss).loss < 0.1 * before


def test_the_first_preset_is_the_textbooks() -> None:
    assert PRESETS[0].name == "textbook"
    assert PRESETS[0].spec.learning_rate == 1.0
    assert not PRESETS[0].spec.biases
