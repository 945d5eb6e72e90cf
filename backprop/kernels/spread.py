"""From lanes to elements and back: parameters are handed out to every sample, gradients are added up over them.

The sum over samples is taken in one order, whatever the number of lanes: four running sums, for the samples 0, 4, 8
..., 1, 5, 9 ... and so on, and then (first + second) + (third + fourth). So a lane has the same bits alone and in
company.
A block has one lane, whose samples are taken four at a time, or a multiple of four lanes, taken so.
"""

from __future__ import annotations

from ..activations import Array
from .addresses import at
from .compiled import part
from .plan import BIASES, ELEMENTS, HAS_BIASES, LANES, N_IN, N_OUT, SAMPLES, VALUES_IN, VALUES_OUT, WEIGHTS, Plan
from .quad import all_four, load, store, total


@part
def hand_out(plan: Plan, parameters: Array, wide: Array) -> None:
    """Give every element its own copy of its lane's parameters."""
    S, L = at(plan, 0, SAMPLES), at(plan, 0, LANES)
    if L == 1:
        for p in range(parameters.size):
            value = all_four(parameters[p])
            for s in range(0, S, 4):
                store(wide, p * S + s, value)
        return
    row = into = 0
    while row < parameters.size:
        for lane in range(0, L, 4):
            values = load(parameters, row + lane)
            for s in range(S):
                store(wide, into + s * L + lane, values)
        row += L
        into += S * L


@part
def gather(plan: Plan, layer: int, a: Array, delta: Array, ones: Array, gradient: Array) -> None:
    """Put the layer's dL/dW = a[l]^T delta[l] and dL/db = 1^T delta[l] into the gradient. ones: E times 1."""
    n_in, n_out = at(plan, layer, N_IN), at(plan, layer, N_OUT)
    S, L, E = at(plan, layer, SAMPLES), at(plan, layer, LANES), at(plan, layer, ELEMENTS)
    weights, biases, has_biases = at(plan, layer, WEIGHTS), at(plan, layer, BIASES), at(plan, layer, HAS_BIASES)
    values, blames = at(plan, layer, VALUES_IN), at(plan, layer, VALUES_OUT)
    for j in range(n_out):
        for i in range(n_in):
            add_products(S, L, a, values + i * E, delta, blames + j * E, gradient, (weights + i * n_out + j) * L)
        if has_biases:
            add_products(S, L, ones, 0, delta, blames + j * E, gradient, (biases + j) * L)


@part
def add_products(S: int, L: int, left: Array, k: int, right: Array, m: int, sums: Array, into: int) -> None:
    """Put each lane's sum over samples of left times right, rows of E that begin at k and m, into sums[into:]."""
    if L == 1:
        running = all_four(0.0)
        for s in range(0, S, 4):
            running += load(left, k + s) * load(right, m + s)
        sums[into] = total(running)
        return
    for lane in range(0, L, 4):
        first = second = third = fourth = all_four(0.0)
        for four in range(S // 4):
            e = lane + four * 4 * L
            first += load(left, k + e) * load(right, m + e)
            second += load(left, k + e + L) * load(right, m + e + L)
            third += load(left, k + e + 2 * L) * load(right, m + e + 2 * L)
            fourth += load(left, k + e + 3 * L) * load(right, m + e + 3 * L)
        store(sums, into + lane, (first + second) + (third + fourth))
