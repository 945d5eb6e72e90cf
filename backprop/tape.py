"""One pass, one sample, number by number: the same pass as `passes.py`, as somebody would write it down.

Every entry is computed by its own formula from its parents' values, in plain floats. Entry ids, in order:
forward `h1.z`, `h1.a`; `loss` (before it `o1.loss` ... where there are several outputs); backward `o1.grad_a`,
`o1.slope`, `o1.delta`, then `grad:h1>o1`, then `blame:h1>o1`, `h1.grad_a`, `h1.slope`, `h1.delta`, and so on;
update `change:h1>o1` for every edge, then `new:h1>o1`. Givens: `x1`, `w:x1>h1`, `w:b>h1`, `t1`, `eta`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from . import because, checks, scalars, tex
from .activations import ACTIVATIONS
from .entries import Entry, Given, Piece, Tape
from .losses import Loss
from .names import BIAS_SOURCE, edge_name
from .network import Network
from .passes import checked_loss, checked_samples, checked_targets
from .recorder import Recorder
from .signs import GRADIENT, SIGNS
from .tape_backward import record_backward, record_update
from .wiring import Wiring

__all__ = ["Entry", "Given", "Piece", "Tape", "trace"]

TIMES, PLUS = Piece(r"\times"), Piece("+")


def trace(network: Network, x: Any, y: Any, *, loss: str, learning_rate: float, sign: str = GRADIENT,
          hold: bool = False) -> Tape:
    """Return the tape of one sample's pass through `network`, update and all; `network` itself is unchanged.

    x: shape (n_in,) or (1, n_in), finite. y: shape (n_out,) or (1, n_out), within the loss's range.
    learning_rate: 0 or more. sign: "gradient" writes the backward pass as it is, "error_term" writes minus it: the
    same ids in the same order, `change:` and `new:` of the same bits. hold: leave the update out. Numbers that grow
    beyond float64 become inf or NaN, as in `forward`.
    ValueError where an argument does not fit the network or the loss.
    """
    chosen = checked_loss(network, loss)
    inputs = checked_samples("x", _one_row("x", x, network.layers[0]), network.layers[0])[0].tolist()
    outputs = network.layers[-1]
    targets = checked_targets(_one_row("y", y, outputs), (1, outputs), chosen)[0].tolist()
    eta = checks.number("learning_rate", learning_rate, 0.0, "a finite number, 0 or more")
    wiring = Wiring(network.layers, network.activations, network.biases is not None)
    tape = Recorder(checks.one_of("sign", sign, SIGNS))
    _record_givens(tape, wiring, network, inputs, targets, eta)
    for layer in range(1, len(wiring.nodes)):
        _record_layer(tape, wiring, layer)
    _record_loss(tape, wiring, chosen)
    record_backward(tape, wiring, chosen)
    if hold:
        return Tape(tuple(tape.givens), tuple(tape.entries), network, network)
    record_update(tape, wiring)
    return Tape(tuple(tape.givens), tuple(tape.entries), network, _after(tape, wiring, network))


def _one_row(argument: str, values: Any, width: int) -> Any:
    """Return a single sample as the row of a matrix; refuse more than one."""
    takes = f"one sample of shape ({width},) or (1, {width})"
    try:
        shape = np.shape(values)
    except ValueError:
        raise checks.refusal(argument, "rows of unequal length", takes) from None
    if shape not in ((width,), (1, width)):
        raise checks.refusal(argument, f"shape {shape}" if shape else checks.shown(values), takes)
    return [values] if len(shape) == 1 else values


def _record_givens(tape: Recorder, wiring: Wiring, network: Network, inputs: list[float], targets: list[float],
                   eta: float) -> None:
    for name, value in zip(wiring.nodes[0], inputs, strict=True):
        tape.give(name, tex.node(name), value, name, f"input {name}")
    for layer, matrix in enumerate(network.weights, start=1):
        for j, to in enumerate(wiring.nodes[layer]):
            for i, source in enumerate(wiring.nodes[layer - 1]):
                edge = edge_name(source, to)
                tape.give(f"w:{edge}", tex.weight(source, to), float(matrix[i, j]), edge, f"weight {source}→{to}")
            if network.biases is not None:
                edge = edge_name(BIAS_SOURCE, to)
                tape.give(f"w:{edge}", tex.weight(BIAS_SOURCE, to), float(network.biases[layer - 1][j]), edge,
                          f"bias of {to}")
    for index, value in enumerate(targets, start=1):
        tape.give(f"t{index}", tex.target(index, len(targets)), value, f"t{index}", f"wanted from o{index}")
    tape.give("eta", r"\eta", eta, "eta", "learning rate")


def _record_layer(tape: Recorder, wiring: Wiring, layer: int) -> None:
    nodes, kind = wiring.nodes[layer], wiring.kind(layer)
    if kind == "softmax":
        for ordinal, node in enumerate(nodes):
            _record_z(tape, wiring, layer, node, ordinal)
        for ordinal, node in enumerate(nodes):
            _record_share(tape, nodes, node, ordinal)
        return
    for ordinal, node in enumerate(nodes):
        _record_z(tape, wiring, layer, node, ordinal)
        z = tape[f"{node}.z"]
        a = scalars.activation(kind, z)
        upper = nodes[ordinal - 1] if ordinal else None
        before = (upper, tape[f"{upper}.z"], tape[f"{upper}.a"]) if upper else None
        why = partial(because.forward.activation, kind, node, z, a, before, layer == wiring.last, ordinal)
        pieces = [Piece(ACTIVATIONS[kind].tex, f"{node}.z", f"sum into {node}")]
        tape.enter(f"{node}.a", "forward", tex.activation(node), pieces, a, why, node)


def _record_z(tape: Recorder, wiring: Wiring, layer: int, node: str, ordinal: int) -> None:
    pieces: list[Piece] = []
    pushes: list[tuple[str, float]] = []
    total = 0.0
    for source in wiring.nodes[layer - 1]:
        weight, sent = f"w:{edge_name(source, node)}", wiring.sent(source)
        pushes.append((source, tape[weight] * tape[sent]))
        total += pushes[-1][1]
        pieces += [PLUS] if pieces else []
        pieces += [Piece("#", weight, f"weight from {source}"), TIMES, Piece("#", sent, f"{source} sends")]
    bias = f"w:{edge_name(BIAS_SOURCE, node)}" if wiring.biased else None
    if bias:
        total += tape[bias]
        pieces += [PLUS, Piece("#", bias, f"bias of {node}")]
    why = partial(because.forward.pre_activation, node, pushes, tape[bias] if bias else None, total, ordinal)
    tape.enter(f"{node}.z", "forward", tex.pre_activation(node), pieces, total, why, node)


def _record_share(tape: Recorder, nodes: list[str], node: str, ordinal: int) -> None:
    z = [tape[f"{each}.z"] for each in nodes]
    a = scalars.softmax_share(z, ordinal)
    pieces = [Piece("e^{#}", f"{node}.z", f"sum into {node}"), Piece("/"), Piece("("), *_powers(nodes), Piece(")")]
    why = partial(because.forward.softmax, node, z[ordinal], a, z, ordinal)
    tape.enter(f"{node}.a", "forward", tex.activation(node), pieces, a, why, node)


def _powers(nodes: list[str]) -> list[Piece]:
    """Write e^z of every node of the layer, summed."""
    pieces: list[Piece] = []
    for node in nodes:
        pieces += [PLUS] if pieces else []
        pieces.append(Piece("e^{#}", f"{node}.z", f"sum into {node}"))
    return pieces


def _record_loss(tape: Recorder, wiring: Wiring, loss: Loss) -> None:
    nodes = wiring.nodes[-1]
    for index, node in enumerate(nodes):
        pieces, value, why = _loss_part(tape, nodes, index, loss)
        if len(nodes) == 1:
            tape.enter("loss", "loss", "L", pieces, value, why, "loss")
        else:
            tape.enter(f"{node}.loss", "loss", f"L_{{{tex.node(node)}}}", pieces, value, why, node)
    if len(nodes) == 1:
        return
    total, parts = 0.0, [(node, tape[f"{node}.loss"]) for node in nodes]
    joined: list[Piece] = []
    for node, part in parts:
        total += part
        joined += [PLUS] if joined else []
        joined.append(Piece("#", f"{node}.loss", f"part of {node}"))
    tape.enter("loss", "loss", "L", joined, total, partial(because.loss.total, parts, total), "loss")


def _loss_part(tape: Recorder, nodes: list[str], index: int,
               loss: Loss) -> tuple[list[Piece], float, Callable[[], str]]:
    """Return what one output adds to the loss: pieces, value and why."""
    node, target = nodes[index], f"t{index + 1}"
    z, a, t = tape[f"{node}.z"], tape[f"{node}.a"], tape[target]
    wanted, own_z = Piece("#", target, "the target"), f"{node}.z"
    if loss.name == "binary_cross_entropy":
        value = t * scalars.softplus(-z) + (1.0 - t) * scalars.softplus(z)
        pieces = [wanted, TIMES, Piece(r"\ln(1+e^{-#})", own_z, "surprise at 1"), PLUS,
                  Piece("(1-#)", target, "the rest of 1"), TIMES, Piece(r"\ln(1+e^{#})", own_z, "surprise at 0")]
        return pieces, value, partial(because.loss.binary, node, a, t, value)
    if loss.name == "cross_entropy":
        value = t * scalars.log_sum_exp_above([tape[f"{each}.z"] for each in nodes], index)
        pieces = [wanted, TIMES, Piece("("), Piece(r"\ln("), *_powers(nodes), Piece(")"), Piece("-"),
                  Piece("#", own_z, f"sum into {node}"), Piece(")")]
        return pieces, value, partial(because.loss.share, node, a, t, value)
    half = loss.name == "half_squared_error"
    value = (a - t) * (a - t) * (0.5 if half else 1.0)
    said = Piece("#", f"{node}.a", f"what {node} said")
    pieces = [Piece(r"\tfrac{1}{2}(" if half else "("), said, Piece("-"), wanted, Piece(")^2")]
    return pieces, value, partial(because.loss.squared, node, a, t, value, half)


def _after(tape: Recorder, wiring: Wiring, network: Network) -> Network:
    """Build the network that the `new:` entries describe."""
    def column(layer: int, to: str) -> list[float]:
        return [tape[f"new:{edge_name(source, to)}"] for source in wiring.nodes[layer - 1]]

    depth = range(1, len(wiring.nodes))
    weights = [np.array([column(layer, to) for to in wiring.nodes[layer]]).T.copy() for layer in depth]
    biases = [np.array([tape[f"new:{edge_name(BIAS_SOURCE, to)}"] for to in wiring.nodes[layer]]) for layer in depth] \
        if wiring.biased else None
    return network._with(weights, biases)  # as `updated` does: the numbers may have run away
