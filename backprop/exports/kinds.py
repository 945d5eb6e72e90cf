"""The kinds of exports: what each is called, what it is, and what makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..run_spec import RunSpec
from ..runs import OnePass
from ..spec import Spec
from .numpy_script import numpy_script
from .pytorch_script import pytorch_script
from .run_numpy import run_numpy_script
from .run_pytorch import run_pytorch_script
from .run_tables import Trained, epoch_csv, losses_csv, run_json
from .tape_tables import tape_csv, tape_json
from .worked import worked_solution

CSV, JSON, MARKDOWN, PYTHON = "text/csv", "application/json", "text/markdown", "text/x-python"


@dataclass(frozen=True)
class Exported:
    """Hold a file: its name, its media type, its text."""

    name: str
    type: str
    text: str


# kind -> name of the file, with the pass counted from 1; media type; what makes it
PASS_KINDS: dict[str, tuple[str, str, Callable[[Spec, OnePass], str]]] = {
    "csv": ("backprop-pass-{}.csv", CSV, tape_csv),
    "json": ("backprop-pass-{}.json", JSON, tape_json),
    "solution": ("backprop-pass-{}.md", MARKDOWN, worked_solution),
    "numpy": ("backprop_pass_{}_numpy.py", PYTHON, numpy_script),
    "pytorch": ("backprop_pass_{}_pytorch.py", PYTHON, pytorch_script),
}
# kind -> name of the file, with the epoch; media type; what makes it
TABLE_KINDS: dict[str, tuple[str, str, Callable[[RunSpec, Trained], str]]] = {
    "run_csv": ("backprop-losses-{}.csv", CSV, losses_csv),
    "epoch_csv": ("backprop-epoch-{}.csv", CSV, epoch_csv),
    "run_json": ("backprop-run-{}.json", JSON, run_json),
}
SCRIPT_KINDS: dict[str, tuple[str, str, Callable[[RunSpec, int], str]]] = {
    "run_numpy": ("backprop_run_{}_numpy.py", PYTHON, run_numpy_script),
    "run_pytorch": ("backprop_run_{}_pytorch.py", PYTHON, run_pytorch_script),
}
KINDS = (*PASS_KINDS, *TABLE_KINDS, *SCRIPT_KINDS)


def of_pass(kind: str, spec: Spec, one: OnePass) -> Exported:
    """Return a pass of a spec's run as a file. kind: of PASS_KINDS."""
    name, media, make = PASS_KINDS[kind]
    return Exported(name.format(one.number + 1), media, make(spec, one))


def of_training(kind: str, spec: RunSpec, trained: Trained) -> Exported:
    """Return what was trained as a file. kind: of TABLE_KINDS."""
    name, media, make = TABLE_KINDS[kind]
    return Exported(name.format(trained.epoch), media, make(spec, trained))


def of_run(kind: str, spec: RunSpec, epochs: int) -> Exported:
    """Return a program that trains a run's lanes. kind: of SCRIPT_KINDS; Refused where that has no such optimiser."""
    name, media, make = SCRIPT_KINDS[kind]
    return Exported(name.format(epochs), media, make(spec, epochs))
