"""A refusal names the field, what it got and what it takes; and the next request is answered as if nothing had been."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.contract.raw import RawClient

WORD = {"pass": {"pass": 0}, "passes": {"start": 0, "count": 1}}


@pytest.mark.parametrize("event", ["pass", "passes"])
def test_a_refused_spec_leaves_the_connection_usable(raw: RawClient, presets: dict[str, Any], event: str) -> None:
    answer = raw.call(event, {"spec": presets["xor"] | {"learning_rate": -3}, **WORD[event]})
    assert answer == {"ok": False, "error": {
        "field": "learning_rate", "got": "-3", "takes": "a number from 0 to 1000",
        "message": "Learning rate takes a number from 0 to 1000, but got −3.",
    }}
    assert raw.call(event, {"spec": presets["xor"], **WORD[event]})["ok"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1" * 150])
def test_numbers_that_are_none_are_refused_by_name(raw: RawClient, presets: dict[str, Any], number: str) -> None:
    payload = json.dumps({"spec": presets["xor"] | {"learning_rate": "HERE"}, "pass": 0}).replace('"HERE"', number)
    raw.socket.send(f'4217["pass",{payload}]')
    answer = json.loads(raw.answer(17))
    assert answer["error"]["field"] == "learning_rate"
    assert answer["error"]["message"].startswith("Learning rate takes a number from 0 to 1000, but got ")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1" * 150])
def test_and_so_they_are_where_a_whole_number_belongs(raw: RawClient, presets: dict[str, Any], number: str) -> None:
    raw.socket.send(f'4217["pass",{{"spec":{json.dumps(presets["xor"])},"pass":{number}}}]')
    assert json.loads(raw.answer(17))["error"]["field"] == "pass"


@pytest.mark.parametrize(("event", "place", "field", "takes"), [
    ("pass", {"pass": -1}, "pass", "a whole number from 0 to 999"),
    ("pass", {"pass": 1000}, "pass", "a whole number from 0 to 999"),
    ("pass", {"pass": 1.5}, "pass", "a whole number from 0 to 999"),
    ("pass", {"pass": True}, "pass", "a whole number from 0 to 999"),
    ("pass", {}, "pass", "a whole number from 0 to 999"),
    ("passes", {"start": -1, "count": 1}, "start", "a whole number from 0 to 999"),
    ("passes", {"start": 1000, "count": 1}, "start", "a whole number from 0 to 999"),
    ("passes", {"start": 0, "count": 0}, "count", "a whole number from 1 to 20"),
    ("passes", {"start": 0, "count": 21}, "count", "a whole number from 1 to 20"),
    ("passes", {"start": 990, "count": 11}, "count", "1 to 10"),
    ("passes", {"start": 0}, "count", "a whole number from 1 to 20"),
])
def test_the_place_in_a_run_is_bounded(raw: RawClient, presets: dict[str, Any], event: str, place: dict[str, object],
                                       field: str, takes: str) -> None:
    error = raw.call(event, {"spec": presets["and"], **place})["error"]
    assert (error["field"], error["takes"]) == (field, takes)


def test_the_spec_itself_may_be_missing_or_no_object(raw: RawClient) -> None:
    for payload in ({"pass": 0}, {"pass": 0, "spec": 3}, {"pass": 0, "spec": []}):
        assert raw.call("pass", payload)["error"]["field"] == "spec"


def test_new_weights_are_the_same_for_the_same_seed(raw: RawClient) -> None:
    wanted = {"layers": [2, 3, 1], "activations": ["tanh", "sigmoid"], "biases": True, "initializer": "he"}
    drawn = raw.call("new_weights", wanted)
    assert drawn["ok"]
    assert drawn["initial"]["kind"] == "given"
    again = raw.call("new_weights", {**wanted, "seed": drawn["seed"]})
    assert again == drawn
    assert raw.call("new_weights", {**wanted, "seed": None})["initial"] != drawn["initial"]
    assert raw.call("new_weights", {**wanted, "biases": False, "seed": 1})["initial"]["biases"] is None


@pytest.mark.parametrize(("change", "field"), [
    ({"seed": -1}, "seed"), ({"seed": 2**32}, "seed"), ({"initializer": "glorot"}, "initializer"),
    ({"layers": [2]}, "layers"), ({"activations": ["tanh"]}, "activations"), ({"biases": 1}, "biases"),
    ({"activations": ["softmax", "tanh"]}, "activations"),
])
def test_new_weights_are_bounded(raw: RawClient, change: dict[str, object], field: str) -> None:
    wanted = {"layers": [2, 3, 1], "activations": ["tanh", "sigmoid"], "biases": True, "initializer": "he", "seed": 1}
    assert raw.call("new_weights", {**wanted, **change})["error"]["field"] == field


def test_the_catalog_names_all_that_can_be_chosen(raw: RawClient) -> None:
    answer = raw.call("catalog", {})
    assert [preset["name"] for preset in answer["presets"]] == ["textbook", "xor", "and", "or", "two_outputs"]
    assert {entry["name"] for entry in answer["activations"]} >= {"sigmoid", "tanh", "relu", "softmax"}
    assert answer["limits"]["learning_rate"] == {"min": 0, "max": 1000}
    for preset in answer["presets"]:
        assert raw.call("pass", {"spec": preset["spec"], "pass": 0})["spec"] == preset["spec"]
