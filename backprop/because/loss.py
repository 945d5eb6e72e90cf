"""Say why the loss, or one output's part in it, is as large as it is."""

from __future__ import annotations

from collections.abc import Sequence

from .words import looks_equal, sentence, show, size

RULED_OUT = 1e-4


def squared(node: str, a: float, t: float, value: float, half: bool) -> str:
    """Say how the gap between what an output said and what was wanted makes its squared loss."""
    gap = a - t
    if gap == 0.0:
        return sentence(f"{node} said exactly the {show(t)} that was wanted, so there is no loss")
    if looks_equal(a, t) or value == 0.0:
        return sentence(f"{node} said so nearly the {show(t)} that was wanted that hardly any loss is left: "
                        f"{show(value)}")
    square = "half the square" if half else "the square"
    if abs(gap) > 1.0:
        return sentence(f"{node} said {show(a)}, as far as {size(gap)} from the {show(t)} wanted, and the square "
                        f"grows faster than the gap: {square} is {show(value)}")
    if abs(gap) < 0.05:
        return sentence(f"{node} is only {size(gap)} from the {show(t)} wanted, and squaring makes that smaller still: "
                        f"{square} is {show(value)}")
    return sentence(f"{node} said {show(a)} where {show(t)} was wanted; {square} of that gap of {size(gap)} "
                    f"is {show(value)}")


def binary(node: str, a: float, t: float, value: float) -> str:
    """Say how much of a surprise a target in 0..1 is to a sigmoid output."""
    if t not in (0.0, 1.0):
        if looks_equal(a, t):
            return sentence(f"{node} said about the {show(t)} wanted; a target between 0 and 1 keeps some surprise "
                            f"even so: {show(value)}")
        return sentence(f"{node} said {show(a)} where {show(t)} was wanted, and the surprise at 1 and at 0, weighed by "
                        f"that target, is {show(value)}")
    given = a if t == 1.0 else 1.0 - a
    wanted = f"{show(t)} was wanted"
    if given > 1.0 - 1e-3:
        return sentence(f"{wanted} and {node} all but said it, so {_left(value)}")
    if given < RULED_OUT:
        return sentence(f"{wanted} and {node} had all but ruled it out, so the loss is great: {show(value)}")
    if t == 1.0:
        return sentence(f"{wanted} and {node} gave it a chance of {show(given)}; the loss is minus the logarithm of "
                        f"that, {show(value)}")
    return sentence(f"{wanted} and {node}, saying {show(a)}, left it a chance of {show(given)}; minus the logarithm of "
                    f"that is {show(value)}")


def _left(value: float) -> str:
    return f"hardly any loss is left: {show(value)}" if value else "no loss is left that a computer could hold"


def share(node: str, a: float, t: float, value: float) -> str:
    """Say what a softmax output's share costs, given the share that was wanted for it."""
    if t == 0.0:
        return sentence(f"{node} is not the right answer, so no loss is counted for it by itself")
    if t != 1.0:
        return sentence(f"{node} got a share of {show(a)} where {show(t)} was wanted; that much of its surprise "
                        f"counts: {show(value)}")
    if a > 1.0 - 1e-3:
        return sentence(f"{node} is the right answer and got all but the whole share, so {_left(value)}")
    if a < RULED_OUT:
        return sentence(f"{node} is the right answer, yet it got next to no share, so the loss is great: {show(value)}")
    return sentence(f"{node} is the right answer and got a share of {show(a)}; minus the logarithm of that "
                    f"is {show(value)}")


def total(parts: Sequence[tuple[str, float]], value: float) -> str:
    """Say how the outputs' parts, each a (node, loss), add up."""
    counting = [part for part in parts if part[1] != 0.0]
    if not counting:
        return sentence("no output has any loss, so there is none in all")
    if len(counting) == 1:
        return sentence(f"only {counting[0][0]} has any loss, so the whole of it, {show(value)}, is its doing")
    name, most = max(counting, key=lambda part: part[1])
    ties = sum(looks_equal(amount, most) for _, amount in counting)
    if ties == len(parts):
        return sentence(f"the outputs have equal parts in the loss, and together they make {show(value)}")
    if ties > 1:
        return sentence(f"the outputs' parts add up to {show(value)}, and no part is larger than {show(most)}")
    return sentence(f"the outputs' parts add up to {show(value)}, and {name} has the largest, {show(most)}")
