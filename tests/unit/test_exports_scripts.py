"""Exported scripts, run by themselves, print the page's numbers: a pass to 1e-12, a training run to 1e-9."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from backprop import read_run_spec
from backprop.exports import numpy_script, pytorch_script, run_numpy_script, run_pytorch_script
from backprop.known_run import KnownRun
from backprop.names import node_names
from backprop.refusals import Refused
from tests.unit import run_specs
from tests.unit.exported import PASSES, RUNS, pass_of, printed, printed_together

RECORDED = json.loads((Path(__file__).parents[1] / "data" / "pytorch_printed.json").read_text(encoding="utf-8"))
TORCH = importlib.util.find_spec("torch") is not None  # where it is not, scripts are held to what was recorded
NOT_AUTOGRADS = ("slope", "blame", "change")  # what PyTorch's autograd does not tell


def known(name: str) -> dict[str, float]:
    return {entry.id: entry.value for entry in pass_of(name)[1].tape()}


def check_pass(name: str, found: dict[str, float], tolerance: float, left_out: tuple[str, ...] = ()) -> None:
    tape = known(name)
    wanted = {ref for ref in tape if not set(re.split(r"[.:]", ref)) & set(left_out)}
    assert set(found) == wanted
    for ref, value in found.items():
        assert value == pytest.approx(tape[ref], rel=tolerance, abs=tolerance), ref


def trained(name: str) -> dict[str, float]:
    """What the page shows of the run, under the names that the scripts print."""
    spec, epochs = RUNS[name]
    run = KnownRun(spec)
    while run.known < epochs + 1:
        run.extend()
    losses, [shown] = run.losses(0, epochs + 1), run.shown([epochs], 0)
    numbers: dict[str, float] = {}
    for lane, at in enumerate(run.diverged(epochs + 1)):
        for epoch in {*range(0, epochs + 1, 100), epochs}:
            if at is None or epoch < at:
                numbers[f"lane {lane + 1}, epoch {epoch}: loss"] = float(losses[lane, epoch])
        if at is not None:
            numbers[f"lane {lane + 1} diverges"] = at
            continue
        for row, answer in enumerate(shown.frame.outputs[lane].tolist(), start=1):
            for node, value in zip(node_names(spec.layers)[-1], answer, strict=True):
                numbers[f"lane {lane + 1}, row {row}: {node}"] = value
    return numbers


def check_run(name: str, found: dict[str, float]) -> None:
    wanted = trained(name)
    assert set(found) == set(wanted)
    for label, value in found.items():
        assert value == pytest.approx(wanted[label], rel=1e-9, abs=1e-12), label


def recorded(name: str, script: str) -> dict[str, float]:
    """What PyTorch printed when it was run with exactly this script."""
    case = RECORDED["cases"][name]
    assert case["sha256"] == hashlib.sha256(script.encode()).hexdigest(), \
        "the script has changed: run tests/data/record_pytorch.py with a Python that has PyTorch"
    return dict(case["printed"])


@pytest.mark.parametrize("name", PASSES)
def test_the_numpy_script_prints_the_whole_tape(name: str, tmp_path: Path) -> None:
    check_pass(name, printed(numpy_script(*pass_of(name)), tmp_path), 1e-12)


@pytest.mark.parametrize("name", PASSES)
def test_the_pytorch_script_printed_the_tape_when_it_was_recorded(name: str) -> None:
    check_pass(name, recorded(name, pytorch_script(*pass_of(name))), 1e-9, NOT_AUTOGRADS)


@pytest.mark.parametrize("name", RUNS)
def test_the_numpy_script_trains_as_the_page_does(name: str, tmp_path: Path) -> None:
    check_run(name, printed(run_numpy_script(*RUNS[name]), tmp_path))


@pytest.mark.parametrize("name", RUNS)
def test_the_pytorch_script_trained_as_the_page_does_when_it_was_recorded(name: str) -> None:
    check_run(name, recorded(f"run: {name}", run_pytorch_script(*RUNS[name])))


if TORCH:
    def test_the_pytorch_scripts_print_the_tape(tmp_path: Path) -> None:
        scripts = {name: pytorch_script(*pass_of(name)) for name in PASSES}
        check_pass("textbook", printed(scripts["textbook"], tmp_path), 1e-9, NOT_AUTOGRADS)
        for name, found in printed_together(scripts, tmp_path).items():
            check_pass(name, found, 1e-9, NOT_AUTOGRADS)

    def test_the_pytorch_scripts_train_as_the_page_does(tmp_path: Path) -> None:
        scripts = {name: run_pytorch_script(*RUNS[name]) for name in RUNS}
        for name, found in printed_together(scripts, tmp_path).items():
            check_run(name, found)


def test_a_wrong_number_would_be_found(tmp_path: Path) -> None:
    script = numpy_script(*pass_of("textbook"))
    wrong = script.replace("slope1 = a1 * (1.0 - a1)", "slope1 = a1 * (1.0 + a1)")
    assert wrong != script
    with pytest.raises(AssertionError, match=r"h1\.slope"):
        check_pass("textbook", printed(wrong, tmp_path), 1e-12)


@pytest.mark.parametrize(("of_pass", "of_run", "libraries"), [
    (numpy_script, run_numpy_script, {"import numpy as np"}),
    (pytorch_script, run_pytorch_script, {"import torch", "import torch.nn.functional as F"}),
])
def test_scripts_stand_alone_and_fit_the_screen(of_pass: Any, of_run: Any, libraries: set[str]) -> None:
    texts = [of_pass(*pass_of(name)) for name in PASSES] + [of_run(*RUNS[name]) for name in RUNS if name != "batches"]
    for text in texts:
        lines = text.splitlines()
        assert {line for line in lines if "import " in line} <= libraries
        assert max(map(len, lines)) <= 130
        assert "\n\n\n\n" not in text and not any(line != line.rstrip() for line in lines)


@pytest.mark.parametrize("name", ["beta1", "beta2"])
def test_adam_without_an_end_is_refused_where_pytorch_has_none(name: str) -> None:
    spec = run_specs.xor(run_specs.lane(0.1), run_specs.lane(0.1, optimizer="adam", hyper={name: 1.0}))
    with pytest.raises(Refused) as caught:
        run_pytorch_script(spec, 10)
    assert (caught.value.field, caught.value.got, caught.value.takes) == ("lanes.hyper", "1.0", "less than 1")
    assert f"{name} in lane 2" in str(caught.value)
    assert read_run_spec(spec.as_dict()) == spec
