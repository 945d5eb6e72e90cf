"""Whether the fields of a spec, each good by itself, go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from .losses import LOSSES
from .names import node_names
from .refusals import NOTHING, refuse
from .spec_words import disagreement

if TYPE_CHECKING:
    from .spec import Data, GivenInitial, RandomInitial

SUM_TOLERANCE = 1e-9


class Task(Protocol):
    """What every spec says of its network and of what that learns."""

    @property
    def layers(self) -> Sequence[int]:
        """The widths, inputs first."""

    @property
    def activations(self) -> Sequence[str]:
        """A name per layer after the inputs."""

    @property
    def loss(self) -> str:
        """The loss's name."""

    @property
    def data(self) -> Data:
        """The samples."""


def check_task(spec: Task) -> None:
    """Refuse a spec whose layers, activations, loss and data do not go together."""
    check_activations(spec.layers, spec.activations)
    _check_loss(spec)
    _check_rows("data.x", "input", spec.data.x, spec.layers[0])
    _check_rows("data.y", "target", spec.data.y, spec.layers[-1])
    _check_as_many(spec)
    _check_targets(spec)


def check_initial(layers: Sequence[int], biases: bool, initial: GivenInitial | RandomInitial) -> None:
    """Refuse starting weights that do not go with the layers."""
    if initial.kind == "given":
        _check_weights(layers, initial.weights)
        _check_biases(layers, biases, initial)


def check_activations(layers: Sequence[int], activations: Sequence[str]) -> None:
    """Refuse activations that are not one per layer after the inputs, and softmax in a hidden layer."""
    wanted = len(layers) - 1
    if len(activations) != wanted:
        raise disagreement(refuse("activations", len(activations), _count(wanted, "name"),
                                  f"Activations of {len(layers)} layers take"))
    if "softmax" in activations[:-1]:
        raise disagreement(refuse("activations", "softmax", "any activation but softmax", "A hidden layer takes"))


def _check_loss(spec: Task) -> None:
    output, fused = spec.activations[-1], LOSSES[spec.loss].fused_with
    if fused and output != fused:
        raise disagreement(refuse("loss", output, f"{fused} in the last layer", f"The loss {spec.loss} takes"))
    if output == "softmax" and fused != "softmax":
        raise disagreement(refuse("loss", spec.loss, "cross_entropy", "After softmax, loss takes"))


def _check_weights(layers: Sequence[int], weights: Sequence[Sequence[Sequence[float]]]) -> None:
    if len(weights) != len(layers) - 1:
        raise disagreement(refuse("initial.weights", len(weights), _count(len(layers) - 1, "matrix", "matrices"),
                                  f"The weights of {len(layers)} layers take"))
    names = node_names(layers)
    for layer, matrix in enumerate(weights):
        between = f"The weights from {_named(names[layer])} to {_named(names[layer + 1])} take"
        if len(matrix) != layers[layer]:
            raise disagreement(refuse("initial.weights", len(matrix), _count(layers[layer], "row"), between))
        for source, row in zip(names[layer], matrix, strict=True):
            if len(row) != layers[layer + 1]:
                raise disagreement(refuse("initial.weights", len(row), _count(layers[layer + 1], "number"),
                                          f"The weights from {source} take"))


def _check_biases(layers: Sequence[int], wanted: bool, initial: GivenInitial) -> None:
    if not wanted:
        if initial.biases is not None:
            raise disagreement(refuse("initial.biases", initial.biases, "nothing",
                                      "With biases off, the starting biases take"))
        return
    if initial.biases is None:
        raise disagreement(refuse("initial.biases", NOTHING, f"{_count(len(layers) - 1, 'list')} of numbers",
                                  "With biases on, the starting biases take"))
    if len(initial.biases) != len(layers) - 1:
        raise disagreement(refuse("initial.biases", len(initial.biases), _count(len(layers) - 1, "list"),
                                  f"The biases of {len(layers)} layers take"))
    for names, row in zip(node_names(layers)[1:], initial.biases, strict=True):
        if len(row) != len(names):
            raise disagreement(refuse("initial.biases", len(row), _count(len(names), "number"),
                                      f"The biases of {_named(names)} take"))


def _check_rows(field: str, word: str, rows: Sequence[Sequence[float]], width: int) -> None:
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise disagreement(refuse(field, len(row), _count(width, word), f"Sample {number} takes"))


def _check_as_many(spec: Task) -> None:
    if len(spec.data.y) != len(spec.data.x):
        raise disagreement(refuse("data.y", len(spec.data.y), f"a row for each of the {len(spec.data.x)} samples",
                                  "The targets take"))


def _check_targets(spec: Task) -> None:
    loss = LOSSES[spec.loss]
    with_loss = f"with the loss {spec.loss}"
    for number, row in enumerate(spec.data.y, start=1):
        for index, target in enumerate(row, start=1):
            if not loss.target_low <= target <= loss.target_high:
                takes = f"a number from {loss.target_low:g} to {loss.target_high:g} {with_loss}"
                raise disagreement(refuse("data.y", target, takes, f"Target t{index} of sample {number} takes"))
        if loss.targets_sum_to_one and abs(sum(row) - 1.0) > SUM_TOLERANCE:
            raise disagreement(refuse("data.y", sum(row), f"a sum of 1 {with_loss}",
                                      f"The targets of sample {number} take"))


def _named(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}…{names[-1]}"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
