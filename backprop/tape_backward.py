"""The second half of a tape: the blame on its way back, and the step that every weight then takes."""

from __future__ import annotations

from functools import partial

from . import because, scalars, tex
from .activations import ACTIVATIONS
from .entries import Piece
from .losses import Loss
from .names import BIAS_SOURCE, edge_name
from .recorder import Recorder
from .wiring import Wiring

TIMES, PLUS, MINUS = Piece(r"\times"), Piece("+"), Piece("-")


def record_backward(tape: Recorder, wiring: Wiring, loss: Loss) -> None:
    """Record the blame of every node and the gradient of every weight, from the outputs back."""
    for ordinal, node in enumerate(wiring.nodes[-1]):
        if loss.fused_with:
            _record_fused_delta(tape, wiring, node, ordinal)
        else:
            _record_output_gap(tape, wiring, node, ordinal, twice=loss.name == "squared_error")
            _record_slope_and_delta(tape, wiring, wiring.last, node, ordinal)
    for layer in range(wiring.last, 0, -1):
        _record_gradients(tape, wiring, layer)
        if layer > 1:
            for ordinal, node in enumerate(wiring.nodes[layer - 1]):
                _record_blame(tape, wiring, layer, node, ordinal)
                _record_slope_and_delta(tape, wiring, layer - 1, node, ordinal)


def _record_fused_delta(tape: Recorder, wiring: Wiring, node: str, ordinal: int) -> None:
    a, t = tape[f"{node}.a"], tape[f"t{ordinal + 1}"]
    said, less = tape.sign.gap(a, t)
    why = partial(because.backward.fused_delta, node, a, t, said - less, wiring.kind(wiring.last) == "softmax", ordinal,
                  tape.sign)
    tape.enter(f"{node}.delta", "backward", _delta_symbol(tape, node), _gap(tape, node, ordinal), said - less, why,
               node)


def _record_output_gap(tape: Recorder, wiring: Wiring, node: str, ordinal: int, twice: bool) -> None:
    a, t = tape[f"{node}.a"], tape[f"t{ordinal + 1}"]
    said, less = tape.sign.gap(a, t)
    pieces = _gap(tape, node, ordinal)
    if twice:
        pieces = [Piece("2"), TIMES, Piece("("), *pieces, Piece(")")]
    why = partial(because.backward.output_gap, node, a, t, len(wiring.nodes[-1]) == 1, twice, ordinal)
    value = 2.0 * (said - less) if twice else said - less
    tape.enter(f"{node}.grad_a", "backward", _blame_symbol(tape, node), pieces, value, why, node)


def _gap(tape: Recorder, node: str, ordinal: int) -> list[Piece]:
    one, less = tape.sign.gap(Piece("#", f"{node}.a", f"what {node} said"), Piece("#", f"t{ordinal + 1}", "the target"))
    return [one, MINUS, less]


def _record_slope_and_delta(tape: Recorder, wiring: Wiring, layer: int, node: str, ordinal: int) -> None:
    upper = wiring.nodes[layer][ordinal - 1] if ordinal and layer < wiring.last else None
    _record_slope(tape, wiring.kind(layer), node, upper, ordinal + (layer < wiring.last))
    blame, slope = tape[f"{node}.grad_a"], tape[f"{node}.slope"]
    pieces = [Piece("#", f"{node}.grad_a", f"blame of {node}"), TIMES,
              Piece("#", f"{node}.slope", f"slope of {node}")]
    before = (upper, tape[f"{upper}.delta"]) if upper else None
    why = partial(because.backward.delta, wiring.kind(layer), node, blame, slope, blame * slope,
                  layer == wiring.last, before, ordinal, tape.sign)
    tape.enter(f"{node}.delta", "backward", _delta_symbol(tape, node), pieces, blame * slope, why, node)


def _record_slope(tape: Recorder, kind: str, node: str, upper: str | None, ordinal: int) -> None:
    shape = ACTIVATIONS[kind]
    z, a = tape[f"{node}.z"], tape[f"{node}.a"]
    value = scalars.slope(kind, z, a)
    meaning = f"what {node} sent on" if shape.slope_ref == "a" else f"sum into {node}"
    operand = f"{node}.{shape.slope_ref}"
    pieces = [Piece(shape.slope_tex, operand, meaning) if "#" in shape.slope_tex else Piece(shape.slope_tex)]
    before = (upper, tape[f"{upper}.slope"]) if upper else None
    why = partial(because.backward.slope, kind, node, z, value, before, ordinal)
    symbol = tex.slope_of(tex.activation(node), tex.pre_activation(node))
    tape.enter(f"{node}.slope", "backward", symbol, pieces, value, why, node, decided_by=operand)


def _record_gradients(tape: Recorder, wiring: Wiring, layer: int) -> None:
    for ordinal, (source, to) in enumerate(wiring.edges_into(layer)):
        place = wiring.nodes[layer].index(to)
        blame = tape[f"{to}.delta"]
        pieces = [Piece("#", f"{to}.delta", f"{tape.sign.delta} of {to}"), TIMES]
        before = None
        if source == BIAS_SOURCE:
            sent = 1.0
            pieces.append(Piece("1"))
            ordinal = place + (layer < wiring.last)
        else:
            sent = tape[wiring.sent(source)]
            pieces.append(Piece("#", wiring.sent(source), f"what {source} sent"))
            index = wiring.nodes[layer - 1].index(source)
            upper = wiring.nodes[layer - 1][index - 1] if index else None
            before = (upper, tape[wiring.sent(upper)]) if upper else None
            ordinal = place + index
        why = partial(because.update.gradient, source, to, sent, blame, blame * sent, before, ordinal,
                      tape.sign)
        edge, symbol = edge_name(source, to), tape.sign.symbol(tex.slope_of("L", tex.weight(source, to)))
        tape.enter(f"grad:{edge}", "backward", symbol, pieces, blame * sent, why, edge)


def _record_blame(tape: Recorder, wiring: Wiring, layer: int, node: str, ordinal: int) -> None:
    """Record what each node of `layer` hands back to `node` of the layer before, and the sum of it."""
    shares: list[tuple[str, float]] = []
    pieces: list[Piece] = []
    total = 0.0
    for place, to in enumerate(wiring.nodes[layer]):
        edge = edge_name(node, to)
        w, blame = tape[f"w:{edge}"], tape[f"{to}.delta"]
        why = partial(because.backward.share, node, to, w, blame, blame * w, ordinal + place, tape.sign)
        tape.enter(f"blame:{edge}", "backward", tex.share(node, to),
                   [Piece("#", f"{to}.delta", f"{tape.sign.delta} of {to}"), TIMES,
                    Piece("#", f"w:{edge}", "weight between them")], blame * w, why, edge)
        shares.append((to, blame * w))
        total += blame * w
        pieces += [PLUS] if pieces else []
        pieces.append(Piece("#", f"blame:{edge}", f"share from {to}"))
    why = partial(because.backward.answers_for, node, shares, total, ordinal, tape.sign)
    tape.enter(f"{node}.grad_a", "backward", _blame_symbol(tape, node), pieces, total, why, node)


def record_update(tape: Recorder, wiring: Wiring) -> None:
    """Record the change of every weight, all from the same gradients, and then every new weight."""
    edges, eta = wiring.edges_back(), tape["eta"]
    steps = {edge: tape.sign.step(eta, tape[f"grad:{edge_name(*edge)}"]) for edge in edges}
    two_largest = sorted((abs(step) for step in steps.values()), reverse=True)[:2]
    for ordinal, (source, to) in enumerate(edges):
        edge = edge_name(source, to)
        grad, step = tape[f"grad:{edge}"], steps[source, to]
        pieces = [*([] if tape.sign.turned else [MINUS]), Piece("#", "eta", "learning rate"), TIMES,
                  Piece("#", f"grad:{edge}", tape.sign.its_gradient)]
        others = two_largest[-1] if abs(step) == two_largest[0] else two_largest[0]
        why = partial(because.update.change, source, to, eta, grad, step, others, ordinal, tape.sign)
        tape.enter(f"change:{edge}", "update", tex.change(source, to), pieces, step, why, edge)
    for ordinal, (source, to) in enumerate(edges):
        edge = edge_name(source, to)
        w, step = tape[f"w:{edge}"], tape[f"change:{edge}"]
        pieces = [Piece("#", f"w:{edge}", "as it was"), PLUS, Piece("#", f"change:{edge}", "its change")]
        why = partial(because.update.new, source, to, w, step, w + step, ordinal == len(edges) - 1, ordinal)
        tape.enter(f"new:{edge}", "update", tex.weight(source, to, mark="'"), pieces, w + step, why, edge)


def _delta_symbol(tape: Recorder, node: str) -> str:
    return tape.sign.symbol(tex.slope_of("L", tex.pre_activation(node)))


def _blame_symbol(tape: Recorder, node: str) -> str:
    return tape.sign.symbol(tex.slope_of("L", tex.activation(node)))
