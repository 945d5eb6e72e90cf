"""Run specs to test with: three fates of XOR, batches, optimisers, and lanes that run away in both ways."""

from __future__ import annotations

from typing import Any

from backprop import RunSpec, read_run_spec

XOR = {"x": [[0, 0], [0, 1], [1, 0], [1, 1]], "y": [[0], [1], [1], [0]]}


def lane(rate: float, seed: int = 3, initializer: str = "xavier", **more: Any) -> dict[str, Any]:
    return {"learning_rate": rate, "initial": {"kind": "random", "initializer": initializer, "seed": seed}, **more}


def xor(*lanes: dict[str, Any], **more: Any) -> RunSpec:
    """Return the spec of a run on XOR: 2→4→1, tanh and sigmoid, binary cross-entropy, where nothing else is said."""
    return read_run_spec({"v": 1, "layers": [2, 4, 1], "activations": ["tanh", "sigmoid"],
                          "loss": "binary_cross_entropy", "biases": True, "data": XOR, **more, "lanes": list(lanes)})


FATES = xor(lane(0.01), lane(0.5), lane(10.0))
BATCHES = xor(lane(0.1, optimizer="momentum"), lane(0.05, 4, optimizer="adam", hyper={"beta1": 0.8}), lane(0.3),
              batch=3, order_seed=9, reduction="sum")
# The first lane never runs away; the second grows a thousandfold an epoch, the third faster still.
WILD = xor(lane(0.01), lane(400), lane(1000), layers=[2, 1], activations=["linear"], loss="squared_error")
# Five layers deep: what they answer overflows long before the parameters do.
DEEP = read_run_spec({"v": 1, "layers": [2, 8, 8, 8, 8, 1], "activations": ["linear"] * 5, "loss": "half_squared_error",
                      "biases": False, "data": XOR,
                      "lanes": [lane(0.01, initializer="he"), lane(60, initializer="he")]})
SPECS = {"fates": FATES, "batches": BATCHES, "wild": WILD, "deep": DEEP}
