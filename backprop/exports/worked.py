"""A pass as somebody would work it out on paper: Markdown with LaTeX, one equation a number, and why."""

from __future__ import annotations

from itertools import groupby

from ..entries import Entry, Tape
from ..gradcheck import CheckReport
from ..runs import OnePass
from ..signs import SIGNS
from ..spec import Spec
from . import words
from .equations import DIGITS, aligned, alone, relation

PHASES = {
    "forward": ("Forward",
                "Each node adds up what it is sent, weight by weight, and puts the sum through its activation."),
    "loss": ("Loss", "How wrong the answer is."),
    "backward": ("Backward",
                 "Who is to blame, and by how much: from the loss back to every weight, by the chain rule."),
    "update": ("Update", "Every weight moves against its gradient, all at once."),
}
TURNED = ("The backward pass is written with the error term, which is minus the gradient: −∂L/∂z in the place of "
          "∂L/∂z")
TURNED_UPDATE = ", and + η in the place of − η. Every weight changes by the same."
HELD = "The update is held back: the pass ends with its gradients, and no weight changes."


def worked_solution(spec: Spec, one: OnePass) -> str:
    """Return the pass as Markdown: the givens, each entry of the tape as an equation with its reason, the check.

    Formulas stand between $ or $$, in TeX that KaTeX, MathJax and LaTeX (amsmath) read alike; they hold no backslash
    that Markdown might take for its own. Numbers are rounded to six significant digits, and only for showing.
    """
    tape = one.tape()
    parts = [_opening(one), _givens(tape)]
    number = 0
    for phase, entries in groupby(tape, key=lambda entry: entry.phase):
        title, claim = PHASES[phase]
        parts.append(f"## {title}\n\n{claim}{_notation(tape, phase)}")
        for entry in entries:
            number += 1
            parts.append(_step(number, tape, entry))
    parts.append(_check(one.check(), SIGNS[one.sign].turned))
    return "\n\n".join(parts) + "\n"


def _opening(one: OnePass) -> str:
    network = one.network
    biases = "with biases" if network.biases is not None else "without biases"
    return (f"# Pass {one.number + 1} of a {words.shape(network.layers)} network, worked out by hand\n\n"
            f"The network has {words.functions(network.activations)}, {biases}; its loss is the "
            f"{words.loss_label(one.loss)}. This pass takes row {one.sample + 1} of the data.\n\n"
            f"Numbers are shown with {DIGITS} significant digits (≈ where that rounds them); nothing was rounded on "
            "the way." + "".join(f"\n\n{told}" for told in _told(one)))


def _told(one: OnePass) -> list[str]:
    """Say what is not as usual in how the pass is written and where it ends."""
    turned = [TURNED + ("." if one.hold else TURNED_UPDATE)] if SIGNS[one.sign].turned else []
    return [*turned, *([HELD] if one.hold else [])]


def _givens(tape: Tape) -> str:
    lines = [f"- {given.meaning}: ${given.symbol} {relation(given.value)} {alone(given.value)}$"
             for given in tape.givens]
    return "## Given\n\n" + "\n".join(lines)


def _step(number: int, tape: Tape, entry: Entry) -> str:
    return f"**{number}.** {entry.because}\n\n$$\n{aligned(tape, entry)}\n$$"


def _notation(tape: Tape, phase: str) -> str:
    """Say what is short for what, where a phase first writes it."""
    if phase == "backward" and any(entry.id.startswith("blame:") for entry in tape):
        minus = "−" if any(entry.symbol.startswith("-") for entry in tape) else ""
        return f" δ of a node is short for its {minus}∂L/∂z."
    return " Δw is the change of a weight." if phase == "update" else ""


def _check(report: CheckReport, turned: bool) -> str:
    rows = [f"| {checked.edge.replace('>', ' → ')} | ${alone(checked.analytic)}$ | ${alone(checked.numeric)}$ | "
            f"${alone(checked.relative_difference, 2)}$ |" for checked in report.parameters]
    worst = report.worst
    verdict = "agree" if report.passed else "do **not** agree"
    here = " These are the gradients themselves; above stands minus each." if turned else ""
    return ("## Check\n\nEach gradient once more, by nudging its weight up and down and looking at the loss."
            f"{here}\n\n"
            "| weight | by backpropagation | by nudging | relative difference |\n|---|---|---|---|\n"
            + "\n".join(rows) + f"\n\nThe two {verdict}: the largest relative difference is "
            f"${alone(worst.relative_difference, 2)}$, and up to ${alone(report.tolerance)}$ counts as agreement.")
