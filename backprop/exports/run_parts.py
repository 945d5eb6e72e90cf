"""What both scripts of a training run have in common: its data, its lanes, and the loop over epochs."""

from __future__ import annotations

import numpy as np

from ..names import node_names
from ..optimizers import OPTIMIZERS
from ..run_spec import LaneSpec, RunSpec
from . import literals, words

EVERY = 100  # the loss of each of these epochs is printed, and the last one's


def opening(spec: RunSpec, how: str, epochs: int, program: str) -> str:
    """Return the script's own description. how: "by hand, with NumPy"."""
    lanes = "one network" if len(spec.lanes) == 1 else f"{len(spec.lanes)} lanes"
    return (f'"""Training {lanes}, {words.shape(spec.layers)}, for {epochs} epochs: {how}.\n\n'
            f"{words.opened(words.functions(spec.activations))}; the loss is the {words.loss_label(spec.loss)}, "
            f"the {spec.reduction} over the samples.\n"
            f"Prints each lane's loss every {EVERY} epochs (before that epoch's update), then what it answers.\n"
            f'Run it: python {program}\n"""\n')


def data(spec: RunSpec, array: str, epochs: int) -> str:
    """Return the lines that hold the samples and how long to train. array: "np.array"."""
    outputs = ", ".join(f'"{node}"' for node in node_names(spec.layers)[-1])
    lines = [literals.call("X", array, np.array(spec.data.x, dtype=np.float64)),
             literals.call("T", array, np.array(spec.data.y, dtype=np.float64)),
             f"OUTPUTS = [{outputs}]", f"EPOCHS, EVERY = {epochs}, {EVERY}"]
    if batched(spec):
        lines += [f"BATCH, ORDER_SEED = {spec.batch}, {spec.order_seed}"]
    return "\n".join(lines) + "\n"


def starts(spec: RunSpec, array: str, more: str = "") -> str:
    """Return the functions' data: where each lane starts, as a list of W1, b1, W2, b2 for each."""
    lines = ["# Where each lane starts. W1[i, j] is the weight from input i to node j of the next layer.", "STARTS = ["]
    for lane in spec.lanes:
        network = spec.starting(lane.initial)
        lines.append("    [")
        for layer, weights in enumerate(network.weights):
            arrays = [weights] if network.biases is None else [weights, network.biases[layer]]
            lines += [f"        {array}({literals.nested(values, 9 + len(array))}{more})," for values in arrays]
        lines.append("    ],")
    return "\n".join([*lines, "]"]) + "\n"


def batched(spec: RunSpec) -> bool:
    """Whether an epoch takes more than one step."""
    return spec.batch is not None and spec.batch < len(spec.data.x)


def parameters(spec: RunSpec) -> list[str]:
    """Name the parameters of a lane in their order: W1, b1, W2, b2."""
    return [f"{kind}{layer}" for layer in range(1, len(spec.layers)) for kind in ("W", "b")[:1 + spec.biases]]


def unpacked(spec: RunSpec) -> str:
    """Write what a list of parameters is taken apart into; one alone keeps its comma."""
    names = parameters(spec)
    return ", ".join(names) if len(names) > 1 else f"{names[0]},"


def hyper(lane: LaneSpec) -> dict[str, float]:
    """Return the lane's numbers of its optimiser, in the registry's order."""
    return {name: lane.hyper[name] for name in OPTIMIZERS[lane.optimizer].hyper}


def share(spec: RunSpec) -> str:
    """Write what a sum over the samples is divided by: nothing, if the run's reduction is the sum itself."""
    return " / len(x)" if spec.reduction == "mean" else ""


ORDER = '''\
def batches(epoch):
    """Return which samples each step of an epoch takes, in the order that the page draws."""
    order = np.random.default_rng([ORDER_SEED, epoch]).permutation(len(X))
    return [order[first:first + BATCH] for first in range(0, len(X), BATCH)]
'''
