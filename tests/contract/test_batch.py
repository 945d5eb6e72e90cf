"""The event `batch`: the engine's numbers, the document's example, refusals by name, and no infinity."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import socketio

from backprop import backward, forward
from backprop.figure_examples import BATCH
from tests.contract.raw import RawClient
from tests.contract.test_protocol_document import asked, check_likeness, examples

SPEC = BATCH.spec.as_dict()
EDGES = list(BATCH.edges)


def test_the_document_s_example_is_what_the_server_answers(client: socketio.Client, presets: dict[str, Any]) -> None:
    [example] = examples("`batch`")
    check_likeness(example, client.call("batch", asked("`batch`", presets["xor"])))


def test_the_catalog_s_example_is_the_engine_s(raw: RawClient) -> None:
    example = raw.call("catalog", {})["examples"]["batch"]
    assert example == BATCH.as_dict()
    answer = raw.call("batch", example)
    network = BATCH.spec.network()
    x, y = np.array(BATCH.spec.data.x), np.array(BATCH.spec.data.y)
    for k, row in enumerate(answer["rows"]):
        grads = backward(network, forward(network, x[k:k + 1]), y[k:k + 1], loss=BATCH.spec.loss)
        assert row["gradient"] == grads.weights[1][:, 0].tolist()
        assert row["loss"] == grads.loss
    for name in ("sum", "mean"):
        whole = backward(network, forward(network, x), y, loss=BATCH.spec.loss, reduction=name)
        assert answer[name]["gradient"] == pytest.approx(whole.weights[1][:, 0].tolist(), rel=1e-12)
        assert answer[name]["move"] == pytest.approx([-g for g in answer[name]["gradient"]])  # the rate is 1
    assert answer["mean"]["move_length"] * 4 == pytest.approx(answer["sum"]["move_length"])
    moves = answer["one_at_a_time"]["moves"]
    assert [move["from"] for move in moves[1:]] == [move["end"] for move in moves[:-1]]
    assert moves[-1]["end"] == answer["one_at_a_time"]["end"]
    assert answer["rows"][3]["tip"] == pytest.approx(answer["sum"]["gradient"])


def test_a_bias_is_a_parameter_too(raw: RawClient) -> None:
    answer = raw.call("batch", {"spec": SPEC, "edges": ["b>h2", "x1>h2"]})
    assert answer["start"] == [-0.4, 0.7]


def test_a_move_is_the_rate_times_the_gradient_where_ends_would_round_it_away(raw: RawClient) -> None:
    given = {"kind": "given", "weights": [[[1000.0, -1000.0], [999.0, 1000.0]], [[1000.0], [-1000.0]]],
             "biases": [[0.0, 0.0], [0.0]]}
    tiny = SPEC | {"initial": given, "learning_rate": 1e-17, "activations": ["sigmoid", "linear"],
                   "loss": "half_squared_error", "data": {"x": [[1e-4, -1e-4]], "y": [[1000.0]]}}
    answer = raw.call("batch", {"spec": tiny, "edges": EDGES})
    hidden = np.array([1 / (1 + np.exp(-z)) for z in (1000e-4 - 999e-4, -1000e-4 - 1000e-4)])
    gap = 1000.0 * hidden[0] - 1000.0 * hidden[1] - 1000.0
    for each in (answer["sum"], answer["mean"], answer["one_at_a_time"]["moves"][0]):
        assert each["end"] == [1000.0, -1000.0]  # too small to show in the ends
        assert each["move"] == pytest.approx((-1e-17 * gap * hidden).tolist(), rel=1e-9)
        assert each["move_length"] == pytest.approx(1e-17 * abs(gap) * float(np.hypot(*hidden)), rel=1e-9)


@pytest.mark.parametrize("sign", ["gradient", "error_term"])
def test_the_sign_of_a_pass_changes_no_gradient(raw: RawClient, sign: str) -> None:
    plain = raw.call("batch", {"spec": SPEC, "edges": EDGES})
    assert raw.call("batch", {"spec": SPEC | {"sign": sign}, "edges": EDGES}) == plain


def test_numbers_beyond_float64_are_null(raw: RawClient) -> None:
    wild = SPEC | {"activations": ["linear", "linear"], "loss": "squared_error", "learning_rate": 1000,
                   "data": {"x": [[1000, 1000]] * 64, "y": [[-1000]] * 64}}
    text = raw.answer(raw.ask("batch", {"spec": wild, "edges": EDGES}))
    assert "NaN" not in text and "Infinity" not in text
    answer = json.loads(text)
    assert answer["ok"] and answer["one_at_a_time"]["end"] == [None, None]
    assert None not in answer["start"]


@pytest.mark.parametrize(("payload", "field"), [
    ({"spec": SPEC}, "edges"), ({"edges": EDGES}, "spec"), ({"spec": SPEC, "edges": EDGES[:1]}, "edges"),
    ({"spec": SPEC, "edges": ["h1>o1", "h1>o1"]}, "edges"), ({"spec": SPEC, "edges": ["h1>o1", "h3>o1"]}, "edges"),
    ({"spec": SPEC, "edges": ["h1>o1", 2]}, "edges"),
    ({"spec": SPEC | {"biases": False}, "edges": EDGES}, "initial.biases"),
    ({"spec": SPEC | {"hold": True}, "edges": EDGES}, "hold"),
    ({"spec": SPEC | {"learning_rate": -1}, "edges": EDGES}, "learning_rate"),
    ({"spec": SPEC, "edges": EDGES, "speed": 1}, "speed"), ([], "payload"),
])
def test_refusals(raw: RawClient, payload: object, field: str) -> None:
    answer = raw.call("batch", payload)
    assert not answer["ok"]
    assert answer["error"]["field"] == field
    assert set(answer["error"]) == {"field", "got", "takes", "message"}
