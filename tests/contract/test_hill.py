"""The event `hill`: landscapes, slices of exactly the pass that `pass` shows, bounds by name, and no infinity."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from backprop.hill import LANDSCAPES, descent
from tests.contract.raw import RawClient

BOWL = {"landscape": "bowl", "start": None, "learning_rate": 0.5, "steps": 3}


def slice_of(spec: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"landscape": "slice", "spec": spec, "pass": 0, "weight": "h2>o1", "start": None, "learning_rate": None,
            "steps": 0, **more}


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_named_landscape_is_the_engines(raw: RawClient, name: str) -> None:
    landscape = LANDSCAPES[name]
    answer = raw.call("hill", {"landscape": name, "steps": 20})
    assert answer["ok"]
    assert answer["landscape"]["minima"] == [{"x": one.x, "loss": one.loss} for one in landscape.minima]
    assert answer["learning_rate"] == landscape.rates.default
    assert len(answer["curve"]["x"]) == len(answer["curve"]["loss"]) == 241
    assert (answer["curve"]["x"][0], answer["curve"]["x"][-1]) == (landscape.low, landscape.high)
    wanted = descent(landscape, landscape.start, landscape.rates.default, 20)
    assert answer["stops"] == [stop.as_dict() for stop in wanted.stops]
    assert answer["ended"] == wanted.ended


def test_the_curve_may_be_left_out(raw: RawClient) -> None:
    assert "curve" not in raw.call("hill", BOWL | {"curve": False})


@pytest.mark.parametrize("number", [0, 3, 12])
@pytest.mark.parametrize("preset", ["textbook", "xor"])
def test_a_slice_belongs_to_the_pass_that_pass_shows(raw: RawClient, presets: dict[str, Any], preset: str,
                                                     number: int) -> None:
    shown = raw.call("pass", {"spec": presets[preset], "pass": number})
    values = {entry["id"]: entry["value"] for entry in (*shown["givens"], *shown["entries"])}
    edges = [name[2:] for name in values if name.startswith("w:")]
    for weight in edges:
        answer = raw.call("hill", slice_of(presets[preset], **{"pass": number, "weight": weight}))
        [stop] = answer["stops"]
        assert stop["x"] == answer["landscape"]["start"] == values[f"w:{weight}"]
        assert stop["loss"] == pytest.approx(values["loss"], rel=1e-12)
        assert stop["slope"] == pytest.approx(values[f"grad:{weight}"], rel=1e-12, abs=1e-18)
        assert answer["landscape"]["axis"] == weight


def test_a_diverging_ball_is_a_result_without_an_infinity(raw: RawClient) -> None:
    number = raw.ask("hill", {"landscape": "double_valley", "start": 4.5, "learning_rate": 1e6, "steps": 200})
    text = raw.answer(number)
    assert "NaN" not in text
    assert "Infinity" not in text
    answer = json.loads(text)
    assert answer["ended"] == "diverged"
    assert answer["stops"][-1]["verdict"] == "diverging"
    assert raw.call("hill", BOWL | {"start": 1e308})["ended"] == "diverged"


@pytest.mark.parametrize(("change", "field", "takes"), [
    ({"landscape": "alps"}, "landscape", "one of bowl, double_valley, ravine, slice"),
    ({"landscape": 3}, "landscape", "the name of a landscape, such as bowl or slice"),
    ({"start": "here"}, "start", "a finite number, or nothing"),
    ({"start": True}, "start", "a finite number, or nothing"),
    ({"learning_rate": -0.1}, "learning_rate", "a number from 0 to 1000000000"),
    ({"learning_rate": 1e10}, "learning_rate", "a number from 0 to 1000000000"),
    ({"steps": -1}, "steps", "a whole number from 0 to 200"),
    ({"steps": 201}, "steps", "a whole number from 0 to 200"),
    ({"steps": 1.0}, "steps", "a whole number from 0 to 200"),
    ({"curve": 1}, "curve", "true or false"),
    ({"weight": "h2>o1"}, "weight", "nothing"),
    ({"pass": 0}, "pass", "nothing"),
    ({"speed": 1}, "speed", "only the fields that docs/protocol.md names"),
])
def test_what_is_refused_is_named(raw: RawClient, change: dict[str, object], field: str, takes: str) -> None:
    error = raw.call("hill", BOWL | change)["error"]
    assert (error["field"], error["takes"]) == (field, takes)
    assert raw.call("hill", BOWL)["ok"]


@pytest.mark.parametrize(("change", "field"), [
    ({"spec": None}, "spec"), ({"pass": None}, "pass"), ({"weight": None}, "weight"), ({"pass": 1000}, "pass"),
    ({"pass": -1}, "pass"), ({"weight": "b>h1"}, "weight"), ({"weight": "o1>h1"}, "weight"), ({"weight": 2}, "weight"),
])
def test_a_slice_needs_its_pass_and_weight(raw: RawClient, presets: dict[str, Any], change: dict[str, object],
                                           field: str) -> None:
    assert raw.call("hill", slice_of(presets["textbook"]) | change)["error"]["field"] == field


def test_a_faulty_spec_is_refused_by_its_own_field(raw: RawClient, presets: dict[str, Any]) -> None:
    error = raw.call("hill", slice_of(presets["textbook"] | {"loss": "hinge"}))["error"]
    assert error["field"] == "loss"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1" * 400])
def test_numbers_that_are_none_are_refused_by_name(raw: RawClient, number: str) -> None:
    for field in ("start", "learning_rate"):
        payload = json.dumps(BOWL | {field: "HERE"}).replace('"HERE"', number)
        raw.socket.send(f'4217["hill",{payload}]')
        assert json.loads(raw.answer(17))["error"]["field"] == field


def test_a_pass_beyond_divergence_is_refused_with_the_place(raw: RawClient, presets: dict[str, Any]) -> None:
    spec = presets["xor"] | {"activations": ["linear", "linear"], "learning_rate": 1000.0}
    answer = raw.call("hill", slice_of(spec, **{"pass": 900}))
    assert answer["error"]["field"] == "pass"
    assert answer["diverged"]["pass"] > 0
    last = raw.call("hill", slice_of(spec, **{"pass": answer["diverged"]["pass"] - 1}))
    assert last["ok"]  # the last finite pass, however large its numbers
    assert all(loss is None or math.isfinite(loss) for loss in last["curve"]["loss"])


def test_half_a_character_is_refused_like_any_other_text(raw: RawClient) -> None:
    answer = raw.call("hill", {"landscape": "\ud800", "steps": 3})
    assert (answer["error"]["field"], answer["error"]["got"]) == ("landscape", "\ud800")
