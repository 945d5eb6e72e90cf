"""Run specs: every refused input names its field and its lane, equal specs have one text, and one text has one run."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop import OPTIMIZERS, RunSpec, read_run_spec, run
from backprop.refusals import Refused
from backprop.serving.export_payload import RunExport
from backprop.serving.run_payloads import RunWanted
from backprop.spec_words import read_model

WEIGHTS = [[[0.1, 0.2], [0.3, 0.4]], [[0.5], [0.6]]]
GIVEN = {"kind": "given", "weights": WEIGHTS, "biases": [[0, 0], [1]]}
RANDOM = {"kind": "random", "initializer": "xavier", "seed": 7}
GOOD: dict[str, Any] = {
    "v": 1, "layers": [2, 2, 1], "activations": ["tanh", "sigmoid"], "loss": "half_squared_error",
    "reduction": "sum", "biases": True, "batch": 3, "order_seed": 5,
    "data": {"x": [[0, 1], [1, 0], [1, 1], [0, 0]], "y": [[1], [0], [0.5], [1]]},
    "lanes": [{"learning_rate": 0.5, "initial": GIVEN},
              {"learning_rate": 2, "initial": RANDOM, "optimizer": "adam", "hyper": {"beta1": 0.5}}],
}
NOT_THERE = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """Return the good spec with another value at the path ("lanes.1.hyper"), or without one."""
    spec = copy.deepcopy(GOOD)
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
        read_run_spec(spec)
    return refused.value


@pytest.mark.parametrize(("path", "value", "field", "message"), [
    ("lanes.0.learning_rate", -3, "lanes.learning_rate",
     "Learning rate of lane 1 takes a number from 0 to 1000, but got −3."),
    ("lanes.1.learning_rate", 1000.5, "lanes.learning_rate",
     "Learning rate of lane 2 takes a number from 0 to 1000, but got 1000.5."),
    ("lanes.1.learning_rate", math.nan, "lanes.learning_rate",
     "Learning rate of lane 2 takes a number from 0 to 1000, but got NaN."),
    ("lanes.1.learning_rate", "0.5", "lanes.learning_rate",
     "Learning rate of lane 2 takes a number from 0 to 1000, but got the text “0.5”."),
    ("lanes.1.learning_rate", NOT_THERE, "lanes.learning_rate",
     "Learning rate of lane 2 takes a number from 0 to 1000, but got nothing."),
    ("lanes.1.learning_rate", True, "lanes.learning_rate",
     "Learning rate of lane 2 takes a number from 0 to 1000, but got true."),
    ("lanes.0.initial.weights.0.1.0", -1000.5, "lanes.initial.weights",
     "The weight x2→h1 of lane 1 takes a number from −1000 to 1000, but got −1000.5."),
    ("lanes.0.initial.weights.1", [[0.5]], "lanes.initial.weights",
     "In lane 1, the weights from h1…h2 to o1 take 2 rows, but got 1."),
    ("lanes.0.initial.weights", [[[1, 2], [3, 4]]], "lanes.initial.weights",
     "In lane 1, the weights of 3 layers take 2 matrices, but got 1."),
    ("lanes.0.initial.biases", NOT_THERE, "lanes.initial.biases",
     "In lane 1, with biases on, the starting biases take 2 lists of numbers, but got nothing."),
    ("lanes.0.initial.biases.1.0", 1001, "lanes.initial.biases",
     "The bias of o1 of lane 1 takes a number from −1000 to 1000, but got 1001."),
    ("lanes.1.initial", GIVEN | {"biases": None}, "lanes.initial.biases",
     "In lane 2, with biases on, the starting biases take 2 lists of numbers, but got nothing."),
    ("lanes.1.initial", 3, "lanes.initial",
     "The starting weights of lane 2 take an object of the kind given or random, but got 3."),
    ("lanes.1.initial.kind", "drawn", "lanes.initial.kind",
     "The kind of starting weights of lane 2 takes given or random, but got the text “drawn”."),
    ("lanes.1.initial.seed", 2**32, "lanes.initial.seed",
     "Seed of lane 2 takes a whole number from 0 to 4294967295, but got 4294967296."),
    ("lanes.1.initial.initializer", "xaver", "lanes.initial.initializer",
     "Initialiser of lane 2 takes one of xavier, he, normal, uniform, zeros, constant, but got the text “xaver”."),
    ("lanes.1.optimizer", "adm", "lanes.optimizer",
     "Optimiser of lane 2 takes one of sgd, momentum, nesterov, rmsprop, adam, but got the text “adm”."),
    ("lanes.1.hyper", {"momentum": 0.5}, "lanes.hyper",
     "In lane 2, the numbers of adam take only beta1, beta2, epsilon, but got the text “momentum”."),
    ("lanes.0.hyper", {"momentum": 0.5}, "lanes.hyper",
     "In lane 1, the numbers of sgd take none, but got the text “momentum”."),
    ("lanes.1.hyper.beta1", 1.5, "lanes.hyper", "The number beta1 of lane 2 takes a number from 0 to 1, but got 1.5."),
    ("lanes.1.hyper.beta1", math.inf, "lanes.hyper",
     "The number beta1 of lane 2 takes a number from 0 to 1, but got Infinity."),
    ("lanes.1.hyper", [], "lanes.hyper",
     "The optimiser's numbers of lane 2 take names such as momentum, each with a number from 0 to 1, but got []."),
    ("lanes.1.speed", 1, "lanes.speed",
     "There is no field “speed” here: a request takes only the fields that docs/protocol.md names."),
    ("lanes.1", 3, "lanes", "Lane 2 takes an object with its learning rate and its starting weights, but got 3."),
    ("lanes", [], "lanes",
     "Lanes take 1 to 4096 lanes, each with its learning rate and its starting weights, but got []."),
    ("lanes", NOT_THERE, "lanes",
     "Lanes take 1 to 4096 lanes, each with its learning rate and its starting weights, but got nothing."),
    ("batch", 0, "batch", "Batch takes a whole number of samples from 1 to 64, or nothing for all, but got 0."),
    ("batch", 65, "batch", "Batch takes a whole number of samples from 1 to 64, or nothing for all, but got 65."),
    ("batch", 2.0, "batch", "Batch takes a whole number of samples from 1 to 64, or nothing for all, but got 2.0."),
    ("order_seed", -1, "order_seed",
     "The seed of the order takes a whole number from 0 to 4294967295, but got −1."),
    ("reduction", "max", "reduction", "Reduction takes one of mean, sum, but got the text “max”."),
    ("reduction", None, "reduction", "Reduction takes one of mean, sum, but got nothing."),
    ("loss", "cross_entropy", "loss",
     "The loss cross_entropy takes softmax in the last layer, but got the text “sigmoid”."),
    ("data.y.1", [1, 2], "data.y", "Sample 2 takes 1 target, but got 2."),
    ("learning_rate", 0.5, "learning_rate",
     "There is no field “learning_rate” here: a request takes only the fields that docs/protocol.md names."),
])
def test_what_is_refused_is_named_with_its_lane(path: str, value: object, field: str, message: str) -> None:
    refused = refusal(changed(path, value))
    assert (refused.field, refused.message) == (field, message)
    assert json.loads(json.dumps(refused.as_dict(), allow_nan=False)) == refused.as_dict()


@pytest.mark.parametrize("field", list(GOOD))
@pytest.mark.parametrize("value", [{}, "text", [[[]]], -1.5, math.nan, 10**30, True])
def test_every_field_has_its_own_refusal(field: str, value: object) -> None:
    if field == "biases" and value is True:
        return
    refused = refusal(changed(field, value))
    assert refused.field.split(".")[0] == field
    assert "but got " in refused.message and refused.message.endswith(".") and "\n" not in refused.message


def test_the_same_refusals_within_a_request() -> None:
    for path, value in (("lanes.1.learning_rate", -3), ("lanes.1", 3), ("lanes.1.hyper.beta1", 2),
                        ("lanes.0.initial.weights.0.1.0", 2000), ("lanes.1.speed", 1)):
        with pytest.raises(Refused) as within:
            read_model(RunWanted, {"spec": changed(path, value), "epoch": 0, "stop": 1})
        assert within.value.as_dict() == refusal(changed(path, value)).as_dict()


@pytest.mark.parametrize("lanes", [3, [], NOT_THERE, [GOOD["lanes"][0]] * 5000])
def test_the_bound_of_lanes_is_that_of_who_asks(lanes: object) -> None:
    """A run is trained with 4096 lanes, drawn and exported with six."""
    spec = changed("lanes", lanes)
    drawn = {"spec": spec, "epoch": 0, "stop": 1}
    exported = {"kind": "run_csv", "spec": spec, "epoch": 1}
    for model, payload in ((RunWanted, drawn), (RunExport, exported)):
        with pytest.raises(Refused) as refused:
            read_model(model, payload)
        assert refused.value.takes == "1 to 6 lanes, each with its learning rate and its starting weights"
        assert refused.value.field == "lanes" and "Lanes take 1 to 6 lanes" in refused.value.message
    assert "1 to 4096 lanes" in refusal(spec).message


def test_the_only_lane_is_not_named_in_a_sentence() -> None:
    one = {"lanes": [GOOD["lanes"][0] | {"learning_rate": -3}]}
    refused = refusal(GOOD | one)
    assert refused.field == "lanes.learning_rate"
    assert refused.message == "Learning rate takes a number from 0 to 1000, but got −3."
    with pytest.raises(Refused) as within:
        read_model(RunWanted, {"spec": GOOD | one, "epoch": 0, "stop": 1})
    assert within.value.as_dict() == refused.as_dict()


def test_a_long_name_is_shown_shortly() -> None:
    refused = refusal(changed("lanes.1.hyper", {"x" * 1000: math.nan}))
    assert refused.field == "lanes.hyper" and len(refused.message) < 200
    assert len(refusal(changed("lanes.1." + "x" * 1000, 1)).field) < 80


@pytest.mark.parametrize(("lanes", "good"), [(1, True), (4096, True), (4097, False)])
def test_lanes_are_one_to_4096(lanes: int, good: bool) -> None:
    spec = GOOD | {"lanes": [{"learning_rate": 1, "initial": RANDOM}] * lanes}
    if good:
        assert len(read_run_spec(spec).lanes) == lanes
    else:
        assert refusal(spec).field == "lanes"


def test_the_canonical_text_is_complete() -> None:
    lane = {"learning_rate": 1, "initial": RANDOM}
    spec = {name: value for name, value in GOOD.items() if name not in ("reduction", "batch", "order_seed")}
    lanes = [lane, lane | {"optimizer": "adam", "hyper": {"beta2": 0.5}}]
    assert read_run_spec(spec | {"lanes": lanes}).canonical() == (
        '{"v":1,"layers":[2,2,1],"activations":["tanh","sigmoid"],"loss":"half_squared_error","biases":true,'
        '"data":{"x":[[0.0,1.0],[1.0,0.0],[1.0,1.0],[0.0,0.0]],"y":[[1.0],[0.0],[0.5],[1.0]]},'
        '"reduction":"mean","batch":null,"order_seed":0,'
        '"lanes":[{"learning_rate":1.0,"initial":{"kind":"random","initializer":"xavier","seed":7},"optimizer":"sgd",'
        '"hyper":{}},{"learning_rate":1.0,"initial":{"kind":"random","initializer":"xavier","seed":7},'
        '"optimizer":"adam","hyper":{"beta1":0.9,"beta2":0.5,"epsilon":1e-8}}]}')


def test_one_text_for_one_number() -> None:
    texts = {read_run_spec(changed("lanes.1.hyper", {"epsilon": zero})).canonical() for zero in (0, 0.0, -0.0)}
    assert len(texts) == 1 and "-0.0" not in texts.pop()
    assert read_run_spec(changed("lanes.0.learning_rate", -0.0)).canonical() == read_run_spec(
        changed("lanes.0.learning_rate", 0)).canonical()


def test_the_order_of_fields_does_not_matter() -> None:
    turned = dict(reversed(GOOD.items())) | {"lanes": [dict(reversed(lane.items())) for lane in GOOD["lanes"]]}
    assert read_run_spec(turned).canonical() == read_run_spec(GOOD).canonical()
    ways = [{"epsilon": 0.1, "beta1": 0.5}, {"beta1": 0.5, "epsilon": 0.1}]
    one, other = (read_run_spec(GOOD | {"lanes": [{**GOOD["lanes"][0], "optimizer": "adam", "hyper": way}]})
                  for way in ways)
    assert one.canonical() == other.canonical()


@st.composite
def specs(draw: Any) -> dict[str, Any]:
    """Draw run specs as a client sends them, with much left out."""
    number = st.floats(-1000, 1000)
    lanes = []
    for _ in range(draw(st.integers(1, 4))):
        optimizer = draw(st.sampled_from(list(OPTIMIZERS)))
        names = list(OPTIMIZERS[optimizer].hyper)
        lane: dict[str, Any] = {"learning_rate": draw(st.floats(0, 1000)), "initial": draw(st.sampled_from([
            {"kind": "random", "initializer": "he", "seed": draw(st.integers(0, 2**32 - 1))},
            {"kind": "given", "weights": [[[draw(number)] * 2] * 2, [[draw(number)]] * 2], "biases": None}]))}
        if optimizer != "sgd":
            lane["optimizer"] = optimizer
        if names:
            lane["hyper"] = {name: draw(st.floats(0, 1)) for name in draw(st.sets(st.sampled_from(names)))}
        lanes.append(lane)
    more = draw(st.fixed_dictionaries({}, optional={
        "reduction": st.sampled_from(["mean", "sum"]), "batch": st.none() | st.integers(1, 64),
        "order_seed": st.integers(0, 2**32 - 1)}))
    return {**GOOD, "biases": False, "lanes": lanes, **{"reduction": "mean", "batch": None, "order_seed": 0}, **more}


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(specs())
def test_link_to_spec_to_link(sent: dict[str, Any]) -> None:
    spec = read_run_spec(json.loads(json.dumps(sent)))
    text = spec.canonical()
    again = read_run_spec(json.loads(text))
    assert again == spec and again.canonical() == text
    assert json.loads(text) == spec.as_dict()


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(specs())
def test_the_same_spec_has_the_same_bits(sent: dict[str, Any]) -> None:
    one, other = (_all_of(spec) for spec in (read_run_spec(sent), read_run_spec(json.loads(
        read_run_spec(sent).canonical()))))
    assert one == other


def _all_of(spec: RunSpec) -> list[object]:
    [chunk] = run(spec, 0, 20, every=7)
    known = [chunk.losses[lane, :chunk.known(lane)].tobytes() for lane in range(len(spec.lanes))]
    return [known, chunk.diverged, chunk.end.values.tobytes(),
            [(frame.epoch, frame.parameters.tobytes(), frame.outputs.tobytes()) for frame in chunk.frames]]


def test_a_spec_trains_what_it_says() -> None:
    training = read_run_spec(GOOD).training()
    start = training.start().values[:, 0]
    assert start[0].tolist() == [0.1, 0.2, 0.3, 0.4, 0.0, 0.0, 0.5, 0.6, 1.0]
    assert np.isfinite(start).all() and start[1, [4, 5, 8]].tolist() == [0.0, 0.0, 0.0]
    others = [changed("order_seed", 6), changed("batch", 2), changed("reduction", "mean"),
              changed("lanes.1.hyper", {"beta1": 0.6}), GOOD | {"loss": "squared_error"}]
    ends = [next(run(read_run_spec(spec), 0, 3)).end.values.tobytes() for spec in (GOOD, *others)]
    assert len(set(ends)) == len(ends)
