"""A training run as tables: the loss of every lane epoch by epoch, and the lanes at one epoch, with every digit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..activations import Array
from ..lanes import unflat
from ..names import BIAS_SOURCE, edge_name, node_names
from ..network import Network
from ..run_spec import RunSpec
from .tables import Cell, csv_text, json_text

FORMAT = "backprop run, version 1"
MOST_LOSSES = 20_000
STEPS = (1, 2, 5)  # and ten times as much, and so on: how far apart the epochs of a long table are


@dataclass(frozen=True, eq=False)
class Trained:
    """Hold what a table says of a run up to an epoch.

    losses: (lanes, epoch + 1), before each epoch's update. diverged: per lane, its first epoch up to `epoch` that is
    not finite, or None. parameters: (lanes, P), flat as `lanes.flat`; outputs: (lanes, B, n_out): of `epoch`, or of the
    last finite epoch before it. every: the table has each epoch that is a multiple of it, and the last.
    """

    epoch: int
    every: int
    losses: Array
    diverged: tuple[int | None, ...]
    parameters: Array
    outputs: Array

    @property
    def epochs(self) -> list[int]:
        """The epochs of the table."""
        regular = [*range(0, self.epoch + 1, self.every)]
        return regular if regular[-1] == self.epoch else [*regular, self.epoch]

    def losses_of(self, lane: int) -> list[float]:
        """Return a lane's losses at the table's epochs, up to where it diverges."""
        at = self.diverged[lane]
        return [float(self.losses[lane, epoch]) for epoch in self.epochs if at is None or epoch < at]


def spacing(epoch: int, lanes: int) -> int:
    """Return how far apart a table's epochs have to be at least: 1, 2, 5, 10, 20 ..."""
    power = 1
    while True:
        for step in STEPS:
            if (epoch // (step * power) + 1) * lanes <= MOST_LOSSES:
                return step * power
        power *= 10


def losses_csv(spec: RunSpec, trained: Trained) -> str:
    """Return every lane's losses as CSV: epoch, lane, learning_rate, optimizer, loss."""
    columns = [trained.losses_of(lane) for lane in range(len(spec.lanes))]
    rows: list[tuple[Cell, ...]] = [
        (epoch, number, lane.learning_rate, lane.optimizer, column[place])
        for place, epoch in enumerate(trained.epochs)
        for number, (lane, column) in enumerate(zip(spec.lanes, columns, strict=True), start=1)
        if place < len(column)]
    return csv_text(("epoch", "lane", "learning_rate", "optimizer", "loss"), rows)


def epoch_csv(spec: RunSpec, trained: Trained) -> str:
    """Return the lanes at the run's last epoch as CSV: epoch, lane, id, row, value.

    Weights are w:x1>h1, biases w:b>h1; an answer is o1.a with the row of the data that it answers.
    """
    names = node_names(spec.layers)
    rows: list[tuple[Cell, ...]] = []
    for lane, network in enumerate(_networks(spec, trained)):
        rows += [(trained.epoch, lane + 1, f"w:{edge}", None, value) for edge, value in _weights(network, names)]
        rows += [(trained.epoch, lane + 1, f"{node}.a", row, value)
                 for row, answer in enumerate(trained.outputs[lane].tolist(), start=1)
                 for node, value in zip(names[-1], answer, strict=True)]
    return csv_text(("epoch", "lane", "id", "row", "value"), rows)


def run_json(spec: RunSpec, trained: Trained) -> str:
    """Return the run as JSON: its spec, the table of losses, and each lane's weights and answers at the last epoch."""
    lanes: list[dict[str, object]] = [
        {"lane": lane + 1, "diverged": trained.diverged[lane], "losses": trained.losses_of(lane),
         "weights": [weights.tolist() for weights in network.weights],
         "biases": None if network.biases is None else [biases.tolist() for biases in network.biases],
         "outputs": trained.outputs[lane].tolist()}
        for lane, network in enumerate(_networks(spec, trained))]
    return json_text({"format": FORMAT, "spec": spec.as_dict(), "epoch": trained.epoch, "epochs": trained.epochs,
                      "lanes": lanes})


def _networks(spec: RunSpec, trained: Trained) -> list[Network]:
    like = spec.starting(spec.lanes[0].initial)
    return [unflat(parameters, like) for parameters in trained.parameters]


def _weights(network: Network, names: list[list[str]]) -> Iterator[tuple[str, float]]:
    for layer, weights in enumerate(network.weights):
        for j, to in enumerate(names[layer + 1]):
            for i, source in enumerate(names[layer]):
                yield edge_name(source, to), float(weights[i, j])
            if network.biases is not None:
                yield edge_name(BIAS_SOURCE, to), float(network.biases[layer][j])
