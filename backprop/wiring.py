"""Who feeds whom: a network's nodes and edges by name, in the order of the tape."""

from __future__ import annotations

from collections.abc import Sequence

from .names import BIAS_SOURCE, node_names


class Wiring:
    """Hold the names of a network's nodes, a list per layer (inputs first), and how they are joined."""

    def __init__(self, layers: Sequence[int], activations: Sequence[str], biased: bool) -> None:
        """Name the nodes of a network with these widths, activations and, if `biased`, biases."""
        self.nodes = node_names(layers)
        self.biased = biased
        self.last = len(self.nodes) - 1
        self._activations = tuple(activations)

    def kind(self, layer: int) -> str:
        """Return the activation's name of a layer of nodes (1 is the first after the inputs)."""
        return self._activations[layer - 1]

    def sent(self, source: str) -> str:
        """Return the id of what a node sends on: its activation; an input is its own."""
        return source if source.startswith("x") else f"{source}.a"

    def edges_into(self, layer: int) -> list[tuple[str, str]]:
        """List the edges into a layer as (source, to): by the node they lead to, each node's bias last."""
        sources = [*self.nodes[layer - 1], *([BIAS_SOURCE] if self.biased else [])]
        return [(source, to) for to in self.nodes[layer] for source in sources]

    def edges_back(self) -> list[tuple[str, str]]:
        """List all edges in the order in which the backward pass meets them: the last layer's first."""
        return [edge for layer in range(self.last, 0, -1) for edge in self.edges_into(layer)]
