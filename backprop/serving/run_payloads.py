"""What the events of training take: `run`, `seeds` and `guessing`."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from ..bounds import EPOCH, EVERY, GRID, LANES_SHOWN, SEEDS
from ..kernels.plan import parameter_count
from ..refusals import refuse
from ..run_spec import RunSpec
from ..spec import Strict
from ..spec_words import disagreement, lanes_taken

MOST_WORK = 5_000_000_000  # lanes x samples x parameters x epochs: some seconds of one core
Epoch = Annotated[int, Field(ge=EPOCH.low, le=EPOCH.high)]


class RunWanted(Strict):
    """Ask for epochs `epoch` to `stop` - 1 of a run, and for frames of those that are multiples of `every`.

    grid: points a side of the surface in each frame, 0 for none. An answer may hold fewer epochs: go on from its stop.
    """

    TAKES: ClassVar = {"lanes": lanes_taken(LANES_SHOWN)}
    spec: RunSpec
    epoch: Epoch
    stop: Epoch
    every: Annotated[int, Field(ge=EVERY.low, le=EVERY.high)] | None = None
    grid: Annotated[int, Field(ge=0, le=GRID.high)] = 0

    @model_validator(mode="after")
    def _fits(self) -> RunWanted:
        if len(self.spec.lanes) > LANES_SHOWN.high:
            raise disagreement(refuse("lanes", len(self.spec.lanes), f"{LANES_SHOWN} lanes", "A run on a page takes"))
        if 0 < self.grid < GRID.low:
            raise disagreement(refuse("grid", self.grid, f"0 for none, or a whole number from {GRID}", "Grid takes"))
        if self.stop <= self.epoch:
            raise disagreement(refuse("stop", self.stop, f"an epoch after {self.epoch}", "Stop takes"))
        check_work(self.spec, len(self.spec.lanes), self.stop, "stop")
        return self


class SeedsWanted(Strict):
    """Ask when the first lane of a run solves it from the seeds 0 to `seeds` - 1, within `stop` epochs."""

    spec: RunSpec
    stop: Epoch
    seeds: Annotated[int, Field(ge=SEEDS.low, le=SEEDS.high)]

    @model_validator(mode="after")
    def _fits(self) -> SeedsWanted:
        check_work(self.spec, self.seeds, self.stop, "stop")
        return self


def check_work(spec: RunSpec, lanes: int, epochs: int, field: str) -> None:
    """Refuse what would keep the engine busy for too long."""
    most = most_epochs(spec, lanes)
    if epochs > most:
        raise disagreement(refuse(field, epochs, f"at most {most} epochs", "A run as large as this takes"))


def most_epochs(spec: RunSpec, lanes: int) -> int:
    """Return how many epochs of so many lanes may be asked for."""
    return max(1, MOST_WORK // (lanes * len(spec.data.x) * parameter_count(spec.layers, spec.biases)))
