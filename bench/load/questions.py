"""What the learners ask: a chunk of a race, and what the page asks first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

EPOCHS = 10  # a chunk: the losses of so many epochs ...
GRID = 28  # ... and one frame, as figure `race` draws it
RACE_EPOCHS = 1000
SPREAD = 37  # a number that spreads learners over the chunks of a race


@dataclass(frozen=True)
class Question:
    """Hold one request. size: how many bytes come beside the answer, None for none."""

    event: str
    payload: str
    size: int | None


class Chunks:
    """Ask for one race after the other, chunk after chunk.

    specs: those of the races, as JSON. own: every learner has a spec of its own, and another in each race; else all
    have the same. size: bytes of an answer.
    """

    def __init__(self, spec: dict[str, Any], size: int, *, own: bool, epochs: int = EPOCHS,
                 every: int | None = EPOCHS) -> None:
        """Keep the spec of which the learners' differ by the seed."""
        self._spec, self._size, self._own, self._epochs, self._every = spec, size, own, epochs, every or epochs

    def __call__(self, learner: int, turn: int) -> Question:
        """Return a learner's question number `turn`. First races end on their way: later ones begin at all times."""
        whole = RACE_EPOCHS // self._epochs
        left_out = SPREAD * learner % whole
        race, chunk = divmod(turn + left_out, whole)
        if race == 0:
            chunk -= left_out
        seed = 1000 + learner + 10_000 * race if self._own else 1000
        epoch = chunk * self._epochs
        return Question("run", f'{{"spec":{_seeded(json.dumps(self._spec), seed)},"epoch":{epoch},'
                               f'"stop":{epoch + self._epochs},"every":{self._every},"grid":{GRID}}}', self._size)


class Same:
    """Ask the same, always."""

    def __init__(self, event: str, payload: dict[str, Any]) -> None:
        """Keep the question."""
        self._question = Question(event, json.dumps(payload, separators=(",", ":")), None)

    def __call__(self, learner: int, turn: int) -> Question:
        """Return it."""
        return self._question


@lru_cache(maxsize=4096)
def _seeded(spec: str, seed: int) -> str:
    """Return a run's spec with all its lanes starting from this seed."""
    seeded = json.loads(spec)
    for lane in seeded["lanes"]:
        lane["initial"]["seed"] = seed
    return json.dumps(seeded, separators=(",", ":"))
