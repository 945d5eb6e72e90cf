"""Say why a node's blame, or the share of it handed on, came out as it did."""

from __future__ import annotations

from collections.abc import Sequence

from ..signs import Sign
from .words import effect, looks_equal, sentence, show, size, turn

FRACTIONS = ((0.25, "about a quarter"), (0.2, "about a fifth"), (1 / 3, "about a third"), (0.5, "about half"),
             (0.1, "about a tenth"), (2 / 3, "about two thirds"), (0.75, "about three quarters"))
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}


def output_gap(node: str, a: float, t: float, only: bool, twice: bool, ordinal: int) -> str:
    """Say which way the loss goes with an output: dL/da = a - t, or twice that."""
    gap, who = a - t, "the output" if only else node
    if gap == 0.0:
        return sentence(f"{who} said exactly the {show(t)} that was wanted, so there is no blame to hand out")
    way = "high" if gap > 0 else "low"
    if looks_equal(a, t):
        return sentence(f"{who} said all but exactly the {show(t)} wanted, a mere {size(gap)} too {way}, "
                        f"so a higher one {effect(gap)}")
    if twice:
        return sentence(f"{who} said {show(a)} but {show(t)} was wanted, {size(gap)} too {way}: "
                        f"a higher output {effect(gap)}, at twice that rate")
    return sentence(turn(
        ordinal, f"{who} said {show(a)} but {show(t)} was wanted: {size(gap)} too {way}, so a higher output "
                 f"{effect(gap)}",
        f"{show(t)} was wanted of {node}, and its {show(a)} is {size(gap)} too {way}: a higher output {effect(gap)}"))


def fused_delta(node: str, a: float, t: float, value: float, share: bool, ordinal: int, sign: Sign) -> str:
    """Say why a loss that goes with its activation leaves the bare gap as dL/dz; `value` is it as it is written."""
    gap = a - t
    if gap == 0.0:
        return sentence(f"{node} said exactly the {show(t)} that was wanted, so there is no blame to hand out")
    if share:
        too = "too much" if gap > 0 else "too little"
    else:
        too = "too high" if gap > 0 else "too low"
    if looks_equal(a, t):
        return sentence(f"{node} is all but right, a mere {size(gap)} {too}, so a larger sum in it {effect(gap)}, "
                        f"if barely")
    if share:
        return sentence(turn(
            ordinal, f"{node} got a share of {show(a)} where {show(t)} was its due: {size(gap)} {too}, so a larger sum "
                     f"{effect(gap)}",
            f"{show(t)} was due to {node} and it got {show(a)}, {size(gap)} {too}: a larger sum in it {effect(gap)}"))
    return sentence(turn(
        ordinal, f"the slope drops out with this loss, so the {sign.delta} of {node} is the bare gap of {show(value)}: "
                 f"a larger sum {effect(gap)}",
        f"{node} said {show(a)} but {show(t)} was wanted: {size(gap)} {too}, so a larger sum in it {effect(gap)}"))


def slope(kind: str, node: str, z: float, value: float, before: tuple[str, float] | None, ordinal: int) -> str:
    """Say how far a nudge of a node's sum moves its answer; `before` is its upper neighbour's (name, slope)."""
    if kind == "linear":
        return sentence(f"{node} is linear and hands on all that it is given, so its slope is 1 wherever it stands")
    if kind in STEEPEST:
        return _curve_slope(kind, node, z, value, before, ordinal)
    if z > 0.0:
        return sentence(turn(ordinal, f"the sum of {node} is positive, so its gate is open and a nudge gets through",
                             f"the gate of {node} is open too, at a sum of {show(z)}, so its slope is 1"
                             if before and before[1] == 1.0 else
                             f"at a sum of {show(z)} the gate of {node} is open, so its slope is 1"))
    where = "exactly 0, which counts as shut" if z == 0.0 else f"{show(z)}, below 0, so its gate is shut"
    if kind == "leaky_relu":
        return sentence(f"the sum of {node} is {where}: only a hundredth of a nudge leaks through")
    return sentence(turn(ordinal, f"the sum of {node} is {where}: a nudge of it changes nothing",
                         f"nothing gets out of {node}, for its sum is {where}: its slope is 0"))


def _curve_slope(kind: str, node: str, z: float, value: float, before: tuple[str, float] | None, ordinal: int) -> str:
    steep = value / STEEPEST[kind]
    top = show(STEEPEST[kind])
    if value == 0.0:
        return sentence(f"{node} is so saturated that its {kind} is flat to the last digit: its slope is 0")
    if steep < 0.02:
        return sentence(f"{node} is saturated: at {show(z)} its {kind} is nearly flat, with a slope of only "
                        f"{show(value)} left")
    if looks_equal(value, STEEPEST[kind]):
        if z == 0.0:
            return sentence(f"a sum of 0 is where the {kind} is steepest, so {node} has the full slope of {top}")
        return sentence(f"at {show(z)}, so close to 0, the {kind} is steepest, and {node} has all but the full slope "
                        f"of {top}")
    if before and not looks_equal(value, before[1]) and value < before[1] and ordinal % 2 == 0:
        return sentence(f"{node} stands further out on its {kind} than {before[0]}, where it is flatter: its slope is "
                        f"{show(value)}")
    if steep > 0.85:
        return sentence(turn(ordinal,
                             f"{node} is near the middle of its {kind}, the steepest part, so its slope is "
                             f"{show(value)} of at most {top}",
                             f"{node} can still be moved with ease: it answers a small nudge with {show(value)} of it"
                             if kind == "sigmoid" else f"{node} hardly squeezes here, so its slope is still "
                                                       f"{show(value)}"))
    bend = "upper" if z > 0 else "lower"
    return sentence(turn(ordinal, f"on the {bend} bend of its {kind}, {node} answers a nudge with {show(value)} of it",
                         f"the {kind} of {node} has begun to flatten at {show(z)}, to a slope of {show(value)}"))


def delta(kind: str, node: str, blame: float, slope_value: float, value: float, last: bool,
          before: tuple[str, float] | None, ordinal: int, sign: Sign) -> str:
    """Say how much of a node's blame gets past its slope, down to its sum: its delta."""
    if blame == 0.0:
        return sentence(f"there is nothing to blame {node} for, so its slope has nothing to pass on")
    if slope_value == 0.0:
        why = "its gate is shut" if kind == "relu" else "it is too flat"
        return sentence(turn(ordinal, f"{node} cannot be moved, for {why}, so none of the blame reaches its sum",
                             f"none of the blame reaches the sum of {node}, for {why}"))
    if value == 0.0:
        return sentence(f"what is left of the blame of {node} is too small for a computer to hold, so 0 is written")
    then = f"a larger sum in {node} {effect(sign.derivative(value))}"
    if looks_equal(slope_value, 1.0) and slope_value != 1.0:
        return sentence(f"a slope of all but 1 lets the blame of {node} through nearly whole, {show(value)}: {then}")
    if slope_value == 1.0:
        return sentence(f"a slope of 1 lets all of it through, so the {sign.delta} of {node} is {show(value)} too: "
                        f"{then}")
    if kind in STEEPEST and slope_value < 0.02 * STEEPEST[kind]:
        return sentence(f"hardly any blame gets past so flat a slope: {show(value)} is left, and still {then}")
    if kind == "leaky_relu":
        return sentence(f"a hundredth of the blame leaks past the shut gate of {node}, {show(value)}: {then}")
    part = fraction(slope_value)
    if last:
        return sentence(f"the slope of {node} passes on {part or show(slope_value)} of that {show(blame)}, which is "
                        f"{show(value)}: {then}")
    if before and ordinal % 2 and value > 0.0 and before[1] > 0.0 and not looks_equal(before[1], value):
        more = "more" if value > before[1] else "less"
        return sentence(f"past its slope, {node} is left with a {sign.delta} of {show(value)}, {more} than "
                        f"{before[0]}: {then}")
    return sentence(f"the slope of {node} lets {part or show(slope_value)} of its blame through, {show(value)}, "
                    f"so {then}")


def fraction(value: float) -> str | None:
    """Name a fraction that is within three hundredths of itself from a common one; None where there is none."""
    near = min(FRACTIONS, key=lambda pair: abs(value - pair[0]) / pair[0])
    return near[1] if abs(value - near[0]) <= 0.03 * near[0] else None


def share(source: str, to: str, w: float, blame: float, value: float, ordinal: int, sign: Sign) -> str:
    """Say why a node is handed back this share along one edge: the delta of the node it fed, times the weight."""
    its = f"the {sign.delta} of {to}"
    if blame == 0.0:
        return sentence(turn(ordinal, f"{its} is 0, so it has no blame to hand back to {source}",
                             f"{source} gets no share from {to} either, since {its} is 0"))
    if w == 0.0:
        return sentence(f"the weight {source}→{to} is 0, so {to} heard nothing of {source} and hands nothing back")
    if value == 0.0:
        return sentence(f"the share of {source} from {to} is too small for a computer to hold, so 0 is written")
    if w < 0.0:
        return sentence(turn(ordinal,
                             f"{source} reaches {to} through a negative weight, {show(w)}, so its share comes back "
                             f"with the sign turned: {show(value)}",
                             f"the weight {source}→{to} is {show(w)}, and that minus turns the sign of {its}: "
                             f"{show(value)} for {source}"))
    if looks_equal(w, 1.0):
        one, whole = ("1", "all") if w == 1.0 else ("about 1", "about all")
        return sentence(f"{source} reached {to} through a weight of {one}, so it is handed {whole} of {its}: "
                        f"{show(value)}")
    if w > 1.0:
        return sentence(f"a weight of {show(w)} made {source} count for more in {to}, so it is handed more than "
                        f"{its} itself: {show(value)}")
    if w < 0.05:
        return sentence(f"a weight as small as {show(w)} let {to} hear little of {source}, so little blame comes back: "
                        f"{show(value)}")
    only = "only " if w < 0.5 else ""
    return sentence(turn(ordinal if only else ordinal + 1,
                         f"{source} reached {to} through a weight of {show(w)}, so it is handed {only}{show(w)} of "
                         f"{its}: {show(value)}",
                         f"{to} listened to {source} with a weight of {show(w)}, and hands back its {sign.delta} "
                         f"times that, {show(value)}"))


def answers_for(node: str, shares: Sequence[tuple[str, float]], value: float, ordinal: int, sign: Sign) -> str:
    """Say what the shares handed back to a hidden node, each a (giver, share), come to."""
    counting = [share for share in shares if share[1] != 0.0]
    then = f"more from {node} {effect(sign.derivative(value))}"
    if not counting:
        givers = f"{shares[0][0]} handed nothing" if len(shares) == 1 else "none of the nodes it feeds handed anything"
        return sentence(f"{givers} back to {node}, so it has no blame")
    if value == 0.0:
        return sentence(f"the shares handed back to {node} cancel exactly, so no blame is left")
    if len(shares) == 1:
        return sentence(turn(ordinal,
                             f"{node} feeds only {shares[0][0]}, so there is only this one share to add up: {then}",
                             f"{shares[0][0]} is all that {node} feeds: only this one share, {show(value)}, so "
                             f"{then}"))
    if len(counting) == 1:
        return sentence(f"only {counting[0][0]} has blame for {node}, {show(value)}, and {then}")
    name, most = max(counting, key=lambda share: abs(share[1]))
    if all((amount > 0) == (value > 0) for _, amount in counting):
        shares_all = "both shares" if len(counting) == 2 else f"all {len(counting)} shares"
        return sentence(f"{shares_all} agree and add up to {show(value)}, most of it from {name}: {then}"
                        if abs(most) > 0.5 * abs(value) else
                        f"{shares_all} agree, and they add up to {show(value)}: {then}")
    if (most > 0) == (value > 0):
        return sentence(f"the shares pull both ways, but that of {name}, {show(most)}, prevails: {show(value)} in all, "
                        f"so {then}")
    return sentence(f"{name} handed back the most, but the others together outweigh it: {show(value)}, so {then}")
