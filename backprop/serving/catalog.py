"""Everything that can be chosen, and its bounds."""

from __future__ import annotations

import math
from typing import Any

from .. import bounds
from ..activations import ACTIVATIONS
from ..figure_examples import examples
from ..initializers import INITIALIZERS
from ..kernels.thresholds import KINDS
from ..losses import LOSSES
from ..optimizers import OPTIMIZERS
from ..presets import PRESETS
from ..run_presets import RUN_PRESETS
from ..signs import SIGNS

LIMITS = {
    "layers": bounds.LAYERS, "width": bounds.WIDTH, "samples": bounds.SAMPLES, "weight": bounds.WEIGHT,
    "input": bounds.INPUT, "target": bounds.TARGET, "learning_rate": bounds.LEARNING_RATE, "seed": bounds.SEED,
    "pass": bounds.PASS, "count": bounds.COUNT, "lanes": bounds.LANES_SHOWN, "batch": bounds.BATCH,
    "hyper": bounds.HYPER, "epoch": bounds.EPOCH, "every": bounds.EVERY, "grid": bounds.GRID, "seeds": bounds.SEEDS,
    "depth": bounds.DEPTH,
}


def catalog() -> dict[str, Any]:
    """Return the answer to `catalog`: names with labels, presets, and limits as {"min", "max"}."""
    return {
        "ok": True,
        "activations": [{"name": a.name, "label": a.label, "steepest": a.steepest} for a in ACTIVATIONS.values()],
        "losses": [{"name": loss.name, "label": loss.label} for loss in LOSSES.values()],
        "signs": [{"name": sign.name, "label": sign.label} for sign in SIGNS.values()],
        "initializers": [{"name": i.name, "label": i.label} for i in INITIALIZERS.values()],
        "optimizers": [{"name": o.name, "label": o.label, "hyper": dict(o.hyper)} for o in OPTIMIZERS.values()],
        "verdicts": list(KINDS),
        "presets": [preset.as_dict() for preset in PRESETS],
        "run_presets": [preset.as_dict() for preset in RUN_PRESETS],
        "examples": examples(),
        "limits": {name: bound.as_dict() for name, bound in LIMITS.items()} | {"target_by_loss": _targets()},
    }


def _targets() -> dict[str, dict[str, float]]:
    return {name: {"min": loss.target_low, "max": loss.target_high}
            for name, loss in LOSSES.items() if math.isfinite(loss.target_low) and math.isfinite(loss.target_high)}
