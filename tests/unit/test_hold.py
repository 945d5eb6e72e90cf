"""Holding the update back: every gradient is there, and nothing moves."""

from __future__ import annotations

import ast
import re
from itertools import takewhile
from pathlib import Path

import pytest

from backprop import Network
from backprop.exports import worked_solution
from backprop.exports.numpy_script import numpy_script
from backprop.exports.pytorch_script import pytorch_script
from backprop.growth import how_it_diverged
from backprop.presets import PRESETS
from backprop.run_cache import RunCache
from backprop.runs import OnePass, Run
from backprop.signs import SIGNS
from backprop.spec import Spec, read_spec
from tests.unit.exported import pass_of, printed

XOR = next(preset.spec for preset in PRESETS if preset.name == "xor")


def one_pass(spec: Spec, number: int) -> OnePass:
    return RunCache().run(spec).one_pass(number)


def held(spec: Spec) -> Spec:
    return read_spec({**spec.as_dict(), "hold": True})


def test_the_tape_is_the_same_up_to_the_update_and_ends_there() -> None:
    tape, whole = one_pass(held(XOR), 0).tape(), one_pass(XOR, 0).tape()
    assert list(tape) == list(takewhile(lambda entry: entry.phase != "update", whole))
    assert tape.entries[-1].id.startswith("grad:")
    assert tape.after == tape.before


@pytest.mark.parametrize("number", [1, 4, 9])
def test_every_pass_has_the_weights_of_the_first(number: int) -> None:
    run = RunCache().run(held(XOR))
    assert run.one_pass(number).network == XOR.network()
    losses = run.history(number + 1)
    assert losses == [losses[k % 4] for k in range(number + 1)]


def test_a_held_spec_is_another_spec() -> None:
    assert held(XOR).canonical() != XOR.canonical()
    assert not XOR.hold


def described(script: str) -> str:
    """What a program says of itself."""
    return str(ast.get_docstring(ast.parse(script)))


@pytest.mark.parametrize("script", [numpy_script, pytorch_script])
def test_its_programs_end_with_the_gradients_and_promise_no_more(script) -> None:
    text, whole = script(*pass_of("xor", hold=True)), script(*pass_of("xor"))
    assert "new_W1" in whole and "new:x1>h1." in described(whole) and "held back" not in described(whole)
    assert "new_W1" not in text and "new:" not in described(text)
    assert "The update is held back: it ends with the gradients, and no weight changes." in described(text)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", ["textbook", "xor, cross-entropy", "three classes"])
def test_its_numpy_program_prints_the_tape_that_there_is(name: str, sign: str, tmp_path: Path) -> None:
    spec, one = pass_of(name, sign, hold=True)
    found, tape = printed(numpy_script(spec, one), tmp_path), {entry.id: entry.value for entry in one.tape()}
    assert set(found) == set(tape)
    for ref, value in found.items():
        assert value == pytest.approx(tape[ref], rel=1e-12, abs=1e-12), ref


@pytest.mark.parametrize("sign", SIGNS)
def test_its_worked_solution_tells_of_no_update(sign: str) -> None:
    text, whole = worked_solution(*pass_of("xor", sign, hold=True)), worked_solution(*pass_of("xor", sign))
    turned = SIGNS[sign].turned
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Given", "Forward", "Loss", "Backward", "Check"]
    assert "The update is held back: the pass ends with its gradients, and no weight changes.\n" in text
    assert "held back" not in whole
    assert ("in the place of ∂L/∂z.\n" in text) == turned
    assert ("+ η in the place of − η. Every weight changes by the same." in whole) == turned
    assert "η in the place" not in text and "Every weight" not in text


def test_a_held_run_that_diverges_reports_no_changes() -> None:
    runaway = Network([[[1e200]]], activations=["linear"])
    run = Run(runaway, [[1.0], [1e200]], [[0.0], [0.0]], loss="half_squared_error", learning_rate=1.0, hold=True)
    while run.diverged_at is None:
        run.extend()
    assert run.largest_changes(0, run.diverged_at + 1) == [0.0] * (run.diverged_at + 1)
    assert how_it_diverged(run)["growth"] == []
