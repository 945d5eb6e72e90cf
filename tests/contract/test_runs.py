"""`run`, `seeds` and `guessing` over a real socket: the engine's own bits, refusals by name, nobody kept waiting."""

from __future__ import annotations

import json
import math
import select
import socket
from typing import Any

import pytest
import socketio

from backprop import read_run_spec, run
from backprop.guessing import guessing_results
from backprop.known_run import KnownRun
from backprop.serving.run_answers import RUNS_BYTES
from backprop.typical import typical
from backprop.verdicts import finishing_line
from tests.contract.raw import RawClient, packet
from tests.contract.run_reader import numbers, read
from tests.server import RunningServer
from tests.unit.run_specs import BATCHES, DEEP, FATES, WILD, XOR, lane

RUNS = {"fates": FATES, "batches": BATCHES, "wild": WILD, "deep": DEEP}
LANE = lane(0.5)
GOOD: dict[str, Any] = {"v": 1, "layers": [2, 4, 1], "activations": ["tanh", "sigmoid"], "loss": "binary_cross_entropy",
                        "biases": True, "data": XOR, "lanes": [LANE, LANE]}
LONG_RUN_BYTES = 6 * 2 * 8 * 32_700  # losses and misses of six lanes
LARGE = GOOD | {"layers": [2, 8, 8, 8, 8, 1], "activations": ["tanh"] * 4 + ["sigmoid"],
                "data": {"x": [[0.1, 0.2]] * 64, "y": [[1]] * 64}, "lanes": [LANE] * 6}


def sent(name: str) -> dict[str, Any]:
    return RUNS[name].as_dict()


@pytest.mark.parametrize("name", list(RUNS))
@pytest.mark.parametrize(("epoch", "stop", "every", "grid"), [
    (0, 60, 1, 0), (0, 100, 10, 5), (37, 90, 7, 3), (300, 301, 1, 12), (20, 80, None, 9), (5, 9, 50, 4),
])
def test_a_chunk_is_the_engine_s_bit_for_bit(client: socketio.Client, name: str, epoch: int, stop: int,
                                             every: int | None, grid: int) -> None:
    spec = RUNS[name]
    answer = client.call("run", {"spec": sent(name), "epoch": epoch, "stop": stop, "every": every, "grid": grid})
    epochs = [] if every is None else [e for e in range(epoch, stop) if e % every == 0]
    assert answer["ok"] and (answer["epoch"], answer["stop"], answer["frames"]) == (epoch, stop, epochs)
    assert answer["finish"] == finishing_line(spec)
    assert (answer["low"], answer["high"], answer["grid"]) == (-0.25, 1.25, grid if epochs else 0)
    found = read(answer)
    [chunk] = run(spec, epoch, stop, chunk=stop, every=every)
    direct = KnownRun(spec)
    while direct.known < stop:
        direct.extend()
    for number in range(len(spec.lanes)):
        known = chunk.known(number)
        assert found["losses"][number] == chunk.losses[number, :known].tolist() + [0.0] * (stop - epoch - known)
        at = chunk.diverged[number]
        assert answer["diverged"][number] == (at if at is not None and at < stop else None)
    for frame, made, shown in zip(found["frames"], chunk.frames, direct.shown(epochs, grid), strict=True):
        for number, each in enumerate(frame):
            assert each["parameters"] == made.parameters[number].tolist()
            assert each["outputs"] == made.outputs[number].ravel().tolist()
            assert each["gradient_norm"] == made.gradient_norms[number]
            assert each["verdict"] == shown.verdicts[number].as_dict()
            assert each["surface"] == ([] if shown.surfaces is None else shown.surfaces[number].tolist())


def test_the_presets_of_the_catalog_run(client: socketio.Client) -> None:
    for preset in client.call("catalog", {})["run_presets"]:
        answer = client.call("run", {"spec": preset["spec"], "epoch": 0, "stop": 1, "every": 1, "grid": 28})
        [frame] = read(answer)["frames"]
        assert [each["verdict"]["kind"] for each in frame] == ["ready"] * len(preset["spec"]["lanes"])


def test_an_answer_may_end_early_and_one_goes_on_from_there(client: socketio.Client) -> None:
    epoch, losses, epochs = 0, [], []
    while epoch < 1500:
        answer = client.call("run", {"spec": sent("fates"), "epoch": epoch, "stop": 1500, "every": 2, "grid": 20})
        assert epoch < answer["stop"] <= 1500 and len(answer["body"]) <= 1_000_000
        losses += read(answer)["losses"][1]
        epochs += answer["frames"]
        epoch = answer["stop"]
    [chunk] = run(FATES, 0, 1500, chunk=1500)
    assert losses == chunk.losses[1].tolist()
    assert epochs == list(range(0, 1500, 2))


def test_who_goes_through_a_run_is_told_of_every_epoch_its_own(client: socketio.Client) -> None:
    """Most of these answers are made before they are asked for, and sent without the question being read."""
    lanes = [lane(0.5, 101), lane(2.0, 102)]  # nobody else's
    spec = read_run_spec(GOOD | {"lanes": lanes})
    asked = {"spec": GOOD | {"lanes": lanes}, "epoch": 0, "stop": 10, "every": 5, "grid": 4}
    epochs = *range(0, 400, 10), 30, 200
    answers = [client.call("run", asked | {"epoch": epoch, "stop": epoch + 10}) for epoch in epochs]
    [chunk] = run(spec, 0, 400, chunk=400, every=5)
    for answer, epoch in zip(answers, epochs, strict=True):
        found = read(answer)
        assert (answer["epoch"], answer["stop"], answer["frames"]) == (epoch, epoch + 10, [epoch, epoch + 5])
        assert found["losses"] == chunk.losses[:, epoch:epoch + 10].tolist()
        for frame, made in zip(found["frames"], chunk.frames[epoch // 5:], strict=False):
            assert [each["parameters"] for each in frame] == made.parameters.tolist()


@pytest.mark.parametrize("every", [None, 1, 99_999])
def test_no_answer_is_much_larger_than_a_megabyte(client: socketio.Client, every: int | None) -> None:
    wanted = {"spec": GOOD | {"lanes": [LANE] * 6}, "epoch": 0, "stop": 100_000, "every": every, "grid": 48}
    answer = client.call("run", wanted)
    assert answer["stop"] < 100_000 and len(answer["body"]) < 1_100_000


@pytest.mark.parametrize("name", ["wild", "deep"])
def test_a_run_that_runs_away_is_a_result_without_a_nan(client: socketio.Client, name: str) -> None:
    answer = client.call("run", {"spec": sent(name), "epoch": 0, "stop": 256, "every": 1, "grid": 6})
    assert answer["diverged"][0] is None and all(1 < at < 256 for at in answer["diverged"][1:])
    chunk = read(answer)
    assert all(math.isfinite(number) for number in numbers(chunk))
    for number, at in enumerate(answer["diverged"]):
        if at is not None:
            assert chunk["frames"][at - 1][number]["verdict"]["kind"] != "diverged"
            assert {(frame[number]["verdict"]["kind"], frame[number]["verdict"]["at"])
                    for frame in chunk["frames"][at:]} == {("diverged", at)}


def test_equal_questions_have_equal_answers_whatever_was_asked_before(client: socketio.Client) -> None:
    spec = read_run_spec(sent("wild") | {"order_seed": 77}).as_dict()  # nobody else's
    question = {"spec": spec, "epoch": 0, "stop": 20, "every": 5, "grid": 4}
    before = client.call("run", question)
    six = GOOD | {"lanes": [LANE] * 6}
    for other in range(RUNS_BYTES // LONG_RUN_BYTES + 1):  # so that this one is forgotten
        assert client.call("run", {"spec": six | {"order_seed": other}, "epoch": 32_700, "stop": 32_701})["ok"]
    client.call("run", {"spec": spec, "epoch": 0, "stop": 5000})
    assert client.call("run", question) == before
    assert client.call("run", question | {"stop": 21})["body"] != before["body"]


@pytest.mark.parametrize(("change", "field", "message"), [
    ({"spec": GOOD | {"lanes": [LANE] * 7}}, "lanes", "A run on a page takes 1 to 6 lanes, but got 7."),
    ({"epoch": 10, "stop": 10}, "stop", "Stop takes an epoch after 10, but got 10."),
    ({"epoch": 10, "stop": 9}, "stop", "Stop takes an epoch after 10, but got 9."),
    ({"stop": 100_001}, "stop", "Stop takes a whole number from 0 to 100000, but got 100001."),
    ({"stop": "10"}, "stop", "Stop takes a whole number from 0 to 100000, but got the text “10”."),
    ({"stop": math.nan}, "stop", "Stop takes a whole number from 0 to 100000, but got NaN."),
    ({"stop": 10.0}, "stop", "Stop takes a whole number from 0 to 100000, but got 10.0."),
    ({"epoch": -1}, "epoch", "Epoch takes a whole number from 0 to 100000, but got −1."),
    ({"epoch": True}, "epoch", "Epoch takes a whole number from 0 to 100000, but got true."),
    ({"every": 0}, "every", "Every takes a whole number from 1 to 100000, or nothing for no frames, but got 0."),
    ({"every": "5"}, "every",
     "Every takes a whole number from 1 to 100000, or nothing for no frames, but got the text “5”."),
    ({"grid": 1}, "grid", "Grid takes 0 for none, or a whole number from 2 to 48, but got 1."),
    ({"grid": 49}, "grid", "Grid takes 0 for none, or a whole number from 2 to 48, but got 49."),
    ({"grid": None}, "grid", "Grid takes 0 for none, or a whole number from 2 to 48, but got nothing."),
    ({"spec": LARGE, "stop": 100_000}, "stop", None),
    ({"spec": 3}, "spec", "The spec takes an object of named fields, but got 3."),
    ({"spec": GOOD | {"lanes": [LANE, LANE | {"learning_rate": "fast"}]}}, "lanes.learning_rate",
     "Learning rate of lane 2 takes a number from 0 to 1000, but got the text “fast”."),
    ({"spec": GOOD | {"lanes": [LANE, LANE | {"learning_rate": math.nan}]}}, "lanes.learning_rate",
     "Learning rate of lane 2 takes a number from 0 to 1000, but got NaN."),
    ({"pass": 3}, "pass",
     "There is no field “pass” here: a request takes only the fields that docs/protocol.md names."),
])
def test_what_is_refused_is_named(raw: RawClient, change: dict[str, Any], field: str, message: str | None) -> None:
    error = raw.call("run", {"spec": GOOD, "epoch": 0, "stop": 10} | change)["error"]
    assert error["field"] == field
    assert message is None or error["message"] == message
    assert raw.call("catalog", {})["ok"]


def test_work_that_would_take_too_long_is_refused_with_what_would_do(raw: RawClient) -> None:
    error = raw.call("run", {"spec": LARGE, "epoch": 99_998, "stop": 99_999})["error"]
    most = int(error["takes"].removeprefix("at most ").removesuffix(" epochs"))
    assert error["message"] == f"A run as large as this takes at most {most} epochs, but got 99999."
    assert 10_000 < most < 99_999
    error = raw.call("seeds", {"spec": LARGE, "stop": 10_000, "seeds": 1000})["error"]
    assert error["field"] == "stop" and int(error["takes"].split()[2]) == most * 6 // 1000


@pytest.mark.parametrize("missing", ["spec", "epoch", "stop"])
def test_what_is_missing_is_named(raw: RawClient, missing: str) -> None:
    payload = {"spec": GOOD, "epoch": 0, "stop": 10}
    del payload[missing]
    assert raw.call("run", payload)["error"]["field"] == missing


def test_seeds_are_what_typical_finds(client: socketio.Client) -> None:
    answer = client.call("seeds", {"spec": sent("fates"), "stop": 300, "seeds": 25})
    assert answer == {"ok": True, **typical(FATES, 300, 25).as_dict()}
    assert client.call("seeds", {"spec": sent("fates"), "stop": 300, "seeds": 25}) == answer


@pytest.mark.parametrize(("change", "field"), [
    ({"seeds": 0}, "seeds"), ({"seeds": 1001}, "seeds"), ({"seeds": 2.0}, "seeds"), ({"seeds": "9"}, "seeds"),
    ({"stop": -1}, "stop"), ({"stop": None}, "stop"), ({"spec": GOOD | {"lanes": []}}, "lanes"),
    ({"epoch": 0}, "epoch"),
])
def test_what_seeds_refuses_is_named(raw: RawClient, change: dict[str, Any], field: str) -> None:
    assert raw.call("seeds", {"spec": GOOD, "stop": 10, "seeds": 5} | change)["error"]["field"] == field


def test_guessing_is_what_was_measured(client: socketio.Client, raw: RawClient) -> None:
    assert client.call("guessing", {}) == {"ok": True, **guessing_results()}
    assert raw.call("guessing", {"now": 1})["error"]["field"] == "now"


@pytest.mark.parametrize("event", ["run", "seeds", "guessing"])
@pytest.mark.parametrize("payload", [None, 3, "text", [], True])
def test_a_payload_that_is_no_object_gets_an_answer(raw: RawClient, event: str, payload: object) -> None:
    assert raw.call(event, payload)["error"]["field"] == "payload"


def test_a_long_run_does_not_keep_another_s_pass_waiting(server: RunningServer, presets: dict[str, Any],
                                                         raw: RawClient) -> None:
    busy = RawClient(server).connect()
    busy.ask("run", {"spec": LARGE, "epoch": 9_998, "stop": 10_000})
    assert busy.call("catalog", {})["ok"]  # came after, so the run is under way
    for number in range(3):
        assert raw.call("pass", {"spec": presets["xor"], "pass": 900 + number})["ok"]
    readable, _, _ = select.select([busy.socket.sock], [], [], 0)
    assert not readable, "the run was over before the passes were answered"
    busy.close()


@pytest.mark.parametrize("kind", ["42", "42/,"], ids=["as browsers ask", "with the namespace"])
def test_what_a_stalled_reader_does_not_read_is_no_reason_for_more(
        server: RunningServer, raw: RawClient, kind: str) -> None:
    slow = RawClient(server, sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)]).connect()
    payload = {"spec": GOOD | {"lanes": [LANE] * 6}, "epoch": 0, "stop": 100_000}
    numbers_asked = []
    for number in range(20):  # twenty megabytes, more than the buffers between us hold
        numbers_asked.append(number)
        slow.socket.send(kind + packet("run", payload, number).removeprefix("42"))
        assert raw.call("catalog", {})["ok"]  # so the server has seen the one before
    heads, bodies = {}, []
    while len(heads) < len(numbers_asked) or len(bodies) < sum(head["ok"] for head in heads.values()):
        received = slow.socket.recv()
        if isinstance(received, bytes):
            bodies.append(received)
            continue
        answer, rest = received[:2], received[2:]
        assert answer in ("43", "46")
        numbered, text = (rest.removeprefix("1-") if answer == "46" else rest).split("[", 1)
        heads[int(numbered)] = json.loads(f"[{text}")[0]
    refused = [head["error"]["field"] for head in heads.values() if not head["ok"]]
    assert set(refused) == {"rate"}
    assert len(bodies) < 20 and len(set(bodies)) == 1 and len(bodies[0]) > 900_000
    assert slow.call("catalog", {})["ok"]
    slow.close()
