"""The table of XOR's plateaus, as the lesson's template writes it."""

from __future__ import annotations

from typing import Any

from ..losses import LOSSES, REDUCTIONS
from ..plateaus import CONVENTIONS, PLATEAUS, WITHIN
from ..run_presets import RUN_PRESETS

WORDS = {"half": "all at ½", "two": "two right, two at ½",
         "one": "one right, three at\N{NO-BREAK SPACE}⅔\N{NO-BREAK SPACE}or\N{NO-BREAK SPACE}⅓"}


def stuck_table() -> dict[str, Any]:
    """Return the rows and columns, and the loss with which figure `xor` begins."""
    first = next(preset.spec for preset in RUN_PRESETS if preset.name == "xor")
    return {
        "within": WITHIN, "loss": first.loss, "reduction": first.reduction, "reductions": list(REDUCTIONS),
        "losses": [{"name": name, "label": LOSSES[name].label} for name in CONVENTIONS],
        "rows": [{"name": plateau.name, "words": WORDS[plateau.name], "outputs": plateau.outputs,
                  "losses": {name: {reduction: plateau.loss(name, reduction) for reduction in REDUCTIONS}
                             for name in CONVENTIONS}} for plateau in PLATEAUS],
    }
