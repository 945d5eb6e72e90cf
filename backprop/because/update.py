"""Say why a weight's gradient is what it is, and why the weight moves as it does."""

from __future__ import annotations

from ..signs import Sign
from .words import edge, effect, looks_equal, sentence, show, size, turn


def gradient(source: str, to: str, sent: float, blame: float, value: float, before: tuple[str, float] | None,
             ordinal: int, sign: Sign) -> str:
    """Say what a weight's gradient is: its node's delta times what came along it; `before`: (node, what it sent)."""
    name, then = edge(source, to), effect(sign.derivative(value))
    its = f"the {sign.delta} of {to}"
    if source == "b":
        return _bias_gradient(to, blame, ordinal, sign)
    if sent == 0.0:
        return sentence(turn(ordinal, f"{source} was 0, so {name} had nothing to multiply and made no difference",
                             f"whatever {name} is, times the 0 that {source} sent it stays 0: no gradient"))
    if blame == 0.0:
        return sentence(turn(ordinal, f"{its} is 0, and so is the gradient of {name}",
                             f"{its} is 0, so it asks nothing of {name} either"))
    if value == 0.0:
        return sentence(f"the part of {name} in the loss is too small for a computer to hold, so 0 is written")
    if sent < 0.0:
        return sentence(turn(ordinal,
                             f"{source} sent a negative number, so a larger {name[4:]} makes the sum smaller, "
                             f"which {then}",
                             f"what {source} sent was {show(sent)}, and its minus turns the sign: a larger {name[4:]} "
                             f"{then}"))
    if sent == 1.0:
        return sentence(turn(ordinal,
                             f"{source} sent exactly 1, so {name} takes over all of {its}: {show(value)}",
                             f"with a 1 from {source}, {name} takes over {its} as it is: {show(value)}"))
    if before and before[1] > 0.0 and not looks_equal(before[1], sent):
        return sentence(_beside(source, to, sent, value, before, ordinal, sign))
    return sentence(turn(ordinal,
                         f"{its} times the {show(sent)} that {source} sent along {name}: {show(value)}",
                         f"{its} times what {source} sent, {show(sent)}: a larger {name[4:]} "
                         f"{then}"))


def _beside(source: str, to: str, sent: float, value: float, before: tuple[str, float], ordinal: int,
            sign: Sign) -> str:
    name, other = before
    counts = f"the {sign.delta} of {to} counts"
    more = "more" if sent > other else "less"
    if abs(sent / other - 2.0) < 1e-9 and ordinal % 2:
        return (f"{source} sent twice what {name} did, so {counts} twice as much for its weight: "
                f"{show(value)}")
    return turn(ordinal,
                f"{source} sent {more} into {to} than {name} did, so {counts} {more} for its weight: "
                f"{show(value)}",
                f"beside {name}, {source} sent {more}, {show(sent)}, so {counts} {more} for its weight: "
                f"{show(value)}")


def _bias_gradient(to: str, blame: float, ordinal: int, sign: Sign) -> str:
    if blame == 0.0:
        return sentence(f"the {sign.delta} of {to} is 0, and so is the gradient of its bias")
    return sentence(turn(ordinal,
                         f"a bias is added as it stands, so it takes the {sign.delta} of {to} as it is: a larger "
                         f"one {effect(sign.derivative(blame))}",
                         f"the bias of {to} is always multiplied by 1, so {sign.its_gradient} is the {sign.delta} "
                         f"itself, {show(blame)}",
                         f"nothing comes between {to} and its bias, so the bias takes all of that {sign.delta}, "
                         f"{show(blame)}"))


def change(source: str, to: str, eta: float, grad: float, value: float, others: float, ordinal: int,
           sign: Sign) -> str:
    """Say which way a weight moves and how far; `others` is the largest |change| among the other weights."""
    name = edge(source, to)
    if eta == 0.0:
        return sentence(turn(ordinal, f"a learning rate of 0 moves nothing, so {name} stays where it is",
                             f"{name} does not move, as the learning rate is 0"))
    if grad == 0.0:
        return sentence(turn(ordinal, f"its gradient is 0, so {name} has no reason to move",
                             f"nothing is to be gained from {name}: its gradient is 0, and it stays"))
    if value == 0.0:
        return sentence(f"the step for {name} is too small for a computer to hold, so it stays")
    way = "down" if value < 0 else "up"
    if ordinal == 0:
        kind = "positive" if grad > 0 else "negative"
        return sentence(f"{sign.its_gradient if sign.turned else 'the gradient'} is {kind}, so a larger value "
                        f"{effect(sign.derivative(grad))}: {name} goes {way} by {size(value)}")
    if abs(value) < 0.02 * others:
        return sentence(f"{name} had little part in this, so it goes {way} by only {size(value)}")
    if abs(value) > others > 0.0:
        return sentence(f"{name} has the steepest gradient of all, so it goes {way} the furthest, by {size(value)}")
    return sentence(_step(name, eta, grad, value, way, ordinal, sign))


def _step(name: str, eta: float, grad: float, value: float, way: str, ordinal: int, sign: Sign) -> str:
    if eta == 1.0:
        rate = f"at a learning rate of 1 it takes {'all of minus its' if sign.turned else 'its whole'} gradient"
    elif eta < 1.0:
        rate = f"it takes {show(eta)} of {sign.its_gradient}"
    else:
        rate = f"it takes {show(eta)} times {sign.its_gradient}"
    along = f"along minus its gradient, {show(grad)}" if sign.turned else f"against its gradient of {show(grad)}"
    return turn(ordinal,
                f"{along}, {name} goes {way} by {size(value)}",
                f"a larger {name[4:]} {effect(sign.derivative(grad))}, so it goes {way} by {size(value)}",
                f"{name} goes {way} by {size(value)}: {rate}{'' if sign.turned else ', the other way'}")


def new(source: str, to: str, w: float, moved: float, value: float, last: bool, ordinal: int) -> str:
    """Say where a weight stands after the step."""
    name = edge(source, to)
    if value == w:
        if moved == 0.0:
            return sentence(turn(ordinal, f"{name} stays at {show(w)}",
                                 f"nothing has moved {name}: it stays {show(w)}"))
        return sentence(f"{name} stays at {show(w)}, as the step is lost beyond its last digit")
    way = "up" if value > w else "down"
    if last:
        return sentence(f"{name} goes {way} to {show(value)}, and with that one the update is complete")
    if w != 0.0 and value != 0.0 and (w > 0) != (value > 0):
        if source == "b":
            return sentence(f"{name} crosses zero, from {show(w)} to {show(value)}: it now leans the other way")
        return sentence(f"{name} crosses zero, from {show(w)} to {show(value)}: what {source} sends now counts the "
                        f"other way")
    if looks_equal(w, value):
        return sentence(turn(ordinal, f"{name} goes {way} by so little that it still reads {show(value)}",
                             f"a step that small hardly shows: {name} is still about {show(value)}"))
    if w != 0.0 and source != "b" and ordinal % 2:
        more = "more" if abs(value) > abs(w) else "less"
        return sentence(f"from now on {source} counts for {more} in {to}: its weight goes {way} from {show(w)} to "
                        f"{show(value)}")
    return sentence(turn(ordinal // 2, f"{name} goes {way} from {show(w)} to {show(value)}",
                         f"{name} was {show(w)} and is now {show(value)}, a step {way}"))
