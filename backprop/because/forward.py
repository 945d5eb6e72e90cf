"""Say why a sum, an answer or a loss came out as it did."""

from __future__ import annotations

from collections.abc import Sequence

from .words import listed, looks_equal, sentence, show, size, turn

FAR = 6.0  # from here on the sigmoid is within 0.0025 of its end
TANH_FAR = 3.0
Push = tuple[str, float]


def pre_activation(node: str, pushes: Sequence[Push], bias: float | None, z: float, ordinal: int) -> str:
    """Say how what arrives at a node, each a (source, weight * value), makes its sum z."""
    arriving = [push for push in pushes if push[1] != 0.0]
    parts = arriving + ([("the bias", bias)] if bias else [])
    if not parts:
        return sentence(f"nothing but zeros arrives at {node}, so its sum is 0")
    if not arriving:
        return sentence(turn(ordinal, f"whatever arrives at {node} is 0, so only its own bias of {show(z)} is left",
                             f"for {node} too, nothing but its bias remains: {show(z)}"))
    if z == 0.0:
        return sentence(f"what pushes {node} up and what pulls it down cancel exactly, so its sum is 0")
    if len(arriving) == 1:
        return _one_arrives(node, len(pushes), arriving[0], bias, z, ordinal)
    if any((amount > 0) != (z > 0) for _, amount in parts):
        return _mixed(node, parts, z, ordinal)
    return _all_one_way(node, parts, z, ordinal)


def _one_arrives(node: str, sources: int, push: Push, bias: float | None, z: float, ordinal: int) -> str:
    source, amount = push
    opening = f"{source} is all that feeds {node}" if sources == 1 else turn(
        ordinal, f"only {source} has anything to say to {node}", f"all that {node} hears comes from {source}")
    if bias:
        return sentence(f"{opening}: {show(amount)}, and with a bias of {show(bias)} that makes {show(z)}")
    return sentence(f"{opening}, so its sum is that one product, {show(z)}")


def _mixed(node: str, parts: Sequence[Push], z: float, ordinal: int) -> str:
    winners = [part for part in parts if (part[1] > 0) == (z > 0)]
    losers = [part for part in parts if (part[1] > 0) != (z > 0)]
    won, lost = sum(amount for _, amount in winners), sum(amount for _, amount in losers)
    if looks_equal(won, -lost):
        return sentence(f"what pushes {node} up and what pulls it down all but cancel, so its sum is a mere {show(z)}")
    if len(parts) == 2:
        verbs = ("pushes", "up", "pulls", "down") if z > 0 else ("pulls", "down", "pushes", "up")
        return sentence(turn(
            ordinal,
            f"{winners[0][0]} {verbs[0]} {node} {verbs[1]} by {size(won)}, and {losers[0][0]} {verbs[2]} it {verbs[3]} "
            f"by only {size(lost)}, so {show(z)} remains",
            f"at {node}, {winners[0][0]} wins with {show(won)} against {show(lost)} from {losers[0][0]}, "
            f"leaving {show(z)}"))
    up, down = (won, lost) if z > 0 else (lost, won)
    more, less = (("pushes", "up"), ("pulls", "down")) if z > 0 else (("pulls", "down"), ("pushes", "up"))
    return sentence(turn(
        ordinal,
        f"more {more[0]} {node} {more[1]} ({size(won)} in all) than {less[0]} it {less[1]} ({size(lost)}), "
        f"so its sum is {show(z)}",
        f"up {size(up)} and down {size(down)}: the sum of {node} comes out {'positive' if z > 0 else 'negative'}, "
        f"at {show(z)}"))


def _all_one_way(node: str, parts: Sequence[Push], z: float, ordinal: int) -> str:
    name, most = max(parts, key=lambda part: abs(part[1]))
    adds = "adds" if z > 0 else "takes away"
    if len(parts) > 3:
        way = "pushes it up" if z > 0 else "pulls it down"
        return sentence(f"all that reaches {node} {way}, {name} the most with {show(most)}: together {show(z)}")
    if len(parts) == 2 and abs(most) > 0.7 * abs(z):
        other, rest = min(parts, key=lambda part: abs(part[1]))
        return sentence(turn(
            ordinal, f"{name} speaks loudest here: {show(most)} of the {show(z)} in {node} is its doing, "
                     f"and only {show(rest)} is from {other}",
            f"{other} has little say in {node}, {show(rest)}, beside {show(most)} from {name}: together {show(z)}"))
    said = [f"{source} {adds} {size(amount)}" for source, amount in parts]
    if ordinal % 2 == 0:
        return sentence(f"{listed(said)}, so the sum that {node} works with is {show(z)}")
    if parts[-1][0] == "the bias":
        amounts = listed([f"{show(amount)} from {source}" for source, amount in parts])
        return sentence(f"for {node} it is {amounts}, which make {show(z)}")
    amounts = listed([show(amount) for _, amount in parts])
    return sentence(f"{node} weighs the same arrivals in its own way: {amounts} make {show(z)}")


def activation(kind: str, node: str, z: float, a: float, before: tuple[str, float, float] | None,
               last: bool, ordinal: int) -> str:
    """Say how a node of `kind` turns its sum into its answer; `before` is its upper neighbour's (name, z, a)."""
    says = "says" if last else "answers"
    if kind == "sigmoid":
        return _sigmoid(node, z, a, before, says, ordinal)
    if kind == "tanh":
        return _tanh(node, z, a, before, says, ordinal)
    if kind == "linear":
        return sentence(turn(ordinal, f"a linear node changes nothing, so {node} {says} its sum as it is: {show(a)}",
                             f"{node} hands on its sum untouched, {show(a)}"))
    return _gate(kind, node, z, a, says, ordinal)


def _beside(node: str, z: float, a: float, before: tuple[str, float, float] | None, says: str) -> str | None:
    """Compare with the neighbour, where the comparison can be seen in both numbers."""
    if before is None:
        return None
    name, other_z, other_a = before
    if z == other_z:
        return f"{node} has the same sum as {name}, so it {says} the same, {show(a)}"
    if looks_equal(a, other_a) or looks_equal(z, other_z):
        return None
    larger = "larger" if z > other_z else "smaller"
    return f"the sum of {node} is {larger} than that of {name}, and so is what it {says}: {show(a)}"


def _sigmoid(node: str, z: float, a: float, before: tuple[str, float, float] | None, says: str, ordinal: int) -> str:
    if z == 0.0:
        return sentence(f"a sum of 0 is the very middle of the sigmoid, so {node} {says} exactly 0.5")
    if abs(z) > FAR:
        end, state = ("upper", "all but 1") if z > 0 else ("lower", "next to nothing")
        return sentence(turn(ordinal,
                             f"a sum of {show(z)} is far out at the {end} end of the sigmoid: {node} {says} {state}",
                             f"with a sum of {show(z)} there is no doubt left in {node}, so it {says} {state}"))
    if a == 0.5 or looks_equal(a, 0.5):
        return sentence(f"a sum as close to 0 as {show(z)} leaves {node} in the middle of the sigmoid, at about 0.5")
    beside = _beside(node, z, a, before, says)
    if beside:
        return sentence(beside)
    sign, side = ("positive", "above") if z > 0 else ("negative", "below")
    if says == "says":
        return sentence(f"the sigmoid turns a sum of {show(z)} into {show(a)}, {side} its middle of 0.5, "
                        f"and that is what {node} says")
    return sentence(turn(ordinal,
                         f"a {sign} sum lands {side} the middle of the sigmoid, which is 0.5: {node} answers {show(a)}",
                         f"{show(z)} is {sign}, so the sigmoid of {node} comes out {side} 0.5, at {show(a)}"))


def _tanh(node: str, z: float, a: float, before: tuple[str, float, float] | None, says: str, ordinal: int) -> str:
    if z == 0.0:
        return sentence(f"tanh leaves 0 where it is, so {node} {says} 0")
    if abs(z) > TANH_FAR:
        end = "1" if z > 0 else "−1"
        return sentence(f"a sum of {show(z)} is too far out for tanh to tell it from more: {node} {says} all but {end}")
    if looks_equal(z, a):
        return sentence(f"so close to 0, tanh hardly changes a thing: {node} {says} {show(a)}")
    beside = _beside(node, z, a, before, says) if ordinal % 2 else None
    if beside:
        return sentence(beside)
    return sentence(turn(ordinal,
                         f"tanh keeps the sign and squeezes the size, so {node} turns {show(z)} into {show(a)}",
                         f"the sum of {node}, {show(z)}, is {'positive' if z > 0 else 'negative'} and stays so: "
                         f"tanh makes it {show(a)}"))


def _gate(kind: str, node: str, z: float, a: float, says: str, ordinal: int) -> str:
    if z > 0.0:
        return sentence(turn(ordinal,
                             f"{show(z)} is positive, so the gate of {node} is open and all of it gets through",
                             f"{node} has a positive sum, so it passes it on as it is: {show(a)}"))
    if z == 0.0:
        return sentence(f"a sum of exactly 0 is where the gate of {node} opens, so it {says} 0")
    if kind == "leaky_relu":
        return sentence(turn(ordinal,
                             f"{show(z)} is negative, so {node} lets only a hundredth of it leak through: {show(a)}",
                             f"a negative sum shuts the gate of {node}, all but a leak of {show(a)}"))
    return sentence(turn(ordinal, f"{show(z)} is negative, so the gate of {node} stays shut and it {says} 0",
                         f"the sum of {node} is below 0, so nothing gets out of it this time"))


def softmax(node: str, z: float, a: float, all_z: Sequence[float], ordinal: int) -> str:
    """Say what share of the whole a softmax output gets among its layer's sums."""
    if len(all_z) == 1:
        return sentence(f"{node} is the only output, so the whole share of 1 is its own")
    if max(all_z) == min(all_z):
        return sentence(f"every output has the same sum, so {node} gets the same share as the others: {show(a)}")
    fully = "all but everything" if looks_equal(a, 1.0) else show(a)
    if z == max(all_z) and list(all_z).count(z) == 1:
        return sentence(turn(ordinal, f"{node} has the largest sum of all, so it gets the largest share: {fully}",
                             f"no output has a larger sum than {node}, so the largest share goes to it: {fully}"))
    hardly = "next to nothing" if a < 1e-4 else show(a)
    if z == min(all_z) and list(all_z).count(z) == 1:
        return sentence(turn(ordinal, f"{node} has the smallest sum of all, so the smallest share is left for it: "
                             f"{hardly}", f"with the smallest sum of all, {node} gets the smallest share: {hardly}"))
    return sentence(f"the shares go by the powers of e, and {node}, with a sum of {show(z)}, gets {hardly}")
