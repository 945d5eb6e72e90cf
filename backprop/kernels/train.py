"""The training loop of one block of lanes: epoch after epoch, from one state to the next."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..activations import Array
from .addresses import at, bytes_at, floats, plan_at, table_at, wholes
from .compiled import part
from .judging import judge
from .layers import activate, hand_back, multiply_by_slope, pre_activate
from .loss import blame_outputs, is_fused, losses_of, worst_misses
from .plan import ANSWER, ELEMENTS, JUDGE, LANES, N_IN, SAMPLES, SHADE, TRAIN, VALUES_OUT, Marks, Plan
from .spread import add_products, gather, hand_out
from .update import all_finite, update

WHOLE = 2.0**52  # added and taken away, it leaves the nearest whole number, and of two as near the even one
UNKNOWN_SHADE = np.uint8(128)  # of no number, infinity less infinity: that of one half
Bytes = NDArray[np.uint8]


@part
def forward(plan: Plan, loss: int, parameters: Array, wide: Array, a: Array, z: Array, others: bool) -> None:
    """Send the samples forward; keep the last layer's z where the loss needs it. others: than those handed out last."""
    last = plan.shape[0] - 1
    if others:
        hand_out(plan, parameters, wide)
    for layer in range(last + 1):
        pre_activate(plan, layer, wide, a)
        if layer == last and is_fused(loss):
            first = at(plan, last, VALUES_OUT)
            for k in range(z.size):
                z[k] = a[first + k]
        activate(plan, layer, a)


@part
def measure(plan: Plan, loss: int, z: Array, a: Array, targets: Array, shares: Array, terms: Array,
            losses: Array, misses: Array, into: int) -> None:
    """Put each lane's loss and its largest |a - t| into `losses` and `misses`, from `into` on."""
    S, L = at(plan, 0, SAMPLES), at(plan, 0, LANES)
    losses_of(plan, loss, z, a, targets, terms)
    add_products(S, L, terms, 0, shares, 0, losses, into)
    worst_misses(plan, a, targets, L, misses, into)


@part
def backward(plan: Plan, loss: int, wide: Array, a: Array, targets: Array, shares: Array, delta: Array, ones: Array,
             gradient: Array) -> None:
    """Send the blame back and add up every parameter's gradient."""
    last = plan.shape[0] - 1
    blame_outputs(plan, loss, a, targets, shares, delta)
    for layer in range(last, -1, -1):
        if layer < last or not is_fused(loss):
            multiply_by_slope(plan, layer, a, delta)
        gather(plan, layer, a, delta, ones, gradient)
        if layer > 0:
            hand_back(plan, layer, wide, delta)


def entry(address: int) -> None:
    """Do what the table at this address asks for (calls.py says what): the one function that Python can call.

    An epoch has one turn for all samples, and one more for each batch. So `forward` and `backward` stand here once:
    they are compiled into where they stand.
    """
    table = table_at(address)
    if table[0] == JUDGE:
        judge(floats(table, 0), floats(table, 1), wholes(table, 2), wholes(table, 3), wholes(table, 4))
        return
    what, loss, mean, optimizer = table[0], table[1], table[2] != 0, table[3]
    size, count, start, stop = table[4], table[5], table[6], table[7]
    plan_, a_, delta_, targets_, z_, shares_, terms, wide_, ones_ = samples_at(table, 0)
    b_plan, b_a, b_delta, b_targets, b_z, b_shares, _, b_wide, b_ones = samples_at(table, 9)
    hyper, rates, parameters, before = floats(table, 18), floats(table, 19), floats(table, 20), floats(table, 21)
    first, second, diverged, orders = floats(table, 22), floats(table, 23), wholes(table, 24), wholes(table, 25)
    gradient, losses, misses = floats(table, 26), floats(table, 27), floats(table, 28)
    one_by_one = what == ANSWER or what == SHADE  # networks: `epoch` counts pieces of samples, `size` to each of them
    L, batches = at(plan_, 0, LANES), (count + size - 1) // size if size else 0
    for epoch in range(start, stop):
        row, dead = (epoch - start) * L, False
        for turn in range(1 + batches):
            if turn == 0:
                plan, a, delta, targets, z, shares, wide, ones = plan_, a_, delta_, targets_, z_, shares_, wide_, ones_
            else:
                place(plan_, a_, targets_, b_plan, b_a, b_targets, b_shares, orders,
                      (epoch - start) * count, (turn - 1) * size, size, count, mean)
                plan, a, delta, targets = b_plan, b_a, b_delta, b_targets
                z, shares, wide, ones = b_z, b_shares, b_wide, b_ones
            if one_by_one:
                place_piece(plan, a, hyper, epoch % size)
                for k in range(parameters.size):
                    parameters[k] = rates[epoch // size * parameters.size + k]
            forward(plan, loss, parameters, wide, a, z, not one_by_one or epoch % size == 0)
            if one_by_one:
                first_out = at(plan, plan.shape[0] - 1, VALUES_OUT)
                if what == SHADE:
                    shade(a, first_out, at(plan, 0, ELEMENTS), bytes_at(table, 26), epoch)
                else:
                    for k in range(z.size):
                        losses[epoch * z.size + k] = a[first_out + k]
            if what == TRAIN and turn == 0:
                measure(plan, loss, z, a, targets, shares, terms, losses, misses, row)
                dead = mark_losses(parameters, before, diverged, losses, row, epoch)
                for k in range(parameters.size):
                    before[k] = parameters[k]
            if one_by_one or (turn == 0 and batches > 0):
                continue
            backward(plan, loss, wide, a, targets, shares, delta, ones, gradient)
            if what == TRAIN:
                step = epoch * batches + turn if batches else epoch + 1
                update(optimizer, hyper, step, rates, gradient, parameters, first, second)
        if what == TRAIN and (dead or not all_finite(parameters)):
            keep_finite(parameters, before, diverged, epoch + 1)


@part
def samples_at(table: Marks, k: int) -> tuple[Plan, Array, Array, Array, Array, Array, Array, Array, Array]:
    """Return the nine arrays of a calls.Samples, from the table's k-th on."""
    return (plan_at(table, k), floats(table, k + 1), floats(table, k + 2), floats(table, k + 3), floats(table, k + 4),
            floats(table, k + 5), floats(table, k + 6), floats(table, k + 7), floats(table, k + 8))


@part
def place_piece(plan: Plan, a: Array, pieces: Array, piece: int) -> None:
    """Copy a piece of the samples' inputs to where a pass begins."""
    length = at(plan, 0, N_IN) * at(plan, 0, ELEMENTS)
    for k in range(length):
        a[k] = pieces[piece * length + k]


@part
def shade(a: Array, first: int, elements: int, shades: Bytes, piece: int) -> None:
    """Put 0..255 for an answer of 0..1 where a piece's shades go."""
    for k in range(elements):
        answer = a[first + k]
        within = min(max(answer, 0.0), 1.0) * 255.0
        grey = (within + WHOLE) - WHOLE
        shades[piece * elements + k] = UNKNOWN_SHADE if math.isnan(answer) else np.uint8(grey)


@part
def place(plan: Plan, a: Array, targets: Array, b_plan: Plan, b_a: Array, b_targets: Array, b_shares: Array,
          orders: Marks, row: int, begin: int, size: int, count: int, mean: bool) -> None:
    """Copy the samples orders[row + begin :][:size] of `count` into the batch.

    What is missing from a last batch, and padding, repeats the last sample and counts for 0.
    """
    S, L, inputs = at(b_plan, 0, SAMPLES), at(b_plan, 0, LANES), at(b_plan, 0, N_IN)
    E_all, E = at(plan, 0, ELEMENTS), at(b_plan, 0, ELEMENTS)
    there = size if begin + size <= count else count - begin
    share = 1.0 / there if mean else 1.0
    for s in range(S):
        source = orders[row + begin + (s if s < there else there - 1)]
        for lane in range(L):
            k, m = s * L + lane, source * L + lane
            for i in range(inputs):
                b_a[i * E + k] = a[i * E_all + m]
            for output in range(b_targets.size // E):
                b_targets[output * E + k] = targets[output * E_all + m]
            b_shares[k] = share if s < there else 0.0


@part
def mark_losses(parameters: Array, before: Array, diverged: Marks, losses: Array, row: int, epoch: int) -> bool:
    """Mark lanes whose loss is not finite, take back their last step, and say whether any lane has diverged."""
    L, dead = diverged.size, False
    for lane in range(L):
        if diverged[lane] < 0 and not math.isfinite(losses[row + lane]):
            diverged[lane] = epoch
            for k in range(lane, parameters.size, L):
                parameters[k] = before[k]
        dead = dead or diverged[lane] >= 0
    return dead


@part
def keep_finite(parameters: Array, before: Array, diverged: Marks, epoch: int) -> None:
    """Mark lanes with a parameter that is not finite, and keep every diverged lane at its last finite parameters."""
    L = diverged.size
    for lane in range(L):
        for k in range(lane, parameters.size, L):
            if diverged[lane] < 0 and not math.isfinite(parameters[k]):
                diverged[lane] = epoch
        if diverged[lane] >= 0:
            for k in range(lane, parameters.size, L):
                parameters[k] = before[k]
