"""What the nodes and edges of a network are called: x1, h1 (deeper: h2_1), o1, b; x1>h1, b>h1."""

from __future__ import annotations

from collections.abc import Sequence

BIAS_SOURCE = "b"


def node_names(layers: Sequence[int]) -> list[list[str]]:
    """Name every node, a list per layer: inputs x, outputs o, hidden h1 h2 or, with several hidden layers, h1_2."""
    deep = len(layers) > 3

    def name(layer: int, index: int) -> str:
        if layer == 0:
            return f"x{index}"
        if layer == len(layers) - 1:
            return f"o{index}"
        return f"h{layer}_{index}" if deep else f"h{index}"

    return [[name(layer, index + 1) for index in range(width)] for layer, width in enumerate(layers)]


def edge_name(source: str, target: str) -> str:
    """Name the edge between two nodes (or from the bias source `b`): source>target."""
    return f"{source}>{target}"
