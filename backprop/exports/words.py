"""What every export says of the network it holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ..activations import ACTIVATIONS
from ..losses import LOSSES


def shape(layers: Sequence[int]) -> str:
    """Write the widths of the layers: 2→2→1."""
    return "→".join(str(width) for width in layers)


def functions(activations: Sequence[str]) -> str:
    """Name the activations of the layers: "sigmoid in every layer", "tanh, then sigmoid"."""
    labels = [(ACTIVATIONS[name].label, len(list(layers))) for name, layers in groupby(activations)]
    if len(labels) == 1:
        return f"{labels[0][0]} in every layer" if len(activations) > 1 else labels[0][0]
    return ", then ".join(label if times == 1 else f"{label} in {times} layers" for label, times in labels)


def loss_label(name: str) -> str:
    """Return what the loss is called on the page."""
    return LOSSES[name].label


def opened(text: str) -> str:
    """Give a sentence its capital."""
    return text[0].upper() + text[1:]
