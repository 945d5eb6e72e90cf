"""Read the body of an answer to `run` as docs/protocol.md lays it out, number by number: nothing of ours is used."""

from __future__ import annotations

import struct
from typing import Any

KINDS = ["ready", "begun", "crawling", "learning", "solved", "stuck", "worse", "bouncing", "cycling", "chaotic",
         "diverged"]


class Body:
    """Take numbers off the front of the bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def take(self, letter: str, count: int) -> list[Any]:
        values = struct.unpack_from(f"<{count}{letter}", self.data, self.place)
        self.place += struct.calcsize(f"<{count}{letter}")
        return list(values)


def read(answer: dict[str, Any]) -> dict[str, Any]:
    """Return {"losses": per lane, "frames": per frame and lane}, having used up every byte."""
    lanes, count = len(answer["diverged"]), answer["stop"] - answer["epoch"]
    shown, grid = answer["samples"] * answer["outputs"], answer["grid"]
    body = Body(answer["body"])
    losses = [body.take("d", count) for _ in range(lanes)]
    frames = [[{"epoch": epoch, "parameters": body.take("d", answer["parameters"]), "outputs": body.take("d", shown),
                "gradient_norm": body.take("d", 1)[0]} for _ in range(lanes)] for epoch in answer["frames"]]
    for frame in frames:
        for lane in frame:
            kind, at, uphill, steps = body.take("i", 4)
            lane["verdict"] = {"kind": KINDS[kind], "at": at, "uphill": uphill, "steps": steps}
    for frame in frames:
        for lane in frame:
            lane["surface"] = [body.take("B", grid) for _ in range(grid)]
    assert body.place == len(answer["body"])
    return {"losses": losses, "frames": frames}


def numbers(chunk: dict[str, Any]) -> list[float]:
    """Return every float of a chunk that was read."""
    lanes = [lane for frame in chunk["frames"] for lane in frame]
    return [number for row in (*chunk["losses"], *(lane["parameters"] for lane in lanes),
                               *(lane["outputs"] for lane in lanes), [lane["gradient_norm"] for lane in lanes])
            for number in row]
