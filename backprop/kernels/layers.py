"""One layer, forward and backward, element by element, four at a time.

Every element has its own copy of each weight (see spread.py), so that no statement here knows of samples or lanes.
`a` holds the values of all nodes, a row per node, layer after layer; `delta` the blame, in the same places.
"""

from __future__ import annotations

from ..activations import LEAKY_SLOPE, Array
from .addresses import at
from .compiled import part
from .elementary import exp_down, sigmoid, tanh
from .plan import (
    ACTIVATION,
    BIASES,
    ELEMENTS,
    HAS_BIASES,
    LINEAR,
    N_IN,
    N_OUT,
    RELU,
    SIGMOID,
    SOFTMAX,
    TANH,
    VALUES_IN,
    VALUES_OUT,
    WEIGHTS,
    Plan,
)
from .quad import all_four, load, store, where_less


@part
def pre_activate(plan: Plan, layer: int, wide: Array, a: Array) -> None:
    """Put z = a[l] W[l] + b[l] where the layer's activations will be. wide: each element's own parameters."""
    n_in, n_out, E = at(plan, layer, N_IN), at(plan, layer, N_OUT), at(plan, layer, ELEMENTS)
    weights, biases, has_biases = at(plan, layer, WEIGHTS), at(plan, layer, BIASES), at(plan, layer, HAS_BIASES)
    source, into = at(plan, layer, VALUES_IN), at(plan, layer, VALUES_OUT)
    for j in range(n_out):
        for e in range(0, E, 4):
            z = load(wide, (biases + j) * E + e) if has_biases else all_four(0.0)
            value, weight = source + e, (weights + j) * E + e
            for _ in range(n_in):
                z += load(wide, weight) * load(a, value)
                value += E
                weight += n_out * E
            store(a, into + j * E + e, z)


@part
def activate(plan: Plan, layer: int, a: Array) -> None:
    """Turn the layer's z into its activations, in place."""
    kind, E = at(plan, layer, ACTIVATION), at(plan, layer, ELEMENTS)
    first = at(plan, layer, VALUES_OUT)
    beyond = first + at(plan, layer, N_OUT) * E
    if kind == SIGMOID:
        for k in range(first, beyond, 4):
            store(a, k, sigmoid(load(a, k)))
    elif kind == TANH:
        for k in range(first, beyond, 4):
            store(a, k, tanh(load(a, k)))
    elif kind == SOFTMAX:
        for e in range(0, E, 4):
            _share_out(a, first + e, at(plan, layer, N_OUT), E)
    elif kind == RELU:
        for k in range(first, beyond, 4):
            z = load(a, k)
            store(a, k, where_less(z, all_four(0.0), all_four(0.0), z) + 0.0)  # -0.0 + 0.0 is 0.0
    elif kind != LINEAR:
        for k in range(first, beyond, 4):
            z = load(a, k)
            store(a, k, where_less(z, all_four(0.0), z * LEAKY_SLOPE, z))


@part
def _share_out(a: Array, first: int, nodes: int, E: int) -> None:
    """Turn an element's z into shares that sum to 1: softmax, measured from the largest z."""
    largest = load(a, first)
    for node in range(nodes):
        k = first + node * E
        largest = where_less(largest, load(a, k), load(a, k), largest)
    total = all_four(0.0)
    for node in range(nodes):
        k = first + node * E
        power = exp_down(load(a, k) - largest)
        store(a, k, power)
        total += power
    for node in range(nodes):
        k = first + node * E
        store(a, k, load(a, k) / total)


@part
def multiply_by_slope(plan: Plan, layer: int, a: Array, delta: Array) -> None:
    """Turn the layer's dL/da into delta = dL/da * da/dz, in place; every slope follows from a."""
    kind, first = at(plan, layer, ACTIVATION), at(plan, layer, VALUES_OUT)
    beyond = first + at(plan, layer, N_OUT) * at(plan, layer, ELEMENTS)
    if kind == SIGMOID:
        for k in range(first, beyond, 4):
            value = load(a, k)
            store(delta, k, load(delta, k) * (value * (1.0 - value)))
    elif kind == TANH:
        for k in range(first, beyond, 4):
            value = load(a, k)
            store(delta, k, load(delta, k) * (1.0 - value * value))
    elif kind != LINEAR:
        below = all_four(0.0 if kind == RELU else LEAKY_SLOPE)
        for k in range(first, beyond, 4):
            store(delta, k, load(delta, k) * where_less(all_four(0.0), load(a, k), all_four(1.0), below))


@part
def hand_back(plan: Plan, layer: int, wide: Array, delta: Array) -> None:
    """Put dL/da = delta[l] W[l]^T where the deltas of the layer before will be."""
    n_in, n_out, E = at(plan, layer, N_IN), at(plan, layer, N_OUT), at(plan, layer, ELEMENTS)
    into, source, weights = at(plan, layer, VALUES_IN), at(plan, layer, VALUES_OUT), at(plan, layer, WEIGHTS)
    for i in range(n_in):
        for e in range(0, E, 4):
            blame, weight = source + e, (weights + i * n_out) * E + e
            total = all_four(0.0)
            for _ in range(n_out):
                total += load(wide, weight) * load(delta, blame)
                blame += E
                weight += E
            store(delta, into + i * E + e, total)
