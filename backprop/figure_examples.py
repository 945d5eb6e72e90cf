"""What the small figures begin with: one network for `batch`, twins for `twins`, a race that overflows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .run_presets import XOR
from .run_spec import RunSpec, read_run_spec
from .spec import Spec, read_spec

_TWO_TWO_ONE: dict[str, Any] = {
    "v": 1, "layers": [2, 2, 1], "activations": ["tanh", "sigmoid"], "loss": "binary_cross_entropy", "biases": True,
    "data": XOR,
}


@dataclass(frozen=True)
class BatchExample:
    """Hold a spec whose rows are the samples, and the two weights that the plane shows: across and up."""

    spec: Spec
    edges: tuple[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return what the event `batch` takes."""
        return {"spec": self.spec.as_dict(), "edges": list(self.edges)}


@dataclass(frozen=True)
class TwinsExample:
    """Hold two runs that differ in one weight only, and for how many epochs they are meant to run."""

    alike: RunSpec
    nudged: RunSpec
    edge: str
    by: float
    epochs: int

    def as_dict(self) -> dict[str, Any]:
        """Return both specs, and which weight the second one nudges by how much."""
        return {"alike": self.alike.as_dict(), "nudged": self.nudged.as_dict(), "edge": self.edge, "by": self.by,
                "epochs": self.epochs}


@dataclass(frozen=True)
class RaceExample:
    """Hold a run spec for figure `race`, and its epochs."""

    spec: RunSpec
    epochs: int

    def as_dict(self) -> dict[str, Any]:
        """Return the spec and the epochs."""
        return {"spec": self.spec.as_dict(), "epochs": self.epochs}


# Drawn until the four arrows could be told apart, and one at a time ended near the sum's end but not at it. With a
# rate of 1, a move is as long as the gradient it goes against.
BATCH = BatchExample(read_spec({**_TWO_TWO_ONE, "learning_rate": 1.0, "initial": {
    "kind": "given", "weights": [[[2.4, 0.7], [-1.5, 1.4]], [[-0.5], [0.5]]], "biases": [[-1.2, -0.4], [0.1]]}}),
    ("h1>o1", "h2>o1"))


def _twins(first: float) -> RunSpec:
    """Two hidden neurons with the weights 1 and -0.5 in and 0.3 out; `first` is the one from x1 to h1."""
    return read_run_spec({**_TWO_TWO_ONE, "lanes": [{"learning_rate": 0.5, "initial": {
        "kind": "given", "weights": [[[first, 1.0], [-0.5, -0.5]], [[0.3], [0.3]]], "biases": [[0.0, 0.0], [0.0]]}}]})


# Alike, they come to rest with one row right and three at 2/3 or 1/3; nudged, they solve XOR at epoch 250.
TWINS = TwinsExample(_twins(1.0), _twins(1.01), "x1>h1", 0.01, 1000)


# A linear output has no upper end, so a step that is too large makes the next one larger still. All three overflow,
# the first one last (tests/unit/test_figure_examples.py).
OVERFLOW = RaceExample(read_run_spec({
    **_TWO_TWO_ONE, "layers": [2, 4, 1], "activations": ["tanh", "linear"], "loss": "squared_error",
    "lanes": [{"learning_rate": rate, "initial": {"kind": "random", "initializer": "xavier", "seed": 7}}
              for rate in (1.0, 3.0, 10.0)]}), 180)


def examples() -> dict[str, Any]:
    """Return all of them, as the catalog has them."""
    return {"batch": BATCH.as_dict(), "twins": TWINS.as_dict(), "overflow": OVERFLOW.as_dict()}
