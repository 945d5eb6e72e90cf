"""The numbers on the wire are the engine's, pass by pass and to the last bit."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import socketio

from backprop import Network, backward, forward, gradient_check, trace
from backprop.spec import read_spec
from tests.contract.raw import RawClient
from tests.server import RunningServer

XAVIER = {"kind": "random", "initializer": "xavier", "seed": 7}


@pytest.fixture
def specs(presets: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One spec of each kind: given and random, with biases and without, several outputs, several layers."""
    deep = {"v": 1, "layers": [3, 4, 4, 2], "activations": ["relu", "leaky_relu", "softmax"], "loss": "cross_entropy",
            "learning_rate": 0.1, "biases": True, "initial": XAVIER,
            "data": {"x": [[0.1, 0.2, 0.3], [1, -1, 0.5]], "y": [[0, 1], [1, 0]]}}
    odds = presets["xor"] | {"loss": "binary_cross_entropy", "biases": False, "initial": XAVIER}
    return {**presets, "deep": deep, "odds": odds}


NAMES = ["textbook", "xor", "and", "or", "deep", "odds"]


def engine_network(spec: dict[str, Any], passes: int) -> Network:
    """Build the network and update it so many times, with the engine's public functions alone."""
    network, data = read_spec(spec).network(), spec["data"]
    for number in range(passes):
        row = number % len(data["x"])
        X, y = np.array([data["x"][row]], dtype=float), np.array([data["y"][row]], dtype=float)
        grads = backward(network, forward(network, X), y, loss=spec["loss"])
        network = network.updated(grads, learning_rate=spec["learning_rate"])
    return network


def engine_pass(spec: dict[str, Any], number: int) -> dict[str, Any]:
    """Return what the answer must say of this pass."""
    network, row = engine_network(spec, number), number % len(spec["data"]["x"])
    x, y = np.array(spec["data"]["x"][row], dtype=float), np.array(spec["data"]["y"][row], dtype=float)
    tape = trace(network, x, y, loss=spec["loss"], learning_rate=spec["learning_rate"])
    biases = network.biases
    return {
        "pass": number, "sample": row,
        "network": {"weights": [w.tolist() for w in network.weights],
                    "biases": None if biases is None else [b.tolist() for b in biases]},
        **tape.as_dict(), "check": gradient_check(network, [x], [y], loss=spec["loss"]).as_dict(),
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [0, 1, 7, 8, 37])
def test_a_pass_is_the_engines_to_the_last_bit(raw: RawClient, specs: dict[str, Any], name: str, number: int) -> None:
    answer = raw.call("pass", {"spec": specs[name], "pass": number})
    expected = json.loads(json.dumps(engine_pass(specs[name], number)))
    assert {field: answer[field] for field in expected} == expected
    assert answer["ok"]
    assert answer["spec"] == read_spec(specs[name]).as_dict()
    losses = [float(entry["value"]) for entry in answer["entries"] if entry["id"] == "loss"]
    assert len(answer["history"]) == number + 1
    assert answer["history"][-1] == pytest.approx(losses[0], rel=1e-12, abs=1e-300)


def test_the_textbooks_first_pass_has_the_reference_numbers(client: socketio.Client, presets: dict[str, Any]) -> None:
    answer = client.call("pass", {"spec": presets["textbook"], "pass": 0})
    values = {entry["id"]: entry["value"] for entry in answer["entries"]}
    assert values["o1.a"] == pytest.approx(0.6650736395247564, rel=1e-12)
    assert values["new:x1>h1"] == pytest.approx(0.19904534428896553, rel=1e-12)
    assert values["new:h2>o1"] == pytest.approx(0.87874291583482, rel=1e-12)
    assert answer["check"]["passed"]


@pytest.mark.parametrize("name", NAMES)
def test_passes_are_a_sequence_of_pass(raw: RawClient, specs: dict[str, Any], name: str) -> None:
    streamed = raw.call("passes", {"spec": specs[name], "start": 5, "count": 6})
    assert "diverged" not in streamed
    single = [raw.call("pass", {"spec": specs[name], "pass": number}) for number in range(5, 11)]
    assert streamed["history"] == single[-1]["history"]
    for one, other in zip(streamed["passes"], single, strict=True):
        assert one == {field: other[field] for field in one}
        assert set(other) - set(one) == {"ok", "spec", "history"}


def test_the_order_of_asking_changes_nothing(server: RunningServer, specs: dict[str, Any]) -> None:
    spec = specs["xor"] | {"learning_rate": 0.75}  # nobody has asked for this one
    first, second = RawClient(server).connect(), RawClient(server).connect()
    late = first.answer(first.ask("pass", {"spec": spec, "pass": 29}))
    early = [second.answer(second.ask("pass", {"spec": spec, "pass": number})) for number in (3, 29)]
    assert early[1] == late
    first.close()
    second.close()


def test_an_equal_spec_written_otherwise_is_the_same_run(raw: RawClient, presets: dict[str, Any]) -> None:
    spec = presets["textbook"]
    other = dict(reversed(spec.items())) | {"learning_rate": 1}
    first = raw.answer(raw.ask("pass", {"spec": spec, "pass": 2}))
    assert raw.answer(raw.ask("pass", {"pass": 2, "spec": other})) == first


def test_two_hundred_equal_requests_get_equal_answers(server: RunningServer, presets: dict[str, Any]) -> None:
    clients = [RawClient(server).connect() for _ in range(10)]
    payload = {"spec": presets["xor"], "pass": 11}
    answers = [one.answer(one.ask("pass", payload)) for _ in range(20) for one in clients]
    assert len(answers) == 200
    assert len(set(answers)) == 1
    assert json.loads(answers[0])["ok"]
    for one in clients:
        one.close()


def test_the_last_passes_of_a_thousand(client: socketio.Client, presets: dict[str, Any]) -> None:
    answer = client.call("passes", {"spec": presets["xor"], "start": 998, "count": 2})
    assert [one["pass"] for one in answer["passes"]] == [998, 999]
    assert len(answer["history"]) == 1000
    assert answer["history"][-1] < answer["history"][3]


def test_large_passes_come_in_shorter_answers_that_go_on(raw: RawClient, presets: dict[str, Any]) -> None:
    spec = presets["xor"] | {"layers": [2, 8, 8, 8, 8, 8], "activations": ["tanh"] * 5, "initial": XAVIER,
                             "data": {"x": [[0.5, -1]], "y": [[0.1] * 8]}}
    answer = raw.call("passes", {"spec": spec, "start": 0, "count": 20})
    sent = len(answer["passes"])
    assert 1 <= sent < 20
    assert "diverged" not in answer
    assert len(answer["history"]) == sent
    rest = raw.call("passes", {"spec": spec, "start": sent, "count": 1})
    assert rest["passes"][0]["pass"] == sent
    assert rest["history"][:sent] == answer["history"]


@pytest.fixture
def diverging(presets: dict[str, Any]) -> dict[str, Any]:
    """A run that is finite for five passes, 0 to 4."""
    return {**presets["textbook"], "activations": ["linear", "linear"], "loss": "squared_error", "learning_rate": 1.6,
            "data": {"x": [[1, 2]], "y": [[-3]]}}


def test_a_run_that_diverges_says_where(raw: RawClient, diverging: dict[str, Any]) -> None:
    answer = raw.call("passes", {"spec": diverging, "start": 2, "count": 20})
    assert [one["pass"] for one in answer["passes"]] == [2, 3, 4]
    assert answer["diverged"]["pass"] == 5
    assert "pass 5" in answer["diverged"]["message"]
    assert [each["pass"] for each in answer["diverged"]["growth"]] == [0, 1, 2, 3, 4, 5]
    assert answer["diverged"]["growth"][0]["largest"] == max(
        abs(entry["value"]) for entry in raw.call("pass", {"spec": diverging, "pass": 0})["entries"]
        if entry["id"].startswith("change:"))
    assert answer["diverged"]["entry"]["value"] is None
    assert len(answer["history"]) == 5


def test_passes_before_it_diverges_do_not_speak_of_it(raw: RawClient, diverging: dict[str, Any]) -> None:
    raw.call("passes", {"spec": diverging, "start": 0, "count": 20})  # now the server knows
    assert "diverged" not in raw.call("passes", {"spec": diverging, "start": 0, "count": 5})


@pytest.mark.parametrize(("event", "place"), [("pass", {"pass": 5}), ("pass", {"pass": 999}),
                                              ("passes", {"start": 5, "count": 1})])
def test_a_pass_beyond_is_refused(raw: RawClient, diverging: dict[str, Any], event: str, place: dict[str, int]) -> None:
    answer = raw.call(event, {"spec": diverging, **place})
    assert not answer["ok"]
    assert answer["diverged"]["pass"] == 5
    assert answer["diverged"]["growth"][-1]["pass"] == 5
    assert answer["error"]["field"] == "pass"
    assert answer["error"]["takes"] == "a pass before 5"
    assert raw.call("pass", {"spec": diverging, "pass": 4})["ok"]


def test_stop_and_restart_gives_the_same_bits(presets: dict[str, Any]) -> None:
    asked = {"spec": presets["xor"], "pass": 21}
    server = RunningServer().start()
    try:
        before = RawClient(server).connect()
        first = before.answer(before.ask("pass", asked))
        port = server.port
        assert server.stop() == 0
        assert before.close_code() is None  # no "disconnect" packet: clients come back by themselves
        before.close()
        server.start()
        assert server.port == port
        after = RawClient(server).connect()
        assert after.answer(after.ask("pass", asked)) == first
        after.close()
    finally:
        if server.running:
            server.kill()
