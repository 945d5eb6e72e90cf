"""Passes written with the error term are on the wire as the engine writes them; another sign is refused by name."""

from __future__ import annotations

import re
from typing import Any

import pytest

from backprop import Network, trace
from backprop.spec import read_spec
from tests.contract.raw import RawClient

NAMES = ["textbook", "xor"]


def asked(raw: RawClient, spec: dict[str, Any], sign: str, number: int) -> dict[str, Any]:
    return raw.call("pass", {"spec": spec | {"sign": sign}, "pass": number})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [0, 9])
def test_a_turned_pass_is_the_engines_to_the_last_bit(
        raw: RawClient, presets: dict[str, Any], name: str, number: int) -> None:
    plain, turned = (asked(raw, presets[name], sign, number) for sign in ("gradient", "error_term"))
    assert turned["spec"] == plain["spec"] | {"sign": "error_term"}
    assert read_spec(turned["spec"]).sign == "error_term"
    data, parameters = turned["spec"]["data"], turned["network"]
    network = Network(parameters["weights"], parameters["biases"], activations=turned["spec"]["activations"])
    row = turned["sample"]
    engine = trace(network, data["x"][row], data["y"][row], loss=turned["spec"]["loss"],
                   learning_rate=turned["spec"]["learning_rate"], sign="error_term").as_dict()
    assert turned["entries"] == engine["entries"]
    for same in ("pass", "sample", "network", "givens", "check", "history"):
        assert turned[same] == plain[same]
    for one, other in zip(plain["entries"], turned["entries"], strict=True):
        turns = re.fullmatch(r".*\.(grad_a|delta)|(blame|grad):.*", one["id"])
        assert other["value"] == (0.0 - one["value"] if turns else one["value"])


def test_passes_and_a_spec_without_a_sign(raw: RawClient, presets: dict[str, Any]) -> None:
    spec = presets["textbook"] | {"sign": "error_term"}
    answer = raw.call("passes", {"spec": spec, "start": 0, "count": 3})
    assert [body["entries"] for body in answer["passes"]] == [
        raw.call("pass", {"spec": spec, "pass": number})["entries"] for number in range(3)]
    bare = {name: value for name, value in presets["textbook"].items() if name != "sign"}
    assert raw.call("pass", {"spec": bare, "pass": 0})["spec"]["sign"] == "gradient"


def test_another_sign_is_refused_by_name(raw: RawClient, presets: dict[str, Any]) -> None:
    refused = asked(raw, presets["textbook"], "minus", 0)
    assert not refused["ok"]
    assert refused["error"] == {"field": "sign", "got": "minus", "takes": "one of gradient, error_term",
                                "message": "Sign takes one of gradient, error_term, but got the text “minus”."}


def test_the_catalog_has_the_signs_and_files_follow(raw: RawClient, presets: dict[str, Any]) -> None:
    assert raw.call("catalog", {})["signs"] == [{"name": "gradient", "label": "gradient"},
                                                {"name": "error_term", "label": "error term"}]
    spec = presets["textbook"] | {"sign": "error_term"}
    text = raw.call("export", {"kind": "csv", "spec": spec, "pass": 0})["text"]
    assert re.search(r"^o1\.delta,backward,-0\.0367702676", text, re.MULTILINE)
