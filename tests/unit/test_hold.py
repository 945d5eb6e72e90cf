"""Holding the update back: every gradient is there, and nothing moves."""

from __future__ import annotations

from itertools import takewhile

import pytest

from backprop.exports.numpy_script import numpy_script
from backprop.exports.pytorch_script import pytorch_script
from backprop.presets import PRESETS
from backprop.run_cache import RunCache
from backprop.runs import OnePass
from backprop.spec import Spec, read_spec

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


@pytest.mark.parametrize("script", [numpy_script, pytorch_script])
def test_its_programs_end_with_the_gradients(script) -> None:
    spec = held(XOR)
    text, whole = script(spec, one_pass(spec, 0)), script(XOR, one_pass(XOR, 0))
    assert "new_W1" in whole
    assert "new_W1" not in text
    compile(text, "script", "exec")
