"""The gradient check: every gradient of the backward pass beside the slope found by nudging."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from .losses import LOSSES
from .names import BIAS_SOURCE, edge_name, node_names
from .network import Network, check_fit
from .nudging import Nudger
from .passes import Gradients, backward, checked_targets, forward

TOLERANCE = 1e-6


class ParameterCheck(NamedTuple):
    """Compare one parameter's gradient: by backpropagation (analytic) and by nudging (numeric).

    relative_difference: |analytic - numeric| over the larger of the two; see `gradient_check` for tiny ones.
    """

    edge: str
    analytic: float
    numeric: float
    relative_difference: float


@dataclass(frozen=True)
class CheckReport:
    """Hold the comparison of every parameter, in the order of the layers, nodes and their incoming edges."""

    parameters: tuple[ParameterCheck, ...]
    tolerance: float = TOLERANCE

    @property
    def worst(self) -> ParameterCheck:
        """The parameter with the largest relative difference (the first of equals)."""
        return max(self.parameters, key=lambda checked: checked.relative_difference)

    @property
    def passed(self) -> bool:
        """Whether no relative difference is larger than the tolerance."""
        return self.worst.relative_difference <= self.tolerance

    def as_dict(self) -> dict[str, Any]:
        """Return the report in plain JSON types; a difference that is not finite becomes None."""
        return {
            "parameters": [{"edge": checked.edge, "backpropagation": _plain(checked.analytic),
                            "nudging": _plain(checked.numeric),
                            "relative_difference": _plain(checked.relative_difference)}
                           for checked in self.parameters],
            "worst": self.worst.edge,
            "worst_relative_difference": _plain(self.worst.relative_difference),
            "tolerance": self.tolerance,
            "passed": self.passed,
        }


def gradient_check(network: Network, X: Any, y: Any, *, loss: str, reduction: str = "mean",
                   gradients: Gradients | None = None) -> CheckReport:
    """Check every gradient against central differences: (L(w + h) - L(w - h)) / 2h.

    X, y, loss, reduction: as for `forward` and `backward`. gradients: those to check; None: `backward`'s.
    The relative difference is |analytic - numeric| / max(|analytic|, |numeric|, doubt / tolerance), 0 where all of
    these are 0: the doubt is what rounding and bending may have done to the numeric slope, so that two tiny numbers
    are not held against each other more exactly than nudging can tell. ReLU on its kink, z = 0, is taken to go on
    with slope 0 to both sides (leaky ReLU: 0.01), as `backward` takes it.
    A difference that is not finite (numbers beyond float64) counts as infinite. ValueError as `backward`.
    """
    passed = forward(network, X)
    computed = backward(network, passed, y, loss=loss, reduction=reduction)  # checks y, loss and reduction
    checked = computed if gradients is None else gradients
    check_fit("gradients", checked, network)
    targets = checked_targets(y, passed.output.shape, LOSSES[loss])
    return CheckReport(tuple(_compared(network, Nudger(network, passed, targets, LOSSES[loss], reduction), checked)))


def _compared(network: Network, nudger: Nudger, gradients: Gradients) -> Iterator[ParameterCheck]:
    names = node_names(network.layers)
    for layer, weights in enumerate(gradients.weights):
        sources: list[int | None] = [*range(weights.shape[0])]
        rows = [*weights]
        if gradients.biases is not None:
            sources.append(None)
            rows.append(gradients.biases[layer])
        slopes = [nudger.slopes(layer, source) for source in sources]
        for target, target_name in enumerate(names[layer + 1]):
            for source, row, (numeric, doubt) in zip(sources, rows, slopes, strict=True):
                edge = edge_name(BIAS_SOURCE if source is None else names[layer][source], target_name)
                yield _parameter(edge, float(row[target]), float(numeric[target]), float(doubt[target]))


def _parameter(edge: str, analytic: float, numeric: float, doubt: float) -> ParameterCheck:
    if not all(map(math.isfinite, (analytic, numeric, doubt))):
        return ParameterCheck(edge, analytic, numeric, math.inf)
    size = max(abs(analytic), abs(numeric), doubt / TOLERANCE)
    return ParameterCheck(edge, analytic, numeric, abs(analytic - numeric) / size if size > 0.0 else 0.0)


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None
