"""The event `export`: files whose numbers are those that `pass` and `run` show, bounded, refused by name."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import socketio

from backprop.exports.kinds import PASS_KINDS, SCRIPT_KINDS, TABLE_KINDS
from tests.contract.raw import RawClient
from tests.contract.run_reader import read

RACE_EPOCHS = 30


@pytest.fixture(scope="session")
def race(server: Any) -> dict[str, Any]:
    connected = RawClient(server).connect()
    spec: dict[str, Any] = connected.call("catalog", {})["run_presets"][0]["spec"]
    connected.close()
    return spec


@pytest.mark.parametrize("number", [0, 3])
@pytest.mark.parametrize("preset", ["textbook", "xor"])
def test_a_table_of_a_pass_is_the_pass_that_is_shown(raw: RawClient, presets: dict[str, Any], preset: str,
                                                     number: int) -> None:
    wanted = {"spec": presets[preset], "pass": number}
    shown = raw.call("pass", wanted)
    answer = raw.call("export", wanted | {"kind": "csv"})
    assert (answer["name"], answer["type"]) == (f"backprop-pass-{number + 1}.csv", "text/csv")
    rows = {row["id"]: float(row["value"]) for row in csv.DictReader(io.StringIO(answer["text"], newline=""))}
    assert rows == {each["id"]: each["value"] for each in (*shown["givens"], *shown["entries"])}
    data = json.loads(raw.call("export", wanted | {"kind": "json"})["text"])
    assert data["check"] == shown["check"] and data["givens"] == shown["givens"] and data["spec"] == shown["spec"]


@pytest.mark.parametrize(("kind", "name", "part"), [
    ("solution", "backprop-pass-3.md", "# Pass 3 of a 2→2→1 network"),
    ("numpy", "backprop_pass_3_numpy.py", "import numpy as np\n"),
    ("pytorch", "backprop_pass_3_pytorch.py", "import torch\n"),
])
def test_other_files_of_a_pass(raw: RawClient, presets: dict[str, Any], kind: str, name: str, part: str) -> None:
    answer = raw.call("export", {"kind": kind, "spec": presets["xor"], "pass": 2})
    assert answer["name"] == name and part in answer["text"]


def test_tables_of_a_run_are_the_run_that_is_shown(client: socketio.Client, race: dict[str, Any]) -> None:
    chunk = read(client.call("run", {"spec": race, "epoch": 0, "stop": RACE_EPOCHS + 1, "every": RACE_EPOCHS}))
    wanted = {"spec": race, "epoch": RACE_EPOCHS}
    answer = client.call("export", wanted | {"kind": "run_csv"})
    for row in csv.DictReader(io.StringIO(answer["text"], newline="")):
        assert float(row["loss"]) == chunk["losses"][int(row["lane"]) - 1][int(row["epoch"])]
    data = json.loads(client.call("export", wanted | {"kind": "run_json"})["text"])
    for lane, frame in zip(data["lanes"], chunk["frames"][-1], strict=True):
        assert [value for row in lane["outputs"] for value in row] == list(frame["outputs"])
        assert lane["weights"][0][0] == list(frame["parameters"][:4])
    assert client.call("export", wanted | {"kind": "epoch_csv"})["name"] == f"backprop-epoch-{RACE_EPOCHS}.csv"
    for kind in SCRIPT_KINDS:
        script = client.call("export", wanted | {"kind": kind})
        compile(script["text"], script["name"], "exec")


@pytest.mark.parametrize(("change", "field", "takes"), [
    ({"kind": "docx"}, "kind", f"one of {', '.join((*PASS_KINDS, *TABLE_KINDS, *SCRIPT_KINDS))}"),
    ({"kind": None}, "kind", f"one of {', '.join((*PASS_KINDS, *TABLE_KINDS, *SCRIPT_KINDS))}"),
    ({"kind": ["csv"]}, "kind", f"one of {', '.join((*PASS_KINDS, *TABLE_KINDS, *SCRIPT_KINDS))}"),
    ({"pass": 1000}, "pass", "a whole number from 0 to 999"),
    ({"pass": "0"}, "pass", "a whole number from 0 to 999"),
    ({"epoch": 3}, "epoch", "only the fields that docs/protocol.md names"),
    ({"spec": 3}, "spec", "an object of named fields"),
])
def test_what_is_refused_of_a_pass_is_named(raw: RawClient, presets: dict[str, Any], change: dict[str, object],
                                            field: str, takes: str) -> None:
    good = {"kind": "csv", "spec": presets["textbook"], "pass": 0}
    error = raw.call("export", good | change)["error"]
    assert (error["field"], error["takes"]) == (field, takes)
    assert raw.call("export", good)["ok"]


@pytest.mark.parametrize(("change", "field"), [
    ({"epoch": -1}, "epoch"), ({"epoch": 100_001}, "epoch"), ({"epoch": 1.0}, "epoch"), ({"pass": 0}, "pass"),
    ({"every": 0}, "every"), ({"epoch": 50_000, "every": 1}, "every"), ({"kind": "run_numpy", "every": 2}, "every"),
])
def test_what_is_refused_of_a_run_is_named(client: socketio.Client, race: dict[str, Any], change: dict[str, object],
                                           field: str) -> None:
    good = {"kind": "run_csv", "spec": race, "epoch": 10}
    assert client.call("export", good | change)["error"]["field"] == field
    assert client.call("export", good)["ok"]


def test_a_run_too_large_for_a_page_is_refused(client: socketio.Client, race: dict[str, Any]) -> None:
    many = race | {"lanes": race["lanes"] * 3}
    for kind in (*TABLE_KINDS, *SCRIPT_KINDS):
        assert client.call("export", {"kind": kind, "spec": many, "epoch": 1})["error"]["field"] == "lanes"
    wide = race | {"lanes": race["lanes"] * 2, "layers": [2, 8, 8, 8, 8, 1], "activations": ["tanh"] * 4 + ["sigmoid"],
                   "data": {"x": [[0, 1]] * 64, "y": [[1]] * 64}}
    assert client.call("export", {"kind": "run_csv", "spec": wide, "epoch": 100_000})["error"]["field"] == "epoch"


def test_a_pass_that_the_run_does_not_reach_is_refused_as_pass_refuses_it(raw: RawClient,
                                                                          presets: dict[str, Any]) -> None:
    wild = presets["xor"] | {"activations": ["linear", "linear"], "learning_rate": 1000.0}
    answer = raw.call("export", {"kind": "numpy", "spec": wild, "pass": 900})
    assert answer["error"]["field"] == "pass" and answer["diverged"]["pass"] > 0


def test_the_largest_files_stay_within_the_bound(raw: RawClient) -> None:
    large = {"v": 1, "layers": [8] * 6, "activations": ["tanh"] * 4 + ["softmax"], "loss": "cross_entropy",
             "learning_rate": 0.1, "biases": True, "initial": {"kind": "random", "initializer": "xavier", "seed": 1},
             "data": {"x": [[0.1 * i for i in range(8)]], "y": [[0.125] * 8]}}
    for kind in PASS_KINDS:
        number = raw.ask("export", {"kind": kind, "spec": large, "pass": 2})
        assert len(raw.answer(number)) < 1_200_000
