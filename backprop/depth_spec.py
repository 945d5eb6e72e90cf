"""What is measured of deep networks: how deep, how wide, from how many starts; and what each curve is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from .bounds import DEPTH, DEPTH_CURVES, DEPTH_SCALE, DEPTH_STARTS, DEPTH_WIDTH
from .spec import Strict, real, whole, without_negative_zero
from .spec_words import known_name, read_model


class DeepCurve(Strict):
    """Describe one curve: the hidden neurons' activation, and weights of `scale` times an initialiser's size."""

    activation: Annotated[str, AfterValidator(known_name("curves.activation"))]
    initializer: Annotated[str, AfterValidator(known_name("curves.initializer"))]
    scale: Annotated[float, real(DEPTH_SCALE), AfterValidator(without_negative_zero)]


# Half, all and twice of the size that each activation's own initialiser proposes.
SCALES = (0.5, 1.0, 2.0)
CURVES = tuple(DeepCurve(activation=activation, initializer=initializer, scale=scale)
               for activation, initializer in (("sigmoid", "xavier"), ("tanh", "xavier"), ("relu", "he"))
               for scale in SCALES)


class DepthSpec(Strict):
    """Ask for curves of networks with `depth` layers of weights, all `width` wide; see docs/protocol.md."""

    depth: Annotated[int, whole(DEPTH)] = 15
    width: Annotated[int, whole(DEPTH_WIDTH)] = 16
    starts: Annotated[int, whole(DEPTH_STARTS)] = 20
    curves: Annotated[tuple[DeepCurve, ...],
                      Field(min_length=DEPTH_CURVES.low, max_length=DEPTH_CURVES.high, strict=False)] = CURVES


def read_depth_spec(payload: object) -> DepthSpec:
    """Return the payload (what JSON gives) as a spec, or raise Refused for its first fault."""
    return read_model(DepthSpec, payload)
