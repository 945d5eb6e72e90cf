"""The losses, element by element: what each sample adds to the loss, its blame, and how far it misses."""

from __future__ import annotations

from ..activations import Array
from .addresses import at
from .compiled import part
from .elementary import exp_down, log1p, softplus_of_both
from .plan import BINARY_CROSS_ENTROPY, CROSS_ENTROPY, ELEMENTS, N_OUT, SQUARED_ERROR, VALUES_OUT, Plan
from .quad import Quads, all_four, largest, load, magnitude, store, where_less

LN_2 = 0.6931471805599453


@part
def is_fused(loss: int) -> bool:
    """Say whether the loss is computed from the last layer's z, and has a - t as its dL/dz."""
    return loss >= BINARY_CROSS_ENTROPY


@part
def losses_of(plan: Plan, loss: int, z: Array, a: Array, targets: Array, terms: Array) -> None:
    """Put each element's loss, summed over its outputs, into `terms` (E). z, targets: a row per output."""
    last = plan.shape[0] - 1
    E, outputs, first = at(plan, last, ELEMENTS), at(plan, last, N_OUT), at(plan, last, VALUES_OUT)
    share = 1.0 if loss == SQUARED_ERROR else 0.5
    for e in range(0, E, 4):
        if loss == CROSS_ENTROPY:
            store(terms, e, _cross_entropy(E, outputs, z, targets, e))
            continue
        added = all_four(0.0)
        for output in range(outputs):
            k = output * E + e
            t = load(targets, k)
            if loss == BINARY_CROSS_ENTROPY:
                up, down = softplus_of_both(load(z, k))
                added += t * down + (1.0 - t) * up
            else:
                miss = load(a, first + k) - t
                added += miss * miss * share
        store(terms, e, added)


@part
def _cross_entropy(E: int, outputs: int, z: Array, targets: Array, e: int) -> Quads:
    """Return the sum of t_k (ln(sum_j e^z_j) - z_k), measured from the largest z.

    The largest's own e^0 = 1 is left to log1p, so that a loss near 0 keeps its digits. The others may sum to more than
    1, to as many as they are: ln(1 + u) = ln 2 + ln(1 + (u - 1) / 2), until u is 1 at most.
    """
    largest = load(z, e)
    for output in range(outputs):
        k = output * E + e
        largest = where_less(largest, load(z, k), load(z, k), largest)
    others, found = all_four(0.0), all_four(0.0)
    for output in range(outputs):
        k = output * E + e
        below = load(z, k) - largest
        is_first = where_less(below, all_four(0.0), all_four(0.0), 1.0 - found)
        found += is_first
        others += where_less(all_four(0.5), is_first, all_four(0.0), exp_down(below))
    log_sum, most = all_four(0.0), outputs - 1
    while most > 1:
        most //= 2
        more = others
        others = where_less(all_four(1.0), more, (more - 1.0) * 0.5, others)
        log_sum += where_less(all_four(1.0), more, all_four(LN_2), all_four(0.0))
    log_sum += log1p(others)
    added = all_four(0.0)
    for output in range(outputs):
        k = output * E + e
        added += load(targets, k) * (log_sum - (load(z, k) - largest))
    return added


@part
def blame_outputs(plan: Plan, loss: int, a: Array, targets: Array, shares: Array, delta: Array) -> None:
    """Put dL/da of the outputs into `delta`, or a fused loss's dL/dz: a - t. shares (E): 1 / B, 1, or 0 for padding."""
    last = plan.shape[0] - 1
    E, outputs, first = at(plan, last, ELEMENTS), at(plan, last, N_OUT), at(plan, last, VALUES_OUT)
    factor = 2.0 if loss == SQUARED_ERROR else 1.0
    for e in range(0, E, 4):
        share = load(shares, e) * factor
        for output in range(outputs):
            k = output * E + e
            store(delta, first + k, (load(a, first + k) - load(targets, k)) * share)


@part
def worst_misses(plan: Plan, a: Array, targets: Array, lanes: int, misses: Array, into: int) -> None:
    """Put each lane's largest |a - t| over its samples and outputs into `misses`, from `into` on."""
    last = plan.shape[0] - 1
    E, first = at(plan, last, ELEMENTS), at(plan, last, VALUES_OUT)
    numbers = at(plan, last, N_OUT) * E
    if lanes == 1:
        misses[into] = largest(_worst(a, first, targets, 0, numbers, 4))
        return
    for lane in range(0, lanes, 4):
        store(misses, into + lane, _worst(a, first, targets, lane, numbers, lanes))


@part
def _worst(a: Array, first: int, targets: Array, begin: int, end: int, step: int) -> Quads:
    worst = all_four(0.0)
    for k in range(begin, end, step):
        miss = magnitude(load(a, first + k) - load(targets, k))
        worst = where_less(worst, miss, miss, worst)
    return worst
