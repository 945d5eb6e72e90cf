"""Tables to take away: every digit, CSV as RFC 4180 has it, strict JSON, and only as long as they may be."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from backprop.exports import Trained, of_training
from backprop.exports.kinds import of_pass
from backprop.exports.run_tables import MOST_LOSSES, spacing
from backprop.exports.tables import csv_text, json_text
from backprop.known_run import KnownRun
from backprop.run_spec import read_run_spec
from backprop.serving.export_answer import trained_to
from backprop.spec import read_spec
from tests.unit import run_specs
from tests.unit.exported import PASSES, pass_of


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV by its header, line ends and all checked."""
    assert text.endswith("\r\n") and text.replace("\r\n", "").count("\n") == 0
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("name", PASSES)
def test_the_tape_as_csv_has_every_number_with_every_digit(name: str) -> None:
    spec, one = pass_of(name)
    rows, tape = rows_of(of_pass("csv", spec, one).text), one.tape()
    assert list(rows[0]) == ["id", "phase", "value", "formula", "because", "parents"]
    assert [row["id"] for row in rows] == [*(given.id for given in tape.givens), *(entry.id for entry in tape)]
    for row in rows:
        found = tape[row["id"]]
        assert float(row["value"]) == found.value
        assert row["formula"][0] not in "=+-@", "a spreadsheet would take it for a formula of its own"
        if row["phase"] != "given":
            entry = next(entry for entry in tape if entry.id == row["id"])
            assert (row["phase"], row["because"], tuple(row["parents"].split())) == \
                (entry.phase, entry.because, entry.parents)
            assert row["formula"] == f"{entry.symbol} = {entry.formula}"


@pytest.mark.parametrize("name", PASSES)
def test_the_tape_as_json_gives_its_own_pass_again(name: str) -> None:
    spec, one = pass_of(name)
    read = json.loads(of_pass("json", spec, one).text, parse_constant=pytest.fail)
    assert read["format"] == "backprop pass, version 1"
    assert read_spec(read["spec"]) == spec
    assert (read["pass"], read["sample"]) == (one.number, one.sample)
    tape = one.tape().as_dict()
    assert read["givens"] == tape["givens"]
    assert read["entries"] == [{k: v for k, v in entry.items() if k != "pieces"} for entry in tape["entries"]]
    assert read["check"]["passed"] is True


def test_cells_are_quoted_where_they_have_to_be() -> None:
    text = csv_text(("a", "b"), [("x,y", 'say "it"'), ("two\nlines", None), (0.1 + 0.2, 1e-300)])
    assert text == 'a,b\r\n"x,y","say ""it"""\r\n"two\nlines",\r\n0.30000000000000004,1e-300\r\n'
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"value": float("nan")})


def trained(spec: Any, epoch: int, every: int = 1) -> Trained:
    run = KnownRun(spec)
    while run.known <= epoch:
        run.extend()
    return trained_to(run, epoch, every)


def test_the_losses_of_a_run_are_the_run_s_at_every_epoch() -> None:
    made = of_training("run_csv", run_specs.FATES, trained(run_specs.FATES, 300))
    assert (made.name, made.type) == ("backprop-losses-300.csv", "text/csv")
    rows = rows_of(made.text)
    assert len(rows) == 301 * 3
    run = KnownRun(run_specs.FATES)
    while run.known <= 300:
        run.extend()
    losses = run.losses(0, 301)
    for row in rows:
        assert float(row["loss"]) == losses[int(row["lane"]) - 1, int(row["epoch"])]
    assert {(row["lane"], row["learning_rate"], row["optimizer"]) for row in rows} == {
        ("1", "0.01", "sgd"), ("2", "0.5", "sgd"), ("3", "10.0", "sgd")}


def test_a_thinned_table_still_has_the_last_epoch() -> None:
    rows = rows_of(of_training("run_csv", run_specs.FATES, trained(run_specs.FATES, 45, 20)).text)
    assert [int(row["epoch"]) for row in rows[::3]] == [0, 20, 40, 45]


def test_a_lane_that_diverged_ends_there() -> None:
    one = trained(run_specs.WILD, 200)
    at = one.diverged[2]
    assert at is not None and at < 200
    epochs = [int(row["epoch"]) for row in rows_of(of_training("run_csv", run_specs.WILD, one).text)
              if row["lane"] == "3"]
    assert epochs == list(range(at))
    lane = json.loads(of_training("run_json", run_specs.WILD, one).text, parse_constant=pytest.fail)["lanes"][2]
    assert lane["diverged"] == at and len(lane["losses"]) == at


def test_an_epoch_as_csv_names_every_weight_and_answer() -> None:
    one = trained(run_specs.FATES, 100)
    rows = rows_of(of_training("epoch_csv", run_specs.FATES, one).text)
    second = {(row["id"], row["row"]): float(row["value"]) for row in rows if row["lane"] == "2"}
    flat = one.parameters[1]
    assert second["w:x1>h1", ""] == flat[0] and second["w:x2>h4", ""] == flat[7] and second["w:b>h1", ""] == flat[8]
    assert second["w:b>o1", ""] == flat[-1]
    assert [second["o1.a", str(row)] for row in (1, 2, 3, 4)] == one.outputs[1][:, 0].tolist()
    assert len(second) == 17 + 4


def test_a_run_as_json_gives_itself_again() -> None:
    one = trained(run_specs.BATCHES, 60)
    read = json.loads(of_training("run_json", run_specs.BATCHES, one).text)
    assert read_run_spec(read["spec"]) == run_specs.BATCHES
    assert (read["epoch"], read["epochs"]) == (60, list(range(61)))
    for lane, found in enumerate(read["lanes"]):
        assert found["losses"] == one.losses[lane].tolist()
        assert found["outputs"] == one.outputs[lane].tolist()
        assert found["weights"][0][0] == one.parameters[lane][:4].tolist()
        assert found["biases"][1] == [one.parameters[lane][-1]]


@pytest.mark.parametrize(("epoch", "lanes", "every"), [(0, 1, 1), (1000, 3, 1), (19_999, 1, 1), (20_000, 1, 2),
                                                       (100_000, 6, 50), (50_000, 3, 10)])
def test_a_table_is_thinned_only_as_far_as_it_must_be(epoch: int, lanes: int, every: int) -> None:
    assert spacing(epoch, lanes) == every
    assert (epoch // every + 1) * lanes <= MOST_LOSSES
