"""The event `depth`: the engine's numbers, the document's example, refusals by name, and no infinity."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import socketio

from backprop.depth import measured
from backprop.depth_spec import CURVES, DeepCurve
from tests.contract.raw import RawClient
from tests.contract.test_protocol_document import asked, check_likeness, examples

TANH = {"activation": "tanh", "initializer": "xavier", "scale": 1.0}


def test_the_example_in_the_document_is_what_the_server_answers(client: socketio.Client) -> None:
    [example] = examples("`depth`")
    answer = client.call("depth", asked("`depth`", {}))
    check_likeness(example, answer)
    assert "…" not in json.dumps(example, ensure_ascii=False)  # all of it


def test_the_answer_is_the_engines_bit_by_bit(raw: RawClient) -> None:
    answer = raw.call("depth", {"depth": 4, "width": 3, "starts": 3})
    assert [(c["activation"], c["initializer"], c["scale"]) for c in answer["curves"]] == [
        (c.activation, c.initializer, c.scale) for c in CURVES]
    for told, curve in zip(answer["curves"], CURVES, strict=True):
        found = measured(curve, 4, 3, 3)
        assert (told["verdict"], told["ratio"], told["flat"]) == (found.verdict, found.ratio, found.flat)
        for name, sizes in (("shares", found.shares), ("blame", found.blame), ("gradients", found.gradients)):
            assert told[name] == {"low": sizes.low.tolist(), "median": sizes.median.tolist(),
                                  "high": sizes.high.tolist()}
    assert answer == raw.call("depth", {"depth": 4, "width": 3, "starts": 3})  # kept, and the same


def test_other_numbers_are_other_answers(raw: RawClient) -> None:
    wanted: dict[str, Any] = {"depth": 4, "width": 3, "starts": 3, "curves": [TANH]}
    seen = {json.dumps(raw.call("depth", wanted | change)["curves"][0]["blame"]) for change in (
        {}, {"depth": 5}, {"width": 4}, {"starts": 4}, {"curves": [TANH | {"scale": 1.5}]},
        {"curves": [TANH | {"activation": "relu"}]}, {"curves": [TANH | {"initializer": "he"}]})}
    assert len(seen) == 7


def test_the_largest_question_is_answered_without_an_infinity(raw: RawClient) -> None:
    curve = {"activation": "linear", "initializer": "normal", "scale": 1000}
    text = raw.answer(raw.ask("depth", {"depth": 30, "width": 32, "starts": 50, "curves": [curve]}))
    assert "NaN" not in text
    assert "Infinity" not in text
    [told] = json.loads(text)["curves"]
    assert told["verdict"] == "explodes"
    found = measured(DeepCurve(activation="linear", initializer="normal", scale=1000.0), 30, 32, 50)
    assert told["ratio"] == (found.ratio if found.ratio is None or math.isfinite(found.ratio) else None)


@pytest.mark.parametrize(("payload", "field"), [
    ({"depth": 31}, "depth"), ({"depth": True}, "depth"), ({"width": 33}, "width"), ({"starts": 0}, "starts"),
    ({"curves": [TANH] * 13}, "curves"), ({"curves": [TANH | {"scale": "1"}]}, "curves.scale"),
    ({"curves": [TANH | {"speed": 1}]}, "curves.speed"), ([], "payload"), ({"seeds": 3}, "seeds"),
])
def test_refusals(raw: RawClient, payload: object, field: str) -> None:
    answer = raw.call("depth", payload)
    assert not answer["ok"]
    assert answer["error"]["field"] == field
    assert set(answer["error"]) == {"field", "got", "takes", "message"}


def test_the_catalog_bounds_the_slider(raw: RawClient) -> None:
    assert raw.call("catalog", {})["limits"]["depth"] == {"min": 2, "max": 30}
