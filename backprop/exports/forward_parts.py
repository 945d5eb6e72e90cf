"""The forward pass as lines of a program: the same for NumPy and PyTorch."""

from __future__ import annotations

from collections.abc import Mapping

from ..runs import OnePass


def forward(one: OnePass, activate: Mapping[str, str]) -> list[str]:
    """Return a part for each layer, which prints z and a; activate: an activation of {z}, by its name."""
    biased = one.network.biases is not None
    parts = []
    for layer, kind in enumerate(one.network.activations, start=1):
        parts.append(f"z{layer} = {sum_into(layer, biased)}\na{layer} = {activate[kind].format(z=f'z{layer}')}\n"
                     f'show_nodes({layer}, "z", z{layer})\nshow_nodes({layer}, "a", a{layer})\n')
    parts[0] = f"# Forward: every node adds up what it is sent, and puts the sum through its activation.\n{parts[0]}"
    return parts


def sum_into(layer: int, biased: bool) -> str:
    """Write z of a layer of weights, 1 for the first: a1 @ W2 + b2."""
    return f"{sent(layer)} @ W{layer}" + (f" + b{layer}" if biased else "")


def sent(layer: int) -> str:
    """Name what is sent into a layer of weights: x, then a1, a2, ..."""
    return "x" if layer == 1 else f"a{layer - 1}"
