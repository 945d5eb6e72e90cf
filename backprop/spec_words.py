"""What each field takes, in a learner's words, and how a validator's finding becomes such a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, SkipValidation, ValidationError, create_model
from pydantic_core import ErrorDetails, PydanticCustomError

from . import spec_memory
from .activations import ACTIVATIONS
from .bounds import (
    BATCH,
    COUNT,
    DEPTH,
    DEPTH_CURVES,
    DEPTH_SCALE,
    DEPTH_STARTS,
    DEPTH_WIDTH,
    EPOCH,
    EVERY,
    GRID,
    HILL_STEPS,
    HYPER,
    INPUT,
    LANES,
    LAYERS,
    LEARNING_RATE,
    PASS,
    SAMPLES,
    SEED,
    SEEDS,
    TARGET,
    WEIGHT,
    WIDTH,
    Bounds,
)
from .initializers import INITIALIZERS
from .losses import LOSSES, REDUCTIONS
from .names import node_names
from .optimizers import OPTIMIZERS
from .refusals import NOTHING, Refused, at, refuse, shortened
from .signs import SIGNS

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[int | str, ...]

NAMES: dict[str, tuple[str, ...]] = {
    "activations": tuple(ACTIVATIONS), "loss": tuple(LOSSES), "initial.initializer": tuple(INITIALIZERS),
    "reduction": REDUCTIONS, "optimizer": tuple(OPTIMIZERS), "sign": tuple(SIGNS),
    "curves.activation": tuple(a.name for a in ACTIVATIONS.values() if a.elementwise),
    "curves.initializer": ("xavier", "he", "normal", "uniform"),  # those that draw and have a scale
}


def _one_of(field: str) -> str:
    return f"one of {', '.join(NAMES[field])}"


def lanes_taken(bound: Bounds) -> str:
    """Say how many lanes are taken: more where a run is trained than where it is drawn."""
    return f"{bound} lanes, each with its learning rate and its starting weights"


# field -> (label with its verb, what it takes)
WORDS: dict[str, tuple[str, str]] = {
    "": ("A request takes", "an object of named fields"),
    "spec": ("The spec takes", "an object of named fields"),
    "v": ("The spec's version takes", "the number 1"),
    "layers": ("Layers take", f"{LAYERS} whole numbers from {WIDTH}, inputs first"),
    "activations": ("Activations take", f"{_one_of('activations')} for each layer after the inputs"),
    "loss": ("Loss takes", _one_of("loss")),
    "learning_rate": ("Learning rate takes", f"a number from {LEARNING_RATE}"),
    "biases": ("Biases take", "true or false"),
    "sign": ("Sign takes", _one_of("sign")),
    "hold": ("Hold takes", "true or false"),
    "initial": ("The starting weights take", "an object of the kind given or random"),
    "initial.kind": ("The kind of starting weights takes", "given or random"),
    "initial.weights": ("The starting weights take",
                        f"a matrix of numbers from {WEIGHT} for each layer after the inputs"),
    "initial.biases": ("The starting biases take",
                       f"a list of numbers from {WEIGHT} for each layer after the inputs"),
    "initial.initializer": ("Initialiser takes", _one_of("initial.initializer")),
    "initial.seed": ("Seed takes", f"a whole number from {SEED}"),
    "data": ("Data takes", "an object with the inputs x and the targets y"),
    "data.x": ("The inputs take", f"{SAMPLES} samples, each a list of numbers from {INPUT}"),
    "data.y": ("The targets take", f"{SAMPLES} samples, each a list of numbers from {TARGET}"),
    "pass": ("Pass takes", f"a whole number from {PASS}"),
    "start": ("Start takes", f"a whole number from {PASS}"),
    "count": ("Count takes", f"a whole number from {COUNT}"),
    "landscape": ("Landscape takes", "the name of a landscape, such as bowl or slice"),
    "weight": ("Weight takes", "an edge such as h2>o1"),
    "edges": ("Edges take", "two different edges of the network, such as h1>o1 and h2>o1"),
    "steps": ("Steps take", f"a whole number from {HILL_STEPS}"),
    "curve": ("Curve takes", "true or false"),
    "lanes": ("Lanes take", lanes_taken(LANES)),
    "reduction": ("Reduction takes", _one_of("reduction")),
    "batch": ("Batch takes", f"a whole number of samples from {BATCH}, or nothing for all"),
    "order_seed": ("The seed of the order takes", f"a whole number from {SEED}"),
    "optimizer": ("Optimiser takes", _one_of("optimizer")),
    "hyper": ("The optimiser's numbers take", f"names such as momentum, each with a number from {HYPER}"),
    "epoch": ("Epoch takes", f"a whole number from {EPOCH}"),
    "stop": ("Stop takes", f"a whole number from {EPOCH}"),
    "every": ("Every takes", f"a whole number from {EVERY}, or nothing for no frames"),
    "grid": ("Grid takes", f"0 for none, or a whole number from {GRID}"),
    "depth": ("Depth takes", f"a whole number of layers from {DEPTH}"),
    "width": ("Width takes", f"a whole number of neurons from {DEPTH_WIDTH}"),
    "starts": ("Starts take", f"a whole number from {DEPTH_STARTS}"),
    "curves": ("Curves take", f"{DEPTH_CURVES} curves, each with its activation, its initialiser and its scale"),
    "curves.activation": ("A curve's activation takes", _one_of("curves.activation")),
    "curves.initializer": ("A curve's initialiser takes", _one_of("curves.initializer")),
    "curves.scale": ("A curve's scale takes", f"a number from {DEPTH_SCALE}"),
    "seeds": ("Seeds take", f"a whole number from {SEEDS}"),
}
WORDS["initializer"] = WORDS["initial.initializer"]
WORDS["seed"] = WORDS["initial.seed"]

# field -> (how many positions name one number, what one number takes)
NUMBERS: dict[str, tuple[int, str]] = {
    "initial.weights": (3, f"a number from {WEIGHT}"),
    "initial.biases": (2, f"a number from {WEIGHT}"),
    "data.x": (2, f"a number from {INPUT}"),
    "data.y": (2, f"a number from {TARGET}"),
}


def read_model(model: type[Model], payload: object) -> Model:
    """Return the payload as the model, or raise Refused for its first fault.

    A model may say in TAKES what it takes in a field, where that is less than anybody else does.
    """
    found = _read(model, payload)
    if not isinstance(found, Refused):
        return found
    try:
        raise found  # here, where the validator's finding is gone: each would hold the other, for ever
    finally:
        del found  # its traceback holds this frame


def _read(model: type[Model], payload: object) -> Model | Refused:
    key = spec_memory.key_of(model, payload)
    known = spec_memory.known(key) if key else None
    try:
        if known is not None and isinstance(payload, dict):
            around: Model = _around_a_spec(model).model_validate({**payload, "spec": known})
            return around
        made = model.model_validate(payload)
    except ValidationError as fault:
        found = fault.errors(include_url=False, include_input=False)[0]
        return _refusal(found, payload, getattr(model, "TAKES", {}))
    if key:
        spec_memory.remember(key, made.spec)  # type: ignore[attr-defined]
    return made


@cache
def _around_a_spec(model: type[Model]) -> type[Model]:
    """Return the same model, for a spec that was read before: it is not checked once more."""
    spec: Any = SkipValidation[model.model_fields["spec"].annotation]  # type: ignore[misc]
    return create_model(model.__name__, __base__=model, spec=(spec, ...))


def known_name(field: str) -> Callable[[str], str]:
    """Return a validator that takes the field's names only."""
    def check(value: str) -> str:
        if value not in NAMES[field]:
            raise PydanticCustomError("unknown_name", "unknown name")
        return value
    return check


def disagreement(refused: Refused) -> PydanticCustomError:
    """Wrap a refusal so that it passes through the validator as it is."""
    return PydanticCustomError("disagreement", "refused", {"refused": refused})  # words with half a character break it


def in_lane(refused: Refused, lane: int) -> Refused:
    """Return the refusal of a field that a lane (0 for the first) shares with other specs, with its lane named."""
    message = f"In lane {lane + 1}, {refused.message[0].lower()}{refused.message[1:]}"
    return Refused(f"lanes.{refused.field}", refused.got, refused.takes, message)


def _refusal(found: ErrorDetails, payload: object, takes_here: Mapping[str, str]) -> Refused:
    path, lane = _without_lane(_as_sent(found["loc"], payload))
    alone = _is_alone(found["loc"], payload)
    refused = found.get("ctx", {}).get("refused")
    if isinstance(refused, Refused):
        return refused if lane is None else in_lane(refused, lane)
    names = tuple(str(step) for step in path if not isinstance(step, int))
    positions = tuple(step for step in path if isinstance(step, int))
    field = _field(found["type"], names)
    if found["type"] == "extra_forbidden":
        return _unknown_field(field if lane is None else f"lanes.{field}", names)
    value = NOTHING if found["type"] == "missing" else at(payload, (*_as_sent(found["loc"], payload),
                                                                    *_deeper(found["type"])))
    if field in NUMBERS and len(positions) == NUMBERS[field][0]:
        layers = at(payload, ("spec", "layers") if path[0] == "spec" else ("layers",))
        return _refuse(lane, field, value, NUMBERS[field][1], _number_label(field, positions, layers), alone)
    if lane is not None and field == "lanes":
        takes = "an object with its learning rate and its starting weights"
        return refuse(field, value, takes, f"Lane {lane + 1} takes")
    if names[-2:-1] == ("hyper",):
        label, takes = f"The number {shortened(names[-1])} takes", f"a number from {HYPER}"
        return _refuse(lane, "hyper", value, takes, label, alone)
    label, takes = WORDS.get(field, (f"The field {field} takes", "a value"))
    return _refuse(lane, field or "payload", value, takes_here.get(field, takes), label, alone)


def _without_lane(path: Path) -> tuple[Path, int | None]:
    """Take the lane out of a path, so that its fields are known by the same words as anybody's."""
    for place in range(len(path) - 1):
        number, inside = path[place + 1], path[place + 2:]
        if path[place] == "lanes" and isinstance(number, int):
            return (*path[:place], *inside) if inside else path[:place + 1], number
    return path, None


def _is_alone(loc: Path, payload: object) -> bool:
    """Say whether a path leads into the only lane: a learner who sees one network knows of no lanes."""
    lanes = at(payload, loc[:loc.index("lanes") + 1]) if "lanes" in loc else None
    return isinstance(lanes, list | tuple) and len(lanes) == 1


def _refuse(lane: int | None, field: str, value: object, takes: str, label: str, alone: bool) -> Refused:
    """Refuse a field, and name its lane if there are several: field "lanes.learning_rate", "... of lane 2 takes"."""
    if lane is None or alone:
        return refuse(field if lane is None else f"lanes.{field}", value, takes, label)
    what, verb = label.rsplit(" ", 1)
    return refuse(f"lanes.{field}", value, takes, f"{what} of lane {lane + 1} {verb}")


def _as_sent(loc: Path, payload: object) -> Path:
    """Leave out the tags that the validator puts into a path where it chose between two kinds."""
    path: list[int | str] = []
    for step in loc:
        if step in ("given", "random") and path and path[-1] == "initial":
            continue
        path.append(step)
    return tuple(path)


def _deeper(kind: str) -> tuple[str, ...]:
    return ("kind",) if kind.startswith("union_tag") else ()


def _field(kind: str, names: tuple[str, ...]) -> str:
    inside = names[1:] if len(names) > 1 and names[0] == "spec" else names
    return ".".join((*inside, *_deeper(kind)))


def _number_label(field: str, positions: tuple[int, ...], layers: object) -> str:
    """Name one number of many as the picture does: the weight x1→h1, input x2 of sample 3."""
    first, last = positions[0], positions[-1]
    if field.startswith("data."):
        return f"{'Input x' if field == 'data.x' else 'Target t'}{last + 1} of sample {first + 1} takes"
    names = _names(layers)
    target = at(names, (first + 1, last))
    if field == "initial.biases":
        return "A starting bias takes" if target is NOTHING else f"The bias of {target} takes"
    source = at(names, (first, positions[1]))
    return "A starting weight takes" if NOTHING in (source, target) else f"The weight {source}→{target} takes"


def _names(layers: object) -> list[list[str]]:
    """Name the nodes where `layers`, not yet known to be good, is good enough; else none."""
    if isinstance(layers, list) and all(type(width) is int and 0 <= width <= WIDTH.high for width in layers):
        return node_names(layers)
    return []


def _unknown_field(field: str, names: tuple[str, ...]) -> Refused:
    name = shortened(names[-1])
    takes = "only the fields that docs/protocol.md names"
    return Refused(shortened(field), name, takes, f"There is no field “{name}” here: a request takes {takes}.")
