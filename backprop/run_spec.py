"""Run specs: what a training run is. One network shape and its data, and a lane for each network that learns."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from .bounds import BATCH, HYPER, LANES
from .lanes import Lane
from .network import Network
from .optimizers import OPTIMIZERS
from .refusals import refuse
from .spec import AnySpec, Initial, LearningRate, Seed, Strict, real, without_negative_zero
from .spec_agreement import check_initial, check_task
from .spec_words import disagreement, in_lane, known_name, read_model
from .training import Training

Hyper = Annotated[float, real(HYPER), AfterValidator(without_negative_zero)]
ReductionName = Annotated[str, AfterValidator(known_name("reduction"))]
OptimizerName = Annotated[str, AfterValidator(known_name("optimizer"))]


class LaneSpec(Strict):
    """Describe one lane: its learning rate, where it starts, its optimiser, and the numbers of that to change."""

    learning_rate: LearningRate
    initial: Initial
    optimizer: OptimizerName = "sgd"
    hyper: dict[str, Hyper] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _complete(self) -> LaneSpec:
        usual = OPTIMIZERS[self.optimizer].hyper
        for name in self.hyper:
            if name not in usual:
                takes = f"only {', '.join(usual)}" if usual else "none"
                raise disagreement(refuse("hyper", name, takes, f"The numbers of {self.optimizer} take"))
        complete = {**usual, **self.hyper}  # in the order of the optimiser's own
        self.hyper.clear()
        self.hyper.update(complete)
        return self


class RunSpec(AnySpec):
    """Describe a training run completely, version 1: equal specs give equal bits. See docs/protocol.md."""

    reduction: ReductionName = "mean"
    batch: Annotated[int, Field(ge=BATCH.low, le=BATCH.high)] | None = None
    order_seed: Seed = 0
    lanes: Annotated[tuple[LaneSpec, ...], Field(min_length=LANES.low, max_length=LANES.high, strict=False)]

    @model_validator(mode="after")
    def _agrees(self) -> RunSpec:
        check_task(self)
        for number, lane in enumerate(self.lanes):
            try:
                check_initial(self.layers, self.biases, lane.initial)
            except PydanticCustomError as fault:
                raise disagreement(in_lane((fault.context or {})["refused"], number)) from None
        return self

    def networks(self) -> list[Network]:
        """Return the network that each lane starts from; equal starts are one."""
        starts = {initial: self.starting(initial) for initial in {lane.initial for lane in self.lanes}}
        return [starts[lane.initial] for lane in self.lanes]

    def training(self) -> Training:
        """Return what trains this spec's lanes."""
        lanes = [Lane(network, lane.learning_rate, lane.optimizer, lane.hyper)
                 for network, lane in zip(self.networks(), self.lanes, strict=True)]
        return Training(lanes, self.data.x, self.data.y, loss=self.loss, reduction=self.reduction, batch=self.batch,
                        order_seed=self.order_seed)


def read_run_spec(payload: Any) -> RunSpec:
    """Return the payload (what JSON gives) as a run spec, or raise Refused for its first fault."""
    return read_model(RunSpec, payload)
