"""Passes and runs to export, and how an exported script is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from backprop import RunSpec, read_run_spec
from backprop.presets import PRESETS
from backprop.run_presets import RUN_PRESETS
from backprop.runs import OnePass, Run
from backprop.spec import Spec, read_spec
from tests.unit import run_specs

SCRIPT_SECONDS = 120


def _spec(layers: list[int], activations: list[str], loss: str, x: list[list[float]], y: list[list[float]],
          **more: Any) -> Spec:
    return read_spec({"v": 1, "layers": layers, "activations": activations, "loss": loss, "learning_rate": 0.3,
                      "biases": True, "initial": {"kind": "random", "initializer": "normal", "seed": 5},
                      "data": {"x": x, "y": y}, **more})


_PRESETS = {preset.name: preset.spec for preset in PRESETS}
_XOR = run_specs.XOR
_DEEP = {"x": [[0.5, -1.25], [2.0, 0.125]], "y": [[0.3, -0.7], [1.0, 0.0]]}

# name -> spec and pass: the worked example, XOR, several classes, depth, and what is left of activations and losses
PASSES: dict[str, tuple[Spec, int]] = {
    "textbook": (_PRESETS["textbook"], 0),
    "xor": (_PRESETS["xor"], 5),
    "xor, cross-entropy": (_spec([2, 4, 1], ["tanh", "sigmoid"], "binary_cross_entropy", _XOR["x"], _XOR["y"]), 6),
    "three classes": (_spec([3, 2, 3], ["relu", "softmax"], "cross_entropy", [[0.2, -0.4, 1.5]], [[0, 0.75, 0.25]]), 2),
    "six layers of relu": (_spec([2, 5, 4, 3, 4, 2], ["relu"] * 4 + ["linear"], "half_squared_error", **_DEEP,
                                 learning_rate=0.01, initial={"kind": "random", "initializer": "he", "seed": 11}), 3),
    "leaky": (_spec([2, 3, 2, 2], ["leaky_relu", "linear", "tanh"], "squared_error", **_DEEP, biases=False), 1),
    "at the kink": (_spec([1, 2, 1], ["relu", "leaky_relu"], "squared_error", [[0.0]], [[1.0]], initial={
        "kind": "given", "weights": [[[1.0, -1.0]], [[1.0], [2.0]]], "biases": [[0.0, 0.0], [0.0]]}), 0),
    "one neuron": (_spec([2, 1], ["sigmoid"], "half_squared_error", _XOR["x"], _XOR["y"], biases=False), 7),
    "far out": (_spec([1, 1], ["sigmoid"], "binary_cross_entropy", [[300.0]], [[0.0]], biases=False, initial={
        "kind": "given", "weights": [[[2.5]]]}), 0),
}

_LANE = run_specs.lane
_CLASSES = {"x": [[0.1, 0.9], [0.8, -0.3], [-0.6, 0.2]], "y": [[1, 0, 0], [0, 1, 0], [0, 0.5, 0.5]]}
# name -> run spec and epochs
RUNS: dict[str, tuple[RunSpec, int]] = {
    "race": (RUN_PRESETS[0].spec, 250),
    "optimisers": (run_specs.xor(*[_LANE(0.05, optimizer=name) for name in
                                   ("sgd", "momentum", "nesterov", "rmsprop", "adam")],
                                 _LANE(0.05, optimizer="nesterov", hyper={"momentum": 0.0})), 300),
    "textbook": (RUN_PRESETS[2].spec, 1000),
    "batches": (run_specs.BATCHES, 120),
    "running away": (run_specs.WILD, 200),
    "three classes": (read_run_spec({
        "v": 1, "layers": [2, 3, 3, 3], "activations": ["leaky_relu", "linear", "softmax"], "loss": "cross_entropy",
        "biases": False, "data": _CLASSES, "lanes": [_LANE(0.2), _LANE(0.1, 4, optimizer="adam")]}), 100),
    "one neuron": (read_run_spec({
        "v": 1, "layers": [2, 1], "activations": ["relu"], "loss": "squared_error", "biases": False, "data": _XOR,
        "lanes": [_LANE(0.1, 2)]}), 50),
}


def pass_of(name: str, sign: str = "gradient", hold: bool = False) -> tuple[Spec, OnePass]:
    """Return the spec of that name, written with that sign and held back or not, and its pass."""
    spec, number = PASSES[name]
    spec = read_spec(spec.as_dict() | {"sign": sign, "hold": hold})
    run = Run(spec.network(), spec.data.x, spec.data.y, loss=spec.loss, learning_rate=spec.learning_rate,
              sign=spec.sign, hold=spec.hold)
    return spec, run.one_pass(number)


# Runs scripts one after the other, so that PyTorch is loaded once, and says what each printed.
_TOGETHER = """
import contextlib, io, json, runpy, sys
found = {}
for path in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        runpy.run_path(path, run_name="__main__")
    found[path] = out.getvalue()
print(json.dumps(found))
"""


def printed(script: str, folder: Path, python: str = sys.executable) -> dict[str, float]:
    """Run a script by itself, where none of ours can be imported, and return what it prints: "id = value" lines."""
    path = folder / "exported.py"
    path.write_text(script, encoding="utf-8")
    return _read(_run(python, folder, str(path)))


def printed_together(scripts: dict[str, str], folder: Path,
                     python: str = sys.executable) -> dict[str, dict[str, float]]:
    """Run scripts in one process, each in a namespace of its own, and return what each prints."""
    paths = {name: folder / f"exported_{number}.py" for number, name in enumerate(scripts)}
    for name, path in paths.items():
        path.write_text(scripts[name], encoding="utf-8")
    found = json.loads(_run(python, folder, "-c", _TOGETHER, *map(str, paths.values())))
    return {name: _read(found[str(path)]) for name, path in paths.items()}


def _run(python: str, folder: Path, *arguments: str) -> str:
    ended = subprocess.run([python, "-W", "error", "-I", *arguments], capture_output=True, text=True, encoding="utf-8",
                           timeout=SCRIPT_SECONDS, check=False, cwd=folder,
                           env={**os.environ, "PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "1"})
    assert ended.stderr == "" and ended.returncode == 0, ended.stderr
    return ended.stdout


def _read(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in text.splitlines():
        name, _, value = line.partition(" at epoch " if "diverges" in line else " = ")
        assert name not in found, f"{name} is printed twice"
        found[name] = float(value)
    return found
