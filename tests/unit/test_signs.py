"""Two ways of writing one pass: the loss's derivatives turn their sign, and no weight goes elsewhere."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from backprop import SIGNS, Tape, gradient_check
from backprop.exports import numpy_script, pytorch_script, worked_solution
from backprop.exports.tape_tables import tape_csv, tape_json
from backprop.runs import Run
from backprop.textbook import PRINTED
from tests.unit.exported import PASSES, pass_of, printed
from tests.unit.tape_networks import Case, cases, entry_of, reference_cases, textbook

DATA = Path(__file__).parents[1] / "data"
TURNS = re.compile(r".*\.(grad_a|delta)|(blame|grad):.*")  # derivatives of the loss
REFERENCE = [pytest.param(case, id=name) for name, case in reference_cases()]


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


def both(case: Case) -> tuple[Tape, Tape]:
    plain = Case(case.network, case.x, case.y, case.loss, case.learning_rate)
    return plain.trace(), plain.turned().trace()


def assert_only_the_signs_differ(case: Case) -> None:
    plain, turned = both(case)
    assert [entry.id for entry in turned] == [entry.id for entry in plain]
    assert turned.givens == plain.givens
    for one, other in zip(plain, turned, strict=True):
        if not TURNS.fullmatch(one.id):
            assert bits(other.value) == bits(one.value), one.id
            assert other.symbol == one.symbol
            continue
        assert bits(other.value) == bits(0.0 - one.value if one.value == 0.0 else -one.value), one.id
        assert other.symbol == (one.symbol if one.id.startswith("blame:") else f"-{one.symbol}")  # δ has the sign in it
        assert set(other.parents) == set(one.parents)
    assert not any(bits(entry.value) == bits(-0.0) for entry in turned)
    assert turned.after == plain.after


@pytest.mark.parametrize("case", REFERENCE)
def test_the_reference_networks(case: Case) -> None:
    assert_only_the_signs_differ(case)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_any_network(case: Case) -> None:
    assert_only_the_signs_differ(case)


def test_a_tape_is_the_gradients_unless_it_is_said() -> None:
    assert textbook().trace() == both(textbook())[0]
    assert list(SIGNS) == ["gradient", "error_term"]


def test_the_error_term_is_wanted_less_said_and_is_added() -> None:
    turned = textbook().turned().trace()
    assert entry_of(turned, "o1.grad_a").formula == "t - a_{o_1}"
    assert entry_of(turned, "change:h1>o1").formula == (
        r"\eta \times \left(-\frac{\partial L}{\partial w_{h_1 \to o_1}}\right)")
    assert entry_of(turned, "h1.delta").formula == (
        r"\left(-\frac{\partial L}{\partial a_{h_1}}\right) \times \frac{\partial a_{h_1}}{\partial z_{h_1}}")
    twice = Case(textbook().network, [0.35, 0.7], [0.5], "squared_error", 1.0, "error_term").trace()
    assert entry_of(twice, "o1.grad_a").formula == "2 \\times ( t - a_{o_1} )"
    fused = Case(textbook().network, [0.35, 0.7], [0.5], "binary_cross_entropy", 1.0, "error_term").trace()
    assert (entry_of(fused, "o1.delta").formula, entry_of(fused, "o1.delta").symbol) == (
        "t - a_{o_1}", r"-\frac{\partial L}{\partial z_{o_1}}")


def test_the_worked_example_then_has_the_textbooks_own_signs() -> None:
    """No sign is turned any more: the tape is held against thirty digits of the text's own quantities."""
    reference = json.loads((DATA / "worked_example_2_2_1.json").read_text(encoding="utf-8"))["values"]
    case = textbook().turned()
    run = Run(case.network, [case.x], [case.y], loss=case.loss, learning_rate=1.0, sign=case.sign)
    for row, value in zip(PRINTED, reference, strict=True):
        assert run.one_pass(row.number).tape()[row.id].value == pytest.approx(value["exact"], rel=1e-12), row.name


def test_the_check_is_of_the_gradients_themselves() -> None:
    for sign in SIGNS:
        _, one = pass_of("xor", sign)
        report = one.check()
        assert report.passed
        assert report == gradient_check(one.network, [one.x], [one.y], loss=one.loss)
    turned = pass_of("xor", "error_term")[1].tape()
    assert all(turned[f"grad:{row.edge}"].value == pytest.approx(-row.analytic, rel=1e-13) for row in report.parameters)


@pytest.mark.parametrize("name", PASSES)
def test_the_numpy_script_prints_the_tape_as_it_is_written(name: str, tmp_path: Path) -> None:
    spec, one = pass_of(name, "error_term")
    script = numpy_script(spec, one)
    found, tape = printed(script, tmp_path), one.tape()
    assert set(found) == {entry.id for entry in tape}
    for ref, value in found.items():
        assert value == pytest.approx(tape[ref].value, rel=1e-12, abs=1e-12), ref
    assert "a - t" not in script and "-learning_rate" not in script
    assert not re.search(r"(?<![_\"])grad_", script)


@pytest.mark.parametrize("name", PASSES)
def test_the_pytorch_script_prints_minus_what_autograd_finds(name: str) -> None:
    """It differs from the recorded one in the signs that it prints, and in the words that say so."""
    plain, turned = (pytorch_script(*pass_of(name, sign)) for sign in SIGNS)
    said = [line for line in turned.splitlines() if "error term" in line]
    assert len(said) == 2
    printing = r'(show_(?:nodes|edges)\(\d, "(?:grad_a|delta|grad)", )(.*)\)'
    expected = re.sub(printing, lambda m: m[1] + ", ".join(f"-{each}" for each in m[2].split(", ")) + ")", plain)
    assert [line for line in turned.splitlines() if line not in said] == expected.splitlines()


def test_the_worked_solution_says_so() -> None:
    plain, turned = (worked_solution(*pass_of("xor, cross-entropy", sign)) for sign in SIGNS)
    assert "which is minus the gradient" in turned and "These are the gradients themselves" in turned
    assert "minus" not in plain.partition("**1.**")[0] and "themselves" not in plain
    assert plain.partition("## Check")[2].count("|") == turned.partition("## Check")[2].count("|")
    assert r"\left(-\frac{\partial L}" in turned


def test_tables_hold_what_is_written_and_no_cell_begins_like_a_formula() -> None:
    spec, one = pass_of("xor", "error_term")
    rows = list(csv.DictReader(io.StringIO(tape_csv(spec, one))))
    tape = one.tape()
    assert {row["id"]: float(row["value"]) for row in rows} == {
        each.id: each.value for each in (*tape.givens, *tape.entries)}
    assert not any(str(row[column])[:1] in "=+-@" for row in rows for column in ("formula", "because", "parents")
                   if row[column])
    told: dict[str, Any] = json.loads(tape_json(spec, one))
    assert told["spec"]["sign"] == "error_term"
    assert told["entries"][-1]["value"] == tape.entries[-1].value
