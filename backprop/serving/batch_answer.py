"""The answer to `batch`: one epoch as one move and as many, in the plane of two parameters."""

from __future__ import annotations

import math
from typing import Any

from ..batch_steps import BatchSteps, Move, Plane, Point, batch_steps, distance, tips
from ..results import Gradients
from ..spec_words import read_model
from .batch_payload import BatchWanted
from .processor import Processor


def batch(payload: object, processor: Processor) -> dict[str, Any]:
    """Return the answer, worked out aside; Refused where a field is at fault."""
    wanted = read_model(BatchWanted, payload)
    spec, network = wanted.spec, wanted.spec.network()
    steps = processor.aside(lambda: batch_steps(network, spec.data.x, spec.data.y, loss=spec.loss,
                                                learning_rate=spec.learning_rate))
    return {"ok": True, "edges": list(wanted.edges), "learning_rate": spec.learning_rate,
            **described(steps, Plane(network, *wanted.edges), spec.learning_rate)}


def described(steps: BatchSteps, plane: Plane, learning_rate: float) -> dict[str, Any]:
    """Return the arrows as plain JSON; a number beyond float64 is None."""
    start, rows = plane.point(steps.start), [plane.point(row) for row in steps.rows]
    ends = {"sum": plane.point(steps.total.after), "mean": plane.point(steps.mean.after)}
    froms = [start, *(plane.point(move.after) for move in steps.one_at_a_time)]
    last = froms[-1]
    return {
        "start": _point(start), "loss": _real(steps.loss),
        "rows": [{"loss": _real(row.loss), **_arrow(row, plane), "tip": _point(tip)}
                 for row, tip in zip(steps.rows, tips(rows), strict=True)],
        "sum": {**_move(steps.total, plane, learning_rate), "loss": _real(steps.losses[0])},
        "mean": {**_move(steps.mean, plane, learning_rate), "loss": _real(steps.losses[1])},
        "one_at_a_time": {
            "moves": [{"from": _point(before), **_move(move, plane, learning_rate)}
                      for before, move in zip(froms, steps.one_at_a_time, strict=False)],
            "end": _point(last), "length": _real(distance(start, last)), "loss": _real(steps.losses[2]),
            "apart": {name: _real(distance(end, last)) for name, end in ends.items()}},
    }


def _arrow(gradient: Gradients, plane: Plane) -> dict[str, Any]:
    point = plane.point(gradient)
    return {"gradient": _point(point), "length": _real(distance(point))}


def _move(move: Move, plane: Plane, learning_rate: float) -> dict[str, Any]:
    """Say a gradient, the move against it, and where that ends.

    The move is not the difference of the ends: beside large weights that would be rounded away.
    """
    x, y = plane.point(move.gradient)
    way = (-learning_rate * x, -learning_rate * y)
    return {**_arrow(move.gradient, plane), "move": _point(way), "move_length": _real(distance(way)),
            "end": _point(plane.point(move.after))}


def _point(point: Point) -> list[float | None]:
    return [_real(value) for value in point]


def _real(value: float) -> float | None:
    return value if math.isfinite(value) else None
