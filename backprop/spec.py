"""Specs: what a run is, typed, bounded and canonical. Equal specs have equal text, and equal text gives equal bits."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from .bounds import INPUT, LAYERS, LEARNING_RATE, SAMPLES, SEED, TARGET, WEIGHT, WIDTH, Bounds
from .network import Network
from .signs import GRADIENT
from .spec_agreement import check_activations, check_initial, check_task
from .spec_words import known_name, read_model


def whole(bounds: Bounds) -> Any:
    """Return what holds a whole number within bounds."""
    return Field(ge=bounds.low, le=bounds.high)


def real(bounds: Bounds) -> Any:
    """Return what holds a finite number within bounds."""
    return Field(ge=bounds.low, le=bounds.high, allow_inf_nan=False)


def without_negative_zero(value: float) -> float:
    """Return the value, 0.0 for -0.0: one text for one number."""
    return value + 0.0


Width = Annotated[int, whole(WIDTH)]
Seed = Annotated[int, whole(SEED)]
Weight = Annotated[float, real(WEIGHT), AfterValidator(without_negative_zero)]
Input = Annotated[float, real(INPUT), AfterValidator(without_negative_zero)]
Target = Annotated[float, real(TARGET), AfterValidator(without_negative_zero)]
LearningRate = Annotated[float, real(LEARNING_RATE), AfterValidator(without_negative_zero)]
ActivationName = Annotated[str, AfterValidator(known_name("activations"))]
SignName = Annotated[str, AfterValidator(known_name("sign"))]
LossName = Annotated[str, AfterValidator(known_name("loss"))]
InitializerName = Annotated[str, AfterValidator(known_name("initial.initializer"))]

# strict=False on the tuple alone: JSON has lists; what is in them stays strict
Layers = Annotated[tuple[Width, ...], Field(min_length=LAYERS.low, max_length=LAYERS.high, strict=False)]
Activations = Annotated[tuple[ActivationName, ...], Field(min_length=1, max_length=LAYERS.high - 1, strict=False)]
Row = Annotated[tuple[Weight, ...], Field(min_length=1, max_length=WIDTH.high, strict=False)]
Matrix = Annotated[tuple[Row, ...], Field(min_length=1, max_length=WIDTH.high, strict=False)]
Inputs = Annotated[tuple[Input, ...], Field(min_length=1, max_length=WIDTH.high, strict=False)]
Targets = Annotated[tuple[Target, ...], Field(min_length=1, max_length=WIDTH.high, strict=False)]


class Strict(BaseModel):
    """Take these fields and no others, of these types and no others, and change no more."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class GivenInitial(Strict):
    """Start from these weights: weights[l][i][j] runs from node i to node j; biases[l][j]; None: no biases."""

    kind: Literal["given"]
    weights: Annotated[tuple[Matrix, ...], Field(min_length=1, max_length=LAYERS.high - 1, strict=False)]
    biases: Annotated[tuple[Row, ...], Field(min_length=1, max_length=LAYERS.high - 1, strict=False)] | None = None


class RandomInitial(Strict):
    """Start from weights that the initialiser draws with the seed, 0 to 2^32 - 1; biases begin at 0."""

    kind: Literal["random"]
    initializer: InitializerName
    seed: Seed


class Data(Strict):
    """Hold the samples, a row each: x of shape (B, n_in), y of shape (B, n_out), 1 to 64 rows."""

    x: Annotated[tuple[Inputs, ...], Field(min_length=SAMPLES.low, max_length=SAMPLES.high, strict=False)]
    y: Annotated[tuple[Targets, ...], Field(min_length=SAMPLES.low, max_length=SAMPLES.high, strict=False)]


Initial = Annotated[GivenInitial | RandomInitial, Field(discriminator="kind")]


class AnySpec(Strict):
    """Hold what every spec says, version 1: a network's shape, and what it learns."""

    v: Annotated[int, Field(ge=1, le=1)]
    layers: Layers
    activations: Activations
    loss: LossName
    biases: bool
    data: Data

    def canonical(self) -> str:
        """Return the one JSON text of this spec: fields in the order in which they are stated, no spaces."""
        return self.canonical_text

    @cached_property
    def canonical_text(self) -> str:
        """The same, worked out once."""
        return self.model_dump_json()

    def as_dict(self) -> dict[str, Any]:
        """Return the canonical form as plain lists, dicts and numbers."""
        return self.model_dump(mode="json")

    def starting(self, initial: GivenInitial | RandomInitial) -> Network:
        """Build the network that starts from these weights."""
        if isinstance(initial, RandomInitial):
            return Network.random(self.layers, activations=self.activations, initializer=initial.initializer,
                                  seed=initial.seed, biases=self.biases)
        return Network(initial.weights, initial.biases, activations=self.activations)


class Spec(AnySpec):
    """Describe a run of passes completely. See docs/protocol.md for every field and bound."""

    learning_rate: LearningRate
    initial: Initial
    sign: SignName = GRADIENT
    hold: bool = False

    @model_validator(mode="after")
    def _agrees(self) -> Spec:
        check_task(self)
        check_initial(self.layers, self.biases, self.initial)
        return self

    def network(self) -> Network:
        """Build the network that the run starts from."""
        return self.starting(self.initial)


class WeightsWanted(Strict):
    """Ask for random weights made explicit; without a seed the server draws one."""

    layers: Layers
    activations: Activations
    biases: bool
    initializer: InitializerName
    seed: Seed | None = None

    @model_validator(mode="after")
    def _agrees(self) -> WeightsWanted:
        check_activations(self.layers, self.activations)
        return self


def read_spec(payload: object) -> Spec:
    """Return the payload (what JSON gives: dicts, lists, numbers) as a spec, or raise Refused for its first fault."""
    return read_model(Spec, payload)
